//! The loss for another value of one weight or bias, everything else as it is.

use super::Lesson;
use super::values::Pass;
use crate::expr::{Expr, evaluate};
use crate::name::{Name, Symbol};
use crate::network::activation::Form;

/// Asks for many values of many parameters.
pub struct WhatIf<'l, 'a> {
    lesson: &'l Lesson<'a>,
    /// The forward pass as it would be; between two questions, as it is.
    pass: Pass,
    /// Formulas that were needed before.
    formulas: Pass<Option<Expr>>,
}

/// A weight or bias, and what it is worth instead.
#[derive(Clone, Copy)]
struct Change {
    parameter: Symbol,
    value: f64,
}

impl<'l, 'a> WhatIf<'l, 'a> {
    /// Asks about a lesson.
    pub fn new(lesson: &'l Lesson<'a>) -> Self {
        let pass = lesson.pass_before().clone();
        Self { lesson, pass, formulas: Pass::filled(lesson.network(), None) }
    }

    /// The loss with `parameter` replaced by `value`. Only what the parameter
    /// reaches is computed again, by the lesson's own formulas.
    pub fn loss(&mut self, parameter: Symbol, value: f64) -> f64 {
        let (Symbol::Weight { layer, to: unit, .. } | Symbol::Bias { layer, unit }) = parameter
        else {
            return self.lesson.value(Symbol::Loss.into());
        };
        let network = self.lesson.network();
        let change = Change { parameter, value };
        self.work(change, [Symbol::In { layer, unit }]);
        match network.layers[layer as usize].activation.form {
            Form::Each(_) => self.work(change, [Symbol::Out { layer, unit }]),
            Form::Together(_) => self.work_outs(change, layer),
        }
        for layer in layer + 1..network.depth() {
            let units = 0..network.units(layer) as u32;
            self.work(change, units.map(|unit| Symbol::In { layer, unit }));
            self.work_outs(change, layer);
        }
        if network.outputs() > 1 {
            self.work(change, (0..network.outputs() as u32).map(Symbol::Term));
        }
        self.work(change, [Symbol::Loss]);
        let loss = self.pass.loss;
        self.pass.restore_from(layer, self.lesson.pass_before());
        loss
    }

    fn work_outs(&mut self, change: Change, layer: u32) {
        let units = 0..self.lesson.network().units(layer) as u32;
        self.work(change, units.map(|unit| Symbol::Out { layer, unit }));
    }

    fn work(&mut self, change: Change, symbols: impl IntoIterator<Item = Symbol>) {
        let lesson = self.lesson;
        for symbol in symbols {
            let formula = self.formulas.place(symbol).get_or_insert_with(|| {
                lesson.expression(symbol.into()).unwrap_or_else(|| f64::NAN.into())
            });
            let pass = &self.pass;
            let value = evaluate(formula, &|leaf| match leaf {
                Name::Value(of) if of == change.parameter => change.value,
                Name::Value(of) => lesson.known(of, pass),
                Name::New(_) | Name::Derivative { .. } => lesson.value(leaf),
            });
            *self.pass.place(symbol) = value;
        }
    }
}
