//! The picture of a network: nodes, edges and what of them is lit, free of any
//! medium.
//!
//! A [`Figure`] knows the network, what is known of its values by now and which
//! links of the chain the reader is being shown. Its [`FigureNet`] is the same as
//! nodes and edges, shortened where the network is large, each with its names,
//! its texts and its [`Light`]. Where things stand, how wide a text is and what a
//! light looks like is decided by those who draw: characters, SVG, TikZ.

pub mod chain;
mod label;
mod light;
mod net;
mod shown;
mod words;

pub use label::{Label, Scripted};
pub use light::{Direction, Highlight, Lamp, Light, covers};
pub use net::{
    Edge, FigureNet, Link, Node, NodeColumn, NodeKind, NodeValue, Side, TermNumber, ports,
};
pub use shown::Detail;
pub use words::{description, layer_heading, layer_title, title};

use std::cell::RefCell;

use compact_str::CompactString;

use crate::name::{Name, NameMap};
use crate::network::Network;
use crate::network::loss::Targets;

/// Gives the text of a value, where there is one.
pub type ValueText<'a> = Box<dyn Fn(Name) -> Option<CompactString> + 'a>;

/// A network, what is known of it by now, and what of it is lit.
pub struct Figure<'a> {
    network: &'a Network,
    value: ValueText<'a>,
    room: Option<ValueText<'a>>,
    has_chain: bool,
    /// What the reader is being shown.
    pub highlight: Highlight,
    /// Drawings ask for each text several times.
    texts: RefCell<NameMap<Option<CompactString>>>,
}

impl<'a> Figure<'a> {
    /// A figure in which nothing is lit. `value` gives the text of a value that is
    /// known by now; nothing stands for any other. Values of units, weights and
    /// the loss are asked for, and beside them error signals and gradients.
    pub fn new(network: &'a Network, value: impl Fn(Name) -> Option<CompactString> + 'a) -> Self {
        Self {
            network,
            value: Box::new(value),
            room: None,
            has_chain: false,
            highlight: Highlight::default(),
            texts: RefCell::default(),
        }
    }

    /// The same with room for what will be known later: a text as wide as `value`
    /// will ever give. Drawings of figures with the same room have the same size
    /// and every part in the same place.
    #[must_use]
    pub fn with_room(mut self, room: impl Fn(Name) -> Option<CompactString> + 'a) -> Self {
        self.room = Some(Box::new(room));
        self
    }

    /// The same with room for all that a chain leaves in it: links inside units,
    /// error signals and gradients. So nothing moves from the first link to the last.
    #[must_use]
    pub const fn with_chain(mut self) -> Self {
        self.has_chain = true;
        self
    }

    /// Whether there is room for what a chain leaves.
    pub const fn has_chain(&self) -> bool {
        self.has_chain
    }

    /// The same with something lit.
    #[must_use]
    pub fn lit(mut self, highlight: Highlight) -> Self {
        self.highlight = highlight;
        self
    }

    /// The network.
    pub const fn network(&self) -> &'a Network {
        self.network
    }

    /// The text of a value that is known by now.
    pub fn text(&self, name: Name) -> Option<CompactString> {
        let known = self.texts.borrow().get(&name).cloned();
        known.unwrap_or_else(|| {
            let text = (self.value)(name);
            self.texts.borrow_mut().insert(name, text.clone());
            text
        })
    }

    /// The texts that a value needs room for, the one that is shown now first.
    pub fn texts(&self, name: Name) -> impl Iterator<Item = CompactString> + use<> {
        let later = self.room.as_ref().and_then(|room| room(name));
        self.text(name).into_iter().chain(later)
    }

    /// Whether the outputs are compared with targets.
    pub fn has_targets(&self) -> bool {
        self.network.loss.targets != Targets::Unused
    }
}
