//! All that a recipe gives: the arrays that a program may have kept.

use super::backward::{Signals, backward};
use super::forward::{Activity, forward, loss};
use super::grid::ArrayGrid;
use super::problem::MatrixProblem;
use super::recipe::{Bias, Input, Recipe, UpdateRecipe};

/// What a program computes. Gradients of weights are made when asked for.
pub(crate) struct ProgramPass<'a> {
    problem: &'a MatrixProblem,
    recipe: Recipe,
    activity: Activity,
    signals: Signals,
}

impl<'a> ProgramPass<'a> {
    /// Runs a recipe.
    pub(crate) fn of(problem: &'a MatrixProblem, recipe: Recipe) -> Self {
        let activity = forward(problem, &recipe);
        Self::on(problem, recipe, activity)
    }

    /// Runs a recipe whose forward pass is known.
    pub(crate) fn on(problem: &'a MatrixProblem, recipe: Recipe, activity: Activity) -> Self {
        let signals = backward(problem, &recipe, &activity);
        Self { problem, recipe, activity, signals }
    }

    pub(crate) const fn activity(&self) -> &Activity {
        &self.activity
    }

    pub(crate) const fn signals(&self) -> &Signals {
        &self.signals
    }

    pub(crate) fn loss(&self) -> f64 {
        loss(self.problem, &self.activity, self.recipe.loss_factor.0)
    }

    /// `[inputs, units]`
    pub(crate) fn weight_gradient(&self, layer: usize) -> ArrayGrid {
        weight_gradient(self.problem, &self.recipe, &self.activity, &self.signals, layer)
    }

    /// Some entries of a gradient, by row and column, at little cost.
    pub(crate) fn weight_gradient_at(&self, layer: usize, places: &[(usize, usize)]) -> Vec<f64> {
        let chosen = self.recipe.layers[layer].input;
        let factor = self.problem.scale * self.recipe.layers[layer].weight_factor.0;
        let input = match chosen {
            Input::Right => feeding(self.problem, &self.activity, layer),
            Input::X => &self.problem.x,
            _ => {
                let all = self.weight_gradient(layer);
                return places.iter().map(|(row, column)| all.at(*row, *column)).collect();
            }
        };
        let dz = &self.signals.dz[layer];
        let entry = |(from, to): &(usize, usize)| {
            let samples = 0..input.rows();
            samples.map(|row| input.at(row, *from) * dz.at(row, *to)).sum::<f64>() * factor
        };
        places.iter().map(entry).collect()
    }

    /// One per unit; one per sample, or one for each of both, where the program
    /// goes wrong in that way.
    pub(crate) fn bias_gradient(&self, layer: usize) -> Vec<f64> {
        bias_gradient(self.problem, &self.recipe, &self.activity, &self.signals, layer)
    }

    /// The weights after the update; `None` without a learning rate.
    pub(crate) fn new_weights(&self, layer: usize) -> Option<ArrayGrid> {
        let rate = self.problem.rate?;
        let old = &self.problem.weights[layer];
        let step = self.recipe.layers[layer].weight_step;
        if matches!(step, UpdateRecipe::NotUpdated) {
            return Some(old.clone());
        }
        let gradient = self.weight_gradient(layer);
        Some(old.zip(&gradient, |old, gradient| updated(step, rate, old, gradient)))
    }

    /// Some entries of the weights after the update.
    pub(crate) fn new_weights_at(
        &self,
        layer: usize,
        places: &[(usize, usize)],
    ) -> Option<Vec<f64>> {
        let rate = self.problem.rate?;
        let step = self.recipe.layers[layer].weight_step;
        let gradient = self.weight_gradient_at(layer, places);
        let old = places.iter().map(|(row, column)| self.problem.weights[layer].at(*row, *column));
        Some(old.zip(gradient).map(|(old, by)| updated(step, rate, old, by)).collect())
    }

    /// The biases after the update.
    pub(crate) fn new_biases(&self, layer: usize) -> Option<Vec<f64>> {
        let rate = self.problem.rate?;
        let old = self.problem.biases[layer].as_ref()?;
        if !self.problem.update_biases {
            return Some(old.clone());
        }
        let gradient = self.bias_gradient(layer);
        let step = self.recipe.layers[layer].bias_step;
        let of = |(unit, old): (usize, &f64)| {
            // One number for all units is added to each.
            let own = if gradient.len() == old_len(self.problem, layer) { unit } else { 0 };
            updated(step, rate, *old, gradient.get(own).copied().unwrap_or(f64::NAN))
        };
        Some(old.iter().enumerate().map(of).collect())
    }
}

fn old_len(problem: &MatrixProblem, layer: usize) -> usize {
    problem.units(layer)
}

fn updated(step: UpdateRecipe, rate: f64, old: f64, gradient: f64) -> f64 {
    match step {
        UpdateRecipe::Right => old - rate * gradient,
        UpdateRecipe::Added => old + rate * gradient,
        UpdateRecipe::NoRate => old - gradient,
        UpdateRecipe::RateTwice => old - rate * rate * gradient,
        UpdateRecipe::NotUpdated => old,
        UpdateRecipe::Alone => rate * gradient,
        UpdateRecipe::Parameter => old - rate * old,
        UpdateRecipe::Whole => (old - rate * gradient).trunc(),
    }
}

/// What a layer is fed with.
pub(crate) fn feeding<'a>(
    problem: &'a MatrixProblem,
    activity: &'a Activity,
    layer: usize,
) -> &'a ArrayGrid {
    if layer == 0 { &problem.x } else { &activity.a[layer - 1] }
}

/// `∂L/∂W` of a layer, `[inputs, units]`.
pub(crate) fn weight_gradient(
    problem: &MatrixProblem,
    recipe: &Recipe,
    activity: &Activity,
    signals: &Signals,
    layer: usize,
) -> ArrayGrid {
    let chosen = &recipe.layers[layer];
    let (input, dz) = (feeding(problem, activity, layer), &signals.dz[layer]);
    let factor = problem.scale * chosen.weight_factor.0;
    let with = |input: &ArrayGrid| input.transposed_product(dz);
    let sum = match chosen.input {
        Input::Right => with(input),
        Input::One => with(&input.map(|_| 1.0)),
        Input::Z => with(&activity.z[layer - 1]),
        Input::X => with(&problem.x),
        Input::Squared => with(&input.map(|value| value * value)),
        Input::OwnWeight => {
            let sums = dz.column_sums();
            let weights = &problem.weights[layer];
            ArrayGrid::from_fn(weights.rows(), weights.columns(), |row, unit| {
                weights.at(row, unit) * sums[unit]
            })
        }
        Input::OwnOut => with(&activity.a[layer]),
        Input::BeforeSlope => input.transposed_product(&signals.da[layer]),
        Input::Transposed => with(input).transposed(),
        Input::OtherLayer(other) => {
            let dz = &signals.dz[other];
            feeding(problem, activity, other).transposed_product(dz)
        }
        Input::LastSample => {
            let last = input.rows() - 1;
            input.only_row(last).transposed_product(&dz.only_row(last))
        }
        Input::Whole => return with(input).times(factor).map(f64::trunc),
    };
    sum.times(factor)
}

fn bias_gradient(
    problem: &MatrixProblem,
    recipe: &Recipe,
    activity: &Activity,
    signals: &Signals,
    layer: usize,
) -> Vec<f64> {
    let chosen = &recipe.layers[layer];
    let dz = &signals.dz[layer];
    let factor = problem.scale * chosen.bias_factor.0;
    let input = || feeding(problem, activity, layer);
    let units = dz.columns();
    let weighted = |weight: &dyn Fn(usize) -> f64| {
        let weights: Vec<f64> = (0..dz.rows()).map(weight).collect();
        ArrayGrid::of(dz.rows(), 1, weights).transposed_product(dz).into_values()
    };
    let sums = match chosen.bias {
        Bias::Right => dz.column_sums(),
        Bias::OverUnits => vec![dz.total(); units],
        Bias::MeanOverUnits => vec![dz.total() / units as f64; units],
        Bias::OverUnitsPerSample => dz.row_sums(),
        Bias::MeanOverUnitsPerSample => {
            dz.row_sums().iter().map(|sum| sum / units as f64 / problem.scale).collect()
        }
        Bias::NotSummed => dz.values().to_vec(),
        Bias::FirstSample => dz.row(0).to_vec(),
        Bias::LastSample => dz.row(dz.rows() - 1).to_vec(),
        Bias::TimesInput(from) => weighted(&|row| input().at(row, from)),
        Bias::TimesInputs => {
            let sums = input().row_sums();
            weighted(&|row| sums[row])
        }
        Bias::BeforeSlope => signals.da[layer].column_sums(),
        Bias::OtherLayer(other) => signals.dz[other].column_sums(),
        Bias::Whole => {
            return dz.column_sums().iter().map(|sum| (sum * factor).trunc()).collect();
        }
    };
    sums.into_iter().map(|sum| sum * factor).collect()
}
