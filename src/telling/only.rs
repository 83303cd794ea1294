//! What there is to tell of one quantity.

use crate::lesson::{Lesson, chain};
use crate::name::{Name, Symbol};

/// The weight or bias that a quantity is about, if it is about one: itself, its
/// gradient, or its update.
pub(super) fn parameter(lesson: &Lesson<'_>, name: Name) -> Option<Symbol> {
    let symbol = match name {
        Name::Value(symbol) | Name::New(symbol) => symbol,
        Name::Derivative { of: Symbol::Loss, by } => by,
        Name::Derivative { .. } => return None,
    };
    lesson.is_parameter(symbol).then_some(symbol)
}

/// What there is to show of one quantity: for a weight or bias its whole chain
/// and its update, else the quantity itself, before and after; first of all the
/// carried numbers behind it.
pub fn about(lesson: &Lesson<'_>, name: Name) -> Vec<Name> {
    let mut names = Vec::new();
    match (parameter(lesson, name), name) {
        (Some(parameter), _) => {
            names.extend(chain::to_parameter(lesson, parameter));
            names.extend([Name::loss_by(parameter), Name::New(parameter)]);
        }
        (None, Name::Value(symbol) | Name::New(symbol)) => {
            names.extend([Name::Value(symbol), Name::New(symbol)]);
        }
        (None, Name::Derivative { .. }) => return vec![name],
    }
    names.retain(|name| lesson.has(*name));
    let last = names.last().copied().unwrap_or(name);
    let mut behind = lesson.carried_behind(last);
    behind.retain(|carried| !names.contains(carried));
    behind.into_iter().chain(names).collect()
}
