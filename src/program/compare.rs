//! Numbers of a file against numbers of a pass.

use super::arrange::Aimed;
use super::engine::grid::ArrayGrid;
use super::engine::noise::RoundingNoise;
use super::engine::pass::ProgramPass;
use super::engine::problem::MatrixProblem;
use super::grain::Grain;
use super::kept::PassArray;

/// An array of a file as it is compared, or some of its entries.
#[derive(Clone, Debug)]
pub(crate) struct ComparedArray {
    pub(crate) kept: PassArray,
    pub(crate) grain: Grain,
    pub(crate) given: Vec<f64>,
    /// What the right pass gives, where the lengths agree.
    pub(crate) right: Vec<f64>,
    /// How far rounding on the way may have moved each entry.
    noise: Vec<f64>,
    /// How far the last step, storing or printing, may have.
    last_step: Vec<f64>,
    /// For updates: what was there before.
    old: Vec<f64>,
    /// What signals are multiplied by before they are compared.
    pub(crate) factor: f64,
    /// The entries that are looked at, where it is not all of them.
    places: Option<Vec<(usize, usize)>>,
}

/// How an array compares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The largest difference, relative to the largest entry of the array.
    pub worst: f64,
    /// Entries that are off.
    pub off: usize,
    /// Entries.
    pub of: usize,
    /// The place of the entry that is furthest off.
    pub furthest: Option<usize>,
}

impl Measured {
    /// Whether all entries agree.
    pub const fn fits(&self) -> bool {
        self.off == 0
    }
}

/// The share of an array's largest entry that noise may be of while a slip is
/// looked for.
const COVERED: f64 = 1e-3;

/// Entries above which only some are looked at while candidates are tried.
const MANY: usize = 4096;

/// How many of them.
const SOME: usize = 64;

impl ComparedArray {
    /// What an array of a file is held against.
    pub(crate) fn of(
        problem: &MatrixProblem,
        pass: &ProgramPass<'_>,
        noise: &RoundingNoise,
        aimed: &Aimed,
        factor: f64,
    ) -> Self {
        let kept = aimed.kept;
        let mut right = kept.of(pass).unwrap_or_default();
        if kept.is_signal() {
            right.iter_mut().for_each(|value| *value *= factor);
        }
        let rate = problem.rate.unwrap_or(0.0);
        let scaled =
            |grid: &ArrayGrid, by: f64| grid.values().iter().map(|value| value * by).collect();
        let mut noise_of: Vec<f64> = match kept {
            PassArray::Sums(layer) => scaled(&noise.z[layer], 1.0),
            PassArray::Outputs(layer) => scaled(&noise.a[layer], 1.0),
            PassArray::Loss => vec![noise.loss],
            PassArray::ByOutputs(layer) => scaled(&noise.da[layer], factor.abs()),
            PassArray::BySums(layer) => scaled(&noise.dz[layer], factor.abs()),
            PassArray::ByWeights(layer) => scaled(&noise.weights[layer], 1.0),
            PassArray::NewWeights(layer) => scaled(&noise.weights[layer], rate),
            PassArray::ByBiases(layer) => noise.biases[layer].clone(),
            PassArray::NewBiases(layer) => {
                noise.biases[layer].iter().map(|value| value * rate).collect()
            }
        };
        let old = match kept {
            PassArray::NewWeights(layer) => problem.weights[layer].values().to_vec(),
            PassArray::NewBiases(layer) => problem.biases[layer].clone().unwrap_or_default(),
            _ => Vec::new(),
        };
        let given = aimed.values.clone();
        noise_of.resize(given.len(), noise_of.iter().copied().fold(0.0, f64::max));
        let mut last_step = vec![0.0; given.len()];
        for (step, half) in last_step.iter_mut().zip(&aimed.half_units) {
            *step += half * (1.0 + 1e-9);
        }
        for (step, old) in last_step.iter_mut().zip(&old) {
            *step += 4.0 * aimed.grain.unit() * old.abs();
        }
        let grain = aimed.grain;
        Self { kept, grain, given, right, noise: noise_of, last_step, old, factor, places: None }
    }

    /// The same, by some of its entries where they are many: those that are
    /// largest, and others from everywhere.
    pub(crate) fn probe(&self, columns: usize) -> Self {
        if self.given.len() <= MANY || !self.kept.is_of_weights() {
            return self.clone();
        }
        let mut places: Vec<usize> =
            (0..SOME).map(|at| at * (self.given.len() - 1) / (SOME - 1)).collect();
        let mut by_size: Vec<usize> = (0..self.given.len()).collect();
        by_size.select_nth_unstable_by(SOME, |a, b| {
            self.given[*b].abs().total_cmp(&self.given[*a].abs())
        });
        places.extend(&by_size[..SOME]);
        places.sort_unstable();
        places.dedup();
        let pick = |values: &[f64]| -> Vec<f64> {
            places.iter().filter_map(|place| values.get(*place).copied()).collect()
        };
        Self {
            given: pick(&self.given),
            right: pick(&self.right),
            noise: pick(&self.noise),
            last_step: pick(&self.last_step),
            old: pick(&self.old),
            places: Some(places.iter().map(|place| (place / columns, place % columns)).collect()),
            ..self.clone()
        }
    }

    /// What a pass gives for these entries.
    pub(crate) fn of_pass(&self, pass: &ProgramPass<'_>) -> Vec<f64> {
        let mut values = match (&self.places, self.kept) {
            (Some(places), PassArray::ByWeights(layer)) => pass.weight_gradient_at(layer, places),
            (Some(places), PassArray::NewWeights(layer)) => {
                pass.new_weights_at(layer, places).unwrap_or_default()
            }
            _ => self.kept.of(pass).unwrap_or_default(),
        };
        if self.kept.is_signal() {
            values.iter_mut().for_each(|value| *value *= self.factor);
        }
        values
    }

    /// Compares with what a pass gives.
    #[expect(
        clippy::neg_cmp_op_on_partial_ord,
        clippy::needless_range_loop,
        reason = "what is not a number is off; five lists are walked together"
    )]
    pub(crate) fn measure(&self, expected: &[f64]) -> Measured {
        let constant = || expected.iter().all(|value| *value == expected[0]);
        let of = self.given.len();
        if expected.len() != of && !(of == 1 && !expected.is_empty() && constant()) {
            return Measured { worst: f64::INFINITY, off: of.max(1), of, furthest: None };
        }
        let base = |at: usize| self.old.get(at).copied().unwrap_or(0.0);
        let sizes = (0..of).map(|at| (expected[at] - base(at)).abs());
        let largest = sizes.fold(0.0, f64::max);
        let allowed = self.grain.tolerance() * largest;
        // Noise that covers an array says nothing for another cause.
        let most = if self.is_right(expected) { f64::INFINITY } else { COVERED * largest };
        let mut measured = Measured { worst: 0.0, off: 0, of, furthest: None };
        for at in 0..of {
            let difference = (self.given[at] - expected[at]).abs();
            // What is not finite is off.
            if !(difference <= allowed + self.noise[at].min(most) + self.last_step[at]) {
                measured.off += 1;
            }
            let relative = if difference == 0.0 { 0.0 } else { difference / largest };
            if !(relative <= measured.worst) {
                measured.worst = if relative.is_nan() { f64::INFINITY } else { relative };
                measured.furthest = Some(at);
            }
        }
        measured
    }

    /// Whether a pass gives the same as the right one.
    pub(crate) fn is_right(&self, expected: &[f64]) -> bool {
        if expected.len() != self.right.len() {
            return false;
        }
        let largest = self.right.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        let base = |at: usize| self.old.get(at).copied().unwrap_or(0.0).abs();
        self.right
            .iter()
            .zip(expected)
            .enumerate()
            .all(|(at, (right, value))| (right - value).abs() <= 1e-12 * largest.max(base(at)))
    }

    /// Whether it is printed with so few digits that nothing could be seen in it.
    pub(crate) fn is_blind(&self) -> bool {
        self.grain == Grain::Printed
            && self.right.len() == self.last_step.len()
            && self.right.iter().zip(&self.last_step).all(|(right, step)| right.abs() <= *step)
            && self.right.iter().any(|right| *right != 0.0)
    }

    /// Whether all entries of the file are numbers.
    pub(crate) fn is_finite(&self) -> bool {
        self.given.iter().all(|value| value.is_finite())
    }
}
