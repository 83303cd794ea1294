//! Section "Update": every parameter one step downhill, and the forward pass
//! again.

use super::Readings;
use super::block::{Block, Inline, Line};
use super::page::{Limits, Page};
use super::quantities::Group;
use crate::lesson::Lesson;
use crate::math::{Form, Role, Sign};
use crate::name::{Name, Symbol, Whole};
use crate::network::Layer;
use crate::telling::{Subject, Topic};

/// The rule of the update.
pub const RULE: &str = "Gradient descent subtracts from each weight the learning rate times its gradient. All \
                        gradients are those of the old weights.";

/// The updated weights and biases, layer by layer.
pub(super) fn table(page: &mut Page<'_>, topics: &[Topic]) {
    let lesson = page.lesson;
    let group = |topic: &Topic| {
        let Subject::Alike(alike) = topic.subject else { return None };
        Some(Group::new("", alike.count(lesson), move |at| alike.name(lesson, at)))
    };
    let groups: Vec<Group<'_>> = topics.iter().filter_map(group).collect();
    page.quantity_table(None, groups);
    for topic in topics {
        if let Subject::LeftOut(first, last) = topic.subject {
            page.say_left_out(first, last);
        }
    }
}

/// Old and new weights side by side, as matrices.
pub(super) fn matrices(page: &mut Page<'_>) {
    let lesson = page.lesson;
    if !has_matrices(lesson, page.limits) {
        return;
    }
    page.say("Old and new side by side:");
    for (layer, shape) in (0..).zip(&lesson.network().layers) {
        let weight = |from, to| Symbol::Weight { layer, from, to };
        let (inputs, units) = (shape.inputs() as u32, shape.units() as u32);
        side_by_side(page, Whole::Weights(layer), inputs, units, &weight);
        if lesson.has(Name::New(Symbol::Bias { layer, unit: 0 })) {
            let bias = |unit, _| Symbol::Bias { layer, unit };
            side_by_side(page, Whole::Biases(layer), units, 1, &bias);
        }
    }
}

/// Whether all weights can be shown as matrices.
pub fn has_matrices(lesson: &Lesson<'_>, limits: Limits) -> bool {
    let (network, largest) = (lesson.network(), limits.matrix.max(8));
    let is_small = |layer: &Layer| layer.inputs().max(layer.units()) <= largest;
    network.layers.len() <= limits.layers && network.layers.iter().all(is_small)
}

fn side_by_side(
    page: &mut Page<'_>,
    whole: Whole,
    rows: u32,
    columns: u32,
    symbol: &dyn Fn(u32, u32) -> Symbol,
) {
    let matrix = |page: &Page<'_>, pass: fn(Symbol) -> Name, role| {
        let row = |from| {
            let entry = |to| Form::Number(page.text(pass(symbol(from, to))), role);
            (0..columns).map(entry).collect()
        };
        Form::Matrix((0..rows).map(row).collect())
    };
    let right = Form::Row(vec![
        matrix(page, Name::Value, Role::Given),
        Form::Sign(Sign::Becomes),
        matrix(page, Name::New, Role::New),
    ]);
    page.push(Block::Equation { left: Form::Whole(whole, Role::Plain), rights: vec![right] });
}

/// What the step did to the loss.
pub fn losses(page: &Readings<'_>) -> Line {
    let (old, new) = (Name::Value(Symbol::Loss), Name::New(Symbol::Loss));
    let (before, after) = (page.lesson.value(old), page.lesson.value(new));
    let (verdict, advice) = if after < before {
        ("One step downhill: the loss falls from ", ". Training repeats this thousands of times.")
    } else if after > before {
        (
            "The loss rises from ",
            ": the step was too long for this slope. A smaller learning rate helps.",
        )
    } else {
        ("The loss stays as it is, ", ": at this sample there is no slope to follow.")
    };
    let mut line = vec![verdict.into(), page.value(old).into()];
    if after != before {
        line.extend([" to ".into(), page.value(new).into()]);
    }
    line.push(Inline::text(advice));
    line
}
