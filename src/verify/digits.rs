//! How many digits a number has, and what the last of them is worth.

use crate::num;

/// Relative to a number: what lies so close is the same number.
const SAME: f64 = 1e-9;

/// Significant digits of a number with so many decimals; at least one.
pub(super) fn significant_digits(value: f64, decimals: i32) -> i32 {
    (magnitude(value) + 1 + decimals).max(1)
}

/// The unit of the last of so many decimals.
pub(super) fn unit_of(decimals: i32) -> f64 {
    2.0 * num::half_unit(decimals)
}

/// The power of ten of the first digit.
pub(super) fn magnitude(value: f64) -> i32 {
    // A value a hair below a power of ten is that power, as it is when written.
    let size = value.abs() * (1.0 + SAME);
    match size {
        1e-8..1e8 => POWERS_OF_TEN.partition_point(|power| *power <= size) as i32 - 9,
        _ => size.log10().floor() as i32,
    }
}

/// From 10^-8 on; numbers of usual size need no logarithm.
const POWERS_OF_TEN: [f64; 17] =
    [1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_digit_stands_where_the_logarithm_says() {
        for exponent in -12..12 {
            let power = 10.0_f64.powi(exponent);
            for value in [power, 1.5 * power, 9.99 * power, -3.0 * power] {
                assert_eq!(magnitude(value), exponent, "{value}");
            }
        }
        assert_eq!((magnitude(0.1 + 0.2 - 0.2), magnitude(0.999_999_999_9)), (-1, 0));
        // To a billionth of the power.
        assert_eq!((magnitude(1.0 - 0.5e-9), magnitude(1.0 - 1.5e-9)), (0, -1));
    }
}
