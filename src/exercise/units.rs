//! Units that let nothing through, and numbers that hide what is done with them.

use super::border::significant;
use super::finding::LintFinding;
use crate::lesson::Lesson;
use crate::name::{Name, Symbol};
use crate::network::activation::ActivationForm;
use crate::num::Precision;

/// Significant digits that a slope has at least.
const LEAST_DIGITS: usize = 2;

/// Units that are dead or saturated.
pub(super) fn units(lesson: &Lesson<'_>, digits: Precision) -> Vec<LintFinding> {
    let mut found = Vec::new();
    for (layer, shape) in (0..).zip(&lesson.network().layers) {
        if !matches!(shape.activation.form, ActivationForm::Each(_)) {
            continue;
        }
        for at in 0..shape.units() as u32 {
            let out = Symbol::Out { layer, unit: at };
            let slope = lesson.value(Name::derivative(out, Symbol::In { layer, unit: at }));
            let unit = out.into();
            if slope == 0.0 {
                found.push(LintFinding::Dead { unit });
            } else if slope.fract() != 0.0 && slope != LEAK && is_flat(slope, digits) {
                found.push(LintFinding::Saturated { unit, slope });
            }
        }
    }
    found
}

/// The slope of a leaky ReLU that is off, which is what it is for.
const LEAK: f64 = 0.01;

/// Of what a slope is at most: below it little is learned, whatever the digits.
const FLAT: f64 = 0.02;

fn is_flat(slope: f64, digits: Precision) -> bool {
    slope.abs() < FLAT || significant(slope, digits) < LEAST_DIGITS
}

/// Inputs and a rate that hide whether one multiplied by them.
pub(super) fn plain(lesson: &Lesson<'_>) -> Vec<LintFinding> {
    let exercise = lesson.exercise();
    let mut found = Vec::new();
    for (at, value) in (0..).zip(&exercise.sample.x) {
        if *value == 0.0 || value.abs() == 1.0 {
            found.push(LintFinding::PlainInput { name: Symbol::Input(at).into(), value: *value });
        }
    }
    found.extend((exercise.learning_rate == Some(1.0)).then_some(LintFinding::PlainRate));
    found
}
