//! Text made fit for Markdown.

/// The text with everything that acts written out.
pub(super) fn escape(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in crate::text::harmless(text).chars() {
        let acts = matches!(
            c,
            '\\' | '`'
                | '*'
                | '_'
                | '{'
                | '}'
                | '['
                | ']'
                | '<'
                | '>'
                | '#'
                | '|'
                | '~'
                | '$'
                | '&'
                | '^'
                | '@'
                | '!'
        );
        if acts {
            shown.push('\\');
        }
        shown.push(c);
    }
    shown
}

/// A line that begins with no sign of a list, a rule or a heading.
pub(super) fn start(line: String) -> String {
    let first = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = first.len() < line.len() && first.starts_with(['.', ')']);
    if is_numbered && !first[1..].starts_with(|c: char| c.is_ascii_digit()) {
        let (digits, rest) = line.split_at(line.len() - first.len());
        return format!("{digits}\\{rest}");
    }
    let is_list =
        line.starts_with(['-', '+', '=']) && !line[1..].starts_with(|c: char| c.is_ascii_digit());
    if is_list { format!("\\{line}") } else { line }
}

/// A fence that nothing in the text closes.
pub(super) fn fence(text: &str) -> String {
    let (mut longest, mut run) = (2, 0);
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    "`".repeat(longest + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_acts() {
        assert_eq!(
            escape("[x](javascript:y) $a_b$ <b>"),
            "\\[x\\](javascript:y) \\$a\\_b\\$ \\<b\\>"
        );
        assert_eq!(escape("`|`\\"), "\\`\\|\\`\\\\");
    }

    #[test]
    fn a_line_is_no_list() {
        let of = |line: &str| start(line.to_owned());
        assert_eq!(
            (of("- a"), of("1. b"), of("0.5 c"), of("-1")),
            ("\\- a".into(), "1\\. b".into(), "0.5 c".into(), "-1".into())
        );
    }

    #[test]
    fn a_fence_is_longer_than_what_it_holds() {
        assert_eq!((fence("a"), fence("````")), ("```".into(), "`````".into()));
    }
}
