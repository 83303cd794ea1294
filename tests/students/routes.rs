//! Every valid route: what a sheet asks for can be gone on with. A quantity
//! depends **directly** on another
//!
//! - if the lesson's own formula of it has the other in it, however the lesson
//!   is told: no chain walked, the first of each layer, all, or only this one;
//! - or if the lecture's chain or recursion puts the other next to it:
//!   `∂L/∂W = δ · z_out`, `δ = ∂L/∂z_out · σ'`, `∂L/∂z_out = Σ δ · w`,
//!   the last two also in one go: `δ = (Σ δ · w) · σ'`.

use backprop_tutor::lesson::{Lesson, Settings, chain};
use backprop_tutor::name::{Name, NameSet, Symbol};
use backprop_tutor::network::activation::ActivationForm;
use backprop_tutor::scenario;

use super::class::{Dice, apply, asked, exercise};

/// What some form of a quantity has in it.
fn operands(lesson: &Lesson<'_>, name: Name) -> NameSet {
    let mut operands = NameSet::default();
    for form in lesson.equal_forms(name) {
        form.for_each_leaf(&mut |leaf| {
            operands.insert(leaf);
        });
    }
    operands
}

/// What the lesson's formula of a quantity has in it, however it is told.
fn told(lessons: &[Lesson<'_>], name: Name) -> NameSet {
    let mut told = NameSet::default();
    for expr in lessons.iter().filter_map(|lesson| lesson.expression(name)) {
        expr.for_each_leaf(&mut |leaf| {
            told.insert(leaf);
        });
    }
    told
}

/// What the chain rule puts next to a derivative of the loss.
fn next_to(lesson: &Lesson<'_>, name: Name) -> Vec<Name> {
    let Name::Derivative { of: Symbol::Loss, by } = name else { return Vec::new() };
    let next_units = |layer: u32| {
        let network = lesson.network();
        let is_last = layer + 1 == network.depth();
        let units = if is_last { 0 } else { network.layers[layer as usize + 1].units() };
        (0..units as u32).map(move |unit| Symbol::In { layer: layer + 1, unit })
    };
    let back_from = |out: Symbol, layer: u32| -> Vec<Name> {
        let next = next_units(layer);
        next.flat_map(|next| [Name::loss_by(next), Name::derivative(next, out)]).collect()
    };
    match by {
        Symbol::Out { layer, .. } => back_from(by, layer),
        Symbol::In { layer, unit } => {
            let out = Symbol::Out { layer, unit };
            let own = [Name::loss_by(out), Name::derivative(out, by)];
            own.into_iter().chain(back_from(out, layer)).collect()
        }
        Symbol::Weight { layer, to: unit, .. } | Symbol::Bias { layer, unit } => {
            let (into, out) = (Symbol::In { layer, unit }, Symbol::Out { layer, unit });
            let own = [Name::loss_by(into), Name::derivative(into, by)];
            // With softmax an output has a slope by every sum, and no chain of one path.
            let form = lesson.network().layers[layer as usize].activation.form;
            let has_one_path = matches!(form, ActivationForm::Each(_));
            let slope = [Name::loss_by(out), Name::derivative(out, into)];
            let slope = slope.into_iter().filter(|_| has_one_path);
            own.into_iter().chain(slope).collect()
        }
        Symbol::Input(_)
        | Symbol::Target(_)
        | Symbol::Term(_)
        | Symbol::Loss
        | Symbol::Rate
        | Symbol::Risk => Vec::new(),
    }
}

/// Catches a number that a student was asked for and cannot go on with.
#[test]
fn no_quantity_that_is_asked_is_a_dead_end() {
    let mut dice = Dice(0x407e5);
    for _ in 0..300 {
        let text = exercise(&mut dice);
        let scenario = scenario::read(text.as_bytes(), "random").expect("a scenario");
        let Ok(lesson) = Lesson::new(scenario.exercise(0), apply()) else { continue };
        let with = |plugged_in| {
            Lesson::new(scenario.exercise(0), Settings { plugged_in, ..apply() }).expect("finite")
        };
        let lessons = [with(false), with(true)];
        let names = asked(&lesson);
        let mut used = NameSet::default();
        for name in &names {
            let operands = operands(&lesson, *name);
            let chain = match name {
                Name::Derivative { of: Symbol::Loss, by: by @ Symbol::Weight { .. } } => {
                    chain::to_parameter(&lesson, *by)
                }
                Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => {
                    Vec::new()
                }
            };
            let direct = told(&lessons, *name).into_iter().chain(chain);
            let direct = direct.chain(next_to(&lesson, *name));
            for other in direct.filter(|other| names.contains(other)) {
                let naming = lesson.naming();
                assert!(
                    operands.contains(&other),
                    "{} is no operand of {}\n{text}",
                    naming.plain(other),
                    naming.plain(*name)
                );
            }
            used.extend(operands);
        }
        for name in &names {
            let is_last = matches!(name, Name::Value(Symbol::Loss) | Name::New(Symbol::Loss));
            assert!(
                is_last || used.contains(name),
                "{} leads nowhere\n{text}",
                lesson.naming().plain(*name)
            );
        }
    }
}
