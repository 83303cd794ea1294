//! Other routes to a quantity, which people take besides those of the lesson: an
//! activation or a loss written in another way, a chain path by path, the rate
//! multiplied with the error signal first.
//!
//! Only trees that stand with each quantity once, or nearly so: bounds of others
//! would be wider than what anybody comes to.

use super::backward::{over_paths, with_factors};
use super::{Lesson, chain, forward, loss};
use crate::expr::{Expr, Op, minus, over, product, sum};
use crate::name::{Name, Symbol};
use crate::network::activation::ActivationForm;
use crate::network::loss::Total;

/// Paths up to which somebody writes out each of them in full.
const MOST_PATHS: usize = 10;

/// Equal expressions of a quantity of one sample that are not among the usual ones.
pub(super) fn other_forms(lesson: &Lesson<'_>, name: Name) -> Vec<Expr> {
    match name {
        Name::Value(symbol) => other_values(lesson, symbol, Name::Value),
        Name::New(parameter @ (Symbol::Weight { .. } | Symbol::Bias { .. })) => {
            step_along_chain(parameter).into_iter().collect()
        }
        Name::New(symbol) => other_values(lesson, symbol, Name::New),
        Name::Derivative { of: Symbol::Out { layer, unit }, by: Symbol::In { unit: by, .. } }
            if unit == by =>
        {
            other_slopes(lesson, layer, unit)
        }
        Name::Derivative { of: Symbol::Loss, by } => match by {
            Symbol::Out { layer, unit } if lesson.naming().is_output(layer) => {
                loss::other_slopes(lesson, unit)
            }
            Symbol::In { layer, unit } => path_by_path(lesson, layer, unit, &[]),
            Symbol::Weight { layer, to: unit, .. } | Symbol::Bias { layer, unit } => {
                let last = Name::derivative(Symbol::In { layer, unit }, by);
                path_by_path(lesson, layer, unit, &[last])
            }
            Symbol::Input(_)
            | Symbol::Target(_)
            | Symbol::Out { .. }
            | Symbol::Term(_)
            | Symbol::Loss
            | Symbol::Rate
            | Symbol::Risk => Vec::new(),
        },
        Name::Derivative { .. } | Name::OfSample { .. } => Vec::new(),
    }
}

fn other_values(lesson: &Lesson<'_>, symbol: Symbol, pass: fn(Symbol) -> Name) -> Vec<Expr> {
    if let Symbol::Out { layer, unit } = symbol {
        return forward::other_outs(lesson, layer, unit, pass);
    }
    let outputs = lesson.network().outputs();
    let is_mean = symbol == Symbol::Loss && lesson.network().loss.total == Total::Mean;
    let share = |output| over(pass(Symbol::Term(output)), outputs as f64);
    // Each term by the number of outputs, then the sum.
    (is_mean && outputs > 1).then(|| sum((0..outputs as u32).map(share))).into_iter().collect()
}

/// `w - α·δ·x`, for who multiplies the rate with the error signal first.
fn step_along_chain(parameter: Symbol) -> Option<Expr> {
    let (layer, unit) = parameter.leads_to()?;
    let own = Symbol::In { layer, unit };
    let factors = [Symbol::Rate.into(), Name::loss_by(own), Name::derivative(own, parameter)];
    Some(minus(parameter, product(factors.map(Expr::from))))
}

fn other_slopes(lesson: &Lesson<'_>, layer: u32, unit: u32) -> Vec<Expr> {
    let (own, out) = (Symbol::In { layer, unit }, Symbol::Out { layer, unit });
    match lesson.network().layers[layer as usize].activation.form {
        ActivationForm::Each(each) if each.far_at(|| lesson.value(own.into())).is_none() => {
            each.other_slopes.iter().map(|other| other(out.into())).collect()
        }
        ActivationForm::Each(_) | ActivationForm::Together(_) => Vec::new(),
    }
}

/// The sum over several paths with the whole chain, and what comes `behind` it, in
/// each: from the error signals of the next layer, and from their factors.
fn path_by_path(lesson: &Lesson<'_>, layer: u32, unit: u32, behind: &[Name]) -> Vec<Expr> {
    let is_output = lesson.naming().is_output(layer);
    if is_output || !(2..=MOST_PATHS).contains(&lesson.network().units(layer + 1)) {
        return Vec::new();
    }
    let [_, slope] = chain::from_output(layer, unit);
    let paths = over_paths(lesson, layer + 1, Symbol::Out { layer, unit });
    let in_full = |paths: &Expr| {
        let Expr::Apply(Op::Sum, paths) = paths else { return None };
        let in_full = |path: &Expr| {
            let Expr::Apply(Op::Product, factors) = path else { return path.clone() };
            let behind = [slope].into_iter().chain(behind.iter().copied()).map(Expr::from);
            product(factors.iter().cloned().chain(behind))
        };
        Some(sum(paths.iter().map(in_full)))
    };
    let factored = with_factors(lesson, layer + 1, &paths);
    [Some(paths), factored].into_iter().flatten().filter_map(|paths| in_full(&paths)).collect()
}
