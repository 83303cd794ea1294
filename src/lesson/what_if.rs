//! The loss for another value of one weight or bias, everything else as it is.

use std::collections::HashMap;

use super::Lesson;
use crate::expr::{Expr, evaluate};
use crate::name::{Name, Symbol};
use crate::network::activation::Form;

/// Asks for many values of many parameters.
pub struct WhatIf<'l, 'a> {
    lesson: &'l Lesson<'a>,
    /// Formulas that were needed before.
    formulas: HashMap<Symbol, Expr>,
    /// What is not as in the lesson.
    changed: HashMap<Symbol, f64>,
}

impl<'l, 'a> WhatIf<'l, 'a> {
    /// Asks about a lesson.
    pub fn new(lesson: &'l Lesson<'a>) -> Self {
        Self { lesson, formulas: HashMap::new(), changed: HashMap::new() }
    }

    /// The loss with `parameter` replaced by `value`. Only what the parameter
    /// reaches is computed again, by the lesson's own formulas.
    pub fn loss(&mut self, parameter: Symbol, value: f64) -> f64 {
        let network = self.lesson.network();
        let (Symbol::Weight { layer, to: unit, .. } | Symbol::Bias { layer, unit }) = parameter
        else {
            return self.lesson.value(Symbol::Loss.into());
        };
        self.changed.clear();
        self.changed.insert(parameter, value);
        self.change([Symbol::In { layer, unit }]);
        match network.layers[layer as usize].activation.form {
            Form::Each(_) => self.change([Symbol::Out { layer, unit }]),
            Form::Together(_) => self.change_outs(layer),
        }
        for layer in layer + 1..network.depth() {
            let units = 0..network.units(layer) as u32;
            self.change(units.map(|unit| Symbol::In { layer, unit }));
            self.change_outs(layer);
        }
        if network.outputs() > 1 {
            self.change((0..network.outputs() as u32).map(Symbol::Term));
        }
        self.change([Symbol::Loss]);
        self.changed[&Symbol::Loss]
    }

    fn change_outs(&mut self, layer: u32) {
        let units = 0..self.lesson.network().units(layer) as u32;
        self.change(units.map(|unit| Symbol::Out { layer, unit }));
    }

    fn change(&mut self, symbols: impl IntoIterator<Item = Symbol>) {
        let lesson = self.lesson;
        for symbol in symbols {
            let formula = self
                .formulas
                .entry(symbol)
                .or_insert_with(|| lesson.expression(symbol.into()).unwrap_or(f64::NAN.into()));
            let changed = &self.changed;
            let value = evaluate(formula, &|leaf| match leaf {
                Name::Value(of) => changed.get(&of).copied().unwrap_or_else(|| lesson.value(leaf)),
                Name::New(_) | Name::Derivative { .. } => lesson.value(leaf),
            });
            self.changed.insert(symbol, value);
        }
    }
}
