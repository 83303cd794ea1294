//! What a program does at every place of its pass. The default of each is right.

use super::cost::LossMeasure;
use super::curve::Curve;

/// What a program does.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Recipe {
    /// The slope of the loss by the outputs.
    pub(crate) residual: Residual,
    /// What the loss that it prints is multiplied by.
    pub(crate) loss_factor: FactorRecipe,
    /// What the program does in each layer.
    pub(crate) layers: Vec<LayerRecipe>,
}

impl Recipe {
    /// The right one.
    pub(crate) fn right(depth: usize) -> Self {
        Self { layers: vec![LayerRecipe::default(); depth], ..Self::default() }
    }

    /// Whether the forward pass is right.
    pub(crate) fn forward_is_right(&self) -> bool {
        self.layers.iter().all(|layer| layer.forward == ForwardRecipe::Right)
    }
}

/// What a program does in one layer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct LayerRecipe {
    pub(crate) forward: ForwardRecipe,
    pub(crate) slope: Slope,
    pub(crate) signal: SignalRecipe,
    /// What the error signal is multiplied by.
    pub(crate) signal_factor: FactorRecipe,
    /// What goes back to the layer before,
    pub(crate) sends: Sends,
    /// and through what.
    pub(crate) back: Back,
    pub(crate) input: Input,
    pub(crate) weight_factor: FactorRecipe,
    pub(crate) bias: Bias,
    pub(crate) bias_factor: FactorRecipe,
    pub(crate) weight_step: UpdateRecipe,
    pub(crate) bias_step: UpdateRecipe,
}

/// A factor that should be 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct FactorRecipe(pub(crate) f64);

impl Default for FactorRecipe {
    fn default() -> Self {
        Self(1.0)
    }
}

/// The forward pass of a layer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum ForwardRecipe {
    #[default]
    Right,
    NoBias,
    Transposed,
    ExpSign,
    NoActivation,
}

/// The slope of the loss by the outputs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Residual {
    #[default]
    Right,
    /// Multiplied by a number.
    Times(f64),
    /// `f - y`, whatever the loss.
    Difference,
    /// That of another loss.
    Of(LossMeasure),
    /// 1
    One,
    /// The loss itself.
    Loss,
    /// The output, without its target.
    NoTarget,
    /// The size of the difference.
    Size,
    /// Of two terms, the first only.
    FirstTerm,
    /// Of two terms, the second with the other sign.
    SecondSign,
    /// A small number added to what a logarithm is taken of.
    Epsilon(f64),
    /// Every output against the targets of all samples, added up.
    Broadcast,
    /// The same, averaged.
    BroadcastMean,
}

/// The slope of a layer's activation.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Slope {
    #[default]
    Right,
    None,
    Value,
    /// At the output.
    OfOut,
    /// The formula over the output, with the input in it.
    OfIn,
    /// Another activation's, at the input.
    Other(Curve),
    /// Another activation's formula over the output.
    OtherByOutput(Curve),
    Squared,
    /// `1 - out`
    OneMinus,
    /// Softmax's, without the other outputs.
    Diagonal,
    /// 1 for a ReLU that is off.
    AlwaysOn,
    /// z for a ReLU, the leak times z where a leaky one is off.
    LeakTimesZ,
    /// `1 - o·o`, one number for all units of a sample.
    Dot,
    /// The same over all samples.
    DotOfAll,
}

/// How the error signal comes of slope and what is sent back.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum SignalRecipe {
    #[default]
    Right,
    /// The slope alone.
    SlopeAlone,
    /// The output of the layer.
    Out,
    /// A matrix product where one entry belongs to one: one number per sample.
    Dot,
    /// The error signal of the layer after, as it is.
    Later,
}

/// What goes back from a layer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Sends {
    #[default]
    Right,
    /// What came to this layer, before its slope.
    BeforeSlope,
}

/// What is sent back through the weights of a layer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Back {
    #[default]
    Right,
    /// Through updated weights.
    Updated,
    /// Not through weights at all: added up.
    NoWeight,
    /// The same, averaged.
    NoWeightMean,
    /// The weights' gradient for the weights.
    Gradient,
    /// The weights as they are where they should be transposed.
    Transposed,
    /// What was sent back to the last hidden layer.
    OfLastHidden,
    /// The error signal of the layer after, through the weights of this.
    SignalOfLater,
    /// One unit only.
    OnePath(usize),
    /// Through the weights of another layer.
    OtherWeights(usize),
    /// Through the sizes of the weights.
    Size,
}

/// What the gradient of the weights is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Input {
    #[default]
    Right,
    One,
    /// What entered the units before, not their outputs.
    Z,
    /// The inputs of the network.
    X,
    Squared,
    /// The weights themselves.
    OwnWeight,
    /// The outputs of this layer.
    OwnOut,
    /// What came to this layer before its slope, times the right inputs.
    BeforeSlope,
    /// The gradient, its rows for its columns.
    Transposed,
    /// The gradient of another layer.
    OtherLayer(usize),
    /// The last sample only.
    LastSample,
    /// Cut to whole numbers.
    Whole,
}

/// What the gradient of the biases is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Bias {
    #[default]
    Right,
    /// One sum for all units.
    OverUnits,
    /// One mean for all units.
    MeanOverUnits,
    /// A number per sample where one per unit belongs: the wrong axis.
    OverUnitsPerSample,
    MeanOverUnitsPerSample,
    /// A number per sample and unit: not added up.
    NotSummed,
    FirstSample,
    LastSample,
    TimesInput(usize),
    TimesInputs,
    BeforeSlope,
    OtherLayer(usize),
    Whole,
}

/// The update.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum UpdateRecipe {
    #[default]
    Right,
    Added,
    NoRate,
    RateTwice,
    NotUpdated,
    Alone,
    Parameter,
    /// Cut to whole numbers.
    Whole,
}
