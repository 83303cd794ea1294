//! Asking for answers one by one: what a dialogue says, that the sheet is the
//! whole memory, and that a crash loses nothing.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::HashSet;

use backprop_tutor::document::{Limits, Readings, asking as page, task};
use backprop_tutor::export::{sheet_json, terminal};
use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::math::Notation;
use backprop_tutor::name::{Name, NameSet};
use backprop_tutor::scenario::{self, Scenario};
use backprop_tutor::typeset::{Terminal, Typesetter};
use backprop_tutor::verify::asking::{self, Asking, Reply};
use backprop_tutor::verify::{
    self, AnswerReading, LineVerdict, Marker, MarkingRules, Policy, Remark, Share, Sheet,
};
use proptest::prelude::*;

mod common;

const LOOK: Terminal = Terminal { width: 80, colour: false, ascii: false };

fn named(name: &str) -> Scenario {
    scenario::load(name).unwrap_or_else(|error| panic!("{error}"))
}

fn exact(scenario: &Scenario, apply: bool) -> Lesson<'_> {
    let exercise = scenario.exercise(0);
    Lesson::new(exercise, Settings { apply, ..Settings::default() }).unwrap()
}

fn start<'a>(marker: &'a Marker<'a>, sheet: Sheet) -> Asking<'a> {
    Asking::new(marker, None, sheet, &NameSet::default())
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
    let answer =
        |answer: &verify::Answer| (format!("{:?}", answer.name), answer.reading.text().to_string());
    (answers.map(answer).collect(), help)
}

/// A dialogue as it stands on the screen.
fn dialogue(asking: &mut Asking<'_>, request: page::AskingRequest<'_>, typed: &[&str]) -> String {
    let naming = request.lesson.naming();
    let mut text = String::new();
    for line in typed {
        let question = asking.question().unwrap();
        text.push_str(&Typesetter::new(naming, LOOK, false).line(&page::prompt(&question)));
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
    let marker = Marker::new(&lesson, MarkingRules::asking(4));
    let mut asking = start(&marker, Sheet::default());
    let request =
        page::AskingRequest { lesson: &lesson, digits: 4.into(), limits: Limits::READABLE };
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
    let marker = Marker::new(&lesson, MarkingRules::asking(4));
    for hints in 0..=5_u8 {
        for corrections in 0..=3_u8 {
            let mut asking = start(&marker, Sheet::default());
            for _ in 0..hints {
                assert!(matches!(asking.take("?"), Reply::Hint(..)));
            }
            for wrong in 0..corrections {
                let answer = format!("-0.7{wrong}");
                let Reply::Judged(line) = asking.take(&answer) else { panic!("{answer}") };
                assert_eq!(line.verdict, LineVerdict::Wrong);
                assert!(matches!(asking.take("b"), Reply::Back));
            }
            let Reply::Judged(line) = asking.take("-0.53") else { panic!("no verdict") };
            assert_eq!(line.verdict, LineVerdict::Right);
            let used = (hints.min(4) + corrections).min(4);
            assert_eq!(line.credit, f64::from(4 - used) / 4.0, "{hints} {corrections}");
            let told = line.has_remark(|remark| matches!(remark, Remark::Helped(_)));
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
    let marker = Marker::new(&lesson, MarkingRules::asking(4));
    let mut asking = start(&marker, Sheet::default());
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
    let marker = Marker::new(&lesson, MarkingRules::asking(4));
    let mut asking = start(&marker, Sheet::default());
    for typed in ["-0.5", "b", "-0.53"] {
        asking.take(typed);
    }
    assert_eq!(marker.mark(asking.sheet()).lines[0].credit, 1.0);
}

#[test]
fn the_last_hint_is_the_value_from_the_students_own_numbers() {
    let scenario = named("xor");
    let lesson = exact(&scenario, false);
    let marker = Marker::new(&lesson, MarkingRules::asking(4));
    let mut asking = start(&marker, Sheet::default());
    asking.take("0.53");
    asking.take("s");
    for level in 1..=4 {
        let Reply::Hint(found, line) = asking.take("?") else { panic!("no hint") };
        assert_eq!(found, level);
        let own = 1.0 / (1.0 + (-0.53_f64).exp());
        assert!((line.from_yours().unwrap() - own).abs() < 1e-12);
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
        let marker = Marker::new(&lesson, MarkingRules::asking(4));
        let mut asked = Vec::new();
        let Ok(()) = verify::for_each_asked(&lesson, |_, name| {
            asked.push(name);
            Ok::<(), std::convert::Infallible>(())
        });
        let mut asking = start(&marker, Sheet::default());
        for (at, name) in asked.iter().enumerate().take(200) {
            let question = asking.question().unwrap();
            assert_eq!((question.name, question.number, question.of), (*name, at + 1, asked.len()));
            let answer = lesson.text(*name, 4);
            let Reply::Judged(line) = asking.take(&answer) else { panic!("{answer}") };
            assert_eq!(line.verdict, LineVerdict::Right, "{}: {name:?} = {answer}", entry.name);
        }
        if asked.len() <= 200 {
            assert_eq!(asking.question(), None, "{}", entry.name);
            assert!(marker.mark(asking.sheet()).is_all_right());
        }
    }
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec!["?", "s", "b", "", "abc", "1,127", "f_in = 2", "∂L/∂u1: 1", "\u{1b}[2J",
            "go 3", ":99", "g z9", "z2_out", "list", "task", "help", "x1 = 3", "u1_new = 0.2 # so", "#"])
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
        let marker = Marker::new(&lesson, half());
        let mut asking = start(&marker, Sheet::default());
        for line in &lines {
            let before = asking.question().map(|question| question.number);
            let sheet = content(asking.sheet());
            let reply = asking.take(line);
            let after = asking.question().map(|question| question.number);
            match reply {
                Reply::Judged(_) | Reply::Skipped | Reply::Kept | Reply::Back => {
                    prop_assert_ne!(after, before);
                }
                Reply::Went => prop_assert!(after.is_some()),
                Reply::Elsewhere(_) | Reply::Hint(..) | Reply::HintWaits(_) | Reply::NotANumber(_)
                | Reply::Unknown | Reply::NoSuchName { .. } | Reply::NoSuchNumber(_)
                | Reply::Given(_) | Reply::NotAsked(_) | Reply::List(_) | Reply::Task
                | Reply::Commands | Reply::AtFirst | Reply::Nothing | Reply::Stopped => {
                    prop_assert_eq!(after, before);
                }
            }
            if !reply.changes_sheet() {
                prop_assert_eq!(content(asking.sheet()), sheet);
            }
        }
        let kept = kept(asking.sheet(), &lesson);
        prop_assert_eq!(content(&kept), content(asking.sheet()));
        prop_assert_eq!(marker.mark(&kept).score(), marker.mark(asking.sheet()).score());
        let answered: HashSet<_> = kept.answers.iter().map(|answer| answer.name).collect();
        let resumed = start(&marker, kept);
        match resumed.question() {
            Some(question) => prop_assert!(!answered.contains(&question.name)),
            None => prop_assert_eq!(resumed.progress().0, resumed.progress().1),
        }
    }
}

#[test]
fn the_opening_and_the_commands_say_what_they_said() {
    let scenario = named("xor");
    let lesson = exact(&scenario, false);
    let marker = Marker::new(&lesson, MarkingRules::asking(4));
    let request =
        page::AskingRequest { lesson: &lesson, digits: 4.into(), limits: Limits::READABLE };
    let mut asking = start(&marker, Sheet::default());
    let mut opening = Vec::new();
    let place = page::AnswersPlace { kept_in: "xor.txt.answers.json", by_hand: Some("xor.txt") };
    let blocks = page::opening(request, &scenario.title, place, asking.progress());
    terminal::write(&blocks, lesson.naming(), LOOK, &mut opening).unwrap();
    let typed = [
        "help",
        "hello",
        "z9_in",
        "go nowhere",
        "go 99",
        "x1 = 1",
        "W11_new",
        "f_in = 1.127 # from my notes",
        "f_in = 2",
        "z1_out",
        "?",
        "?",
        "?",
        ":1",
        "-0.53 # easy",
        "g 3",
        "?",
        "go dL/dW11",
        "0.1",
        "L",
        "0.03",
        "b",
        "q",
    ];
    let text = format!(
        "{}{}",
        String::from_utf8(opening).unwrap(),
        dialogue(&mut asking, request, &typed)
    );
    insta::assert_snapshot!(text);
}

/// Whoever works from the task alone works with what is given, whatever the
/// decimals that are asked for; and a large one is told in a screen or two.
#[test]
fn the_task_is_not_rounded_and_not_long() {
    for entry in scenario::embedded::all() {
        let scenario = named(entry.name);
        let lesson = exact(&scenario, false);
        let readings = Readings {
            lesson: &lesson,
            digits: 0.into(),
            limits: Limits::READABLE,
            notes: &[],
            notation: Notation::Linear,
        };
        let mut out = Vec::new();
        terminal::write(task::task(readings), lesson.naming(), LOOK, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().count() <= 48, "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        let is_whole = !text.contains("What is left out");
        assert_eq!(is_whole, entry.name != "digits", "{text}");
        let first = scenario.network.layers[0].weights.at(0, 0);
        assert!(text.contains(&format!(" = {first}")), "{text}");
    }
}

#[test]
fn what_is_open_is_listed_and_asked_in_the_end() {
    let scenario = named("xor");
    let lesson = exact(&scenario, false);
    let marker = Marker::new(&lesson, MarkingRules::asking(4));
    let request =
        page::AskingRequest { lesson: &lesson, digits: 4.into(), limits: Limits::READABLE };
    let mut asking = start(&marker, Sheet::default());
    let list = dialogue(&mut asking, request, &["f_out = 0.755", "list"]);
    insta::assert_snapshot!(list);
    // From the last question on, what was jumped over is asked.
    asking.take("go 36");
    asking.take("0.1");
    assert_eq!(asking.question().unwrap().number, 1);
    // What is skipped is not asked twice.
    for _ in 0..35 {
        asking.take("s");
    }
    assert_eq!(asking.question(), None);
}

/// No hint shows the value of a line that is still open, whatever else is
/// answered: what the third and the fourth are about must be known before.
#[test]
fn no_hint_gives_another_answer_away() {
    for name in ["xor", "mazur", "softmax-cross-entropy", "deep"] {
        let scenario = named(name);
        let lesson = exact(&scenario, scenario.learning_rate.is_some());
        let marker = Marker::new(&lesson, MarkingRules::asking(4));
        let request =
            page::AskingRequest { lesson: &lesson, digits: 4.into(), limits: Limits::READABLE };
        let mut asked = Vec::new();
        let Ok(()) = verify::for_each_asked(&lesson, |_, name| {
            asked.push(name);
            Ok::<(), std::convert::Infallible>(())
        });
        let operands = |of: Name| {
            let mut operands = Vec::new();
            lesson.expression(of).unwrap().for_each_leaf(&mut |leaf| operands.push(leaf));
            operands.retain(|leaf| asked.contains(leaf));
            operands
        };
        let numbers = |text: &str| {
            let words = text.split(|c: char| !c.is_ascii_digit() && c != '.');
            words.filter(|word| word.contains('.') && word.len() > 4).count()
        };
        for (at, of) in asked.iter().enumerate().take(80) {
            let mut asking = start(&marker, Sheet::default());
            let go = format!("go {}", at + 1);
            let said = dialogue(&mut asking, request, &[&go, "?", "?"]);
            assert_eq!(numbers(&said), 0, "{said}");
            assert!(!said.contains("takes ."), "{said}");
            let open = operands(*of);
            if !open.is_empty() {
                let sheet = content(asking.sheet());
                let Reply::HintWaits(told) = asking.take("?") else { panic!("{name} {of:?}") };
                assert!(told.iter().all(|told| open.contains(&told.name)));
                assert_eq!(content(asking.sheet()), sheet, "it cost something");
            }
            for operand in open {
                let plain = lesson.naming().plain(operand);
                let answer = format!("{plain} = {}", lesson.text(operand, 4));
                assert!(matches!(asking.take(&answer), Reply::Elsewhere(_)), "{answer}");
            }
            // With these the numbers of the third are those of the lesson, and
            // the fourth is its value.
            let third = dialogue(&mut asking, request, &["?"]);
            assert!(third.contains("Hint 3 of 4"), "{third}");
            assert!(!third.contains("NaN"), "{third}");
            let fourth = dialogue(&mut asking, request, &["?"]);
            assert!(fourth.contains("Hint 4 of 4"), "{fourth}");
        }
    }
}

#[test]
fn a_verdict_gives_no_open_answer_away() {
    let scenario = named("xor");
    let lesson = exact(&scenario, false);
    let marker = Marker::new(&lesson, MarkingRules::asking(4));
    let request =
        page::AskingRequest { lesson: &lesson, digits: 4.into(), limits: Limits::READABLE };
    // 0.7305 in place of 0.3705.
    let wrong = "f_in = 1.0479";
    let said = dialogue(&mut start(&marker, Sheet::default()), request, &[wrong]);
    assert!(said.contains("Not right") && !said.contains("0.3705"), "{said}");
    let mut asking = start(&marker, Sheet::default());
    let said = dialogue(&mut asking, request, &["z1_out = 0.3705", "z2_out = 0.7389", wrong]);
    let said: Vec<&str> = said.split_whitespace().collect();
    let said = said.join(" ");
    assert!(said.contains("is taken to be 0.7305 instead of 0.3705"), "{said}");
}

#[test]
fn a_long_answer_is_kept_whole() {
    let scenario = named("xor");
    let lesson = exact(&scenario, false);
    let marker = Marker::new(&lesson, MarkingRules::asking(4));
    let mut asking = start(&marker, Sheet::default());
    let long = format!("-0.53{}", "0".repeat(100));
    let Reply::Judged(line) = asking.take(&long) else { panic!("no verdict") };
    assert_eq!(line.verdict, LineVerdict::Right);
    let kept = kept(&kept(asking.sheet(), &lesson), &lesson);
    let AnswerReading::Number(number) = &kept.answers[0].reading else { panic!("no number") };
    assert_eq!(number.text(), long);
    assert_eq!(marker.mark(&kept).lines[0].verdict, LineVerdict::Right);
}

#[test]
fn what_was_written_by_hand_is_taken_over_and_changed_for_free() {
    let scenario = named("xor");
    let lesson = exact(&scenario, false);
    let marker = Marker::new(&lesson, MarkingRules::asking(4));
    let read = |text: &str| verify::read(text.as_bytes(), "mine", lesson.network()).unwrap();
    let by_hand = read(
        "student: Ada
z1_in = 0.53 # hm
z2_in = 1.04
",
    );
    let sheet = asking::taken_over(
        read(
            "z2_in = 7
",
        ),
        &by_hand,
    );
    assert_eq!(sheet.student.as_deref(), Some("Ada"));
    let untold = asking::told_by_nobody(&sheet, &by_hand);
    let mut asking = Asking::new(&marker, None, sheet, &untold);
    assert_eq!(asking.progress(), (2, 36));
    asking.take("z1_in = -0.53");
    asking.take("z2_in = 1.04");
    let report = marker.mark(asking.sheet());
    assert_eq!((report.lines[0].credit, report.lines[1].credit), (1.0, 0.75));
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
    use std::time::Duration;

    use nix::sys::signal::Signal;
    use tempfile::tempdir;

    use super::common::pty::Pty;

    #[test]
    fn a_killed_dialogue_goes_on_where_it_was() {
        let folder = tempdir().unwrap();
        let state = [("XDG_STATE_HOME", folder.path().to_str().unwrap())];
        let start = || Pty::start(80, 24, &["run", "xor", "--verify"], &state);
        let mut first = start();
        first.expect("1/52  z1_in = ");
        first.send("-0.53\r");
        first.expect("Right.");
        first.expect("2/52  z2_in = ");
        first.send("?");
        first.send("\r");
        first.expect("Hint 1 of 4");
        first.expect("2/52  z2_in = ");
        // No time to tidy up: what was answered must be on disk already.
        first.signal(Signal::SIGKILL);
        assert_eq!(first.end().signal(), Some(Signal::SIGKILL as i32));

        let mut second = start();
        second.expect("1 of 52 is answered already");
        second.expect("2/52  z2_in = ");
        second.send("1.04\r");
        second.expect("Right; 1 hint: a quarter off.");
        second.expect("3/52");
        second.send("q\r");
        second.expect("Score: 1.75 of 37");
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
        for signal in [Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT] {
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
        // An interrupt from elsewhere is as good as one from the keyboard.
        let mut pty = Pty::start(80, 24, &args, &[]);
        pty.expect("z1_in = ");
        while pty.is_cooked() {
            std::thread::yield_now();
        }
        // One that comes while the prompt is still being drawn may be lost.
        let is_heard = |pty: &mut Pty| {
            pty.signal(Signal::SIGINT);
            pty.shown_within("Nothing is answered yet.", Duration::from_secs(2)).is_some()
        };
        assert!((0..5).any(|_| is_heard(&mut pty)), "no interrupt is heard");
        assert_eq!(pty.end().code(), Some(1));
        assert!(pty.is_cooked());
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
        back.expect("answered already");
        stop(back);
    }

    #[test]
    fn a_sheet_written_by_hand_stays_as_it_is() {
        let folder = tempdir().unwrap();
        let (mine, beside) =
            (folder.path().join("mine.txt"), folder.path().join("mine.txt.answers.json"));
        let text = "# my notes\nz1_in = -0.53   # easy\n\nz2_in   = 1.04\n";
        fs::write(&mine, text).unwrap();
        let args = ["run", "xor", "--verify", "--save", mine.to_str().unwrap()];
        let mut first = Pty::start(300, 24, &args, &[]);
        first.expect("mine.txt.answers.json, and the same command");
        first.expect("mine.txt was not written by this program: it stays as it is");
        first.expect("2 of 52 are answered already");
        first.expect("3/52  z1_out = ");
        first.send("0.3705\r");
        first.expect("Right.");
        first.send("q\r");
        first.expect("Score: 3 of 37");
        assert_eq!(first.end().code(), Some(1));
        assert_eq!(fs::read_to_string(&mine).unwrap(), text);
        assert!(fs::read_to_string(&beside).unwrap().contains("\"z1_out\": \"0.3705\""));
        let mut second = Pty::start(300, 24, &args, &[]);
        second.expect("3 of 52 are answered already");
        second.send("q\r");
        second.end();
        // If that one is somebody's own as well, the next is taken.
        fs::write(&beside, "z1_in = 1").unwrap();
        let mut third = Pty::start(300, 24, &args, &[]);
        third.expect("mine.txt.answers.2.json, and");
        third.expect("2 of 52 are answered already");
        third.send("q\r");
        third.end();
        assert_eq!(fs::read_to_string(&beside).unwrap(), "z1_in = 1");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "no lock stays behind");
    }

    #[test]
    fn two_processes_do_not_keep_answers_in_one_file() {
        let folder = tempdir().unwrap();
        let file = folder.path().join("answers.json");
        let args = ["run", "xor", "--verify", "--save", file.to_str().unwrap()];
        let start = || Pty::start(300, 24, &args, &[]);
        let mut first = start();
        first.expect("1/52  z1_in = ");
        first.send("-0.53\r");
        first.expect("2/52");
        let before = fs::read_to_string(&file).unwrap();
        let mut second = start();
        second.expect("error: another backprop-tutor (process ");
        second.expect(") keeps its answers in `");
        second.expect("help: go on there, or keep these answers elsewhere with --save FILE");
        assert_eq!(second.end().code(), Some(2));
        assert_eq!(fs::read_to_string(&file).unwrap(), before);
        first.signal(Signal::SIGKILL);
        first.end();
        let mut third = start();
        third.expect("1 of 52 is answered");
        third.send("q\r");
        assert_eq!(third.end().code(), Some(1));
    }

    #[test]
    fn bytes_that_are_no_text_do_not_end_the_questions() {
        let folder = tempdir().unwrap();
        let file = folder.path().join("answers.json");
        let args = ["run", "xor", "--verify", "--save", file.to_str().unwrap()];
        let mut pty = Pty::start(80, 24, &args, &[]);
        pty.expect("z1_in = ");
        pty.send_bytes(b"-0.5\xff");
        pty.expect("A character came that is not UTF-8");
        pty.expect("1/52  z1_in = ");
        // A broken sequence, and what was typed behind it at once.
        pty.send_bytes(b"1\xe2\x28\xa13\r");
        pty.expect("A character came that is not UTF-8");
        pty.expect("1/52  z1_in = ");
        pty.send("-0.53\r");
        pty.expect("Right.");
        pty.send("q\r");
        assert_eq!(pty.end().code(), Some(1));
    }

    #[test]
    fn standard_output_is_no_place_to_keep_answers() {
        let mut pty = Pty::start(80, 24, &["run", "xor", "--verify", "--save", "-"], &[]);
        pty.expect("error: --save -: give the path of a file");
        assert_eq!(pty.end().code(), Some(2));
    }
}

/// Rules by which what follows is worth half.
fn half() -> MarkingRules<'static> {
    let policy = Policy { follow_through: Share::Half, ..Policy::default() };
    MarkingRules { policy, ..MarkingRules::asking(4) }
}
