//! What stands above the columns. It knows no rows, wires or values.

use super::Request;
use super::columns::{Columns, INPUT_COLUMN};

/// A heading and where it begins, in wordings from long to short.
pub(super) struct Heading {
    pub(super) column: usize,
    pub(super) texts: Vec<String>,
}

pub(super) fn headings(request: &Request, columns: &Columns) -> Vec<Heading> {
    let inputs = if request.network.inputs() == 1 { "input" } else { "inputs" };
    let mut headings = vec![Heading { column: INPUT_COLUMN, texts: vec![inputs.to_owned()] }];
    for (layer, at) in columns.layers.iter().zip(0..) {
        headings.push(Heading { column: layer.label, texts: layer_headings(request, at) });
    }
    headings.push(Heading { column: columns.loss, texts: vec!["loss".to_owned()] });
    headings
}

pub(super) fn layer_headings(request: &Request, layer: u32) -> Vec<String> {
    let naming = request.network.naming();
    let activation = request.network.layers[layer as usize].activation;
    let function = if request.ascii { activation.key } else { activation.symbol };
    let title = if naming.is_output(layer) {
        "output".to_owned()
    } else if naming.is_deep() {
        format!("layer {}", layer + 1)
    } else {
        "hidden layer".to_owned()
    };
    vec![format!("{title}, {function}"), title]
}
