//! Text from outside, made fit for a terminal: nothing a file says can move the
//! cursor, change a colour, hide itself or turn the reading direction.

use std::borrow::Cow;
use std::fmt::Write;

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

/// Whether a character does something other than stand there to be read.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            // Soft hyphen, marks of direction, joiners and spaces without width.
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            // Separators of lines, embeddings and overrides of direction.
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            // Variation selectors, the byte-order mark, annotations, tags.
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_left_alone() {
        for text in ["", "XOR", "Größe δ1 = ∂L/∂z₁", "日本語"] {
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
        for c in ['\u{202e}', '\u{2066}', '\u{feff}', '\u{200b}', '\u{fe0f}', '\u{9b}', '\u{7f}'] {
            assert_eq!(harmless(&c.to_string()), format!("\\u{{{:x}}}", u32::from(c)));
        }
    }

    #[test]
    fn long_text_is_cut_off_between_characters() {
        assert_eq!(brief("δδδ", 3), "δδδ");
        assert_eq!(brief("δδδδ", 3), "δδδ…");
    }
}
