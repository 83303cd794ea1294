//! How a number is written and rounded. Nothing else in the crate turns a
//! number into text that a person reads.
//!
//! A person rounds the decimal digits in front of them, half away from zero:
//! 0.00375 to four decimals is 0.0038. The binary value nearest to 0.00375 lies
//! a little below it, so rounding works on the decimal digits that a value
//! prints with, never on its bits. Those digits are the first
//! [`CARRIED_DIGITS`] significant ones: what lies beyond is the noise that sums
//! and products of binary numbers leave, and would turn 0.3775 into
//! 0.37749999999999995.

use std::fmt::Write;

use compact_str::CompactString;

/// Significant decimal digits that every f64 keeps through text and back.
pub const CARRIED_DIGITS: usize = 15;

/// The most decimals that can be asked for: beyond them an f64 near 1 has none.
pub const MOST_DIGITS: usize = 15;

/// From this magnitude on, a number is shown in powers of ten.
const LONGEST_PLAIN: i32 = 15;

/// Significant digits of a number too small to show in the decimals asked for.
const SMALL_DIGITS: usize = 2;

/// Shows `value` with at most `digits` decimals.
///
/// A value that is exact at that many decimals is short (`-0.53`, `1`), any
/// other has all of them (`0.5970`). A nonzero value that would read as zero is
/// written in powers of ten (`-1.2e-5`).
pub fn show(value: f64, digits: usize) -> CompactString {
    let mut text = CompactString::default();
    show_into(value, digits, &mut text);
    text
}

fn show_into(value: f64, digits: usize, text: &mut CompactString) {
    if let Some(word) = word_for(value) {
        text.push_str(word);
        return;
    }
    let decimal = Decimal::of(value);
    if decimal.point > LONGEST_PLAIN {
        decimal.rounded_to_significant(digits + 1).write_in_powers_of_ten(text);
        return;
    }
    if decimal.decimals() <= digits {
        decimal.write_plain(0, text);
        return;
    }
    let rounded = decimal.rounded_to_decimals(digits);
    if rounded.is_zero() {
        decimal.shortened_below(digits).write_in_powers_of_ten(text);
        return;
    }
    let start = text.len();
    rounded.write_plain(digits, text);
    if digits <= MOST_DIGITS_ABOVE_NOISE
        && text[start..].parse().is_ok_and(|rounded| differs_by_noise(value, rounded))
    {
        text.truncate(start);
        rounded.write_plain(0, text);
    }
}

/// Shows a constant of a formula, such as the 2 in `1/2` or the 0.01 of a leaky
/// ReLU: all its digits, nothing more.
pub fn show_exactly(value: f64) -> CompactString {
    show(value, MOST_DIGITS)
}

/// The value that a person carries on after writing `value` with `digits`
/// decimals.
pub fn round(value: f64, digits: usize) -> f64 {
    if value.is_finite() { show(value, digits).parse().unwrap_or(value) } else { value }
}

/// Whether a value is a short number but for the noise that a sum leaves:
/// 0.6·1.5 + 1.5·(-0.8) + 0.4 is 0.1, though in an f64 it is
/// 0.09999999999999976.
fn differs_by_noise(value: f64, short: f64) -> bool {
    (value - short).abs() <= NOISE * value.abs().max(1.0)
}

/// Relative to numbers of size 1, which the terms of a sum usually are.
const NOISE: f64 = 2e-15;

/// With more decimals, what looks like noise may be digits that were asked for.
const MOST_DIGITS_ABOVE_NOISE: usize = 12;

/// Half a unit of the last of so many decimals.
pub fn half_unit(decimals: i32) -> f64 {
    0.5 * libm::pow(10.0, -f64::from(decimals))
}

/// Numbers that have no digits.
fn word_for(value: f64) -> Option<&'static str> {
    if value.is_nan() {
        Some("undefined")
    } else if value == f64::INFINITY {
        Some("beyond 1.8e308")
    } else if value == f64::NEG_INFINITY {
        Some("beyond -1.8e308")
    } else {
        None
    }
}

/// A decimal number, sign · 0.d1d2d3… · 10^point, without trailing zeros; zero
/// has no digits.
#[derive(Clone, Copy, Debug)]
struct Decimal {
    negative: bool,
    digits: [u8; CARRIED_DIGITS],
    /// How many of the digits count.
    length: usize,
    point: i32,
}

impl Decimal {
    /// The first [`CARRIED_DIGITS`] significant digits of a finite value.
    fn of(value: f64) -> Self {
        let mut text = Scratch::default();
        // The scratch has room for any f64.
        let _ = write!(text, "{:.*e}", CARRIED_DIGITS - 1, value.abs());
        let (mantissa, exponent) = text.as_str().split_once('e').unwrap_or(("0", "0"));
        let mut decimal = Self {
            negative: value < 0.0,
            digits: [0; CARRIED_DIGITS],
            length: CARRIED_DIGITS,
            point: exponent.parse::<i32>().unwrap_or(0) + 1,
        };
        let digits = mantissa.bytes().filter(u8::is_ascii_digit);
        decimal.digits.iter_mut().zip(digits).for_each(|(digit, byte)| *digit = byte - b'0');
        decimal.trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.length > 0 && self.digits[self.length - 1] == 0 {
            self.length -= 1;
        }
        if self.length == 0 {
            self.point = 0;
            self.negative = false;
        }
        self
    }

    const fn is_zero(&self) -> bool {
        self.length == 0
    }

    /// Digits needed behind the point.
    fn decimals(&self) -> usize {
        usize::try_from(self.length as i32 - self.point).unwrap_or(0)
    }

    fn rounded_to_decimals(self, decimals: usize) -> Self {
        self.cut(self.point + decimals as i32)
    }

    fn rounded_to_significant(self, significant: usize) -> Self {
        self.cut(significant as i32)
    }

    /// A few digits of a number that is less than half a unit of `decimals`. So
    /// many that what they say is still less: 0.00004996 is not 5e-5, which
    /// would be rounded to 0.0001.
    fn shortened_below(self, decimals: usize) -> Self {
        let shorter =
            (SMALL_DIGITS..CARRIED_DIGITS).map(|count| self.rounded_to_significant(count));
        let mut below = shorter.filter(|short| short.rounded_to_decimals(decimals).is_zero());
        below.next().unwrap_or(self)
    }

    /// Keeps `keep` digits, half away from zero.
    fn cut(mut self, keep: i32) -> Self {
        let keep = usize::try_from(keep).ok();
        let Some(keep) = keep else {
            self.length = 0;
            return self.trimmed();
        };
        if keep >= self.length {
            return self;
        }
        let up = self.digits[keep] >= 5;
        self.length = keep;
        if up {
            self.count_up();
        }
        self.trimmed()
    }

    /// Adds one unit of the last digit.
    fn count_up(&mut self) {
        for at in (0..self.length).rev() {
            if self.digits[at] < 9 {
                self.digits[at] += 1;
                return;
            }
            self.digits[at] = 0;
        }
        // 9.99 became 10.00, and nothing became 1.
        self.digits[0] = 1;
        self.length = self.length.max(1);
        self.point += 1;
    }

    fn digit(&self, at: i32) -> char {
        let at = usize::try_from(at).ok().filter(|at| *at < self.length);
        char::from(b'0' + at.map_or(0, |at| self.digits[at]))
    }

    /// Writes at least `decimals` digits behind the point.
    fn write_plain(&self, decimals: usize, text: &mut CompactString) {
        if self.negative {
            text.push('-');
        }
        if self.point <= 0 {
            text.push('0');
        }
        for at in 0..self.point {
            text.push(self.digit(at));
        }
        let decimals = decimals.max(self.decimals());
        if decimals > 0 {
            text.push('.');
            for at in 0..decimals as i32 {
                text.push(self.digit(self.point + at));
            }
        }
    }

    fn write_in_powers_of_ten(&self, text: &mut CompactString) {
        if self.negative {
            text.push('-');
        }
        text.push(self.digit(0));
        if self.length > 1 {
            text.push('.');
            for at in 1..self.length as i32 {
                text.push(self.digit(at));
            }
        }
        // Writing to a String cannot fail.
        let _ = write!(text, "e{}", self.point - 1);
    }
}

/// Room for one number in powers of ten, without an allocation.
#[derive(Default)]
struct Scratch {
    bytes: [u8; 32],
    length: usize,
}

impl Scratch {
    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

impl Write for Scratch {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = self.length + text.len();
        let room = self.bytes.get_mut(self.length..end).ok_or(std::fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

/// A number as somebody wrote it: its digits are a claim about its precision.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The text as written.
    pub text: String,
    /// What it says.
    pub value: f64,
    /// Decimals behind the point; negative for `1e3`.
    pub decimals: i32,
}

/// How a written number relates to the value it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// It is the value, rounded to the digits written.
    Rounded,
    /// It is the value, cut off after the digits written.
    CutOff,
    /// It is another number.
    Differs,
}

impl Written {
    /// Reads a JSON-like number: sign, digits, point, exponent.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let plain = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
        let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let value: f64 = text.parse().ok()?;
        let decimals = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        value.is_finite().then(|| Self { text: text.to_owned(), value, decimals })
    }

    /// Half a unit of the last written place.
    pub fn half_unit(&self) -> f64 {
        half_unit(self.decimals)
    }

    /// Compares with the full value. The slack is the noise of an f64, so that
    /// sixteen printed digits can agree too.
    pub fn agreement(&self, value: f64) -> Agreement {
        let noise = 4.0 * f64::EPSILON * value.abs().max(self.value.abs());
        let beyond = value.abs() - self.value.abs();
        if (value - self.value).abs() <= self.half_unit() + noise {
            Agreement::Rounded
        } else if value * self.value > 0.0
            && beyond >= 0.0
            && beyond < 2.0 * self.half_unit() + noise
        {
            Agreement::CutOff
        } else {
            Agreement::Differs
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_values_are_short_and_others_have_all_their_decimals() {
        for (value, text) in [
            (-0.53, "-0.53"),
            (1.04, "1.04"),
            (1.0, "1"),
            (0.0, "0"),
            (-0.0, "0"),
            (0.597_012, "0.5970"),
            (0.1 + 0.2, "0.3"),
            (0.15 * 0.05 + 0.2 * 0.1 + 0.35, "0.3775"),
            (0.6 * 1.5 + 1.5 * -0.8 + 0.4, "0.1"),
            (0.599_999_7, "0.6000"),
            (0.6 - 1e-14, "0.6000"),
            (9.999_96, "10.0000"),
            (123_456_789.123_45, "123456789.1235"),
            (1e15, "1e15"),
            (-2.0e300 / 3.0, "-6.6667e299"),
            (f64::INFINITY, "beyond 1.8e308"),
        ] {
            assert_eq!(show(value, 4), text, "{value:?}");
        }
    }

    #[test]
    fn halves_go_away_from_zero_on_the_decimal_digits() {
        assert_eq!(show(0.00375, 4), "0.0038");
        assert_eq!(show(-0.00375, 4), "-0.0038");
        assert_eq!(show(2.675, 2), "2.68");
        assert_eq!(show(1.005, 2), "1.01");
        assert_eq!(show(0.5, 0), "1");
        assert_eq!(show(2.5, 0), "3");
    }

    #[test]
    fn what_is_not_zero_is_never_shown_as_zero() {
        assert_eq!(show(-0.000_012, 4), "-1.2e-5");
        assert_eq!(show(0.000_05, 4), "0.0001");
        assert_eq!(show(0.000_049_96, 4), "4.996e-5");
        assert_eq!(show(5e-324, 4), "4.9e-324");
        assert_eq!(show(0.3, 0), "3e-1");
    }

    #[test]
    fn the_rounded_value_is_the_one_that_is_shown() {
        assert_eq!(round(0.370_518, 4), 0.3705);
        assert_eq!(round(0.000_012_34, 4), 0.000_012);
        for value in [0.000_049_96, -4.98e-5, 0.370_518, 1e-9] {
            assert_eq!(show(round(value, 4), 4), show(value, 4), "{value}");
        }
    }

    #[test]
    fn written_numbers_claim_their_digits() {
        let written = Written::read("0.5970").unwrap();
        assert_eq!((written.value, written.decimals), (0.597, 4));
        assert_eq!(written.agreement(0.597_04), Agreement::Rounded);
        assert_eq!(written.agreement(0.597_06), Agreement::CutOff);
        assert_eq!(written.agreement(0.596_94), Agreement::Differs);
        assert_eq!(Written::read("-1.20e-4").unwrap().decimals, 6);
        assert_eq!(Written::read("1e3").unwrap().decimals, -3);
        for text in ["", "-", ".", "1e", "0x1", "nan", "inf", "1e999", "1_0", "1e-2147483648"] {
            assert_eq!(Written::read(text), None, "{text}");
        }
        let long = Written::read("0.38523667817130075").unwrap();
        assert_eq!(long.agreement(0.385_236_678_171_300_7), Agreement::Rounded);
    }
}
