//! Why a text is not read as one number.

use thiserror::Error;

use super::number::{is_minus, is_times};
use super::written::is_sign;

/// Why a text is not read as one number. Formats as a short reason.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum NumberProblem {
    /// `1,234`
    #[error("the comma may be a decimal point or part thousands; write a point")]
    UnclearComma,
    /// `1,234.5`, `1 234`
    #[error("it looks like several numbers, or one with thousands set apart; write plain digits")]
    Separators,
    /// `1.2·10-3`
    #[error("the power of ten is unclear; write it like 1.2e-3")]
    UnclearPower,
    /// `1 - 0.5`, `0.5 = 0.5`
    #[error("its value cannot be computed from what stands here; write the result behind a last =")]
    Computation,
    /// `1/0`
    #[error("nothing can be divided by 0")]
    OverZero,
    /// `1e999`
    #[error("it is too large to compute with")]
    TooLarge,
    /// `1e-999`
    #[error("it is too small to compute with")]
    TooSmall,
    /// `nan`, `inf`
    #[error("every answer is a finite number")]
    NotFinite,
    /// `none`
    #[error("there are no digits in it")]
    NoDigits,
    /// `0.5 cm`, `0x1f`
    #[error("the number cannot be told from the words and signs around it; write it alone")]
    Letters,
    /// `z1_in = -0.53` in one line, `z1_in = -0.54` in another.
    #[error("lines {first} and {second} of the sheet answer it differently; keep one of the two")]
    Contradiction {
        /// The line of the one number, from 1.
        first: usize,
        /// The line of the other.
        second: usize,
    },
    /// A hundred digits.
    #[error("it is too long for a number")]
    TooLong,
    /// `sqrt(-1)`
    #[error("it has no value")]
    NoValue,
    /// Anything else.
    #[error("it is not written as a number")]
    Other,
    /// A list in JSON.
    #[error("it is a list; write a number or a string")]
    List,
    /// An object in JSON.
    #[error("it is an object; write a number or a string")]
    Object,
    /// `true` or `false` in JSON.
    #[error("true and false are no numbers")]
    Truth,
}

/// What is wrong with a text that is not read as a number.
pub(super) fn problem(text: &str, otherwise: NumberProblem) -> NumberProblem {
    let is_word = |word: &str| {
        ["nan", "inf", "infinity"].iter().any(|known| word.eq_ignore_ascii_case(known))
    };
    if text.contains('∞') || text.split(|c: char| !c.is_alphabetic()).any(is_word) {
        return NumberProblem::NotFinite;
    }
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return NumberProblem::NoDigits;
    }
    if has_open_power(text) {
        return NumberProblem::UnclearPower;
    }
    let behind_sign = text
        .trim_start_matches(|c: char| is_sign(c) || is_minus(c) || c == '+' || c.is_whitespace());
    let is_operator = |c: char| is_sign(c) || is_minus(c) || matches!(c, '+' | '/' | '^' | '√');
    let times = |c: char| is_times(c) && !c.is_alphabetic();
    if behind_sign.contains(|c: char| is_operator(c) || times(c)) {
        return NumberProblem::Computation;
    }
    if text.contains(|c: char| c.is_alphabetic() || matches!(c, '%' | '‰' | '°' | '€' | '$')) {
        return NumberProblem::Letters;
    }
    let is_separator =
        |c: char| c.is_whitespace() || matches!(c, '.' | ',' | '_' | '\'' | '’' | '|');
    let parts = behind_sign.split(is_separator).filter(|part| !part.is_empty());
    let only_parts = behind_sign.chars().all(|c| c.is_ascii_digit() || is_separator(c));
    if otherwise == NumberProblem::Other && only_parts && parts.count() > 1 {
        NumberProblem::Separators
    } else {
        otherwise
    }
}

/// Whether something is multiplied by a 10 whose power is lost or damaged.
pub(super) fn has_open_power(text: &str) -> bool {
    text.match_indices("10").any(|(at, ten)| {
        let before = text[..at].trim_end().ends_with(is_times);
        let behind = &text[at + ten.len()..];
        before && !behind.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
    })
}
