//! Every node, wire and label put in its place.

use compact_str::CompactString;

use super::columns::{BESIDE, PAD, PaperColumn, columns};
use super::metrics::DIGIT;
use super::rows::{LINE, PILL, PaperRows, Slot, ports};
use super::{Anchor, Arrow, Drawing, PaperItem, PaperShape, PaperText, Piece, Seg, What};
use crate::document::figure::{
    Direction, Edge, FigureNet, Light, Node, NodeColumn, NodeKind, NodeValue, Side,
};
use crate::name::{Name, Symbol};
use crate::num;

/// Sizes of names, of numbers, and of what is written small.
pub(super) const NAME: f64 = 14.0;
pub(super) const VALUE: f64 = 12.0;
pub(super) const SMALL: f64 = 11.0;

/// Baseline of the headings.
const HEADING: f64 = 20.0;

pub(super) fn drawing(net: &FigureNet) -> Drawing {
    let rows = PaperRows::of(net);
    let (columns, width) = columns(net, &rows);
    let mut place = PaperPlace { net, rows: &rows, columns: &columns, items: Vec::new() };
    for (at, stage) in net.stages.iter().enumerate() {
        place.stage(at, stage);
    }
    for edge in &net.edges {
        place.edge(edge);
    }
    place.couplings();
    place.ends();
    for number in &net.numbers {
        place.number(number);
    }
    let mut items = place.items;
    // Later ones lie on top: the brighter a wire, the higher.
    items.sort_by_key(|item| (depth(item.what), item.light));
    Drawing { width, height: rows.height, items, has_light: net.has_light }
}

const fn depth(what: What) -> u8 {
    match what {
        What::Unit => 0,
        What::Wire | What::Lead | What::Within => 1,
        What::Part | What::Weight | What::Gradient | What::Signal | What::Target => 2,
        What::Heading | What::Dots => 3,
        What::Number => 4,
    }
}

/// What stands above a column.
pub(super) fn heading_pieces(stage: &NodeColumn) -> Vec<Piece> {
    let mut pieces = vec![Piece::Words(stage.heading.clone())];
    if let Some(activation) = stage.activation {
        pieces.extend([Piece::Words(", ".to_owned()), Piece::Function(activation)]);
    }
    pieces
}

/// `∂L/∂W11 = 0.0024`
pub(super) fn gradient_pieces(part: &NodeValue, text: &CompactString) -> Vec<Piece> {
    let equals = Piece::Words(" = ".to_owned());
    vec![Piece::Label(part.label.clone()), equals, Piece::Number(text.clone())]
}

/// A number in front of its point, and from there on.
pub(super) fn split_at_point(text: &str) -> (&str, &str) {
    text.split_at(text.find(['.', 'e']).unwrap_or(text.len()))
}

pub(super) struct PaperPlace<'a> {
    pub(super) net: &'a FigureNet,
    pub(super) rows: &'a PaperRows,
    pub(super) columns: &'a [PaperColumn],
    items: Vec<PaperItem>,
}

impl PaperPlace<'_> {
    pub(super) fn add(
        &mut self,
        what: What,
        name: Option<Name>,
        light: Light,
        shapes: Vec<PaperShape>,
    ) {
        let links = if what == What::Within { name.into_iter().collect() } else { Vec::new() };
        self.items.push(PaperItem { what, name, links, light, shapes });
    }

    // --- nodes

    fn stage(&mut self, at: usize, stage: &NodeColumn) {
        let column = self.columns[at];
        let pieces = heading_pieces(stage);
        let heading = text(column.middle(), HEADING, Anchor::Middle, SMALL, pieces);
        self.add(What::Heading, None, Light::Quiet, vec![heading]);
        if let NodeKind::Gap(_) = stage.kind {
            let dots = vec![Piece::Words("⋯".to_owned())];
            let y = self.rows.middle();
            let dots = text(column.middle(), y + 5.0, Anchor::Middle, 2.0 * NAME, dots);
            self.add(What::Dots, None, Light::Quiet, vec![dots]);
        }
        for &(slot, y) in &self.rows.stages[at] {
            match slot {
                Slot::Here(node) => self.node(stage, &stage.nodes[node], column, y),
                Slot::Dots => {
                    let beside = column.right - PAD - column.pill / 2.0;
                    let x = if stage.coupled { beside } else { column.middle() };
                    self.dots(x, y, Some(stage.left_out));
                }
            }
        }
    }

    fn dots(&mut self, x: f64, y: f64, count: Option<usize>) {
        let dots = vec![Piece::Words("⋮".to_owned())];
        let mut shapes = vec![text(x, y + 2.0, Anchor::Middle, NAME, dots)];
        if let Some(count) = count {
            let words = vec![Piece::Words(format!("{} more", num::count(count)))];
            shapes.push(text(x, y + 17.0, Anchor::Middle, SMALL, words));
        } else if let Some(PaperShape::Text(dots)) = shapes.first_mut() {
            dots.y = y + 5.0;
        }
        self.add(What::Dots, None, Light::Quiet, shapes);
    }

    fn node(&mut self, stage: &NodeColumn, node: &Node, column: PaperColumn, y: f64) {
        let is_unit = matches!(stage.kind, NodeKind::Layer(_));
        if is_unit {
            let height = PILL + 2.0 * PAD;
            let lights = node.parts.iter().map(|part| part.light);
            let light = lights.max().unwrap_or_default();
            let width = column.right - column.left;
            let (x, top) = (column.left, y - height / 2.0);
            let shape = PaperShape::Pill { x, y: top, width, height, radius: 14.0 };
            self.add(What::Unit, None, light, vec![shape]);
        }
        for part in &node.parts {
            let left = match (is_unit, part.side) {
                (false, _) => column.left,
                (true, Side::In) => column.left + PAD,
                (true, Side::Out | Side::Beside) => column.right - PAD - column.pill,
            };
            self.part(part, left, column.pill, y);
        }
        if let Some(within) = &node.within {
            let from = (column.left + PAD + column.pill, y);
            let to = (column.right - PAD - column.pill, y);
            let path = self.path(from, vec![Seg::Line(to)], within.light, true);
            self.add(What::Within, Some(within.name), within.light, vec![path]);
        }
        let mut line = y + PILL / 2.0 + PAD + 13.0;
        for (what, part) in [(What::Target, &node.target), (What::Signal, &node.signal)] {
            let Some(part) = part.as_ref().filter(|part| !part.room.is_empty()) else { continue };
            if let Some(value) = &part.text {
                let pieces = gradient_pieces(part, value);
                let beside = column.right - PAD - column.pill + BESIDE;
                let (x, anchor) = match stage.coupled {
                    true => (beside, Anchor::Start),
                    false => (column.middle(), Anchor::Middle),
                };
                let shape = text(x, line, anchor, SMALL, pieces);
                self.add(what, Some(part.name), part.light, vec![shape]);
            }
            line += LINE;
        }
    }

    fn part(&mut self, part: &NodeValue, left: f64, width: f64, y: f64) {
        let pill =
            PaperShape::Pill { x: left, y: y - PILL / 2.0, width, height: PILL, radius: 11.0 };
        let middle = left + width / 2.0;
        let lift = if part.text.is_some() { 0.0 } else { 8.0 };
        let name = vec![Piece::Label(part.label.clone())];
        let mut shapes = vec![pill, text(middle, y - 4.0 + lift, Anchor::Middle, NAME, name)];
        if let Some(value) = &part.text {
            let value = vec![Piece::Number(value.clone())];
            shapes.push(text(middle, y + 14.0, Anchor::Middle, VALUE, value));
        }
        self.add(What::Part, Some(part.name), part.light, shapes);
    }

    // --- edges

    /// Where a stage stands.
    pub(super) fn stage_of(&self, kind: NodeKind) -> Option<usize> {
        self.net.stages.iter().position(|stage| stage.kind == kind)
    }

    /// Where a unit of a stage stands.
    pub(super) fn row_of(&self, stage: usize, unit: u32) -> Option<f64> {
        let nodes = &self.net.stages[stage].nodes;
        self.rows.stages[stage].iter().find_map(|&(slot, y)| match slot {
            Slot::Here(at) => (nodes[at].unit == unit).then_some(y),
            Slot::Dots => None,
        })
    }

    fn edge(&mut self, edge: &Edge) {
        let Some(stage) = self.stage_of(NodeKind::Layer(edge.layer)) else { return };
        let Some(unit) = self.row_of(stage, edge.to) else { return };
        let column = self.columns[stage];
        let slots = ports(self.net, edge.layer, edge.to);
        for (port, slot) in slots.iter().enumerate() {
            let y = self.rows.port(unit, port, slots.len());
            match slot {
                Slot::Here(at) if std::ptr::eq(&raw const self.net.edges[*at], edge) => {
                    self.port(edge, stage, column, (y, unit));
                }
                // With the bias or the last weight, once for a unit.
                Slot::Dots if is_last(self.net, edge) => {
                    self.dots(column.point, y, None);
                }
                Slot::Here(_) | Slot::Dots => {}
            }
        }
    }

    /// The wire to a port, its label, and the lead to the unit.
    fn port(&mut self, edge: &Edge, stage: usize, column: PaperColumn, (y, unit): (f64, f64)) {
        if let (Some(from), Some(along)) = (edge.from, &edge.along) {
            let before = self.columns[stage - 1];
            let source = self.row_of(stage - 1, from).unwrap_or(self.rows.middle());
            let start = (before.right, source);
            let segs = wire(start, before.exit, column.wires_end, (column.label - 5.0, y));
            let arrow = self.arrow(along.light, false);
            let path = PaperShape::Path { from: start, segs, arrow };
            self.items.push(PaperItem {
                what: What::Wire,
                name: Some(along.name),
                links: vec![along.name],
                light: along.light,
                shapes: vec![path],
            });
        }
        let along = edge.along.as_ref().map_or(Light::Quiet, |along| along.light);
        let light = along.max(edge.into.light);
        let start = (column.number_end + 5.0, y);
        let segs = wire(start, column.bend, column.left - 7.0, (column.left, unit));
        // A link along the weight has its head at the unit that it leads back to.
        let is_back = self.net.direction == Direction::Backward && light > Light::Quiet;
        let arrow = match (is_back, edge.into.light > Light::Quiet) {
            (true, true) => Arrow::Start,
            (true, false) => Arrow::None,
            (false, _) => Arrow::End,
        };
        let links = edge.along.iter().map(|link| link.name).chain([edge.into.name]).collect();
        let shapes = vec![PaperShape::Path { from: start, segs, arrow }];
        let name = Some(edge.into.name);
        self.items.push(PaperItem { what: What::Lead, name, links, light, shapes });
        self.label(edge, column, y);
    }

    fn label(&mut self, edge: &Edge, column: PaperColumn, y: f64) {
        let line = y + 4.5;
        let name = vec![Piece::Label(edge.value.label.clone())];
        let mut shapes = vec![text(column.label, line, Anchor::Start, NAME, name)];
        if let Some(value) = &edge.value.text {
            // Lined up at the points: so much of it stands behind.
            let (_, fraction) = split_at_point(value);
            let digits = fraction.chars().count().saturating_sub(1) as f64 * DIGIT;
            let behind = if fraction.is_empty() { 0.0 } else { (digits + 0.28) * VALUE };
            let value = vec![Piece::Number(value.clone())];
            shapes.push(text(column.point + behind, line, Anchor::End, VALUE, value));
        }
        self.add(What::Weight, Some(edge.value.name), edge.value.light, shapes);
        if let Some(value) = &edge.gradient.text {
            let pieces = gradient_pieces(&edge.gradient, value);
            let shape = text(column.label, y + 19.0, Anchor::Start, SMALL, pieces);
            self.add(What::Gradient, Some(edge.gradient.name), edge.gradient.light, vec![shape]);
        }
    }

    /// From the outputs to the loss.
    fn ends(&mut self) {
        let Some(loss) = self.stage_of(NodeKind::Loss) else { return };
        let (Some(&(_, y)), column) = (self.rows.stages[loss].first(), self.columns[loss]) else {
            return;
        };
        let before = self.columns[loss - 1];
        for end in &self.net.ends {
            let Name::Derivative { by: Symbol::Out { unit, .. }, .. } = end.name else { continue };
            let Some(row) = self.row_of(loss - 1, unit) else { continue };
            let start = (before.right, row);
            let segs = wire(start, before.exit, column.left - 7.0, (column.left, y));
            let arrow = self.arrow(end.light, true);
            let shapes = vec![PaperShape::Path { from: start, segs, arrow }];
            self.items.push(PaperItem {
                what: What::Wire,
                name: Some(end.name),
                links: vec![end.name],
                light: end.light,
                shapes,
            });
        }
    }

    /// Between the units of a coupled layer.
    fn couplings(&mut self) {
        for link in &self.net.couplings {
            let Name::Derivative { of: Symbol::Out { layer, unit: to }, by } = link.name else {
                continue;
            };
            let Symbol::In { unit: from, .. } = by else { continue };
            let Some(stage) = self.stage_of(NodeKind::Layer(layer)) else { continue };
            let column = self.columns[stage];
            let (Some(a), Some(b)) = (self.row_of(stage, from), self.row_of(stage, to)) else {
                continue;
            };
            let start = (column.left + PAD + column.pill, a);
            let end = (column.right - PAD - column.pill, b);
            let segs = wire(start, start.0, end.0, end);
            let arrow = self.arrow(link.light, true);
            let shapes = vec![PaperShape::Path { from: start, segs, arrow }];
            self.items.push(PaperItem {
                what: What::Within,
                name: Some(link.name),
                links: vec![link.name],
                light: link.light,
                shapes,
            });
        }
    }

    fn path(&self, from: (f64, f64), segs: Vec<Seg>, light: Light, head: bool) -> PaperShape {
        PaperShape::Path { from, segs, arrow: self.arrow(light, head) }
    }

    /// The head of a wire: a pass that runs backwards points back.
    fn arrow(&self, light: Light, head: bool) -> Arrow {
        let is_back = self.net.direction == Direction::Backward && light > Light::Quiet;
        match (is_back, head) {
            (true, _) => Arrow::Start,
            (false, true) => Arrow::End,
            (false, false) => Arrow::None,
        }
    }
}

/// Whether an edge is the last one into its unit.
fn is_last(net: &FigureNet, edge: &Edge) -> bool {
    let same = |other: &&Edge| other.layer == edge.layer && other.to == edge.to;
    net.edges.iter().rfind(same).is_some_and(|last| std::ptr::eq(&raw const *last, edge))
}

/// A line that leaves and arrives level.
fn wire(start: (f64, f64), bend: f64, rest: f64, end: (f64, f64)) -> Vec<Seg> {
    if (start.1 - end.1).abs() < 0.5 {
        return vec![Seg::Line(end)];
    }
    let middle = bend.midpoint(rest);
    let mut segs = Vec::new();
    if bend > start.0 {
        segs.push(Seg::Line((bend, start.1)));
    }
    segs.push(Seg::Curve((middle, start.1), (middle, end.1), (rest, end.1)));
    if end.0 > rest {
        segs.push(Seg::Line(end));
    }
    segs
}

fn text(x: f64, y: f64, anchor: Anchor, size: f64, pieces: Vec<Piece>) -> PaperShape {
    PaperShape::Text(PaperText { x, y, anchor, size, pieces })
}
