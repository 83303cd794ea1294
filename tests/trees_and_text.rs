//! What the JSON writes is what it computes: every formula and every line of
//! numbers, read by the rules of written mathematics, gives the value beside it.

mod common;

use std::collections::{BTreeSet, HashMap};

use backprop_tutor::export::json;
use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::num::{self, Precision};
use backprop_tutor::scenario::embedded;
use common::decimal;
use common::plain::{bodies, exercise, pairings};
use common::program::{self, Quantity, tutor};
use common::reading::{Reader, work_out};
use common::tracked::Tracked;
use proptest::prelude::*;

/// A written number, with the error that its digits leave.
fn as_written(text: &str, digits: usize) -> Tracked {
    let value: f64 = text.parse().expect("a number reads back");
    let error = match text.split_once('e') {
        // Too small for the decimals: two digits are shown.
        Some((_, power)) if power.starts_with('-') => {
            0.5 * 10_f64.powi(power.parse::<i32>().expect("a power is a number") - 1)
        }
        Some((_, power)) => {
            let power: i32 = power.parse().expect("a power is a number");
            0.5 * 10_f64.powi(power - (digits.min(14) as i32))
        }
        // All decimals are there, or the number ends before them.
        None => {
            let decimals = text.split_once('.').map_or(0, |(_, behind)| behind.len());
            let full = decimals == digits || decimals == digits.max(GIVEN_DIGITS);
            if full { 0.5 * 10_f64.powi(-(decimals as i32)) } else { 0.0 }
        }
    };
    // No number is shown with more than 15 digits, and what adding leaves is
    // not shown.
    let noise = if digits <= 12 { 2e-15 } else { 0.0 };
    Tracked::with_error(value, error.max(noise).max(5e-15 * value.abs()))
}

/// Given numbers, and what only repeats one, have up to six decimals however
/// few are asked for: a learning rate of 0.005 is not 0.01.
const GIVEN_DIGITS: usize = 6;

/// What the names of given quantities start with.
const GIVEN: [&str; 8] = ["x", "y", "W", "b", "U", "u", "c", "alpha"];

/// How sharp the comparisons of a lesson were, at worst.
#[derive(Default)]
struct Sharpness {
    formula: f64,
    numbers: f64,
}

/// Checks formula, numbers, names and rounding of one quantity.
fn check(
    quantity: &Quantity,
    values: &HashMap<&str, f64>,
    digits: usize,
    sharpness: &mut Sharpness,
) -> Result<(), String> {
    let name = &quantity.name;
    let value = values[name.as_str()];
    let is_given = |name: &str| {
        GIVEN.iter().any(|letter| name.starts_with(*letter)) && !name.contains(['_', '/'])
    };
    let repeats = matches!((&quantity.formula, quantity.uses.as_slice()),
        (Some(formula), [only]) if formula == only && is_given(only));
    let shown = if is_given(name) || repeats { digits.max(GIVEN_DIGITS) } else { digits };
    if let Some(expected) = decimal::rounded(value, shown)
        && expected != quantity.rounded
    {
        return Err(format!("{name}: {value} is shown as {}, not {expected}", quantity.rounded));
    }
    let (Some(formula), Some(numbers)) = (&quantity.formula, &quantity.numbers) else {
        let nothing = quantity.formula.is_none() && quantity.numbers.is_none();
        let given = nothing && quantity.uses.is_empty() && quantity.section == "given";
        return if given { Ok(()) } else { Err(format!("{name} has no formula")) };
    };
    // What its own formula makes, where another number is carried on.
    let value = quantity.computed.unwrap_or(value);
    let named = |name: &str| values.get(name).copied().map(Tracked::exact);
    let reader = Reader { names: &named, number: &|text| as_written(text, 15) };
    let constant = |text: &str| Tracked::exact(text.parse().expect("a number reads back"));
    let exactly = Reader { number: &constant, ..reader };
    let (made, used) = work_out(formula, &exactly)?;
    if !made.allows_within(value, 1e-13) {
        return Err(format!("{name} = {formula} makes {:e} ± {:e}, not {value:e}", made.v, made.e));
    }
    let told: BTreeSet<String> = quantity.uses.iter().cloned().collect();
    if used != told || told.len() != quantity.uses.len() {
        return Err(format!("{name} = {formula} uses {used:?}, not {:?}", quantity.uses));
    }
    let no_names = Reader { names: &|_| None, number: &|text| as_written(text, digits) };
    let (shown, _) = work_out(numbers, &no_names)?;
    // ln(1 - 1): rounded to so few decimals, nothing is left to compute with.
    let is_defined = shown.e.is_finite();
    if (is_defined || digits == 15) && !shown.allows_within(value, 1e-13) {
        return Err(format!(
            "{name} = {numbers} makes {:e} ± {:e}, not {value:e}",
            shown.v, shown.e
        ));
    }
    let size = value.abs().max(1.0);
    sharpness.formula = sharpness.formula.max(made.e / size);
    sharpness.numbers = sharpness.numbers.max(shown.e / size);
    Ok(())
}

fn check_all(lesson: &program::Lesson, digits: usize) -> Result<Sharpness, String> {
    let values = lesson.values();
    let mut sharpness = Sharpness::default();
    for quantity in &lesson.quantities {
        check(quantity, &values, digits, &mut sharpness)?;
    }
    Ok(sharpness)
}

/// Catches a missing or misplaced bracket, a formula printed otherwise than it
/// is computed, a wrong digit, and a name that is used and not told.
#[test]
fn every_text_of_every_scenario_gives_its_value() {
    // Sums of 64 addends have more noise than the sharpness below allows.
    for file in embedded::all().iter().filter(|file| file.data.is_none()) {
        for digits in [15, 9, 4, 2, 0] {
            for more in [&["--exact"][..], &["--all-terms"]] {
                let digits_text = digits.to_string();
                let mut args =
                    vec!["run", file.name, "--apply", "--format", "json", "--digits", &digits_text];
                args.extend(more);
                let lesson = tutor(&args).lesson();
                assert_eq!(lesson.digits, digits);
                let sharpness = check_all(&lesson, digits)
                    .unwrap_or_else(|e| panic!("{} with {digits} digits: {e}", file.name));
                // A comparison that allows anything shows nothing.
                assert!(sharpness.formula < 1e-14, "{}: {}", file.name, sharpness.formula);
                if digits == 15 {
                    assert!(sharpness.numbers < 1e-13, "{}: {}", file.name, sharpness.numbers);
                }
            }
        }
    }
}

/// Catches a reader too kind to notice a missing bracket, with which the other
/// tests of this file would show nothing.
#[test]
fn the_reader_of_formulas_refuses_what_is_not_well_written() {
    let reader = Reader { names: &|_| None, number: &|text| as_written(text, 15) };
    let made = |text: &str| work_out(text, &reader).map(|(made, _)| made.v);
    for (text, value) in [
        ("-2·(-2)^2", -8.0),
        ("1/2·(1 - 3)^2", 2.0),
        ("2·3/(4·5)", 0.3),
        ("1 if -2 > 0, else 0.01·(-2)", -0.02),
        ("max(0, -3) + |-4|", 4.0),
        ("-(1 - 3) - (-1.5e-3)", 2.0015),
        ("ln(1 + exp(-(-0)))", std::f64::consts::LN_2),
    ] {
        assert!((made(text).expect("well written") - value).abs() < 1e-15, "{text}");
    }
    for text in ["2·-3", "1 + -2", "1 - -2", "2 3", "(1", "exp 1", "", "1 +", "x1", "--1", "1e"] {
        assert!(made(text).is_err(), "{text}");
    }
}

/// Catches rounding on the binary value instead of the decimal digits, and in
/// two steps instead of one.
#[test]
fn halves_are_rounded_away_from_zero_on_the_decimal_digits() {
    for thousandths in 0..=20_000_u32 {
        // …5 behind the last decimal shown, negative and positive.
        let value = (f64::from(thousandths) * 10.0 + 5.0) / 100_000.0;
        let expected = format!("{}.{:04}", (thousandths + 1) / 10_000, (thousandths + 1) % 10_000);
        assert_eq!(num::show(value, 4), expected, "{value}");
        assert_eq!(num::show(-value, 4), format!("-{expected}"), "{value}");
    }
}

/// The JSON of a lesson.
fn as_json(lesson: &Lesson<'_>, digits: usize) -> program::Lesson {
    let mut bytes = Vec::new();
    let (title, source, only) = ("random", None, None);
    let request =
        json::LessonJson { lesson, title, source, digits: digits.into(), only, checks: &[] };
    json::write(&request, &mut bytes).expect("memory can be written to");
    program::Lesson::read(&String::from_utf8(bytes).expect("JSON is UTF-8"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Catches the same in networks of any shape, activation and loss.
    #[test]
    fn every_text_of_any_network_gives_its_value(
        body in bodies(),
        digits in prop::sample::select(vec![15_usize, 6, 3]),
        plugged_in: bool,
    ) {
        for (output, loss) in pairings() {
            let plain = body.ending(output, loss, 1.0);
            let (network, sample) = (plain.network(), plain.sample());
            let settings = Settings { apply: true, plugged_in, ..Settings::default() };
            let lesson = Lesson::new(exercise(&network, &sample, 0.3), settings)
                .expect("moderate numbers stay in range");
            if let Err(error) = check_all(&as_json(&lesson, digits), digits) {
                return Err(TestCaseError::fail(format!("{} {}: {error}", output.key, loss.key)));
            }
        }
    }

    /// Catches a rounding rule that fails for some magnitude or digit count.
    #[test]
    fn any_number_is_rounded_as_a_person_does(
        mantissa in -99_999_999..=99_999_999_i64,
        power in -22..=6_i32,
        digits in 0..=15_usize,
    ) {
        let value: f64 = format!("{mantissa}e{power}").parse().expect("a number reads back");
        if let Some(expected) = decimal::rounded(value, digits) {
            prop_assert_eq!(num::show(value, digits), expected);
            prop_assert_eq!(num::round(value, digits), decimal::carried(value, digits));
        }
    }

    /// The same for significant digits, and a rounding that moves what is rounded.
    #[test]
    fn any_number_is_rounded_to_significant_digits_as_a_person_does(
        mantissa in -99_999_999..=99_999_999_i64,
        power in -22..=12_i32,
        digits in 1..=15_usize,
    ) {
        let value: f64 = format!("{mantissa}e{power}").parse().expect("a number reads back");
        let (precision, expected) = (Precision::Significant(digits), decimal::significant(value, digits));
        let rounded: f64 = expected.parse().expect("a rounded number reads back");
        prop_assert_eq!(num::show(value, precision), expected);
        prop_assert_eq!(num::round(value, precision), rounded);
        prop_assert_eq!(num::round(rounded, precision), rounded);
    }
}
