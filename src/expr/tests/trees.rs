//! Random trees of all operators: what holds of their bounds and slopes.

use proptest::prelude::*;

use super::super::{Expr, Interval, Op, differentiate, enclose, evaluate};
use super::{among, hull_of, name, x};

/// Trees of up to four storeys over three quantities.
fn trees() -> impl Strategy<Value = Expr> {
    let number = prop::sample::select(vec![0.0, 1.0, -1.0, 2.0, 0.5, 0.01]).prop_map(Expr::Number);
    let leaf = prop_oneof![1 => number, 4 => (0_usize..3).prop_map(x)];
    leaf.prop_recursive(4, 24, 3, |part| {
        let parts = prop::collection::vec(part, 3);
        (prop::sample::select(Op::ALL.to_vec()), parts, 1_usize..=3).prop_map(
            |(op, mut parts, several)| {
                let count = match op {
                    Op::Sum | Op::Product | Op::Max => several,
                    Op::Difference | Op::Quotient => 2,
                    Op::IfPositive => 3,
                    Op::Negative
                    | Op::Square
                    | Op::Exp
                    | Op::Ln
                    | Op::LnOnePlus
                    | Op::Tanh
                    | Op::Magnitude => 1,
                };
                parts.truncate(count);
                Expr::Apply(op, parts)
            },
        )
    })
}

/// Bounds of the three quantities: wide, narrow, or points.
fn boxes() -> impl Strategy<Value = [Interval; 3]> {
    let side = (-3.0..3.0_f64, prop_oneof![Just(0.0), 0.0..1e-3_f64, 0.0..2.0_f64])
        .prop_map(|(lo, width)| Interval { lo, hi: lo + width });
    [side.clone(), side.clone(), side]
}

/// Places within bounds: parts from 0 to 1, the ends among them.
fn places() -> impl Strategy<Value = Vec<[f64; 3]>> {
    let part = || prop_oneof![Just(0.0), Just(1.0), 0.0..=1.0_f64];
    prop::collection::vec([part(), part(), part()], 12)
}

fn within(bounds: &[Interval; 3], parts: &[f64; 3]) -> [f64; 3] {
    std::array::from_fn(|at| {
        let side = bounds[at];
        (side.lo + parts[at] * side.width()).clamp(side.lo, side.hi)
    })
}

/// The largest factor by which an operator of the tree, there, may magnify what
/// went before, or infinity where it is undefined or turns suddenly.
fn steepness(expr: &Expr, values: &[f64; 3]) -> f64 {
    let Expr::Apply(op, operands) = expr else { return 1.0 };
    let numbers: Vec<f64> = operands.iter().map(|part| evaluate(part, &among(values))).collect();
    let value = op.apply(&numbers);
    let is_sudden = match op {
        Op::IfPositive | Op::Magnitude => numbers[0].abs() < 1e-2,
        Op::Max => {
            let mut sorted = numbers.clone();
            sorted.sort_by(f64::total_cmp);
            sorted.windows(2).any(|pair| pair[1] - pair[0] < 1e-2)
        }
        Op::Ln | Op::LnOnePlus => value.is_nan() || value < -2.0,
        Op::Quotient => numbers[1].abs() < 0.1,
        Op::Sum | Op::Difference | Op::Negative | Op::Product | Op::Square | Op::Exp | Op::Tanh => {
            false
        }
    };
    let slopes = (0..numbers.len()).map(|by| op.slope(&numbers, &value, by).abs());
    let own = slopes.chain([value.abs()]).fold(1.0, f64::max);
    let below = operands.iter().map(|part| steepness(part, values)).fold(1.0, f64::max);
    if is_sudden || own.is_nan() { f64::INFINITY } else { own * below }
}

/// Whether every part of a tree is a number there.
fn is_defined(expr: &Expr, values: &[f64; 3]) -> bool {
    let Expr::Apply(_, operands) = expr else { return true };
    !evaluate(expr, &among(values)).is_nan() && operands.iter().all(|part| is_defined(part, values))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bounds_hold_every_value(tree in trees(), bounds in boxes(), places in places()) {
        let found = enclose(&tree, &among(&bounds));
        for place in &places {
            let values = within(&bounds, place);
            let value = evaluate(&tree, &among(&values));
            let is_defined = is_defined(&tree, &values);
            prop_assert!(!is_defined || found.contains(value), "{value} at {values:?} not in {found:?}");
        }
    }

    #[test]
    fn bounds_at_a_point_are_the_value(tree in trees(), bounds in boxes()) {
        let values = bounds.map(|side| side.lo);
        let found = enclose(&tree, &|name| Interval::point(among(&values)(name)));
        let steep = steepness(&tree, &values);
        if steep < 1e3 {
            let value = evaluate(&tree, &among(&values));
            prop_assert!(found.contains(value));
            let slack = 1e-13 * steep * steep;
            prop_assert!(found.width() <= slack, "{found:?} around {value}, {steep}");
        }
    }

    #[test]
    fn narrower_bounds_give_narrower_ones(
        tree in trees(), bounds in boxes(), ends in ([0.0..=1.0_f64, 0.0..=1.0, 0.0..=1.0], [0.0..=1.0_f64, 0.0..=1.0, 0.0..=1.0])
    ) {
        let (a, b) = (within(&bounds, &ends.0), within(&bounds, &ends.1));
        let inner: [Interval; 3] = std::array::from_fn(|at| Interval::between(a[at], b[at]));
        // Of what is undefined throughout, nothing is known.
        prop_assume!(is_defined(&tree, &a) && is_defined(&tree, &b));
        let outer = enclose(&tree, &among(&bounds));
        let found = enclose(&tree, &among(&inner));
        // Of what cancels, the noise of the leaves is left.
        let size = bounds.iter().map(|side| side.lo.abs().max(side.hi.abs())).fold(1.0, f64::max);
        let slack = |end: f64| 1e-12 * end.abs().min(f64::MAX) + 1e-13 * size;
        prop_assert!(
            found.lo >= outer.lo - slack(outer.lo) && found.hi <= outer.hi + slack(outer.hi),
            "{found:?} in {inner:?} reaches over {outer:?} in {bounds:?}"
        );
    }

    /// In narrow bounds a smooth tree is nearly linear, and so are its bounds.
    #[test]
    fn narrow_bounds_are_tight(tree in trees(), bounds in boxes()) {
        let middle = bounds.map(|side| side.lo);
        if steepness(&tree, &middle) < 30.0 {
            let narrow = middle.map(|value| Interval::around(value, 1e-6));
            let found = enclose(&tree, &among(&narrow));
            let corners = (0..8_u8).map(|corner| {
                let parts = std::array::from_fn(|at| f64::from(corner >> at & 1));
                evaluate(&tree, &among(&within(&narrow, &parts)))
            });
            let range = hull_of(&corners.collect::<Vec<_>>());
            prop_assert!(found.width() <= 1.01 * range.width() + 1e-8, "{found:?}, {range:?}");
        }
    }

    #[test]
    fn slopes_are_derivatives(tree in trees(), bounds in boxes(), by in 0_usize..3) {
        let values = bounds.map(|side| side.lo);
        let slope = evaluate(&differentiate(&tree, name(by)), &among(&values));
        if steepness(&tree, &values) < 30.0 {
            let step = 1e-4;
            let at = |steps: f64| {
                let mut values = values;
                values[by] += steps * step;
                evaluate(&tree, &among(&values))
            };
            let central = |steps: f64| (at(steps) - at(-steps)) / (2.0 * steps * step);
            let expected = (15.0 * central(1.0) - 6.0 * central(2.0) + central(3.0)) / 10.0;
            prop_assert!((slope - expected).abs() <= 1e-7 * (1.0 + expected.abs()), "{slope}, {expected}");
        }
    }
}
