//! The words of pasted Python output: names, numbers, brackets.

use crate::program::array::LastDigit;

/// A piece of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// A name, with its dots and what stands in its brackets: `grads["W1"]`.
    Name(&'a str),
    /// A quoted text.
    Quoted(&'a str),
    /// A number as it is written.
    Number(&'a str),
    Open,
    Close,
    /// `=` or `:`
    Is,
    Comma,
    Times,
    /// `...`
    Dots,
    /// `(`, `)`, `{`, `}` and everything else.
    Other,
}

/// Splits the text.
pub(super) fn tokens(text: &str) -> Vec<(usize, Token<'_>)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut all = Vec::new();
    while at < bytes.len() {
        let start = at;
        let rest = &text[at..];
        let first = rest.chars().next().unwrap_or(' ');
        let token = match first {
            '[' => Some((1, Token::Open)),
            ']' => Some((1, Token::Close)),
            '=' | ':' => Some((1, Token::Is)),
            ',' => Some((1, Token::Comma)),
            '*' => Some((1, Token::Times)),
            '…' => Some((first.len_utf8(), Token::Dots)),
            '.' if rest.starts_with("...") => Some((3, Token::Dots)),
            '\'' | '"' => quoted(rest, first),
            _ if first.is_whitespace() => None,
            _ => Some(word(rest, first)),
        };
        match token {
            None => at += first.len_utf8(),
            Some((length, token)) => {
                all.push((start, token));
                at += length;
            }
        }
    }
    all
}

fn quoted(rest: &str, quote: char) -> Option<(usize, Token<'_>)> {
    let line = rest[1..].split('\n').next().unwrap_or_default();
    match line.find(quote) {
        Some(end) => Some((end + 2, Token::Quoted(&rest[1..=end]))),
        None => Some((1, Token::Other)),
    }
}

fn word(rest: &str, first: char) -> (usize, Token<'_>) {
    let number = number(rest);
    if number > 0 {
        return (number, Token::Number(&rest[..number]));
    }
    if first.is_alphabetic() || matches!(first, '_' | '∂' | 'δ' | '∇') {
        let length = name(rest);
        let word = &rest[..length];
        let plain = matches!(word, "nan" | "inf" | "NaN" | "Infinity");
        return (length, if plain { Token::Number(word) } else { Token::Name(word) });
    }
    if matches!(first, '-' | '+') {
        let after = &rest[1..];
        let length = name(after);
        if matches!(&after[..length], "nan" | "inf" | "NaN" | "Infinity") {
            return (length + 1, Token::Number(&rest[..=length]));
        }
    }
    (first.len_utf8(), Token::Other)
}

/// Bytes of the number that the text starts with; 0 if it starts with none, or
/// with a name such as `0.weight` or `1st`.
fn number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut at = usize::from(matches!(bytes.first(), Some(b'-' | b'+')));
    let whole = digits(at);
    at += whole;
    let mut places = 0;
    if bytes.get(at) == Some(&b'.') {
        places = digits(at + 1);
        if whole + places == 0 || bytes[at + 1..].starts_with(b"..") {
            return 0;
        }
        at += 1 + places;
    }
    if whole + places == 0 {
        return 0;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'-' | b'+')));
        let power = digits((at + 1 + sign).min(bytes.len()));
        if power > 0 {
            at += 1 + sign + power;
        }
    }
    let follows = text[at..].chars().next();
    if follows.is_some_and(|c| c.is_alphabetic() || c == '_') { 0 } else { at }
}

/// Bytes of the name that the text starts with.
fn name(text: &str) -> usize {
    let mut end = 0;
    loop {
        let rest = &text[end..];
        let Some(c) = rest.chars().next() else { return end };
        if c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '∂' | 'δ' | '∇' | '\'') {
            end += c.len_utf8();
        } else if c == '[' && end > 0 {
            // An index of the name, not the array after it.
            let inside = rest[1..].split(']').next().unwrap_or_default();
            let quoted = inside.starts_with(['"', '\'']) && inside.ends_with(['"', '\'']);
            let index = !inside.is_empty()
                && inside.len() <= 3
                && inside.bytes().all(|b| b.is_ascii_digit());
            if inside.len() + 1 < rest.len() && inside.len() < 60 && (quoted || index) {
                end += inside.len() + 2;
            } else {
                return end;
            }
        } else {
            return end;
        }
    }
}

/// Where a number ends.
pub(super) fn last_digit(text: &str) -> LastDigit {
    let mut parts = text.split(['e', 'E']);
    let mantissa = parts.next().unwrap_or_default();
    let power = parts.next();
    let scientific = power.is_some();
    let power: i32 = power.and_then(|power| power.parse().ok()).unwrap_or(0);
    let places = mantissa.split('.').nth(1).map_or(0, str::len);
    let last = i64::from(power) - places as i64;
    let power = last.clamp(i64::from(i16::MIN), i64::from(i16::MAX)) as i16;
    LastDigit { power, scientific }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        let all = tokens("grads[\"W1\"] = array([[-1.5e-03, 2.], [nan, ...]]) 0.weight: dW1[0]");
        let all: Vec<_> = all.into_iter().map(|(_, token)| token).collect();
        assert_eq!(all[..2], [Token::Name("grads[\"W1\"]"), Token::Is]);
        assert!(all.contains(&Token::Number("-1.5e-03")) && all.contains(&Token::Number("2.")));
        assert!(all.contains(&Token::Number("nan")) && all.contains(&Token::Dots));
        assert_eq!(all[all.len() - 1], Token::Name("dW1[0]"));
        let powers = ["1.23e-4", "2.", "0.1234"].map(|text| last_digit(text).power);
        assert_eq!(powers, [-6, 0, -4]);
    }
}
