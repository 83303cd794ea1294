//! What a row of `weights` belongs to, and how faults speak of it.

use crate::network::Matrix;
use crate::source::reader::{Fields, Reader};

/// The layout that the author writes weights in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum RowLayout {
    /// One row per unit of the layer before, or input, as in the lecture.
    #[default]
    Inputs,
    /// One row per unit of the layer itself, as PyTorch has it.
    Units,
}

/// Reads `rows`.
pub(super) fn rows<'a>(reader: &mut Reader<'a>, fields: &Fields<'a>) -> RowLayout {
    let aliases = [("input", "inputs"), ("from", "inputs"), ("outputs", "units"), ("to", "units")];
    let word = fields
        .get("rows")
        .and_then(|node| reader.word(node, "layout", &["inputs", "units"], &aliases));
    match word {
        Some("units") => RowLayout::Units,
        _ => RowLayout::Inputs,
    }
}

impl RowLayout {
    /// What `weights` is.
    pub(super) const fn shape(self) -> &'static str {
        match self {
            Self::Inputs => {
                "`weights` is a list of rows, one row per unit of the layer before (or input), \
                 such as [[0.1, 0.2], [0.3, 0.4]]"
            }
            Self::Units => {
                "`weights` is a list of rows, one row per unit of the layer, \
                 such as [[0.1, 0.2], [0.3, 0.4]]"
            }
        }
    }

    /// What a row of it is.
    pub(super) const fn row(self) -> &'static str {
        match self {
            Self::Inputs => "every row needs one number per unit of the layer",
            Self::Units => "every row needs one number per unit of the layer before (or input)",
        }
    }

    /// Where the weights of a row lead.
    pub(super) const fn leads(self) -> &'static str {
        match self {
            Self::Inputs => "row j holds the weights that lead from unit j of the layer before",
            Self::Units => {
                "row k holds the weights that lead to unit k, one from each unit of the layer before"
            }
        }
    }

    /// The same where it seems to be the other way round.
    pub(super) const fn leads_not(self) -> &'static str {
        match self {
            Self::Inputs => {
                "this looks transposed: row j holds the weights that lead from unit j, not to it"
            }
            Self::Units => {
                "this looks transposed: row k holds the weights that lead to unit k, not from it"
            }
        }
    }

    /// What is wrong where every layer seems to be the other way round, and what
    /// to do.
    pub(super) const fn transposed(self) -> (&'static str, &'static str) {
        match self {
            Self::Inputs => (
                "the weights look transposed: each row leads to a unit, not from one",
                "row j holds the weights that lead from unit (or input) j; add `\"rows\": \
                 \"units\"`, or swap rows and columns in every layer",
            ),
            Self::Units => (
                "the weights look transposed: each row leads from a unit (or input), not to one",
                "with `\"rows\": \"units\"`, row k holds the weights that lead to unit k; leave \
                 `rows` out, or swap rows and columns in every layer",
            ),
        }
    }

    /// Where the inputs of the network show.
    pub(super) const fn inputs(self) -> &'static str {
        match self {
            Self::Inputs => "row of the first layer's `weights`",
            Self::Units => "number in a row of the first layer's `weights`",
        }
    }

    /// Where the units of a layer show.
    pub(super) const fn units(self) -> &'static str {
        match self {
            Self::Inputs => "number in a row of",
            Self::Units => "row of",
        }
    }

    /// What to do about a first matrix that is the other way round.
    pub(super) const fn first_transposed(self) -> &'static str {
        match self {
            Self::Inputs => {
                "the first `weights` need one row per input; these have one column per input"
            }
            Self::Units => {
                "the first `weights` need one column per input; these have one row per input"
            }
        }
    }

    /// Of how many rows there are and how long they are: the inputs and the units.
    pub(super) const fn sides<T: Copy>(self, rows: T, length: T) -> (T, T) {
        match self {
            Self::Inputs => (rows, length),
            Self::Units => (length, rows),
        }
    }

    /// The matrix of these numbers, row by row as they are written, in the
    /// lecture's layout.
    pub(super) fn matrix(self, values: Vec<f64>, length: usize) -> Matrix {
        match self {
            Self::Inputs => Matrix::of_rows(length, values),
            Self::Units => {
                let mut matrix = Matrix::with_columns(values.len() / length);
                let mut row = Vec::new();
                for from in 0..length {
                    row.clear();
                    row.extend(values.iter().skip(from).step_by(length));
                    matrix.push_row(&row);
                }
                matrix
            }
        }
    }
}
