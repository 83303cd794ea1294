//! A network as far as it could be read.

use super::quick::Rectangle;
use super::rows::RowLayout;
use crate::network::{Activation, Layer, Loss, Matrix, Network};
use crate::source::json::JsonNode;

/// The network as far as it could be read: other parts of the file are checked
/// against what is known of it.
pub(super) struct ScenarioDraft<'a> {
    pub(super) layers: Vec<DraftLayer<'a>>,
    /// What a row of the weights belongs to.
    pub(super) rows: RowLayout,
    /// The loss, where its name is known.
    pub(super) loss: Option<&'static Loss>,
}

#[derive(Default)]
pub(super) struct DraftLayer<'a> {
    pub(super) activation: Option<(JsonNode<'a>, &'static Activation)>,
    pub(super) weights: Option<DraftMatrix<'a>>,
    pub(super) biases: Option<(JsonNode<'a>, Vec<f64>)>,
}

pub(super) struct DraftMatrix<'a> {
    pub(super) node: JsonNode<'a>,
    /// Units of the layer before, or inputs; where each is a number in a row,
    /// only if the rows agree.
    pub(super) inputs: Option<usize>,
    /// Units of the layer, likewise.
    pub(super) units: Option<usize>,
    pub(super) matrix: Option<Matrix>,
}

impl<'a> DraftMatrix<'a> {
    pub(super) fn quick(node: JsonNode<'a>, layout: RowLayout, rectangle: Rectangle) -> Self {
        let Rectangle { values, rows } = rectangle;
        let length = values.len() / rows;
        let (inputs, units) = layout.sides(Some(rows), Some(length));
        Self { node, inputs, units, matrix: Some(layout.matrix(values, length)) }
    }
}

impl DraftLayer<'_> {
    pub(super) fn inputs(&self) -> Option<usize> {
        self.weights.as_ref()?.inputs
    }

    pub(super) fn units(&self) -> Option<usize> {
        self.weights.as_ref()?.units
    }

    /// Whether there is one bias per `units`, or no telling.
    pub(super) fn biases_fit(&self, units: Option<usize>) -> bool {
        match (&self.biases, units) {
            (Some((_, biases)), Some(units)) => biases.len() == units,
            _ => true,
        }
    }

    /// Takes the shape back, so that nothing else is measured by it.
    pub(super) fn forget_shape(&mut self) {
        self.weights = None;
    }
}

impl ScenarioDraft<'_> {
    /// Inputs of the network, if they are known.
    pub(super) fn inputs(&self) -> Option<usize> {
        self.layers.first()?.inputs()
    }

    /// Whether the first matrix would fit this many inputs if it were transposed.
    pub(super) fn looks_transposed(&self, inputs: usize) -> bool {
        self.layers.first().and_then(DraftLayer::units) == Some(inputs)
    }

    /// Outputs of the network, if they are known.
    pub(super) fn outputs(&self) -> Option<usize> {
        self.layers.last()?.units()
    }

    /// The network, if everything but single numbers could be read.
    pub(super) fn finish(self) -> Option<Network> {
        let chains = self.layers.windows(2).all(|pair| pair[0].units() == pair[1].inputs());
        if self.layers.is_empty() || !chains {
            return None;
        }
        let layers = self.layers.into_iter().map(|layer| {
            let (_, activation) = layer.activation?;
            let weights = layer.weights?.matrix?;
            Some(Layer { activation, weights, biases: layer.biases.map(|(_, biases)| biases) })
        });
        Some(Network { layers: layers.collect::<Option<_>>()?, loss: self.loss?, own_names: None })
    }
}
