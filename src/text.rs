//! Text from outside, made fit for a terminal: nothing a file says can move the
//! cursor, change a colour, hide itself or turn the reading direction.

use std::borrow::Cow;
use std::fmt::Write;

use icu_properties::props::{
    BidiControl, BinaryProperty, DefaultIgnorableCodePoint, EnumeratedProperty, GeneralCategory,
    PrependedConcatenationMark,
};

/// The text with control and invisible characters written as visible escapes
/// (`\u{1b}`), and tabs and line ends as spaces.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' => shown.push(' '),
            c if acts(c) => {
                // Writing to a String cannot fail.
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// The text made harmless, and cut off with `…` after `most` characters.
pub fn brief(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => harmless(text).into_owned(),
        Some((end, _)) => format!("{}…", harmless(&text[..end])),
    }
}

/// Whether a character does something other than stand there to be read, as
/// Unicode says.
fn acts(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    let category = GeneralCategory::for_char(c);
    let (control, format) = (GeneralCategory::Control, GeneralCategory::Format);
    let separators = [GeneralCategory::LineSeparator, GeneralCategory::ParagraphSeparator];
    category == control
        || separators.contains(&category)
        // Signs that are written under the number behind them are seen.
        || (category == format && !PrependedConcatenationMark::for_char(c))
        // Joiners, fillers, variation selectors, tags.
        || DefaultIgnorableCodePoint::for_char(c)
        || BidiControl::for_char(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_left_alone() {
        let arabic = "\u{600}12";
        for text in ["", "XOR", "Größe δ1 = ∂L/∂z₁", "e\u{301}", "日本語", "😀🇩🇪", arabic]
        {
            assert!(matches!(harmless(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn nothing_that_acts_is_left() {
        assert_eq!(harmless("a\u{1b}[31mb\u{7}"), "a\\u{1b}[31mb\\u{7}");
        assert_eq!(harmless("one\ttwo\r\nthree"), "one two  three");
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            let text = c.to_string();
            let shown = harmless(&text);
            assert!(!shown.contains(acts), "{c:?}");
        }
        let direction = ['\u{202e}', '\u{2066}', '\u{61c}'];
        let fillers = ['\u{34f}', '\u{115f}', '\u{17b4}', '\u{3164}', '\u{ffa0}', '\u{1d173}'];
        let others =
            ['\u{feff}', '\u{200b}', '\u{2028}', '\u{fe0f}', '\u{e0041}', '\u{9b}', '\u{7f}'];
        for c in direction.into_iter().chain(fillers).chain(others) {
            assert_eq!(harmless(&c.to_string()), format!("\\u{{{:x}}}", u32::from(c)));
        }
    }

    #[test]
    fn long_text_is_cut_off_between_characters() {
        assert_eq!(brief("δδδ", 3), "δδδ");
        assert_eq!(brief("δδδδ", 3), "δδδ…");
    }
}
