//! What there is to tell of one quantity.

use crate::lesson::{Lesson, chain};
use crate::name::{Name, Symbol};

/// The weight or bias that a quantity is about, if it is about one: itself, its
/// gradient, or its update.
pub(super) fn parameter(lesson: &Lesson<'_>, name: Name) -> Option<Symbol> {
    let symbol = match name {
        Name::Value(symbol) | Name::New(symbol) => symbol,
        Name::Derivative { of: Symbol::Loss, by } => by,
        Name::Derivative { .. } | Name::OfSample { .. } => return None,
    };
    lesson.is_parameter(symbol).then_some(symbol)
}

/// What there is to show of one quantity: for a weight or bias its whole chain
/// and its update, else the quantity itself, before and after; first of all the
/// carried numbers behind it.
pub fn about(lesson: &Lesson<'_>, name: Name) -> Vec<Name> {
    if lesson.samples().is_some() {
        return about_of_samples(lesson, name);
    }
    let mut names = Vec::new();
    match (parameter(lesson, name), name) {
        (Some(parameter), _) => {
            names.extend(chain::to_parameter(lesson, parameter));
            names.extend([Name::loss_by(parameter), Name::New(parameter)]);
        }
        (None, Name::Value(symbol) | Name::New(symbol)) => {
            names.extend([Name::Value(symbol), Name::New(symbol)]);
        }
        (None, Name::Derivative { .. } | Name::OfSample { .. }) => return vec![name],
    }
    names.retain(|name| lesson.has(*name));
    let last = names.last().copied().unwrap_or(name);
    let mut behind = lesson.carried_behind(last);
    behind.retain(|carried| !names.contains(carried));
    behind.into_iter().chain(names).collect()
}

/// The same of several samples: of a weight or bias the gradient that they make
/// together, and its update.
fn about_of_samples(lesson: &Lesson<'_>, name: Name) -> Vec<Name> {
    let of_parameter = match name {
        Name::Value(symbol)
        | Name::New(symbol)
        | Name::Derivative { of: Symbol::Risk, by: symbol } => {
            [lesson.gradient(symbol), Name::New(symbol)]
        }
        Name::Derivative { .. } | Name::OfSample { .. } => [name, name],
    };
    let mut names: Vec<Name> = of_parameter.into_iter().filter(|name| lesson.has(*name)).collect();
    names.dedup();
    if names.is_empty() { vec![name] } else { names }
}
