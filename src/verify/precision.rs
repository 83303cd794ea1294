//! The precision that somebody works with, as their sheet shows it: what every
//! result on the way was rounded to, written down or not.
//!
//! A sheet shows decimals, or significant digits. Where its lines differ by more
//! than numbers that happen to be short explain, the coarsest counts; where it
//! shows nothing, what was asked.

mod level;

use super::digits::{magnitude, significant_digits, unit_of};
use crate::expr::Interval;
use crate::num::Precision;
use level::DigitLevels;

/// What results are shortened to. Where a sheet shows several scales, each of
/// them may have been used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WorkingScale {
    scales: [Option<Scale>; MOST_SCALES],
    /// The finest of the kind that the sheet does not seem to count in: somebody who
    /// does writes no number finer, and may have shortened on the way by it.
    perhaps: Option<Scale>,
    /// Whether that is reckoned with.
    counts_either: bool,
    cutting: Cutting,
}

/// So many digits, of either kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scale {
    Decimals(i32),
    Significant(i32),
}

impl Scale {
    /// The unit of the last place of a value.
    fn unit(self, value: f64) -> f64 {
        match self {
            Self::Decimals(digits) => unit_of(digits),
            Self::Significant(_) if value == 0.0 => 0.0,
            Self::Significant(digits) => unit_of(digits - 1 - magnitude(value)),
        }
    }
}

/// Levels of precision of one kind that are told apart, and of both kinds.
const MOST_LEVELS: usize = 3;
const MOST_SCALES: usize = 2 * MOST_LEVELS;

/// What a sheet says of cutting off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cutting {
    /// It rounds.
    No,
    /// It is too short to tell.
    Perhaps,
    /// It cuts off.
    Yes,
    /// It is taken to cut off and never to round.
    Only,
}

/// A number of a sheet, and what would be exact in its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    value: f64,
    decimals: i32,
    significant: i32,
    expected: f64,
}

impl Shown {
    /// A number with so many decimals.
    pub(super) fn new(value: f64, decimals: i32, expected: f64) -> Self {
        Self { value, decimals, significant: significant_digits(value, decimals), expected }
    }

    /// Whether a number says anything of the digits that somebody works with: 0
    /// and 1 are written so by everybody.
    fn tells_digits(&self) -> bool {
        self.value != 0.0 && (self.value.abs() != 1.0 || self.decimals > 0)
    }

    /// The unit of the last of so many significant digits.
    fn unit_of_significant(&self, digits: i32) -> f64 {
        // The last place moves with the digits.
        unit_of(self.decimals + digits - self.significant)
    }
}

/// How a result is shortened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shortening {
    /// To the nearest; a tie goes either way.
    Rounded,
    /// Cut off towards 0.
    CutOff,
}

/// Digits, of either kind, that everybody is taken to work with if no fewer are
/// asked.
const COARSEST: i32 = 2;

/// The unit of the last place with which everybody is taken to work near a value.
pub(super) fn coarsest_unit(value: f64) -> f64 {
    Scale::Decimals(COARSEST).unit(value).max(Scale::Significant(COARSEST).unit(value))
}

impl WorkingScale {
    /// As it is asked for.
    pub(super) fn asked(digits: Precision) -> Self {
        let scale = match digits {
            Precision::Decimals(count) => Scale::Decimals(count as i32),
            Precision::Significant(count) => Scale::Significant(count as i32),
        };
        Self::of([scale], None, Cutting::Perhaps)
    }

    fn of(
        scales: impl IntoIterator<Item = Scale>,
        perhaps: Option<Scale>,
        cutting: Cutting,
    ) -> Self {
        let mut own = [None; MOST_SCALES];
        own.iter_mut().zip(scales).for_each(|(place, scale)| *place = Some(scale));
        Self { scales: own, perhaps, counts_either: false, cutting }
    }

    /// What a sheet shows, where `digits` are asked.
    pub(super) fn shown_by(lines: &[Shown], digits: Precision) -> Self {
        let telling: Vec<Shown> = lines.iter().copied().filter(Shown::tells_digits).collect();
        if telling.is_empty() {
            return Self::asked(digits);
        }
        let decimals = DigitLevels::of(&telling, |line| line.decimals, |_, digits| unit_of(digits));
        let significant =
            DigitLevels::of(&telling, |line| line.significant, Shown::unit_of_significant);
        let (decimals_fit, significant_fit) = (decimals.fit, significant.fit);
        let few = 0.5 / (telling.len() as f64).sqrt();
        let close = (decimals_fit - significant_fit).abs() < 0.1 + few;
        // Nobody works coarser than this, and a single coarse number proves nothing.
        let (fewest_decimals, fewest_significant) = match digits {
            Precision::Decimals(asked) => (COARSEST.min(asked as i32), COARSEST),
            Precision::Significant(asked) => (COARSEST, COARSEST.min(asked as i32)),
        };
        let by_decimals = close || decimals_fit > significant_fit;
        let by_significant = close || significant_fit > decimals_fit;
        let perhaps = match (by_decimals, by_significant) {
            (false, _) => Some(Scale::Decimals(decimals.finest().max(fewest_decimals))),
            (_, false) => Some(Scale::Significant(significant.finest().max(fewest_significant))),
            (true, true) => None,
        };
        let decimals = decimals.coarsest(fewest_decimals).filter(|_| by_decimals);
        let significant = significant.coarsest(fewest_significant).filter(|_| by_significant);
        let scales = decimals.map(Scale::Decimals).chain(significant.map(Scale::Significant));
        Self::of(scales, perhaps, Cutting::shown_by(&telling))
    }

    /// The same of somebody who may count in the other kind.
    pub(super) const fn by_either_digits(self) -> Self {
        Self { counts_either: true, ..self }
    }

    /// The same of somebody who cuts off throughout.
    pub(super) const fn cutting_off(self) -> Self {
        Self { cutting: Cutting::Only, ..self }
    }

    /// Whether the sheet shows somebody who cuts off.
    pub(super) fn cuts(self) -> bool {
        self.cutting == Cutting::Yes
    }

    /// Whether the sheet is taken to be of somebody who rounds.
    pub(super) const fn rounds(self) -> bool {
        match self.cutting {
            Cutting::No | Cutting::Perhaps => true,
            Cutting::Yes | Cutting::Only => false,
        }
    }

    /// The ways in which results may be shortened.
    pub(super) const fn shortenings(self) -> &'static [Shortening] {
        match self.cutting {
            Cutting::No => &[Shortening::Rounded],
            Cutting::Perhaps | Cutting::Yes => &[Shortening::Rounded, Shortening::CutOff],
            Cutting::Only => &[Shortening::CutOff],
        }
    }

    /// The largest unit of the last place of a result near `value`.
    pub(super) fn unit(self, value: f64) -> f64 {
        self.units(value).fold(0.0, f64::max)
    }

    /// The smallest of them.
    pub(super) fn finest_unit(self, value: f64) -> f64 {
        self.units(value).filter(|unit| *unit > 0.0).reduce(f64::min).unwrap_or_default()
    }

    fn units(self, value: f64) -> impl Iterator<Item = f64> {
        self.scales.into_iter().flatten().map(move |scale| scale.unit(value))
    }

    /// How far a number of an interval may be moved by shortening it: by rounding, unless
    /// the sheet cuts off.
    pub(super) fn shift(self, range: Interval) -> f64 {
        let units = self.used().map(|scale| scale.unit(range.lo).max(scale.unit(range.hi)));
        // What lies a hair beyond the middle may go the longer way.
        let most = if self.rounds() { 0.5 + slack(MOST_COUNTED) } else { 1.0 };
        units.fold(0.0, f64::max) * most
    }

    /// Whether results are shortened to multiples of one and the same number.
    pub(super) fn has_one_grid(self) -> bool {
        let mut used = self.used();
        matches!((used.next(), used.next()), (Some(Scale::Decimals(_)), None))
    }

    /// Whether shortening leaves a number as it is.
    pub(super) fn keeps(self, number: f64) -> bool {
        self.used().all(|scale| {
            let unit = scale.unit(number);
            unit == 0.0 || (number / unit - (number / unit).round()).abs() <= slack(number / unit)
        })
    }

    fn used(self) -> impl Iterator<Item = Scale> {
        let perhaps = self.perhaps.filter(|_| self.counts_either);
        self.scales.into_iter().chain([perhaps]).flatten()
    }

    /// Everything between what is in an interval and what that is shortened to,
    /// in either way.
    pub(super) fn hull(self, exact: Interval) -> Interval {
        let mut hull = exact;
        for shortening in self.shortenings() {
            self.for_each_end(exact, *shortening, |ends, _| hull = hull.hull(ends));
        }
        hull
    }

    /// Calls `visit` with what the numbers of an interval may be shortened to:
    /// single points where they are few, else all between the ends.
    pub(super) fn shortened(
        self,
        exact: Interval,
        shortening: Shortening,
        mut visit: impl FnMut(Interval),
    ) {
        self.for_each_end(exact, shortening, |ends, unit| {
            let count = (ends.width() / unit).round();
            if count < 3.0 {
                let points = (0..=count as u32).map(|at| ends.lo + f64::from(at) * unit);
                points.for_each(|point| visit(Interval::point(point)));
            } else {
                visit(ends);
            }
        });
    }

    /// The shortened ends of an interval, by each scale in use, and its unit.
    fn for_each_end(
        self,
        exact: Interval,
        shortening: Shortening,
        mut visit: impl FnMut(Interval, f64),
    ) {
        if !exact.width().is_finite() {
            return;
        }
        for scale in self.used() {
            let (low, high) = (scale.unit(exact.lo), scale.unit(exact.hi));
            // 0 is 0 with any number of significant digits.
            let (low, high) =
                (if low > 0.0 { low } else { high }, if high > 0.0 { high } else { low });
            if low > 0.0 {
                let (lo, hi) = match shortening {
                    Shortening::Rounded => {
                        (rounded_down(exact.lo, low), rounded_up(exact.hi, high))
                    }
                    Shortening::CutOff => (cut_off(exact.lo, low), cut_off(exact.hi, high)),
                };
                visit(Interval::between(lo, hi), low.min(high));
            }
        }
    }
}

/// Lines that only rounding explains, up to which a sheet may still be cut off.
const FEW_ROUNDED: usize = 5;

impl Cutting {
    fn shown_by(lines: &[Shown]) -> Self {
        let share = |line: &Shown| {
            let beyond = (line.expected - line.value) * line.value.signum();
            beyond / unit_of(line.decimals)
        };
        // Where nothing is left to shorten, a number says nothing.
        let is_whole = |line: &&Shown| {
            let count = line.expected / unit_of(line.decimals);
            (count - count.round()).abs() <= slack(count)
        };
        let shares: Vec<f64> = lines.iter().filter(|line| !is_whole(line)).map(share).collect();
        let count =
            |from: f64, to: f64| shares.iter().filter(|share| (from..to).contains(share)).count();
        // What is cut off on the way adds up.
        let (rounded, cut_off) = (count(-0.5, 0.0), count(0.5 + SAME, 12.0));
        if cut_off > 0 && cut_off >= rounded {
            Self::Yes
        } else if rounded <= FEW_ROUNDED + 3 * cut_off {
            Self::Perhaps
        } else {
            Self::No
        }
    }
}

/// Relative to a number of units: what lies so close is the same number.
const SAME: f64 = 1e-9;

/// Units up to which that grows with the number.
const MOST_COUNTED: f64 = 500.0;

fn rounded_down(value: f64, unit: f64) -> f64 {
    let count = value / unit;
    (count - 0.5 - slack(count)).ceil() * unit
}

fn rounded_up(value: f64, unit: f64) -> f64 {
    let count = value / unit;
    (count + 0.5 + slack(count)).floor() * unit
}

fn cut_off(value: f64, unit: f64) -> f64 {
    let count = value / unit;
    let whole = count.round();
    // 0.3 is not 0.2999…: nothing is left to cut off.
    if (count - whole).abs() <= slack(count) { whole * unit } else { count.trunc() * unit }
}

/// Less than what is left out at the border of a claim, however long the number: else
/// the number next door would be within reach of it.
fn slack(count: f64) -> f64 {
    SAME * count.abs().min(MOST_COUNTED)
}

#[cfg(test)]
mod tests;
