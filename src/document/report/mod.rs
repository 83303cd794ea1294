//! The page about a marked sheet: the headline, for every line that is wrong of
//! itself what happened and how it goes right, the table, and the score.

mod words;
mod working;

pub use words::{name, question, remark, sentence, verdict, what_happened};
pub use working::Working;

use compact_str::format_compact;

use super::Limits;
use super::block::{Align, Block, Column, Inline, Line as Text, Table};
use super::long_table::LongTable;
use crate::lesson::Lesson;
use crate::math::{Form, Role};
use crate::num::{self, Precision};
use crate::verify::{LineVerdict, Remark, Report, ReportLine, Unread};

/// What the page is about.
#[derive(Clone, Copy)]
pub struct ReportRequest<'a> {
    /// The exact lesson that the sheet was marked by.
    pub lesson: &'a Lesson<'a>,
    /// The title of the exercise.
    pub title: &'a str,
    /// The marked sheet.
    pub report: &'a Report<'a>,
    /// The digits shown.
    pub digits: Precision,
    /// How much is shown: beyond the limits, lines that are not answered are
    /// only counted.
    pub limits: Limits,
}

/// The page of a marked sheet.
pub fn report<'a>(request: &ReportRequest<'a>) -> Vec<Block<'a>> {
    let mut blocks = vec![Block::Title(request.title.to_owned())];
    if let Some(student) = &request.report.student {
        blocks.push(Block::Prose(vec![format!("Student: {student}").into()]));
    }
    blocks.push(Block::Prose(headline(request.report)));
    // While the whole sheet is in question, no line is gone into.
    if request.report.questions.is_empty() {
        let wrong = request.report.lines.iter().filter(|line| line.verdict == LineVerdict::Wrong);
        for line in wrong.filter(|line| !repeats_a_slip(line)) {
            blocks.extend(explanation(request, line));
        }
    }
    blocks.extend(table(request));
    blocks.extend(missing(request));
    blocks.extend(unread(request.report));
    blocks.push(Block::Prose(score(request.report)));
    blocks
}

fn headline(report: &Report<'_>) -> Text {
    let heading = |text: String| vec![Inline::Text(text.into(), Role::Heading)];
    if let Some(asked) = report.questions.first() {
        return heading(question(asked));
    }
    if let Some(line) = report.first_wrong() {
        let yours = line.written().unwrap_or_default();
        return vec![
            Inline::Text("The first line to look at is ".into(), Role::Heading),
            name(line.name()),
            Inline::Text(format_compact!(": you wrote {yours}."), Role::Heading),
        ];
    }
    let missing = report.count(LineVerdict::Missing);
    if report.lines.len() == missing {
        return vec!["Nothing is answered yet.".into()];
    }
    let unreadable = report.count(LineVerdict::Unreadable);
    if unreadable > 0 {
        return heading(format!("{} not readable as a number.", lines(unreadable)));
    }
    if report.count(LineVerdict::Follows) > 0 {
        return heading("Every line is right, or follows from your own numbers.".to_owned());
    }
    let with_few_digits = report.lines.iter().filter(|line| has_few_digits(line)).count();
    let told = match (missing, with_few_digits) {
        (0, 0) => "Every line is right. Well done.".to_owned(),
        (_, 0) => "Every line you answered is right.".to_owned(),
        _ => "Every line you answered is right as far as its digits go.".to_owned(),
    };
    heading(told)
}

fn has_few_digits(line: &ReportLine<'_>) -> bool {
    line.has_remark(|remark| matches!(remark, Remark::FewDigits | Remark::TellsNothing))
}

fn repeats_a_slip(line: &ReportLine<'_>) -> bool {
    line.has_remark(Remark::is_of_a_slip_again)
}

/// What happened in a wrong line, and how it goes right.
fn explanation<'a>(request: &ReportRequest<'_>, line: &ReportLine<'_>) -> Vec<Block<'a>> {
    let mut subheading: Text = vec![
        name(line.name()),
        Inline::text(format!(" = {}?  ", line.written().unwrap_or_default())),
    ];
    subheading.push(codes(line).into());
    let mut blocks = vec![Block::Subheading(subheading)];
    blocks.extend(what_happened(line).into_iter().map(Block::Prose));
    // What is to be redone is the line where it went wrong.
    let behind = line.slips().first().and_then(|finding| finding.behind);
    let at = behind.map_or(line.name(), |behind| behind.name);
    let Some(expr) = request.lesson.expression(at) else { return blocks };
    let working = Working::of(request.lesson, line, request.digits, request.limits);
    let left = Form::FullName(at, Role::Plain);
    blocks.push(Block::Equation { left, rights: working.steps(&expr) });
    let shown = |value: f64| num::show(value, request.digits);
    let (here, right) = (shown(working.value(&expr)), shown(request.lesson.value(at)));
    if here != right {
        let why = if line.from_yours().is_some() || behind.is_some() {
            "With your own numbers from the lines before; with all lines right"
        } else {
            "With the numbers as they are printed; with all their digits"
        };
        blocks.push(Block::Prose(vec![format!("({why} it is {right}.)").into()]));
    }
    blocks
}

/// Rows up to which a table stands in memory as a whole.
const LONG: usize = 1_000;

fn table<'a>(request: &ReportRequest<'a>) -> Option<Block<'a>> {
    let columns = Column::all([
        ("quantity", Align::Label),
        ("yours", Align::Decimal),
        ("right", Align::Decimal),
        ("from yours", Align::Decimal),
        ("verdict", Align::Flowing),
    ]);
    let request = *request;
    let all = request.limits == Limits::NONE;
    let lines = request.report.lines.as_slice();
    let is_shown = |line: &ReportLine<'_>| all || line.verdict != LineVerdict::Missing;
    let shown = (0_u32..).zip(lines).filter(|(_, line)| is_shown(line)).map(|(at, _)| at);
    let shown: Vec<u32> = shown.collect();
    if shown.len() > LONG {
        let (count, row) = (shown.len(), move |at| row(&request, &lines[shown[at] as usize]));
        return Some(Block::LongTable(LongTable::new(columns, count, row)));
    }
    let rows = shown.into_iter().map(|at| row(&request, &lines[at as usize]));
    let rows: Vec<Vec<Text>> = rows.collect();
    (!rows.is_empty()).then_some(Block::Table(Table { columns, rows, left_out: 0 }))
}

fn row(request: &ReportRequest<'_>, line: &ReportLine<'_>) -> Vec<Text> {
    let number = |value: f64| vec![Inline::text(num::show(value, request.digits))];
    let (words, role) = verdict(line.verdict);
    let mut said = vec![words.to_owned()];
    if !line.slips().is_empty() {
        said.push(codes(line));
    }
    said.extend(line.remarks().map(|told| remark(request.lesson, request.digits, told)));
    let from_yours = line.from_yours().map(number).filter(|own| *own != number(line.expected()));
    vec![
        vec![name(line.name())],
        vec![Inline::Text(line.written().unwrap_or_default(), role)],
        number(line.expected()),
        from_yours.unwrap_or_default(),
        vec![Inline::Text(said.join("; ").into(), role)],
    ]
}

/// The slips of a line, each once; with a question mark where none is stated as
/// the cause.
fn codes(line: &ReportLine<'_>) -> String {
    let mut codes: Vec<&str> = line.slips().iter().map(|finding| finding.slip.code()).collect();
    codes.dedup();
    let doubt = if line.slips().iter().all(|finding| finding.certain) { "" } else { "?" };
    codes.join(" or ") + doubt
}

fn missing<'a>(request: &ReportRequest<'_>) -> Option<Block<'a>> {
    let missing = request.report.count(LineVerdict::Missing);
    (missing > 0 && request.limits != Limits::NONE).then(|| {
        Block::Prose(vec![Inline::Text(
            format_compact!("{} not answered (--all lists them).", lines(missing)),
            Role::Faint,
        )])
    })
}

/// The lines that are no answers, each with its place and reason.
fn unread<'a>(report: &Report<'_>) -> Vec<Block<'a>> {
    if report.unread.is_empty() {
        return Vec::new();
    }
    let line = |unread: &Unread| {
        let place =
            if unread.line == 0 { String::new() } else { format!("line {}: ", unread.line) };
        let text =
            if unread.text.is_empty() { String::new() } else { format!("{}  ", unread.text) };
        Block::Prose(vec![
            Inline::Text(place.into(), Role::Faint),
            Inline::text(text),
            Inline::Text(format_compact!("({})", unread.reason), Role::Faint),
        ])
    };
    let title = vec!["Lines that are no answers".into()];
    let lines = report.unread.iter().map(line);
    std::iter::once(Block::Subheading(title)).chain(lines).collect()
}

fn score(report: &Report<'_>) -> Text {
    let (score, most) = (num::show(report.score(), 2), num::show(report.max_score(), 2));
    vec![Inline::Text(format_compact!("Score: {score} of {most}"), Role::Heading)]
}

fn lines(count: usize) -> String {
    if count == 1 { "1 line is".to_owned() } else { format!("{count} lines are") }
}
