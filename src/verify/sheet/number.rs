//! One number, taken apart: sign, digits, point, power of ten, and what a
//! fraction is divided by.

use compact_str::{CompactString, format_compact};

use super::NumberProblem;
use crate::num::Written;

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

/// What a comma in front of three digits is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Comma {
    Unclear,
    Decimal,
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

/// What a number says: in plain ASCII, its value, the decimals it claims, and
/// whether it was divided out.
pub(super) struct Said {
    pub(super) canonical: CompactString,
    pub(super) value: f64,
    pub(super) decimals: i32,
    pub(super) is_quotient: bool,
}

/// The number that the whole text is; `None` if it is no number. Hundredths
/// with `percent`.
pub(super) fn said(text: &str, comma: Comma, percent: bool) -> Option<Result<Said, NumberProblem>> {
    let mut number = Rest(text).number()?;
    if percent {
        if number.over.is_some() {
            return None;
        }
        number.exponent = number.exponent.saturating_sub(2);
    }
    Some(number.said(comma))
}

/// What somebody claims who writes a value as a computation.
pub(super) fn computed(value: f64) -> Said {
    let size = if value == 0.0 { 0.0 } else { value.abs().log10().floor() };
    let decimals = (EXACT_DECIMALS - size as i32).min(MOST_DECIMALS);
    let value = if value == 0.0 { 0.0 } else { value };
    Said { canonical: format_compact!("{value:e}"), value, decimals, is_quotient: true }
}

impl Number<'_> {
    fn said(&self, comma: Comma) -> Result<Said, NumberProblem> {
        if let Some(over) = self.over {
            return self.quotient(over);
        }
        let Self { negative, whole, point, fraction, exponent, .. } = self;
        if *point == Some(',') && comma == Comma::Unclear && may_part_thousands(whole, fraction) {
            return Err(NumberProblem::UnclearComma);
        }
        let sign = if *negative { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        let mut canonical = format_compact!("{sign}{whole}{point}{fraction}");
        if *exponent != 0 {
            canonical.push_str(&format_compact!("e{exponent}"));
        }
        let Written { value, decimals, .. } =
            Written::read(&canonical).ok_or(NumberProblem::TooLarge)?;
        if value != 0.0 {
            return Ok(Said { canonical, value, decimals, is_quotient: false });
        }
        if whole.bytes().chain(fraction.bytes()).any(|digit| digit != b'0') {
            return Err(NumberProblem::TooSmall);
        }
        // 0e5 does not claim anything from -50000 to 50000.
        Ok(Said { canonical, value: 0.0, decimals: decimals.max(0), is_quotient: false })
    }

    fn quotient(&self, over: &str) -> Result<Said, NumberProblem> {
        let part = |digits: &str| digits.parse::<f64>().map_err(|_| NumberProblem::Other);
        let (whole, over_value) = (part(self.whole)?, part(over)?);
        if over_value == 0.0 {
            return Err(NumberProblem::OverZero);
        }
        let value = whole / over_value;
        let smaller = over.len().saturating_sub(self.whole.len()) as i32;
        let decimals = (EXACT_DECIMALS + smaller).min(MOST_DECIMALS);
        let value = if self.negative && value != 0.0 { -value } else { value };
        Ok(Said { decimals, ..computed(value) })
    }
}

/// Whether a comma between these digits may part thousands: `1,234`.
pub(super) fn may_part_thousands(whole: &str, fraction: &str) -> bool {
    fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0')
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
pub(super) const fn is_minus(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}')
}

pub(super) const fn is_times(c: char) -> bool {
    matches!(c, '·' | '⋅' | '∙' | '•' | '*' | '×' | 'x' | 'X' | '✕')
}

/// The digit that a superscript is.
pub(super) const fn lowered(c: char) -> Option<char> {
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
