//! From top to bottom: where nodes and ports stand. It knows no widths.

use crate::document::figure::{Edge, FigureNet, Node, NodeColumn, NodeKind};

/// Height of a pill.
pub(super) const PILL: f64 = 42.0;
/// From the edge of a unit to its pills.
pub(super) const PAD: f64 = 6.0;
/// A line below a unit.
pub(super) const LINE: f64 = 16.0;
/// Headings, and what parts them from the rest.
const TOP: f64 = 42.0;
/// Below everything.
const BOTTOM: f64 = 16.0;
/// Between two nodes.
const GAP: f64 = 22.0;
/// A port: the weight, and with room for it its gradient.
const PORT: f64 = 23.0;
const PORT_WITH_GRADIENT: f64 = 36.0;
/// Where units are left out.
const DOTS: f64 = 40.0;

/// What stands in a row of a stage or of the ports of a unit.
#[derive(Clone, Copy)]
pub(super) enum Slot {
    /// The node, or the edge, at this place of its list.
    Here(usize),
    /// Some that are left out.
    Dots,
}

/// The middle of each slot.
pub(super) struct PaperRows {
    /// Per stage.
    pub(super) stages: Vec<Vec<(Slot, f64)>>,
    pub(super) height: f64,
    /// The ports of each unit, as far from its middle.
    pub(super) pitch: f64,
    middle: f64,
    sources: Vec<usize>,
}

impl PaperRows {
    pub(super) fn of(net: &FigureNet) -> Self {
        let has_gradients = net.edges.iter().any(|edge| !edge.gradient.room.is_empty());
        let pitch = if has_gradients { PORT_WITH_GRADIENT } else { PORT };
        let blocks: Vec<Vec<Block>> =
            net.stages.iter().map(|stage| blocks(net, stage, pitch)).collect();
        let need = |blocks: &Vec<Block>| {
            blocks.iter().map(|block| block.above + block.below).sum::<f64>()
                + GAP * blocks.len().saturating_sub(1) as f64
        };
        let inner = blocks.iter().map(need).fold(0.0, f64::max);
        let stages = blocks.iter().map(|blocks| spread(blocks, inner, need(blocks)));
        let mut stages: Vec<Vec<(Slot, f64)>> = stages.collect();
        centre_the_loss(&mut stages);
        let sources = net.stages.iter().map(|stage| ports_of(net, stage)).collect();
        let height = TOP + inner + BOTTOM;
        Self { stages, height, pitch, middle: TOP + inner / 2.0, sources }
    }

    /// The middle of the drawing, without headings.
    pub(super) const fn middle(&self) -> f64 {
        self.middle
    }

    /// The farthest that a wire into a stage has to go up or down.
    pub(super) fn reach(&self, stage: usize) -> f64 {
        let Some(before) = stage.checked_sub(1) else { return 0.0 };
        let ends = |rows: &[(Slot, f64)]| {
            let ys = rows.iter().map(|(_, y)| *y);
            (ys.clone().fold(f64::MAX, f64::min), ys.fold(f64::MIN, f64::max))
        };
        let (a, b) = (ends(&self.stages[before]), ends(&self.stages[stage]));
        let ports = self.port_reach(stage);
        let reach = (a.1 - b.0 + ports).max(b.1 + ports - a.0);
        if reach.is_finite() { reach } else { 0.0 }
    }

    /// The farthest port from the middle of its unit.
    pub(super) fn port_reach(&self, stage: usize) -> f64 {
        self.pitch * self.sources[stage].saturating_sub(1) as f64 / 2.0
    }

    /// The middle of a port of a unit.
    pub(super) fn port(&self, unit: f64, port: usize, of: usize) -> f64 {
        unit + self.pitch * (port as f64 - of.saturating_sub(1) as f64 / 2.0)
    }
}

/// How far a block reaches above and below its middle.
struct Block {
    slot: Slot,
    above: f64,
    below: f64,
}

fn blocks(net: &FigureNet, stage: &NodeColumn, pitch: f64) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut next = 0;
    let dots = || Block { slot: Slot::Dots, above: DOTS / 2.0, below: DOTS / 2.0 };
    for (at, node) in stage.nodes.iter().enumerate() {
        if node.unit > next {
            blocks.push(dots());
        }
        next = node.unit + 1;
        let ports = ports_of(net, stage) as f64 * pitch / 2.0;
        let own = if let NodeKind::Layer(_) = stage.kind { PILL / 2.0 + PAD } else { PILL / 2.0 };
        let below = own + LINE * lines_below(node) as f64;
        blocks.push(Block { slot: Slot::Here(at), above: own.max(ports), below: below.max(ports) });
    }
    if stage.left_out > 0 && blocks.iter().all(|block| matches!(block.slot, Slot::Here(_))) {
        blocks.push(dots());
    }
    blocks
}

/// Lines below a unit: its target and its error signal.
fn lines_below(node: &Node) -> usize {
    let target = node.target.as_ref().is_some_and(|part| !part.room.is_empty());
    usize::from(target) + usize::from(node.signal.is_some())
}

/// Evenly over the height.
fn spread(blocks: &[Block], inner: f64, need: f64) -> Vec<(Slot, f64)> {
    let share = (inner - need) / blocks.len().max(1) as f64;
    let mut y = TOP + share / 2.0;
    let mut rows = Vec::new();
    for block in blocks {
        rows.push((block.slot, y + block.above));
        y += block.above + block.below + GAP + share;
    }
    rows
}

/// The loss stands level with its outputs.
fn centre_the_loss(stages: &mut [Vec<(Slot, f64)>]) {
    let [.., outputs, loss] = stages else { return };
    if let (Some((_, first)), Some((_, last))) = (outputs.first(), outputs.last())
        && let [(_, y)] = loss.as_mut_slice()
    {
        *y = first.midpoint(*last);
    }
}

/// Ports of each unit of a stage, one of them for those that are left out.
fn ports_of(net: &FigureNet, stage: &NodeColumn) -> usize {
    let Some(first) = stage.nodes.first() else { return 0 };
    let NodeKind::Layer(layer) = stage.kind else { return 0 };
    ports(net, layer, first.unit).len()
}

/// The ports of a unit from top to bottom.
pub(super) fn ports(net: &FigureNet, layer: u32, unit: u32) -> Vec<Slot> {
    let left_out = left_out_before(net, layer);
    let mut slots = Vec::new();
    let mut next = 0;
    let mut has_dots = false;
    let is_own = |edge: &Edge| edge.layer == layer && edge.to == unit;
    for (at, edge) in net.edges.iter().enumerate().filter(|(_, edge)| is_own(edge)) {
        let skips = edge.from.is_none_or(|from| from > next);
        if left_out > 0 && skips && !has_dots {
            slots.push(Slot::Dots);
            has_dots = true;
        }
        next = edge.from.map_or(next, |from| from + 1);
        slots.push(Slot::Here(at));
    }
    if left_out > 0 && !has_dots {
        slots.push(Slot::Dots);
    }
    slots
}

/// Units that are left out of the stage in front of a layer.
fn left_out_before(net: &FigureNet, layer: u32) -> usize {
    let at = net.stages.iter().position(|stage| stage.kind == NodeKind::Layer(layer));
    at.and_then(|at| at.checked_sub(1)).map_or(0, |before| net.stages[before].left_out)
}
