//! Section "Matrix form": the same error signals, a whole layer at a time.

use compact_str::format_compact;

use super::block::Block;
use super::page::Page;
use super::update::{biases_label, weights_label};
use crate::math::{Form, Sign};
use crate::name::{Name, Symbol};
use crate::network::activation::Form as Coupling;

/// The title of the section.
pub(super) const TITLE: &str = "Matrix form";

pub(super) fn write(page: &mut Page<'_>) {
    page.heading(TITLE);
    let loss = loss_label(page);
    page.say(format!(
        "One line per layer computes the error signals of all its units: δ(i) is their column for \
         layer i, and for the output layer its entries are ∂{loss}/∂f_in. ⊙ multiplies entry by entry; \
         the numbers are those found above.",
    ));
    let mut layers = page.layers().into_iter().rev().peekable();
    while let Some(layer) = layers.next() {
        signals(page, layer);
        gradients(page, layer);
        page.say_left_out(layer, layers.peek().copied());
    }
}

/// `δ(i) = W(i+1) δ(i+1) ⊙ σ'(z_in)`, in words and in numbers.
fn signals(page: &mut Page<'_>, layer: u32) {
    let network = page.lesson.network();
    let output = layer + 1 == network.depth();
    let coupled = matches!(network.layers[layer as usize].activation.form, Coupling::Together(_));
    let own = move |unit| Symbol::In { layer, unit };
    let out = move |unit| Symbol::Out { layer, unit };
    let slopes = move |unit| Name::derivative(out(unit), own(unit));
    let signal = move |unit| Name::loss_by(own(unit));
    let input = if output { "f_in".to_owned() } else { input_label(page, layer) };
    let symbol = network.layers[layer as usize].activation.symbol;
    let here = format!("δ({})", layer + 1);
    let mut words = vec![Form::Text(here.into()), Form::Sign(Sign::Equals)];
    let mut numbers = Vec::new();
    if output && page.lesson.has_extreme_outputs() {
        // Here the error signal is not the product of its factors.
        words.push(Form::Text(format_compact!("∂{}/∂f_in", loss_label(page))));
    } else if output {
        let slope_of_loss = column(page, network.units(layer), &|k| Name::loss_by(out(k)));
        if coupled {
            words.push(Form::Text(format_compact!("Jᵀ ∇{},  J = ∂f_out/∂f_in", loss_label(page))));
            let jacobian =
                grid(page, network.units(layer), network.units(layer), &|row, column| {
                    Name::derivative(out(column), own(row))
                });
            numbers.extend([jacobian, Form::Text(" ".into()), slope_of_loss]);
        } else {
            words.push(Form::Text(format_compact!("∇{} ⊙ {symbol}'({input})", loss_label(page))));
            numbers.extend([slope_of_loss, Form::Sign(Sign::Elementwise)]);
            numbers.push(column(page, network.units(layer), &slopes));
        }
    } else {
        let weights = weights_label(page, layer + 1);
        words.push(Form::Text(format_compact!("{weights} δ({}) ⊙ {symbol}'({input})", layer + 2)));
        let next = |unit| Symbol::In { layer: layer + 1, unit };
        let (rows, columns) = (network.units(layer), network.units(layer + 1));
        numbers.push(grid(page, rows, columns, &|from, to| {
            Symbol::Weight { layer: layer + 1, from, to }.into()
        }));
        numbers.push(Form::Text(" ".into()));
        numbers.push(column(page, columns, &|unit| Name::loss_by(next(unit))));
        numbers.push(Form::Sign(Sign::Elementwise));
        numbers.push(column(page, rows, &slopes));
    }
    page.push(Block::Matrices(Form::Row(words)));
    if fits(page, layer) && (output || fits(page, layer + 1)) {
        if !numbers.is_empty() {
            numbers.push(Form::Sign(Sign::Equals));
        }
        numbers.insert(0, Form::Text("     = ".into()));
        numbers.push(column(page, network.units(layer), &signal));
        page.push(Block::Matrices(Form::Row(numbers)));
    }
}

/// `∂L/∂W(i) = z_out(i-1) δ(i)ᵀ`
fn gradients(page: &mut Page<'_>, layer: u32) {
    let network = page.lesson.network();
    let shape = &network.layers[layer as usize];
    let before = match layer.checked_sub(1) {
        Some(before) => output_label(page, before),
        None => "x".to_owned(),
    };
    let words = Form::Text(format_compact!(
        "∂{}/∂{} = {before} δ({})ᵀ",
        loss_label(page),
        weights_label(page, layer),
        layer + 1
    ));
    if shape.biases.is_some() {
        bias_gradients(page, layer);
    }
    if !fits(page, layer) || shape.inputs() > page.limits.matrix {
        page.push(Block::Matrices(words));
        return;
    }
    let matrix = grid(page, shape.inputs(), shape.units(), &|from, to| {
        Name::loss_by(Symbol::Weight { layer, from, to })
    });
    page.push(Block::Matrices(Form::Row(vec![words, Form::Sign(Sign::Equals), matrix])));
}

/// `∂L/∂b(i) = δ(i)`
fn bias_gradients(page: &mut Page<'_>, layer: u32) {
    let label = biases_label(page, layer);
    page.push(Block::Matrices(Form::Text(format_compact!(
        "∂{}/∂{label} = δ({})",
        loss_label(page),
        layer + 1
    ))));
}

fn loss_label(page: &Page<'_>) -> String {
    page.lesson.naming().plain(Symbol::Loss.into())
}

fn fits(page: &Page<'_>, layer: u32) -> bool {
    page.lesson.network().units(layer) <= page.limits.matrix
}

fn input_label(page: &Page<'_>, layer: u32) -> String {
    if page.lesson.naming().is_deep() { format!("z({})_in", layer + 1) } else { "z_in".to_owned() }
}

fn output_label(page: &Page<'_>, layer: u32) -> String {
    if page.lesson.naming().is_deep() {
        format!("z({})_out", layer + 1)
    } else {
        "z_out".to_owned()
    }
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
