//! What people see, whole pages compared: a change that alters a page shows it
//! here first.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the program in an empty folder, so that scenarios come from the binary.
fn program(arguments: &str, columns: usize) -> Output {
    Command::new(env!("CARGO_BIN_EXE_backprop-tutor"))
        .args(arguments.split_whitespace())
        .current_dir(std::env::temp_dir())
        .env_clear()
        .env("COLUMNS", columns.to_string())
        .output()
        .unwrap()
}

fn page(arguments: &str, columns: usize) -> String {
    let output = program(arguments, columns);
    assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty());
    String::from_utf8(output.stdout).unwrap()
}

/// Width on the screen, colours taken out.
fn width(line: &str) -> usize {
    let mut plain = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    plain.push_str(rest);
    unicode_width::UnicodeWidthStr::width(plain.as_str())
}

#[test]
fn pages_are_as_they_were() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, arguments, columns) in [
            ("xor-80", "run xor --apply", 80),
            ("xor-140", "run xor --apply", 140),
            ("xor-exact", "run xor --apply --exact", 80),
            ("xor-by-hand", "run xor --by-hand --exact", 80),
            ("xor-ascii", "run xor --apply --ascii", 80),
            ("xor-colour", "run xor --apply --color always", 80),
            ("xor-all-terms", "run xor --all-terms", 80),
            ("xor-only-W21", "run xor --only W21 --apply", 80),
            ("xor-only-f_in", "run xor --only f_in --apply", 80),
            ("xor-json", "run xor --format json --apply", 80),
            ("xor-batch-3", "run xor-batch --sample 3", 80),
            ("mazur-80", "run mazur --apply", 80),
            ("softmax-80", "run softmax-cross-entropy --apply", 80),
            ("softmax-regression-80", "run softmax-regression --apply", 80),
            ("tanh-bce-80", "run tanh-bce --apply", 80),
            ("relu-dead-80", "run relu-dead --apply", 80),
            ("neuron-80", "run neuron --apply", 80),
            ("deep-80", "run deep --apply", 80),
            ("deep-140", "run deep --apply", 140),
            ("xor-batch-all", "run xor-batch --batch --apply", 80),
            ("xor-batch-by-hand", "run xor-batch --batch --by-hand", 80),
            ("xor-batch-json", "run xor-batch --batch --apply --format json", 80),
            ("check-xor", "check xor", 80),
            ("check-softmax", "check softmax-cross-entropy", 80),
            ("check-json", "check neuron --format json", 80),
            ("list", "list", 80),
            ("help", "run --help", 80),
        ] {
            insta::assert_snapshot!(name, page(arguments, columns));
        }
    });
}

#[test]
fn a_check_that_fails_says_where() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, arguments, code) in [
            ("check-inject", "check xor --inject no-slope-out", 1),
            ("check-inject-sum", "check xor-batch --inject sum-for-mean", 1),
            ("check-inject-update", "check xor --inject NO-RATE", 0),
        ] {
            let output = program(arguments, 80);
            assert_eq!(output.status.code(), Some(code), "{arguments}");
            insta::assert_snapshot!(name, String::from_utf8(output.stdout).unwrap());
        }
    });
}

#[test]
fn pages_fit_the_screen() {
    // Formulas, tables and drawings that overflow are cut or wrapped by the
    // terminal in the worst places.
    for scenario in ["xor", "mazur", "softmax-cross-entropy", "deep", "relu-dead", "pythonandml"] {
        for columns in [80, 100, 140, 200] {
            for look in ["", "--ascii", "--color always"] {
                for line in page(&format!("run {scenario} --apply {look}"), columns).lines() {
                    assert!(width(line) <= columns, "{scenario} at {columns}: {line}");
                    assert!(!line.ends_with(' '), "{scenario} at {columns}: blanks after {line}");
                }
            }
        }
    }
}

#[test]
fn ascii_is_ascii() {
    for scenario in ["xor", "mazur", "softmax-cross-entropy", "deep", "tanh-bce"] {
        let page = page(&format!("run {scenario} --apply --all-terms --ascii"), 80);
        let other: String = page.chars().filter(|c| !c.is_ascii()).collect();
        assert_eq!(other, "", "{scenario}");
        assert!(
            !page.contains('?') || page.matches('?').count() == page.matches("change with").count()
        );
    }
}

#[test]
fn colour_goes_only_where_it_is_wanted() {
    let run = |arguments: &str, variable: Option<(&str, &str)>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_backprop-tutor"));
        command.args(arguments.split_whitespace()).env_clear();
        if let Some((name, value)) = variable {
            command.env(name, value);
        }
        String::from_utf8(command.output().unwrap().stdout).unwrap().contains('\u{1b}')
    };
    assert!(!run("run xor", None), "a pipe gets no colour");
    assert!(!run("run xor", Some(("CLICOLOR_FORCE", "1"))), "no other variable is asked");
    assert!(run("run xor --color always", None));
    assert!(run("run xor --color always", Some(("NO_COLOR", "1"))), "a flag wins over NO_COLOR");
    assert!(!run("run xor --color never", None));
}

#[test]
fn colour_changes_nothing_but_colour() {
    let plain = page("run mazur --apply", 80);
    let mut coloured = page("run mazur --apply --color always", 80);
    while let Some(at) = coloured.find('\u{1b}') {
        let end = at + coloured[at..].find('m').unwrap();
        coloured.replace_range(at..=end, "");
    }
    assert_eq!(coloured, plain);
}

#[test]
fn a_large_network_is_shortened_and_says_so() {
    let row = |length: usize, seed: usize| {
        let weights =
            (0..length).map(|at| format!("{:.2}", ((seed + 7 * at) % 19) as f64 / 50.0 - 0.18));
        format!("[{}]", weights.collect::<Vec<_>>().join(","))
    };
    let matrix = |rows: usize, columns: usize| {
        let rows: Vec<String> = (0..rows).map(|at| row(columns, at)).collect();
        format!("[{}]", rows.join(","))
    };
    let scenario = format!(
        r#"{{"title":"A large network","loss":"cross_entropy","learning_rate":0.1,"layers":[
        {{"activation":"sigmoid","weights":{},"biases":{}}},{{"activation":"softmax","weights":{}}}],
        "sample":{{"x":{},"y":[0,0,1,0,0,0,0,0,0,0]}}}}"#,
        matrix(200, 60),
        row(60, 3),
        matrix(60, 10),
        row(200, 5)
    );
    let path =
        std::env::temp_dir().join(format!("backprop-tutor-large-{}.json", std::process::id()));
    std::fs::write(&path, scenario).unwrap();
    let file = path.to_str().unwrap();
    let short = page(&format!("run {file} --apply"), 80);
    let long = page(&format!("run {file} --apply --all"), 80);
    std::fs::remove_file(&path).unwrap();
    assert!(short.contains("rows are not shown; --all shows them."));
    assert!(short.lines().count() < 800, "{} lines", short.lines().count());
    assert!(!long.contains("not shown"));
    assert!(long.contains("W200,60_new"), "--all shows every row");
}

#[test]
fn errors_name_the_fact_and_the_fix() {
    let fails = |arguments: &str| {
        let output = program(arguments, 80);
        assert_eq!(output.status.code(), Some(2), "{arguments}");
        assert!(output.stdout.is_empty(), "{arguments}");
        String::from_utf8(output.stderr).unwrap()
    };
    let mut all = String::new();
    for arguments in [
        "run nosuch",
        "run xorr",
        "run scenarios/xor.json",
        "run xor --only z3_in",
        "run xor --only dL/dW33",
        "run xor --only banana",
        "run xor --only f_out_new",
        "run xor --sample 2",
        "run xor --sample 0",
        "run xor --digits 16",
        "run xor --format yaml",
        "run softmax-regression --only z1_in",
        "run",
        "teach",
    ] {
        all.push_str(&format!("$ backprop-tutor {arguments}\n{}\n", fails(arguments)));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("errors", all));
}

#[test]
fn sheets_are_marked() {
    let answers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answers");
    let mark = |arguments: &str, file: &str| {
        let file = answers.join(file);
        let output = program(&format!("{arguments} --verify {}", file.display()), 80);
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, arguments, file, code) in [
            ("verify-ada", "run xor --exact", "ada.txt", 1),
            ("verify-ada-half", "run xor --exact --follow-through half", "ada.txt", 1),
            ("verify-ada-json", "run xor --exact --format json", "ada.txt", 1),
            ("verify-lecture", "run xor", "lecture.json", 1),
            ("verify-lecture-exact", "run xor --exact --all", "lecture.json", 1),
            ("verify-softmax", "run softmax-cross-entropy", "softmax.txt", 1),
        ] {
            let (found, page) = mark(arguments, file);
            assert_eq!(found, Some(code), "{name}");
            insta::assert_snapshot!(name, page);
        }
    });
}

#[test]
fn the_key_of_every_sheet_is_all_right() {
    for scenario in
        ["xor", "mazur", "deep", "softmax-cross-entropy", "tanh-bce", "relu-dead", "neuron"]
    {
        for format in ["text", "json"] {
            let key = page(&format!("sheet {scenario} --filled --format {format}"), 80);
            let path = std::env::temp_dir()
                .join(format!("backprop-tutor-key-{scenario}-{format}-{}", std::process::id()));
            std::fs::write(&path, key).unwrap();
            let output = program(&format!("run {scenario} --verify {}", path.display()), 80);
            std::fs::remove_file(&path).unwrap();
            assert_eq!(
                output.status.code(),
                Some(0),
                "{}",
                String::from_utf8_lossy(&output.stdout)
            );
        }
    }
}

#[test]
fn a_closed_pipe_ends_the_program_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_backprop-tutor"))
        .args(["run", "deep", "--all-terms", "--apply", "--format", "json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// Where nothing can be written, there is an exit code and no panic.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_that_nobody_needs_to_read() {
    let full = || std::fs::File::options().write(true).open("/dev/full").unwrap();
    let run = |args: &[&str], out: Stdio, err: Stdio| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_backprop-tutor"));
        let output = command.args(args).stdout(out).stderr(err).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for args in [&["--help"][..], &["--version"], &["run", "--help"], &["run", "xor"], &["list"]] {
        let (code, err) = run(args, full().into(), Stdio::piped());
        assert_eq!(code, Some(2), "{args:?}");
        assert!(err.starts_with("error: ") && !err.contains("panicked"), "{args:?}: {err}");
        assert_eq!(run(args, full().into(), full().into()).0, Some(2), "{args:?}");
    }
    for args in [&["run"][..], &["--no-such-flag"], &["run", "no-such-scenario"]] {
        assert_eq!(run(args, Stdio::piped(), full().into()).0, Some(2), "{args:?}");
    }
}
