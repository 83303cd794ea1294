//! The reading that decides every choice: the tree as it is around a point,
//! without its kinks.

use super::arithmetic::{Arithmetic, read};
use super::{Expr, Op};
use crate::name::Name;

/// The tree in which every choice (`max`, `|a|`, `b if a > 0 else c`) is made as
/// it is made where the quantities have these values. There it has the same
/// value, and it goes on straight where the other one has a kink.
pub fn straight(expr: &Expr, value: &impl Fn(Name) -> f64) -> Expr {
    read(expr, &|name| Decided { value: value(name), tree: Expr::Leaf(name) }).tree
}

/// A value, and the tree without choices that has it.
#[derive(Clone)]
struct Decided {
    value: f64,
    tree: Expr,
}

impl Arithmetic for Decided {
    fn number(value: f64) -> Self {
        Self { value, tree: Expr::Number(value) }
    }

    fn apply(op: Op, operands: &[Self]) -> Self {
        let values: Vec<f64> = operands.iter().map(|operand| operand.value).collect();
        let value = op.apply(&values);
        let chosen = match op {
            Op::Max => values.iter().position(|other| *other == value),
            Op::IfPositive => Some(if values[0] > 0.0 { 1 } else { 2 }),
            Op::Magnitude if values[0] >= 0.0 => Some(0),
            Op::Magnitude => {
                return Self { value, tree: super::negative(operands[0].tree.clone()) };
            }
            Op::Sum
            | Op::Difference
            | Op::Negative
            | Op::Product
            | Op::Quotient
            | Op::Square
            | Op::Exp
            | Op::Ln
            | Op::LnOnePlus
            | Op::Tanh => None,
        };
        match chosen {
            Some(at) => operands[at].clone(),
            None => {
                let operands = operands.iter().map(|operand| operand.tree.clone()).collect();
                Self { value, tree: Expr::Apply(op, operands) }
            }
        }
    }

    fn jump(_condition: &Self) -> Self {
        Self::number(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{evaluate, if_positive, magnitude, max, times};
    use crate::name::Symbol;

    #[test]
    fn choices_stay_as_they_were_made() {
        let z = Name::Value(Symbol::Loss);
        let trees = [
            (max([Expr::Number(0.0), z.into()]), [0.0, 0.0, 5.0]),
            (magnitude(z), [-5.0, 5.0, 5.0]),
            (if_positive(z, z, times(0.5, z)), [2.5, 2.5, 5.0]),
        ];
        for (tree, expected) in trees {
            for (at, expected) in [-2.0, 0.0, 2.0].into_iter().zip(expected) {
                let here = straight(&tree, &|_| at);
                assert_eq!(evaluate(&here, &|_| at), evaluate(&tree, &|_| at));
                assert_eq!(evaluate(&here, &|_| 5.0), expected, "{tree:?} at {at}");
            }
        }
    }
}
