//! The lesson as a list of steps, in the order in which the page tells it. A
//! step is small and says nothing by itself; see [`super::scene`].

use crate::document::{Limits, update};
use crate::lesson::{Lesson, chain};
use crate::name::{Name, Symbol};
use crate::telling::{Alike, AlikeKind, Part, Subject, Telling, Topic, Walked, alike};

/// What a step is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A topic as the page has it.
    Told(Subject),
    /// The chain of a weight or bias, before its factors are computed.
    Chain(Walked),
    /// The factor at a place of that chain.
    Factor(Walked, u8),
    /// All of its factors multiplied.
    Product(Walked),
    /// Quantities that are told alike: a table, a few rows each beat.
    Rows(Alike),
    /// A quantity on its own.
    Quantity(Name),
    /// The error signal of an output, where its factors cancel.
    Shortcut(u32),
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where in the lesson it is.
    pub part: Part,
    /// What it is about.
    pub moment: Moment,
}

impl Step {
    /// The quantity that the step computes, if it computes one.
    pub fn quantity(self, lesson: &Lesson<'_>) -> Option<Name> {
        match self.moment {
            Moment::Told(_) | Moment::Chain(_) | Moment::Rows(_) => None,
            Moment::Factor(walked, at) => {
                chain::to_parameter(lesson, walked.parameter).get(usize::from(at)).copied()
            }
            Moment::Product(walked) => Some(Name::loss_by(walked.parameter)),
            Moment::Quantity(name) => Some(name),
            Moment::Shortcut(output) => {
                let layer = lesson.network().depth() - 1;
                Some(Name::loss_by(Symbol::In { layer, unit: output }))
            }
        }
    }
}

/// What is a table once the first of its kind has been walked.
const fn is_table(alike: Alike) -> bool {
    match alike.kind {
        AlikeKind::Gradients { .. } | AlikeKind::Weights(_) | AlikeKind::Biases(_) => true,
        AlikeKind::In(_)
        | AlikeKind::Out(_)
        | AlikeKind::Terms
        | AlikeKind::Loss
        | AlikeKind::Signals(_) => false,
    }
}

/// All steps of a lesson. There is at least one.
/// With `one_by_one` every quantity is a step of its own, as where each is asked.
pub fn all(lesson: &Lesson<'_>, telling: Telling, one_by_one: bool) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut push = |part, moment| steps.push(Step { part, moment });
    if telling.only.is_some() {
        push(Part::Network, Moment::Told(Subject::Network));
    }
    for Topic { part, subject } in telling.topics(lesson) {
        match subject {
            Subject::Alike(alike) if !one_by_one && is_table(alike) && alike.count(lesson) > 1 => {
                push(part, Moment::Rows(alike));
            }
            Subject::Alike(alike) => {
                for at in 0..alike.count(lesson) {
                    for name in alike.names(lesson, at, Limits::READABLE.matrix) {
                        push(part, Moment::Quantity(name));
                    }
                }
            }
            Subject::Coupled(layer) => {
                for name in alike::coupled(lesson, layer) {
                    push(part, Moment::Quantity(name));
                }
            }
            Subject::Chain(walked) => {
                push(part, Moment::Chain(walked));
                let factors = chain::to_parameter(lesson, walked.parameter).len();
                let new = (0..factors).filter(|at| !walked.knows(*at));
                new.for_each(|at| push(part, Moment::Factor(walked, at as u8)));
                push(part, Moment::Product(walked));
            }
            // What was a factor of the chain has been seen.
            Subject::Signal { known: true, .. } => {}
            Subject::Signal { layer, unit, known: false } => {
                let signal = Name::loss_by(Symbol::In { layer, unit });
                push(part, Moment::Quantity(signal));
            }
            Subject::Shortcut(output) => push(part, Moment::Shortcut(output)),
            Subject::Quantity(name) if lesson.expression(name).is_none() => {}
            Subject::Quantity(name) => push(part, Moment::Quantity(name)),
            Subject::OldAndNew if !update::has_matrices(lesson, Limits::READABLE) => {}
            // The step of the new loss says it.
            Subject::Losses => {}
            Subject::Concept(_)
            | Subject::Network
            | Subject::LeftOut(..)
            | Subject::OldAndNew
            | Subject::MatrixForm
            | Subject::MatrixLayer(_)
            | Subject::Cost
            | Subject::Check
            | Subject::Summary => push(part, Moment::Told(subject)),
        }
    }
    steps
}
