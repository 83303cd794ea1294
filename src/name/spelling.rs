//! Names as text: every name is written here.

use std::fmt;

use compact_str::{CompactString, format_compact};

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
            Name::Derivative { of, by: by @ Symbol::In { layer, unit } }
                if self.is_short_signal(of, by) =>
            {
                if let Some(own) = self.own_symbol(Symbol::In { layer, unit }) {
                    let delta = if self.spelling.greek { "δ" } else { "delta" };
                    return write!(f, "{delta}({own})");
                }
                self.naming.signal_parts(layer, unit).write_to(self.spelling.greek, f)
            }
            Name::Derivative { of, by } => self.derivative(f, of, "", by),
            Name::OfSample { sample, of, by } => {
                let at = format_compact!("@{}", u64::from(sample) + 1);
                match by {
                    Some(by) if self.is_short_signal(of, by) => {
                        let name = Name::Derivative { of, by };
                        Self { name, ..*self }.write_to(f)?;
                        f.write_str(&at)
                    }
                    Some(by) => self.derivative(f, of, &at, by),
                    None => {
                        self.symbol(f, of)?;
                        f.write_str(&at)
                    }
                }
            }
        }
    }

    /// Whether a derivative is written `δ1`.
    const fn is_short_signal(&self, of: Symbol, by: Symbol) -> bool {
        match (of, by) {
            (Symbol::Loss, Symbol::In { layer, .. }) => {
                self.spelling.signals && !self.naming.is_output(layer)
            }
            _ => false,
        }
    }

    /// `∂L/∂W11`; `at` is the sample of what changes.
    fn derivative(&self, f: &mut impl fmt::Write, of: Symbol, at: &str, by: Symbol) -> fmt::Result {
        let d = if self.spelling.greek { "∂" } else { "d" };
        f.write_str(d)?;
        self.symbol(f, of)?;
        f.write_str(at)?;
        f.write_str("/")?;
        f.write_str(d)?;
        self.symbol(f, by)
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
        self.naming.parts(symbol).write_to(self.spelling.greek, f)
    }
}
