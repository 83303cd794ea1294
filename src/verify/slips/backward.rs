//! Slips of the backward pass: in the factors of the chain, and in the chain.

use super::line::{Line, MOST_ALTERNATIVES, slope_of, weight_of};
use crate::expr::{Expr, Op, minus, product, replace, rewrite, times, without_factors};
use crate::name::{Name, Symbol};
use crate::network::Activation;
use crate::network::activation::{Each, Form};
use crate::network::loss::Targets;

// The slope of a unit.

/// `z1_out` for `z1_out·(1 - z1_out)`.
pub(super) fn value_for_slope(line: &Line<'_>) -> Vec<Expr> {
    match (own_slope(line), each(line)) {
        (Some((_, out)), None) => vec![out.into()],
        (Some((_, out)), Some(each)) if !has_kink(each) && !is_constant(each) => {
            vec![out.into()]
        }
        _ => Vec::new(),
    }
}

/// `σ'(z1_out)`
pub(super) fn slope_of_out(line: &Line<'_>) -> Vec<Expr> {
    match (own_slope(line), each(line)) {
        (Some((_, out)), Some(each)) if !has_kink(each) && !is_constant(each) => {
            vec![(each.slope)(out.into(), (each.value)(out.into()))]
        }
        _ => Vec::new(),
    }
}

/// `z1_in·(1 - z1_in)`
pub(super) fn slope_of_in(line: &Line<'_>) -> Vec<Expr> {
    let Name::Derivative { of: Symbol::Out { layer, unit }, by: Symbol::In { unit: by, .. } } =
        line.name
    else {
        return Vec::new();
    };
    let z = |unit| Expr::from(Symbol::In { layer, unit });
    match line.lesson.network().layers[layer as usize].activation.form {
        // A slope that takes no output is right.
        Form::Each(each) => {
            let out = Expr::from(Symbol::Out { layer, unit });
            let right = (each.slope)(z(unit), out);
            let slip = (each.slope)(z(unit), z(unit));
            if slip == right { Vec::new() } else { vec![slip] }
        }
        Form::Together(together) => vec![(together.slope)(unit == by, z(unit), z(by))],
    }
}

/// `1 - out²` for a sigmoid, `out·(1 - out)` for tanh.
pub(super) fn tanh_slope(line: &Line<'_>) -> Vec<Expr> {
    let Some((z, out)) = own_slope(line) else { return Vec::new() };
    let key = activation(line).map(|activation| activation.key);
    let other = match key {
        Some("sigmoid") => Activation::named("tanh"),
        Some("tanh") => Activation::named("sigmoid"),
        _ => None,
    };
    match other.map(|activation| activation.form) {
        Some(Form::Each(each)) => vec![(each.slope)(z.into(), out.into())],
        Some(Form::Together(_)) | None => Vec::new(),
    }
}

/// `z`, 1 everywhere, or for a leaky one nothing where it is off.
pub(super) fn relu_slope(line: &Line<'_>) -> Vec<Expr> {
    let (Some((z, _)), Some(each)) = (own_slope(line), each(line)) else { return Vec::new() };
    if !has_kink(each) {
        return Vec::new();
    }
    let mut found = vec![Expr::from(z), Expr::Number(1.0)];
    if let Expr::Apply(Op::IfPositive, branches) = (each.slope)(z.into(), z.into())
        && branches[2] != Expr::Number(0.0)
    {
        found.push(Expr::Number(0.0));
    }
    found
}

// The chain.

/// The chain without `df_out/df_in`.
pub(super) fn no_slope_out(line: &Line<'_>) -> Vec<Expr> {
    let last = line.lesson.network().depth() - 1;
    match line.loss_by() {
        Some(Symbol::Out { layer, .. }) if layer == last => Vec::new(),
        Some(_) if line.has_constant_slope(last) => Vec::new(),
        Some(Symbol::In { layer, unit }) if layer == last => {
            vec![Name::loss_by(Symbol::Out { layer, unit }).into()]
        }
        Some(_) => without_slope(line, last),
        None => Vec::new(),
    }
}

/// `dL/df_out` for `dL/df_in` behind the output layer.
pub(super) fn residual_for_delta(line: &Line<'_>) -> Vec<Expr> {
    match line.next_layer() {
        Some(_) => no_slope_out(line),
        None => Vec::new(),
    }
}

/// The chain without the slope of the hidden units of one layer.
pub(super) fn no_slope_hidden(line: &Line<'_>) -> Vec<Expr> {
    let Some(by) = line.loss_by() else { return Vec::new() };
    let mut layers: Vec<u32> = line.leaves().into_iter().filter_map(slope_of).collect();
    if let Some(next) = line.next_layer() {
        layers.push(next);
        // A unit's output comes after its own slope.
        if !matches!(by, Symbol::Out { .. }) {
            layers.extend(next.checked_sub(1));
        }
    }
    layers.sort_unstable();
    layers.dedup();
    layers.retain(|layer| line.is_hidden(*layer) && !line.has_constant_slope(*layer));
    layers.into_iter().flat_map(|layer| without_slope(line, layer)).collect()
}

/// `σ'` once more where it has cancelled or is in the error signal already, or
/// `f_out - y` where nothing cancels.
pub(super) fn extra_slope(line: &Line<'_>) -> Vec<Expr> {
    let network = line.lesson.network();
    let (layer, unit) = match line.loss_by() {
        Some(
            Symbol::In { layer, unit }
            | Symbol::Bias { layer, unit }
            | Symbol::Weight { layer, to: unit, .. },
        ) => (layer, unit),
        _ => return Vec::new(),
    };
    if line.has_constant_slope(layer) {
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
    let made_for_another = network.loss.targets != Targets::Unused
        && matches!(network.output_layer().activation.key, "sigmoid" | "softmax");
    if squares && made_for_another { vec![minus(out, y)] } else { Vec::new() }
}

/// One addend of a sum over paths.
pub(super) fn one_path(line: &Line<'_>) -> Vec<Expr> {
    if line.loss_by().is_none() {
        return Vec::new();
    }
    let one = |at: usize| {
        line.changed(|form| {
            rewrite(form, &|part| match part {
                Expr::Apply(Op::Sum, paths) if paths.iter().all(is_path) => {
                    Some(paths[at.min(paths.len() - 1)].clone())
                }
                Expr::Number(_) | Expr::Leaf(_) | Expr::Apply(..) => None,
            })
        })
    };
    (0..MOST_ALTERNATIVES).flat_map(one).collect()
}

/// The chain with the weights that lead on already updated.
pub(super) fn updated_weight(line: &Line<'_>) -> Vec<Expr> {
    if line.lesson.exercise().learning_rate.is_none() {
        return Vec::new();
    }
    let updated = |leaf| line.lesson.expression(Name::New(weight_of(leaf)?));
    match updated(line.name) {
        Some(weight) => vec![weight],
        None if line.loss_by().is_none() => Vec::new(),
        None => line.changed(|form| replace(form, &updated)),
    }
}

/// The chain without the weights that lead into one layer.
pub(super) fn no_weight(line: &Line<'_>) -> Vec<Expr> {
    if line.loss_by().is_none() {
        return Vec::new();
    }
    let layer_of = |leaf| match weight_of(leaf) {
        Some(Symbol::Weight { layer, .. }) => Some(layer),
        _ => None,
    };
    let mut layers: Vec<u32> = line.leaves().into_iter().filter_map(layer_of).collect();
    layers.sort_unstable();
    layers.dedup();
    let without =
        |layer| line.changed(|form| without_factors(form, &|leaf| layer_of(leaf) == Some(layer)));
    layers.into_iter().flat_map(without).collect()
}

/// The chain with the weights of another unit, or with the matrix transposed.
pub(super) fn other_weight(line: &Line<'_>) -> Vec<Expr> {
    let own = weight_of(line.name);
    let layer = match (own, line.next_layer()) {
        (Some(Symbol::Weight { layer, .. }), _) | (_, Some(layer)) => layer,
        _ => return Vec::new(),
    };
    let shape = &line.lesson.network().layers[layer as usize];
    let few = |count: usize| 0..count.min(MOST_ALTERNATIVES) as u32;
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

// The last factor.

/// `z1_in` for `z1_out` in the gradient of `u1`.
pub(super) fn z_in_for_out(line: &Line<'_>) -> Vec<Expr> {
    with_last_factor(line, |layer, unit| Some(Symbol::In { layer, unit }))
}

/// `x1` for `z1_out` in the gradient of `u1`.
pub(super) fn x_for_hidden(line: &Line<'_>) -> Vec<Expr> {
    let inputs = line.lesson.network().inputs();
    with_last_factor(line, |_, unit| ((unit as usize) < inputs).then_some(Symbol::Input(unit)))
}

/// The gradient of a weight without what feeds it.
pub(super) fn no_input(line: &Line<'_>) -> Vec<Expr> {
    match line.loss_by() {
        Some(weight @ Symbol::Weight { layer, to: unit, .. }) => {
            let last = Name::derivative(Symbol::In { layer, unit }, weight);
            line.changed(|form| without_factors(form, &|leaf| leaf == last))
        }
        _ => Vec::new(),
    }
}

/// The gradient of a bias times one of what feeds its unit.
pub(super) fn bias_times_input(line: &Line<'_>) -> Vec<Expr> {
    let Some(bias @ Symbol::Bias { layer, unit }) = line.loss_by() else { return Vec::new() };
    let own = Symbol::In { layer, unit };
    let last = Name::derivative(own, bias);
    let mut found = Vec::new();
    line.lesson.parameters_of(layer, unit, |parameter| {
        if matches!(parameter, Symbol::Weight { .. })
            && found.len() < MOST_ALTERNATIVES * line.forms.len()
            && let Some(source) = line.lesson.expression(Name::derivative(own, parameter))
        {
            found.extend(
                line.changed(|form| replace(form, &|leaf| (leaf == last).then(|| source.clone()))),
            );
        }
    });
    found
}

/// `dL/dW21` for `dL/dW12`.
pub(super) fn gradient_transposed(line: &Line<'_>) -> Vec<Expr> {
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
fn with_last_factor(line: &Line<'_>, other: impl Fn(u32, u32) -> Option<Symbol>) -> Vec<Expr> {
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

/// The line's chains without the slopes of a layer's units; an error signal of
/// theirs that is plugged in loses its slope as well.
fn without_slope(line: &Line<'_>, layer: u32) -> Vec<Expr> {
    line.changed(|form| {
        let bare = |form: &Expr| without_factors(form, &|leaf| slope_of(leaf) == Some(layer));
        let sent_back = |leaf| match leaf {
            Name::Derivative { of: Symbol::Loss, by: Symbol::In { layer: at, unit } }
                if at == layer =>
            {
                Some(Name::loss_by(Symbol::Out { layer, unit }).into())
            }
            Name::Value(_) | Name::New(_) | Name::Derivative { .. } => None,
        };
        let shorter = bare(form);
        let changed = replace(shorter.as_ref().unwrap_or(form), &sent_back);
        changed.or(shorter)
    })
}

/// Input and output of the unit whose slope by its own input the line is.
fn own_slope(line: &Line<'_>) -> Option<(Symbol, Symbol)> {
    match line.name {
        Name::Derivative { of: Symbol::Out { layer, unit }, by: Symbol::In { unit: by, .. } }
            if unit == by =>
        {
            Some((Symbol::In { layer, unit }, Symbol::Out { layer, unit }))
        }
        Name::Value(_) | Name::New(_) | Name::Derivative { .. } => None,
    }
}

fn activation(line: &Line<'_>) -> Option<&'static Activation> {
    Some(line.lesson.network().layers[slope_of(line.name)? as usize].activation)
}

fn each(line: &Line<'_>) -> Option<Each> {
    match activation(line)?.form {
        Form::Each(each) => Some(each),
        Form::Together(_) => None,
    }
}

/// Whether the slope is one number on each side of 0.
fn has_kink(each: Each) -> bool {
    matches!((each.slope)(Expr::Number(0.0), Expr::Number(0.0)), Expr::Apply(Op::IfPositive, _))
}

fn is_constant(each: Each) -> bool {
    matches!((each.slope)(Expr::Number(0.0), Expr::Number(0.0)), Expr::Number(_))
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
