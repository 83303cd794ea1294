//! What a lesson works: a network, and one observation to learn from.

use super::{Network, Sample};

/// What is to be computed: one step of gradient descent for one sample.
#[derive(Clone, Copy, Debug)]
pub struct Exercise<'a> {
    /// The network before the step.
    pub network: &'a Network,
    /// The observation.
    pub sample: &'a Sample,
    /// α, where the exercise goes on to the update.
    pub learning_rate: Option<f64>,
    /// Whether biases are updated too.
    pub update_biases: bool,
}
