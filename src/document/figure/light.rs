//! What of a figure is lit: the factors of a chain and the links of the network
//! that each of them leads over.
//!
//! A link is an elementary derivative: along a weight (`df_in/dz1_out`), inside a
//! unit (`dz1_out/dz1_in`), from a parameter (`dz1_in/dW11`), from an output to
//! the loss (`dL/df_out`). A factor may be more than a link: `dL/dz1_out` is the
//! sum over all paths from there, and leads over all that lies behind it.

use crate::name::{Name, Symbol};
use crate::network::Network;
use crate::network::activation::ActivationForm;

/// How bright something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Light {
    /// Beside the path, or nothing is lit at all.
    #[default]
    Quiet,
    /// On the path, but later.
    Ahead,
    /// On the path, and known.
    Known,
    /// What the reader is being shown.
    Current,
}

/// Which way the pass runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Towards the loss.
    #[default]
    Forward,
    /// Back from the loss.
    Backward,
}

/// A factor of the chain and how bright its links are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lamp {
    /// The factor, or a single link.
    pub factor: Name,
    /// How bright.
    pub light: Light,
    /// Which term of the chain it is, from 1 on, where the chain has terms.
    pub number: Option<usize>,
}

/// What the reader is being shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlight {
    /// Which way the pass runs.
    pub direction: Direction,
    /// What is lit.
    pub lamps: Vec<Lamp>,
    /// The quantity that all this is about: `dL/dW11`.
    pub about: Option<Name>,
    /// The units and weights on the path, for drawings that make these heavy.
    pub path: Vec<Symbol>,
}

impl Highlight {
    /// A path through units and weights.
    pub fn path(path: Vec<Symbol>) -> Self {
        Self { path, ..Self::default() }
    }

    /// Whether nothing is lit.
    pub fn is_dark(&self) -> bool {
        self.lamps.is_empty() && self.path.is_empty()
    }

    /// How bright a link is.
    pub fn link(&self, network: &Network, link: Name) -> Light {
        let covering = self.lamps.iter().filter(|lamp| covers(network, lamp.factor, link));
        covering.map(|lamp| lamp.light).max().unwrap_or_default()
    }

    /// How bright a value is: as its brightest link.
    pub fn value(&self, network: &Network, symbol: Symbol) -> Light {
        let touching = self.lamps.iter().filter(|lamp| touches(network, lamp.factor, symbol));
        touching.map(|lamp| lamp.light).max().unwrap_or_default()
    }

    /// The lamp that is current.
    pub fn current(&self) -> Option<Lamp> {
        self.lamps.iter().copied().find(|lamp| lamp.light == Light::Current)
    }
}

/// Whether a factor leads over a link.
pub fn covers(network: &Network, factor: Name, link: Name) -> bool {
    if factor == link {
        return true;
    }
    let (Name::Derivative { of: Symbol::Loss, by }, Name::Derivative { of, by: from }) =
        (factor, link)
    else {
        return false;
    };
    match (of, from) {
        // What leads from an output to the loss.
        (Symbol::Loss, Symbol::Out { layer, unit }) => is_behind(network, by, layer, unit, false),
        // Inside a unit; with softmax, from one unit to another.
        (Symbol::Out { .. }, Symbol::In { layer, unit }) => {
            is_behind(network, by, layer, unit, true)
        }
        // Along a weight.
        (Symbol::In { .. }, Symbol::Out { layer, unit }) => {
            is_behind(network, by, layer, unit, false)
        }
        (Symbol::In { .. }, Symbol::Input(_)) => from == by,
        _ => false,
    }
}

/// Whether a unit's input (or its output) is reached on the way from a symbol to
/// the loss.
fn is_behind(network: &Network, start: Symbol, layer: u32, unit: u32, input: bool) -> bool {
    match start {
        Symbol::In { layer: at, unit: own } if at == layer => {
            own == unit || (!input && is_coupled(network, layer))
        }
        Symbol::Out { layer: at, unit: own } if at == layer => own == unit && !input,
        Symbol::In { layer: at, .. } | Symbol::Out { layer: at, .. } => layer > at,
        Symbol::Weight { layer: at, to: own, .. } | Symbol::Bias { layer: at, unit: own } => {
            is_behind(network, Symbol::In { layer: at, unit: own }, layer, unit, input)
        }
        Symbol::Input(_) => true,
        Symbol::Target(_) | Symbol::Term(_) | Symbol::Loss | Symbol::Rate | Symbol::Risk => false,
    }
}

/// Whether the activation couples the units of a layer.
fn is_coupled(network: &Network, layer: u32) -> bool {
    matches!(network.layers[layer as usize].activation.form, ActivationForm::Together(_))
}

/// Whether a factor leads over, from or to a value.
fn touches(network: &Network, factor: Name, symbol: Symbol) -> bool {
    let Name::Derivative { of, by } = factor else {
        return factor == Name::Value(symbol);
    };
    if symbol == of || symbol == by {
        return true;
    }
    match (of, by) {
        (Symbol::In { layer, unit: to }, Symbol::Out { unit: from, .. } | Symbol::Input(from)) => {
            symbol == Symbol::Weight { layer, from, to }
        }
        (Symbol::In { .. }, Symbol::Weight { layer, from, .. }) => {
            // What the sum changes by is what the weight is multiplied with.
            symbol == Symbol::source(layer, from)
        }
        (Symbol::Loss, by) => match symbol {
            Symbol::In { layer, unit } => is_behind(network, by, layer, unit, true),
            Symbol::Out { layer, unit } => is_behind(network, by, layer, unit, false),
            Symbol::Weight { layer, from, .. } => {
                let before = layer.checked_sub(1);
                before.is_some_and(|before| is_behind(network, by, before, from, false))
            }
            Symbol::Input(_)
            | Symbol::Target(_)
            | Symbol::Bias { .. }
            | Symbol::Term(_)
            | Symbol::Loss
            | Symbol::Rate
            | Symbol::Risk => false,
        },
        _ => false,
    }
}
