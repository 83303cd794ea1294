//! What an exercise looks like, before its numbers are drawn.

use thiserror::Error;

use crate::network::activation::ALL as ACTIVATIONS;
use crate::network::loss::ALL as LOSSES;
use crate::network::{Activation, Layer, Loss, Network};
use crate::num::Precision;

/// Units of one layer, and layers, of an exercise that somebody may work.
const MOST_UNITS: usize = 20;
const MOST_LAYERS: usize = 8;

/// What an exercise looks like.
#[derive(Clone, Debug)]
pub struct ExerciseShape {
    /// Inputs, and then the units of each layer.
    pub sizes: Vec<usize>,
    /// One for each layer.
    pub activations: Vec<&'static Activation>,
    /// What the outputs are compared by.
    pub loss: &'static Loss,
    /// The digits that are asked.
    pub digits: Precision,
    /// α; drawn as well if it is not given.
    pub rate: Option<f64>,
    /// The kind of numbers.
    pub style: NumberStyle,
    /// Whether layers have biases.
    pub biases: bool,
}

/// The kind of numbers that are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberStyle {
    /// Inputs near the corners of the square, a target of 0 or 1, weights of
    /// either sign.
    Xor,
    /// Small positive weights in steps of 0.05, as in textbooks.
    Textbook,
    /// Weights and inputs of either sign, with two decimals.
    Random,
}

/// Why there is no such exercise.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ShapeError {
    /// `2-x`
    #[error("`{0}` is no shape; write the inputs and then the units of each layer, as in 2-2-1")]
    NoShape(String),
    /// `2-100-1`
    #[error(
        "nobody works so large a network by hand; at most {MOST_LAYERS} layers of {MOST_UNITS} units"
    )]
    TooLarge,
    /// `--activation swish`
    #[error("there is no activation `{0}`; there are {all}", all = listed(ACTIVATIONS.iter().map(|entry| entry.key)))]
    NoActivation(String),
    /// One activation too many.
    #[error("there are {has} activations for {needs} layers; give one for all, or one for each")]
    Activations {
        /// Those given.
        has: usize,
        /// Those needed.
        needs: usize,
    },
    /// `--loss l1`
    #[error("there is no loss `{0}`; there are {all}", all = listed(LOSSES.iter().map(|entry| entry.key)))]
    NoLoss(String),
    /// Loss and output do not go together.
    #[error("the loss {loss} does not go with {activation} at the output: {why}")]
    Pairing {
        /// The loss.
        loss: &'static str,
        /// The activation of the output layer.
        activation: &'static str,
        /// The reason.
        why: String,
    },
    /// Softmax inside, or with one unit.
    #[error("softmax goes with the output layer, and with two units or more")]
    Softmax,
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

impl ExerciseShape {
    /// The shape that these words describe: `2-2-1`, activations parted by commas,
    /// the key of a loss. What is left out is as in the lecture, or as the loss
    /// needs it.
    ///
    /// # Errors
    /// Why there is no such exercise.
    pub fn of(
        layers: &str,
        activations: Option<&str>,
        loss: Option<&str>,
    ) -> Result<Self, ShapeError> {
        let no_shape = || ShapeError::NoShape(crate::text::brief(layers, 40));
        let sizes: Vec<usize> = layers
            .split('-')
            .map(|part| part.trim().parse().ok().filter(|size| *size > 0).ok_or_else(no_shape))
            .collect::<Result<_, _>>()?;
        if sizes.len() < 2 {
            return Err(no_shape());
        }
        if sizes.len() > MOST_LAYERS + 1 || sizes.iter().any(|size| *size > MOST_UNITS) {
            return Err(ShapeError::TooLarge);
        }
        let loss = loss.unwrap_or("half_squared_error");
        let loss = Loss::named(loss).ok_or_else(|| ShapeError::NoLoss(loss.to_owned()))?;
        let activations = self::activations(activations, sizes.len() - 1, loss)?;
        let shape = Self {
            sizes,
            activations,
            loss,
            digits: Precision::Decimals(4),
            rate: None,
            style: NumberStyle::Random,
            biases: true,
        };
        shape.check()?;
        Ok(shape)
    }

    fn check(&self) -> Result<(), ShapeError> {
        let depth = self.activations.len();
        let softmax = self.activations.iter().position(|entry| entry.key == "softmax");
        let outputs = self.sizes[depth];
        if softmax.is_some_and(|at| at + 1 < depth || outputs < 2) {
            return Err(ShapeError::Softmax);
        }
        let last = self.activations[depth - 1];
        match self.loss.refuses(last) {
            None => Ok(()),
            Some(why) => Err(ShapeError::Pairing {
                loss: self.loss.key,
                activation: last.key,
                why: why.to_owned(),
            }),
        }
    }

    /// The shape of a network that is there already.
    pub fn like(network: &Network, digits: Precision) -> Self {
        let inputs = std::iter::once(network.inputs());
        let layers = &network.layers;
        Self {
            sizes: inputs.chain(layers.iter().map(Layer::units)).collect(),
            activations: layers.iter().map(|layer| layer.activation).collect(),
            loss: network.loss,
            digits,
            rate: None,
            style: NumberStyle::Random,
            biases: layers.iter().all(|layer| layer.biases.is_some()),
        }
    }

    /// As it is written: `2-2-1`.
    pub fn text(&self) -> String {
        let sizes: Vec<String> = self.sizes.iter().map(usize::to_string).collect();
        sizes.join("-")
    }
}

fn activations(
    keys: Option<&str>,
    layers: usize,
    loss: &Loss,
) -> Result<Vec<&'static Activation>, ShapeError> {
    let named = |key: &str| {
        Activation::named(key.trim()).ok_or_else(|| ShapeError::NoActivation(key.trim().to_owned()))
    };
    let Some(keys) = keys else {
        let mut all = vec![named("sigmoid")?; layers];
        if loss.key == "cross_entropy" {
            all[layers - 1] = named("softmax")?;
        }
        return Ok(all);
    };
    let all: Vec<&'static Activation> = keys.split(',').map(named).collect::<Result<_, _>>()?;
    match all.len() {
        1 => Ok(vec![all[0]; layers]),
        has if has == layers => Ok(all),
        has => Err(ShapeError::Activations { has, needs: layers }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_read_and_wrong_ones_say_why() {
        let shape =
            ExerciseShape::of("2-3-2", Some("tanh,softmax"), Some("cross_entropy")).unwrap();
        assert_eq!((shape.text().as_str(), shape.activations[0].key), ("2-3-2", "tanh"));
        assert_eq!(ExerciseShape::of("2-2-1", None, None).unwrap().activations[1].key, "sigmoid");
        for (layers, activation, loss) in [
            ("2", None, None),
            ("2-0-1", None, None),
            ("2-x-1", None, None),
            ("2-99-1", None, None),
            ("2-2-1", Some("swish"), None),
            ("2-2-1", Some("tanh,tanh,tanh"), None),
            ("2-2-1", None, Some("l1")),
            ("2-2-1", Some("tanh"), Some("binary_cross_entropy")),
            ("2-2-1", Some("softmax"), None),
        ] {
            assert!(
                ExerciseShape::of(layers, activation, loss).is_err(),
                "{layers} {activation:?} {loss:?}"
            );
        }
    }
}
