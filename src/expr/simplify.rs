//! The reading with a number in place of one quantity, as a tree again.

use super::Expr;
use super::arithmetic::read;
use crate::name::Name;

/// The tree with `number` for `name`: what is computed from numbers alone is a
/// number, and what is multiplied by 0 is gone.
pub fn with_number(expr: &Expr, name: Name, number: f64) -> Expr {
    read(expr, &|leaf| if leaf == name { Expr::Number(number) } else { Expr::Leaf(leaf) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{evaluate, minus, times};
    use crate::name::Symbol;

    #[test]
    fn one_quantity_is_put_in_and_the_others_stay() {
        let [x, y] = [0, 1].map(|at| Name::Value(Symbol::Input(at)));
        assert_eq!(with_number(&times(x, y), x, 0.0), Expr::Number(0.0));
        assert_eq!(with_number(&minus(x, 1.0), x, 3.0), Expr::Number(2.0));
        let rest = with_number(&minus(x, y), x, 3.0);
        assert_eq!(evaluate(&rest, &|name| if name == y { 1.0 } else { f64::NAN }), 2.0);
    }
}
