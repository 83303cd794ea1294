//! The one sequence of topics.

use super::alike::{Alike, AlikeKind};
use super::{Concept, Pace, Part, Subject, Telling, Topic, Walk, Walked, only};
use crate::lesson::{Lesson, chain};
use crate::name::{Name, NameSet, Symbol};
use crate::network::activation::ActivationForm;

/// The topics of a lesson, in order.
pub(super) fn of(telling: Telling, lesson: &Lesson<'_>) -> Vec<Topic> {
    let mut told = Told { telling, lesson, topics: Vec::new(), seen: NameSet::default() };
    match telling.only {
        Some(name) => told.only(name),
        None => told.all(),
    }
    told.topics
}

/// Topics that are being listed.
struct Told<'l, 'a> {
    telling: Telling,
    lesson: &'l Lesson<'a>,
    topics: Vec<Topic>,
    /// Factors of the chains so far.
    seen: NameSet,
}

impl Told<'_, '_> {
    fn push(&mut self, part: Part, subject: Subject) {
        self.topics.push(Topic { part, subject });
    }

    fn concept(&mut self, part: Part, concept: Concept) {
        if self.telling.theory {
            self.push(part, Subject::Concept(concept));
        }
    }

    fn all(&mut self) {
        self.concept(Part::Goal, Concept::Goal);
        self.concept(Part::Goal, Concept::Passes);
        self.push(Part::Network, Subject::Network);
        self.pass(Part::Forward, false);
        let layers = self.layers();
        for (at, &layer) in layers.iter().enumerate().rev() {
            self.backward(layer);
            let before = at.checked_sub(1).map(|before| layers[before]);
            self.left_out(Part::Backward(layer), before, layer);
        }
        if self.lesson.settings().apply {
            self.update();
            self.pass(Part::After, true);
            self.push(Part::After, Subject::Losses);
        }
        self.closing();
    }

    /// The layers that are told: all, or of a deep network the first and last.
    fn layers(&self) -> Vec<u32> {
        let depth = self.lesson.network().depth();
        let half = (self.telling.most_layers / 2).try_into().unwrap_or(u32::MAX);
        if depth as usize <= self.telling.most_layers {
            (0..depth).collect()
        } else {
            (0..half).chain(depth - half..depth).collect()
        }
    }

    /// Says which layers are left out between two that are told.
    fn left_out(&mut self, part: Part, before: Option<u32>, layer: u32) {
        if let Some(before) = before.filter(|before| before + 1 < layer) {
            self.push(part, Subject::LeftOut(before + 1, layer - 1));
        }
    }

    fn alike(&mut self, part: Part, kind: AlikeKind, new: bool) {
        self.push(part, Subject::Alike(Alike { kind, new }));
    }

    /// A forward pass and the loss.
    fn pass(&mut self, part: Part, new: bool) {
        let mut last = None;
        for layer in self.layers() {
            self.left_out(part, last, layer);
            last = Some(layer);
            self.alike(part, AlikeKind::In(layer), new);
            self.alike(part, AlikeKind::Out(layer), new);
        }
        if self.lesson.network().outputs() > 1 {
            self.alike(part, AlikeKind::Terms, new);
        }
        self.alike(part, AlikeKind::Loss, new);
    }

    fn backward(&mut self, layer: u32) {
        let part = Part::Backward(layer);
        let network = self.lesson.network();
        let shape = &network.layers[layer as usize];
        let is_output = layer + 1 == network.depth();
        if is_output {
            self.concept(part, Concept::Ingredients);
            self.concept(part, Concept::Slopes);
        }
        let all_walked = self.telling.walk == Walk::All;
        let walked = self.first_telling_source(layer);
        if all_walked {
            for unit in 0..shape.units() as u32 {
                for from in 0..shape.inputs() as u32 {
                    self.walk(part, Symbol::Weight { layer, from, to: unit });
                }
                self.signal(part, layer, unit);
            }
        } else {
            if let ActivationForm::Together(_) = shape.activation.form {
                self.push(part, Subject::Coupled(layer));
            }
            self.walk(part, Symbol::Weight { layer, from: walked, to: 0 });
            self.signal(part, layer, 0);
            if shape.units() > 1 {
                self.alike(part, AlikeKind::Signals(layer), false);
            }
        }
        let updated = self.updates_beside();
        let kind = AlikeKind::Gradients { layer, all_walked, walked, updated };
        let rest = Alike { kind, new: false };
        if rest.count(self.lesson) > 0 {
            self.push(part, Subject::Alike(rest));
        }
        if !all_walked && self.is_first_with_common_beginning(layer) {
            self.concept(part, Concept::CommonBeginning);
        }
    }

    /// The first weight into a unit of a layer that carries something: the gradient
    /// of one that carries 0 is 0, and tells nothing.
    fn first_telling_source(&self, layer: u32) -> u32 {
        let carried = |from: &u32| self.lesson.value(Symbol::source(layer, *from).into()) != 0.0;
        let inputs = self.lesson.network().layers[layer as usize].inputs() as u32;
        (0..inputs).find(carried).unwrap_or(0)
    }

    /// Whether this is the first hidden layer on the way back, or the only layer,
    /// with two weights into one unit to compare.
    fn is_first_with_common_beginning(&self, layer: u32) -> bool {
        let network = self.lesson.network();
        let first = network.depth().saturating_sub(2);
        layer == first && network.layers[layer as usize].inputs() > 1
    }

    /// The chain of a weight or bias.
    fn walk(&mut self, part: Part, parameter: Symbol) {
        let factors = chain::to_parameter(self.lesson, parameter);
        let known = factors.iter().zip(0..).filter(|(factor, _)| self.seen.contains(factor));
        let known = known.fold(0, |known, (_, at)| known | 1 << at);
        self.seen.extend(factors);
        self.push(part, Subject::Chain(Walked { parameter, known }));
        let update = Name::New(parameter);
        if self.updates_beside() && self.lesson.has(update) {
            self.push(part, Subject::Quantity(update));
        }
    }

    /// Whether an update stands beside its gradient. What is about one quantity has
    /// its own order.
    fn updates_beside(&self) -> bool {
        let Telling { pace, only, .. } = self.telling;
        pace == Pace::Lecture && only.is_none() && self.lesson.settings().apply
    }

    /// The error signal that a walked chain leaves to its unit.
    fn signal(&mut self, part: Part, layer: u32, unit: u32) {
        let known = !self.seen.insert(Name::loss_by(Symbol::In { layer, unit }));
        self.push(part, Subject::Signal { layer, unit, known });
        let is_first_output = self.lesson.naming().is_output(layer) && unit == 0;
        if is_first_output && self.lesson.shortcut(unit).is_some() {
            self.push(part, Subject::Shortcut(unit));
        }
    }

    fn update(&mut self) {
        if self.updates_beside() {
            self.push(Part::Update, Subject::OldAndNew);
            return;
        }
        let mut last = None;
        for layer in self.layers() {
            self.left_out(Part::Update, last, layer);
            last = Some(layer);
            self.alike(Part::Update, AlikeKind::Weights(layer), true);
            if self.lesson.has(Name::New(Symbol::Bias { layer, unit: 0 })) {
                self.alike(Part::Update, AlikeKind::Biases(layer), true);
            }
        }
        self.push(Part::Update, Subject::OldAndNew);
    }

    fn closing(&mut self) {
        let part = Part::Closing;
        if self.lesson.network().depth() > 1 {
            self.concept(part, Concept::Indices);
            self.concept(part, Concept::Recursion);
        }
        // A neuron alone has no error signal to speak of.
        if !self.lesson.network().is_one_neuron() {
            self.concept(part, Concept::Gradients);
        }
        self.concept(part, Concept::WholeLayer);
        self.push(part, Subject::MatrixForm);
        let layers = self.layers();
        for (at, &layer) in layers.iter().enumerate().rev() {
            self.push(part, Subject::MatrixLayer(layer));
            let before = at.checked_sub(1).map(|before| layers[before]);
            self.left_out(part, before, layer);
        }
        if self.lesson.network().layers[0].inputs() > 1 {
            self.concept(part, Concept::ForwardBrackets);
        }
        self.push(part, Subject::Cost);
        if self.telling.has_checks {
            self.push(part, Subject::Check);
        }
        self.push(part, Subject::Summary);
        self.concept(part, Concept::Closing);
    }

    /// The topics about one quantity: of a weight or bias its chain and update.
    fn only(&mut self, name: Name) {
        let lesson = self.lesson;
        let parameter = only::parameter(lesson, name);
        let factors = parameter.map_or_else(Vec::new, |symbol| chain::to_parameter(lesson, symbol));
        for name in only::about(lesson, name) {
            let part = part_of(lesson, name);
            match parameter {
                Some(parameter) if name == Name::loss_by(parameter) => self.walk(part, parameter),
                _ if factors.contains(&name) => {}
                _ => self.push(part, Subject::Quantity(name)),
            }
        }
    }
}

fn part_of(lesson: &Lesson<'_>, name: Name) -> Part {
    match name {
        Name::Value(_) if name.is_given() => Part::Network,
        Name::Value(_) => Part::Forward,
        Name::New(symbol) if lesson.is_parameter(symbol) => Part::Update,
        Name::New(_) => Part::After,
        // What belongs to no unit is derived by at the very end: the inputs.
        Name::Derivative { by, .. } | Name::OfSample { of: by, .. } => {
            Part::Backward(by.unit().map_or(0, |(layer, _)| layer))
        }
    }
}
