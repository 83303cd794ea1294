//! A number that knows how far rounding can have taken it. Comparisons are then
//! as sharp as the arithmetic allows, and no sharper, however much cancels.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// A value and a bound of its error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tracked {
    pub(crate) v: f64,
    pub(crate) e: f64,
}

/// Rounding of one operation, with room for another order of operations.
const UNIT: f64 = 2.0 * f64::EPSILON;

impl Tracked {
    pub(crate) const ZERO: Self = Self { v: 0.0, e: 0.0 };
    pub(crate) const ONE: Self = Self { v: 1.0, e: 0.0 };

    pub(crate) fn exact(v: f64) -> Self {
        Self { v, e: 0.0 }
    }

    pub(crate) fn with_error(v: f64, e: f64) -> Self {
        Self { v, e }
    }

    /// Whether another computation of the same number may say `other`.
    pub(crate) fn allows(self, other: f64) -> bool {
        (self.v - other).abs() <= 4.0 * self.e + 4.0 * f64::EPSILON * self.v.abs() + 1e-300
    }

    /// The same, with a relative error on top.
    pub(crate) fn allows_within(self, other: f64, relative: f64) -> bool {
        self.allows(other) || (self.v - other).abs() <= relative * self.v.abs()
    }

    fn of(v: f64, e: f64) -> Self {
        Self { v, e: e + UNIT * v.abs() }
    }

    pub(crate) fn exp(self) -> Self {
        let v = self.v.exp();
        Self::of(v, v * self.e.exp_m1() + UNIT * v)
    }

    pub(crate) fn ln(self) -> Self {
        let e = if self.e < self.v { self.e / (self.v - self.e) } else { f64::INFINITY };
        Self::of(self.v.ln(), e)
    }

    pub(crate) fn tanh(self) -> Self {
        Self::of(self.v.tanh(), self.e)
    }

    pub(crate) fn abs(self) -> Self {
        Self { v: self.v.abs(), e: self.e }
    }

    pub(crate) fn max(self, other: Self) -> Self {
        Self { v: self.v.max(other.v), e: self.e.max(other.e) }
    }
}

impl Add for Tracked {
    type Output = Self;

    /// The error is that of the terms, not of what their cancelling leaves.
    fn add(self, b: Self) -> Self {
        Self { v: self.v + b.v, e: self.e + b.e + UNIT * (self.v.abs() + b.v.abs()) }
    }
}

impl Neg for Tracked {
    type Output = Self;

    fn neg(self) -> Self {
        Self { v: -self.v, e: self.e }
    }
}

impl Sub for Tracked {
    type Output = Self;

    fn sub(self, b: Self) -> Self {
        self + -b
    }
}

impl Mul for Tracked {
    type Output = Self;

    fn mul(self, b: Self) -> Self {
        Self::of(self.v * b.v, self.v.abs() * b.e + b.v.abs() * self.e + self.e * b.e)
    }
}

impl Div for Tracked {
    type Output = Self;

    fn div(self, b: Self) -> Self {
        let v = self.v / b.v;
        let room = b.v.abs() - b.e;
        let e = if room > 0.0 { (self.e + v.abs() * b.e) / room } else { f64::INFINITY };
        Self::of(v, e)
    }
}

impl std::iter::Sum for Tracked {
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        terms.fold(Self::ZERO, Self::add)
    }
}
