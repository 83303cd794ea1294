//! Slips of the pen: a number misread on its way into a line, or miswritten on
//! its way out.

use std::iter;

use compact_str::{CompactString, format_compact};

use super::Slip;
use crate::expr::Expr;
use crate::name::Name;
use crate::num::Written;
use crate::verify::sheet::written;

/// The furthest that a point is moved by mistake.
const FURTHEST: i32 = 3;

/// An operand of a line, misread.
#[derive(Clone, Debug, PartialEq)]
pub struct MisreadOperand {
    /// The operand.
    pub operand: Name,
    /// What stands there.
    pub text: CompactString,
    /// What was read.
    pub misread: CompactString,
    /// The value of what was read.
    pub value: f64,
}

/// Every way to misread one quantity of a formula: one digit changed, two
/// neighbouring digits swapped, its sign lost, its point moved. `text_of` gives
/// each quantity as the student has it before them.
pub fn miscopied(expr: &Expr, text_of: &dyn Fn(Name) -> CompactString) -> Vec<MisreadOperand> {
    let mut operands = Vec::new();
    expr.for_each_leaf(&mut |leaf| {
        if !operands.contains(&leaf) {
            operands.push(leaf);
        }
    });
    operands.into_iter().flat_map(|operand| misreadings(operand, &text_of(operand))).collect()
}

fn misreadings(operand: Name, text: &str) -> Vec<MisreadOperand> {
    let Some(right) = Written::read(text).or_else(|| written::read(text).ok()) else {
        return Vec::new();
    };
    let canonical = right.canonical();
    let mut texts = with_digit_changed(&canonical);
    texts.extend(with_digits_swapped(&canonical));
    texts.extend(canonical.strip_prefix('-').map(CompactString::from));
    texts.extend(with_point_moved(&canonical));
    let mut found: Vec<MisreadOperand> = Vec::with_capacity(texts.len());
    for written in texts.iter().filter_map(|text| Written::read(text)) {
        let known = |value| value == right.value || found.iter().any(|other| other.value == value);
        if !known(written.value) {
            found.push(MisreadOperand {
                operand,
                text: right.text(),
                misread: written.text(),
                value: written.value,
            });
        }
    }
    found
}

/// The slip that explains a written answer, if what was [`meant`] `is_right`. The
/// caller decides with its own allowance for rounding, and whether so few
/// digits say anything. A digit changed is not among these: so many numbers
/// have some right one within a digit that it explains none of them for sure.
pub fn miswritten(meant: &[(Slip, Written)], is_right: &dyn Fn(&Written) -> bool) -> Option<Slip> {
    let mut certain = meant.iter().filter(|(slip, _)| *slip != Slip::DigitChanged);
    certain.find(|(_, meant)| is_right(meant)).map(|(slip, _)| *slip)
}

/// Everything that may have been meant by a miswritten answer, with the digits
/// that it then claims: the likeliest slip first.
pub fn meant(written: &Written) -> Vec<(Slip, Written)> {
    let text = &written.canonical();
    let is_copied = is_copied(written);
    let all =
        |slip: Slip, texts: Vec<CompactString>| texts.into_iter().map(move |text| (slip, text));
    let mut alternatives: Vec<(Slip, CompactString)> =
        vec![(Slip::SignLost, with_other_sign(text))];
    // Digits that the program has computed nobody has miswritten.
    if is_copied {
        alternatives.extend(all(Slip::PointMoved, with_point_moved(text)));
        alternatives.extend(all(Slip::DigitsSwapped, with_digits_swapped(text)));
        alternatives.extend(all(Slip::DigitChanged, with_digit_changed(text)));
    }
    alternatives
        .into_iter()
        .filter_map(|(slip, text)| Some((slip, Written::read(&text)?)))
        .map(|(slip, meant)| (slip, if is_copied { meant } else { exact(written, meant) }))
        .filter(|(_, meant)| meant.value != written.value)
        .collect()
}

/// Whether the digits stand on the sheet: a fraction has others.
fn is_copied(written: &Written) -> bool {
    Written::read(&written.canonical()).is_some_and(|read| read.decimals == written.decimals)
}

/// With the claim of the fraction that it stands for.
fn exact(written: &Written, meant: Written) -> Written {
    let value = meant.value;
    meant.taken_as(value, written.decimals)
}

fn with_other_sign(text: &str) -> CompactString {
    match text.strip_prefix('-') {
        Some(positive) => positive.into(),
        None => format_compact!("-{}", text.trim_start_matches('+')),
    }
}

/// Every text with one digit of the mantissa changed.
fn with_digit_changed(text: &str) -> Vec<CompactString> {
    let mut texts = Vec::new();
    let mut bytes = text.as_bytes().to_vec();
    for at in digits(text) {
        let right = bytes[at];
        for digit in (b'0'..=b'9').filter(|digit| *digit != right) {
            bytes[at] = digit;
            texts.extend(read_back(&bytes));
        }
        bytes[at] = right;
    }
    texts
}

/// Bytes as the text that they are where only digits changed places or values.
fn read_back(bytes: &[u8]) -> Option<CompactString> {
    std::str::from_utf8(bytes).ok().map(CompactString::from)
}

/// Every text with two neighbouring digits of the mantissa swapped; the point
/// stays where it is.
fn with_digits_swapped(text: &str) -> Vec<CompactString> {
    let places = digits(text);
    let mut bytes = text.as_bytes().to_vec();
    let mut texts = Vec::new();
    for pair in
        places.windows(2).filter(|pair| text.as_bytes()[pair[0]] != text.as_bytes()[pair[1]])
    {
        bytes.swap(pair[0], pair[1]);
        texts.extend(read_back(&bytes));
        bytes.swap(pair[0], pair[1]);
    }
    texts
}

/// Every text with the point moved, the nearest places first. All digits stay.
fn with_point_moved(text: &str) -> Vec<CompactString> {
    if Written::read(text).is_none() {
        return Vec::new();
    }
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (sign, plain) = match mantissa.strip_prefix('-') {
        Some(plain) => ("-", plain),
        None => ("", mantissa.trim_start_matches('+')),
    };
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let digits = [whole, fraction].concat();
    let moved = |by: i32| {
        let point = whole.len() as i32 + by;
        // Zeros in front of the digits, and behind them.
        let front = usize::try_from(1 - point).unwrap_or(0);
        let point = usize::try_from(point).unwrap_or(0).max(1);
        let back = point.saturating_sub(front + digits.len());
        let zeros = |count| iter::repeat_n('0', count);
        let all = || zeros(front).chain(digits.chars()).chain(zeros(back));
        let mut text = CompactString::from(sign);
        let first = all().take(point).position(|digit| digit != '0').unwrap_or(point - 1);
        text.extend(all().take(point).skip(first));
        if front + digits.len() > point {
            text.push('.');
            text.extend(all().skip(point));
        }
        if exponent != "0" {
            text.push('e');
            text.push_str(exponent);
        }
        text
    };
    (1..=FURTHEST).flat_map(|by| [moved(by), moved(-by)]).collect()
}

/// Where the digits of the mantissa stand.
fn digits(text: &str) -> Vec<usize> {
    let end = text.find(['e', 'E']).unwrap_or(text.len());
    let is_digit = |at: &usize| text.as_bytes()[*at].is_ascii_digit();
    (0..end).filter(is_digit).collect()
}
