//! What a program was given: network, samples, learning rate.

use super::cost::LossMeasure;
use super::curve::Curve;
use super::grid::ArrayGrid;
use crate::network::loss::Total;
use crate::network::{Network, Reduction, Sample};

/// A network and its samples as matrices.
#[derive(Clone, Debug)]
pub(crate) struct MatrixProblem {
    /// `[inputs, units]` of each layer.
    pub(crate) weights: Vec<ArrayGrid>,
    /// One per unit, where the layer has biases.
    pub(crate) biases: Vec<Option<Vec<f64>>>,
    /// The activation of each layer.
    pub(crate) curves: Vec<Curve>,
    /// The loss.
    pub(crate) measure: LossMeasure,
    /// Whether the loss is a mean over the outputs.
    pub(crate) averages_outputs: bool,
    /// `[samples, inputs]`
    pub(crate) x: ArrayGrid,
    /// `[samples, outputs]`; zeros where the loss needs no target.
    pub(crate) y: ArrayGrid,
    /// What the sum over the samples is multiplied by.
    pub(crate) scale: f64,
    /// α
    pub(crate) rate: Option<f64>,
    /// Whether the update changes biases.
    pub(crate) update_biases: bool,
    /// Units that count as on although they are not, or the reverse: their slope
    /// has no one value. Layer, sample, unit.
    pub(crate) turned: Vec<(usize, usize, usize)>,
}

impl MatrixProblem {
    /// The problem of a scenario; `None` for an activation or loss that this
    /// room does not know.
    pub(crate) fn of(
        network: &Network,
        samples: &[Sample],
        reduction: Reduction,
        rate: Option<f64>,
        update_biases: bool,
    ) -> Option<Self> {
        let (inputs, outputs) = (network.inputs(), network.outputs());
        let grid = |columns: usize, row: &dyn Fn(&Sample) -> Vec<f64>| {
            ArrayGrid::of(samples.len(), columns, samples.iter().flat_map(row).collect())
        };
        let target = |sample: &Sample| {
            if sample.y.is_empty() { vec![0.0; outputs] } else { sample.y.clone() }
        };
        Some(Self {
            weights: network
                .layers
                .iter()
                .map(|layer| {
                    let weights = layer.weights.values().to_vec();
                    ArrayGrid::of(layer.inputs(), layer.units(), weights)
                })
                .collect(),
            biases: network.layers.iter().map(|layer| layer.biases.clone()).collect(),
            curves: network
                .layers
                .iter()
                .map(|layer| Curve::of(layer.activation))
                .collect::<Option<_>>()?,
            measure: LossMeasure::of(network.loss, outputs)?,
            averages_outputs: network.loss.total == Total::Mean,
            x: grid(inputs, &|sample| sample.x.clone()),
            y: grid(outputs, &target),
            scale: scale(reduction, samples.len()),
            rate,
            update_biases,
            turned: Vec::new(),
        })
    }

    /// The same with one of its samples alone.
    pub(crate) fn of_sample(&self, sample: usize) -> Self {
        Self { x: self.x.only_row(sample), y: self.y.only_row(sample), scale: 1.0, ..self.clone() }
    }

    pub(crate) fn samples(&self) -> usize {
        self.x.rows()
    }

    pub(crate) const fn depth(&self) -> usize {
        self.weights.len()
    }

    pub(crate) const fn last(&self) -> usize {
        self.weights.len() - 1
    }

    pub(crate) fn outputs(&self) -> usize {
        self.weights[self.last()].columns()
    }

    pub(crate) fn units(&self, layer: usize) -> usize {
        self.weights[layer].columns()
    }

    pub(crate) fn inputs(&self, layer: usize) -> usize {
        self.weights[layer].rows()
    }

    pub(crate) fn parameters(&self) -> usize {
        let biases = self.biases.iter().flatten().map(Vec::len).sum::<usize>();
        self.weights.iter().map(|weights| weights.values().len()).sum::<usize>() + biases
    }

    /// Whether loss and output activation cancel to `f - y`.
    pub(crate) fn cancels(&self) -> bool {
        self.measure.cancels_with(self.curves[self.last()])
    }
}

/// What the sum over so many samples is multiplied by.
pub(crate) fn scale(reduction: Reduction, samples: usize) -> f64 {
    match reduction {
        Reduction::Mean => 1.0 / samples.max(1) as f64,
        Reduction::Sum => 1.0,
    }
}
