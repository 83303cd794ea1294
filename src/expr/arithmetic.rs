//! What operators can be applied to: numbers, intervals, trees. The slope of an
//! operator is written once, over any of them, and read three ways.

use super::{Expr, Interval, Op};
use crate::name::Name;

/// Something that operators can be applied to.
pub trait Arithmetic: Clone {
    /// A constant.
    fn number(value: f64) -> Self;

    /// An operator on its operands, in the order they are written.
    fn apply(op: Op, operands: &[Self]) -> Self;

    /// How much a choice changes with what decides it: not at all, but where it
    /// is open which way it goes, it may jump.
    fn jump(condition: &Self) -> Self;
}

/// What a tree is in any arithmetic, each quantity in it being `leaf`.
pub(super) fn read<A: Arithmetic>(expr: &Expr, leaf: &impl Fn(Name) -> A) -> A {
    match expr {
        Expr::Number(number) => A::number(*number),
        Expr::Leaf(name) => leaf(*name),
        Expr::Apply(op, operands) => {
            let operands: Vec<A> = operands.iter().map(|operand| read(operand, leaf)).collect();
            A::apply(*op, &operands)
        }
    }
}

impl Arithmetic for f64 {
    fn number(value: f64) -> Self {
        value
    }

    fn apply(op: Op, operands: &[Self]) -> Self {
        op.apply(operands)
    }

    fn jump(_condition: &Self) -> Self {
        0.0
    }
}

impl Arithmetic for Interval {
    fn number(value: f64) -> Self {
        Self::point(value)
    }

    fn apply(op: Op, operands: &[Self]) -> Self {
        op.bounds(operands)
    }

    fn jump(condition: &Self) -> Self {
        let decided = condition.lo > 0.0 || condition.hi <= 0.0;
        if decided { Self::point(0.0) } else { Self::ALL }
    }
}
