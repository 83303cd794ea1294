//! Statements in general letters: `δ^(i)_k = Σ_m w^(i+1)_km·δ^(i+1)_m·σ'(z_k)`.
//!
//! A formula of the lesson comes from a tree. What holds for every network has
//! none, so it is written down once, in one line, and read into a [`Form`]
//! here: letters with layers `^(i)`, indices `_k` and sides `_in`; `σ'`, `∇L`,
//! `Wᵀ`, `z²`, `a/b`, `∂a/∂b`, sums `Σ_m`, brackets, and the signs of formulas.

use super::layout::{applied, fenced};
use super::{Form, Role, Sign};
use crate::num;

/// Words that are functions; elsewhere each letter stands for itself.
const FUNCTIONS: [&str; 9] =
    ["exp", "ln", "tanh", "max", "ReLU", "LeakyReLU", "softplus", "softmax", "id"];

/// Signs between two parts, longer ones first.
const SIGNS: [(&str, Sign); 14] = [
    (" + ", Sign::Plus),
    ("+", Sign::Plus),
    (" - ", Sign::Minus),
    ("-", Sign::Minus),
    (" · ", Sign::TimesApart),
    ("·", Sign::Times),
    (" ⊙ ", Sign::Elementwise),
    (" = ", Sign::Equals),
    (" ≈ ", Sign::Nearly),
    (" → ", Sign::Becomes),
    (" > ", Sign::Above),
    (" < ", Sign::Below),
    (", ", Sign::Comma),
    (" ", Sign::Beside),
];

/// The form of a general statement. What cannot be read is a letter as it
/// stands; a test reads every statement that the program makes.
pub fn general(text: &str) -> Form {
    read(text).unwrap_or_else(|| Form::Letter(text.into()))
}

/// The form of a general statement, if it is one.
pub fn read(text: &str) -> Option<Form> {
    let mut reader = Reader { rest: text };
    let form = reader.row(None)?;
    reader.rest.is_empty().then_some(form)
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn take(&mut self, start: &str) -> bool {
        let rest = self.rest.strip_prefix(start);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn run(&mut self, belongs: impl Fn(char) -> bool) -> &'t str {
        let end = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at(end);
        self.rest = rest;
        run
    }

    /// Parts side by side, up to a closing bracket or to the end of the text.
    fn row(&mut self, end: Option<char>) -> Option<Form> {
        let mut parts: Vec<Form> = Vec::new();
        while !self.rest.is_empty() && !end.is_some_and(|end| self.rest.starts_with(end)) {
            let at_start = parts.last().is_none_or(|part| matches!(part, Form::Sign(_)));
            let part = match self.sign(at_start) {
                Some(sign) => Form::Sign(sign),
                None => self.quotient()?,
            };
            parts.push(part);
        }
        Some(if parts.len() == 1 { parts.remove(0) } else { Form::Row(parts) })
    }

    /// A sign; where nothing stands before it, only a minus.
    fn sign(&mut self, at_start: bool) -> Option<Sign> {
        if at_start {
            return self.take("-").then_some(Sign::Negative);
        }
        SIGNS.iter().find(|(text, _)| self.take(text)).map(|(_, sign)| *sign)
    }

    /// One part, or one over another.
    fn quotient(&mut self) -> Option<Form> {
        if self.take("∂/∂") {
            let by = self.part()?;
            return Some(Form::Derivative(Box::new(Form::Row(Vec::new())), Box::new(by)));
        }
        if self.take("∂") {
            let of = self.part()?;
            self.take("/∂").then_some(())?;
            return Some(Form::Derivative(Box::new(of), Box::new(self.part()?)));
        }
        let top = self.part()?;
        if !self.take("/") {
            return Some(top);
        }
        Some(Form::Fraction(Box::new(top), Box::new(self.part()?)))
    }

    /// A letter, number, word or bracket with all that belongs to it.
    fn part(&mut self) -> Option<Form> {
        if self.take("∇") {
            return Some(Form::Gradient(Box::new(self.part()?)));
        }
        if self.take("Σ") {
            let over = self.index().into();
            self.take(" ");
            return Some(Form::Total(over));
        }
        let mut form = self.atom()?;
        loop {
            if self.take("²") {
                form = Form::Squared(Box::new(form));
            } else if self.take("ᵀ") {
                form = Form::Transposed(Box::new(form));
            } else if self.take("'") {
                form = Form::Primed(Box::new(form));
            } else if self.rest.starts_with('(') && !matches!(form, Form::Number(..)) {
                form = applied(form, self.inside()?);
            } else {
                return Some(form);
            }
        }
    }

    fn inside(&mut self) -> Option<Form> {
        self.take("(").then_some(())?;
        let inside = self.row(Some(')'))?;
        self.take(")").then_some(inside)
    }

    fn atom(&mut self) -> Option<Form> {
        if self.rest.starts_with('(') {
            return self.inside().map(fenced);
        }
        if self.take("…") {
            return Some(Form::Dots);
        }
        let digits = self.run(|c| c.is_ascii_digit() || c == '.');
        if !digits.is_empty() {
            let value = digits.parse().ok()?;
            return Some(Form::Number(num::show_exactly(value), Role::Plain));
        }
        if let Some(word) = self.function() {
            return Some(Form::Function(word));
        }
        let letter = self.rest.chars().next().filter(|c| c.is_alphabetic())?;
        self.rest = &self.rest[letter.len_utf8()..];
        let base = Form::Letter(letter.to_string().into());
        let above = if self.take("^") { Some(Box::new(self.inside()?)) } else { None };
        let number = self.run(|c| c.is_ascii_digit());
        let mut index = if number.is_empty() { self.index() } else { number };
        let mut side = self.index();
        if is_side(index) {
            (index, side) = ("", index);
        }
        if above.is_none() && index.is_empty() && side.is_empty() {
            return Some(base);
        }
        Some(Form::Indexed { base: Box::new(base), above, index: index.into(), side: side.into() })
    }

    /// `_km`
    fn index(&mut self) -> &'t str {
        if self.take("_") { self.run(char::is_alphanumeric) } else { "" }
    }

    fn function(&mut self) -> Option<&'static str> {
        let length = self.rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.rest.len());
        let word = FUNCTIONS.into_iter().find(|word| self.rest[..length] == **word)?;
        self.rest = &self.rest[length..];
        Some(word)
    }
}

/// Whether an index says which side of a unit, or which step, is meant.
fn is_side(index: &str) -> bool {
    matches!(index, "in" | "out" | "new" | "emp")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::Naming;
    use crate::typeset::{Style, TextWriter};

    #[test]
    fn a_statement_is_written_as_it_is_read() {
        let writer = TextWriter { naming: Naming::new(2, 1), style: Style::Unicode };
        for text in [
            "δ^(i)_k = Σ_m w^(i+1)_km·δ^(i+1)_m·σ'(z^(i)_k_in)",
            "θ_new = θ - α·∇R(θ)",
            "R(θ) = 1/n·Σ_i L(y_i, f(x_i))",
            "∂L/∂W = x δᵀ",
            "δ = W δ ⊙ σ'(z_in)",
            "-2·(y - f_out)",
            "tanh'(z) = 1 - tanh(z)²",
            "σ(z) = 1/(1 + exp(-z))",
            "∂/∂f 1/2·(y - f)² = -(y - f)",
            "∂(u1·z1_out + u2·z2_out + c)/∂u1 = z1_out",
            "x → … ≈ y, z > 0",
        ] {
            let form = read(text).unwrap_or_else(|| panic!("{text} is not read"));
            assert_eq!(writer.string(&form), text);
        }
        for text in ["", "∂L", "(a", "a)", "σ'(", "a/", "?", "Σ_m )"] {
            assert!(read(text).is_none_or(|form| form == Form::Row(Vec::new())), "{text}");
        }
    }
}
