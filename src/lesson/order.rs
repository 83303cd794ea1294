//! The order in which the lecture computes, so that each quantity stands after
//! all that it uses.

use super::{Lesson, backward, chain};
use crate::name::{Name, Section, Symbol};
use crate::network::activation::ActivationForm;
use crate::network::loss::Targets;

impl Lesson<'_> {
    /// Where a quantity belongs.
    pub const fn section(&self, name: Name) -> Section {
        Section::of(name)
    }

    /// Whether a symbol is a weight or a bias.
    pub fn is_parameter(&self, symbol: Symbol) -> bool {
        self.network().parameter(symbol).is_some()
    }

    /// Calls `visit` with every quantity of the lesson, in order.
    ///
    /// # Errors
    /// The first error of `visit`.
    pub fn for_each<E>(
        &self,
        mut visit: impl FnMut(Section, Name) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut result = Ok(());
        // Once `visit` has failed it is not called again.
        let mut guarded = |section, name| {
            if result.is_ok() {
                result = visit(section, name);
            }
        };
        if let Some(samples) = self.samples() {
            samples.for_each(self, &mut guarded);
            return result;
        }
        self.given(&mut |name| guarded(Section::Given, name));
        self.pass(Name::Value, &mut guarded);
        self.back(&mut |name| guarded(Section::Backward, name));
        if self.settings.apply {
            self.for_each_parameter(|parameter| {
                if self.has(Name::New(parameter)) {
                    guarded(Section::Update, Name::New(parameter));
                }
            });
            self.pass(Name::New, &mut |_, name| guarded(Section::After, name));
        }
        result
    }

    /// Calls `visit` with every weight and bias, from the first layer on, each
    /// layer's weights row by row.
    pub fn for_each_parameter(&self, mut visit: impl FnMut(Symbol)) {
        let layers = 0..self.network().depth();
        layers.flat_map(|layer| self.network().parameters_of(layer)).for_each(&mut visit);
    }

    fn given(&self, visit: &mut impl FnMut(Name)) {
        let network = self.network();
        (0..network.inputs() as u32).for_each(|input| visit(Symbol::Input(input).into()));
        if network.loss.targets != Targets::Unused {
            (0..network.outputs() as u32).for_each(|output| visit(Symbol::Target(output).into()));
        }
        self.for_each_parameter(|parameter| visit(parameter.into()));
        if self.exercise.learning_rate.is_some() {
            visit(Symbol::Rate.into());
        }
    }

    /// A forward pass and the loss, under the names that `pass` gives.
    fn pass(&self, pass: fn(Symbol) -> Name, visit: &mut impl FnMut(Section, Name)) {
        for (layer, shape) in (0..).zip(&self.network().layers) {
            let units = 0..shape.units() as u32;
            for unit in units.clone() {
                visit(Section::Forward, pass(Symbol::In { layer, unit }));
            }
            for unit in units {
                visit(Section::Forward, pass(Symbol::Out { layer, unit }));
            }
        }
        if self.network().outputs() > 1 {
            for output in 0..self.network().outputs() as u32 {
                visit(Section::Loss, pass(Symbol::Term(output)));
            }
        }
        visit(Section::Loss, pass(Symbol::Loss));
    }

    /// The backward pass, unit by unit, from the output layer to the inputs.
    fn back(&self, visit: &mut impl FnMut(Name)) {
        let depth = self.network().depth();
        for layer in (0..depth).rev() {
            if layer + 1 == depth {
                for unit in 0..self.network().units(layer) as u32 {
                    visit(Name::loss_by(Symbol::Out { layer, unit }));
                }
            }
            for unit in 0..self.network().units(layer) as u32 {
                self.back_to_unit(layer, unit, visit);
            }
        }
        for input in 0..self.network().inputs() as u32 {
            let by = Symbol::Input(input);
            for unit in 0..self.network().units(0) as u32 {
                visit(Name::derivative(Symbol::In { layer: 0, unit }, by));
            }
            visit(Name::loss_by(by));
        }
    }

    /// All that the backward pass computes at one unit.
    fn back_to_unit(&self, layer: u32, unit: u32, visit: &mut impl FnMut(Name)) {
        let network = self.network();
        let (own, out) = (Symbol::In { layer, unit }, Symbol::Out { layer, unit });
        if layer + 1 < network.depth() {
            for next in 0..network.units(layer + 1) as u32 {
                visit(Name::derivative(Symbol::In { layer: layer + 1, unit: next }, out));
            }
            visit(Name::loss_by(out));
        }
        match network.layers[layer as usize].activation.form {
            ActivationForm::Each(_) => visit(Name::derivative(out, own)),
            ActivationForm::Together(_) => {
                for other in 0..network.units(layer) as u32 {
                    visit(Name::derivative(Symbol::Out { layer, unit: other }, own));
                }
            }
        }
        let mut signal_is_due = true;
        let starts_at_signal =
            chain::to_unit(self, layer, unit).first() == Some(&Name::loss_by(own));
        self.parameters_of(layer, unit, |parameter| {
            // A walked chain comes first; its head is then named and cached.
            if signal_is_due
                && (starts_at_signal || self.settings.plugged_in || !backward::is_first(parameter))
            {
                visit(Name::loss_by(own));
                signal_is_due = false;
            }
            visit(Name::derivative(own, parameter));
            visit(Name::loss_by(parameter));
        });
        if signal_is_due {
            visit(Name::loss_by(own));
        }
    }

    /// Weights into a unit, then its bias.
    pub fn parameters_of(&self, layer: u32, unit: u32, mut visit: impl FnMut(Symbol)) {
        let shape = &self.network().layers[layer as usize];
        for from in 0..shape.inputs() as u32 {
            visit(Symbol::Weight { layer, from, to: unit });
        }
        if shape.biases.is_some() {
            visit(Symbol::Bias { layer, unit });
        }
    }
}
