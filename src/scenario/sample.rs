//! Reads `sample` or `samples` and checks them against the network.

use super::draft::ScenarioDraft;
use super::levels::SAMPLE;
use super::quick_samples;
use crate::network::Sample;
use crate::network::loss::Targets;
use crate::num;
use crate::num::counted;
use crate::source::fault::Words;
use crate::source::json::{self, JsonKind, JsonNode};
use crate::source::reader::{Fields, NumberList, Reader, as_written};

const EXAMPLE: &str = "such as { \"x\": [1, 0], \"y\": 1 }";

/// Reads the observations.
pub(super) fn samples<'a>(
    reader: &mut Reader<'a>,
    fields: &Fields<'a>,
    network: &ScenarioDraft<'_>,
) -> Vec<Sample> {
    let (one, several) = (fields.get("sample"), fields.get("samples"));
    if one.is_none() && several.is_none() && !fields.meant("samples") {
        reader.required(fields, "sample", || format!("a sample is an object {EXAMPLE}"));
    }
    if let (Some(_), Some(several)) = (one, several) {
        reader.fault(several, || {
            Words::new("`sample` and `samples` are both given").help("keep one of them")
        });
    }
    let mut samples = Vec::new();
    if let Some(node) = one {
        let help = if json::kind(node) == JsonKind::List {
            "several samples are a list under the key `samples`".to_owned()
        } else {
            format!("a sample is an object {EXAMPLE}")
        };
        samples.extend(sample(reader, node, &help, network));
    }
    if let Some(node) = several {
        samples.extend(list_of_samples(reader, node, network));
    }
    samples
}

fn list_of_samples<'a>(
    reader: &mut Reader<'a>,
    node: JsonNode<'a>,
    network: &ScenarioDraft<'_>,
) -> Vec<Sample> {
    if let Some(samples) = quick_samples::read(node, network) {
        return samples;
    }
    let help =
        format!("`samples` is a list of objects {EXAMPLE}; a single one goes under `sample`");
    if reader.expect(node, JsonKind::List, &help).is_none() {
        return Vec::new();
    }
    let items = json::items(node);
    if items.is_empty() {
        reader.fault(node, || Words::new("`samples` is empty").help("give at least one sample"));
    }
    items.into_iter().filter_map(|item| sample(reader, item, &help, network)).collect()
}

fn sample<'a>(
    reader: &mut Reader<'a>,
    node: JsonNode<'a>,
    help: &str,
    network: &ScenarioDraft<'_>,
) -> Option<Sample> {
    let fields = reader.fields(node, &SAMPLE, help)?;
    let help = "`x` is a list with one number per input of the network, such as [1, 0]";
    let x = reader.required(&fields, "x", || help).and_then(|node| {
        let x = reader.numbers(node, help)?.values;
        if let Some(inputs) = network.inputs().filter(|inputs| *inputs != x.len()) {
            reader.fault(node, || {
                let (has, needs) = (counted(inputs, "input"), counted(inputs, "number"));
                Words::new(format!(
                    "the network has {has}, so `x` needs {needs}; it has {}",
                    x.len()
                ))
                .help(if network.looks_transposed(x.len()) {
                    network.rows.first_transposed().to_owned()
                } else {
                    format!("the network has one input per {}", network.rows.inputs())
                })
            });
        }
        Some(x)
    });
    let y = target(reader, &fields, network);
    Some(Sample { x: x?, y: y? })
}

/// Reads `y`. A loss that compares with nothing does without.
fn target<'a>(
    reader: &mut Reader<'a>,
    fields: &Fields<'a>,
    network: &ScenarioDraft<'_>,
) -> Option<Vec<f64>> {
    let Some(node) = fields.get("y") else {
        let loss = network.loss?;
        if loss.targets == Targets::Unused {
            return Some(Vec::new());
        }
        let help = || format!("`{}` compares the outputs with the target `y`", loss.key);
        reader.required(fields, "y", help);
        return None;
    };
    let y = if json::kind(node) == JsonKind::List {
        reader.numbers(node, "")?
    } else {
        NumberList { values: vec![reader.number(node)?], complete: true }
    };
    let targets = network.loss.map(|loss| loss.targets);
    if targets == Some(Targets::Unused) {
        return Some(Vec::new());
    }
    if let Some(outputs) = network.outputs().filter(|outputs| *outputs != y.values.len()) {
        reader.fault(node, || {
            let (has, needs) = (counted(outputs, "output"), counted(outputs, "number"));
            Words::new(format!(
                "the network has {has}, so `y` needs {needs}; it has {}",
                y.values.len()
            ))
            .help(format!(
                "the network has one output per {} the last layer's `weights`",
                network.rows.units()
            ))
        });
    } else if let Some(loss) = network.loss {
        in_range(reader, node, &y, loss.targets, loss.key);
    }
    Some(y.values)
}

/// Checks that the loss can compare with these targets.
fn in_range(
    reader: &mut Reader<'_>,
    node: JsonNode<'_>,
    y: &NumberList,
    targets: Targets,
    loss: &str,
) {
    let why = match targets {
        Targets::Unused | Targets::Any => return,
        Targets::UnitInterval => "needs targets from 0 to 1",
        Targets::Distribution => "needs a distribution: numbers from 0 to 1 that add up to 1",
    };
    let nodes = if json::kind(node) == JsonKind::List { json::items(node) } else { vec![node] };
    let mut inside = y.complete;
    for (node, value) in nodes.into_iter().zip(&y.values) {
        if !targets.take(*value) {
            inside = false;
            reader.fault(node, || {
                Words::new(format!("the target is {}, but `{loss}` {why}", as_written(node)))
            });
        }
    }
    let sum: f64 = y.values.iter().sum();
    if inside && targets.refuse_sum(sum) {
        reader.fault(node, || {
            let sum = num::show_exactly(sum);
            Words::new(format!("the targets add up to {sum}, but `{loss}` {why}"))
                .help("one-hot, such as [0, 1, 0], is the usual target")
        });
    }
}
