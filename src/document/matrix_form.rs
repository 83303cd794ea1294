//! Section "Matrix form": the same error signals, a whole layer at a time.

use super::block::Block;
use super::page::Page;
use crate::math::{Form, Role, Sign, applied, fenced, general};
use crate::name::{Name, Symbol, Whole};
use crate::network::activation::ActivationForm as Coupling;

/// The title of the section.
pub(super) const TITLE: &str = "Matrix form";

/// What the lines of the section are.
pub(super) fn introduce(page: &mut Page<'_>) {
    let output = page.lesson.network().depth() - 1;
    let mut told =
        vec!["Layer by layer, with the numbers found above, in one column each: ".into()];
    if output > 0 {
        told.extend([whole(Whole::Signals(0)).into(), " for the hidden ".into()]);
        told.push(if output > 1 { "layer 1, and so on, " } else { "layer, " }.into());
    }
    told.extend([whole(Whole::Signals(output)).into(), " for the output layer.".into()]);
    told.push(" ⊙ multiplies entry by entry.".into());
    page.prose(told);
}

/// The error signals and the gradients of one layer.
pub(super) fn layer(page: &mut Page<'_>, layer: u32) {
    signals(page, layer);
    gradients(page, layer);
}

fn whole(whole: Whole) -> Form {
    Form::Whole(whole, Role::Plain)
}

/// `∂L/∂W`
fn loss_by(by: Whole) -> Form {
    Form::Derivative(Box::new(loss()), Box::new(whole(by)))
}

const fn loss() -> Form {
    Form::Name(Name::Value(Symbol::Loss), Role::Plain)
}

/// `δ = W δ ⊙ σ'(z_in)`, in letters and in numbers.
fn signals(page: &mut Page<'_>, layer: u32) {
    let network = page.lesson.network();
    let output = layer + 1 == network.depth();
    let coupled = matches!(network.layers[layer as usize].activation.form, Coupling::Together(_));
    let own = move |unit| Symbol::In { layer, unit };
    let out = move |unit| Symbol::Out { layer, unit };
    let units = network.units(layer);
    let slope = || column(page, units, &|unit| Name::derivative(out(unit), own(unit)));
    let mut formula = Vec::new();
    let mut numbers = Vec::new();
    if output && page.lesson.has_extreme_outputs() {
        // Here the error signal is not the product of its factors.
    } else if output {
        let slope_of_loss = column(page, units, &|k| Name::loss_by(out(k)));
        let gradient = Form::Gradient(Box::new(loss()));
        if coupled {
            let jacobian = general("J");
            formula
                .extend([Form::Transposed(Box::new(jacobian.clone())), Form::Sign(Sign::Beside)]);
            formula.push(gradient);
            let outputs = Box::new(whole(Whole::Out(layer)));
            let by = Box::new(whole(Whole::In(layer)));
            page.push(Block::Equation {
                left: jacobian,
                rights: vec![Form::Derivative(outputs, by)],
            });
            let name = |row, column| Name::derivative(out(column), own(row));
            numbers.extend([grid(page, units, units, &name), Form::Sign(Sign::Beside)]);
            numbers.push(slope_of_loss);
        } else {
            formula.extend([gradient, Form::Sign(Sign::Elementwise), slope_of_layer(page, layer)]);
            numbers.extend([slope_of_loss, Form::Sign(Sign::Elementwise), slope()]);
        }
    } else {
        let next = layer + 1;
        formula.extend([whole(Whole::Weights(next)), Form::Sign(Sign::Beside)]);
        formula.push(signals_as_factor(page, next));
        formula.extend([Form::Sign(Sign::Elementwise), slope_of_layer(page, layer)]);
        let columns = network.units(next);
        numbers.push(grid(page, units, columns, &|from, to| {
            Symbol::Weight { layer: next, from, to }.into()
        }));
        numbers.push(Form::Sign(Sign::Beside));
        numbers
            .push(column(page, columns, &|unit| Name::loss_by(Symbol::In { layer: next, unit })));
        numbers.extend([Form::Sign(Sign::Elementwise), slope()]);
    }
    let mut rights = Vec::new();
    if !formula.is_empty() {
        rights.push(Form::Row(formula));
    }
    if fits(page, layer) && (output || fits(page, layer + 1)) {
        if !numbers.is_empty() {
            numbers.push(Form::Sign(Sign::Equals));
        }
        numbers.push(column(page, units, &|unit| Name::loss_by(own(unit))));
        rights.push(Form::Row(numbers));
    }
    if !rights.is_empty() {
        page.push(Block::Equation { left: whole(Whole::Signals(layer)), rights });
    }
}

/// The error signals of a layer in a product: `δ`, or `(∂L/∂f_in)`.
fn signals_as_factor(page: &Page<'_>, layer: u32) -> Form {
    let signals = whole(Whole::Signals(layer));
    let is_derivative = page.lesson.naming().is_output(layer);
    if is_derivative { fenced(signals) } else { signals }
}

/// `σ'(z_in)`
fn slope_of_layer(page: &Page<'_>, layer: u32) -> Form {
    let symbol = page.lesson.network().layers[layer as usize].activation.symbol;
    let slope = Form::Primed(Box::new(Form::Function(symbol)));
    applied(slope, whole(Whole::In(layer)))
}

/// `∂L/∂b = δ` and `∂L/∂W = z_out δᵀ`
fn gradients(page: &mut Page<'_>, layer: u32) {
    let shape = &page.lesson.network().layers[layer as usize];
    if shape.biases.is_some() {
        let rights = vec![whole(Whole::Signals(layer))];
        page.push(Block::Equation { left: loss_by(Whole::Biases(layer)), rights });
    }
    let turned = Form::Transposed(Box::new(signals_as_factor(page, layer)));
    let mut right = vec![whole(Whole::source(layer)), Form::Sign(Sign::Beside), turned];
    if fits(page, layer) && shape.inputs() <= page.limits.matrix {
        right.push(Form::Sign(Sign::Equals));
        right.push(grid(page, shape.inputs(), shape.units(), &|from, to| {
            Name::loss_by(Symbol::Weight { layer, from, to })
        }));
    }
    let left = loss_by(Whole::Weights(layer));
    page.push(Block::Equation { left, rights: vec![Form::Row(right)] });
}

fn fits(page: &Page<'_>, layer: u32) -> bool {
    page.lesson.network().units(layer) <= page.limits.matrix
}

fn column(page: &Page<'_>, rows: usize, name: &dyn Fn(u32) -> Name) -> Form {
    grid(page, rows, 1, &|row, _| name(row))
}

/// A matrix of values; empty where it would not be shown.
fn grid(page: &Page<'_>, rows: usize, columns: usize, name: &dyn Fn(u32, u32) -> Name) -> Form {
    if rows.max(columns) > page.limits.matrix {
        return Form::Matrix(Vec::new());
    }
    let row = |at| (0..columns as u32).map(|column| page.value(name(at, column))).collect();
    Form::Matrix((0..rows as u32).map(row).collect())
}
