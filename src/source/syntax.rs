//! Text that is no JSON: what went wrong, in plain words.

use std::ops::Range;

use super::FileFormat;
use super::fault::Words;
use crate::text;

/// Where the text stops being JSON, and why.
pub(crate) fn explain(
    text: &str,
    error: &serde_json::Error,
    format: &FileFormat,
) -> (Range<usize>, Words) {
    if text.trim().is_empty() {
        let words = Words::new("the file is empty").help(format.shape);
        return (0..0, words);
    }
    if error.is_eof() {
        return ends_early(text);
    }
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    // Of a control character, serde_json tells the byte in front of it.
    let in_front = usize::from(message.starts_with("control character"));
    let at = offset(text, error, in_front);
    match message {
        "expected `,` or `]`" | "expected `,` or `}`" => not_continued(text, at, message, format),
        "invalid number" => bad_number(text, at),
        "invalid escape" => bad_escape(text, at),
        _ => (
            word(text, at),
            known_mistake(text, at, format)
                .unwrap_or_else(|| in_general(message, text, at, format)),
        ),
    }
}

/// The start of the character that serde_json means, `further` bytes on: it
/// counts lines from 1 and bytes of a line from 1.
fn offset(text: &str, error: &serde_json::Error, further: usize) -> usize {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let line_start: usize = lines.map(str::len).sum();
    let at = (line_start + error.column().saturating_sub(1) + further).min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The letters and digits that stand together here, or the one character.
fn word(text: &str, at: usize) -> Range<usize> {
    let rest = &text[at..];
    let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    at..at + word.max(rest.chars().next().map_or(0, char::len_utf8))
}

/// The character here, made harmless.
fn character(text: &str, at: usize) -> String {
    text::brief(&text[at..].chars().take(1).collect::<String>(), 1)
}

/// The line of a place, from 1.
fn line(text: &str, at: usize) -> usize {
    text[..at].bytes().filter(|&byte| byte == b'\n').count() + 1
}

/// After a value in a list or object comes something else than a comma or the
/// closing bracket.
fn not_continued(
    text: &str,
    at: usize,
    expected: &str,
    format: &FileFormat,
) -> (Range<usize>, Words) {
    let next = character(text, at);
    let before = text[..at].trim_end().len();
    let in_list = expected.ends_with("`]`");
    let open = match still_open(&text[..at]) {
        Some((Open::Bracket(bracket), opened)) => {
            format!("the `{bracket}` of line {}", line(text, opened))
        }
        Some((Open::Quote, _)) | None => "it".to_owned(),
    };
    let in_a_key = in_list && (next == ":" || is_key(&text[at..]));
    if in_a_key || matches!(next.as_str(), "]" | "}") {
        let what = format!("{open} is not closed before this");
        let closing = if in_list { ']' } else { '}' };
        return (word(text, at), Words::new(what).help(format!("add the missing `{closing}`")));
    }
    if let Some(words) = known_mistake(text, at, format) {
        return (word(text, at), words);
    }
    if text[before..at].contains('\n')
        && next.starts_with(['"', '[', '{', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
    {
        let words = Words::new("a comma is missing at the end of this line");
        return (before..before, words.help("entries are parted by commas"));
    }
    let words = Words::new(format!("{expected}, found `{next}`"));
    (word(text, at), words.help(format!("either a comma is missing, or {open} is not closed")))
}

/// Whether a string and a colon come next.
fn is_key(rest: &str) -> bool {
    let string = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'));
    string.is_some_and(|(_, rest)| rest.trim_start().starts_with(':'))
}

/// A number that goes on in another way than JSON's do.
fn bad_number(text: &str, at: usize) -> (Range<usize>, Words) {
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, '.' | '+' | '-');
    let start = text[..at].trim_end_matches(belongs).len();
    let length = text[start..].find(|c| !belongs(c)).unwrap_or(text.len() - start);
    let number = &text[start..start + length];
    let words = if is_no_number(number.trim_start_matches('-')) {
        no_number(number)
    } else {
        let number = text::brief(number, 30);
        Words::new(format!("`{number}` is not written as JSON writes numbers")).help(
            "write `-0.5`, `12` or `1.5e-3`: a digit on both sides of the point, no leading zeros",
        )
    };
    (start..start + length, words)
}

/// A backslash in front of a character that needs none.
fn bad_escape(text: &str, at: usize) -> (Range<usize>, Words) {
    let start = text[..at].rfind('\\').unwrap_or(at);
    let next = character(text, at);
    let words = Words::new(format!("`\\{next}` stands for nothing in a JSON string"));
    let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
    (start..end, words.help("write a backslash itself as `\\\\`"))
}

fn no_number(word: &str) -> Words {
    Words::new(format!("JSON has no {}", text::brief(word, 30)))
        .help("every number has to be finite")
}

/// What people write who know other notations, or write in a hurry.
fn known_mistake(text: &str, at: usize, format: &FileFormat) -> Option<Words> {
    let rest = &text[at..];
    let before = text[..at].trim_end();
    let next = rest.chars().next()?;
    let word = &text[word(text, at)];
    let after_comma = before.ends_with(',');
    Some(match next {
        ']' | '}' if after_comma => {
            Words::new(format!("there is a comma before this `{next}`, but nothing after it"))
                .help("remove the comma")
        }
        ',' if after_comma => Words::new("two commas in a row").help("remove one of them"),
        '/' | '#' => Words::new("JSON has no comments").help(format.remarks),
        '\'' | '‘' | '’' | '“' | '”' | '„' => {
            Words::new(format!("JSON has no `{next}` quotes"))
                .help("use the straight double quotes, `\"`")
        }
        '\u{2212}' | '–' => Words::new(format!("`{next}` is not the minus of JSON"))
            .help("use the plain hyphen, `-`"),
        '+' => Words::new("JSON numbers have no plus sign").help("leave the `+` out"),
        '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => {
            Words::new("JSON numbers have a digit before the point").help("write `0.5`, not `.5`")
        }
        '=' => Words::new("expected `:`, found `=`").help("write `\"key\": value`"),
        'n' | 'N' | 'i' | 'I' if is_no_number(word) => no_number(word),
        'T' | 'F' if matches!(word, "True" | "False") => {
            let json = word.to_lowercase();
            Words::new(format!("JSON has no {word}")).help(format!("write `{json}`"))
        }
        'N' if word == "None" => {
            Words::new("JSON has no None").help("give a value, or leave the key out")
        }
        '\n' | '\r' => Words::new("a string has to end on the line it begins on")
            .help("a closing `\"` is probably missing on this line"),
        '\t' => {
            Words::new("there is a tab inside a string").help("write it as `\\t`, or use spaces")
        }
        c if c.is_control() => {
            let (_, quote) = for_each_opening(&text[..at], |_, _| {});
            let place = if quote.is_some() { "inside a string" } else { "between the values" };
            Words::new(format!("there is a control character {place}")).help("remove it")
        }
        c if (c.is_alphabetic() || c == '_') && before.ends_with(['{', ',', ':', '[']) => {
            Words::new(format!("`{}` needs double quotes", text::brief(word, 30)))
                .help("keys and strings stand in double quotes, `\"`")
        }
        _ => return None,
    })
}

fn is_no_number(word: &str) -> bool {
    ["nan", "inf", "infinity"].iter().any(|name| word.eq_ignore_ascii_case(name))
}

/// What serde_json says, for someone who does not know its words.
fn in_general(message: &str, text: &str, at: usize, format: &FileFormat) -> Words {
    let next = character(text, at);
    match message {
        "expected `:`" => {
            Words::new(format!("expected `:`, found `{next}`")).help("write `\"key\": value`")
        }
        "expected value" | "expected ident" if text[..at].trim().is_empty() => {
            Words::new("this is not JSON")
                .help(format!("{} is a JSON object, `{{ … }}`", format.a_noun))
        }
        "expected value" | "expected ident" => Words::new(format!(
            "expected a value, found `{next}`"
        ))
        .help("a value is a number, a string in double quotes, a list `[…]` or an object `{…}`"),
        "key must be a string" if is_decimal_comma(text, at) => {
            Words::new("JSON writes decimals with a point, not with a comma")
                .help("write `0.53`, or put the number in double quotes")
        }
        "key must be a string" => Words::new(format!("expected a key, found `{next}`"))
            .help("keys stand in double quotes, `\"`"),
        "trailing characters" => Words::new(format!("the {} has ended before this", format.noun))
            .help("a file holds one object; perhaps a bracket was closed too early"),
        other => Words::new(format!("this is not JSON: {}", text::harmless(other))),
    }
}

/// Whether a comma stands between digits here.
fn is_decimal_comma(text: &str, at: usize) -> bool {
    let before = text[..at].strip_suffix(',');
    before.is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
        && text[at..].starts_with(|c: char| c.is_ascii_digit())
}

/// The text ends while something is open.
fn ends_early(text: &str) -> (Range<usize>, Words) {
    let end = text.trim_end().len();
    let words = match still_open(text) {
        Some((Open::Bracket(bracket), at)) => {
            let line = line(text, at);
            let closing = if bracket == '[' { ']' } else { '}' };
            Words::new(format!("the file ends, but the `{bracket}` of line {line} is not closed"))
                .help(format!("add the missing `{closing}`"))
        }
        Some((Open::Quote, at)) => {
            let words = Words::new("this string is not closed").help("add the missing `\"`");
            return (at..end, words);
        }
        None => Words::new("the file ends in the middle of a value"),
    };
    (end..end, words)
}

enum Open {
    Bracket(char),
    Quote,
}

/// The innermost bracket or quote that is not closed, in a text that is JSON as
/// far as it goes.
fn still_open(text: &str) -> Option<(Open, usize)> {
    let (depth, quote) = for_each_opening(text, |_, _| {});
    if let Some(at) = quote {
        return Some((Open::Quote, at));
    }
    // Whatever opened later at this depth or deeper is closed again.
    let mut innermost = None;
    for_each_opening(text, |at, depth_there| {
        if depth_there == depth {
            innermost = Some(at);
        }
    });
    let at = innermost?;
    Some((Open::Bracket(char::from(text.as_bytes()[at])), at))
}

/// Calls `visit` with the place of each opening bracket and the depth behind it.
/// Returns the depth at the end, and the quote that is open there.
fn for_each_opening(text: &str, mut visit: impl FnMut(usize, usize)) -> (usize, Option<usize>) {
    let mut depth: usize = 0;
    let mut quote = None;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(_), b'"') => quote = None,
            (None, b'"') => quote = Some(at),
            (None, b'[' | b'{') => {
                depth += 1;
                visit(at, depth);
            }
            (None, b']' | b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    (depth, quote)
}
