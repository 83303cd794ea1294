//! Reads `loss` and `layers`: the numbers, whether their shapes chain, and
//! whether the loss can judge the outputs.

use std::collections::HashMap;

use super::draft::{DraftLayer, DraftMatrix, ScenarioDraft};
use super::levels::LAYER;
use super::quick::QuickLayer;
use super::rows::{self, RowLayout};
use crate::network::activation::{self, ActivationForm};
use crate::network::{Activation, Loss, loss};
use crate::num::counted;
use crate::source::fault::Words;
use crate::source::json::{self, JsonKind, JsonNode};
use crate::source::reader::{Fields, Reader, listed};

/// What other programs call the activations.
const ACTIVATION_ALIASES: [(&str, &str); 5] = [
    ("logistic", "sigmoid"),
    ("linear", "identity"),
    ("none", "identity"),
    ("leakyrelu", "leaky_relu"),
    ("logsoftmax", "softmax"),
];

/// What other programs call the losses.
const LOSS_ALIASES: [(&str, &str); 7] = [
    ("mse", "mean_squared_error"),
    ("sse", "squared_error"),
    ("l2", "half_squared_error"),
    ("bce", "binary_cross_entropy"),
    ("bernoulli", "binary_cross_entropy"),
    ("categorical_cross_entropy", "cross_entropy"),
    ("none", "output"),
];

/// Reads and checks `loss` and `layers`.
pub(super) fn network<'a>(reader: &mut Reader<'a>, fields: &Fields<'a>) -> ScenarioDraft<'a> {
    let help = "`layers` is a list of layers, from the first hidden layer to the output layer";
    judged(reader, fields, |reader, rows| {
        let layers = reader.required(fields, "layers", || help);
        layers.map_or_else(Vec::new, |node| layers_of(reader, node, rows, help))
    })
}

/// The same where the numbers of the layers are read. Whatever is wrong is noted,
/// but not always where it stands.
pub(super) fn quick<'a>(
    reader: &mut Reader<'a>,
    fields: &Fields<'a>,
    layers: Vec<QuickLayer<'a>>,
) -> ScenarioDraft<'a> {
    judged(reader, fields, |reader, rows| {
        let layer = |layer: QuickLayer<'a>| DraftLayer {
            activation: activation(reader, layer.activation),
            weights: Some(DraftMatrix::quick(layer.activation, rows, layer.weights)),
            biases: layer.biases.map(|biases| (layer.activation, biases)),
        };
        let layers = layers.into_iter().map(layer).collect();
        checked(reader, rows, layers)
    })
}

fn judged<'a>(
    reader: &mut Reader<'a>,
    fields: &Fields<'a>,
    layers: impl FnOnce(&mut Reader<'a>, RowLayout) -> Vec<DraftLayer<'a>>,
) -> ScenarioDraft<'a> {
    let keys: Vec<&'static str> = loss::ALL.iter().map(|loss| loss.key).collect();
    let help = || format!("the loss is one of {}", listed(&keys));
    let loss_node = reader.required(fields, "loss", help);
    let loss =
        loss_node.and_then(|node| Loss::named(reader.word(node, "loss", &keys, &LOSS_ALIASES)?));
    let rows = rows::rows(reader, fields);
    let layers = layers(reader, rows);
    if let (Some(node), Some(loss)) = (loss_node, loss) {
        judge_outputs(reader, node, loss, &layers);
    }
    ScenarioDraft { layers, rows, loss }
}

fn layers_of<'a>(
    reader: &mut Reader<'a>,
    node: JsonNode<'a>,
    rows: RowLayout,
    help: &str,
) -> Vec<DraftLayer<'a>> {
    if reader.expect(node, JsonKind::List, help).is_none() {
        return Vec::new();
    }
    let layers: Vec<_> = json::items(node)
        .into_iter()
        .map(|node| layer(reader, node, rows).unwrap_or_default())
        .collect();
    if layers.is_empty() {
        reader.fault(node, || {
            Words::new("`layers` is empty")
                .help("a network has at least one layer, the output layer")
        });
    }
    checked(reader, rows, layers)
}

/// What the layers have to be to one another.
fn checked<'a>(
    reader: &mut Reader<'a>,
    rows: RowLayout,
    mut layers: Vec<DraftLayer<'a>>,
) -> Vec<DraftLayer<'a>> {
    for (at, hidden) in layers.iter().enumerate().take(layers.len().saturating_sub(1)) {
        stay_at_the_end(reader, at + 1, layers.len(), hidden);
    }
    if !fits(&layers) && fits_transposed(&layers) {
        transposed(reader, rows, &layers);
        layers.iter_mut().for_each(DraftLayer::forget_shape);
    }
    for at in 1..layers.len() {
        if !chains(reader, rows, at, &layers[at - 1], &layers[at]) {
            layers[at].forget_shape();
        }
    }
    for (at, layer) in layers.iter().enumerate() {
        check_biases(reader, rows, at + 1, layer);
    }
    layers
}

fn layer<'a>(
    reader: &mut Reader<'a>,
    node: JsonNode<'a>,
    rows: RowLayout,
) -> Option<DraftLayer<'a>> {
    let help = "a layer is an object with `activation`, `weights` and `biases`";
    let fields = reader.fields(node, &LAYER, help)?;
    let help = || format!("the activation is one of {}", listed(&activation_keys()));
    let node = reader.required(&fields, "activation", help);
    let activation = node.and_then(|node| activation(reader, node));
    let biases = fields.get("biases").and_then(|node| {
        let help = "`biases` is a list with one number per unit of the layer; leave it out if there are none";
        Some((node, reader.numbers(node, help)?.values))
    });
    let units = biases.as_ref().map(|(_, biases)| biases.len());
    let weights = reader.required(&fields, "weights", || rows.shape());
    let weights = weights.and_then(|node| weights_of(reader, node, rows, units));
    Some(DraftLayer { activation, weights, biases })
}

fn activation<'a>(
    reader: &mut Reader<'a>,
    node: JsonNode<'a>,
) -> Option<(JsonNode<'a>, &'static Activation)> {
    let key = reader.word(node, "activation", &activation_keys(), &ACTIVATION_ALIASES)?;
    Some((node, Activation::named(key)?))
}

fn activation_keys() -> Vec<&'static str> {
    activation::ALL.iter().map(|entry| entry.key).collect()
}

/// Whether the layers chain, and each has one bias per unit.
fn fits(layers: &[DraftLayer<'_>]) -> bool {
    layers.windows(2).all(|pair| pair[0].units() == pair[1].inputs())
        && layers.iter().all(|layer| layer.biases_fit(layer.units()))
}

/// Whether they would if every matrix had one row per unit it leads to.
fn fits_transposed(layers: &[DraftLayer<'_>]) -> bool {
    let known = |layer: &DraftLayer<'_>| layer.inputs().is_some() && layer.units().is_some();
    layers.iter().all(known)
        && layers.windows(2).all(|pair| pair[0].inputs() == pair[1].units())
        && layers.iter().all(|layer| layer.biases_fit(layer.inputs()))
}

fn transposed(reader: &mut Reader<'_>, rows: RowLayout, layers: &[DraftLayer<'_>]) {
    let not_square = layers.iter().find(|layer| layer.inputs() != layer.units());
    if let Some(weights) = not_square.and_then(|layer| layer.weights.as_ref()) {
        let (what, help) = rows.transposed();
        reader.fault(weights.node, || Words::new(what).help(help));
    }
}

/// Reads a matrix row by row. `units` are those that the biases tell of.
fn weights_of<'a>(
    reader: &mut Reader<'a>,
    node: JsonNode<'a>,
    layout: RowLayout,
    units: Option<usize>,
) -> Option<DraftMatrix<'a>> {
    reader.expect(node, JsonKind::List, layout.shape())?;
    let rows = json::items(node);
    if rows.is_empty() {
        reader.fault(node, || Words::new("`weights` has no rows").help(layout.shape()));
        return None;
    }
    if rows.iter().all(|row| json::kind(row) == JsonKind::Number) {
        reader.fault(node, || {
            Words::new("`weights` is a list of rows, but this is a list of numbers")
                .help(layout.shape())
        });
        return None;
    }
    let mut values = Vec::new();
    let lengths: Vec<Option<usize>> = rows
        .iter()
        .map(|row| {
            let row = reader.numbers(row, "each row of `weights` is a list of numbers")?;
            values.extend_from_slice(&row.values);
            Some(row.values.len())
        })
        .collect();
    // A row is as long as there are biases only where its numbers are units.
    let told = units.filter(|_| layout == RowLayout::Inputs);
    let length = agreed_length(reader, layout, &rows, &lengths, told);
    let is_whole = lengths.iter().all(Option::is_some);
    let matrix = length.filter(|_| is_whole).map(|length| layout.matrix(values, length));
    let (inputs, units) = layout.sides(Some(rows.len()), length);
    Some(DraftMatrix { node, inputs, units, matrix })
}

/// The one length of all rows. Rows of another length than most are faults.
fn agreed_length(
    reader: &mut Reader<'_>,
    layout: RowLayout,
    rows: &[JsonNode<'_>],
    lengths: &[Option<usize>],
    units: Option<usize>,
) -> Option<usize> {
    let mut times: HashMap<usize, usize> = HashMap::new();
    lengths.iter().flatten().for_each(|length| *times.entry(*length).or_default() += 1);
    let most = times.values().copied().max()?;
    // Where several are as frequent, the one with as many biases, or the first.
    let frequent = || lengths.iter().flatten().copied().filter(|length| times[length] == most);
    let usual = frequent().find(|length| units == Some(*length)).or_else(|| frequent().next())?;
    if usual == 0 {
        let empty = lengths.iter().position(|length| *length == Some(0))?;
        reader.fault(rows[empty], || Words::new("this row is empty").help(layout.row()));
        return None;
    }
    let others =
        if lengths[0] == Some(usual) { "the first row has" } else { "the other rows have" };
    for (row, length) in rows.iter().zip(lengths) {
        if let Some(length) = length.filter(|length| *length != usual) {
            let has = counted(length, "number");
            reader.fault(row, || {
                Words::new(format!("this row has {has}, but {others} {usual}")).help(layout.row())
            });
        }
    }
    (times.len() == 1).then_some(usual)
}

fn check_biases(
    reader: &mut Reader<'_>,
    rows: RowLayout,
    layer_number: usize,
    layer: &DraftLayer<'_>,
) {
    let (Some(units), Some((node, biases))) = (layer.units(), &layer.biases) else {
        return;
    };
    if biases.len() == units {
        return;
    }
    reader.fault(node, || {
        let (has, needs) = (counted(units, "unit"), counted(units, "number"));
        Words::new(format!(
            "layer {layer_number} has {has}, so `biases` needs {needs}; it has {}",
            biases.len()
        ))
        .help(if biases.is_empty() {
            "leave `biases` out if the layer has none".to_owned()
        } else {
            format!("a layer has one unit per {} its `weights`", rows.units())
        })
    });
}

/// Each layer has to take what the one before gives. False where the matrix
/// looks transposed, so that its shape tells nothing else.
fn chains(
    reader: &mut Reader<'_>,
    rows: RowLayout,
    at: usize,
    before: &DraftLayer<'_>,
    layer: &DraftLayer<'_>,
) -> bool {
    let (Some(given), Some(weights)) = (before.units(), layer.weights.as_ref()) else {
        return true;
    };
    let Some(inputs) = weights.inputs.filter(|inputs| *inputs != given) else {
        return true;
    };
    let is_transposed = weights.units == Some(given) && layer.biases_fit(weights.inputs);
    reader.fault(weights.node, || {
        let (this, units) = (at + 1, counted(given, "unit"));
        let gets = format!("layer {this} gets {units} from layer {at}, so");
        Words::new(match rows {
            RowLayout::Inputs => {
                format!("{gets} `weights` needs {}; it has {inputs}", counted(given, "row"))
            }
            RowLayout::Units => {
                let needs = counted(given, "number");
                format!("{gets} each row of `weights` needs {needs}; it has {inputs}")
            }
        })
        .help(if is_transposed { rows.leads_not() } else { rows.leads() })
    });
    !is_transposed
}

/// Activations that couple their units belong to the output layer.
fn stay_at_the_end(reader: &mut Reader<'_>, at: usize, layers: usize, hidden: &DraftLayer<'_>) {
    if let Some((node, activation)) = hidden.activation
        && matches!(activation.form, ActivationForm::Together(_))
    {
        reader.fault(node, || {
            let key = activation.key;
            Words::new(format!(
                "`{key}` is for the output layer only; this is layer {at} of {layers}"
            ))
            .help(format!(
                "choose one of {}",
                listed(&activations(|a| matches!(a.form, ActivationForm::Each(_))))
            ))
        });
    }
}

fn judge_outputs(
    reader: &mut Reader<'_>,
    node: JsonNode<'_>,
    loss: &'static Loss,
    layers: &[DraftLayer<'_>],
) {
    let Some((_, activation)) = layers.last().and_then(|layer| layer.activation) else {
        return;
    };
    let Some(reason) = loss.refuses(activation) else {
        return;
    };
    reader.fault(node, || {
        let (loss_key, key) = (loss.key, activation.key);
        let its = activations(|other| loss.refuses(other).is_none());
        let losses = loss::ALL.iter().filter(|other| other.refuses(activation).is_none());
        let losses: Vec<&str> = losses.map(|other| other.key).collect();
        let what = format!("`{loss_key}` does not go with `{key}` outputs: {reason}");
        Words::new(what).help(format!(
            "`{loss_key}` goes with {}; `{key}` goes with {}",
            listed(&its),
            listed(&losses)
        ))
    });
}

fn activations(fits: impl Fn(&Activation) -> bool) -> Vec<&'static str> {
    activation::ALL.iter().filter(|entry| fits(entry)).map(|entry| entry.key).collect()
}
