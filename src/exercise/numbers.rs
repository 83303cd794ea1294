//! Numbers that people like to compute with: whole hundredths, drawn from a seed.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng;

use super::generate::Numbers;
use super::shape::{ExerciseShape, NumberStyle};
use crate::network::loss::Targets;
use crate::network::{Layer, Matrix, Network, Sample};

/// Draws numbers. The generator is specified, and so is what is made of its
/// numbers: the same seed gives the same on every machine, now and later.
#[derive(Clone, Debug)]
pub(super) struct NumberDraw(Pcg64);

/// Learning rates that hide nothing.
const RATES: [i64; 8] = [10, 20, 30, 40, 60, 70, 80, 90];

impl NumberDraw {
    /// From a seed; another `stream` gives other numbers.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        Self(Pcg64::new(u128::from(seed), u128::from(stream)))
    }

    /// One of the whole numbers between two, both of them included.
    fn between(&mut self, least: i64, most: i64) -> i64 {
        let count = most.abs_diff(least) + 1;
        // The remainder favours small numbers by less than 1 in 10^15.
        least + (self.0.next_u64() % count) as i64
    }

    /// A little more or less than nothing.
    pub(super) fn nudge(&mut self) -> f64 {
        let size = self.between(1_000, 9_000);
        (self.sign() * size) as f64 / 1e6
    }

    fn sign(&mut self) -> i64 {
        if self.0.next_u64() & 1 == 0 { 1 } else { -1 }
    }

    fn weight(&mut self, style: NumberStyle) -> i64 {
        match style {
            NumberStyle::Textbook => 5 * self.between(2, 19),
            NumberStyle::Xor | NumberStyle::Random => self.sign() * self.between(10, 125),
        }
    }

    /// Never 0, 1 or -1.
    fn input(&mut self, style: NumberStyle) -> i64 {
        match style {
            NumberStyle::Xor if self.sign() > 0 => 10 * self.between(7, 9),
            NumberStyle::Xor => 10 * self.between(1, 3),
            NumberStyle::Textbook => 5 * self.between(1, 19),
            NumberStyle::Random => {
                let size = self.between(20, 160);
                self.sign() * if size == 100 { 90 } else { size }
            }
        }
    }

    fn targets(&mut self, shape: &ExerciseShape, x: &[i64]) -> Vec<i64> {
        let outputs = shape.sizes[shape.sizes.len() - 1];
        let last = shape.activations[shape.activations.len() - 1];
        let is_sure = shape.style == NumberStyle::Xor;
        match shape.loss.targets {
            Targets::Unused => Vec::new(),
            Targets::Distribution => self.one_of(outputs),
            Targets::UnitInterval => (0..outputs).map(|_| 100 * self.between(0, 1)).collect(),
            Targets::Any if last.key == "softmax" => self.one_of(outputs),
            Targets::Any if is_sure && outputs == 1 && last.key == "sigmoid" => {
                let odd = x.iter().filter(|x| **x > 50).count() % 2;
                vec![100 * odd as i64]
            }
            Targets::Any => (0..outputs).map(|_| self.target(last.key, shape.style)).collect(),
        }
    }

    fn one_of(&mut self, outputs: usize) -> Vec<i64> {
        let hot = self.between(0, outputs as i64 - 1);
        (0..outputs as i64).map(|at| if at == hot { 100 } else { 0 }).collect()
    }

    fn target(&mut self, activation: &str, style: NumberStyle) -> i64 {
        match (activation, style) {
            ("sigmoid", NumberStyle::Textbook) => [1, 99][self.between(0, 1) as usize],
            ("sigmoid", NumberStyle::Xor | NumberStyle::Random) => self.between(2, 98),
            ("tanh", _) => self.sign() * self.between(10, 95),
            ("relu" | "softplus", _) => self.between(10, 250),
            _ => self.sign() * self.between(10, 250),
        }
    }

    /// Draws one number of an exercise again.
    pub(super) fn change(&mut self, shape: &ExerciseShape, numbers: &mut Numbers) {
        let other = Numbers::from(self.exercise(shape));
        let (parameters, inputs) = (numbers.network.parameters(), numbers.sample.x.len());
        let mut at = self.between(0, (parameters + inputs + 1) as i64) as usize;
        if at < parameters {
            let taken = other.network.layers.iter().flat_map(|layer| {
                layer.weights.values().iter().chain(layer.biases.iter().flatten())
            });
            let taken: Vec<f64> = taken.copied().collect();
            let mut place = 0;
            numbers.network = numbers.network.with_parameters(|_, old| {
                let new = if place == at { taken[place] } else { old };
                place += 1;
                new
            });
            return;
        }
        at -= parameters;
        // What comes out of the corners of the square depends on all of them.
        if shape.style == NumberStyle::Xor && at <= inputs {
            numbers.sample = other.sample;
        } else if at < inputs {
            numbers.sample.x[at] = other.sample.x[at];
        } else if at == inputs {
            numbers.sample.y = other.sample.y;
        } else {
            numbers.rate = other.rate;
        }
    }

    /// A network, a sample and a learning rate.
    pub(super) fn exercise(&mut self, shape: &ExerciseShape) -> (Network, Sample, f64) {
        let style = shape.style;
        let layers = shape.sizes.windows(2).zip(&shape.activations).map(|(sizes, activation)| {
            let mut weights = Matrix::with_columns(sizes[1]);
            for _ in 0..sizes[0] {
                let row: Vec<f64> = (0..sizes[1]).map(|_| hundredths(self.weight(style))).collect();
                weights.push_row(&row);
            }
            let biases = (0..sizes[1]).map(|_| hundredths(self.weight(style))).collect();
            Layer { activation, weights, biases: shape.biases.then_some(biases) }
        });
        let layers = layers.collect();
        let network = Network { layers, loss: shape.loss, own_names: None };
        let x: Vec<i64> = (0..shape.sizes[0]).map(|_| self.input(style)).collect();
        let y = self.targets(shape, &x);
        let numbers = |all: Vec<i64>| all.into_iter().map(hundredths).collect();
        let sample = Sample { x: numbers(x), y: numbers(y) };
        let drawn = hundredths(RATES[self.between(0, RATES.len() as i64 - 1) as usize]);
        (network, sample, shape.rate.unwrap_or(drawn))
    }
}

impl From<(Network, Sample, f64)> for Numbers {
    fn from((network, sample, rate): (Network, Sample, f64)) -> Self {
        Self { network, sample, rate }
    }
}

fn hundredths(count: i64) -> f64 {
    count as f64 / 100.0
}

/// A number for the words that an exercise belongs to, the same for ever
/// (FNV-1a).
pub(super) fn stream_of(words: &str) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    words.bytes().fold(0xcbf2_9ce4_8422_2325, mix)
}
