//! How much of an answer sheet is looked at: what no person writes is cut off, counted or left
//! aside, and what people do write is within every limit.

use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::network::Network;
use backprop_tutor::num::Stands;
use backprop_tutor::scenario;
use backprop_tutor::verify::{
    self, Answer, AnswerReading, NumberProblem, Reason, Sheet, for_each_asked, read,
};

fn xor() -> Network {
    scenario::load("xor").expect("the lecture's exercise").network
}

fn sheet(text: &str) -> Sheet {
    read(text.as_bytes(), "a sheet", &xor()).expect("a sheet")
}

/// The answers by name, those that are numbers.
fn numbers(sheet: &Sheet) -> Vec<(String, f64)> {
    let network = xor();
    let number = |answer: &Answer| match &answer.reading {
        AnswerReading::Number(written) => {
            Some((network.naming().plain(answer.name), written.value))
        }
        AnswerReading::Unreadable(_) => None,
    };
    sheet.answers.iter().filter_map(number).collect()
}

fn is_read(text: &str) -> bool {
    numbers(&sheet(text)) == [("z1_in".to_owned(), -0.53)]
}

/// Why a sheet's only answer is no number.
fn problem(text: &str) -> Option<NumberProblem> {
    match &sheet(text).answers[..] {
        [Answer { reading: AnswerReading::Unreadable(none), .. }] => Some(none.problem),
        _ => None,
    }
}

#[test]
fn objects_and_lists_are_looked_through_to_the_eighth() {
    let nested = |open: &str, inside: &str, close: &str, times: usize| {
        [&open.repeat(times), inside, &close.repeat(times)].concat()
    };
    // In an object, in a list, and in both by turns; the innermost counts.
    for times in [7, 8] {
        let is_near = times == 7;
        assert_eq!(is_read(&nested(r#"{"a":"#, r#"{"z1_in": -0.53}"#, "}", times)), is_near);
        assert_eq!(is_read(&nested("[", r#"["z1_in", -0.53]"#, "]", times)), is_near);
        assert_eq!(is_read(&nested("[", r#"{"z1_in": -0.53}"#, "]", times)), is_near);
        let entry = r#"{"name": "z1_in", "value": -0.53}"#;
        assert_eq!(is_read(&nested("[", entry, "]", times)), is_near);
        assert_eq!(is_read(&nested(r#"{"a":"#, entry, "}", times)), is_near);
        let named = nested(r#"{"name": "a", "value":"#, r#"{"z1_in": -0.53}"#, "}", times);
        assert_eq!(is_read(&named), is_near);
        // `"z_in": [-0.53]` goes through the units.
        assert_eq!(is_read(&nested(r#"{"a":"#, r#"{"z_in": [-0.53]}"#, "}", times - 1)), is_near);
    }
    for times in [3, 4] {
        let by_turns = nested(r#"[{"a":"#, r#"{"z1_in": -0.53}"#, "}]", times);
        assert_eq!(is_read(&by_turns), times == 3);
        let of_one = nested(r#"[{"value":"#, "-0.53", "}]", times);
        assert_eq!(is_read(&format!(r#"{{"z1_in": {of_one}}}"#)), times == 3);
    }
}

#[test]
fn a_value_that_goes_on_within_itself_is_no_answer() {
    for (open, close) in [
        (r#"{"value":"#, "}"),
        (r#"[{"value":"#, "}]"),
        (r#"{"name": "z1_in", "value":"#, "}"),
        (r#"[{"name": "z1_in", "value":"#, "}]"),
    ] {
        // So deep a stack there is not.
        let value = [&open.repeat(20_000), "-0.53", &close.repeat(20_000)].concat();
        assert_eq!(numbers(&sheet(&format!(r#"{{"z1_in": {value}}}"#))), [], "{open}");
    }
}

#[test]
fn a_name_is_kept_to_200_characters() {
    for length in [200, 201] {
        let name = "ä".repeat(length);
        let student = sheet(&format!("Name: {name}")).student.expect("a name");
        let kept = "ä".repeat(200);
        assert_eq!(student, if length == 200 { kept } else { kept + "…" });
    }
}

#[test]
fn a_thousand_lines_that_are_no_answers_are_listed_and_the_rest_is_counted() {
    let prose = |count: usize| "I could not do this\n".repeat(count);
    let more = |text: &str| {
        let unread = sheet(text).unread;
        let last = unread.last().expect("a line");
        let count = if let Reason::More { count } = last.reason { count } else { 0 };
        if count > 0 {
            assert_eq!((last.line, last.column, last.text.as_str()), (0, 0, ""));
        }
        (unread.len() - usize::from(count > 0), count)
    };
    assert_eq!(more(&prose(999)), (999, 0));
    assert_eq!(more(&prose(1000)), (1000, 0));
    assert_eq!(more(&prose(1001)), (1000, 1));
    assert_eq!(more(&prose(1003)), (1000, 3));
    // A line that another one has answered is one of them.
    let answered = "z1_in = ?\nz1_in = -0.53\nz2_in = ?\nz2_in = 1.04\n";
    assert_eq!(more(&(prose(998) + answered)), (1000, 0));
    assert_eq!(more(&(prose(999) + answered)), (1000, 1));
    assert_eq!(more(&(prose(1000) + answered)), (1000, 2));
}

#[test]
fn what_may_be_meant_is_looked_for_fifty_times() {
    let sheet = sheet(&"z1_inn = 1\n".repeat(52));
    let is_told = |reason: &Reason| matches!(reason, Reason::UnknownName { nearest: Some(name) } if name == "z1_in");
    let told: Vec<bool> = sheet.unread.iter().map(|unread| is_told(&unread.reason)).collect();
    assert_eq!(told, [vec![true; 50], vec![false; 2]].concat());
}

#[test]
fn the_number_before_a_name_ends_within_200_bytes() {
    for (at, answers) in [(199, 2), (200, 1)] {
        let blanks = " ".repeat(at - 3);
        let read = sheet(&format!("z1_in = 0.5{blanks}f_out = 0.7"));
        assert_eq!(numbers(&read).len(), answers, "{at}");
    }
}

#[test]
fn the_name_behind_a_comma_begins_within_100_bytes() {
    let answers = |between: &str| {
        let read = sheet(&format!("z1_in = 0.5{between}f_out = 0.7"));
        numbers(&read).into_iter().map(|(_, value)| value).collect::<Vec<_>>()
    };
    for (blanks, found) in [(94, vec![0.5, 0.7]), (95, vec![0.7])] {
        assert_eq!(
            answers(&format!(" ha I see it after a long look,{}", " ".repeat(blanks))),
            found,
            "{blanks}"
        );
    }
    let remark =
        " as I see it after much checking, and checking again, with a calculator as well, ";
    assert_eq!(answers(remark), [0.5, 0.7]);
    // What is no name does not end a working.
    assert_eq!(numbers(&sheet("z1_in = 0.5·0.6 + 0.5, that is = 0.8")).len(), 1);
}

#[test]
fn forty_cells_of_a_row_may_be_names() {
    for (cells, is_name) in [(39, true), (40, false)] {
        let text = format!("{}z1_in,-0.53", "a,".repeat(cells));
        assert_eq!(is_read(&text), is_name, "{cells}");
    }
}

#[test]
fn eight_layers_are_taken_off_a_number() {
    let source = |times: usize| {
        let text = format!("z1_in = {}-0.53{}", "(".repeat(times), ")".repeat(times));
        sheet(&text).answers[0].reading.number().expect("a number").stands
    };
    // Beyond, it is arithmetic, and claims the digits asked.
    assert_eq!((source(8), source(9)), (Stands::Alone, Stands::Uncomputed));
    for (times, is_one) in [(4, true), (5, false)] {
        assert_eq!(is_read(&format!("{}z1_in = -0.53", "> ".repeat(times))), is_one, "{times}");
    }
}

#[test]
fn the_longest_number_has_120_characters_and_the_longest_working_2000() {
    let source = |text: &str| sheet(text).answers[0].reading.number().expect("a number").stands;
    // With a comma, it is not the plain number that a printed sheet has; beyond, it is arithmetic.
    let one = |digits: usize| format!("z1_in = -0,53{}", "0".repeat(digits - 5));
    assert_eq!((source(&one(120)), source(&one(121))), (Stands::Alone, Stands::Uncomputed));
    let in_brackets = |digits: usize| format!("z1_in = (-0.53{})", "0".repeat(digits - 5));
    assert_eq!(source(&in_brackets(120)), Stands::Alone);
    assert_eq!(source(&in_brackets(121)), Stands::Uncomputed);
    let working = |length: usize| {
        let (zeros, more) = ((length - 9) / 2, (length - 9) % 2);
        format!("z1_in = {}0{} = -0.53", "0".repeat(more), "+0".repeat(zeros))
    };
    assert!(is_read(&working(2000)) && problem(&working(2001)).is_some());
    let words = |length: usize| problem(&format!("z1_in = 5{}", "_".repeat(length - 2) + "5"));
    assert_eq!(words(121), Some(NumberProblem::TooLong));
    assert_eq!(words(120), Some(NumberProblem::Separators));
}

#[test]
fn what_is_said_twice_is_said_once_however_many_lines_there_are() {
    let row = ["0.5"; 12].join(",");
    let column = ["[0.5]"; 12].join(",");
    let text = format!(
        r#"{{"loss": "output", "learning_rate": 1, "layers": [
            {{"activation": "tanh", "weights": [[{row}]], "biases": [{row}]}},
            {{"activation": "tanh", "weights": [{column}]}}], "sample": {{"x": [1]}}}}"#
    );
    let scenario = scenario::read(text.as_bytes(), "wide").expect("a scenario");
    let lesson = Lesson::new(scenario.exercise(0), Settings { apply: true, ..Settings::default() });
    let (lesson, mut lines) = (lesson.expect("a lesson"), String::new());
    let Ok(()) = for_each_asked(&lesson, |_, name| {
        lines += &format!("{} = 0.25\n", lesson.naming().plain(name));
        Ok::<(), std::convert::Infallible>(())
    });
    let read = |text: &str| read(text.as_bytes(), "a sheet", &scenario.network).expect("a sheet");
    let once = read(&lines);
    assert!(once.answers.len() > 128 && once.answers.len() == lines.lines().count());
    assert_eq!(read(&lines.repeat(2)), once);
    for line in lines.lines() {
        assert_eq!(read(&format!("{line}\n{line}\n")).answers.len(), 1, "{line}");
    }
    // The same, where the first of them is not as a printed sheet has it.
    let other = lines.replacen('=', ":", 1).replacen("0.25", "0,25", 1);
    assert_eq!(read(&(other + &lines)).answers.len(), once.answers.len());
}

#[test]
fn the_first_4096_bytes_say_whether_a_file_is_text() {
    for (at, is_text) in [(4095, false), (4096, true)] {
        // One character that is not of UTF-8, and a nought.
        let mut bytes = vec![b'a'; 5000];
        (bytes[0], bytes[at]) = (0xe4, 0);
        assert_eq!(verify::text(&bytes).is_some(), is_text, "{at}");
    }
}
