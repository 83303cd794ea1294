//! What stands above the columns. It knows no rows, wires or values.

use super::FigureRequest;
use super::columns::{FigureColumns, INPUT_COLUMN};
use crate::document::figure::{layer_heading, layer_title};

/// A heading and where it begins, in wordings from long to short.
pub(super) struct Heading {
    pub(super) column: usize,
    pub(super) texts: Vec<String>,
}

pub(super) fn headings(request: &FigureRequest, columns: &FigureColumns) -> Vec<Heading> {
    let inputs = if request.figure.network().inputs() == 1 { "input" } else { "inputs" };
    let mut headings = vec![Heading { column: INPUT_COLUMN, texts: vec![inputs.to_owned()] }];
    for (layer, at) in columns.layers.iter().zip(0..) {
        headings.push(Heading { column: layer.label, texts: layer_headings(request, at) });
    }
    headings.push(Heading { column: columns.loss, texts: vec!["loss".to_owned()] });
    headings
}

pub(super) fn layer_headings(request: &FigureRequest, layer: u32) -> Vec<String> {
    let network = request.figure.network();
    vec![layer_heading(network, layer, request.ascii), layer_title(network, layer)]
}
