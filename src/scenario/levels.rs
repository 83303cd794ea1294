//! The objects of a scenario file and their keys.

use crate::source::reader::Level;

/// The whole file.
pub(super) static SCENARIO: Level = Level {
    place: "at the top level of the file",
    keys: &[
        "title",
        "source",
        "digits",
        "significant",
        "learning_rate",
        "update_biases",
        "loss",
        "names",
        "rows",
        "layers",
        "sample",
        "samples",
        "reduction",
        "reference",
        "asks",
        "points",
    ],
};

/// An entry of `layers`.
pub(super) static LAYER: Level =
    Level { place: "in an entry of `layers`", keys: &["activation", "weights", "biases"] };

/// `sample`, or an entry of `samples`.
pub(super) static SAMPLE: Level = Level { place: "in `sample`", keys: &["x", "y"] };

/// `reference`.
pub(super) static REFERENCE: Level =
    Level { place: "in `reference`", keys: &["values", "carry", "notes"] };

/// All of them.
pub(super) static ALL: [&Level; 4] = [&SCENARIO, &LAYER, &SAMPLE, &REFERENCE];
