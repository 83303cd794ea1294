//! The slip in words, with the line as it is written right; or what can be said
//! where it has no name.

use super::{say, words};
use crate::document::block::{Block, Inline};
use crate::math::Role;
use crate::num::{self, Precision};
use crate::program::{
    Explained, Named, PassArray, ProgramFinding, Ratio, SuspectDetail, UnnamedTrouble,
};

/// Explanations that are told in full where several fit.
const TOLD: usize = 4;

/// What gives every number.
pub(super) fn explained<'a>(
    finding: &ProgramFinding,
    explanations: &[Explained],
    decider: Option<PassArray>,
) -> Vec<Block<'a>> {
    let mut blocks = Vec::new();
    if explanations.len() > 1 {
        let more = explanations.len().saturating_sub(TOLD);
        let codes: Vec<String> = explanations.iter().take(TOLD).map(codes).collect();
        let others = if more > 0 { format!(" or {more} others") } else { String::new() };
        let text = format!(
            "These numbers come out in {} ways, the likeliest first: {}{others}. They are not to be \
             told apart by these arrays{}.",
            explanations.len(),
            codes.join(", "),
            decider.map_or_else(String::new, |kept| format!("; {kept} would tell more")),
        );
        blocks.push(say(text));
    }
    for explanation in explanations.iter().take(TOLD) {
        for (at, slip) in explanation.slips.iter().enumerate() {
            blocks.extend(slip_blocks(slip, at > 0));
        }
    }
    blocks.extend(follows(finding));
    blocks
}

fn codes(explanation: &Explained) -> String {
    let codes: Vec<&str> = explanation.slips.iter().map(|slip| slip.code).collect();
    codes.join(" with ")
}

fn slip_blocks<'a>(slip: &Named, second: bool) -> Vec<Block<'a>> {
    let place = match slip.layers {
        (first, last) if first == last => format!("layer {first}"),
        (first, last) => format!("layers {first} to {last}"),
    };
    let and = if second { "and " } else { "" };
    let head = vec![
        Inline::text(and),
        Inline::Text(slip.code.into(), Role::Wrong),
        Inline::text(format!(", {place}")),
    ];
    let sentence = match slip.detail {
        SuspectDetail::None => slip.sentence.clone(),
        SuspectDetail::Factor(factor) => {
            format!("{} Here: {}.", slip.sentence, num::show(factor, Precision::Significant(4)))
        }
        SuspectDetail::Loss(loss) => {
            format!(
                "Your numbers are those of another loss, {loss}: that is no slip if it was meant."
            )
        }
    };
    let line = |text: &str| vec![Inline::text(text)];
    vec![
        Block::Subheading(head),
        say(sentence),
        Block::Facts(vec![
            ("right", line(&slip.lines.formula)),
            ("NumPy", line(&slip.lines.numpy)),
            ("PyTorch", line(&slip.lines.torch)),
        ]),
    ]
}

/// The wrong arrays after the first: they come of the same.
fn follows<'a>(finding: &ProgramFinding) -> Option<Block<'a>> {
    let wrong = finding.arrays.iter().filter(|array| !array.is_right()).skip(1);
    let names: Vec<String> = wrong.map(|array| array.kept.to_string()).collect();
    let shown = names.len().min(8);
    let more = names.len() - shown;
    let and = if more > 0 { format!(" and {more} more") } else { String::new() };
    (shown > 0).then(|| {
        let are = if names.len() == 1 { "is" } else { "are" };
        say(format!("With that line right, {}{and} {are} right too.", names[..shown].join(", ")))
    })
}

/// What an exercise cannot show.
pub(super) fn unseen<'a>(codes: &[&str]) -> Option<Block<'a>> {
    let shown = codes.len().min(6);
    let more = codes.len() - shown;
    let and = if more > 0 { format!(" and {more} more") } else { String::new() };
    (shown > 0).then(|| {
        say(format!(
            "With these inputs and weights some slips would not be seen: {}{and}. Inputs that are \
             neither 0 nor 1, weights that differ and no unit that is off show more.",
            codes[..shown].join(", ")
        ))
    })
}

/// What can be said without a name.
pub(super) fn unnamed<'a>(finding: &ProgramFinding, trouble: &UnnamedTrouble) -> Vec<Block<'a>> {
    let mut blocks = Vec::new();
    if let Some(first) = finding.first_wrong() {
        if let Some(shapes) = &first.wrong_shape {
            blocks.push(say(format!(
                "{} has the shape {}, but this network's is {shapes}: look for a sum without axis, \
                 a missing .T, or an * for an @ in its line.",
                words::name(first),
                first.shape
            )));
            return blocks;
        }
        if let Some((index, yours, right)) = &first.furthest {
            let show = |value: f64| num::show(value, Precision::Significant(6));
            blocks.push(say(format!(
                "Furthest off: {}{index} is {}, it should be {}.",
                first.name,
                if yours.is_finite() { show(*yours).to_string() } else { yours.to_string() },
                show(*right)
            )));
        }
    }
    if trouble.not_finite {
        blocks.push(say(
            "Some entries are no numbers: look for a logarithm of 0, a division by 0, or exp of a \
             large number.",
        ));
        return blocks;
    }
    blocks
        .push(say("No slip that is known here, and no two together, gives all of these numbers."));
    match (trouble.last_right, trouble.first_wrong) {
        (Some(right), Some(wrong)) => blocks.push(say(format!(
            "{right} agrees, {wrong} does not: look {}.",
            between(right, wrong)
        ))),
        (None, Some(wrong)) => {
            blocks.push(say(format!(
                "{wrong} is the first that is given: look {}, and at all before. More arrays of \
                 the pass (Z1, A1, dZ1, ...) in the file narrow it down.",
                before(wrong)
            )));
        }
        _ => {}
    }
    for (kept, ratio) in trouble.ratios.iter().take(6) {
        blocks.push(say(told_ratio(*kept, ratio)));
    }
    blocks
}

/// Where a mistake lies between two arrays.
fn between(right: PassArray, wrong: PassArray) -> String {
    match wrong {
        PassArray::ByWeights(layer) if right == PassArray::BySums(layer) => {
            format!("at the line of {wrong}, and at what its weights are fed with")
        }
        PassArray::ByBiases(layer) => match right {
            PassArray::ByWeights(other) | PassArray::BySums(other) if other == layer => {
                format!("at the line of {wrong}")
            }
            _ => before(wrong),
        },
        PassArray::ByWeights(layer) => match right {
            PassArray::ByWeights(later) | PassArray::ByBiases(later) if later == layer + 1 => {
                format!("between dZ{} and dZ{}, or at the line of {wrong}", later + 1, layer + 1)
            }
            _ => before(wrong),
        },
        _ => before(wrong),
    }
}

fn before(wrong: PassArray) -> String {
    match wrong {
        PassArray::ByWeights(layer) | PassArray::ByBiases(layer) => {
            format!("at dZ{}, and at the line of {wrong}", layer + 1)
        }
        PassArray::NewWeights(_) | PassArray::NewBiases(_) => {
            format!("at the update, and at the gradient of {wrong}")
        }
        _ => format!("at the line of {wrong}"),
    }
}

fn told_ratio(kept: PassArray, ratio: &Ratio) -> String {
    let show = |value: &f64| {
        if value.is_finite() {
            num::show(*value, Precision::Significant(4)).to_string()
        } else {
            "?".to_owned()
        }
    };
    let list = |values: &[f64]| {
        let shown: Vec<String> = values.iter().take(8).map(show).collect();
        let dots = if values.len() > shown.len() { ", ..." } else { "" };
        format!("{}{dots}", shown.join(", "))
    };
    match ratio {
        Ratio::Constant(factor) => {
            format!("{kept} is {} times the right one, everywhere: a scale.", show(factor))
        }
        Ratio::PerUnit(ratios) => format!(
            "{kept} is the right one times a factor per unit ({}): a slope or what is sent back is \
             wrong, what the weights are fed with is right.",
            list(ratios)
        ),
        Ratio::PerInput(ratios) => format!(
            "{kept} is the right one times a factor per input ({}): what the weights are fed with is \
             wrong, the error signal is right.",
            list(ratios)
        ),
    }
}
