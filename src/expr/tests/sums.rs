//! What is left of a sum that cancels, and what is divided by a number too small for an f64.

use super::super::noise::{Noisy, noisy};
use super::super::{Expr, Interval, Op, evaluate};
use super::{among, x};

fn sum_of(terms: &[f64]) -> f64 {
    let tree = Expr::Apply(Op::Sum, (0..terms.len()).map(x).collect());
    evaluate(&tree, &among(terms))
}

#[test]
fn a_rest_within_the_rounding_of_its_terms_is_0_up_to_a_hundredth_of_a_trillionth() {
    // One unit of the last place of a number from 32 to 64, and of one from 64 to 128.
    assert_eq!(sum_of(&[50.0_f64.next_up(), -50.0]), 0.0);
    assert_eq!(sum_of(&[100.0_f64.next_up(), -100.0]), 100.0_f64.next_up() - 100.0);
    // All of their rounding, and more than that.
    let half = f64::EPSILON / 2.0;
    assert_eq!(sum_of(&[0.5 + half, half - 0.5]), 0.0);
    assert_eq!(sum_of(&[0.5 + 2.0 * half, half - 0.5]), 3.0 * half);
}

#[test]
fn bounds_of_a_sum_hold_the_0_that_a_rest_is_taken_for() {
    let least = 50.0_f64.next_up();
    let found = Op::Sum.bounds(&[Interval::between(least, 52.0), Interval::point(-50.0)]);
    assert_eq!(sum_of(&[least, -50.0]), 0.0);
    assert!(found.contains(0.0) && found.contains(1.0) && found.lo == 0.0, "{found:?}");
}

#[test]
fn what_is_divided_by_0_is_too_large_but_for_0() {
    let quotient = Expr::Apply(Op::Quotient, vec![x(0), x(1)]);
    let divided = |a: f64, b: f64| evaluate(&quotient, &among(&[a, b]));
    assert_eq!((divided(5.0, 0.0), divided(-5.0, 0.0)), (f64::INFINITY, f64::NEG_INFINITY));
    assert_eq!((divided(0.0, 0.0), divided(0.0, 5.0)), (0.0, 0.0));
}

#[test]
fn the_noise_of_a_condition_is_none_of_the_result() {
    let choice = Expr::Apply(Op::IfPositive, vec![x(0), Expr::Number(1.0), Expr::Number(0.0)]);
    let condition = Noisy { value: 0.5, noise: 0.1 };
    assert_eq!(noisy(&choice, &|_| condition).noise, 0.0);
}
