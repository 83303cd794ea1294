//! Section "Update": every parameter one step downhill, and the forward pass
//! again.

use super::block::{Block, Inline};
use super::forward;
use super::page::{Group, Page};
use crate::lesson::Lesson;
use crate::math::{Form, Role, Sign};
use crate::name::{Name, Symbol};

pub(super) fn write(page: &mut Page<'_>) {
    page.heading("Update");
    page.say(
        "Gradient descent subtracts from each weight the learning rate times its gradient. All \
         gradients are those of the old weights.",
    );
    let lesson = page.lesson;
    let groups: Vec<Group<'_>> =
        (0..lesson.network().depth()).flat_map(|layer| parameters(lesson, layer)).collect();
    page.quantity_table(None, &groups);
    matrices(page);
    page.heading("Forward pass with the new weights");
    forward::table(page, None, Name::New);
    losses(page);
}

/// The updated weights of a layer, then its biases.
fn parameters<'n>(lesson: &Lesson<'_>, layer: u32) -> Vec<Group<'n>> {
    let shape = &lesson.network().layers[layer as usize];
    let (inputs, units) = (shape.inputs(), shape.units());
    let weights = Group::new("", inputs * units, move |at| {
        let (from, to) = ((at / units) as u32, (at % units) as u32);
        Name::New(Symbol::Weight { layer, from, to })
    });
    let bias = move |unit: usize| Name::New(Symbol::Bias { layer, unit: unit as u32 });
    let biases = lesson.has(bias(0)).then(|| Group::new("", units, bias));
    [weights].into_iter().chain(biases).collect()
}

/// Old and new weights side by side, as matrices.
fn matrices(page: &mut Page<'_>) {
    let lesson = page.lesson;
    let largest = page.limits.matrix.max(8);
    let fits =
        lesson.network().layers.iter().all(|layer| layer.inputs().max(layer.units()) <= largest);
    if !fits {
        return;
    }
    page.say("Old and new side by side:");
    for (layer, shape) in (0..).zip(&lesson.network().layers) {
        let weight = |from, to| Symbol::Weight { layer, from, to };
        let (inputs, units) = (shape.inputs() as u32, shape.units() as u32);
        side_by_side(page, weights_label(page, layer), inputs, units, &weight);
        if lesson.has(Name::New(Symbol::Bias { layer, unit: 0 })) {
            let bias = |unit, _| Symbol::Bias { layer, unit };
            side_by_side(page, biases_label(page, layer), units, 1, &bias);
        }
    }
}

fn side_by_side(
    page: &mut Page<'_>,
    label: String,
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
    let form = Form::Row(vec![
        Form::Text(label),
        Form::Sign(Sign::Equals),
        matrix(page, Name::Value, Role::Given),
        Form::Sign(Sign::Becomes),
        matrix(page, Name::New, Role::New),
    ]);
    page.push(Block::Matrices(form));
}

/// What all weights of a layer are called together.
pub(super) fn weights_label(page: &Page<'_>, layer: u32) -> String {
    let naming = page.lesson.naming();
    match (naming.is_deep(), naming.is_output(layer), naming.outputs) {
        (true, ..) => format!("W({})", layer + 1),
        (false, false, _) => "W".to_owned(),
        (false, true, 1) => "u".to_owned(),
        (false, true, _) => "U".to_owned(),
    }
}

/// What all biases of a layer are called together.
fn biases_label(page: &Page<'_>, layer: u32) -> String {
    let naming = page.lesson.naming();
    match (naming.is_deep(), naming.is_output(layer)) {
        (true, _) => format!("b({})", layer + 1),
        (false, false) => "b".to_owned(),
        (false, true) => "c".to_owned(),
    }
}

fn losses(page: &mut Page<'_>) {
    let (old, new) = (Name::Value(Symbol::Loss), Name::New(Symbol::Loss));
    let (before, after) = (page.lesson.value(old), page.lesson.value(new));
    let verdict = if after < before {
        "One step downhill: the loss falls from "
    } else if after > before {
        "The loss rises, so the step was too long for this slope: from "
    } else {
        "The loss stays: "
    };
    page.prose([
        verdict.into(),
        page.value(old).into(),
        " to ".into(),
        page.value(new).into(),
        Inline::text(". Training repeats this thousands of times."),
    ]);
}
