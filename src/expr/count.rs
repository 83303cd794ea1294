//! The reading that counts multiplications.

use super::Expr;
use crate::name::Name;

/// Multiplications (and divisions) needed to evaluate a tree, each quantity in
/// it costing `cost`. An f64, because without caching the count outgrows every
/// integer in deep networks.
pub fn multiplications(expr: &Expr, cost: &impl Fn(Name) -> f64) -> f64 {
    match expr {
        Expr::Number(_) => 0.0,
        Expr::Leaf(name) => cost(*name),
        Expr::Apply(op, operands) => {
            let own = op.multiplications(operands.len()) as f64;
            own + operands.iter().map(|operand| multiplications(operand, cost)).sum::<f64>()
        }
    }
}
