//! The reading with a number in place of one quantity, as a tree again.

use super::Expr;
use super::arithmetic::read;
use crate::name::Name;

/// The tree with `number` for `name`: what is computed from numbers alone is a
/// number, and what is multiplied by 0 is gone.
pub fn with_number(expr: &Expr, name: Name, number: f64) -> Expr {
    read(expr, &|leaf| if leaf == name { Expr::Number(number) } else { Expr::Leaf(leaf) })
}
