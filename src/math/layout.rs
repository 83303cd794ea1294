//! From tree to form: the only file that knows brackets.
//!
//! An operand that binds less tightly than its operator stands in brackets. A
//! negative number does so everywhere but first in a row, and as an addend it
//! becomes a difference: `1·(-0.07) + 0·0.22 - 0.46`.

use compact_str::CompactString;

use super::{Fence, Form, Role, Sign};
use crate::expr::op::Binding;
use crate::expr::{Expr, Op};
use crate::name::{Name, Symbol};
use crate::num;

/// How a tree is to be read.
pub struct Layout<'a> {
    /// What stands for a quantity.
    pub leaves: Leaves<'a>,
    /// What a quantity is to the reader.
    pub role: &'a dyn Fn(Name) -> Role,
    /// Sums of more addends show their ends only.
    pub most_addends: usize,
    /// How fractions are drawn.
    pub notation: Notation,
}

/// What stands for a quantity.
#[derive(Clone, Copy)]
pub enum Leaves<'a> {
    /// Its name.
    Names,
    /// Its number, as this writes it.
    Numbers(&'a dyn Fn(Name) -> CompactString),
}

/// How fractions are drawn, which decides on brackets in and around them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notation {
    /// On one line: `1/(1 + exp(-z))`.
    #[default]
    Linear,
    /// One part over the other, with a rule between them.
    Stacked,
}

/// A part in round brackets, as a general statement has it.
pub fn fenced(inside: Form) -> Form {
    Form::Fenced(Fence::Round, Box::new(inside))
}

/// A form as one part of another: in brackets where it is more than one.
pub fn grouped(form: Form) -> Form {
    if matches!(form, Form::Row(_)) { fenced(form) } else { form }
}

/// A function with what it is applied to: `σ'(z_in)`.
pub fn applied(function: Form, to: Form) -> Form {
    Form::Row(vec![function, fenced(to)])
}

/// `(L(w + h) - L(w - h))/(2·h)`: how much `of` differs over a step up and a step
/// down from `by`.
pub fn difference_quotient(of: &Form, by: &Form, notation: Notation) -> Form {
    let step = Form::Letter("h".into());
    let moved =
        |sign| applied(of.clone(), Form::Row(vec![by.clone(), Form::Sign(sign), step.clone()]));
    let top = Form::Row(vec![moved(Sign::Plus), Form::Sign(Sign::Minus), moved(Sign::Minus)]);
    let two = Form::Number("2".into(), Role::Plain);
    let bottom = Form::Row(vec![two, Form::Sign(Sign::Times), step.clone()]);
    let side = |part| if notation == Notation::Linear { fenced(part) } else { part };
    Form::Fraction(Box::new(side(top)), Box::new(side(bottom)))
}

/// Addends shown at either end of a sum that is too long.
const SHOWN_AT_ENDS: usize = 2;

impl Layout<'_> {
    /// The form of a tree.
    pub fn form(&self, expr: &Expr) -> Form {
        let mut row = Row::at_start(true);
        self.add(expr, &mut row);
        row.into_form()
    }

    /// The form of products in products, each in its brackets as it is computed.
    pub fn nested(&self, expr: &Expr) -> Form {
        let Expr::Apply(Op::Product, factors) = expr else { return self.form(expr) };
        let mut row = Row::at_start(true);
        for (at, factor) in factors.iter().enumerate() {
            if at > 0 {
                row.sign(Sign::TimesApart);
            }
            row.push(grouped(self.nested(factor)));
        }
        row.into_form()
    }

    /// Adds an expression at the end of a row, without brackets of its own.
    fn add(&self, expr: &Expr, row: &mut Row) {
        match expr {
            Expr::Number(value) => row.number(num::show_exactly(*value), Role::Plain),
            Expr::Leaf(name) => match self.leaves {
                Leaves::Names => row.push(Form::Name(*name, (self.role)(*name))),
                Leaves::Numbers(text) => row.number(text(*name), (self.role)(*name)),
            },
            Expr::Apply(op, operands) => self.apply(*op, operands, row),
        }
    }

    fn apply(&self, op: Op, operands: &[Expr], row: &mut Row) {
        match op {
            Op::Sum => self.sum(operands, row),
            Op::Difference => {
                self.add(&operands[0], row);
                row.sign(Sign::Minus);
                self.operand(&operands[1], Binding::Multiplication, row);
            }
            Op::Negative => {
                // Nothing has no sign: 0/0.5439, not -0/0.5439.
                if !self.begins_with_zero(&operands[0]) {
                    row.sign(Sign::Negative);
                }
                self.operand(&operands[0], Binding::Multiplication, row);
            }
            Op::Product => self.product(operands, row),
            Op::Quotient => {
                // A rule between them keeps the two sides together by itself.
                let (above, below) = match self.notation {
                    Notation::Linear => (Binding::Multiplication, Binding::Power),
                    Notation::Stacked => (Binding::Choice, Binding::Choice),
                };
                let stacked = self.notation == Notation::Stacked;
                let top = self.side(&operands[0], above, stacked || row.is_first());
                let bottom = self.side(&operands[1], below, stacked);
                row.push(Form::Fraction(Box::new(top), Box::new(bottom)));
            }
            Op::Square => {
                let base = self.side(&operands[0], Binding::Tight, false);
                row.push(Form::Squared(Box::new(base)));
            }
            Op::Exp => self.function("exp", operands, row),
            Op::Ln => self.function("ln", operands, row),
            Op::LnOnePlus => {
                let sum = Expr::Apply(Op::Sum, vec![Expr::Number(1.0), operands[0].clone()]);
                self.function("ln", &[sum], row);
            }
            Op::Tanh => self.function("tanh", operands, row),
            Op::Max => self.function("max", operands, row),
            Op::Magnitude => {
                row.push(Form::Fenced(Fence::Bars, Box::new(self.form(&operands[0]))));
            }
            Op::IfPositive => row.push(Form::Choice {
                condition: Box::new(self.form(&operands[0])),
                then: Box::new(self.form(&operands[1])),
                otherwise: Box::new(self.form(&operands[2])),
            }),
        }
    }

    fn sum(&self, addends: &[Expr], row: &mut Row) {
        let too_many = addends.len() > self.most_addends.max(2 * SHOWN_AT_ENDS + 1);
        for (at, addend) in addends.iter().enumerate() {
            if too_many && (SHOWN_AT_ENDS..addends.len() - SHOWN_AT_ENDS).contains(&at) {
                if at == SHOWN_AT_ENDS {
                    row.sign(Sign::Plus);
                    row.push(Form::Dots);
                }
                continue;
            }
            if at == 0 {
                self.add(addend, row);
                continue;
            }
            if let Expr::Apply(Op::Negative, negated) = addend {
                row.sign(Sign::Minus);
                self.operand(&negated[0], Binding::Multiplication, row);
                continue;
            }
            match self.negative_number(addend) {
                Some(positive) => {
                    row.sign(Sign::Minus);
                    row.push(positive);
                }
                None => {
                    row.sign(Sign::Plus);
                    self.operand(addend, Binding::Multiplication, row);
                }
            }
        }
    }

    fn product(&self, factors: &[Expr], row: &mut Row) {
        let sign = if self.is_chain(factors) { Sign::TimesApart } else { Sign::Times };
        for (at, factor) in factors.iter().enumerate() {
            if at > 0 {
                row.sign(sign);
            }
            // a·(b·c): only the first factor may be a bare quotient or product.
            let least = if at == 0 { Binding::Multiplication } else { Binding::Power };
            self.operand(factor, least, row);
        }
    }

    /// Whether names of derivatives are multiplied.
    fn is_chain(&self, factors: &[Expr]) -> bool {
        matches!(self.leaves, Leaves::Names)
            && factors.iter().any(|factor| {
                matches!(factor, Expr::Leaf(Name::Derivative { of, by })
                    if !matches!((of, by), (Symbol::Loss, Symbol::Weight { .. } | Symbol::Bias { .. })))
            })
    }

    fn function(&self, word: &'static str, operands: &[Expr], row: &mut Row) {
        let mut inside = Vec::new();
        for (at, operand) in operands.iter().enumerate() {
            if at > 0 {
                inside.push(Form::Sign(Sign::Comma));
            }
            inside.push(self.form(operand));
        }
        row.push(Form::Function(word));
        row.push(Form::Fenced(Fence::Round, Box::new(Form::Row(inside))));
    }

    /// Adds an operand to a row, in brackets where it binds less than `least`
    /// or is a negative number that is not first.
    fn operand(&self, expr: &Expr, least: Binding, row: &mut Row) {
        let part = self.side(expr, least, row.is_first());
        row.push(part);
    }

    /// Whether a number, product or quotient in numbers begins with 0.
    fn begins_with_zero(&self, expr: &Expr) -> bool {
        match (expr, self.leaves) {
            (Expr::Leaf(name), Leaves::Numbers(text)) => text(*name) == "0",
            (Expr::Apply(Op::Product | Op::Quotient, operands), Leaves::Numbers(_)) => {
                self.begins_with_zero(&operands[0])
            }
            (Expr::Number(_) | Expr::Leaf(_) | Expr::Apply(..), _) => false,
        }
    }

    /// An operand as a part of its own.
    fn side(&self, expr: &Expr, least: Binding, first: bool) -> Form {
        let loose = self.binding(expr) < least;
        let mut part = Row::at_start(first || loose);
        self.add(expr, &mut part);
        let form = part.into_form();
        let negative = matches!(&form, Form::Number(text, _) if text.starts_with('-'));
        let bare = !loose && (!negative || (first && least < Binding::Tight));
        if bare { form } else { Form::Fenced(Fence::Round, Box::new(form)) }
    }

    /// How tightly the operator of an expression binds, as it is drawn.
    fn binding(&self, expr: &Expr) -> Binding {
        match expr {
            Expr::Number(_) | Expr::Leaf(_) => Binding::Tight,
            Expr::Apply(Op::Quotient, _) if self.notation == Notation::Stacked => Binding::Power,
            Expr::Apply(op, _) => op.binding(),
        }
    }

    /// A negative number without its minus; `None` for all else.
    fn negative_number(&self, expr: &Expr) -> Option<Form> {
        if matches!(expr, Expr::Apply(..)) {
            return None;
        }
        if let Form::Number(text, role) = self.form(expr) {
            text.strip_prefix('-').map(|digits| Form::Number(digits.into(), role))
        } else {
            None
        }
    }
}

/// A row that is being filled.
struct Row {
    parts: Vec<Form>,
    /// Whether nothing stands to its left, not even a sign.
    at_start: bool,
}

impl Row {
    const fn at_start(at_start: bool) -> Self {
        Self { parts: Vec::new(), at_start }
    }

    /// Whether the next part will be the first of all.
    const fn is_first(&self) -> bool {
        self.at_start && self.parts.is_empty()
    }

    fn push(&mut self, form: Form) {
        self.parts.push(form);
    }

    fn sign(&mut self, sign: Sign) {
        self.parts.push(Form::Sign(sign));
    }

    fn number(&mut self, text: CompactString, role: Role) {
        self.parts.push(Form::Number(text, role));
    }

    fn into_form(mut self) -> Form {
        if self.parts.len() == 1 { self.parts.remove(0) } else { Form::Row(self.parts) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{exp, if_positive, ln, minus, negative, over, product, square, sum, times};
    use crate::name::Naming;
    use crate::typeset::{Style, TextWriter};

    const NAMING: Naming<'_> = Naming::new(2, 1);

    /// Names and numbers of a tree over x1, x2, …; all numbers are `value`.
    fn read(expr: &Expr, value: f64) -> (String, String) {
        let writer = TextWriter { naming: NAMING, style: Style::Plain };
        let show = |_| num::show(value, 4);
        let read = |leaves| {
            let notation = Notation::Linear;
            let layout = Layout { leaves, role: &|_| Role::Plain, most_addends: 6, notation };
            writer.string(&layout.form(expr))
        };
        (read(Leaves::Names), read(Leaves::Numbers(&show)))
    }

    fn x(at: u32) -> Expr {
        Symbol::Input(at - 1).into()
    }

    #[test]
    fn brackets_stand_where_they_are_needed_and_nowhere_else() {
        let cases = [
            (sum([times(x(1), x(2)), x(3)]), "x1·x2 + x3", "-2·(-2) - 2"),
            (sum([x(1), times(x(2), x(3))]), "x1 + x2·x3", "-2 + (-2)·(-2)"),
            (sum([x(1), negative(x(2))]), "x1 - x2", "-2 - (-2)"),
            (sum([x(1), minus(x(2), x(3))]), "x1 + (x2 - x3)", "-2 + (-2 - (-2))"),
            (minus(x(1), times(x(2), x(3))), "x1 - x2·x3", "-2 - (-2)·(-2)"),
            (minus(x(1), minus(x(2), x(3))), "x1 - (x2 - x3)", "-2 - (-2 - (-2))"),
            (negative(minus(x(1), x(2))), "-(x1 - x2)", "-(-2 - (-2))"),
            (negative(times(x(1), x(2))), "-x1·x2", "-(-2)·(-2)"),
            (product([x(1), x(2), sum([x(3), x(4)])]), "x1·x2·(x3 + x4)", "-2·(-2)·(-2 - 2)"),
            (times(x(1), over(x(2), x(3))), "x1·(x2/x3)", "-2·(-2/(-2))"),
            (times(over(1.0, 2.0), square(x(1))), "1/2·x1^2", "1/2·(-2)^2"),
            (
                over(1.0, sum([Expr::Number(1.0), exp(negative(x(1)))])),
                "1/(1 + exp(-x1))",
                "1/(1 + exp(-(-2)))",
            ),
            (over(times(x(1), x(2)), times(x(3), x(4))), "x1·x2/(x3·x4)", "-2·(-2)/(-2·(-2))"),
            (over(square(x(1)), square(x(2))), "x1^2/x2^2", "(-2)^2/(-2)^2"),
            (times(x(1), ln(x(2))), "x1·ln(x2)", "-2·ln(-2)"),
            (times(x(1), negative(x(2))), "x1·(-x2)", "-2·(-(-2))"),
            (
                if_positive(x(1), 1.0, times(0.01, x(1))),
                "1 if x1 > 0, else 0.01·x1",
                "1 if -2 > 0, else 0.01·(-2)",
            ),
        ];
        for (expr, names, numbers) in cases {
            let read = read(&expr, -2.0);
            assert_eq!((read.0.as_str(), read.1.as_str()), (names, numbers));
        }
    }

    #[test]
    fn long_sums_show_their_ends() {
        let expr = sum((1..=9).map(x));
        assert_eq!(read(&expr, 1.0).0, "x1 + x2 + … + x8 + x9");
        assert_eq!(read(&expr, -1.0).1, "-1 - 1 + … - 1 - 1");
    }
}
