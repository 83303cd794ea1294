//! Which array of a pass somebody kept.

use std::fmt;

use super::engine::pass::ProgramPass;

/// An array of a pass; layers count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassArray {
    /// What enters the units of a layer.
    Sums(usize),
    /// What leaves them.
    Outputs(usize),
    /// The loss of all samples.
    Loss,
    /// `∂L/∂A`
    ByOutputs(usize),
    /// `∂L/∂Z`, the error signals.
    BySums(usize),
    /// `∂L/∂W`
    ByWeights(usize),
    /// `∂L/∂b`
    ByBiases(usize),
    /// The weights after the update.
    NewWeights(usize),
    /// The biases after the update.
    NewBiases(usize),
}

impl PassArray {
    /// All of a pass, in the order of computation.
    pub(crate) fn all(depth: usize) -> Vec<Self> {
        let forward = (0..depth).flat_map(|layer| [Self::Sums(layer), Self::Outputs(layer)]);
        let backward = (0..depth).rev().flat_map(|layer| {
            [
                Self::ByOutputs(layer),
                Self::BySums(layer),
                Self::ByWeights(layer),
                Self::ByBiases(layer),
            ]
        });
        let update = (0..depth).flat_map(|layer| [Self::NewWeights(layer), Self::NewBiases(layer)]);
        forward.chain([Self::Loss]).chain(backward).chain(update).collect()
    }

    /// Its place in the order of computation.
    pub(crate) fn order(self, depth: usize) -> usize {
        Self::all(depth).iter().position(|kept| *kept == self).unwrap_or(usize::MAX)
    }

    pub(crate) const fn is_signal(self) -> bool {
        matches!(self, Self::ByOutputs(_) | Self::BySums(_))
    }

    pub(crate) const fn is_per_sample(self) -> bool {
        matches!(self, Self::Sums(_) | Self::Outputs(_)) || self.is_signal()
    }

    pub(crate) const fn is_of_weights(self) -> bool {
        matches!(self, Self::ByWeights(_) | Self::NewWeights(_))
    }

    pub(crate) const fn is_new(self) -> bool {
        matches!(self, Self::NewWeights(_) | Self::NewBiases(_))
    }

    /// What a pass gives for it; signals not yet reduced. `None` for updates
    /// without a learning rate.
    pub(crate) fn of(self, pass: &ProgramPass<'_>) -> Option<Vec<f64>> {
        Some(match self {
            Self::Sums(layer) => pass.activity().z[layer].values().to_vec(),
            Self::Outputs(layer) => pass.activity().a[layer].values().to_vec(),
            Self::Loss => vec![pass.loss()],
            Self::ByOutputs(layer) => pass.signals().da[layer].values().to_vec(),
            Self::BySums(layer) => pass.signals().dz[layer].values().to_vec(),
            Self::ByWeights(layer) => pass.weight_gradient(layer).into_values(),
            Self::ByBiases(layer) => pass.bias_gradient(layer),
            Self::NewWeights(layer) => pass.new_weights(layer)?.into_values(),
            Self::NewBiases(layer) => pass.new_biases(layer)?,
        })
    }
}

impl fmt::Display for PassArray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sums(layer) => write!(f, "Z{}", layer + 1),
            Self::Outputs(layer) => write!(f, "A{}", layer + 1),
            Self::Loss => f.write_str("loss"),
            Self::ByOutputs(layer) => write!(f, "dA{}", layer + 1),
            Self::BySums(layer) => write!(f, "dZ{}", layer + 1),
            Self::ByWeights(layer) => write!(f, "dW{}", layer + 1),
            Self::ByBiases(layer) => write!(f, "db{}", layer + 1),
            Self::NewWeights(layer) => write!(f, "W{}_new", layer + 1),
            Self::NewBiases(layer) => write!(f, "b{}_new", layer + 1),
        }
    }
}
