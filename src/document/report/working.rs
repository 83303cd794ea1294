//! A formula with somebody's numbers in it. What stands behind the last equal
//! sign is what the printed numbers give, so that every equation shown is true.

use compact_str::CompactString;

use crate::document::Limits;
use crate::expr::{Expr, evaluate};
use crate::lesson::Lesson;
use crate::math::{Form, Layout, Leaves, Notation, Role};
use crate::name::Name;
use crate::num::{self, Precision};
use crate::verify::ReportLine;

/// How somebody's numbers are shown.
#[derive(Clone, Copy)]
pub struct Working<'a> {
    /// The lesson that they are about.
    pub lesson: &'a Lesson<'a>,
    /// What the quantities are worth to them.
    pub known: &'a [(Name, f64)],
    /// The digits shown.
    pub digits: Precision,
    /// Addends of one sum that are shown.
    pub addends: usize,
    /// How the medium draws fractions.
    pub notation: Notation,
}

impl<'a> Working<'a> {
    /// The working of a line, on one line of text.
    pub fn of(
        lesson: &'a Lesson<'a>,
        line: &'a ReportLine<'_>,
        digits: Precision,
        limits: Limits,
    ) -> Self {
        let notation = Notation::Linear;
        Self { lesson, known: line.operands(), digits, addends: limits.addends, notation }
    }
}

impl Working<'_> {
    /// The formula with names.
    pub fn formula(&self, expr: &Expr) -> Form {
        self.read(expr, Leaves::Names)
    }

    /// The formula with the numbers.
    pub fn numbers(&self, expr: &Expr) -> Form {
        self.read(expr, Leaves::Numbers(&|name| self.text(name)))
    }

    /// What the numbers that are shown give.
    pub fn value(&self, expr: &Expr) -> f64 {
        evaluate(expr, &|name| self.text(name).parse().unwrap_or(f64::NAN))
    }

    /// Formula, numbers and value; what only repeats the step before is left
    /// out.
    pub fn steps(&self, expr: &Expr) -> Vec<Form> {
        let value = num::show(self.value(expr), self.digits);
        let mut steps = vec![self.formula(expr)];
        if !matches!(expr, Expr::Leaf(_) | Expr::Number(_)) {
            steps.push(self.numbers(expr));
        }
        let repeats = matches!(steps.last(), Some(Form::Number(text, _)) if *text == value);
        if !repeats {
            steps.push(Form::Number(value, Role::New));
        }
        steps
    }

    fn text(&self, name: Name) -> CompactString {
        // What is given is not rounded.
        if self.lesson.expression(name).is_none() {
            return num::show_exactly(self.lesson.value(name));
        }
        let known = self.known.iter().find(|(known, _)| *known == name);
        num::show(known.map_or(f64::NAN, |(_, value)| *value), self.digits)
    }

    fn read(&self, expr: &Expr, leaves: Leaves<'_>) -> Form {
        let role = |_| Role::Plain;
        Layout { leaves, role: &role, most_addends: self.addends, notation: self.notation }
            .form(expr)
    }
}
