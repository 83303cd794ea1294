//! Slips: the known ways in which a hand computation goes wrong. Each is one
//! rewrite of a quantity's expression, so it works for every network.
//!
//! A slip is one row of the table in `Slip::row`: its code, what it says to
//! the student, and its rewrite. The rewrites are grouped by where they happen:
//! `forward`, `loss`, `backward`, `update`; `writing` holds the slips of the
//! pen, which change a text and no formula.

mod backward;
mod forward;
mod line;
mod loss;
mod update;
mod writing;

#[cfg(test)]
mod tests;

pub use writing::{Detail, meant, miscopied, miswritten};

use crate::expr::Expr;
use crate::lesson::Lesson;
use crate::name::Name;
use line::Line;

/// A known way to go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slip {
    /// The bias left out of `z_in`.
    NoBias,
    /// `W[k][j]` for `W[j][k]` in the forward pass.
    WTransposed,
    /// `1/(1 + exp(z))`.
    ExpSign,
    /// `z_out = z_in`.
    NoActivation,
    /// `z_in` passed on instead of `z_out`.
    ZInForward,
    /// The 1/2 of the loss forgotten.
    NoHalf,
    /// `y - f` instead of `-(y - f)`.
    ResidualSign,
    /// A 2 too many with the half loss, or one forgotten without the half.
    Factor2,
    /// The loss where its slope belongs.
    LossForResidual,
    /// The slope of the output left out of the chain.
    NoSlopeOut,
    /// The activation instead of its slope.
    SigmaForSlope,
    /// The slope at `z_out` instead of at `z_in`.
    SlopeOfOut,
    /// `z_in` in the slope's formula where `z_out` belongs.
    SlopeOfIn,
    /// The slope of tanh for a sigmoid, or the reverse.
    TanhSlope,
    /// `z_in` instead of `z_out` in the gradient of a weight.
    ZInForOut,
    /// An input instead of a hidden output in the gradient of a weight.
    XForHidden,
    /// The slope of a hidden unit left out of the chain.
    NoSlopeHidden,
    /// `dL/df_out` sent back instead of `dL/df_in`.
    ResidualForDelta,
    /// An already updated weight used in the chain.
    UpdatedWeight,
    /// The weight between two layers left out of the chain.
    NoWeight,
    /// Another unit's weight used in the chain.
    OtherWeight,
    /// The gradients of `W[j][k]` and `W[k][j]` exchanged.
    GradientTransposed,
    /// The last factor of a weight's gradient left out.
    NoInput,
    /// The gradient of a bias multiplied by an input of the unit.
    BiasTimesInput,
    /// The bias left as it was.
    BiasNotUpdated,
    /// The weight left as it was.
    WeightNotUpdated,
    /// The learning rate left out of the update.
    NoRate,
    /// The step added instead of subtracted.
    Added,
    /// The step written in place of the new value.
    StepForNew,
    /// One of several paths only.
    OnePath,
    /// The sum instead of the mean.
    SumForMean,
    /// A slope multiplied in that has cancelled or is in already, or the
    /// cancelled form used where nothing cancels.
    ExtraSlope,
    /// The slope of a ReLU taken as z, or as 1 where the unit is off.
    ReluSlope,
    /// An operand misread.
    Miscopied,
    /// The answer with its point moved.
    PointMoved,
    /// The answer with two neighbouring digits swapped.
    DigitsSwapped,
    /// The answer with the other sign.
    SignLost,
    /// The answer with one digit changed.
    DigitChanged,
}

/// One way in which a slip changes a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The slip.
    pub slip: Slip,
    /// What was computed instead, over quantities of the lesson.
    pub expr: Expr,
    /// What was misread, where the slip is a misreading.
    pub detail: Option<Detail>,
}

/// All ways in which the slips of the table change the line of a quantity, one
/// formula each, in the table's order. What was misread or miswritten is not
/// among them: see [`miscopied`] and [`miswritten`].
///
/// A slip changes the line it happens in. Where that line was not handed in,
/// the lines that use it carry the slip on: look at its candidates too.
pub fn candidates(lesson: &Lesson<'_>, name: Name) -> Vec<Candidate> {
    let line = Line::new(lesson, name);
    let mut found: Vec<Candidate> = Vec::new();
    for slip in Slip::ALL {
        for expr in (slip.row().rewrites)(&line) {
            let known = |other: &Candidate| other.slip == slip && other.expr == expr;
            if !line.is_right(&expr) && !found.iter().any(known) {
                found.push(Candidate { slip, expr, detail: None });
            }
        }
    }
    found
}

/// The ways in which one slip changes the line of a quantity.
pub fn rewritings(lesson: &Lesson<'_>, name: Name, slip: Slip) -> Vec<Expr> {
    let line = Line::new(lesson, name);
    let mut found = (slip.row().rewrites)(&line);
    found.retain(|expr| !line.is_right(expr));
    found
}

struct Row {
    code: &'static str,
    sentence: &'static str,
    /// What the line becomes; nothing where the slip cannot happen.
    rewrites: fn(&Line<'_>) -> Vec<Expr>,
}

impl Slip {
    /// Every slip, in the order of a computation; those of the pen last.
    pub const ALL: [Self; 38] = [
        Self::NoBias,
        Self::WTransposed,
        Self::ExpSign,
        Self::NoActivation,
        Self::ZInForward,
        Self::NoHalf,
        Self::ResidualSign,
        Self::Factor2,
        Self::LossForResidual,
        Self::NoSlopeOut,
        Self::SigmaForSlope,
        Self::SlopeOfOut,
        Self::SlopeOfIn,
        Self::TanhSlope,
        Self::ZInForOut,
        Self::XForHidden,
        Self::NoSlopeHidden,
        Self::ResidualForDelta,
        Self::UpdatedWeight,
        Self::NoWeight,
        Self::OtherWeight,
        Self::GradientTransposed,
        Self::NoInput,
        Self::BiasTimesInput,
        Self::BiasNotUpdated,
        Self::WeightNotUpdated,
        Self::NoRate,
        Self::Added,
        Self::StepForNew,
        Self::OnePath,
        Self::SumForMean,
        Self::ExtraSlope,
        Self::ReluSlope,
        Self::Miscopied,
        Self::PointMoved,
        Self::DigitsSwapped,
        Self::SignLost,
        Self::DigitChanged,
    ];

    /// Its stable code, for reports and class statistics.
    pub const fn code(self) -> &'static str {
        self.row().code
    }

    /// What it says to the student, in one sentence.
    pub const fn sentence(self) -> &'static str {
        self.row().sentence
    }

    /// The slip's row of the table.
    const fn row(self) -> Row {
        match self {
            Self::NoBias => Row {
                code: "NO-BIAS",
                sentence: "You left the bias out of the sum.",
                rewrites: forward::no_bias,
            },
            Self::WTransposed => Row {
                code: "W-TRANSPOSED",
                sentence: "You read the weight matrix the other way round: W12 leads from 1 to 2.",
                rewrites: forward::transposed,
            },
            Self::ExpSign => Row {
                code: "EXP-SIGN",
                sentence: "The exponent of σ(z) = 1/(1 + exp(-z)) has lost its minus sign in your line.",
                rewrites: forward::exp_sign,
            },
            Self::NoActivation => Row {
                code: "NO-ACTIVATION",
                sentence: "You took the input of the unit as its output: its activation is still to be applied.",
                rewrites: forward::no_activation,
            },
            Self::ZInForward => Row {
                code: "Z-IN-FORWARD",
                sentence: "You passed on the inputs of the units before (z_in) instead of their outputs (z_out).",
                rewrites: forward::z_in_forward,
            },
            Self::NoHalf => Row {
                code: "NO-HALF",
                sentence: "You forgot the 1/2 of the loss.",
                rewrites: loss::no_half,
            },
            Self::ResidualSign => Row {
                code: "RESIDUAL-SIGN",
                sentence: "A minus sign is lost: the slope of the loss by the output has the other sign.",
                rewrites: loss::residual_sign,
            },
            Self::Factor2 => Row {
                code: "FACTOR-2",
                sentence: "The factor 2 of the derivative is wrong: a 1/2 in the loss cancels the 2 of the square, without the 1/2 it stays.",
                rewrites: loss::factor_2,
            },
            Self::LossForResidual => Row {
                code: "LOSS-FOR-RESIDUAL",
                sentence: "You used the loss itself where its derivative by f_out belongs.",
                rewrites: loss::loss_for_residual,
            },
            Self::NoSlopeOut => Row {
                code: "NO-SLOPE-OUT",
                sentence: "You left the factor ∂f_out/∂f_in, the slope of the output, out of the chain.",
                rewrites: backward::no_slope_out,
            },
            Self::SigmaForSlope => Row {
                code: "SIGMA-FOR-SLOPE",
                sentence: "You took the value of the activation as its slope.",
                rewrites: backward::value_for_slope,
            },
            Self::SlopeOfOut => Row {
                code: "SLOPE-OF-OUT",
                sentence: "You took the slope at the output of the unit: it belongs at its input, so the activation went in twice.",
                rewrites: backward::slope_of_out,
            },
            Self::SlopeOfIn => Row {
                code: "SLOPE-OF-IN",
                sentence: "You put the input of the unit into the formula of the slope where its output belongs.",
                rewrites: backward::slope_of_in,
            },
            Self::TanhSlope => Row {
                code: "TANH-SLOPE",
                sentence: "You used the slope of another activation: σ' is out·(1 - out), tanh' is 1 - out².",
                rewrites: backward::tanh_slope,
            },
            Self::ZInForOut => Row {
                code: "Z-IN-FOR-OUT",
                sentence: "You multiplied by the input of the unit before (z_in): the weight is fed by its output (z_out).",
                rewrites: backward::z_in_for_out,
            },
            Self::XForHidden => Row {
                code: "X-FOR-HIDDEN",
                sentence: "You multiplied by an input x: this weight is fed by the output of a hidden unit.",
                rewrites: backward::x_for_hidden,
            },
            Self::NoSlopeHidden => Row {
                code: "NO-SLOPE-HIDDEN",
                sentence: "You left the factor ∂z_out/∂z_in, the slope of a hidden unit, out of the chain.",
                rewrites: backward::no_slope_hidden,
            },
            Self::ResidualForDelta => Row {
                code: "RESIDUAL-FOR-DELTA",
                sentence: "You sent ∂L/∂f_out back to the hidden units: it is ∂L/∂f_in that goes back, with the slope of the output in it.",
                rewrites: backward::residual_for_delta,
            },
            Self::UpdatedWeight => Row {
                code: "UPDATED-WEIGHT",
                sentence: "You used an already updated weight in the chain: the whole backward pass uses the old ones.",
                rewrites: backward::updated_weight,
            },
            Self::NoWeight => Row {
                code: "NO-WEIGHT",
                sentence: "You left the weight between the two layers out of the chain.",
                rewrites: backward::no_weight,
            },
            Self::OtherWeight => Row {
                code: "OTHER-WEIGHT",
                sentence: "You used the weight of another connection in the chain.",
                rewrites: backward::other_weight,
            },
            Self::GradientTransposed => Row {
                code: "GRADIENT-TRANSPOSED",
                sentence: "You exchanged the gradients of two weights: W12 leads from 1 to 2, W21 from 2 to 1.",
                rewrites: backward::gradient_transposed,
            },
            Self::NoInput => Row {
                code: "NO-INPUT",
                sentence: "You left out the last factor: what the weight is multiplied by in the forward pass.",
                rewrites: backward::no_input,
            },
            Self::BiasTimesInput => Row {
                code: "BIAS-TIMES-INPUT",
                sentence: "You multiplied the gradient of the bias by something that enters the unit: a bias stands alone, so its last factor is 1.",
                rewrites: backward::bias_times_input,
            },
            Self::BiasNotUpdated => Row {
                code: "BIAS-NOT-UPDATED",
                sentence: "You left the bias as it was: it is updated like a weight.",
                rewrites: update::bias_not_updated,
            },
            Self::WeightNotUpdated => Row {
                code: "WEIGHT-NOT-UPDATED",
                sentence: "You left the weight as it was: the step is still to be taken.",
                rewrites: update::weight_not_updated,
            },
            Self::NoRate => Row {
                code: "NO-RATE",
                sentence: "You left the learning rate out of the step.",
                rewrites: update::no_rate,
            },
            Self::Added => Row {
                code: "ADDED",
                sentence: "You added the step: gradient descent subtracts it.",
                rewrites: update::added,
            },
            Self::StepForNew => Row {
                code: "STEP-FOR-NEW",
                sentence: "You wrote down the step alone: the old value is still to be added.",
                rewrites: update::step_for_new,
            },
            Self::OnePath => Row {
                code: "ONE-PATH",
                sentence: "You followed one path to the loss only: all of them add up.",
                rewrites: backward::one_path,
            },
            Self::SumForMean => Row {
                code: "SUM-FOR-MEAN",
                sentence: "You took the sum: it is still to be divided by how many there are.",
                rewrites: loss::sum_for_mean,
            },
            Self::ExtraSlope => Row {
                code: "EXTRA-SLOPE",
                sentence: "The slope is not there the right number of times: it cancels only where loss and activation are made for each other, and an error signal holds it already.",
                rewrites: backward::extra_slope,
            },
            Self::ReluSlope => Row {
                code: "RELU-SLOPE",
                sentence: "You took a wrong slope for the ReLU: it is 1 where z > 0, however large z is, and 0 where the unit is off.",
                rewrites: backward::relu_slope,
            },
            Self::Miscopied => Row {
                code: "MISCOPIED",
                sentence: "You misread one of the numbers that go into this line.",
                rewrites: nothing,
            },
            Self::PointMoved => Row {
                code: "POINT-MOVED",
                sentence: "Your digits are right, but the decimal point is in the wrong place.",
                rewrites: nothing,
            },
            Self::DigitsSwapped => Row {
                code: "DIGITS-SWAPPED",
                sentence: "You swapped two digits when you wrote the number down.",
                rewrites: nothing,
            },
            Self::SignLost => Row {
                code: "SIGN-LOST",
                sentence: "Your number is right but for its sign.",
                rewrites: nothing,
            },
            Self::DigitChanged => Row {
                code: "DIGIT-CHANGED",
                sentence: "One digit of your number seems miswritten.",
                rewrites: nothing,
            },
        }
    }
}

/// Slips of the pen change no formula.
const fn nothing(_: &Line<'_>) -> Vec<Expr> {
    Vec::new()
}
