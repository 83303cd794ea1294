//! The exercise is read again from its file, and the place is remembered, in a
//! real terminal.

use std::fs;
use std::path::Path;

use portable_pty::CommandBuilder;

use crate::terminal::{Projector, program};

fn walk(file: &Path, home: &Path, more: &[&str]) -> Projector {
    let mut command = CommandBuilder::new(program());
    command.args(["run", file.to_str().unwrap(), "--step"]);
    command.args(more);
    command.env("TERM", "xterm-256color");
    command.env("XDG_STATE_HOME", home);
    Projector::run(command)
}

fn xor() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/xor.json")).unwrap()
}

#[test]
fn a_changed_file_is_read_again_and_a_broken_one_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.json");
    fs::write(&file, xor()).unwrap();
    let mut projector = walk(&file, folder.path(), &["--from", "z1_in"]);
    projector.wait_for("z1_in = x1");
    projector.press("a");
    projector.wait_for("= -0.53");
    fs::write(&file, xor().replace("\"sample\"", "\"smaple\"")).unwrap();
    projector.press("r");
    projector.wait_for("The file cannot be used as it is now");
    projector.wait_for("did you mean");
    projector.press(" ");
    projector.wait_for("z1_in = x1");
    fs::write(&file, xor().replace("-0.07", "0.93")).unwrap();
    projector.press("r");
    projector.wait_for("The exercise was read again.");
    projector.wait_for("= 0.47");
    projector.press("q");
    assert!(projector.end().success());
}

#[test]
fn the_place_is_offered_and_taken_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.json");
    fs::write(&file, xor()).unwrap();
    let mut first = walk(&file, folder.path(), &[]);
    first.wait_for("step 1 of 41");
    first.press("12g");
    first.wait_for("step 12 of 41");
    first.press("q");
    assert!(first.end().success());
    let mut second = walk(&file, folder.path(), &[]);
    second.wait_for("Last time you left at step 12");
    second.press("R");
    second.wait_for("step 12 of 41");
    second.press("]");
    second.press("q");
    assert!(second.end().success());
    let mut third = walk(&file, folder.path(), &["--resume"]);
    third.wait("another place", || {
        let text = third.text();
        text.contains(" of 41") && !text.contains("step 1 of") && !text.contains("step 12 of")
    });
    third.press("q");
    assert!(third.end().success());
}

#[test]
fn what_comes_with_the_program_is_not_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut projector = walk(Path::new("xor"), folder.path(), &["--resume"]);
    projector.wait_for("this is its start");
    projector.press("r");
    projector.wait_for("there is no file to read again");
    projector.press("q");
    assert!(projector.end().success());
}

#[test]
fn without_a_word_the_exercises_are_listed_and_one_is_walked() {
    let mut command = CommandBuilder::new(program());
    command.env("TERM", "xterm-256color");
    let mut projector = Projector::run(command);
    projector.wait_for("Which exercise?");
    projector.press("j");
    projector.wait_for("run mazur --apply --step");
    projector.press("w");
    projector.wait_for("step 1 of");
    projector.press("q");
    assert!(projector.end().success());
}
