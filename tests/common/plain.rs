//! A second engine: a network as lists of lists, worked by plain loops, with
//! textbook formulas of its own.

use backprop_tutor::lesson::Exercise;
use backprop_tutor::network::activation::ActivationForm;
use backprop_tutor::network::loss::Targets;
use backprop_tutor::network::{Activation, Layer, Loss, Matrix, Network, Sample};
use backprop_tutor::network::{activation, loss};
use proptest::prelude::*;

use super::tracked::Tracked;

/// A network with a sample.
#[derive(Clone, Debug)]
pub(crate) struct Plain {
    pub(crate) layers: Vec<PlainLayer>,
    pub(crate) loss: &'static str,
    pub(crate) x: Vec<f64>,
    pub(crate) y: Vec<f64>,
}

/// A layer: `w[j][k]` leads from j to k.
#[derive(Clone, Debug)]
pub(crate) struct PlainLayer {
    pub(crate) activation: &'static str,
    pub(crate) w: Vec<Vec<f64>>,
    pub(crate) b: Option<Vec<f64>>,
}

/// Rows of numbers, by layer and unit.
type Rows = Vec<Vec<Tracked>>;

/// All that forward and backward pass compute.
#[derive(Clone, Debug, Default)]
pub(crate) struct Worked {
    pub(crate) z_in: Rows,
    pub(crate) z_out: Rows,
    /// `[layer][k][j]`: how output k changes with input j of the layer.
    pub(crate) slopes: Vec<Rows>,
    pub(crate) terms: Vec<Tracked>,
    pub(crate) loss: Option<Tracked>,
    pub(crate) by_out: Rows,
    pub(crate) by_in: Rows,
    /// `[layer][j][k]`
    pub(crate) by_weight: Vec<Rows>,
    pub(crate) by_input: Vec<Tracked>,
}

impl Plain {
    /// The same network for the crate.
    pub(crate) fn network(&self) -> Network {
        let layers = self.layers.iter().map(|layer| {
            let mut weights = Matrix::with_columns(layer.w[0].len());
            layer.w.iter().for_each(|row| weights.push_row(row));
            let activation = Activation::named(layer.activation).expect("the activation is known");
            Layer { activation, weights, biases: layer.b.clone() }
        });
        let loss = Loss::named(self.loss).expect("the loss is known");
        Network { layers: layers.collect(), loss, own_names: None }
    }

    pub(crate) fn sample(&self) -> Sample {
        Sample { x: self.x.clone(), y: self.y.clone() }
    }

    /// The same network as a scenario file.
    pub(crate) fn scenario(&self, learning_rate: f64) -> String {
        let layers: Vec<serde_json::Value> = self
            .layers
            .iter()
            .map(|layer| {
                let mut object = serde_json::json!({
                    "activation": layer.activation, "weights": layer.w
                });
                if let Some(b) = &layer.b {
                    object["biases"] = serde_json::json!(b);
                }
                object
            })
            .collect();
        let mut sample = serde_json::json!({ "x": self.x });
        if !self.y.is_empty() {
            sample["y"] = serde_json::json!(self.y);
        }
        serde_json::json!({
            "learning_rate": learning_rate, "loss": self.loss, "layers": layers, "sample": sample
        })
        .to_string()
    }

    /// What `j` of the layer before passes on.
    pub(crate) fn source(&self, worked: &Worked, layer: usize, j: usize) -> Tracked {
        if layer == 0 { Tracked::exact(self.x[j]) } else { worked.z_out[layer - 1][j] }
    }

    /// Forward and backward pass.
    pub(crate) fn work(&self) -> Worked {
        let mut worked = self.forward();
        let last = self.layers.len() - 1;
        worked.by_out = vec![Vec::new(); last + 1];
        worked.by_in = vec![Vec::new(); last + 1];
        worked.by_weight = vec![Vec::new(); last + 1];
        worked.by_out[last] = loss_slopes(self.loss, &self.y, &worked.z_out[last]);
        for at in (0..=last).rev() {
            let layer = &self.layers[at];
            let units = layer.w[0].len();
            let by_in: Vec<Tracked> = (0..units)
                .map(|j| (0..units).map(|k| worked.by_out[at][k] * worked.slopes[at][k][j]).sum())
                .collect();
            worked.by_weight[at] = (0..layer.w.len())
                .map(|j| {
                    let source = self.source(&worked, at, j);
                    by_in.iter().map(|signal| source * *signal).collect()
                })
                .collect();
            let back: Vec<Tracked> = layer
                .w
                .iter()
                .map(|row| {
                    row.iter().zip(&by_in).map(|(w, signal)| Tracked::exact(*w) * *signal).sum()
                })
                .collect();
            match at.checked_sub(1) {
                Some(before) => worked.by_out[before] = back,
                None => worked.by_input = back,
            }
            worked.by_in[at] = by_in;
        }
        worked
    }

    /// The forward pass and the loss.
    pub(crate) fn forward(&self) -> Worked {
        let mut worked = Worked::default();
        let mut values: Vec<Tracked> = self.x.iter().copied().map(Tracked::exact).collect();
        for layer in &self.layers {
            let z: Vec<Tracked> = (0..layer.w[0].len())
                .map(|k| {
                    let mut sum = Tracked::ZERO;
                    for (value, row) in values.iter().zip(&layer.w) {
                        sum = sum + *value * Tracked::exact(row[k]);
                    }
                    layer.b.as_ref().map_or(sum, |b| sum + Tracked::exact(b[k]))
                })
                .collect();
            let (out, slopes) = activate(layer.activation, &z);
            values = out.clone();
            worked.z_in.push(z);
            worked.z_out.push(out);
            worked.slopes.push(slopes);
        }
        worked.terms = loss_terms(self.loss, &self.y, &values);
        let total: Tracked = worked.terms.iter().copied().sum();
        worked.loss = Some(if self.loss == "mean_squared_error" {
            total / Tracked::exact(values.len() as f64)
        } else {
            total
        });
        worked
    }

    /// The loss alone.
    pub(crate) fn loss(&self) -> f64 {
        self.forward().loss.expect("the forward pass ends with the loss").v
    }

    /// How near an input of a unit comes to a point where its slope jumps.
    pub(crate) fn nearest_kink(&self, worked: &Worked) -> f64 {
        let kinked = |layer: &PlainLayer| matches!(layer.activation, "relu" | "leaky_relu");
        let layers = self.layers.iter().zip(&worked.z_in).filter(|(layer, _)| kinked(layer));
        layers.flat_map(|(_, z)| z).fold(f64::INFINITY, |nearest, z| nearest.min(z.v.abs()))
    }
}

/// An exercise over a network.
pub(crate) fn exercise<'a>(
    network: &'a Network,
    sample: &'a Sample,
    learning_rate: f64,
) -> Exercise<'a> {
    Exercise { network, sample, learning_rate: Some(learning_rate), update_biases: true }
}

fn sigma(z: Tracked) -> Tracked {
    Tracked::ONE / (Tracked::ONE + (-z).exp())
}

/// Outputs of a layer, and how each changes with each input.
fn activate(key: &str, z: &[Tracked]) -> (Vec<Tracked>, Rows) {
    let one = Tracked::ONE;
    if key == "softmax" {
        let top = z.iter().map(|z| z.v).fold(f64::NEG_INFINITY, f64::max);
        let grown: Vec<Tracked> = z.iter().map(|z| (*z - Tracked::exact(top)).exp()).collect();
        let all: Tracked = grown.iter().copied().sum();
        let out: Vec<Tracked> = grown.iter().map(|grown| *grown / all).collect();
        let slope = |k: usize, j: usize| {
            let same = if k == j { one } else { Tracked::ZERO };
            out[k] * (same - out[j])
        };
        let slopes = (0..z.len()).map(|k| (0..z.len()).map(|j| slope(k, j)).collect()).collect();
        return (out, slopes);
    }
    let each: Vec<(Tracked, Tracked)> = z
        .iter()
        .map(|&z| match key {
            "sigmoid" => (sigma(z), sigma(z) * (one - sigma(z))),
            "tanh" => (z.tanh(), one - z.tanh() * z.tanh()),
            "relu" if z.v > 0.0 => (z, one),
            "relu" => (Tracked::ZERO, Tracked::ZERO),
            "leaky_relu" if z.v > 0.0 => (z, one),
            "leaky_relu" => (z * Tracked::exact(0.01), Tracked::exact(0.01)),
            "identity" => (z, one),
            "softplus" => ((one + z.exp()).ln(), sigma(z)),
            _ => panic!("add the activation {key} to tests/common/plain.rs, by another formula"),
        })
        .collect();
    let out = each.iter().map(|(out, _)| *out).collect();
    let zero = |k: usize, j: usize| if k == j { each[k].1 } else { Tracked::ZERO };
    let slopes = (0..z.len()).map(|k| (0..z.len()).map(|j| zero(k, j)).collect()).collect();
    (out, slopes)
}

/// What each output adds to the loss.
fn loss_terms(key: &str, y: &[f64], f: &[Tracked]) -> Vec<Tracked> {
    let one = Tracked::ONE;
    let term = |k: usize| {
        let f = f[k];
        if key == "output" {
            return f;
        }
        let y = Tracked::exact(y[k]);
        match key {
            "half_squared_error" => (f - y) * (f - y) * Tracked::exact(0.5),
            "squared_error" | "mean_squared_error" => (f - y) * (f - y),
            "binary_cross_entropy" => weighed(y, f) + weighed(one - y, one - f),
            "cross_entropy" => weighed(y, f),
            _ => panic!("add the loss {key} to tests/common/plain.rs, by another formula"),
        }
    };
    (0..f.len()).map(term).collect()
}

/// `-y ln f`, nothing where y is 0.
fn weighed(y: Tracked, f: Tracked) -> Tracked {
    if y.v == 0.0 { Tracked::ZERO } else { -(y * f.ln()) }
}

/// How the loss changes with each output.
fn loss_slopes(key: &str, y: &[f64], f: &[Tracked]) -> Vec<Tracked> {
    let one = Tracked::ONE;
    let slope = |k: usize| {
        let f_k = f[k];
        if key == "output" {
            return one;
        }
        let y = Tracked::exact(y[k]);
        match key {
            "half_squared_error" => f_k - y,
            "squared_error" => (f_k - y) * Tracked::exact(2.0),
            "mean_squared_error" => {
                (f_k - y) * Tracked::exact(2.0) / Tracked::exact(f.len() as f64)
            }
            "binary_cross_entropy" => (f_k - y) / (f_k * (one - f_k)),
            "cross_entropy" => -(y / f_k),
            _ => panic!("add the loss {key} to tests/common/plain.rs, by another formula"),
        }
    };
    (0..f.len()).map(slope).collect()
}

/// Output activations and losses that go together.
pub(crate) fn pairings() -> Vec<(&'static Activation, &'static Loss)> {
    let mut pairs = Vec::new();
    for activation in &activation::ALL {
        let fitting = loss::ALL.iter().filter(|loss| loss.refuses(activation).is_none());
        pairs.extend(fitting.map(|loss| (activation, loss)));
    }
    pairs
}

/// Activations that a hidden layer can have.
pub(crate) fn hidden() -> Vec<&'static Activation> {
    activation::ALL.iter().filter(|entry| matches!(entry.form, ActivationForm::Each(_))).collect()
}

/// A network without its end: any pairing of output and loss can be put there.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// Units, inputs first.
    sizes: Vec<usize>,
    /// Activations of the layers but the last.
    hidden: Vec<&'static str>,
    biased: Vec<bool>,
    /// Numbers from -1 to 1, taken in order.
    numbers: Vec<f64>,
    one_hot: bool,
}

/// Numbers enough for the largest body.
const NUMBERS: usize = 160;

/// Bodies of 1 to 4 layers of 1 to 5 units.
pub(crate) fn bodies() -> impl Strategy<Value = Body> {
    let number = prop_oneof![
        5 => (-100..=100_i32).prop_map(|hundredths| f64::from(hundredths) / 100.0),
        4 => -1.0..1.0_f64,
        1 => Just(0.0),
    ];
    (
        prop::collection::vec(1..=5_usize, 2..=5),
        prop::collection::vec(prop::sample::select(hidden()), 4),
        prop::collection::vec(prop::bool::weighted(0.8), 4),
        prop::collection::vec(number, NUMBERS),
        any::<bool>(),
    )
        .prop_map(|(sizes, hidden, biased, numbers, one_hot)| Body {
            hidden: hidden.iter().map(|entry| entry.key).take(sizes.len() - 2).collect(),
            biased,
            numbers,
            one_hot,
            sizes,
        })
}

impl Body {
    /// The network with this end. `scale` 1 keeps sums moderate.
    pub(crate) fn ending(&self, output: &Activation, loss: &'static Loss, scale: f64) -> Plain {
        let mut numbers = self.numbers.iter().copied();
        let mut take = |count: usize, size: f64| -> Vec<f64> {
            numbers.by_ref().take(count).map(|number| number * size).collect()
        };
        let x = take(self.sizes[0], 2.0);
        let keys = self.hidden.iter().copied().chain([output.key]);
        let layers = keys
            .zip(self.sizes.windows(2))
            .zip(&self.biased)
            .map(|((key, sizes), biased)| {
                let size = 2.0 * scale / (sizes[0] as f64).sqrt();
                let activation = Activation::named(key).expect("the key is one of the crate's");
                PlainLayer {
                    activation: activation.key,
                    w: (0..sizes[0]).map(|_| take(sizes[1], size)).collect(),
                    b: biased.then(|| take(sizes[1], 1.0)),
                }
            })
            .collect();
        let outputs = self.sizes[self.sizes.len() - 1];
        let y = self.target(loss.targets, &take(outputs, 1.0));
        Plain { layers, loss: loss.key, x, y }
    }

    fn target(&self, targets: Targets, numbers: &[f64]) -> Vec<f64> {
        match targets {
            Targets::Unused => Vec::new(),
            Targets::Any => numbers.iter().map(|number| 2.0 * number).collect(),
            Targets::UnitInterval if self.one_hot => {
                numbers.iter().map(|number| if *number > 0.0 { 1.0 } else { 0.0 }).collect()
            }
            Targets::UnitInterval => numbers.iter().map(|number| number.abs()).collect(),
            Targets::Distribution if self.one_hot => {
                let mut y = vec![0.0; numbers.len()];
                y[(numbers[0].abs() * 97.0) as usize % numbers.len()] = 1.0;
                y
            }
            Targets::Distribution => {
                let parts: Vec<f64> = numbers.iter().map(|number| number.abs() + 0.01).collect();
                let all: f64 = parts.iter().sum();
                parts.iter().map(|part| part / all).collect()
            }
        }
    }
}
