//! The reading that tells how many digits a number has left: what the rounding
//! of an f64 adds up to, by and large.

use super::arithmetic::{Arithmetic, read};
use super::op::Rounding;
use super::{Expr, Op};
use crate::name::Name;

/// A number, and how far rounding is likely to have taken it.
///
/// Roundings are independent of each other, or nearly so: they add up as the
/// root of their squares. This is no bound, as those of [`super::enclose`] are,
/// but after many operations it is much nearer to what happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Noisy {
    /// The number.
    pub value: f64,
    /// How far off it may be.
    pub noise: f64,
}

impl Noisy {
    /// A number that is what it is.
    pub const fn exact(value: f64) -> Self {
        Self { value, noise: 0.0 }
    }

    /// A number that was rounded.
    pub fn rounded(value: f64) -> Self {
        Self { value, noise: f64::EPSILON * value.abs() }
    }
}

impl Arithmetic for Noisy {
    fn number(value: f64) -> Self {
        Self::exact(value)
    }

    fn apply(op: Op, operands: &[Self]) -> Self {
        let values: Vec<f64> = operands.iter().map(|operand| operand.value).collect();
        let value = op.apply(&values);
        let own = match op.rounding() {
            Rounding::None => 0.0,
            Rounding::OfValue => value.abs(),
            Rounding::OfTerms => values.iter().fold(0.0_f64, |most, term| most.max(term.abs())),
        };
        let mut squares = (f64::EPSILON * own).powi(2);
        for (at, operand) in operands.iter().enumerate() {
            if operand.noise > 0.0 {
                squares += (op.slope(&values, &value, at) * operand.noise).powi(2);
            }
        }
        Self { value, noise: squares.sqrt() }
    }

    fn jump(_condition: &Self) -> Self {
        Self::exact(0.0)
    }
}

/// The value of a tree and its noise.
pub fn noisy(expr: &Expr, value: &impl Fn(Name) -> Noisy) -> Noisy {
    read(expr, value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{exp, ln, minus, negative, times};
    use crate::name::{Name, Symbol};

    #[test]
    fn what_cancels_has_lost_its_digits() {
        let f = Name::Value(Symbol::Loss);
        let left = |value: f64| noisy(&ln(minus(1.0, f)), &|_| Noisy::rounded(value)).noise;
        assert!(left(0.5) < 1e-15);
        let far = left(1.0 - 3e-7);
        assert!(1e-10 < far && far < 1e-8, "{far}");
    }

    #[test]
    fn each_operator_adds_what_it_rounds() {
        let f = Name::Value(Symbol::Loss);
        let noise = |expr: Expr, leaf: Noisy| noisy(&expr, &|_| leaf).noise;
        let near = |a: f64, b: f64| (a - b).abs() < 1e-6 * b;
        // A sign rounds nothing, other operators their value, and sums their largest term.
        assert_eq!(noise(negative(f), Noisy::exact(0.3)), 0.0);
        assert!(near(noise(exp(f), Noisy::exact(2.0)), f64::EPSILON * 2.0_f64.exp()));
        assert!(near(noise(minus(f, 1e-9), Noisy::exact(3e-9)), f64::EPSILON * 3e-9));
        // What comes in goes out as steep as the operator is there.
        let three = Noisy { value: 3.0, noise: 1e-3 };
        assert!(near(noise(times(5.0, f), three), 5e-3));
        assert!(near(noise(negative(f), three), 1e-3));
    }
}
