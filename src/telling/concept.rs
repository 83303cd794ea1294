//! The ideas that the lecture tells beside its numbers.

/// An idea of the lecture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Concept {
    /// Risk, empirical risk, and gradient descent on it.
    Goal,
    /// The forward and the backward pass: nothing more than the chain rule.
    Passes,
    /// What the backward pass is made of, and what it uses again.
    Ingredients,
    /// The derivative of the loss, and that of a weighted sum, derived.
    Slopes,
    /// What two chains into one unit have in common.
    CommonBeginning,
    /// The same two chains from the other end: nothing is shared.
    ForwardBrackets,
    /// Layers, units and their indices in general.
    Indices,
    /// The error signal of a unit from those of the next layer.
    Recursion,
    /// The gradient of a weight and of a bias from an error signal.
    Gradients,
    /// The error signals of a whole layer.
    WholeLayer,
    /// What it was for, what it takes, and what comes next.
    Closing,
}

impl Concept {
    /// All of them, in the order of the lesson.
    pub const ALL: [Self; 11] = [
        Self::Goal,
        Self::Passes,
        Self::Ingredients,
        Self::Slopes,
        Self::CommonBeginning,
        Self::Indices,
        Self::Recursion,
        Self::Gradients,
        Self::WholeLayer,
        Self::ForwardBrackets,
        Self::Closing,
    ];

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Goal => "What training is after",
            Self::Passes => "Two passes",
            Self::Ingredients => "What the backward pass is made of",
            Self::Slopes => "Two slopes to know",
            Self::CommonBeginning => "Two chains with one beginning",
            Self::ForwardBrackets => "The same from the other end",
            Self::Indices => "Any layer",
            Self::Recursion => "From one layer to the layer before",
            Self::Gradients => "From an error signal to gradients",
            Self::WholeLayer => "A whole layer at once",
            Self::Closing => "What it was for",
        }
    }
}
