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
