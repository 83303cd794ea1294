//! A walk that is recorded: every step is in it, and a player can jump to each.

use std::process::Command;

use serde_json::Value;

fn record(arguments: &[&str], size: (u16, u16)) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lesson.cast");
    let output = Command::new(env!("CARGO_BIN_EXE_backprop-tutor"))
        .args(arguments)
        .args(["--step", "--record"])
        .arg(&file)
        .env("COLUMNS", size.0.to_string())
        .env("LINES", size.1.to_string())
        .env("XDG_STATE_HOME", folder.path())
        .env_remove("NO_COLOR")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.is_empty());
    let text = std::fs::read_to_string(file).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_step_is_recorded_and_marked() {
    let size = (80, 24);
    let lines = record(&["run", "xor", "--apply"], size);
    let (header, events) = lines.split_first().unwrap();
    assert_eq!(header["version"], 2);
    assert_eq!((&header["width"], &header["height"]), (&80.into(), &24.into()));
    let mut screen = vt100::Parser::new(size.1, size.0, 0);
    let (mut markers, mut last, mut coloured) = (Vec::new(), 0.0, false);
    let mut expected: Option<String> = None;
    for event in events {
        let [at, kind, data] = event.as_array().unwrap().as_slice() else { panic!("{event}") };
        let (at, data) = (at.as_f64().unwrap(), data.as_str().unwrap());
        assert!(at >= last, "time runs backwards at {event}");
        last = at;
        match kind.as_str().unwrap() {
            "m" => {
                markers.push(data.to_owned());
                expected = Some(format!("step {} of ", data.split('.').next().unwrap()));
            }
            "o" => {
                screen.process(data.as_bytes());
                coloured |= data.contains("38;2;");
                let shown = screen.screen().contents();
                if let Some(expected) = expected.take() {
                    if shown.trim().is_empty() {
                        continue;
                    }
                    assert!(shown.contains(&expected), "{expected} in\n{shown}");
                }
            }
            other => panic!("what is {other}?"),
        }
    }
    let count: usize = screen
        .screen()
        .contents()
        .lines()
        .next()
        .and_then(|line| line.trim_end().rsplit(' ').next()?.parse().ok())
        .unwrap();
    let numbers: Vec<usize> =
        markers.iter().map(|m| m.split('.').next().unwrap().parse().unwrap()).collect();
    assert_eq!(numbers, (1..=count).collect::<Vec<_>>());
    assert!(markers.iter().any(|marker| marker.ends_with(": dL/dW11, all factors")), "{markers:?}");
    assert!(coloured);
}

#[test]
fn a_recording_starts_where_it_is_asked_to_and_has_the_size_that_is_asked_for() {
    let lines = record(&["run", "neuron", "--from", "L", "--color", "never"], (120, 40));
    assert_eq!(lines[0]["width"], 120);
    assert!(lines.iter().all(|line| !line.to_string().contains("38;2;")));
    let first = lines.iter().find(|line| line[1] == "m").unwrap();
    assert!(first[2].as_str().unwrap().ends_with(": L"), "{first}");
}

#[test]
fn a_file_that_cannot_be_written_is_told_before_anything_is_recorded() {
    for (path, why) in [("-", "give the path of a file"), ("no/such/folder/x.cast", "no folder")] {
        let output = Command::new(env!("CARGO_BIN_EXE_backprop-tutor"))
            .args(["run", "xor", "--step", "--record", path])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains(why) && output.stdout.is_empty(), "{told}");
    }
}
