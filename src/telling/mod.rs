//! The telling: in which order a lesson is told, and what is said together.
//!
//! What depends on what is the business of [`lesson`](crate::lesson). Here is the
//! one sequence of [topics](Topic) that everything follows that tells a lesson
//! to a person: the printed page, the classroom walkthrough, other media. Each
//! folds over it and none walks the order again.

pub mod alike;
mod concept;
mod only;
mod pace;
mod sequence;
mod walk;

pub use alike::{Alike, AlikeKind};
pub use concept::Concept;
pub use only::about;
pub use pace::Pace;
pub use walk::{Walk, Walked};

use crate::lesson::Lesson;
use crate::name::{Name, Naming};

/// A stretch of the lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What all of it is for.
    Goal,
    /// What is given.
    Network,
    /// The forward pass and the loss.
    Forward,
    /// The backward pass into one layer.
    Backward(u32),
    /// The updated weights and biases.
    Update,
    /// The forward pass with them.
    After,
    /// What there is to say in the end.
    Closing,
}

impl Part {
    /// What it is called.
    pub fn title(self, naming: Naming<'_>) -> String {
        match self {
            Self::Goal => "The goal".to_owned(),
            Self::Network => "The network".to_owned(),
            Self::Forward => "Forward pass".to_owned(),
            Self::Backward(layer) if naming.is_output(layer) => {
                "Backward pass: output layer".to_owned()
            }
            Self::Backward(_) if !naming.is_deep() => "Backward pass: hidden layer".to_owned(),
            Self::Backward(layer) => format!("Backward pass: layer {}", layer + 1),
            Self::Update => "Update".to_owned(),
            Self::After => "Forward pass with the new weights".to_owned(),
            Self::Closing => "Looking back".to_owned(),
        }
    }
}

/// What is told at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Where in the lesson it is.
    pub part: Part,
    /// What it is about.
    pub subject: Subject,
}

/// What a topic is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An idea of the lecture: what holds for every network, beside this one.
    Concept(Concept),
    /// What is given.
    Network,
    /// Quantities told alike, a line each.
    Alike(Alike),
    /// Layers that go the same way and are left out, the first and the last.
    LeftOut(u32, u32),
    /// The factors of the first error signal of a layer whose activation couples
    /// all outputs.
    Coupled(u32),
    /// The chain of a weight or bias: what it is, each of its factors, and their
    /// product.
    Chain(Walked),
    /// The error signal of a unit, which a walked chain leaves to all that enters
    /// the unit.
    Signal {
        /// Layer of the unit.
        layer: u32,
        /// The unit.
        unit: u32,
        /// Whether it was a factor of the chain itself, so that its value is known.
        known: bool,
    },
    /// The error signal of an output, where its factors cancel.
    Shortcut(u32),
    /// A quantity on its own, and what it comes from.
    Quantity(Name),
    /// Old and new weights side by side.
    OldAndNew,
    /// What the step did to the loss.
    Losses,
    /// What a whole layer's error signals are.
    MatrixForm,
    /// The error signals and gradients of one layer as matrices.
    MatrixLayer(u32),
    /// What caching saves.
    Cost,
    /// The comparison with the source.
    Check,
    /// What one step came to.
    Summary,
}

/// How a lesson is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Telling {
    /// The weights whose chain is walked factor by factor.
    pub walk: Walk,
    /// One quantity that all is about.
    pub only: Option<Name>,
    /// Whether the ideas of the lecture are told too.
    pub theory: bool,
    /// Whether the lesson ends with a comparison with its source.
    pub has_checks: bool,
    /// Layers that are told; the middle of a deeper network is left out.
    pub most_layers: usize,
    /// Where the updates are told.
    pub pace: Pace,
}

impl Telling {
    /// The topics, in order; at least one.
    pub fn topics(self, lesson: &Lesson<'_>) -> Vec<Topic> {
        sequence::of(self, lesson)
    }
}
