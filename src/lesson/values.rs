//! Values of the quantities: the expressions, evaluated in the lesson's order.
//!
//! Only what belongs to a unit is kept. A factor or gradient of a single weight
//! is an expression over kept values, and is evaluated when it is asked for.

use compact_str::CompactString;
use thiserror::Error;

use super::{Lesson, backward, forward, loss};
use crate::expr::{Expr, Op, evaluate, sum};
use crate::name::{Name, Symbol};
use crate::network::activation::{ActivationForm, LARGEST_EXPONENT};
use crate::num::{self, Precision};

/// A quantity too large for an f64.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[error("a number leaves the range of an f64 (about 1.8e308)")]
pub struct Overflow {
    /// The first quantity that does.
    pub name: Name,
}

/// Decimals that a given number is shown with, however few are asked for: a
/// learning rate of 0.005 is not 0.01. Trained weights have more and are
/// rounded.
const GIVEN_DIGITS: usize = 6;

/// The values of one forward pass, by layer and unit.
#[derive(Clone, Debug, Default)]
struct Pass {
    z_in: Vec<Vec<f64>>,
    z_out: Vec<Vec<f64>>,
    terms: Vec<f64>,
    loss: f64,
}

/// What the lesson keeps.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    before: Pass,
    after: Pass,
    /// `∂z_out/∂z_in` of each unit; empty for activations that couple units.
    slopes: Vec<Vec<f64>>,
    /// `∂L/∂z_out` of each unit.
    by_out: Vec<Vec<f64>>,
    /// `∂L/∂z_in` of each unit.
    signals: Vec<Vec<f64>>,
}

impl Lesson<'_> {
    /// The value of a quantity that the lesson has.
    ///
    /// # Panics
    /// If the lesson does not have it.
    pub fn value(&self, name: Name) -> f64 {
        if let Some(samples) = &self.samples
            && let Some(value) = samples.value_by_name(self, name)
        {
            return value;
        }
        match name {
            Name::Value(symbol) => self.known(symbol, &self.values.before),
            Name::New(symbol @ (Symbol::Weight { .. } | Symbol::Bias { .. })) => {
                self.settled(Name::New(symbol))
            }
            Name::New(symbol) => self.known(symbol, &self.values.after),
            Name::Derivative { of: Symbol::Loss, by: Symbol::In { layer, unit } } => {
                self.values.signals[layer as usize][unit as usize]
            }
            Name::Derivative { of: Symbol::Loss, by: Symbol::Out { layer, unit } } => {
                self.values.by_out[layer as usize][unit as usize]
            }
            Name::Derivative { of: Symbol::Out { layer, unit }, .. }
                if !self.values.slopes[layer as usize].is_empty() =>
            {
                self.values.slopes[layer as usize][unit as usize]
            }
            Name::Derivative { of: Symbol::Loss, by } => {
                self.plugged_in(by).unwrap_or_else(|| self.settled(name))
            }
            Name::Derivative { .. } => self.settled(name),
            Name::OfSample { .. } => f64::NAN,
        }
    }

    /// The gradient of a weight or bias where it is nothing but the error signal
    /// plugged in. There is one for every weight: no tree is made for it.
    fn plugged_in(&self, parameter: Symbol) -> Option<f64> {
        let settings = &self.settings;
        let (layer, unit, source) = match parameter {
            Symbol::Weight { layer, from, to } => {
                (layer, to, self.value(Symbol::source(layer, from).into()))
            }
            Symbol::Bias { layer, unit } => (layer, unit, 1.0),
            Symbol::Input(_)
            | Symbol::Target(_)
            | Symbol::In { .. }
            | Symbol::Out { .. }
            | Symbol::Term(_)
            | Symbol::Loss
            | Symbol::Rate
            | Symbol::Risk => return None,
        };
        let is_plain = settings.carried.is_empty() && settings.by_hand.is_none();
        if !is_plain || (backward::is_first(parameter) && !settings.plugged_in) {
            return None;
        }
        let signal = self.values.signals[layer as usize][unit as usize];
        Some(Op::Product.apply(&[signal, source]))
    }

    /// The outputs of the network, before the update.
    pub fn outputs(&self) -> impl ExactSizeIterator<Item = f64> + '_ {
        let layer = self.network().depth() - 1;
        let units = 0..self.network().outputs() as u32;
        units.map(move |unit| self.value(Symbol::Out { layer, unit }.into()))
    }

    /// The value as computed, where another is carried on in its place.
    pub fn computed_where_carried(&self, name: Name) -> Option<f64> {
        self.settings.carried.contains_key(&name).then(|| self.computed(name))
    }

    /// The value as it is shown: what the scenario gives as it is written there,
    /// all else rounded to so many digits.
    pub fn text(&self, name: Name, digits: impl Into<Precision>) -> CompactString {
        let digits = digits.into();
        let digits = if self.is_given(name) { digits.at_least(GIVEN_DIGITS) } else { digits };
        num::show(self.value(name), digits)
    }

    /// Whether a number stands in the scenario: a quantity that is given, or a
    /// factor that only repeats one.
    fn is_given(&self, name: Name) -> bool {
        match name {
            Name::Value(_) => name.is_given(),
            Name::Derivative { of: Symbol::In { layer, .. }, by } => match by {
                Symbol::Weight { .. } => layer == 0,
                Symbol::Out { .. } | Symbol::Input(_) => true,
                Symbol::Bias { .. }
                | Symbol::In { .. }
                | Symbol::Target(_)
                | Symbol::Term(_)
                | Symbol::Loss
                | Symbol::Rate
                | Symbol::Risk => false,
            },
            Name::OfSample { of: Symbol::In { .. }, by: Some(_), .. } => {
                name.alone().is_some_and(|(_, alone)| self.is_given(alone))
            }
            Name::OfSample { by: None, .. } => name.is_given(),
            Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => false,
        }
    }

    /// The largest |z_in| of a layer.
    pub(super) fn largest_in(&self, layer: u32, pass: fn(Symbol) -> Name) -> f64 {
        let values = match pass(Symbol::Loss) {
            Name::New(_) => &self.values.after,
            Name::Value(_) | Name::Derivative { .. } | Name::OfSample { .. } => &self.values.before,
        };
        values.z_in[layer as usize].iter().fold(0.0, |largest, z| largest.max(z.abs()))
    }

    /// What a pass, or the exercise, has of a symbol.
    fn known(&self, symbol: Symbol, pass: &Pass) -> f64 {
        let sample = self.exercise.sample;
        match symbol {
            Symbol::Input(input) => sample.x[input as usize],
            Symbol::Target(output) => sample.y.get(output as usize).copied().unwrap_or(f64::NAN),
            Symbol::Weight { .. } | Symbol::Bias { .. } => {
                self.network().parameter(symbol).unwrap_or(f64::NAN)
            }
            Symbol::In { layer, unit } => pass.z_in[layer as usize][unit as usize],
            Symbol::Out { layer, unit } => pass.z_out[layer as usize][unit as usize],
            Symbol::Term(output) => pass.terms[output as usize],
            Symbol::Loss => pass.loss,
            Symbol::Risk => f64::NAN,
            Symbol::Rate => self.exercise.learning_rate.unwrap_or(f64::NAN),
        }
    }

    /// What a quantity's expression is worth, rounded where the lesson is by
    /// hand. What only repeats another quantity is not rounded again.
    fn computed(&self, name: Name) -> f64 {
        let Some(expr) = self.expression(name) else { return f64::NAN };
        let stable = loss::stable(self, name, &expr);
        let value = evaluate(stable.as_ref().unwrap_or(&expr), &|leaf| self.value(leaf));
        match self.settings.by_hand {
            Some(digits) if !matches!(expr, Expr::Leaf(_)) => num::round(value, digits),
            Some(_) | None => value,
        }
    }

    /// The value that is carried on.
    fn settled(&self, name: Name) -> f64 {
        match self.settings.carried.get(&name) {
            Some(written) => written.value,
            None => self.computed(name),
        }
    }

    /// Computes everything that is kept, in the order the expressions need.
    pub(super) fn compute(&mut self) -> Result<(), Overflow> {
        self.forward(Name::Value, |values| &mut values.before)?;
        self.backward()?;
        if self.settings.apply {
            self.check_parameters(Name::New)?;
            self.forward(Name::New, |values| &mut values.after)?;
        }
        Ok(())
    }

    fn forward(
        &mut self,
        pass: fn(Symbol) -> Name,
        kept: fn(&mut Values) -> &mut Pass,
    ) -> Result<(), Overflow> {
        for layer in 0..self.network().depth() {
            let z_in = self.each_unit(layer, |unit| pass(Symbol::In { layer, unit }))?;
            kept(&mut self.values).z_in.push(z_in);
            let z_out = match self.coupled_outs(layer, pass) {
                Some(z_out) => z_out,
                None => self.each_unit(layer, |unit| pass(Symbol::Out { layer, unit }))?,
            };
            kept(&mut self.values).z_out.push(z_out);
        }
        let output = self.network().depth() - 1;
        if self.network().outputs() > 1 {
            kept(&mut self.values).terms =
                self.each_unit(output, |unit| pass(Symbol::Term(unit)))?;
        }
        kept(&mut self.values).loss = self.finite(pass(Symbol::Loss))?;
        Ok(())
    }

    fn backward(&mut self) -> Result<(), Overflow> {
        let depth = self.network().depth();
        self.values.slopes = vec![Vec::new(); depth as usize];
        self.values.by_out = vec![Vec::new(); depth as usize];
        self.values.signals = vec![Vec::new(); depth as usize];
        for layer in (0..depth).rev() {
            let at = layer as usize;
            if let ActivationForm::Each(_) = self.network().layers[at].activation.form {
                self.values.slopes[at] = self.each_unit(layer, |unit| {
                    Name::derivative(Symbol::Out { layer, unit }, Symbol::In { layer, unit })
                })?;
            }
            let by_out = |unit| Name::loss_by(Symbol::Out { layer, unit });
            // Where the error signal of an output is computed in one step, this
            // factor may be too large for an f64: nothing is computed from it.
            let unused = layer + 1 == depth && loss::far_out(self, Name::Value).is_some();
            self.values.by_out[at] = if unused {
                (0..self.network().units(layer) as u32)
                    .map(|unit| self.settled(by_out(unit)))
                    .collect()
            } else {
                self.each_unit(layer, by_out)?
            };
            self.values.signals[at] = match self.coupled_signals(layer) {
                Some(signals) => signals,
                None => self.each_unit(layer, |unit| Name::loss_by(Symbol::In { layer, unit }))?,
            };
        }
        self.check_parameters(Name::loss_by)?;
        (0..self.network().inputs() as u32)
            .try_for_each(|input| self.finite(Name::loss_by(Symbol::Input(input))).map(drop))
    }

    /// The outputs of a coupled layer, if all is well. Their trees have one part
    /// in common, as large as the layer: it is evaluated once.
    fn coupled_outs(&self, layer: u32, pass: fn(Symbol) -> Name) -> Option<Vec<f64>> {
        let shape = &self.network().layers[layer as usize];
        let ActivationForm::Together(together) = shape.activation.form else { return None };
        if !self.settings.carried.is_empty() {
            return None;
        }
        let value = |leaf| match leaf {
            Name::Value(symbol) => self.value(pass(symbol)),
            Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => self.value(leaf),
        };
        let z = forward::inputs(shape, layer);
        let is_far = self.largest_in(layer, pass) > LARGEST_EXPONENT;
        let shift = is_far.then(|| Expr::Number(evaluate(&(together.shift)(&z), &value)));
        let part = |z: &Expr| (together.part)(z.clone(), shift.clone());
        let total = Expr::Number(evaluate(&sum(z.iter().map(part)), &value));
        let out = |z: &Expr| {
            let out = evaluate(&(together.share)(part(z), total.clone()), &value);
            let out = self.settings.by_hand.map_or(out, |digits| num::round(out, digits));
            out.is_finite().then_some(out)
        };
        z.iter().map(out).collect()
    }

    /// The error signals of a coupled output layer, if all is well. Outputs that
    /// do not enter the loss add nothing: there is no need to look at them for
    /// every unit.
    fn coupled_signals(&self, layer: u32) -> Option<Vec<f64>> {
        let ActivationForm::Together(_) = self.network().layers[layer as usize].activation.form
        else {
            return None;
        };
        if !self.settings.carried.is_empty() || loss::far_out(self, Name::Value).is_some() {
            return None;
        }
        let by_out = self.values.by_out[layer as usize].iter().zip(0..);
        let mut entering: Vec<u32> =
            by_out.filter(|(by_out, _)| **by_out != 0.0).map(|(_, output)| output).collect();
        if entering.is_empty() {
            entering.push(0);
        }
        let signal = |unit| {
            let tree = backward::over_outputs(layer, unit, entering.iter().copied());
            let signal = evaluate(&tree, &|leaf| self.value(leaf));
            let signal = self.settings.by_hand.map_or(signal, |digits| num::round(signal, digits));
            signal.is_finite().then_some(signal)
        };
        (0..self.network().units(layer) as u32).map(signal).collect()
    }

    fn each_unit(&self, layer: u32, name: impl Fn(u32) -> Name) -> Result<Vec<f64>, Overflow> {
        (0..self.network().units(layer) as u32).map(|unit| self.finite(name(unit))).collect()
    }

    /// Checks one quantity of each parameter, if any could be out of range.
    fn check_parameters(&self, quantity: impl Fn(Symbol) -> Name) -> Result<(), Overflow> {
        if self.is_far_from_overflow() {
            return Ok(());
        }
        let mut first = Ok(());
        self.for_each_parameter(|parameter| {
            if first.is_ok() && self.has(quantity(parameter)) {
                first = self.finite(quantity(parameter)).map(drop);
            }
        });
        first
    }

    /// Whether no product of a signal and what it is multiplied with, and no
    /// step from any weight, can leave the range of an f64.
    fn is_far_from_overflow(&self) -> bool {
        let largest = |values: &mut dyn Iterator<Item = f64>| {
            values.fold(1.0_f64, |largest, value| largest.max(value.abs()))
        };
        let signal = largest(&mut self.values.signals.iter().flatten().copied());
        let inputs = self.exercise.sample.x.iter();
        let out = largest(&mut self.values.before.z_out.iter().flatten().chain(inputs).copied());
        let rate = largest(&mut self.exercise.learning_rate.into_iter());
        let weights = self
            .network()
            .layers
            .iter()
            .map(|layer| largest(&mut layer.weights.values().iter().copied()));
        let weight = largest(&mut weights.into_iter());
        signal * out * rate < f64::MAX / 4.0 && weight < f64::MAX / 4.0
    }

    fn finite(&self, name: Name) -> Result<f64, Overflow> {
        let value = self.settled(name);
        if value.is_finite() { Ok(value) } else { Err(Overflow { name }) }
    }
}
