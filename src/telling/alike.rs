//! Quantities that are told alike, a line each. They are counted and named one
//! at a time, so that a large network costs nothing that is not told.

use crate::lesson::Lesson;
use crate::name::{Name, Symbol};
use crate::network::activation::ActivationForm;

/// Quantities that are told alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alike {
    /// Which ones.
    pub kind: AlikeKind,
    /// Whether they are those after the update.
    pub new: bool,
}

/// Which quantities are told alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlikeKind {
    /// The weighted sums of a layer.
    In(u32),
    /// What its activation makes of them.
    Out(u32),
    /// What the outputs add to the loss.
    Terms,
    /// The loss.
    Loss,
    /// The error signals of a layer that no walked chain has left, each behind
    /// the factors that lead to it.
    Signals(u32),
    /// The gradients of a layer that are not walked.
    Gradients {
        /// The layer.
        layer: u32,
        /// Whether all of its weights are walked, so that only biases are left.
        all_walked: bool,
        /// Which weight into the first unit is walked, else.
        walked: u32,
        /// Whether each is told with its update.
        updated: bool,
    },
    /// The weights of a layer.
    Weights(u32),
    /// The biases of a layer.
    Biases(u32),
}

impl Alike {
    /// How many lines they take; of signals, how many units.
    pub fn count(self, lesson: &Lesson<'_>) -> usize {
        let network = lesson.network();
        match self.kind {
            AlikeKind::In(layer) | AlikeKind::Out(layer) | AlikeKind::Biases(layer) => {
                network.units(layer)
            }
            AlikeKind::Terms => network.outputs(),
            AlikeKind::Loss => 1,
            AlikeKind::Signals(layer) => network.units(layer) - 1,
            AlikeKind::Weights(layer) => network.layers[layer as usize].weights.values().len(),
            AlikeKind::Gradients { layer, all_walked, .. } => {
                let shape = &network.layers[layer as usize];
                let biases = if shape.biases.is_some() { shape.units() } else { 0 };
                let weights = if all_walked { 0 } else { shape.units() * shape.inputs() - 1 };
                weights + biases
            }
        }
    }

    /// The quantity at a place; of signals, that of the unit at this place.
    pub fn name(self, lesson: &Lesson<'_>, at: usize) -> Name {
        let pass: fn(Symbol) -> Name = if self.new { Name::New } else { Name::Value };
        let unit = at as u32;
        match self.kind {
            AlikeKind::In(layer) => pass(Symbol::In { layer, unit }),
            AlikeKind::Out(layer) => pass(Symbol::Out { layer, unit }),
            AlikeKind::Terms => pass(Symbol::Term(unit)),
            AlikeKind::Loss => pass(Symbol::Loss),
            AlikeKind::Signals(layer) => Name::loss_by(Symbol::In { layer, unit: unit + 1 }),
            AlikeKind::Weights(layer) => {
                let units = lesson.network().units(layer);
                let (from, to) = ((at / units) as u32, (at % units) as u32);
                pass(Symbol::Weight { layer, from, to })
            }
            AlikeKind::Biases(layer) => pass(Symbol::Bias { layer, unit }),
            AlikeKind::Gradients { layer, all_walked: true, .. } => {
                Name::loss_by(Symbol::Bias { layer, unit })
            }
            AlikeKind::Gradients { layer, all_walked: false, walked, .. } => {
                let shape = &lesson.network().layers[layer as usize];
                let at = at + usize::from(at >= walked as usize);
                let per_unit = shape.inputs() + usize::from(shape.biases.is_some());
                let (unit, from) = ((at / per_unit) as u32, at % per_unit);
                Name::loss_by(if from < shape.inputs() {
                    Symbol::Weight { layer, from: from as u32, to: unit }
                } else {
                    Symbol::Bias { layer, unit }
                })
            }
        }
    }

    /// What is told at a place: of a gradient, its update after it where it is told
    /// with it; of a signal, the factors from the next layer's error signals first.
    /// Where the activation couples more than `most_pairs` units, there are too many
    /// factors to read, and only the signal is told.
    pub fn names(self, lesson: &Lesson<'_>, at: usize, most_pairs: usize) -> Vec<Name> {
        let own = self.name(lesson, at);
        let mut names = match (self.kind, own) {
            (AlikeKind::Signals(layer), Name::Derivative { by: Symbol::In { unit, .. }, .. }) => {
                factors(lesson, layer, unit, most_pairs)
            }
            _ => Vec::new(),
        };
        names.push(own);
        if let (AlikeKind::Gradients { updated: true, .. }, Name::Derivative { by, .. }) =
            (self.kind, own)
        {
            names.extend(Some(Name::New(by)).filter(|update| lesson.has(*update)));
        }
        names
    }
}

fn factors(lesson: &Lesson<'_>, layer: u32, unit: u32, most_pairs: usize) -> Vec<Name> {
    let network = lesson.network();
    let (own, out) = (Symbol::In { layer, unit }, Symbol::Out { layer, unit });
    match network.layers[layer as usize].activation.form {
        ActivationForm::Each(_) => {
            let is_output = layer + 1 == network.depth();
            let adds_up = is_output || network.units(layer + 1) > 1;
            let by_out = adds_up.then(|| Name::loss_by(out));
            by_out.into_iter().chain([Name::derivative(out, own)]).collect()
        }
        ActivationForm::Together(_) if network.units(layer) > most_pairs => Vec::new(),
        ActivationForm::Together(_) => {
            outs(lesson, layer).map(|out| Name::derivative(out, own)).collect()
        }
    }
}

/// The factors through which the first unit of a layer reaches the loss, where
/// the activation couples all of its outputs.
pub fn coupled(lesson: &Lesson<'_>, layer: u32) -> Vec<Name> {
    let own = Symbol::In { layer, unit: 0 };
    let slopes = outs(lesson, layer).map(|out| Name::derivative(out, own));
    outs(lesson, layer).map(Name::loss_by).chain(slopes).collect()
}

fn outs(lesson: &Lesson<'_>, layer: u32) -> impl Iterator<Item = Symbol> + use<> {
    (0..lesson.network().units(layer) as u32).map(move |unit| Symbol::Out { layer, unit })
}
