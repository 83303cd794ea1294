//! How wide texts are, estimated on the wide side, and where the scripts of a
//! name stand.

use super::Piece;
use crate::document::figure::{Label, Scripted};

/// Scripts are so much smaller.
const SCRIPT: f64 = 0.7;

/// So much lower than the line, and so much higher, in parts of the size.
const LOWERED: f64 = 0.24;
const RAISED: f64 = 0.38;

/// A run of glyphs of one size.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// From the left of the text.
    pub x: f64,
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
    layout(pieces, size).1
}

/// The runs of a text, from its left on.
pub fn runs(pieces: &[Piece], size: f64) -> Vec<Run> {
    layout(pieces, size).0
}

fn layout(pieces: &[Piece], size: f64) -> (Vec<Run>, f64) {
    let mut line = Line { runs: Vec::new(), x: 0.0, size };
    for piece in pieces {
        match piece {
            Piece::Label(label) => line.label(label),
            Piece::Number(text) => line.put(&text.replace('-', "\u{2212}"), false),
            Piece::Words(text) => line.put(text, false),
            Piece::Function(text) => line.put(text, false),
        }
    }
    (line.runs, line.x)
}

struct Line {
    runs: Vec<Run>,
    x: f64,
    size: f64,
}

impl Line {
    fn put(&mut self, text: &str, italic: bool) {
        let (x, size) = (self.x, self.size);
        self.runs.push(Run { x, y: 0.0, size, text: text.to_owned(), italic });
        self.x += width(text, size);
    }

    fn label(&mut self, label: &Label) {
        match label {
            Label::Value(scripted) | Label::Signal(scripted) => self.scripted(scripted, ""),
            Label::New(scripted) => self.scripted(scripted, "new"),
            Label::Ratio(of, by) => {
                self.put("∂", false);
                self.scripted(of, "");
                self.put("/∂", false);
                self.scripted(by, "");
            }
            Label::Word(word) => self.put(word, false),
        }
    }

    fn scripted(&mut self, scripted: &Scripted, new: &str) {
        self.put(&scripted.letter, !scripted.is_word);
        let layer = scripted.layer.as_ref().map(|layer| format!("({layer})"));
        let upper = match (layer, new) {
            (Some(layer), "") => layer,
            (None, "") => String::new(),
            (layer, new) => format!("{}[{new}]", layer.unwrap_or_default()),
        };
        let (x, size) = (self.x + 0.04 * self.size, SCRIPT * self.size);
        for (text, y) in [(upper.as_str(), -RAISED), (scripted.lower().as_str(), LOWERED)] {
            if !text.is_empty() {
                let y = y * self.size;
                self.runs.push(Run { x, y, size, text: text.to_owned(), italic: false });
                self.x = self.x.max(x + width(text, size));
            }
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
        '=' | '+' | '\u{2212}' | '-' => 0.7,
        '⋮' | '⋯' => 0.9,
        c if c.is_ascii() || ('\u{80}'..'\u{500}').contains(&c) || c == '∂' => 0.62,
        _ => 1.0,
    }
}
