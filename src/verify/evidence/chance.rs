//! How much a match says: the share of wrong numbers, drawn at random near the
//! right one, that some candidate would match as well.

use crate::expr::Interval;

/// Numbers near the right one: as far from it as the written one, and half as
/// far again.
const NEAR: f64 = 1.5;

/// The share of the numbers near `right`, out to a little beyond `written`, that
/// lie within `half_unit` of a candidate.
pub(super) fn of_a_match(
    written: f64,
    right: f64,
    half_unit: f64,
    candidates: impl Iterator<Item = Interval>,
) -> f64 {
    let radius = NEAR * (written - right).abs();
    let near = Interval::around(right, radius);
    if !(radius > 0.0 && radius.is_finite()) {
        return 1.0;
    }
    let mut matched: Vec<Interval> = candidates
        .filter(|candidate| candidate.width().is_finite())
        .map(|candidate| candidate.widened(half_unit))
        .filter(|candidate| candidate.overlaps(near))
        .collect();
    matched.sort_unstable_by(|a, b| a.lo.total_cmp(&b.lo));
    let (mut covered, mut end) = (0.0, near.lo);
    for candidate in matched {
        let from = candidate.lo.max(end);
        let to = candidate.hi.min(near.hi);
        if to > from {
            covered += to - from;
            end = to;
        }
    }
    covered / near.width()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(candidates: &[f64]) -> f64 {
        of_a_match(1.2, 1.0, 0.005, candidates.iter().map(|value| Interval::point(*value)))
    }

    #[test]
    fn what_candidates_cover_is_counted_once() {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
        assert!(near(share(&[]), 0.0));
        assert!(near(share(&[1.2]), 0.01 / 0.6));
        assert!(near(share(&[1.2, 1.2]), 0.01 / 0.6));
        assert!(near(share(&[1.2, 1.205]), 0.015 / 0.6));
        assert!(near(share(&[1.2, 0.8]), 0.02 / 0.6));
        assert!(near(share(&[1.3]), 0.005 / 0.6), "half of it is near");
        assert!(near(share(&[2.0, f64::INFINITY, f64::NAN]), 0.0));
        assert!(near(of_a_match(1.0, 1.0, 0.1, std::iter::empty()), 1.0));
    }
}
