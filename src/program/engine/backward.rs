//! The backward pass of a recipe: error signals, of each sample.

use super::cost::LossMeasure;
use super::curve::{Curve, LEAK};
use super::forward::Activity;
use super::grid::ArrayGrid;
use super::pass::weight_gradient;
use super::problem::MatrixProblem;
use super::recipe::{Back, LayerRecipe, Recipe, Residual, Sends, SignalRecipe, Slope};

/// What comes back to each layer, before and after its slope; one row per
/// sample, not yet reduced.
#[derive(Clone, Debug)]
pub(crate) struct Signals {
    /// `∂L/∂A`
    pub(crate) da: Vec<ArrayGrid>,
    /// `∂L/∂Z`
    pub(crate) dz: Vec<ArrayGrid>,
}

/// Runs the network backward.
pub(crate) fn backward(problem: &MatrixProblem, recipe: &Recipe, activity: &Activity) -> Signals {
    let last = problem.last();
    let mut signals = Signals {
        da: vec![ArrayGrid::zeros(0, 0); problem.depth()],
        dz: vec![ArrayGrid::zeros(0, 0); problem.depth()],
    };
    signals.da[last] = residual(problem, recipe.residual, activity);
    for layer in (0..=last).rev() {
        let chosen = &recipe.layers[layer];
        signals.dz[layer] = signal(problem, recipe, activity, &signals, layer);
        if layer > 0 {
            signals.da[layer - 1] = sent_back(problem, recipe, activity, &signals, layer, chosen);
        }
    }
    signals
}

/// `∂L/∂f` of every output.
fn residual(problem: &MatrixProblem, chosen: Residual, activity: &Activity) -> ArrayGrid {
    let f = &activity.a[problem.last()];
    let y = &problem.y;
    let measure = problem.measure;
    let by = |slope: &dyn Fn(f64, f64) -> f64| y.zip(f, slope);
    match chosen {
        Residual::Right => by(&|y, f| measure.slope(y, f)),
        Residual::Times(factor) => by(&|y, f| factor * measure.slope(y, f)),
        Residual::Difference => by(&|y, f| f - y),
        Residual::Of(other) => by(&|y, f| other.slope(y, f)),
        Residual::One => by(&|_, _| 1.0),
        Residual::Loss => {
            let curve = problem.curves[problem.last()];
            let z = &activity.z[problem.last()];
            ArrayGrid::from_fn(f.rows(), f.columns(), |row, _| {
                let terms = 0..f.columns();
                terms
                    .map(|k| measure.term(y.at(row, k), f.at(row, k), z.at(row, k), curve))
                    .sum::<f64>()
            })
        }
        // The target of a logarithm's loss is a factor, that of a difference an addend.
        Residual::NoTarget => match measure {
            LossMeasure::CrossEntropy | LossMeasure::BinaryCrossEntropy => by(&|_, f| -1.0 / f),
            LossMeasure::Squares(_) | LossMeasure::Output => by(&|_, f| measure.slope(0.0, f)),
        },
        Residual::Size => by(&|y, f| measure.slope(y, f).abs()),
        Residual::FirstTerm => by(&|y, f| if y == 0.0 { 0.0 } else { -y / f }),
        Residual::SecondSign => by(&|y, f| -y / f - (1.0 - y) / (1.0 - f)),
        Residual::Epsilon(small) => by(&|y, f| match measure {
            LossMeasure::BinaryCrossEntropy => -y / (f + small) + (1.0 - y) / (1.0 - f + small),
            LossMeasure::CrossEntropy | LossMeasure::Squares(_) | LossMeasure::Output => {
                -y / (f + small)
            }
        }),
        Residual::Broadcast | Residual::BroadcastMean => {
            let count = y.rows() as f64;
            let targets = y.column_sums();
            let share = if chosen == Residual::BroadcastMean { 1.0 / count } else { 1.0 };
            ArrayGrid::from_fn(f.rows(), f.columns(), |row, k| {
                measure.slope(0.0, count.mul_add(f.at(row, k), -targets[k])) * share
            })
        }
    }
}

/// The slopes of a layer.
fn slopes(
    problem: &MatrixProblem,
    chosen: &LayerRecipe,
    activity: &Activity,
    layer: usize,
) -> ArrayGrid {
    let curve = problem.curves[layer];
    let (z, a) = (&activity.z[layer], &activity.a[layer]);
    // For softmax this is what its own output has of the slope.
    let usual = |z: &ArrayGrid| match curve {
        Curve::Softmax => a.map(|f| f * (1.0 - f)),
        _ => z.map(|z| curve.slope(z)),
    };
    match chosen.slope {
        Slope::Right => {
            let mut slopes = usual(z);
            if problem.turned.iter().any(|(turned, ..)| *turned == layer) {
                let is_turned = |row, unit| problem.turned.contains(&(layer, row, unit));
                let other = |z: f64| if z > 0.0 { curve.slope(-1.0) } else { curve.slope(1.0) };
                slopes = ArrayGrid::from_fn(z.rows(), z.columns(), |row, unit| {
                    let at = z.at(row, unit);
                    if is_turned(row, unit) { other(at) } else { slopes.at(row, unit) }
                });
            }
            slopes
        }
        Slope::None | Slope::AlwaysOn => z.map(|_| 1.0),
        Slope::Value => a.clone(),
        Slope::OfOut => match curve {
            Curve::Softmax => Curve::Softmax.outputs(a).map(|f| f * (1.0 - f)),
            _ => a.map(|a| curve.slope(a)),
        },
        Slope::OfIn => z.map(|z| curve.slope_by_output(z)),
        Slope::Other(other) => z.map(|z| other.slope(z)),
        Slope::OtherByOutput(other) => a.map(|a| other.slope_by_output(a)),
        Slope::Squared => usual(z).map(|slope| slope * slope),
        Slope::OneMinus => a.map(|a| 1.0 - a),
        Slope::Diagonal => a.map(|f| f * (1.0 - f)),
        Slope::LeakTimesZ => z.map(|z| match curve {
            Curve::LeakyRelu if z <= 0.0 => LEAK * z,
            Curve::LeakyRelu => 1.0,
            _ => z.max(0.0),
        }),
        Slope::Dot => {
            let squares = a.map(|a| a * a).row_sums();
            ArrayGrid::from_fn(a.rows(), a.columns(), |row, _| {
                dot_slope(curve, a, row, squares[row])
            })
        }
        Slope::DotOfAll => {
            let square: f64 = a.values().iter().map(|a| a * a).sum();
            a.map(|_| 1.0 - square)
        }
    }
}

/// `1 - o·o` for tanh, `o·(1 - o)` for σ, as one number.
fn dot_slope(curve: Curve, a: &ArrayGrid, row: usize, square: f64) -> f64 {
    match curve {
        Curve::Sigmoid => a.row(row).iter().sum::<f64>() - square,
        _ => 1.0 - square,
    }
}

/// `∂L/∂Z` of a layer.
fn signal(
    problem: &MatrixProblem,
    recipe: &Recipe,
    activity: &Activity,
    signals: &Signals,
    layer: usize,
) -> ArrayGrid {
    let chosen = &recipe.layers[layer];
    let (curve, a) = (problem.curves[layer], &activity.a[layer]);
    let da = &signals.da[layer];
    let is_output = layer == problem.last();
    let usual = || {
        if is_output
            && problem.cancels()
            && chosen.slope == Slope::Right
            && recipe.forward_is_right()
        {
            // Nothing is lost where an output is 0 or 1 to the last digit.
            let plain = || match curve {
                Curve::Softmax => {
                    let all = problem.y.row_sums();
                    ArrayGrid::from_fn(a.rows(), a.columns(), |row, k| {
                        a.at(row, k) * all[row] - problem.y.at(row, k)
                    })
                }
                _ => problem.y.zip(a, |y, f| f - y),
            };
            match recipe.residual {
                Residual::Right => return plain(),
                Residual::Times(factor) => return plain().times(factor),
                _ => {}
            }
        }
        if curve == Curve::Softmax && chosen.slope == Slope::Right {
            return ArrayGrid::from_fn(a.rows(), a.columns(), |row, k| {
                let pairs = da.row(row).iter().zip(a.row(row));
                let all: f64 = pairs.map(|(da, f)| da * f).sum();
                a.at(row, k) * (da.at(row, k) - all)
            });
        }
        da.zip(&slopes(problem, chosen, activity, layer), |da, slope| da * slope)
    };
    let signal = match chosen.signal {
        SignalRecipe::Right => usual(),
        SignalRecipe::SlopeAlone => slopes(problem, chosen, activity, layer),
        SignalRecipe::Out => a.clone(),
        SignalRecipe::Dot => {
            let sums = usual().row_sums();
            ArrayGrid::from_fn(a.rows(), a.columns(), |row, _| sums[row])
        }
        SignalRecipe::Later => match signals.dz.get(layer + 1) {
            Some(later) if later.columns() == a.columns() => later.clone(),
            _ => usual(),
        },
    };
    signal.times(chosen.signal_factor.0)
}

/// What goes from a layer back to the outputs of the layer before.
fn sent_back(
    problem: &MatrixProblem,
    recipe: &Recipe,
    activity: &Activity,
    signals: &Signals,
    layer: usize,
    chosen: &LayerRecipe,
) -> ArrayGrid {
    let weights = &problem.weights[layer];
    let dz = match chosen.sends {
        Sends::Right => &signals.dz[layer],
        Sends::BeforeSlope => &signals.da[layer],
    };
    let through = |weights: &ArrayGrid| dz.product_transposed(weights);
    match chosen.back {
        Back::Right => through(weights),
        Back::Updated => {
            let gradient = weight_gradient(problem, recipe, activity, signals, layer);
            let rate = problem.rate.unwrap_or(0.0);
            through(&weights.zip(&gradient, |weight, gradient| weight - rate * gradient))
        }
        Back::NoWeight | Back::NoWeightMean => {
            let sums = dz.row_sums();
            let share =
                if chosen.back == Back::NoWeightMean { 1.0 / dz.columns() as f64 } else { 1.0 };
            ArrayGrid::from_fn(dz.rows(), weights.rows(), |row, _| sums[row] * share)
        }
        Back::Gradient => through(&weight_gradient(problem, recipe, activity, signals, layer)),
        Back::Transposed => dz.product(weights),
        Back::OfLastHidden => match signals.da.get(problem.last().wrapping_sub(1)) {
            Some(first) if first.columns() == weights.rows() => first.clone(),
            _ => through(weights),
        },
        Back::SignalOfLater => match signals.dz.get(layer + 1) {
            Some(later) if later.columns() == weights.columns() => {
                later.product_transposed(weights)
            }
            _ => through(weights),
        },
        Back::OnePath(unit) => ArrayGrid::from_fn(dz.rows(), weights.rows(), |row, from| {
            dz.at(row, unit) * weights.at(from, unit)
        }),
        Back::OtherWeights(other) => through(&problem.weights[other]),
        Back::Size => through(&weights.map(f64::abs)),
    }
}
