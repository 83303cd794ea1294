//! The matrix engine: any network, a batch at a time.
//!
//! A step has two phases. In the first each block of a few observations is
//! worked by itself, forward and back; in the second each row of weights takes
//! what all blocks bring to it. Both can be shared out to threads, and neither
//! the blocks nor the order of a sum depends on how many there are.
//!
//! Memory: the parameters, and the activations and signals of one batch; for
//! batches of more than [`MOST_ROWS`] also the gradient, which then is summed
//! part by part.

use std::time::Instant;

use pulp::{Arch, Simd, WithSimd};
use rayon::prelude::*;

use super::buffer::Buffer;
use super::data::{Batch, Data};
use super::engine::{Engine, Rule};
use super::kernel::{self, Forward, Gradient, Part};
use super::layout::{Layer, Layout};
use super::real::Real;
use super::sharing::Sharing;
use crate::network::Network;

/// Observations of a block.
const BLOCK: usize = 32;

/// Observations that are worked before their gradient is taken.
const MOST_ROWS: usize = 512;

/// Multiplications that are worth waking another thread for.
const WORTH_SHARING: usize = 400_000;

/// The matrix engine.
pub(super) struct Matrix<R> {
    network: Network,
    layout: Layout,
    parameters: Buffer<R>,
    /// Only where batches are worked part by part.
    gradient: Option<Buffer<R>>,
    /// Weights of each layer but the first, transposed.
    turned: Vec<Buffer<R>>,
    blocks: Vec<Block<R>>,
    threads: usize,
    sharing: Sharing,
    arch: Arch,
}

/// A few observations on their way through the network.
struct Block<R> {
    /// What went in, where it had to be brought together.
    x: Buffer<R>,
    /// Outputs of each layer.
    outs: Vec<Buffer<R>>,
    /// Error signals of each layer.
    signals: Vec<Buffer<R>>,
    /// Where its observations begin in the data, if they follow each other.
    adjoining: Option<usize>,
    rows: usize,
    loss: f64,
}

impl<R: Real> Block<R> {
    fn new(layout: &Layout) -> Self {
        let buffers =
            || layout.layers.iter().map(|layer| Buffer::zeros(layer.stride * BLOCK)).collect();
        Self {
            x: Buffer::zeros(layout.layers[0].inputs * BLOCK),
            outs: buffers(),
            signals: buffers(),
            adjoining: None,
            rows: 0,
            loss: 0.0,
        }
    }

    /// What goes into the first layer.
    #[inline(always)]
    fn input<'a>(&'a self, data: &'a Data<R>, inputs: usize) -> &'a [R] {
        match self.adjoining {
            Some(first) => data.rows(first, self.rows),
            None => &self.x.values()[..self.rows * inputs],
        }
    }

    /// What goes into a layer, and how far its rows are apart.
    #[inline(always)]
    fn entering<'a>(&'a self, layers: &[Layer], at: usize, data: &'a Data<R>) -> (&'a [R], usize) {
        match at.checked_sub(1) {
            None => (self.input(data, layers[0].inputs), layers[0].inputs),
            Some(before) => {
                let stride = layers[before].stride;
                (&self.outs[before].values()[..self.rows * stride], stride)
            }
        }
    }

    /// Takes observations in.
    fn take(&mut self, data: &Data<R>, batch: Batch<'_>) {
        self.rows = batch.count;
        self.adjoining = batch.order.is_none().then_some(batch.first);
        if self.adjoining.is_none() && batch.count > 0 {
            let inputs = data.x(batch.row(0)).len();
            for (at, place) in
                self.x.values_mut().chunks_exact_mut(inputs).take(batch.count).enumerate()
            {
                place.copy_from_slice(data.x(batch.row(at)));
            }
        }
    }

    /// From the inputs to the sums that enter the output layer, or through it.
    #[inline(always)]
    fn forward<S: Simd>(&mut self, simd: S, net: &Net<'_, R>, through: bool) {
        let layers = &net.layout.layers;
        for (at, layer) in layers.iter().enumerate() {
            let (before, from) = self.outs.split_at_mut(at);
            let (x, x_stride) = match before.last() {
                Some(before) => (before.values(), layers[at - 1].stride),
                None => match self.adjoining {
                    Some(first) => (net.data.rows(first, self.rows), layer.inputs),
                    None => (self.x.values(), layer.inputs),
                },
            };
            let out = &mut from[0].values_mut()[..self.rows * layer.stride];
            let (right, biases) =
                net.parameters[layer.start..][..layer.length()].split_at(layer.weights());
            let Layer { stride, width, inputs: depth, .. } = *layer;
            Forward { left: (x, x_stride), depth, right, biases, width, stride, out: &mut *out }
                .work(simd);
            if through || at + 1 < layers.len() {
                apply::<R, S>(layer, out);
            }
        }
    }

    /// From the outputs back to the signals of the first layer.
    #[inline(always)]
    fn back<S: Simd>(&mut self, simd: S, net: &Net<'_, R>, batch: Batch<'_>) {
        let layout = net.layout;
        let (last, output) = (layout.layers.len() - 1, layout.output());
        let outs = self.outs[last].values().chunks_exact(output.stride);
        let signals = self.signals[last].values_mut().chunks_exact_mut(output.stride);
        for (at, (f, signals)) in outs.zip(signals).take(self.rows).enumerate() {
            let y = net.data.y(batch.row(at));
            let units = output.units;
            layout.cost.signals(output.unit, y, &f[..units], &mut signals[..units]);
        }
        for at in (1..=last).rev() {
            let (layer, before) = (&layout.layers[at], &layout.layers[at - 1]);
            let (into, from) = self.signals.split_at_mut(at);
            let back = &mut into[at - 1].values_mut()[..self.rows * before.stride];
            let product = Forward {
                left: (from[0].values(), layer.stride),
                depth: layer.units,
                right: net.turned[at - 1].values(),
                biases: &[],
                width: before.width,
                stride: before.stride,
                out: &mut *back,
            };
            product.work(simd);
            before.unit.chain(back, &self.outs[at - 1].values()[..self.rows * before.stride]);
        }
    }

    /// What its observations cost, from the sums that enter the output layer.
    fn cost(&mut self, net: &Net<'_, R>, batch: Batch<'_>) {
        let output = net.layout.output();
        let rows =
            self.outs[net.layout.layers.len() - 1].values_mut().chunks_exact_mut(output.stride);
        self.loss = 0.0;
        for (at, sums) in rows.take(self.rows).enumerate() {
            let y = net.data.y(batch.row(at));
            self.loss += net.layout.cost.of_sample(output.unit, y, &mut sums[..output.units]);
        }
    }
}

/// Outputs of a layer from its sums, in place.
#[inline(always)]
fn apply<R: Real, S: Simd>(layer: &Layer, values: &mut [R]) {
    if S::IS_SCALAR {
        layer.unit.apply::<R, false>(values, layer.stride, layer.units);
    } else {
        layer.unit.apply::<R, true>(values, layer.stride, layer.units);
    }
}

/// What all blocks read.
struct Net<'a, R> {
    layout: &'a Layout,
    parameters: &'a [R],
    turned: &'a [Buffer<R>],
    data: &'a Data<R>,
}

/// What is to be done with a block.
#[derive(Clone, Copy)]
enum Pass {
    /// Forward and back.
    Learn,
    /// Forward, and what it costs.
    Cost,
    /// Forward.
    Predict,
}

struct WorkBlock<'a, R> {
    net: &'a Net<'a, R>,
    block: &'a mut Block<R>,
    batch: Batch<'a>,
    pass: Pass,
}

impl<R: Real> WithSimd for WorkBlock<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { net, block, batch, pass } = self;
        block.take(net.data, batch);
        block.forward(simd, net, !matches!(pass, Pass::Cost));
        match pass {
            Pass::Learn => block.back(simd, net, batch),
            Pass::Cost => block.cost(net, batch),
            Pass::Predict => {}
        }
    }
}

/// Adds a gradient to rows of weights, or to biases.
struct Add<'a, R> {
    layout: &'a Layout,
    data: &'a Data<R>,
    blocks: &'a [Block<R>],
    at: usize,
    scale: R,
    /// The first row of the weights; none for the biases.
    first: Option<usize>,
    target: &'a mut [R],
}

impl<R: Real> WithSimd for Add<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { layout, data, blocks, at, scale, first, target } = self;
        let Layer { stride, width, .. } = layout.layers[at];
        let parts = blocks.iter().map(|block| {
            let x = block.entering(&layout.layers, at, data);
            Part { x, signals: &block.signals[at].values()[..block.rows * stride] }
        });
        match first {
            Some(first) => Gradient { parts, first, scale, width, stride, target }.work(simd),
            None => kernel::add_signals(simd, parts, scale, target),
        }
    }
}

/// Whether so many observations are worth waking another thread for.
pub(super) fn is_worth_sharing(layout: &Layout, rows: usize) -> bool {
    rows.min(MOST_ROWS).saturating_mul(layout.work()) >= WORTH_SHARING
}

impl<R: Real> Matrix<R> {
    /// The engine of a network, for batches of at most so many observations.
    pub(super) fn new(network: &Network, layout: Layout, batch: usize, threads: usize) -> Self {
        let turned =
            layout.layers.windows(2).map(|pair| Buffer::zeros(pair[1].units * pair[0].stride));
        let blocks = batch.min(MOST_ROWS).div_ceil(BLOCK).max(1);
        Self {
            network: network.clone(),
            parameters: layout.flatten(network),
            gradient: (batch > MOST_ROWS).then(|| Buffer::zeros(layout.length())),
            turned: turned.collect(),
            blocks: (0..blocks).map(|_| Block::new(&layout)).collect(),
            layout,
            threads,
            sharing: Sharing::default(),
            arch: Arch::new(),
        }
    }

    /// Whether so many observations are shared out.
    fn shares(&self, rows: usize) -> bool {
        self.threads > 1 && is_worth_sharing(&self.layout, rows) && self.sharing.next()
    }

    /// One step of gradient descent.
    fn step(&mut self, data: &Data<R>, batch: Batch<'_>, rule: &Rule) {
        let scale = R::of(-rule.step(batch.count));
        let most = self.blocks.len() * BLOCK;
        if batch.count <= most {
            self.work(data, batch, Pass::Learn);
            self.add(data, batch.count, scale, rule.update_biases, true);
            return;
        }
        if let Some(gradient) = &mut self.gradient {
            gradient.values_mut().fill(R::ZERO);
        }
        for first in (0..batch.count).step_by(most) {
            let part = batch.part(first, most);
            self.work(data, part, Pass::Learn);
            self.add(data, part.count, R::ONE, rule.update_biases, false);
        }
        if let Some(gradient) = &self.gradient {
            let slopes = gradient.values();
            for (parameter, slope) in self.parameters.values_mut().iter_mut().zip(slopes) {
                *parameter += scale * *slope;
            }
        }
    }

    /// Works the blocks of a part of a batch, at most as many as there are.
    fn work(&mut self, data: &Data<R>, batch: Batch<'_>, pass: Pass) {
        let shares = self.shares(batch.count);
        let used = batch.count.div_ceil(BLOCK);
        if matches!(pass, Pass::Learn) {
            for (layer, (before, turned)) in
                self.layout.layers[1..].iter().zip(self.layout.layers.iter().zip(&mut self.turned))
            {
                kernel::turn(layer, self.parameters.values(), turned.values_mut(), before.stride);
            }
        }
        let net = Net {
            layout: &self.layout,
            parameters: self.parameters.values(),
            turned: &self.turned,
            data,
        };
        let arch = self.arch;
        let work = |(at, block): (usize, &mut Block<R>)| {
            let batch = batch.part(at * BLOCK, BLOCK);
            arch.dispatch(WorkBlock { net: &net, block, batch, pass });
        };
        if shares {
            self.blocks[..used].par_iter_mut().enumerate().for_each(work);
        } else {
            self.blocks[..used].iter_mut().enumerate().for_each(work);
        }
    }

    /// Adds `scale` times the gradient of the blocks worked last to the
    /// parameters, or to the gradient that is being summed.
    fn add(&mut self, data: &Data<R>, rows: usize, scale: R, biases: bool, whole: bool) {
        let shares = self.shares(rows);
        let blocks = &self.blocks[..rows.div_ceil(BLOCK)];
        let target = match &mut self.gradient {
            Some(gradient) if !whole => gradient.values_mut(),
            Some(_) | None => self.parameters.values_mut(),
        };
        let (layout, arch) = (&self.layout, self.arch);
        for (at, layer) in layout.layers.iter().enumerate() {
            let (weights, bias) =
                target[layer.start..][..layer.length()].split_at_mut(layer.weights());
            let add = |(first, target): (usize, &mut [R])| {
                let first = Some(first);
                arch.dispatch(Add { layout, data, blocks, at, scale, first, target });
            };
            let share = layer.inputs.div_ceil(self.threads).next_multiple_of(8);
            if shares && layer.inputs > share {
                let parts = weights.par_chunks_mut(share * layer.stride);
                parts.enumerate().for_each(|(part, rows)| add((part * share, rows)));
            } else {
                add((0, weights));
            }
            if layer.biased && biases {
                arch.dispatch(Add { layout, data, blocks, at, scale, first: None, target: bias });
            }
        }
    }
}

impl<R: Real> Engine<R> for Matrix<R> {
    fn update(&mut self, data: &Data<R>, batch: Batch<'_>, rule: &Rule) {
        if self.threads == 1 {
            return self.step(data, batch, rule);
        }
        let start = Instant::now();
        self.step(data, batch, rule);
        self.sharing.done(start);
    }

    fn total_loss(&mut self, data: &Data<R>) -> f64 {
        let all = Batch { first: 0, count: data.len(), order: None };
        let most = self.blocks.len() * BLOCK;
        let mut total = 0.0;
        for first in (0..data.len()).step_by(most) {
            let part = all.part(first, most);
            self.work(data, part, Pass::Cost);
            total += self.blocks[..part.count.div_ceil(BLOCK)]
                .iter()
                .map(|block| block.loss)
                .sum::<f64>();
        }
        total
    }

    fn outputs(&mut self, data: &Data<R>, visit: &mut dyn FnMut(usize, &[R])) {
        let output = *self.layout.output();
        let all = Batch { first: 0, count: data.len(), order: None };
        let most = self.blocks.len() * BLOCK;
        let mut row = 0;
        for first in (0..data.len()).step_by(most) {
            let part = all.part(first, most);
            self.work(data, part, Pass::Predict);
            for block in &self.blocks[..part.count.div_ceil(BLOCK)] {
                let outs = block.outs[self.layout.layers.len() - 1].values();
                for out in outs.chunks_exact(output.stride).take(block.rows) {
                    visit(row, &out[..output.units]);
                    row += 1;
                }
            }
        }
    }

    fn work(&self) -> usize {
        self.layout.work()
    }

    fn parameters(&self) -> &[R] {
        self.parameters.values()
    }

    fn set_parameters(&mut self, parameters: &[R]) {
        self.parameters.values_mut().copy_from_slice(parameters);
    }

    fn network(&self) -> Network {
        self.layout.unflatten(&self.network, self.parameters.values())
    }
}
