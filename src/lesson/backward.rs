//! Expressions of the backward pass: the factors of the chain rule, the error
//! signals that are cached, and the gradients.

use super::{Lesson, chain, loss};
use crate::expr::{Expr, Op, product, rewrite, sum, times};
use crate::name::{Name, Symbol};
use crate::network::activation::ActivationForm;

/// The expression of `∂of/∂by`.
pub(super) fn expression(lesson: &Lesson<'_>, of: Symbol, by: Symbol) -> Option<Expr> {
    match (of, by) {
        (Symbol::Loss, Symbol::Out { layer, unit }) => Some(by_out(lesson, layer, unit)),
        (Symbol::Loss, Symbol::In { layer, unit }) => Some(signal(lesson, layer, unit)),
        (Symbol::Loss, Symbol::Weight { layer, to: unit, .. } | Symbol::Bias { layer, unit }) => {
            Some(gradient(lesson, layer, unit, by))
        }
        (Symbol::Loss, Symbol::Input(input)) => Some(over_paths(lesson, 0, Symbol::Input(input))),
        (Symbol::Out { layer, unit }, Symbol::In { unit: by, .. }) => {
            Some(slope(lesson, layer, unit, by))
        }
        (Symbol::In { layer, unit }, _) => Some(of_sum(layer, unit, by)),
        _ => None,
    }
}

/// All equal expressions of `∂of/∂by` that a person may work with: a chain in
/// full or with what is cached plugged in, from the error signals behind or from
/// `∂L/∂z_out`, and the shortcut that a loss and its activation allow. Nothing
/// that a sheet asks for is a dead end: it is an operand of what comes next.
pub(super) fn equal_forms(lesson: &Lesson<'_>, of: Symbol, by: Symbol) -> Vec<Expr> {
    let multiplied = |factors: Vec<Name>| product(factors.into_iter().map(Expr::from));
    let mut forms: Vec<Expr> = expression(lesson, of, by).into_iter().collect();
    match (of, by) {
        (Symbol::Loss, Symbol::In { layer, unit }) => {
            if lesson.naming().is_output(layer) {
                forms.extend(shortcut(lesson, unit));
            } else {
                forms.push(multiplied(chain::to_unit(lesson, layer, unit)));
                forms.push(multiplied(chain::from_next(lesson, layer, unit)));
                forms.push(multiplied(chain::from_output(layer, unit).to_vec()));
                forms.extend(in_one_go(lesson, layer, unit));
            }
        }
        (Symbol::Loss, Symbol::Out { layer, .. }) if !lesson.naming().is_output(layer) => {
            forms.extend(with_factors(lesson, layer + 1, &forms[0]));
        }
        (Symbol::Loss, Symbol::Weight { layer, to: unit, .. } | Symbol::Bias { layer, unit }) => {
            let own = Symbol::In { layer, unit };
            let last = Name::derivative(own, by);
            let then = |factors: &[Name]| multiplied([factors, &[last]].concat());
            forms.push(multiplied(chain::to_parameter(lesson, by)));
            forms.push(times(Name::loss_by(own), last));
            if !lesson.naming().is_output(layer) {
                forms.push(then(&chain::from_next(lesson, layer, unit)));
                forms.push(then(&chain::from_output(layer, unit)));
            } else if let ActivationForm::Each(_) = lesson.network().output_layer().activation.form
            {
                forms.push(then(&chain::from_output(layer, unit)));
            }
        }
        _ => {}
    }
    let mut distinct: Vec<Expr> = Vec::with_capacity(forms.len());
    for form in forms {
        if !distinct.contains(&form) {
            distinct.push(form);
        }
    }
    distinct
}

/// An error signal with the sum over several paths and the slope in one line:
/// `(Σ δ·w)·σ'`.
fn in_one_go(lesson: &Lesson<'_>, layer: u32, unit: u32) -> Option<Expr> {
    let [_, slope] = chain::from_output(layer, unit);
    let has_paths = lesson.network().units(layer + 1) > 1;
    has_paths.then(|| times(over_paths(lesson, layer + 1, Symbol::Out { layer, unit }), slope))
}

/// A sum over paths with the error signals of a layer as their two factors each,
/// where they have such.
pub(super) fn with_factors(lesson: &Lesson<'_>, layer: u32, paths: &Expr) -> Option<Expr> {
    let ActivationForm::Each(_) = lesson.network().layers[layer as usize].activation.form else {
        return None;
    };
    rewrite(paths, &|part| {
        let Expr::Apply(Op::Product, factors) = part else { return None };
        let [
            Expr::Leaf(Name::Derivative { of: Symbol::Loss, by: Symbol::In { unit, .. } }),
            rest @ ..,
        ] = factors.as_slice()
        else {
            return None;
        };
        let signal = chain::from_output(layer, *unit).map(Expr::from);
        Some(product(signal.into_iter().chain(rest.iter().cloned())))
    })
}

/// `f_out - y`, where the factors of `∂L/∂f_in` cancel to it.
pub(super) fn shortcut(lesson: &Lesson<'_>, output: u32) -> Option<Expr> {
    let network = lesson.network();
    let joint = network.loss.joint_with(network.output_layer().activation)?;
    let out = Symbol::Out { layer: network.depth() - 1, unit: output };
    Some((joint.shortcut)(Symbol::Target(output).into(), out.into()))
}

/// How `z_in`, a weighted sum, changes with one of its parts: by the part it is
/// multiplied with.
fn of_sum(layer: u32, unit: u32, by: Symbol) -> Expr {
    match by {
        Symbol::Weight { from, .. } => Symbol::source(layer, from).into(),
        Symbol::Out { unit: from, .. } | Symbol::Input(from) => {
            Symbol::Weight { layer, from, to: unit }.into()
        }
        Symbol::Bias { .. }
        | Symbol::In { .. }
        | Symbol::Target(_)
        | Symbol::Term(_)
        | Symbol::Loss
        | Symbol::Rate
        | Symbol::Risk => Expr::Number(1.0),
    }
}

/// How a unit's output changes with its own input, or with another's of its
/// layer where the activation couples them.
fn slope(lesson: &Lesson<'_>, layer: u32, unit: u32, by: u32) -> Expr {
    let out = |unit| Expr::from(Symbol::Out { layer, unit });
    match lesson.network().layers[layer as usize].activation.form {
        ActivationForm::Each(each) => {
            let z = Symbol::In { layer, unit };
            match each.far_at(|| lesson.value(z.into())) {
                Some(far) => (far.slope)(z.into()),
                None => (each.slope)(z.into(), out(unit)),
            }
        }
        ActivationForm::Together(together) => (together.slope)(unit == by, out(unit), out(by)),
    }
}

/// How the loss changes with a unit's output.
fn by_out(lesson: &Lesson<'_>, layer: u32, unit: u32) -> Expr {
    if lesson.naming().is_output(layer) {
        loss::slope(lesson, unit)
    } else {
        over_paths(lesson, layer + 1, Symbol::Out { layer, unit })
    }
}

/// The sum over all paths from `by` through the units of `layer`.
pub(super) fn over_paths(lesson: &Lesson<'_>, layer: u32, by: Symbol) -> Expr {
    sum((0..lesson.network().units(layer) as u32).map(|unit| {
        let through = Symbol::In { layer, unit };
        times(Name::loss_by(through), Name::derivative(through, by))
    }))
}

/// How the loss changes with a unit's input: its error signal.
fn signal(lesson: &Lesson<'_>, layer: u32, unit: u32) -> Expr {
    // That of the first unit is what the chain of its first weight leaves.
    if unit == 0 && !lesson.settings().plugged_in {
        signal_along(lesson, layer, unit, chain::to_unit)
    } else {
        cached_signal(lesson, layer, unit)
    }
}

/// The error signal of a unit from what is cached for the next layer.
pub(super) fn cached_signal(lesson: &Lesson<'_>, layer: u32, unit: u32) -> Expr {
    signal_along(lesson, layer, unit, chain::from_next)
}

/// The error signal of a unit as a product along a chain, or where it is computed
/// in one way only, that way.
fn signal_along(
    lesson: &Lesson<'_>,
    layer: u32,
    unit: u32,
    chain: fn(&Lesson<'_>, u32, u32) -> Vec<Name>,
) -> Expr {
    let network = lesson.network();
    let own = Symbol::In { layer, unit };
    if lesson.naming().is_output(layer) {
        if let Some(far) = loss::far_out(lesson, Name::Value) {
            let f = Symbol::Out { layer, unit };
            return (far.slope_in)(Symbol::Target(unit).into(), own.into(), f.into());
        }
        if let ActivationForm::Together(_) = network.output_layer().activation.form {
            return over_outputs(layer, unit, 0..network.outputs() as u32);
        }
    }
    product(chain(lesson, layer, unit).into_iter().map(Expr::from))
}

/// The gradient of a weight or bias with its unit's error signal plugged in.
pub(super) fn plugged_in(layer: u32, unit: u32, parameter: Symbol) -> Expr {
    let own = Symbol::In { layer, unit };
    times(Name::loss_by(own), Name::derivative(own, parameter))
}

/// The sum over the paths from a coupled output's input through some outputs.
pub(super) fn over_outputs(layer: u32, unit: u32, outputs: impl Iterator<Item = u32>) -> Expr {
    sum(outputs.map(|output| {
        let through = Symbol::Out { layer, unit: output };
        let own = Symbol::In { layer, unit };
        times(Name::loss_by(through), Name::derivative(through, own))
    }))
}

/// How the loss changes with a weight or bias: for the first weight of a layer
/// its whole chain, as the lecture has it; for all others the error signal of
/// their unit plugged in.
fn gradient(lesson: &Lesson<'_>, layer: u32, unit: u32, parameter: Symbol) -> Expr {
    if is_first(parameter) && !lesson.settings().plugged_in {
        let last = Name::derivative(Symbol::In { layer, unit }, parameter);
        let factors = chain::to_unit(lesson, layer, unit);
        product(factors.into_iter().chain([last]).map(Expr::from))
    } else {
        plugged_in(layer, unit, parameter)
    }
}

/// Whether a weight is the first of its layer, whose chain comes before its
/// unit's error signal.
pub(super) const fn is_first(parameter: Symbol) -> bool {
    matches!(parameter, Symbol::Weight { from: 0, to: 0, .. })
}
