//! The order in which the backward pass is told to a person, beside the chains
//! that are walked factor by factor. The page and the classroom walkthrough
//! both go by it.

use super::{Lesson, Walk};
use crate::name::{Name, Symbol};
use crate::network::activation::Form;

/// The quantities from the next layer's error signals to a unit's own, which
/// comes last. Where the activation couples more than `most_pairs` units, there
/// are too many factors to read, and only the signal is told.
pub fn signal(lesson: &Lesson<'_>, layer: u32, unit: u32, most_pairs: usize) -> Vec<Name> {
    let network = lesson.network();
    let (own, out) = (Symbol::In { layer, unit }, Symbol::Out { layer, unit });
    let mut names = Vec::new();
    match network.layers[layer as usize].activation.form {
        Form::Each(_) => {
            let is_output = layer + 1 == network.depth();
            if is_output || network.units(layer + 1) > 1 {
                names.push(Name::loss_by(out));
            }
            names.push(Name::derivative(out, own));
        }
        Form::Together(_) if network.units(layer) > most_pairs => {}
        Form::Together(_) => {
            let outputs = 0..network.units(layer) as u32;
            names.extend(outputs.map(|unit| Name::derivative(Symbol::Out { layer, unit }, own)));
        }
    }
    names.push(Name::loss_by(own));
    names
}

/// The factors through which the first unit of a layer reaches the loss, where
/// the activation couples all of its outputs; else none.
pub fn coupled(lesson: &Lesson<'_>, layer: u32) -> Vec<Name> {
    let network = lesson.network();
    if let Form::Each(_) = network.layers[layer as usize].activation.form {
        return Vec::new();
    }
    let own = Symbol::In { layer, unit: 0 };
    let outputs = || (0..network.units(layer) as u32).map(|unit| Symbol::Out { layer, unit });
    let by_loss = outputs().map(Name::loss_by);
    by_loss.chain(outputs().map(|out| Name::derivative(out, own))).collect()
}

/// The weights and biases of a layer that are not walked, unit by unit; each
/// plugs in the error signal of its unit.
#[derive(Clone, Copy, Debug)]
pub struct Rest {
    layer: u32,
    inputs: usize,
    units: usize,
    has_biases: bool,
    all_walked: bool,
}

impl Rest {
    /// Of a layer.
    pub fn of(lesson: &Lesson<'_>, layer: u32) -> Self {
        let shape = &lesson.network().layers[layer as usize];
        Self {
            layer,
            inputs: shape.inputs(),
            units: shape.units(),
            has_biases: shape.biases.is_some(),
            all_walked: lesson.settings().walk == Walk::All,
        }
    }

    /// How many they are.
    pub fn count(self) -> usize {
        let biases = if self.has_biases { self.units } else { 0 };
        if self.all_walked { biases } else { self.units * self.inputs + biases - 1 }
    }

    /// The one at a place.
    pub fn parameter(self, at: usize) -> Symbol {
        let layer = self.layer;
        if self.all_walked {
            return Symbol::Bias { layer, unit: at as u32 };
        }
        // The first weight of the layer is walked.
        let at = at + 1;
        let per_unit = self.inputs + usize::from(self.has_biases);
        let (unit, from) = ((at / per_unit) as u32, at % per_unit);
        if from < self.inputs {
            Symbol::Weight { layer, from: from as u32, to: unit }
        } else {
            Symbol::Bias { layer, unit }
        }
    }
}
