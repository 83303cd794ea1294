//! Losses on one row of outputs: what a sample costs, and the error signal of
//! each output. Where loss and activation are made for each other, both are
//! computed from the sums that enter the outputs, so nothing is lost where an
//! output is 0 or 1 to the last digit.

use super::real::Real;
use super::unit::{Unit, softplus};
use crate::network::Loss;

/// What the outputs are compared by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum OutputCost {
    /// The outputs themselves.
    Output,
    /// A factor times the squares of the differences.
    Squares(f64),
    /// Of outputs that are each a probability.
    BinaryCrossEntropy,
    /// Of outputs that are a distribution.
    CrossEntropy,
}

impl OutputCost {
    /// The loss of this kind over so many outputs; `None` for one that came
    /// later.
    pub(super) fn of(loss: &Loss, outputs: usize) -> Option<Self> {
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

    /// The error signals `∂L/∂f_in` of one sample, from its targets and outputs.
    #[inline(always)]
    pub(super) fn signals<R: Real>(self, unit: Unit, y: &[R], f: &[R], signals: &mut [R]) {
        match self {
            Self::BinaryCrossEntropy => {
                for ((signal, y), f) in signals.iter_mut().zip(y).zip(f) {
                    *signal = *f - *y;
                }
                return;
            }
            Self::CrossEntropy => {
                let all = y.iter().fold(R::ZERO, |all, y| all + *y);
                for ((signal, y), f) in signals.iter_mut().zip(y).zip(f) {
                    *signal = all * *f - *y;
                }
                return;
            }
            Self::Output => signals.iter_mut().for_each(|signal| *signal = R::ONE),
            Self::Squares(factor) => {
                let twice = R::of(2.0 * factor);
                for ((signal, y), f) in signals.iter_mut().zip(y).zip(f) {
                    *signal = twice * (*f - *y);
                }
            }
        }
        if unit == Unit::Softmax {
            // Every output moves with every sum: f_k·(slope_k - Σ slope_j·f_j).
            let pairs = signals.iter().zip(f);
            let all = pairs.fold(R::ZERO, |all, (signal, f)| all + *signal * *f);
            for (signal, f) in signals.iter_mut().zip(f) {
                *signal = *f * (*signal - all);
            }
        } else {
            for (signal, f) in signals.iter_mut().zip(f) {
                *signal = *signal * unit.slope(*f);
            }
        }
    }

    /// What one sample costs, from its targets and the sums that enter its
    /// outputs. The sums are overwritten where the outputs themselves are
    /// needed.
    pub(super) fn of_sample<R: Real>(self, unit: Unit, y: &[R], sums: &mut [R]) -> f64 {
        match self {
            Self::BinaryCrossEntropy => {
                let terms = sums.iter().zip(y).map(|(z, y)| bernoulli(z.wide(), y.wide()));
                return terms.sum();
            }
            Self::CrossEntropy => return against_distribution(sums, y),
            Self::Output | Self::Squares(_) => {}
        }
        let units = sums.len();
        unit.apply::<R, false>(sums, units, units);
        if let Self::Squares(factor) = self {
            let squares = sums.iter().zip(y).map(|(f, y)| (y.wide() - f.wide()).powi(2));
            factor * squares.sum::<f64>()
        } else {
            sums.iter().map(|f| f.wide()).sum()
        }
    }
}

/// `-y ln σ(z) - (1 - y) ln(1 - σ(z))`
fn bernoulli(z: f64, y: f64) -> f64 {
    // Each weight of 0 switches its term off, however large that is.
    let one = if y == 0.0 { 0.0 } else { y * softplus(-z) };
    let other = if y == 1.0 { 0.0 } else { (1.0 - y) * softplus(z) };
    one + other
}

/// `-Σ y ln softmax(z)`
fn against_distribution<R: Real>(z: &[R], y: &[R]) -> f64 {
    let largest = z.iter().map(|z| z.wide()).fold(f64::NEG_INFINITY, f64::max);
    let all: f64 = z.iter().map(|z| (z.wide() - largest).exp()).sum();
    let terms = z.iter().zip(y).filter(|(_, y)| y.wide() != 0.0);
    terms.map(|(z, y)| y.wide() * (all.ln() + (largest - z.wide()))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::loss;

    #[test]
    fn every_loss_can_be_trained() {
        for loss in &loss::ALL {
            assert!(OutputCost::of(loss, 2).is_some(), "add {} to train/cost.rs", loss.key);
        }
    }
}
