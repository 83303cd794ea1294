//! `check --gradients` as it is called: what it prints, and its exit codes.

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn called(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_backprop-tutor"))
        .args(args)
        .env("COLUMNS", "80")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn told(args: &[&str], input: &str, code: i32) -> String {
    let output = called(args, input);
    let text = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat();
    assert_eq!(output.status.code(), Some(code), "{args:?}: {text}");
    text
}

const SCENARIO: &str = "tests/programs/11.scenario.json";
const ARRAYS: &str = "tests/programs/11.arrays.json";

#[test]
fn the_page_says_which_line_is_wrong() {
    insta::assert_snapshot!(told(&["check", SCENARIO, "--gradients", ARRAYS], "", 1));
    let right = "tests/programs/26.arrays.json";
    insta::assert_snapshot!(told(
        &["check", "tests/programs/26.scenario.json", "--gradients", right],
        "",
        0
    ));
}

#[test]
fn printed_arrays_are_checked() {
    let text = "dW1 = [[0.0023 0.0012]\n [0. 0.]]\ndb1: [0.0023 0.0012]\n";
    insta::assert_snapshot!(told(&["check", "xor", "--gradients", "-"], text, 1));
}

#[test]
fn numbers_without_a_cause_are_told_by_their_ratios() {
    let text = r#"{"dW1": [[0.5, 0.6, 0.1], [0.2, 0.1, 0.3], [0.7, 0.9, 0.1]], "db2": [0.07387184298872063]}"#;
    insta::assert_snapshot!(told(&["check", SCENARIO, "--gradients", "-"], text, 1));
}

#[test]
fn it_is_there_for_programs() {
    let text = told(&["check", SCENARIO, "--gradients", ARRAYS, "--format", "json"], "", 1);
    let start = "{\"format\":\"backprop-tutor/program/1\",\"agree\":false,\"verdict\":\"explained\",\"first_wrong\":\"dW2\"";
    assert!(text.starts_with(start), "{text}");
    assert!(text.contains("\"code\":\"SLOPE-OF-OUT\",\"layers\":[1,2]"), "{text}");
}

#[test]
fn what_cannot_be_used_ends_with_2() {
    for (args, input, says) in [
        (&["check", "xor", "--gradients", "none.npz"][..], "", "there is no file"),
        (&["check", "xor", "--gradients", "-"], "momentum = [1. 2.]", "do not say what they are"),
        (&["check", "xor", "--gradients", "-"], "dW9 = [1. 2.]", "layers that it has not"),
        (&["check", "xor", "--gradients", "-", "--map", "dW1=x"], "dW1 = [1.]", "no array `x`"),
        (&["check", "-", "--gradients", "-"], "", "already the scenario"),
        (&["check", "xor", "--after"], "", "--gradients"),
    ] {
        let text = told(args, input, 2);
        assert!(text.contains(says), "{args:?}: {text}");
    }
}

/// `printed` of a program, in a file of its own.
fn kept(name: &str, bytes: &[u8]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

#[test]
fn a_folder_of_arrays_is_read() {
    let (folder, path) = kept("dW1.npy", b"no array");
    let text = told(&["check", "xor", "--gradients", folder.path().to_str().unwrap()], "", 2);
    assert!(text.contains("dW1"), "{text}");
    let array = backprop_tutor::program::array::Array {
        name: "db1".to_owned(),
        shape: vec![2],
        values: vec![0.5, 0.25],
        stored: backprop_tutor::program::array::Stored::Double,
    };
    std::fs::write(path, super::files::npy(&array)).unwrap();
    let text = told(&["check", "xor", "--gradients", folder.path().to_str().unwrap()], "", 1);
    assert!(text.contains("1 array of this network"), "{text}");
}

#[test]
fn weights_and_samples_come_from_files() {
    let model = r#"{"fc1.weight": [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]], "fc1.bias": [0.1, -0.1],
        "fc2.weight": [[0.7, -0.8]], "fc2.bias": [0.05]}"#;
    let (_folder, model) = kept("model.json", model.as_bytes());
    let (_other, data) = kept("data.csv", b"a,b,c,y\n0.5,0.25,-1,1\n1,2,-0.5,0\n");
    let text = told(&["import", "xor", "--model", &model, "--data", &data], "", 0);
    insta::assert_snapshot!(text);
    let (_third, scenario) = kept("scenario.json", text.as_bytes());
    let snippet = told(&["snippet", "numpy", &scenario], "", 0);
    insta::assert_snapshot!(snippet);
    let text = told(&["import", "xor", "--model", &model], "", 2);
    assert!(text.contains("do not fit the network of --model, 3-2-1"), "{text}");
    let args = ["check", "xor", "--model", &model, "--data", &data, "--gradients", "-"];
    let text = told(&args, "dW1 = [[0. 0. 0.]\n [0. 0. 0.]]", 1);
    assert!(text.contains("[out, in]"), "{text}");
}

/// Catches a network of a file that needs a scenario with as many layers.
#[test]
fn a_model_needs_no_scenario_where_flags_say_what_it_is() {
    let model = r#"{"W1": [[0.5, -0.25], [0.75, 0.1]], "b1": [0.1, -0.2], "W2": [[0.3], [-0.6]], "b2": [0.05]}"#;
    let (_folder, model) = kept("model.json", model.as_bytes());
    let (_other, data) = kept("data.csv", b"a,b,y\n0.5,0.25,1\n");
    // A linear unit behind tanh: dW2 = -(y - f)·z_out.
    let (z1, z2) = ((0.25 + 0.1875 + 0.1_f64).tanh(), (-0.125 + 0.025 - 0.2_f64).tanh());
    let residual = -(1.0 - (0.3 * z1 - 0.6 * z2 + 0.05));
    let arrays = |times: f64| {
        let (one, two) = (residual * z1 * times, residual * z2);
        format!("dW2 = [[{one}], [{two}]]\ndb2 = [{residual}]")
    };
    let (arrays, wrong) = (arrays(1.0), arrays(1.7));
    let flags = ["--activation", "tanh,identity", "--loss", "half_squared_error"];
    let base = ["check", "--model", &model, "--data", &data, "--gradients", "-"];
    let text = told(&[&base[..], &flags[..]].concat(), &arrays, 0);
    assert!(text.contains("All 2 arrays agree"), "{text}");
    // A scenario with another depth gives the rest.
    let of_deep = ["check", "neuron", "--model", &model, "--data", &data, "--gradients", "-"];
    told(&[&of_deep[..], &flags[..]].concat(), &arrays, 0);
    let wrong = told(&[&base[..], &flags[..]].concat(), &wrong, 1);
    assert!(!wrong.contains("too many pairs"), "{wrong}");
    let text = told(&base, &arrays, 2);
    assert!(text.contains("--activation tanh,sigmoid --loss half_squared_error"), "{text}");
    let bad = ["--activation", "tanh,swish", "--loss", "half_squared_error"];
    assert!(told(&[&base[..], &bad[..]].concat(), &arrays, 2).contains("swish"));
    told(&["check"], "", 2);
}

#[test]
fn programs_for_frameworks_are_printed() {
    for library in ["numpy", "pytorch", "jax"] {
        insta::assert_snapshot!(told(&["snippet", library, "softmax-cross-entropy"], "", 0));
    }
}

/// Needs Python with NumPy; `.ci/run` has it.
#[test]
#[ignore = "needs Python with NumPy"]
fn a_printed_program_runs_and_is_right() {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    for case in [
        "xor",
        "xor-batch",
        "mazur",
        "softmax-cross-entropy",
        "softmax-regression",
        "tests/programs/12.scenario.json",
        "tests/programs/18.scenario.json",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let program = told(&["snippet", "numpy", case], "", 0);
        let ran = Command::new(&python).args(["-c", &program]).current_dir(folder.path()).output();
        let ran = ran.unwrap();
        assert!(ran.status.success(), "{case}: {}", String::from_utf8_lossy(&ran.stderr));
        let file = folder.path().join("grads.npz");
        let text = told(&["check", case, "--gradients", file.to_str().unwrap()], "", 0);
        assert!(text.contains("arrays agree"), "{text}");
    }
}
