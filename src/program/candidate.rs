//! One thing that a program may do otherwise, and where.

use super::engine::recipe::{
    Back, Bias, FactorRecipe, ForwardRecipe, Input, Recipe, Residual, Sends, SignalRecipe, Slope,
    UpdateRecipe,
};

/// One thing that is done otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Change {
    Residual(Residual),
    Loss(f64),
    Forward(ForwardRecipe),
    Slope(Slope),
    Signal(SignalRecipe),
    SignalFactor(f64),
    Sends(Sends),
    Back(Back),
    Input(Input),
    WeightFactor(f64),
    Bias(Bias),
    BiasFactor(f64),
    WeightStep(UpdateRecipe),
    BiasStep(UpdateRecipe),
    /// Weights and biases.
    Gradients(f64),
    /// Weights and biases.
    Steps(UpdateRecipe),
    /// Weights and biases, before the slope.
    BeforeSlope,
    /// Weights and biases, the last sample only.
    LastSample,
    /// What is sent back before its slope, and through no weights.
    SendsNoWeight,
    /// A bias gradient, and a factor.
    BiasTimes(Bias, f64),
    /// Weights and biases of another layer.
    OtherLayer(usize),
    /// Gradients cut to whole numbers.
    Whole,
}

/// Something that may be wrong with a program.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Suspect {
    pub(crate) code: &'static str,
    pub(crate) change: Change,
    /// The first and the last of the layers.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// The number or name that is in the sentence.
    pub(crate) detail: SuspectDetail,
}

/// What else the sentence of a candidate says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SuspectDetail {
    /// Nothing.
    None,
    /// What the numbers are multiplied by.
    Factor(f64),
    /// The loss whose numbers they are.
    Loss(&'static str),
}

impl Suspect {
    /// The recipe with this in it.
    pub(crate) fn apply(&self, recipe: &mut Recipe) {
        match self.change {
            Change::Residual(residual) => recipe.residual = residual,
            Change::Loss(factor) => recipe.loss_factor = FactorRecipe(factor),
            _ => {}
        }
        let times = |factor: &mut FactorRecipe, by: f64| factor.0 *= by;
        for layer in &mut recipe.layers[self.first..=self.last] {
            match self.change {
                Change::Residual(_) | Change::Loss(_) => {}
                Change::Forward(forward) => layer.forward = forward,
                Change::Slope(slope) => layer.slope = slope,
                Change::Signal(signal) => layer.signal = signal,
                Change::SignalFactor(by) => times(&mut layer.signal_factor, by),
                Change::Sends(sends) => layer.sends = sends,
                Change::Back(back) => layer.back = back,
                Change::Input(input) => layer.input = input,
                Change::WeightFactor(by) => times(&mut layer.weight_factor, by),
                Change::Bias(bias) => layer.bias = bias,
                Change::BiasFactor(by) => times(&mut layer.bias_factor, by),
                Change::WeightStep(step) => layer.weight_step = step,
                Change::BiasStep(step) => layer.bias_step = step,
                Change::Gradients(by) => {
                    times(&mut layer.weight_factor, by);
                    times(&mut layer.bias_factor, by);
                }
                Change::Steps(step) => (layer.weight_step, layer.bias_step) = (step, step),
                Change::BeforeSlope => {
                    (layer.input, layer.bias) = (Input::BeforeSlope, Bias::BeforeSlope);
                }
                Change::LastSample => {
                    (layer.input, layer.bias) = (Input::LastSample, Bias::LastSample);
                }
                Change::SendsNoWeight => {
                    (layer.sends, layer.back) = (Sends::BeforeSlope, Back::NoWeight);
                }
                Change::BiasTimes(bias, by) => {
                    layer.bias = bias;
                    times(&mut layer.bias_factor, by);
                }
                Change::OtherLayer(other) => {
                    (layer.input, layer.bias) = (Input::OtherLayer(other), Bias::OtherLayer(other));
                }
                Change::Whole => (layer.input, layer.bias) = (Input::Whole, Bias::Whole),
            }
        }
    }
}
