//! The small two-dimensional form of a formula: what stands beside, over and
//! inside what. Brackets are decided by then; a writer only draws.

use compact_str::CompactString;

use super::Role;
use crate::name::{Name, Whole};

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
    Function(&'static str),
    /// All quantities of one kind in a layer: `W(2)`, `z_in`, `δ(1)`.
    Whole(Whole, Role),
    /// A letter of a general statement, such as `θ`.
    Letter(CompactString),
    /// A letter with its indices: `δ^(i)_k`, `f_out`.
    Indexed {
        /// What is indexed.
        base: Box<Form>,
        /// Which layer or step it belongs to, if that is said.
        above: Option<Box<Form>>,
        /// Which unit or weight it is: letters or digits, maybe none.
        index: CompactString,
        /// Which side of the unit is meant, or which step: `in`, `out`, `new`, or none.
        side: CompactString,
    },
    /// The slope of a function: `σ'`.
    Primed(Box<Form>),
    /// `∂L/∂W`: what changes, and with what, where they are no names of quantities.
    Derivative(Box<Form>, Box<Form>),
    /// All derivatives of a quantity together: `∇L`.
    Gradient(Box<Form>),
    /// A matrix with rows and columns exchanged.
    Transposed(Box<Form>),
    /// A sum over an index, if one is named; what is summed follows.
    Total(CompactString),
    /// A number that came out, and another that is carried on in its place.
    Carried {
        /// What came out.
        computed: Box<Form>,
        /// What is carried on.
        carried: Box<Form>,
    },
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
    /// Between a matrix and what it is multiplied with.
    Beside,
    /// Between a quantity and what it is nearly.
    Nearly,
    /// Between a quantity and what it is larger than.
    Above,
    /// Between a quantity and what it is smaller than.
    Below,
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
