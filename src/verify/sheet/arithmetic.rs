//! Arithmetic as an answer: `-0.53+0.07`, `1/2·(1-0.7553)^2`,
//! `1/(1+e^-1.127)`.
//!
//! Only what has one meaning is computed: `1/2(3)` is left alone, for it may be
//! 1/6·... or 3/2. Names have no numbers here.

use super::NumberProblem;
use super::number::{is_minus, is_times, lowered, may_part_thousands};

/// Bytes of the longest text that is computed.
const LONGEST: usize = 400;

/// Brackets and signs within each other.
const DEEPEST: u8 = 60;

/// The value of the text; `None` if it is no arithmetic.
pub(super) fn value(text: &str, decimal_commas: bool) -> Option<Result<f64, NumberProblem>> {
    if text.len() > LONGEST {
        return None;
    }
    let mut rest = Rest { text, decimal_commas, depth: 0, fault: None };
    let value = rest.sum().filter(|_| rest.ahead().is_none())?;
    if let Some(fault) = rest.fault {
        return Some(Err(fault));
    }
    Some(match value {
        value if value.is_nan() => Err(NumberProblem::NoValue),
        value if value.is_infinite() => Err(NumberProblem::TooLarge),
        value => Ok(value),
    })
}

/// What is left to be read.
struct Rest<'a> {
    text: &'a str,
    decimal_commas: bool,
    depth: u8,
    /// Why there is no value, although it is arithmetic.
    fault: Option<NumberProblem>,
}

impl<'a> Rest<'a> {
    fn sum(&mut self) -> Option<f64> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut sum = self.product()?;
        loop {
            if self.take(|c| c == '+').is_some() {
                sum += self.product()?;
            } else if self.take(is_minus).is_some() {
                sum -= self.product()?;
            } else {
                self.depth -= 1;
                return Some(sum);
            }
        }
    }

    fn product(&mut self) -> Option<f64> {
        let mut product = self.signed()?;
        let mut has_divided = false;
        loop {
            // `**` is a power, and was taken with its base.
            let times = |c| is_times(c) && !c.is_alphabetic();
            if self.times_as_a_letter() || self.take(times).is_some() {
                product *= self.signed()?;
            } else if self.take(|c| matches!(c, '/' | '÷' | '\u{2044}' | '\u{2215}')).is_some() {
                let by = self.signed()?;
                if by == 0.0 {
                    self.fault = Some(NumberProblem::OverZero);
                }
                has_divided = true;
                product /= by;
            } else if self.ahead().is_some_and(|c| is_opening(c) || c.is_alphabetic() || c == '√')
            {
                // Multiplied without a sign.
                if has_divided {
                    return None;
                }
                product *= self.power()?;
            } else {
                return Some(product);
            }
        }
    }

    /// `0.5 x 0.3`, but not `0.5 x1`.
    fn times_as_a_letter(&mut self) -> bool {
        self.skip_blanks();
        let behind = self.text.strip_prefix(['x', 'X']);
        let is_sign = |behind: &&str| behind.starts_with(|c: char| c.is_whitespace() || c == '(');
        behind.filter(is_sign).is_some_and(|behind| {
            self.text = behind;
            true
        })
    }

    fn signed(&mut self) -> Option<f64> {
        let mut negative = false;
        while let Some(sign) = self.take(|c| c == '+' || is_minus(c)) {
            negative ^= is_minus(sign);
        }
        let value = self.power()?;
        Some(if negative { -value } else { value })
    }

    fn power(&mut self) -> Option<f64> {
        let base = self.atom()?;
        self.skip_blanks();
        if let Some(exponent) = self.raised() {
            return Some(base.powf(exponent));
        }
        let behind = self.text.strip_prefix("**").or_else(|| self.text.strip_prefix('^'));
        let Some(behind) = behind else { return Some(base) };
        self.text = behind;
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let exponent = self.signed()?;
        self.depth -= 1;
        Some(base.powf(exponent))
    }

    /// `²`, `⁻³`
    fn raised(&mut self) -> Option<f64> {
        let (mut negative, mut digits) = (false, String::new());
        let end = self.text.char_indices().find(|&(at, c)| match (c, lowered(c)) {
            ('⁻', _) if at == 0 => {
                negative = true;
                false
            }
            (_, Some(digit)) => {
                digits.push(digit);
                false
            }
            (_, None) => true,
        });
        let value: f64 = digits.parse().ok()?;
        self.text = &self.text[end.map_or(self.text.len(), |(at, _)| at)..];
        Some(if negative { -value } else { value })
    }

    fn atom(&mut self) -> Option<f64> {
        let next = self.ahead()?;
        if is_opening(next) {
            return self.bracket();
        }
        if next == '√' {
            self.take(|c| c == '√');
            return Some(self.atom()?.sqrt());
        }
        if next.is_alphabetic() {
            return self.function();
        }
        if let Some(value) = one_of_few(next) {
            self.take(|_| true);
            return Some(value);
        }
        self.number()
    }

    fn bracket(&mut self) -> Option<f64> {
        let closing = match self.take(is_opening)? {
            '(' => ')',
            '[' => ']',
            _ => '}',
        };
        let value = self.sum()?;
        self.take(|c| c == closing)?;
        Some(value)
    }

    /// `exp(-1.127)`, or Euler's number with its power.
    fn function(&mut self) -> Option<f64> {
        let end = self.text.find(|c: char| !c.is_alphabetic()).unwrap_or(self.text.len());
        let (word, behind) = self.text.split_at(end);
        let apply: fn(f64) -> f64 = match word.to_ascii_lowercase().as_str() {
            // With its power: the e of `1e` has lost a power of ten.
            "e" if behind
                .trim_start()
                .starts_with(|c| matches!(c, '^' | '⁻') || lowered(c).is_some())
                || behind.trim_start().starts_with("**") =>
            {
                self.text = behind;
                return Some(std::f64::consts::E);
            }
            "exp" => f64::exp,
            "ln" | "log" => f64::ln,
            "tanh" => f64::tanh,
            "sqrt" => f64::sqrt,
            "σ" | "sigmoid" | "sig" | "sigma" => |z| 1.0 / (1.0 + (-z).exp()),
            "relu" => |z| z.max(0.0),
            _ => return None,
        };
        self.text = behind;
        self.ahead().filter(|c| is_opening(*c))?;
        Some(apply(self.bracket()?))
    }

    fn number(&mut self) -> Option<f64> {
        let mut plain = self.digits().to_owned();
        let behind = self.text.get(1..).unwrap_or_default();
        let has_fraction = behind.starts_with(|c: char| c.is_ascii_digit());
        if self.text.starts_with('.') || (self.text.starts_with(',') && has_fraction) {
            let is_comma = self.text.starts_with(',');
            self.text = behind;
            let fraction = self.digits();
            if is_comma && !self.decimal_commas && may_part_thousands(&plain, fraction) {
                self.fault = Some(NumberProblem::UnclearComma);
            }
            plain.push('.');
            plain.push_str(fraction);
        }
        if let Some(exponent) = self.exponent() {
            plain.push_str(&exponent);
        }
        plain.parse().ok()
    }

    /// `e-3` directly behind digits.
    fn exponent(&mut self) -> Option<String> {
        let behind = self.text.strip_prefix(['e', 'E'])?;
        let sign = behind.chars().next().filter(|c| *c == '+' || is_minus(*c));
        let digits = &behind[sign.map_or(0, char::len_utf8)..];
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        if end == 0 {
            return None;
        }
        self.text = &digits[end..];
        let sign = if sign.is_some_and(is_minus) { "-" } else { "" };
        Some(format!("e{sign}{}", &digits[..end]))
    }

    fn digits(&mut self) -> &'a str {
        let end = self.text.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.text.len());
        let (digits, rest) = self.text.split_at(end);
        self.text = rest;
        digits
    }

    fn skip_blanks(&mut self) {
        self.text = self.text.trim_start();
    }

    /// The next character that is no blank.
    fn ahead(&mut self) -> Option<char> {
        self.skip_blanks();
        self.text.chars().next()
    }

    fn take(&mut self, is_one: impl Fn(char) -> bool) -> Option<char> {
        let next = self.ahead().filter(|c| is_one(*c))?;
        self.text = &self.text[next.len_utf8()..];
        Some(next)
    }
}

/// `½`
const fn one_of_few(c: char) -> Option<f64> {
    Some(match c {
        '½' => 1.0 / 2.0,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '¼' => 1.0 / 4.0,
        '¾' => 3.0 / 4.0,
        '⅛' => 1.0 / 8.0,
        _ => return None,
    })
}

const fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn computed(text: &str) -> Option<Result<f64, NumberProblem>> {
        value(text, false)
    }

    #[test]
    fn arithmetic_is_computed_by_its_rules() {
        for (text, expected) in [
            ("-0.53+0.07", -0.53 + 0.07),
            ("0.3705*(-0.22)+0.7389*0.58+0.78", 0.3705 * -0.22 + 0.7389 * 0.58 + 0.78),
            ("1/2·(1-0.7553)^2", 0.5 * (1.0_f64 - 0.7553).powf(2.0)),
            ("1/2 × (1 − 0.5)²", 0.125),
            ("1/(1+e^-1.127)", 1.0 / (1.0 + std::f64::consts::E.powf(-1.127))),
            ("1/(1+e^{-1.127})", 1.0 / (1.0 + std::f64::consts::E.powf(-1.127))),
            ("1/(1+exp(-0.5))", 1.0 / (1.0 + (-0.5_f64).exp())),
            ("½·0.5²", 0.125),
            ("⅓·3 + ⅔·3 + ¼ + ¾ + ⅛", 4.125),
            ("σ(0)", 0.5),
            ("σ(1)", 1.0 / (1.0 + (-1.0_f64).exp())),
            ("relu(2) + relu(-3)", 2.0),
            ("[1+1]·{3}", 6.0),
            ("2²", 4.0),
            ("2⁻²", 0.25),
            ("2√4", 4.0),
            ("2exp(0)", 2.0),
            ("2e+1", 20.0),
            ("2^3^2", 512.0),
            ("-2^2", -4.0),
            ("2**-1", 0.5),
            ("((1)/(2))(4)", 2.0),
            ("2(3)(4)", 24.0),
            ("√4 + sqrt(9)", 5.0),
            ("-ln(e^1)", -1.0),
            ("0,5·0,5", 0.25),
            ("--1", 1.0),
            ("2e-1*2", 0.4),
            ("tanh(0)", 0.0),
            ("0.5 x 0.5 x (2)", 0.5),
            ("1 - (-0.5)", 1.5),
        ] {
            assert_eq!(computed(text), Some(Ok(expected)), "{text}");
        }
    }

    #[test]
    fn what_is_no_arithmetic_or_has_two_meanings_is_left_alone() {
        for text in [
            "", "1/2(3)", "u1·0.5", "1+", "(1", "1)", "log10(5)", "1 2", "exp 1", "0.5 σ", "1..2",
            "2 x1", "1½", "2²⁻", "[1+1)", "(1]", "1/2√4",
        ] {
            assert_eq!(computed(text), None, "{text}");
        }
        assert_eq!(computed("1/(1-1)"), Some(Err(NumberProblem::OverZero)));
        assert_eq!(computed("ln(-1)"), Some(Err(NumberProblem::NoValue)));
        assert_eq!(computed("9^9^9"), Some(Err(NumberProblem::TooLarge)));
        assert_eq!(computed("1,234·2"), Some(Err(NumberProblem::UnclearComma)));
        assert_eq!(value("1,234·2", true), Some(Ok(2.468)));
        for text in ["(".repeat(399), "-".repeat(399), "2^".repeat(199), "√".repeat(100)] {
            assert_eq!(computed(&text), None);
        }
    }

    #[test]
    fn depth_and_length_have_an_end_and_are_not_used_up() {
        let within = |depth| format!("{}1{}", "(".repeat(depth), ")".repeat(depth));
        assert_eq!((computed(&within(59)), computed(&within(60))), (Some(Ok(1.0)), None));
        let raised = |depth| format!("{}1", "1^".repeat(depth));
        assert_eq!((computed(&raised(59)), computed(&raised(60))), (Some(Ok(1.0)), None));
        // One after the other is not one within the other.
        assert_eq!(computed(&["(1)"; 70].join("+")), Some(Ok(70.0)));
        assert_eq!(computed(&["1^1"; 70].join("+")), Some(Ok(70.0)));
        let long = format!("{}11", "1+".repeat(199));
        assert_eq!((long.len(), computed(&long)), (LONGEST, Some(Ok(210.0))));
        assert_eq!(computed(&format!("{long}1")), None);
    }
}
