//! One exercise, ready for any number of sheets.

use std::sync::OnceLock;

use super::outcome::Trouble;
use super::quick::{QuickFind, QuickMarker};
use crate::lesson::{Exercise, Lesson, Settings};
use crate::name::{Name, Pattern, Symbol};
use crate::num::Precision;
use crate::scenario::Scenario;
use crate::source::json::JsonNode;
use crate::verify::question::about_layout;
use crate::verify::{LineVerdict, Marker, MarkingRules, Policy, Report, Sheet, SheetReader};

/// How an exercise is marked, beyond what its scenario says.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The digits that are asked.
    pub digits: Precision,
    /// What is asked, if not everything.
    pub asks: Option<Vec<Pattern>>,
    /// What lines are worth, where not 1.
    pub points: Vec<(Pattern, f64)>,
    /// How credit is given.
    pub policy: Policy,
    /// Whether numbers that the source prints count only where they are right.
    pub exact: bool,
    /// Which of the samples, from 0.
    pub sample: usize,
}

/// One exercise, ready for marking. It can be shared between threads.
pub struct Exam<'a> {
    /// What is marked by.
    pub scenario: &'a Scenario,
    /// What is asked, and how.
    pub rules: MarkingRules<'a>,
    exercise: Exercise<'a>,
    marker: Marker<'a>,
    reader: SheetReader<'a>,
    quick: OnceLock<QuickMarker>,
    max_score: f64,
    asked: usize,
}

/// Makes an exam of a scenario and hands it on.
///
/// # Errors
/// If the sample is not there, or some number of the lesson is not finite.
pub fn with_exam<R>(
    scenario: &Scenario,
    terms: &Terms,
    then: impl FnOnce(&Exam<'_>) -> R,
) -> Result<R, Trouble> {
    if terms.sample >= scenario.samples.len() {
        let message = format!("there is no sample {}", terms.sample + 1);
        return Err(Trouble::new("bad_scenario", message));
    }
    let exercise = scenario.exercise(terms.sample);
    let apply = scenario.learning_rate.is_some();
    let settings = Settings { apply, ..Settings::default() };
    let lesson = Lesson::new(exercise, settings).map_err(|overflow| {
        let name = scenario.network.naming().plain(overflow.name);
        Trouble::new("bad_scenario", format!("{name}: {overflow}"))
    })?;
    let printed = scenario.reference.as_ref().filter(|_| !terms.exact);
    let rules = MarkingRules {
        digits: terms.digits,
        printed: printed.map_or(&[][..], |reference| &reference.values),
        asks: terms.asks.as_deref(),
        points: &terms.points,
        policy: terms.policy,
    };
    let marker = Marker::new(&lesson, rules);
    let max_score = marker.mark(&Sheet::default()).max_score();
    let (reader, quick) = (SheetReader::new(&scenario.network), OnceLock::new());
    let asked = marker.asked().count();
    Ok(then(&Exam { scenario, rules, exercise, marker, reader, quick, max_score, asked }))
}

impl<'a> Exam<'a> {
    /// The exact lesson.
    pub const fn lesson(&self) -> &'a Lesson<'a> {
        self.marker.lesson()
    }

    /// What is worked.
    pub const fn exercise(&self) -> &Exercise<'a> {
        &self.exercise
    }

    /// The most that can be earned.
    pub const fn max_score(&self) -> f64 {
        self.max_score
    }

    /// How many lines are asked for.
    pub const fn asked_count(&self) -> usize {
        self.asked
    }

    /// The lines that are asked for, in the lesson's order.
    pub fn asked(&self) -> impl Iterator<Item = Name> + '_ {
        self.marker.asked()
    }

    /// What there is at once to see of answers in JSON.
    pub(super) fn look(&self, answers: JsonNode<'_>) -> QuickFind {
        self.quick.get_or_init(|| QuickMarker::new(&self.marker, self.rules.digits)).look(answers)
    }

    /// Reads a sheet.
    ///
    /// # Errors
    /// If the bytes are no text, or broken JSON.
    pub fn read(&self, bytes: &[u8]) -> Result<Sheet, Trouble> {
        self.reader.read(bytes, "the sheet").map_err(|faults| {
            // One line is told of each sheet: its first fault, without the picture.
            let told = faults.to_string();
            let first = told.lines().next().unwrap_or_default();
            let first = first.trim_start_matches("the sheet:");
            let is_place = |c: char| c.is_ascii_digit() || c == ':';
            Trouble::new("not_a_sheet", first.trim_start_matches(is_place).trim_start())
        })
    }

    /// Marks a sheet, and asks about its layout where something speaks for it.
    pub fn mark(&self, sheet: &Sheet) -> Report<'_> {
        let mut report = self.marker.mark(sheet);
        if turned_matrix_is_likely(&report) {
            let layout = about_layout(self.exercise, self.rules, sheet, &report);
            layout.into_iter().for_each(|question| report.ask(question));
        }
        report
    }
}

/// Whether several sums into one layer are wrong, as they are where its matrix is
/// read the other way round.
fn turned_matrix_is_likely(report: &Report) -> bool {
    let mut sums = report.lines.iter().filter_map(|line| match line.name() {
        Name::Value(Symbol::In { layer, .. }) if line.verdict == LineVerdict::Wrong => Some(layer),
        Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
    });
    let mut last = sums.next();
    sums.any(|layer| last.replace(layer) == Some(layer))
}
