//! What a written number says of the value behind it.

use super::bounds::NOISE;
use crate::expr::Interval;
use crate::num::Written;

/// What a written number claims: the values that are rounded or cut off to it.
///
/// A number without decimals claims no more than a twentieth, of 1 or of the
/// value that was asked: 0 does not stand for 0.22.
pub(super) fn claim(written: &Written, expected: f64) -> Interval {
    let half = half_unit(written, expected);
    let rounded = Interval::around(written.value, half);
    let cut_off =
        Interval::between(written.value, written.value + 2.0 * half * written.value.signum());
    rounded.hull(cut_off).widened(NOISE * written.value.abs())
}

fn half_unit(written: &Written, expected: f64) -> f64 {
    written.half_unit().min(COARSEST * expected.abs().max(1.0))
}

/// Values that somebody may go on with who wrote this number: the very number
/// where it is exact, else all that is rounded to it, or cut off if it is.
pub(super) fn carried(written: &Written, expected: f64) -> Interval {
    let close = NOISE * expected.abs();
    if (written.value - expected).abs() <= close {
        return Interval::point(written.value);
    }
    let rounded = Interval::around(written.value, half_unit(written, expected)).widened(close);
    let whole = claim(written, expected);
    if whole.contains(expected) && !rounded.contains(expected) { whole } else { rounded }
}

/// The coarsest claim that is taken for an answer.
const COARSEST: f64 = 0.05;
