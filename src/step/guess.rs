//! What the class guesses, judged by the same engine that marks answer sheets.

use compact_str::format_compact;

use crate::document::{Inline, Line, Readings, report};
use crate::lesson::Lesson;
use crate::math::Role;
use crate::name::Name;
use crate::num::Written;
use crate::text::brief;
use crate::verify::{Answer, AnswerReading, LineVerdict, Marker, MarkingRules, Sheet, written};

/// What there is to say about a guess.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// Whether it is right, also from the numbers on the screen.
    pub right: bool,
    /// A sentence or two for the class.
    pub said: Line,
}

/// What guesses are judged by.
#[derive(Clone, Copy)]
pub struct Judge<'a> {
    /// The same lesson with nothing carried and nothing rounded.
    pub exact: &'a Lesson<'a>,
    /// Numbers that the source prints; they are accepted too.
    pub printed: &'a [(Name, Written)],
}

/// Characters of a guess that are shown again.
const LONGEST: usize = 30;

/// Judges a guess. The class computes with the numbers on the screen, so what
/// follows from these is right too.
pub(super) fn judge(readings: &Readings<'_>, judge: Judge<'_>, name: Name, text: &str) -> Guess {
    let reading = match written::read(text) {
        Ok(number) => AnswerReading::Number(number),
        Err(problem) => {
            let said = format!("{} cannot be read: {problem}.", brief(text, LONGEST));
            return Guess { right: false, said: vec![Inline::Text(said.into(), Role::Wrong)] };
        }
    };
    let mut answers = on_screen(readings, name);
    answers.push(answer(name, reading));
    let names: Vec<Name> = answers.iter().map(|answer| answer.name).collect();
    let rules = MarkingRules { printed: judge.printed, ..MarkingRules::asking(readings.digits) };
    let marker = Marker::of_lines(judge.exact, rules, &names);
    let report = marker.mark(&Sheet { answers, ..Sheet::default() });
    let Some(line) = report.lines.iter().find(|line| line.name() == name) else {
        return Guess { right: false, said: Line::new() };
    };
    let right =
        matches!(line.verdict, LineVerdict::Right | LineVerdict::AsPrinted | LineVerdict::Follows);
    let number = brief(text, LONGEST);
    if !right {
        return Guess { right, said: not_yet(&number, report::what_happened(line)) };
    }
    let mut said = format!("{number} is right.");
    for remark in line.remarks() {
        let remark = report::remark(readings.lesson, readings.digits, remark);
        said = format!("{said} ({remark})");
    }
    Guess { right, said: vec![Inline::Text(said.into(), Role::Forward)] }
}

/// The numbers that a quantity is computed from, as the screen shows them.
fn on_screen(readings: &Readings<'_>, name: Name) -> Vec<Answer> {
    let lesson = readings.lesson;
    let mut operands: Vec<Name> = Vec::new();
    if let Some(expr) = lesson.expression(name) {
        expr.for_each_leaf(&mut |leaf| {
            if !operands.contains(&leaf) && lesson.expression(leaf).is_some() {
                operands.push(leaf);
            }
        });
    }
    let shown = |operand: Name| {
        let text = readings.text(operand);
        Some(answer(operand, AnswerReading::Number(Written::read(&text)?)))
    };
    operands.into_iter().filter_map(shown).collect()
}

const fn answer(name: Name, reading: AnswerReading) -> Answer {
    Answer { name, reading, line: 1, column: 1 }
}

fn not_yet(number: &str, happened: Vec<Line>) -> Line {
    let mut said: Line = vec![Inline::Text(format_compact!("{number}: not yet. "), Role::Wrong)];
    if happened.is_empty() {
        said.push("Go through the numbers once more.".into());
    }
    for (at, sentence) in happened.into_iter().enumerate() {
        if at > 0 {
            said.push(" ".into());
        }
        said.extend(sentence);
    }
    said.push(" Try again, or press Space for the value.".into());
    said
}
