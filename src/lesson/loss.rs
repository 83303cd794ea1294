//! Expressions of the loss and of its terms.

use super::{Lesson, PaperForm, forward};
use crate::expr::{Expr, Noisy, minus, noisy, over, sum, times};
use crate::name::{Name, Symbol};
use crate::network::activation::LARGEST_EXPONENT;
use crate::network::loss::{FarOut, Total};

/// What one output adds.
pub(super) fn term(lesson: &Lesson<'_>, output: u32, pass: fn(Symbol) -> Name) -> Expr {
    let network = lesson.network();
    let layer = network.depth() - 1;
    let y = Symbol::Target(output).into();
    match far_out(lesson, pass) {
        Some(far) => {
            (far.term)(y, output as usize, &forward::inputs(network.output_layer(), layer))
        }
        None => (network.loss.term)(y, Symbol::Out { layer, unit: output }.into()),
    }
}

/// The loss: the one term, or what the terms of several outputs make.
pub(super) fn total(lesson: &Lesson<'_>, pass: fn(Symbol) -> Name) -> Expr {
    let outputs = lesson.network().outputs();
    if outputs == 1 {
        return term(lesson, 0, pass);
    }
    let terms = sum((0..outputs as u32).map(|output| Symbol::Term(output).into()));
    match lesson.network().loss.total {
        Total::Sum => terms,
        Total::Mean => over(terms, outputs as f64),
    }
}

/// `∂L/∂f_out`
pub(super) fn slope(lesson: &Lesson<'_>, output: u32) -> Expr {
    let network = lesson.network();
    let (layer, unit) = (network.depth() - 1, output);
    let y = Symbol::Target(output).into();
    let far = far_out(lesson, Name::Value).and_then(|far| far.slope_out);
    let slope = match far {
        Some(slope) => slope(y, Symbol::In { layer, unit }.into()),
        None => (network.loss.slope)(y, Symbol::Out { layer, unit }.into()),
    };
    let outputs = network.outputs();
    match network.loss.total {
        Total::Mean if outputs > 1 => over(slope, outputs as f64),
        Total::Mean | Total::Sum => slope,
    }
}

/// Equal trees of `∂L/∂f_out` that people work with too; none far out, where these
/// fail.
pub(super) fn other_slopes(lesson: &Lesson<'_>, output: u32) -> Vec<Expr> {
    let network = lesson.network();
    if far_out(lesson, Name::Value).is_some() || network.loss.total == Total::Mean {
        return Vec::new();
    }
    let out = Symbol::Out { layer: network.depth() - 1, unit: output };
    let others = network.loss.other_slopes.iter();
    others.map(|other| other(Symbol::Target(output).into(), out.into())).collect()
}

/// Equal trees of the loss's terms for who has the numbers before on paper; none far out.
pub(super) fn terms_from_paper(
    lesson: &Lesson<'_>,
    output: u32,
    pass: fn(Symbol) -> Name,
) -> Vec<Expr> {
    let network = lesson.network();
    let layer = network.depth() - 1;
    if far_out(lesson, pass).is_some() || lesson.largest_in(layer, pass) > LARGEST_EXPONENT {
        return Vec::new();
    }
    let y = || Expr::from(Symbol::Target(output));
    let out = || Expr::from(pass(Symbol::Out { layer, unit: output }));
    let others = network.loss.terms_from_paper.iter().map(|other| other(y(), out()));
    let around = network.loss.joint_with(network.output_layer().activation).map(|joint| {
        let inputs = (0..network.outputs() as u32).map(|unit| pass(Symbol::In { layer, unit }));
        let inputs: Vec<Expr> = inputs.map(Expr::from).collect();
        (joint.term_from_paper)(y(), output as usize, &inputs)
    });
    others.chain(around).collect()
}

/// The mean of the terms by a decimal fraction: 0.3333 for 1/3.
pub(super) fn mean_by_decimal(lesson: &Lesson<'_>, pass: fn(Symbol) -> Name) -> Option<PaperForm> {
    let outputs = lesson.network().outputs() as u32;
    if outputs < 2 || lesson.network().loss.total != Total::Mean {
        return None;
    }
    let own = pass(Symbol::Loss);
    let terms = sum((0..outputs).map(|output| pass(Symbol::Term(output)).into()));
    let share = over(1.0, f64::from(outputs));
    Some(PaperForm { firsts: vec![(own, share)], then: times(own, terms) })
}

/// `∂L/∂f_out` of a mean with the factor in front as a decimal fraction: 0.6667 for 2/3.
pub(super) fn slope_by_decimal(lesson: &Lesson<'_>, output: u32) -> Option<PaperForm> {
    let network = lesson.network();
    let outputs = network.outputs();
    if outputs < 2 || network.loss.total != Total::Mean {
        return None;
    }
    let out = Symbol::Out { layer: network.depth() - 1, unit: output };
    let own = Name::loss_by(out);
    // The slope of a mean is a number times the residual.
    let factor = over(2.0, outputs as f64);
    let residual = minus(out, Symbol::Target(output));
    Some(PaperForm { firsts: vec![(own, factor)], then: times(own, residual) })
}

/// An equal tree for a term of the loss that loses digits to rounding, such as
/// `ln(1 - f)` where f is near 1: the formula that is shown stays, but its value
/// is that of exact arithmetic. Numbers that are rounded by hand or carried on
/// from a source say what the formula makes of them.
pub(super) fn stable(lesson: &Lesson<'_>, name: Name, shown: &Expr) -> Option<Expr> {
    let (symbol, pass): (_, fn(Symbol) -> Name) = match name {
        Name::Value(symbol) => (symbol, Name::Value),
        Name::New(symbol) => (symbol, Name::New),
        Name::Derivative { .. } | Name::OfSample { .. } => return None,
    };
    let network = lesson.network();
    let output = match symbol {
        Symbol::Term(output) => output,
        Symbol::Loss if network.outputs() == 1 => 0,
        Symbol::Loss
        | Symbol::Input(_)
        | Symbol::Target(_)
        | Symbol::Weight { .. }
        | Symbol::Bias { .. }
        | Symbol::In { .. }
        | Symbol::Out { .. }
        | Symbol::Rate
        | Symbol::Risk => return None,
    };
    let settings = lesson.settings();
    if settings.by_hand.is_some() || !settings.carried.is_empty() {
        return None;
    }
    let joint = network.loss.joint_with(network.output_layer().activation)?;
    let left = |tree: &Expr| {
        noisy(tree, &|leaf| {
            let value = lesson.value(leaf);
            if matches!(leaf, Name::Value(Symbol::Target(_))) {
                Noisy::exact(value)
            } else {
                Noisy::rounded(value)
            }
        })
    };
    let everyday = left(shown);
    if everyday.noise <= LOST * everyday.value.abs() {
        return None;
    }
    let layer = network.depth() - 1;
    let inputs = (0..network.outputs() as u32).map(|unit| pass(Symbol::In { layer, unit }).into());
    let inputs: Vec<Expr> = inputs.collect();
    let far = (joint.far.term)(Symbol::Target(output).into(), output as usize, &inputs);
    (left(&far).noise < everyday.noise / 2.0).then_some(far)
}

/// Where rounding is worth more than this part of a term, it is seen among the
/// fifteen decimals that can be asked for.
const LOST: f64 = 1e-12;

/// The trees for outputs too close to 0 or 1, if that is where they are.
pub(super) fn far_out(lesson: &Lesson<'_>, pass: fn(Symbol) -> Name) -> Option<FarOut> {
    let network = lesson.network();
    let layer = network.depth() - 1;
    let far = network.loss.joint_with(network.output_layer().activation)?.far;
    let is_far = (0..network.outputs() as u32).any(|unit| {
        let out = lesson.value(pass(Symbol::Out { layer, unit }));
        out <= far.near_zero || 1.0 - out < far.near_one
    });
    is_far.then_some(far)
}
