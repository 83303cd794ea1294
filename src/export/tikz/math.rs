//! Names and numbers as TeX's mathematics.

use super::escape::escape;
use crate::document::figure::{Label, Scripted};

/// A name.
pub(super) fn label(label: &Label) -> String {
    match label {
        Label::Value(scripted) | Label::Signal(scripted) => self::scripted(scripted, ""),
        Label::New(scripted) => self::scripted(scripted, "[\\mathrm{new}]"),
        Label::Ratio(of, by) => {
            let (of, by) = (self::scripted(of, ""), self::scripted(by, ""));
            format!("\\partial {of}/\\partial {by}")
        }
        Label::Word(word) => format!("\\mathrm{{{}}}", word_in_math(word)),
    }
}

fn scripted(scripted: &Scripted, new: &str) -> String {
    let letter = match scripted.letter.as_str() {
        word if scripted.is_word => format!("\\mathrm{{{}}}", word_in_math(word)),
        "δ" => "\\delta".to_owned(),
        "α" => "\\alpha".to_owned(),
        letter => letter.to_owned(),
    };
    let layer = scripted.layer.as_ref().map_or_else(String::new, |layer| format!("({layer})"));
    let mut set = letter;
    if !(layer.is_empty() && new.is_empty()) {
        set.push_str(&format!("^{{{layer}{new}}}"));
    }
    let index = scripted.index.replace(',', "{,}");
    let side = scripted.side.map_or_else(String::new, |side| format!("\\mathrm{{{side}}}"));
    let comma = if index.is_empty() || side.is_empty() { "" } else { "," };
    if !(index.is_empty() && side.is_empty()) {
        set.push_str(&format!("_{{{index}{comma}{side}}}"));
    }
    set
}

/// A word of an author, whose `_` is one.
fn word_in_math(word: &str) -> String {
    escape(word).replace("-{}", "\\mbox{-}")
}

/// A number with its digits.
pub(super) fn number(text: &str, is_bold: bool) -> String {
    let set = |digits: &str| {
        if is_bold { format!("\\mathbf{{{digits}}}") } else { digits.to_owned() }
    };
    match text.split_once('e') {
        Some((digits, power)) => format!("${}\\cdot 10^{{{power}}}$", set(digits)),
        None => format!("${}$", set(text)),
    }
}

/// The name of a function, as formulas write it.
pub(super) fn function(text: &str) -> String {
    match text {
        "σ" => "$\\sigma$".to_owned(),
        text => escape(text),
    }
}
