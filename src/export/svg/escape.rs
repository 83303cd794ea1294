//! Text made fit for XML.

/// The text with everything that acts in XML written out. Characters that XML
/// does not allow are shown as escapes.
pub fn escape(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in crate::text::harmless(text).chars() {
        match c {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '"' => shown.push_str("&quot;"),
            '\'' => shown.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => shown.push('\u{fffd}'),
            c => shown.push(c),
        }
    }
    shown
}

/// A plain name as part of an `id` or `class`: letters, digits, `_` and `-`.
pub fn identifier(plain: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    plain.chars().map(safe).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_acts() {
        assert_eq!(escape("</title><script>"), "&lt;/title&gt;&lt;script&gt;");
        assert_eq!(escape("\"'&\u{1b}[31m\u{0}"), "&quot;&#39;&amp;\\u{1b}[31m\\u{0}");
        assert_eq!(escape("\u{202e}x\u{fffe}"), "\\u{202e}x\u{fffd}");
        assert_eq!(escape("Größe δ₁"), "Größe δ₁");
    }

    #[test]
    fn identifiers_have_safe_characters_only() {
        assert_eq!(identifier("dL/dW(2)1,3"), "dL-dW-2-1-3");
        assert_eq!(identifier("z1_in"), "z1_in");
    }
}
