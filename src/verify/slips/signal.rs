//! Slips in what is sent back: something else, or only part of it, where the
//! error signal of a unit belongs.

use super::line::{SlipLine, few, signal_of};
use crate::expr::{Expr, Op, minus, product, replace, rewrite, times};
use crate::name::{Name, Symbol};
use crate::network::Layer;

/// `σ'` once more where it has cancelled or is in the error signal already, or
/// `f_out - y` where nothing cancels.
pub(super) fn extra_slope(line: &SlipLine<'_>) -> Vec<Expr> {
    let network = line.lesson.network();
    let Some((layer, unit)) = unit_of(line) else { return Vec::new() };
    // Once more is no change where the slope is 1 or 0.
    let is_own = matches!(line.loss_by(), Some(Symbol::In { .. }));
    if line.has_constant_slope(layer) || (!is_own && line.has_slope_on_or_off(layer)) {
        return Vec::new();
    }
    let (own, out) = (Symbol::In { layer, unit }, Symbol::Out { layer, unit });
    let slope = || Expr::from(Name::derivative(out, own));
    if line.loss_by() != Some(own) {
        let signal = Name::loss_by(own);
        return line.changed(|form| match form {
            Expr::Apply(Op::Product, factors) if factors[0] == Expr::Leaf(signal) => Some(product(
                [signal.into(), slope()].into_iter().chain(factors[1..].iter().cloned()),
            )),
            Expr::Number(_) | Expr::Leaf(_) | Expr::Apply(..) => None,
        });
    }
    if line.is_hidden(layer) {
        return Vec::new();
    }
    let y = Symbol::Target(unit);
    if let Some(joint) = network.loss.joint_with(network.output_layer().activation) {
        return vec![times((joint.shortcut)(y.into(), out.into()), slope())];
    }
    // With the half loss this is dL/df_out, the chain without its slope.
    let squares = matches!((network.loss.slope)(y.into(), out.into()), Expr::Apply(Op::Product, _));
    let made_for_another = !line.outputs_are_the_loss()
        && matches!(network.output_layer().activation.key, "sigmoid" | "softmax");
    if squares && made_for_another { vec![minus(out, y)] } else { Vec::new() }
}

/// One addend of a sum over paths.
pub(super) fn one_path(line: &SlipLine<'_>) -> Vec<Expr> {
    if line.loss_by().is_none() {
        return Vec::new();
    }
    let one = |at: u32| {
        let at = at as usize;
        line.changed(|form| {
            rewrite(form, &|part| match part {
                Expr::Apply(Op::Sum, paths) if paths.iter().all(is_path) => {
                    Some(paths[at.min(paths.len() - 1)].clone())
                }
                Expr::Number(_) | Expr::Leaf(_) | Expr::Apply(..) => None,
            })
        })
    };
    // No sum has more addends than the widest layer has units.
    let widest = line.lesson.network().layers.iter().map(Layer::units).max();
    few(widest.unwrap_or(0)).flat_map(one).collect()
}

/// The slope of a hidden unit for its error signal, in the line of the signal
/// and in the gradients that use it.
pub(super) fn upstream_dropped(line: &SlipLine<'_>) -> Vec<Expr> {
    let Some((layer, unit)) = unit_of(line) else { return Vec::new() };
    if !line.is_hidden(layer) || line.has_constant_slope(layer) {
        return Vec::new();
    }
    let slope = Name::derivative(Symbol::Out { layer, unit }, Symbol::In { layer, unit });
    vec![instead_of_signal(line, (layer, unit), slope.into())]
}

/// The error signal of the next layer, for the same unit or the only one there,
/// in place of that of a hidden layer.
pub(super) fn layer_skipped(line: &SlipLine<'_>) -> Vec<Expr> {
    if line.loss_by().is_none() {
        return Vec::new();
    }
    let in_next = |layer: u32, unit: u32| {
        let units = line.lesson.network().units(layer + 1);
        if units == 1 { Some(0) } else { Some(unit).filter(|unit| (*unit as usize) < units) }
    };
    let later = |leaf| {
        let Name::Derivative {
            of: Symbol::Loss,
            by: by @ (Symbol::In { layer, unit } | Symbol::Out { layer, unit }),
        } = leaf
        else {
            return None;
        };
        if !line.is_hidden(layer) {
            return None;
        }
        let (layer, unit) = (layer + 1, in_next(layer, unit)?);
        let is_input = matches!(by, Symbol::In { .. });
        let by = if is_input { Symbol::In { layer, unit } } else { Symbol::Out { layer, unit } };
        Some(Expr::from(Name::loss_by(by)))
    };
    let mut found: Vec<Expr> = later(line.name).into_iter().collect();
    found.extend(line.changed(|form| replace(form, &later)));
    found
}

/// `z1_out` for `dL/dz1_in` in the lines that use it.
pub(super) fn output_for_delta(line: &SlipLine<'_>) -> Vec<Expr> {
    if line.loss_by().is_none() {
        return Vec::new();
    }
    let output = |leaf| {
        let (layer, unit) = signal_of(leaf)?;
        Some(Expr::from(Symbol::Out { layer, unit }))
    };
    line.changed(|form| replace(form, &output))
}

/// A weight that leads on from a hidden unit, or into an output, in the line of
/// the error signal; in a gradient also the weight itself.
pub(super) fn weight_for_signal(line: &SlipLine<'_>) -> Vec<Expr> {
    let (layer, unit) = match (line.loss_by(), unit_of(line)) {
        (Some(Symbol::Out { layer, unit }), _) if line.is_hidden(layer) => (layer, unit),
        (_, Some(unit)) => unit,
        _ => return Vec::new(),
    };
    let network = line.lesson.network();
    let mut weights: Vec<Symbol> = if line.is_hidden(layer) {
        few(network.units(layer + 1))
            .map(|to| Symbol::Weight { layer: layer + 1, from: unit, to })
            .collect()
    } else {
        few(network.layers[layer as usize].inputs())
            .map(|from| Symbol::Weight { layer, from, to: unit })
            .collect()
    };
    if let Some(own @ Symbol::Weight { .. }) = line.loss_by() {
        if !line.is_hidden(layer) {
            weights.clear();
        }
        weights.push(own);
    }
    let put_in = |weight: Symbol| instead_of_signal(line, (layer, unit), weight.into());
    weights.into_iter().map(put_in).collect()
}

/// The unit whose error signal the line is, or whose weight or bias it is about.
const fn unit_of(line: &SlipLine<'_>) -> Option<(u32, u32)> {
    match line.loss_by() {
        Some(
            Symbol::In { layer, unit }
            | Symbol::Bias { layer, unit }
            | Symbol::Weight { layer, to: unit, .. },
        ) => Some((layer, unit)),
        _ => None,
    }
}

/// The line with something else in place of a unit's error signal.
fn instead_of_signal(line: &SlipLine<'_>, (layer, unit): (u32, u32), other: Expr) -> Expr {
    match line.loss_by() {
        Some(weight @ Symbol::Weight { .. }) => {
            times(other, Name::derivative(Symbol::In { layer, unit }, weight))
        }
        _ => other,
    }
}

/// Whether an addend is a path to the loss.
fn is_path(addend: &Expr) -> bool {
    match addend {
        Expr::Apply(Op::Product, factors) => factors.iter().any(|factor| match factor {
            Expr::Leaf(Name::Derivative { of: Symbol::Loss, .. }) => true,
            Expr::Apply(Op::Sum, paths) => paths.iter().all(is_path),
            Expr::Apply(Op::Product, _) => is_path(factor),
            Expr::Number(_) | Expr::Leaf(_) | Expr::Apply(..) => false,
        }),
        Expr::Number(_) | Expr::Leaf(_) | Expr::Apply(..) => false,
    }
}
