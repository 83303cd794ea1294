//! From the least to the most that honest work on a formula can come to: one interval
//! that holds everything, which is what somebody may carry for a line that was not
//! handed in.

use std::slice;

use smallvec::SmallVec;

use super::precision::WorkingScale;
use crate::expr::{Expr, Interval, Op};
use crate::name::Name;

/// Factors up to which every order of multiplying is followed.
const MOST_ORDERED: usize = 7;

/// Parts that the values of a quantity are looked at in, where a formula has it more
/// than once.
const PARTS: u32 = 8;

/// Everything between the least and the most that a formula can come to. A quantity
/// that it has more than once is the same number each time.
pub(super) fn hull(
    expr: &Expr,
    working: WorkingScale,
    carried: &dyn Fn(Name) -> Interval,
) -> Interval {
    let standing = Standing::of(expr, carried);
    let Some((repeated, all)) = standing.repeated() else {
        return by_occurrence(expr, working, &standing.bounds);
    };
    let end = |at: u32| all.lo + all.width() * f64::from(at) / f64::from(PARTS);
    let parts = (0..PARTS).map(|at| Interval::between(end(at), end(at + 1)));
    let mut bounds = standing.bounds.clone();
    let hulls = parts.map(|part| {
        for (bounds, _) in bounds.iter_mut().zip(&standing.names).filter(|(_, n)| **n == repeated) {
            *bounds = part;
        }
        by_occurrence(expr, working, &bounds)
    });
    hulls.reduce(Interval::hull).unwrap_or(Interval::ALL)
}

/// Whether a formula comes near some values: whether its [hull](hull) overlaps them.
pub(super) fn comes_near(
    expr: &Expr,
    working: WorkingScale,
    carried: &dyn Fn(Name) -> Interval,
    values: Interval,
) -> bool {
    // Every occurrence on its own allows more, and is known sooner.
    let standing = Standing::of(expr, carried);
    by_occurrence(expr, working, &standing.bounds).overlaps(values)
        && (standing.repeated().is_none() || hull(expr, working, carried).overlaps(values))
}

/// The quantities of a formula as they stand from left to right, and what is carried
/// for them.
struct Standing {
    names: SmallVec<[Name; 8]>,
    bounds: SmallVec<[Interval; 8]>,
}

/// Quantities up to which each is held against all others.
const FEW: usize = 16;

impl Standing {
    fn of(expr: &Expr, carried: &dyn Fn(Name) -> Interval) -> Self {
        let (mut names, mut bounds) = (SmallVec::new(), SmallVec::new());
        expr.for_each_leaf(&mut |leaf| {
            names.push(leaf);
            bounds.push(carried(leaf));
        });
        Self { names, bounds }
    }

    /// The quantity that stands there more than once and that is known least, if it is
    /// known a little.
    fn repeated(&self) -> Option<(Name, Interval)> {
        let known = self.names.iter().copied().zip(self.bounds.iter().copied());
        let is_open = |all: Interval| all.width() > 0.0 && all.width().is_finite();
        let mut open: SmallVec<[(Name, Interval); 8]> =
            known.filter(|(_, all)| is_open(*all)).collect();
        if open.len() > FEW {
            open.sort_unstable_by_key(|(name, _)| *name);
        }
        let is_again = |at: usize| {
            let before = if open.len() > FEW { at.saturating_sub(1)..at } else { 0..at };
            open[before].iter().any(|(name, _)| *name == open[at].0)
        };
        let again = (1..open.len()).filter(|at| is_again(*at)).map(|at| open[at]);
        again.max_by(|(one, a), (other, b)| a.width().total_cmp(&b.width()).then(one.cmp(other)))
    }
}

/// The same with every occurrence of a quantity on its own, whose bounds stand in the
/// order of the formula.
fn by_occurrence(expr: &Expr, working: WorkingScale, bounds: &[Interval]) -> Interval {
    occurring(expr, working, &mut bounds.iter())
}

fn occurring(expr: &Expr, working: WorkingScale, rest: &mut slice::Iter<'_, Interval>) -> Interval {
    match expr {
        Expr::Number(number) => Interval::point(*number),
        Expr::Leaf(_) => rest.next().copied().unwrap_or(Interval::ALL),
        Expr::Apply(op, operands) => {
            let part = |operand: &Expr| {
                let before = rest.len();
                let exact = occurring(operand, working, rest);
                let is_rounded = matches!(operand, Expr::Apply(..)) && rest.len() < before;
                if is_rounded { working.hull(exact) } else { exact }
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
