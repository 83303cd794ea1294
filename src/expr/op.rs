//! The operators, one row each: how tightly it binds, what it is worth, what it
//! can be worth within bounds, how much it changes with each operand, how it is
//! rounded, how many multiplications it takes. How an operator is drawn is the
//! layout's business.
//!
//! `libm` computes exp, ln and tanh, so that every machine shows the same
//! digits.

use std::slice;

use super::Interval;
use super::arithmetic::Arithmetic;
use super::interval::TINIEST;

/// An operator of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `a + b + …`
    Sum,
    /// `a - b`
    Difference,
    /// `-a`
    Negative,
    /// `a·b·…`
    Product,
    /// `a/b`
    Quotient,
    /// `a²`
    Square,
    /// `exp(a)`
    Exp,
    /// `ln(a)`
    Ln,
    /// `ln(1 + a)`
    LnOnePlus,
    /// `tanh(a)`
    Tanh,
    /// `|a|`
    Magnitude,
    /// `max(a, b, …)`
    Max,
    /// `b if a > 0 else c`
    IfPositive,
}

/// How tightly an operator binds: an operand that binds less stands in brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Binding {
    /// A choice between two formulas.
    Choice,
    /// Sums and differences.
    Addition,
    /// Products and quotients.
    Multiplication,
    /// Powers.
    Power,
    /// Names, numbers, and functions with brackets of their own.
    Tight,
}

/// How an operator is rounded by an f64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Not at all.
    None,
    /// To so many digits of its value.
    OfValue,
    /// To so many digits of the largest of its terms, which may cancel.
    OfTerms,
}

/// An operator's row of the table, for one kind of arithmetic.
struct Row<A> {
    binding: Binding,
    apply: fn(&[f64]) -> f64,
    bounds: fn(&[Interval]) -> Interval,
    slope: fn(&Place<'_, A>) -> A,
    rounding: Rounding,
    multiplications: fn(usize) -> usize,
}

/// Where a slope is asked for: an operator on its operands, its value there, and
/// which of the operands changes.
struct Place<'a, A> {
    operands: &'a [A],
    value: &'a A,
    by: usize,
}

impl Op {
    /// Every operator.
    pub const ALL: [Self; 13] = [
        Self::Sum,
        Self::Difference,
        Self::Negative,
        Self::Product,
        Self::Quotient,
        Self::Square,
        Self::Exp,
        Self::Ln,
        Self::LnOnePlus,
        Self::Tanh,
        Self::Magnitude,
        Self::Max,
        Self::IfPositive,
    ];

    const fn row<A: Arithmetic>(self) -> Row<A> {
        use Binding::{Addition, Choice, Multiplication, Power, Tight};
        match self {
            Self::Sum => Row {
                binding: Addition,
                apply: sum,
                bounds: sum_bounds,
                slope: |_| A::number(1.0),
                rounding: Rounding::OfTerms,
                multiplications: |_| 0,
            },
            Self::Difference => Row {
                binding: Addition,
                apply: |a| sum(&[a[0], -a[1]]),
                bounds: |a| sum_bounds(&[a[0], a[1].negated()]),
                slope: |at| A::number(if at.by == 0 { 1.0 } else { -1.0 }),
                rounding: Rounding::OfTerms,
                multiplications: |_| 0,
            },
            Self::Negative => Row {
                binding: Addition,
                apply: |a| -a[0],
                bounds: |a| a[0].negated(),
                slope: |_| A::number(-1.0),
                rounding: Rounding::None,
                multiplications: |_| 0,
            },
            Self::Product => Row {
                binding: Multiplication,
                apply: product,
                bounds: |a| {
                    a.iter().copied().reduce(Interval::times).unwrap_or(Interval::point(1.0))
                },
                slope: |at| at.other_factors(),
                rounding: Rounding::OfValue,
                multiplications: |n| n - 1,
            },
            Self::Quotient => Row {
                binding: Multiplication,
                apply: quotient,
                bounds: |a| a[0].over(a[1]),
                slope: |at| {
                    let [a, b] = [&at.operands[0], &at.operands[1]];
                    match at.by {
                        0 => over(A::number(1.0), b.clone()),
                        _ => negative(over(a.clone(), square(b))),
                    }
                },
                rounding: Rounding::OfValue,
                multiplications: |_| 1,
            },
            Self::Square => Row {
                binding: Power,
                apply: |a| a[0] * a[0],
                bounds: |a| a[0].squared(),
                slope: |at| times(A::number(2.0), at.operands[0].clone()),
                rounding: Rounding::OfValue,
                multiplications: |_| 1,
            },
            Self::Exp => Row {
                binding: Tight,
                apply: |a| libm::exp(a[0]),
                bounds: |a| a[0].through(libm::exp).larger(Interval { lo: 0.0, hi: TINIEST }),
                slope: |at| at.value.clone(),
                rounding: Rounding::OfValue,
                multiplications: |_| 0,
            },
            Self::Ln => Row {
                binding: Tight,
                apply: |a| libm::log(a[0]),
                bounds: |a| a[0].through(libm::log),
                slope: |at| over(A::number(1.0), at.operands[0].clone()),
                rounding: Rounding::OfValue,
                multiplications: |_| 0,
            },
            Self::LnOnePlus => Row {
                binding: Tight,
                apply: |a| libm::log1p(a[0]),
                bounds: |a| a[0].through(libm::log1p),
                slope: |at| {
                    let beyond = A::apply(Self::Sum, &[A::number(1.0), at.operands[0].clone()]);
                    over(A::number(1.0), beyond)
                },
                rounding: Rounding::OfValue,
                multiplications: |_| 0,
            },
            Self::Tanh => Row {
                binding: Tight,
                apply: |a| libm::tanh(a[0]),
                bounds: |a| a[0].through(libm::tanh).cut(Interval { lo: -1.0, hi: 1.0 }),
                slope: |at| minus(A::number(1.0), square(at.value)),
                rounding: Rounding::OfValue,
                multiplications: |_| 0,
            },
            Self::Magnitude => Row {
                binding: Tight,
                apply: |a| a[0].abs(),
                bounds: |a| a[0].magnitude(),
                slope: |at| {
                    let a = &at.operands[0];
                    let falling = if_positive(negative(a.clone()), A::number(-1.0), A::number(0.0));
                    if_positive(a.clone(), A::number(1.0), falling)
                },
                rounding: Rounding::None,
                multiplications: |_| 0,
            },
            Self::Max => Row {
                binding: Tight,
                apply: |a| a.iter().copied().fold(f64::NEG_INFINITY, f64::max),
                bounds: |a| {
                    a.iter().copied().fold(Interval::point(f64::NEG_INFINITY), Interval::larger)
                },
                slope: |at| at.is_largest(),
                rounding: Rounding::None,
                multiplications: |_| 0,
            },
            Self::IfPositive => Row {
                binding: Choice,
                apply: |a| if a[0] > 0.0 { a[1] } else { a[2] },
                bounds: |a| match (a[0].lo > 0.0, a[0].hi > 0.0) {
                    (true, _) => a[1],
                    (false, false) => a[2],
                    (false, true) => a[1].hull(a[2]),
                },
                slope: |at| {
                    let condition = &at.operands[0];
                    let [zero, one] = [A::number(0.0), A::number(1.0)];
                    match at.by {
                        0 => A::jump(condition),
                        1 => if_positive(condition.clone(), one, zero),
                        _ => if_positive(condition.clone(), zero, one),
                    }
                },
                rounding: Rounding::None,
                multiplications: |_| 0,
            },
        }
    }

    /// How tightly it binds.
    pub const fn binding(self) -> Binding {
        self.row::<f64>().binding
    }

    /// Its value for the values of its operands, in order.
    pub fn apply(self, operands: &[f64]) -> f64 {
        (self.row::<f64>().apply)(operands)
    }

    /// What [`Op::apply`] calls, for those who call it often.
    pub(super) const fn function(self) -> fn(&[f64]) -> f64 {
        self.row::<f64>().apply
    }

    /// What it can be worth within the bounds of its operands, and not much
    /// more: the value of exact arithmetic, and the one that [`Op::apply`] gives.
    pub fn bounds(self, operands: &[Interval]) -> Interval {
        (self.row::<Interval>().bounds)(operands)
    }

    /// How much it changes with one of its operands, where they and it have
    /// these values.
    ///
    /// Where it jumps, a number is that of one of the sides (or between), an
    /// interval holds both.
    pub fn slope<A: Arithmetic>(self, operands: &[A], value: &A, by: usize) -> A {
        (self.row::<A>().slope)(&Place { operands, value, by })
    }

    /// How an f64 rounds it.
    pub const fn rounding(self) -> Rounding {
        self.row::<f64>().rounding
    }

    /// Multiplications (and divisions) it takes for so many operands.
    pub fn multiplications(self, operands: usize) -> usize {
        (self.row::<f64>().multiplications)(operands)
    }
}

// Slopes read like formulas.

fn times<A: Arithmetic>(a: A, b: A) -> A {
    A::apply(Op::Product, &[a, b])
}

fn over<A: Arithmetic>(a: A, b: A) -> A {
    A::apply(Op::Quotient, &[a, b])
}

fn minus<A: Arithmetic>(a: A, b: A) -> A {
    A::apply(Op::Difference, &[a, b])
}

fn square<A: Arithmetic>(a: &A) -> A {
    A::apply(Op::Square, slice::from_ref(a))
}

fn negative<A: Arithmetic>(a: A) -> A {
    A::apply(Op::Negative, &[a])
}

fn if_positive<A: Arithmetic>(condition: A, then: A, otherwise: A) -> A {
    A::apply(Op::IfPositive, &[condition, then, otherwise])
}

impl<A: Arithmetic> Place<'_, A> {
    /// The operands that stay, with their places.
    fn others(&self) -> impl Iterator<Item = (usize, &A)> {
        self.operands.iter().enumerate().filter(|(at, _)| *at != self.by)
    }

    /// The product of all factors but the one that changes.
    fn other_factors(&self) -> A {
        self.others().fold(A::number(1.0), |all, (_, factor)| times(all, factor.clone()))
    }

    /// 1 where the operand that changes is the largest, else 0. Of several that
    /// are, it is the first.
    fn is_largest(&self) -> A {
        let own = &self.operands[self.by];
        let [zero, one] = [A::number(0.0), A::number(1.0)];
        self.others().fold(one, |so_far, (at, other)| {
            if at < self.by {
                if_positive(minus(own.clone(), other.clone()), so_far, zero.clone())
            } else {
                if_positive(minus(other.clone(), own.clone()), zero.clone(), so_far)
            }
        })
    }
}

/// Adds up. A tiny rest of terms that cancel to less than their own rounding is
/// 0, as it is on paper: 0.3 - 0.1 - 0.2 is not -2.8e-17.
fn sum(terms: &[f64]) -> f64 {
    let total: f64 = terms.iter().sum();
    let size: f64 = terms.iter().map(|term| term.abs()).sum();
    if is_noise(total, size) { 0.0 } else { total }
}

/// Whether a sum of terms of this size altogether is nothing but their rounding.
fn is_noise(total: f64, size: f64) -> bool {
    total.abs() <= TINY && total.abs() <= f64::EPSILON * size
}

/// No rest above this is taken for noise.
const TINY: f64 = 1e-14;

/// Bounds of a sum, of what it is and of what [`sum`] makes of it.
fn sum_bounds(terms: &[Interval]) -> Interval {
    let total = terms.iter().copied().reduce(Interval::plus).unwrap_or(Interval::point(0.0));
    let nearest = if total.lo > 0.0 { total.lo } else { total.hi };
    let may_be_noise = !total.contains(0.0)
        && nearest.abs() <= TINY
        && is_noise(nearest, terms.iter().map(|term| term.size()).sum());
    if may_be_noise { total.hull(Interval::point(0.0)) } else { total }
}

/// Multiplies. An infinite factor is a finite number too large for an f64, so 0
/// times it is 0.
fn product(factors: &[f64]) -> f64 {
    if factors.contains(&0.0) { 0.0 } else { factors.iter().product() }
}

/// Divides. Every denominator of a lesson is positive, so one that is 0 is a
/// number too small for an f64, and 0 divided by it is 0.
fn quotient(operands: &[f64]) -> f64 {
    if operands[0] == 0.0 { 0.0 } else { operands[0] / operands[1] }
}
