//! A gallery of sheets and how each is marked: one file or more for every rule
//! and every constant of the marking. Adding a case is adding a file.
//!
//! Its first line says what it is marked by, as `run` takes it: `# run: xor
//! --exact`. A sheet that has no remarks has that line in a file beside it,
//! `NAME.run`.

mod common;

use std::fmt::Write;
use std::path::Path;

use common::program::tutor;
use common::report::{Line, Report};
use common::truth;

/// What a sheet of the gallery is marked by.
fn marked_by(path: &Path) -> String {
    let beside = path.with_extension(format!("{}.run", extension(path)));
    let text = match std::fs::read_to_string(beside) {
        Ok(text) => text,
        Err(_) => String::from_utf8_lossy(&std::fs::read(path).expect("it is there")).into(),
    };
    let first = text.lines().next().expect("a sheet has lines");
    let args = first.strip_prefix("# run: ");
    args.unwrap_or_else(|| panic!("{}: what is it marked by?", path.display())).to_owned()
}

fn extension(path: &Path) -> &str {
    path.extension().and_then(|extension| extension.to_str()).expect("a file of the gallery")
}

/// A sheet marked: as JSON and as a page, and the exit code.
struct Marked {
    report: Report,
    page: String,
    code: i32,
}

fn mark(path: &Path) -> Marked {
    let args = marked_by(path);
    let args: Vec<&str> = args.split_whitespace().collect();
    let sheet = path.to_str().expect("a path of the gallery");
    let as_page = [&["run"], &args[..], &["--verify", sheet]].concat();
    let as_json = [&as_page[..], &["--format", "json"]].concat();
    let (page, json) = (tutor(&as_page), tutor(&as_json));
    assert_eq!(page.code, json.code, "{sheet}");
    assert_eq!(page.err + &json.err, "", "{sheet}");
    let code = json.code.expect("it ends by itself");
    Marked { report: Report::read(&json.out), page: page.out, code }
}

/// The marks of a sheet as the snapshots have them.
fn listed(marked: &Marked) -> String {
    let Marked { report, page, code } = marked;
    let mut text = format!("score {} of {}, exit {code}\n", report.score, report.max_score);
    let _ = writeln!(text, "{}", headline(page));
    if let Some(first) = &report.first_wrong {
        let _ = writeln!(text, "first wrong: {first}");
    }
    for question in &report.questions {
        let _ = writeln!(text, "{}: {}", question.code, question.sentence);
    }
    for line in &report.lines {
        if line.verdict != "missing" {
            let _ = writeln!(text, "{}", marks(line));
        }
    }
    let missing = report.lines.iter().filter(|line| line.verdict == "missing").count();
    if missing > 0 {
        let _ = writeln!(text, "{missing} missing");
    }
    for unread in &report.unread {
        let _ = writeln!(text, "{}: `{}` {}", unread.line, unread.text, unread.code);
    }
    text
}

/// The sentence that stands first on the page.
fn headline(page: &str) -> &str {
    let mut lines = page.lines().skip(1).filter(|line| !line.is_empty());
    lines.find(|line| !line.starts_with("Student: ")).unwrap_or_default()
}

fn marks(line: &Line) -> String {
    let Line { name, written, verdict, credit, points, .. } = line;
    let written = written.as_deref().unwrap_or_default();
    let mut text = format!("{name} = {written}: {verdict}, {credit} of {points}");
    for remark in &line.remarks {
        let _ = write!(text, ", {}", remark.code);
    }
    for slip in &line.slips {
        let doubt = if slip.certain { "" } else { "?" };
        let _ = write!(text, ", {}{doubt}", slip.code);
        if let Some(behind) = &slip.line {
            let _ = write!(text, " in {behind}");
        }
    }
    if let Some(from_yours) = line.from_yours {
        let _ = write!(text, ", from yours {}", significant(from_yours));
    }
    text
}

/// Enough digits to check by hand.
fn significant(value: f64) -> String {
    let exponent = if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 };
    let decimals = usize::try_from(6 - exponent).unwrap_or(0);
    let text = format!("{value:.decimals$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[test]
fn the_gallery_is_marked_as_it_was() {
    insta::glob!("marks/*.{txt,json,md,csv,tsv,tex}", |path| {
        let label = path.file_name().and_then(|name| name.to_str()).expect("a name");
        let marked = mark(path);
        let not_so =
            [truth::of_page(&marked.page, &marked.report), truth::of_report(&marked.report)];
        assert_eq!(not_so.concat(), Vec::<String>::new(), "{label}");
        // The snapshot stands beside the file, under the same name.
        let mut settings = insta::Settings::clone_current();
        settings.remove_snapshot_suffix();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.remove_input_file();
        settings.set_snapshot_path("marks");
        settings.bind(|| insta::assert_snapshot!(label, listed(&marked)));
    });
}

#[test]
fn every_snapshot_of_the_gallery_has_its_file() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/marks");
    for entry in std::fs::read_dir(folder).expect("it is there") {
        let path = entry.expect("it is there").path();
        if path.extension().is_some_and(|extension| extension == "snap" || extension == "run") {
            assert!(path.with_extension("").exists(), "{} is left over", path.display());
        }
    }
}
