//! Right sheets with one line moved by one unit of its last place, and lines off
//! at random: how many are seen, and whether a cause is made up.

use backprop_tutor::lesson::Lesson;
use backprop_tutor::name::Name;
use backprop_tutor::num;
use backprop_tutor::scenario;
use backprop_tutor::verify::LineVerdict;

use super::class::{Dice, apply, asked, exercise, marked_texts, marker_of};
use super::honest::within_reach;

const DIGITS: usize = 4;

/// Honest students per sheet, as which one looks for somebody who writes a number.
const STUDENTS: usize = 40;

/// The number with its last of [`DIGITS`] decimals moved.
fn moved(value: f64, units: f64) -> String {
    let unit = 10_f64.powi(-(DIGITS as i32));
    let moved = (value / unit).round() + units;
    format!("{:.DIGITS$}", moved * unit)
}

#[derive(Default, Debug)]
struct Seen {
    /// Lines whose exact value is short: accepted, of all.
    short: (usize, usize),
    /// Other lines: accepted, of all.
    long: (usize, usize),
    /// Of those accepted, those that a remark says are right only with results
    /// inside the line rounded.
    remarked: usize,
    /// Of those accepted, those that an honest student was found for.
    within_reach: usize,
}

fn one_unit(sheets: &[(&Lesson<'_>, Vec<(Name, String)>)], towards_zero: bool) -> Seen {
    let mut seen = Seen::default();
    for (exact, key) in sheets {
        let reached = within_reach(exact, key, DIGITS as i32, STUDENTS, &mut Dice(0x5eed));
        for (at, (name, text)) in key.iter().enumerate() {
            let right: f64 = text.parse().expect("a number");
            let sign = if right < 0.0 { -1.0 } else { 1.0 };
            let units = if towards_zero { -sign } else { sign };
            if towards_zero && right == 0.0 {
                continue;
            }
            let moved = moved(right, units);
            let value = exact.value(*name);
            let wrong: f64 = moved.parse().expect("a number");
            // What is cut off instead of rounded is right by the rules.
            let cut_off = (value - wrong) * sign;
            let is_short = num::show(value, 12).parse() == Ok(right);
            if !is_short && (0.0..1e-4 - 1e-12).contains(&cut_off) {
                continue;
            }
            let mut sheet = key.clone();
            sheet[at].1.clone_from(&moved);
            let marker = marker_of(exact, DIGITS);
            let report = marked_texts(&marker, &sheet);
            let line = report.lines.iter().find(|line| line.name() == *name).expect("asked");
            let accepted = line.verdict.counts();
            let tally = if is_short { &mut seen.short } else { &mut seen.long };
            tally.0 += usize::from(accepted);
            tally.1 += 1;
            seen.within_reach += usize::from(accepted && reached[name].contains(&moved));
            let remarked = line.remarks().any(|remark| remark.code() == "ROUNDED-INSIDE");
            seen.remarked += usize::from(accepted && remarked && !is_short);
        }
    }
    seen
}

fn key(exact: &Lesson<'_>) -> Vec<(Name, String)> {
    asked(exact).into_iter().map(|name| (name, exact.text(name, DIGITS).to_string())).collect()
}

/// Catches claims and bounds so wide that a wrong last digit passes. Moved
/// numbers that are the exact ones cut off are right, and not among these.
#[test]
fn one_unit_is_seen_where_all_operands_are_handed_in() {
    let mut dice = Dice(0x0ff);
    let texts: Vec<String> = (0..60).map(|_| exercise(&mut dice)).collect();
    let mut scenarios: Vec<_> = texts
        .iter()
        .map(|text| scenario::read(text.as_bytes(), "random").expect("a scenario"))
        .collect();
    scenarios.insert(0, scenario::load("xor").expect("shipped"));
    let lessons: Vec<Lesson<'_>> = scenarios
        .iter()
        .filter_map(|scenario| Lesson::new(scenario.exercise(0), apply()).ok())
        .collect();
    for (which, lessons) in [("xor", &lessons[..1]), ("random", &lessons[1..])] {
        let sheets: Vec<_> = lessons.iter().map(|lesson| (lesson, key(lesson))).collect();
        for towards_zero in [true, false] {
            let seen = one_unit(&sheets, towards_zero);
            let Seen { short, long, remarked, within_reach } = &seen;
            println!(
                "{which}, towards zero {towards_zero}: accepted {} of {} short, {} of {} others ({remarked} with a remark; an honest student writes {within_reach})",
                short.0, short.1, long.0, long.1
            );
            // Nothing can be cut off from a short number, and hardly anything else
            // leads next door to it.
            assert!(short.0 * 10 <= short.1, "{which}: {seen:?}");
            // Most of what is accepted must be: somebody honest writes it.
            let made_up = short.0 + long.0 - within_reach;
            assert!(made_up * 8 <= short.1 + long.1, "{which}: {seen:?}");
            let most = if towards_zero { 4 } else { 3 };
            assert!(long.0 * most <= long.1, "{which}: {seen:?}");
        }
    }
}

/// Catches causes that are stated for numbers that are merely wrong.
#[test]
fn a_number_off_at_random_has_no_cause() {
    let mut dice = Dice(0xacc1);
    let (mut tried, mut stated, mut offered) = (0, 0, 0);
    let mut codes = std::collections::BTreeMap::new();
    while tried < 4_000 {
        let text = exercise(&mut dice);
        let scenario = scenario::read(text.as_bytes(), "random").expect("a scenario");
        let Ok(exact) = Lesson::new(scenario.exercise(0), apply()) else { continue };
        let names = asked(&exact);
        let name = names[dice.below(names.len())];
        let value = exact.value(name);
        let off = (0.002 + 0.018 * dice.share()) * if dice.once_in(2) { -1.0 } else { 1.0 };
        let wrong = num::show(value * (1.0 + off), DIGITS).to_string();
        if value == 0.0 || wrong == exact.text(name, DIGITS).as_str() {
            continue;
        }
        let mut sheet = key(&exact);
        sheet.retain(|(other, _)| *other != name);
        let later = sheet.iter().position(|(other, _)| asked_later(&names, *other, name));
        sheet.truncate(later.unwrap_or(sheet.len()));
        sheet.push((name, wrong));
        let marker = marker_of(&exact, DIGITS);
        let report = marked_texts(&marker, &sheet);
        let line = report.lines.iter().find(|line| line.name() == name).expect("asked");
        if line.verdict != LineVerdict::Wrong {
            continue;
        }
        tried += 1;
        offered += usize::from(!line.slips().is_empty());
        if line.slips().iter().any(|finding| finding.certain) {
            stated += 1;
            for finding in line.slips() {
                *codes.entry(finding.slip.code()).or_insert(0) += 1;
            }
        }
    }
    println!(
        "{tried} wrong at random, a cause stated for {stated}, offered for {offered}; {codes:?}"
    );
    assert!(stated * 50 <= tried, "{stated} causes stated for {tried} random numbers");
}

fn asked_later(names: &[Name], other: Name, name: Name) -> bool {
    let place = |wanted| names.iter().position(|name| *name == wanted);
    place(other) > place(name)
}
