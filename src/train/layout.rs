//! Where each weight of a network stands in one flat piece of memory.
//!
//! A layer is its matrix of weights, one row per input of the layer, and one
//! more row for its biases. Rows are padded to whole registers; what stands in
//! the padding is computed along and never read.

use super::buffer::Buffer;
use super::cost::OutputCost;
use super::real::Real;
use super::unit::Unit;
use crate::network::{Matrix, Network};

/// A layer in flat memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct FlatLayer {
    pub(super) inputs: usize,
    pub(super) units: usize,
    /// Numbers of a row that are computed: its units, in whole registers.
    pub(super) width: usize,
    /// Numbers from one row to the next.
    pub(super) stride: usize,
    /// Where its weights begin; its biases follow them.
    pub(super) start: usize,
    pub(super) biased: bool,
    pub(super) unit: Unit,
}

impl FlatLayer {
    /// Numbers of its weights, with padding.
    pub(super) const fn weights(&self) -> usize {
        self.inputs * self.stride
    }

    /// Numbers of its weights and biases, with padding.
    pub(super) const fn length(&self) -> usize {
        self.weights() + self.stride
    }
}

/// Rows that begin a power of two apart meet in the same few places of the
/// cache and push each other out, so such rows are one line longer.
fn stride<R: Real>(units: usize) -> usize {
    let width = units.next_multiple_of(R::PAD);
    if width > R::PAD && (width / R::PAD).is_multiple_of(4) { width + R::PAD } else { width }
}

/// The shape of a network, and where its parameters stand.
#[derive(Clone, Debug)]
pub(super) struct FlatLayout {
    pub(super) layers: Vec<FlatLayer>,
    pub(super) cost: OutputCost,
}

impl FlatLayout {
    /// The layout of a network; the error is an activation or a loss that
    /// training does not know.
    pub(super) fn of<R: Real>(network: &Network) -> Result<Self, &'static str> {
        let mut start = 0;
        let mut layers = Vec::with_capacity(network.layers.len());
        for layer in &network.layers {
            let flat = FlatLayer {
                inputs: layer.inputs(),
                units: layer.units(),
                width: layer.units().next_multiple_of(R::PAD),
                stride: stride::<R>(layer.units()),
                start,
                biased: layer.biases.is_some(),
                unit: Unit::of(layer.activation).ok_or(layer.activation.key)?,
            };
            start += flat.length();
            layers.push(flat);
        }
        let cost = OutputCost::of(network.loss, network.outputs()).ok_or(network.loss.key)?;
        Ok(Self { layers, cost })
    }

    /// Numbers of all parameters, with padding.
    pub(super) fn length(&self) -> usize {
        self.layers.iter().map(FlatLayer::length).sum()
    }

    /// The last layer.
    pub(super) fn output(&self) -> &FlatLayer {
        &self.layers[self.layers.len() - 1]
    }

    /// Multiplications of one sample's step: forward, back, and the gradient.
    pub(super) fn work(&self) -> usize {
        let first = self.layers[0].inputs * self.layers[0].units;
        3 * self.layers.iter().map(|layer| layer.inputs * layer.units).sum::<usize>() - first
    }

    /// The parameters of a network of this shape, flat.
    pub(super) fn flatten<R: Real>(&self, network: &Network) -> Buffer<R> {
        let mut buffer = Buffer::zeros(self.length());
        for (flat, layer) in self.layers.iter().zip(&network.layers) {
            let place = &mut buffer.values_mut()[flat.start..][..flat.length()];
            let rows = layer.weights.values().chunks_exact(flat.units);
            for (place, row) in
                place.chunks_exact_mut(flat.stride).zip(rows.chain(layer.biases.as_deref()))
            {
                place.iter_mut().zip(row).for_each(|(place, value)| *place = R::of(*value));
            }
        }
        buffer
    }

    /// The network with other parameters, given flat.
    pub(super) fn unflatten<R: Real>(&self, network: &Network, parameters: &[R]) -> Network {
        let mut network = network.clone();
        for (flat, layer) in self.layers.iter().zip(&mut network.layers) {
            let place = &parameters[flat.start..][..flat.length()];
            let mut rows = place.chunks_exact(flat.stride).map(|row| {
                row[..flat.units].iter().map(|value| value.wide()).collect::<Vec<f64>>()
            });
            let mut weights = Matrix::with_columns(flat.units);
            rows.by_ref().take(flat.inputs).for_each(|row| weights.push_row(&row));
            layer.weights = weights;
            if flat.biased {
                layer.biases = rows.next();
            }
        }
        network
    }
}
