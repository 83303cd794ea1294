//! Bounds of a formula that has a quantity twice, as `a·(1 - a)` has.
//!
//! Whoever works it takes the same number at both places, or at one of them what is in
//! memory and at the other that number as it was written down. [`hull`](super::hull)
//! takes any two numbers, which makes the bounds of a slope several times too wide. So
//! every choice of memory and paper is looked at by itself, and each part of the formula
//! is held as a sum: a middle, a share for what each such quantity may be off by, and
//! what is left over.

use smallvec::SmallVec;

use super::hull::{changes_no_digit, in_any_order, is_rounded};
use super::precision::WorkingScale;
use crate::expr::{Expr, Interval, Op};
use crate::name::Name;

/// Quantities up to which a formula is looked at: longer ones are sums with a line for
/// each addend, in which hardly anything cancels.
const MOST_LEAVES: usize = 12;

/// Places of quantities that stand twice, up to which every choice is looked at.
const MOST_PLACES: usize = 6;

/// Factors up to which every order of multiplying is followed.
const MOST_ORDERED: usize = 4;

/// Relative noise of one operation of an f64.
const NOISE: f64 = 4.0 * f64::EPSILON;

/// What somebody has of a quantity.
#[derive(Clone, Copy, Debug)]
pub(super) struct MemoryAndPaper {
    /// All that may be in memory.
    pub(super) memory: Interval,
    /// The number on paper, where it was handed in; else it is that in memory, shortened.
    pub(super) paper: Option<f64>,
}

/// Bounds of a formula that has a quantity twice; of others, nothing is known.
pub(super) fn bounds(
    expr: &Expr,
    working: WorkingScale,
    held: &dyn Fn(Name) -> MemoryAndPaper,
) -> Option<Interval> {
    let (repeated, places) = repeated(expr)?;
    let mut all: Option<Interval> = None;
    for choice in 0..1_u32 << places {
        let mut walk = Walk { working, repeated: &repeated, held, choice };
        let range = walk.value(expr).range();
        if !range.width().is_finite() {
            return None;
        }
        all = Some(all.map_or(range, |all| all.hull(range)));
    }
    all
}

type Names = SmallVec<[Name; 4]>;

/// Quantities that a short formula has more than once, and at how many places they
/// stand in all.
fn repeated(expr: &Expr) -> Option<(Names, usize)> {
    let mut leaves: SmallVec<[Name; MOST_LEAVES]> = SmallVec::new();
    let mut count = 0;
    expr.for_each_leaf(&mut |leaf| {
        count += 1;
        // What is given is the same for everybody.
        if count <= MOST_LEAVES && !leaf.is_given() {
            leaves.push(leaf);
        }
    });
    if count > MOST_LEAVES {
        return None;
    }
    leaves.sort_unstable();
    let alike = leaves.chunk_by(|a, b| a == b).filter(|alike| alike.len() > 1);
    let places: usize = alike.clone().map(<[Name]>::len).sum();
    (1..=MOST_PLACES).contains(&places).then(|| (alike.map(|alike| alike[0]).collect(), places))
}

/// Whether shortening a part to the digits that somebody works with changes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Digits {
    /// It has no more than these.
    Few,
    /// It is one number in memory, but for sums with such as have no more: what is on
    /// paper in its place stands for it shortened.
    OneInMemory,
    Many,
}

/// A part of a formula.
#[derive(Clone, Debug)]
struct Part {
    middle: f64,
    /// How far it moves with what may be in memory of each quantity that the formula has
    /// twice, and with what shortening makes of that, in pairs.
    shares: SmallVec<[f64; 4]>,
    /// How far it may be off from that.
    rest: f64,
    digits: Digits,
}

impl Part {
    fn within(range: Interval, shares: usize, digits: Digits) -> Self {
        let middle = range.middle();
        let rest = (range.hi - middle).max(middle - range.lo);
        Self { middle, shares: SmallVec::from_elem(0.0, shares), rest, digits }
    }

    fn radius(&self) -> f64 {
        self.shares.iter().map(|share| share.abs()).sum::<f64>() + self.rest
    }

    fn range(&self) -> Interval {
        Interval::around(self.middle, self.radius())
    }

    /// With the noise that making it has added.
    fn noisy(mut self) -> Self {
        self.rest += NOISE * (self.middle.abs() + self.radius());
        self
    }

    fn negated(mut self) -> Self {
        self.middle = -self.middle;
        self.shares.iter_mut().for_each(|share| *share = -*share);
        self
    }

    fn plus(mut self, other: &Self) -> Self {
        self.middle += other.middle;
        self.shares.iter_mut().zip(&other.shares).for_each(|(share, more)| *share += more);
        self.rest += other.rest;
        self.digits = match (self.digits, other.digits) {
            (digits, Digits::Few) | (Digits::Few, digits) => digits,
            (Digits::OneInMemory | Digits::Many, Digits::OneInMemory | Digits::Many) => {
                Digits::Many
            }
        };
        self.noisy()
    }

    fn times(&self, other: &Self) -> Self {
        let shares = self.shares.iter().zip(&other.shares);
        let shares = shares.map(|(a, b)| self.middle * b + other.middle * a).collect();
        let rest = self.middle.abs() * other.rest
            + other.middle.abs() * self.rest
            + self.radius() * other.radius();
        let middle = self.middle * other.middle;
        Self { middle, shares, rest, digits: Digits::Many }.noisy()
    }

    /// What holds both.
    fn hull(self, other: &Self) -> Self {
        let middle = f64::midpoint(self.middle, other.middle);
        let pairs = self.shares.iter().zip(&other.shares);
        let aside: f64 = pairs.clone().map(|(a, b)| (a - b).abs() / 2.0).sum();
        let shares = pairs.map(|(a, b)| f64::midpoint(*a, *b)).collect();
        let rest = (self.middle - other.middle).abs() / 2.0 + aside + self.rest.max(other.rest);
        Self { middle, shares, rest, digits: Digits::Many }.noisy()
    }
}

/// The walk through one formula.
struct Walk<'w> {
    working: WorkingScale,
    repeated: &'w Names,
    held: &'w dyn Fn(Name) -> MemoryAndPaper,
    /// Per place of a quantity that stands twice, whether it is taken from paper.
    choice: u32,
}

impl Walk<'_> {
    fn value(&mut self, expr: &Expr) -> Part {
        match expr {
            Expr::Number(number) => self.known(*number),
            Expr::Leaf(name) => self.leaf(*name),
            Expr::Apply(op, operands) => {
                let parts: SmallVec<[Part; 4]> =
                    operands.iter().map(|operand| self.part(operand)).collect();
                self.apply(*op, &parts)
            }
        }
    }

    fn known(&self, number: f64) -> Part {
        let digits = if self.working.keeps(number) { Digits::Few } else { Digits::Many };
        self.within(Interval::point(number), digits)
    }

    /// A part that is somewhere within bounds, whatever each quantity is.
    fn within(&self, range: Interval, digits: Digits) -> Part {
        Part::within(range, 2 * self.repeated.len(), digits)
    }

    fn leaf(&mut self, name: Name) -> Part {
        let MemoryAndPaper { memory, paper } = (self.held)(name);
        let Some(at) = self.repeated.iter().position(|repeated| *repeated == name) else {
            return if memory.lo == memory.hi {
                self.known(memory.lo)
            } else {
                self.within(memory, Digits::Many)
            };
        };
        let from_paper = self.choice & 1 == 1;
        self.choice >>= 1;
        if let (true, Some(paper)) = (from_paper, paper) {
            return self.known(paper);
        }
        let mut part = self.within(memory, Digits::OneInMemory);
        part.shares[2 * at] = part.rest;
        part.rest = 0.0;
        if from_paper {
            part.shares[2 * at + 1] = self.working.shift(memory);
            part.digits = Digits::Few;
        }
        part
    }

    /// A part of a formula, as one may go on with it.
    fn part(&mut self, expr: &Expr) -> Part {
        let exact = self.value(expr);
        if is_rounded(expr) { self.shortened(exact) } else { exact }
    }

    fn shortened(&self, mut exact: Part) -> Part {
        let is_kept = match exact.digits {
            Digits::Few | Digits::OneInMemory => self.working.has_one_grid(),
            Digits::Many => false,
        };
        if !is_kept {
            exact.rest += self.working.shift(exact.range());
            exact.digits = Digits::Many;
        }
        exact
    }

    fn apply(&self, op: Op, parts: &[Part]) -> Part {
        match (op, parts) {
            (Op::Sum, [first, rest @ ..]) => {
                let last = rest.len().saturating_sub(1);
                let add = |sum: Part, (at, part): (usize, &Part)| {
                    let sum = sum.plus(part);
                    if at < last { self.shortened(sum) } else { sum }
                };
                rest.iter().enumerate().fold(first.clone(), add)
            }
            (Op::Difference, [a, b]) => a.clone().plus(&b.clone().negated()),
            (Op::Negative, [a]) => a.clone().negated(),
            (Op::Square, [a]) => a.times(a),
            (Op::Product, factors) => self.product(factors),
            _ => {
                let ranges: SmallVec<[Interval; 4]> = parts.iter().map(Part::range).collect();
                self.within(op.bounds(&ranges), Digits::Many).noisy()
            }
        }
    }

    fn product(&self, factors: &[Part]) -> Part {
        let is_plain = |factor: &&Part| changes_no_digit(factor.range());
        let plain: f64 = factors.iter().filter(is_plain).map(|factor| factor.middle).product();
        let rest: SmallVec<[Part; 4]> =
            factors.iter().filter(|factor| !is_plain(factor)).cloned().collect();
        if rest.is_empty() || plain == 0.0 {
            return self.known(plain);
        }
        let times = |a: Part, b: Part| a.times(&b);
        let join = |a: Part, b: Part| a.hull(&b);
        let go_on = |product| self.shortened(product);
        let product = in_any_order(&rest, MOST_ORDERED, times, join, go_on);
        if plain < 0.0 { product.negated() } else { product }
    }
}

#[cfg(test)]
mod tests;
