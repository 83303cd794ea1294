//! Slips of the forward pass.

use super::line::{SlipLine, alike};
use crate::expr::{Expr, Op, exp, replace, rewrite, sum};
use crate::name::{Name, Symbol};

/// `x1·W11 + x2·W21`
pub(super) fn no_bias(line: &SlipLine<'_>) -> Vec<Expr> {
    let Some(Symbol::In { .. }) = line.symbol() else { return Vec::new() };
    line.changed(|form| {
        let Expr::Apply(Op::Sum, addends) = form else { return None };
        let is_bias = |addend: &&Expr| {
            matches!(
                addend,
                Expr::Leaf(Name::Value(Symbol::Bias { .. }) | Name::New(Symbol::Bias { .. }))
            )
        };
        addends
            .iter()
            .any(|addend| is_bias(&addend))
            .then(|| sum(addends.iter().filter(|addend| !is_bias(addend)).cloned()))
    })
}

/// `x1·W11 + x2·W12 + b1`, as far as the matrix has such weights; and `W21 - α·dL/dW12`.
pub(super) fn transposed(line: &SlipLine<'_>) -> Vec<Expr> {
    let (Some(Symbol::In { .. }) | Some(Symbol::Weight { .. })) = line.symbol() else {
        return Vec::new();
    };
    line.changed(|form| {
        replace(form, &|leaf| {
            let Some(Symbol::Weight { layer, from, to }) = symbol_of(leaf) else { return None };
            let other = Symbol::Weight { layer, from: to, to: from };
            line.lesson.is_parameter(other).then(|| alike(leaf, other).into())
        })
    })
}

/// `f_in` over `z1_in` instead of `z1_out`.
pub(super) fn z_in_forward(line: &SlipLine<'_>) -> Vec<Expr> {
    let Some(Symbol::In { .. }) = line.symbol() else { return Vec::new() };
    line.changed(|form| {
        replace(form, &|leaf| match symbol_of(leaf)? {
            Symbol::Out { layer, unit } => Some(alike(leaf, Symbol::In { layer, unit }).into()),
            Symbol::Input(_)
            | Symbol::Target(_)
            | Symbol::Weight { .. }
            | Symbol::Bias { .. }
            | Symbol::In { .. }
            | Symbol::Term(_)
            | Symbol::Loss
            | Symbol::Rate
            | Symbol::Risk => None,
        })
    })
}

/// `1/(1 + exp(z1_in))`
pub(super) fn exp_sign(line: &SlipLine<'_>) -> Vec<Expr> {
    let Some(Symbol::Out { .. }) = line.symbol() else { return Vec::new() };
    line.changed(|form| {
        rewrite(form, &|part| {
            let Expr::Apply(Op::Exp, exponent) = part else { return None };
            match exponent.as_slice() {
                [Expr::Apply(Op::Negative, z)] => match z.as_slice() {
                    [Expr::Leaf(z)] => Some(exp(*z)),
                    _ => None,
                },
                _ => None,
            }
        })
    })
}

/// `z1_in` for `z1_out`.
pub(super) fn no_activation(line: &SlipLine<'_>) -> Vec<Expr> {
    match line.symbol() {
        Some(Symbol::Out { layer, unit }) => {
            vec![alike(line.name, Symbol::In { layer, unit }).into()]
        }
        _ => Vec::new(),
    }
}

const fn symbol_of(name: Name) -> Option<Symbol> {
    match name {
        Name::Value(symbol) | Name::New(symbol) => Some(symbol),
        Name::Derivative { .. } | Name::OfSample { .. } => None,
    }
}
