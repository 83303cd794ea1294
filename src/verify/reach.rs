//! What honest work on a formula can come to: from operands that are pinned to
//! what was handed in, with results on the way rounded or kept.
//!
//! [Reach](Reach) keeps apart what lies apart: who rounds 0.07389 to four
//! decimals goes on with 0.0739 and with nothing between. The [hull](super::hull) is
//! the other reading of the same tree.

use smallvec::SmallVec;

use super::hull::{changes_no_digit, in_any_order, is_rounded, product_hull};
use super::precision::{Shortening, WorkingScale};
use crate::expr::{Expr, Interval, Op};
use crate::lesson::PaperForm;
use crate::name::Name;

/// Pieces that are kept apart; beyond, the closest are joined.
const MOST_PIECES: usize = 12;

/// Factors up to which every order of multiplying is followed, piece by piece.
const MOST_ORDERED: usize = 5;

/// Values in a few pieces, in rising order and apart from each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Reach(Vec<Interval>);

impl Reach {
    /// All values of a formula whose operands are somewhere in `carried`, with
    /// every result on the way kept or shortened.
    pub(super) fn of(
        expr: &Expr,
        working: WorkingScale,
        shortening: Shortening,
        carried: &dyn Fn(Name) -> Self,
    ) -> Self {
        Walk { working, shortening, carried }.value(expr)
    }

    /// The same of a way that is worked in two steps: the result of the first is one
    /// number wherever it stands in the second.
    pub(super) fn from_paper(
        form: &PaperForm,
        working: WorkingScale,
        shortening: Shortening,
        carried: &dyn Fn(Name) -> Self,
    ) -> Self {
        let walk = Walk { working, shortening, carried };
        let firsts = form.firsts.iter().map(|(_, first)| walk.shortened(walk.value(first)).0);
        let firsts: Vec<Vec<Interval>> = firsts.collect();
        let choices: usize = firsts.iter().map(Vec::len).product();
        let mut all = Vec::new();
        for choice in 0..choices {
            let mut choice = choice;
            let chosen: SmallVec<[Interval; 2]> = firsts
                .iter()
                .map(|pieces| {
                    let one = pieces[choice % pieces.len()];
                    choice /= pieces.len();
                    one
                })
                .collect();
            let one = |leaf| {
                let at = form.firsts.iter().position(|(name, _)| *name == leaf);
                at.map_or_else(|| carried(leaf), |at| Self(vec![chosen[at]]))
            };
            all.extend(Self::of(&form.then, working, shortening, &one).0);
        }
        Self(all).joined()
    }

    /// These pieces.
    pub(super) fn new(pieces: impl IntoIterator<Item = Interval>) -> Self {
        Self(pieces.into_iter().collect()).joined()
    }

    /// The pieces.
    pub(super) fn pieces(&self) -> &[Interval] {
        &self.0
    }

    /// From the least to the most.
    fn hull(&self) -> Interval {
        self.0.iter().copied().reduce(Interval::hull).unwrap_or(Interval::ALL)
    }

    /// In order, overlapping ones joined, and no more than are kept.
    fn joined(mut self) -> Self {
        self.0.sort_unstable_by(|a, b| a.lo.total_cmp(&b.lo));
        self.0.dedup_by(|next, last| {
            let touch = next.lo <= last.hi;
            if touch {
                last.hi = last.hi.max(next.hi);
            }
            touch
        });
        while self.0.len() > MOST_PIECES {
            let gap = |at: usize| self.0[at + 1].lo - self.0[at].hi;
            let gaps = 0..self.0.len() - 1;
            let Some(closest) = gaps.min_by(|a, b| gap(*a).total_cmp(&gap(*b))) else { break };
            let next = self.0.remove(closest + 1);
            self.0[closest].hi = next.hi;
        }
        self
    }
}

/// The walk through one formula.
struct Walk<'w> {
    working: WorkingScale,
    shortening: Shortening,
    carried: &'w dyn Fn(Name) -> Reach,
}

impl Walk<'_> {
    fn value(&self, expr: &Expr) -> Reach {
        match expr {
            Expr::Number(number) => Reach(vec![Interval::point(*number)]),
            Expr::Leaf(name) => (self.carried)(*name),
            Expr::Apply(op, operands) => {
                let operands: Vec<Reach> =
                    operands.iter().map(|operand| self.part(operand)).collect();
                if *op == Op::Product {
                    self.product(&operands)
                } else if *op == Op::Sum {
                    self.sum(&operands)
                } else {
                    across(*op, &operands)
                }
            }
        }
    }

    /// A part of a formula, as one may go on with it.
    fn part(&self, expr: &Expr) -> Reach {
        let exact = self.value(expr);
        if is_rounded(expr) { self.shortened(exact) } else { exact }
    }

    /// Kept or shortened.
    fn shortened(&self, exact: Reach) -> Reach {
        let mut all = exact.0.clone();
        for piece in exact.0 {
            self.working.shortened(piece, self.shortening, |short| all.push(short));
        }
        Reach(all).joined()
    }

    fn sum(&self, addends: &[Reach]) -> Reach {
        let Some((first, rest)) = addends.split_first() else { return Reach::default() };
        let mut sum = first.clone();
        for (at, addend) in rest.iter().enumerate() {
            sum = across(Op::Sum, &[sum, addend.clone()]);
            if at + 1 < rest.len() {
                sum = self.shortened(sum);
            }
        }
        sum
    }

    /// Factors in any order. Those that are 1, -1 or 0 change no digit.
    fn product(&self, factors: &[Reach]) -> Reach {
        let is_plain =
            |factor: &&Reach| matches!(factor.0.as_slice(), [only] if changes_no_digit(*only));
        let plain: f64 = factors.iter().filter(is_plain).map(|factor| factor.0[0].lo).product();
        let rest: Vec<Reach> = factors.iter().filter(|factor| !is_plain(factor)).cloned().collect();
        if plain == 0.0 || rest.is_empty() {
            return Reach(vec![Interval::point(plain)]);
        }
        if rest.len() > MOST_ORDERED {
            let ends = rest.iter().map(|factor| factor.hull());
            let factors: Vec<Interval> = ends.chain([Interval::point(plain)]).collect();
            return Reach(vec![product_hull(&factors, self.working)]);
        }
        let times = |a, b| across(Op::Product, &[a, b]);
        let join = |a: Reach, b: Reach| Reach([a.0, b.0].concat()).joined();
        let product =
            in_any_order(&rest, MOST_ORDERED, times, join, |product| self.shortened(product));
        if plain == 1.0 { product } else { across(Op::Negative, &[product]) }
    }
}

/// An operator on every choice of pieces.
fn across(op: Op, operands: &[Reach]) -> Reach {
    let count: usize = operands.iter().map(|operand| operand.0.len()).product();
    if count > MOST_PIECES * MOST_PIECES {
        let hulls: Vec<Interval> = operands.iter().map(Reach::hull).collect();
        return Reach(vec![op.bounds(&hulls)]);
    }
    let mut pieces = Vec::with_capacity(count);
    let mut chosen: Vec<Interval> = Vec::with_capacity(operands.len());
    for choice in 0..count {
        let mut choice = choice;
        chosen.clear();
        for operand in operands {
            chosen.push(operand.0[choice % operand.0.len()]);
            choice /= operand.0.len();
        }
        pieces.push(op.bounds(&chosen));
    }
    Reach(pieces).joined()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{product, sum};
    use crate::name::Symbol;
    use crate::num::Precision;
    use crate::verify::hull::hull;

    const VALUES: [f64; 4] = [0.96, 0.079, 10.4, -0.37];

    fn carried(name: Name) -> Interval {
        let Name::Value(Symbol::Input(at)) = name else { return Interval::ALL };
        Interval::point(VALUES[at as usize])
    }

    fn leaves(count: u32) -> impl Iterator<Item = Expr> {
        (0..count).map(|at| Symbol::Input(at).into())
    }

    #[test]
    fn a_running_total_may_be_rounded() {
        let working = WorkingScale::asked(Precision::Significant(2));
        let hull = hull(&sum(leaves(3)), working, &carried);
        // 0.96 + 0.079 = 1.039, which is 1.0 with two significant digits.
        assert!(hull.lo <= 11.4 && hull.hi >= 11.439, "{hull:?}");
    }

    #[test]
    fn all_that_is_reached_lies_within_the_hull() {
        for digits in [Precision::Decimals(1), Precision::Significant(1), Precision::Significant(3)]
        {
            let working = WorkingScale::asked(digits);
            for count in 2..=4 {
                for formula in [sum(leaves(count)), product(leaves(count))] {
                    let hull = hull(&formula, working, &carried).widened(1e-12);
                    for shortening in working.shortenings() {
                        let pieces = |name| Reach::new([carried(name)]);
                        let reach = Reach::of(&formula, working, *shortening, &pieces);
                        assert!(!reach.pieces().is_empty());
                        for piece in reach.pieces() {
                            let within = hull.contains(piece.lo) && hull.contains(piece.hi);
                            assert!(within, "{formula:?}: {piece:?} is not in {hull:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn factors_come_in_any_order() {
        // 0.96·0.079 is 0.0758, which is 0.1 with one decimal, and 0.079·10.4 is 0.8.
        let working = WorkingScale::asked(Precision::Decimals(1));
        let pieces = |name| Reach::new([carried(name)]);
        let reach = Reach::of(&product(leaves(3)), working, Shortening::Rounded, &pieces);
        let reaches =
            |value: f64| reach.pieces().iter().any(|piece| piece.widened(1e-12).contains(value));
        assert!(reaches(0.1 * 10.4) && reaches(0.96 * 0.8) && reaches(10.0 * 0.079));
        assert!(!reaches(0.9) && !reaches(2.0));
    }

    fn pieces(ends: &[(f64, f64)]) -> Reach {
        Reach::new(ends.iter().map(|(lo, hi)| Interval { lo: *lo, hi: *hi }))
    }

    fn points(values: impl IntoIterator<Item = f64>) -> Reach {
        Reach::new(values.into_iter().map(Interval::point))
    }

    #[test]
    fn pieces_that_touch_are_one() {
        let touching = pieces(&[(3.0, 4.0), (0.0, 1.0), (1.0, 2.0), (0.2, 0.4)]);
        assert_eq!(touching.0, pieces(&[(0.0, 2.0), (3.0, 4.0)]).0);
        assert_eq!(touching.0.len(), 2);
        assert_eq!(touching.hull(), Interval { lo: 0.0, hi: 4.0 });
        assert_eq!(Reach::default().hull(), Interval::ALL, "nothing is known");
    }

    #[test]
    fn twelve_pieces_are_kept_apart_and_of_more_the_closest_are_joined() {
        let squares = |from: u32, to: u32| points((from..to).map(|at| f64::from(at * at)));
        assert_eq!(squares(0, 12).0.len(), 12);
        let joined = squares(0, 13);
        assert_eq!(joined.0[..2], [Interval { lo: 0.0, hi: 1.0 }, Interval::point(4.0)]);
        assert_eq!(joined.0.len(), 12);
        // The closest are not the first.
        let last = points((0..12).map(|at| f64::from(10 * at)).chain([111.0]));
        assert_eq!(last.0.last(), Some(&Interval { lo: 110.0, hi: 111.0 }));
        assert_eq!(last.0.len(), 12);
    }

    #[test]
    fn running_totals_are_rounded_and_the_sum_is_not() {
        let working = WorkingScale::asked(Precision::Decimals(1));
        let pinned = |name| Reach::new([carried(name)]);
        let reach = |count| Reach::of(&sum(leaves(count)), working, Shortening::Rounded, &pinned);
        let is = |reach: Reach, values: &[f64]| {
            reach.0.len() == values.len()
                && reach.0.iter().zip(values).all(|(piece, value)| {
                    (piece.lo - value).abs() < 1e-12 && (piece.hi - value).abs() < 1e-12
                })
        };
        assert!(is(reach(2), &[1.039]));
        assert!(is(reach(3), &[11.4, 11.439]));
    }

    #[test]
    fn up_to_five_factors_are_followed_piece_by_piece() {
        let working = WorkingScale::asked(Precision::Decimals(2));
        let pinned = |name: Name| {
            let Name::Value(Symbol::Input(at)) = name else { return Reach::default() };
            points([[1.237, 1.119, 1.331, 1.411, 1.523, 1.617][at as usize]])
        };
        let pieces = |count| {
            Reach::of(&product(leaves(count)), working, Shortening::Rounded, &pinned).0.len()
        };
        assert!(pieces(5) > 1, "rounded in one order or another");
        assert_eq!(pieces(6), 1, "from the least to the most");
    }

    #[test]
    fn every_piece_is_taken_with_every_other() {
        let either = |other: f64| points([0.0, other]);
        let sums = across(Op::Sum, &[either(1.0), either(10.0), either(100.0)]);
        assert_eq!(sums, points([0.0, 1.0, 10.0, 11.0, 100.0, 101.0, 110.0, 111.0]));
    }

    #[test]
    fn choices_are_followed_up_to_a_dozen_on_either_side() {
        let twelve = || points((0..12).map(f64::from));
        let far = || points((0..12).map(|at| f64::from(100 * at)));
        assert_eq!(across(Op::Sum, &[twelve(), far()]).0.len(), 12);
        let two = points([0.0, 10_000.0]);
        assert_eq!(across(Op::Sum, &[twelve(), far(), two]).0.len(), 1);
    }
}
