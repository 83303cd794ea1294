//! The units that stand below one another, counted in rows. It knows no texts,
//! and neither where a row is nor what is drawn on it.

use crate::document::figure::Figure;

/// The inputs (stage 0) or a layer: units that stand below one another.
pub(super) struct FigureStage {
    pub(super) units: usize,
    /// Rows of a unit: its ports, or its name and values.
    pub(super) unit_rows: usize,
    /// Units or inputs of the stage before.
    pub(super) sources: usize,
}

/// Rows of a unit's name, `in` and `out`.
const UNIT_ROWS: usize = 3;

/// Rows of an input's name and value.
pub(super) const INPUT_ROWS: usize = 2;

/// The stages from the inputs on; units may have a row for their error signal.
pub(super) fn stages(figure: &Figure<'_>, has_signals: bool) -> Vec<FigureStage> {
    let network = figure.network();
    let inputs = FigureStage { units: network.inputs(), unit_rows: INPUT_ROWS, sources: 0 };
    let layers = network.layers.iter().zip(0..).map(|(layer, at)| {
        let has_target = network.naming().is_output(at) && figure.has_targets();
        let ports = layer.inputs() + usize::from(layer.biases.is_some());
        let values = UNIT_ROWS + usize::from(has_target) + usize::from(has_signals);
        FigureStage { units: layer.units(), unit_rows: ports.max(values), sources: layer.inputs() }
    });
    std::iter::once(inputs).chain(layers).collect()
}

impl FigureStage {
    /// Rows of all units with `gap` empty rows between them.
    pub(super) fn rows(&self, gap: usize) -> usize {
        self.units * (self.unit_rows + gap) - gap
    }

    /// Units touch only among the inputs, where no ports could be mixed up.
    pub(super) fn least_gap(&self) -> usize {
        usize::from(self.sources > 0)
    }
}

pub(super) fn least_rows(stages: &[FigureStage]) -> usize {
    stages.iter().map(|stage| stage.rows(stage.least_gap())).max().unwrap_or(0)
}

/// Columns below which nothing fits: the tracks, and a digit and a bar a layer.
pub(super) fn least_columns(stages: &[FigureStage]) -> usize {
    stages.iter().map(|stage| 2 * stage.sources + 2).sum()
}
