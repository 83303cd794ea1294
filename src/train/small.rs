//! Networks so small that their sizes are worth knowing when the program is
//! compiled: every loop is unrolled, and the weights stay in registers. With one
//! output that buys a quarter of the time of [lanes](super::lanes); with more it
//! buys nothing.
#![expect(clippy::needless_range_loop, reason = "loops over sizes that are fixed")]

use pulp::{Arch, Simd, WithSimd};

use super::cost::OutputCost;
use super::data::{Data, Observations};
use super::engine::{Engine, Rule};
use super::layout::FlatLayout;
use super::real::Real;
use super::unit::Unit;
use crate::network::Network;

/// The engine of a network with one hidden layer, if it is one of the sizes
/// below.
pub(super) fn engine<R: Real>(
    network: &Network,
    layout: &FlatLayout,
) -> Option<Box<dyn Engine<R>>> {
    let [hidden, output] = layout.layers[..] else { return None };
    if output.unit == Unit::Softmax {
        return None;
    }
    macro_rules! sizes {
        ($(($i:literal, $h:literal, $o:literal)),*) => {
            match (hidden.inputs, hidden.units, output.units) {
                $(($i, $h, $o) => Some(Box::new(Small::<R, $i, $h, $o>::new(network, layout.clone()))),)*
                _ => None,
            }
        };
    }
    sizes!(
        (1, 2, 1),
        (1, 3, 1),
        (1, 4, 1),
        (2, 2, 1),
        (2, 3, 1),
        (2, 4, 1),
        (3, 2, 1),
        (3, 3, 1),
        (3, 4, 1)
    )
}

/// Weights and biases of a network with one hidden layer.
#[derive(Clone, Copy)]
struct Weights<R, const I: usize, const H: usize, const O: usize> {
    w: [[R; H]; I],
    b: [R; H],
    u: [[R; O]; H],
    c: [R; O],
}

impl<R: Real, const I: usize, const H: usize, const O: usize> Weights<R, I, H, O> {
    const ZERO: Self =
        Self { w: [[R::ZERO; H]; I], b: [R::ZERO; H], u: [[R::ZERO; O]; H], c: [R::ZERO; O] };

    fn of(layout: &FlatLayout, flat: &[R]) -> Self {
        let row = |layer: usize, row: usize| {
            let layer = &layout.layers[layer];
            &flat[layer.start + row * layer.stride..]
        };
        Self {
            w: std::array::from_fn(|i| std::array::from_fn(|h| row(0, i)[h])),
            b: std::array::from_fn(|h| row(0, I)[h]),
            u: std::array::from_fn(|h| std::array::from_fn(|o| row(1, h)[o])),
            c: std::array::from_fn(|o| row(1, H)[o]),
        }
    }

    fn write(&self, layout: &FlatLayout, flat: &mut [R]) {
        let mut put = |layer: usize, row: usize, values: &[R]| {
            let layer = &layout.layers[layer];
            flat[layer.start + row * layer.stride..][..values.len()].copy_from_slice(values);
        };
        self.w.iter().enumerate().for_each(|(i, w)| put(0, i, w));
        put(0, I, &self.b);
        self.u.iter().enumerate().for_each(|(h, u)| put(1, h, u));
        put(1, H, &self.c);
    }
}

/// What does not change while a network is trained.
#[derive(Clone, Copy)]
struct Kind {
    hidden: Unit,
    output: Unit,
    cost: OutputCost,
    /// Whether the hidden and the output layer have biases.
    biased: [bool; 2],
}

/// The engine of one size.
struct Small<R, const I: usize, const H: usize, const O: usize> {
    network: Network,
    layout: FlatLayout,
    kind: Kind,
    weights: Weights<R, I, H, O>,
    /// The weights as the layout has them.
    flat: Vec<R>,
}

impl<R: Real, const I: usize, const H: usize, const O: usize> Small<R, I, H, O> {
    fn new(network: &Network, layout: FlatLayout) -> Self {
        let flat = layout.flatten::<R>(network).values().to_vec();
        let [hidden, output] = [layout.layers[0], layout.layers[1]];
        Self {
            network: network.clone(),
            kind: Kind {
                hidden: hidden.unit,
                output: output.unit,
                cost: layout.cost,
                biased: [hidden.biased, output.biased],
            },
            weights: Weights::of(&layout, &flat),
            layout,
            flat,
        }
    }
}

impl Kind {
    /// Outputs of the hidden layer, and the sums that enter the output layer.
    #[inline(always)]
    fn forward<R: Real, const F: bool, const I: usize, const H: usize, const O: usize>(
        &self,
        weights: &Weights<R, I, H, O>,
        x: &[R; I],
    ) -> ([R; H], [R; O]) {
        let mut hidden = weights.b;
        for i in 0..I {
            for h in 0..H {
                hidden[h] = x[i].times_plus::<F>(weights.w[i][h], hidden[h]);
            }
        }
        self.hidden.apply::<R, F>(&mut hidden, H, H);
        let mut sums = weights.c;
        for h in 0..H {
            for o in 0..O {
                sums[o] = hidden[h].times_plus::<F>(weights.u[h][o], sums[o]);
            }
        }
        (hidden, sums)
    }

    /// Adds what one sample brings to the gradient.
    #[inline(always)]
    fn learn<R: Real, const F: bool, const I: usize, const H: usize, const O: usize>(
        &self,
        weights: &Weights<R, I, H, O>,
        x: &[R; I],
        y: &[R],
        scale: R,
        gradient: &mut Weights<R, I, H, O>,
    ) {
        let (hidden, mut out) = self.forward::<R, F, I, H, O>(weights, x);
        self.output.apply::<R, F>(&mut out, O, O);
        let mut signals = [R::ZERO; O];
        self.cost.signals(self.output, y, &out, &mut signals);
        let mut back = [R::ZERO; H];
        for h in 0..H {
            for o in 0..O {
                back[h] = signals[o].times_plus::<F>(weights.u[h][o], back[h]);
            }
        }
        self.hidden.chain(&mut back, &hidden);
        for o in 0..O {
            let signal = scale * signals[o];
            gradient.c[o] += signal;
            for h in 0..H {
                gradient.u[h][o] = signal.times_plus::<F>(hidden[h], gradient.u[h][o]);
            }
        }
        for h in 0..H {
            let signal = scale * back[h];
            gradient.b[h] += signal;
            for i in 0..I {
                gradient.w[i][h] = signal.times_plus::<F>(x[i], gradient.w[i][h]);
            }
        }
    }

    /// Keeps the biases as they were where they are not updated.
    #[inline(always)]
    fn keep<R: Real, const I: usize, const H: usize, const O: usize>(
        &self,
        rule: &Rule,
        weights: &mut Weights<R, I, H, O>,
        old: &Weights<R, I, H, O>,
    ) {
        if !(rule.update_biases && self.biased[0]) {
            weights.b = old.b;
        }
        if !(rule.update_biases && self.biased[1]) {
            weights.c = old.c;
        }
    }
}

/// So many passes over the data.
struct Descend<'a, R, const I: usize, const H: usize, const O: usize> {
    kind: Kind,
    weights: Weights<R, I, H, O>,
    data: &'a Data<R>,
    batch: Observations<'a>,
    size: usize,
    rule: &'a Rule,
    epochs: usize,
}

impl<R: Real, const I: usize, const H: usize, const O: usize> Descend<'_, R, I, H, O> {
    #[inline(always)]
    fn descend<const F: bool>(self) -> Weights<R, I, H, O> {
        let Self { kind, mut weights, data, batch, size, rule, epochs } = self;
        let (old, alone) = (weights, R::of(-rule.step(1)));
        for _ in 0..epochs {
            if size == 1 {
                for at in 0..batch.count {
                    let row = batch.row(at);
                    let Some(x) = data.x(row).first_chunk() else { continue };
                    let before = weights;
                    kind.learn::<R, F, I, H, O>(&before, x, data.y(row), alone, &mut weights);
                    kind.keep(rule, &mut weights, &old);
                }
                continue;
            }
            for first in (0..batch.count).step_by(size) {
                let part = batch.part(first, size);
                let before = weights;
                let mut gradient = Weights::<R, I, H, O>::ZERO;
                for at in 0..part.count {
                    let row = part.row(at);
                    let Some(x) = data.x(row).first_chunk() else { continue };
                    kind.learn::<R, F, I, H, O>(&before, x, data.y(row), R::ONE, &mut gradient);
                }
                let scale = R::of(-rule.step(part.count));
                weights.add::<F>(scale, &gradient);
                kind.keep(rule, &mut weights, &old);
            }
        }
        weights
    }
}

impl<R: Real, const I: usize, const H: usize, const O: usize> Weights<R, I, H, O> {
    /// Adds `scale` times a gradient.
    #[inline(always)]
    fn add<const F: bool>(&mut self, scale: R, gradient: &Self) {
        let add = |values: &mut [R], slopes: &[R]| {
            for (value, slope) in values.iter_mut().zip(slopes) {
                *value = scale.times_plus::<F>(*slope, *value);
            }
        };
        add(self.w.as_flattened_mut(), gradient.w.as_flattened());
        add(&mut self.b, &gradient.b);
        add(self.u.as_flattened_mut(), gradient.u.as_flattened());
        add(&mut self.c, &gradient.c);
    }
}

impl<R: Real, const I: usize, const H: usize, const O: usize> WithSimd for Descend<'_, R, I, H, O> {
    type Output = Weights<R, I, H, O>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Self::Output {
        if S::IS_SCALAR { self.descend::<false>() } else { self.descend::<true>() }
    }
}

impl<R: Real, const I: usize, const H: usize, const O: usize> Small<R, I, H, O> {
    fn descend(
        &mut self,
        data: &Data<R>,
        batch: Observations<'_>,
        size: usize,
        rule: &Rule,
        epochs: usize,
    ) {
        let (kind, weights) = (self.kind, self.weights);
        self.weights =
            Arch::new().dispatch(Descend { kind, weights, data, batch, size, rule, epochs });
        self.weights.write(&self.layout, &mut self.flat);
    }
}

impl<R: Real, const I: usize, const H: usize, const O: usize> Engine<R> for Small<R, I, H, O> {
    fn update(&mut self, data: &Data<R>, batch: Observations<'_>, rule: &Rule) {
        self.descend(data, batch, batch.count, rule, 1);
    }

    fn epochs(
        &mut self,
        data: &Data<R>,
        order: Option<&[u32]>,
        size: usize,
        rule: &Rule,
        count: usize,
    ) {
        let batch = Observations { first: 0, count: data.len(), order };
        self.descend(data, batch, size, rule, count);
    }

    fn total_loss(&mut self, data: &Data<R>) -> f64 {
        let kind = self.kind;
        let loss = |row: usize| {
            let x = data.x(row).first_chunk()?;
            let (_, mut sums) = kind.forward::<R, false, I, H, O>(&self.weights, x);
            Some(kind.cost.of_sample(kind.output, data.y(row), &mut sums))
        };
        (0..data.len()).filter_map(loss).sum()
    }

    fn outputs(&mut self, data: &Data<R>, visit: &mut dyn FnMut(usize, &[R])) {
        for row in 0..data.len() {
            let Some(x) = data.x(row).first_chunk() else { continue };
            let (_, mut out) = self.kind.forward::<R, false, I, H, O>(&self.weights, x);
            self.kind.output.apply::<R, false>(&mut out, O, O);
            visit(row, &out);
        }
    }

    fn work(&self) -> usize {
        self.layout.work()
    }

    fn parameters(&self) -> &[R] {
        &self.flat
    }

    fn set_parameters(&mut self, parameters: &[R]) {
        self.flat.copy_from_slice(parameters);
        self.weights = Weights::of(&self.layout, &self.flat);
    }

    fn network(&self) -> Network {
        self.layout.unflatten(&self.network, &self.flat)
    }
}
