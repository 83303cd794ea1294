//! From left to right: where everything is, as roomy as the style says. It knows
//! how wide the texts are, but not what they say, and no rows.

use super::stage::FigureStage;
use super::texts::{LayerTexts, Texts, UnitTexts};

/// How much is written, and how much wire is drawn around it.
#[derive(Clone, Copy)]
pub(super) struct FigureStyle {
    /// `W11 -0.07`, else `-0.07`.
    pub(super) weight_names: bool,
    /// `W11 -0.07 ∂ 0.0024`: the gradient beside its weight.
    pub(super) gradients: bool,
    /// `in -0.53` and `out 0.3705`, else the numbers alone.
    pub(super) value_names: bool,
    /// Columns between units and the first track, beyond the least.
    lead: usize,
    /// Wire from the last track to a label.
    before_label: usize,
    /// Wire from a label to the bar.
    after_label: usize,
    /// Wire from the bar to the arrowhead.
    shaft: usize,
}

/// From roomy to tight.
pub(super) const STYLES: [FigureStyle; 7] = [ROOMY, AIRY, SNUG, TIGHT, CRAMPED, WORDLESS, NAMELESS];

/// The same with gradients, for the largest windows with long wires.
pub(super) const GRADED: [FigureStyle; 4] = [
    FigureStyle { lead: 4, before_label: 10, after_label: 5, shaft: 4, ..GRADED_ROOMY },
    FigureStyle { lead: 2, before_label: 5, after_label: 3, shaft: 2, ..GRADED_ROOMY },
    GRADED_ROOMY,
    FigureStyle { gradients: true, ..SNUG },
];
const GRADED_ROOMY: FigureStyle = FigureStyle { gradients: true, ..ROOMY };

const ROOMY: FigureStyle = FigureStyle {
    weight_names: true,
    gradients: false,
    value_names: true,
    lead: 1,
    before_label: 3,
    after_label: 2,
    shaft: 1,
};
const AIRY: FigureStyle = FigureStyle { lead: 0, before_label: 2, ..ROOMY };
const SNUG: FigureStyle = FigureStyle { before_label: 1, after_label: 1, ..AIRY };
const TIGHT: FigureStyle = FigureStyle { after_label: 0, ..SNUG };
const CRAMPED: FigureStyle = FigureStyle { shaft: 0, ..TIGHT };
const WORDLESS: FigureStyle = FigureStyle { value_names: false, ..CRAMPED };
const NAMELESS: FigureStyle = FigureStyle { weight_names: false, ..WORDLESS };

/// Columns from one track to the next. Neighbours without a space would look
/// joined.
pub(super) const TRACK_STEP: usize = 2;

/// Columns for the link inside the last unit: the wire to the loss is above it.
const BESIDE_LAST: usize = 1;

/// Inputs stand at the left edge.
pub(super) const INPUT_COLUMN: usize = 0;

pub(super) struct FigureColumns {
    pub(super) style: FigureStyle,
    pub(super) layers: Vec<LayerColumns>,
    /// Joins several outputs.
    pub(super) loss_bar: Option<usize>,
    pub(super) loss: usize,
    pub(super) width: usize,
}

pub(super) struct LayerColumns {
    /// The first track.
    pub(super) tracks: usize,
    /// Names of weights.
    pub(super) label: usize,
    /// Numbers of weights.
    pub(super) number: usize,
    /// Gradients, where they are written.
    pub(super) gradient: Option<usize>,
    /// Behind the numbers of weights, or their gradients.
    pub(super) label_end: usize,
    pub(super) bar: usize,
    /// Names of units.
    pub(super) unit: usize,
    /// Numbers of units.
    pub(super) value: usize,
    /// Behind the units.
    pub(super) end: usize,
}

impl FigureColumns {
    pub(super) fn of(
        stages: &[FigureStage],
        texts: &Texts,
        style: &FigureStyle,
        beside: usize,
    ) -> Self {
        let mut end = end_of_units(INPUT_COLUMN, INPUT_COLUMN, &texts.inputs);
        let mut layers = Vec::new();
        let last = texts.layers.len() - 1;
        for ((stage, texts), at) in stages[1..].iter().zip(&texts.layers).zip(0..) {
            // Beside the values of a single output nothing else stands.
            let is_free = at == last && stage.units == 1;
            let beside = if is_free { beside.min(BESIDE_LAST) } else { beside };
            let layer = LayerColumns::of(end, stage.sources, texts, style, beside);
            end = layer.end;
            layers.push(layer);
        }
        let outputs = stages[stages.len() - 1].units;
        let loss_bar = (outputs > 1).then_some(end + 1 + style.lead);
        let loss = loss_bar.map_or(end + 1, |bar| bar + 1) + style.shaft + ARROW;
        let width = loss + texts.loss.name.max(texts.loss.value.width());
        Self { style: *style, layers, loss_bar, loss, width }
    }
}

/// A blank and the sign in front of a gradient.
pub(super) const GRADIENT_MARK: usize = 2;

/// An arrowhead and a space.
pub(super) const ARROW: usize = 2;

impl LayerColumns {
    fn of(
        before: usize,
        sources: usize,
        texts: &LayerTexts,
        style: &FigureStyle,
        beside: usize,
    ) -> Self {
        let tracks = before + 1 + style.lead;
        let label = tracks + TRACK_STEP * (sources - 1) + 1 + style.before_label + 1;
        let number = label + if style.weight_names { texts.weight_name + 1 } else { 0 };
        let behind = number + texts.weight.width();
        let is_graded = style.gradients && texts.gradient.width() > 0;
        let gradient = is_graded.then_some(behind + GRADIENT_MARK + 1);
        let label_end = gradient.map_or(behind, |column| column + texts.gradient.width());
        let bar = label_end + 1 + style.after_label;
        let unit = bar + 1 + style.shaft + ARROW;
        let value = unit + if style.value_names { texts.units.value_name + 1 } else { 0 };
        let end = end_of_units(unit, value, &texts.units) + beside;
        Self { tracks, label, number, gradient, label_end, bar, unit, value, end }
    }
}

/// The column behind the values of units, and behind a space and some wire
/// after their names.
fn end_of_units(name: usize, value: usize, texts: &UnitTexts) -> usize {
    (name + texts.name + 1).max(value + texts.value.width())
}
