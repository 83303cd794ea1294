//! What the arrays are, in words.

use crate::num;
use crate::program::{Compared, Fact, Grain, NotCompared, ProgramFinding};

/// Names of one list that are shown.
const SHOWN: usize = 8;

/// An array as the reader knows it: `dW1`, or `dW1 (your fc1.weight.grad)`.
pub(super) fn name(array: &Compared) -> String {
    let ours = array.kept.to_string();
    if array.name == ours { ours } else { format!("{ours} (your {})", array.name) }
}

/// The paragraph about the file.
pub(super) fn facts(finding: &ProgramFinding, file: &str) -> String {
    let arrays = num::counted(finding.arrays.len(), "array");
    let mut text = format!("{file}: {arrays} of this network");
    let grain = finding.facts.iter().find_map(|fact| match fact {
        Fact::Grain(grain) => Some(*grain),
        _ => None,
    });
    text.push_str(match grain {
        Some(Grain::Double) => ", numbers of 64 bits",
        Some(Grain::Single) => ", numbers of 32 bits",
        Some(Grain::Printed) => ", as printed",
        None => "",
    });
    for fact in &finding.facts {
        let said = match fact {
            Fact::Grain(_) => continue,
            Fact::Batch { samples, is_mean: true } => format!("; the mean over {samples} samples"),
            Fact::Batch { samples, is_mean: false } => format!("; the sum over {samples} samples"),
            Fact::OneSample { sample, of } => {
                format!("; of sample {sample} alone, of {of}")
            }
            Fact::InOut => "; weights [in, out], one row per input".to_owned(),
            Fact::OutIn => "; weights [out, in], one row per unit".to_owned(),
            Fact::SamplesInColumns => "; samples in columns".to_owned(),
            Fact::MeanInSignals => "; the error signals are divided by n already".to_owned(),
            Fact::MinusConvention => {
                "; all error signals have the other sign, which is a convention: what comes of \
                 them is right"
                    .to_owned()
            }
            Fact::AfterUpdate => "; parameters after the update".to_owned(),
            Fact::ByOrder => "; without names, so taken in their order".to_owned(),
            Fact::AtKink => {
                "; a unit is at a kink, where the slopes of both sides are right".to_owned()
            }
            Fact::WholeNumbers => "; whole numbers among them (dtype int)".to_owned(),
        };
        text.push_str(&said);
    }
    text.push('.');
    let alone = finding.facts.iter().any(|fact| matches!(fact, Fact::OneSample { .. }));
    if alone && finding.agrees() {
        text.push_str(
            " If they were meant for all samples, the loop over the samples overwrites the \
             gradients where it should add to them.",
        );
    }
    text
}

/// What is not compared, and why; a sentence for each reason.
pub(super) fn unused(finding: &ProgramFinding) -> impl Iterator<Item = String> + '_ {
    let reasons = [
        (NotCompared::Unknown, "its name does not say what it is; --map dW1=NAME does"),
        (NotCompared::Given, "it is given, not computed"),
        (NotCompared::NoLayer, "this network has no such layer"),
        (NotCompared::Old, "it is a parameter as it was before the update"),
        (NotCompared::NoRate, "the scenario has no learning rate, so there is no update"),
        (NotCompared::NoBiases, "this layer has no biases"),
        (NotCompared::Twice, "another array of the file is the same thing"),
    ];
    reasons.into_iter().filter_map(|(why, text)| {
        let of = |unused: &&crate::program::Unused| unused.why == why;
        let names: Vec<&str> =
            finding.unused.iter().filter(of).map(|unused| unused.name.as_str()).collect();
        if names.is_empty() {
            return None;
        }
        let more = names.len().saturating_sub(SHOWN);
        let listed = names[..names.len() - more].join(", ");
        let and = if more > 0 { format!(" and {more} more") } else { String::new() };
        Some(format!("Not compared: {listed}{and}; {text}."))
    })
}
