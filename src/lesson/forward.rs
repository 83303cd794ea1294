//! Expressions of the forward pass: `z_in` and `z_out`.

use super::Lesson;
use crate::expr::{Expr, product, sum};
use crate::name::{Name, Symbol};
use crate::network::activation::{ActivationForm, LARGEST_EXPONENT};
use crate::network::{Layer, Network};

/// `x1·W11 + x2·W21 + b1`
pub(super) fn sum_in(network: &Network, layer: u32, unit: u32) -> Expr {
    let shape = &network.layers[layer as usize];
    let weighted = (0..shape.inputs() as u32).map(|from| {
        let weight = Symbol::Weight { layer, from, to: unit };
        product([Symbol::source(layer, from).into(), weight.into()])
    });
    let bias = shape.biases.is_some().then(|| Expr::from(Symbol::Bias { layer, unit }));
    sum(weighted.chain(bias))
}

/// `1/(1 + exp(-z1_in))`
pub(super) fn out(lesson: &Lesson<'_>, layer: u32, unit: u32, pass: fn(Symbol) -> Name) -> Expr {
    let shape = &lesson.network().layers[layer as usize];
    let value = |unit| lesson.value(pass(Symbol::In { layer, unit }));
    match shape.activation.form {
        ActivationForm::Each(each) => {
            let z = Symbol::In { layer, unit }.into();
            match each.far_at(|| value(unit)) {
                Some(far) => (far.value)(z),
                None => (each.value)(z),
            }
        }
        ActivationForm::Together(together) => {
            let z = inputs(shape, layer);
            let far = lesson.largest_in(layer, pass) > LARGEST_EXPONENT;
            (if far { together.value_far } else { together.value })(unit as usize, &z)
        }
    }
}

/// Equal trees of `z_out` that people work with too; none far out, where these fail.
pub(super) fn other_outs(
    lesson: &Lesson<'_>,
    layer: u32,
    unit: u32,
    pass: fn(Symbol) -> Name,
) -> Vec<Expr> {
    let own = pass(Symbol::In { layer, unit });
    match lesson.network().layers[layer as usize].activation.form {
        ActivationForm::Each(each) if each.far_at(|| lesson.value(own)).is_none() => {
            each.other_values.iter().map(|other| other(own.into())).collect()
        }
        ActivationForm::Together(together)
            if lesson.largest_in(layer, pass) <= LARGEST_EXPONENT =>
        {
            let units = lesson.network().layers[layer as usize].units() as u32;
            let all = (0..units).map(|unit| pass(Symbol::In { layer, unit }).into());
            // With the largest input taken off each.
            vec![(together.value_far)(unit as usize, &all.collect::<Vec<_>>())]
        }
        ActivationForm::Each(_) | ActivationForm::Together(_) => Vec::new(),
    }
}

/// The `z_in` of all units of a layer.
pub(super) fn inputs(shape: &Layer, layer: u32) -> Vec<Expr> {
    (0..shape.units() as u32).map(|unit| Symbol::In { layer, unit }.into()).collect()
}
