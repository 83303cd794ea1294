//! Slips in the last factor of a gradient: what a weight is multiplied by in
//! the forward pass, and 1 for a bias.

use super::line::{MOST_ALTERNATIVES, SlipLine, few, without};
use crate::expr::{Expr, replace, sum, times};
use crate::name::{Name, Symbol};

/// `z1_in` for `z1_out` in the gradient of `u1`.
pub(super) fn z_in_for_out(line: &SlipLine<'_>) -> Vec<Expr> {
    with_last_factor(line, |layer, unit| Some(Symbol::In { layer, unit }))
}

/// `x1` for `z1_out` in the gradient of `u1`.
pub(super) fn x_for_hidden(line: &SlipLine<'_>) -> Vec<Expr> {
    let inputs = line.lesson.network().inputs();
    with_last_factor(line, |_, unit| ((unit as usize) < inputs).then_some(Symbol::Input(unit)))
}

/// The gradient of a weight without what feeds it.
pub(super) fn no_input(line: &SlipLine<'_>) -> Vec<Expr> {
    match line.loss_by() {
        Some(weight @ Symbol::Weight { layer, to: unit, .. }) => {
            let last = Name::derivative(Symbol::In { layer, unit }, weight);
            line.changed(|form| without(form, &|leaf| leaf == last))
        }
        _ => Vec::new(),
    }
}

/// The gradient of a weight times what feeds it once more.
pub(super) fn input_twice(line: &SlipLine<'_>) -> Vec<Expr> {
    with_weight(line, |last, _| times(last, last))
}

/// The gradient of a weight with the weight itself for what feeds it.
pub(super) fn own_weight_for_input(line: &SlipLine<'_>) -> Vec<Expr> {
    with_weight(line, |_, weight| weight.into())
}

/// The gradient of a bias times one of what feeds its unit.
pub(super) fn bias_times_input(line: &SlipLine<'_>) -> Vec<Expr> {
    let by = |source: Expr| with_bias(line, || source.clone());
    sources(line).into_iter().take(MOST_ALTERNATIVES).flat_map(by).collect()
}

/// The gradient of a bias times the sum of what feeds its unit.
pub(super) fn bias_times_inputs(line: &SlipLine<'_>) -> Vec<Expr> {
    let sources = sources(line);
    if !(2..=MOST_ALTERNATIVES).contains(&sources.len()) {
        return Vec::new();
    }
    with_bias(line, || sum(sources.iter().cloned()))
}

/// The error signals of all units of the layer added up.
pub(super) fn bias_summed_over_units(line: &SlipLine<'_>) -> Vec<Expr> {
    let Some(Symbol::Bias { layer, .. }) = line.loss_by() else { return Vec::new() };
    let units = line.lesson.network().units(layer);
    if !(2..=MOST_ALTERNATIVES).contains(&units) {
        return Vec::new();
    }
    vec![sum(few(units).map(|unit| Name::loss_by(Symbol::In { layer, unit }).into()))]
}

/// `dL/dW21` for `dL/dW12`.
pub(super) fn gradient_transposed(line: &SlipLine<'_>) -> Vec<Expr> {
    let Some(Symbol::Weight { layer, from, to }) = line.loss_by() else { return Vec::new() };
    let other = Symbol::Weight { layer, from: to, to: from };
    if from == to || !line.lesson.is_parameter(other) {
        return Vec::new();
    }
    let own = Symbol::In { layer, unit: from };
    let other_gradient = times(Name::loss_by(own), Name::derivative(own, other));
    vec![Name::loss_by(other).into(), other_gradient]
}

/// The line with another symbol for the unit's output that feeds the weight it is
/// about; `other` is given that unit.
fn with_last_factor(line: &SlipLine<'_>, other: impl Fn(u32, u32) -> Option<Symbol>) -> Vec<Expr> {
    let Name::Derivative { of, by: weight @ Symbol::Weight { layer, to: unit, .. } } = line.name
    else {
        return Vec::new();
    };
    let last = Name::derivative(Symbol::In { layer, unit }, weight);
    let Some(Expr::Leaf(Name::Value(Symbol::Out { layer, unit }))) = line.lesson.expression(last)
    else {
        return Vec::new();
    };
    let Some(other) = other(layer, unit) else { return Vec::new() };
    if of == Symbol::Loss {
        line.changed(|form| replace(form, &|leaf| (leaf == last).then(|| other.into())))
    } else {
        vec![other.into()]
    }
}

/// The gradient of a weight with something else for its last factor, which
/// `other` is given, and the weight.
fn with_weight(line: &SlipLine<'_>, other: impl Fn(Name, Symbol) -> Expr) -> Vec<Expr> {
    let Some(weight @ Symbol::Weight { layer, to: unit, .. }) = line.loss_by() else {
        return Vec::new();
    };
    let last = Name::derivative(Symbol::In { layer, unit }, weight);
    line.changed(|form| replace(form, &|leaf| (leaf == last).then(|| other(last, weight))))
}

/// The gradient of a bias with something else for its last factor.
fn with_bias(line: &SlipLine<'_>, other: impl Fn() -> Expr) -> Vec<Expr> {
    let Some(bias @ Symbol::Bias { layer, unit }) = line.loss_by() else { return Vec::new() };
    let last = Name::derivative(Symbol::In { layer, unit }, bias);
    line.changed(|form| replace(form, &|leaf| (leaf == last).then(&other)))
}

/// What feeds the unit of the bias that the line is about, as far as it is tried.
fn sources(line: &SlipLine<'_>) -> Vec<Expr> {
    let Some(Symbol::Bias { layer, unit }) = line.loss_by() else { return Vec::new() };
    let inputs = line.lesson.network().layers[layer as usize].inputs();
    // One more than is tried, so that it is known whether these are all.
    let tried = inputs.min(MOST_ALTERNATIVES + 1) as u32;
    let weights = (0..tried).map(|from| Symbol::Weight { layer, from, to: unit });
    let source =
        |weight| line.lesson.expression(Name::derivative(Symbol::In { layer, unit }, weight));
    weights.filter_map(source).collect()
}
