//! The key is right: what `sheet --filled` prints is marked as right, in full,
//! whatever digits are asked.

use backprop_tutor::lesson::{Exercise, Lesson, Settings};
use backprop_tutor::num::Precision;
use backprop_tutor::scenario::{self, Scenario, embedded};
use backprop_tutor::verify::{LineVerdict, Marker, MarkingRules, read};

use super::class::{Dice, asked, exercise};
use super::common::program::{tutor, tutor_on};

/// All digits that can be asked for.
fn every_precision() -> Vec<Precision> {
    let decimals = (0..=15).map(Precision::Decimals);
    decimals.chain((1..=15).map(Precision::Significant)).collect()
}

/// What is not right about the key of an exercise with so many digits.
fn faults(lesson: &Lesson<'_>, digits: Precision) -> Vec<String> {
    let naming = lesson.naming();
    let answers = asked(lesson).into_iter().filter(|name| lesson.value(*name).is_finite());
    let line = |name| format!("{} = {}\n", naming.plain(name), lesson.text(name, digits));
    let key: String = answers.map(line).collect();
    let sheet = read(key.as_bytes(), "key", lesson.network()).expect("a key is a sheet");
    let marker = Marker::new(lesson, MarkingRules::asking(digits));
    let report = marker.mark(&sheet);
    let mut faults: Vec<String> = Vec::new();
    for line in &report.lines {
        let is_right = line.verdict == LineVerdict::Right && line.credit == line.points();
        if !is_right || !line.slips().is_empty() || line.from_yours().is_some() {
            faults.push(format!("{digits}: {} {line:?}", naming.plain(line.name())));
        }
    }
    faults
}

fn lesson<'s>(scenario: &'s Scenario, exercise: Exercise<'s>) -> Option<Lesson<'s>> {
    let apply = scenario.learning_rate.is_some();
    Lesson::new(exercise, Settings { apply, ..Settings::default() }).ok()
}

#[test]
fn the_key_of_every_shipped_scenario_is_right_at_all_digits() {
    let mut found = Vec::new();
    for entry in embedded::all().iter().filter(|entry| entry.data.is_none()) {
        let scenario = scenario::load(entry.name).expect("shipped");
        let lesson = lesson(&scenario, scenario.exercise(0)).expect("finite");
        for digits in every_precision() {
            found
                .extend(faults(&lesson, digits).into_iter().map(|f| format!("{} {f}", entry.name)));
        }
    }
    assert!(
        found.is_empty(),
        "{} faults\n{}",
        found.len(),
        found[..found.len().min(12)].join("\n")
    );
}

#[test]
fn the_keys_of_random_scenarios_are_right() {
    let mut dice = Dice(0x6e1);
    let every = every_precision();
    let mut found = Vec::new();
    for _ in 0..1_000 {
        let text = exercise(&mut dice);
        let scenario = scenario::read(text.as_bytes(), "random").expect("a scenario");
        let Some(lesson) = lesson(&scenario, scenario.exercise(0)) else { continue };
        for _ in 0..6 {
            let digits = dice.pick(&every);
            found.extend(faults(&lesson, digits).into_iter().map(|f| format!("{f}\n  in {text}")));
        }
    }
    assert!(
        found.is_empty(),
        "{} faults\n{}",
        found.len(),
        found[..found.len().min(12)].join("\n")
    );
}

/// The same through the program, which says so with its exit code.
#[test]
fn the_program_takes_its_own_key() {
    for entry in embedded::all().iter().filter(|entry| entry.data.is_none()) {
        for (flag, count) in
            [("--digits", "0"), ("--digits", "4"), ("--digits", "15"), ("--significant", "1")]
        {
            let key = tutor(&["sheet", entry.name, "--filled", flag, count]).page();
            let args = ["run", entry.name, "--exact", "--verify", "-", flag, count];
            let ran = tutor_on(&key, &args);
            assert_eq!(ran.code, Some(0), "{} {flag} {count}: {}", entry.name, ran.out);
            assert!(ran.out.contains("Every line is right. Well done."), "{}", ran.out);
        }
    }
}
