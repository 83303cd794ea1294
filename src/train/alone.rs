//! The step on a single observation. Its gradient is one row times one column, so
//! there is nothing to sum: the weights are gone through once, from end to end, and
//! so is their transposed copy, which then need not be made anew.

use pulp::{Simd, WithSimd};

use super::block::BatchBlock;
use super::buffer::Buffer;
use super::data::Data;
use super::layout::{FlatLayer, FlatLayout};
use super::real::Real;

/// Takes a step on the observation that a block has just worked.
pub(super) struct StepAlone<'a, R> {
    pub(super) layout: &'a FlatLayout,
    pub(super) data: &'a Data<R>,
    pub(super) block: &'a mut BatchBlock<R>,
    pub(super) scale: R,
    pub(super) update_biases: bool,
    pub(super) parameters: &'a mut [R],
    /// Weights of each layer but the first, transposed.
    pub(super) turned: &'a mut [Buffer<R>],
}

impl<R: Real> WithSimd for StepAlone<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { layout, data, block, scale, update_biases, parameters, turned } = self;
        for (at, layer) in layout.layers.iter().enumerate() {
            let FlatLayer { inputs, units, stride, .. } = *layer;
            // What is added to the biases, and times what enters to the weights.
            for signal in &mut block.signals[at].values_mut()[..stride] {
                *signal = scale * *signal;
            }
            let signals = &block.signals[at].values()[..stride];
            let (entering, _) = block.entering(&layout.layers, at, data);
            let place = &mut parameters[layer.start..][..layer.length()];
            let (weights, biases) = place.split_at_mut(layer.weights());
            add_product(simd, &entering[..inputs], signals, weights);
            if layer.biased && update_biases {
                add_product(simd, &[R::ONE], signals, biases);
            }
            if let Some(before) = at.checked_sub(1) {
                let outs = &block.outs[before].values()[..layout.layers[before].stride];
                let target = turned[before].values_mut();
                add_product(simd, &signals[..units], outs, target);
            }
        }
    }
}

/// Adds to each row of `target` its number of `column` times `row`.
#[inline(always)]
fn add_product<R: Real, S: Simd>(simd: S, column: &[R], row: &[R], target: &mut [R]) {
    let stride = row.len();
    let row = R::vectors::<S>(row);
    for (at, target) in target.chunks_exact_mut(stride).enumerate().take(column.len()) {
        let number = R::splat(simd, column[at]);
        let target = R::vectors_mut::<S>(target);
        for lanes in 0..row.len().min(target.len()) {
            target[lanes] = R::fma(simd, number, row[lanes], target[lanes]);
        }
    }
}
