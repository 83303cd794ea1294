//! Proof of a gradient: backpropagation held against a central difference,
//! `(L(w + h) - L(w - h)) / 2h`, which needs no chain rule at all.
//!
//! - [`Row`] compares one gradient; the second difference tells a kink, such as
//!   a ReLU at 0, from a wrong gradient.
//! - [`inject`](mod@inject) makes a known slip on the way, to show how it looks.

pub mod inject;

use rayon::prelude::*;

use crate::lesson::batch::Batch;
use crate::lesson::what_if::WhatIf;
use crate::name::{Name, Symbol};

/// The step, for a weight of magnitude up to 1; larger ones take it relative.
///
/// The error of a central difference is about h² from cutting off the series
/// and 1e-16/h from rounding: near 1e-5 both are about 1e-10.
pub const STEP: f64 = 1e-5;

/// How far a gradient and its difference quotient may be apart, relative to the
/// larger of them.
const RELATIVE: f64 = 1e-5;

/// The same, relative to the loss: what rounding leaves of a difference.
const OF_THE_LOSS: f64 = 1e-9;

/// A jump of the slope that is taken for a kink, relative to the slopes.
const JUMP: f64 = 1e-3;

/// So many gradients are shared out to threads: for fewer, starting them takes
/// longer than they save.
const WORTH_SHARING: usize = 4096;

/// What a gradient and its difference quotient say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They agree.
    Agrees,
    /// The loss has a kink here: the gradient is the slope on one side.
    Kink,
    /// They do not agree.
    Differs,
}

/// One gradient, compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The weight or bias.
    pub parameter: Symbol,
    /// What backpropagation gives.
    pub gradient: f64,
    /// The step h that was taken.
    pub step: f64,
    /// The loss behind the parameter, at it, and ahead of it.
    pub losses: [f64; 3],
    /// The central difference.
    pub quotient: f64,
    /// What they say together.
    pub verdict: Verdict,
}

impl Row {
    /// By how much they differ.
    pub fn difference(&self) -> f64 {
        (self.gradient - self.quotient).abs()
    }

    /// Compares a gradient at a value of its parameter with a loss, where `loss`
    /// gives the loss for any other value.
    pub fn compare(
        parameter: Symbol,
        gradient: f64,
        (value, here): (f64, f64),
        mut loss: impl FnMut(f64) -> f64,
    ) -> Self {
        let step = STEP * value.abs().max(1.0);
        let (behind, ahead) = (value - step, value + step);
        let losses = [loss(behind), here, loss(ahead)];
        // In an f64 the two steps are not exactly h.
        let quotient = (losses[2] - losses[0]) / (ahead - behind);
        let left = (losses[1] - losses[0]) / (value - behind);
        let right = (losses[2] - losses[1]) / (ahead - value);
        let noise = OF_THE_LOSS * losses.iter().fold(0.0_f64, |most, loss| most.max(loss.abs()));
        let agree = |a: f64, b: f64| (a - b).abs() <= RELATIVE * a.abs().max(b.abs()) + noise;
        let jumps = (right - left).abs() > JUMP * left.abs().max(right.abs()) + noise;
        let verdict = if agree(gradient, quotient) {
            Verdict::Agrees
        } else if jumps && (nearly(gradient, left, noise) || nearly(gradient, right, noise)) {
            Verdict::Kink
        } else {
            Verdict::Differs
        };
        Self { parameter, gradient, step, losses, quotient, verdict }
    }
}

/// A slope on one side is known to the step only.
fn nearly(gradient: f64, slope: f64, noise: f64) -> bool {
    (gradient - slope).abs() <= 100.0 * STEP * gradient.abs().max(slope.abs()) + noise
}

/// Compares every gradient of the reduced loss of a batch; `worked` has the
/// gradients as somebody worked and reduced them: the same, or with a slip.
///
/// # Panics
/// If there are no samples, or not as many of both.
pub fn check(batch: &Batch<'_>, worked: &Batch<'_>) -> Vec<Row> {
    let lessons = batch.lessons();
    assert!(!lessons.is_empty() && lessons.len() == worked.lessons().len(), "a lesson each");
    let (reduced, worked_reduced) = (batch.reduced(), worked.reduced());
    let here = batch.value_of(&reduced, Symbol::Loss.into());
    let what_ifs = || lessons.iter().map(WhatIf::new).collect::<Vec<_>>();
    let row = |what_ifs: &mut Vec<WhatIf<'_, '_>>, parameter: Symbol| {
        let gradient = worked.value_of(&worked_reduced, Name::loss_by(parameter));
        let value = lessons[0].value(parameter.into());
        let loss = |value| {
            let of_samples = what_ifs.iter_mut().map(|what_if| what_if.loss(parameter, value));
            let of_samples: Vec<f64> = of_samples.collect();
            batch.reduce(&reduced, |sample| of_samples[sample])
        };
        Row::compare(parameter, gradient, (value, here), loss)
    };
    let mut parameters = Vec::new();
    lessons[0].for_each_parameter(|parameter| parameters.push(parameter));
    if parameters.len() < WORTH_SHARING {
        let mut what_ifs = what_ifs();
        return parameters.into_iter().map(|parameter| row(&mut what_ifs, parameter)).collect();
    }
    let shared = parameters.into_par_iter().with_min_len(WORTH_SHARING / 2);
    shared.map_init(what_ifs, row).collect()
}
