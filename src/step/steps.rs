//! The lesson as a list of steps, in the order in which the page tells it. A
//! step is small and says nothing by itself; see [`super::scene`].

use crate::document::{Limits, Section};
use crate::lesson::{Lesson, Walk, chain, told};
use crate::name::{Name, NameSet, Naming, Symbol};

/// A stretch of the lesson that one can jump to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What is given.
    Network,
    /// The forward pass and the loss.
    Forward,
    /// The backward pass into one layer.
    Backward(u32),
    /// The updated weights and biases.
    Update,
    /// The forward pass with them.
    After,
    /// What there is to say in the end.
    Closing,
}

impl Part {
    /// What it is called.
    pub fn title(self, naming: Naming<'_>) -> String {
        match self {
            Self::Network => "The network".to_owned(),
            Self::Forward => "Forward pass".to_owned(),
            Self::Backward(layer) if naming.is_output(layer) => {
                "Backward pass: output layer".to_owned()
            }
            Self::Backward(_) if !naming.is_deep() => "Backward pass: hidden layer".to_owned(),
            Self::Backward(layer) => format!("Backward pass: layer {}", layer + 1),
            Self::Update => "Update".to_owned(),
            Self::After => "Forward pass with the new weights".to_owned(),
            Self::Closing => "Looking back".to_owned(),
        }
    }
}

/// What a step is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// A section of the page as it is.
    Section(Section),
    /// The chain of a weight or bias, before its factors are computed.
    Chain(Walked),
    /// The factor at a place of that chain.
    Factor(Walked, u8),
    /// All of its factors multiplied.
    Product(Walked),
    /// A quantity on its own.
    Quantity(Name),
    /// The error signal of an output, where its factors cancel.
    Shortcut(u32),
}

/// A weight or bias whose chain is walked factor by factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walked {
    /// The weight or bias.
    pub parameter: Symbol,
    /// The factors that an earlier chain had, one bit each.
    pub known: u16,
}

impl Walked {
    /// Whether an earlier chain had the factor at a place.
    pub const fn knows(self, at: usize) -> bool {
        at < u16::BITS as usize && self.known & (1 << at) != 0
    }
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where in the lesson it is.
    pub part: Part,
    /// What it is about.
    pub topic: Topic,
}

impl Step {
    /// The quantity that the step computes, if it computes one.
    pub fn quantity(self, lesson: &Lesson<'_>) -> Option<Name> {
        match self.topic {
            Topic::Section(_) | Topic::Chain(_) => None,
            Topic::Factor(walked, at) => {
                chain::to_parameter(lesson, walked.parameter).get(usize::from(at)).copied()
            }
            Topic::Product(walked) => Some(Name::loss_by(walked.parameter)),
            Topic::Quantity(name) => Some(name),
            Topic::Shortcut(output) => {
                let layer = lesson.network().depth() - 1;
                Some(Name::loss_by(Symbol::In { layer, unit: output }))
            }
        }
    }
}

/// All steps of a lesson, or those about the quantity `only`. There is at least
/// one. `has_checks`: the lesson ends with a comparison with its source.
pub fn all(lesson: &Lesson<'_>, only: Option<Name>, has_checks: bool) -> Vec<Step> {
    let mut list = List { lesson, steps: Vec::new(), seen: NameSet::default() };
    list.push(Part::Network, Topic::Section(Section::Network));
    if let Some(name) = only {
        list.about(name);
        return list.steps;
    }
    list.forward(Part::Forward, Name::Value);
    for layer in (0..lesson.network().depth()).rev() {
        list.backward(layer);
    }
    if lesson.settings().apply {
        list.update();
        list.forward(Part::After, Name::New);
    }
    list.push(Part::Closing, Topic::Section(Section::MatrixForm));
    list.push(Part::Closing, Topic::Section(Section::Cost));
    if has_checks {
        list.push(Part::Closing, Topic::Section(Section::Check));
    }
    list.push(Part::Closing, Topic::Section(Section::Summary));
    list.steps
}

/// Steps that are being listed.
struct List<'l, 'a> {
    lesson: &'l Lesson<'a>,
    steps: Vec<Step>,
    /// Factors of the chains so far.
    seen: NameSet,
}

impl List<'_, '_> {
    fn push(&mut self, part: Part, topic: Topic) {
        self.steps.push(Step { part, topic });
    }

    fn forward(&mut self, part: Part, pass: fn(Symbol) -> Name) {
        let network = self.lesson.network();
        let mut push = |symbol| self.push(part, Topic::Quantity(pass(symbol)));
        for layer in 0..network.depth() {
            let units = 0..network.units(layer) as u32;
            units.clone().for_each(|unit| push(Symbol::In { layer, unit }));
            units.for_each(|unit| push(Symbol::Out { layer, unit }));
        }
        if network.outputs() > 1 {
            (0..network.outputs() as u32).for_each(|output| push(Symbol::Term(output)));
        }
        push(Symbol::Loss);
    }

    fn backward(&mut self, layer: u32) {
        let part = Part::Backward(layer);
        let shape = &self.lesson.network().layers[layer as usize];
        if self.lesson.settings().walk == Walk::All {
            for unit in 0..shape.units() as u32 {
                for from in 0..shape.inputs() as u32 {
                    self.walk(part, Symbol::Weight { layer, from, to: unit });
                }
                self.signal(part, layer, unit);
            }
        } else {
            for name in told::coupled(self.lesson, layer) {
                self.push(part, Topic::Quantity(name));
            }
            self.walk(part, Symbol::Weight { layer, from: 0, to: 0 });
            self.signal(part, layer, 0);
            for unit in 1..shape.units() as u32 {
                for name in told::signal(self.lesson, layer, unit, Limits::READABLE.matrix) {
                    self.push(part, Topic::Quantity(name));
                }
            }
        }
        let rest = told::Rest::of(self.lesson, layer);
        for at in 0..rest.count() {
            self.push(part, Topic::Quantity(Name::loss_by(rest.parameter(at))));
        }
    }

    /// The chain of a weight or bias: what it is, each factor that is not known
    /// yet, and their product.
    fn walk(&mut self, part: Part, parameter: Symbol) {
        let factors = chain::to_parameter(self.lesson, parameter);
        let known = factors.iter().zip(0..).filter(|(factor, _)| self.seen.contains(factor));
        let known = known.fold(0, |known, (_, at)| known | 1 << at);
        let walked = Walked { parameter, known };
        self.push(part, Topic::Chain(walked));
        for (at, factor) in (0..).zip(factors) {
            if !walked.knows(usize::from(at)) {
                self.push(part, Topic::Factor(walked, at));
            }
            self.seen.insert(factor);
        }
        self.push(part, Topic::Product(walked));
    }

    /// The error signal that a walked chain leaves to its unit.
    fn signal(&mut self, part: Part, layer: u32, unit: u32) {
        let signal = Name::loss_by(Symbol::In { layer, unit });
        if self.seen.insert(signal) {
            self.push(part, Topic::Quantity(signal));
        }
        let is_first_output = self.lesson.naming().is_output(layer) && unit == 0;
        if is_first_output && self.lesson.shortcut(unit).is_some() {
            self.push(part, Topic::Shortcut(unit));
        }
    }

    fn update(&mut self) {
        let lesson = self.lesson;
        lesson.for_each_parameter(|parameter| {
            if lesson.has(Name::New(parameter)) {
                self.push(Part::Update, Topic::Quantity(Name::New(parameter)));
            }
        });
    }

    /// The steps about one quantity: of a weight or bias its chain and update.
    fn about(&mut self, name: Name) {
        let lesson = self.lesson;
        let parameter = match name {
            Name::Value(symbol) | Name::New(symbol) => Some(symbol),
            Name::Derivative { of: Symbol::Loss, by } => Some(by),
            Name::Derivative { .. } => None,
        };
        let parameter = parameter.filter(|symbol| lesson.is_parameter(*symbol));
        let chain = parameter.map_or_else(Vec::new, |symbol| chain::to_parameter(lesson, symbol));
        let walked = parameter.map(Name::loss_by);
        for name in lesson.about(name) {
            let part = self.part_of(name);
            if let Some(parameter) = parameter.filter(|_| walked == Some(name)) {
                self.walk(part, parameter);
            } else if !chain.contains(&name) && lesson.expression(name).is_some() {
                self.push(part, Topic::Quantity(name));
            }
        }
    }

    fn part_of(&self, name: Name) -> Part {
        match name {
            Name::Value(_) => Part::Forward,
            Name::New(symbol) if self.lesson.is_parameter(symbol) => Part::Update,
            Name::New(_) => Part::After,
            Name::Derivative { of, by } => match (of, by) {
                (
                    _,
                    Symbol::In { layer, .. }
                    | Symbol::Out { layer, .. }
                    | Symbol::Weight { layer, .. }
                    | Symbol::Bias { layer, .. },
                ) => Part::Backward(layer),
                _ => Part::Backward(0),
            },
        }
    }
}
