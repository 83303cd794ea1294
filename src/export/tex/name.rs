//! Names and numbers as TeX's mathematics.

use super::escape::escape;
use crate::document::figure::{Label, Scripted};

/// A name.
pub(in crate::export) fn label(label: &Label) -> String {
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

pub(super) fn scripted(scripted: &Scripted, new: &str) -> String {
    let letter = match scripted.letter.as_str() {
        word if scripted.is_word => format!("\\mathrm{{{}}}", word_in_math(word)),
        "δ" => "\\delta".to_owned(),
        "α" => "\\alpha".to_owned(),
        letter => letter.to_owned(),
    };
    // The number of a sample stands where the lecture has it: above.
    let sample = scripted.index.strip_prefix('@');
    let above = sample.or(scripted.layer.as_deref());
    let layer = above.map_or_else(String::new, |above| format!("({above})"));
    let mut set = letter;
    if !(layer.is_empty() && new.is_empty()) {
        set.push_str(&format!("^{{{layer}{new}}}"));
    }
    let index = if sample.is_some() { "" } else { &scripted.index };
    let index = index.replace(',', "{,}");
    let side = scripted.side.map_or_else(String::new, |side| format!("\\mathrm{{{side}}}"));
    let comma = if index.is_empty() || side.is_empty() { "" } else { "," };
    if !(index.is_empty() && side.is_empty()) {
        set.push_str(&format!("_{{{index}{comma}{side}}}"));
    }
    set
}

/// A word of an author, whose `_` is one.
pub(super) fn word_in_math(word: &str) -> String {
    escape(word).replace("-{}", "\\mbox{-}")
}

/// A number with its digits.
pub(in crate::export) fn number(text: &str, is_bold: bool) -> String {
    let set = |digits: &str| {
        if is_bold { format!("\\mathbf{{{digits}}}") } else { digits.to_owned() }
    };
    match text.split_once('e') {
        Some((digits, power)) => format!("${}\\cdot 10^{{{power}}}$", set(digits)),
        None => format!("${}$", set(text)),
    }
}

/// The name of a function, as formulas write it.
pub(in crate::export) fn function(text: &str) -> String {
    match text {
        "σ" => "$\\sigma$".to_owned(),
        text => escape(text),
    }
}
