//! Draws exercises until one tells everything apart; of a shape for which none is
//! found, one is mended number by number, and says what it does not tell apart.

use thiserror::Error;

use super::apart::Slips;
use super::finding::LintFinding;
use super::lint::{Lint, TooLarge, lines, lint};
use super::numbers::{NumberDraw, stream_of};
use super::shape::ExerciseShape;
use super::{border, mend, units};
use crate::lesson::{Exercise, Lesson, Settings};
use crate::name::Name;
use crate::network::{Network, Sample};
use crate::verify::MarkingRules;

/// Draws before one is mended; of so many lines that chance alone hardly ever
/// leaves none near a border, fewer.
const MOST_DRAWS: usize = 40_000;
const FEW_DRAWS: usize = 500;
const MANY_LINES: usize = 400;

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
    /// What is left to say against it: nothing, where some exercise of the shape
    /// was found that tells everything apart.
    pub findings: Vec<LintFinding>,
    /// Whether it asks for so much that nobody looked for slips in it.
    pub too_large: Option<TooLarge>,
}

/// None of many exercises of a shape can be computed.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("no exercise of the shape {shape} has numbers that stay in the range of an f64")]
pub struct NotFound {
    shape: String,
}

/// Numbers of an exercise.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    pub(super) network: Network,
    pub(super) sample: Sample,
    pub(super) rate: f64,
}

impl Numbers {
    /// The lesson of these numbers, with its update.
    pub(super) fn lesson(&self) -> Option<Lesson<'_>> {
        let exercise = Exercise {
            network: &self.network,
            sample: &self.sample,
            learning_rate: Some(self.rate),
            update_biases: true,
        };
        Lesson::new(exercise, Settings { apply: true, ..Settings::default() }).ok()
    }

    fn drawn(self, draws: usize) -> Drawn {
        let Self { network, sample, rate } = self;
        let (findings, too_large) = (Vec::new(), None);
        Drawn { network, sample, learning_rate: rate, draws, findings, too_large }
    }
}

/// Draws an exercise that [`lint`](super::lint()) has nothing to say against, or as
/// little as is found. The same shape, seed and words give the same one.
///
/// # Errors
/// If none of the shape can be computed.
pub fn generate(shape: &ExerciseShape, seed: u64, words: &str) -> Result<Drawn, NotFound> {
    let mut numbers = NumberDraw::new(seed, stream_of(words));
    let (first, draws) = match by_chance(shape, &mut numbers)? {
        ByChance::Found(drawn) => return Ok(drawn),
        ByChance::None { first, draws } => (first, draws),
    };
    let (found, tries) = mend::mend(shape, first, &mut numbers);
    let findings = found.lesson().map_or_else(Vec::new, |lesson| findings(&lesson, shape));
    Ok(Drawn { findings, ..found.drawn(draws + tries) })
}

/// Whether drawing alone finds a good exercise of a shape.
pub(super) fn is_found_by_chance(shape: &ExerciseShape, seed: u64, words: &str) -> bool {
    let mut numbers = NumberDraw::new(seed, stream_of(words));
    matches!(by_chance(shape, &mut numbers), Ok(ByChance::Found(_)))
}

/// What drawing again and again comes to.
enum ByChance {
    Found(Drawn),
    /// None is good: the first that can be computed, if possible with every unit on,
    /// and how many were drawn.
    None {
        first: Numbers,
        draws: usize,
    },
}

fn by_chance(shape: &ExerciseShape, numbers: &mut NumberDraw) -> Result<ByChance, NotFound> {
    let mut known: Option<Known> = None;
    let mut first: Option<Numbers> = None;
    let mut most = MOST_DRAWS;
    let mut draws = 0;
    while draws < most {
        draws += 1;
        let drawn = Numbers::from(numbers.exercise(shape));
        let Some(lesson) = drawn.lesson() else { continue };
        if first.is_none() {
            match lines(&lesson, MarkingRules::asking(shape.digits)) {
                Ok(lines) if lines.len() > MANY_LINES => most = FEW_DRAWS,
                Ok(_) => {}
                Err(too_large) => {
                    drop(lesson);
                    let drawn = Drawn { too_large: Some(too_large), ..drawn.drawn(draws) };
                    return Ok(ByChance::Found(drawn));
                }
            }
        }
        let has_flat_units = !units::units(&lesson, shape.digits).is_empty();
        let is_first_of_its_kind = first.is_none() || (!has_flat_units && known.is_none());
        if !has_flat_units {
            let known = known.get_or_insert_with(|| Known::of(&lesson, shape));
            if known.is_good(&lesson, shape) && findings(&lesson, shape).is_empty() {
                drop(lesson);
                return Ok(ByChance::Found(drawn.drawn(draws)));
            }
        }
        // One that is off somewhere does not show all that can be asked.
        if is_first_of_its_kind {
            drop(lesson);
            first = Some(drawn);
        }
    }
    let first = first.ok_or_else(|| NotFound { shape: shape.text() })?;
    Ok(ByChance::None { first, draws })
}

/// What is the same for all exercises of a shape.
pub(super) struct Known {
    lines: Vec<Name>,
    slips: Slips,
}

impl Known {
    pub(super) fn of(lesson: &Lesson<'_>, shape: &ExerciseShape) -> Self {
        let lines = lines(lesson, MarkingRules::asking(shape.digits)).unwrap_or_default();
        let slips = Slips::of(lesson, &lines);
        Self { lines, slips }
    }

    /// The lines that are asked.
    pub(super) fn lines(&self) -> &[Name] {
        &self.lines
    }

    /// The slips in them.
    pub(super) const fn slips(&self) -> &Slips {
        &self.slips
    }

    /// Whether an exercise may be good: what is quickly said first.
    fn is_good(&self, lesson: &Lesson<'_>, shape: &ExerciseShape) -> bool {
        let digits = shape.digits;
        self.lines.iter().all(|name| border::finding(lesson, *name, digits).is_none())
            && self.slips.are_apart(lesson, digits)
    }
}

/// All that there is to say against an exercise.
pub(super) fn findings(lesson: &Lesson<'_>, shape: &ExerciseShape) -> Vec<LintFinding> {
    let request = Lint { lesson, rules: MarkingRules::asking(shape.digits), reference: None };
    lint(&request).unwrap_or_default()
}
