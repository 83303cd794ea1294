//! The forward pass of a recipe.

use super::curve::Curve;
use super::grid::ArrayGrid;
use super::problem::MatrixProblem;
use super::recipe::{ForwardRecipe, Recipe};

/// What enters and what leaves each layer; one row per sample.
#[derive(Clone, Debug)]
pub(crate) struct Activity {
    pub(crate) z: Vec<ArrayGrid>,
    pub(crate) a: Vec<ArrayGrid>,
}

/// Runs the network forward.
pub(crate) fn forward(problem: &MatrixProblem, recipe: &Recipe) -> Activity {
    let (mut zs, mut outs): (Vec<ArrayGrid>, Vec<ArrayGrid>) = (Vec::new(), Vec::new());
    for (layer, chosen) in recipe.layers.iter().enumerate() {
        let input = outs.last().unwrap_or(&problem.x);
        let weights = &problem.weights[layer];
        let mut z = if chosen.forward == ForwardRecipe::Transposed {
            input.product_transposed(weights)
        } else {
            input.product(weights)
        };
        if let Some(biases) = &problem.biases[layer]
            && chosen.forward != ForwardRecipe::NoBias
        {
            z = ArrayGrid::from_fn(z.rows(), z.columns(), |row, unit| {
                z.at(row, unit) + biases[unit]
            });
        }
        let curve = problem.curves[layer];
        outs.push(match chosen.forward {
            ForwardRecipe::Right | ForwardRecipe::NoBias | ForwardRecipe::Transposed => {
                curve.outputs(&z)
            }
            ForwardRecipe::ExpSign => z.map(|z| Curve::Sigmoid.value(-z)),
            ForwardRecipe::NoActivation => z.clone(),
        });
        zs.push(z);
    }
    Activity { z: zs, a: outs }
}

/// The loss over all samples.
pub(crate) fn loss(problem: &MatrixProblem, activity: &Activity, factor: f64) -> f64 {
    let (z, f) = (&activity.z[problem.last()], &activity.a[problem.last()]);
    let curve = problem.curves[problem.last()];
    let entries = problem.y.values().iter().zip(f.values()).zip(z.values());
    let sum: f64 = entries.map(|((y, f), z)| problem.measure.term(*y, *f, *z, curve)).sum();
    sum * problem.scale * factor
}
