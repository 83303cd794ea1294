//! Slips in the slope of a unit.

use super::line::{SlipLine, slope_of};
use crate::expr::{Expr, Op, if_positive, minus, times};
use crate::name::{Name, Symbol};
use crate::network::Activation;
use crate::network::activation::{ActivationForm, Each};

/// `z1_out` for `z1_out·(1 - z1_out)`.
pub(super) fn value_for_slope(line: &SlipLine<'_>) -> Vec<Expr> {
    match (own_slope(line), each(line)) {
        (Some((_, out)), None) => vec![out.into()],
        (Some((_, out)), Some(each)) if !has_kink(each) && !is_constant(each) => {
            vec![out.into()]
        }
        _ => Vec::new(),
    }
}

/// `σ'(z1_out)`
pub(super) fn slope_of_out(line: &SlipLine<'_>) -> Vec<Expr> {
    match (own_slope(line), each(line)) {
        (Some((_, out)), Some(each)) if !has_kink(each) && !is_constant(each) => {
            vec![(each.slope)(out.into(), (each.value)(out.into()))]
        }
        _ => Vec::new(),
    }
}

/// `z1_in·(1 - z1_in)`
pub(super) fn slope_of_in(line: &SlipLine<'_>) -> Vec<Expr> {
    let Name::Derivative { of: Symbol::Out { layer, unit }, by: Symbol::In { unit: by, .. } } =
        line.name
    else {
        return Vec::new();
    };
    let z = |unit| Expr::from(Symbol::In { layer, unit });
    match line.lesson.network().layers[layer as usize].activation.form {
        // A slope that takes no output is right.
        ActivationForm::Each(each) => {
            let out = Expr::from(Symbol::Out { layer, unit });
            let right = (each.slope)(z(unit), out);
            let slip = (each.slope)(z(unit), z(unit));
            if slip == right { Vec::new() } else { vec![slip] }
        }
        ActivationForm::Together(together) => vec![(together.slope)(unit == by, z(unit), z(by))],
    }
}

/// `z1_out·(1 - z1_out)`, or the same at `σ(z1_in)`, for tanh; 1 - out² for a
/// sigmoid; 1 or 0 as for a ReLU; 1.
pub(super) fn other_slope(line: &SlipLine<'_>) -> Vec<Expr> {
    let (Some((z, out)), Some(own), Some(each)) = (own_slope(line), activation(line), each(line))
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for key in ["sigmoid", "tanh"].into_iter().filter(|key| *key != own.key) {
        if let Some(ActivationForm::Each(other)) = Activation::named(key).map(|other| other.form) {
            found.push((other.slope)(z.into(), out.into()));
            found.push((other.slope)(z.into(), (other.value)(z.into())));
        }
    }
    found.push(if_positive(z, 1.0, 0.0));
    // For a ReLU that is a slip of its own.
    if !has_kink(each) {
        found.push(Expr::Number(1.0));
    }
    found
}

/// `z`, or 1 everywhere.
pub(super) fn relu_slope(line: &SlipLine<'_>) -> Vec<Expr> {
    match (own_slope(line), each(line)) {
        (Some((z, _)), Some(each)) if has_kink(each) => vec![z.into(), Expr::Number(1.0)],
        _ => Vec::new(),
    }
}

/// `0.01·z` for 0.01.
pub(super) fn leak_times_z(line: &SlipLine<'_>) -> Vec<Expr> {
    let (Some((z, _)), Some(each)) = (own_slope(line), each(line)) else { return Vec::new() };
    match (each.slope)(z.into(), z.into()) {
        Expr::Apply(Op::IfPositive, branches) => {
            let [_, on, leak] = branches.as_slice() else { return Vec::new() };
            vec![if_positive(z, on.clone(), times(leak.clone(), z))]
        }
        Expr::Number(_) | Expr::Leaf(_) | Expr::Apply(..) => Vec::new(),
    }
}

/// `f1·(1 - f1)` or nothing for `-f1·f2`; `1 - f1`; `dL/df1_in` through its own
/// output only.
pub(super) fn softmax_diagonal(line: &SlipLine<'_>) -> Vec<Expr> {
    let Name::Derivative { of, by: Symbol::In { layer, unit: by } } = line.name else {
        return Vec::new();
    };
    if !line.is_coupled(layer) {
        return Vec::new();
    }
    let out = |unit| Symbol::Out { layer, unit };
    let rest = |unit| minus(1.0, out(unit));
    let own = |unit| times(out(unit), rest(unit));
    if of == Symbol::Loss {
        let above = Name::loss_by(out(by));
        let slope = Name::derivative(out(by), Symbol::In { layer, unit: by });
        return vec![times(above, slope), times(above, rest(by))];
    }
    let Symbol::Out { unit, .. } = of else { return Vec::new() };
    if unit == by { vec![rest(unit)] } else { vec![own(unit), own(by), Expr::Number(0.0)] }
}

/// Input and output of the unit whose slope by its own input the line is.
fn own_slope(line: &SlipLine<'_>) -> Option<(Symbol, Symbol)> {
    match line.name {
        Name::Derivative { of: Symbol::Out { layer, unit }, by: Symbol::In { unit: by, .. } }
            if unit == by =>
        {
            Some((Symbol::In { layer, unit }, Symbol::Out { layer, unit }))
        }
        Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
    }
}

fn activation(line: &SlipLine<'_>) -> Option<&'static Activation> {
    Some(line.lesson.network().layers[slope_of(line.name)? as usize].activation)
}

fn each(line: &SlipLine<'_>) -> Option<Each> {
    match activation(line)?.form {
        ActivationForm::Each(each) => Some(each),
        ActivationForm::Together(_) => None,
    }
}

fn is_constant(each: Each) -> bool {
    matches!((each.slope)(Expr::Number(0.0), Expr::Number(0.0)), Expr::Number(_))
}

/// Whether the slope is one number on each side of 0.
fn has_kink(each: Each) -> bool {
    matches!((each.slope)(Expr::Number(0.0), Expr::Number(0.0)), Expr::Apply(Op::IfPositive, _))
}
