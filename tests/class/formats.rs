//! The same points in every format, feedback, and what was decided by hand.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::common::program::tutor;
use super::sheets::{STUDENTS, did, folder, id};

fn mark(sheets: &Path, more: &[&str]) -> (String, String) {
    let path = sheets.to_str().expect("a path");
    let ran = tutor(&[&["mark", "xor", path], more].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    (ran.out, ran.err)
}

/// A column of a table, without its title.
fn column(table: &str, title: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let at = reader.headers().expect("a header").iter().position(|own| own == title);
    let at = at.unwrap_or_else(|| panic!("no column {title} in {table}"));
    reader.records().map(|row| row.expect("a row")[at].to_owned()).collect()
}

fn total(cells: &[String]) -> f64 {
    cells.iter().filter_map(|cell| cell.parse::<f64>().ok()).sum()
}

#[test]
fn points_are_the_same_in_every_format() {
    let sheets = tempfile::tempdir().expect("a folder");
    folder(sheets.path());
    let (csv, _) = mark(sheets.path(), &["--format", "csv"]);
    let expected = total(&column(&csv, "score"));
    assert!(expected > 100.0, "{expected}");
    let (json, _) = mark(sheets.path(), &["--format", "json"]);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let scores = json["students"].as_array().expect("a list").iter();
    assert_eq!(scores.filter_map(|student| student["score"].as_f64()).sum::<f64>(), expected);
    let (lines, _) = mark(sheets.path(), &["--format", "jsonl"]);
    let records = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let records: Vec<Value> = records.collect();
    assert_eq!(records.len(), STUDENTS);
    assert_eq!(records.iter().filter_map(|one| one["score"].as_f64()).sum::<f64>(), expected);
    // Grade books: of Canvas with the same points, of Moodle with a new column.
    let book = sheets.path().join("../book.csv");
    let mut canvas =
        "Student,ID,SIS User ID,SIS Login ID,Section,XOR (7)\n    Points Possible,,,,,37\n"
            .to_owned();
    let mut moodle = "ID number,Email address\n".to_owned();
    for student in 0..STUDENTS {
        canvas.push_str(&format!("\"N, {student}\",{},,{},A,\n", 9000 + student, id(student)));
        moodle.push_str(&format!("{},{}@x.example\n", id(student), id(student)));
    }
    for (format, text, title) in [
        ("canvas", canvas, "XOR (7)"),
        ("moodle", moodle, "XOR: one forward and one backward pass"),
    ] {
        fs::write(&book, text).expect("written");
        let path = book.to_str().expect("a path");
        let (filled, told) = mark(sheets.path(), &["--format", format, "--gradebook", path]);
        let cells: Vec<String> = column(&filled, title);
        let possible = if format == "canvas" { 37.0 } else { 0.0 };
        assert_eq!(total(&cells) - possible, expected, "{format}");
        assert!(told.contains(&format!("{} grades filled in", STUDENTS - STUDENTS / 10)), "{told}");
    }
    // One by one, as graders see them.
    let mut sum = 0.0;
    for student in 0..20 {
        let name = if did(student) == super::sheets::Did::RightInJson { "json" } else { "txt" };
        let path = sheets.path().join(format!("{}.{name}", id(student)));
        let (results, _) = mark(&path, &["--format", "gradescope"]);
        let results: Value = serde_json::from_str(&results).expect("JSON");
        sum += results["score"].as_f64().expect("a score");
        let tests = results["tests"].as_array().expect("a list");
        let of_lines: f64 = tests.iter().filter_map(|test| test["score"].as_f64()).sum();
        assert_eq!(results["score"].as_f64(), Some(of_lines), "{}", id(student));
    }
    let first = records[..20].iter().filter_map(|one| one["score"].as_f64()).sum::<f64>();
    assert_eq!(sum, first);
}

fn ten_sheets() -> tempfile::TempDir {
    let sheets = tempfile::tempdir().expect("a folder");
    for student in 0..10 {
        let path = sheets.path().join(format!("{}.txt", id(student)));
        fs::write(path, super::sheets::sheet(student)).expect("written");
    }
    sheets
}

#[test]
fn pages_for_students_are_the_same_when_they_are_made_again() {
    let sheets = ten_sheets();
    let overrides = sheets.path().join("../overrides.csv");
    fs::write(
        &overrides,
        "student,line,credit,why\ns004,dL/df_out,0.5,The sign was lost in print.\nnobody,L,1,x\n",
    )
    .expect("written");
    let pages = tempfile::tempdir().expect("a folder");
    let (folder, decided) =
        (pages.path().to_str().expect("a path"), overrides.to_str().expect("a path"));
    let args = ["--feedback", folder, "--overrides", decided, "--format", "csv"];
    let (csv, told) = mark(sheets.path(), &args);
    assert_eq!(column(&csv, "score")[4], "36.5");
    assert_eq!(told, "note: line 3 of the overrides is not applied: no sheet of nobody has L\n");
    let read = || -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = fs::read_dir(pages.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .map(|path| {
                (
                    path.file_name().expect("a name").to_string_lossy().into_owned(),
                    fs::read_to_string(&path).expect("text"),
                )
            })
            .collect();
        all.sort();
        all
    };
    let first = read();
    assert_eq!(first.len(), 10);
    insta::assert_snapshot!(first[4].1);
    assert!(first[7].1.contains("This sheet could not be marked"), "{}", first[7].1);
    mark(sheets.path(), &args);
    assert_eq!(first, read());
}

#[test]
fn feedback_comes_as_markdown_and_as_web_pages_too() {
    let sheets = ten_sheets();
    let folder = |format: &str| {
        let pages = tempfile::tempdir().expect("a folder");
        let path = pages.path().to_str().expect("a path");
        mark(sheets.path(), &["--feedback", path, "--feedback-format", format, "--format", "csv"]);
        let mut all: Vec<(String, String)> = fs::read_dir(pages.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .map(|path| {
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                (name, fs::read_to_string(&path).expect("text"))
            })
            .collect();
        all.sort();
        all
    };
    let text = folder("text");
    for (format, extension) in [("markdown", "md"), ("html", "html")] {
        let pages = folder(format);
        assert_eq!(pages.len(), text.len(), "{format}");
        for ((name, page), (in_text, as_text)) in pages.iter().zip(&text) {
            let stem = in_text.strip_suffix("txt").expect("text");
            assert_eq!(name, &format!("{stem}{extension}"));
            // The same sentences, whatever the medium.
            for said in ["could not be marked", "Every line is right", "points of"] {
                assert_eq!(page.contains(said), as_text.contains(said), "{name}: {said}");
            }
            assert_eq!(page.starts_with("<!DOCTYPE html>"), format == "html", "{name}");
        }
    }
}
