//! Forms as MathML Core. Each formula also says in plain text what it says, for
//! readers that cannot show it.

use std::fmt::Write;

use super::escape;
use crate::document::figure::{Label, Scripted};
use crate::math::{Fence, Form, Role, Sign};
use crate::name::{Name, Naming, Symbol, Whole};
use crate::typeset::{Style, TextWriter};

/// Writes forms.
pub(super) struct MathMlWriter<'a> {
    pub(super) naming: Naming<'a>,
    /// The factors of the chain that the formulas are about: each is marked with
    /// its number from 0 on, so that a script can find it.
    pub(super) terms: Vec<Name>,
}

impl MathMlWriter<'_> {
    /// A formula of its own.
    pub(super) fn math(&self, form: &Form) -> String {
        let text = TextWriter { naming: self.naming, style: Style::Unicode }.string(form);
        let mut out = format!("<math alttext=\"{}\">", escape(text.trim()));
        self.write(form, &mut out);
        out.push_str("</math>");
        out
    }

    fn write(&self, form: &Form, out: &mut String) {
        match form {
            Form::Row(parts) => self.row(parts, out),
            Form::Name(name, role) => self.name(*name, *role, &Label::of(self.naming, *name), out),
            Form::FullName(name, role) => {
                self.name(*name, *role, &Label::in_full(self.naming, *name), out);
            }
            Form::Number(text, role) => number(text, *role, out),
            Form::Sign(sign) => out.push_str(self::sign(*sign)),
            Form::Total(over) if over.is_empty() => out.push_str("<mo>∑</mo>"),
            Form::Function(word) => letter(word, out),
            Form::Total(over) => {
                out.push_str("<msub><mo>∑</mo>");
                letter(over, out);
                out.push_str("</msub>");
            }
            Form::Whole(whole, role) => enclosed("mrow", *role, out, |out| self.whole(*whole, out)),
            Form::Letter(word) => letter(word, out),
            Form::Indexed { base, above, index, side } => {
                let above = above.as_ref().map(|above| {
                    let mut inside = String::new();
                    fenced("(", ")", &mut inside, |out| self.write(above, out));
                    inside
                });
                let mut inner = String::new();
                self.write(base, &mut inner);
                // A step such as `new` stands where the lecture has it.
                let is_step = matches!(side.as_str(), "new" | "old");
                let lower = lower(index, if is_step { "" } else { side });
                let above = if is_step { Some(format!("<mtext>[{side}]</mtext>")) } else { above };
                scripts(&inner, &lower, above.as_deref(), out);
            }
            Form::Primed(function) => self.raised(function, "<mo>′</mo>", out),
            Form::Derivative(of, by) => {
                out.push_str("<mfrac><mrow><mo>∂</mo>");
                self.write(of, out);
                out.push_str("</mrow><mrow><mo>∂</mo>");
                self.write(by, out);
                out.push_str("</mrow></mfrac>");
            }
            Form::Gradient(of) => {
                out.push_str("<mrow><mo>∇</mo>");
                self.write(of, out);
                out.push_str("</mrow>");
            }
            Form::Transposed(matrix) => self.raised(matrix, "<mo>⊤</mo>", out),
            Form::Carried { computed, carried } => {
                out.push_str("<mrow>");
                self.write(computed, out);
                out.push_str("<mtext>, carried as </mtext>");
                self.write(carried, out);
                out.push_str("</mrow>");
            }
            Form::Fenced(Fence::Round, inside) => {
                fenced("(", ")", out, |out| self.write(inside, out));
            }
            Form::Fenced(Fence::Bars, inside) => {
                fenced("|", "|", out, |out| self.write(inside, out));
            }
            Form::Fraction(top, bottom) => {
                out.push_str("<mfrac><mrow>");
                self.write(top, out);
                out.push_str("</mrow><mrow>");
                self.write(bottom, out);
                out.push_str("</mrow></mfrac>");
            }
            Form::Squared(base) => self.raised(base, "<mn>2</mn>", out),
            Form::Choice { condition, then, otherwise } => {
                out.push_str("<mrow><mo>{</mo><mtable class=\"cases\"><mtr><mtd>");
                self.write(then, out);
                out.push_str("</mtd><mtd><mtext>if </mtext>");
                self.write(condition, out);
                out.push_str("<mo>&gt;</mo><mn>0</mn></mtd></mtr><mtr><mtd>");
                self.write(otherwise, out);
                out.push_str("</mtd><mtd><mtext>else</mtext></mtd></mtr></mtable></mrow>");
            }
            Form::Matrix(rows) => fenced("(", ")", out, |out| {
                out.push_str("<mtable>");
                for row in rows {
                    out.push_str("<mtr>");
                    for entry in row {
                        out.push_str("<mtd>");
                        self.write(entry, out);
                        out.push_str("</mtd>");
                    }
                    out.push_str("</mtr>");
                }
                out.push_str("</mtable>");
            }),
            Form::Dots => out.push_str("<mo>…</mo>"),
        }
    }

    fn row(&self, parts: &[Form], out: &mut String) {
        out.push_str("<mrow>");
        parts.iter().for_each(|part| self.write(part, out));
        out.push_str("</mrow>");
    }

    /// One part with a small one above it.
    fn raised(&self, base: &Form, above: &str, out: &mut String) {
        out.push_str("<msup><mrow>");
        self.write(base, out);
        let _ = write!(out, "</mrow>{above}</msup>");
    }

    fn name(&self, name: Name, role: Role, label: &Label, out: &mut String) {
        let term = self.terms.iter().position(|term| *term == name);
        if let Some(term) = term {
            let _ = write!(out, "<mrow data-term=\"{term}\">");
        }
        enclosed("mrow", role, out, |out| self::label(label, out));
        if term.is_some() {
            out.push_str("</mrow>");
        }
    }

    /// A vector or matrix: bold and upright, as the lecture sets them.
    fn whole(&self, whole: Whole, out: &mut String) {
        if let Whole::Signals(layer) = whole
            && self.naming.is_output(layer)
        {
            out.push_str("<mfrac><mrow><mo>∂</mo>");
            label(&Label::of(self.naming, Symbol::Loss.into()), out);
            out.push_str("</mrow><mrow><mo>∂</mo>");
            self.whole(Whole::In(layer), out);
            out.push_str("</mrow></mfrac>");
            return;
        }
        let name = Scripted::from(self.naming.layer_parts(whole));
        let base = format!("<mi mathvariant=\"normal\" class=\"v\">{}</mi>", escape(&name.letter));
        with_scripts(&base, &name, None, out);
    }
}

/// Writes an element, with the class of a role.
fn enclosed(tag: &str, role: Role, out: &mut String, inside: impl FnOnce(&mut String)) {
    let class = super::class(role);
    if class.is_empty() {
        inside(out);
        return;
    }
    let _ = write!(out, "<{tag} class=\"{class}\">");
    inside(out);
    let _ = write!(out, "</{tag}>");
}

/// Brackets, which grow only around what is tall: stretched ones stand apart from
/// what they hold.
fn fenced(open: &str, close: &str, out: &mut String, inside: impl FnOnce(&mut String)) {
    let mut held = String::new();
    inside(&mut held);
    let is_tall = ["<mfrac", "<mtable"].iter().any(|tall| held.contains(tall));
    let flat = if is_tall { "" } else { " stretchy=\"false\"" };
    let _ = write!(out, "<mrow><mo{flat}>{open}</mo>{held}<mo{flat}>{close}</mo></mrow>");
}

fn label(label: &Label, out: &mut String) {
    match label {
        Label::Value(name) | Label::Signal(name) => scripted(name, None, out),
        Label::New(name) => scripted(name, Some("<mtext>[new]</mtext>"), out),
        Label::Ratio(of, by) => {
            out.push_str("<mfrac><mrow><mo>∂</mo>");
            scripted(of, None, out);
            out.push_str("</mrow><mrow><mo>∂</mo>");
            scripted(by, None, out);
            out.push_str("</mrow></mfrac>");
        }
        Label::Word(word) => {
            let _ = write!(out, "<mtext>{}</mtext>", escape(word));
        }
    }
}

fn scripted(name: &Scripted, above: Option<&str>, out: &mut String) {
    let mut base = String::new();
    if name.is_word {
        let _ = write!(base, "<mtext>{}</mtext>", escape(&name.letter));
    } else {
        letter(&name.letter, &mut base);
    }
    with_scripts(&base, name, above, out);
}

fn with_scripts(base: &str, name: &Scripted, above: Option<&str>, out: &mut String) {
    // The number of a sample stands where the lecture has it: above.
    let (index, sample) = match name.index.strip_prefix('@') {
        Some(sample) => ("", Some(sample)),
        None => (name.index.as_str(), None),
    };
    let mut over = String::new();
    if let Some(number) = sample.or(name.layer.as_deref()) {
        fenced("(", ")", &mut over, |out| self::number(number, Role::Plain, out));
    }
    over.push_str(above.unwrap_or_default());
    let over = if above.is_some() { format!("<mrow>{over}</mrow>") } else { over };
    scripts(base, &lower(index, name.side.unwrap_or_default()), Some(&over), out);
}

/// `1,in` below a letter, as one element; empty where there is nothing.
fn lower(index: &str, side: &str) -> String {
    let is_number = index.chars().all(|c| c.is_ascii_digit() || c == ',');
    let tag = if is_number { "mn" } else { "mi" };
    let unit = format!("<{tag}>{}</{tag}>", escape(index));
    let side_of = format!("<mtext>{}</mtext>", escape(side));
    match (index.is_empty(), side.is_empty()) {
        (true, true) => String::new(),
        (false, true) => unit,
        (true, false) => side_of,
        (false, false) => format!("<mrow>{unit}<mo>,</mo>{side_of}</mrow>"),
    }
}

fn scripts(base: &str, below: &str, above: Option<&str>, out: &mut String) {
    let above = above.filter(|above| !above.is_empty());
    let _ = match (below.is_empty(), above) {
        (true, None) => write!(out, "{base}"),
        (false, None) => write!(out, "<msub>{base}{below}</msub>"),
        (true, Some(above)) => write!(out, "<msup>{base}{above}</msup>"),
        (false, Some(above)) => {
            write!(out, "<msubsup>{base}{below}{above}</msubsup>")
        }
    };
}

/// A letter in italics, as MathML sets it; a word upright.
fn letter(word: &str, out: &mut String) {
    let _ = write!(out, "<mi>{}</mi>", escape(word));
}

/// A number with a true minus and its power of ten set as one.
fn number(text: &str, role: Role, out: &mut String) {
    let class = match super::class(role) {
        "" => String::new(),
        class => format!(" class=\"{class}\""),
    };
    let minus = |text: &str| escape(&text.replace('-', "−"));
    let power = text.split_once('e').filter(|(_, power)| power.parse::<i32>().is_ok());
    let _ = match power {
        Some((first, power)) => write!(
            out,
            "<mrow{class}><mn>{}</mn><mo>·</mo><msup><mn>10</mn><mn>{}</mn></msup></mrow>",
            minus(first),
            minus(power)
        ),
        None => write!(out, "<mn{class}>{}</mn>", minus(text)),
    };
}

const fn sign(sign: Sign) -> &'static str {
    match sign {
        Sign::Plus => "<mo>+</mo>",
        Sign::Minus => "<mo>−</mo>",
        Sign::Negative => "<mo form=\"prefix\">−</mo>",
        Sign::Times | Sign::TimesApart => "<mo>·</mo>",
        Sign::Elementwise => "<mo>⊙</mo>",
        Sign::Beside => "<mspace width=\"0.2em\"/>",
        Sign::Nearly => "<mo>≈</mo>",
        Sign::Above => "<mo>&gt;</mo>",
        Sign::Below => "<mo>&lt;</mo>",
        Sign::Equals => "<mo>=</mo>",
        Sign::Becomes => "<mo>→</mo>",
        Sign::Comma => "<mo separator=\"true\">,</mo>",
    }
}
