//! Forms as TeX's mathematics, for LaTeX and for what reads its formulas.
//!
//! Nothing encloses a row, so TeX breaks a long one at its signs.

use std::fmt::Write;

use super::name::{label, scripted, word_in_math};
use crate::document::figure::{Label, Scripted};
use crate::math::{Fence, Form, Role, Sign};
use crate::name::{Naming, Symbol, Whole};

/// Ends a row of a matrix.
const ROW_END: &str = " \\\\ ";

/// Who reads the formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// LaTeX, with the colours of the document.
    Latex,
    /// What shows formulas in Markdown, where documents define nothing.
    Markdown,
}

/// Writes forms.
#[derive(Clone, Copy)]
pub struct TexWriter<'a> {
    /// How names are made.
    pub naming: Naming<'a>,
    /// Who reads them.
    pub dialect: Dialect,
}

impl TexWriter<'_> {
    /// The formula, without what begins and ends mathematics.
    pub fn math(&self, form: &Form) -> String {
        let mut out = String::new();
        self.write(form, &mut out);
        out
    }

    fn write(&self, form: &Form, out: &mut String) {
        let _ = match form {
            Form::Row(parts) => {
                parts.iter().for_each(|part| self.write(part, out));
                Ok(())
            }
            Form::Name(name, role) => {
                out.push_str(&self.marked(*role, &stacked(&Label::of(self.naming, *name))));
                Ok(())
            }
            Form::FullName(name, role) => {
                out.push_str(&self.marked(*role, &stacked(&Label::in_full(self.naming, *name))));
                Ok(())
            }
            Form::Number(text, role) => {
                out.push_str(&self.marked(*role, &number(text)));
                Ok(())
            }
            Form::Sign(sign) => write!(out, "{}", self::sign(*sign)),
            Form::Function(word) => write!(out, "{}", function(word)),
            Form::Letter(word) => write!(out, "{}", letter(word)),
            Form::Total(over) if over.is_empty() => write!(out, "\\sum "),
            Form::Total(over) => write!(out, "\\sum_{{{}}} ", letter(over)),
            Form::Whole(whole, role) => {
                out.push_str(&self.marked(*role, &self.whole(*whole)));
                Ok(())
            }
            Form::Indexed { base, above, index, side } => {
                // A step such as `new` stands where the lecture has it.
                let is_step = matches!(side.as_str(), "new" | "old");
                let above = above.as_ref().map(|above| format!("({})", self.math(above)));
                let above = if is_step { Some(format!("[\\mathrm{{{side}}}]")) } else { above };
                let side = if is_step { "" } else { side };
                self.write(base, out);
                if let Some(above) = above {
                    let _ = write!(out, "^{{{above}}}");
                }
                let lower = lower(index, side);
                if lower.is_empty() { Ok(()) } else { write!(out, "_{{{lower}}}") }
            }
            Form::Primed(function) => write!(out, "{{{}}}'", self.math(function)),
            Form::Derivative(of, by) => {
                let (of, by) = (self.math(of), self.math(by));
                write!(out, "\\frac{{\\partial {of}}}{{\\partial {by}}}")
            }
            Form::Gradient(of) => write!(out, "\\nabla {}", self.math(of)),
            Form::Transposed(matrix) => write!(out, "{{{}}}^{{\\top}}", self.math(matrix)),
            Form::Carried { computed, carried } => {
                let (computed, carried) = (self.math(computed), self.math(carried));
                write!(out, "{computed}\\text{{, carried as }}{carried}")
            }
            Form::Fenced(fence, inside) => {
                let inside = self.math(inside);
                let is_tall = ["\\frac", "matrix"].iter().any(|tall| inside.contains(tall));
                let (open, close) = match fence {
                    Fence::Round => ("(", ")"),
                    Fence::Bars => ("\\lvert ", "\\rvert "),
                };
                // Brackets of a fixed size let what they hold be broken.
                let (left, right) = if is_tall { ("\\bigl", "\\bigr") } else { ("", "") };
                write!(out, "{left}{open}{inside}{right}{close}")
            }
            Form::Fraction(top, bottom) => {
                write!(out, "\\frac{{{}}}{{{}}}", self.math(top), self.math(bottom))
            }
            Form::Squared(base) => write!(out, "{{{}}}^{{2}}", self.math(base)),
            Form::Choice { condition, then, otherwise } => {
                let (then, condition) = (self.math(then), self.math(condition));
                let (end, otherwise) = (ROW_END, self.math(otherwise));
                write!(
                    out,
                    "\\begin{{cases}}{then} & \\text{{if }}{condition} > 0{end}{otherwise} & \\text{{else}}\\end{{cases}}"
                )
            }
            Form::Matrix(rows) => {
                let row = |row: &Vec<Form>| {
                    row.iter().map(|entry| self.math(entry)).collect::<Vec<_>>().join(" & ")
                };
                let rows: Vec<_> = rows.iter().map(row).collect();
                let rows = rows.join(ROW_END);
                write!(out, "\\begin{{pmatrix}}{rows}\\end{{pmatrix}}")
            }
            Form::Dots => write!(out, "\\ldots "),
        };
    }

    /// What a part is to the reader.
    fn marked(&self, role: Role, part: &str) -> String {
        match (self.dialect, role) {
            (Dialect::Latex, Role::Carried) => format!("{{\\btcarried{{{part}}}}}"),
            (Dialect::Markdown, Role::Carried) => format!("\\underline{{{part}}}"),
            (Dialect::Latex, role) => match colour(role) {
                "" => part.to_owned(),
                colour => format!("{{\\color{{{colour}}}{part}}}"),
            },
            (Dialect::Markdown, _) => part.to_owned(),
        }
    }

    /// A vector or matrix: bold and upright, as the lecture sets them.
    fn whole(&self, whole: Whole) -> String {
        if let Whole::Signals(layer) = whole
            && self.naming.is_output(layer)
        {
            let loss = label(&Label::of(self.naming, Symbol::Loss.into()));
            let by = self.whole(Whole::In(layer));
            return format!("\\frac{{\\partial {loss}}}{{\\partial {by}}}");
        }
        let mut name = Scripted::from(self.naming.layer_parts(whole));
        let base = match name.letter.as_str() {
            "δ" => "\\boldsymbol{\\delta}".to_owned(),
            letter => format!("\\mathbf{{{letter}}}"),
        };
        name.letter = "".into();
        format!("{base}{}", scripted(&name, ""))
    }
}

/// The colour of a role in a document; none for what is nothing special.
pub const fn colour(role: Role) -> &'static str {
    match role {
        Role::Plain | Role::Heading => "",
        Role::Given => "btgiven",
        Role::Forward => "btforward",
        Role::Known => "btknown",
        Role::New | Role::Wrong => "btcurrent",
        Role::Carried => "btcarried",
        Role::Faint => "btquiet",
    }
}

/// A name, a derivative as a fraction.
fn stacked(label: &Label) -> String {
    match label {
        Label::Ratio(of, by) => {
            let (of, by) = (scripted(of, ""), scripted(by, ""));
            format!("\\frac{{\\partial {of}}}{{\\partial {by}}}")
        }
        Label::Value(_) | Label::New(_) | Label::Signal(_) | Label::Word(_) => self::label(label),
    }
}

fn number(text: &str) -> String {
    match text.split_once('e').filter(|(_, power)| power.parse::<i32>().is_ok()) {
        Some((first, power)) => format!("{first}\\cdot 10^{{{power}}}"),
        // A sign of its own is no operator.
        None if text.starts_with('-') => format!("{{{text}}}"),
        None => text.replace(',', "{,}"),
    }
}

/// `1,in` below a letter.
fn lower(index: &str, side: &str) -> String {
    let index = index.replace(',', "{,}").replace('−', "-");
    match (index.is_empty(), side.is_empty()) {
        (_, true) => index,
        (true, false) => format!("\\mathrm{{{side}}}"),
        (false, false) => format!("{index},\\mathrm{{{side}}}"),
    }
}

/// A letter of a general statement.
fn letter(word: &str) -> String {
    match word {
        word if greek(word).is_some() => format!("\\{} ", greek(word).unwrap_or_default()),
        "∞" => "\\infty ".into(),
        word if word.chars().count() == 1 => word.into(),
        word if word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-')) => word.into(),
        word => format!("\\mathrm{{{}}}", word_in_math(word)),
    }
}

/// What TeX calls a Greek letter.
fn greek(letter: &str) -> Option<&'static str> {
    let known = [
        ("α", "alpha"),
        ("β", "beta"),
        ("γ", "gamma"),
        ("δ", "delta"),
        ("ε", "varepsilon"),
        ("η", "eta"),
        ("θ", "theta"),
        ("λ", "lambda"),
        ("μ", "mu"),
        ("σ", "sigma"),
        ("τ", "tau"),
        ("φ", "varphi"),
        ("Δ", "Delta"),
        ("Σ", "Sigma"),
    ];
    known.into_iter().find(|(known, _)| *known == letter).map(|(_, word)| word)
}

/// The name of a function.
fn function(word: &str) -> String {
    match word {
        word if greek(word).is_some() => letter(word),
        "exp" | "ln" | "log" | "max" | "tanh" | "min" => format!("\\{word} "),
        word => format!("\\operatorname{{{}}}", word_in_math(word)),
    }
}

const fn sign(sign: Sign) -> &'static str {
    match sign {
        Sign::Plus => " + ",
        Sign::Minus => " - ",
        Sign::Negative => "{-}",
        Sign::Times | Sign::TimesApart => " \\cdot ",
        Sign::Elementwise => " \\odot ",
        Sign::Beside => "~",
        Sign::Nearly => " \\approx ",
        Sign::Above => " > ",
        Sign::Below => " < ",
        Sign::Equals => " = ",
        Sign::Becomes => " \\rightarrow ",
        Sign::Comma => ", ",
    }
}
