//! Which units and weights of the drawing a chain leads through.

use crate::name::{Name, Symbol};
use crate::network::Network;
use crate::network::activation::ActivationForm;

/// Networks of more layers or parameters are not drawn, so their paths are not
/// needed.
const MOST_DRAWN: usize = 200;

fn is_drawn(network: &Network) -> bool {
    network.layers.len() <= MOST_DRAWN && network.parameters() <= MOST_DRAWN
}

/// The units and weights between a parameter and the loss.
pub fn to_loss(network: &Network, parameter: Symbol) -> Vec<Symbol> {
    let mut path = vec![parameter, Symbol::Loss];
    let Some((layer, unit)) = parameter.leads_to() else { return path };
    path.extend(source(parameter));
    path.extend(unit_to_loss(network, layer, unit));
    path
}

/// What a factor of the chain rule is about: the link of the network between
/// its two parts, and where several paths lead on from there, all of them.
pub fn of_factor(network: &Network, factor: Name) -> Vec<Symbol> {
    let Name::Derivative { of, by } = factor else { return Vec::new() };
    match (of, by) {
        (Symbol::Loss, Symbol::In { layer, unit }) => {
            let mut path = unit_to_loss(network, layer, unit);
            path.push(Symbol::Loss);
            path
        }
        (Symbol::Loss, Symbol::Out { layer, unit }) => {
            let mut path = vec![Symbol::Loss, by];
            path.extend(beyond(network, layer, unit));
            path
        }
        (Symbol::In { layer, unit: to }, Symbol::Out { unit: from, .. } | Symbol::Input(from)) => {
            vec![of, by, Symbol::Weight { layer, from, to }]
        }
        (Symbol::In { .. }, Symbol::Weight { .. } | Symbol::Bias { .. }) => {
            [of, by].into_iter().chain(source(by)).collect()
        }
        _ => vec![of, by],
    }
}

/// What enters the unit that a weight leads to.
fn source(parameter: Symbol) -> Option<Symbol> {
    let Symbol::Weight { layer, from, .. } = parameter else { return None };
    Some(Symbol::source(layer, from))
}

/// A unit, and all that leads on from it.
fn unit_to_loss(network: &Network, layer: u32, unit: u32) -> Vec<Symbol> {
    let mut path = vec![Symbol::In { layer, unit }, Symbol::Out { layer, unit }];
    if let ActivationForm::Together(_) = network.layers[layer as usize].activation.form {
        path.extend((0..network.units(layer) as u32).map(|unit| Symbol::Out { layer, unit }));
    }
    path.extend(beyond(network, layer, unit));
    path
}

/// All that leads on from a unit to the outputs.
fn beyond(network: &Network, layer: u32, unit: u32) -> Vec<Symbol> {
    let mut path = Vec::new();
    if !is_drawn(network) {
        return path;
    }
    let mut reached = vec![unit];
    for next in layer + 1..network.depth() {
        let units: Vec<u32> = (0..network.units(next) as u32).collect();
        for &to in &units {
            path.extend(reached.iter().map(|&from| Symbol::Weight { layer: next, from, to }));
            path.extend([
                Symbol::In { layer: next, unit: to },
                Symbol::Out { layer: next, unit: to },
            ]);
        }
        reached = units;
    }
    path
}

/// What a value of the forward pass is computed from, and itself.
pub fn into(network: &Network, symbol: Symbol) -> Vec<Symbol> {
    match symbol {
        Symbol::In { layer, unit } if is_drawn(network) => {
            let shape = &network.layers[layer as usize];
            let weights =
                (0..shape.inputs() as u32).map(|from| Symbol::Weight { layer, from, to: unit });
            let sources: Vec<Symbol> = weights.clone().filter_map(source).collect();
            let own = [symbol, Symbol::Bias { layer, unit }];
            weights.chain(sources).chain(own).collect()
        }
        Symbol::Out { layer, unit } => vec![Symbol::In { layer, unit }, symbol],
        Symbol::Term(unit) => {
            vec![Symbol::Out { layer: network.depth() - 1, unit }, Symbol::Target(unit)]
        }
        Symbol::Loss => {
            let outputs = 0..network.outputs() as u32;
            let layer = network.depth() - 1;
            let ends = outputs.flat_map(|unit| [Symbol::Out { layer, unit }, Symbol::Target(unit)]);
            ends.chain([symbol]).collect()
        }
        Symbol::Weight { layer, to: unit, .. } => {
            [symbol, Symbol::In { layer, unit }].into_iter().chain(source(symbol)).collect()
        }
        Symbol::Bias { layer, unit } => vec![symbol, Symbol::In { layer, unit }],
        Symbol::In { .. } | Symbol::Input(_) | Symbol::Target(_) | Symbol::Rate | Symbol::Risk => {
            vec![symbol]
        }
    }
}
