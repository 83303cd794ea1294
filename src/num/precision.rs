//! How precisely a number is written: decimals, or significant digits.

use std::fmt;

use super::decimal::Decimal;
use super::{counted, half_unit};

/// The digits that a number is rounded to, to be shown or carried by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Precision {
    /// So many digits behind the point: 0.0171 has four.
    Decimals(usize),
    /// So many digits from the first that is not zero on: 0.0171 has three.
    Significant(usize),
}

impl From<usize> for Precision {
    fn from(decimals: usize) -> Self {
        Self::Decimals(decimals)
    }
}

/// `4 decimals`, `3 significant digits`
impl fmt::Display for Precision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Decimals(0) => f.write_str("no decimals"),
            Self::Decimals(count) => f.write_str(&counted(count, "decimal")),
            Self::Significant(count) => f.write_str(&counted(count, "significant digit")),
        }
    }
}

impl Precision {
    /// How many digits, of whichever kind.
    pub const fn count(self) -> usize {
        match self {
            Self::Decimals(count) | Self::Significant(count) => count,
        }
    }

    /// The same kind, with no fewer digits than these.
    #[must_use]
    pub fn at_least(self, count: usize) -> Self {
        match self {
            Self::Decimals(own) => Self::Decimals(own.max(count)),
            Self::Significant(own) => Self::Significant(own.max(count)),
        }
    }

    /// Decimals of the last place that `value` is rounded to; below 0 where that
    /// place stands before the point. Zero has as many as numbers just below 1.
    pub fn decimals_of(self, value: f64) -> i32 {
        match self {
            Self::Decimals(count) => count as i32,
            Self::Significant(count) if !value.is_finite() => count as i32,
            Self::Significant(count) => {
                count as i32 - Decimal::of(value).rounded_to_significant(count).point()
            }
        }
    }

    /// One unit of the last place that `value` is rounded to.
    pub fn unit_of(self, value: f64) -> f64 {
        2.0 * self.half_unit_of(value)
    }

    /// Half of that: the most that rounding takes from it or adds.
    pub fn half_unit_of(self, value: f64) -> f64 {
        half_unit(self.decimals_of(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_place_depends_on_the_value_only_with_significant_digits() {
        for (value, decimals) in [(0.0171, 4), (123.4, 0), (123_456.0, -3), (9.996, 1), (0.0, 3)] {
            assert_eq!(Precision::Significant(3).decimals_of(value), decimals, "{value}");
            assert_eq!(Precision::Decimals(3).decimals_of(value), 3);
        }
        assert!((Precision::Significant(2).unit_of(0.0171) - 0.001).abs() < 1e-18);
        assert_eq!(Precision::Decimals(0).half_unit_of(7.0), 0.5);
    }

    #[test]
    fn precisions_are_said_in_words() {
        let said = [0, 1, 4].map(|count| Precision::Decimals(count).to_string());
        assert_eq!(said, ["no decimals", "1 decimal", "4 decimals"]);
        let said = [1, 3].map(|count| Precision::Significant(count).to_string());
        assert_eq!(said, ["1 significant digit", "3 significant digits"]);
    }
}
