//! Intervals by themselves: what is exact stays so, what is rounded goes outwards.

use super::super::Interval;

fn between(lo: f64, hi: f64) -> Interval {
    Interval { lo, hi }
}

#[test]
fn intervals_that_touch_have_a_number_in_common() {
    let touching = between(0.0, 1.0).intersection(between(1.0, 2.0));
    assert_eq!(touching, Some(Interval::point(1.0)));
    assert_eq!(between(0.0, 1.0).intersection(between(1.5, 2.0)), None);
}

#[test]
fn only_sums_that_are_rounded_are_widened() {
    for (a, b) in [(0.5, 0.25), (1.0, -1.0), (1e16, 2.0), (-3.0, 3.5)] {
        assert_eq!(Interval::point(a).plus(Interval::point(b)), Interval::point(a + b));
    }
    for (a, b) in [(1.0, 1e-20), (1e-20, 1.0), (0.1, 0.2), (-1.0, 1e-20), (1e16, 1.0)] {
        let sum = Interval::point(a).plus(Interval::point(b));
        assert!(sum.lo < a + b && a + b < sum.hi, "{a} + {b} is in {sum:?}");
    }
}

#[test]
fn a_quotient_is_nought_only_where_nought_is_divided() {
    let [halves, twos] = [between(-1.0, 0.0), between(2.0, 3.0)];
    assert_eq!(halves.over(twos).hi, 0.0);
    assert_eq!(between(0.0, 1.0).over(twos).lo, 0.0);
    assert!(Interval::point(1.0).over(between(1e308, f64::INFINITY)).hi > 0.0);
    assert!(Interval::point(1e-300).over(between(1e300, 1e301)).hi > 0.0);
}
