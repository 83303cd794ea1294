//! A network whose weights are too many to be written on their wires: its units
//! in columns with their values, the wires between two columns joined in a trunk,
//! and the path of the chain lit on them. The last row has the weights on it.
//!
//! ```text
//!  x1 ─╮╭▶ z1 ───╮╭▶ f
//!  1   ├┤  0.37  ├┤  0.75
//!  x2 ─╯╰▶ z2 ───╯
//! ```

use super::canvas::{Canvas, Pen};
use super::glyph::{LEFT, RIGHT, WireLine};
use super::headings::layer_headings;
use super::inks::Inks;
use super::overview::weights;
use super::posts::{Post, Posts};
use super::texts::width;
use super::{FigureRequest, HEADING_ROWS, TextDrawing, lit};
use crate::document::figure::Light;
use crate::math::Role;
use crate::name::{Name, Symbol};
use crate::num;

/// The row of headings and that of weights.
const AROUND: usize = 2;

/// Draws the lanes, if they fit: as high as the request at most, as wide as they
/// are for every step.
pub fn lanes(request: &FigureRequest) -> Option<TextDrawing> {
    let height = request.height.checked_sub(AROUND)?;
    let posts = Posts::of(request, height)?;
    let width = posts.width();
    let canvas = Canvas::blank(posts.rows + HEADING_ROWS, width);
    let inks = Inks { figure: request.figure };
    let mut painter = Painter { request, inks, posts: &posts, canvas };
    painter.headings();
    for stage in 0..posts.stages.len() {
        painter.units(stage);
        if stage > 0 {
            painter.wires(stage);
        }
    }
    painter.couplings();
    painter.numbers();
    let mut rows = painter.canvas.rows(lit(request), request.ascii);
    // The empty row below the headings is used by nothing.
    rows.remove(1);
    rows.push(weights(request));
    Some(TextDrawing { rows, width })
}

struct Painter<'a> {
    request: &'a FigureRequest<'a>,
    inks: Inks<'a>,
    posts: &'a Posts,
    canvas: Canvas,
}

impl Painter<'_> {
    fn headings(&mut self) {
        let stages = &self.posts.stages;
        for (at, stage) in stages.iter().enumerate() {
            let end = stages.get(at + 1).map_or(self.posts.width(), |next| next.left - 1);
            let texts = self.heading(at, stage.count);
            if let Some(text) = texts.iter().find(|text| stage.left + width(text) <= end) {
                self.canvas.write(0, stage.left, text, Role::Heading);
            }
        }
    }

    fn heading(&self, stage: usize, count: usize) -> Vec<String> {
        let depth = self.posts.stages.len() - 2;
        match stage.checked_sub(1) {
            None => vec![if count == 1 { "input" } else { "inputs" }.to_owned(), "in".to_owned()],
            Some(layer) if layer == depth => vec!["loss".to_owned()],
            Some(layer) => layer_headings(self.request, layer as u32),
        }
    }

    fn units(&mut self, at: usize) {
        let stage = &self.posts.stages[at];
        for post in &stage.posts {
            let role = self.inks.role(&post.symbols);
            self.canvas.write(post.row + HEADING_ROWS, stage.left, &post.name, role);
            for (below, (label, name)) in post.values.iter().enumerate() {
                let Some(text) = self.request.figure.text(*name) else { continue };
                let row = post.row + 1 + below + HEADING_ROWS;
                let role = self.inks.role_of(*name);
                if stage.labels > 0 {
                    self.canvas.write(row, stage.left, label, role);
                }
                let column = stage.left + stage.labels + stage.decimals.indent(&text);
                self.canvas.write(row, column, &text, role);
            }
            if let Some((layer, unit)) = post.unit.filter(|_| self.posts.per_unit > 2) {
                self.within(at, layer, unit, post.row);
            }
        }
        if let Some(row) = stage.more {
            let dots = if self.request.ascii { "..." } else { "…" };
            let text = format!("{dots} {} more", num::count(stage.count - stage.posts.len()));
            self.canvas.write(row + HEADING_ROWS, stage.left, &text, Role::Faint);
        }
    }

    /// Beside the values of a unit, where the link inside it is lit.
    fn within(&mut self, stage: usize, layer: u32, unit: u32, row: usize) {
        let symbols = [Symbol::In { layer, unit }, Symbol::Out { layer, unit }];
        let line = self.inks.line(Name::derivative(symbols[1], symbols[0]), &symbols);
        if self.request.figure.highlight.lamps.is_empty() || line == WireLine::Light {
            return;
        }
        let column = self.posts.stages[stage].right() + self.posts.bracket;
        let mut pen = Pen { canvas: &mut self.canvas, line };
        pen.drop(column, row + 1, row + 2);
        pen.arm(row + 1, column, LEFT);
        pen.arm(row + 2, column, LEFT);
    }

    /// From what enters one unit to what another puts out, where an activation couples
    /// them and that is the current link.
    fn couplings(&mut self) {
        let lamps = &self.request.figure.highlight.lamps;
        let current = lamps.iter().filter(|lamp| lamp.light == Light::Current);
        let links = current.filter_map(|lamp| {
            let Name::Derivative { of, by } = lamp.factor else { return None };
            let (Symbol::Out { layer, unit: to }, Symbol::In { unit: from, .. }) = (of, by) else {
                return None;
            };
            (to != from).then_some((layer as usize + 1, from, to))
        });
        // Where units have one value below them, the trunk stands in that column.
        let links: Vec<_> = links.filter(|_| self.posts.per_unit > 2).collect();
        for (stage, from, to) in links {
            let stage = &self.posts.stages[stage];
            let row = |at: u32| stage.posts.iter().find(|post| post.at == at).map(|post| post.row);
            let (Some(from), Some(to)) = (row(from), row(to)) else { continue };
            let column = stage.right() + self.posts.bracket;
            let mut pen = Pen { canvas: &mut self.canvas, line: WireLine::Current };
            pen.drop(column, from + 1, to + 2);
            pen.arm(from + 1, column, LEFT);
            pen.arm(to + 2, column, LEFT);
        }
    }

    /// From the units of the stage before to those of this one, over the trunk.
    fn wires(&mut self, at: usize) {
        let (before, stage) = (&self.posts.stages[at - 1], &self.posts.stages[at]);
        let collect = before.right() + self.posts.collect;
        let tip = stage.left - 2;
        for source in &before.posts {
            for target in &stage.posts {
                let line = self.line(source, target);
                let back = self.inks.is_back(line);
                let start = before.left + width(&source.name) + 1;
                let mut pen = Pen { canvas: &mut self.canvas, line };
                if stage.trunk == source.row && stage.trunk == target.row {
                    pen.run(source.row, start, tip);
                } else {
                    pen.run(source.row, start, collect);
                    pen.arm(source.row, collect, LEFT);
                    pen.drop(collect, source.row, stage.trunk);
                    pen.arm(stage.trunk, collect, RIGHT);
                    pen.run(stage.trunk, collect + 1, collect + 1);
                    pen.arm(stage.trunk, collect + 1, LEFT);
                    pen.drop(collect + 1, stage.trunk, target.row);
                    pen.arm(target.row, collect + 1, RIGHT);
                    pen.run(target.row, collect + 2, tip);
                }
                if back {
                    pen.arrow_back(source.row, start);
                    pen.run(target.row, tip, tip + 1);
                }
            }
        }
        for target in &stage.posts {
            let lines = before.posts.iter().map(|source| self.line(source, target));
            let line = lines.max().unwrap_or_default();
            // Where the pass runs back, no head points forward.
            if !self.inks.is_back(line) {
                Pen { canvas: &mut self.canvas, line }.arrow(target.row, tip);
            }
        }
    }

    /// How bright the wire between two units is: as the brighter one of its links,
    /// along it and from its weight.
    fn line(&self, from: &Post, to: &Post) -> WireLine {
        let Some((layer, unit)) = to.unit else {
            let [.., out] = from.symbols[..] else { return WireLine::Light };
            return self.inks.line(Name::loss_by(out), &[out, Symbol::Loss]);
        };
        let own = Symbol::In { layer, unit };
        let weight = Symbol::Weight { layer, from: from.at, to: unit };
        let along =
            self.inks.line(Name::derivative(own, Symbol::source(layer, from.at)), &[weight]);
        along.max(self.inks.line(Name::derivative(own, weight), &[weight]))
    }

    /// The numbers of the terms that are known or current, each on its link.
    fn numbers(&mut self) {
        for lamp in self.request.figure.highlight.lamps.clone() {
            let Some(number) = lamp.number.filter(|_| lamp.light >= Light::Known) else { continue };
            let text = num::count(number);
            let Some((row, column)) = self.spot(lamp.factor).filter(|_| text.len() == 1) else {
                continue;
            };
            let role = if lamp.light == Light::Current { Role::New } else { Role::Known };
            self.canvas.write(row + HEADING_ROWS, column, &text, role);
        }
    }

    /// Where the number of a factor stands.
    fn spot(&self, factor: Name) -> Option<(usize, usize)> {
        let Name::Derivative { of, by } = factor else { return None };
        let find = |stage: usize, at: u32| {
            let stage = self.posts.stages.get(stage)?;
            Some((stage, stage.posts.iter().find(|post| post.at == at)?))
        };
        let behind = |stage: usize, at: u32| {
            let (stage, post) = find(stage, at)?;
            let column = stage.left + width(&post.name) + 2;
            (column <= stage.right()).then_some((post.row, column))
        };
        match (of, by) {
            (Symbol::Loss | Symbol::Out { .. }, Symbol::In { layer, unit }) => {
                let (stage, post) = find(layer as usize + 1, unit)?;
                self.posts
                    .is_loose
                    .then_some((post.row + 2, stage.right() + self.posts.bracket + 1))
            }
            (Symbol::Loss, Symbol::Out { layer, unit }) => behind(layer as usize + 1, unit),
            (Symbol::In { layer, .. }, Symbol::Out { unit, .. } | Symbol::Input(unit)) => {
                behind(layer as usize, unit)
            }
            (Symbol::In { layer, unit }, Symbol::Weight { .. }) => {
                let (stage, post) = find(layer as usize + 1, unit)?;
                Some((post.row, stage.left - 2))
            }
            _ => None,
        }
    }
}
