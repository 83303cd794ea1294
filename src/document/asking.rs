//! What a student sees who is asked for the answers one by one: the opening,
//! and what each typed line brings.

use compact_str::format_compact;

use super::block::{Block, Inline, Line as Text};
use super::factor::rule;
use super::report::{name, remark, sentence, verdict};
use crate::lesson::{Lesson, Section};
use crate::math::{Form, Layout, Leaves, Role};
use crate::name::Name;
use crate::num::{self, Precision};
use crate::verify::asking::{Question, Reply};
use crate::verify::{Help, Line, Verdict};

/// What the questions are about.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The exact lesson that answers are marked by.
    pub lesson: &'a Lesson<'a>,
    /// Decimals that are asked for.
    pub digits: Precision,
    /// Addends of one sum that are shown.
    pub addends: usize,
}

/// What the student can type.
const KEYS: &str =
    "Type a number. Or: ? shows a hint (for a quarter of the line), s skips, b goes back, q stops.";

/// Operands of a line that a hint lists.
const MOST_LISTED: usize = 8;

/// How the questions begin: the title, where answers are kept, what is answered
/// already, and the keys.
pub fn opening(
    title: &str,
    digits: Precision,
    kept_in: &str,
    (answered, of): (usize, usize),
) -> Vec<Block<'static>> {
    let questions = if of == 1 { "One question".to_owned() } else { format!("{of} questions") };
    let mut words = format!(
        "{questions}, in the order of the lesson; answer with {digits}. Your answers are kept in \
         {kept_in}, and the same command goes on where you stopped."
    );
    if answered > 0 {
        words.push_str(&format!(" {answered} of {of} are answered already."));
    }
    vec![
        Block::Title(title.to_owned()),
        Block::Prose(vec![words.into()]),
        Block::Prose(vec![KEYS.into()]),
    ]
}

/// What stands above the first question of a section.
pub fn section(section: Section) -> Block<'static> {
    Block::Subheading(vec![section_title(section).into()])
}

/// What the parts of a sheet are called.
pub const fn section_title(section: Section) -> &'static str {
    match section {
        Section::Given => "given",
        Section::Forward => "forward pass",
        Section::Loss => "loss",
        Section::Backward => "backward pass",
        Section::Update => "update",
        Section::After => "forward pass with the new weights",
    }
}

/// What stands in front of the cursor: `3/34  z1_in =`, the numbers as wide as
/// they will be; with an earlier answer, which Enter keeps, in brackets.
pub fn prompt(question: &Question) -> Text {
    let of = question.of.to_string();
    let (number, width) = (question.number, of.len());
    let mut text = vec![
        Inline::Text(format_compact!("{number:>width$}/{of}  "), Role::Faint),
        name(question.name),
    ];
    if let Some(earlier) = &question.earlier {
        text.push(format!(" [{earlier}, Enter keeps it]").into());
    }
    text.push(" = ".into());
    text
}

/// What a typed line brings.
pub fn reply(request: Request<'_>, reply: &Reply) -> Vec<Block<'static>> {
    let say = |text: &'static str| vec![Block::Prose(vec![text.into()])];
    match reply {
        Reply::Judged(line) => vec![Block::Prose(judged(request, line))],
        Reply::Hint(level, line) => hint(request, *level, line),
        Reply::NotANumber(problem) => vec![Block::Prose(vec![
            Inline::Text("This cannot be taken: ".into(), Role::Wrong),
            format!("{problem}.").into(),
        ])],
        Reply::AtFirst => say("This is the first question."),
        Reply::Nothing => say(KEYS),
        Reply::Skipped => vec![Block::Prose(vec![faint("Left open.")])],
        Reply::Kept | Reply::Back | Reply::Stopped => Vec::new(),
    }
}

fn faint(text: &str) -> Inline {
    Inline::Text(text.into(), Role::Faint)
}

fn judged(request: Request<'_>, line: &Line) -> Text {
    let (_, role) = verdict(line.verdict);
    let words = match line.verdict {
        Verdict::Right => "Right",
        Verdict::AsPrinted => "As printed by the source, so it counts",
        Verdict::Follows => "Right from your own numbers before",
        Verdict::Wrong | Verdict::Missing | Verdict::Unreadable => "Not right",
    };
    let remarks = line.remarks.iter().map(|told| remark(request.lesson, request.digits, *told));
    let said: Vec<String> = std::iter::once(words.to_owned()).chain(remarks).collect();
    let mut text: Text = vec![Inline::Text(format_compact!("{}.", said.join("; ")), role)];
    if line.verdict == Verdict::Wrong {
        let mut told = None;
        for finding in &line.slips {
            text.push(" ".into());
            text.extend(sentence(finding, told == Some(finding.slip), told.is_some()));
            told = Some(finding.slip);
        }
        text.push(faint(" (b: try again)"));
    }
    text
}

/// One hint of the four: what the line takes, its formula, the student's
/// numbers in it, its value.
fn hint(request: Request<'_>, level: u8, line: &Line) -> Vec<Block<'static>> {
    let words = match level {
        1 => "it takes ",
        2 => "the formula.",
        3 => "your numbers in it.",
        _ => "the value. Type it to go on; it earns nothing now.",
    };
    let mut text: Text = vec![
        Inline::Text(format_compact!("Hint {level} of {}: ", Help::MOST), Role::Heading),
        words.into(),
    ];
    if level == 1 {
        text.extend(operands(line));
        return vec![Block::Prose(text)];
    }
    if level == 2 {
        text.extend(rule(request.lesson, line.name).map(|rule| format!(" {rule}").into()));
    }
    let Some(expr) = request.lesson.expression(line.name) else { return vec![Block::Prose(text)] };
    let read = |leaves| {
        let layout = Layout { leaves, role: &|_| Role::Plain, most_addends: request.addends };
        layout.form(&expr)
    };
    let operand = |wanted: Name| {
        let known = line.operands.iter().find(|(name, _)| *name == wanted);
        num::show(known.map_or(f64::NAN, |(_, value)| *value), request.digits)
    };
    let right = match level {
        2 => read(Leaves::Names),
        3 => read(Leaves::Numbers(&operand)),
        _ => {
            let value = line.from_yours.unwrap_or(line.expected);
            Form::Number(num::show(value, request.digits), Role::New)
        }
    };
    let left = Form::FullName(line.name, Role::Plain);
    vec![Block::Prose(text), Block::Equation { left, rights: vec![right] }]
}

/// `x1, W11, and b1.`
fn operands(line: &Line) -> Text {
    let mut text: Text = Vec::new();
    let count = line.operands.len();
    for (at, (operand, _)) in line.operands.iter().take(MOST_LISTED).enumerate() {
        if at > 0 {
            text.push(if at + 1 == count { " and " } else { ", " }.into());
        }
        text.push(name(*operand));
    }
    let more = count.saturating_sub(MOST_LISTED);
    text.push(
        if more > 0 { format!(" and {} more.", num::count(more)) } else { ".".to_owned() }.into(),
    );
    text
}
