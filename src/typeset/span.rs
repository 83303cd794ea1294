//! Runs of text, and the columns that they take.

use compact_str::CompactString;
use unicode_width::UnicodeWidthStr;

use crate::math::Role;

/// As many as are mostly needed at once.
const BLANKS: &str = "                                                                ";

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
    // Most texts are ASCII, and looked at many bytes at a time.
    let is_usual = |all: bool, byte: u8| all & matches!(byte, b' '..=b'~');
    if text.bytes().fold(true, is_usual) {
        return text.len();
    }
    let mut columns = 0;
    for c in text.chars() {
        if !matches!(c, ' '..='~' | '\u{a0}' | '·' | '∂' | 'δ' | 'σ' | 'α' | '─'..='╿') {
            return text.width();
        }
        columns += 1;
    }
    columns
}
