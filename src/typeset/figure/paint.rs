//! Every text and wire put in its place. The places are decided by then, and
//! which glyph a wire has is decided later.

use super::canvas::{Canvas, Pen};
use super::columns::{ARROW, FigureColumns, GRADIENT_MARK, INPUT_COLUMN, TRACK_STEP};
use super::glyph::{LEFT, RIGHT, WireLine};
use super::headings::headings;
use super::inks::Inks;
use super::rows::FigureRows;
use super::texts::{Decimals, Texts, name_of, unit_name, unit_values, width};
use super::{FigureRequest, HEADING_ROWS};
use crate::document::figure::{Light, ports};
use crate::math::Role;
use crate::name::{Name, Symbol};
use crate::num;

pub(super) struct FigurePainter<'a> {
    pub(super) request: &'a FigureRequest<'a>,
    pub(super) inks: Inks<'a>,
    pub(super) texts: &'a Texts,
    pub(super) columns: &'a FigureColumns,
    pub(super) rows: &'a FigureRows,
    pub(super) canvas: Canvas,
}

impl FigurePainter<'_> {
    pub(super) fn paint(&mut self) {
        self.headings();
        self.inputs();
        for layer in 0..self.request.figure.network().depth() {
            self.wires(layer);
            self.labels(layer);
            self.units(layer);
        }
        self.loss();
        self.numbers();
    }

    // --- texts

    fn headings(&mut self) {
        let headings = headings(self.request, self.columns);
        for (at, heading) in headings.iter().enumerate() {
            let end = headings.get(at + 1).map_or(self.columns.width, |next| next.column - 1);
            let fits = |text: &&String| heading.column + width(text) <= end;
            if let Some(text) = heading.texts.iter().find(fits) {
                self.canvas.write(0, heading.column, text, Role::Heading);
            }
        }
    }

    fn inputs(&mut self) {
        let column = INPUT_COLUMN;
        let decimals = self.texts.inputs.value;
        for (&row, unit) in self.rows.units[0].iter().zip(0..) {
            let symbol = Symbol::Input(unit);
            self.write(row, column, &name_of(self.request, symbol), &[symbol]);
            self.number(row + 1, column, symbol.into(), decimals);
        }
    }

    fn labels(&mut self, layer: u32) {
        let at = layer as usize;
        let texts = &self.texts.layers[at];
        let decimals = texts.weight;
        let columns = &self.columns.layers[at];
        for (&row, unit) in self.rows.units[at + 1].iter().zip(0..) {
            for (port, symbol) in ports(self.request.figure.network(), layer, unit).enumerate() {
                if self.columns.style.weight_names {
                    let name = name_of(self.request, symbol);
                    self.write(row + port, columns.label, &name, &[symbol]);
                }
                self.number(row + port, columns.number, symbol.into(), decimals);
                let gradient = Name::loss_by(symbol);
                if let Some(column) = columns.gradient
                    && self.number(row + port, column, gradient, texts.gradient)
                {
                    let sign = if self.request.ascii { "d" } else { "∂" };
                    let role = self.inks.role(&[symbol]);
                    let column = column - GRADIENT_MARK;
                    self.canvas.write(row + port + HEADING_ROWS, column + 1, sign, role);
                }
            }
        }
    }

    fn units(&mut self, layer: u32) {
        let at = layer as usize;
        let decimals = self.texts.layers[at].units.value;
        let columns = &self.columns.layers[at];
        for (&row, unit) in self.rows.units[at + 1].iter().zip(0..) {
            let name = unit_name(self.request, layer, unit);
            let symbols = [Symbol::In { layer, unit }, Symbol::Out { layer, unit }];
            self.write(row, columns.unit, &name, &symbols);
            let values = unit_values(self.request, layer, unit).into_iter();
            let named = self.columns.style.value_names;
            self.within(layer, unit, row);
            // Without names, the target could be taken for a value of the unit.
            let shown = values.take(if named { usize::MAX } else { symbols.len() });
            for (below, (name, value)) in shown.enumerate() {
                let row = row + 1 + below;
                if row < self.rows.count
                    && self.number(row, columns.value, value, decimals)
                    && named
                {
                    let role = self.inks.role_of(value);
                    self.canvas.write(row + HEADING_ROWS, columns.unit, &name, role);
                }
            }
        }
    }

    /// Writes a value if it is known.
    fn number(&mut self, row: usize, column: usize, name: Name, decimals: Decimals) -> bool {
        let Some(text) = self.request.figure.text(name) else { return false };
        let role = self.inks.role_of(name);
        self.canvas.write(row + HEADING_ROWS, column + decimals.indent(&text), &text, role);
        true
    }

    /// Writes a text that is on the path if one of these symbols is.
    fn write(&mut self, row: usize, column: usize, text: &str, symbols: &[Symbol]) {
        let role = self.inks.role(symbols);
        self.canvas.write(row + HEADING_ROWS, column, text, role);
    }

    // --- wires

    /// From the stage before to the units of a layer.
    fn wires(&mut self, layer: u32) {
        let at = layer as usize;
        let sources = self.rows.units[at].clone();
        for (&unit_row, unit) in self.rows.units[at + 1].iter().zip(0..) {
            let ports = ports(self.request.figure.network(), layer, unit);
            for (port, symbol) in ports.enumerate() {
                let own = Symbol::In { layer, unit };
                let into = self.inks.line(Name::derivative(own, symbol), &[symbol]);
                let mut along = WireLine::Light;
                if let Some(&source_row) = sources.get(port) {
                    let link = Name::derivative(own, Symbol::source(layer, port as u32));
                    along = self.inks.line(link, &[symbol]);
                    self.wire_to_label(layer, port, source_row, unit_row + port, along);
                }
                self.wire_to_unit(layer, unit_row + port, unit_row, along.max(into), into);
            }
        }
    }

    /// From a source over its track to the label on one of its ports.
    fn wire_to_label(
        &mut self,
        layer: u32,
        source: usize,
        source_row: usize,
        port_row: usize,
        line: WireLine,
    ) {
        let columns = &self.columns.layers[layer as usize];
        let track = columns.tracks + TRACK_STEP * self.rows.tracks[layer as usize][source];
        let start = self.behind_name(layer, source as u32);
        let is_back = self.inks.is_back(line);
        let mut pen = Pen { canvas: &mut self.canvas, line };
        if is_back {
            pen.arrow_back(source_row, start);
        }
        pen.run(source_row, start, track);
        pen.arm(source_row, track, LEFT);
        pen.drop(track, source_row, port_row);
        pen.arm(port_row, track, RIGHT);
        pen.run(port_row, track + 1, columns.label - 1);
    }

    /// From a label over the bar to the arrowhead in front of the unit.
    /// Where it is lit as the link from the weight itself, it points back at that.
    fn wire_to_unit(
        &mut self,
        layer: u32,
        port_row: usize,
        unit_row: usize,
        line: WireLine,
        into: WireLine,
    ) {
        let columns = &self.columns.layers[layer as usize];
        let label_end = columns.label_end;
        let is_back = self.inks.is_back(into) && label_end + 1 < columns.bar;
        let leads_back = self.inks.is_back(line);
        let mut pen = Pen { canvas: &mut self.canvas, line };
        if is_back {
            pen.arrow_back(port_row, label_end + 1);
        }
        pen.run(port_row, label_end + 1, columns.bar);
        pen.arm(port_row, columns.bar, LEFT);
        pen.drop(columns.bar, port_row, unit_row);
        pen.arm(unit_row, columns.bar, RIGHT);
        pen.run(unit_row, columns.bar + 1, columns.unit - ARROW);
        if leads_back {
            pen.arm(unit_row, columns.unit - ARROW, LEFT);
            pen.arrow_back(unit_row, columns.unit - ARROW);
        } else {
            pen.arrow(unit_row, columns.unit - ARROW);
        }
    }

    /// The column where the wire of a source of this layer begins.
    fn behind_name(&self, layer: u32, source: u32) -> usize {
        match layer.checked_sub(1) {
            None => {
                let name = name_of(self.request, Symbol::Input(source));
                INPUT_COLUMN + width(&name) + 1
            }
            Some(before) => {
                let name = unit_name(self.request, before, source);
                self.columns.layers[before as usize].unit + width(&name) + 1
            }
        }
    }

    /// From the outputs to the loss, and the loss itself.
    fn loss(&mut self) {
        let depth = self.request.figure.network().depth();
        let outputs = self.rows.units[depth as usize].clone();
        let loss_row = loss_row(&outputs);
        let tip = self.columns.loss - ARROW;
        for (&row, unit) in outputs.iter().zip(0..) {
            let out = Symbol::Out { layer: depth - 1, unit };
            let line = self.inks.line(Name::loss_by(out), &[out, Symbol::Loss]);
            let start = self.behind_name(depth, unit);
            let is_back = self.inks.is_back(line);
            let mut pen = Pen { canvas: &mut self.canvas, line };
            if let Some(bar) = self.columns.loss_bar {
                pen.run(row, start, bar);
                pen.arm(row, bar, LEFT);
                pen.drop(bar, row, loss_row);
                pen.arm(loss_row, bar, RIGHT);
                pen.run(loss_row, bar + 1, tip);
            } else {
                pen.run(row, start, tip);
            }
            if is_back {
                pen.arrow_back(row, start);
                pen.run(loss_row, tip, tip + 1);
            } else {
                pen.arrow(loss_row, tip);
            }
        }
        let name = name_of(self.request, Symbol::Loss);
        self.write(loss_row, self.columns.loss, &name, &[Symbol::Loss]);
        let decimals = self.texts.loss.value;
        self.number(loss_row + 1, self.columns.loss, Symbol::Loss.into(), decimals);
    }

    /// Beside the values of a unit, from the one to the other, if it is lit.
    fn within(&mut self, layer: u32, unit: u32, row: usize) {
        let symbols = [Symbol::In { layer, unit }, Symbol::Out { layer, unit }];
        let link = Name::derivative(symbols[1], symbols[0]);
        let line = self.inks.line(link, &symbols);
        if self.request.figure.highlight.lamps.is_empty() || line == WireLine::Light {
            return;
        }
        let layer = layer as usize;
        let values = &self.texts.layers[layer].units;
        let column = self.columns.layers[layer].value + values.value.width() + 1;
        let is_back = self.inks.is_back(line);
        let mut pen = Pen { canvas: &mut self.canvas, line };
        pen.drop(column + 1, row + 1, row + 2);
        let (tip, start) = if is_back { (row + 1, row + 2) } else { (row + 2, row + 1) };
        pen.run(start, column, column + 1);
        pen.arm(start, column + 1, LEFT);
        pen.arrow_back(tip, column);
        pen.arm(tip, column + 1, LEFT);
    }

    /// The numbers of the terms that are known or current, each on its link.
    fn numbers(&mut self) {
        for lamp in self.request.figure.highlight.lamps.clone() {
            let Some(number) = lamp.number.filter(|_| lamp.light >= Light::Known) else { continue };
            let Some((row, column)) = self.spot(lamp.factor) else { continue };
            let role = if lamp.light == Light::Current { Role::New } else { Role::Known };
            self.canvas.write(row + HEADING_ROWS, column, &num::count(number), role);
        }
    }

    /// Where the number of a factor stands.
    fn spot(&self, factor: Name) -> Option<(usize, usize)> {
        let Name::Derivative { of, by } = factor else { return None };
        let row = |layer: u32, unit: u32| self.rows.units[layer as usize + 1][unit as usize];
        match (of, by) {
            (Symbol::Loss | Symbol::Out { .. }, Symbol::In { layer, unit }) => {
                let at = layer as usize;
                let values = self.texts.layers[at].units.value.width();
                Some((row(layer, unit) + 2, self.columns.layers[at].value + values + 3))
            }
            (Symbol::Loss, Symbol::Out { layer, unit }) => {
                Some((row(layer, unit), self.behind_name(layer + 1, unit) + 2))
            }
            (Symbol::In { layer, unit }, by) => {
                let columns = &self.columns.layers[layer as usize];
                let mut ports = ports(self.request.figure.network(), layer, unit);
                let port = ports.position(|port| {
                    port == by
                        || matches!(
                            (port, by),
                            (
                                Symbol::Weight { from, .. },
                                Symbol::Out { unit: source, .. } | Symbol::Input(source),
                            ) if from == source
                        )
                })?;
                let is_parameter = matches!(by, Symbol::Weight { .. } | Symbol::Bias { .. });
                let behind = columns.label_end + 2;
                let column = if is_parameter { behind } else { columns.label - 2 };
                // In the tightest drawings the wire is too short for a number.
                let fits = !is_parameter || column < columns.bar;
                fits.then_some((row(layer, unit) + port, column))
            }
            _ => None,
        }
    }
}

/// The row of the loss: in the middle of the outputs, but, to keep the joints
/// at three arms, not on the row of one between others.
fn loss_row(outputs: &[usize]) -> usize {
    let (first, last) = (outputs[0], outputs[outputs.len() - 1]);
    let middle = first.midpoint(last);
    let is_between = middle != first && middle != last;
    if is_between && outputs.contains(&middle) { middle + 1 } else { middle }
}
