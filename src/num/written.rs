//! Numbers as somebody wrote them, and how they agree with a value.

use compact_str::{CompactString, format_compact};

use super::decimal::POWERS_OF_TEN;
use super::half_unit;

/// A number as somebody wrote it: its digits are a claim about its precision.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// What it says.
    pub value: f64,
    /// Decimals behind the point; negative for `1e3`.
    pub decimals: i32,
    /// How it stands there.
    pub stands: Stands,
    /// How it is written, where that is not its value with its decimals.
    texts: Option<Box<Texts>>,
}

/// How a number stands on a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stands {
    /// As one number.
    #[default]
    Alone,
    /// With its working: the number behind the last `=` or `≈` counts.
    BehindWorking,
    /// As a fraction or as arithmetic, which was computed here.
    Uncomputed,
}

/// The texts of a number.
#[derive(Clone, Debug, PartialEq)]
struct Texts {
    text: CompactString,
    canonical: CompactString,
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
        if let Some(plain) = Self::read_plain(text.as_bytes()).filter(|plain| plain.value != 0.0) {
            return Some(plain);
        }
        Self::read_at_length(text)
    }

    fn read_at_length(text: &str) -> Option<Self> {
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
        Some(Self::new(text, text, value, decimals))
    }

    /// A number that is written as `text`, and in plain ASCII as `canonical`.
    pub fn new(text: &str, canonical: &str, value: f64, decimals: i32) -> Self {
        let is_told = text == canonical && is_told_by(text.as_bytes(), value, decimals);
        let texts =
            (!is_told).then(|| Box::new(Texts { text: text.into(), canonical: canonical.into() }));
        Self { value, decimals, stands: Stands::Alone, texts }
    }

    /// The text as written.
    pub fn text(&self) -> CompactString {
        self.texts.as_ref().map_or_else(|| self.shown(), |texts| texts.text.clone())
    }

    /// The same number in plain ASCII, such as `-1.2e-3`: what the slips of the
    /// pen are looked for in.
    pub fn canonical(&self) -> CompactString {
        self.texts.as_ref().map_or_else(|| self.shown(), |texts| texts.canonical.clone())
    }

    fn shown(&self) -> CompactString {
        let decimals = usize::try_from(self.decimals).unwrap_or(0);
        format_compact!("{:.decimals$}", self.value)
    }

    /// The same, where it stands otherwise.
    #[must_use]
    pub fn standing(self, stands: Stands) -> Self {
        Self { stands, ..self }
    }

    /// The same text, taken to say something else.
    #[must_use]
    pub fn taken_as(self, value: f64, decimals: i32) -> Self {
        let texts = self
            .texts
            .clone()
            .unwrap_or_else(|| Box::new(Texts { text: self.shown(), canonical: self.shown() }));
        Self { value, decimals, texts: Some(texts), ..self }
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
        let value = if negative && digits > 0 { -value } else { value };
        let text = std::str::from_utf8(text).ok()?;
        Some(Self::new(text, text, value, decimals as i32))
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

/// Whether a text is what its value gives with its decimals: no more than 15 digits,
/// which an f64 keeps, and no sign, zero or point that need not be there.
fn is_told_by(text: &[u8], value: f64, decimals: i32) -> bool {
    const MOST: usize = 15;
    let unsigned = match text {
        [b'-', unsigned @ ..] if value < 0.0 => unsigned,
        _ => text,
    };
    let point = unsigned.iter().position(|byte| *byte == b'.');
    let whole = point.unwrap_or(unsigned.len());
    let fraction = point.map_or(0, |point| unsigned.len() - point - 1);
    let is_usual = match unsigned[..whole] {
        [] => false,
        [b'0', _, ..] => false,
        [_, ..] => point.is_none() || fraction > 0,
    };
    let are_digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    is_usual
        && whole + fraction <= MOST
        && usize::try_from(decimals) == Ok(fraction)
        && are_digits(&unsigned[..whole])
        && are_digits(&unsigned[unsigned.len() - fraction..])
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
    fn written_numbers_claim_their_digits() {
        let written = Written::read("0.5970").unwrap();
        assert_eq!((written.value, written.decimals), (0.597, 4));
        assert_eq!(written.agreement(0.597_04), Agreement::Rounded);
        assert_eq!(written.agreement(0.597_06), Agreement::CutOff);
        assert_eq!(written.agreement(0.596_94), Agreement::Differs);
        assert_eq!(Written::read("-1.20e-4").unwrap().decimals, 6);
        assert_eq!(Written::read("1e3").unwrap().decimals, -3);
        // Keys near the largest f64 are rounded beyond it.
        assert_eq!(Written::read("-1.7977e308").unwrap().value, f64::MIN);
        assert_eq!((Written::read("1e309"), Written::read("1e999")), (None, None));
        for text in ["", "-", ".", "1e", "0x1", "nan", "inf", "1e999", "1_0", "1e-2147483648"] {
            assert_eq!(Written::read(text), None, "{text}");
        }
        let long = Written::read("0.38523667817130075").unwrap();
        assert_eq!(long.agreement(0.385_236_678_171_300_7), Agreement::Rounded);
    }

    #[test]
    fn usual_numbers_are_told_by_their_value_and_others_keep_their_text() {
        let is_told = |text: &str| Written::read(text).unwrap().texts.is_none();
        for text in
            ["7", "120", "0.5970", "-0.5970", "12.5", "0.00000000000001", "123456789.012345"]
        {
            assert!(is_told(text), "{text}");
        }
        let others = [
            "007",
            "+7",
            "7.",
            ".5",
            "-.5",
            "-0",
            "00.5",
            "1e3",
            "1.5e-3",
            "0.000000000000001",
            "1234567890.012345",
            "-0.0000000000000001",
        ];
        for text in others {
            assert!(!is_told(text), "{text}");
            assert_eq!(Written::read(text).unwrap().text(), text);
        }
        let full_width = Written::new("７", "7", 7.0, 0);
        assert_eq!((full_width.text().as_str(), full_width.canonical().as_str()), ("７", "7"));
    }

    #[test]
    fn the_noise_of_an_f64_is_no_difference() {
        let long = Written::read("123456.7890123456").unwrap();
        assert_eq!(long.agreement(123_456.789_012_345_6 + 1.3e-10), Agreement::Rounded);
        assert_ne!(long.agreement(123_456.789_012_345_6 + 2.2e-10), Agreement::Rounded);
    }

    proptest! {
        #[test]
        fn a_number_keeps_its_text(text in "[-+]?[0-9]{0,17}(\\.[0-9]{0,17})?") {
            if let Some(written) = Written::read(&text) {
                prop_assert_eq!(written.text(), text.as_str());
                prop_assert_eq!(written.canonical(), text.as_str());
            }
        }

        #[test]
        fn plain_digits_are_read_at_once_as_they_are_read_at_length(
            text in "-?[0-9]{0,9}(\\.[0-9]{0,7})?",
        ) {
            if let Some(quick) = Written::read_plain(text.as_bytes()) {
                let Written { value, .. } = quick;
                let whole = Written::read_at_length(&text).filter(|written| written.value == value);
                prop_assert_eq!(whole.map(|whole| Written { value, ..whole }), Some(quick));
            } else {
                prop_assert!(text.len() > 15 || Written::read_at_length(&text).is_none(), "{}", text);
            }
        }
    }
}
