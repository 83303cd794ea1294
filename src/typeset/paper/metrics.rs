//! How wide texts are, estimated on the wide side, and where the scripts of a
//! name stand.

use super::Piece;
use crate::document::figure::{Label, Scripted};

/// Scripts are so much smaller.
const SCRIPT: f64 = 0.7;

/// So much lower than the line, and so much higher, in parts of the size.
const LOWERED: f64 = 0.24;
const RAISED: f64 = 0.38;

/// A run of glyphs of one size. It goes on where the last one ended.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// Room in front of it; below 0 where it stands under the one before.
    pub gap: f64,
    /// Below the baseline.
    pub y: f64,
    /// Size of the type.
    pub size: f64,
    /// The glyphs.
    pub text: String,
    /// Whether they slant.
    pub italic: bool,
}

/// The width of a piece of text.
pub fn pieces_width(pieces: &[Piece], size: f64) -> f64 {
    let mut line = Line { runs: Vec::new(), gap: 0.0, width: 0.0, size };
    pieces.iter().for_each(|piece| line.piece(piece));
    line.width
}

/// The runs of a text, from its left on.
pub fn runs(pieces: &[Piece], size: f64) -> Vec<GlyphRun> {
    let mut line = Line { runs: Vec::new(), gap: 0.0, width: 0.0, size };
    pieces.iter().for_each(|piece| line.piece(piece));
    line.runs
}

struct Line {
    runs: Vec<GlyphRun>,
    /// Room in front of the next run.
    gap: f64,
    width: f64,
    size: f64,
}

impl Line {
    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Label(label) => self.label(label),
            Piece::Number(text) => self.put(&text.replace('-', "\u{2212}"), false),
            Piece::Words(text) => self.put(text, false),
            Piece::Function(text) => self.put(text, false),
        }
    }

    /// Blanks at the ends are room, for some media drop them.
    fn put(&mut self, text: &str, italic: bool) {
        let inner = text.trim();
        let start = text.len() - text.trim_start().len();
        self.room(&text[..start]);
        self.run(inner, 0.0, self.size, italic);
        self.room(&text[start + inner.len()..]);
    }

    fn room(&mut self, blanks: &str) {
        let room = width(blanks, self.size);
        self.gap += room;
        self.width += room;
    }

    fn run(&mut self, text: &str, y: f64, size: f64, italic: bool) {
        let gap = std::mem::take(&mut self.gap);
        self.runs.push(GlyphRun { gap, y, size, text: text.to_owned(), italic });
        self.width += width(text, size);
    }

    fn label(&mut self, label: &Label) {
        match label {
            Label::Value(scripted) | Label::Signal(scripted) => self.scripted(scripted, ""),
            Label::New(scripted) => self.scripted(scripted, "[new]"),
            Label::Ratio(of, by) => {
                self.put("∂", false);
                self.scripted(of, "");
                self.put("/∂", false);
                self.scripted(by, "");
            }
            Label::Word(word) => self.put(word, false),
        }
    }

    /// The lower script stands under the upper one.
    fn scripted(&mut self, scripted: &Scripted, new: &str) {
        self.put(&scripted.letter, !scripted.is_word);
        let layer = scripted.layer.as_ref().map(|layer| format!("({layer})"));
        let upper = layer.unwrap_or_default() + new;
        let lower = scripted.lower();
        let size = SCRIPT * self.size;
        let (above, below) = (width(&upper, size), width(&lower, size));
        if !upper.is_empty() {
            self.run(&upper, -RAISED * self.size, size, false);
        }
        if !lower.is_empty() {
            self.gap -= above;
            self.width -= above;
            self.run(&lower, LOWERED * self.size, size, false);
            let rest = (above - below).max(0.0);
            self.gap += rest;
            self.width += rest;
        }
    }
}

fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| size * em(c)).sum()
}

/// A digit, for lining numbers up at their points.
pub(super) const DIGIT: f64 = 0.556;

/// Of wide fonts.
fn em(c: char) -> f64 {
    match c {
        '0'..='9' => 0.62,
        '.' | ',' | ' ' | 'i' | 'l' | 'j' | ':' => 0.33,
        '(' | ')' | '[' | ']' | '/' | 'f' | 't' | 'r' => 0.4,
        'W' | 'm' | 'w' | 'M' => 0.98,
        'A'..='Z' => 0.74,
        '=' | '+' | '\u{2212}' | '-' => 0.66,
        '⋮' | '⋯' => 0.9,
        c if c.is_ascii() || ('\u{80}'..'\u{500}').contains(&c) || c == '∂' => 0.62,
        _ => 1.0,
    }
}
