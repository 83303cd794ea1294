//! From the least to the most that honest work on a formula can come to: one interval
//! that holds everything, which is what somebody may carry for a line that was not
//! handed in.

use smallvec::SmallVec;

use super::precision::WorkingScale;
use crate::expr::{Expr, Interval, Op};
use crate::name::Name;

/// Factors up to which every order of multiplying is followed.
const MOST_ORDERED: usize = 7;

/// Everything between the least and the most that a formula can come to. A quantity
/// that it has more than once may be retyped at one place and in memory at another.
pub(super) fn hull(
    expr: &Expr,
    working: WorkingScale,
    carried: &dyn Fn(Name) -> Interval,
) -> Interval {
    match expr {
        Expr::Number(number) => Interval::point(*number),
        Expr::Leaf(name) => carried(*name),
        Expr::Apply(op, operands) => {
            let part = |operand: &Expr| {
                let exact = hull(operand, working, carried);
                if is_rounded(operand) { working.hull(exact) } else { exact }
            };
            let operands: SmallVec<[Interval; 8]> = operands.iter().map(part).collect();
            if *op == Op::Product {
                product_hull(&operands, working)
            } else if *op == Op::Sum {
                sum_hull(&operands, working)
            } else {
                op.bounds(&operands)
            }
        }
    }
}

/// Whether a part of a formula is a result that is rounded before one goes on:
/// not a quantity, which has been rounded, nor a constant.
pub(super) fn is_rounded(part: &Expr) -> bool {
    match part {
        Expr::Number(_) | Expr::Leaf(_) => false,
        // Changing a sign is no work.
        Expr::Apply(Op::Negative, operands) => operands.iter().any(is_rounded),
        Expr::Apply(..) => has_leaf(part),
    }
}

fn has_leaf(expr: &Expr) -> bool {
    match expr {
        Expr::Number(_) => false,
        Expr::Leaf(_) => true,
        Expr::Apply(_, operands) => operands.iter().any(has_leaf),
    }
}

/// A sum whose running totals may be rounded.
fn sum_hull(addends: &[Interval], working: WorkingScale) -> Interval {
    let last = addends.len().saturating_sub(1);
    let add = |sum, (at, addend): (usize, &Interval)| {
        let sum = Op::Sum.bounds(&[sum, *addend]);
        // The first addend is no total, and the last total is the sum itself.
        if at > 0 && at < last { working.hull(sum) } else { sum }
    };
    addends.iter().enumerate().fold(Interval::point(0.0), add)
}

/// A product of factors in any order, with results on the way rounded.
pub(super) fn product_hull(factors: &[Interval], working: WorkingScale) -> Interval {
    let times = |a: Interval, b: Interval| Op::Product.bounds(&[a, b]);
    let is_plain = |factor: &&Interval| changes_no_digit(**factor);
    let plain = factors.iter().filter(is_plain).copied().fold(Interval::point(1.0), times);
    let rest: SmallVec<[Interval; 8]> =
        factors.iter().filter(|factor| !is_plain(factor)).copied().collect();
    if rest.is_empty() || plain == Interval::point(0.0) {
        return plain;
    }
    let join = |hull: Interval, other| hull.hull(other);
    let go_on = |product| working.hull(product);
    times(plain, in_any_order(&rest, MOST_ORDERED, times, join, go_on))
}

/// Whether multiplying by a factor leaves the digits as they are: it is 1, -1 or
/// 0.
pub(super) fn changes_no_digit(factor: Interval) -> bool {
    factor.lo == factor.hi && (factor.lo == 0.0 || factor.lo.abs() == 1.0)
}

/// Multiplies factors in every order, as far as they are no more than `most`: `join` joins what
/// different orders give, `go_on` is what may be made of a result on the way.
pub(super) fn in_any_order<T: Clone>(
    factors: &[T],
    most: usize,
    times: impl Fn(T, T) -> T,
    join: impl Fn(T, T) -> T,
    go_on: impl Fn(T) -> T,
) -> T {
    let count = factors.len();
    if count > most {
        // So many are multiplied one by one, from either end.
        let one_by_one = |order: &mut dyn Iterator<Item = &T>| {
            let mut order = order.cloned();
            let first = order.next().zip(order.next()).map(|(a, b)| times(a, b));
            let product =
                first.map(|first| order.fold(first, |product, next| times(go_on(product), next)));
            product.unwrap_or_else(|| factors[0].clone())
        };
        return join(one_by_one(&mut factors.iter()), one_by_one(&mut factors.iter().rev()));
    }
    let all = (1_usize << count) - 1;
    let mut found: SmallVec<[T; 16]> = SmallVec::new();
    found.push(factors[0].clone());
    for set in 1..=all {
        let mut product = None;
        let mut part = (set - 1) & set;
        while part > 0 {
            // Each split once.
            if part > set ^ part {
                let next = times(found[part].clone(), found[set ^ part].clone());
                product = Some(match product {
                    Some(product) => join(product, next),
                    None => next,
                });
            }
            part = (part - 1) & set;
        }
        found.push(match product {
            None => factors[set.trailing_zeros() as usize].clone(),
            Some(product) if set == all => product,
            Some(product) => go_on(product),
        });
    }
    found.swap_remove(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{negative, sum};
    use crate::name::Symbol;
    use crate::num::Precision;

    /// Somebody who rounds to one decimal.
    fn tenths() -> WorkingScale {
        WorkingScale::asked(Precision::Decimals(1))
    }

    fn is(found: Interval, lo: f64, hi: f64) -> bool {
        (found.lo - lo).abs() < 1e-12 && (found.hi - hi).abs() < 1e-12
    }

    fn product_of(factors: &[f64]) -> Interval {
        let factors: Vec<Interval> = factors.iter().map(|value| Interval::point(*value)).collect();
        product_hull(&factors, tenths())
    }

    #[test]
    fn constants_are_not_rounded_and_results_are() {
        let leaf = || Expr::from(Symbol::Input(0));
        let total = sum([leaf(), leaf()]);
        assert!(is_rounded(&total) && is_rounded(&negative(total)));
        assert!(!is_rounded(&leaf()) && !is_rounded(&negative(leaf())), "a sign is no result");
        assert!(!is_rounded(&negative(negative(leaf()))));
        assert!(!is_rounded(&negative(Expr::Number(0.26))), "that is a constant");
    }

    #[test]
    fn the_whole_line_is_left_to_whoever_writes_it_down() {
        let values = [0.33, 0.29, 0.04];
        let carried = |name: Name| {
            let Name::Value(Symbol::Input(at)) = name else { return Interval::ALL };
            Interval::point(values[at as usize])
        };
        let sum_of = |count: u32| sum((0..count).map(|at| Symbol::Input(at).into()));
        assert!(is(hull(&sum_of(2), tenths(), &carried), 0.62, 0.62));
        // Its running total may be 0.62, 0.6, or cut off to 0.6.
        assert!(is(hull(&sum_of(3), tenths(), &carried), 0.64, 0.66));
    }

    #[test]
    fn a_factor_of_one_or_nought_changes_no_digit() {
        assert!(is(product_of(&[1.0, 0.26]), 0.26, 0.26));
        assert!(is(product_of(&[1.0, 0.26, 3.0]), 0.78, 0.78));
        assert!(is(product_of(&[-1.0, 0.26, 3.0]), -0.78, -0.78));
        assert!(is(product_of(&[0.0, 0.26, 3.0]), 0.0, 0.0));
        assert!(is(product_of(&[1.0, -1.0]), -1.0, -1.0));
        // 0.26 times 3 is 0.8 or, cut off, 0.7, and 0.26 times 2 is 0.5.
        assert!(is(product_of(&[2.0, 0.26, 3.0]), 1.4, 1.6));
        assert!(!changes_no_digit(Interval { lo: -1.0, hi: 1.0 }));
    }

    #[test]
    fn up_to_seven_factors_are_multiplied_in_every_order() {
        // Only who begins with the two small ones loses both.
        let seven = [10.0, 10.0, 0.04, 0.04, 10.0, 10.0, 1.5];
        assert!(product_of(&seven).contains(0.0));
        assert!(!product_of(&[&seven[..], &[10.0]].concat()).contains(0.0));
    }

    /// The orders in which somebody may multiply, who writes results on the way in
    /// brackets.
    fn orders(factors: &[&str], most: usize) -> Vec<String> {
        let factors: Vec<Vec<String>> = factors.iter().map(|name| vec![(*name).into()]).collect();
        let times = |a: Vec<String>, b: Vec<String>| {
            a.iter().flat_map(|a| b.iter().map(move |b| format!("{a}{b}"))).collect()
        };
        let join = |a: Vec<String>, b: Vec<String>| [a, b].concat();
        let go_on = |a: Vec<String>| a.iter().map(|a| format!("({a})")).collect();
        let mut orders = in_any_order(&factors, most, times, join, go_on);
        orders.sort_unstable();
        orders
    }

    #[test]
    fn every_order_is_tried_once() {
        assert_eq!(orders(&["a"], 3), ["a"]);
        assert_eq!(orders(&["a", "b"], 3), ["ba"]);
        assert_eq!(orders(&["a", "b", "c"], 3), ["(ca)b", "(cb)a", "c(ba)"]);
        let four = orders(&["a", "b", "c", "d"], 4);
        let different: std::collections::HashSet<&String> = four.iter().collect();
        assert_eq!((four.len(), different.len()), (15, 15));
        assert_eq!(orders(&["a", "b", "c"], 2), ["(ab)c", "(cb)a"], "from either end");
        assert_eq!(orders(&["a", "b"], 1), ["ab", "ba"]);
    }
}
