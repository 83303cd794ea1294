//! Losses on rows of outputs: what a sample costs, and the slope by each output.

use super::curve::Curve;
use crate::network::Loss;

/// What the outputs are compared by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum LossMeasure {
    /// The outputs themselves.
    Output,
    /// A factor times the squares of the differences.
    Squares(f64),
    /// Of outputs that are each a probability.
    BinaryCrossEntropy,
    /// Of outputs that are a distribution.
    CrossEntropy,
}

impl LossMeasure {
    /// The loss of this kind over so many outputs; `None` for one that came
    /// later.
    pub(crate) fn of(loss: &Loss, outputs: usize) -> Option<Self> {
        Some(match loss.key {
            "output" => Self::Output,
            "half_squared_error" => Self::Squares(0.5),
            "squared_error" => Self::Squares(1.0),
            "mean_squared_error" => Self::Squares(1.0 / outputs as f64),
            "binary_cross_entropy" => Self::BinaryCrossEntropy,
            "cross_entropy" => Self::CrossEntropy,
            _ => return None,
        })
    }

    /// Whether `∂L/∂z` of the outputs comes to `f - y` with this activation.
    pub(crate) fn cancels_with(self, curve: Curve) -> bool {
        matches!(
            (self, curve),
            (Self::BinaryCrossEntropy, Curve::Sigmoid) | (Self::CrossEntropy, Curve::Softmax)
        )
    }

    /// What one output adds to the loss. `z` is what enters the output.
    pub(crate) fn term(self, y: f64, f: f64, z: f64, curve: Curve) -> f64 {
        match self {
            Self::Output => f,
            Self::Squares(factor) => factor * (y - f) * (y - f),
            Self::BinaryCrossEntropy if curve == Curve::Sigmoid => {
                y * (-z).max(0.0) + (1.0 - y) * z.max(0.0) + (-z.abs()).exp().ln_1p()
            }
            Self::BinaryCrossEntropy => -(y * f.ln() + (1.0 - y) * (1.0 - f).ln()),
            Self::CrossEntropy => {
                if y == 0.0 {
                    0.0
                } else {
                    -y * f.ln()
                }
            }
        }
    }

    /// `∂L/∂f` of one output.
    pub(crate) fn slope(self, y: f64, f: f64) -> f64 {
        match self {
            Self::Output => 1.0,
            Self::Squares(factor) => 2.0 * factor * (f - y),
            Self::BinaryCrossEntropy => -y / f + (1.0 - y) / (1.0 - f),
            Self::CrossEntropy => {
                if y == 0.0 {
                    0.0
                } else {
                    -y / f
                }
            }
        }
    }
}
