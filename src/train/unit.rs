//! Activations on whole rows, in place. The formulas are textbook ones and not
//! those of [`crate::network::activation`]: the two are held against each other
//! by tests.

use super::curve;
use super::real::Real;
use crate::network::Activation;

/// What a unit makes of the sum that enters it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Sigmoid,
    Tanh,
    Relu,
    LeakyRelu,
    Identity,
    Softplus,
    Softmax,
}

/// Slope of a leaky ReLU below 0.
const LEAK: f64 = 0.01;

impl Unit {
    /// The activation of this kind; `None` for one that came later.
    pub(super) fn of(activation: &Activation) -> Option<Self> {
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

    /// Turns the sums of a layer into its outputs. Rows are `stride` long, of
    /// which the first `units` count; only softmax needs to know.
    #[inline(always)]
    pub(super) fn apply<R: Real, const FUSED: bool>(
        self,
        values: &mut [R],
        stride: usize,
        units: usize,
    ) {
        match self {
            Self::Sigmoid => each(values, curve::sigmoid::<R, FUSED>),
            Self::Tanh => each(values, curve::tanh::<R, FUSED>),
            Self::Relu => each(values, |z| if z > R::ZERO { z } else { zero_or_undefined(z) }),
            Self::LeakyRelu => each(values, |z| if z > R::ZERO { z } else { z * R::of(LEAK) }),
            Self::Identity => {}
            Self::Softplus => each(values, |z| R::of(softplus(z.wide()))),
            Self::Softmax => {
                for row in values.chunks_exact_mut(stride) {
                    softmax::<R, FUSED>(&mut row[..units]);
                }
            }
        }
    }

    /// The slope `∂out/∂z_in` of a unit, from its output: every activation here
    /// has one that needs nothing else. Softmax couples its units, and is no
    /// activation of a layer that signals are passed back through.
    #[inline(always)]
    pub(super) fn slope<R: Real>(self, out: R) -> R {
        match self {
            Self::Sigmoid => out * (R::ONE - out),
            Self::Tanh => R::ONE - out * out,
            Self::Relu => {
                if out > R::ZERO {
                    R::ONE
                } else {
                    R::ZERO
                }
            }
            Self::LeakyRelu => {
                if out > R::ZERO {
                    R::ONE
                } else {
                    R::of(LEAK)
                }
            }
            Self::Identity | Self::Softmax => R::ONE,
            // 1 - exp(-ln(1 + exp(z))) is σ(z).
            Self::Softplus => R::of(-(-out.wide()).exp_m1()),
        }
    }

    /// Multiplies what comes back to a layer by the slopes of its units.
    #[inline(always)]
    pub(super) fn chain<R: Real>(self, signals: &mut [R], outs: &[R]) {
        match self {
            Self::Identity | Self::Softmax => {}
            Self::Sigmoid => through(signals, outs, |out| Self::Sigmoid.slope(out)),
            Self::Tanh => through(signals, outs, |out| Self::Tanh.slope(out)),
            Self::Relu => through(signals, outs, |out| Self::Relu.slope(out)),
            Self::LeakyRelu => through(signals, outs, |out| Self::LeakyRelu.slope(out)),
            Self::Softplus => through(signals, outs, |out| Self::Softplus.slope(out)),
        }
    }
}

#[inline(always)]
fn each<R: Real>(values: &mut [R], f: impl Fn(R) -> R) {
    for value in values {
        *value = f(*value);
    }
}

#[inline(always)]
fn through<R: Real>(signals: &mut [R], outs: &[R], slope: impl Fn(R) -> R) {
    for (signal, out) in signals.iter_mut().zip(outs) {
        *signal = *signal * slope(*out);
    }
}

/// 0 for a number, so that a unit that is off does not hide a lost one.
#[inline(always)]
fn zero_or_undefined<R: Real>(z: R) -> R {
    if z <= R::ZERO { R::ZERO } else { z }
}

/// `ln(1 + exp(z))` without overflow.
pub(super) fn softplus(z: f64) -> f64 {
    z.max(0.0) + (-z.abs()).exp().ln_1p()
}

#[inline(always)]
fn softmax<R: Real, const FUSED: bool>(row: &mut [R]) {
    let largest = row.iter().copied().fold(row[0], |a, b| if b > a { b } else { a });
    for value in &mut *row {
        *value = curve::exp::<R, FUSED>(*value - largest);
    }
    let all = row.iter().copied().fold(R::ZERO, |a, b| a + b);
    let share = R::ONE / all;
    for value in row {
        *value = *value * share;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::activation;

    #[test]
    fn every_activation_can_be_trained() {
        for activation in &activation::ALL {
            assert!(Unit::of(activation).is_some(), "add {} to train/unit.rs", activation.key);
        }
    }
}
