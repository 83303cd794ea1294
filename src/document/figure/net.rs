//! The nodes and edges of a figure, each with its names, its texts and its light.

use compact_str::CompactString;

use super::label::Label;
use super::light::{Direction, Light, covers};
use super::shown::Detail;
use super::{Figure, words};
use crate::name::{Name, Symbol};
use crate::network::Network;
use crate::network::activation::ActivationForm;

/// A figure as nodes and edges, shortened where the network is large.
pub struct FigureNet {
    /// The inputs, the layers and the loss, from left to right.
    pub stages: Vec<NodeColumn>,
    /// The weights and biases between units that are shown, layer by layer and
    /// there unit by unit, a bias after the weights of its unit.
    pub edges: Vec<Edge>,
    /// From an output to the loss.
    pub ends: Vec<Link>,
    /// From one unit of a coupled layer to another, where they are lit.
    pub couplings: Vec<Link>,
    /// Where the terms of the chain are numbered.
    pub numbers: Vec<TermNumber>,
    /// Which way the pass runs.
    pub direction: Direction,
    /// Whether anything is lit.
    pub has_light: bool,
}

/// What stands in one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// The inputs.
    Inputs,
    /// A layer.
    Layer(u32),
    /// So many layers that are left out.
    Gap(usize),
    /// The loss.
    Loss,
}

/// The nodes of one column.
pub struct NodeColumn {
    /// What they are.
    pub kind: NodeKind,
    /// What stands above them.
    pub heading: String,
    /// The activation of a layer, as formulas write it.
    pub activation: Option<&'static str>,
    /// From top to bottom.
    pub nodes: Vec<Node>,
    /// Units that are not shown.
    pub left_out: usize,
    /// Whether each output depends on the inputs of all units, as with softmax.
    pub coupled: bool,
}

/// An input, a unit, or the loss.
pub struct Node {
    /// Which one of its stage.
    pub unit: u32,
    /// Its values, from left to right.
    pub parts: Vec<NodeValue>,
    /// From its input to its output.
    pub within: Option<Link>,
    /// Its error signal, once it is known or where there is room for it.
    pub signal: Option<NodeValue>,
    /// What it should have put out.
    pub target: Option<NodeValue>,
}

/// Which value of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What enters it.
    In,
    /// What it puts out; the value of an input or the loss.
    Out,
    /// What belongs to it.
    Beside,
}

/// A value with its name.
pub struct NodeValue {
    /// Its name.
    pub name: Name,
    /// Which value of the unit it is.
    pub side: Side,
    /// Its name as it is set.
    pub label: Label,
    /// Its text, where it is known.
    pub text: Option<CompactString>,
    /// The texts that need room here, now or later.
    pub room: Vec<CompactString>,
    /// How bright it is.
    pub light: Light,
}

/// A link of the chain between two values.
pub struct Link {
    /// The derivative that belongs to it.
    pub name: Name,
    /// How bright it is.
    pub light: Light,
}

/// A weight or bias.
pub struct Edge {
    /// The parameter with its value.
    pub value: NodeValue,
    /// Its gradient.
    pub gradient: NodeValue,
    /// Layer of the unit that it leads to.
    pub layer: u32,
    /// The unit (or input) that it comes from; none for a bias.
    pub from: Option<u32>,
    /// The unit that it leads to.
    pub to: u32,
    /// From the unit before to this unit.
    pub along: Option<Link>,
    /// From the parameter to the unit.
    pub into: Link,
}

/// The number of a term, and where it belongs.
pub struct TermNumber {
    /// From 1 on.
    pub number: usize,
    /// The term.
    pub factor: Name,
    /// How bright it is.
    pub light: Light,
}

/// What enters a unit: its weights, then its bias.
pub fn ports(network: &Network, layer: u32, unit: u32) -> impl Iterator<Item = Symbol> + use<> {
    let shape = &network.layers[layer as usize];
    let weights =
        (0..shape.inputs() as u32).map(move |from| Symbol::Weight { layer, from, to: unit });
    let bias = shape.biases.as_ref().map(|_| Symbol::Bias { layer, unit });
    weights.chain(bias)
}

impl Figure<'_> {
    /// The nodes and edges, as much of them as a reader shall see.
    pub fn net(&self, detail: Detail) -> FigureNet {
        let layers = self.shown_layers(detail);
        let mut net = FigureNet {
            stages: vec![self.inputs(detail)],
            edges: Vec::new(),
            ends: Vec::new(),
            couplings: Vec::new(),
            numbers: self.numbers(),
            direction: self.highlight.direction,
            has_light: !self.highlight.lamps.is_empty(),
        };
        let mut next = 0;
        for layer in layers {
            if layer > next {
                net.stages.push(NodeColumn::gap((layer - next) as usize));
            }
            next = layer + 1;
            net.stages.push(self.layer(layer, detail));
            self.add_edges(layer, detail, &mut net);
        }
        net.stages.push(self.loss());
        net
    }

    fn inputs(&self, detail: Detail) -> NodeColumn {
        let shown = self.shown_inputs(detail);
        let count = self.network().inputs();
        let nodes = shown.iter().map(|&unit| {
            let part = self.part(Symbol::Input(unit).into(), Side::Out);
            Node { unit, parts: vec![part], within: None, signal: None, target: None }
        });
        NodeColumn {
            kind: NodeKind::Inputs,
            heading: if count == 1 { "input" } else { "inputs" }.to_owned(),
            activation: None,
            nodes: nodes.collect(),
            left_out: count - shown.len(),
            coupled: false,
        }
    }

    fn layer(&self, layer: u32, detail: Detail) -> NodeColumn {
        let network = self.network();
        let shown = self.shown_units(layer, detail);
        let has_target = network.naming().is_output(layer) && self.has_targets();
        let nodes = shown.iter().map(|&unit| {
            let (own, out) = (Symbol::In { layer, unit }, Symbol::Out { layer, unit });
            let signal = self.part(Name::loss_by(own), Side::Beside);
            Node {
                unit,
                parts: vec![self.part(own.into(), Side::In), self.part(out.into(), Side::Out)],
                within: Some(self.link(Name::derivative(out, own))),
                signal: Some(signal).filter(|signal| !signal.room.is_empty()),
                target: has_target.then(|| self.part(Symbol::Target(unit).into(), Side::Beside)),
            }
        });
        NodeColumn {
            kind: NodeKind::Layer(layer),
            heading: words::layer_title(network, layer),
            activation: Some(network.layers[layer as usize].activation.symbol),
            nodes: nodes.collect(),
            left_out: network.units(layer) - shown.len(),
            coupled: self.couples(layer),
        }
    }

    fn loss(&self) -> NodeColumn {
        let part = self.part(Symbol::Loss.into(), Side::Out);
        let node = Node { unit: 0, parts: vec![part], within: None, signal: None, target: None };
        NodeColumn {
            kind: NodeKind::Loss,
            heading: "loss".to_owned(),
            activation: None,
            nodes: vec![node],
            left_out: 0,
            coupled: false,
        }
    }

    fn add_edges(&self, layer: u32, detail: Detail, net: &mut FigureNet) {
        let network = self.network();
        let sources = match layer.checked_sub(1) {
            None => self.shown_inputs(detail),
            Some(before) => self.shown_units(before, detail),
        };
        let units = self.shown_units(layer, detail);
        let has_bias = network.layers[layer as usize].biases.is_some();
        for &to in &units {
            let weights =
                sources.iter().map(|&from| (Some(from), Symbol::Weight { layer, from, to }));
            let bias = has_bias.then_some((None, Symbol::Bias { layer, unit: to }));
            for (from, parameter) in weights.chain(bias) {
                let own = Symbol::In { layer, unit: to };
                let along =
                    from.map(|from| self.link(Name::derivative(own, Symbol::source(layer, from))));
                net.edges.push(Edge {
                    value: self.part(parameter.into(), Side::Beside),
                    gradient: self.part(Name::loss_by(parameter), Side::Beside),
                    layer,
                    from,
                    to,
                    along,
                    into: self.link(Name::derivative(own, parameter)),
                });
            }
        }
        if network.naming().is_output(layer) {
            let ends = units.iter().map(|&unit| Name::loss_by(Symbol::Out { layer, unit }));
            net.ends.extend(ends.map(|name| self.link(name)));
        }
        if self.couples(layer) {
            for (&from, &to) in units.iter().flat_map(|from| units.iter().map(move |to| (from, to)))
            {
                let (own, out) =
                    (Symbol::In { layer, unit: from }, Symbol::Out { layer, unit: to });
                let link = self.link(Name::derivative(out, own));
                if from != to && link.light != Light::Quiet {
                    net.couplings.push(link);
                }
            }
        }
    }

    fn couples(&self, layer: u32) -> bool {
        let shape = &self.network().layers[layer as usize];
        matches!(shape.activation.form, ActivationForm::Together(_)) && shape.units() > 1
    }

    fn part(&self, name: Name, side: Side) -> NodeValue {
        let network = self.network();
        let light = match name {
            Name::Value(symbol) | Name::New(symbol) => self.highlight.value(network, symbol),
            // A gradient is what all of the chain comes to.
            Name::Derivative { .. } if self.highlight.about == Some(name) => Light::Known,
            Name::Derivative { .. } | Name::OfSample { .. } => Light::Quiet,
        };
        NodeValue {
            name,
            side,
            label: Label::of(network.naming(), name),
            text: self.text(name),
            room: self.texts(name).collect(),
            light,
        }
    }

    fn link(&self, name: Name) -> Link {
        Link { name, light: self.highlight.link(self.network(), name) }
    }

    /// The numbers of the terms that are known or current.
    fn numbers(&self) -> Vec<TermNumber> {
        let lamps = self.highlight.lamps.iter();
        let shown = lamps.filter(|lamp| lamp.light >= Light::Known);
        let number = shown.filter_map(|lamp| {
            Some(TermNumber { number: lamp.number?, factor: lamp.factor, light: lamp.light })
        });
        number.collect()
    }
}

impl NodeColumn {
    fn gap(layers: usize) -> Self {
        Self {
            kind: NodeKind::Gap(layers),
            heading: crate::num::counted(layers, "more layer").into(),
            activation: None,
            nodes: Vec::new(),
            left_out: 0,
            coupled: false,
        }
    }
}

impl FigureNet {
    /// Every link that is drawn, with how bright it is.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        let within = self.stages.iter().flat_map(|stage| &stage.nodes);
        let within = within.filter_map(|node| node.within.as_ref());
        let edges = self.edges.iter();
        let edges = edges.flat_map(|edge| edge.along.iter().chain([&edge.into]));
        within.chain(edges).chain(&self.ends).chain(&self.couplings)
    }

    /// The links that a factor leads over, by name.
    pub fn links_of(&self, network: &Network, factor: Name) -> Vec<Name> {
        let names = self.links().map(|link| link.name);
        names.filter(|link| covers(network, factor, *link)).collect()
    }
}
