//! Activations and loss for a network that comes from a file: from flags, else
//! from a scenario.

use anyhow::{anyhow, bail};

use super::program;
use crate::exercise::ExerciseShape;
use crate::network::{Layer, Matrix, Network, Reduction};
use crate::num::Precision;
use crate::program::layers;
use crate::scenario::Scenario;
use crate::text::harmless;

/// What the command line says of a network in a file.
pub(super) struct ModelFlags<'a> {
    /// The file with its weights.
    pub(super) model: &'a str,
    /// One for all layers, or one for each.
    pub(super) activation: Option<&'a str>,
    /// What outputs are compared by.
    pub(super) loss: Option<&'a str>,
}

/// The scenario whose network gives activations and loss: what flags say comes
/// before what is `given`. Its weights are nobody's.
pub(super) fn scenario(
    given: Option<Scenario>,
    flags: &ModelFlags<'_>,
) -> anyhow::Result<Scenario> {
    let ModelFlags { model, activation, loss } = *flags;
    let given = match (given, activation, loss) {
        (Some(given), None, None) => return Ok(given),
        (None, None, _) | (None, _, None) => bail!(
            "--model {}: nobody knows its activations and its loss\n  help: say them, as in \
             --activation tanh,sigmoid --loss half_squared_error, or give a scenario",
            harmless(model)
        ),
        (given, _, _) => given,
    };
    let keys = given.as_ref().map(|given| {
        let keys = given.network.layers.iter().map(|layer| layer.activation.key);
        (keys.collect::<Vec<_>>().join(","), given.network.loss.key)
    });
    let (activation, loss) = (
        activation.or(keys.as_ref().map(|(keys, _)| keys.as_str())),
        loss.or(keys.as_ref().map(|(_, loss)| *loss)),
    );
    let count = layers(&program::arrays(model)?)
        .map_err(|error| anyhow!("--model {}: {error}", harmless(model)))?;
    // Only how many layers there are counts here, not their sizes.
    let network = template(count, activation, loss)?;
    Ok(match given {
        Some(given) => Scenario { network, reference: None, asks: None, ..given },
        None => Scenario {
            title: harmless(model).into_owned(),
            source: None,
            digits: Precision::Decimals(4),
            learning_rate: None,
            update_biases: true,
            network,
            samples: Vec::new(),
            reduction: Reduction::Mean,
            reference: None,
            asks: None,
            points: Vec::new(),
        },
    })
}

fn template(count: usize, activation: Option<&str>, loss: Option<&str>) -> anyhow::Result<Network> {
    // Softmax needs two units.
    let shape = vec!["2"; count + 1].join("-");
    let shape = ExerciseShape::of(&shape, activation, loss)?;
    let layer = |activation: &&'static _| Layer {
        activation,
        weights: Matrix::with_columns(1),
        biases: None,
    };
    let layers = shape.activations.iter().map(layer).collect();
    Ok(Network { layers, loss: shape.loss, own_names: None })
}
