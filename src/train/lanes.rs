//! Networks whose layers fit into a register or two, of any depth: a layer is
//! worked as one row of lanes, some of them padding, and an observation at a time.
//!
//! Every product is a number times a row: forward the weights that leave a unit,
//! back those that enter one. So both are kept, the second as a copy that takes the
//! same steps, and nothing is ever added up across a row. What stands in the lanes
//! of the padding is computed along and never read.

use pulp::{Arch, Simd, WithSimd};

use super::data::{Batch, Data};
use super::engine::{Engine, Rule};
use super::layout::{Layer, Layout};
use super::real::Real;
use crate::network::Network;

/// Numbers that enter a network, up to which its first layer is worked row by row.
const MOST_INPUTS: usize = 32;

/// The engine of a network with narrow layers.
pub(super) fn engine<R: Real>(network: &Network, layout: &Layout) -> Option<Box<dyn Engine<R>>> {
    let widest = layout.layers.iter().map(|layer| layer.units).max()?;
    if layout.layers[0].inputs > MOST_INPUTS {
        return None;
    }
    match widest {
        0..=4 => Some(Box::new(Lanes::<R, 4>::new(network, layout))),
        5..=8 => Some(Box::new(Lanes::<R, 8>::new(network, layout))),
        9..=16 => Some(Box::new(Lanes::<R, 16>::new(network, layout))),
        _ => None,
    }
}

/// The weights and biases of a layer, or what is added to them.
#[derive(Clone)]
struct Rows<R, const L: usize> {
    /// Of the weights that leave an input: one for each unit.
    leaving: Vec<[R; L]>,
    biases: [R; L],
    /// Of the weights that enter a unit: one for each input. None in the first
    /// layer, which nothing is passed back through.
    entering: Vec<[R; L]>,
}

impl<R: Real, const L: usize> Rows<R, L> {
    fn zeros(layer: &Layer) -> Self {
        Self {
            leaving: vec![[R::ZERO; L]; layer.inputs],
            biases: [R::ZERO; L],
            entering: Vec::new(),
        }
    }

    /// Adds a number times a row to a row.
    #[inline(always)]
    fn add<const F: bool>(target: &mut [R; L], factor: R, row: &[R; L]) {
        for lane in 0..L {
            target[lane] = factor.times_plus::<F>(row[lane], target[lane]);
        }
    }

    /// Copies the weights by the units that they enter.
    fn turn(&mut self, units: usize) {
        self.entering.resize(units, [R::ZERO; L]);
        for (unit, row) in self.entering.iter_mut().enumerate() {
            row.iter_mut().zip(&self.leaving).for_each(|(to, from)| *to = from[unit]);
        }
    }

    /// What a row of numbers is multiplied to.
    #[inline(always)]
    fn product<const F: bool>(start: [R; L], factors: &[R], rows: &[[R; L]]) -> [R; L] {
        let mut sums = start;
        for (factor, row) in factors.iter().zip(rows) {
            Self::add::<F>(&mut sums, *factor, row);
        }
        sums
    }

    /// Takes `scale` times the gradient that signals and what enters the layer make.
    #[inline(always)]
    fn take<const F: bool>(
        &mut self,
        scale: R,
        signals: &[R; L],
        entering: &[R],
        keeps_biases: bool,
    ) {
        let scaled = signals.map(|signal| scale * signal);
        for (row, x) in self.leaving.iter_mut().zip(entering) {
            Self::add::<F>(row, *x, &scaled);
        }
        if !keeps_biases {
            for lane in 0..L {
                self.biases[lane] += scaled[lane];
            }
        }
        if let Some(outs) = entering.first_chunk() {
            for (row, signal) in self.entering.iter_mut().zip(&scaled) {
                Self::add::<F>(row, *signal, outs);
            }
        }
    }
}

/// The engine.
struct Lanes<R, const L: usize> {
    network: Network,
    layout: Layout,
    rows: Vec<Rows<R, L>>,
    /// Of a batch of several.
    gradient: Vec<Rows<R, L>>,
    /// What each layer gives at the observation that is worked.
    outs: Vec<[R; L]>,
    /// The weights as the layout has them.
    flat: Vec<R>,
}

impl<R: Real, const L: usize> Lanes<R, L> {
    fn new(network: &Network, layout: &Layout) -> Self {
        let zeros: Vec<_> = layout.layers.iter().map(Rows::zeros).collect();
        let mut lanes = Self {
            network: network.clone(),
            rows: zeros.clone(),
            gradient: zeros,
            outs: vec![[R::ZERO; L]; layout.layers.len()],
            flat: layout.flatten::<R>(network).values().to_vec(),
            layout: layout.clone(),
        };
        lanes.read_flat();
        lanes
    }

    fn read_flat(&mut self) {
        for (at, (layer, rows)) in self.layout.layers.iter().zip(&mut self.rows).enumerate() {
            let place = &self.flat[layer.start..][..layer.length()];
            let read = |target: &mut [R; L], row: usize| {
                target[..layer.units].copy_from_slice(&place[row * layer.stride..][..layer.units]);
            };
            rows.leaving.iter_mut().enumerate().for_each(|(row, target)| read(target, row));
            read(&mut rows.biases, layer.inputs);
            if at > 0 {
                rows.turn(layer.units);
            }
        }
    }

    fn write_flat(&mut self) {
        for (layer, rows) in self.layout.layers.iter().zip(&self.rows) {
            let place = &mut self.flat[layer.start..][..layer.length()];
            let all = rows.leaving.iter().chain([&rows.biases]);
            for (target, row) in place.chunks_exact_mut(layer.stride).zip(all) {
                target[..layer.units].copy_from_slice(&row[..layer.units]);
            }
        }
    }

    /// The sums that enter the output layer.
    #[inline(always)]
    fn sums<const F: bool>(&mut self, x: &[R]) -> [R; L] {
        let mut entering = x;
        let (last, hidden) = self.layout.layers.len().checked_sub(1).map_or((0, 0), |at| (at, at));
        for at in 0..hidden {
            let (layer, rows) = (&self.layout.layers[at], &self.rows[at]);
            let mut sums = Rows::product::<F>(rows.biases, entering, &rows.leaving);
            layer.unit.apply::<R, F>(&mut sums, L, layer.units);
            self.outs[at] = sums;
            entering = &self.outs[at];
        }
        let rows = &self.rows[last];
        Rows::product::<F>(rows.biases, entering, &rows.leaving)
    }

    /// Works one observation, and takes the step at once where it is `alone`.
    #[inline(always)]
    fn learn<const F: bool>(&mut self, x: &[R], y: &[R], alone: Option<R>, keeps: bool) {
        let mut out = self.sums::<F>(x);
        let output = self.layout.output();
        let units = output.units.min(L);
        output.unit.apply::<R, F>(&mut out, L, units);
        let mut signals = [R::ZERO; L];
        self.layout.cost.signals(output.unit, y, &out[..units], &mut signals[..units]);
        for at in (0..self.layout.layers.len()).rev() {
            let layer = &self.layout.layers[at];
            let (entering, back) = match at.checked_sub(1) {
                None => (x, signals),
                Some(before) => {
                    let factors = &signals[..layer.units.min(L)];
                    let rows = &self.rows[at].entering;
                    let mut back = Rows::product::<F>([R::ZERO; L], factors, rows);
                    self.layout.layers[before].unit.chain(&mut back, &self.outs[before]);
                    (&self.outs[before][..], back)
                }
            };
            let keeps = keeps || !layer.biased;
            match alone {
                Some(scale) => self.rows[at].take::<F>(scale, &signals, entering, keeps),
                None => self.gradient[at].take::<F>(R::ONE, &signals, entering, keeps),
            }
            signals = back;
        }
    }

    /// Takes the step that a batch has gathered, and forgets it.
    #[inline(always)]
    fn step<const F: bool>(&mut self, scale: R) {
        for (at, (rows, gradient)) in self.rows.iter_mut().zip(&mut self.gradient).enumerate() {
            for (row, slope) in rows.leaving.iter_mut().zip(&mut gradient.leaving) {
                Rows::add::<F>(row, scale, slope);
                *slope = [R::ZERO; L];
            }
            Rows::add::<F>(&mut rows.biases, scale, &gradient.biases);
            gradient.biases = [R::ZERO; L];
            if at > 0 {
                rows.turn(self.layout.layers[at].units);
            }
        }
    }

    fn descend(&mut self, data: &Data<R>, batch: Batch<'_>, size: usize, plan: (&Rule, usize)) {
        let (rule, epochs) = plan;
        Arch::new().dispatch(Descend { lanes: self, data, batch, size, rule, epochs });
        self.write_flat();
    }
}

/// So many passes over the data.
struct Descend<'a, R, const L: usize> {
    lanes: &'a mut Lanes<R, L>,
    data: &'a Data<R>,
    batch: Batch<'a>,
    size: usize,
    rule: &'a Rule,
    epochs: usize,
}

impl<R: Real, const L: usize> Descend<'_, R, L> {
    #[inline(always)]
    fn descend<const F: bool>(self) {
        let Self { lanes, data, batch, size, rule, epochs } = self;
        let keeps = !rule.update_biases;
        let alone = R::of(-rule.step(1));
        for _ in 0..epochs {
            if size == 1 {
                for at in 0..batch.count {
                    let row = batch.row(at);
                    lanes.learn::<F>(data.x(row), data.y(row), Some(alone), keeps);
                }
                continue;
            }
            for first in (0..batch.count).step_by(size) {
                let part = batch.part(first, size);
                for at in 0..part.count {
                    let row = part.row(at);
                    lanes.learn::<F>(data.x(row), data.y(row), None, keeps);
                }
                lanes.step::<F>(R::of(-rule.step(part.count)));
            }
        }
    }
}

impl<R: Real, const L: usize> WithSimd for Descend<'_, R, L> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        if S::IS_SCALAR { self.descend::<false>() } else { self.descend::<true>() }
    }
}

impl<R: Real, const L: usize> Engine<R> for Lanes<R, L> {
    fn update(&mut self, data: &Data<R>, batch: Batch<'_>, rule: &Rule) {
        self.descend(data, batch, batch.count, (rule, 1));
    }

    fn epochs(
        &mut self,
        data: &Data<R>,
        order: Option<&[u32]>,
        size: usize,
        rule: &Rule,
        count: usize,
    ) {
        let batch = Batch { first: 0, count: data.len(), order };
        self.descend(data, batch, size, (rule, count));
    }

    fn total_loss(&mut self, data: &Data<R>) -> f64 {
        let (cost, output) = (self.layout.cost, *self.layout.output());
        let loss = |row: usize| {
            let mut sums = self.sums::<false>(data.x(row));
            cost.of_sample(output.unit, data.y(row), &mut sums[..output.units])
        };
        (0..data.len()).map(loss).sum()
    }

    fn outputs(&mut self, data: &Data<R>, visit: &mut dyn FnMut(usize, &[R])) {
        let output = *self.layout.output();
        for row in 0..data.len() {
            let mut out = self.sums::<false>(data.x(row));
            output.unit.apply::<R, false>(&mut out, L, output.units);
            visit(row, &out[..output.units]);
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
        self.read_flat();
    }

    fn network(&self) -> Network {
        self.layout.unflatten(&self.network, &self.flat)
    }
}
