//! What a sheet shows of the digits that somebody works with, rule by rule.

use super::*;

/// A line as it is written, and its exact value.
fn shown(text: &str, expected: f64) -> Shown {
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    Shown::new(text.parse().expect("a number"), decimals as i32, expected)
}

/// Lines with four decimals, rounded, whose significant digits differ.
fn four_decimals(count: usize) -> Vec<Shown> {
    let lines = [
        ("0.5970", 0.597_02),
        ("-0.0168", -0.016_76),
        ("1.1270", 1.127_042),
        ("0.0023", 0.002_319),
        ("12.4071", 12.407_14),
        ("0.0452", 0.045_23),
    ];
    lines.iter().cycle().take(count).map(|(text, expected)| shown(text, *expected)).collect()
}

/// Four decimals and so many coarser lines.
fn with_coarse(fine: usize, text: &str, expected: f64, coarse: usize) -> Vec<Shown> {
    let coarse = std::iter::repeat_n(shown(text, expected), coarse);
    four_decimals(fine).into_iter().chain(coarse).collect()
}

fn scales(lines: &[Shown], asked: u32) -> Vec<Scale> {
    let working = WorkingScale::shown_by(lines, Precision::Decimals(asked as usize));
    working.scales.into_iter().flatten().collect()
}

#[test]
fn zero_and_one_say_nothing_unless_they_have_decimals() {
    let tells = |text: &str| shown(text, 0.5).tells_digits();
    assert!(!tells("0") && !tells("1") && !tells("-1") && !tells("0.000"));
    assert!(tells("2") && tells("1.0") && tells("-1.00") && tells("0.3"));
    // Who has nothing else shows nothing, and is taken to do what is asked.
    assert_eq!(scales(&[shown("0", 0.0), shown("1", 1.0)], 3), [Scale::Decimals(3)]);
}

#[test]
fn the_unit_is_that_of_the_last_place() {
    let near = |a: f64, b: f64| (a - b).abs() < 1e-15;
    assert!(near(Scale::Decimals(2).unit(5.0), 0.01));
    assert!(near(Scale::Significant(2).unit(0.034), 0.001));
    assert_eq!(Scale::Significant(2).unit(0.0), 0.0, "0 has no last place");
    let both = [Scale::Decimals(2), Scale::Significant(2)];
    let working = WorkingScale::of(both, None, Cutting::No);
    assert!(near(working.unit(0.034), 0.01) && near(working.finest_unit(0.034), 0.001));
    assert!(near(working.finest_unit(0.0), 0.01), "0 is no unit");
}

#[test]
fn one_coarser_line_in_seven_says_nothing_and_more_do() {
    // 0.60 for 0.59702: thirty units of a finer line off, and rightly rounded.
    let coarse = |fine, count| with_coarse(fine, "0.60", 0.597_02, count);
    assert_eq!(scales(&four_decimals(12), 4), [Scale::Decimals(4)]);
    assert_eq!(scales(&coarse(12, 2), 4), [Scale::Decimals(4)], "two of fourteen");
    assert_eq!(
        scales(&coarse(11, 2), 4),
        [Scale::Decimals(2), Scale::Decimals(4)],
        "two of thirteen"
    );
}

#[test]
fn coarse_lines_that_are_off_or_short_say_nothing() {
    let fine = [Scale::Decimals(4)];
    let coarse = [Scale::Decimals(2), Scale::Decimals(4)];
    // A wrong number may come from anything: beyond two units of its own it is off.
    assert_eq!(scales(&with_coarse(11, "0.61", 0.597_02, 2), 4), coarse, "1.3 units off");
    assert_eq!(scales(&with_coarse(11, "0.57", 0.597_02, 2), 4), fine, "2.7 units off");
    // Up to three of the finer units from the exact value it only leaves out zeros.
    assert_eq!(scales(&with_coarse(11, "0.60", 0.599_78, 2), 4), fine, "2.2 finer units");
    assert_eq!(scales(&with_coarse(11, "0.60", 0.599_62, 2), 4), coarse, "3.8 finer units");
}

#[test]
fn nobody_is_taken_to_work_coarser_than_two_digits_unless_fewer_are_asked() {
    let lines: Vec<Shown> = [
        ("0.6", 0.597),
        ("1.1", 1.127),
        ("12.4", 12.407),
        ("0.1", 0.122),
        ("145.3", 145.271),
        ("3.7", 3.713),
    ]
    .map(|(text, expected)| shown(text, expected))
    .to_vec();
    assert_eq!(scales(&lines, 4), [Scale::Decimals(2)]);
    assert_eq!(scales(&lines, 1), [Scale::Decimals(1)]);
}

#[test]
fn of_many_levels_the_three_coarsest_count() {
    let level = |decimals: usize| {
        [0.594_364_3, 1.124_636_4, 12.405_336_2, 0.075_634_7]
            .map(|value: f64| shown(&format!("{value:.decimals$}"), value))
    };
    let lines = [level(2), level(3), level(4), level(5)].concat();
    // Of either kind, where both may be meant.
    let three = [2, 3, 4];
    let both = [three.map(Scale::Decimals), three.map(Scale::Significant)];
    assert_eq!(scales(&lines, 5), both.concat());
}

/// What lines say of cutting off that end so many units beyond what is written.
fn cutting(shares: &[(f64, usize)]) -> Cutting {
    let line = |share: f64| shown("0.3000", 0.3 + share * 1e-4);
    let lines: Vec<Shown> =
        shares.iter().flat_map(|(share, count)| vec![line(*share); *count]).collect();
    Cutting::shown_by(&lines)
}

#[test]
fn who_cuts_off_never_rounds_up() {
    assert_eq!(cutting(&[(0.7, 1)]), Cutting::Yes, "one line is cut off, none rounded up");
    assert_eq!(cutting(&[(0.7, 1), (-0.3, 1)]), Cutting::Yes, "as many as are rounded up");
    assert_eq!(cutting(&[(0.7, 1), (-0.3, 2)]), Cutting::Perhaps);
    // Five lines that only rounding explains, and three for each that is cut off.
    assert_eq!(cutting(&[(-0.3, 5)]), Cutting::Perhaps);
    assert_eq!(cutting(&[(-0.3, 6)]), Cutting::No);
    assert_eq!(cutting(&[(0.7, 1), (-0.3, 8)]), Cutting::Perhaps);
    assert_eq!(cutting(&[(0.7, 1), (-0.3, 9)]), Cutting::No);
}

#[test]
fn only_lines_that_are_rounded_or_cut_off_speak_of_cutting_off() {
    // A tie that went down was rounded; what is cut off on the way adds up to a dozen.
    assert_eq!(cutting(&[(0.5, 1), (-0.3, 6)]), Cutting::No);
    assert_eq!(cutting(&[(11.3, 1)]), Cutting::Yes);
    assert_eq!(cutting(&[(15.3, 1)]), Cutting::Perhaps, "that is a wrong number");
    assert_eq!(cutting(&[(-0.7, 6)]), Cutting::Perhaps, "so is that");
    assert_eq!(cutting(&[(0.3, 9)]), Cutting::Perhaps, "rounded down or cut off");
    assert_eq!(cutting(&[(0.0, 9)]), Cutting::Perhaps, "nothing was left to shorten");
}

/// What somebody with one decimal makes of an interval.
fn shortened(scale: Scale, lo: f64, hi: f64, shortening: Shortening) -> Vec<Interval> {
    let working = WorkingScale::of([scale], None, Cutting::Perhaps);
    let mut pieces = Vec::new();
    working.shortened(Interval { lo, hi }, shortening, |piece| pieces.push(piece));
    pieces
}

fn is(pieces: &[Interval], expected: &[(f64, f64)]) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
    pieces.len() == expected.len()
        && pieces
            .iter()
            .zip(expected)
            .all(|(piece, (lo, hi))| near(piece.lo, *lo) && near(piece.hi, *hi))
}

#[test]
fn few_numbers_are_kept_apart_and_many_are_not() {
    let tenths = |lo, hi| shortened(Scale::Decimals(1), lo, hi, Shortening::Rounded);
    assert!(is(&tenths(0.06, 0.34), &[(0.1, 0.1), (0.2, 0.2), (0.3, 0.3)]));
    assert!(is(&tenths(0.06, 0.44), &[(0.1, 0.4)]));
    assert!(is(&tenths(f64::NEG_INFINITY, 0.4), &[]), "what has no end has no digits");
}

#[test]
fn a_tie_goes_either_way_and_what_is_near_one_does_not() {
    let tenths = |value| shortened(Scale::Decimals(1), value, value, Shortening::Rounded);
    assert!(is(&tenths(0.25), &[(0.2, 0.2), (0.3, 0.3)]));
    assert!(is(&tenths(-0.25), &[(-0.3, -0.3), (-0.2, -0.2)]));
    assert!(is(&tenths(0.24), &[(0.2, 0.2)]) && is(&tenths(0.26), &[(0.3, 0.3)]));
    // To a billionth of the number; of long ones to half a millionth of a unit.
    assert_eq!(tenths(0.25 + 2e-10).len(), 2);
    assert_eq!(tenths(0.25 + 4e-10).len(), 1);
    let ones = |value| shortened(Scale::Decimals(0), value, value, Shortening::Rounded);
    assert_eq!(ones(1e6 + 0.5 + 0.4e-6).len(), 2);
    assert_eq!(ones(1e6 + 0.5 + 0.6e-6).len(), 1);
}

#[test]
fn cutting_off_goes_towards_zero() {
    let tenths = |value| shortened(Scale::Decimals(1), value, value, Shortening::CutOff);
    assert!(is(&tenths(0.29), &[(0.2, 0.2)]) && is(&tenths(-0.29), &[(-0.2, -0.2)]));
    // 0.1 + 0.2 is a hair above 0.3, and 0.3 a hair below three tenths: nothing is cut.
    assert!(is(&tenths(0.1 + 0.2), &[(0.3, 0.3)]) && is(&tenths(0.3 - 1e-16), &[(0.3, 0.3)]));
}

#[test]
fn zero_is_zero_with_any_number_of_significant_digits() {
    let two = |lo, hi| shortened(Scale::Significant(2), lo, hi, Shortening::Rounded);
    assert!(is(&two(0.0, 0.0), &[]));
    assert!(is(&two(0.0, 0.123), &[(0.0, 0.12)]), "the other end has digits");
    assert!(is(&two(-0.123, 0.0), &[(-0.12, 0.0)]));
}

#[test]
fn nothing_is_moved_farther_than_the_shift() {
    let both = WorkingScale::of([Scale::Decimals(1), Scale::Significant(1)], None, Cutting::No);
    for working in [WorkingScale::asked(Precision::Decimals(0)), both] {
        for value in [0.0, 0.37, 0.5, -1.5, 12.5, -499.5, 1e6 + 0.5 + 0.4e-6, 95.0, 0.05] {
            let shift = working.shift(Interval::point(value));
            let moved = |piece: Interval| (piece.lo - value).abs().max((piece.hi - value).abs());
            let check = |piece| assert!(moved(piece) <= shift, "{value} becomes {piece:?}");
            working.shortened(Interval::point(value), Shortening::Rounded, check);
        }
    }
    let near = |a: f64, b: f64| (a - b).abs() < 1e-6 * b;
    // The larger end counts, and the larger unit; cutting off takes up to a whole one.
    let range = Interval::between(-123.0, 2.0);
    assert!(near(both.shift(range), 50.0));
    assert_eq!(both.cutting_off().shift(range), 100.0);
}

#[test]
fn a_number_of_few_digits_is_kept() {
    let keeps = |scales: &[Scale], number| {
        WorkingScale::of(scales.iter().copied(), None, Cutting::No).keeps(number)
    };
    let (four, three) = (Scale::Decimals(4), Scale::Significant(3));
    assert!(keeps(&[four], 0.1234) && keeps(&[four], 0.1 + 0.2) && keeps(&[four], 0.0));
    assert!(!keeps(&[four], 0.12345));
    assert!(keeps(&[three], 10.4) && keeps(&[three], 0.0104) && !keeps(&[three], 10.41));
    assert!(keeps(&[three], 0.0), "0 has no digits to leave out");
    assert!(keeps(&[Scale::Decimals(0)], 7.0) && !keeps(&[Scale::Decimals(0)], 7.5));
    assert!(keeps(&[four, three], 10.4) && !keeps(&[four, three], 10.41), "by all of them");
}

#[test]
fn sums_stay_on_one_grid_of_decimals_alone() {
    let has_one = |scales: &[Scale]| {
        WorkingScale::of(scales.iter().copied(), None, Cutting::No).has_one_grid()
    };
    assert!(has_one(&[Scale::Decimals(4)]) && !has_one(&[Scale::Significant(4)]));
    assert!(!has_one(&[Scale::Decimals(4), Scale::Decimals(3)]));
    let perhaps = |scale| WorkingScale::of([Scale::Decimals(4)], Some(scale), Cutting::No);
    assert!(perhaps(Scale::Significant(3)).has_one_grid(), "that is not reckoned with");
    assert!(!perhaps(Scale::Significant(3)).by_either_digits().has_one_grid());
}
