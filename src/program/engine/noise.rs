//! How far rounding may move the numbers of a right program: a first-order
//! bound along the pass, so that saturated units and sums that cancel are no
//! reason to accuse anybody.

use super::cost::LossMeasure;
use super::grid::ArrayGrid;
use super::pass::{ProgramPass, feeding};
use super::problem::MatrixProblem;

/// Distances that honest rounding explains, array by array.
#[derive(Clone, Debug)]
pub(crate) struct RoundingNoise {
    pub(crate) z: Vec<ArrayGrid>,
    pub(crate) a: Vec<ArrayGrid>,
    pub(crate) da: Vec<ArrayGrid>,
    pub(crate) dz: Vec<ArrayGrid>,
    pub(crate) weights: Vec<ArrayGrid>,
    pub(crate) biases: Vec<Vec<f64>>,
    pub(crate) loss: f64,
    /// Units so near a kink that rounding may turn them: layer, sample, unit.
    pub(crate) at_kinks: Vec<(usize, usize, usize)>,
}

/// Roundings that one step of a sum may add up to, before the terms are counted.
const STEPS: f64 = 8.0;

impl RoundingNoise {
    /// The noise of a right pass in numbers that are rounded to `unit` near 1.
    pub(crate) fn of(problem: &MatrixProblem, pass: &ProgramPass<'_>, unit: f64) -> Self {
        let activity = pass.activity();
        let (mut zs, mut outs): (Vec<ArrayGrid>, Vec<ArrayGrid>) = (Vec::new(), Vec::new());
        let mut at_kinks = Vec::new();
        for layer in 0..problem.depth() {
            let input = feeding(problem, activity, layer);
            let sizes = problem.weights[layer].map(f64::abs);
            let relative = unit * (STEPS + (input.columns() as f64).sqrt());
            let reach = input.map(|value| value.abs() * relative);
            let own = spread(&reach, &sizes);
            let passed_on = outs.last().map(|before: &ArrayGrid| spread(before, &sizes));
            let biases = problem.biases[layer].as_ref();
            let bias = |k: usize| biases.map_or(0.0, |biases| biases[k].abs() * 2.0 * unit);
            let (z, curve) = (&activity.z[layer], problem.curves[layer]);
            let moved = ArrayGrid::from_fn(own.rows(), own.columns(), |row, k| {
                let passed_on = passed_on.as_ref().map_or(0.0, |passed_on| passed_on.at(row, k));
                own.at(row, k) + passed_on + bias(k) + relative * z.at(row, k).abs()
            });
            if curve.has_kink() {
                for row in 0..z.rows() {
                    let near =
                        (0..z.columns()).filter(|k| z.at(row, *k).abs() <= moved.at(row, *k));
                    at_kinks.extend(near.map(|k| (layer, row, k)));
                }
            }
            let a = &activity.a[layer];
            outs.push(ArrayGrid::from_fn(z.rows(), z.columns(), |row, k| {
                (curve.slope(z.at(row, k)) + unit).min(1.0) * 2.0 * moved.at(row, k)
                    + 4.0 * unit * a.at(row, k).abs().max(curve.output_noise())
            }));
            zs.push(moved);
        }
        let (da, dz) = signals(problem, pass, &zs, &outs, unit);
        let (mut weights, mut biases) = (Vec::new(), Vec::new());
        for layer in 0..problem.depth() {
            let input = feeding(problem, activity, layer);
            let sum = unit * (STEPS + (problem.samples() as f64).sqrt());
            let signal = pass.signals().dz[layer].map(f64::abs);
            let reach = signal.zip(&dz[layer], |signal, moved| sum * signal + moved);
            let mut all = spread(&input.map(f64::abs).transposed(), &reach);
            if layer > 0 {
                let moved = spread(&outs[layer - 1].transposed(), &signal);
                all = all.zip(&moved, |a, b| a + b);
            }
            weights.push(all.times(problem.scale));
            let ones = ArrayGrid::from_fn(1, reach.rows(), |_, _| 1.0);
            biases.push(spread(&ones, &reach).times(problem.scale).into_values());
        }
        let loss = STEPS * unit * pass.loss().abs() + loss_noise(problem, pass, &outs);
        Self { z: zs, a: outs, da, dz, weights, biases, loss, at_kinks }
    }
}

/// How far the entries of a product move whose addends move so far: by no more
/// than all together, and of many hardly further than chance adds them up.
fn spread(a: &ArrayGrid, b: &ArrayGrid) -> ArrayGrid {
    let all = a.product(b);
    let squares = a.map(|value| value * value).product(&b.map(|value| value * value));
    all.zip(&squares, |all, squares| all.min(CHANCE * squares.sqrt()))
}

/// Standard deviations that chance goes.
const CHANCE: f64 = 4.0;

/// The noise of what comes back to each layer.
fn signals(
    problem: &MatrixProblem,
    pass: &ProgramPass<'_>,
    moved_z: &[ArrayGrid],
    moved_a: &[ArrayGrid],
    unit: f64,
) -> (Vec<ArrayGrid>, Vec<ArrayGrid>) {
    let last = problem.last();
    let (activity, signals) = (pass.activity(), pass.signals());
    let mut da = vec![ArrayGrid::zeros(0, 0); problem.depth()];
    let mut dz = da.clone();
    for layer in (0..=last).rev() {
        let (own, curve) = (&signals.da[layer], problem.curves[layer]);
        let moved = if layer == last {
            let bend = bend(problem, pass);
            moved_a[last].zip(&bend, |moved, bend| moved * bend + unit * bend * 4.0)
        } else {
            let sizes = problem.weights[layer + 1].map(f64::abs);
            let relative = unit * (STEPS + (sizes.columns() as f64).sqrt());
            let reach = signals.dz[layer + 1]
                .zip(&dz[layer + 1], |signal, moved| relative * signal.abs() + moved);
            spread(&reach, &sizes.transposed())
        };
        let joint = layer == last && problem.cancels();
        let z = &activity.z[layer];
        dz[layer] = ArrayGrid::from_fn(z.rows(), z.columns(), |row, k| {
            if joint {
                // f - y, or the same in two factors: each near 1.
                return 8.0 * unit + 2.0 * moved_a[layer].at(row, k);
            }
            let slope = curve.slope(z.at(row, k)).abs();
            let slope_moved = curve.slope_noise(z.at(row, k), moved_z[layer].at(row, k), unit);
            let size = own.at(row, k).abs();
            let size = if size.is_finite() { size } else { 0.0 };
            moved.at(row, k) * (slope + slope_moved)
                + size * slope_moved
                + 4.0 * unit * signals.dz[layer].at(row, k).abs()
        });
        da[layer] = moved;
    }
    (da, dz)
}

/// How much the slope of the loss bends at each output.
fn bend(problem: &MatrixProblem, pass: &ProgramPass<'_>) -> ArrayGrid {
    let f = &pass.activity().a[problem.last()];
    let y = &problem.y;
    match problem.measure {
        LossMeasure::Output => f.map(|_| 0.0),
        LossMeasure::Squares(factor) => y.zip(f, |y, f| 2.0 * factor * (1.0 + y.abs() + f.abs())),
        LossMeasure::BinaryCrossEntropy => y.zip(f, |y, f| {
            let (near_zero, near_one) = (f.max(1e-30), (1.0 - f).max(1e-30));
            y / (near_zero * near_zero) + (1.0 - y) / (near_one * near_one)
        }),
        LossMeasure::CrossEntropy => y.zip(f, |y, f| y / (f.max(1e-30) * f.max(1e-30))),
    }
}

fn loss_noise(problem: &MatrixProblem, pass: &ProgramPass<'_>, moved: &[ArrayGrid]) -> f64 {
    let last = problem.last();
    let own = &pass.signals().da[last];
    let pairs = own.values().iter().zip(moved[last].values());
    let sizes =
        pairs.map(|(slope, moved)| if slope.is_finite() { slope.abs() * moved } else { 0.0 });
    sizes.sum::<f64>() * problem.scale
}
