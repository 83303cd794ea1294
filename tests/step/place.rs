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

/// A walk that somebody makes is recorded as it was made.
#[test]
fn a_walk_on_a_terminal_is_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let cast = folder.path().join("lesson.cast");
    let mut projector =
        walk(Path::new("neuron"), folder.path(), &["--record", cast.to_str().unwrap()]);
    projector.wait_for("step 1 of 23");
    projector.press("3g");
    projector.wait_for("step 3 of 23");
    projector.resize(100, 30);
    projector.press("]");
    projector.wait("the next part", || !projector.text().contains("step 3 of 23"));
    assert!(!cast.exists(), "it is there as a whole or not at all");
    projector.press("q");
    assert!(projector.end().success());
    let text = fs::read_to_string(cast).unwrap();
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |kind: &str| lines[1..].iter().filter(|line| line[1] == kind).collect::<Vec<_>>();
    let markers: Vec<&str> = of("m").iter().map(|line| line[2].as_str().unwrap()).collect();
    assert!(markers.len() == 3 && markers[0].starts_with("1. ") && markers[1].starts_with("3. "));
    assert_eq!(of("r").iter().map(|line| line[2].as_str()).collect::<Vec<_>>(), [Some("100x30")]);
    assert!(of("o").len() >= 3);
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
