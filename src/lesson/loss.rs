//! Expressions of the loss and of its terms.

use super::{Lesson, forward};
use crate::expr::{Expr, over, sum};
use crate::name::{Name, Symbol};
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
