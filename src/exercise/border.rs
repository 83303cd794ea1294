//! Numbers that rounding makes hard: with too few digits to tell anything, or so
//! close to a border that nobody knows on which side they fall.

use super::finding::LintFinding;
use crate::lesson::Lesson;
use crate::name::Name;
use crate::num::{self, Precision};

/// Significant digits that an answer has at least.
const LEAST_DIGITS: usize = 2;

/// Of a unit of the last place: what is nearer to a border is too near.
const TOO_NEAR: f64 = 0.01;

/// What is wrong with the number of a line, if something is.
pub(super) fn finding(lesson: &Lesson<'_>, name: Name, digits: Precision) -> Option<LintFinding> {
    let value = lesson.value(name);
    if !value.is_finite() || is_short(value, digits) {
        return None;
    }
    if significant(value, digits) < LEAST_DIGITS {
        return Some(LintFinding::FewDigits { name, value });
    }
    let units = value.abs() / digits.unit_of(value);
    let from_border = (units - units.floor() - 0.5).abs();
    (from_border < TOO_NEAR).then_some(LintFinding::NearBorder { name, value })
}

/// Whether a value is all there in fewer digits than asked.
fn is_short(value: f64, digits: Precision) -> bool {
    let shown = num::show(value, digits);
    match digits {
        Precision::Decimals(count) => {
            let decimals = shown.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            !shown.contains('e') && decimals < count
        }
        Precision::Significant(count) => digits_in(&shown) < count,
    }
}

/// The significant digits of a value as it is asked; none where it is written in
/// powers of ten, for want of decimals.
pub(super) fn significant(value: f64, digits: Precision) -> usize {
    let shown = num::show(value, digits);
    match digits {
        Precision::Decimals(_) if shown.contains('e') => 0,
        Precision::Decimals(_) | Precision::Significant(_) => digits_in(&shown),
    }
}

fn digits_in(shown: &str) -> usize {
    let mantissa = shown.split('e').next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn significant_digits_are_counted_as_they_are_asked() {
        for (value, digits, count) in
            [(0.0024, 4, 2), (0.00102, 4, 2), (0.0003, 4, 1), (0.00001, 4, 0), (12.5, 1, 3)]
        {
            assert_eq!(significant(value, Precision::Decimals(digits)), count, "{value}");
        }
        assert_eq!(significant(0.000_012_34, Precision::Significant(3)), 3);
        assert!(is_short(-0.53, Precision::Decimals(4)));
        assert!(!is_short(0.597_012, Precision::Decimals(4)));
    }
}
