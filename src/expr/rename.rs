//! The rewriting that puts other quantities into a formula.

use super::Expr;
use crate::name::Name;

/// The same tree over other quantities: every leaf becomes what `to` says.
pub fn rename(expr: Expr, to: &impl Fn(Name) -> Name) -> Expr {
    match expr {
        Expr::Number(number) => Expr::Number(number),
        Expr::Leaf(name) => Expr::Leaf(to(name)),
        Expr::Apply(op, operands) => {
            Expr::Apply(op, operands.into_iter().map(|operand| rename(operand, to)).collect())
        }
    }
}
