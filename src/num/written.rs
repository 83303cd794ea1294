//! Numbers as somebody wrote them, and how they agree with a value.

use super::half_unit;

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
            && beyond + noise < 2.0 * self.half_unit()
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
