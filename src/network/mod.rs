//! The network: layers, their weights and biases, and what stands at its end.
//!
//! Weights lead *from* unit j *to* unit k, `weights[j][k]`, so a layer computes
//! `z_in = Wᵀx + b` (the transpose of the `[out, in]` layout of some libraries).

pub mod activation;
mod exercise;
pub mod loss;
mod names;
mod patterns;

pub use activation::Activation;
pub use exercise::Exercise;
pub use loss::Loss;
pub use patterns::NoPattern;

use std::sync::Arc;

use activation::ActivationForm;

use crate::name::{NameNumbering, Naming, OwnNames, Symbol};

/// A matrix of weights, one row per unit it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// An empty matrix of rows this long, to be filled with [`Matrix::push_row`].
    pub const fn with_columns(columns: usize) -> Self {
        Self { columns, values: Vec::new() }
    }

    /// A matrix of these values, row by row.
    ///
    /// # Panics
    /// If they are no whole rows.
    pub fn of_rows(columns: usize, values: Vec<f64>) -> Self {
        assert!(values.len().is_multiple_of(columns), "rows of a matrix have one length");
        Self { columns, values }
    }

    /// Adds a row.
    ///
    /// # Panics
    /// If the row has another length than the others.
    pub fn push_row(&mut self, row: &[f64]) {
        assert_eq!(row.len(), self.columns, "rows of a matrix have one length");
        self.values.extend_from_slice(row);
    }

    /// Rows: the units that weights come from.
    pub fn rows(&self) -> usize {
        self.values.len() / self.columns
    }

    /// Columns: the units that weights lead to.
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// The weight from `row` to `column`.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.columns + column]
    }

    /// All weights, row by row.
    pub fn values(&self) -> &[f64] {
        &self.values
    }
}

/// One layer: weights into it, biases, and the activation of its units.
#[derive(Clone, Debug)]
pub struct Layer {
    /// The activation of all its units.
    pub activation: &'static Activation,
    /// `[inputs, units]`.
    pub weights: Matrix,
    /// One per unit; none where the layer has no bias terms at all.
    pub biases: Option<Vec<f64>>,
}

impl Layer {
    /// Units of the layer.
    pub const fn units(&self) -> usize {
        self.weights.columns()
    }

    /// Units of the layer before, or inputs.
    pub fn inputs(&self) -> usize {
        self.weights.rows()
    }
}

/// A fully connected network and the loss at its end.
///
/// Built by the scenario reader, which checks that there is a layer, that
/// shapes chain, that numbers are finite and that loss and output go together.
#[derive(Clone, Debug)]
pub struct Network {
    /// From the first to the output layer.
    pub layers: Vec<Layer>,
    /// What the outputs are compared by.
    pub loss: &'static Loss,
    /// What the author of the exercise calls its quantities, if not as we do.
    pub own_names: Option<Arc<OwnNames>>,
}

/// One observation.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// One value per input of the network.
    pub x: Vec<f64>,
    /// One value per output; empty where the loss needs no target.
    pub y: Vec<f64>,
}

/// How the losses of several samples make one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reduction {
    /// Their mean.
    #[default]
    Mean,
    /// Their sum.
    Sum,
}

impl Reduction {
    /// What it is called, in scenarios, JSON and prose.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::Sum => "sum",
        }
    }

    /// The mean, or the sum.
    pub const fn of_mean(mean: bool) -> Self {
        if mean { Self::Mean } else { Self::Sum }
    }
}

impl Network {
    /// Inputs of the network.
    pub fn inputs(&self) -> usize {
        self.layers[0].inputs()
    }

    /// Units of the output layer.
    pub fn outputs(&self) -> usize {
        self.output_layer().units()
    }

    /// The last layer.
    pub fn output_layer(&self) -> &Layer {
        &self.layers[self.layers.len() - 1]
    }

    /// Units of a layer.
    pub fn units(&self, layer: u32) -> usize {
        self.layers[layer as usize].units()
    }

    /// Layers as the names count them.
    pub fn depth(&self) -> u32 {
        self.layers.len() as u32
    }

    /// Whether it is one neuron alone, which has no other to send a signal to.
    pub fn is_one_neuron(&self) -> bool {
        self.depth() == 1 && self.outputs() == 1
    }

    /// How its quantities are named.
    pub fn naming(&self) -> Naming<'_> {
        let own = self.own_names.as_deref();
        Naming { own, ..Naming::new(self.depth(), self.outputs() as u32) }
    }

    /// Weights of all layers.
    pub fn weights(&self) -> usize {
        self.layers.iter().map(|layer| layer.weights.values().len()).sum()
    }

    /// Weights and biases of all layers.
    pub fn parameters(&self) -> usize {
        let biases = self.layers.iter().filter_map(|layer| layer.biases.as_ref().map(Vec::len));
        self.weights() + biases.sum::<usize>()
    }

    /// The weights of a layer, row by row, and then its biases.
    pub fn parameters_of(&self, layer: u32) -> impl Iterator<Item = Symbol> + use<> {
        let shape = &self.layers[layer as usize];
        let (inputs, units) = (shape.inputs() as u32, shape.units() as u32);
        let weights = (0..inputs)
            .flat_map(move |from| (0..units).map(move |to| Symbol::Weight { layer, from, to }));
        let biases = if shape.biases.is_some() { 0..units } else { 0..0 };
        weights.chain(biases.map(move |unit| Symbol::Bias { layer, unit }))
    }

    /// The numbers of its quantities.
    pub fn numbering(&self) -> NameNumbering {
        let is_coupled =
            |layer: &Layer| matches!(layer.activation.form, ActivationForm::Together(_));
        let shapes = self.layers.iter().map(|layer| (layer.units(), is_coupled(layer)));
        NameNumbering::new(self.inputs(), shapes)
    }

    /// Units per layer, inputs first: `2-2-1`.
    pub fn shape(&self) -> String {
        let mut shape = self.inputs().to_string();
        for layer in &self.layers {
            shape.push('-');
            shape.push_str(&layer.units().to_string());
        }
        shape
    }

    /// The value of a weight or bias; `None` for what is neither, or not there.
    pub fn parameter(&self, symbol: Symbol) -> Option<f64> {
        if let Symbol::Weight { layer, from, to } = symbol {
            let weights = &self.layers.get(layer as usize)?.weights;
            let inside = (from as usize) < weights.rows() && (to as usize) < weights.columns();
            inside.then(|| weights.at(from as usize, to as usize))
        } else if let Symbol::Bias { layer, unit } = symbol {
            self.layers.get(layer as usize)?.biases.as_ref()?.get(unit as usize).copied()
        } else {
            None
        }
    }

    /// The same network with other weights and biases, each made from its old
    /// value.
    pub fn with_parameters(&self, mut new: impl FnMut(Symbol, f64) -> f64) -> Self {
        let mut network = self.clone();
        for (layer, shape) in (0..).zip(&mut network.layers) {
            let columns = shape.weights.columns;
            for (at, weight) in shape.weights.values.iter_mut().enumerate() {
                let (from, to) = ((at / columns) as u32, (at % columns) as u32);
                *weight = new(Symbol::Weight { layer, from, to }, *weight);
            }
            for (unit, bias) in (0..).zip(shape.biases.iter_mut().flatten()) {
                *bias = new(Symbol::Bias { layer, unit }, *bias);
            }
        }
        network
    }
}
