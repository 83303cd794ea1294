//! The chain from the loss down to a unit or a parameter, factor by factor.

use super::{Lesson, loss};
use crate::name::{Name, Symbol};
use crate::network::activation::ActivationForm;

/// Layers of single units that one chain leads through; beyond, it starts at a
/// cached error signal, so that the chains of a network of any depth stay
/// short.
const LONGEST: u32 = 4;

/// The factors from the loss to a weight or bias.
///
/// Where several paths lead on from a unit, the sum over them is one factor.
pub fn to_parameter(lesson: &Lesson<'_>, parameter: Symbol) -> Vec<Name> {
    let Some((layer, unit)) = parameter.leads_to() else { return Vec::new() };
    let mut factors = to_unit(lesson, layer, unit);
    factors.push(Name::derivative(Symbol::In { layer, unit }, parameter));
    factors
}

/// The factors from the loss to the input of a unit.
pub(super) fn to_unit(lesson: &Lesson<'_>, layer: u32, unit: u32) -> Vec<Name> {
    let mut factors = reversed(lesson, layer, unit, LONGEST);
    factors.reverse();
    factors
}

/// The factors to the input of a unit, from what is cached for the next layer.
pub(super) fn from_next(lesson: &Lesson<'_>, layer: u32, unit: u32) -> Vec<Name> {
    let mut factors = reversed(lesson, layer, unit, 1);
    factors.reverse();
    factors
}

/// The factors to the input of a unit, from the sum over all paths behind its
/// output.
pub(super) fn from_output(layer: u32, unit: u32) -> [Name; 2] {
    let (own, out) = (Symbol::In { layer, unit }, Symbol::Out { layer, unit });
    [Name::loss_by(out), Name::derivative(out, own)]
}

fn reversed(lesson: &Lesson<'_>, layer: u32, unit: u32, longest: u32) -> Vec<Name> {
    let (mut layer, mut unit) = (layer, unit);
    let mut factors = Vec::new();
    for step in 0.. {
        let (own, out) = (Symbol::In { layer, unit }, Symbol::Out { layer, unit });
        if lesson.naming().is_output(layer) {
            if step == longest || leaves_at_once(lesson) {
                factors.push(Name::loss_by(own));
                break;
            }
            factors.extend([Name::derivative(out, own), Name::loss_by(out)]);
            break;
        }
        if step == longest {
            factors.push(Name::loss_by(own));
            break;
        }
        factors.push(Name::derivative(out, own));
        let next = Symbol::In { layer: layer + 1, unit: 0 };
        if lesson.network().units(layer + 1) > 1 {
            factors.push(Name::loss_by(out));
            break;
        }
        factors.push(Name::derivative(next, out));
        (layer, unit) = (layer + 1, 0);
    }
    factors
}

/// Whether `∂L/∂f_in` is one factor: a sum over all outputs, or computed in one
/// step.
fn leaves_at_once(lesson: &Lesson<'_>) -> bool {
    let together =
        matches!(lesson.network().output_layer().activation.form, ActivationForm::Together(_));
    together || loss::far_out(lesson, Name::Value).is_some()
}
