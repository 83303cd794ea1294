//! What somebody who computes honestly may carry: bounds of every quantity,
//! allowing for intermediates that are rounded.

use std::cell::RefCell;

use crate::expr::{Expr, Interval, enclose};
use crate::lesson::{Lesson, Section};
use crate::name::{Name, NameMap, NameSet, Symbol};
use crate::num::Precision;

/// Bounds of the quantities of a lesson, each computed once.
pub struct Bounds<'a> {
    lesson: &'a Lesson<'a>,
    /// What intermediates are rounded to.
    digits: Precision,
    /// Half a unit of the last decimal, where they are decimals.
    half_unit: f64,
    /// Numbers that somebody goes on with.
    own: NameMap<Interval>,
    known: RefCell<NameMap<Interval>>,
}

/// Relative slack for the noise of an f64.
pub(super) const NOISE: f64 = 1e-13;

impl<'a> Bounds<'a> {
    /// Bounds for somebody who rounds every intermediate to `digits`,
    /// and goes on with `own` numbers where there are some.
    pub fn new(lesson: &'a Lesson<'a>, digits: Precision, own: NameMap<Interval>) -> Self {
        let half_unit = digits.half_unit_of(0.0);
        Self { lesson, digits, half_unit, own, known: RefCell::default() }
    }

    /// Whether somebody goes on with a number of their own for it.
    pub fn is_own(&self, name: Name) -> bool {
        self.own.contains_key(&name)
    }

    /// Goes on with `value` for a quantity.
    pub fn go_on_with(&mut self, name: Name, value: Interval) {
        self.own.insert(name, value);
        self.known.borrow_mut().clear();
    }

    /// What may be carried for a quantity.
    pub fn carried(&self, name: Name) -> Interval {
        if let Some(own) = self.own.get(&name) {
            return *own;
        }
        if let Some(known) = self.known.borrow().get(&name) {
            return *known;
        }
        let bounds = self.of_operands(name, &|operand| self.carried(operand));
        self.known.borrow_mut().insert(name, bounds);
        bounds
    }

    /// What may be carried for a quantity whose operands are.
    fn of_operands(&self, name: Name, carried: &dyn Fn(Name) -> Interval) -> Interval {
        let forms = self.lesson.equal_forms(name);
        match forms.as_slice() {
            [] => Interval::point(self.lesson.value(name)),
            // What only repeats another quantity is not rounded again.
            [Expr::Leaf(same)] => carried(*same),
            forms => {
                let all = forms.iter().map(|form| computed(form, carried)).reduce(Interval::hull);
                self.round(all.unwrap_or(Interval::ALL))
            }
        }
    }

    /// What a formula may come to, before it is rounded.
    pub fn computed(&self, form: &Expr) -> Interval {
        computed(form, &|name| self.carried(name))
    }

    /// What a formula may come to, rounded.
    pub fn rounded(&self, form: &Expr) -> Interval {
        self.round(self.computed(form))
    }

    /// What rounding may make of a number within `bounds`.
    fn round(&self, bounds: Interval) -> Interval {
        bounds.widened(match self.digits {
            Precision::Decimals(_) => self.half_unit,
            Precision::Significant(_) => {
                self.digits.half_unit_of(bounds.lo.abs().max(bounds.hi.abs()))
            }
        })
    }

    /// The same with one operand replaced by `value`.
    pub fn computed_with(&self, form: &Expr, operand: Name, value: f64) -> Interval {
        let carried =
            |name| if name == operand { Interval::point(value) } else { self.carried(name) };
        computed(form, &carried)
    }

    /// Goes through what belongs to whole units before the update, so that no
    /// later call has far to go back; what belongs to single weights is left.
    pub fn compute_units(&self) {
        let is_of_unit = |name| match name {
            Name::Value(_) | Name::Derivative { of: Symbol::Out { .. }, .. } => true,
            Name::Derivative { of: Symbol::Loss, by } => {
                matches!(by, Symbol::In { .. } | Symbol::Out { .. })
            }
            Name::New(_) | Name::Derivative { .. } => false,
        };
        let Ok(()) = self.lesson.for_each(|section, name| {
            if section != Section::Given && is_of_unit(name) {
                self.carried(name);
            }
            Ok::<(), std::convert::Infallible>(())
        });
    }

    /// Goes through the lesson once, so that no later call has far to go back.
    pub fn compute_all(&self) {
        let Ok(()) = self.lesson.for_each(|section, name| {
            if section != Section::Given {
                self.carried(name);
            }
            Ok::<(), std::convert::Infallible>(())
        });
    }
}

/// Bounds for somebody who went on with another value of one quantity.
pub(super) struct Supposing<'b, 'a> {
    pub(super) bounds: &'b Bounds<'a>,
    /// The quantity, and its value.
    pub(super) name: Name,
    pub(super) value: Interval,
    /// The quantities that are computed from it.
    pub(super) affected: &'b NameSet,
    pub(super) known: RefCell<NameMap<Interval>>,
}

impl Supposing<'_, '_> {
    /// What a formula may come to, before it is rounded.
    pub(super) fn computed(&self, form: &Expr) -> Interval {
        computed(form, &|name| self.carried(name))
    }

    fn carried(&self, name: Name) -> Interval {
        if name == self.name {
            return self.value;
        }
        if !self.affected.contains(&name) {
            return self.bounds.carried(name);
        }
        if let Some(known) = self.known.borrow().get(&name) {
            return *known;
        }
        let bounds = self.bounds.of_operands(name, &|operand| self.carried(operand));
        self.known.borrow_mut().insert(name, bounds);
        bounds
    }
}

fn computed(form: &Expr, carried: &dyn Fn(Name) -> Interval) -> Interval {
    let found = enclose(form, &carried);
    found.widened(NOISE * found.lo.abs().max(found.hi.abs()))
}
