//! How many decimals a shape needs to tell its slips apart: the gradients of a deep
//! network are small, and of many lines some are hard to tell from others.

use super::border;
use super::finding::LintFinding;
use super::generate::{Known, Numbers, generate, is_found_by_chance};
use super::numbers::NumberDraw;
use super::shape::ExerciseShape;
use super::units;
use crate::lesson::Lesson;
use crate::num::Precision;

/// The decimals that are tried.
const DECIMALS: [usize; 5] = [4, 5, 6, 7, 8];

/// Exercises that are looked at, and of many lines fewer.
const MOST_DRAWS: usize = 200;
const MOST_LOOKS: usize = 20_000;

/// Of so many lines one that tells nothing can be mended.
const LINES_FOR_ONE: usize = 50;

/// Lines up to which an exercise is drawn to see whether these decimals will do.
const FEW_LINES: usize = 120;

/// The seed and the words of that exercise.
const TRIAL: (u64, &str) = (0, "how many digits");

/// The fewest decimals with which an exercise of a shape tells its slips apart, or
/// nearly: for all seeds of the shape the same. Where none of them will do, those
/// that the shape has already.
pub fn fitting_digits(shape: &ExerciseShape) -> Precision {
    let mut numbers = NumberDraw::new(TRIAL.0, 0);
    let mut drawn: Vec<Numbers> =
        (0..MOST_DRAWS).map(|_| Numbers::from(numbers.exercise(shape))).collect();
    // One that is off somewhere does not show all that can be asked.
    let is_on = |one: &&Numbers| {
        one.lesson().is_some_and(|lesson| units::units(&lesson, shape.digits).is_empty())
    };
    let typical = drawn.iter().find(is_on).or_else(|| drawn.first());
    let Some(known) = typical.and_then(|one| Some(Known::of(&one.lesson()?, shape))) else {
        return shape.digits;
    };
    let lines = known.lines().len();
    if lines == 0 {
        return shape.digits;
    }
    drawn.truncate((MOST_LOOKS / lines).clamp(10, MOST_DRAWS));
    // What chance finds with the usual digits stays as it was ever drawn.
    let usual = ExerciseShape { digits: Precision::Decimals(DECIMALS[0]), ..shape.clone() };
    if lines <= FEW_LINES && is_found_by_chance(&usual, TRIAL.0, TRIAL.1) {
        return usual.digits;
    }
    let will_do = |digits: &Precision| {
        let is_near = |one: &Numbers| {
            one.lesson().is_some_and(|lesson| is_nearly_good(&known, &lesson, *digits))
        };
        drawn.iter().any(is_near) && (lines > FEW_LINES || is_found(shape, *digits))
    };
    DECIMALS.map(Precision::Decimals).into_iter().find(will_do).unwrap_or(shape.digits)
}

/// Whether an exercise is found that tells everything apart.
fn is_found(shape: &ExerciseShape, digits: Precision) -> bool {
    let shape = ExerciseShape { digits, ..shape.clone() };
    generate(&shape, TRIAL.0, TRIAL.1).is_ok_and(|drawn| drawn.findings.is_empty())
}

/// Whether there is little to say against an exercise but for borders of rounding,
/// which are where they are with any digits.
fn is_nearly_good(known: &Known, lesson: &Lesson<'_>, digits: Precision) -> bool {
    if !units::units(lesson, digits).is_empty() {
        return false;
    }
    let most = (1 + known.lines().len() / LINES_FOR_ONE) as f64;
    let is_short = |name: &&crate::name::Name| {
        matches!(border::finding(lesson, **name, digits), Some(LintFinding::FewDigits { .. }))
    };
    let short = known.lines().iter().filter(is_short).count() as f64;
    short <= most && known.slips().count(lesson, digits, short, most) <= most
}
