//! What a written number says of the value behind it.

use crate::expr::Interval;
use crate::num::Written;

/// Relative slack for the noise of an f64.
pub(super) const NOISE: f64 = 1e-13;

/// Of a unit: what is cut off lies farther than this from the next number.
const BELOW_NEXT: f64 = 1e-6;

/// The values that a written number stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Claim {
    /// What was written.
    pub(super) value: f64,
    /// What is rounded to it; a tie may have been rounded either way.
    pub(super) rounded: Interval,
    /// The unit of its last place.
    pub(super) unit: f64,
    /// What an f64 may be off near it.
    pub(super) noise: f64,
}

impl Claim {
    /// What a number with so many decimals claims.
    pub(super) fn of(written: &Written) -> Self {
        Self::with_half_unit(written.value, written.half_unit())
    }

    /// What a number claims whose last place is worth twice `half_unit`.
    pub(super) fn with_half_unit(value: f64, half_unit: f64) -> Self {
        let noise = NOISE * value.abs().max(half_unit);
        let rounded = Interval::around(value, half_unit).widened(noise);
        Self { value, rounded, unit: 2.0 * half_unit, noise }
    }

    /// The same of somebody who cuts off: what is cut off to it, in place of what
    /// is rounded.
    pub(super) fn cut_off(self) -> Self {
        // Nobody has a value just below the next number, and exact ones would seem cut.
        let (near, far) = (self.noise, self.unit * (1.0 - BELOW_NEXT) - self.noise);
        let rounded = match self.value {
            value if value > 0.0 => Interval::between(value - near, value + far),
            value if value < 0.0 => Interval::between(value - far, value + near),
            value => Interval::between(value - far, value + far),
        };
        Self { rounded, ..self }
    }

    /// Whether what is rounded to it is among `values`.
    pub(super) const fn is_rounded_from(&self, values: Interval) -> bool {
        self.rounded.overlaps(values)
    }

    /// Whether what is cut off to it is among `values`: there must have been
    /// digits left to cut off, so 0.9 is not 1 cut off.
    pub(super) fn is_cut_off_from(&self, values: Interval) -> bool {
        let (near, far) = (self.noise, self.unit - self.noise - NOISE * self.unit);
        let away = |sign: f64| Interval::between(self.value + sign * near, self.value + sign * far);
        match self.value {
            value if value > 0.0 => strictly(away(1.0), values),
            value if value < 0.0 => strictly(away(-1.0), values),
            _ => strictly(away(1.0), values) || strictly(away(-1.0), values),
        }
    }

    /// Both, as one interval; 0 as cut off from above.
    pub(super) fn whole(&self) -> Interval {
        let sign = if self.value < 0.0 { -1.0 } else { 1.0 };
        self.rounded.hull(Interval::point(self.value + sign * self.unit))
    }

    /// All that can stand behind it in any reading, from one border to the other.
    pub(super) fn with_borders(&self) -> Interval {
        self.at_most().hull(Interval::around(self.value, self.unit / 2.0 + self.noise))
    }

    /// The same with 0 as cut off from either side: nothing else can be claimed by it.
    pub(super) fn at_most(&self) -> Interval {
        let below = (self.value == 0.0).then(|| Interval::point(-self.unit));
        below.map_or(self.whole(), |below| self.whole().hull(below))
    }
}

const fn strictly(open: Interval, values: Interval) -> bool {
    open.lo < values.hi && values.lo < open.hi
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_lies_beyond_it() {
        // The number, what is cut off to it, and what is not.
        let cases: [(f64, &[f64], &[f64]); 3] = [
            (0.3, &[0.3, 0.301, 0.3999], &[0.2999, 0.4, 0.39999999, 0.41, -0.3]),
            (-0.3, &[-0.3, -0.301, -0.3999], &[-0.2999, -0.4, -0.39999999, -0.41, 0.3]),
            (0.0, &[0.0, 0.0999, -0.0999], &[0.1, -0.1, 0.11, -0.11]),
        ];
        for (value, within, beyond) in cases {
            let claim = Claim::with_half_unit(value, 0.05);
            let holds = |at: f64| claim.cut_off().is_rounded_from(Interval::point(at));
            assert!(within.iter().all(|at| holds(*at)), "{value}");
            assert!(!beyond.iter().any(|at| holds(*at)), "{value}");
            for at in within.iter().filter(|at| **at != value) {
                assert!(claim.is_cut_off_from(Interval::point(*at)), "{value} from {at}");
                assert!(claim.at_most().contains(*at), "{value} from {at}");
            }
            let next = beyond.iter().filter(|at| !holds(**at) && (**at * 10.0).fract() == 0.0);
            for at in next {
                assert!(!claim.is_cut_off_from(Interval::point(*at)), "{value} from {at}");
            }
            assert!(!claim.is_cut_off_from(Interval::point(value)), "nothing to cut off");
        }
    }

    #[test]
    fn what_is_just_below_the_next_number_is_not_cut_off() {
        let is_cut = |value, half_unit, at| {
            let claim = Claim::with_half_unit(value, half_unit).cut_off();
            claim.is_rounded_from(Interval::point(at))
        };
        // To a millionth of a unit.
        assert!(is_cut(0.3, 0.05, 0.4 - 1.5e-7) && !is_cut(0.3, 0.05, 0.4 - 0.5e-7));
        assert!(is_cut(-0.3, 0.05, -0.4 + 1.5e-7) && !is_cut(-0.3, 0.05, -0.4 + 0.5e-7));
        // The noise of a long number is more than that.
        assert!(!is_cut(1e8, 0.5, 1e8 + 1.0));
    }

    #[test]
    fn the_border_is_off_by_what_an_f64_is() {
        let is_rounded = |value, half_unit, at| {
            Claim::with_half_unit(value, half_unit).is_rounded_from(Interval::point(at))
        };
        // A thirteenth digit of the number.
        assert!(is_rounded(1e8, 0.5, 1e8 + 0.5 + 0.9e-5));
        assert!(!is_rounded(1e8, 0.5, 1e8 + 0.5 + 1.1e-5));
        // Of 0 that of its unit.
        assert!(is_rounded(0.0, 5e7, 5e7 + 0.4e-5) && !is_rounded(0.0, 5e7, 5e7 + 0.6e-5));
    }

    #[test]
    fn what_only_touches_the_border_is_not_cut_off() {
        let claim = Claim::with_half_unit(0.3, 0.05);
        let (near, far) = (claim.noise, claim.unit - claim.noise - NOISE * claim.unit);
        let is_cut = |lo, hi| claim.is_cut_off_from(Interval { lo, hi });
        assert!(!is_cut(0.2, 0.3 + near) && is_cut(0.2, 0.31));
        assert!(!is_cut(0.3 + far, 0.5) && is_cut(0.39, 0.5));
        assert!(!is_cut(0.3 + near, 0.3 + near) && !is_cut(0.3 + far, 0.3 + far));
    }

    #[test]
    fn any_reading_lies_within_the_borders() {
        for tenths in -20..=20 {
            let (value, sign) = (f64::from(tenths) / 10.0, f64::from(tenths).signum());
            for claim in
                [Claim::with_half_unit(value, 0.05), Claim::with_half_unit(value, 0.05).cut_off()]
            {
                let borders = claim.with_borders();
                // Half a unit to either side, and the whole unit away from 0.
                let ends =
                    [-0.5, 0.5, 0.999 * sign].map(|units| (f64::from(tenths) + units) / 10.0);
                assert!(ends.iter().all(|end| borders.contains(*end)), "{value}: {borders:?}");
                let most = if tenths == 0 { 0.2 } else { 0.15 };
                assert!(borders.width() < most + 1e-9, "{value}: {borders:?}");
            }
        }
    }
}
