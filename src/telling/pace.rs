//! Where the updates of weights and biases are told.

/// Where the updates are told, in a lesson that has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// All of them after the backward pass, as on the page.
    #[default]
    Sections,
    /// Each beside its gradient, as on the lecture's slides.
    Lecture,
}
