//! Where lines of a sheet begin and end: workings that go on in the next lines, what
//! begins an item of a list, and lines that are only for looks.

use super::{markup, written};

/// Lines that one working is written on.
const MOST_CONTINUATIONS: usize = 20;

/// Where the line ends that begins at a place, with the lines that go on with its
/// working, and how many these are.
pub(super) fn end_with_continuations(text: &str, at: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let end_of =
        |at: usize| memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length);
    let (mut end, mut more) = (end_of(at), 0);
    while end + 1 < bytes.len() && more < MOST_CONTINUATIONS {
        // Most lines begin with a name, and need no longer look.
        let begins = bytes[end + 1..].iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'&'));
        let may_go_on = begins.is_some_and(|byte| !byte.is_ascii_alphanumeric());
        let next = end_of(end + 1);
        if !may_go_on || !goes_on(&text[at..end], &text[end + 1..next]) {
            break;
        }
        (end, more) = (next, more + 1);
    }
    (end, more)
}

/// Whether a line goes on with the working of the one `before`: `= -0.53` below
/// `z1_in = 0.6 - 1.13`, `+ 0.78` below `f_in = 0.35`.
fn goes_on(before: &str, line: &str) -> bool {
    let content = markup::plain(line.trim_start().trim_start_matches('&')).text;
    let content = content.trim();
    let is_sign =
        |c: char| written::is_equal_sign(c) || matches!(c, '+' | '-' | '−' | '·' | '*' | '×');
    let behind = content.trim_start_matches(|c: char| is_sign(c) || c.is_whitespace());
    // A bullet stands before a name.
    let is_working = content.starts_with(written::is_equal_sign)
        || !behind.split(written::is_sign).next().unwrap_or_default().contains(char::is_alphabetic);
    let is_remark = before.contains('#');
    content.starts_with(is_sign)
        && is_working
        && !is_remark
        && before.contains(written::is_sign)
        && behind.contains(|c: char| c.is_ascii_digit())
}

/// Without what begins an item of a list or a quotation.
pub(super) fn without_bullet(text: &str) -> &str {
    let mut text = text;
    for _ in 0..4 {
        let before = text;
        let marks = ['-', '*', '+', '>', '•', '–', '—', '‣', '◦', '·', '▪', '●', '○', '➢', '✓'];
        if let Some(item) = text.strip_prefix(marks)
            && (item.starts_with(char::is_whitespace) || before.starts_with(['>', '•']))
        {
            text = item.trim_start();
        }
        text = numbered(text).unwrap_or(text);
        let boxes = ["[ ] ", "[x] ", "[X] "];
        text = boxes.iter().find_map(|done| text.strip_prefix(done)).unwrap_or(text);
        if text.len() == before.len() {
            break;
        }
    }
    let bold = text.strip_prefix("**").and_then(|text| text.strip_suffix("**"));
    bold.filter(|inside| !inside.contains("**")).unwrap_or(text)
}

/// What stands behind `1.`, `1)`, `1.)`, `a)`, `(a)` or `iii)`.
fn numbered(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('(').unwrap_or(text);
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric())?;
    let are = |is: fn(&u8) -> bool| inside[..end].bytes().all(|byte| is(&byte));
    let is_roman = end <= 4 && are(|byte| matches!(byte, b'i' | b'v' | b'x'));
    let is_label = is_roman || ((1..=3).contains(&end) && (end == 1 || are(u8::is_ascii_digit)));
    let is_number = inside.starts_with(|c: char| c.is_ascii_digit());
    let behind = match &inside[end..] {
        rest if rest.starts_with(')') => &rest[1..],
        rest if rest.starts_with(".)") && is_number => &rest[2..],
        rest if rest.starts_with('.') && is_number && inside.len() == text.len() => &rest[1..],
        _ => return None,
    };
    (is_label && behind.starts_with(char::is_whitespace)).then(|| behind.trim_start())
}

/// Whether a line is only for looks: `---`, `:--|--:`.
pub(super) fn is_rule(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || matches!(c, '-' | '=' | '_' | '*' | '|' | ':' | '+' | '~'))
        && (text.len() != 1 || text.trim().is_empty())
        && !text.trim_start().starts_with("= ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line with those that go on with it, and how many these are.
    fn whole(text: &str, at: usize) -> (&str, usize) {
        let (end, more) = end_with_continuations(text, at);
        (&text[at..end], more)
    }

    #[test]
    fn a_working_goes_on_in_the_next_lines() {
        let working = "z1_in = 0.6 - 1.13\n= -0.53";
        assert_eq!(whole(working, 0), (working, 1));
        assert_eq!(whole(&format!("L = 1\n{working}\nL = 1"), 6), (working, 1));
        for next in ["=-0.53", "= 0.53", "  + 0.78", "\t- 0.1", "& = 2", "≈ 1.13"] {
            let text = format!("f_in = 0.35\n{next}");
            assert_eq!(whole(&text, 0), (text.as_str(), 1), "{next}");
        }
        for next in ["", "\n= -0.53", "-", "- z2_in = 1.04", "z2_in = 1.04", "+ more"] {
            assert_eq!(whole(&format!("f_in = 0.35\n{next}"), 0), ("f_in = 0.35", 0), "{next}");
        }
        assert_eq!(whole("f_in = 0.35 # so far\n+ 0.78", 0).1, 0, "that is a remark");
        assert_eq!(whole("by hand\n= 0.78", 0).1, 0, "nothing was begun");
    }

    #[test]
    fn a_working_goes_on_in_twenty_lines() {
        for (lines, more) in [(19, 19), (20, 20), (21, 20)] {
            assert_eq!(whole(&format!("f_in = 0{}", "\n+ 1".repeat(lines)), 0).1, more);
        }
    }

    #[test]
    fn an_item_of_a_list_begins_with_a_number_or_a_letter() {
        for label in ["1.", "12)", "123.", "1.)", "a)", "(a)", "(12)", "ii)", "viii)", "(iv)"] {
            assert_eq!(without_bullet(&format!("{label} z1_in = 1")), "z1_in = 1", "{label}");
        }
        for label in ["1234)", "ab)", "xviii)", "a.", "(1.", "1", "", "L)2"] {
            let text = format!("{label} z1_in = 1");
            assert_eq!(without_bullet(&text), text, "{label}");
        }
        for text in ["1)z1_in = 1", "a)z1_in = 1"] {
            assert_eq!(without_bullet(text), text, "nothing sets it off");
        }
    }
}
