//! What goes wrong around the program: signals, terminals that stop reading or
//! lie, files that cannot be kept. Nothing is left behind, and nothing is lost.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::time::{Duration, Instant};

use common::pty::Pty;
use nix::sys::signal::Signal;
use tempfile::tempdir;

const SIGNALS: [Signal; 3] = [Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT];

fn entries(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

fn wait(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whether the program ignores a signal because we do: whoever runs the tests by nohup
/// wants it so.
fn is_ignored(signal: Signal) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap();
    let ignored = u64::from_str_radix(ignored.trim(), 16).unwrap();
    ignored & (1 << (signal as u64 - 1)) != 0
}

#[test]
fn training_that_is_killed_leaves_no_draft() {
    for signal in SIGNALS.into_iter().filter(|signal| !is_ignored(*signal)) {
        let folder = tempdir().unwrap();
        let file = folder.path().join("trained.json");
        let file = file.to_str().unwrap();
        let args = ["train", "xor-batch", "--epochs", "1000000000", "--save", file];
        let mut pty = Pty::start(80, 24, &args, &[]);
        pty.expect("R_emp");
        pty.signal(signal);
        assert_eq!(pty.end().signal(), Some(signal as i32));
        assert_eq!(entries(folder.path()), 0, "{signal}");
    }
}

#[test]
fn a_trace_that_leaves_the_range_forgets_no_earlier_one() {
    let folder = tempdir().unwrap();
    let (scenario, saved) = (folder.path().join("a.json"), folder.path().join("b.json"));
    let text = r#"{"loss": "half_squared_error", "learning_rate": 1e10, "layers":
        [{"activation": "identity", "weights": [[2.5]]}, {"activation": "identity",
        "weights": [[2.5]]}], "sample": {"x": [1], "y": 0}}"#;
    fs::write(&scenario, text).unwrap();
    for format in ["text", "json"] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_backprop-tutor"));
        let output = command
            .args(["train", scenario.to_str().unwrap(), "--epochs", "9", "--format", format])
            .args(["--trace", "1", "--trace", "2", "--trace", "3"])
            .args(["--save", saved.to_str().unwrap()])
            .output()
            .unwrap();
        let page = String::from_utf8(output.stdout).unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{page}{error}");
        assert!(error.contains("--trace 3: L_new: a number leaves the range"), "{error}");
        assert!(saved.exists());
        if format == "json" {
            let json: serde_json::Value = serde_json::from_str(&page).unwrap();
            assert_eq!(json["traces"].as_array().unwrap().len(), 2);
        } else {
            assert!(page.contains("Update 2: ") && page.contains("The descent diverged"), "{page}");
        }
    }
}

#[test]
fn a_window_of_any_size_is_drawn_in_little_memory() {
    let mut pty = Pty::start(u16::MAX, u16::MAX, &["run", "xor", "--step"], &[]);
    pty.expect("41");
    let used = pty.memory();
    assert!(used < 400 << 20, "{used} bytes");
    pty.send("q");
    assert!(pty.end().success());
}

/// What the program draws next waits for good.
#[test]
fn signals_are_obeyed_while_the_terminal_reads_nothing() {
    for signal in [Signal::SIGTERM, Signal::SIGHUP, Signal::SIGINT] {
        let mut pty = Pty::start_deaf(80, 24, &["run", "xor", "--step"], &[]);
        wait("the terminal is taken", || !pty.is_cooked());
        pty.fill();
        pty.send(" ");
        std::thread::sleep(Duration::from_millis(300));
        pty.signal(signal);
        assert_eq!(pty.end().signal(), Some(signal as i32));
        assert!(pty.is_cooked(), "{signal}");
    }
}

/// Standard output that is full, and a draft that cannot be finished.
#[test]
fn an_output_file_on_a_full_disk_is_told_by_its_own_name() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("page.html");
    let limited = format!(
        "trap '' XFSZ; ulimit -f 8; exec '{}' run xor --format html --output '{}'",
        env!("CARGO_BIN_EXE_backprop-tutor"),
        file.display()
    );
    let output = std::process::Command::new("sh").args(["-c", &limited]).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains("--output") && !error.contains(".backprop-tutor-"), "{error}");
    assert_eq!(entries(folder.path()), 0);
}
