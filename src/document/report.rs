//! The page about a marked sheet: the headline, the table, and for every line
//! that is wrong of itself what happened and how it goes right.

use compact_str::format_compact;

use super::Limits;
use super::block::{Align, Block, Column, Inline, Line as Text, Table};
use crate::lesson::Lesson;
use crate::math::{Form, Layout, Leaves, Role};
use crate::name::Name;
use crate::num::{self, Precision};
use crate::verify::{Finding, Help, Line, Remark, Report, Verdict};

/// What the page is about.
pub struct Request<'a> {
    /// The exact lesson that the sheet was marked by.
    pub lesson: &'a Lesson<'a>,
    /// The title of the exercise.
    pub title: &'a str,
    /// The marked sheet.
    pub report: &'a Report,
    /// Decimals shown.
    pub digits: Precision,
    /// How much is shown: beyond the limits, lines that are not answered are
    /// only counted.
    pub limits: Limits,
}

/// The page of a marked sheet.
pub fn report<'a>(request: &Request<'_>) -> Vec<Block<'a>> {
    let mut blocks = vec![Block::Title(request.title.to_owned())];
    if let Some(student) = &request.report.student {
        blocks.push(Block::Prose(vec![format!("Student: {student}").into()]));
    }
    blocks.push(Block::Prose(headline(request)));
    for line in request.report.lines.iter().filter(|line| line.verdict == Verdict::Wrong) {
        blocks.extend(explanation(request, line));
    }
    let table = table(request);
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table));
    }
    blocks.extend(missing(request));
    blocks.push(Block::Prose(score(request)));
    let lesson = request.lesson;
    if lesson.exercise().learning_rate.is_some() && !lesson.settings().apply {
        let text = "The update is not counted; with --apply it is.";
        blocks.push(Block::Prose(vec![Inline::Text(text.into(), Role::Faint)]));
    }
    blocks
}

fn headline(request: &Request<'_>) -> Text {
    let report = request.report;
    let count = |verdict| report.lines.iter().filter(|line| line.verdict == verdict).count();
    let missing = count(Verdict::Missing);
    if let Some(line) = report.first_wrong() {
        let yours = line.written.clone().unwrap_or_default();
        return vec![
            Inline::Text("The first line to look at is ".into(), Role::Heading),
            name(line.name),
            Inline::Text(format_compact!(": you wrote {yours}."), Role::Heading),
        ];
    }
    if report.lines.len() == missing {
        return vec!["Nothing is answered yet.".into()];
    }
    let unreadable = count(Verdict::Unreadable);
    if unreadable > 0 {
        let text = format!("{} not readable as a number.", lines(unreadable));
        return vec![Inline::Text(text.into(), Role::Heading)];
    }
    let all = if missing == 0 {
        "Every line is right. Well done."
    } else {
        "Every line you answered is right."
    };
    vec![Inline::Text(all.into(), Role::Heading)]
}

/// What happened in a wrong line, and how it goes right.
fn explanation<'a>(request: &Request<'_>, line: &Line) -> Vec<Block<'a>> {
    let mut subheading: Text = vec![
        name(line.name),
        Inline::text(format!(" = {}?  ", line.written.clone().unwrap_or_default())),
    ];
    subheading.push(codes(line).into());
    let mut blocks = vec![Block::Subheading(subheading)];
    blocks.extend(what_happened(line).into_iter().map(Block::Prose));
    // What is to be redone is the line where it went wrong.
    let behind = line.slips.first().and_then(|finding| finding.behind);
    let at = behind.map_or(line.name, |behind| behind.name);
    let Some(expr) = request.lesson.expression(at) else { return blocks };
    let known = |wanted: Name| {
        let known = line.operands.iter().find(|(name, _)| *name == wanted);
        known.map_or(f64::NAN, |(_, value)| *value)
    };
    let operand = |wanted: Name| num::show(known(wanted), request.digits);
    let read = |leaves| {
        let layout =
            Layout { leaves, role: &|_| Role::Plain, most_addends: request.limits.addends };
        layout.form(&expr)
    };
    let value = match behind {
        Some(behind) => known(behind.name),
        None => line.from_yours.unwrap_or(line.expected),
    };
    blocks.push(Block::Equation {
        left: Form::FullName(at, Role::Plain),
        rights: vec![
            read(Leaves::Names),
            read(Leaves::Numbers(&operand)),
            Form::Number(num::show(value, request.digits), Role::New),
        ],
    });
    if line.from_yours.is_some() && behind.is_none() {
        blocks.push(Block::Prose(vec![
            format!(
                "(With your own numbers from the lines before; with all lines right it is {}.)",
                num::show(line.expected, request.digits)
            )
            .into(),
        ]));
    }
    blocks
}

/// What the evidence says happened in a wrong line: a sentence for every slip
/// that gives the written number.
pub fn what_happened(line: &Line) -> Vec<Text> {
    let mut sentences = Vec::new();
    let mut told: Option<&Finding> = None;
    for finding in &line.slips {
        let again = told.is_some_and(|told| told.slip == finding.slip);
        sentences.push(sentence(finding, again, told.is_some()));
        told = Some(finding);
    }
    sentences
}

/// What happened; `again`: the same slip at another place, `or`: another way to
/// the same number.
pub(super) fn sentence(finding: &Finding, again: bool, or: bool) -> Text {
    let mut text: Text = Vec::new();
    if !again {
        text.push(if or { "Or: " } else { "" }.into());
        text.push(finding.slip.sentence().into());
    }
    if let Some(behind) = &finding.behind {
        text.extend([" It happened on the way, in ".into(), name(behind.name), ".".into()]);
    }
    if let Some(detail) = &finding.detail {
        text.push(if again { "Or it comes out if " } else { " Your number comes out if " }.into());
        text.push(name(detail.operand));
        text.push(format!(" is taken to be {} instead of {}.", detail.misread, detail.text).into());
    }
    text
}

fn table(request: &Request<'_>) -> Table {
    let columns = Column::all([
        ("quantity", Align::Label),
        ("yours", Align::Decimal),
        ("right", Align::Decimal),
        ("from yours", Align::Decimal),
        ("verdict", Align::Flowing),
    ]);
    let all = request.limits == Limits::NONE;
    let shown = request.report.lines.iter().filter(|line| all || line.verdict != Verdict::Missing);
    let rows = shown.map(|line| row(request, line)).collect();
    Table { columns, rows, left_out: 0 }
}

fn row(request: &Request<'_>, line: &Line) -> Vec<Text> {
    let number = |value: f64| vec![Inline::text(num::show(value, request.digits))];
    let (words, role) = verdict(line.verdict);
    let mut said = vec![words.to_owned()];
    if !line.slips.is_empty() {
        said.push(codes(line));
    }
    said.extend(line.remarks.iter().map(|told| remark(request.lesson, request.digits, *told)));
    vec![
        vec![name(line.name)],
        vec![Inline::Text(line.written.as_deref().unwrap_or_default().into(), role)],
        number(line.expected),
        line.from_yours.map(number).unwrap_or_default(),
        vec![Inline::Text(said.join("; ").into(), role)],
    ]
}

/// The slips of a line, each once.
fn codes(line: &Line) -> String {
    let mut codes: Vec<&str> = line.slips.iter().map(|finding| finding.slip.code()).collect();
    codes.dedup();
    codes.join(" or ")
}

pub(super) const fn verdict(verdict: Verdict) -> (&'static str, Role) {
    match verdict {
        Verdict::Right => ("right", Role::Forward),
        Verdict::AsPrinted => ("as printed by the source", Role::Forward),
        Verdict::Follows => ("follows from yours", Role::Known),
        Verdict::Wrong => ("wrong", Role::Wrong),
        Verdict::Missing => ("not answered", Role::Faint),
        Verdict::Unreadable => ("not a number", Role::Wrong),
    }
}

/// A remark in words.
pub fn remark(lesson: &Lesson<'_>, digits: Precision, remark: Remark) -> String {
    match remark {
        Remark::CutOff => "cut off, not rounded".to_owned(),
        Remark::FewDigits(given) => {
            let decimals = if given == 1 { "decimal" } else { "decimals" };
            match digits {
                Precision::Decimals(asked) => {
                    format!("{} {decimals} given, {asked} asked", given.max(0))
                }
                Precision::Significant(_) => format!("fewer digits than the {digits} asked"),
            }
        }
        Remark::Unreadable(line, problem) => format!("line {line} of the sheet: {problem}"),
        Remark::NothingLeft => "no digit is left, so no credit".to_owned(),
        Remark::Trivial(operand) => {
            let operand = lesson.naming().plain(operand);
            format!("your {operand} leaves nothing to compute, so no credit")
        }
        Remark::Helped(help) => {
            let Help { hints, corrections } = help;
            let parts = [(hints, "hint"), (corrections, "correction")];
            let told = parts.into_iter().filter(|(count, _)| *count > 0);
            let told = told.map(|(count, one)| num::counted(count.into(), one));
            let off = match help.quarters() {
                0 | 1 => "a quarter off",
                2 => "half off",
                3 => "three quarters off",
                _ => "no credit left",
            };
            format!("{}: {off}", told.collect::<Vec<_>>().join(", "))
        }
    }
}

fn missing<'a>(request: &Request<'_>) -> Option<Block<'a>> {
    let missing =
        request.report.lines.iter().filter(|line| line.verdict == Verdict::Missing).count();
    (missing > 0 && request.limits != Limits::NONE).then(|| {
        Block::Prose(vec![Inline::Text(
            format_compact!("{} not answered (--all lists them).", lines(missing)),
            Role::Faint,
        )])
    })
}

fn score(request: &Request<'_>) -> Text {
    let report = request.report;
    vec![Inline::Text(
        format_compact!("Score: {} of {}", num::show(report.score(), 2), report.max_score()),
        Role::Heading,
    )]
}

pub(super) fn name(name: Name) -> Inline {
    Inline::Math(Form::FullName(name, Role::Plain))
}

fn lines(count: usize) -> String {
    if count == 1 { "1 line is".to_owned() } else { format!("{count} lines are") }
}
