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
                if let Some(own) = self.own_symbol(Symbol::In { layer, unit }) {
                    let delta = if self.spelling.greek { "δ" } else { "delta" };
                    return write!(f, "{delta}({own})");
                }
                self.naming.signal_parts(layer, unit).write_to(self.spelling.greek, f)
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
        // The samples of an author's loss are theirs too.
        if let (Symbol::LossOf(_), Some(own)) = (symbol, self.own_symbol(Symbol::Loss)) {
            f.write_str(own)?;
            return self.naming.parts(symbol).index.write_to(f);
        }
        self.naming.parts(symbol).write_to(self.spelling.greek, f)
    }
}
