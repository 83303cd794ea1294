//! The table of slips: one row for each. A new slip is a row here and its
//! rewrite in the file of the place where it happens.

use super::line::SlipLine;
use super::{batch, chain, forward, gradient, loss, signal, slope, update};
use crate::expr::Expr;

/// How often a slip is made: who makes a mistake has rather made a usual one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// Told of in every course.
    Usual,
    /// Seen in single sheets.
    Seen,
    /// A slip of the pen: it changes a text and no formula.
    Pen,
}

struct Row {
    code: &'static str,
    how: How,
    sentence: &'static str,
    /// What the line becomes; nothing where the slip cannot happen.
    rewrites: fn(&SlipLine<'_>) -> Vec<Expr>,
}

/// Makes the list of slips and the row of each of them from the table.
macro_rules! slips {
    ($($(#[$doc:meta])+ $slip:ident, $code:literal, $how:ident, $rewrites:path, $sentence:literal;)+) => {
        /// A known way to go wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Slip {
            $($(#[$doc])+ $slip,)+
        }

        impl Slip {
            /// Every slip, in the order of a computation; those of the pen last.
            pub const ALL: [Self; [$(Self::$slip),+].len()] = [$(Self::$slip),+];

            /// The slip's row of the table.
            const fn row(self) -> Row {
                match self {
                    $(Self::$slip => Row {
                        code: $code,
                        how: How::$how,
                        sentence: $sentence,
                        rewrites: $rewrites,
                    },)+
                }
            }
        }
    };
}

impl Slip {
    /// Its stable code, for reports and class statistics.
    pub const fn code(self) -> &'static str {
        self.row().code
    }

    /// What it says to the student, in one sentence; formulas stand between grave
    /// accents.
    pub const fn sentence(self) -> &'static str {
        self.row().sentence
    }

    /// The same as plain text.
    pub fn plain_sentence(self) -> String {
        self.sentence().replace('`', "")
    }

    /// Whether it is among the slips that are made again and again, so that it
    /// is the likelier cause where a number has several.
    pub fn is_usual(self) -> bool {
        self.row().how == How::Usual
    }

    /// Whether it is a slip of the pen, which changes a text and no formula.
    pub fn is_of_the_pen(self) -> bool {
        self.row().how == How::Pen
    }

    /// What a line becomes, each way that the slip can happen in it; a right
    /// formula may be among them.
    pub(super) fn rewrite(self, line: &SlipLine<'_>) -> Vec<Expr> {
        (self.row().rewrites)(line)
    }
}

/// Slips of the pen change no formula.
const fn nothing(_: &SlipLine<'_>) -> Vec<Expr> {
    Vec::new()
}

slips! {
    /// The bias left out of `z_in`.
    NoBias, "NO-BIAS", Usual, forward::no_bias,
        "You left the bias out of the sum.";
    /// `W[k][j]` for `W[j][k]` in the forward pass.
    WTransposed, "W-TRANSPOSED", Usual, forward::transposed,
        "You read the weight matrix the other way round: W12 leads from 1 to 2.";
    /// `1/(1 + exp(z))`.
    ExpSign, "EXP-SIGN", Usual, forward::exp_sign,
        "The exponent of `σ(z) = 1/(1 + exp(-z))` has lost its minus sign in your line.";
    /// `z_out = z_in`.
    NoActivation, "NO-ACTIVATION", Usual, forward::no_activation,
        "You took the input of the unit as its output: its activation is still to be applied.";
    /// `z_in` passed on instead of `z_out`.
    ZInForward, "Z-IN-FORWARD", Usual, forward::z_in_forward,
        "You passed on the inputs of the units before (`z_in`) instead of their outputs (`z_out`).";
    /// The 1/2 of the loss forgotten.
    NoHalf, "NO-HALF", Usual, loss::no_half,
        "You forgot the 1/2 of the loss.";
    /// `y - f`, `f - y` or its magnitude handed in as the loss.
    ResidualAsLoss, "RESIDUAL-AS-LOSS", Seen, loss::residual_as_loss,
        "You handed in the residual `y - f` as the loss: it is what the loss is made of, not the loss itself.";
    /// `y - f` instead of `-(y - f)`.
    ResidualSign, "RESIDUAL-SIGN", Usual, loss::residual_sign,
        "A minus sign is lost: the slope of the loss by the output has the other sign.";
    /// A 2 too many with the half loss, or one forgotten without the half.
    Factor2, "FACTOR-2", Usual, loss::factor_2,
        "The factor 2 of the derivative is wrong: a 1/2 in the loss cancels the 2 of the square, without the 1/2 it stays.";
    /// The loss where its slope belongs.
    LossForResidual, "LOSS-FOR-RESIDUAL", Seen, loss::loss_for_residual,
        "You used the loss itself where its derivative by `f_out` belongs.";
    /// `dL/df_out` left out: the output is differentiated, not the loss.
    NoResidual, "NO-RESIDUAL", Seen, loss::no_residual,
        "You left ∂L/∂f_out out of the chain: you differentiated the output, not the loss.";
    /// The slope of the output left out of the chain, in the output layer.
    NoSlopeOut, "NO-SLOPE-OUT", Usual, chain::no_slope_out,
        "You left the factor ∂f_out/∂f_in, the slope of the output, out of the chain.";
    /// The activation instead of its slope.
    SigmaForSlope, "SIGMA-FOR-SLOPE", Usual, slope::value_for_slope,
        "You took the value of the activation as its slope.";
    /// The slope at `z_out` instead of at `z_in`.
    SlopeOfOut, "SLOPE-OF-OUT", Usual, slope::slope_of_out,
        "You took the slope at the output of the unit: it belongs at its input, so the activation went in twice.";
    /// `z_in` in the slope's formula where `z_out` belongs.
    SlopeOfIn, "SLOPE-OF-IN", Usual, slope::slope_of_in,
        "You put the input of the unit into the formula of the slope where its output belongs.";
    /// The slope of another activation.
    OtherSlope, "OTHER-SLOPE", Usual, slope::other_slope,
        "You took the slope of another activation: `σ'` is `f·(1 - f)` of the output, `tanh'` is `1 - f²`, `ReLU'` is 1 or 0, the identity's is 1.";
    /// The slope of a ReLU taken as z, or as 1 where the unit is off.
    ReluSlope, "RELU-SLOPE", Usual, slope::relu_slope,
        "You took a wrong slope for the ReLU: it is 1 where z > 0, however large z is, and where the unit is off it is 0, or as little as a leaky one lets through.";
    /// The leak times z where the slope of a leaky ReLU is the leak alone.
    LeakTimesZ, "LEAK-TIMES-Z", Seen, slope::leak_times_z,
        "You multiplied the leak by z: that is the value of the leaky ReLU, its slope where it is off is the leak alone.";
    /// Softmax's slope as if it did not couple its outputs: `f(1 - f)` alone, or `1 - f`.
    SoftmaxDiagonal, "SOFTMAX-DIAGONAL", Usual, slope::softmax_diagonal,
        "You took softmax's slope for something simpler than it is: it is `f·(1 - f)` by the output's own input, `-f_k·f_j` by that of another, and the paths through all outputs add up.";
    /// `z_in` instead of `z_out` in the gradient of a weight.
    ZInForOut, "Z-IN-FOR-OUT", Usual, gradient::z_in_for_out,
        "You multiplied by the input of the unit before (`z_in`): the weight is fed by its output (`z_out`).";
    /// An input instead of a hidden output in the gradient of a weight.
    XForHidden, "X-FOR-HIDDEN", Usual, gradient::x_for_hidden,
        "You multiplied by an input x: this weight is fed by the output of a hidden unit.";
    /// The slope of a hidden unit left out of the chain.
    NoSlopeHidden, "NO-SLOPE-HIDDEN", Usual, chain::no_slope_hidden,
        "You left the factor ∂z_out/∂z_in, the slope of a hidden unit, out of the chain.";
    /// The slopes left out of the chain at every layer.
    NoSlopes, "NO-SLOPES", Usual, chain::no_slopes,
        "You left the slopes of the activations out of the chain, at every layer.";
    /// `dL/df_out` sent back instead of `dL/df_in`.
    ResidualForDelta, "RESIDUAL-FOR-DELTA", Usual, chain::residual_for_delta,
        "You sent ∂L/∂f_out back to the hidden units: it is ∂L/∂f_in that goes back, with the slope of the output in it.";
    /// An already updated weight used in the chain.
    UpdatedWeight, "UPDATED-WEIGHT", Usual, chain::updated_weight,
        "You used an already updated weight in the chain: the whole backward pass uses the old ones.";
    /// The weight between two layers left out of the chain.
    NoWeight, "NO-WEIGHT", Usual, chain::no_weight,
        "You left the weight between the two layers out of the chain.";
    /// The weights left out of the chain at every layer.
    NoWeights, "NO-WEIGHTS", Usual, chain::no_weights,
        "You left the weights between the layers out of the chain, at every layer.";
    /// Another unit's weight used in the chain.
    OtherWeight, "OTHER-WEIGHT", Usual, chain::other_weight,
        "You used the weight of another connection in the chain.";
    /// The gradient of a weight where the weight belongs in the chain.
    GradientForWeight, "GRADIENT-FOR-WEIGHT", Seen, chain::gradient_for_weight,
        "You put the gradient of a weight into the chain where the weight itself belongs.";
    /// The slope alone in place of slope times what comes from above.
    UpstreamDropped, "UPSTREAM-DROPPED", Seen, signal::upstream_dropped,
        "You took the slope of the unit alone as its error signal: it is still to be multiplied by `∂L/∂z_out`, what comes from above.";
    /// The error signal of a later layer used one layer too early.
    LayerSkipped, "LAYER-SKIPPED", Seen, signal::layer_skipped,
        "You used `∂L/∂z` of a layer further on: it is still to be sent back through one more layer.";
    /// A unit's output where its error signal belongs.
    OutputForDelta, "OUTPUT-FOR-DELTA", Seen, signal::output_for_delta,
        "You used the output of the unit where its error signal belongs.";
    /// A weight where the error signal belongs.
    WeightForSignal, "WEIGHT-FOR-SIGNAL", Seen, signal::weight_for_signal,
        "You used a weight where the error signal belongs.";
    /// The gradients of `W[j][k]` and `W[k][j]` exchanged.
    GradientTransposed, "GRADIENT-TRANSPOSED", Usual, gradient::gradient_transposed,
        "You exchanged the gradients of two weights: W12 leads from 1 to 2, W21 from 2 to 1.";
    /// The last factor of a weight's gradient left out.
    NoInput, "NO-INPUT", Usual, gradient::no_input,
        "You left out the last factor: what the weight is multiplied by in the forward pass.";
    /// The last factor of a weight's gradient taken twice.
    InputTwice, "INPUT-TWICE", Seen, gradient::input_twice,
        "You multiplied by what enters the weight twice: it is a factor of the gradient once.";
    /// The weight itself as the last factor of its gradient.
    OwnWeightForInput, "OWN-WEIGHT-FOR-INPUT", Seen, gradient::own_weight_for_input,
        "You multiplied by the weight itself: its gradient is the error signal times what the weight is multiplied by in the forward pass.";
    /// The gradient of a bias multiplied by an input of the unit.
    BiasTimesInput, "BIAS-TIMES-INPUT", Usual, gradient::bias_times_input,
        "You multiplied the gradient of the bias by something that enters the unit: a bias stands alone, so its last factor is 1.";
    /// The gradient of a bias multiplied by the sum of all inputs of the unit.
    BiasTimesInputs, "BIAS-TIMES-INPUTS", Seen, gradient::bias_times_inputs,
        "You multiplied the gradient of the bias by the sum of what enters the unit: a bias stands alone, so its last factor is 1.";
    /// The error signals of a whole layer added up for each bias.
    BiasSummedOverUnits, "BIAS-SUMMED-OVER-UNITS", Seen, gradient::bias_summed_over_units,
        "You added up the error signals of the whole layer: the gradient of a bias is the error signal of its own unit.";
    /// The bias left as it was.
    BiasNotUpdated, "BIAS-NOT-UPDATED", Usual, update::bias_not_updated,
        "You left the bias as it was: it is updated like a weight.";
    /// The weight left as it was.
    WeightNotUpdated, "WEIGHT-NOT-UPDATED", Usual, update::weight_not_updated,
        "You left the weight as it was: the step is still to be taken.";
    /// The learning rate left out of the update.
    NoRate, "NO-RATE", Usual, update::no_rate,
        "You left the learning rate out of the step.";
    /// The learning rate taken twice.
    RateTwice, "RATE-TWICE", Seen, update::rate_twice,
        "You multiplied by the learning rate twice: it is a factor of the step once.";
    /// The step added instead of subtracted.
    Added, "ADDED", Usual, update::added,
        "You added the step: gradient descent subtracts it.";
    /// The step written in place of the new value.
    StepForNew, "STEP-FOR-NEW", Usual, update::step_for_new,
        "You wrote down the step alone: the old value is still to be added.";
    /// The weight or bias itself in the step, in place of its gradient.
    ParameterForGradient, "PARAMETER-FOR-GRADIENT", Seen, update::parameter_for_gradient,
        "You multiplied the learning rate by the old value itself: the step is the learning rate times the gradient.";
    /// One of several paths only.
    OnePath, "ONE-PATH", Usual, signal::one_path,
        "You followed one path to the loss only: all of them add up.";
    /// The sum instead of the mean.
    SumForMean, "SUM-FOR-MEAN", Usual, loss::sum_for_mean,
        "You took the sum: it is still to be divided by how many there are.";
    /// The mean over samples taken twice.
    MeanTwice, "MEAN-TWICE", Usual, batch::mean_twice,
        "You divided by the number of samples twice: the mean is taken once.";
    /// The mean where the samples are added up.
    MeanForSum, "MEAN-FOR-SUM", Usual, batch::mean_for_sum,
        "You took the mean over the samples: this exercise adds them up.";
    /// One sample where all of them count.
    OneSample, "ONE-SAMPLE", Usual, batch::one_sample,
        "You took one sample only: all of them count.";
    /// A slope multiplied in that has cancelled or is in already, or the cancelled form used
    /// where nothing cancels.
    ExtraSlope, "EXTRA-SLOPE", Usual, signal::extra_slope,
        "The slope is not there the right number of times: it cancels only where loss and activation are made for each other, and an error signal holds it already.";
    /// An operand misread.
    Miscopied, "MISCOPIED", Pen, nothing,
        "You misread one of the numbers that go into this line.";
    /// The answer with its point moved.
    PointMoved, "POINT-MOVED", Pen, nothing,
        "Your digits are right, but the decimal point is in the wrong place.";
    /// The answer with two neighbouring digits swapped.
    DigitsSwapped, "DIGITS-SWAPPED", Pen, nothing,
        "You swapped two digits when you wrote the number down.";
    /// The answer with the other sign.
    SignLost, "SIGN-LOST", Pen, nothing,
        "Your number is right but for its sign.";
    /// The answer with one digit changed.
    DigitChanged, "DIGIT-CHANGED", Pen, nothing,
        "One digit of your number seems miswritten.";
}
