//! The reading that gives a number. No other code computes one that is shown.

use super::Expr;
use crate::name::Name;

/// The value of a tree, each quantity in it being worth `value`.
///
/// Operands are taken in the order they are written, so the printed formula is
/// the computation.
pub fn evaluate(expr: &Expr, value: &impl Fn(Name) -> f64) -> f64 {
    match expr {
        Expr::Number(number) => *number,
        Expr::Leaf(name) => value(*name),
        Expr::Apply(op, operands) => match operands.as_slice() {
            [a] => op.apply(&[evaluate(a, value)]),
            [a, b] => op.apply(&[evaluate(a, value), evaluate(b, value)]),
            many => {
                let values: Vec<f64> =
                    many.iter().map(|operand| evaluate(operand, value)).collect();
                op.apply(&values)
            }
        },
    }
}
