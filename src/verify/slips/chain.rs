//! Slips in the chain: slopes and weights left out of it, or others put in.

use super::line::{SlipLine, few, left_out, signal_of, slope_of, weight_of, without};
use crate::expr::{Expr, replace};
use crate::name::{Name, Symbol};

/// The chain without `df_out/df_in`, in the lines of the output layer.
pub(super) fn no_slope_out(line: &SlipLine<'_>) -> Vec<Expr> {
    let last = line.lesson.network().depth() - 1;
    match line.loss_by() {
        Some(Symbol::In { layer, unit }) if layer == last => {
            vec![Name::loss_by(Symbol::Out { layer, unit }).into()]
        }
        Some(Symbol::Weight { layer, .. } | Symbol::Bias { layer, .. }) if layer == last => {
            without_slope(line, last)
        }
        _ => Vec::new(),
    }
}

/// `dL/df_out` for `dL/df_in` behind the output layer.
pub(super) fn residual_for_delta(line: &SlipLine<'_>) -> Vec<Expr> {
    let last = line.lesson.network().depth() - 1;
    if line.next_layer().is_some() { without_slope(line, last) } else { Vec::new() }
}

/// The chain without the slope of the hidden units of one layer.
pub(super) fn no_slope_hidden(line: &SlipLine<'_>) -> Vec<Expr> {
    if line.loss_by().is_none() {
        return Vec::new();
    }
    let mut layers: Vec<u32> = line.leaves().into_iter().filter_map(slope_of).collect();
    layers.extend(line.next_layer());
    layers.sort_unstable();
    layers.dedup();
    layers.retain(|layer| line.is_hidden(*layer) && !line.has_constant_slope(*layer));
    layers.into_iter().flat_map(|layer| without_slope(line, layer)).collect()
}

/// The chain with the weights that lead on already updated.
pub(super) fn updated_weight(line: &SlipLine<'_>) -> Vec<Expr> {
    if line.lesson.exercise().learning_rate.is_none() {
        return Vec::new();
    }
    let updated = |leaf| line.lesson.expression(Name::New(weight_of(leaf)?));
    match updated(line.name) {
        Some(weight) => vec![weight],
        None => line.changed(|form| replace(form, &updated)),
    }
}

/// The chain without the weights that lead into one layer.
pub(super) fn no_weight(line: &SlipLine<'_>) -> Vec<Expr> {
    if line.loss_by().is_none() {
        return Vec::new();
    }
    let mut layers: Vec<u32> = line.leaves().into_iter().filter_map(weight_layer).collect();
    layers.sort_unstable();
    layers.dedup();
    let without =
        |layer| line.changed(|form| without(form, &|leaf| weight_layer(leaf) == Some(layer)));
    layers.into_iter().flat_map(without).collect()
}

/// The chain with the weights of another unit, or with the matrix transposed.
pub(super) fn other_weight(line: &SlipLine<'_>) -> Vec<Expr> {
    let own = weight_of(line.name);
    let layer = match (own, line.next_layer()) {
        (Some(Symbol::Weight { layer, .. }), _) | (_, Some(layer)) => layer,
        _ => return Vec::new(),
    };
    let shape = &line.lesson.network().layers[layer as usize];
    let put_in = |other: &dyn Fn(u32, u32) -> (u32, u32)| {
        let of = |leaf| {
            let Some(Symbol::Weight { layer: at, from, to }) = weight_of(leaf) else { return None };
            let right = Symbol::Weight { layer: at, from, to };
            let (from, to) = other(from, to);
            let other = Symbol::Weight { layer, from, to };
            let is_other = at == layer && other != right && line.lesson.is_parameter(other);
            is_other.then(|| Expr::from(other))
        };
        match own {
            Some(_) => of(line.name).into_iter().collect(),
            None => line.changed(|form| replace(form, &of)),
        }
    };
    let right = match (own, line.loss_by()) {
        (Some(Symbol::Weight { from, .. }), _)
        | (
            _,
            Some(
                Symbol::Out { unit: from, .. }
                | Symbol::In { unit: from, .. }
                | Symbol::Weight { to: from, .. }
                | Symbol::Bias { unit: from, .. }
                | Symbol::Input(from),
            ),
        ) => from,
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    for from in few(shape.inputs()).filter(|from| *from != right) {
        found.extend(put_in(&|_, to| (from, to)));
    }
    if own.is_some() {
        for other in few(shape.units()) {
            found.extend(put_in(&|from, _| (from, other)));
        }
    }
    // Where no weight is on the other side of the diagonal, it stays.
    found.extend(put_in(&|from, to| (to, from)));
    found
}

/// The chain without the slopes of all layers that it leads through, where
/// they are several.
pub(super) fn no_slopes(line: &SlipLine<'_>) -> Vec<Expr> {
    if line.loss_by().is_none() {
        return Vec::new();
    }
    let varies = |layer: u32| !line.has_constant_slope(layer);
    let without = |form: &Expr| {
        let layer_of = |leaf| slope_of(leaf).or_else(|| Some(signal_of(leaf)?.0));
        several(form, |leaf| layer_of(leaf).filter(|layer| varies(*layer)))?;
        let changed = without_slopes(form, &varies)?;
        // What is sent back to a hidden unit has the slopes of later layers in it.
        let mut is_complete = true;
        changed.for_each_leaf(&mut |leaf| {
            is_complete &= !matches!(leaf,
                Name::Derivative { of: Symbol::Loss, by: Symbol::Out { layer, .. } }
                    if line.is_hidden(layer));
        });
        is_complete.then_some(changed)
    };
    line.changed(without)
}

/// The chain without the weights of all layers that it leads through, where
/// they are several.
pub(super) fn no_weights(line: &SlipLine<'_>) -> Vec<Expr> {
    if line.loss_by().is_none() {
        return Vec::new();
    }
    line.changed(|form| {
        several(form, weight_layer)?;
        without(form, &|leaf| weight_of(leaf).is_some())
    })
}

/// The chain with the gradients of the weights that lead on, for these.
pub(super) fn gradient_for_weight(line: &SlipLine<'_>) -> Vec<Expr> {
    let Some(next) = line.next_layer() else { return Vec::new() };
    line.changed(|form| {
        replace(form, &|leaf| {
            let weight = weight_of(leaf).filter(|_| weight_layer(leaf) == Some(next))?;
            Some(Name::loss_by(weight).into())
        })
    })
}

/// Something, if a formula has factors of several layers.
fn several(form: &Expr, layer_of: impl Fn(Name) -> Option<u32>) -> Option<()> {
    let (mut first, mut last) = (u32::MAX, 0);
    form.for_each_leaf(&mut |leaf| {
        if let Some(layer) = layer_of(leaf) {
            (first, last) = (first.min(layer), last.max(layer));
        }
    });
    (first < last).then_some(())
}

/// The layer that the weight leads into, where a factor is one.
const fn weight_layer(leaf: Name) -> Option<u32> {
    match weight_of(leaf) {
        Some(Symbol::Weight { layer, .. }) => Some(layer),
        _ => None,
    }
}

/// The line's chains without the slopes of a layer's units.
fn without_slope(line: &SlipLine<'_>, layer: u32) -> Vec<Expr> {
    line.changed(|form| without_slopes(form, &|at| at == layer))
}

/// A chain without the slopes of the units of some layers; an error signal of
/// theirs that is plugged in loses its slope as well.
fn without_slopes(form: &Expr, layers: &impl Fn(u32) -> bool) -> Option<Expr> {
    let sent_back = |leaf| {
        let (layer, unit) = signal_of(leaf).filter(|(layer, _)| layers(*layer))?;
        Some(Name::loss_by(Symbol::Out { layer, unit }).into())
    };
    left_out(form, &|leaf| slope_of(leaf).is_some_and(layers), &sent_back)
}
