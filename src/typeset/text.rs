//! Forms on one line of text: for the terminal in Unicode or ASCII, and plain for
//! JSON.

use super::{Span, Style};
use crate::math::{Fence, Form, Role, Sign};
use crate::name::{Name, Naming, Spelled, Spelling};

/// Where text goes.
pub trait Sink {
    /// Takes text.
    fn put(&mut self, text: &str, role: Role);

    /// Takes a name without making a string of it first.
    fn put_name(&mut self, name: Spelled<'_>, role: Role);
}

impl Sink for String {
    fn put(&mut self, text: &str, _: Role) {
        self.push_str(text);
    }

    fn put_name(&mut self, name: Spelled<'_>, _: Role) {
        // Writing to a String cannot fail.
        let _ = name.write_to(self);
    }
}

impl Sink for Vec<Span> {
    fn put(&mut self, text: &str, role: Role) {
        match self.last_mut() {
            Some(last) if last.role == role => last.text.push_str(text),
            _ => self.push(Span::new(text, role)),
        }
    }

    fn put_name(&mut self, name: Spelled<'_>, role: Role) {
        self.put(&name.text(), role);
    }
}

/// Bytes that most forms take.
const USUAL_FORM: usize = 64;

/// Writes forms on one line.
#[derive(Clone, Copy, Debug)]
pub struct TextWriter<'a> {
    /// How names are made.
    pub naming: Naming<'a>,
    /// The glyphs.
    pub style: Style,
}

impl TextWriter<'_> {
    /// The form as a string.
    pub fn string(&self, form: &Form) -> String {
        let mut text = String::with_capacity(USUAL_FORM);
        self.write(form, &mut text);
        text
    }

    /// The form as spans.
    pub fn spans(&self, form: &Form) -> Vec<Span> {
        let mut spans = Vec::new();
        self.write(form, &mut spans);
        spans
    }

    /// A name as a string.
    pub fn name(&self, name: Name) -> String {
        self.naming.spelled(name, self.style.spelling()).to_string()
    }

    /// Writes a form to the end of `out`.
    pub fn write(&self, form: &Form, out: &mut impl Sink) {
        let plain = Role::Plain;
        match form {
            Form::Row(parts) => parts.iter().for_each(|part| self.write(part, out)),
            Form::Name(name, role) => {
                let spelled = self.naming.spelled(*name, self.style.spelling());
                out.put_name(spelled, *role);
            }
            Form::FullName(name, role) => {
                let spelling = Spelling { signals: false, formed: true, ..self.style.spelling() };
                out.put_name(self.naming.spelled(*name, spelling), *role);
            }
            Form::Number(text, role) => out.put(text, *role),
            Form::Sign(sign) => out.put(self.sign(*sign), plain),
            Form::Function(word) => out.put(&self.style.spell(word), plain),
            Form::Whole(whole, role) => {
                out.put(&self.naming.whole(*whole, self.style.spelling()), *role);
            }
            Form::Letter(letter) => out.put(&self.style.spell(letter), plain),
            Form::Indexed { base, above, index, side } => {
                self.write(base, out);
                if let Some(above) = above {
                    // Close together, as small print is.
                    let above = self.string(above).replace(' ', "");
                    out.put(&format!("^({above})"), plain);
                }
                if !index.is_empty() {
                    let is_number = index.starts_with(|c: char| c.is_ascii_digit());
                    out.put(if is_number { "" } else { "_" }, plain);
                    out.put(index, plain);
                }
                if !side.is_empty() {
                    out.put("_", plain);
                    out.put(side, plain);
                }
            }
            Form::Primed(function) => self.between("", function, "'", out),
            Form::Derivative(of, by) => {
                let d = self.style.pick("d", "∂", "d");
                self.between(d, of, "/", out);
                self.between(d, by, "", out);
            }
            Form::Gradient(of) => self.between(self.style.pick("∇", "∇", "grad "), of, "", out),
            Form::Transposed(matrix) => {
                self.between("", matrix, self.style.pick("ᵀ", "ᵀ", "^T"), out);
            }
            Form::Total(over) => {
                out.put(self.style.pick("Σ", "Σ", "sum"), plain);
                if !over.is_empty() {
                    out.put("_", plain);
                    out.put(over, plain);
                }
                out.put(" ", plain);
            }
            Form::Carried { computed, carried } => {
                self.write(computed, out);
                self.between(", carried as ", carried, "", out);
            }
            Form::Fenced(Fence::Round, inside) => self.between("(", inside, ")", out),
            Form::Fenced(Fence::Bars, inside) => self.between("|", inside, "|", out),
            Form::Fraction(top, bottom) => {
                self.write(top, out);
                self.between("/", bottom, "", out);
            }
            Form::Squared(base) => {
                self.between("", base, self.style.pick("^2", "²", "^2"), out);
            }
            Form::Choice { condition, then, otherwise } => {
                self.between("", then, " if ", out);
                self.between("", condition, " > 0, else ", out);
                self.write(otherwise, out);
            }
            Form::Matrix(rows) => self.flat_matrix(rows, out),
            Form::Dots => out.put(self.style.pick("…", "…", "..."), plain),
        }
    }

    fn between(&self, open: &str, inside: &Form, close: &str, out: &mut impl Sink) {
        out.put(open, Role::Plain);
        self.write(inside, out);
        out.put(close, Role::Plain);
    }

    /// A matrix on one line: `(1, 2; 3, 4)`.
    fn flat_matrix(&self, rows: &[Vec<Form>], out: &mut impl Sink) {
        out.put("(", Role::Plain);
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                out.put("; ", Role::Plain);
            }
            for (at, entry) in row.iter().enumerate() {
                if at > 0 {
                    out.put(", ", Role::Plain);
                }
                self.write(entry, out);
            }
        }
        out.put(")", Role::Plain);
    }

    const fn sign(&self, sign: Sign) -> &'static str {
        match sign {
            Sign::Plus => " + ",
            Sign::Minus => " - ",
            Sign::Negative => "-",
            Sign::Times => self.style.pick("·", "·", "*"),
            Sign::TimesApart => self.style.pick(" · ", " · ", " * "),
            Sign::Elementwise => self.style.pick(" ⊙ ", " ⊙ ", " (*) "),
            Sign::Beside => " ",
            Sign::Nearly => self.style.pick(" ≈ ", " ≈ ", " ~ "),
            Sign::Above => " > ",
            Sign::Below => " < ",
            Sign::Equals => " = ",
            Sign::Becomes => self.style.pick(" → ", " → ", " -> "),
            Sign::Comma => ", ",
        }
    }
}
