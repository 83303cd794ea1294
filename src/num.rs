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

use compact_str::{CompactString, format_compact};

/// Significant decimal digits that every f64 keeps through text and back.
pub const CARRIED_DIGITS: usize = 15;

/// The most decimals that can be asked for: beyond them an f64 near 1 has none.
pub const MOST_DIGITS: usize = 15;

/// From this magnitude on, a number is shown in powers of ten.
const LONGEST_PLAIN: i32 = 15;

/// Significant digits of a number too small to show in the decimals asked for.
const SMALL_DIGITS: usize = 2;

/// Shows `value` with at most `digits` decimals, and never more than
/// [`MOST_DIGITS`].
///
/// A value that is exact at that many decimals is short (`-0.53`, `1`), any
/// other has all of them (`0.5970`). A nonzero value that would read as zero is
/// written in powers of ten (`-1.2e-5`).
pub fn show(value: f64, digits: usize) -> CompactString {
    let digits = digits.min(MOST_DIGITS);
    if let Some(word) = word_for(value) {
        return CompactString::const_new(word);
    }
    let decimal = Decimal::of(value);
    if decimal.point() > LONGEST_PLAIN {
        return decimal.rounded_to_significant(digits + 1).in_powers_of_ten();
    }
    if decimal.decimals() <= digits {
        return decimal.plain(0);
    }
    let rounded = decimal.rounded_to_decimals(digits);
    if rounded.is_zero() {
        return decimal.shortened_below(digits).in_powers_of_ten();
    }
    let is_short = digits <= MOST_DIGITS_ABOVE_NOISE && differs_by_noise(value, rounded.value());
    rounded.plain(if is_short { 0 } else { digits })
}

/// Shows a constant of a formula, such as the 2 in `1/2` or the 0.01 of a leaky
/// ReLU: all its digits, nothing more.
pub fn show_exactly(value: f64) -> CompactString {
    show(value, MOST_DIGITS)
}

/// A count with its thousands apart: `20,000`.
pub fn count(count: usize) -> CompactString {
    let digits = count.to_string();
    let mut text = CompactString::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 epoch`, `20,000 epochs`.
pub fn counted(number: usize, thing: &str) -> CompactString {
    if number == 1 {
        format_compact!("1 {thing}")
    } else {
        format_compact!("{} {thing}s", count(number))
    }
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

/// A decimal number, ±digits · 10^exponent, without trailing zeros; zero has no
/// digits at all.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Decimal {
    negative: bool,
    /// At most [`CARRIED_DIGITS`] of them.
    digits: u64,
    exponent: i32,
}

impl Decimal {
    /// The first [`CARRIED_DIGITS`] significant digits of a finite value.
    fn of(value: f64) -> Self {
        let (digits, exponent) =
            digits_of_usual(value.abs()).unwrap_or_else(|| digits_of_any(value.abs()));
        Self { negative: value < 0.0, digits, exponent }.trimmed()
    }

    const fn trimmed(mut self) -> Self {
        if self.digits == 0 {
            return Self { negative: false, digits: 0, exponent: 0 };
        }
        while self.digits.is_multiple_of(10) {
            self.digits /= 10;
            self.exponent += 1;
        }
        self
    }

    const fn is_zero(&self) -> bool {
        self.digits == 0
    }

    /// How many digits it has.
    fn length(&self) -> i32 {
        self.digits.checked_ilog10().map_or(0, |log| log as i32 + 1)
    }

    /// Digits in front of the point; none or fewer for numbers below 1.
    fn point(&self) -> i32 {
        self.length() + self.exponent
    }

    /// Digits needed behind the point.
    fn decimals(&self) -> usize {
        usize::try_from(-self.exponent).unwrap_or(0)
    }

    fn rounded_to_decimals(self, decimals: usize) -> Self {
        self.without(-self.exponent - decimals as i32)
    }

    fn rounded_to_significant(self, significant: usize) -> Self {
        self.without(self.length() - significant as i32)
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

    /// Without its last digits, half away from zero.
    fn without(self, last: i32) -> Self {
        let Ok(count @ 1..) = usize::try_from(last) else { return self };
        // More than all of its digits say less than half a unit.
        let Some(unit) = POWERS_OF_TEN.get(count).filter(|_| last <= self.length()) else {
            return Self { digits: 0, ..self }.trimmed();
        };
        let kept = (self.digits + unit / 2) / unit;
        Self { digits: kept, exponent: self.exponent + last, ..self }.trimmed()
    }

    /// The nearest f64, at once where it is a quotient or product of two whole
    /// numbers that an f64 holds.
    fn value(&self) -> f64 {
        let power = POWERS_OF_TEN.get(self.exponent.unsigned_abs() as usize);
        let value = match power {
            Some(power) if self.exponent < 0 => self.digits as f64 / *power as f64,
            Some(power) => self.digits as f64 * *power as f64,
            None => self.in_powers_of_ten().parse().unwrap_or(f64::NAN),
        };
        if self.negative && value > 0.0 { -value } else { value }
    }

    /// At least `decimals` digits behind the point.
    fn plain(&self, decimals: usize) -> CompactString {
        let mut text = Scratch::default();
        if self.negative {
            text.push(b'-');
        }
        let (digits, count) = self.each_digit();
        let behind = self.decimals();
        let (whole, fraction) = digits[..count].split_at(count.saturating_sub(behind));
        if whole.is_empty() {
            text.push(b'0');
        }
        whole.iter().for_each(|digit| text.push(*digit));
        (0..self.exponent).for_each(|_| text.push(b'0'));
        if decimals.max(behind) > 0 {
            text.push(b'.');
            (count..behind).for_each(|_| text.push(b'0'));
            fraction.iter().for_each(|digit| text.push(*digit));
            (behind..decimals).for_each(|_| text.push(b'0'));
        }
        text.as_str().into()
    }

    fn in_powers_of_ten(&self) -> CompactString {
        let mut text = Scratch::default();
        if self.negative {
            text.push(b'-');
        }
        let (digits, count) = self.each_digit();
        text.push(digits[0]);
        if count > 1 {
            text.push(b'.');
            digits[1..count].iter().for_each(|digit| text.push(*digit));
        }
        // Writing to the scratch cannot fail.
        let _ = write!(text, "e{}", self.point() - 1);
        text.as_str().into()
    }

    /// Its digits in ASCII, and how many there are.
    fn each_digit(&self) -> ([u8; CARRIED_DIGITS], usize) {
        let (mut digits, count) = ([b'0'; CARRIED_DIGITS], self.length() as usize);
        let mut rest = self.digits;
        for digit in digits[..count].iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        (digits, count)
    }
}

/// All that whole numbers of [`CARRIED_DIGITS`] digits need.
const POWERS_OF_TEN: [u64; CARRIED_DIGITS + 1] = {
    let mut powers = [1; CARRIED_DIGITS + 1];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

/// The first digits of a value of a usual size as a whole number, and the power
/// of ten that goes with it. Exact: the value is a whole number times a power of
/// two, and 128 bits hold it times the power of ten that is needed.
fn digits_of_usual(value: f64) -> Option<(u64, i32)> {
    const BITS: u32 = f64::MANTISSA_DIGITS - 1;
    /// The most powers of ten that 53 bits can be multiplied with.
    const MOST: i32 = 22;
    let most_digits = u128::from(POWERS_OF_TEN[CARRIED_DIGITS]);
    let biased = (value.to_bits() >> BITS) as i32;
    if value == 0.0 {
        return Some((0, 0));
    }
    if biased == 0 || !value.is_finite() {
        return None;
    }
    let mantissa = u128::from(value.to_bits() & ((1 << BITS) - 1) | 1 << BITS);
    let halvings = u32::try_from(1023 + BITS as i32 - biased).ok().filter(|count| *count < 128)?;
    // Ten is 2^3.32: this is the exponent of ten or one less.
    let exponent_of_ten = ((biased - 1023) * 1233) >> 12;
    let mut tens = CARRIED_DIGITS as i32 - 1 - exponent_of_ten;
    loop {
        let power = 10_u128.pow(u32::try_from(tens).ok().filter(|_| tens <= MOST)?);
        let scaled = mantissa * power;
        let digits = scaled >> halvings;
        if digits >= most_digits {
            tens -= 1;
            continue;
        }
        let twice_the_rest = (scaled - (digits << halvings)) << 1;
        let one = 1_u128 << halvings;
        let up = twice_the_rest > one || (twice_the_rest == one && digits % 2 == 1);
        return Some((digits as u64 + u64::from(up), -tens)).filter(|_| digits * 10 >= most_digits);
    }
}

/// The same for any finite value.
fn digits_of_any(value: f64) -> (u64, i32) {
    let mut text = Scratch::default();
    // Writing to the scratch cannot fail.
    let _ = write!(text, "{:.*e}", CARRIED_DIGITS - 1, value);
    let (mantissa, exponent) = text.as_str().split_once('e').unwrap_or(("0", "0"));
    let digits = mantissa.bytes().filter(u8::is_ascii_digit);
    let digits = digits.fold(0, |digits, byte| digits * 10 + u64::from(byte - b'0'));
    (digits, exponent.parse::<i32>().unwrap_or(0) + 1 - CARRIED_DIGITS as i32)
}

/// Room for a number: a sign, [`CARRIED_DIGITS`] digits, a point, and
/// [`MOST_DIGITS`] decimals, or a power of ten in place of them.
#[derive(Default)]
struct Scratch {
    bytes: [u8; 32],
    length: usize,
}

impl Scratch {
    fn push(&mut self, byte: u8) {
        self.bytes[self.length] = byte;
        self.length += 1;
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

impl Write for Scratch {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        text.bytes().for_each(|byte| self.push(byte));
        Ok(())
    }
}

/// A number as somebody wrote it: its digits are a claim about its precision.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The text as written.
    pub text: CompactString,
    /// The same number in plain ASCII, such as `-1.2e-3`: what the slips of the
    /// pen are looked for in.
    pub canonical: CompactString,
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
        let value = if value.is_finite() { value } else { largest(mantissa, exponent)? };
        Some(Self { text: text.into(), canonical: text.into(), value, decimals })
    }

    /// Reads a number of digits and one point, `-0.5970`, at once where the
    /// nearest f64 is the quotient of two whole numbers that an f64 holds.
    /// `None` says nothing but that [`Written::read`] has to look.
    pub fn read_plain(text: &[u8]) -> Option<Self> {
        /// Digits of whole numbers that an f64 holds, one and all.
        const MOST: usize = 15;
        let (negative, unsigned) = match text {
            [b'-', unsigned @ ..] => (true, unsigned),
            _ => (false, text),
        };
        if unsigned.is_empty() || unsigned.len() > MOST {
            return None;
        }
        let (mut digits, mut decimals) = (0_u64, None);
        for byte in unsigned {
            match byte {
                b'0'..=b'9' => digits = digits * 10 + u64::from(byte - b'0'),
                b'.' if decimals.is_none() => {
                    decimals = Some(0);
                    continue;
                }
                _ => return None,
            }
            decimals = decimals.map(|count: usize| count + 1);
        }
        if unsigned.len() == usize::from(decimals.is_some()) {
            return None;
        }
        let decimals = decimals.unwrap_or(0);
        let value = digits as f64 / POWERS_OF_TEN[decimals] as f64;
        let text = CompactString::from(std::str::from_utf8(text).ok()?);
        Some(Self {
            canonical: text.clone(),
            text,
            value: if negative && digits > 0 { -value } else { value },
            decimals: decimals as i32,
        })
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
            && beyond + noise < 2.0 * self.half_unit()
        {
            Agreement::CutOff
        } else {
            Agreement::Differs
        }
    }
}

/// The largest f64, for a number beyond it that rounds it to the digits given:
/// keys near 1.8e308 are written with few digits.
fn largest(mantissa: &str, exponent: i32) -> Option<f64> {
    // One unit of the last place less is finite.
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let below = digits.parse::<u64>().ok()?.checked_sub(1).filter(|below| *below > 0)?;
    let decimals = mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let exponent = exponent.checked_sub(i32::try_from(decimals).ok()?)?;
    let is_near = format_compact!("{below}e{exponent}").parse::<f64>().ok()?.is_finite();
    is_near.then_some(if mantissa.starts_with('-') { f64::MIN } else { f64::MAX })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
    fn counts_have_their_thousands_apart() {
        let texts = [0, 7, 999, 1000, 20_000, 1_234_567].map(|number| count(number).to_string());
        assert_eq!(texts, ["0", "7", "999", "1,000", "20,000", "1,234,567"]);
        assert_eq!([0, 1, 2000].map(|n| counted(n, "row")), ["0 rows", "1 row", "2,000 rows"]);
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

    proptest! {
        #[test]
        fn plain_digits_are_read_at_once_as_they_are_read_at_length(
            text in "-?[0-9]{0,9}(\\.[0-9]{0,7})?",
        ) {
            if let Some(quick) = Written::read_plain(text.as_bytes()) {
                let Written { value, .. } = quick;
                let whole = Written::read(&text).filter(|written| written.value == value);
                prop_assert_eq!(whole.map(|whole| Written { value, ..whole }), Some(quick));
            } else {
                prop_assert!(text.len() > 15 || Written::read(&text).is_none(), "{}", text);
            }
        }

        #[test]
        fn the_quick_digits_are_the_exact_ones(bits in 0_u64..0x7FF0_0000_0000_0000) {
            let value = f64::from_bits(bits);
            let quick = digits_of_usual(value);
            let (digits, exponent) = digits_of_any(value);
            prop_assert!(quick.is_none_or(|quick| read(quick) == read((digits, exponent))));
        }

        #[test]
        fn usual_values_take_the_quick_way(bits in 1e-7_f64.to_bits()..1e15_f64.to_bits()) {
            let value = f64::from_bits(bits);
            prop_assert!(digits_of_usual(value).is_some());
            prop_assert_eq!(digits_of_usual(value).map(read), Some(read(digits_of_any(value))));
        }

        #[test]
        fn a_decimal_is_the_value_that_it_reads_as(
            digits in 0..POWERS_OF_TEN[CARRIED_DIGITS], exponent in -20..20, negative: bool,
        ) {
            let decimal = Decimal { negative, digits, exponent }.trimmed();
            prop_assert_eq!(decimal.value(), decimal.in_powers_of_ten().parse::<f64>().unwrap());
        }
    }

    fn read((digits, exponent): (u64, i32)) -> Decimal {
        Decimal { negative: false, digits, exponent }.trimmed()
    }

    #[test]
    fn as_many_decimals_as_an_f64_has() {
        assert_eq!(show(2.0 / 3.0, 12), "0.666666666667");
        assert_eq!(show(-123_456_789_012_345.7, 15), "-123456789012346");
        assert_eq!(show(-1e-15 / 3.0, usize::MAX), "-3.3e-16");
        assert_eq!(show(-2.0e-14 / 3.0, 99), "-0.000000000000007");
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
        // Keys near the largest f64 are rounded beyond it.
        assert_eq!(Written::read("-1.7977e308").unwrap().value, f64::MIN);
        assert_eq!((Written::read("1e309"), Written::read("1e999")), (None, None));
        assert_eq!(Written::read("1e3").unwrap().decimals, -3);
        for text in ["", "-", ".", "1e", "0x1", "nan", "inf", "1e999", "1_0", "1e-2147483648"] {
            assert_eq!(Written::read(text), None, "{text}");
        }
        let long = Written::read("0.38523667817130075").unwrap();
        assert_eq!(long.agreement(0.385_236_678_171_300_7), Agreement::Rounded);
    }
}
