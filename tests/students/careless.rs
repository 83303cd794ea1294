//! Careless students: one slip each, on a line handed in or left out. They are
//! caught, the slip is named, and it costs one line.

use std::collections::BTreeMap;

use backprop_tutor::expr::evaluate;
use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::name::{Name, NameMap};
use backprop_tutor::num::{self, Written};
use backprop_tutor::scenario;
use backprop_tutor::verify::{LineVerdict, Marker, Report, ReportLine, Slip, slips};

use super::class::{Dice, apply, asked, exercise, marked_texts, marker_of};

/// The marks of what somebody wrote who works by this lesson.
pub(crate) fn marked_of<'m>(
    marker: &'m Marker<'m>,
    wrote: &Lesson<'_>,
    digits: usize,
    names: &[Name],
) -> Report<'m> {
    let answers: Vec<(Name, String)> =
        names.iter().map(|name| (*name, wrote.text(*name, digits).to_string())).collect();
    marked_texts(marker, &answers)
}

/// What somebody slipped on, and what came out.
struct Slipped {
    name: Name,
    slip: Slip,
    value: f64,
}

fn slip_on_a_line(dice: &mut Dice, by_hand: &Lesson<'_>, names: &[Name]) -> Option<Slipped> {
    let name = names[dice.below(names.len())];
    let candidates = slips::candidates(by_hand, name);
    if candidates.is_empty() {
        return None;
    }
    let candidate = &candidates[dice.below(candidates.len())];
    let value = evaluate(&candidate.expr, &|leaf| by_hand.value(leaf));
    Some(Slipped { name, slip: candidate.slip, value })
}

#[derive(Default)]
struct Tally {
    moved: usize,
    caught: usize,
    named: usize,
    stated: usize,
    /// Another cause was stated.
    misled: usize,
}

fn careless(dice: &mut Dice, students: usize) -> BTreeMap<&'static str, Tally> {
    let mut tallies: BTreeMap<&'static str, Tally> = BTreeMap::new();
    let mut done = 0;
    while done < students {
        let text = exercise(dice);
        let scenario = scenario::read(text.as_bytes(), "random").expect("a scenario");
        let digits = dice.pick(&[3, 4, 5]);
        let (Ok(exact), Ok(by_hand)) = (
            Lesson::new(scenario.exercise(0), apply()),
            Lesson::new(scenario.exercise(0), Settings { by_hand: Some(digits.into()), ..apply() }),
        ) else {
            continue;
        };
        let names = asked(&exact);
        let Some(Slipped { name, slip, value }) = slip_on_a_line(dice, &by_hand, &names) else {
            continue;
        };
        if !value.is_finite() {
            continue;
        }
        let wrote = num::show(value, digits);
        let carried = NameMap::from_iter([(name, Written::read(&wrote).expect("a number"))]);
        let settings = Settings { by_hand: Some(digits.into()), carried, ..apply() };
        let Ok(lesson) = Lesson::new(scenario.exercise(0), settings) else { continue };
        // Outside of 0 to 1 there is no logarithm to go on with.
        let logarithm = text.contains("cross_entropy");
        let outside = |name| logarithm && !(0.0..=1.0).contains(&lesson.value(name));
        let last = exact.network().depth() - 1;
        let outputs = (0..exact.network().outputs() as u32)
            .map(|unit| backprop_tutor::name::Symbol::Out { layer: last, unit });
        if outputs.flat_map(|out| [Name::Value(out), Name::New(out)]).any(outside) {
            continue;
        }
        done += 1;
        if wrote == by_hand.text(name, digits) {
            continue;
        }
        let marker = marker_of(&exact, digits);
        let report = marked_of(&marker, &lesson, digits, &names);
        let tally = tallies.entry(slip.code()).or_default();
        tally.moved += 1;
        let line: &ReportLine =
            report.lines.iter().find(|line| line.name() == name).expect("asked");
        // A number of few digits that tells nothing earns nothing.
        let tells_nothing = line.remarks().any(|remark| remark.code() == "TELLS-NOTHING");
        tally.caught += usize::from(line.verdict == LineVerdict::Wrong || tells_nothing);
        let is_it = |line: &ReportLine| line.slips().iter().any(|finding| finding.slip == slip);
        let is_stated = line.slips().iter().any(|finding| finding.certain);
        tally.named += usize::from(is_it(line));
        tally.stated += usize::from(is_it(line) && is_stated);
        tally.misled += usize::from(!is_it(line) && is_stated);
        // One slip is one wrong line: what comes of it follows.
        for other in report.lines.iter().filter(|other| other.name() != name) {
            assert!(
                other.verdict != LineVerdict::Wrong,
                "{text}\n{digits} digits, {} at {} = {wrote}: {} {other:?}",
                slip.code(),
                exact.naming().plain(name),
                exact.naming().plain(other.name())
            );
        }
    }
    tallies
}

struct Shares {
    caught: f64,
    named: f64,
    misled: f64,
}

fn shares(tallies: &BTreeMap<&'static str, Tally>) -> Shares {
    let sum = |of: fn(&Tally) -> usize| tallies.values().map(of).sum::<usize>() as f64;
    let moved = sum(|tally| tally.moved);
    Shares {
        caught: sum(|tally| tally.caught) / moved,
        named: sum(|tally| tally.named) / moved,
        misled: sum(|tally| tally.misled) / moved,
    }
}

/// Catches tolerances that swallow slips, and lines that lose credit for a slip
/// made before them.
#[test]
fn careless_students_are_caught() {
    let tallies = careless(&mut Dice(0xca7e), 4_000);
    for (code, Tally { moved, caught, named, stated, misled }) in &tallies {
        println!(
            "{code:24} {moved:5} moved, {caught:5} caught, {named:5} named, {stated:5} stated, {misled:3} misled"
        );
    }
    let Shares { caught, named, misled } = shares(&tallies);
    println!("caught {caught:.4}, named {named:.4}, misled {misled:.4}");
    assert!(caught >= 0.96, "caught {caught}");
    // Of so few students the share is off by half a percent either way.
    assert!(named >= 0.925, "named {named}");
    assert!(misled <= 0.01, "misled {misled}");
}

/// The same for a hundred thousand, with the figures printed.
#[test]
#[ignore = "takes minutes: cargo test --release --test students -- --ignored --nocapture"]
fn a_hundred_thousand_careless_students_are_caught() {
    let tallies = careless(&mut Dice(0xbad_ca7e), 100_000);
    let Shares { caught, named, misled } = shares(&tallies);
    println!(
        "100,000 careless students: caught {caught:.4}, named {named:.4} of the slips that move a digit; another cause stated {misled:.4}"
    );
    assert!(caught >= 0.96 && named >= 0.93, "caught {caught}, named {named}");
}

/// Somebody slips on a line that is not handed in, nor are half of the others.
#[derive(Default)]
struct Hidden {
    /// Sheets on which some number is moved.
    moved: usize,
    /// Some line is wrong.
    caught: usize,
    /// The slip is named at the first wrong line.
    named: usize,
    /// One line is wrong; the others follow.
    once: usize,
}

fn hidden(dice: &mut Dice, students: usize) -> Hidden {
    let mut tally = Hidden::default();
    while tally.moved < students {
        let text = exercise(dice);
        let scenario = scenario::read(text.as_bytes(), "random").expect("a scenario");
        let (Ok(exact), Ok(by_hand)) = (
            Lesson::new(scenario.exercise(0), apply()),
            Lesson::new(scenario.exercise(0), Settings { by_hand: Some(4.into()), ..apply() }),
        ) else {
            continue;
        };
        let names = asked(&exact);
        let Some(Slipped { name, slip, value }) = slip_on_a_line(dice, &by_hand, &names) else {
            continue;
        };
        let Some(written) = Written::read(&num::show(value, 4)) else { continue };
        let carried = NameMap::from_iter([(name, written)]);
        let settings = Settings { by_hand: Some(4.into()), carried, ..apply() };
        let Ok(lesson) = Lesson::new(scenario.exercise(0), settings) else { continue };
        let handed_in: Vec<Name> =
            names.into_iter().filter(|other| *other != name && dice.once_in(2)).collect();
        if handed_in.iter().all(|name| lesson.text(*name, 4) == by_hand.text(*name, 4)) {
            continue;
        }
        tally.moved += 1;
        let marker = marker_of(&exact, 4);
        let report = marked_of(&marker, &lesson, 4, &handed_in);
        let wrong = report.lines.iter().filter(|line| line.verdict == LineVerdict::Wrong);
        tally.once += usize::from(wrong.count() == 1);
        if let Some(first) = report.first_wrong() {
            tally.caught += 1;
            tally.named += usize::from(first.slips().iter().any(|found| found.slip == slip));
        }
    }
    tally
}

/// Catches slips that are held against every line that comes of them.
#[test]
fn a_slip_on_a_line_left_out_is_found_behind() {
    let Hidden { moved, caught, named, once } = hidden(&mut Dice(0x41dde), 4_000);
    println!("{moved} moved, {caught} caught, {named} named, {once} wrong once");
    assert!(named * 100 >= caught * 80, "{named} named of {caught}");
    assert!(once * 100 >= caught * 90, "{once} once of {caught}");
}
