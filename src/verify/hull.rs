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
        if at < last { working.hull(sum) } else { sum }
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
            let product = order.cloned().reduce(|product, factor| go_on(times(product, factor)));
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
