//! Proof of a gradient: backpropagation held against a central difference,
//! `(L(w + h) - L(w - h)) / 2h`, which needs no chain rule at all.
//!
//! - [`check`] compares every gradient of a batch; [`GradientRow`] is one of them.
//! - `compiled` has the formulas, `base` a forward pass, `moved` what it becomes
//!   when a weight is moved; `noise` is what rounding makes of the loss.
//! - `judge` weighs a gradient by its quotients. One step is enough where both
//!   agree; else `closer` takes others, with the choices of a ReLU made as in the
//!   lesson, so that a kink is told from a wrong gradient.
//! - [`inject`](mod@inject) makes a known slip on the way, to show how it looks.

mod base;
mod closer;
mod compiled;
pub mod inject;
mod judge;
mod moved;
mod noise;

pub use judge::{GradientVerdict, Undecided};

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::ThreadPool;
use rayon::prelude::*;

use crate::lesson::batch::LessonBatch;
use crate::name::{Name, Symbol};
use crate::network::Reduction;
use base::Base;
use closer::{OpenGradient, look_closer};
use compiled::{Choices, Compiled};
use judge::Quotient;
use moved::{Move, Mover, ROWS};
use noise::LossNoise;

/// The step that is taken first, for a weight of magnitude up to 1; larger ones
/// take it relative.
///
/// The error of a central difference is about h² from cutting off the series
/// and 1e-16/h from rounding: near 1e-5 both are about 1e-10.
pub const STEP: f64 = 1e-5;

/// Gradients below this part of the loss are as good as 0,
const FLOOR: f64 = 1e-9;

/// and so are those that the largest steps only just tell from the noise.
const FLOOR_OF_NOISE: f64 = 1e3;

/// So many parameters are one piece of the work.
const PART: usize = 64;

/// Fewer moves than this are no work for a second thread.
const FEW: usize = 8192;

/// One gradient, compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GradientRow {
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
    pub verdict: GradientVerdict,
}

impl GradientRow {
    /// By how much they differ.
    pub fn difference(&self) -> f64 {
        (self.gradient - self.quotient).abs()
    }
}

/// Compares every gradient of the reduced loss of a batch; `worked` has the
/// gradients as somebody worked and reduced them: the same, or with a slip.
/// `progress` is told how many of them are compared, of how many.
///
/// # Panics
/// If there are no samples, or not as many of both.
pub fn check(
    batch: &LessonBatch<'_>,
    worked: &LessonBatch<'_>,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<GradientRow> {
    let lessons = batch.lessons();
    assert!(!lessons.is_empty() && lessons.len() == worked.lessons().len(), "a lesson each");
    let compiled = Compiled::new(lessons[0].network());
    let is_large = compiled.network.parameters() * lessons.len() > FEW;
    let pool = is_large.then(|| rayon::ThreadPoolBuilder::new().build()).and_then(Result::ok);
    let pool = pool.as_ref();
    let bases = for_each(pool, lessons, |lesson| Base::new(&compiled, lesson));
    let noises = for_each(pool, &bases, |base| LossNoise::of(&compiled, base));
    let all = All::new(&compiled, bases, &noises, batch);
    let gradient = gradient(worked);
    let mut parameters = Vec::new();
    lessons[0].for_each_parameter(|parameter| parameters.push(parameter));
    let done = AtomicUsize::new(0);
    let parts: Vec<&[Symbol]> = parameters.chunks(PART).collect();
    let rows = for_each(pool, &parts, |part| {
        let rows = all.compare(part, &gradient);
        let done = done.fetch_add(part.len(), Ordering::Relaxed) + part.len();
        progress(done, parameters.len());
        rows
    });
    rows.concat()
}

/// What `work` makes of each, in order: by all threads of a pool, or by this one.
fn for_each<T: Sync, R: Send>(
    pool: Option<&ThreadPool>,
    all: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    match pool {
        Some(pool) => pool.install(|| all.par_iter().map(&work).collect()),
        None => all.iter().map(work).collect(),
    }
}

/// The gradients as they were worked.
fn gradient(worked: &LessonBatch<'_>) -> impl Fn(Symbol) -> f64 + Sync {
    let reduced = worked.reduced();
    move |parameter| worked.value_of(&reduced, Name::loss_by(parameter))
}

/// All that is the same for every gradient.
struct All<'a> {
    compiled: &'a Compiled<'a>,
    bases: Vec<Base>,
    noise: LossNoise,
    /// The reduced loss.
    here: f64,
    /// What a loss counts in the reduced one.
    share: f64,
    floor: f64,
}

/// A parameter, and by how much it is moved.
type Moved = (Symbol, f64);

impl<'a> All<'a> {
    fn new(
        compiled: &'a Compiled<'a>,
        bases: Vec<Base>,
        noises: &[LossNoise],
        batch: &LessonBatch<'_>,
    ) -> Self {
        let mut noise = LossNoise::default();
        noises.iter().for_each(|other| noise.add(other));
        let share = match batch.reduction() {
            Reduction::Mean => 1.0 / bases.len() as f64,
            Reduction::Sum => 1.0,
        };
        let here = batch.value(Symbol::Loss.into());
        let terms = bases.iter().flat_map(|base| &base.terms).map(|term| term.abs());
        let floor = share * (FLOOR * terms.sum::<f64>() + FLOOR_OF_NOISE * noise.whole());
        Self { compiled, bases, noise, here, share, floor }
    }

    /// Compares the gradients of some parameters, which are ordered by layer.
    fn compare(
        &self,
        parameters: &[Symbol],
        gradient: &impl Fn(Symbol) -> f64,
    ) -> Vec<GradientRow> {
        let first = |parameter: &Symbol| STEP * self.value(*parameter).abs().max(1.0);
        let first: Vec<(Symbol, f64)> = parameters.iter().map(|at| (*at, first(at))).collect();
        let quotients = self.quotients(&first, Choices::Anew);
        let mut rows = Vec::with_capacity(parameters.len());
        let mut open = Vec::new();
        for (parameter, quotient) in parameters.iter().zip(quotients) {
            let gradient = gradient(*parameter);
            rows.push(self.row(*parameter, gradient, &quotient, GradientVerdict::Agrees));
            if !quotient.settles(gradient, self.floor) {
                open.push(OpenGradient::new(self, rows.len() - 1, &rows[rows.len() - 1], quotient));
            }
        }
        look_closer(self, &mut open);
        for open in open {
            let GradientRow { parameter, gradient, .. } = rows[open.at];
            rows[open.at] = self.row(parameter, gradient, open.shown(), open.verdict);
        }
        rows
    }

    /// The central differences at some steps, the parameters ordered by layer.
    fn quotients(&self, steps: &[(Symbol, f64)], choices: Choices) -> Vec<Quotient> {
        let points = |&(parameter, step): &(Symbol, f64)| {
            let value = self.value(parameter);
            // In an f64 the two steps are not exactly h.
            [(value - step) - value, (value + step) - value].map(|by| (parameter, by))
        };
        let moves: Vec<Moved> = steps.iter().flat_map(points).collect();
        let changes = self.changes(&moves, choices);
        let quotient = |(&(parameter, step), (changes, moves)): (_, (&[f64], &[Moved]))| {
            let noise = self.noise_behind(parameter);
            Quotient::new(step, moves[1].1 - moves[0].1, [changes[0], changes[1]], noise)
        };
        steps.iter().zip(changes.chunks(2).zip(moves.chunks(2))).map(quotient).collect()
    }

    /// By how much each move changes the reduced loss.
    fn changes(&self, moves: &[Moved], choices: Choices) -> Vec<f64> {
        let mut changes = vec![0.0; moves.len()];
        let mut mover = Mover::new(self.compiled, choices);
        let mut rows = Vec::with_capacity(ROWS);
        for base in &self.bases {
            for (place, (parameter, by)) in moves.iter().enumerate() {
                let by = by * base.source(*parameter);
                // What starts from 0 changes nothing, and is no work.
                if by != 0.0
                    && let Symbol::Weight { layer, to: unit, .. } | Symbol::Bias { layer, unit } =
                        *parameter
                {
                    rows.push(Move { layer: layer as usize, unit: unit as usize, by, place });
                }
                if rows.len() == ROWS {
                    mover.add(base, &rows, &mut changes);
                    rows.clear();
                }
            }
            mover.add(base, &rows, &mut changes);
            rows.clear();
        }
        changes.iter_mut().for_each(|change| *change *= self.share);
        changes
    }

    fn noise_behind(&self, parameter: Symbol) -> f64 {
        self.share * self.noise.behind(self.compiled, parameter)
    }

    fn value(&self, parameter: Symbol) -> f64 {
        self.compiled.network.parameter(parameter).unwrap_or(f64::NAN)
    }

    fn row(
        &self,
        parameter: Symbol,
        gradient: f64,
        quotient: &Quotient,
        verdict: GradientVerdict,
    ) -> GradientRow {
        let [behind, ahead] = quotient.changes.map(|change| self.here + change);
        let losses = [behind, self.here, ahead];
        GradientRow {
            parameter,
            gradient,
            step: quotient.step,
            losses,
            quotient: quotient.value,
            verdict,
        }
    }
}
