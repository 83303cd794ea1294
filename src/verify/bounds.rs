//! What somebody who computes honestly may carry: bounds of every quantity,
//! allowing for intermediates that are rounded.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::expr::{Expr, Interval, enclose};
use crate::lesson::{Lesson, Section};
use crate::name::Name;
use crate::num;

/// Bounds of the quantities of a lesson, each computed once.
pub struct Bounds<'a> {
    lesson: &'a Lesson<'a>,
    /// Half a unit of the last decimal that intermediates are rounded to.
    half_unit: f64,
    /// Numbers that somebody wrote, and goes on with.
    own: Rc<HashMap<Name, Interval>>,
    /// Numbers that somebody goes on with, though they are not written.
    supposed: Vec<(Name, Interval)>,
    known: RefCell<HashMap<Name, Interval>>,
}

/// Relative slack for the noise of an f64.
pub(super) const NOISE: f64 = 1e-13;

impl<'a> Bounds<'a> {
    /// Bounds for somebody who rounds every intermediate to `digits` decimals,
    /// and goes on with `own` numbers where there are some.
    pub fn new(lesson: &'a Lesson<'a>, digits: usize, own: HashMap<Name, Interval>) -> Self {
        let half_unit = num::half_unit(digits as i32);
        let own = Rc::new(own);
        Self { lesson, half_unit, own, supposed: Vec::new(), known: RefCell::default() }
    }

    /// Whether somebody wrote a number for it.
    pub fn is_own(&self, name: Name) -> bool {
        self.own(name).is_some()
    }

    fn own(&self, name: Name) -> Option<Interval> {
        let supposed = self.supposed.iter().find(|(supposed, _)| *supposed == name);
        supposed.map(|(_, value)| *value).or_else(|| self.own.get(&name).copied())
    }

    /// What may be carried for a quantity.
    pub fn carried(&self, name: Name) -> Interval {
        if let Some(own) = self.own(name) {
            return own;
        }
        if let Some(known) = self.known.borrow().get(&name) {
            return *known;
        }
        let bounds = self.unknown(name);
        self.known.borrow_mut().insert(name, bounds);
        bounds
    }

    fn unknown(&self, name: Name) -> Interval {
        let forms = self.lesson.equal_forms(name);
        match forms.as_slice() {
            [] => Interval::point(self.lesson.value(name)),
            // What only repeats another quantity is not rounded again.
            [Expr::Leaf(same)] => self.carried(*same),
            forms => {
                let all = forms.iter().map(|form| self.computed(form)).reduce(Interval::hull);
                all.unwrap_or(Interval::ALL).widened(self.half_unit)
            }
        }
    }

    /// The same, for somebody who goes on with `value` for a quantity.
    pub fn with(&self, name: Name, value: Interval) -> Self {
        let mut supposed = self.supposed.clone();
        supposed.push((name, value));
        let own = Rc::clone(&self.own);
        let (lesson, half_unit) = (self.lesson, self.half_unit);
        Self { lesson, half_unit, own, supposed, known: RefCell::default() }
    }

    /// What a formula may come to, rounded.
    pub fn rounded(&self, form: &Expr) -> Interval {
        self.computed(form).widened(self.half_unit)
    }

    /// What a formula may come to, before it is rounded.
    pub fn computed(&self, form: &Expr) -> Interval {
        let found = enclose(form, &|name| self.carried(name));
        found.widened(NOISE * found.lo.abs().max(found.hi.abs()))
    }

    /// The same with one operand replaced by `value`.
    pub fn computed_with(&self, form: &Expr, operand: Name, value: f64) -> Interval {
        let bounds =
            |name| if name == operand { Interval::point(value) } else { self.carried(name) };
        let found = enclose(form, &bounds);
        found.widened(NOISE * found.lo.abs().max(found.hi.abs()))
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
