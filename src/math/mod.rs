//! Mathematics as people write it: a tree becomes a small two-dimensional
//! [`Form`] that no medium has touched yet: each has a thin writer of its own.

mod form;
mod general;
mod layout;

pub use form::{Fence, Form, Sign};
pub use general::{general, read};
pub use layout::{Layout, Leaves, Notation, applied, difference_quotient, fenced, grouped};

/// What a part of a formula or figure is to the reader. Writers choose the
/// colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Nothing special.
    #[default]
    Plain,
    /// Given by the scenario: weights, biases, sample, learning rate.
    Given,
    /// Known from the forward pass.
    Forward,
    /// Already known from an earlier chain.
    Known,
    /// Computed on this line.
    New,
    /// Carried on from the reference in place of the computed value.
    Carried,
    /// Does not agree.
    Wrong,
    /// Less important than what stands around it.
    Faint,
    /// A title.
    Heading,
}
