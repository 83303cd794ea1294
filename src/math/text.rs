//! Forms as lines of text: for the terminal in Unicode or ASCII, and plain for
//! JSON.

use std::borrow::Cow;

use compact_str::CompactString;
use unicode_width::UnicodeWidthStr;

use super::{Fence, Form, Role, Sign};
use crate::name::{Name, Naming, Spelled, Spelling};

/// A run of text with one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The text; most are a name or a number and need no allocation.
    pub text: CompactString,
    /// What it is to the reader.
    pub role: Role,
}

impl Span {
    /// Text with a role.
    pub fn new(text: impl Into<CompactString>, role: Role) -> Self {
        Self { text: text.into(), role }
    }

    /// So many blanks.
    pub fn blanks(count: usize) -> Self {
        Self::plain(
            BLANKS.get(..count).map_or_else(|| " ".repeat(count).into(), CompactString::const_new),
        )
    }

    /// Text with nothing special about it.
    pub fn plain(text: impl Into<CompactString>) -> Self {
        Self::new(text, Role::Plain)
    }
}

/// Width of a line on the screen.
pub fn width_of(spans: &[Span]) -> usize {
    spans.iter().map(|span| width(&span.text)).sum()
}

/// Width of a text on the screen, at once where its characters are known to
/// take one column.
pub fn width(text: &str) -> usize {
    let mut columns = 0;
    for c in text.chars() {
        if !matches!(c, ' '..='~' | '\u{a0}' | '·' | '∂' | 'δ' | 'σ' | 'α') {
            return text.width();
        }
        columns += 1;
    }
    columns
}

/// The glyphs of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Plain names, `·` and `^2`: JSON.
    Plain,
    /// `∂`, `δ`, `·`, `²`.
    Unicode,
    /// `d`, `delta`, `*`, `^2`.
    Ascii,
}

impl Style {
    /// The glyph for one of three.
    pub const fn pick<'a>(self, plain: &'a str, unicode: &'a str, ascii: &'a str) -> &'a str {
        match self {
            Self::Plain => plain,
            Self::Unicode => unicode,
            Self::Ascii => ascii,
        }
    }

    /// Prose with the glyphs that this style has.
    pub fn spell(self, text: &str) -> Cow<'_, str> {
        if self != Self::Ascii || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let mut ascii = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                c if c.is_ascii() => ascii.push(c),
                '·' => ascii.push('*'),
                '²' => ascii.push_str("^2"),
                'ᵀ' => ascii.push_str("^T"),
                '∂' => ascii.push('d'),
                '∇' => ascii.push_str("grad "),
                '⊙' => ascii.push_str("(*)"),
                'σ' => ascii.push_str("sigma"),
                'δ' => ascii.push_str("delta"),
                'α' => ascii.push_str("alpha"),
                'Σ' => ascii.push_str("sum "),
                '→' => ascii.push_str("->"),
                '…' => ascii.push_str("..."),
                '–' | '—' | '−' => ascii.push('-'),
                '“' | '”' | '„' => ascii.push('"'),
                '‘' | '’' => ascii.push('\''),
                _ => ascii.push('?'),
            }
        }
        Cow::Owned(ascii)
    }

    /// How names are spelled in it.
    pub const fn spelling(self) -> Spelling {
        match self {
            Self::Plain => Spelling::PLAIN,
            Self::Unicode => Spelling { greek: true, signals: true, formed: false },
            Self::Ascii => Spelling { greek: false, signals: true, formed: false },
        }
    }
}

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

/// As many as are mostly needed at once.
const BLANKS: &str = "                                                                ";

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
            Form::Word(word) => out.put(word, plain),
            Form::Text(text) => out.put(&self.style.spell(text), plain),
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
            Sign::Equals => " = ",
            Sign::Becomes => self.style.pick(" → ", " → ", " -> "),
            Sign::Comma => ", ",
        }
    }
}
