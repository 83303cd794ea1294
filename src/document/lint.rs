//! The page about an exercise: what it cannot tell apart, and what makes it hard
//! for no good reason.

use compact_str::format_compact;

use super::block::{Block, Inline, Line};
use super::report::name;
use crate::exercise::{LintFinding, LintKind};
use crate::math::Role;
use crate::name::Name;
use crate::num::{self, Precision};
use crate::verify::Slip;

/// Lines that are named of one finding.
const MOST_NAMED: usize = 8;

/// The page of some findings.
pub fn page<'a>(title: &str, findings: &[LintFinding], digits: Precision) -> Vec<Block<'a>> {
    let mut blocks = vec![Block::Title(title.to_owned())];
    if findings.is_empty() {
        let told = format!(
            "Nothing found. With {digits} every usual slip changes its line, no two of them leave \
             one number, and no unit is dead or saturated."
        );
        blocks.push(Block::Prose(vec![Inline::Text(told.into(), Role::Heading)]));
        return blocks;
    }
    let told = format!("{}, with {digits} asked:", num::counted(findings.len(), "finding"));
    blocks.push(Block::Prose(vec![Inline::Text(told.into(), Role::Heading)]));
    let mut kind = None;
    for finding in findings {
        if kind.replace(finding.kind()) != Some(finding.kind()) {
            blocks.push(Block::Subheading(vec![title_of(finding.kind()).into()]));
        }
        blocks.push(Block::Prose(sentence(finding, digits)));
    }
    blocks
}

const fn title_of(kind: LintKind) -> &'static str {
    match kind {
        LintKind::Plain => "Numbers that hide whether one multiplied by them",
        LintKind::Units => "Units that let nothing through",
        LintKind::FewDigits => "Lines with too few digits to tell anything",
        LintKind::NearBorder => "Lines on the border between two roundings",
        LintKind::Hidden => "Slips that leave the right number",
        LintKind::Alike => "Slips that leave the same number",
        LintKind::Reference => "What the source prints",
    }
}

/// A finding in words.
pub fn sentence(finding: &LintFinding, digits: Precision) -> Line {
    let shown = |value: f64| num::show(value, digits);
    match finding {
        LintFinding::PlainInput { name: input, value } => {
            let gone = *value == 0.0;
            let why = if gone {
                ": all that is multiplied by it is gone, and with it the slips in it."
            } else {
                ": whether it was left out cannot be seen."
            };
            vec![name(*input), format!(" = {}{why}", num::show_exactly(*value)).into()]
        }
        LintFinding::PlainRate => {
            vec!["The learning rate is 1: whether it was left out cannot be seen.".into()]
        }
        LintFinding::Dead { unit } => {
            vec![name(*unit), ": the slope is 0, so every gradient behind it is 0.".into()]
        }
        LintFinding::Saturated { unit, slope } => {
            let slope = shown(*slope);
            vec![name(*unit), format!(": the slope is only {slope}.").into()]
        }
        LintFinding::FewDigits { name: line, value } => {
            let exact = num::show(*value, Precision::Significant(3));
            let told = format!(" is {} as it is asked; it is {exact}.", shown(*value));
            vec![name(*line), told.into()]
        }
        LintFinding::NearBorder { name: line, value } => {
            let finer = match digits {
                Precision::Decimals(count) => Precision::Decimals(count + 3),
                Precision::Significant(count) => Precision::Significant(count + 3),
            };
            let told = format!(
                " is {}, nearly half way between two numbers with {digits}.",
                num::show(*value, finer)
            );
            vec![name(*line), told.into()]
        }
        LintFinding::Hidden { slip, lines } => with_lines(format!("{} in ", slip.code()), lines),
        LintFinding::Alike { slips: [one, other], lines } => {
            with_lines(format!("{} and {} in ", one.code(), other.code()), lines)
        }
        LintFinding::CarriedOn { name: line, printed, value } => {
            let told = format!(
                " is printed as {printed}; exactly it is {}. It follows from other numbers that \
                 the source prints.",
                shown(*value)
            );
            vec![name(*line), told.into()]
        }
        LintFinding::InError { name: line, printed, value, slips } => {
            let told = format!(
                " is printed as {printed}; it is {}. It does not follow from the numbers printed \
                 before it{}.",
                shown(*value),
                because(slips)
            );
            vec![name(*line), told.into()]
        }
    }
}

fn because(slips: &[Slip]) -> String {
    let codes: Vec<&str> = slips.iter().map(|slip| slip.code()).collect();
    if codes.is_empty() { String::new() } else { format!(" ({})", codes.join(" or ")) }
}

fn with_lines(what: String, lines: &[Name]) -> Line {
    let mut told = vec![Inline::text(what)];
    for (at, line) in lines.iter().take(MOST_NAMED).enumerate() {
        if at > 0 {
            told.push(", ".into());
        }
        told.push(name(*line));
    }
    if let more @ 1.. = lines.len().saturating_sub(MOST_NAMED) {
        told.push(Inline::Text(format_compact!(" and {more} more"), Role::Plain));
    }
    told.push(".".into());
    told
}
