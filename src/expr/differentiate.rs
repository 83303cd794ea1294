//! The reading that gives a slope, as a tree again.

use std::slice;

use super::arithmetic::Arithmetic;
use super::{Expr, Op};
use crate::name::Name;

/// How much a tree changes with one of its quantities: `∂expr/∂by`, by the chain
/// rule over its operators. Terms that are 0 and factors that are 1 are left out.
///
/// Where the slope jumps, it is that of one of the sides.
pub fn differentiate(expr: &Expr, by: Name) -> Expr {
    match expr {
        Expr::Number(_) => ZERO,
        Expr::Leaf(name) => Expr::Number(if *name == by { 1.0 } else { 0.0 }),
        Expr::Apply(op, operands) => {
            let paths = operands.iter().enumerate().filter_map(|(at, operand)| {
                let inner = differentiate(operand, by);
                let outer = || op.slope(operands, expr, at);
                (inner != ZERO).then(|| Expr::apply(Op::Product, &[outer(), inner]))
            });
            let paths: Vec<Expr> = paths.collect();
            Expr::apply(Op::Sum, &paths)
        }
    }
}

const ZERO: Expr = Expr::Number(0.0);
const ONE: Expr = Expr::Number(1.0);

/// Trees that a person would write: numbers are computed, and what adds nothing
/// or changes nothing is left out.
impl Arithmetic for Expr {
    fn number(value: f64) -> Self {
        Self::Number(value)
    }

    fn apply(op: Op, operands: &[Self]) -> Self {
        let numbers: Option<Vec<f64>> = operands.iter().map(Self::as_number).collect();
        if let Some(numbers) = numbers {
            return Self::Number(op.apply(&numbers));
        }
        match (op, operands) {
            (Op::Sum, terms) => {
                let kept: Vec<Self> = terms.iter().filter(|term| **term != ZERO).cloned().collect();
                super::sum(kept)
            }
            (Op::Difference, [a, b]) if *b == ZERO => a.clone(),
            (Op::Difference, [a, b]) if *a == ZERO => Self::apply(Op::Negative, slice::from_ref(b)),
            (Op::Negative, [Self::Apply(Op::Negative, inner)]) => inner[0].clone(),
            (Op::Product, factors) => product(factors),
            (Op::Quotient, [a, _]) if *a == ZERO => ZERO,
            (Op::Quotient, [a, b]) if *b == ONE => a.clone(),
            (Op::IfPositive, [_, then, otherwise]) if then == otherwise => then.clone(),
            _ => Self::Apply(op, operands.to_vec()),
        }
    }

    fn jump(_condition: &Self) -> Self {
        ZERO
    }
}

/// The product of some factors: its number first, products in it taken apart, a
/// minus before the whole.
fn product(factors: &[Expr]) -> Expr {
    let mut number = 1.0;
    let mut kept = Vec::new();
    factors.iter().for_each(|factor| push_factor(factor, &mut number, &mut kept));
    if number == 0.0 {
        return ZERO;
    }
    let minus = number == -1.0;
    if !minus && number != 1.0 {
        kept.insert(0, Expr::Number(number));
    }
    let product = super::product(kept);
    if minus { super::negative(product) } else { product }
}

fn push_factor(factor: &Expr, number: &mut f64, kept: &mut Vec<Expr>) {
    match factor {
        Expr::Number(value) => *number *= value,
        Expr::Apply(Op::Product, factors) => {
            factors.iter().for_each(|factor| push_factor(factor, number, kept));
        }
        Expr::Apply(Op::Negative, operands) => {
            *number = -*number;
            push_factor(&operands[0], number, kept);
        }
        Expr::Leaf(_) | Expr::Apply(..) => kept.push(factor.clone()),
    }
}

impl Expr {
    fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Leaf(_) | Self::Apply(..) => None,
        }
    }
}
