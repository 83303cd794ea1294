//! The operators, one row each: how tightly it binds, what it is worth, how many
//! multiplications it takes. How an operator is drawn is the layout's business.
//!
//! `libm` computes exp, ln and tanh, so that every machine shows the same
//! digits.

/// An operator of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `a + b + …`
    Sum,
    /// `a - b`
    Difference,
    /// `-a`
    Negative,
    /// `a·b·…`
    Product,
    /// `a/b`
    Quotient,
    /// `a²`
    Square,
    /// `exp(a)`
    Exp,
    /// `ln(a)`
    Ln,
    /// `ln(1 + a)`
    LnOnePlus,
    /// `tanh(a)`
    Tanh,
    /// `|a|`
    Magnitude,
    /// `max(a, b, …)`
    Max,
    /// `b if a > 0 else c`
    IfPositive,
}

/// How tightly an operator binds: an operand that binds less stands in brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Binding {
    /// A choice between two formulas.
    Choice,
    /// Sums and differences.
    Addition,
    /// Products and quotients.
    Multiplication,
    /// Powers.
    Power,
    /// Names, numbers, and functions with brackets of their own.
    Tight,
}

impl Op {
    /// The operator's row of the table.
    const fn row(self) -> Row {
        use Binding::{Addition, Choice, Multiplication, Power, Tight};
        match self {
            Self::Sum => Row { binding: Addition, apply: sum, multiplications: |_| 0 },
            Self::Difference => {
                Row { binding: Addition, apply: |a| sum(&[a[0], -a[1]]), multiplications: |_| 0 }
            }
            Self::Negative => Row { binding: Addition, apply: |a| -a[0], multiplications: |_| 0 },
            Self::Product => {
                Row { binding: Multiplication, apply: product, multiplications: |n| n - 1 }
            }
            Self::Quotient => {
                Row { binding: Multiplication, apply: quotient, multiplications: |_| 1 }
            }
            Self::Square => Row { binding: Power, apply: |a| a[0] * a[0], multiplications: |_| 1 },
            Self::Exp => Row { binding: Tight, apply: |a| libm::exp(a[0]), multiplications: |_| 0 },
            Self::Ln => Row { binding: Tight, apply: |a| libm::log(a[0]), multiplications: |_| 0 },
            Self::LnOnePlus => {
                Row { binding: Tight, apply: |a| libm::log1p(a[0]), multiplications: |_| 0 }
            }
            Self::Tanh => {
                Row { binding: Tight, apply: |a| libm::tanh(a[0]), multiplications: |_| 0 }
            }
            Self::Magnitude => {
                Row { binding: Tight, apply: |a| a[0].abs(), multiplications: |_| 0 }
            }
            Self::Max => Row {
                binding: Tight,
                apply: |a| a.iter().copied().fold(f64::NEG_INFINITY, f64::max),
                multiplications: |_| 0,
            },
            Self::IfPositive => Row {
                binding: Choice,
                apply: |a| if a[0] > 0.0 { a[1] } else { a[2] },
                multiplications: |_| 0,
            },
        }
    }

    /// How tightly it binds.
    pub const fn binding(self) -> Binding {
        self.row().binding
    }

    /// Its value for the values of its operands, in order.
    pub fn apply(self, operands: &[f64]) -> f64 {
        (self.row().apply)(operands)
    }

    /// Multiplications (and divisions) it takes for so many operands.
    pub fn multiplications(self, operands: usize) -> usize {
        (self.row().multiplications)(operands)
    }
}

struct Row {
    binding: Binding,
    apply: fn(&[f64]) -> f64,
    multiplications: fn(usize) -> usize,
}

/// Adds up. A tiny rest of terms that cancel to less than their own rounding is
/// 0, as it is on paper: 0.3 - 0.1 - 0.2 is not -2.8e-17.
fn sum(terms: &[f64]) -> f64 {
    let total: f64 = terms.iter().sum();
    let size: f64 = terms.iter().map(|term| term.abs()).sum();
    if total.abs() <= TINY && total.abs() <= f64::EPSILON * size { 0.0 } else { total }
}

/// No rest above this is taken for noise.
const TINY: f64 = 1e-14;

/// Multiplies. An infinite factor is a finite number too large for an f64, so 0
/// times it is 0.
fn product(factors: &[f64]) -> f64 {
    if factors.contains(&0.0) { 0.0 } else { factors.iter().product() }
}

/// Divides. Every denominator of a lesson is positive, so one that is 0 is a
/// number too small for an f64, and 0 divided by it is 0.
fn quotient(operands: &[f64]) -> f64 {
    if operands[0] == 0.0 { 0.0 } else { operands[0] / operands[1] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cancelled_terms_leave_nothing() {
        assert_eq!(Op::Sum.apply(&[0.3, -0.1, -0.2]), 0.0);
        assert_eq!(Op::Difference.apply(&[1.0, 0.9]), 1.0 - 0.9);
        assert_eq!(Op::Difference.apply(&[1.0, 1.0 - 1e-13]), 1.0 - (1.0 - 1e-13));
        assert_eq!(Op::Sum.apply(&[f64::INFINITY, 1.0]), f64::INFINITY);
        assert_eq!(Op::Sum.apply(&[1e16, -1e16, 1.0]), 1.0);
        assert_eq!(Op::Sum.apply(&[1e6, -1e6, 1e-10]), 1e-10);
    }

    #[test]
    fn zero_times_what_is_too_large_is_zero() {
        assert_eq!(Op::Product.apply(&[0.0, f64::INFINITY]), 0.0);
        assert_eq!(Op::Product.apply(&[-0.5, 4.0, 3.0]), -6.0);
    }
}
