//! The decimal digits that a value prints with, which all rounding works on.

use std::fmt::Write;

use compact_str::CompactString;

use super::{CARRIED_DIGITS, SMALL_DIGITS};

/// A decimal number, ±digits · 10^exponent, without trailing zeros; zero has no
/// digits at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Decimal {
    negative: bool,
    /// At most [`CARRIED_DIGITS`] of them.
    digits: u64,
    exponent: i32,
}

impl Decimal {
    /// The first [`CARRIED_DIGITS`] significant digits of a finite value.
    pub(super) fn of(value: f64) -> Self {
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

    pub(super) const fn is_zero(&self) -> bool {
        self.digits == 0
    }

    /// How many digits it has.
    pub(super) fn length(&self) -> i32 {
        self.digits.checked_ilog10().map_or(0, |log| log as i32 + 1)
    }

    /// Digits in front of the point; none or fewer for numbers below 1.
    pub(super) fn point(&self) -> i32 {
        self.length() + self.exponent
    }

    /// Digits needed behind the point.
    pub(super) fn decimals(&self) -> usize {
        usize::try_from(-self.exponent).unwrap_or(0)
    }

    pub(super) fn rounded_to_decimals(self, decimals: usize) -> Self {
        self.without(-self.exponent - decimals as i32)
    }

    pub(super) fn rounded_to_significant(self, significant: usize) -> Self {
        self.without(self.length() - significant as i32)
    }

    pub(super) fn cut_to_significant(self, significant: usize) -> Self {
        let mut cut = self;
        while cut.length() > significant as i32 {
            cut.digits /= 10;
            cut.exponent += 1;
        }
        cut.trimmed()
    }

    /// A few digits of a number that is less than half a unit of `decimals`. So
    /// many that what they say is still less: 0.00004996 is not 5e-5, which
    /// would be rounded to 0.0001.
    pub(super) fn shortened_below(self, decimals: usize) -> Self {
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
    pub(super) fn value(&self) -> f64 {
        let power = POWERS_OF_TEN.get(self.exponent.unsigned_abs() as usize);
        let value = match power {
            Some(power) if self.exponent < 0 => self.digits as f64 / *power as f64,
            Some(power) => self.digits as f64 * *power as f64,
            None => self.in_powers_of_ten(0).parse().unwrap_or(f64::NAN),
        };
        if self.negative && value > 0.0 { -value } else { value }
    }

    /// At least `decimals` digits behind the point.
    pub(super) fn plain(&self, decimals: usize) -> CompactString {
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

    /// With at least `significant` digits in front of the power.
    pub(super) fn in_powers_of_ten(&self, significant: usize) -> CompactString {
        let mut text = Scratch::default();
        if self.negative {
            text.push(b'-');
        }
        let (digits, count) = self.each_digit();
        text.push(digits[0]);
        if count.max(significant) > 1 {
            text.push(b'.');
            digits[1..count].iter().for_each(|digit| text.push(*digit));
            (count..significant).for_each(|_| text.push(b'0'));
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
pub(super) const POWERS_OF_TEN: [u64; CARRIED_DIGITS + 1] = {
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
/// [`MOST_DIGITS`](super::MOST_DIGITS) decimals, or a power of ten in place of them.
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
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
            prop_assert_eq!(decimal.value(), decimal.in_powers_of_ten(0).parse::<f64>().unwrap());
        }
    }

    fn read((digits, exponent): (u64, i32)) -> Decimal {
        Decimal { negative: false, digits, exponent }.trimmed()
    }
}
