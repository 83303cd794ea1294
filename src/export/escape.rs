//! Text for formats in which some characters act.

/// Text for XML, between tags.
pub(super) fn xml(text: &str) -> String {
    replaced(text, &[('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;")])
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
