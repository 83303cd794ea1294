//! Without a terminal: the steps as plain text.

use std::path::Path;

use crate::common::program::tutor;

#[test]
fn steps_are_printed_into_a_pipe() {
    let page = tutor(&["run", "xor", "--apply", "--step"]).page();
    assert!(!page.contains('\u{1b}'), "nothing moves a cursor");
    let steps = page.lines().filter_map(|line| line.split_once(" of 51: "));
    let numbers: Vec<&str> = steps.map(|(number, _)| number).collect();
    let expected: Vec<String> = (1..=51).map(|number| format!("Step {number}")).collect();
    assert_eq!(numbers, expected);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/step/screens"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("xor-printed", page));
}

#[test]
fn the_flags_of_run_change_the_walk() {
    let from = tutor(&["run", "xor", "--step", "--from", "δ1"]).page();
    let first = from.lines().find(|line| line.starts_with("Step "));
    assert_eq!(first, Some("Step 25 of 41: δ1"), "{from}");
    let exact = tutor(&["run", "xor", "--step", "--exact"]).page();
    assert!(exact.contains("= 1.1270\n") && !exact.contains("carried as"));
    let digits = tutor(&["run", "xor", "--step", "--digits", "6"]).page();
    assert!(digits.contains("0.370517"));
    let by_hand = tutor(&["run", "xor", "--step", "--by-hand", "--exact"]).page();
    assert!(by_hand.contains("= 1.1271\n"), "{by_hand}");
    let ascii = tutor(&["run", "deep", "--step", "--ascii", "--apply"]).page();
    assert!(ascii.is_ascii());
    let only = tutor(&["run", "xor", "--step", "--only", "W21"]).page();
    assert!(only.contains("Step 9 of 9: ∂L/∂W21"));
    let sample = tutor(&["run", "xor-batch", "--step", "--sample", "2"]).page();
    assert!(sample.contains("x = (0, 1)"), "{sample}");
}

#[test]
fn wrong_flags_say_what_to_do() {
    for (arguments, expected) in [
        (&["run", "xor", "--step", "--from", "f_otu"][..], "did you mean f_out?"),
        (&["run", "xor", "--step", "--from", "L_new"], "comes after the update: add --apply"),
        (&["run", "xor", "--ask"], "--step"),
        (&["run", "xor", "--from", "L"], "--step"),
        (&["run", "xor", "--step", "--format", "json"], "cannot be used with"),
        (&["run", "xor", "--step", "--verify", "-"], "cannot be used with"),
    ] {
        let ran = tutor(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.err.contains(expected), "{arguments:?}: {}", ran.err);
    }
}
