//! The tree that every quantity is: constants, names of other quantities, and
//! operators. Reading a tree is a function over it, in a file of its own.
//!
//! A tree knows names and operators, but no network.

mod arithmetic;
mod count;
mod differentiate;
mod enclose;
mod evaluate;
mod interval;
mod noise;
pub mod op;
mod program;
mod rename;
mod rewrite;
mod simplify;
mod straight;
#[cfg(test)]
mod tests;

pub use arithmetic::Arithmetic;
pub use count::multiplications;
pub use differentiate::differentiate;
pub use enclose::enclose;
pub use evaluate::evaluate;
pub use interval::Interval;
pub use noise::{Noisy, noisy};
pub use op::Op;
pub use program::{RowProgram, ValueRow};
pub use rename::rename;
pub use rewrite::{opposite, replace, rewrite};
pub use simplify::with_number;
pub use straight::straight;

use crate::name::{Name, Symbol};

/// An expression over quantities.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A constant of the formula, such as the 2 in `1/2`.
    Number(f64),
    /// Another quantity.
    Leaf(Name),
    /// An operator on its operands, in the order they are written.
    Apply(Op, Vec<Expr>),
}

impl From<Name> for Expr {
    fn from(name: Name) -> Self {
        Self::Leaf(name)
    }
}

impl From<Symbol> for Expr {
    fn from(symbol: Symbol) -> Self {
        Self::Leaf(Name::Value(symbol))
    }
}

impl From<f64> for Expr {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl Expr {
    /// Calls `visit` with every quantity in the tree, left to right.
    pub fn for_each_leaf(&self, visit: &mut impl FnMut(Name)) {
        match self {
            Self::Number(_) => {}
            Self::Leaf(name) => visit(*name),
            Self::Apply(_, operands) => operands.iter().for_each(|e| e.for_each_leaf(visit)),
        }
    }
}

// Builders that read like the formula.

/// `a + b + …`; a single addend stands for itself.
pub fn sum(addends: impl IntoIterator<Item = Expr>) -> Expr {
    alone_or(Op::Sum, addends)
}

/// `a·b·…`; a single factor stands for itself.
pub fn product(factors: impl IntoIterator<Item = Expr>) -> Expr {
    alone_or(Op::Product, factors)
}

/// The largest of several.
pub fn max(operands: impl IntoIterator<Item = Expr>) -> Expr {
    alone_or(Op::Max, operands)
}

/// `a·b`.
pub fn times(a: impl Into<Expr>, b: impl Into<Expr>) -> Expr {
    Expr::Apply(Op::Product, vec![a.into(), b.into()])
}

/// `a - b`.
pub fn minus(a: impl Into<Expr>, b: impl Into<Expr>) -> Expr {
    Expr::Apply(Op::Difference, vec![a.into(), b.into()])
}

/// `a/b`.
pub fn over(a: impl Into<Expr>, b: impl Into<Expr>) -> Expr {
    Expr::Apply(Op::Quotient, vec![a.into(), b.into()])
}

/// `-a`.
pub fn negative(a: impl Into<Expr>) -> Expr {
    Expr::Apply(Op::Negative, vec![a.into()])
}

/// `a²`.
pub fn square(a: impl Into<Expr>) -> Expr {
    Expr::Apply(Op::Square, vec![a.into()])
}

/// `exp(a)`.
pub fn exp(a: impl Into<Expr>) -> Expr {
    Expr::Apply(Op::Exp, vec![a.into()])
}

/// `ln(a)`.
pub fn ln(a: impl Into<Expr>) -> Expr {
    Expr::Apply(Op::Ln, vec![a.into()])
}

/// `ln(1 + a)`, to full precision for small `a`.
pub fn ln_one_plus(a: impl Into<Expr>) -> Expr {
    Expr::Apply(Op::LnOnePlus, vec![a.into()])
}

/// `tanh(a)`.
pub fn tanh(a: impl Into<Expr>) -> Expr {
    Expr::Apply(Op::Tanh, vec![a.into()])
}

/// `|a|`.
pub fn magnitude(a: impl Into<Expr>) -> Expr {
    Expr::Apply(Op::Magnitude, vec![a.into()])
}

/// `then` where `condition` is greater than 0, else `otherwise`.
pub fn if_positive(
    condition: impl Into<Expr>,
    then: impl Into<Expr>,
    otherwise: impl Into<Expr>,
) -> Expr {
    Expr::Apply(Op::IfPositive, vec![condition.into(), then.into(), otherwise.into()])
}

fn alone_or(op: Op, operands: impl IntoIterator<Item = Expr>) -> Expr {
    let mut operands: Vec<Expr> = operands.into_iter().collect();
    if operands.len() == 1 { operands.remove(0) } else { Expr::Apply(op, operands) }
}
