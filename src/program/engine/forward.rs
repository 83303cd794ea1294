//! The forward pass of a recipe.

use super::curve::Curve;
use super::grid::Grid;
use super::problem::Problem;
use super::recipe::{Forward, Recipe};

/// What enters and what leaves each layer; one row per sample.
#[derive(Clone, Debug)]
pub(crate) struct Activity {
    pub(crate) z: Vec<Grid>,
    pub(crate) a: Vec<Grid>,
}

/// Runs the network forward.
pub(crate) fn forward(problem: &Problem, recipe: &Recipe) -> Activity {
    let (mut zs, mut outs): (Vec<Grid>, Vec<Grid>) = (Vec::new(), Vec::new());
    for (layer, chosen) in recipe.layers.iter().enumerate() {
        let input = outs.last().unwrap_or(&problem.x);
        let weights = &problem.weights[layer];
        let mut z = if chosen.forward == Forward::Transposed {
            input.product_transposed(weights)
        } else {
            input.product(weights)
        };
        if let Some(biases) = &problem.biases[layer]
            && chosen.forward != Forward::NoBias
        {
            z = Grid::from_fn(z.rows(), z.columns(), |row, unit| z.at(row, unit) + biases[unit]);
        }
        let curve = problem.curves[layer];
        outs.push(match chosen.forward {
            Forward::Right | Forward::NoBias | Forward::Transposed => curve.outputs(&z),
            Forward::ExpSign => z.map(|z| Curve::Sigmoid.value(-z)),
            Forward::NoActivation => z.clone(),
        });
        zs.push(z);
    }
    Activity { z: zs, a: outs }
}

/// The loss over all samples.
pub(crate) fn loss(problem: &Problem, activity: &Activity, factor: f64) -> f64 {
    let (z, f) = (&activity.z[problem.last()], &activity.a[problem.last()]);
    let curve = problem.curves[problem.last()];
    let entries = problem.y.values().iter().zip(f.values()).zip(z.values());
    let sum: f64 = entries.map(|((y, f), z)| problem.measure.term(*y, *f, *z, curve)).sum();
    sum * problem.scale * factor
}
