//! What is walked: a lesson, its steps, and how both are looked at.

use super::guess::{self, Guess, Judge};
use super::steps::{self, Moment, Step};
use crate::document::Readings;
use crate::expr::Expr;
use crate::lesson::Lesson;
use crate::lesson::reference::PrintedCheck;
use crate::name::{Name, NameMap, Symbol};
use crate::telling::{Part, Telling};
use crate::typeset::theme::Theme;

/// How the walkthrough looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepLook {
    /// The colours, if there are any. What they say is also said without them.
    pub colour: Option<Theme>,
    /// Whether to use ASCII only.
    pub ascii: bool,
}

/// A lesson with its steps.
pub struct Walkthrough<'a> {
    /// The title of the exercise.
    pub title: &'a str,
    /// How its quantities are read.
    pub readings: Readings<'a>,
    /// The comparison with the source, if it prints numbers.
    pub checks: &'a [PrintedCheck<'a>],
    /// How it looks.
    pub look: StepLook,
    judge: Option<Judge<'a>>,
    steps: Vec<Step>,
    /// Where each value of the forward passes is computed.
    places: NameMap<usize>,
    /// Where each derivative of the loss is found.
    found: NameMap<usize>,
}

impl<'a> Walkthrough<'a> {
    /// The walk through a lesson as it is told. With a `judge`, the class is asked for every value.
    pub fn new(
        title: &'a str,
        readings: Readings<'a>,
        checks: &'a [PrintedCheck<'a>],
        look: StepLook,
        telling: Telling,
        judge: Option<Judge<'a>>,
    ) -> Self {
        let steps = steps::all(readings.lesson, telling, judge.is_some());
        let mut places = NameMap::default();
        let mut found = NameMap::default();
        let mut signals = Vec::new();
        let mut at_place = |name: Name, at: usize| match name {
            Name::Value(_) | Name::New(_) => {
                places.insert(name, at);
            }
            Name::Derivative { of: Symbol::Loss, by } => {
                found.entry(name).or_insert(at);
                let signal = |(layer, unit)| Name::loss_by(Symbol::In { layer, unit });
                signals.extend(by.leads_to().map(|unit| (signal(unit), at)));
            }
            Name::Derivative { .. } | Name::OfSample { .. } => {}
        };
        for (step, at) in steps.iter().zip(0..) {
            if let Moment::Rows(alike) = step.moment {
                let rows = 0..alike.count(readings.lesson);
                let names = |row| alike.names(readings.lesson, row, 0);
                rows.flat_map(names).for_each(|name| at_place(name, at));
            } else if let Some(name) = step.quantity(readings.lesson) {
                at_place(name, at);
            }
        }
        // Where it has no step of its own, it is what a gradient began with.
        for (signal, at) in signals {
            found.entry(signal).or_insert(at);
        }
        Self { title, readings, checks, look, judge, steps, places, found }
    }

    /// The lesson.
    pub const fn lesson(&self) -> &'a Lesson<'a> {
        self.readings.lesson
    }

    /// All steps, at least one.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The step at a position, which counts from 0; the last one beyond.
    pub fn step(&self, position: usize) -> Step {
        self.steps[position.min(self.steps.len() - 1)]
    }

    /// Whether the class is asked for values.
    pub const fn asks(&self) -> bool {
        self.judge.is_some()
    }

    /// Judges a guess at a quantity; `None` where nobody is asked.
    pub fn judge(&self, name: Name, text: &str) -> Option<Guess> {
        Some(guess::judge(&self.readings, self.judge?, name, text))
    }

    /// The first step of the next part, or the last step of all.
    pub fn next_part(&self, position: usize) -> usize {
        let part = self.step(position).part;
        let ahead = self.steps.iter().skip(position).position(|step| step.part != part);
        ahead.map_or(self.steps.len() - 1, |steps| position + steps)
    }

    /// The first step of this part, or where that is `position` itself, of the
    /// part before.
    pub fn previous_part(&self, position: usize) -> usize {
        let Some(before) = position.checked_sub(1) else { return 0 };
        let part = self.step(before).part;
        let other = self.steps[..before].iter().rposition(|step| step.part != part);
        other.map_or(0, |at| at + 1)
    }

    /// The first step of a part, if there is one.
    pub fn start_of(&self, part: Part) -> Option<usize> {
        self.steps.iter().position(|step| step.part == part)
    }

    /// The step that computes a quantity, or the first that needs it. What is
    /// given stands in the first step.
    pub fn find(&self, name: Name) -> Option<usize> {
        let lesson = self.lesson();
        if let Name::Value(symbol) = name
            && lesson.expression(symbol.into()).is_none()
        {
            return lesson.has(name).then_some(0);
        }
        let computes = |step: &Step| step.quantity(lesson) == Some(name);
        let quick = self.places.get(&name).copied();
        let quick = quick.or_else(|| self.steps.iter().position(computes));
        quick.or_else(|| self.found.get(&name).copied()).or_else(|| self.first_use(name))
    }

    fn first_use(&self, name: Name) -> Option<usize> {
        let lesson = self.lesson();
        // Only gradients use factors that are no steps of their own.
        let Name::Derivative { of: Symbol::In { .. }, by } = name else { return None };
        let user = Name::loss_by(by);
        let at = *self.found.get(&user)?;
        let mut uses = false;
        if let Some(expr) = lesson.expression(user) {
            Expr::for_each_leaf(&expr, &mut |leaf| uses |= leaf == name);
        }
        uses.then_some(at)
    }

    /// Whether an error signal or a gradient has been found at a position.
    pub(super) fn is_found(&self, name: Name, position: usize, revealed: bool) -> bool {
        let place = self.found.get(&name);
        place.is_some_and(|place| *place < position || (*place == position && revealed))
    }

    /// Whether a value of a forward pass is known at a position; `revealed`:
    /// the value of that position is seen.
    pub(super) fn is_known(&self, name: Name, position: usize, revealed: bool) -> bool {
        match self.places.get(&name) {
            Some(place) => *place < position || (*place == position && revealed),
            // A walk about one quantity takes the forward pass for granted.
            None => !matches!(name, Name::New(_)) && position > 0,
        }
    }
}
