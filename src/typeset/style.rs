//! The glyphs that a text may use.

use std::borrow::Cow;

use crate::name::Spelling;

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
                'θ' => ascii.push_str("theta"),
                'τ' => ascii.push_str("tau"),
                '≈' => ascii.push('~'),
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
