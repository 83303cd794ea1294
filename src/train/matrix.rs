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

use super::alone::StepAlone;
use super::block::{self, BatchBlock, BlockNet, BlockPass, WorkBlock};
use super::buffer::Buffer;
use super::data::{Data, Observations};
use super::engine::{Engine, Rule};
use super::gradient::{self, Gradient, GradientPart};
use super::kernel::Turn;
use super::layout::{FlatLayer, FlatLayout};
use super::real::Real;
use super::sharing::Sharing;
use crate::network::Network;

/// Observations that are worked before their gradient is taken.
const MOST_ROWS: usize = 512;

/// Multiplications that are worth waking another thread for.
const WORTH_SHARING: usize = 400_000;

/// The matrix engine.
pub(super) struct MatrixEngine<R> {
    network: Network,
    layout: FlatLayout,
    parameters: Buffer<R>,
    /// Only where batches are worked part by part.
    gradient: Option<Buffer<R>>,
    /// Weights of each layer but the first, transposed.
    turned: Vec<Buffer<R>>,
    /// Whether those are of the parameters as they are now.
    is_turned: bool,
    blocks: Vec<BatchBlock<R>>,
    /// Observations of a block.
    block: usize,
    /// Memory of each thread to copy to.
    scratch: Vec<Buffer<R>>,
    threads: usize,
    sharing: Sharing,
    arch: Arch,
}

/// Adds a gradient to rows of weights, or to biases.
struct Add<'a, R> {
    layout: &'a FlatLayout,
    data: &'a Data<R>,
    blocks: &'a [BatchBlock<R>],
    at: usize,
    scale: R,
    /// The first row of the weights; none for the biases.
    first: Option<usize>,
    target: &'a mut [R],
    /// Memory to copy to.
    scratch: &'a mut [R],
}

impl<R: Real> WithSimd for Add<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { layout, data, blocks, at, scale, first, target, scratch } = self;
        let FlatLayer { stride, width, .. } = layout.layers[at];
        let parts = blocks.iter().map(|block| {
            let x = block.entering(&layout.layers, at, data);
            GradientPart { x, signals: &block.signals[at].values()[..block.rows * stride] }
        });
        match first {
            Some(first) => {
                let inputs = target.len() / stride;
                let rows = blocks.iter().map(|block| block.rows).sum();
                let scratch = &mut scratch[..gradient::scratch::<R>(inputs, width, rows)];
                Gradient { parts, first, scale, width, stride, target, scratch }.work(simd);
            }
            None => gradient::add_signals(simd, parts, scale, target),
        }
    }
}

/// Whether so many observations are worth waking another thread for.
pub(super) fn is_worth_sharing(layout: &FlatLayout, rows: usize) -> bool {
    rows.min(MOST_ROWS).saturating_mul(layout.work()) >= WORTH_SHARING
}

/// Numbers that a thread needs to copy to, for any layer and batches of at most so
/// many observations.
fn scratch<R: Real>(layout: &FlatLayout, batch: usize) -> usize {
    let each = layout.layers.iter().map(|layer| {
        let most = (1..=batch.min(MOST_ROWS)).rev();
        let needed = most.map(|rows| gradient::scratch::<R>(layer.inputs, layer.width, rows));
        needed.max().unwrap_or_default()
    });
    each.max().unwrap_or_default()
}

impl<R: Real> MatrixEngine<R> {
    /// The engine of a network, for batches of at most so many observations.
    pub(super) fn new(network: &Network, layout: FlatLayout, batch: usize, threads: usize) -> Self {
        let turned =
            layout.layers.windows(2).map(|pair| Buffer::zeros(pair[1].units * pair[0].stride));
        let block = block::block(threads);
        let blocks = batch.min(MOST_ROWS).div_ceil(block).max(1);
        Self {
            network: network.clone(),
            parameters: layout.flatten(network),
            gradient: (batch > MOST_ROWS).then(|| Buffer::zeros(layout.length())),
            turned: turned.collect(),
            is_turned: false,
            scratch: (0..threads).map(|_| Buffer::zeros(scratch::<R>(&layout, batch))).collect(),
            blocks: (0..blocks).map(|_| BatchBlock::new(&layout, block)).collect(),
            block,
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
    fn step(&mut self, data: &Data<R>, batch: Observations<'_>, rule: &Rule) {
        let scale = R::of(-rule.step(batch.count));
        let most = self.blocks.len() * self.block;
        if batch.count == 1 {
            self.work(data, batch, BlockPass::Learn);
            self.arch.dispatch(StepAlone {
                layout: &self.layout,
                data,
                block: &mut self.blocks[0],
                scale,
                update_biases: rule.update_biases,
                parameters: self.parameters.values_mut(),
                turned: &mut self.turned,
            });
            return;
        }
        if batch.count <= most {
            self.work(data, batch, BlockPass::Learn);
            self.add(data, batch.count, scale, rule.update_biases, true);
            return;
        }
        if let Some(gradient) = &mut self.gradient {
            gradient.values_mut().fill(R::ZERO);
        }
        for first in (0..batch.count).step_by(most) {
            let part = batch.part(first, most);
            self.work(data, part, BlockPass::Learn);
            self.add(data, part.count, R::ONE, rule.update_biases, false);
        }
        if let Some(gradient) = &self.gradient {
            let slopes = gradient.values();
            for (parameter, slope) in self.parameters.values_mut().iter_mut().zip(slopes) {
                *parameter += scale * *slope;
            }
            self.is_turned = false;
        }
    }

    /// Works the blocks of a part of a batch, at most as many as there are.
    fn work(&mut self, data: &Data<R>, batch: Observations<'_>, pass: BlockPass) {
        let shares = self.shares(batch.count);
        let size = self.block;
        let used = batch.count.div_ceil(size);
        if matches!(pass, BlockPass::Learn) && !self.is_turned {
            self.is_turned = true;
            for (layer, (before, turned)) in
                self.layout.layers[1..].iter().zip(self.layout.layers.iter().zip(&mut self.turned))
            {
                let (parameters, stride) = (self.parameters.values(), before.stride);
                self.arch.dispatch(Turn { layer, parameters, turned: turned.values_mut(), stride });
            }
        }
        let net = BlockNet {
            layout: &self.layout,
            parameters: self.parameters.values(),
            turned: &self.turned,
            data,
        };
        let arch = self.arch;
        let work = |(at, block): (usize, &mut BatchBlock<R>)| {
            let batch = batch.part(at * size, size);
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
        self.is_turned &= !whole;
        let blocks = &self.blocks[..rows.div_ceil(self.block)];
        let target = match &mut self.gradient {
            Some(gradient) if !whole => gradient.values_mut(),
            Some(_) | None => self.parameters.values_mut(),
        };
        let (layout, arch, scratch) = (&self.layout, self.arch, &mut self.scratch);
        for (at, layer) in layout.layers.iter().enumerate() {
            let (weights, bias) =
                target[layer.start..][..layer.length()].split_at_mut(layer.weights());
            let add = |first, target: &mut [R], scratch: &mut Buffer<R>| {
                let scratch = scratch.values_mut();
                arch.dispatch(Add { layout, data, blocks, at, scale, first, target, scratch });
            };
            let share = layer.inputs.div_ceil(self.threads).next_multiple_of(8);
            if shares && layer.inputs > share {
                let parts =
                    weights.par_chunks_mut(share * layer.stride).zip(scratch.par_iter_mut());
                parts.enumerate().for_each(|(part, (rows, scratch))| {
                    add(Some(part * share), rows, scratch);
                });
            } else {
                add(Some(0), weights, &mut scratch[0]);
            }
            if layer.biased && biases {
                add(None, bias, &mut scratch[0]);
            }
        }
    }
}

impl<R: Real> Engine<R> for MatrixEngine<R> {
    fn update(&mut self, data: &Data<R>, batch: Observations<'_>, rule: &Rule) {
        if self.threads == 1 {
            return self.step(data, batch, rule);
        }
        let start = Instant::now();
        self.step(data, batch, rule);
        self.sharing.done(start);
    }

    fn total_loss(&mut self, data: &Data<R>) -> f64 {
        let all = Observations { first: 0, count: data.len(), order: None };
        let most = self.blocks.len() * self.block;
        let mut total = 0.0;
        for first in (0..data.len()).step_by(most) {
            let part = all.part(first, most);
            self.work(data, part, BlockPass::Cost);
            let blocks = &self.blocks[..part.count.div_ceil(self.block)];
            for loss in blocks.iter().flat_map(|block| &block.losses) {
                total += loss;
            }
        }
        total
    }

    fn outputs(&mut self, data: &Data<R>, visit: &mut dyn FnMut(usize, &[R])) {
        let output = *self.layout.output();
        let all = Observations { first: 0, count: data.len(), order: None };
        let most = self.blocks.len() * self.block;
        let mut row = 0;
        for first in (0..data.len()).step_by(most) {
            let part = all.part(first, most);
            self.work(data, part, BlockPass::Predict);
            for block in &self.blocks[..part.count.div_ceil(self.block)] {
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
        self.is_turned = false;
    }

    fn network(&self) -> Network {
        self.layout.unflatten(&self.network, self.parameters.values())
    }
}
