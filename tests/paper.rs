//! Lessons as LaTeX, slides and Markdown: what stands in them, and that nothing of a
//! scenario acts. `tests/paper/compile.sh` has TeX and pandoc read them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::process::Command;
use std::time::{Duration, Instant};

const FORMATS: [&str; 3] = ["latex", "beamer", "markdown"];

fn page(args: &[&str], format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_backprop-tutor"))
        .args(args)
        .args(["--format", format])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.is_empty(), "{args:?} {format}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_format_has_the_numbers_of_the_lecture() {
    for format in FORMATS {
        let page = page(&["run", "xor", "--apply"], format);
        for number in ["-0.53", "0.3705", "0.7389", "0.1862", "0.5970"] {
            assert!(page.contains(number), "{number} is not in {format}");
        }
    }
}

#[test]
fn braces_and_environments_are_closed() {
    for format in ["latex", "beamer"] {
        let page = page(&["run", "xor", "--apply", "--all-terms"], format);
        let mut open = Vec::new();
        for (at, _) in page.match_indices("\\begin{") {
            open.push(page[at + 7..].split('}').next().unwrap());
        }
        for name in open {
            let begins = page.matches(&format!("\\begin{{{name}}}")).count();
            let ends = page.matches(&format!("\\end{{{name}}}")).count();
            assert_eq!(begins, ends, "{name} in {format}");
        }
        let plain = page.replace("\\{", "").replace("\\}", "");
        assert_eq!(plain.matches('{').count(), plain.matches('}').count(), "{format}");
    }
}

#[test]
fn all_that_has_a_page_is_written() {
    for format in FORMATS {
        for args in [
            &["run", "xor-batch", "--batch", "--apply"][..],
            &["run", "xor", "--only", "W21"],
            &["run", "xor", "--exact", "--by-hand", "--no-theory"],
            &["run", "softmax-cross-entropy", "--all-terms"],
            &["check", "xor"],
            &["train", "xor-batch", "--epochs", "50"],
        ] {
            let page = page(args, format);
            assert!(page.len() > 500, "{args:?} {format}: {page}");
        }
    }
}

#[test]
fn nothing_of_a_scenario_acts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hostile.json");
    let scenario = r#"{
        "title": "\\input{x} </script> $(y) %_#&^~ [x](javascript:z) | `c` \u202e\u0007 \u6587\u0436",
        "source": "- \\write18{ls} $$ ^^M <b> [a](javascript:b)",
        "learning_rate": 0.5, "loss": "half_squared_error",
        "layers": [
            {"activation": "sigmoid", "weights": [[0.1, 0.2], [0.3, 0.4]], "biases": [0.1, 0.2]},
            {"activation": "sigmoid", "weights": [[0.5], [0.6]], "biases": [0.7]}
        ],
        "sample": {"x": [1, 0], "y": 1},
        "reference": {"values": {"f_in": "1.5"}, "carry": ["f_in"],
            "notes": {"f_in": "\\end{document} `$x$` \u202e"}}
    }"#;
    std::fs::write(&path, scenario).unwrap();
    let path = path.to_str().unwrap();
    for format in FORMATS {
        for args in [&["run", path, "--apply"][..], &["check", path], &["run", path, "--batch"]] {
            let page = page(args, format);
            assert!(!page.contains('\u{202e}') && !page.contains('\u{7}'), "{format}");
            if format == "markdown" {
                assert!(page.contains("\\[x\\](javascript:z) \\| \\`c\\`"), "{page}");
                assert!(!page.contains("<b>") && !page.contains("](javascript:z)<"), "{page}");
                let has_source = args[0] == "run";
                assert_eq!(has_source, page.contains("\\<b\\>"), "{args:?}");
                continue;
            }
            assert!(!page.contains("\\input") && !page.contains("\\write"), "{format}");
            assert!(page.contains("\\textbackslash{}input\\{x\\}"), "{format}");
            assert!(page.contains("\\btchar{文}{6587}"), "{format}");
            assert_eq!(page.matches("\\end{document}").count(), 1, "{format}");
        }
    }
}

#[test]
fn a_large_network_is_shortened() {
    let started = Instant::now();
    for format in FORMATS {
        let page = page(&["run", "digits", "--apply"], format);
        assert!(page.len() < 600_000, "{format}: {} bytes", page.len());
    }
    for format in ["html", "latex", "markdown"] {
        let sheet = page(&["sheet", "digits"], format);
        assert!(sheet.len() < 200_000, "{format}: {} bytes", sheet.len());
        assert!(sheet.contains("the first 20 of each part"), "{format}");
    }
    let lines = |args: &[&str]| page(args, "markdown").lines().count();
    assert!(lines(&["sheet", "digits", "--all"]) > 5_000);
    // Less than 2 s each when it is optimized.
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[test]
fn a_sheet_is_read_back_and_says_no_answer_where_it_is_empty() {
    for format in ["csv", "markdown", "latex"] {
        let empty = page(&["sheet", "xor"], format);
        let filled = page(&["sheet", "xor", "--filled"], format);
        for number in ["0.3705", "0.7389"] {
            assert!(!empty.contains(number), "{number} in {format}");
            assert!(filled.contains(number), "{number} is not in {format}");
        }
        if format == "latex" {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("answers");
        std::fs::write(&path, filled).unwrap();
        let marked = Command::new(env!("CARGO_BIN_EXE_backprop-tutor"))
            .args(["run", "xor", "--exact", "--verify", path.to_str().unwrap()])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&marked.stdout);
        assert_eq!(marked.status.code(), Some(0), "{format}: {said}");
    }
}
