//! Section "Forward pass": `z_in`, `z_out`, `f_in`, `f_out`, then the loss.

use super::block::told;
use super::page::Page;
use super::quantities::Group;
use crate::name::Naming;
use crate::telling::{AlikeKind, Subject, Topic};

/// Why the loss is not computed from the outputs, where it is not.
pub const EXTREME: &str = "An output lies so close to 0 or 1 that `f_out` has no digits left for what follows. So the loss, \
                           and its slope below, are computed from `f_in` by an equal formula.";

/// What the steps of the pass are.
pub(super) fn opening(page: &mut Page<'_>) {
    let steps = told(&steps(page.lesson.naming()));
    page.prose(steps);
}

/// What the pass does first, second, and so on, each once; deeper networks
/// repeat the two for every layer.
const fn steps_of(layers: usize) -> &'static [&'static str] {
    match layers {
        1 => &[
            "`f_in`, the weighted sum that enters each output",
            "`f_out`, what its activation makes of it",
        ],
        2 => &[
            "`z_in`, the weighted sum that enters each hidden unit",
            "`z_out`, what its activation makes of it",
            "`f_in`, the weighted sum that enters the output",
            "`f_out`, the prediction",
        ],
        _ => &[
            "the weighted sums that enter its units, _in",
            "what their activation makes of them, _out",
        ],
    }
}

/// A step without our letters, where the author has others: `z_in, the weighted
/// sum` is the weighted sum.
fn said(naming: Naming<'_>, step: &'static str) -> &'static str {
    match step.split_once(", ") {
        Some((words, _)) if naming.own.is_some() && naming.is_deep() => words,
        Some((_, words)) if naming.own.is_some() => words,
        Some(_) | None => step,
    }
}

fn steps(naming: Naming<'_>) -> String {
    let layers = naming.layers as usize;
    let steps: Vec<&str> = steps_of(layers).iter().map(|step| said(naming, step)).collect();
    if layers > 2 {
        return format!(
            "Two steps for each layer: {}, then {}. The last ones are the prediction; then the loss.",
            steps[0], steps[1]
        );
    }
    let numbered = steps.iter().zip(1..).map(|(step, number)| format!("({number}) {step}"));
    let count = if layers == 1 { "Two" } else { "Four" };
    format!("{count} steps: {}. Then the loss.", numbered.collect::<Vec<_>>().join("; "))
}

/// Which step of the pass it is that computes `z_in` of a layer, or with `out`
/// its `z_out`.
pub fn step(naming: Naming<'_>, layer: u32, out: bool) -> String {
    let layers = naming.layers as usize;
    let (steps, at) = (steps_of(layers), 2 * layer as usize + usize::from(out));
    if naming.is_deep() {
        let step = said(naming, steps[at % 2]);
        let of = if naming.is_output(layer) { "the output layer" } else { "this layer" };
        return format!("Step {} of {of}: {step}.", 1 + at % 2);
    }
    format!("Step {} of {}: {}.", at + 1, steps.len(), said(naming, steps[at]))
}

/// The pass as one table; its steps are numbered in a first column, if that has
/// a title.
pub(super) fn table(page: &mut Page<'_>, steps: Option<&'static str>, topics: &[Topic]) {
    let lesson = page.lesson;
    let group = |topic: &Topic| {
        let Subject::Alike(alike) = topic.subject else { return Group::gap() };
        let label = match alike.kind {
            AlikeKind::In(layer) => (2 * layer + 1).to_string(),
            AlikeKind::Out(layer) => (2 * layer + 2).to_string(),
            // The terms of the loss stand before it.
            AlikeKind::Loss if lesson.network().outputs() > 1 => String::new(),
            AlikeKind::Terms
            | AlikeKind::Loss
            | AlikeKind::Signals(_)
            | AlikeKind::Gradients { .. }
            | AlikeKind::Weights(_)
            | AlikeKind::Biases(_) => "loss".to_owned(),
        };
        Group::new(label, alike.count(lesson), move |at| alike.name(lesson, at))
    };
    let groups: Vec<Group<'_>> = topics.iter().map(group).collect();
    page.quantity_table(steps, groups);
    if steps.is_some() && lesson.has_extreme_outputs() {
        page.prose(told(EXTREME));
    }
}
