//! The packages of autograders, run in the folders that those systems use.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::common::program::tutor;
use super::sheets::{answers, json, with};

fn results(root: &Path) -> Value {
    let text = fs::read(root.join("results/results.json")).expect("there are results");
    serde_json::from_slice(&text).expect("JSON")
}

fn package(system: &str, folder: &Path) {
    let ran = tutor(&["autograder", system, "xor", "--output", folder.to_str().expect("a path")]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::create_dir_all(folder).expect("a folder");
    fs::write(folder.join(name), text).expect("written");
}

#[test]
fn gradescope_runs_it() {
    let root = tempfile::tempdir().expect("a folder");
    let source = root.path().join("source");
    package("gradescope", &source);
    // The run script stands beside the folder of the package.
    fs::copy(source.join("run_autograder"), root.path().join("run_autograder")).expect("copied");
    let run = |program: &Path| {
        let status = Command::new(program)
            .current_dir(root.path())
            .env("AUTOGRADER_ROOT", root.path())
            .status()
            .expect("it runs");
        assert!(status.success());
    };
    run(&source.join("setup.sh"));
    let submission = root.path().join("submission");
    fs::create_dir_all(&submission).expect("a folder");
    run(&root.path().join("run_autograder"));
    assert_eq!(results(root.path())["output"], "There is no file in the submission.");
    write(&submission, "sheet.json", &json(&with("dL/df_out", "0.2447")));
    run(&root.path().join("run_autograder"));
    let told = results(root.path());
    assert_eq!(told["score"], 36.0);
    let tests = told["tests"].as_array().expect("a list");
    assert_eq!(tests.len(), 37);
    let wrong = tests.iter().find(|test| test["status"] == "failed").expect("one is wrong");
    assert_eq!(wrong["name"], "dL/df_out");
    assert!(wrong["output"].as_str().expect("text").contains("minus sign"), "{wrong}");
    // The right number is not given away.
    assert!(!wrong.to_string().contains("-0.2447"), "{wrong}");
    write(&submission, "again.json", &json(&answers("xor", false)));
    run(&root.path().join("run_autograder"));
    let told = results(root.path());
    assert_eq!(told["score"], 37.0);
    assert!(told["output"].as_str().expect("text").contains("2 sheets were handed in"), "{told}");
}

#[test]
fn prairielearn_runs_it() {
    let question = tempfile::tempdir().expect("a folder");
    package("prairielearn", question.path());
    let info = fs::read(question.path().join("info.json")).expect("it is there");
    let info: Value = serde_json::from_slice(&info).expect("JSON");
    assert_eq!(info["uuid"].as_str().map(str::len), Some(36));
    assert_eq!(info["externalGradingOptions"]["entrypoint"], "/grade/tests/grade.sh");
    let page = fs::read_to_string(question.path().join("question.html")).expect("it is there");
    assert!(
        page.contains("file-name=\"answers.txt\"")
            && page.contains("z1_in          =")
            && !page.contains("-0.53\n")
    );
    let root = tempfile::tempdir().expect("a folder");
    let status =
        Command::new("cp").arg("-r").arg(question.path().join("tests")).arg(root.path()).status();
    assert!(status.expect("it runs").success());
    let grade = || {
        let script = root.path().join("tests/grade.sh");
        let status = Command::new(script).env("GRADE_ROOT", root.path()).status().expect("it runs");
        assert!(status.success());
        results(root.path())
    };
    let student = root.path().join("student");
    write(&student, "answers.txt", "z1_in = -0.53\n");
    let told = grade();
    assert_eq!(told["gradable"], true);
    assert_eq!(told["score"].as_f64().map(|share| share * 37.0), Some(1.0));
    fs::write(student.join("answers.txt"), [0, 159, 146, 150, 0, 0]).expect("written");
    let told = grade();
    assert_eq!(
        (told["gradable"].as_bool(), told["format_errors"].as_array().map(Vec::len)),
        (Some(false), Some(1))
    );
}
