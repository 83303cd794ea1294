//! Activations on numbers: value, slope, and how far rounding moves them. The
//! formulas are held against those of [`crate::network::activation`] by tests.

use super::grid::ArrayGrid;
use crate::network::Activation;

/// What a unit makes of the sum that enters it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Curve {
    Sigmoid,
    Tanh,
    Relu,
    LeakyRelu,
    Identity,
    Softplus,
    Softmax,
}

/// Slope of a leaky ReLU below 0.
pub(crate) const LEAK: f64 = 0.01;

impl Curve {
    /// Those that a unit applies for itself.
    pub(crate) const EACH: [Self; 6] =
        [Self::Sigmoid, Self::Tanh, Self::Relu, Self::LeakyRelu, Self::Identity, Self::Softplus];

    /// The activation of this kind; `None` for one that came later.
    pub(crate) fn of(activation: &Activation) -> Option<Self> {
        Some(match activation.key {
            "sigmoid" => Self::Sigmoid,
            "tanh" => Self::Tanh,
            "relu" => Self::Relu,
            "leaky_relu" => Self::LeakyRelu,
            "identity" => Self::Identity,
            "softplus" => Self::Softplus,
            "softmax" => Self::Softmax,
            _ => return None,
        })
    }

    /// Whether its slope jumps at 0.
    pub(crate) const fn has_kink(self) -> bool {
        matches!(self, Self::Relu | Self::LeakyRelu)
    }

    /// The outputs of a layer; one row per sample.
    pub(crate) fn outputs(self, z: &ArrayGrid) -> ArrayGrid {
        if self == Self::Softmax { softmax(z) } else { z.map(|z| self.value(z)) }
    }

    /// The output of a unit; for softmax, which needs all, the input.
    pub(crate) fn value(self, z: f64) -> f64 {
        match self {
            Self::Sigmoid => sigmoid(z),
            Self::Tanh => z.tanh(),
            Self::Relu => z.max(0.0),
            Self::LeakyRelu => {
                if z > 0.0 {
                    z
                } else {
                    LEAK * z
                }
            }
            Self::Identity | Self::Softmax => z,
            Self::Softplus => z.max(0.0) + (-z.abs()).exp().ln_1p(),
        }
    }

    /// The slope at `z`, exact far out too. At a kink the unit counts as off.
    pub(crate) fn slope(self, z: f64) -> f64 {
        match self {
            Self::Sigmoid => {
                let decay = (-z.abs()).exp();
                decay / ((1.0 + decay) * (1.0 + decay))
            }
            Self::Tanh => {
                let decay = (-2.0 * z.abs()).exp();
                4.0 * decay / ((1.0 + decay) * (1.0 + decay))
            }
            Self::Relu => f64::from(z > 0.0),
            Self::LeakyRelu => {
                if z > 0.0 {
                    1.0
                } else {
                    LEAK
                }
            }
            Self::Identity | Self::Softmax => 1.0,
            Self::Softplus => sigmoid(z),
        }
    }

    /// The slope as programs write it over the output of the unit, with any
    /// number in the output's place.
    pub(crate) fn slope_by_output(self, out: f64) -> f64 {
        match self {
            Self::Sigmoid | Self::Softmax => out * (1.0 - out),
            Self::Tanh => 1.0 - out * out,
            Self::Relu => f64::from(out > 0.0),
            Self::LeakyRelu => {
                if out > 0.0 {
                    1.0
                } else {
                    LEAK
                }
            }
            Self::Identity => 1.0,
            Self::Softplus => -(-out).exp_m1(),
        }
    }

    /// The size that an output is computed at, however small it is itself: as
    /// ln(1 + exp(z)), or as a difference of powers.
    pub(crate) const fn output_noise(self) -> f64 {
        match self {
            Self::Softplus | Self::Tanh => 1.0,
            Self::Sigmoid | Self::Relu | Self::LeakyRelu | Self::Identity | Self::Softmax => 0.0,
        }
    }

    /// How far a slope may be off that is computed from an output, where
    /// rounding has moved `z` by `moved` and is `unit` for numbers near 1.
    pub(crate) fn slope_noise(self, z: f64, moved: f64, unit: f64) -> f64 {
        match self {
            // Above 0 one number is subtracted from another of its size.
            Self::Sigmoid | Self::Tanh | Self::Softplus => {
                8.0 * unit + (self.slope(z) + unit).min(1.0) * 2.0 * moved
            }
            Self::Relu | Self::LeakyRelu | Self::Identity => 0.0,
            Self::Softmax => 8.0 * unit,
        }
    }
}

fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

fn softmax(z: &ArrayGrid) -> ArrayGrid {
    let mut values = Vec::with_capacity(z.values().len());
    for row in 0..z.rows() {
        let row = z.row(row);
        let largest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let parts: Vec<f64> = row.iter().map(|z| (z - largest).exp()).collect();
        let all: f64 = parts.iter().sum();
        values.extend(parts.iter().map(|part| part / all));
    }
    ArrayGrid::of(z.rows(), z.columns(), values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{Expr, evaluate};
    use crate::network::activation::{ALL, ActivationForm};

    #[test]
    fn they_are_the_activations_of_the_lesson() {
        for activation in &ALL {
            let curve = Curve::of(activation).expect("every activation is known here");
            let ActivationForm::Each(each) = activation.form else { continue };
            for z in [-2.5, -0.3, 0.0, 0.4, 1.9] {
                let number = |expr: &Expr| evaluate(expr, &|_| f64::NAN);
                let out = number(&(each.value)(Expr::Number(z)));
                let slope = number(&(each.slope)(Expr::Number(z), Expr::Number(out)));
                assert!((curve.value(z) - out).abs() < 1e-14, "{curve:?}");
                assert!((curve.slope(z) - slope).abs() < 1e-14, "{curve:?}");
                assert!((curve.slope_by_output(out) - slope).abs() < 1e-14, "{curve:?}");
            }
        }
    }
}
