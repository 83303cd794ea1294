//! Numbers as people write them: `−0,53`, `≈ .5970`, `1.2·10⁻³`, `3/8`,
//! `(-0.53)`, `75.53 %`, `0.3705...`, `-0.53 ✓`, or with their working,
//! `0.5·0.06 = 0.03`.
//!
//! What can be read in two ways is not read at all: a wrong guess would be
//! marked as the student's mistake.

use super::number::{self, Comma, Said};
use super::problem::{has_open_power, problem};
use super::{NumberProblem, arithmetic, trimming};
use crate::num::{Stands, Written};
use crate::text;

/// Bytes of the longest number that is read; an f64 has 17 digits.
const LONGEST: usize = 120;

/// Bytes of the longest working that is looked through for its result.
const LONGEST_WORKING: usize = 2000;

/// Reads one number. Its digits are what it claims: `0.0024`, `1.2·10^-3` and
/// `1e-4` claim four decimals, `0,53` two. A fraction of whole numbers, or
/// arithmetic, is worth its value, and claims 12 to 15 decimals. Of a number
/// with its working the number after the last `=` or `≈` counts. The text is
/// kept, made harmless.
///
/// # Errors
/// Why it is not one number, or not clearly one.
pub fn read(text: &str) -> Result<Written, NumberProblem> {
    // `z2_in = 1.04` is an answer to something: whoever is asked for z1_in has
    // lost the place.
    let before = text.split(is_sign).next().unwrap_or_default().trim();
    let is_name = before.len() < text.trim().len()
        && before.starts_with(|c: char| c.is_alphabetic() || c == '∂')
        && !before.contains(|c: char| c.is_whitespace() || "+*·×^()-".contains(c));
    if is_name {
        return Err(NumberProblem::Computation);
    }
    read_with(text, Comma::Unclear)
}

pub(super) fn read_with(text: &str, comma: Comma) -> Result<Written, NumberProblem> {
    if let Some(written) = Written::read_plain(text.trim_ascii().as_bytes()) {
        return Ok(written);
    }
    let text = trimming::without_sign(text);
    let Some(result) = trimming::result(text) else {
        return alone(text, comma);
    };
    if text.len() > LONGEST_WORKING {
        return Err(problem(text, NumberProblem::TooLong));
    }
    let written = alone(result?, comma)?;
    let stands = match written.stands {
        Stands::Alone => Stands::BehindWorking,
        stands @ (Stands::BehindWorking | Stands::Uncomputed) => stands,
    };
    Ok(written.standing(stands))
}

/// A number, or arithmetic, without any sign in front.
fn alone(text: &str, comma: Comma) -> Result<Written, NumberProblem> {
    let written = |said: Said| {
        let stands = if said.is_quotient { Stands::Uncomputed } else { Stands::Alone };
        let Said { canonical, value, decimals, .. } = said;
        Written::new(&text::harmless(text), &canonical, value, decimals).standing(stands)
    };
    if text.len() <= LONGEST
        && let Some(said) = number::said(text, comma, false)
    {
        return said.map(written);
    }
    let (bare, percent) = trimming::bare(text);
    if bare.len() <= LONGEST
        && let Some(said) = number::said(bare, comma, percent)
    {
        return said.map(written);
    }
    if !has_open_power(bare)
        && !percent
        && let Some(value) = arithmetic::value(bare, comma == Comma::Decimal)
    {
        return value.map(|value| written(number::computed(value)));
    }
    Err(problem(
        text,
        if text.len() > LONGEST { NumberProblem::TooLong } else { NumberProblem::Other },
    ))
}

/// Where the first sign stands that is not in brackets. Of a text whose brackets do not
/// close ask for any.
pub(super) fn first_sign(text: &str) -> Option<usize> {
    outside_brackets(text.char_indices(), ['(', '['], [')', ']'])
}

/// Where the last one does; the last one of all where brackets do not close.
pub(super) fn last_sign(text: &str) -> Option<usize> {
    if brackets_close(text) {
        outside_brackets(text.char_indices().rev(), [')', ']'], ['(', '['])
    } else {
        text.char_indices().rev().find(|(_, c)| is_sign(*c)).map(|(at, _)| at)
    }
}

/// Whether every bracket that opens is closed.
pub(super) fn brackets_close(text: &str) -> bool {
    let depth = text.bytes().fold(0_usize, |depth, byte| match byte {
        b'(' | b'[' => depth + 1,
        b')' | b']' => depth.saturating_sub(1),
        _ => depth,
    });
    depth == 0
}

fn outside_brackets(
    mut signs: impl Iterator<Item = (usize, char)>,
    opening: [char; 2],
    closing: [char; 2],
) -> Option<usize> {
    let mut depth = 0_u32;
    let found = signs.find(|(_, c)| {
        if opening.contains(c) {
            depth += 1;
        } else if closing.contains(c) {
            depth = depth.saturating_sub(1);
        }
        depth == 0 && is_sign(*c)
    });
    found.map(|(at, _)| at)
}

/// Signs between a name and its number: `=`, `≈` and their like.
pub(super) const fn is_sign(c: char) -> bool {
    is_equal_sign(c) || c == ':'
}

/// Signs that a result stands behind.
pub(super) const fn is_equal_sign(c: char) -> bool {
    matches!(
        c,
        '=' | '~'
            | '≈'
            | '≃'
            | '≅'
            | '≔'
            | '≐'
            | '≡'
            | '＝'
            | '→'
            | '⇒'
            | '⟶'
            | '⟹'
            | '←'
    )
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
            ("-0.53+0.07", -0.53 + 0.07, 13),
            ("1/2/4", 0.125, 13),
            ("(-0.53)", -0.53, 2),
            ("((-0.53)) ", -0.53, 2),
            ("-0.53 ✓", -0.53, 2),
            ("-0.53✓", -0.53, 2),
            ("-0.53 (easy)", -0.53, 2),
            ("-0.53 (see page 3)", -0.53, 2),
            ("-0.53 (since y = 1)", -0.53, 2),
            ("-0.53 (= δ1)", -0.53, 2),
            ("1.12699 (≈ 1.127)", 1.12699, 5),
            ("0.02994 (0.0299)", 0.02994, 5),
            ("-0.53 (✓)", -0.53, 2),
            ("σ(z = 1.127) = 0.7553 (y = 1)", 0.7553, 4),
            ("-0.53 easy, I think!", -0.53, 2),
            ("-0.53.", -0.53, 2),
            ("**-0.53**", -0.53, 2),
            ("0.3705...", 0.3705, 4),
            ("0.3705… (rounded)", 0.3705, 4),
            ("75.53 %", 0.7553, 4),
            ("37%", 0.37, 2),
            ("ca. -0.53", -0.53, 2),
            ("approximately 0.5", 0.5, 1),
            ("0.5 cm", 0.5, 1),
            ("0.5·0.06 = 0.0300", 0.03, 4),
            ("0.75532 ≈ 0.7553", 0.7553, 4),
            ("1/(1+e^-0.5) = 0.6225", 0.6225, 4),
            ("u1·z1_out = 0.5 (from above)", 0.5, 1),
            ("2·10^-3 ✓", 2e-3, 3),
            ("1.7977e308", f64::MAX, -304),
            ("-1.798e308", f64::MIN, -305),
            ("  ≈ 0.3 ", 0.3, 1),
            ("= 0.3", 0.3, 1),
            ("\u{a0}≈ = 0.3\u{2009}", 0.3, 1),
        ] {
            let written = read(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
            assert_eq!((written.value, written.decimals), (value, decimals), "{text}");
            let is_blank = |c: char| is_sign(c) || c.is_whitespace();
            // Of a working the result is kept.
            assert!(text.trim_matches(is_blank).ends_with(&*written.text()), "{text}");
            // The slips of the pen are looked for in the canonical form.
            let canonical = Written::read(&written.canonical()).unwrap();
            assert_eq!(canonical.value, value, "{text}");
        }
    }

    #[test]
    fn what_is_unclear_is_not_read() {
        use NumberProblem::*;
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
            ("u1 - 0.5", Computation),
            ("1/2(3)", Computation),
            ("3:4", Computation),
            ("0.5 = 3:4", Computation),
            ("-0.53 or -0.54", Computation),
            ("12 thousand", Letters),
            ("1.2 x", Letters),
            ("1.2 ‰", Letters),
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
            ("1e", Letters),
            ("1_000", Separators),
            ("5,", Other),
            ("ln(-1)", NoValue),
            ("0.5\u{200b}", Other),
        ] {
            assert_eq!(read(text), Err(problem), "{text}");
        }
        assert_eq!(read(&"1".repeat(1000)), Err(TooLong));
    }

    #[test]
    fn a_known_decimal_comma_is_clear() {
        assert_eq!(read_with("1,127", Comma::Decimal).unwrap().value, 1.127);
        assert!(read_with("1,127,5", Comma::Decimal).is_err());
    }

    #[test]
    fn the_text_is_harmless() {
        assert_eq!(read("1\t/ 4").unwrap().text(), "1 / 4");
    }
}
