//! The parts of a lesson that quantities belong to.

use super::{Name, Symbol};

/// Where in the lesson a quantity belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// Sample, weights, biases, learning rate.
    Given,
    /// `z_in` and `z_out`, layer by layer.
    Forward,
    /// The loss and its terms.
    Loss,
    /// Factors, error signals and gradients, from the output layer back.
    Backward,
    /// Updated weights and biases.
    Update,
    /// The forward pass again, with them.
    After,
}

impl Section {
    /// Those that something is asked of, in order.
    pub const ASKED: [Self; 5] =
        [Self::Forward, Self::Loss, Self::Backward, Self::Update, Self::After];

    /// The section of a quantity.
    pub const fn of(name: Name) -> Self {
        match name {
            Name::Value(Symbol::Loss | Symbol::Risk | Symbol::Term(_)) => Self::Loss,
            Name::Value(Symbol::In { .. } | Symbol::Out { .. }) => Self::Forward,
            Name::Value(_) => Self::Given,
            Name::OfSample { of, by: None, .. } => Self::of(Name::Value(of)),
            Name::Derivative { .. } | Name::OfSample { .. } => Self::Backward,
            Name::New(Symbol::Weight { .. } | Symbol::Bias { .. }) => Self::Update,
            Name::New(_) => Self::After,
        }
    }

    /// Its name in JSON, in scenarios and on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Forward => "forward",
            Self::Loss => "loss",
            Self::Backward => "backward",
            Self::Update => "update",
            Self::After => "after",
        }
    }
}

impl Name {
    /// Whether the exercise gives the quantity.
    pub const fn is_given(self) -> bool {
        matches!(Section::of(self), Section::Given)
    }
}
