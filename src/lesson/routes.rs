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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::evaluate;
    use crate::lesson::Settings;
    use crate::scenario;

    /// The other forms of a quantity where one hidden unit leads to so many outputs; each
    /// comes to the same.
    fn others(outputs: usize, loss: &str, name: Name) -> usize {
        let list = |item: &str| vec![item; outputs].join(",");
        let text = format!(
            r#"{{"loss": "{loss}", "learning_rate": 0.3, "layers": [
                {{"activation": "tanh", "weights": [[0.3]], "biases": [0.1]}},
                {{"activation": "sigmoid", "weights": [[{}]]}}],
                "sample": {{"x": [0.7], "y": [{}]}}}}"#,
            list("0.2"),
            list("0.9"),
        );
        let scenario = scenario::read(text.as_bytes(), "a network").unwrap();
        let settings = Settings { apply: true, ..Settings::default() };
        let lesson = Lesson::new(scenario.exercise(0), settings).unwrap();
        let forms = other_forms(&lesson, name);
        for form in &forms {
            let worth = evaluate(form, &|leaf| lesson.value(leaf));
            assert!((worth - lesson.value(name)).abs() < 1e-12, "{form:?}");
        }
        forms.len()
    }

    #[test]
    fn up_to_ten_paths_are_written_out_in_full() {
        let signal = Name::loss_by(Symbol::In { layer: 0, unit: 0 });
        let of = |outputs| others(outputs, "half_squared_error", signal);
        assert_eq!((of(1), of(11)), (0, 0), "there is one path, or there are too many");
        // From the error signals, and from their factors.
        assert_eq!((of(2), of(10)), (2, 2));
        let weight = Symbol::Weight { layer: 0, from: 0, to: 0 };
        assert_eq!(others(2, "half_squared_error", Name::loss_by(weight)), 2);
    }

    #[test]
    fn a_mean_may_be_taken_term_by_term() {
        let of = |outputs, loss| others(outputs, loss, Symbol::Loss.into());
        assert_eq!(of(2, "mean_squared_error"), 1);
        assert_eq!((of(1, "mean_squared_error"), of(2, "squared_error")), (0, 0));
        assert_eq!(others(2, "mean_squared_error", Name::New(Symbol::Loss)), 1);
        assert_eq!(others(2, "mean_squared_error", Symbol::Term(0).into()), 0);
    }

    #[test]
    fn the_rate_may_be_multiplied_with_the_error_signal_first() {
        let of = |parameter| others(2, "half_squared_error", Name::New(parameter));
        assert_eq!(of(Symbol::Weight { layer: 0, from: 0, to: 0 }), 1);
        assert_eq!(of(Symbol::Bias { layer: 0, unit: 0 }), 1);
    }
}
