//! A block of a few observations on its way through the network, forward and
//! back: the part of a step that each thread does by itself.

use pulp::{Simd, WithSimd};

use super::buffer::Buffer;
use super::data::{Data, Observations};
use super::kernel::ForwardKernel;
use super::layout::{FlatLayer, FlatLayout};
use super::real::Real;

/// Observations of a block, so that a batch of 64 is shared out to two threads.
const BLOCK: usize = 32;

/// Observations of a block where there is but one thread: the weights go through the
/// cache once for each block, and the fewer those are, the better.
const BLOCK_ALONE: usize = 64;

/// Observations whose losses are added up before they are added to those of others,
/// whatever the size of a block, so that a loss does not depend on that.
const LOSSES: usize = 32;

/// Observations of a block, for so many threads.
pub(super) const fn block(threads: usize) -> usize {
    if threads == 1 { BLOCK_ALONE } else { BLOCK }
}

/// A few observations on their way through the network.
pub(super) struct BatchBlock<R> {
    /// What went in, where it had to be brought together.
    pub(super) x: Buffer<R>,
    /// Outputs of each layer.
    pub(super) outs: Vec<Buffer<R>>,
    /// Error signals of each layer.
    pub(super) signals: Vec<Buffer<R>>,
    /// Where its observations begin in the data, if they follow each other.
    pub(super) adjoining: Option<usize>,
    pub(super) rows: usize,
    /// What its observations cost, some of them together.
    pub(super) losses: Vec<f64>,
}

impl<R: Real> BatchBlock<R> {
    /// Memory for so many observations.
    pub(super) fn new(layout: &FlatLayout, size: usize) -> Self {
        let buffers =
            || layout.layers.iter().map(|layer| Buffer::zeros(layer.stride * size)).collect();
        Self {
            x: Buffer::zeros(layout.layers[0].inputs * size),
            outs: buffers(),
            signals: buffers(),
            adjoining: None,
            rows: 0,
            losses: Vec::with_capacity(size.div_ceil(LOSSES)),
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
    pub(super) fn entering<'a>(
        &'a self,
        layers: &[FlatLayer],
        at: usize,
        data: &'a Data<R>,
    ) -> (&'a [R], usize) {
        match at.checked_sub(1) {
            None => (self.input(data, layers[0].inputs), layers[0].inputs),
            Some(before) => {
                let stride = layers[before].stride;
                (&self.outs[before].values()[..self.rows * stride], stride)
            }
        }
    }

    /// Takes observations in.
    fn take(&mut self, data: &Data<R>, batch: Observations<'_>) {
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
    fn forward<S: Simd>(&mut self, simd: S, net: &BlockNet<'_, R>, through: bool) {
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
            let FlatLayer { stride, width, inputs: depth, .. } = *layer;
            ForwardKernel {
                left: (x, x_stride),
                depth,
                right,
                biases,
                width,
                stride,
                out: &mut *out,
            }
            .work(simd);
            if through || at + 1 < layers.len() {
                apply::<R, S>(layer, out);
            }
        }
    }

    /// From the outputs back to the signals of the first layer.
    #[inline(always)]
    fn back<S: Simd>(&mut self, simd: S, net: &BlockNet<'_, R>, batch: Observations<'_>) {
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
            let product = ForwardKernel {
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
    fn cost(&mut self, net: &BlockNet<'_, R>, batch: Observations<'_>) {
        let output = net.layout.output();
        let rows =
            self.outs[net.layout.layers.len() - 1].values_mut().chunks_exact_mut(output.stride);
        self.losses.clear();
        for (at, sums) in rows.take(self.rows).enumerate() {
            let y = net.data.y(batch.row(at));
            let loss = net.layout.cost.of_sample(output.unit, y, &mut sums[..output.units]);
            match self.losses.last_mut() {
                Some(sum) if !at.is_multiple_of(LOSSES) => *sum += loss,
                Some(_) | None => self.losses.push(loss),
            }
        }
    }
}

/// Outputs of a layer from its sums, in place.
#[inline(always)]
fn apply<R: Real, S: Simd>(layer: &FlatLayer, values: &mut [R]) {
    if S::IS_SCALAR {
        layer.unit.apply::<R, false>(values, layer.stride, layer.units);
    } else {
        layer.unit.apply::<R, true>(values, layer.stride, layer.units);
    }
}

/// What all blocks read.
pub(super) struct BlockNet<'a, R> {
    pub(super) layout: &'a FlatLayout,
    pub(super) parameters: &'a [R],
    pub(super) turned: &'a [Buffer<R>],
    pub(super) data: &'a Data<R>,
}

/// What is to be done with a block.
#[derive(Clone, Copy)]
pub(super) enum BlockPass {
    /// Forward and back.
    Learn,
    /// Forward, and what it costs.
    Cost,
    /// Forward.
    Predict,
}

pub(super) struct WorkBlock<'a, R> {
    pub(super) net: &'a BlockNet<'a, R>,
    pub(super) block: &'a mut BatchBlock<R>,
    pub(super) batch: Observations<'a>,
    pub(super) pass: BlockPass,
}

impl<R: Real> WithSimd for WorkBlock<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { net, block, batch, pass } = self;
        block.take(net.data, batch);
        block.forward(simd, net, !matches!(pass, BlockPass::Cost));
        match pass {
            BlockPass::Learn => block.back(simd, net, batch),
            BlockPass::Cost => block.cost(net, batch),
            BlockPass::Predict => {}
        }
    }
}
