//! Random exercises for programs: small networks, one or several samples.

use backprop_tutor::network::{
    Activation, Layer, Loss, Matrix, Network, Reduction, Sample, activation,
};

/// A small generator of numbers that is the same on every machine.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub(super) fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    /// A number of two decimals up to `most` in size.
    pub(super) fn number(&mut self, most: f64) -> f64 {
        let steps = (most * 100.0) as usize;
        (self.below(2 * steps + 1) as f64 - steps as f64) / 100.0
    }
}

/// An exercise.
pub(super) struct Exercise {
    pub(super) network: Network,
    pub(super) samples: Vec<Sample>,
    pub(super) reduction: Reduction,
    pub(super) rate: f64,
}

/// How hard the numbers are to compute with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Usual,
    /// Units far out.
    Saturated,
    /// Sums that are 0 or nearly.
    Kinks,
}

/// Draws an exercise.
pub(super) fn exercise(dice: &mut Dice, kind: Kind) -> Exercise {
    let depth = 1 + dice.below(3);
    let mut units = vec![2 + dice.below(4)];
    // Equal widths are common, and more may go wrong in them.
    let width = 2 + dice.below(3);
    for _ in 1..depth {
        units.push(if dice.one_in(3) { 2 + dice.below(3) } else { width });
    }
    units.push(1 + dice.below(3));
    let hidden = ["sigmoid", "tanh", "relu", "leaky_relu", "softplus"];
    let kinked = ["relu", "leaky_relu"];
    let usual = if kind == Kind::Kinks { kinked[dice.below(2)] } else { hidden[dice.below(5)] };
    let pairs = [
        ("sigmoid", "half_squared_error"),
        ("identity", "mean_squared_error"),
        ("sigmoid", "binary_cross_entropy"),
        ("softmax", "cross_entropy"),
        ("tanh", "squared_error"),
        ("softmax", "half_squared_error"),
    ];
    let (output, loss) = pairs[dice.below(pairs.len())];
    let outputs = units[depth];
    if output == "softmax" && outputs < 2 {
        units[depth] = 2;
    }
    let size = if kind == Kind::Saturated { 12.0 } else { 1.0 };
    let layers = (0..depth).map(|layer| {
        let (inputs, units) = (units[layer], units[layer + 1]);
        let mut weights = Matrix::with_columns(units);
        for _ in 0..inputs {
            let row: Vec<f64> = (0..units).map(|_| dice.number(size)).collect();
            weights.push_row(&row);
        }
        let bias = |dice: &mut Dice| {
            if kind == Kind::Kinks { 0.0 } else { dice.number(size.min(2.0)) }
        };
        let key = if layer + 1 == depth { output } else { usual };
        Layer {
            activation: activation::ALL.iter().find(|one| one.key == key).unwrap(),
            weights,
            biases: Some((0..units).map(|_| bias(dice)).collect()),
        }
    });
    let layers: Vec<Layer> = layers.collect();
    let network = Network { layers, loss: Loss::named(loss).unwrap(), own_names: None };
    let count = if dice.one_in(2) { 1 } else { 2 + dice.below(31) };
    let samples = (0..count).map(|_| {
        let zero = kind == Kind::Kinks && dice.one_in(3);
        let x = (0..units[0]).map(|_| if zero { 0.0 } else { dice.number(2.0) }).collect();
        let hot = dice.below(units[depth]);
        let target = |dice: &mut Dice, k: usize| match (output, loss) {
            ("softmax", _) => f64::from(u8::from(k == hot)),
            (_, "binary_cross_entropy") => f64::from(u8::from(dice.one_in(2))),
            _ => (dice.number(1.0) + 1.0) / 2.0,
        };
        Sample { x, y: (0..units[depth]).map(|k| target(dice, k)).collect() }
    });
    let samples = samples.collect();
    let reduction = if dice.one_in(4) { Reduction::Sum } else { Reduction::Mean };
    let rate = [0.1, 0.3, 0.05, 0.7][dice.below(4)];
    Exercise { network, samples, reduction, rate }
}

/// The key of an activation.
pub(super) const fn key(activation: &Activation) -> &'static str {
    activation.key
}
