//! Asking for answers one by one: what a dialogue says, that the sheet is the
//! whole memory, and that a crash loses nothing.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::HashSet;

use backprop_tutor::document::asking as page;
use backprop_tutor::export::{sheet_json, terminal};
use backprop_tutor::lesson::{Exercise, Lesson, Settings};
use backprop_tutor::scenario::{self, Scenario};
use backprop_tutor::verify::asking::{Asking, Reply};
use backprop_tutor::verify::{self, FollowThrough, Marker, Remark, Sheet, Verdict};
use proptest::prelude::*;

mod common;

const LOOK: terminal::Terminal = terminal::Terminal { width: 80, colour: false, ascii: false };

fn named(name: &str) -> Scenario {
    scenario::load(name).unwrap_or_else(|error| panic!("{error}"))
}

fn exact(scenario: &Scenario, apply: bool) -> Lesson<'_> {
    let exercise = Exercise {
        network: &scenario.network,
        sample: &scenario.samples[0],
        learning_rate: scenario.learning_rate,
        update_biases: scenario.update_biases,
    };
    Lesson::new(exercise, Settings { apply, ..Settings::default() }).unwrap()
}

/// The sheet as it is after being kept and read again.
fn kept(sheet: &Sheet, lesson: &Lesson<'_>) -> Sheet {
    let mut bytes = Vec::new();
    sheet_json::write(sheet, lesson.naming(), &mut bytes).unwrap();
    verify::read(&bytes, "kept", lesson.network()).unwrap_or_else(|faults| panic!("{faults}"))
}

/// What counts of a sheet: not where its lines stand in a file.
fn content(sheet: &Sheet) -> (Vec<(String, String)>, Vec<String>) {
    let answers = sheet.answers.iter();
    let mut help: Vec<String> = sheet
        .help
        .iter()
        .filter(|(_, help)| help.leaves() < 1.0)
        .map(|entry| format!("{entry:?}"))
        .collect();
    help.sort();
    let answer = |answer: &verify::Answer| (format!("{:?}", answer.name), answer.text.to_string());
    (answers.map(answer).collect(), help)
}

/// A dialogue as it stands on the screen.
fn dialogue(asking: &mut Asking<'_>, request: page::Request<'_>, typed: &[&str]) -> String {
    let naming = request.lesson.naming();
    let mut text = String::new();
    for line in typed {
        let question = asking.question().unwrap();
        text.push_str(&terminal::line(&page::prompt(&question), naming, LOOK));
        text.push_str(line);
        text.push('\n');
        let mut out = Vec::new();
        let reply = asking.take(line);
        terminal::write(page::reply(request, &reply), naming, LOOK, &mut out).unwrap();
        text.push_str(&String::from_utf8(out).unwrap());
    }
    text
}

#[test]
fn a_dialogue_says_what_it_said() {
    let scenario = named("xor");
    let lesson = exact(&scenario, false);
    let marker = Marker::new(&lesson, 4, &[], FollowThrough::Full);
    let mut asking = Asking::new(&marker, None, Sheet::default());
    let request = page::Request { lesson: &lesson, digits: 4, addends: 8 };
    let typed = [
        "b",
        "",
        "-.53",
        "0,95",
        "?",
        "?",
        "?",
        "?",
        "?",
        "0.3705",
        "b",
        "",
        "s",
        "z = 1",
        "abc",
        "f_in = 1.1270",
        "b",
        "q",
    ];
    insta::assert_snapshot!(dialogue(&mut asking, request, &typed));
}

#[test]
fn hints_and_corrections_cost_a_quarter_each() {
    let scenario = named("xor");
    let lesson = exact(&scenario, false);
    let marker = Marker::new(&lesson, 4, &[], FollowThrough::Full);
    for hints in 0..=5_u8 {
        for corrections in 0..=3_u8 {
            let mut asking = Asking::new(&marker, None, Sheet::default());
            for _ in 0..hints {
                assert!(matches!(asking.take("?"), Reply::Hint(..)));
            }
            for wrong in 0..corrections {
                let answer = format!("-0.7{wrong}");
                let Reply::Judged(line) = asking.take(&answer) else { panic!("{answer}") };
                assert_eq!(line.verdict, Verdict::Wrong);
                assert!(matches!(asking.take("b"), Reply::Back));
            }
            let Reply::Judged(line) = asking.take("-0.53") else { panic!("no verdict") };
            assert_eq!(line.verdict, Verdict::Right);
            let used = (hints.min(4) + corrections).min(4);
            assert_eq!(line.credit, f64::from(4 - used) / 4.0, "{hints} {corrections}");
            let told = line.remarks.iter().any(|remark| matches!(remark, Remark::Helped(_)));
            assert_eq!(told, used > 0);
            // The sheet that is kept is marked alike.
            let report = marker.mark(&kept(asking.sheet(), &lesson));
            assert_eq!(report.lines[0].credit, line.credit);
        }
    }
}

#[test]
fn the_same_number_written_in_another_way_corrects_nothing() {
    let scenario = named("xor");
    let lesson = exact(&scenario, false);
    let marker = Marker::new(&lesson, 4, &[], FollowThrough::Full);
    let mut asking = Asking::new(&marker, None, Sheet::default());
    for typed in ["0.9", "b", "= 0,9", "b", "+.9", "b"] {
        asking.take(typed);
    }
    let help =
        |asking: &Asking<'_>| asking.sheet().help.values().map(|help| help.corrections).sum::<u8>();
    assert_eq!(help(&asking), 0_u8);
    asking.take("0.90");
    assert_eq!(help(&asking), 1);
}

#[test]
fn an_answer_that_was_not_told_to_be_wrong_is_changed_for_free() {
    let scenario = named("xor");
    let lesson = exact(&scenario, false);
    let marker = Marker::new(&lesson, 4, &[], FollowThrough::Full);
    let mut asking = Asking::new(&marker, None, Sheet::default());
    for typed in ["-0.5", "b", "-0.53"] {
        asking.take(typed);
    }
    assert_eq!(marker.mark(asking.sheet()).lines[0].credit, 1.0);
}

#[test]
fn the_last_hint_is_the_value_from_the_students_own_numbers() {
    let scenario = named("xor");
    let lesson = exact(&scenario, false);
    let marker = Marker::new(&lesson, 4, &[], FollowThrough::Full);
    let mut asking = Asking::new(&marker, None, Sheet::default());
    asking.take("0.53");
    asking.take("s");
    for level in 1..=4 {
        let Reply::Hint(found, line) = asking.take("?") else { panic!("no hint") };
        assert_eq!(found, level);
        let own = 1.0 / (1.0 + (-0.53_f64).exp());
        assert!((line.from_yours.unwrap() - own).abs() < 1e-12);
    }
}

/// Whoever answers every question as the key has it, is asked each once and
/// gets everything right, whatever the network.
#[test]
fn every_question_of_every_scenario_is_asked_once_in_order() {
    for entry in scenario::embedded::all() {
        let scenario = named(entry.name);
        let apply = scenario.learning_rate.is_some();
        let lesson = exact(&scenario, apply);
        let marker = Marker::new(&lesson, 4, &[], FollowThrough::Full);
        let mut asked = Vec::new();
        let Ok(()) = verify::for_each_asked(&lesson, |_, name| {
            asked.push(name);
            Ok::<(), std::convert::Infallible>(())
        });
        let mut asking = Asking::new(&marker, None, Sheet::default());
        for (at, name) in asked.iter().enumerate().take(200) {
            let question = asking.question().unwrap();
            assert_eq!((question.name, question.number, question.of), (*name, at + 1, asked.len()));
            let answer = lesson.text(*name, 4);
            let Reply::Judged(line) = asking.take(&answer) else { panic!("{answer}") };
            assert_eq!(line.verdict, Verdict::Right, "{}: {name:?} = {answer}", entry.name);
        }
        if asked.len() <= 200 {
            assert_eq!(asking.question(), None, "{}", entry.name);
            assert!(marker.mark(asking.sheet()).is_all_right());
        }
    }
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec!["?", "s", "b", "", "abc", "1,127", "f_in = 2", "∂L/∂u1: 1", "\u{1b}[2J"])
            .prop_map(str::to_owned),
        5 => (-3000..3000_i32).prop_map(|number| format!("{:.3}", f64::from(number) / 1000.0)),
        1 => ".{0,80}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    /// After anything typed, the kept sheet is the same sheet, and whoever goes
    /// on with it is asked the next open question and marked alike.
    #[test]
    fn the_sheet_is_the_whole_memory(lines in prop::collection::vec(typed(), 0..60)) {
        let scenario = named("xor");
        let lesson = exact(&scenario, true);
        let marker = Marker::new(&lesson, 4, &[], FollowThrough::Half);
        let mut asking = Asking::new(&marker, None, Sheet::default());
        for line in &lines {
            let before = asking.question().map(|question| question.number);
            let sheet = content(asking.sheet());
            let reply = asking.take(line);
            let after = asking.question().map(|question| question.number);
            match reply {
                Reply::Judged(_) | Reply::Skipped | Reply::Kept => prop_assert!(after > before || after.is_none()),
                Reply::Back => prop_assert!(after < before),
                Reply::Hint(..) | Reply::NotANumber(_) | Reply::AtFirst | Reply::Nothing
                | Reply::Stopped => prop_assert_eq!(after, before),
            }
            if !matches!(reply, Reply::Judged(_) | Reply::Hint(..)) {
                prop_assert_eq!(content(asking.sheet()), sheet);
            }
        }
        let kept = kept(asking.sheet(), &lesson);
        prop_assert_eq!(content(&kept), content(asking.sheet()));
        prop_assert_eq!(marker.mark(&kept).score(), marker.mark(asking.sheet()).score());
        let answered: HashSet<_> = kept.answers.iter().map(|answer| answer.name).collect();
        let resumed = Asking::new(&marker, None, kept);
        match resumed.question() {
            Some(question) => prop_assert!(!answered.contains(&question.name)),
            None => prop_assert_eq!(resumed.progress().0, resumed.progress().1),
        }
    }
}

#[test]
fn nobody_is_asked_without_a_terminal() {
    let said = |args: &[&str]| {
        let ran = common::program::tutor_on("-0.53\n", args);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
        ran.err
    };
    insta::assert_snapshot!(
        [
            said(&["run", "xor", "--verify"]),
            said(&["run", "xor", "--verify", "--format", "json"]),
            said(&["run", "-", "--verify"]),
            said(&["run", "xor", "--verify", "-", "--save", "kept.json"]),
            said(&["run", "xor", "--verify", "-", "--restart"]),
            said(&["run", "xor", "--save", "kept.json"]),
        ]
        .join("\n")
    );
}

#[cfg(unix)]
mod on_a_terminal {
    use std::fs;
    use std::os::unix::process::ExitStatusExt;

    use nix::sys::signal::Signal;
    use tempfile::tempdir;

    use super::common::pty::Pty;

    #[test]
    fn a_killed_dialogue_goes_on_where_it_was() {
        let folder = tempdir().unwrap();
        let state = [("XDG_STATE_HOME", folder.path().to_str().unwrap())];
        let start = || Pty::start(80, 24, &["run", "xor", "--verify"], &state);
        let mut first = start();
        first.expect("1/36  z1_in = ");
        first.send("-0.53\r");
        first.expect("Right.");
        first.expect("2/36  z2_in = ");
        first.send("?");
        first.send("\r");
        first.expect("Hint 1 of 4");
        first.expect("2/36  z2_in = ");
        // No time to tidy up: what was answered must be on disk already.
        first.signal(Signal::SIGKILL);
        assert_eq!(first.end().signal(), Some(Signal::SIGKILL as i32));

        let mut second = start();
        second.expect("1 of 36 are answered already");
        second.expect("2/36  z2_in = ");
        second.send("1.04\r");
        second.expect("Right; 1 hint: a quarter off.");
        second.expect("3/36");
        second.send("q\r");
        second.expect("Score: 1.75 of 36");
        assert_eq!(second.end().code(), Some(1));
        assert!(second.is_cooked());
        let kept = folder.path().join("backprop-tutor/xor.answers.json");
        let text = fs::read_to_string(kept).unwrap();
        assert!(text.contains("\"z2_in\": \"1.04\"") && text.contains("\"hints\""), "{text}");
    }

    #[test]
    fn the_terminal_comes_back_after_every_end() {
        let folder = tempdir().unwrap();
        let file = folder.path().join("answers.json");
        let args = ["run", "xor", "--verify", "--save", file.to_str().unwrap()];
        for signal in [Signal::SIGTERM, Signal::SIGHUP] {
            let mut pty = Pty::start(80, 24, &args, &[]);
            pty.expect("z1_in = ");
            // The prompt may come a moment before the modes.
            while pty.is_cooked() {
                std::thread::yield_now();
            }
            pty.signal(signal);
            assert_eq!(pty.end().signal(), Some(signal as i32));
            assert!(pty.is_cooked(), "{signal}");
        }
        for keys in ["\u{3}", "\u{4}", "q\r"] {
            let mut pty = Pty::start(80, 24, &args, &[]);
            pty.expect("z1_in = ");
            pty.send(keys);
            pty.expect("Nothing is answered yet.");
            assert_eq!(pty.end().code(), Some(1));
            assert!(pty.is_cooked(), "{keys:?}");
        }
    }

    #[test]
    fn a_folder_that_is_no_folder_is_told_before_the_first_answer() {
        let folder = tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let path = folder.path().join("file/answers.json");
        let args = ["run", "xor", "--verify", "--save", path.to_str().unwrap()];
        let mut pty = Pty::start(80, 24, &args, &[]);
        pty.expect("error: the answers cannot be kept; --save FILE picks another place");
        assert_eq!(pty.end().code(), Some(2));
    }

    #[test]
    fn answers_do_not_meet_another_network_under_the_same_name() {
        let folder = tempdir().unwrap();
        let scenario = folder.path().join("my.json");
        let state = [("XDG_STATE_HOME", folder.path().to_str().unwrap())];
        let text = |weight: &str| {
            format!(
                r#"{{"loss": "half_squared_error", "layers": [{{"activation": "identity",
                "weights": [[{weight}]]}}], "sample": {{"x": [1], "y": 0}}}}"#
            )
        };
        let start = |weight: &str| {
            fs::write(&scenario, text(weight)).unwrap();
            Pty::start(300, 24, &["run", scenario.to_str().unwrap(), "--verify"], &state)
        };
        let stop = |mut pty: Pty| {
            pty.send("q\r");
            assert_eq!(pty.end().code(), Some(1));
        };
        let mut first = start("0.5");
        first.expect("f_in = ");
        first.send("0.5\r");
        first.expect("Right");
        stop(first);
        let mut other = start("0.7");
        assert!(!other.expect("f_in = ").contains("answered already"));
        stop(other);
        let mut back = start("0.50");
        back.expect("are answered already");
        stop(back);
    }

    #[test]
    fn standard_output_is_no_place_to_keep_answers() {
        let mut pty = Pty::start(80, 24, &["run", "xor", "--verify", "--save", "-"], &[]);
        pty.expect("error: --save -: give the path of a file");
        assert_eq!(pty.end().code(), Some(2));
    }
}
