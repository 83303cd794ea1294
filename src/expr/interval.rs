//! The reading over intervals: all values that a tree can have while its
//! quantities lie in given bounds.
//!
//! Taken operation by operation, bounds widen needlessly where a quantity
//! occurs twice: a·(1 - a) for a in [0.615, 0.625] comes out 4.2 times too
//! wide. So they are cut with the mean-value form, f(m) + Σ ∂f/∂x·(x - m), whose
//! slopes come from the same tree.

use super::{Expr, Op, evaluate};
use crate::name::{Name, NameMap};

/// All numbers from `lo` to `hi`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The smallest.
    pub lo: f64,
    /// The largest.
    pub hi: f64,
}

impl Interval {
    /// One number alone.
    pub const fn point(value: f64) -> Self {
        Self { lo: value, hi: value }
    }

    /// The numbers between two, in either order.
    pub const fn between(a: f64, b: f64) -> Self {
        if a <= b { Self { lo: a, hi: b } } else { Self { lo: b, hi: a } }
    }

    /// The numbers no further than `radius` from `value`.
    pub const fn around(value: f64, radius: f64) -> Self {
        Self { lo: value - radius, hi: value + radius }
    }

    /// Every number.
    pub const ALL: Self = Self { lo: f64::NEG_INFINITY, hi: f64::INFINITY };

    /// The same, `radius` wider on both sides.
    pub const fn widened(self, radius: f64) -> Self {
        Self { lo: self.lo - radius, hi: self.hi + radius }
    }

    /// Whether a number is in both.
    pub const fn overlaps(self, other: Self) -> bool {
        self.lo <= other.hi && other.lo <= self.hi
    }

    /// Whether `value` is in it.
    pub const fn contains(self, value: f64) -> bool {
        self.lo <= value && value <= self.hi
    }

    /// The smallest interval that holds both.
    pub const fn hull(self, other: Self) -> Self {
        Self { lo: self.lo.min(other.lo), hi: self.hi.max(other.hi) }
    }

    /// The numbers that are in both, if there are some.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let both = Self { lo: self.lo.max(other.lo), hi: self.hi.min(other.hi) };
        (both.lo <= both.hi).then_some(both)
    }

    /// The middle.
    pub const fn middle(self) -> f64 {
        0.5 * self.lo + 0.5 * self.hi
    }

    /// How far its ends are apart.
    pub const fn width(self) -> f64 {
        self.hi - self.lo
    }

    fn negated(self) -> Self {
        Self { lo: -self.hi, hi: -self.lo }
    }

    fn plus(self, other: Self) -> Self {
        Self { lo: self.lo + other.lo, hi: self.hi + other.hi }
    }

    fn times(self, other: Self) -> Self {
        // 0 times an unbounded number is 0.
        let product = |a: f64, b: f64| if a == 0.0 || b == 0.0 { 0.0 } else { a * b };
        let all = [
            product(self.lo, other.lo),
            product(self.lo, other.hi),
            product(self.hi, other.lo),
            product(self.hi, other.hi),
        ];
        all.into_iter().map(Self::point).reduce(Self::hull).unwrap_or(Self::ALL)
    }

    fn reciprocal(self) -> Self {
        if self.contains(0.0) { Self::ALL } else { Self::between(1.0 / self.lo, 1.0 / self.hi) }
    }

    fn squared(self) -> Self {
        let ends = Self::between(self.lo * self.lo, self.hi * self.hi);
        if self.contains(0.0) { Self { lo: 0.0, ..ends } } else { ends }
    }

    /// Through a function that never falls.
    fn through(self, rising: impl Fn(f64) -> f64) -> Self {
        let (lo, hi) = (rising(self.lo), rising(self.hi));
        Self {
            lo: if lo.is_nan() { f64::NEG_INFINITY } else { lo },
            hi: if hi.is_nan() { f64::INFINITY } else { hi },
        }
    }

    fn magnitude(self) -> Self {
        let ends = Self::between(self.lo.abs(), self.hi.abs());
        if self.contains(0.0) { Self { lo: 0.0, ..ends } } else { ends }
    }

    /// What both allow; where rounding parts them, the first.
    fn cut(self, other: Self) -> Self {
        let both = Self { lo: self.lo.max(other.lo), hi: self.hi.min(other.hi) };
        if both.lo <= both.hi { both } else { self }
    }
}

/// All values of a tree, each quantity in it being somewhere in `bounds`.
pub fn enclose(expr: &Expr, bounds: &impl Fn(Name) -> Interval) -> Interval {
    let node = Node::of(expr, bounds);
    let natural = node.value;
    if natural.lo == natural.hi || !natural.width().is_finite() {
        return natural;
    }
    let mut slopes = NameMap::default();
    if !node.push_slopes(expr, Interval::point(1.0), &mut slopes) {
        return natural;
    }
    let middle = evaluate(expr, &|name| bounds(name).middle());
    let from_middle = |(name, slope): (&Name, &Interval)| {
        let bounds = bounds(*name);
        slope.times(Interval { lo: bounds.lo - bounds.middle(), hi: bounds.hi - bounds.middle() })
    };
    let mean_value = slopes.iter().map(from_middle).fold(Interval::point(middle), Interval::plus);
    natural.cut(mean_value)
}

/// A tree of bounds, as the expression branches.
struct Node {
    value: Interval,
    operands: Vec<Node>,
}

impl Node {
    fn of(expr: &Expr, bounds: &impl Fn(Name) -> Interval) -> Self {
        let (value, operands) = match expr {
            Expr::Number(number) => (Interval::point(*number), Vec::new()),
            Expr::Leaf(name) => (bounds(*name), Vec::new()),
            Expr::Apply(op, operands) => {
                let operands: Vec<Self> =
                    operands.iter().map(|operand| Self::of(operand, bounds)).collect();
                (bounds_of(*op, &operands), operands)
            }
        };
        Self { value, operands }
    }

    /// Adds how much the whole tree changes with each quantity below; `false`
    /// where it jumps.
    fn push_slopes(&self, expr: &Expr, outer: Interval, slopes: &mut NameMap<Interval>) -> bool {
        match expr {
            Expr::Number(_) => true,
            Expr::Leaf(name) => {
                let slope = slopes.entry(*name).or_insert(Interval::point(0.0));
                *slope = slope.plus(outer);
                true
            }
            Expr::Apply(op, operands) => operands.iter().enumerate().all(|(at, operand)| {
                let Some(own) = slope_of(*op, &self.operands, at) else { return false };
                self.operands[at].push_slopes(operand, outer.times(own), slopes)
            }),
        }
    }
}

impl Op {
    /// Bounds of its value for the bounds of its operands.
    pub fn bounds(self, operands: &[Interval]) -> Interval {
        let nodes: Vec<Node> =
            operands.iter().map(|value| Node { value: *value, operands: Vec::new() }).collect();
        bounds_of(self, &nodes)
    }
}

/// Bounds of an operator for the bounds of its operands.
fn bounds_of(op: Op, operands: &[Node]) -> Interval {
    let at = |at: usize| operands[at].value;
    let values = || operands.iter().map(|node| node.value);
    let rising = || at(0).through(|value| op.apply(&[value]));
    match op {
        Op::Sum => values().fold(Interval::point(0.0), Interval::plus),
        Op::Difference => at(0).plus(at(1).negated()),
        Op::Negative => at(0).negated(),
        Op::Product => values().fold(Interval::point(1.0), Interval::times),
        Op::Quotient => at(0).times(at(1).reciprocal()),
        Op::Square => at(0).squared(),
        Op::Exp | Op::Ln | Op::LnOnePlus | Op::Tanh => rising(),
        Op::Magnitude => at(0).magnitude(),
        Op::Max => values()
            .reduce(|a, b| Interval { lo: a.lo.max(b.lo), hi: a.hi.max(b.hi) })
            .unwrap_or(Interval::ALL),
        Op::IfPositive => match (at(0).lo > 0.0, at(0).hi > 0.0) {
            (true, _) => at(1),
            (false, false) => at(2),
            (false, true) => at(1).hull(at(2)),
        },
    }
}

/// Bounds of an operator's slope by one of its operands; `None` where it jumps.
fn slope_of(op: Op, operands: &[Node], by: usize) -> Option<Interval> {
    let at = |at: usize| operands[at].value;
    let one = Interval::point(1.0);
    Some(match op {
        Op::Sum => one,
        Op::Difference if by == 0 => one,
        Op::Difference | Op::Negative => one.negated(),
        Op::Product => {
            let others = operands.iter().enumerate().filter(|(other, _)| *other != by);
            others.map(|(_, node)| node.value).fold(one, Interval::times)
        }
        Op::Quotient if by == 0 => at(1).reciprocal(),
        Op::Quotient => at(0).times(at(1).squared().reciprocal()).negated(),
        Op::Square => at(0).times(Interval::point(2.0)),
        Op::Exp => at(0).through(|value| op.apply(&[value])),
        Op::Ln => at(0).reciprocal(),
        Op::LnOnePlus => at(0).plus(one).reciprocal(),
        Op::Tanh => one.plus(at(0).through(|value| op.apply(&[value])).squared().negated()),
        Op::Magnitude => match (at(0).lo >= 0.0, at(0).hi <= 0.0) {
            (true, _) => one,
            (false, true) => one.negated(),
            (false, false) => Interval::between(-1.0, 1.0),
        },
        Op::Max => {
            let others = operands.iter().enumerate().filter(|(other, _)| *other != by);
            let (mut always, mut never) = (true, false);
            for (_, other) in others {
                always &= at(by).lo > other.value.hi;
                never |= at(by).hi < other.value.lo;
            }
            Interval { lo: f64::from(u8::from(always)), hi: f64::from(u8::from(!never)) }
        }
        Op::IfPositive => match (at(0).lo > 0.0, at(0).hi > 0.0, by) {
            (true, _, 1) | (false, false, 2) => one,
            (true, ..) | (false, false, _) => Interval::point(0.0),
            (false, true, _) => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{exp, if_positive, ln, max, minus, negative, over, square, sum, tanh, times};
    use crate::name::Symbol;

    fn x(at: u32) -> Expr {
        Symbol::Input(at).into()
    }

    fn bounds(name: Name) -> Interval {
        match name {
            Name::Value(Symbol::Input(0)) => Interval { lo: 0.615, hi: 0.625 },
            Name::Value(Symbol::Input(1)) => Interval { lo: -0.3, hi: 0.2 },
            Name::Value(_) | Name::New(_) | Name::Derivative { .. } => {
                Interval { lo: -2.0, hi: -1.5 }
            }
        }
    }

    #[test]
    fn a_repeated_quantity_does_not_widen_the_bounds() {
        let found = enclose(&times(x(0), minus(1.0, x(0))), &bounds);
        let (lo, hi) = (0.625 * 0.375, 0.615 * 0.385);
        assert!(found.lo <= lo && found.hi >= hi, "{found:?}");
        assert!(found.width() < 1.1 * (hi - lo), "{found:?}");
    }

    #[test]
    fn every_value_lies_within_the_bounds() {
        let one = || Expr::Number(1.0);
        let trees = [
            sum([x(0), x(1), x(2)]),
            times(x(1), x(2)),
            over(x(1), x(2)),
            over(one(), sum([one(), exp(negative(x(1)))])),
            square(x(1)),
            tanh(times(x(1), x(2))),
            ln(x(0)),
            max([x(1), Expr::Number(0.0)]),
            if_positive(x(1), x(1), times(0.01, x(1))),
            minus(1.0, square(tanh(x(2)))),
            times(minus(x(1), x(2)), minus(x(1), x(2))),
        ];
        for tree in trees {
            let found = enclose(&tree, &bounds);
            for step in 0..1000_u32 {
                // Three walks through the bounds that do not run in step.
                let at = |name: Name, part: f64| {
                    let bounds = bounds(name);
                    bounds.lo + part * bounds.width()
                };
                let parts = [step % 10, step / 10 % 10, step / 100];
                let value = evaluate(&tree, &|name| match name {
                    Name::Value(Symbol::Input(input)) => {
                        at(name, f64::from(parts[input as usize]) / 9.0)
                    }
                    Name::Value(_) | Name::New(_) | Name::Derivative { .. } => f64::NAN,
                });
                assert!(found.widened(1e-12).contains(value), "{tree:?}: {value} not in {found:?}");
            }
        }
    }
}
