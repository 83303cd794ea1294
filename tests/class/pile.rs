//! Every student of a known class gets what they deserve.

use serde_json::Value;

use super::common::program::tutor;
use super::sheets::{Did, STUDENTS, did, folder, id};

fn class(path: &std::path::Path, more: &[&str]) -> super::common::program::Ran {
    let path = path.to_str().expect("a path");
    tutor(&[&["mark", "xor", path], more].concat())
}

#[test]
fn every_row_is_as_it_should_be() {
    let sheets = tempfile::tempdir().expect("a folder");
    folder(sheets.path());
    let page = class(sheets.path(), &["--format", "json"]).page();
    let marked: Value = serde_json::from_str(&page).expect("JSON");
    let students = marked["students"].as_array().expect("a list");
    assert_eq!(students.len(), STUDENTS);
    for (at, student) in students.iter().enumerate() {
        assert_eq!(student["id"], id(at), "in order");
        let case = format!("{:?}: {student}", did(at));
        match did(at) {
            Did::Binary => assert_eq!(student["error"]["code"], "not_a_sheet", "{case}"),
            Did::OtherExercise => {
                assert_eq!(student["notes"][1]["code"], "OTHER-EXERCISE", "{case}");
                let told = student["notes"][1]["sentence"].as_str().expect("a sentence");
                assert!(told.contains("mazur"), "{case}");
            }
            other @ (Did::Right
            | Did::RightInJson
            | Did::RightWithCommas
            | Did::RoundedOnTheWay
            | Did::SignLost
            | Did::Blank
            | Did::Garbage
            | Did::Shared) => {
                let (score, first, slips) = other.outcome().expect("it is marked");
                assert_eq!(student["score"], score, "{case}");
                assert_eq!(student["first_wrong"].as_str(), first, "{case}");
                assert_eq!(student["slips"], serde_json::json!(slips), "{case}");
            }
        }
        let code = student["notes"][0]["code"].as_str();
        match did(at) {
            Did::Blank => assert_eq!(code, Some("BLANK")),
            Did::Garbage => assert_eq!(code, Some("NO-ANSWERS")),
            Did::Binary | Did::OtherExercise => {}
            Did::Right
            | Did::RightInJson
            | Did::RightWithCommas
            | Did::RoundedOnTheWay
            | Did::SignLost
            | Did::Shared => assert_eq!(code, None, "{case}"),
        }
    }
    let statistics = &marked["statistics"];
    assert_eq!(statistics["marked"], STUDENTS - STUDENTS / 10);
    assert_eq!(statistics["not_marked"], STUDENTS / 10);
    let of = |name: &str| {
        let lines = statistics["lines"].as_array().expect("a list");
        lines.iter().find(|line| line["name"] == name).expect("it is asked").clone()
    };
    assert_eq!(of("dL/df_out")["wrong"], STUDENTS / 10);
    // What the other exercise calls so is wrong here.
    assert!(of("f_in")["wrong"].as_u64() >= Some(30), "{}", of("f_in"));
    let slips = statistics["slips"].as_array().expect("a list");
    let sign = slips.iter().find(|slip| slip["code"] == "RESIDUAL-SIGN").expect("it is there");
    assert!(sign["students"].as_u64() >= Some(30), "{sign}");
    // Fifteen pairs of students share a number that nobody else has.
    assert_eq!(statistics["pairs"].as_array().map(Vec::len), Some(15), "{}", statistics["pairs"]);
    assert_eq!(statistics["pairs"][0]["ids"], serde_json::json!(["s009", "s019"]));
}

#[test]
fn threads_change_nothing() {
    let sheets = tempfile::tempdir().expect("a folder");
    folder(sheets.path());
    for format in ["text", "json", "jsonl", "csv"] {
        let with = |threads: &str| {
            class(
                sheets.path(),
                &["--format", format, "--lines", "--threads", threads]
                    [..if format.starts_with("json") { 5 } else { 2 }],
            )
            .page()
        };
        let one = with("1");
        for threads in ["2", "3", "8"] {
            assert!(with(threads) == one, "{format} with {threads} threads");
        }
    }
}

#[test]
fn the_page_of_a_class() {
    let sheets = tempfile::tempdir().expect("a folder");
    for student in 0..10 {
        let path = sheets.path().join(format!("{}.txt", id(student)));
        std::fs::write(path, super::sheets::sheet(student)).expect("written");
    }
    let page = class(sheets.path(), &["--sort", "score"]).page();
    insta::assert_snapshot!(page);
    let page = class(sheets.path(), &["--anonymous"]).page();
    assert!(!page.contains("s00"), "{page}");
}

#[test]
fn a_table_with_a_row_per_student_is_a_class() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("form.csv");
    let text = "Timestamp;Email Address;What is z1_in?;z2_in;f_in [1 point]\n\
                today;ada@uni.example;-0,53;1,04;1,1270\n\
                today;=cmd();-0,07;1,04;\n";
    std::fs::write(&path, text).expect("written");
    let ran = tutor(&[
        "mark",
        "xor",
        path.to_str().expect("a path"),
        "--format",
        "csv",
        "--asks",
        "z1_in",
        "--asks",
        "z2_in",
        "--asks",
        "f_in",
    ]);
    assert_eq!(ran.code, Some(0));
    assert_eq!(ran.err, "note: columns that are not read: Timestamp\n");
    insta::assert_snapshot!(ran.out);
}

#[test]
fn everybody_is_marked_by_their_own_exercise() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("list.csv");
    std::fs::write(&list, "id,name\nada,Ada\nb/b,Bob\n").expect("written");
    let class = folder.path().join("class");
    let path = |path: &std::path::Path| path.to_str().expect("a path").to_owned();
    let made = tutor(&[
        "new",
        "--layers",
        "2-2-1",
        "--seed",
        "3",
        "--students",
        &path(&list),
        "--output",
        &path(&class),
    ]);
    assert_eq!((made.code, made.out.as_str()), (Some(0), ""), "{}", made.err);
    // Keys are right for their own students, and for nobody else.
    let marks = |sheets: &str, more: &[&str]| {
        let scenarios = path(&class.join("scenarios"));
        let args = ["mark", "--scenarios", &scenarios, sheets, "--format", "csv"];
        tutor(&[&args[..], more].concat()).page()
    };
    let page = marks(&path(&class.join("keys")), &[]);
    assert_eq!(page.matches(",100,").count(), 2, "{page}");
    std::fs::copy(class.join("keys/ada.txt"), class.join("keys/eve.txt")).expect("copied");
    std::fs::copy(class.join("keys/ada.txt"), class.join("keys/b_b.txt")).expect("copied");
    let page = marks(&path(&class.join("keys")), &[]);
    assert_eq!(page.matches(",100,").count(), 1, "{page}");
    assert!(page.contains("eve,,,,,,,,,,,,,there is no scenario of this student"), "{page}");
    // The same seed gives the same bytes, whoever else is on the list.
    std::fs::write(&list, "id\nzoe\nada\n").expect("written");
    let again = folder.path().join("again");
    tutor(&[
        "new",
        "--layers",
        "2-2-1",
        "--seed",
        "3",
        "--students",
        &path(&list),
        "--output",
        &path(&again),
    ]);
    for part in ["scenarios/ada.json", "sheets/ada.txt", "handouts/ada.txt", "keys/ada.txt"] {
        let read =
            |folder: &std::path::Path| std::fs::read(folder.join(part)).expect("it is there");
        assert!(read(&class) == read(&again), "{part}");
    }
}
