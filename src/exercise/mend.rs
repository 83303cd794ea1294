//! Mends an exercise: one number after the other is drawn again, and stays where
//! that leaves no more to say against it.

use super::border;
use super::finding::LintFinding;
use super::generate::{Known, Numbers, findings};
use super::numbers::NumberDraw;
use super::shape::ExerciseShape;
use super::units;
use crate::lesson::Lesson;
use crate::num::Precision;

/// Numbers that are drawn again; of many lines fewer, since each is looked at.
const MOST_TRIES: usize = 12_000;
const LEAST_TRIES: usize = 1_500;
const MOST_LOOKS: usize = 3_000_000;

/// Numbers that are drawn again at once where one alone has not helped for so many
/// tries.
const STUCK: usize = 200;
const AT_ONCE: usize = 3;

/// Where so little is left to say, it is tried so many times longer.
const NEARLY: f64 = 2.0;
const NEARLY_THERE: usize = 4;

/// What is held against a unit that lets nothing through, a line with too few
/// digits, and one near a border; a slip that is not told apart counts 1. A unit that
/// is off has no lines to speak of, which must not look like a gain.
const FLAT: f64 = 1000.0;
const FEW: f64 = 1.0;
const NEAR: f64 = 0.5;

/// The best that is found, and how many were tried.
pub(super) fn mend(
    shape: &ExerciseShape,
    first: Numbers,
    numbers: &mut NumberDraw,
) -> (Numbers, usize) {
    let Some(mut known) = known_of(&first, shape) else { return (first, 0) };
    let most = (MOST_LOOKS / known.lines().len().max(1)).clamp(LEAST_TRIES, MOST_TRIES);
    let held = |known: &Known, one: &Numbers, at_most: f64| {
        one.lesson().map_or(f64::INFINITY, |lesson| against(known, &lesson, shape.digits, at_most))
    };
    let mut best = first;
    let mut least = held(&known, &best, f64::INFINITY);
    let mut since = 0;
    let mut tries = 0;
    while tries < most || (least <= NEARLY && tries < NEARLY_THERE * most) {
        tries += 1;
        if least == 0.0 {
            if best.lesson().is_some_and(|one| findings(&one, shape).is_empty()) {
                return (best, tries);
            }
            // It asks for lines that the first did not have.
            if let Some(other) = known_of(&best, shape) {
                known = other;
                least = held(&known, &best, f64::INFINITY);
            }
        }
        let mut other = best.clone();
        for _ in 0..if since < STUCK { 1 } else { AT_ONCE } {
            numbers.change(shape, &mut other);
        }
        let now = held(&known, &other, least);
        since = if now < least { 0 } else { since + 1 };
        if now <= least {
            (best, least) = (other, now);
        }
    }
    (best, tries)
}

fn known_of(numbers: &Numbers, shape: &ExerciseShape) -> Option<Known> {
    numbers.lesson().map(|lesson| Known::of(&lesson, shape))
}

/// How much there is to say against an exercise; of more than `at_most` only that
/// it is more.
fn against(known: &Known, lesson: &Lesson<'_>, digits: Precision, at_most: f64) -> f64 {
    let mut sum = FLAT * units::units(lesson, digits).len() as f64;
    for name in known.lines() {
        sum += match border::finding(lesson, *name, digits) {
            Some(LintFinding::FewDigits { value, .. }) => {
                // The nearer to enough, the better.
                let missing = (digits.unit_of(value) * 10.0 / value.abs()).log10();
                FEW + missing.clamp(0.0, 9.0) / 10.0
            }
            Some(_) => NEAR,
            None => 0.0,
        };
        if sum > at_most {
            return sum;
        }
    }
    known.slips().count(lesson, digits, sum, at_most)
}
