//! Slips of the loss and of its slope.

use super::batch;
use super::line::{SlipLine, alike, left_out, signal_of};
use crate::expr::{
    Expr, Op, magnitude, minus, negative, opposite, product, replace, rewrite, times,
};
use crate::name::{Name, Symbol};
use crate::network::loss::Total;

/// `(y - f_out)²`
pub(super) fn no_half(line: &SlipLine<'_>) -> Vec<Expr> {
    let Some(Symbol::Loss | Symbol::Term(_)) = line.symbol() else { return Vec::new() };
    line.changed(|form| {
        rewrite(form, &|part| match part {
            Expr::Apply(Op::Product, factors) if is_half(&factors[0]) => {
                Some(product(factors[1..].iter().cloned()))
            }
            Expr::Number(_) | Expr::Leaf(_) | Expr::Apply(..) => None,
        })
    })
}

/// `y - f_out`, `f_out - y` or its magnitude; of several outputs, their sum.
pub(super) fn residual_as_loss(line: &SlipLine<'_>) -> Vec<Expr> {
    let network = line.lesson.network();
    if line.outputs_are_the_loss() {
        return Vec::new();
    }
    let ways: [fn(Name, Name) -> Expr; 3] =
        [|y, f| minus(y, f), |y, f| minus(f, y), |y, f| magnitude(minus(y, f))];
    let layer = network.depth() - 1;
    let residual = |way: fn(Name, Name) -> Expr, unit| {
        way(Symbol::Target(unit).into(), alike(line.name, Symbol::Out { layer, unit }))
    };
    match line.symbol() {
        Some(Symbol::Term(unit)) => ways.map(|way| residual(way, unit)).into(),
        Some(Symbol::Loss) if network.outputs() == 1 => ways.map(|way| residual(way, 0)).into(),
        Some(Symbol::Loss) => {
            let in_place = |way| {
                line.changed(|form| {
                    replace(form, &|leaf| match leaf {
                        Name::Value(Symbol::Term(unit)) | Name::New(Symbol::Term(unit)) => {
                            Some(residual(way, unit))
                        }
                        Name::Value(_)
                        | Name::New(_)
                        | Name::Derivative { .. }
                        | Name::OfSample { .. } => None,
                    })
                })
            };
            ways.into_iter().flat_map(in_place).collect()
        }
        _ => Vec::new(),
    }
}

/// `y - f_out`; where `dL/df_in` is a difference too, also there.
pub(super) fn residual_sign(line: &SlipLine<'_>) -> Vec<Expr> {
    let network = line.lesson.network();
    let joint = network.loss.joint_with(network.output_layer().activation);
    match line.loss_by() {
        Some(Symbol::Out { .. }) if is_slope(line) => line.changed(|form| Some(opposite(form))),
        Some(Symbol::In { layer, .. }) if !line.is_hidden(layer) && joint.is_some() => {
            line.changed(|form| Some(opposite(form)))
        }
        _ => Vec::new(),
    }
}

/// `2·(f_out - y)` with the half loss, `f_out - y` with the whole one.
pub(super) fn factor_2(line: &SlipLine<'_>) -> Vec<Expr> {
    if !is_slope(line) {
        return Vec::new();
    }
    line.changed(|form| {
        rewrite(form, &|part| match part {
            // What a mean divides by stays.
            Expr::Apply(Op::Negative, operands)
                if matches!(operands[0], Expr::Apply(Op::Difference, _)) =>
            {
                Some(times(2.0, part.clone()))
            }
            Expr::Apply(Op::Product, factors) if factors[0] == Expr::Number(-2.0) => {
                Some(negative(product(factors[1..].iter().cloned())))
            }
            Expr::Number(_) | Expr::Leaf(_) | Expr::Apply(..) => None,
        })
    })
}

/// `L` for `dL/df_out`, on its own line or in a chain.
pub(super) fn loss_for_residual(line: &SlipLine<'_>) -> Vec<Expr> {
    let network = line.lesson.network();
    if line.outputs_are_the_loss() || line.loss_by().is_none() {
        return Vec::new();
    }
    let several = network.outputs() > 1;
    let put_in = |whole: bool| {
        let of = move |leaf: Name| match leaf {
            Name::Derivative { of: Symbol::Loss, by: Symbol::Out { layer, unit } }
                if !line.is_hidden(layer) =>
            {
                let loss = if whole { Symbol::Loss } else { Symbol::Term(unit) };
                Some(Expr::from(loss))
            }
            Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
        };
        match of(line.name) {
            Some(loss) => vec![loss],
            None => line.changed(|form| replace(form, &of)),
        }
    };
    let mut found = if several { put_in(false) } else { Vec::new() };
    found.extend(put_in(true));
    found
}

/// `df_out/df_in` for `dL/df_in`, and the chain without `dL/df_out`.
pub(super) fn no_residual(line: &SlipLine<'_>) -> Vec<Expr> {
    let last = line.lesson.network().depth() - 1;
    // The slopes of one softmax add up to 0: nobody goes on with that.
    if line.loss_by().is_none() || line.outputs_are_the_loss() || line.is_coupled(last) {
        return Vec::new();
    }
    let is_loss_by_out = |leaf| {
        matches!(leaf, Name::Derivative { of: Symbol::Loss, by: Symbol::Out { layer, .. } }
            if layer == last)
    };
    let slope = |leaf| {
        let (layer, unit) = signal_of(leaf).filter(|(layer, _)| *layer == last)?;
        let (own, out) = (Symbol::In { layer, unit }, Symbol::Out { layer, unit });
        Some(Expr::from(Name::derivative(out, own)))
    };
    match slope(line.name) {
        Some(slope) => vec![slope],
        None if is_loss_by_out(line.name) => vec![Expr::Number(1.0)],
        None => line.changed(|form| left_out(form, &is_loss_by_out, &slope)),
    }
}

/// The mean over the outputs, not divided.
pub(super) fn sum_for_mean(line: &SlipLine<'_>) -> Vec<Expr> {
    let of_samples = batch::sum_for_mean(line);
    if !of_samples.is_empty() {
        return of_samples;
    }
    if line.lesson.network().loss.total != Total::Mean
        || !(is_slope(line) || line.symbol() == Some(Symbol::Loss))
    {
        return Vec::new();
    }
    line.changed(|form| match form {
        Expr::Apply(Op::Quotient, operands) if matches!(operands[1], Expr::Number(_)) => {
            Some(operands[0].clone())
        }
        Expr::Number(_) | Expr::Leaf(_) | Expr::Apply(..) => None,
    })
}

/// Whether the line is `dL/df_out`, and the loss compares with a target.
fn is_slope(line: &SlipLine<'_>) -> bool {
    let is_by_output =
        matches!(line.loss_by(), Some(Symbol::Out { layer, .. }) if !line.is_hidden(layer));
    is_by_output && !line.outputs_are_the_loss()
}

fn is_half(factor: &Expr) -> bool {
    matches!(factor, Expr::Apply(Op::Quotient, operands)
        if operands[..] == [Expr::Number(1.0), Expr::Number(2.0)])
}
