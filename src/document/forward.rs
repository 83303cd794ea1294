//! Section "Forward pass": `z_in`, `z_out`, `f_in`, `f_out`, then the loss.

use super::page::{Group, Page};
use crate::name::{Name, Symbol};

pub(super) fn write(page: &mut Page<'_>) {
    page.heading("Forward pass");
    page.say(steps(page.lesson.network().layers.len()));
    table(page, Some("step"), Name::Value);
    if page.lesson.has_extreme_outputs() {
        page.say(
            "An output lies so close to 0 or 1 that f_out has no digits left for what follows. So \
             the loss, and its slope below, are computed from f_in by an equal formula.",
        );
    }
}

const fn steps(layers: usize) -> &'static str {
    match layers {
        1 => {
            "Two steps: (1) f_in, the weighted sum that enters each output; (2) f_out, what its \
             activation makes of it. Then the loss."
        }
        2 => {
            "Four steps: (1) z_in, the weighted sum that enters each hidden unit; (2) z_out, what \
             its activation makes of it; (3) f_in, the weighted sum that enters the output; \
             (4) f_out, the prediction. Then the loss."
        }
        _ => {
            "Two steps for each layer: the weighted sums that enter its units, _in, then what \
             their activation makes of them, _out. The last ones are the prediction; then the loss."
        }
    }
}

/// The pass under the names that `pass` gives, as one table; its steps are
/// numbered in a first column, if that has a title.
pub(super) fn table(page: &mut Page<'_>, steps: Option<&'static str>, pass: fn(Symbol) -> Name) {
    let network = page.lesson.network();
    let mut groups = Vec::new();
    let mut last = None;
    for layer in page.layers() {
        let shape = &network.layers[layer as usize];
        if last.is_some_and(|last| layer > last + 1) {
            groups.push(Group::gap());
        }
        last = Some(layer);
        let step = 2 * layer + 1;
        groups.push(Group::new(step.to_string(), shape.units(), move |unit| {
            pass(Symbol::In { layer, unit: unit as u32 })
        }));
        groups.push(Group::new((step + 1).to_string(), shape.units(), move |unit| {
            pass(Symbol::Out { layer, unit: unit as u32 })
        }));
    }
    if network.outputs() > 1 {
        groups.push(Group::new("loss", network.outputs(), move |k| pass(Symbol::Term(k as u32))));
        groups.push(Group::new("", 1, move |_| pass(Symbol::Loss)));
    } else {
        groups.push(Group::new("loss", 1, move |_| pass(Symbol::Loss)));
    }
    page.quantity_table(steps, &groups);
}
