//! A network whose weights and biases come from a file of arrays.

use super::arrange::Orientation;
use super::array::Array;
use super::names::{LayerWord, Meaning, understand};
use crate::network::{Layer, Matrix, Network};

/// How many layers a file has weights of.
///
/// # Errors
/// What is no network in it.
pub fn layers(arrays: &[Array]) -> Result<usize, String> {
    Ok(parts(arrays)?.len())
}

/// The network of a file: activations and loss of `template`, weights and
/// biases of the arrays, of whatever sizes they are.
///
/// # Errors
/// What does not go together, and what to do.
pub fn model(
    arrays: &[Array],
    template: &Network,
    layout: Option<Orientation>,
) -> Result<Network, String> {
    let parts = parts(arrays)?;
    let (layers, wanted) = (parts.len(), template.layers.len());
    if layers != wanted {
        return Err(format!(
            "the file has weights of {layers} layers, the scenario activations of {wanted}\n  help: \
             give a scenario with one layer for each"
        ));
    }
    let in_out = chains(&parts, false);
    let out_in = chains(&parts, true);
    let as_torch = parts.iter().any(|part| part.weights.name.to_lowercase().contains("weight"));
    let turned = match (layout, in_out, out_in) {
        (Some(Orientation::InOut), true, _) => false,
        (Some(Orientation::OutIn), _, true) => true,
        // All are squares: frameworks that say `weight` have one row per unit.
        (None, true, true) => as_torch,
        (None, true, false) => false,
        (None, false, true) => true,
        _ => {
            let shapes: Vec<String> = parts.iter().map(|part| part.weights.shape_text()).collect();
            return Err(format!(
                "the shapes of its weights, {}, and of its biases do not chain",
                shapes.join(", ")
            ));
        }
    };
    let layers = parts.iter().zip(&template.layers).map(|(part, layer)| {
        let (inputs, units) = part.sizes(turned);
        let mut weights = Matrix::with_columns(units);
        for from in 0..inputs {
            let at = |to| if turned { to * inputs + from } else { from * units + to };
            let row: Vec<f64> = (0..units).map(|to| part.weights.values[at(to)]).collect();
            weights.push_row(&row);
        }
        let biases = part.biases.map(|biases| biases.values.clone());
        Layer { activation: layer.activation, weights, biases }
    });
    Ok(Network { layers: layers.collect(), loss: template.loss, own_names: None })
}

/// Weights and biases of a layer.
struct Part<'a> {
    weights: &'a Array,
    biases: Option<&'a Array>,
}

impl Part<'_> {
    /// Inputs and units.
    fn sizes(&self, turned: bool) -> (usize, usize) {
        let (rows, columns) = (self.weights.shape[0], self.weights.shape[1]);
        if turned { (columns, rows) } else { (rows, columns) }
    }
}

fn parts(arrays: &[Array]) -> Result<Vec<Part<'_>>, String> {
    let mut weights: Vec<(usize, &Array)> = Vec::new();
    let mut biases: Vec<(usize, &Array)> = Vec::new();
    for array in arrays {
        let Some(found) = understand(&array.name) else { continue };
        let number = match found.layer {
            LayerWord::Number { number, .. } => number,
            LayerWord::First | LayerWord::None => 0,
            LayerWord::Last => usize::MAX,
        };
        match found.meaning {
            Meaning::Weights | Meaning::NewWeights => weights.push((number, array)),
            Meaning::Biases | Meaning::NewBiases => biases.push((number, array)),
            _ => {}
        }
    }
    weights.sort_by_key(|(number, _)| *number);
    if weights.is_empty() {
        return Err(
            "no array of it is named as weights\n  help: call them W1, b1, W2, b2, ... or \
                    fc1.weight, fc1.bias, ..."
                .to_owned(),
        );
    }
    if weights.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err("two arrays are named as the weights of one layer".to_owned());
    }
    for (_, array) in weights.iter().chain(&biases) {
        if array.values.iter().any(|value| !value.is_finite()) {
            return Err(format!("{} has entries that are no numbers (nan, inf)", array.name));
        }
    }
    let part = |(number, array): &(usize, &'_ _)| {
        let weights: &Array = array;
        if weights.shape.len() != 2 || weights.values.is_empty() {
            return Err(format!(
                "{} is no matrix: its shape is {}",
                weights.name,
                weights.shape_text()
            ));
        }
        let own = biases.iter().find(|(of, _)| of == number).map(|(_, array)| *array);
        Ok((weights.name.clone(), own))
    };
    let checked = weights.iter().map(part).collect::<Result<Vec<_>, String>>()?;
    let all = weights.iter().zip(checked);
    Ok(all.map(|((_, weights), (_, biases))| Part { weights, biases }).collect())
}

/// Whether each layer takes what the one before gives, and biases fit.
fn chains(parts: &[Part<'_>], turned: bool) -> bool {
    parts.windows(2).all(|pair| pair[0].sizes(turned).1 == pair[1].sizes(turned).0)
        && parts.iter().all(|part| {
            part.biases.is_none_or(|biases| biases.values.len() == part.sizes(turned).1)
        })
}
