//! From left to right: where everything is, as wide as the texts need. It knows no
//! rows but how far apart they are.

use super::metrics::pieces_width;
use super::place::{NAME, SMALL, VALUE, gradient_pieces};
use super::rows::PaperRows;
use super::{Piece, place};
use crate::document::figure::{FigureNet, NodeColumn, NodeKind, NodeValue};

/// Around the whole.
pub(super) const MARGIN: f64 = 12.0;
/// Behind a unit, where the number of a term has its place.
pub(super) const EXIT: f64 = 34.0;
/// In front of a label, for the same.
pub(super) const BEFORE: f64 = 24.0;
/// Behind a number, for the same and the head of a line.
const BEHIND: f64 = 38.0;
/// Between the two values of a unit.
pub(super) const WITHIN: f64 = 36.0;
/// From the edge of a unit to its values.
pub(super) const PAD: f64 = 6.0;
/// Beside the text in a pill.
const INSIDE: f64 = 8.0;
/// The narrowest pill.
const LEAST_PILL: f64 = 44.0;
/// What is written beside a line keeps so far away.
pub(super) const BESIDE: f64 = 5.0;
/// Between the name of a weight and its number.
const BETWEEN: f64 = 7.0;

/// The places of a stage.
#[derive(Clone, Copy, Default)]
pub(super) struct PaperColumn {
    /// Where wires come to rest in front of the labels.
    pub(super) wires_end: f64,
    /// Left of the labels.
    pub(super) label: f64,
    /// The points of the numbers in them.
    pub(super) point: f64,
    /// Right of the numbers.
    pub(super) number_end: f64,
    /// Where leads begin to bend: right of all labels.
    pub(super) bend: f64,
    /// Left edge of the nodes.
    pub(super) left: f64,
    /// Width of a pill.
    pub(super) pill: f64,
    /// Right edge of the nodes.
    pub(super) right: f64,
    /// Where wires of the next stage begin to bend.
    pub(super) exit: f64,
}

impl PaperColumn {
    pub(super) const fn middle(&self) -> f64 {
        self.left.midpoint(self.right)
    }
}

pub(super) fn columns(net: &FigureNet, rows: &PaperRows) -> (Vec<PaperColumn>, f64) {
    let mut columns: Vec<PaperColumn> = Vec::new();
    let mut x = MARGIN;
    for (at, stage) in net.stages.iter().enumerate() {
        let mut column = PaperColumn::default();
        let reach = rows.reach(at);
        match stage.kind {
            NodeKind::Inputs => column.left = x,
            NodeKind::Layer(_) => {
                column.wires_end = x + (0.5 * reach).clamp(34.0, 120.0);
                column.label = column.wires_end + BEFORE;
                label(net, stage, &mut column);
                column.left = column.bend + (0.6 * rows.port_reach(at)).clamp(24.0, 56.0);
            }
            NodeKind::Gap(_) => column.left = x + 20.0,
            NodeKind::Loss => column.left = x + (0.4 * reach).clamp(26.0, 90.0),
        }
        let heading = pieces_width(&place::heading_pieces(stage), SMALL);
        column.pill = pill(stage);
        let width = match stage.kind {
            NodeKind::Layer(_) => 2.0 * (column.pill + PAD) + WITHIN,
            NodeKind::Gap(_) => heading,
            NodeKind::Inputs | NodeKind::Loss => column.pill,
        };
        // What stands above or below must not run into the neighbours.
        let below = below(stage);
        let wide = if stage.coupled { heading.max(width) } else { heading.max(below).max(width) };
        column.left += (wide - width) / 2.0;
        column.right = column.left + width;
        // Links between units leave no room in the middle of them.
        let over = if stage.coupled { below - column.pill - PAD + 2.0 * BESIDE } else { 0.0 };
        column.exit = column.right + EXIT.max(over);
        x = column.exit + (wide - width) / 2.0;
        columns.push(column);
    }
    let last = columns.last().copied().unwrap_or_default();
    (columns, last.right + (x - last.exit) + MARGIN)
}

/// The labels of all edges into a layer.
fn label(net: &FigureNet, stage: &NodeColumn, column: &mut PaperColumn) {
    let edges = net.edges.iter().filter(|edge| NodeKind::Layer(edge.layer) == stage.kind);
    let (mut name, mut whole, mut fraction, mut gradient) = (0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
    for edge in edges {
        name = name.max(pieces_width(&[Piece::Label(edge.value.label.clone())], NAME));
        for text in &edge.value.room {
            let (front, back) = place::split_at_point(text);
            whole = whole.max(pieces_width(&[Piece::Number(front.into())], VALUE));
            fraction = fraction.max(pieces_width(&[Piece::Number(back.into())], VALUE));
        }
        for text in &edge.gradient.room {
            let pieces = gradient_pieces(&edge.gradient, text);
            gradient = gradient.max(pieces_width(&pieces, SMALL));
        }
    }
    column.point = column.label + name + BETWEEN + whole;
    column.number_end = column.point + fraction;
    column.bend = (column.number_end + BEHIND).max(column.label + gradient + 4.0);
}

/// The width of a pill of a stage.
fn pill(stage: &NodeColumn) -> f64 {
    let parts = stage.nodes.iter().flat_map(|node| &node.parts);
    let width = |part: &NodeValue| {
        let name = pieces_width(&[Piece::Label(part.label.clone())], NAME);
        let values =
            part.room.iter().map(|text| pieces_width(&[Piece::Number(text.clone())], VALUE));
        values.fold(name, f64::max)
    };
    parts.map(|part| width(part) + 2.0 * INSIDE).fold(LEAST_PILL, f64::max)
}

/// The width of what stands below the units of a stage.
fn below(stage: &NodeColumn) -> f64 {
    let parts = stage.nodes.iter().flat_map(|node| node.signal.iter().chain(&node.target));
    let widths = parts.flat_map(|part| {
        part.room.iter().map(|text| pieces_width(&gradient_pieces(part, text), SMALL))
    });
    widths.fold(0.0, f64::max)
}
