//! Draws exercises until one tells everything apart.

use thiserror::Error;

use super::apart::Slips;
use super::lint::{Lint, lines, lint};
use super::numbers::{NumberDraw, stream_of};
use super::shape::ExerciseShape;
use super::{border, units};
use crate::lesson::{Exercise, Lesson, Settings};
use crate::name::Name;
use crate::network::{Network, Sample};
use crate::verify::MarkingRules;

/// Draws before a shape is given up.
const MOST_DRAWS: usize = 40_000;

/// An exercise that was drawn.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Layers and loss.
    pub network: Network,
    /// What goes in, and what should come out.
    pub sample: Sample,
    /// α
    pub learning_rate: f64,
    /// How many were drawn until this one was good.
    pub draws: usize,
}

/// None of many exercises of a shape tells everything apart.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error(
    "of {MOST_DRAWS} exercises of the shape {shape} none tells every slip apart at the digits asked"
)]
pub struct NotFound {
    shape: String,
}

/// Draws an exercise that [`lint`](super::lint()) has nothing to say against.
/// The same shape, seed and words give the same one.
///
/// # Errors
/// If none is found.
pub fn generate(shape: &ExerciseShape, seed: u64, words: &str) -> Result<Drawn, NotFound> {
    let mut numbers = NumberDraw::new(seed, stream_of(words));
    let mut known: Option<Known> = None;
    for draws in 1..=MOST_DRAWS {
        let (network, sample, learning_rate) = numbers.exercise(shape);
        let exercise = Exercise {
            network: &network,
            sample: &sample,
            learning_rate: Some(learning_rate),
            update_biases: true,
        };
        let settings = Settings { apply: true, ..Settings::default() };
        let Ok(lesson) = Lesson::new(exercise, settings) else { continue };
        let has_flat_units = !units::units(&lesson, shape.digits).is_empty();
        if has_flat_units {
            continue;
        }
        let known = known.get_or_insert_with(|| Known::of(&lesson, shape));
        if known.is_good(&lesson, shape) && is_good(&lesson, shape) {
            return Ok(Drawn { network, sample, learning_rate, draws });
        }
    }
    Err(NotFound { shape: shape.text() })
}

/// What is the same for all exercises of a shape.
struct Known {
    lines: Vec<Name>,
    slips: Slips,
}

impl Known {
    fn of(lesson: &Lesson<'_>, shape: &ExerciseShape) -> Self {
        let lines = lines(lesson, MarkingRules::asking(shape.digits)).unwrap_or_default();
        let slips = Slips::of(lesson, &lines);
        Self { lines, slips }
    }

    /// Whether an exercise may be good: what is quickly said first.
    fn is_good(&self, lesson: &Lesson<'_>, shape: &ExerciseShape) -> bool {
        let digits = shape.digits;
        self.lines.iter().all(|name| border::finding(lesson, *name, digits).is_none())
            && self.slips.are_apart(lesson, digits)
    }
}

fn is_good(lesson: &Lesson<'_>, shape: &ExerciseShape) -> bool {
    let request = Lint { lesson, rules: MarkingRules::asking(shape.digits), reference: None };
    lint(&request).is_ok_and(|found| found.is_empty())
}
