//! The reading over intervals: all values that a tree can have while its
//! quantities lie in given bounds.
//!
//! Taken operation by operation, bounds are exact where every quantity occurs
//! once, but widen needlessly where one occurs twice: a·(1 - a) for a in
//! [0.615, 0.625] comes out 4.2 times too wide. Then the slopes of the same tree
//! narrow them down. A quantity that only ever raises the value, or only ever
//! lowers it, need only be looked at its ends. For others there is the
//! mean-value form, f(m) + Σ ∂f/∂x·(x - m), m being the middle.

use std::cell::Cell;

use smallvec::SmallVec;

use super::interval::{LIBM, TINIEST};
use super::op::Rounding;
use super::{Expr, Interval, Op, evaluate};
use crate::name::{Name, NameMap};

/// All values of a tree, each quantity in it being somewhere in `bounds`: those
/// of exact arithmetic, and those that [`evaluate`] gives.
pub fn enclose(expr: &Expr, bounds: &impl Fn(Name) -> Interval) -> Interval {
    if has_each_once(expr) {
        return natural(expr, bounds);
    }
    let mut tree = Tree::default();
    let natural = tree.value(expr, bounds);
    let is_open = tree.leaves.iter().any(|leaf| leaf.is_repeated && !leaf.bounds.is_point());
    if is_open && !tree.is_wide && natural.is_bounded() {
        tree.narrowed(expr, natural)
    } else {
        natural
    }
}

/// Whether a tree has few quantities, each of them once: then its bounds are exact.
fn has_each_once(expr: &Expr) -> bool {
    let mut names: SmallVec<[Name; FEW]> = SmallVec::new();
    let mut is_once = true;
    expr.for_each_leaf(&mut |leaf| {
        is_once = is_once && names.len() < FEW && !names.contains(&leaf);
        if is_once {
            names.push(leaf);
        }
    });
    is_once
}

/// So many quantities are few.
const FEW: usize = 8;

/// What is known of a tree while it is read. Most trees of a lesson are small:
/// nothing of them is allocated.
#[derive(Default)]
struct Tree {
    /// Its quantities, each once.
    leaves: SmallVec<[Leaf; 8]>,
    /// Where they are, once there are too many to look through.
    by_name: Option<NameMap<u32>>,
    /// Which of them stands where, from left to right.
    order: SmallVec<[u32; 16]>,
    /// Bounds of all operands. Those of one operator stand side by side, in the
    /// order in which operators are met from the root down.
    operands: SmallVec<[Interval; 24]>,
    /// Whether an operator has so many operands that its slopes take too long:
    /// but for sums, each of them looks at all the others.
    is_wide: bool,
}

/// More operands than this are many.
const MANY: usize = 16;

struct Leaf {
    name: Name,
    bounds: Interval,
    is_repeated: bool,
    /// How much the tree changes with it.
    slope: Interval,
}

impl Tree {
    /// Bounds operation by operation.
    fn value(&mut self, expr: &Expr, bounds: &impl Fn(Name) -> Interval) -> Interval {
        match expr {
            Expr::Number(number) => Interval::point(*number),
            Expr::Leaf(name) => {
                let at = self.place_of(*name, bounds);
                self.order.push(at);
                self.leaves[at as usize].bounds
            }
            Expr::Apply(op, operands) => {
                let first = self.operands.len();
                let after = first + operands.len();
                self.is_wide |= operands.len() > MANY && *op != Op::Sum;
                self.operands.resize(after, Interval::ALL);
                for (at, operand) in operands.iter().enumerate() {
                    self.operands[first + at] = self.value(operand, bounds);
                }
                op.bounds(&self.operands[first..after])
            }
        }
    }

    fn place_of(&mut self, name: Name, bounds: &impl Fn(Name) -> Interval) -> u32 {
        let found = match &self.by_name {
            Some(places) => places.get(&name).copied(),
            None => self.leaves.iter().position(|leaf| leaf.name == name).map(|at| at as u32),
        };
        if let Some(at) = found {
            self.leaves[at as usize].is_repeated = true;
            return at;
        }
        let at = self.leaves.len() as u32;
        let (bounds, slope) = (bounds(name), Interval::point(0.0));
        self.leaves.push(Leaf { name, bounds, is_repeated: false, slope });
        if let Some(places) = &mut self.by_name {
            places.insert(name, at);
        } else if self.leaves.len() == self.leaves.inline_size() {
            self.by_name = Some(self.leaves.iter().map(|leaf| leaf.name).zip(0..).collect());
        }
        at
    }

    /// What the slopes leave of the natural bounds.
    fn narrowed(&mut self, expr: &Expr, natural: Interval) -> Interval {
        let mut walk = Walk::default();
        self.push_slopes(expr, natural, Interval::point(1.0), &mut walk);
        // Slopes speak of exact arithmetic, and an f64 may be off from there.
        let noise = walk.noise;
        if !noise.is_finite() {
            return natural;
        }
        let mut found = natural;
        let repeated = || self.leaves.iter().filter(|leaf| leaf.is_repeated);
        if repeated().any(|leaf| leaf.direction().is_some()) {
            let lowest = self.at_ends(expr, |bounds| bounds.lo, |bounds| bounds.hi).lo;
            let highest = self.at_ends(expr, |bounds| bounds.hi, |bounds| bounds.lo).hi;
            found = found.cut(Interval { lo: lowest, hi: highest }.widened(noise));
        }
        if repeated().any(|leaf| leaf.direction().is_none()) {
            found = found.cut(self.mean_value(expr).widened(2.0 * noise));
        }
        found
    }

    /// Adds how much the whole tree changes with each quantity below, `outer`
    /// being how much it changes with this part, whose bounds are `value`.
    fn push_slopes(&mut self, expr: &Expr, value: Interval, outer: Interval, walk: &mut Walk) {
        match expr {
            Expr::Number(_) => {}
            Expr::Leaf(_) => {
                let leaf = &mut self.leaves[self.order[walk.leaf] as usize];
                walk.leaf += 1;
                leaf.slope = leaf.slope.plus(outer);
            }
            Expr::Apply(op, parts) => {
                let first = walk.operand;
                let after = first + parts.len();
                walk.operand = after;
                walk.noise += outer.size() * lost(*op, value, &self.operands[first..after]);
                for (at, part) in parts.iter().enumerate() {
                    if matches!(part, Expr::Number(_)) {
                        continue;
                    }
                    let own = op.slope(&self.operands[first..after], &value, at);
                    self.push_slopes(part, self.operands[first + at], outer.times(own), walk);
                }
            }
        }
    }

    /// Natural bounds where each quantity that raises the value stands at one
    /// end, and each that lowers it at the other.
    fn at_ends(
        &self,
        expr: &Expr,
        of_rising: impl Fn(Interval) -> f64,
        of_falling: impl Fn(Interval) -> f64,
    ) -> Interval {
        let pinned = self.in_order(|leaf| match leaf.direction() {
            Some(Direction::Rising) => Interval::point(of_rising(leaf.bounds)),
            Some(Direction::Falling) => Interval::point(of_falling(leaf.bounds)),
            None => leaf.bounds,
        });
        natural(expr, &pinned)
    }

    fn mean_value(&self, expr: &Expr) -> Interval {
        let middle = evaluate(expr, &self.in_order(|leaf| leaf.bounds.middle()));
        let steps = self.leaves.iter().map(|leaf| {
            let middle = Interval::point(leaf.bounds.middle());
            leaf.slope.times(leaf.bounds.plus(middle.negated()))
        });
        steps.fold(Interval::point(middle), Interval::plus)
    }

    /// What `of` says of the quantities, for a reading that takes them as they
    /// stand from left to right: nothing is looked up by name again.
    fn in_order<T>(&self, of: impl Fn(&Leaf) -> T) -> impl Fn(Name) -> T {
        let next = Cell::new(0);
        move |_| {
            let at = self.order[next.replace(next.get() + 1)];
            of(&self.leaves[at as usize])
        }
    }
}

/// How far the way through a tree has gone, and what rounding may have changed
/// on it.
#[derive(Default)]
struct Walk {
    leaf: usize,
    operand: usize,
    noise: f64,
}

/// The way the value goes with a quantity.
enum Direction {
    Rising,
    Falling,
}

impl Leaf {
    fn direction(&self) -> Option<Direction> {
        if self.slope.lo >= 0.0 {
            Some(Direction::Rising)
        } else if self.slope.hi <= 0.0 {
            Some(Direction::Falling)
        } else {
            None
        }
    }
}

/// Bounds operation by operation, without remembering any.
fn natural(expr: &Expr, bounds: &impl Fn(Name) -> Interval) -> Interval {
    match expr {
        Expr::Number(number) => Interval::point(*number),
        Expr::Leaf(name) => bounds(*name),
        Expr::Apply(op, operands) => match operands.as_slice() {
            [a] => op.bounds(&[natural(a, bounds)]),
            [a, b] => op.bounds(&[natural(a, bounds), natural(b, bounds)]),
            many => {
                let many: SmallVec<[Interval; 8]> =
                    many.iter().map(|operand| natural(operand, bounds)).collect();
                op.bounds(&many)
            }
        },
    }
}

/// How far an f64 may be off after one operator.
fn lost(op: Op, value: Interval, operands: &[Interval]) -> f64 {
    let size = match op.rounding() {
        Rounding::None => return 0.0,
        Rounding::OfValue => LIBM * value.size(),
        Rounding::OfTerms => {
            f64::EPSILON * operands.iter().map(|operand| operand.size()).sum::<f64>()
        }
    };
    operands.len() as f64 * size + TINIEST
}
