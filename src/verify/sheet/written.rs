//! Numbers as people write them: `−0,53`, `≈ .5970`, `1.2·10⁻³`, `3/8`.
//!
//! What can be read in two ways is not read at all: a wrong guess would be
//! marked as the student's mistake.

use thiserror::Error;

use crate::num::Written;
use crate::text;

/// Bytes of the longest number that is read; an f64 has 17 digits.
const LONGEST: usize = 120;

/// Digits of a fraction's two numbers that an f64 keeps without rounding.
const LONGEST_PART: usize = 15;

/// A fraction is exact. Its decimals say so: as many as leave no other number
/// of the same size, but not so many that the noise of computing in an f64
/// would count.
const EXACT_DECIMALS: i32 = 12;

/// Beyond, the noise of an f64 near 1 begins.
const MOST_DECIMALS: i32 = 15;

/// Beyond, every power of ten is 0 or infinite in an f64.
const LARGEST_EXPONENT: i32 = 9999;

/// Why a text is not read as one number. Formats as a short reason.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Problem {
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
    #[error("write only the result, not how it is computed")]
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
    #[error("write the number alone, without words, letters or units")]
    Letters,
    /// A hundred digits.
    #[error("it is too long for a number")]
    TooLong,
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

/// Reads one number. Its digits are what it claims: `0.0024`, `1.2·10^-3` and
/// `1e-4` claim four decimals, `0,53` two. A fraction of whole numbers is
/// exact, and claims 12 to 15 decimals. The text is kept, made harmless.
///
/// # Errors
/// Why it is not one number, or not clearly one.
pub fn read(text: &str) -> Result<Written, Problem> {
    read_with(text, Comma::Unclear)
}

/// As [`read`], where a comma is known to be a decimal comma.
pub(super) fn read_with_decimal_commas(text: &str) -> Result<Written, Problem> {
    read_with(text, Comma::Decimal)
}

/// What a comma in front of three digits is.
#[derive(Clone, Copy, PartialEq)]
enum Comma {
    Unclear,
    Decimal,
}

fn read_with(text: &str, comma: Comma) -> Result<Written, Problem> {
    let text = text.trim();
    if text.len() > LONGEST {
        return Err(problem(text, Problem::TooLong));
    }
    let number = Rest(text.trim_start_matches(|c: char| is_sign(c) || c.is_whitespace())).number();
    let Some(number) = number else {
        return Err(problem(text, Problem::Other));
    };
    let (value, decimals) = number.value(comma)?;
    Ok(Written { text: text::harmless(text).into_owned(), value, decimals })
}

/// Signs between a name and its number: `=`, `≈` and their like.
pub(super) const fn is_sign(c: char) -> bool {
    matches!(c, '=' | ':' | '~' | '≈' | '≃' | '≅' | '≔')
}

/// The parts of a number, as they are written.
struct Number<'a> {
    negative: bool,
    whole: &'a str,
    /// `.` or `,`
    point: Option<char>,
    fraction: &'a str,
    exponent: i32,
    /// What the whole is divided by.
    over: Option<&'a str>,
}

impl Number<'_> {
    /// The value and the decimals that are claimed.
    fn value(&self, comma: Comma) -> Result<(f64, i32), Problem> {
        if let Some(over) = self.over {
            return self.exact(over);
        }
        let Self { negative, whole, point, fraction, exponent, .. } = self;
        let groups_of_three =
            fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
        if *point == Some(',') && groups_of_three && comma == Comma::Unclear {
            return Err(Problem::UnclearComma);
        }
        let sign = if *negative { "-" } else { "" };
        let plain = format!("{sign}{whole}.{fraction}e{exponent}");
        let Written { value, decimals, .. } = Written::read(&plain).ok_or(Problem::TooLarge)?;
        if value != 0.0 {
            return Ok((value, decimals));
        }
        if whole.bytes().chain(fraction.bytes()).any(|digit| digit != b'0') {
            return Err(Problem::TooSmall);
        }
        // 0e5 does not claim anything from -50000 to 50000.
        Ok((0.0, decimals.max(0)))
    }

    fn exact(&self, over: &str) -> Result<(f64, i32), Problem> {
        let part = |digits: &str| digits.parse::<f64>().map_err(|_| Problem::Other);
        let (whole, over_value) = (part(self.whole)?, part(over)?);
        if over_value == 0.0 {
            return Err(Problem::OverZero);
        }
        let value = whole / over_value;
        let smaller = over.len().saturating_sub(self.whole.len()) as i32;
        let decimals = (EXACT_DECIMALS + smaller).min(MOST_DECIMALS);
        Ok((if self.negative && value != 0.0 { -value } else { value }, decimals))
    }
}

/// What is left of a text that is read from its start.
#[derive(Clone, Copy)]
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    /// A number, if nothing but one is left.
    fn number(mut self) -> Option<Number<'a>> {
        let negative = self.sign();
        self.skip_blanks();
        if let Some(exponent) = self.then(|rest| rest.ten_to_the()) {
            let number =
                Number { negative, whole: "1", point: None, fraction: "", exponent, over: None };
            return self.0.is_empty().then_some(number);
        }
        let whole = self.digits();
        let point = self.take(|c| matches!(c, '.' | ','));
        let fraction = self.digits();
        let (mut exponent, mut over) = (0, None);
        if self.take(|c| matches!(c, 'e' | 'E')).is_some() {
            exponent = self.exponent()?;
        } else {
            self.skip_blanks();
            if self.take(|c| matches!(c, '/' | '\u{2044}' | '\u{2215}')).is_some() {
                self.skip_blanks();
                over = Some(self.digits());
            } else if self.take(is_times).is_some() {
                self.skip_blanks();
                exponent = self.ten_to_the()?;
            }
        }
        let has_digits = whole.len() + fraction.len() > 0;
        let comma_leads_on = point != Some(',') || !fraction.is_empty();
        let divides = over.is_none_or(|over| {
            let fits = |part: &str| (1..=LONGEST_PART).contains(&part.len());
            point.is_none() && fits(whole) && fits(over)
        });
        (has_digits && comma_leads_on && divides && self.0.is_empty()).then_some(Number {
            negative,
            whole,
            point,
            fraction,
            exponent,
            over,
        })
    }

    /// `10^-3`, `10^{-3}`, `10**-3` or `10⁻³`
    fn ten_to_the(&mut self) -> Option<i32> {
        self.0 = self.0.strip_prefix("10")?;
        if let Some(exponent) = self.then(|rest| rest.raised()) {
            return Some(exponent);
        }
        self.skip_blanks();
        self.0 = self.0.strip_prefix("**").or_else(|| self.0.strip_prefix('^'))?;
        self.skip_blanks();
        let closing = match self.take(|c| matches!(c, '{' | '(')) {
            Some('{') => Some('}'),
            Some(_) => Some(')'),
            None => None,
        };
        let exponent = self.exponent()?;
        if let Some(closing) = closing {
            self.take(|c| c == closing)?;
        }
        Some(exponent)
    }

    /// `-3`
    fn exponent(&mut self) -> Option<i32> {
        let negative = self.sign();
        let digits = self.digits();
        (!digits.is_empty()).then(|| limited(digits, negative))
    }

    /// `⁻³`
    fn raised(&mut self) -> Option<i32> {
        let negative = self.take(|c| matches!(c, '⁻' | '⁺')) == Some('⁻');
        let mut digits = String::new();
        while let Some(digit) = self.0.chars().next().and_then(lowered) {
            self.take(|_| true);
            digits.push(digit);
        }
        (!digits.is_empty()).then(|| limited(&digits, negative))
    }

    /// Whether there was a minus.
    fn sign(&mut self) -> bool {
        self.take(|c| c == '+' || is_minus(c)).is_some_and(is_minus)
    }

    fn digits(&mut self) -> &'a str {
        let end = self.0.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.0.len());
        let (digits, rest) = self.0.split_at(end);
        self.0 = rest;
        digits
    }

    fn skip_blanks(&mut self) {
        self.0 = self.0.trim_start();
    }

    /// Takes the next character if it is one of these.
    fn take(&mut self, is_one: impl Fn(char) -> bool) -> Option<char> {
        let next = self.0.chars().next().filter(|c| is_one(*c))?;
        self.0 = &self.0[next.len_utf8()..];
        Some(next)
    }

    /// Goes on behind what `read` reads, if it reads anything.
    fn then<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let found = read(&mut ahead)?;
        *self = ahead;
        Some(found)
    }
}

fn limited(digits: &str, negative: bool) -> i32 {
    let size = digits.parse::<i32>().map_or(LARGEST_EXPONENT, |size| size.min(LARGEST_EXPONENT));
    if negative { -size } else { size }
}

/// The hyphen, the minus, and the dashes that word processors make of them.
const fn is_minus(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}')
}

const fn is_times(c: char) -> bool {
    matches!(c, '·' | '⋅' | '∙' | '•' | '*' | '×' | 'x' | 'X' | '✕')
}

/// The digit that a superscript is.
const fn lowered(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        _ => return None,
    })
}

/// What is wrong with a text that is not read as a number.
fn problem(text: &str, otherwise: Problem) -> Problem {
    let is_word = |word: &str| {
        ["nan", "inf", "infinity"].iter().any(|known| word.eq_ignore_ascii_case(known))
    };
    if text.contains('∞') || text.split(|c: char| !c.is_alphabetic()).any(is_word) {
        return Problem::NotFinite;
    }
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return Problem::NoDigits;
    }
    if has_open_power(text) {
        return Problem::UnclearPower;
    }
    let behind_sign = text
        .trim_start_matches(|c: char| is_sign(c) || is_minus(c) || c == '+' || c.is_whitespace());
    let is_operator = |c: char| is_sign(c) || is_minus(c) || matches!(c, '+' | '/' | '^' | '√');
    let times = |c: char| is_times(c) && !c.is_alphabetic();
    if behind_sign.contains(|c: char| is_operator(c) || times(c)) {
        return Problem::Computation;
    }
    if text.contains(|c: char| c.is_alphabetic() || matches!(c, '%' | '‰' | '°' | '€' | '$')) {
        return Problem::Letters;
    }
    let is_separator =
        |c: char| c.is_whitespace() || matches!(c, '.' | ',' | '_' | '\'' | '’' | '|');
    let parts = behind_sign.split(is_separator).filter(|part| !part.is_empty());
    let only_parts = behind_sign.chars().all(|c| c.is_ascii_digit() || is_separator(c));
    if otherwise == Problem::Other && only_parts && parts.count() > 1 {
        Problem::Separators
    } else {
        otherwise
    }
}

/// Whether something is multiplied by a 10 whose power is lost or damaged.
fn has_open_power(text: &str) -> bool {
    text.match_indices("10").any(|(at, ten)| {
        let before = text[..at].trim_end().ends_with(is_times);
        let behind = &text[at + ten.len()..];
        before && !behind.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, value, decimals) in [
            ("-0.53", -0.53, 2),
            ("-.53", -0.53, 2),
            ("5.", 5.0, 0),
            ("+0.5", 0.5, 1),
            ("0.5970", 0.597, 4),
            ("\u{2212}0.53", -0.53, 2),
            ("–0.53", -0.53, 2),
            ("- 0.53", -0.53, 2),
            ("0,53", 0.53, 2),
            (",53", 0.53, 2),
            ("0,530", 0.53, 3),
            ("-1,1270", -1.127, 4),
            ("1234,567", 1234.567, 3),
            ("0.0024", 0.0024, 4),
            ("1e-4", 1e-4, 4),
            ("1E\u{2212}4", 1e-4, 4),
            ("1.2·10^-3", 1.2e-3, 4),
            ("1.2*10^-3", 1.2e-3, 4),
            ("1.2x10^-3", 1.2e-3, 4),
            ("1.2 x 10^{-3}", 1.2e-3, 4),
            ("1.2*10**-3", 1.2e-3, 4),
            ("1,2 × 10⁻³", 1.2e-3, 4),
            ("-1.2·10^(\u{2212}3)", -1.2e-3, 4),
            ("10^-3", 1e-3, 3),
            ("-10⁻³", -1e-3, 3),
            ("10", 10.0, 0),
            ("1e3", 1000.0, -3),
            ("0", 0.0, 0),
            ("-0.00", 0.0, 2),
            ("0e5", 0.0, 0),
            ("3/8", 0.375, 12),
            ("-1 / 3", -1.0 / 3.0, 12),
            ("1⁄1000000", 1e-6, 15),
            ("0/7", 0.0, 12),
            ("  ≈ 0.3 ", 0.3, 1),
            ("= 0.3", 0.3, 1),
            ("\u{a0}≈ = 0.3\u{2009}", 0.3, 1),
        ] {
            let written = read(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
            assert_eq!((written.value, written.decimals), (value, decimals), "{text}");
            assert_eq!(written.text, text.trim());
        }
    }

    #[test]
    fn what_is_unclear_is_not_read() {
        use Problem::*;
        for (text, problem) in [
            ("1,234", UnclearComma),
            ("-123,456", UnclearComma),
            ("1,234.5", Separators),
            ("1.234,5", Separators),
            ("1.2.3", Separators),
            ("1 234", Separators),
            ("1'234", Separators),
            ("0.5, 0.6", Separators),
            ("1.2·10-3", UnclearPower),
            ("1.2x10", UnclearPower),
            ("1 - 0.5", Computation),
            ("0.5·0.3", Computation),
            ("(0.5)", Other),
            ("0.5 (rounded)", Letters),
            ("1/2/3", Computation),
            ("0.5/3", Computation),
            ("1/0", OverZero),
            ("1e999", TooLarge),
            ("-1e99999999999", TooLarge),
            ("1e-999", TooSmall),
            ("nan", NotFinite),
            ("-Infinity", NotFinite),
            ("∞", NotFinite),
            ("", NoDigits),
            ("-", NoDigits),
            (".", NoDigits),
            ("none", NoDigits),
            ("0x1F", Letters),
            ("0.5 cm", Letters),
            ("37 %", Letters),
            ("1e", Letters),
            ("1_000", Separators),
            ("5,", Other),
            ("0.5\u{200b}", Other),
        ] {
            assert_eq!(read(text), Err(problem), "{text}");
        }
        assert_eq!(read(&"1".repeat(1000)), Err(TooLong));
    }

    #[test]
    fn a_known_decimal_comma_is_clear() {
        assert_eq!(read_with_decimal_commas("1,127").unwrap().value, 1.127);
        assert!(read_with_decimal_commas("1,127,5").is_err());
    }

    #[test]
    fn the_text_is_harmless() {
        assert_eq!(read("≈\t0.3").unwrap().text, "≈ 0.3");
    }
}
