//! What people put around a number: signs, brackets, `ca.`, a check mark, a
//! remark, dots for the digits that are left out, and the working in front.

use super::number::{self, Comma, lowered};
use super::written::{is_equal_sign, is_sign, last_sign};
use super::{NumberProblem, arithmetic};
use crate::num::half_unit;

/// What says that a number is rounded.
const ABOUT: [&str; 11] = [
    "ca.",
    "ca",
    "circa",
    "approx.",
    "approx",
    "approximately",
    "about",
    "around",
    "roughly",
    "etwa",
    "rund",
];

/// Words behind a number that make it another one.
const SCALES: [&str; 10] = [
    "hundred",
    "thousand",
    "million",
    "billion",
    "tausend",
    "mio",
    "mrd",
    "tsd",
    "permille",
    "percentage",
];

/// Words that are no remark: they say another number, or that there are two.
const NO_REMARKS: [&str; 22] = [
    "nan", "inf", "infinity", "percent", "prozent", "or", "oder", "times", "mal", "plus", "minus",
    "alpha", "delta", "sigma", "eta", "fin", "fout", "zin", "zout", "exp", "tanh", "log",
];

/// Most layers of such things that are taken off.
const MOST_LAYERS: usize = 8;

/// Without blanks, and without signs in front of a number or behind it.
pub(super) fn without_sign(text: &str) -> &str {
    let is_around = |c: char| is_sign(c) || c.is_whitespace();
    text.trim_start_matches(is_around).trim_end_matches(is_around)
}

/// What stands behind the last sign of a working, if there is any; an error
/// where a colon may part the working from its result, or divide.
pub(super) fn result(text: &str) -> Option<Result<&str, NumberProblem>> {
    let last = last_sign(text)?;
    let sign = text[last..].chars().next()?;
    let before = text[..last].trim_end_matches(|c: char| is_sign(c) || c.is_whitespace());
    let signs = &text[before.len()..last + sign.len_utf8()];
    let result = text[last + sign.len_utf8()..].trim();
    Some(if signs.contains(is_equal_sign) { Ok(result) } else { Err(NumberProblem::Computation) })
}

/// The number without all that is around it, and whether it is in hundredths.
pub(super) fn bare(text: &str) -> (&str, bool) {
    let (mut bare, mut percent) = (text.trim(), false);
    for _ in 0..MOST_LAYERS {
        let before = bare;
        bare = bare.trim_matches(|c: char| matches!(c, '`' | '_') || c.is_whitespace());
        bare = without_emphasis(bare);
        bare = without_word(bare);
        bare = inside_brackets(bare).unwrap_or(bare);
        bare = without_remark(bare);
        if let Some(hundredths) = without_percent(bare).filter(|_| !percent) {
            (bare, percent) = (hundredths.trim_end(), true);
        }
        if bare.len() == before.len() {
            break;
        }
    }
    (bare, percent)
}

fn without_emphasis(text: &str) -> &str {
    let inside = text.trim_start_matches('*');
    if inside.len() == text.len() { text } else { inside.trim_end_matches('*').trim() }
}

fn without_percent(text: &str) -> Option<&str> {
    text.strip_suffix('%')
        .or_else(|| text.strip_suffix("percent"))
        .or_else(|| text.strip_suffix("Prozent"))
}

fn without_word(text: &str) -> &str {
    let found = ABOUT.iter().find_map(|word| {
        let head = text.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
        let behind = &text[head.len()..];
        let is_set_off = word.ends_with('.') || behind.starts_with(char::is_whitespace);
        is_set_off.then(|| without_sign(behind))
    });
    found.unwrap_or(text)
}

/// What the brackets around the whole text hold.
fn inside_brackets(text: &str) -> Option<&str> {
    let closing = closing(text.chars().next()?)?;
    let inside = text.strip_suffix(closing)?.get(1..)?;
    let mut depth = 0_i32;
    for c in inside.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return None;
        }
    }
    (depth == 0).then(|| inside.trim())
}

const fn closing(opening: char) -> Option<char> {
    match opening {
        '(' => Some(')'),
        '[' => Some(']'),
        '{' => Some('}'),
        _ => None,
    }
}

/// Without a remark behind the number: `(easy)`, `✓`, words, dots.
fn without_remark(text: &str) -> &str {
    if let Some(before) = before_bracketed_remark(text) {
        return before;
    }
    // `75 % easy` is less than one, `75 % of it` may be anything, and LaTeX hides it.
    if text.split_once("% ").is_some_and(|(_, behind)| behind.contains(char::is_alphabetic)) {
        return text;
    }
    let ends_number = |c: char| c.is_ascii_digit() || lowered(c).is_some();
    let Some(end) = text.rfind(|c: char| ends_number(c) || matches!(c, ')' | ']' | '}' | '%'))
    else {
        return text;
    };
    let end = end + text[end..].chars().next().map_or(0, char::len_utf8);
    let (before, behind) = text.split_at(end);
    if is_remark(behind) { before } else { text }
}

/// `-0.53 (see page 3)`: what stands in front of a bracket that begins with a
/// letter, where no function is called. Behind a number and a blank, `(σ(1.127))`, the
/// number of an equation, `(2)`, and what comes to the same number are remarks too.
fn before_bracketed_remark(text: &str) -> Option<&str> {
    let closing = text.chars().next_back().filter(|c| matches!(c, ')' | ']'))?;
    let inside = text.strip_suffix(closing)?;
    let start = opening(inside, closing)?;
    let before = &inside[..start];
    let note = inside[start + 1..].trim();
    let is_set_off = before.ends_with(char::is_whitespace);
    let number = number::said(before.trim_end(), Comma::Decimal, false).filter(|_| is_set_off);
    if let Some(Ok(said)) = number {
        let is_label =
            (1..=3).contains(&note.len()) && note.bytes().all(|byte| byte.is_ascii_digit());
        // Its working, or more of its digits.
        let is_near = |value: f64, decimals| (value - said.value).abs() <= half_unit(decimals);
        let digits = number::said(note, Comma::Decimal, false).and_then(Result::ok);
        let fewer = digits.map(|note| note.decimals).filter(|decimals| *decimals > 0);
        let is_worth = |value| {
            is_near(value, said.decimals) || fewer.is_some_and(|fewer| is_near(value, fewer))
        };
        let value = arithmetic::value(note, false).and_then(Result::ok);
        if is_label || is_note(note) || value.is_some_and(is_worth) {
            return Some(before.trim_end());
        }
    }
    let is_call = before.ends_with(char::is_alphabetic);
    let begins = inside[start + 1..].trim_start();
    let is_words = begins.chars().take_while(|c| c.is_alphabetic()).count() > 1;
    let is_function = ["exp", "ln", "log", "tanh", "sqrt", "sigm", "σ"];
    let is_function = is_function.iter().any(|name| begins.starts_with(name));
    let is_equation = begins.starts_with(char::is_alphabetic) && begins.contains(is_sign);
    let is_remark = is_words || is_equation;
    (!is_call && is_remark && !is_function).then(|| before.trim_end())
}

/// Whether what stands in brackets behind a number begins with a word, or with a count
/// of something: `4 dp`, `2P.`
fn is_note(note: &str) -> bool {
    let counted = note.trim_start_matches(|c: char| c.is_ascii_digit() || "+./, ".contains(c));
    let is_count = !counted.contains(|c: char| c.is_ascii_digit())
        && counted.starts_with(char::is_alphabetic)
        && arithmetic::value(note, false).is_none();
    let is_mark = !note.contains(char::is_alphanumeric);
    let begins = |c: char| c.is_alphabetic() || is_sign(c) || matches!(c, '<' | '>');
    note.starts_with(begins) || is_count || is_mark
}

/// Where the bracket opens that `closing` closes behind the text.
fn opening(text: &str, closing: char) -> Option<usize> {
    let opening = if closing == ']' { '[' } else { '(' };
    let mut depth = 0_u32;
    text.char_indices().rev().find_map(|(at, c)| {
        if c == opening && depth == 0 {
            return Some(at);
        }
        depth = depth + u32::from(c == closing) - u32::from(c == opening);
        None
    })
}

/// Whether a text behind a number says nothing about its value.
fn is_remark(text: &str) -> bool {
    // Directly behind digits a letter is part of something else: 0x1F, 1e.
    if text.starts_with(|c: char| c.is_alphabetic()) {
        return false;
    }
    let is_of_remark = |c: char| {
        c.is_alphabetic()
            || c.is_whitespace()
            || matches!(
                c,
                '.' | '…'
                    | '!'
                    | '?'
                    | '\''
                    | '"'
                    | '’'
                    | '('
                    | ')'
                    | '{'
                    | '}'
                    | '✓'
                    | '✔'
                    | '✅'
                    | '☑'
                    | '❓'
                    | '🙂'
                    | '😀'
                    | '👍'
                    | '`'
                    | ','
                    | ';'
            )
    };
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let is_harmless = |word: &str| {
        let word = word.to_lowercase();
        (word.chars().count() > 1 || matches!(word.as_str(), "i" | "a"))
            && !SCALES.iter().any(|scale| word.starts_with(scale))
            && !NO_REMARKS.contains(&word.as_str())
    };
    // A comma alone may have lost its digits.
    text.trim() != "," && text.chars().all(is_of_remark) && { words }.all(is_harmless)
}
