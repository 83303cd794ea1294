//! A figure in words: the headings of its columns, and all of it for whoever
//! cannot see it.

use super::light::{Direction, Light};
use super::{Figure, ports};
use crate::name::{Name, Symbol};
use crate::network::Network;
use crate::num;

/// Weights and values that are told one by one, at most.
const MOST_TOLD: usize = 60;

/// What a layer is called.
pub fn layer_title(network: &Network, layer: u32) -> String {
    let naming = network.naming();
    if naming.is_output(layer) {
        "output".to_owned()
    } else if naming.is_deep() {
        format!("layer {}", layer + 1)
    } else {
        "hidden layer".to_owned()
    }
}

/// What a layer is called, with its activation as formulas write it, or as
/// scenarios do.
pub fn layer_heading(network: &Network, layer: u32, as_key: bool) -> String {
    let activation = network.layers[layer as usize].activation;
    let function = if as_key { activation.key } else { activation.symbol };
    format!("{}, {function}", layer_title(network, layer))
}

/// A figure in a line: the network's shape and what is lit.
pub fn title(figure: &Figure<'_>) -> String {
    let network = figure.network();
    let shape = format!("A {} network", network.shape());
    let Some(about) = figure.highlight.about else { return shape };
    let about = network.naming().plain(about);
    match figure.highlight.current().and_then(|lamp| lamp.number) {
        Some(number) => format!("{shape}: term {number} of the chain for {about}"),
        None if figure.highlight.direction == Direction::Backward => {
            format!("{shape}: the chain for {about}")
        }
        None => format!("{shape}: {about}"),
    }
}

/// All of a figure in sentences.
pub fn description(figure: &Figure<'_>) -> String {
    let network = figure.network();
    let mut said = vec![layers(network)];
    let listed = network.parameters() + network.inputs() <= MOST_TOLD;
    if listed {
        said.extend(values(figure));
    }
    said.extend(lit(figure));
    said.join(" ")
}

fn layers(network: &Network) -> String {
    let mut parts = vec![num::counted(network.inputs(), "input").to_string()];
    for (layer, shape) in (0..).zip(&network.layers) {
        let units = num::counted(shape.units(), "unit");
        let key = shape.activation.key.replace('_', " ");
        parts.push(format!("{} with {units} ({key})", layer_title(network, layer)));
    }
    let loss = network.loss.key.replace('_', " ");
    format!("From left to right: {}, loss ({loss}).", parts.join(", "))
}

fn values(figure: &Figure<'_>) -> Vec<String> {
    let network = figure.network();
    let mut inputs = Vec::new();
    let add = |list: &mut Vec<String>, name: Name| {
        if let Some(text) = figure.text(name) {
            list.push(format!("{} = {text}", network.naming().plain(name)));
        }
    };
    (0..network.inputs() as u32).for_each(|at| add(&mut inputs, Symbol::Input(at).into()));
    let mut said = vec![sentence("Inputs", &inputs)];
    for layer in 0..network.depth() {
        let mut list = Vec::new();
        for unit in 0..network.units(layer) as u32 {
            for port in ports(network, layer, unit) {
                add(&mut list, port.into());
                add(&mut list, Name::loss_by(port));
            }
            add(&mut list, Symbol::In { layer, unit }.into());
            add(&mut list, Symbol::Out { layer, unit }.into());
            add(&mut list, Name::loss_by(Symbol::In { layer, unit }));
            if network.naming().is_output(layer) && figure.has_targets() {
                add(&mut list, Symbol::Target(unit).into());
            }
        }
        let mut title = layer_title(network, layer);
        title[..1].make_ascii_uppercase();
        said.push(sentence(&title, &list));
    }
    let mut loss = Vec::new();
    add(&mut loss, Symbol::Loss.into());
    said.push(sentence("Loss", &loss));
    said.retain(|sentence| !sentence.is_empty());
    said
}

fn sentence(title: &str, list: &[String]) -> String {
    if list.is_empty() { String::new() } else { format!("{title}: {}.", list.join(", ")) }
}

/// What is lit, in the order of the chain.
fn lit(figure: &Figure<'_>) -> Vec<String> {
    let naming = figure.network().naming();
    let mut said = Vec::new();
    for (light, what) in [
        (Light::Current, "Lit as what is being shown"),
        (Light::Known, "Marked as known"),
        (Light::Ahead, "Marked as still to come"),
    ] {
        let lamps = figure.highlight.lamps.iter().filter(|lamp| lamp.light == light);
        let names = lamps.map(|lamp| match lamp.number {
            Some(number) => format!("term {number}, {}", naming.plain(lamp.factor)),
            None => naming.plain(lamp.factor),
        });
        let names: Vec<String> = names.take(MOST_TOLD).collect();
        if !names.is_empty() {
            said.push(format!("{what}: {}.", names.join("; ")));
        }
    }
    said
}
