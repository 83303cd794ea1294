//! Readings of given trees: slopes as a person writes them, bounds narrowed down.

use super::super::{
    Expr, Interval, differentiate, enclose, evaluate, exp, if_positive, ln, ln_one_plus, magnitude,
    max, minus, multiplications, negative, opposite, over, product, rename, replace, square, sum,
    tanh, times,
};
use super::{among, assert_tight, name, throughout, x};

#[test]
fn slopes_are_written_without_idle_zeros_and_ones() {
    let number = Expr::Number;
    let residual = || minus(x(1), x(0));
    for (tree, slope) in [
        (number(3.0), number(0.0)),
        (x(0), number(1.0)),
        (x(1), number(0.0)),
        (sum([x(0), x(1)]), number(1.0)),
        (sum([x(0), x(0), x(1)]), number(2.0)),
        (times(x(0), x(1)), x(1)),
        (times(3.0, x(0)), number(3.0)),
        (product([x(1), x(0), x(2)]), times(x(1), x(2))),
        (negative(times(x(0), x(1))), negative(x(1))),
        (negative(negative(exp(x(0)))), exp(x(0))),
        (minus(x(1), times(x(0), x(2))), negative(x(2))),
        (over(x(0), x(1)), over(1.0, x(1))),
        (over(x(1), x(0)), negative(over(x(1), square(x(0))))),
        (times(over(1.0, 2.0), square(residual())), {
            product([number(-2.0), over(1.0, 2.0), residual()])
        }),
        (square(times(2.0, x(0))), times(8.0, x(0))),
        (exp(negative(x(0))), negative(exp(negative(x(0))))),
        (ln(minus(1.0, x(0))), negative(over(1.0, minus(1.0, x(0))))),
        (ln_one_plus(x(0)), over(1.0, sum([number(1.0), x(0)]))),
        (tanh(x(0)), minus(1.0, square(tanh(x(0))))),
        (max([number(0.0), x(0)]), if_positive(x(0), 1.0, 0.0)),
        (max([x(0), number(0.0)]), if_positive(negative(x(0)), 0.0, 1.0)),
        (
            if_positive(x(0), x(0), times(0.01, x(0))),
            sum([if_positive(x(0), 1.0, 0.0), times(0.01, if_positive(x(0), 0.0, 1.0))]),
        ),
        (magnitude(x(0)), if_positive(x(0), 1.0, if_positive(negative(x(0)), -1.0, 0.0))),
        (times(x(0), minus(1.0, x(0))), sum([minus(1.0, x(0)), negative(x(0))])),
    ] {
        assert_eq!(differentiate(&tree, name(0)), slope, "{tree:?}");
    }
}

/// What is built of numbers alone is a number; what changes nothing is left out.
#[test]
fn trees_are_applied_to_as_a_person_would() {
    use super::super::{Arithmetic, Op};
    let number = Expr::Number;
    let (one, zero) = (number(1.0), number(0.0));
    let apply = |op, operands: &[Expr]| Expr::apply(op, operands);
    assert_eq!(apply(Op::Product, &[number(2.0), number(3.0)]), number(6.0));
    assert_eq!(apply(Op::Sum, &[]), zero);
    assert_eq!(apply(Op::Sum, &[zero.clone(), x(0)]), x(0));
    assert_eq!(apply(Op::Sum, &[one.clone(), x(0)]), sum([one.clone(), x(0)]));
    assert_eq!(apply(Op::Difference, &[x(0), zero.clone()]), x(0));
    assert_eq!(apply(Op::Difference, &[zero.clone(), x(0)]), negative(x(0)));
    assert_eq!(apply(Op::Difference, &[one.clone(), x(0)]), minus(1.0, x(0)));
    assert_eq!(apply(Op::Difference, &[x(0), one.clone()]), minus(x(0), 1.0));
    assert_eq!(apply(Op::Negative, &[negative(x(0))]), x(0));
    assert_eq!(apply(Op::Negative, &[square(x(0))]), negative(square(x(0))));
    assert_eq!(apply(Op::Product, &[x(0), zero.clone(), x(1)]), zero);
    assert_eq!(apply(Op::Product, &[one.clone(), x(0)]), x(0));
    assert_eq!(apply(Op::Product, &[x(0), number(-1.0)]), negative(x(0)));
    assert_eq!(apply(Op::Product, &[negative(x(0)), negative(x(1))]), times(x(0), x(1)));
    assert_eq!(apply(Op::Product, &[x(0), number(2.0)]), times(2.0, x(0)));
    assert_eq!(
        apply(Op::Product, &[times(x(0), 3.0), times(2.0, x(1))]),
        product([number(6.0), x(0), x(1)])
    );
    assert_eq!(apply(Op::Quotient, &[zero.clone(), x(0)]), zero);
    assert_eq!(apply(Op::Quotient, &[x(0), one.clone()]), x(0));
    assert_eq!(apply(Op::Quotient, &[one.clone(), x(0)]), over(1.0, x(0)));
    assert_eq!(apply(Op::Quotient, &[x(0), number(2.0)]), over(x(0), 2.0));
    assert_eq!(apply(Op::IfPositive, &[x(0), one.clone(), one.clone()]), one);
    assert_eq!(apply(Op::IfPositive, &[x(0), x(1), zero]), if_positive(x(0), x(1), 0.0));
}

fn between(lo: f64, hi: f64) -> Interval {
    Interval { lo, hi }
}

fn range_of(tree: &Expr, bounds: Interval) -> Vec<f64> {
    throughout(bounds).iter().map(|value| evaluate(tree, &|_| *value)).collect()
}

/// Where a quantity raises the value or lowers it throughout, nothing is lost.
#[test]
fn a_repeated_quantity_does_not_widen_the_bounds_where_it_goes_one_way() {
    let one_out = || times(x(0), minus(1.0, x(0)));
    for (tree, lo, hi) in [
        (one_out(), 0.615, 0.625),
        (one_out(), 0.2, 0.5),
        (one_out(), 0.5, 0.9),
        (negative(one_out()), 0.1, 0.3),
        (minus(square(x(0)), x(0)), 0.6, 2.0),
        (over(x(0), sum([Expr::Number(1.0), x(0)])), 0.2, 0.3),
        (over(exp(x(0)), sum([exp(x(0)), Expr::Number(2.0)])), -0.2, 0.1),
        (
            sum([max([Expr::Number(0.0), x(0)]), ln_one_plus(exp(negative(magnitude(x(0)))))]),
            0.1,
            2.0,
        ),
        (minus(x(0), x(0)), -1.0, 3.0),
        (product([x(0), x(0), x(0)]), -2.0, -1.0),
        (if_positive(x(0), times(2.0, x(0)), x(0)), 0.5, 1.0),
    ] {
        let bounds = between(lo, hi);
        let found = enclose(&tree, &|_| bounds);
        let slack = 1e-14;
        let range = super::hull_of(&range_of(&tree, bounds));
        assert!(found.lo <= range.lo && range.hi <= found.hi, "{tree:?}: {range:?}, {found:?}");
        assert!(range.widened(slack).hull(found) == range.widened(slack), "{tree:?}: {found:?}");
    }
}

#[test]
fn a_repeated_quantity_widens_them_little_where_it_turns() {
    let tree = times(x(0), minus(1.0, x(0)));
    // Natural bounds are [0.16, 0.36], the mean-value form [0.23, 0.27].
    let found = enclose(&tree, &|_| between(0.4, 0.6));
    assert!((found.lo - 0.23).abs() < 1e-14 && (found.hi - 0.27).abs() < 1e-14, "{found:?}");
    // Of natural bounds and mean-value form, each has the better end.
    let found = enclose(&tree, &|_| between(0.0, 1.0));
    assert!(found.lo == 0.0 && (found.hi - 0.75).abs() < 1e-14, "{found:?}");
    // One quantity turns, the other goes one way.
    let tree = sum([tree, times(x(1), sum([x(1), Expr::Number(1.0)]))]);
    let found = enclose(&tree, &among(&[between(0.4, 0.6), between(1.0, 2.0)]));
    // Pinned: [0.16, 0.36] + [2, 6]; mean-value: 4 ± 0.02 ± 2.5, about 0.25.
    assert!((found.lo - 2.16).abs() < 1e-13 && (found.hi - 6.36).abs() < 1e-13, "{found:?}");
    let found = enclose(&tree, &among(&[between(0.4, 0.6), between(1.0, 1.01)]));
    let (lo, hi) = (0.25 + 1.005 * 2.005 - 0.02 - 0.005 * 3.02, 0.36 + 1.01 * 2.01);
    assert!((found.lo - lo).abs() < 1e-13, "{found:?}");
    assert!(found.hi < hi - 0.08, "{found:?}");
}

#[test]
fn bounds_may_be_points_or_open() {
    let tree = times(x(0), minus(1.0, x(0)));
    let found = enclose(&tree, &|_| Interval::point(0.3));
    assert_tight(found, &[0.3 * 0.7], 0.0, "a point");
    assert_eq!(enclose(&tree, &|_| Interval::ALL), Interval::ALL);
    let bounded = times(tanh(x(0)), tanh(x(0)));
    let found = enclose(&bounded, &|_| Interval::ALL);
    assert!(found.contains(-1.0) && found.contains(1.0) && found.width() < 2.1, "{found:?}");
    let half = enclose(&bounded, &|_| between(0.0, f64::INFINITY));
    assert!(half.contains(0.0) && half.contains(1.0) && half.width() < 1.1, "{half:?}");
    assert_eq!(enclose(&Expr::Number(2.5), &|_| Interval::ALL), Interval::point(2.5));
    assert_eq!(enclose(&x(0), &|_| between(1.0, 2.0)), between(1.0, 2.0));
}

/// What exact arithmetic gives throughout is narrower than what an f64 gives
/// between the ends, where it rounds: bounds hold both, and hardly more.
#[test]
fn bounds_hold_what_an_f64_makes_of_it() {
    let step = 2.0_f64.powi(-33);
    let rounded = || minus(sum([x(0), Expr::Number(1e6)]), 1e6);
    // It rises by a half; it turns at 1/2.
    let rising = || minus(rounded(), times(0.5, x(0)));
    let turning = || sum([times(x(0), minus(1.0, x(0))), minus(rounded(), x(0))]);
    for (tree, lo, scale) in [
        (rising(), 0.5, 1.0),
        (turning(), 0.5 - step, 1.0),
        (times(1e3, rising()), 0.5, 1e3),
        (times(1e-3, turning()), 0.5 - step, 1e-3),
    ] {
        let bounds = between(lo, 0.5 + step);
        let found = enclose(&tree, &|_| bounds);
        for part in 0..=1000 {
            let at = bounds.lo + bounds.width() * f64::from(part) / 1000.0;
            let value = evaluate(&tree, &|_| at);
            assert!(found.contains(value), "{tree:?} at {at}: {value} not in {found:?}");
        }
        assert!(found.width() < 1e-8 * scale, "{tree:?}: {found:?}");
    }
    // What is small is known as well as what is large.
    for scale in [1e-200, 1e-9, 1e9, 1e200] {
        let tree = times(scale, times(x(0), minus(1.0, x(0))));
        let found = enclose(&tree, &|_| between(0.615, 0.625));
        assert!(found.width() < (0.615 * 0.385 - 0.625 * 0.375 + 1e-13) * scale, "{found:?}");
    }
}

/// A jump has no slope: nothing may be narrowed down over it.
#[test]
fn a_jump_is_within_the_bounds() {
    let tree = sum([if_positive(x(0), 5.0, 0.0), times(x(0), minus(1.0, x(0)))]);
    let found = enclose(&tree, &|_| between(-0.1, 0.2));
    assert!(found.contains(0.0) && found.contains(5.0 + 0.2 * 0.8), "{found:?}");
    // The other quantity is pinned nevertheless.
    let other = times(x(1), minus(1.0, x(1)));
    let tree = sum([if_positive(x(0), 5.0, 0.0), other]);
    let found = enclose(&tree, &among(&[between(-0.1, 0.2), between(0.1, 0.2)]));
    assert!(found.contains(0.09) && found.contains(5.16), "{found:?}");
}

/// Nine quantities and more are looked up another way than few.
#[test]
fn many_quantities_are_told_apart() {
    for count in 1..40 {
        let both = |at: usize| times(x(at), minus(1.0, x(at)));
        let tree = sum((0..count).map(both));
        let bounds: Vec<Interval> =
            (0..count).map(|at| between(0.01 * at as f64, 0.01 * at as f64 + 0.005)).collect();
        let found = enclose(&tree, &among(&bounds));
        let at =
            |of: fn(&Interval) -> f64| bounds.iter().map(of).map(|a| a * (1.0 - a)).sum::<f64>();
        let range = between(at(|side| side.lo), at(|side| side.hi));
        assert!((found.lo - range.lo).abs() < 1e-13, "{count}: {found:?}, {range:?}");
        assert!((found.hi - range.hi).abs() < 1e-13, "{count}: {found:?}, {range:?}");
    }
}

/// The slopes of many operands would take too long; natural bounds do not.
#[test]
fn of_many_operands_there_are_natural_bounds() {
    let bounds = |_| between(0.2, 0.3);
    for (count, is_tight) in [(15, true), (16, false), (20_000, false)] {
        let zeros = std::iter::repeat_n(Expr::Number(0.0), count);
        let tree = minus(max(zeros.chain([x(0)])), x(0));
        let found = enclose(&tree, &bounds);
        assert!(found.contains(0.0));
        assert_eq!(found.width() < 1e-10, is_tight, "{count}: {found:?}");
    }
    let sums = sum(std::iter::repeat_n(minus(x(0), x(0)), 20_000));
    assert!(enclose(&sums, &bounds).width() < 1e-6);
}

/// Bounds of each quantity are asked for once, however often it stands there.
#[test]
fn bounds_are_asked_for_once() {
    for count in [1, 7, 8, 9, 20] {
        let asked = std::cell::Cell::new(0);
        let twice = (0..count).chain(0..count).map(x);
        enclose(&sum(twice), &|_| {
            asked.set(asked.get() + 1);
            between(1.0, 2.0)
        });
        assert_eq!(asked.get(), count);
    }
}

#[test]
fn intervals_know_their_numbers() {
    let side = between(-1.0, 3.0);
    assert_eq!(Interval::between(3.0, -1.0), side);
    assert_eq!(Interval::between(-1.0, 3.0), side);
    assert_eq!(Interval::around(1.0, 2.0), side);
    assert_eq!(between(0.0, 2.0).widened(1.0), side);
    assert_eq!(between(-1.0, 0.0).hull(between(1.0, 3.0)), side);
    assert_eq!(between(1.0, 3.0).hull(between(-1.0, 0.0)), side);
    assert_eq!((side.middle(), side.width()), (1.0, 4.0));
    for (value, is_in) in [(-1.1, false), (-1.0, true), (0.0, true), (3.0, true), (3.1, false)] {
        assert_eq!(side.contains(value), is_in, "{value}");
    }
    for (other, overlaps) in [
        (between(3.0, 4.0), true),
        (between(-2.0, -1.0), true),
        (between(3.1, 4.0), false),
        (between(-2.0, -1.1), false),
    ] {
        assert_eq!((side.overlaps(other), other.overlaps(side)), (overlaps, overlaps));
    }
    assert_eq!(side.cut(between(0.0, 5.0)), between(0.0, 3.0));
    assert_eq!(side.cut(between(-5.0, -1.0)), between(-1.0, -1.0));
    assert_eq!(side.cut(between(4.0, 5.0)), side, "rounding parts them");
    assert_eq!(side.cut(between(f64::NAN, f64::NAN)), side);
}

#[test]
fn trees_are_counted_renamed_and_rewritten() {
    let tree = sum([product([x(0), x(1), x(2)]), square(over(x(0), 2.0))]);
    assert_eq!(multiplications(&tree, &|_| 0.0), 4.0);
    assert_eq!(multiplications(&tree, &|at| 1.0 + super::number_of(at) as f64), 11.0);
    let shifted = rename(times(x(0), x(1)), &|at| name(super::number_of(at) + 1));
    assert_eq!(shifted, times(x(1), x(2)));
    let mut leaves = Vec::new();
    tree.for_each_leaf(&mut |leaf| leaves.push(super::number_of(leaf)));
    assert_eq!(leaves, [0, 1, 2, 0]);

    let to = |from: usize, to: f64| move |at| (at == name(from)).then_some(Expr::Number(to));
    assert_eq!(replace(&times(x(0), x(1)), &to(1, 7.0)), Some(times(x(0), 7.0)));
    assert_eq!(replace(&times(x(0), x(1)), &to(2, 7.0)), None);

    assert_eq!(opposite(&negative(x(0))), x(0));
    assert_eq!(opposite(&minus(x(0), x(1))), minus(x(1), x(0)));
    assert_eq!(opposite(&times(minus(x(0), x(1)), x(2))), times(minus(x(1), x(0)), x(2)));
    assert_eq!(opposite(&over(x(0), x(1))), over(negative(x(0)), x(1)));
    assert_eq!(opposite(&Expr::Number(2.0)), Expr::Number(-2.0));
    assert_eq!(opposite(&exp(x(0))), negative(exp(x(0))));
    assert_eq!(opposite(&x(0)), negative(x(0)));

    for alone in [sum([x(0)]), product([x(0)]), max([x(0)])] {
        assert_eq!(alone, x(0));
    }
}
