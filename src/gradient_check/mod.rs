//! Proof of a gradient: backpropagation held against a central difference,
//! `(L(w + h) - L(w - h)) / 2h`, which needs no chain rule at all.
//!
//! - [`Row`] compares one gradient; the second difference tells a kink, such as
//!   a ReLU at 0, from a wrong gradient.
//! - [`inject`](mod@inject) makes a known slip on the way, to show how it looks.

pub mod inject;

use rayon::prelude::*;

use crate::lesson::Lesson;
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

/// So many gradients are one piece of the work.
const PART: usize = 4096;

/// Pairs of losses that a thread keeps at a time: there is one for each gradient
/// and sample.
const MOST_LOSSES: usize = 1 << 18;

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

    /// The step from a value, and where it leads behind and ahead.
    pub fn points(value: f64) -> (f64, [f64; 2]) {
        let step = STEP * value.abs().max(1.0);
        (step, [value - step, value + step])
    }

    /// Compares a gradient at a value of its parameter, where the loss is `here`,
    /// with the losses at its two [`points`](Self::points).
    pub fn compare(
        parameter: Symbol,
        gradient: f64,
        (value, here): (f64, f64),
        [loss_behind, loss_ahead]: [f64; 2],
    ) -> Self {
        let (step, [behind, ahead]) = Self::points(value);
        let losses = [loss_behind, here, loss_ahead];
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
    let rows = |parameters: &[Symbol]| -> Vec<Row> {
        let losses = losses(lessons, parameters);
        let row = |(at, parameter): (usize, &Symbol)| {
            let reduce = |side: usize| batch.reduce(&reduced, |sample| losses[sample][at][side]);
            let gradient = worked.value_of(&worked_reduced, Name::loss_by(*parameter));
            let value = lessons[0].value((*parameter).into());
            Row::compare(*parameter, gradient, (value, here), [reduce(0), reduce(1)])
        };
        parameters.iter().enumerate().map(row).collect()
    };
    let mut parameters = Vec::new();
    lessons[0].for_each_parameter(|parameter| parameters.push(parameter));
    let parts = parameters.chunks((MOST_LOSSES / lessons.len()).clamp(1, PART));
    let is_large = parameters.len() > PART;
    let pool = is_large.then(|| rayon::ThreadPoolBuilder::new().build());
    match pool.and_then(Result::ok) {
        Some(pool) => pool.install(|| {
            let parts: Vec<Vec<Row>> =
                parts.collect::<Vec<_>>().into_par_iter().map(rows).collect();
            parts.concat()
        }),
        // One thread will do.
        None => parts.flat_map(rows).collect(),
    }
}

/// The losses behind and ahead of each parameter, for each lesson. One lesson is
/// asked about at a time: what it takes to answer is as large as the network.
fn losses(lessons: &[Lesson<'_>], parameters: &[Symbol]) -> Vec<Vec<[f64; 2]>> {
    let of_lesson = |lesson| {
        let mut what_if = WhatIf::new(lesson);
        let both = |parameter: &Symbol| {
            let (_, points) = Row::points(lesson.value((*parameter).into()));
            points.map(|value| what_if.loss(*parameter, value))
        };
        parameters.iter().map(both).collect()
    };
    lessons.iter().map(of_lesson).collect()
}
