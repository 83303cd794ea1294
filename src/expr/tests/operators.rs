//! Each operator: value, bounds, slope in three readings, count, binding.

use super::super::op::{Binding, Rounding};
use super::super::{Arithmetic, Expr, Interval, Op, differentiate, evaluate};
use super::{among, assert_tight, choices, name, throughout, x};

/// How many operands an operator is tried with.
fn arities(op: Op) -> &'static [usize] {
    match op {
        Op::Sum | Op::Product | Op::Max => &[1, 2, 3],
        Op::Difference | Op::Quotient => &[2],
        Op::IfPositive => &[3],
        Op::Negative | Op::Square | Op::Exp | Op::Ln | Op::LnOnePlus | Op::Tanh | Op::Magnitude => {
            &[1]
        }
    }
}

/// Bounds that one operand may have: of either sign, both, and one number.
const SIDES: [Interval; 9] = [
    Interval { lo: 0.615, hi: 0.625 },
    Interval { lo: 0.25, hi: 3.0 },
    Interval { lo: -0.3, hi: 0.2 },
    Interval { lo: -2.0, hi: -1.5 },
    Interval { lo: 0.0, hi: 0.5 },
    Interval { lo: -0.5, hi: 0.0 },
    Interval { lo: 1.0, hi: 1.0 },
    Interval { lo: -0.7, hi: -0.7 },
    Interval { lo: 0.0, hi: 0.0 },
];

/// Whether an operator is defined, and its slope finite, all over its bounds.
fn is_defined(op: Op, bounds: &[Interval]) -> bool {
    match op {
        Op::Quotient => !bounds[1].contains(0.0),
        Op::Ln => bounds[0].lo > 0.0,
        Op::LnOnePlus => bounds[0].lo > -1.0,
        Op::Sum
        | Op::Difference
        | Op::Negative
        | Op::Product
        | Op::Square
        | Op::Exp
        | Op::Tanh
        | Op::Magnitude
        | Op::Max
        | Op::IfPositive => true,
    }
}

/// Every operator within every bounds that it is defined for.
fn for_each_box(mut visit: impl FnMut(Op, &[Interval], &[Vec<f64>])) {
    for op in Op::ALL {
        for count in arities(op) {
            let mut boxes = vec![Vec::new()];
            for _ in 0..*count {
                let longer = |one: &Vec<Interval>| {
                    let one = one.clone();
                    SIDES.iter().map(move |side| [one.as_slice(), &[*side]].concat())
                };
                boxes = boxes.iter().flat_map(longer).collect();
            }
            for bounds in boxes.into_iter().filter(|bounds| is_defined(op, bounds)) {
                let numbers: Vec<Vec<f64>> = bounds.iter().map(|side| throughout(*side)).collect();
                visit(op, &bounds, &choices(&numbers));
            }
        }
    }
}

#[test]
fn all_operators_are_listed_once() {
    for (at, op) in Op::ALL.into_iter().enumerate() {
        assert_eq!(op as usize, at);
    }
    assert_eq!(Op::IfPositive as usize + 1, Op::ALL.len(), "the last one is the last");
}

#[test]
fn values_are_those_of_the_formulas() {
    let (a, b, c) = (0.7_f64, -1.3, 2.5);
    let expected = |op| match op {
        Op::Sum => a + b + c,
        Op::Difference => a - b,
        Op::Negative => -a,
        Op::Product => a * b * c,
        Op::Quotient => a / b,
        Op::Square => a * a,
        Op::Exp => a.exp(),
        Op::Ln => a.ln(),
        Op::LnOnePlus => a.ln_1p(),
        Op::Tanh => a.tanh(),
        Op::Magnitude => a,
        Op::Max | Op::IfPositive => c,
    };
    for op in Op::ALL {
        let operands = if op == Op::IfPositive { [a, c, b] } else { [a, b, c] };
        let count = *arities(op).last().unwrap();
        let found = op.apply(&operands[..count]);
        assert!((found - expected(op)).abs() <= 4e-16, "{op:?}: {found}");
    }
    assert_eq!(Op::Magnitude.apply(&[-0.7]), 0.7);
    assert_eq!(Op::IfPositive.apply(&[0.0, 1.0, 2.0]), 2.0);
    assert_eq!(Op::IfPositive.apply(&[-1.0, 1.0, 2.0]), 2.0);
    assert_eq!(Op::Max.apply(&[-3.0, -2.0, -4.0]), -2.0);
}

#[test]
fn cancelled_terms_leave_nothing() {
    assert_eq!(Op::Sum.apply(&[0.3, -0.1, -0.2]), 0.0);
    assert_eq!(Op::Difference.apply(&[1.0, 0.9]), 1.0 - 0.9);
    assert_eq!(Op::Difference.apply(&[1.0, 1.0 - 1e-13]), 1.0 - (1.0 - 1e-13));
    assert_eq!(Op::Sum.apply(&[f64::INFINITY, 1.0]), f64::INFINITY);
    assert_eq!(Op::Sum.apply(&[1e16, -1e16, 1.0]), 1.0);
    assert_eq!(Op::Sum.apply(&[1e6, -1e6, 1e-10]), 1e-10);
}

#[test]
fn zero_times_what_is_too_large_is_zero() {
    assert_eq!(Op::Product.apply(&[0.0, f64::INFINITY]), 0.0);
    assert_eq!(Op::Product.apply(&[-0.5, 4.0, 3.0]), -6.0);
    assert_eq!(Op::Quotient.apply(&[0.0, 0.0]), 0.0);
}

#[test]
fn what_is_counted_and_how_it_binds() {
    use Binding::{Addition, Choice, Multiplication, Power, Tight};
    let expected = |op| match op {
        Op::Sum | Op::Difference => (0, Addition, Rounding::OfTerms),
        Op::Negative => (0, Addition, Rounding::None),
        Op::Product => (3, Multiplication, Rounding::OfValue),
        Op::Quotient => (1, Multiplication, Rounding::OfValue),
        Op::Square => (1, Power, Rounding::OfValue),
        Op::Exp | Op::Ln | Op::LnOnePlus | Op::Tanh => (0, Tight, Rounding::OfValue),
        Op::Magnitude | Op::Max => (0, Tight, Rounding::None),
        Op::IfPositive => (0, Choice, Rounding::None),
    };
    for op in Op::ALL {
        assert_eq!((op.multiplications(4), op.binding(), op.rounding()), expected(op), "{op:?}");
    }
}

#[test]
fn bounds_hold_every_value_and_hardly_more() {
    for_each_box(|op, bounds, points| {
        let values: Vec<f64> = points.iter().map(|point| op.apply(point)).collect();
        assert_tight(op.bounds(bounds), &values, 0.0, &format!("{op:?} in {bounds:?}"));
    });
}

#[test]
fn bounds_of_what_is_not_defined_throughout() {
    let around_zero = Interval { lo: -0.5, hi: 2.0 };
    let none_below = |found: Interval, hi: f64, what: &str| {
        assert_eq!(found.lo, f64::NEG_INFINITY, "{what}");
        assert!(found.hi >= hi && found.hi <= hi + 1e-14, "{what}: {found:?}");
    };
    assert_eq!(Op::Quotient.bounds(&[Interval::point(1.0), around_zero]), Interval::ALL);
    let from_zero = Interval { lo: 0.0, hi: 2.0 };
    assert_eq!(Op::Quotient.bounds(&[Interval::point(1.0), from_zero]), Interval::ALL);
    let nothing = Interval::point(0.0);
    assert_eq!(Op::Quotient.bounds(&[nothing, around_zero]), nothing);
    for from in [around_zero, from_zero] {
        none_below(Op::Ln.bounds(&[from]), 2.0_f64.ln(), "ln");
    }
    none_below(Op::LnOnePlus.bounds(&[Interval { lo: -1.5, hi: 1.0 }]), 2.0_f64.ln(), "ln(1+x)");
    assert_eq!(Op::Ln.bounds(&[Interval { lo: -2.0, hi: -1.0 }]), Interval::ALL);
    // Nothing is known of infinity minus infinity.
    let huge = Interval::point(f64::INFINITY);
    assert_eq!(Op::Difference.bounds(&[huge, huge]), Interval::ALL);
    assert!(Op::Quotient.bounds(&[huge, huge]).contains(1.0));
}

#[test]
fn bounds_hold_what_is_too_large_or_too_small_for_an_f64() {
    let point = Interval::point;
    let huge = Interval { lo: f64::MAX, hi: f64::INFINITY };
    let tiny = Interval { lo: 0.0, hi: f64::from_bits(1) };
    assert_eq!(Op::Exp.bounds(&[point(800.0)]), huge);
    assert_eq!(Op::Exp.bounds(&[point(-800.0)]), tiny);
    assert_eq!(Op::Product.bounds(&[point(1e200), point(1e200)]), huge);
    assert_eq!(Op::Product.bounds(&[point(-1e200), point(1e200)]), huge.negated());
    assert_eq!(Op::Square.bounds(&[point(-1e200)]), huge);
    assert_eq!(Op::Sum.bounds(&[point(1e308), point(1e308)]), huge);
    for (found, positive) in [
        (Op::Product.bounds(&[point(1e-200), point(1e-200)]), true),
        (Op::Product.bounds(&[point(-1e-200), point(-1e-200)]), true),
        (Op::Product.bounds(&[point(-1e-200), point(1e-200)]), false),
        (Op::Product.bounds(&[point(1e-200), point(-1e-200)]), false),
        (Op::Quotient.bounds(&[point(1e-200), point(1e200)]), true),
        (Op::Square.bounds(&[point(-1e-200)]), true),
    ] {
        let found = if positive { found } else { found.negated() };
        assert_eq!((found.lo, found.hi > 0.0 && found.hi < 1e-300), (0.0, true), "{found:?}");
    }
    let all = Interval::ALL;
    assert_eq!(Op::Product.bounds(&[point(0.0), all]), point(0.0));
    assert_eq!(Op::Product.bounds(&[all, point(0.0)]), point(0.0));
    assert_eq!(Op::Tanh.bounds(&[all]), Interval { lo: -1.0, hi: 1.0 });
    assert_eq!(Op::Exp.bounds(&[all]), Interval { lo: 0.0, hi: f64::INFINITY });
    let one_over = Op::Quotient.bounds(&[point(1.0), huge]);
    assert!(one_over.lo == 0.0 && one_over.hi < 1e-300, "{one_over:?}");
}

/// What rounding loses of one third is in the bounds, and what is exact stays so.
#[test]
fn bounds_are_rounded_outwards_where_something_is_rounded() {
    let point = Interval::point;
    let third = Op::Quotient.bounds(&[point(1.0), point(3.0)]);
    assert_eq!((third.lo, third.hi), ((1.0_f64 / 3.0).next_down(), (1.0_f64 / 3.0).next_up()));
    let sum = Op::Sum.bounds(&[point(0.1), point(0.2)]);
    assert_eq!((sum.lo, sum.hi), ((0.1_f64 + 0.2).next_down(), (0.1_f64 + 0.2).next_up()));
    assert_eq!(Op::Sum.bounds(&[point(0.5), point(0.25)]), point(0.75));
    assert_eq!(Op::Difference.bounds(&[point(0.1), point(0.0)]), point(0.1));
    for sign in [1.0, -1.0] {
        assert_eq!(Op::Product.bounds(&[point(0.1), point(sign)]), point(0.1 * sign));
        assert_eq!(Op::Product.bounds(&[point(sign), point(0.1)]), point(0.1 * sign));
    }
    assert_eq!(Op::Quotient.bounds(&[point(0.1), point(1.0)]), point(0.1));
    let product = Op::Product.bounds(&[point(0.1), point(0.3)]);
    assert_eq!((product.lo, product.hi), ((0.1_f64 * 0.3).next_down(), (0.1_f64 * 0.3).next_up()));
    for (op, at) in [(Op::Exp, 0.3), (Op::Ln, 0.3), (Op::LnOnePlus, 0.3), (Op::Tanh, 0.3)] {
        let (found, value) = (op.bounds(&[point(at)]), op.apply(&[at]));
        let slack = 4.0 * f64::EPSILON * value.abs();
        assert!(found.lo <= value - slack && found.hi >= value + slack, "{op:?}: {found:?}");
    }
    for op in [Op::LnOnePlus, Op::Tanh] {
        assert_eq!(op.bounds(&[point(0.0)]), point(0.0), "{op:?}");
    }
}

/// A sum that cancels is worth nothing on paper, and a little in fact.
#[test]
fn bounds_of_sums_hold_their_noise_and_zero() {
    let point = Interval::point;
    let noise = Op::Sum.bounds(&[point(0.3), point(-0.1), point(-0.2)]);
    assert!(noise.contains(0.0) && noise.contains(0.3 - 0.1 - 0.2), "{noise:?}");
    let other = Op::Sum.bounds(&[point(-0.3), point(0.1), point(0.2)]);
    assert_eq!(other, noise.negated());
    assert!(noise.width() < 1e-15);
    for (a, b) in [(1.0, 1.0 - 1e-13), (1e16, 1e16 - 2.0), (3e-15, 1e-15)] {
        for sign in [1.0, -1.0] {
            let found = Op::Difference.bounds(&[point(sign * a), point(sign * b)]);
            assert!(!found.contains(0.0), "{a} - {b}: {found:?}");
        }
    }
}

/// Central differences of high order; `None` at a kink.
fn difference(op: Op, point: &[f64], by: usize) -> f64 {
    let step = 2e-3;
    let at = |steps: f64| {
        let mut point = point.to_vec();
        point[by] += steps * step;
        op.apply(&point)
    };
    let central = |steps: f64| (at(steps) - at(-steps)) / (2.0 * steps * step);
    (15.0 * central(1.0) - 6.0 * central(2.0) + central(3.0)) / 10.0
}

/// Whether an operator has one slope near this point.
fn is_smooth(op: Op, point: &[f64]) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.01;
    match op {
        Op::Magnitude | Op::IfPositive => !near(point[0], 0.0),
        Op::Max => {
            let is_alone =
                |at: usize| (0..point.len()).all(|b| b == at || !near(point[at], point[b]));
            (0..point.len()).all(is_alone)
        }
        Op::Sum
        | Op::Difference
        | Op::Negative
        | Op::Product
        | Op::Quotient
        | Op::Square
        | Op::Exp
        | Op::Ln
        | Op::LnOnePlus
        | Op::Tanh => true,
    }
}

#[test]
fn slopes_are_derivatives_as_a_number_and_as_a_tree() {
    for_each_box(|op, _, points| {
        let operands: Vec<Expr> = (0..points[0].len()).map(x).collect();
        let tree = Expr::Apply(op, operands.clone());
        let slopes: Vec<[Expr; 2]> = (0..operands.len())
            .map(|by| [op.slope(&operands, &tree, by), differentiate(&tree, name(by))])
            .collect();
        for point in points.iter().filter(|point| is_smooth(op, point)) {
            for (by, trees) in slopes.iter().enumerate() {
                let number = op.slope(point, &op.apply(point), by);
                let expected = difference(op, point, by);
                let slack = 1e-8 * (1.0 + expected.abs());
                assert!(
                    (number - expected).abs() <= slack,
                    "{op:?} by {by} at {point:?}: {number}, not {expected}"
                );
                for tree in trees {
                    let found = evaluate(tree, &among(point));
                    let slack = 4.0 * f64::EPSILON * number.abs();
                    assert!((found - number).abs() <= slack, "{op:?} at {point:?}: {tree:?}");
                }
            }
        }
    });
}

#[test]
fn slopes_within_bounds_hold_every_slope_and_hardly_more() {
    for_each_box(|op, bounds, points| {
        for by in 0..bounds.len() {
            let found = op.slope(bounds, &op.bounds(bounds), by);
            let what = format!("slope of {op:?} by {by} in {bounds:?}");
            let condition = bounds[0];
            if (op, by) == (Op::IfPositive, 0) && condition.lo <= 0.0 && condition.hi > 0.0 {
                assert_eq!(found, Interval::ALL, "it may jump: {what}");
                continue;
            }
            let of = |point: &Vec<f64>| op.slope(point, &op.apply(point), by);
            let slopes: Vec<f64> = points.iter().map(of).collect();
            assert_tight(found, &slopes, 1.0, &what);
        }
    });
}

/// The slopes of a maximum add up to 1 even where several are the largest.
#[test]
fn where_slopes_jump_a_number_is_of_one_side() {
    let slopes = |op: Op, point: &[f64]| -> Vec<f64> {
        (0..point.len()).map(|by| op.slope(point, &op.apply(point), by)).collect()
    };
    assert_eq!(slopes(Op::Max, &[0.5, 0.5, 0.5]), [1.0, 0.0, 0.0]);
    assert_eq!(slopes(Op::Max, &[0.1, 0.5, 0.5]), [0.0, 1.0, 0.0]);
    assert_eq!(slopes(Op::Max, &[0.5, 0.1, 0.5]), [1.0, 0.0, 0.0]);
    assert_eq!(slopes(Op::Max, &[0.1, 0.2, 0.5]), [0.0, 0.0, 1.0]);
    assert_eq!(slopes(Op::Magnitude, &[0.0]), [0.0]);
    assert_eq!(slopes(Op::IfPositive, &[0.0, 3.0, 4.0]), [0.0, 0.0, 1.0]);
    assert_eq!(f64::jump(&0.0), 0.0);
    assert_eq!(Expr::jump(&x(0)), Expr::Number(0.0));
}
