//! One hint of the four: what the line takes, its formula, the student's
//! numbers in it, its value. Each is about its own line only.

use compact_str::format_compact;

use super::AskingRequest;
use crate::document::block::{Block, Inline, Line as Text, told};
use crate::document::factor::rule;
use crate::document::report::{Working, name};
use crate::math::{Form, Role};
use crate::num;
use crate::verify::{Help, ReportLine};

/// Operands of a line that a hint lists.
const MOST_LISTED: usize = 8;

/// The hint of this level. From the third on every operand must be answered:
/// see [`Reply::HintWaits`](crate::verify::asking::Reply::HintWaits).
pub(super) fn hint<'a>(request: AskingRequest<'_>, level: u8, line: &ReportLine) -> Vec<Block<'a>> {
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
    if level == 2
        && let Some(rule) = rule(request.lesson, line.name())
    {
        text.push(" ".into());
        text.extend(told(rule));
    }
    let Some(expr) = request.lesson.expression(line.name()) else {
        return vec![Block::Prose(text)];
    };
    let working = Working::of(request.lesson, line, request.digits, request.limits);
    let right = match level {
        2 => working.formula(&expr),
        3 => working.numbers(&expr),
        _ => {
            let value = line.from_yours().unwrap_or(line.expected());
            Form::Number(num::show(value, request.digits), Role::New)
        }
    };
    let left = Form::FullName(line.name(), Role::Plain);
    vec![Block::Prose(text), Block::Equation { left, rights: vec![right] }]
}

/// `x1, W11, and b1.`
fn operands(line: &ReportLine) -> Text {
    let mut text: Text = Vec::new();
    let count = line.operands().len();
    if count == 0 {
        text.push("no other number".into());
    }
    for (at, (operand, _)) in line.operands().iter().take(MOST_LISTED).enumerate() {
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
