//! The rewriting that changes a formula: one part replaced by
//! another.

use super::{Expr, Op};
use crate::name::Name;

/// The same tree with every part that `rule` answers put in its place, from the
/// root down; `None` where nothing changes.
pub fn rewrite(expr: &Expr, rule: &impl Fn(&Expr) -> Option<Expr>) -> Option<Expr> {
    if let Some(other) = rule(expr) {
        return Some(other);
    }
    let Expr::Apply(op, operands) = expr else { return None };
    let changed: Vec<Option<Expr>> =
        operands.iter().map(|operand| rewrite(operand, rule)).collect();
    changed.iter().any(Option::is_some).then(|| {
        let operands = changed.into_iter().zip(operands);
        Expr::Apply(*op, operands.map(|(new, old)| new.unwrap_or_else(|| old.clone())).collect())
    })
}

/// The same tree with some of its quantities replaced; `None` where none is.
pub fn replace(expr: &Expr, by: &impl Fn(Name) -> Option<Expr>) -> Option<Expr> {
    rewrite(expr, &|part| if let Expr::Leaf(name) = part { by(*name) } else { None })
}

/// The tree with the other sign, written as briefly as a person would.
pub fn opposite(expr: &Expr) -> Expr {
    match expr {
        Expr::Apply(Op::Negative, operands) => operands[0].clone(),
        Expr::Apply(Op::Difference, operands) => {
            Expr::Apply(Op::Difference, vec![operands[1].clone(), operands[0].clone()])
        }
        Expr::Apply(op @ (Op::Product | Op::Quotient), operands) => {
            let mut operands = operands.clone();
            operands[0] = opposite(&operands[0]);
            Expr::Apply(*op, operands)
        }
        Expr::Number(number) => Expr::Number(-number),
        Expr::Leaf(_) | Expr::Apply(..) => Expr::Apply(Op::Negative, vec![expr.clone()]),
    }
}
