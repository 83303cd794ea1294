//! A marked sheet as JSON: all that a course system needs to show feedback.

use std::io::{self, Write};

use serde::Serialize;

use crate::document::report::{Working, question, remark, sentence};
use crate::lesson::Lesson;
use crate::math::Notation;
use crate::name::{Name, Naming};
use crate::num::{self, Precision};
use crate::typeset::{Style, Terminal, TextWriter, Typesetter};
use crate::verify::{Report, ReportLine, SlipFinding, Unread};

/// The name of the format, with its version.
pub const FORMAT: &str = "backprop-tutor/report/2";

/// A report, and what it is about.
pub struct ReportJson<'a> {
    /// The marked sheet.
    pub report: &'a Report<'a>,
    /// The exact lesson that it was marked by.
    pub lesson: &'a Lesson<'a>,
    /// The title of the exercise.
    pub title: &'a str,
    /// What was set, in one number.
    pub hash: u32,
    /// The digits that were asked for.
    pub digits: Precision,
}

#[derive(Serialize)]
struct Head<'a> {
    format: &'a str,
    student: Option<&'a str>,
    scenario: Scenario<'a>,
    score: f64,
    max_score: f64,
    first_wrong: Option<String>,
    questions: Vec<Said>,
    unread: Vec<UnreadObject<'a>>,
}

/// A line that is no answer.
#[derive(Serialize)]
struct UnreadObject<'a> {
    line: usize,
    column: usize,
    text: &'a str,
    code: &'static str,
    reason: String,
}

#[derive(Serialize)]
struct Scenario<'a> {
    title: &'a str,
    hash: String,
}

/// A code and its sentence.
#[derive(Serialize)]
struct Said {
    code: &'static str,
    sentence: String,
}

#[derive(Serialize)]
struct Row {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<String>,
    written: Option<String>,
    verdict: &'static str,
    expected: f64,
    expected_rounded: String,
    from_yours: Option<f64>,
    slips: Vec<SlipObject>,
    remarks: Vec<Said>,
    credit: f64,
    points: f64,
}

/// A slip: what it is, and the formula that gives the written number.
#[derive(Serialize)]
struct SlipObject {
    code: &'static str,
    certain: bool,
    sentence: String,
    formula: Option<String>,
    numbers: Option<String>,
    value: Option<f64>,
    /// The line behind this one that it happened in.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<String>,
}

/// Writes a report as one JSON object, a line for each line of the sheet.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(request: &ReportJson<'_>, out: &mut impl Write) -> io::Result<()> {
    let ReportJson { report, lesson, .. } = *request;
    let naming = lesson.naming().ours();
    let questions = report.questions.iter();
    let head = Head {
        format: FORMAT,
        student: report.student.as_deref(),
        scenario: Scenario { title: request.title, hash: format!("{:08x}", request.hash) },
        score: report.score(),
        max_score: report.max_score(),
        first_wrong: report.first_wrong().map(|line| naming.plain(line.name())),
        questions: questions
            .map(|ask| Said { code: ask.code(), sentence: question(ask) })
            .collect(),
        unread: report.unread.iter().map(unread).collect(),
    };
    // The head's object stays open for the lines.
    let mut text = serde_json::to_string(&head)?;
    text.truncate(text.len() - 1);
    write!(out, "{text},\n\"lines\":[")?;
    for (at, line) in report.lines.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &row(request, line))?;
    }
    writeln!(out, "\n]}}")
}

/// Writes the lines of a report as one JSON list, all on one line of text.
pub(super) fn lines(request: &ReportJson<'_>, out: &mut impl Write) -> io::Result<()> {
    for (at, line) in request.report.lines.iter().enumerate() {
        out.write_all(if at == 0 { b"[" } else { b"," })?;
        serde_json::to_writer(&mut *out, &row(request, line))?;
    }
    out.write_all(if request.report.lines.is_empty() { b"[]" } else { b"]" })
}

fn unread(unread: &Unread) -> UnreadObject<'_> {
    UnreadObject {
        line: unread.line,
        column: unread.column,
        text: &unread.text,
        code: unread.reason.code(),
        reason: unread.reason.to_string(),
    }
}

fn row(request: &ReportJson<'_>, line: &ReportLine<'_>) -> Row {
    let ReportJson { lesson, digits, .. } = *request;
    let remarks = line
        .remarks()
        .map(|told| Said { code: told.code(), sentence: remark(lesson, digits, told) });
    Row {
        name: lesson.naming().ours().plain(line.name()),
        shown: lesson.naming().shown(line.name()),
        written: line.written().map(String::from),
        verdict: line.verdict.key(),
        expected: line.expected(),
        expected_rounded: num::show(line.expected(), digits).into(),
        from_yours: line.from_yours(),
        slips: line.slips().iter().map(|finding| slip(request, finding)).collect(),
        remarks: remarks.collect(),
        credit: line.credit,
        points: line.points(),
    }
}

fn slip(request: &ReportJson<'_>, finding: &SlipFinding) -> SlipObject {
    let ReportJson { lesson, digits, .. } = *request;
    let naming = lesson.naming();
    let working = Working {
        lesson,
        known: &finding.operands,
        digits,
        addends: usize::MAX,
        notation: Notation::Linear,
    };
    let writer = TextWriter { naming: naming.ours(), style: Style::Plain };
    let text = Terminal { width: usize::MAX, colour: false, ascii: true };
    let expr = finding.expr.as_ref();
    let formula = expr.map(|expr| writer.string(&working.formula(expr)));
    let numbers = expr.map(|expr| writer.string(&working.numbers(expr)));
    SlipObject {
        code: finding.slip.code(),
        certain: finding.certain,
        sentence: Typesetter::new(naming, text, false).line(&sentence(finding, false, false)),
        // A formula without names is its numbers already.
        numbers: numbers.filter(|numbers| Some(numbers) != formula.as_ref()),
        formula,
        value: expr.map(|expr| working.value(expr)).filter(|value| value.is_finite()),
        line: finding.behind.map(|behind| plain(naming, behind.name)),
    }
}

fn plain(naming: Naming<'_>, name: Name) -> String {
    naming.ours().plain(name)
}
