//! What there is to say about the factors of a chain, about error signals, and
//! about what is plugged in: words that the page and the classroom walkthrough
//! share.

use super::Readings;
use super::block::Line;
use crate::expr::Expr;
use crate::lesson::Lesson;
use crate::math::Role;
use crate::name::{Name, Symbol};

/// Where a factor comes from, for someone who does the pass by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It stood in an earlier chain.
    Known,
    /// It is a value of the forward pass.
    Forward,
    /// It is a weight or an input.
    Given,
    /// It is the same number for all inputs and weights.
    Constant,
    /// It is computed here.
    New,
}

impl Status {
    /// Of a factor; `seen`: whether it stood in an earlier chain.
    pub fn of(lesson: &Lesson<'_>, factor: Name, seen: bool) -> Self {
        if seen {
            return Self::Known;
        }
        match lesson.expression(factor) {
            Some(Expr::Leaf(Name::Value(Symbol::Out { .. }))) => Self::Forward,
            Some(Expr::Leaf(Name::Value(Symbol::Input(_) | Symbol::Weight { .. }))) => Self::Given,
            Some(Expr::Number(_)) => Self::Constant,
            Some(_) | None => Self::New,
        }
    }

    /// In a word or two.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Known => "already known",
            Self::Forward => "forward pass",
            Self::Given => "given",
            Self::Constant => "constant",
            Self::New => "new",
        }
    }

    /// What it is to the reader.
    pub const fn role(self) -> Role {
        match self {
            Self::Known | Self::Constant => Role::Known,
            Self::Forward => Role::Forward,
            Self::Given => Role::Given,
            Self::New => Role::New,
        }
    }
}

/// Why there is a chain.
pub const CHAIN_RULE: &str =
    "the chain rule multiplies one factor for every link between the loss and a weight.";

/// The shortcut that a loss and its activation allow.
pub const SHORTCUT: &str = "A shortcut: with this loss and this activation the factors cancel";

/// Why a slope is not the everyday one.
const FAR_SLOPE: &str = "This unit is so far out that its output has no digits left for the slope; \
                         an equal formula takes it from the input.";

/// Why the slope of an activation or a loss is what it is.
pub fn rule(lesson: &Lesson<'_>, factor: Name) -> Option<&'static str> {
    let network = lesson.network();
    match factor {
        Name::Derivative { of: Symbol::Out { layer, unit }, .. } => {
            let is_far = lesson.has_far_slope(layer, unit);
            Some(if is_far { FAR_SLOPE } else { network.layers[layer as usize].activation.why })
        }
        Name::Derivative { of: Symbol::Loss, by: Symbol::Out { layer, .. } }
            if lesson.naming().is_output(layer) =>
        {
            Some(network.loss.why)
        }
        Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
    }
}

/// Where the activation couples the outputs: on which paths the first input of
/// the layer reaches the loss.
pub fn coupled_paths(readings: &Readings<'_>, layer: u32) -> Line {
    let own = Symbol::In { layer, unit: 0 };
    let units = readings.lesson.network().units(layer);
    vec![
        "Here every input of the layer moves every output. So ".into(),
        readings.name(own.into()).into(),
        format!(" reaches the loss on {units} paths, one through each output.").into(),
    ]
}

/// `Plugging all three factors together`
pub fn plugging(factors: usize) -> String {
    let words =
        ["one factor", "both factors", "all three factors", "all four factors", "all five factors"];
    let all = words.get(factors.wrapping_sub(1)).copied().unwrap_or("all factors");
    format!("Plugging {all} together")
}

/// Names the error signal of a unit; `in_chain`: it is a factor of the chains
/// itself, not made of their factors.
pub fn error_signal(readings: &Readings<'_>, layer: u32, unit: u32, in_chain: bool) -> Line {
    let signal = Name::loss_by(Symbol::In { layer, unit });
    let word = if readings.lesson.network().is_one_neuron() {
        "The common part: "
    } else {
        "Error signal: "
    };
    let mut line: Line = vec![word.into()];
    let name = readings.name(signal).into();
    if readings.lesson.naming().is_signal(signal) {
        line.extend([name, " = ".into(), readings.full_name(signal).into()]);
    } else {
        line.push(name);
    }
    line.push(
        if in_chain {
            " stands in every chain to this unit and is computed once."
        } else {
            ", all factors but the last, is the same for everything that enters this unit. It is cached:"
        }
        .into(),
    );
    line
}

/// What the weights and biases of a layer have in common that are not walked.
pub fn plugged_in(lesson: &Lesson<'_>, layer: u32) -> &'static str {
    let has_biases = lesson.network().layers[layer as usize].biases.is_some();
    if lesson.network().is_one_neuron() {
        return if has_biases {
            "With that plugged in, every other weight and bias takes one more factor: the value that \
             the weight is multiplied with (1 for a bias)."
        } else {
            "With that plugged in, every other weight takes one more factor: the value that it is \
             multiplied with."
        };
    }
    if has_biases {
        "With the error signal plugged in, every other weight and bias into this layer takes one \
         more factor: the value that the weight is multiplied with (1 for a bias)."
    } else {
        "With the error signal plugged in, every other weight into this layer takes one more \
         factor: the value that the weight is multiplied with."
    }
}

/// How a weighted sum changes with one of its parts: by what it is multiplied
/// with.
pub fn link(readings: &Readings<'_>, sum: Symbol, part: Symbol) -> Line {
    let partner = match readings.lesson.expression(Name::derivative(sum, part)) {
        Some(Expr::Leaf(partner)) => Some(partner),
        Some(_) | None => None,
    };
    let mut line: Line = vec!["In the sum ".into(), readings.name(sum.into()).into(), ", ".into()];
    line.push(readings.name(part.into()).into());
    match partner {
        Some(partner) => {
            line.extend([" is multiplied with ".into(), readings.name(partner).into()]);
            line.push(": so much does the sum change with it.".into());
        }
        None => line.push(" stands alone: the sum changes just as much as it does.".into()),
    }
    line
}
