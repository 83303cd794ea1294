//! The small two-dimensional form of a formula: what stands beside, over and
//! inside what. Brackets are decided by then; a writer only draws.

use compact_str::CompactString;

use super::Role;
use crate::name::Name;

/// A laid-out formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// Parts side by side.
    Row(Vec<Form>),
    /// A quantity by name.
    Name(Name, Role),
    /// A quantity by its full name, where others would abbreviate it to `δ1`.
    FullName(Name, Role),
    /// A number, with its digits.
    Number(CompactString, Role),
    /// What stands between or before parts.
    Sign(Sign),
    /// The name of a function.
    Word(&'static str),
    /// Text that is not a quantity, such as `∇L`.
    Text(CompactString),
    /// A part inside brackets.
    Fenced(Fence, Box<Form>),
    /// One part over another.
    Fraction(Box<Form>, Box<Form>),
    /// A part squared.
    Squared(Box<Form>),
    /// `then` if `condition` is above 0, else `otherwise`.
    Choice {
        /// What is compared with 0.
        condition: Box<Form>,
        /// The part for values above 0.
        then: Box<Form>,
        /// The part for all others.
        otherwise: Box<Form>,
    },
    /// Rows of parts in tall brackets.
    Matrix(Vec<Vec<Form>>),
    /// Parts left out.
    Dots,
}

/// Signs of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Between addends.
    Plus,
    /// Between a number and what is taken from it.
    Minus,
    /// In front of what is negated.
    Negative,
    /// Between factors.
    Times,
    /// Between factors that are names of derivatives, which need air.
    TimesApart,
    /// Between entries multiplied one by one.
    Elementwise,
    /// Between a quantity and what it is.
    Equals,
    /// Between what was and what comes of it.
    Becomes,
    /// Between operands of a function.
    Comma,
}

/// Kinds of brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fence {
    /// `( )`
    Round,
    /// `| |`
    Bars,
}
