//! What the reports of random careless students say: every equation is true.

use backprop_tutor::document::{Limits, report};
use backprop_tutor::export::report_json;
use backprop_tutor::export::terminal;
use backprop_tutor::expr::evaluate;
use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::name::{Name, NameMap};
use backprop_tutor::num::{self, Written};
use backprop_tutor::scenario;
use backprop_tutor::typeset::Terminal;
use backprop_tutor::verify::{Report, slips};

use super::class::{Dice, apply, asked, exercise, marked_texts, marker_of};
use super::common::report::Report as Read;
use super::common::truth;

fn page(lesson: &Lesson<'_>, marked: &Report, digits: usize) -> String {
    let request = report::ReportRequest {
        lesson,
        title: "random",
        report: marked,
        digits: digits.into(),
        limits: Limits::READABLE,
    };
    let look = Terminal { width: 80, colour: false, ascii: false };
    let mut text = Vec::new();
    terminal::write(report::report(&request), lesson.naming(), look, &mut text).expect("written");
    String::from_utf8(text).expect("a page is text")
}

fn json(lesson: &Lesson<'_>, report: &Report, digits: usize) -> Read {
    let digits = digits.into();
    let request = report_json::ReportJson { report, lesson, title: "random", hash: 0, digits };
    let mut text = Vec::new();
    report_json::write(&request, &mut text).expect("written");
    Read::read(&String::from_utf8(text).expect("JSON is text"))
}

/// What somebody writes who slips once and goes on from there, or twice, or
/// writes down something else.
pub(crate) fn answers(
    dice: &mut Dice,
    exact: &Lesson<'_>,
    digits: usize,
) -> Option<Vec<(Name, String)>> {
    let by_hand = Settings { by_hand: Some(digits.into()), ..apply() };
    let names = asked(exact);
    let mut carried = NameMap::default();
    for _ in 0..1 + dice.below(2) {
        let name = names[dice.below(names.len())];
        let candidates = slips::candidates(exact, name);
        if candidates.is_empty() {
            continue;
        }
        let candidate = &candidates[dice.below(candidates.len())];
        let value = evaluate(&candidate.expr, &|leaf| exact.value(leaf));
        carried.insert(name, Written::read(&num::show(value, digits))?);
    }
    let student = Settings { carried, ..by_hand };
    let student = Lesson::new(*exact.exercise(), student).ok()?;
    let leaves_out = 1 + dice.below(4);
    let mut answers = Vec::new();
    for name in names {
        if leaves_out > 1 && dice.once_in(leaves_out) {
            continue;
        }
        let mut text = student.text(name, digits).to_string();
        if dice.once_in(12) {
            let off = 1.0 + 0.02 * (dice.share() - 0.5);
            text = num::show(student.value(name) * off, digits).to_string();
        }
        answers.push((name, text));
    }
    Some(answers)
}

#[test]
fn what_reports_say_is_so() {
    let mut dice = Dice(0x7e11);
    let (mut said, mut equations) = (0, 0);
    while said < 400 {
        let text = exercise(&mut dice);
        let scenario = scenario::read(text.as_bytes(), "random").expect("a scenario");
        let Ok(exact) = Lesson::new(scenario.exercise(0), apply()) else { continue };
        let digits = dice.pick(&[2, 3, 4, 5, 9]);
        let Some(answers) = answers(&mut dice, &exact, digits) else { continue };
        said += 1;
        let marker = marker_of(&exact, digits);
        let marked = marked_texts(&marker, &answers);
        let (page, read) = (page(&exact, &marked, digits), json(&exact, &marked, digits));
        equations += truth::equations(&page).len();
        let not_so = [truth::of_page(&page, &read), truth::of_report(&read)].concat();
        assert!(not_so.is_empty(), "{not_so:#?}\n{text}\n{page}");
    }
    assert!(equations > said, "{equations} equations are too few");
}
