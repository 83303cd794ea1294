//! Why a step: one sentence or two. What the page says too stands in
//! `document`; here is what only a step of its own has to say.

use super::steps::{Moment, Step};
use crate::document::{Line, Readings, factor, forward, told, update};
use crate::lesson::chain;
use crate::name::{Name, Symbol};
use crate::telling::{Part, Walked};

/// Why this step.
pub(super) fn sentence(readings: &Readings<'_>, step: Step) -> Line {
    match step.moment {
        Moment::Told(_) | Moment::Rows(_) => Line::new(),
        Moment::Chain(walked) => of_chain(readings, walked),
        Moment::Factor(..) => {
            step.quantity(readings.lesson).map_or_else(Line::new, |name| of_factor(readings, name))
        }
        Moment::Product(walked) => {
            let factors = chain::to_parameter(readings.lesson, walked.parameter).len();
            vec![
                factor::plugging(factors).into(),
                ": this is how much the loss changes with ".into(),
                readings.name(walked.parameter.into()).into(),
                ".".into(),
            ]
        }
        Moment::Quantity(name) => of_quantity(readings, step.part, name),
        Moment::Shortcut(_) => vec![format!("{}, and only this is left.", factor::SHORTCUT).into()],
    }
}

/// The question of a chain, and what of it is already known.
fn of_chain(readings: &Readings<'_>, walked: Walked) -> Line {
    let mut line: Line = vec![
        "How does the loss change with ".into(),
        readings.name(walked.parameter.into()).into(),
        "? ".into(),
    ];
    let factors = chain::to_parameter(readings.lesson, walked.parameter);
    let known: Vec<Name> =
        (0..).zip(factors).filter(|(at, _)| walked.knows(*at)).map(|(_, factor)| factor).collect();
    if known.is_empty() {
        line.push(format!("Back from the loss, {}", factor::CHAIN_RULE).into());
        return line;
    }
    line.push("From an earlier chain we already know ".into());
    line.extend(names(readings, &known));
    line.push(".".into());
    line
}

/// `a, b and c`
fn names(readings: &Readings<'_>, names: &[Name]) -> Line {
    let mut line = Line::new();
    for (at, &name) in names.iter().enumerate() {
        if at > 0 {
            line.push(if at + 1 == names.len() { " and " } else { ", " }.into());
        }
        line.push(readings.name(name).into());
    }
    line
}

fn of_quantity(readings: &Readings<'_>, part: Part, name: Name) -> Line {
    match name {
        Name::Value(symbol) => of_pass(readings, symbol),
        Name::New(Symbol::Weight { .. } | Symbol::Bias { .. }) => vec![update::RULE.into()],
        Name::New(Symbol::Loss) => update::losses(readings),
        Name::New(symbol) => {
            let mut line: Line = vec!["Once more, with the new weights. ".into()];
            line.extend(of_pass(readings, symbol));
            line
        }
        Name::Derivative { of: Symbol::Loss, by: Symbol::In { layer, unit } } => {
            let is_first = part == Part::Backward(layer) && unit == 0;
            if is_first {
                let mut line = factor::error_signal(readings, layer, unit, false);
                line.push(" it serves every weight and bias into this unit.".into());
                line
            } else {
                vec![
                    "The error signal of ".into(),
                    unit_name(readings, layer, unit).into(),
                    ": how the loss changes with all that enters this unit. It is cached.".into(),
                ]
            }
        }
        Name::Derivative {
            of: Symbol::Loss,
            by: Symbol::Weight { layer, .. } | Symbol::Bias { layer, .. },
        } => {
            vec![factor::plugged_in(readings.lesson, layer).into()]
        }
        Name::Derivative { .. } | Name::OfSample { .. } => of_factor(readings, name),
    }
}

fn of_pass(readings: &Readings<'_>, symbol: Symbol) -> Line {
    let naming = readings.lesson.naming();
    let text = match symbol {
        Symbol::In { layer, .. } => forward::step(naming, layer, false),
        Symbol::Out { layer, .. } => forward::step(naming, layer, true),
        Symbol::Term(output) => format!("What output {} adds to the loss.", output + 1),
        Symbol::Loss if readings.lesson.has_extreme_outputs() => forward::EXTREME.to_owned(),
        Symbol::Loss
        | Symbol::Input(_)
        | Symbol::Target(_)
        | Symbol::Weight { .. }
        | Symbol::Bias { .. }
        | Symbol::Rate
        | Symbol::Risk => {
            "How far is the prediction from the target? The loss says it in one number.".to_owned()
        }
    };
    told(&text)
}

fn of_factor(readings: &Readings<'_>, name: Name) -> Line {
    if let Some(rule) = factor::rule(readings.lesson, name) {
        return told(rule);
    }
    match name {
        Name::Derivative { of: Symbol::Loss, by: Symbol::In { layer, unit } } => {
            factor::error_signal(readings, layer, unit, true)
        }
        Name::Derivative { of: Symbol::Loss, by } => vec![
            readings.name(by.into()).into(),
            " reaches the loss on several paths, one through each unit of the next layer. What comes \
             back on them is added."
                .into(),
        ],
        Name::Derivative { of, by } => factor::link(readings, of, by),
        Name::Value(_) | Name::New(_) | Name::OfSample { .. } => Line::new(),
    }
}

/// What `z1_in` and `z1_out` have in common.
fn unit_name(readings: &Readings<'_>, layer: u32, unit: u32) -> String {
    let name = readings.lesson.naming().plain(Symbol::In { layer, unit }.into());
    name.strip_suffix("_in").unwrap_or(&name).to_owned()
}
