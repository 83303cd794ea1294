//! The page about one quantity.

use super::backward;
use super::page::Page;
use crate::name::{Name, Symbol};

pub(super) fn write(page: &mut Page<'_>, name: Name) {
    about(page, name);
    page.remark_on_carried_behind(name);
}

fn about(page: &mut Page<'_>, name: Name) {
    let parameter = match name {
        Name::Value(symbol) | Name::New(symbol) => symbol,
        Name::Derivative { of: Symbol::Loss, by } => by,
        Name::Derivative { .. } => return page.derivation(name),
    };
    if matches!(parameter, Symbol::Weight { .. } | Symbol::Bias { .. }) {
        backward::write_only(page, parameter);
        if page.lesson.has(Name::New(parameter)) {
            page.say("And the update:");
            page.derivation(Name::New(parameter));
        }
        return;
    }
    page.derivation(name);
    if matches!(name, Name::Value(_)) && page.lesson.has(Name::New(parameter)) {
        page.say("After the update:");
        page.derivation(Name::New(parameter));
    }
}
