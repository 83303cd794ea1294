//! How the quantities of a lesson are read for a person: as names, as formulas,
//! as numbers, each with its role.

use compact_str::CompactString;

use super::block::{Inline, Line};
use super::page::Limits;
use crate::expr::{Expr, Op, evaluate, product};
use crate::lesson::Lesson;
use crate::math::{Form, Layout, Leaves, Notation, Role};
use crate::name::Name;
use crate::num::{self, Precision};

/// A lesson as a person reads it.
#[derive(Clone, Copy)]
pub struct Readings<'a> {
    /// The lesson.
    pub lesson: &'a Lesson<'a>,
    /// Decimals shown.
    pub digits: Precision,
    /// How much is shown.
    pub limits: Limits,
    /// What the scenario says about single numbers.
    pub notes: &'a [(Name, String)],
    /// How the medium draws fractions.
    pub notation: Notation,
}

impl Readings<'_> {
    /// A quantity by name, abbreviated where the lesson does so: `δ1`.
    pub fn name(&self, name: Name) -> Form {
        Form::Name(name, self.role(name))
    }

    /// A quantity by its full name.
    pub fn full_name(&self, name: Name) -> Form {
        Form::FullName(name, self.role(name))
    }

    /// The value, rounded.
    pub fn text(&self, name: Name) -> CompactString {
        self.lesson.text(name, self.digits)
    }

    /// A number, rounded.
    pub fn show(&self, value: f64) -> CompactString {
        num::show(value, self.digits)
    }

    /// The value, rounded; another role where it is carried.
    pub fn value(&self, name: Name) -> Form {
        let role = if self.is_carried(name) { Role::Carried } else { Role::New };
        Form::Number(self.text(name), role)
    }

    /// An expression with names.
    pub fn formula(&self, expr: &Expr) -> Form {
        self.read(expr, Leaves::Names, self.limits.addends)
    }

    /// A formula as an example of its kind: its sums show their ends only.
    pub fn short_formula(&self, expr: &Expr) -> Form {
        self.read(expr, Leaves::Names, 0)
    }

    /// An expression with names, its products in the brackets in which they are
    /// computed.
    pub fn nested(&self, expr: &Expr) -> Form {
        self.layout(Leaves::Names, &|name| self.role(name), self.limits.addends).nested(expr)
    }

    /// An expression with numbers.
    ///
    /// A sum that is too long to be shown leaves out first what is 0.
    pub fn numbers(&self, expr: &Expr) -> Form {
        let without = self.without_zeros(expr);
        let expr = without.as_ref().unwrap_or(expr);
        self.read(expr, Leaves::Numbers(&|name| self.text(name)), self.limits.addends)
    }

    /// How many addends of how many are 0, where a quantity is a sum that is too long
    /// to be shown.
    pub fn zeros(&self, name: Name) -> Option<(usize, usize)> {
        let Expr::Apply(Op::Sum, all) = self.lesson.expression(name)? else { return None };
        let kept = self.somethings(&all)?.len();
        Some((all.len() - kept, all.len()))
    }

    fn without_zeros(&self, expr: &Expr) -> Option<Expr> {
        let Expr::Apply(Op::Sum, addends) = expr else { return None };
        let mut kept = self.somethings(addends)?;
        Some(if kept.len() == 1 { kept.remove(0) } else { Expr::Apply(Op::Sum, kept) })
    }

    /// The addends that are not 0 where some are, of a sum that is too long to be
    /// shown.
    fn somethings(&self, addends: &[Expr]) -> Option<Vec<Expr>> {
        if addends.len() <= self.limits.addends {
            return None;
        }
        let value = |name| self.lesson.value(name);
        let is_something = |addend: &&Expr| evaluate(addend, &value) != 0.0;
        let kept: Vec<Expr> = addends.iter().filter(is_something).cloned().collect();
        (!kept.is_empty() && kept.len() < addends.len()).then_some(kept)
    }

    fn read(&self, expr: &Expr, leaves: Leaves<'_>, most_addends: usize) -> Form {
        self.layout(leaves, &|name| self.role(name), most_addends).form(expr)
    }

    const fn layout<'l>(
        &self,
        leaves: Leaves<'l>,
        role: &'l dyn Fn(Name) -> Role,
        most_addends: usize,
    ) -> Layout<'l> {
        Layout { leaves, role, most_addends, notation: self.notation }
    }

    /// What a quantity equals, step after step: formula, numbers, value. What
    /// only repeats the line before is left out; there is always one.
    pub fn rights(&self, name: Name) -> Vec<Form> {
        let mut rights = Vec::new();
        if let Some(expr) = self.lesson.expression(name) {
            rights.push(self.formula(&expr));
            if !is_bare(&expr) {
                rights.push(self.numbers(&expr));
            }
        }
        if let Some(computed) = self.lesson.computed_where_carried(name) {
            rights.push(Form::Carried {
                computed: Box::new(Form::Number(self.show(computed), Role::Plain)),
                carried: Box::new(self.value(name)),
            });
            return rights;
        }
        if !matches!(rights.last(), Some(Form::Number(text, _)) if *text == self.text(name)) {
            rights.push(self.value(name));
        }
        rights
    }

    /// Whether another value is carried on in place of the computed one.
    pub fn is_carried(&self, name: Name) -> bool {
        self.lesson.settings().carried.contains_key(&name)
    }

    pub(super) fn role(&self, name: Name) -> Role {
        if self.is_carried(name) {
            return Role::Carried;
        }
        match name {
            Name::Value(_) if name.is_given() => Role::Given,
            Name::Value(_) | Name::New(_) => Role::Forward,
            Name::Derivative { .. } | Name::OfSample { .. } => Role::Known,
        }
    }

    /// A row: name, formula, numbers, value. Where another value is carried on,
    /// the numbers say what they come to.
    pub fn row(&self, name: Name) -> Vec<Line> {
        let expr = self.lesson.expression(name);
        let formula = expr.as_ref().map(|expr| Inline::Math(self.formula(expr)));
        let numbers = expr
            .as_ref()
            .filter(|expr| !is_bare(expr))
            .map(|expr| Inline::Math(self.numbers(expr)));
        let mut numbers: Line = numbers.into_iter().collect();
        let mut value: Line = vec![self.value(name).into()];
        if let Some(computed) = self.lesson.computed_where_carried(name) {
            numbers.push(format!(" = {}", self.show(computed)).into());
            value.push(Inline::Text(" carried".into(), Role::Carried));
        }
        vec![vec![self.name(name).into()], formula.into_iter().collect(), numbers, value]
    }

    /// What the printed numbers give, where that is not the printed value.
    pub fn as_printed(&self, name: Name) -> Option<CompactString> {
        if self.is_carried(name) || self.lesson.settings().by_hand.is_some() {
            return None;
        }
        let expr = self.lesson.expression(name)?;
        let printed = evaluate(&expr, &|leaf| self.text(leaf).parse().unwrap_or(f64::NAN));
        let text = num::show(num::round(printed, self.digits), self.digits);
        let differs =
            num::round(printed, self.digits) != num::round(self.lesson.value(name), self.digits);
        (differs && printed.is_finite()).then_some(text)
    }

    /// What these factors come to, rounded as the lesson does.
    pub fn product(&self, factors: &[Name]) -> CompactString {
        let product = product(factors.iter().map(|name| Expr::from(*name)));
        self.show(evaluate(&product, &|name| self.lesson.value(name)))
    }

    /// Why a number is carried, where it is.
    pub fn remark_on_carried(&self, name: Name) -> Option<Line> {
        if !self.is_carried(name) {
            return None;
        }
        let computed = self.lesson.computed_where_carried(name)?;
        let note = self.notes.iter().find(|(of, _)| *of == name).map(|(_, note)| note.as_str());
        Some(vec![
            self.name(name).into(),
            format!(" comes to {} here, but the source prints ", self.show(computed)).into(),
            self.value(name).into(),
            " and goes on with it; so does this lesson, to agree with all later lines. ".into(),
            Inline::text(note.unwrap_or_default()),
        ])
    }
}

/// Whether a formula is one name or number: then its numbers are its value.
const fn is_bare(expr: &Expr) -> bool {
    matches!(expr, Expr::Number(_) | Expr::Leaf(_))
}
