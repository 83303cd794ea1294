//! Text for formats of the XML family, in which some characters act.

use crate::text::harmless;

/// Text for XML, between tags.
pub(super) fn xml(text: &str) -> String {
    replaced(text, &[('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;")])
}

/// Text of a stranger for XML, between tags or in an attribute. Characters that
/// XML does not allow, or that act on a reader, are shown as escapes.
pub fn shown(text: &str) -> String {
    replaced(
        &harmless(text),
        &[
            ('&', "&amp;"),
            ('<', "&lt;"),
            ('>', "&gt;"),
            ('"', "&quot;"),
            ('\'', "&#39;"),
            ('\u{fffe}', "\u{fffd}"),
            ('\u{ffff}', "\u{fffd}"),
        ],
    )
}

/// A plain name as part of an `id` or `class`: letters, digits, `_` and `-`.
pub fn identifier(plain: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    plain.chars().map(safe).collect()
}

/// Text for HTML that is read by others first: neither a template, nor a filter of
/// formulas, nor a question in braces begins in it.
pub(super) fn html(text: &str) -> String {
    replaced(
        text,
        &[
            ('&', "&amp;"),
            ('<', "&lt;"),
            ('>', "&gt;"),
            ('"', "&quot;"),
            ('{', "&#123;"),
            ('}', "&#125;"),
            ('$', "&#36;"),
            ('\\', "&#92;"),
        ],
    )
}

fn replaced(text: &str, signs: &[(char, &str)]) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match signs.iter().find(|(sign, _)| *sign == c) {
            Some((_, instead)) => safe.push_str(instead),
            None => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_acts() {
        assert_eq!(shown("</title><script>"), "&lt;/title&gt;&lt;script&gt;");
        assert_eq!(shown("\"'&\u{1b}[31m\u{0}"), "&quot;&#39;&amp;\\u{1b}[31m\\u{0}");
        assert_eq!(shown("\u{202e}x\u{fffe}"), "\\u{202e}x\u{fffd}");
        assert_eq!(shown("Größe δ₁"), "Größe δ₁");
    }

    #[test]
    fn identifiers_have_safe_characters_only() {
        assert_eq!(identifier("dL/dW(2)1,3"), "dL-dW-2-1-3");
        assert_eq!(identifier("z1_in"), "z1_in");
    }
}
