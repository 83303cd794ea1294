//! Slips of the update.

use super::line::{SlipLine, without};
use crate::expr::{Expr, Op, negative, replace, sum, times};
use crate::name::{Name, Symbol};

/// `b1` for `b1_new`.
pub(super) fn bias_not_updated(line: &SlipLine<'_>) -> Vec<Expr> {
    match line.name {
        Name::New(bias @ Symbol::Bias { .. }) if !line.forms.is_empty() => vec![bias.into()],
        Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => {
            Vec::new()
        }
    }
}

/// `u1`
pub(super) fn weight_not_updated(line: &SlipLine<'_>) -> Vec<Expr> {
    match line.name {
        Name::New(weight @ Symbol::Weight { .. }) if !line.forms.is_empty() => vec![weight.into()],
        Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => {
            Vec::new()
        }
    }
}

/// `u1 - dL/du1`
pub(super) fn no_rate(line: &SlipLine<'_>) -> Vec<Expr> {
    line.changed(|form| {
        update(line, form)?;
        without(form, &|leaf| leaf == Name::Value(Symbol::Rate))
    })
}

/// `u1 - α·α·dL/du1`
pub(super) fn rate_twice(line: &SlipLine<'_>) -> Vec<Expr> {
    line.changed(|form| {
        update(line, form)?;
        let rate = Name::Value(Symbol::Rate);
        replace(form, &|leaf| (leaf == rate).then(|| times(rate, rate)))
    })
}

/// `b1 - α·b1`
pub(super) fn parameter_for_gradient(line: &SlipLine<'_>) -> Vec<Expr> {
    line.changed(|form| {
        let (old, _) = update(line, form)?;
        let Name::New(parameter) = line.name else { return None };
        let gradient = line.lesson.gradient(parameter);
        replace(form, &|leaf| (leaf == gradient).then(|| old.clone()))
    })
}

/// `u1 + α·dL/du1`
pub(super) fn added(line: &SlipLine<'_>) -> Vec<Expr> {
    line.changed(|form| {
        let (old, step) = update(line, form)?;
        Some(sum([old, step]))
    })
}

/// `-α·dL/du1`, or with its sign lost too.
pub(super) fn step_for_new(line: &SlipLine<'_>) -> Vec<Expr> {
    let steps = line.changed(|form| Some(update(line, form)?.1));
    steps.into_iter().flat_map(|step| [negative(step.clone()), step]).collect()
}

/// The old value and the step of an updated weight or bias.
fn update(line: &SlipLine<'_>, form: &Expr) -> Option<(Expr, Expr)> {
    match (line.name, form) {
        (
            Name::New(Symbol::Weight { .. } | Symbol::Bias { .. }),
            Expr::Apply(Op::Difference, operands),
        ) => Some((operands[0].clone(), operands[1].clone())),
        _ => None,
    }
}
