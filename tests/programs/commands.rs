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
    insta::assert_snapshot!(told(&["check", "tests/programs/26.scenario.json", "--gradients", right], "", 0));
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
