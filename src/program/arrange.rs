//! Which array of a pass each array of a file is, and how it lies there: layer,
//! rows or columns, samples. Told by names and shapes; where both allow two
//! ways, all are tried.

use super::array::{Array, Stored};
use super::engine::problem::MatrixProblem;
use super::grain::{Grain, grains};
use super::kept::PassArray;
use super::names::{LayerWord, Meaning, understand};
use super::numbering::Numbering;
use crate::text::harmless;

/// An array of the file that is compared.
#[derive(Clone, Debug)]
pub(crate) struct Aimed {
    /// Its place in the file.
    pub(crate) array: usize,
    /// What it is.
    pub(crate) kept: PassArray,
    /// Whether its name leaves open if it is a gradient or an updated parameter.
    pub(crate) is_open: bool,
    /// How it lies.
    pub(crate) lie: Lie,
    /// Whether its shape tells that it lies as here.
    pub(crate) tells: bool,
    pub(crate) grain: Grain,
    /// Half a unit of the last digit of each number, in the order of the file;
    /// empty where nothing is rounded to be printed.
    pub(crate) half_units: Vec<f64>,
    pub(crate) values: Vec<f64>,
}

/// How an array lies, against `[in, out]` and samples in rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lie {
    /// As here.
    Same,
    /// Rows for columns; the rows and columns of the file.
    Turned(usize, usize),
    /// A square: either.
    Either(usize),
    /// A shape that this array cannot have.
    Wrong,
}

/// An array that is not compared, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// What the file calls it.
    pub name: String,
    /// Why.
    pub why: NotCompared,
}

/// Why an array is not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCompared {
    /// Its name says nothing.
    Unknown,
    /// It is an input, a target or a setting.
    Given,
    /// It names a layer that the network has not.
    NoLayer,
    /// It is a parameter as it was before the update.
    Old,
    /// The scenario has no learning rate.
    NoRate,
    /// The layer has no biases.
    NoBiases,
    /// Another array of the file is the same thing.
    Twice,
}

/// What is asked for besides the file.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// `--map`: our name, and the file's.
    pub map: Vec<(String, String)>,
    /// `--after`: parameters are those after the update.
    pub after: bool,
    /// `--layout`, where it is given.
    pub layout: Option<Orientation>,
}

/// How weights lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// One row per input, as in the lesson.
    InOut,
    /// One row per unit, as in PyTorch's `Linear`.
    OutIn,
}

/// The arrays of a file, arranged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arranged {
    pub(crate) aimed: Vec<Aimed>,
    pub(crate) unused: Vec<Unused>,
}

/// Arranges the arrays of a file.
///
/// # Errors
/// What is wrong with `--map`.
pub(crate) fn arrange(
    problem: &MatrixProblem,
    arrays: &[Array],
    asked: &Wanted,
) -> Result<Arranged, String> {
    let grains = grains(arrays);
    let mapped = mapped(arrays, asked)?;
    let names: Vec<&str> = arrays
        .iter()
        .enumerate()
        .map(|(at, array)| {
            let own = mapped.iter().find(|(_, array)| *array == at);
            own.map_or(array.name.as_str(), |(name, _)| *name)
        })
        .collect();
    let meanings: Vec<Option<(Meaning, LayerWord)>> = names
        .iter()
        .map(|name| understand(name).map(|found| (found.meaning, found.layer)))
        .collect();
    let numbering = Numbering::of(problem, arrays, &meanings);
    let unnamed = unnamed(problem, arrays, &meanings);
    let mut arranged = Arranged::default();
    for (at, array) in arrays.iter().enumerate() {
        let found = match (meanings[at], &unnamed) {
            (None, Some(all)) => Ok((all[at], false)),
            (None, None) => Err(NotCompared::Unknown),
            (Some((meaning, word)), _) => {
                kept(problem, array, meaning, word, &numbering, asked.after)
            }
        };
        let found = found.and_then(|(kept, is_open)| {
            let of_layer = |layer: usize| problem.biases[layer].is_some();
            match kept {
                PassArray::ByBiases(layer) | PassArray::NewBiases(layer) if !of_layer(layer) => {
                    Err(NotCompared::NoBiases)
                }
                _ if kept.is_new() && problem.rate.is_none() => Err(NotCompared::NoRate),
                _ if arranged
                    .aimed
                    .iter()
                    .any(|aimed: &Aimed| aimed.kept == kept && aimed.is_open == is_open) =>
                {
                    Err(NotCompared::Twice)
                }
                _ => Ok((kept, is_open)),
            }
        });
        match found {
            Err(why) => arranged.unused.push(Unused { name: array.name.clone(), why }),
            Ok((kept, is_open)) => {
                let (grain, half_units) = grains[at].clone();
                let lie = asked_lie(lie(problem, array, kept), kept, asked.layout);
                let values = array.values.clone();
                arranged.aimed.push(Aimed {
                    array: at,
                    kept,
                    is_open,
                    lie,
                    tells: lie == Lie::Same && array.shape.len() == 2,
                    grain,
                    half_units,
                    values,
                });
            }
        }
    }
    Ok(arranged)
}

/// `--map dW1=weights.grad`: the names of the left for the arrays of the right.
fn mapped<'a>(arrays: &[Array], asked: &'a Wanted) -> Result<Vec<(&'a str, usize)>, String> {
    let of = |(ours, theirs): &'a (String, String)| {
        let at = arrays.iter().position(|array| array.name == *theirs);
        let Some(at) = at else {
            let all: Vec<&str> = arrays.iter().take(12).map(|array| array.name.as_str()).collect();
            return Err(format!(
                "--map: the file has no array `{}`; it has {}",
                harmless(theirs),
                all.join(", ")
            ));
        };
        let known = understand(ours).is_some_and(|found| found.meaning != Meaning::Given);
        if known {
            Ok((ours.as_str(), at))
        } else {
            Err(format!(
                "--map: `{}` is no array of a pass; those are Z1, A1, loss, dA1, dZ1, dW1, db1, W1_new, b1_new",
                harmless(ours)
            ))
        }
    };
    asked.map.iter().map(of).collect()
}

/// What a name comes to in this network.
fn kept(
    problem: &MatrixProblem,
    array: &Array,
    meaning: Meaning,
    word: LayerWord,
    numbering: &Numbering,
    after: bool,
) -> Result<(PassArray, bool), NotCompared> {
    if meaning == Meaning::Given {
        return Err(NotCompared::Given);
    }
    if meaning == Meaning::Loss {
        return if array.values.len() == 1 {
            Ok((PassArray::Loss, false))
        } else {
            Err(NotCompared::Unknown)
        };
    }
    let is_parameter =
        !matches!(meaning, Meaning::Sums | Meaning::Outputs | Meaning::ByOutputs | Meaning::BySums);
    let layer = match word {
        LayerWord::Number { number, .. } => {
            let offset = if is_parameter { numbering.parameters } else { numbering.others };
            match offset.layer(number, problem.depth()) {
                Some(layer) => layer,
                // Outputs of layer 0 are the inputs.
                None if number == 0 && !is_parameter => return Err(NotCompared::Given),
                None => return Err(NotCompared::NoLayer),
            }
        }
        LayerWord::First => 0,
        LayerWord::Last => problem.last(),
        LayerWord::None if problem.depth() == 1 => 0,
        // Without a number, the only layer of this shape.
        LayerWord::None => {
            let fits = |layer: &usize| {
                let kept = exact(meaning, *layer, after).0;
                lie(problem, array, kept) != Lie::Wrong
            };
            let mut layers = (0..problem.depth()).filter(fits);
            match (layers.next(), layers.next()) {
                (Some(layer), None) => layer,
                _ if matches!(meaning, Meaning::BySums | Meaning::ByOutputs) => problem.last(),
                _ => return Err(NotCompared::Unknown),
            }
        }
    };
    Ok(exact(meaning, layer, after))
}

/// What a meaning is in a layer, and whether that is still open.
pub(crate) const fn exact(meaning: Meaning, layer: usize, after: bool) -> (PassArray, bool) {
    match meaning {
        Meaning::Sums => (PassArray::Sums(layer), false),
        Meaning::Outputs => (PassArray::Outputs(layer), false),
        Meaning::ByOutputs => (PassArray::ByOutputs(layer), false),
        Meaning::BySums => (PassArray::BySums(layer), false),
        Meaning::ByWeights => (PassArray::ByWeights(layer), false),
        Meaning::ByBiases => (PassArray::ByBiases(layer), false),
        Meaning::NewWeights => (PassArray::NewWeights(layer), false),
        Meaning::NewBiases => (PassArray::NewBiases(layer), false),
        Meaning::Weights if after => (PassArray::NewWeights(layer), false),
        Meaning::Biases if after => (PassArray::NewBiases(layer), false),
        Meaning::Weights => (PassArray::ByWeights(layer), true),
        Meaning::Biases => (PassArray::ByBiases(layer), true),
        Meaning::Loss | Meaning::Given => (PassArray::Loss, false),
    }
}

/// Arrays without names, by their order: weights and biases of each layer in
/// turn, or all weights and then all biases.
fn unnamed(
    problem: &MatrixProblem,
    arrays: &[Array],
    meanings: &[Option<(Meaning, LayerWord)>],
) -> Option<Vec<PassArray>> {
    if meanings.iter().any(Option::is_some) {
        return None;
    }
    let layers = || 0..problem.depth();
    let in_turn =
        layers().flat_map(|l| [PassArray::ByWeights(l), PassArray::ByBiases(l)]).collect();
    let apart =
        layers().map(PassArray::ByWeights).chain(layers().map(PassArray::ByBiases)).collect();
    let weights = layers().map(PassArray::ByWeights).collect();
    let back: Vec<PassArray> =
        layers().rev().flat_map(|l| [PassArray::ByWeights(l), PassArray::ByBiases(l)]).collect();
    let orders: [Vec<PassArray>; 4] = [in_turn, apart, weights, back];
    orders.into_iter().find(|order| {
        order.len() == arrays.len()
            && order
                .iter()
                .zip(arrays)
                .all(|(kept, array)| lie(problem, array, *kept) != Lie::Wrong)
    })
}

fn asked_lie(lie: Lie, kept: PassArray, layout: Option<Orientation>) -> Lie {
    match (lie, layout) {
        (Lie::Either(_), Some(Orientation::InOut)) if kept.is_of_weights() => Lie::Same,
        (Lie::Either(side), Some(Orientation::OutIn)) if kept.is_of_weights() => {
            Lie::Turned(side, side)
        }
        _ => lie,
    }
}

/// How an array of this kind lies, by its shape.
pub(crate) fn lie(problem: &MatrixProblem, array: &Array, kept: PassArray) -> Lie {
    let shape = array.squeezed();
    let squeezed = |wanted: &[usize]| -> Vec<usize> {
        wanted.iter().copied().filter(|length| *length != 1).collect()
    };
    let grid = |rows: usize, columns: usize| {
        // A row and a column hold the same numbers in the same order, but tell how
        // the others lie.
        if rows != columns && array.shape == [rows, columns] {
            return Lie::Same;
        }
        if rows != columns && array.shape == [columns, rows] {
            return Lie::Turned(columns, rows);
        }
        let same = shape == squeezed(&[rows, columns]);
        let turned = shape == squeezed(&[columns, rows]);
        match (same, turned) {
            // A vector lies the same either way.
            (true, true) if rows == columns && rows > 1 => Lie::Either(rows),
            (true, _) => Lie::Same,
            (false, true) => Lie::Turned(columns, rows),
            (false, false) => Lie::Wrong,
        }
    };
    match kept {
        PassArray::Loss => {
            if array.values.len() == 1 {
                Lie::Same
            } else {
                Lie::Wrong
            }
        }
        PassArray::ByWeights(layer) | PassArray::NewWeights(layer) => {
            grid(problem.inputs(layer), problem.units(layer))
        }
        PassArray::ByBiases(layer) | PassArray::NewBiases(layer) => {
            if shape == squeezed(&[problem.units(layer)]) { Lie::Same } else { Lie::Wrong }
        }
        PassArray::Sums(layer)
        | PassArray::Outputs(layer)
        | PassArray::ByOutputs(layer)
        | PassArray::BySums(layer) => grid(problem.samples(), problem.units(layer)),
    }
}

impl Aimed {
    /// Its numbers as they lie here, with an answer for a square.
    pub(crate) fn turned(mut self, square_is_turned: bool) -> Self {
        let (rows, columns) = match self.lie {
            Lie::Same | Lie::Wrong => return self,
            Lie::Turned(rows, columns) => (rows, columns),
            Lie::Either(side) if square_is_turned => (side, side),
            Lie::Either(_) => {
                self.lie = Lie::Same;
                return self;
            }
        };
        let turn = |values: &[f64]| -> Vec<f64> {
            let places = (0..columns).flat_map(|c| (0..rows).map(move |r| (r, c)));
            places.map(|(r, c)| values[r * columns + c]).collect()
        };
        self.values = turn(&self.values);
        if !self.half_units.is_empty() {
            self.half_units = turn(&self.half_units);
        }
        self.lie = Lie::Turned(rows, columns);
        self
    }

    /// The index of an entry in the file, from its place here.
    pub(crate) fn index(&self, at: usize, columns_here: usize) -> (usize, usize) {
        let place = (at / columns_here.max(1), at % columns_here.max(1));
        if matches!(self.lie, Lie::Turned(..)) { (place.1, place.0) } else { place }
    }
}

/// Whether an array holds whole numbers only, as its type has it.
pub(crate) fn is_whole(array: &Array) -> bool {
    matches!(array.stored, Stored::Whole)
}
