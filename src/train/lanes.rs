//! Networks whose layers fit into a register or two, of any depth: a layer is
//! worked as one row of lanes, some of them padding, and an observation at a time.
//!
//! Every product is a number times a row: forward the weights that leave a unit,
//! back those that enter one. So both are kept, the second as a copy that takes the
//! same steps, and nothing is ever added up across a row. What stands in the lanes
//! of the padding is computed along and never read.

use pulp::{Arch, Scalar, Simd, WithSimd};

use super::data::{Data, Observations};
use super::engine::{Engine, Rule};
use super::layout::FlatLayout;
use super::real::Real;
use super::rows::{LaneRow, LaneRows, apply};
use crate::network::Network;

/// Numbers that enter a network, up to which its first layer is worked row by row.
const MOST_INPUTS: usize = 32;

/// The engine of a network with narrow layers.
pub(super) fn engine<R: Real>(
    network: &Network,
    layout: &FlatLayout,
) -> Option<Box<dyn Engine<R>>> {
    let widest = layout.layers.iter().map(|layer| layer.units).max()?;
    if layout.layers[0].inputs > MOST_INPUTS {
        return None;
    }
    // Rows are whole registers, or half of the widest ones.
    let lanes = if widest <= R::PAD / 2 { R::PAD / 2 } else { widest.next_multiple_of(R::PAD) };
    match lanes {
        4 => Some(Box::new(Lanes::<R, 4>::new(network, layout))),
        8 => Some(Box::new(Lanes::<R, 8>::new(network, layout))),
        16 => Some(Box::new(Lanes::<R, 16>::new(network, layout))),
        _ => None,
    }
}

/// Works something with the widest registers, or with those that rows of so many
/// lanes fill.
fn dispatch<R: Real, const L: usize, W: WithSimd>(work: W) -> W::Output {
    let half_full = L < R::PAD;
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    if half_full && let Some(simd) = pulp::x86::V3::try_new() {
        return Simd::vectorize(simd, work);
    }
    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
    let _ = half_full;
    Arch::new().dispatch(work)
}

/// The engine.
struct Lanes<R, const L: usize> {
    network: Network,
    layout: FlatLayout,
    rows: Vec<LaneRows<R, L>>,
    /// Of a batch of several.
    gradient: Vec<LaneRows<R, L>>,
    /// What each layer gives at the observation that is worked.
    outs: Vec<LaneRow<R, L>>,
    /// The weights as the layout has them.
    flat: Vec<R>,
}

impl<R: Real, const L: usize> Lanes<R, L> {
    fn new(network: &Network, layout: &FlatLayout) -> Self {
        let zeros: Vec<_> = layout.layers.iter().map(LaneRows::zeros).collect();
        let mut lanes = Self {
            network: network.clone(),
            rows: zeros.clone(),
            gradient: zeros,
            outs: vec![LaneRow::ZERO; layout.layers.len()],
            flat: layout.flatten::<R>(network).values().to_vec(),
            layout: layout.clone(),
        };
        lanes.read_flat();
        lanes
    }

    fn read_flat(&mut self) {
        for (at, (layer, rows)) in self.layout.layers.iter().zip(&mut self.rows).enumerate() {
            let place = &self.flat[layer.start..][..layer.length()];
            let read = |target: &mut LaneRow<R, L>, row: usize| {
                target.0[..layer.units]
                    .copy_from_slice(&place[row * layer.stride..][..layer.units]);
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
                target[..layer.units].copy_from_slice(&row.0[..layer.units]);
            }
        }
    }

    /// Works forward: what the hidden layers give is kept, and `out` becomes the sums
    /// that enter the output layer.
    #[inline(always)]
    fn forward<S: Simd>(&mut self, simd: S, x: &[R], out: &mut LaneRow<R, L>) {
        let last = self.layout.layers.len() - 1;
        for at in 0..last {
            let (before, outs) = self.outs.split_at_mut(at);
            let entering = before.last().map_or(x, |outs| &outs.0);
            outs[0] = self.rows[at].biases;
            LaneRows::multiply(simd, entering, &self.rows[at].leaving, &mut outs[0]);
            outs[0].apply::<S>(&self.layout.layers[at]);
        }
        let entering = self.outs[..last].last().map_or(x, |outs| &outs.0);
        *out = self.rows[last].biases;
        LaneRows::multiply(simd, entering, &self.rows[last].leaving, out);
    }

    /// The outputs, and their error signals. It pays to know how many they are: a loop
    /// over a few that may be any number is mostly bookkeeping.
    #[inline(always)]
    fn finish<S: Simd, const N: usize>(
        &self,
        y: &[R],
        out: &mut LaneRow<R, L>,
        signals: &mut LaneRow<R, L>,
    ) {
        let (cost, output) = (self.layout.cost, self.layout.output());
        if let (Some(y), Some(f), Some(signals)) =
            (y.first_chunk::<N>(), out.0.first_chunk_mut::<N>(), signals.0.first_chunk_mut::<N>())
            && N < L
        {
            apply::<R, S>(output.unit, f);
            cost.signals(output.unit, y, f, signals);
            return;
        }
        let units = output.units.min(L);
        out.apply::<S>(output);
        cost.signals(output.unit, y, &out.0[..units], &mut signals.0[..units]);
    }

    /// Works one observation, and takes the step at once where it is `alone`.
    #[inline(always)]
    fn learn<S: Simd>(&mut self, simd: S, x: &[R], y: &[R], alone: Option<R>, keeps: bool) {
        let mut out = LaneRow::ZERO;
        self.forward(simd, x, &mut out);
        let mut signals = LaneRow::ZERO;
        match self.layout.output().units {
            1 => self.finish::<S, 1>(y, &mut out, &mut signals),
            2 => self.finish::<S, 2>(y, &mut out, &mut signals),
            3 => self.finish::<S, 3>(y, &mut out, &mut signals),
            _ => self.finish::<S, L>(y, &mut out, &mut signals),
        }
        for at in (0..self.layout.layers.len()).rev() {
            let layer = &self.layout.layers[at];
            let keeps = keeps || !layer.biased;
            let mut back = LaneRow::ZERO;
            let mut entering = x;
            if let Some(before) = at.checked_sub(1) {
                let factors = &signals.0[..layer.units.min(L)];
                LaneRows::multiply(simd, factors, &self.rows[at].entering, &mut back);
                let outs = &self.outs[before].0;
                self.layout.layers[before].unit.chain(&mut back.0, outs);
                entering = outs;
            }
            match alone {
                Some(scale) => self.rows[at].take(simd, scale, &signals, entering, keeps),
                None => self.gradient[at].take(simd, R::ONE, &signals, entering, keeps),
            }
            signals = back;
        }
    }

    /// Takes the step that a batch has gathered, and forgets it.
    #[inline(always)]
    fn step<S: Simd>(&mut self, simd: S, scale: R) {
        for (at, (rows, gradient)) in self.rows.iter_mut().zip(&mut self.gradient).enumerate() {
            for (row, slope) in rows.leaving.iter_mut().zip(&mut gradient.leaving) {
                row.add(simd, scale, slope);
                *slope = LaneRow::ZERO;
            }
            rows.biases.add(simd, scale, &gradient.biases);
            gradient.biases = LaneRow::ZERO;
            if at > 0 {
                rows.turn(self.layout.layers[at].units);
            }
        }
    }

    fn descend(
        &mut self,
        data: &Data<R>,
        batch: Observations<'_>,
        size: usize,
        plan: (&Rule, usize),
    ) {
        let (rule, epochs) = plan;
        dispatch::<R, L, _>(Descend { lanes: self, data, batch, size, rule, epochs });
        self.write_flat();
    }
}

/// So many passes over the data.
struct Descend<'a, R, const L: usize> {
    lanes: &'a mut Lanes<R, L>,
    data: &'a Data<R>,
    batch: Observations<'a>,
    size: usize,
    rule: &'a Rule,
    epochs: usize,
}

impl<R: Real, const L: usize> WithSimd for Descend<'_, R, L> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { lanes, data, batch, size, rule, epochs } = self;
        let keeps = !rule.update_biases;
        let alone = R::of(-rule.step(1));
        for _ in 0..epochs {
            if size == 1 {
                for at in 0..batch.count {
                    let row = batch.row(at);
                    lanes.learn(simd, data.x(row), data.y(row), Some(alone), keeps);
                }
                continue;
            }
            for first in (0..batch.count).step_by(size) {
                let part = batch.part(first, size);
                for at in 0..part.count {
                    let row = part.row(at);
                    lanes.learn(simd, data.x(row), data.y(row), None, keeps);
                }
                lanes.step(simd, R::of(-rule.step(part.count)));
            }
        }
    }
}

impl<R: Real, const L: usize> Engine<R> for Lanes<R, L> {
    fn update(&mut self, data: &Data<R>, batch: Observations<'_>, rule: &Rule) {
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
        let batch = Observations { first: 0, count: data.len(), order };
        self.descend(data, batch, size, (rule, count));
    }

    fn total_loss(&mut self, data: &Data<R>) -> f64 {
        let (cost, output) = (self.layout.cost, *self.layout.output());
        let loss = |row: usize| {
            let mut sums = LaneRow::ZERO;
            self.forward(Scalar::new(), data.x(row), &mut sums);
            cost.of_sample(output.unit, data.y(row), &mut sums.0[..output.units])
        };
        (0..data.len()).map(loss).sum()
    }

    fn outputs(&mut self, data: &Data<R>, visit: &mut dyn FnMut(usize, &[R])) {
        let output = *self.layout.output();
        for row in 0..data.len() {
            let mut out = LaneRow::ZERO;
            self.forward(Scalar::new(), data.x(row), &mut out);
            out.apply::<Scalar>(&output);
            visit(row, &out.0[..output.units]);
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
