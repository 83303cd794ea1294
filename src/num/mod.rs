//! How a number is written and rounded. Nothing else in the crate turns a
//! number into text that a person reads.
//!
//! A person rounds the decimal digits in front of them, half away from zero:
//! 0.00375 to four decimals is 0.0038. The binary value nearest to 0.00375 lies
//! a little below it, so rounding works on the decimal digits that a value
//! prints with, never on its bits. Those digits are the first
//! [`CARRIED_DIGITS`] significant ones: what lies beyond is the noise that sums
//! and products of binary numbers leave, and would turn 0.3775 into
//! 0.37749999999999995.

mod count;
mod decimal;
mod precision;
mod written;

use compact_str::CompactString;

pub use count::{count, counted};
use decimal::Decimal;
pub use precision::Precision;
pub use written::{Agreement, Stands, Written};

/// Significant decimal digits that every f64 keeps through text and back.
pub const CARRIED_DIGITS: usize = 15;

/// The most digits that can be asked for: beyond them an f64 near 1 has none.
pub const MOST_DIGITS: usize = 15;

/// From this magnitude on, a number is shown in powers of ten.
const LONGEST_PLAIN: i32 = 15;

/// With significant digits, a number below 0.0001 is shown in powers of ten: its
/// zeros would be longer than its digits.
const SMALLEST_PLAIN: i32 = -3;

/// Significant digits of a number too small to show in the decimals asked for.
const SMALL_DIGITS: usize = 2;

/// Shows `value` to a precision, and never with more than [`MOST_DIGITS`].
///
/// A value that is exact at that many digits is short (`-0.53`, `1`), any other
/// has all of them (`0.5970`). A nonzero value that would read as zero is written
/// in powers of ten (`-1.2e-5`), and so is one whose last significant digit stands
/// before the point (`1.23e5`): zeros behind it would claim to be right.
pub fn show(value: f64, precision: impl Into<Precision>) -> CompactString {
    if let Some(word) = word_for(value) {
        return CompactString::const_new(word);
    }
    match precision.into() {
        Precision::Decimals(digits) => show_decimals(value, digits.min(MOST_DIGITS)),
        Precision::Significant(digits) => show_significant(value, digits.clamp(1, MOST_DIGITS)),
    }
}

fn show_decimals(value: f64, digits: usize) -> CompactString {
    let decimal = Decimal::of(value);
    if decimal.point() > LONGEST_PLAIN {
        return within_range(decimal, digits + 1).in_powers_of_ten(0);
    }
    if decimal.decimals() <= digits {
        return decimal.plain(0);
    }
    let rounded = decimal.rounded_to_decimals(digits);
    if rounded.is_zero() {
        return decimal.shortened_below(digits).in_powers_of_ten(0);
    }
    let is_short = digits <= MOST_DIGITS_ABOVE_NOISE && differs_by_noise(value, rounded.value());
    rounded.plain(if is_short { 0 } else { digits })
}

fn show_significant(value: f64, digits: usize) -> CompactString {
    let decimal = Decimal::of(value);
    let rounded = within_range(decimal, digits);
    // Decimals of the last of so many digits.
    let decimals = digits as i32 - rounded.point();
    let is_short = decimal.length() <= digits as i32
        || (decimals <= MOST_DIGITS_ABOVE_NOISE as i32 && differs_by_noise(value, rounded.value()));
    let is_plain = decimal.is_zero() || (SMALLEST_PLAIN..=LONGEST_PLAIN).contains(&rounded.point());
    match usize::try_from(decimals) {
        Ok(decimals) if is_plain => rounded.plain(if is_short { 0 } else { decimals }),
        Err(_) if is_plain && is_short => rounded.plain(0),
        Ok(_) | Err(_) => rounded.in_powers_of_ten(if is_short { 0 } else { digits }),
    }
}

/// Rounded to so many significant digits; cut off where the rounded number would
/// lie beyond all that an f64 can read back.
fn within_range(decimal: Decimal, digits: usize) -> Decimal {
    let rounded = decimal.rounded_to_significant(digits);
    if rounded.point() > LARGEST_POINT && !rounded.value().is_finite() {
        decimal.cut_to_significant(digits.min(CARRIED_DIGITS - 1))
    } else {
        rounded
    }
}

/// Digits before the point of the largest numbers of an f64, but for the last.
const LARGEST_POINT: i32 = 308;

/// Shows a constant of a formula, such as the 2 in `1/2` or the 0.01 of a leaky
/// ReLU: all its digits, nothing more.
pub fn show_exactly(value: f64) -> CompactString {
    show(value, MOST_DIGITS)
}

/// The value that a person carries on after writing `value` to a precision.
pub fn round(value: f64, precision: impl Into<Precision>) -> f64 {
    if value.is_finite() { show(value, precision).parse().unwrap_or(value) } else { value }
}

/// Whether a value is a short number but for the noise that a sum leaves:
/// 0.6·1.5 + 1.5·(-0.8) + 0.4 is 0.1, though in an f64 it is
/// 0.09999999999999976.
fn differs_by_noise(value: f64, short: f64) -> bool {
    (value - short).abs() <= NOISE * value.abs().max(1.0)
}

/// Relative to numbers of size 1, which the terms of a sum usually are.
const NOISE: f64 = 2e-15;

/// With more decimals, what looks like noise may be digits that were asked for.
const MOST_DIGITS_ABOVE_NOISE: usize = 12;

/// Half a unit of the last of so many decimals.
pub fn half_unit(decimals: i32) -> f64 {
    match usize::try_from(decimals).ok().and_then(|at| UNITS.get(at)) {
        Some(unit) => 0.5 * unit,
        None => 0.5 * libm::pow(10.0, -f64::from(decimals)),
    }
}

/// The units of the usual decimals.
const UNITS: [f64; 16] = [
    1e0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14,
    1e-15,
];

/// Numbers that have no digits.
fn word_for(value: f64) -> Option<&'static str> {
    if value.is_nan() {
        Some("undefined")
    } else if value == f64::INFINITY {
        Some("beyond 1.8e308")
    } else if value == f64::NEG_INFINITY {
        Some("beyond -1.8e308")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn exact_values_are_short_and_others_have_all_their_decimals() {
        for (value, text) in [
            (-0.53, "-0.53"),
            (1.04, "1.04"),
            (1.0, "1"),
            (0.0, "0"),
            (-0.0, "0"),
            (0.597_012, "0.5970"),
            (0.1 + 0.2, "0.3"),
            (0.15 * 0.05 + 0.2 * 0.1 + 0.35, "0.3775"),
            (0.6 * 1.5 + 1.5 * -0.8 + 0.4, "0.1"),
            (0.599_999_7, "0.6000"),
            (0.6 - 1e-14, "0.6000"),
            (9.999_96, "10.0000"),
            (123_456_789.123_45, "123456789.1235"),
            (1e15, "1e15"),
            (-2.0e300 / 3.0, "-6.6667e299"),
            (f64::INFINITY, "beyond 1.8e308"),
        ] {
            assert_eq!(show(value, 4), text, "{value:?}");
        }
    }

    #[test]
    fn halves_go_away_from_zero_on_the_decimal_digits() {
        assert_eq!(show(0.00375, 4), "0.0038");
        assert_eq!(show(-0.00375, 4), "-0.0038");
        assert_eq!(show(2.675, 2), "2.68");
        assert_eq!(show(1.005, 2), "1.01");
        assert_eq!(show(0.5, 0), "1");
        assert_eq!(show(2.5, 0), "3");
    }

    #[test]
    fn what_is_not_zero_is_never_shown_as_zero() {
        assert_eq!(show(-0.000_012, 4), "-1.2e-5");
        assert_eq!(show(0.000_05, 4), "0.0001");
        assert_eq!(show(0.000_049_96, 4), "4.996e-5");
        assert_eq!(show(5e-324, 4), "4.9e-324");
        assert_eq!(show(0.3, 0), "3e-1");
    }

    #[test]
    fn as_many_decimals_as_an_f64_has() {
        assert_eq!(show(2.0 / 3.0, 12), "0.666666666667");
        assert_eq!(show(-123_456_789_012_345.7, 15), "-123456789012346");
        assert_eq!(show(-1e-15 / 3.0, usize::MAX), "-3.3e-16");
        assert_eq!(show(-2.0e-14 / 3.0, 99), "-0.000000000000007");
    }

    #[test]
    fn the_rounded_value_is_the_one_that_is_shown() {
        assert_eq!(round(0.370_518, 4), 0.3705);
        assert_eq!(round(0.000_012_34, 4), 0.000_012);
        for value in [0.000_049_96, -4.98e-5, 0.370_518, 1e-9] {
            assert_eq!(show(round(value, 4), 4), show(value, 4), "{value}");
        }
    }

    #[test]
    fn significant_digits_count_from_the_first_that_is_not_zero() {
        for (value, text) in [
            (0.0, "0"),
            (-0.53, "-0.53"),
            (1.0, "1"),
            (100.0, "100"),
            (123_000.0, "123000"),
            (0.597_012, "0.597"),
            (0.1 + 0.2, "0.3"),
            (0.599_999_7, "0.600"),
            (0.003_755, "0.00376"),
            (-2.675, "-2.68"),
            (1.005, "1.01"),
            (99.96, "100"),
            (9.996, "10.0"),
            (999.6, "1.00e3"),
            (123_456.0, "1.23e5"),
            (0.000_123_456, "0.000123"),
            (0.000_099_96, "0.000100"),
            (0.000_012_345_6, "1.23e-5"),
            (0.000_012, "1.2e-5"),
            (5e-324, "4.94e-324"),
            (-2.0e300 / 3.0, "-6.67e299"),
            (1e15, "1e15"),
        ] {
            assert_eq!(show(value, Precision::Significant(3)), text, "{value:?}");
        }
        assert_eq!(show(f64::MAX, Precision::Significant(3)), "1.79e308");
        assert_eq!(show(2.0 / 3.0, Precision::Significant(15)), "0.666666666666667");
        assert_eq!(show(2.0 / 3.0, Precision::Significant(99)), "0.666666666666667");
        assert_eq!(show(2.0 / 3.0, Precision::Significant(0)), "0.7");
    }

    proptest! {
        #[test]
        fn what_is_rounded_stays_as_it_is_and_reads_back(
            bits in any::<u64>(), digits in 1..=15_usize, is_significant: bool,
        ) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            let precision =
                if is_significant { Precision::Significant(digits) } else { digits.into() };
            let (shown, rounded) = (show(value, precision), round(value, precision));
            prop_assert_eq!(shown.parse::<f64>().unwrap(), rounded);
            prop_assert_eq!(round(rounded, precision), rounded);
            prop_assert_eq!(rounded == 0.0, value == 0.0);
        }

        #[test]
        fn no_significant_digit_is_off_by_more_than_half(
            value in prop_oneof![-1e3..1e3_f64, -1e-3..1e-3_f64, -1e300..1e300_f64],
            digits in 1..=12_usize,
        ) {
            let precision = Precision::Significant(digits);
            let half = precision.half_unit_of(value) * (1.0 + 1e-2);
            prop_assert!((round(value, precision) - value).abs() <= half);
            let written = Written::read(&show(value, precision)).unwrap();
            prop_assert!(written.decimals <= precision.decimals_of(value));
        }
    }
}
