//! Names as text: every name is written here.

use std::fmt;

use compact_str::CompactString;

use super::{Name, Naming, Symbol};

/// The glyphs and abbreviations that names are written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spelling {
    /// `∂`, `δ` and `α` instead of `d`, `delta` and `alpha`.
    pub greek: bool,
    /// Error signals of hidden units are `δ1` instead of `∂L/∂z1_in`.
    pub signals: bool,
    /// Derivatives are written out even where the author has a name for them, to
    /// say what that name stands for.
    pub formed: bool,
}

impl Spelling {
    /// The one plain name that JSON, answer sheets and the command line use.
    pub const PLAIN: Self = Self { greek: false, signals: false, formed: false };
}

/// A name with its spelling; formats as text.
#[derive(Clone, Copy, Debug)]
pub struct Spelled<'a> {
    pub(super) naming: Naming<'a>,
    pub(super) name: Name,
    pub(super) spelling: Spelling,
}

impl fmt::Display for Spelled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_to(f)
    }
}

impl Spelled<'_> {
    /// The name as a short text.
    pub fn text(&self) -> CompactString {
        let mut text = CompactString::default();
        // Writing to a string cannot fail.
        let _ = self.write_to(&mut text);
        text
    }

    /// Writes the name at the end of `f`.
    ///
    /// # Errors
    /// When `f` cannot be written to.
    pub fn write_to(&self, f: &mut impl fmt::Write) -> fmt::Result {
        if let Some(own) = self.own() {
            return f.write_str(own);
        }
        match self.name {
            Name::Value(symbol) => self.symbol(f, symbol),
            Name::New(symbol) => {
                self.symbol(f, symbol)?;
                f.write_str("_new")
            }
            Name::Derivative { of: Symbol::Loss, by: Symbol::In { layer, unit } }
                if self.spelling.signals && !self.naming.is_output(layer) =>
            {
                f.write_str(if self.spelling.greek { "δ" } else { "delta" })?;
                if let Some(own) = self.own_symbol(Symbol::In { layer, unit }) {
                    return write!(f, "({own})");
                }
                self.layer(f, layer)?;
                index(f, unit)
            }
            Name::Derivative { of, by } => {
                let d = if self.spelling.greek { "∂" } else { "d" };
                f.write_str(d)?;
                self.symbol(f, of)?;
                f.write_str("/")?;
                f.write_str(d)?;
                self.symbol(f, by)
            }
        }
    }

    /// What the author calls it.
    fn own(&self) -> Option<&str> {
        let is_derivative = matches!(self.name, Name::Derivative { .. });
        if self.spelling.formed && is_derivative { None } else { self.naming.own?.shown(self.name) }
    }

    fn own_symbol(&self, symbol: Symbol) -> Option<&str> {
        self.naming.own?.symbol(symbol)
    }

    fn symbol(&self, f: &mut impl fmt::Write, symbol: Symbol) -> fmt::Result {
        if let Some(own) = self.own_symbol(symbol) {
            return f.write_str(own);
        }
        match symbol {
            Symbol::Input(input) => {
                f.write_str("x")?;
                index(f, input)
            }
            Symbol::Target(output) => {
                f.write_str("y")?;
                self.output(f, output)
            }
            Symbol::Weight { layer, from, to } => self.weight(f, layer, from, to),
            Symbol::Bias { layer, unit } => {
                if self.naming.is_deep() {
                    f.write_str("b")?;
                    self.layer(f, layer)?;
                    index(f, unit)
                } else if self.naming.is_output(layer) {
                    f.write_str("c")?;
                    self.output(f, unit)
                } else {
                    f.write_str("b")?;
                    index(f, unit)
                }
            }
            Symbol::In { layer, unit } => self.unit(f, layer, unit, "_in"),
            Symbol::Out { layer, unit } => self.unit(f, layer, unit, "_out"),
            Symbol::Term(output) => {
                f.write_str("L")?;
                index(f, output)
            }
            Symbol::Loss => f.write_str("L"),
            Symbol::LossOf(sample) => {
                self.symbol(f, Symbol::Loss)?;
                f.write_str("@")?;
                index(f, sample)
            }
            Symbol::Risk => f.write_str("R"),
            Symbol::Rate => f.write_str(if self.spelling.greek { "α" } else { "alpha" }),
        }
    }

    fn weight(&self, f: &mut impl fmt::Write, layer: u32, from: u32, to: u32) -> fmt::Result {
        if self.naming.is_deep() {
            f.write_str("W")?;
            self.layer(f, layer)?;
        } else if !self.naming.is_output(layer) {
            f.write_str("W")?;
        } else if self.naming.outputs == 1 {
            f.write_str("u")?;
            return index(f, from);
        } else {
            f.write_str("U")?;
        }
        index(f, from)?;
        // Two indices stand together while both are one digit.
        if from >= 9 || to >= 9 {
            f.write_str(",")?;
        }
        index(f, to)
    }

    fn unit(&self, f: &mut impl fmt::Write, layer: u32, unit: u32, side: &str) -> fmt::Result {
        if self.naming.is_output(layer) {
            f.write_str("f")?;
            self.output(f, unit)?;
        } else {
            f.write_str("z")?;
            self.layer(f, layer)?;
            index(f, unit)?;
        }
        f.write_str(side)
    }

    fn layer(&self, f: &mut impl fmt::Write, layer: u32) -> fmt::Result {
        if self.naming.is_deep() { write!(f, "({})", u64::from(layer) + 1) } else { Ok(()) }
    }

    fn output(&self, f: &mut impl fmt::Write, output: u32) -> fmt::Result {
        if self.naming.outputs == 1 { Ok(()) } else { index(f, output) }
    }
}

fn index(f: &mut impl fmt::Write, at: u32) -> fmt::Result {
    match at {
        // Most indices are one digit.
        0..9 => f.write_char(char::from(b'1' + at as u8)),
        _ => write!(f, "{}", u64::from(at) + 1),
    }
}
