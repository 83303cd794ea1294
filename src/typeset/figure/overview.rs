//! A network that is too large to draw: its layers as columns of units, those
//! on the path marked, the others as far as there is room.

use compact_str::{CompactString, format_compact};

use super::FigureRequest;
use super::headings::layer_headings;
use super::texts::{Decimals, name_of, unit_name, width};
use crate::document::figure::{Direction, Light};
use crate::math::Role;
use crate::name::{Name, Spelling, Symbol};
use crate::num;
use crate::typeset::Span;

/// The layers as columns, as far as the space allows: rows that are not wider
/// than the request's width. Always fits, if need be by saying nothing. The
/// last row has the weights on the path.
pub fn overview(request: &FigureRequest) -> Vec<Vec<Span>> {
    let mut columns = Vec::new();
    for style in [Style::Both, Style::Latest] {
        let stages = 0..request.figure.network().layers.len() + 2;
        columns = stages.map(|stage| Column::of(request, style, stage)).collect();
        let gaps = GAP * (columns.len() - 1);
        if columns.iter().map(|column| column.width).sum::<usize>() + gaps <= request.width {
            break;
        }
    }
    let mut rows: Vec<Vec<Span>> = vec![Vec::new(); units_height(request) + 1];
    let (first, last) = shown(&columns, request.width);
    let mut at = 0;
    if first > 0 {
        at = put(&mut rows, &[gap(request)], 0, at);
    }
    for column in &columns[first..last] {
        at = put(&mut rows, &column.cells, column.width, at);
    }
    if last < columns.len() {
        put(&mut rows, &[gap(request)], 0, at);
    }
    while rows.last().is_some_and(Vec::is_empty) {
        rows.pop();
    }
    rows.push(weights(request));
    rows.truncate(request.height);
    rows
}

/// What is said of a unit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// What enters it and what it puts out.
    Both,
    /// The one that was computed last.
    Latest,
}

/// Rows for units, below the headings and above the weights.
const fn units_height(request: &FigureRequest) -> usize {
    request.height.saturating_sub(2)
}

/// The weights and biases on the path, as many as fit.
pub(super) fn weights(request: &FigureRequest) -> Vec<Span> {
    let mut text = current(request);
    for &symbol in &request.figure.highlight.path {
        let (Symbol::Weight { .. } | Symbol::Bias { .. }) = symbol else { continue };
        let Some(value) = request.figure.text(symbol.into()) else { continue };
        let part = format!("  {} {value}", name_of(request, symbol));
        if width(&text) + width(&part) + 5 > request.width {
            text.push_str(if request.ascii { "  ..." } else { "  …" });
            break;
        }
        text.push_str(&part);
    }
    vec![Span::new(text, Role::New)]
}

/// The link that is being shown, with its number, or what all is about.
fn current(request: &FigureRequest) -> String {
    let highlight = &request.figure.highlight;
    let spelling = Spelling { greek: !request.ascii, signals: true, formed: false };
    let spelled = |name: Name| request.figure.network().naming().spelled(name, spelling).text();
    // On the way forward several links lead to one value.
    let current = highlight.current().filter(|_| highlight.direction == Direction::Backward);
    match (current, highlight.about) {
        (Some(lamp), _) => {
            let number = lamp.number.map(|at| format!("{}: ", num::count(at)));
            format!("  {}{}", number.unwrap_or_default(), spelled(lamp.factor))
        }
        // It stands with its number already.
        (None, Some(Name::Value(symbol)))
            if highlight.path.contains(&symbol) && is_weight(symbol) =>
        {
            String::new()
        }
        (None, Some(name)) => format!("  {}", spelled(name)),
        (None, None) => String::new(),
    }
}

const fn is_weight(symbol: Symbol) -> bool {
    matches!(symbol, Symbol::Weight { .. } | Symbol::Bias { .. })
}

/// Columns between two columns.
const GAP: usize = 2;

/// What stands for columns that are left out.
fn gap(request: &FigureRequest) -> Vec<Span> {
    let dots = if request.ascii { "..." } else { "…" };
    vec![Span::new(dots, Role::Faint)]
}

/// Which columns are shown: all, or those around the first one on the path,
/// before all what leads on from it.
fn shown(columns: &[Column], width: usize) -> (usize, usize) {
    let all: usize = columns.iter().map(|column| column.width).sum();
    if all + GAP * (columns.len() - 1) <= width {
        return (0, columns.len());
    }
    let focus = columns.iter().position(|column| column.is_active).unwrap_or(0);
    // Dots at both ends take as much as a gap each.
    let mut used = columns[focus].width + 2 * (GAP + 3);
    let (mut first, mut last) = (focus, focus + 1);
    loop {
        let after = columns.get(last).map(|column| column.width + GAP);
        let before = first.checked_sub(1).map(|at| columns[at].width + GAP);
        if let Some(more) = after.filter(|more| used + more <= width) {
            (used, last) = (used + more, last + 1);
        } else if let Some(more) = before.filter(|more| used + more <= width) {
            (used, first) = (used + more, first - 1);
        } else {
            return (first, last);
        }
    }
}

/// Adds a column to the rows from a place on; returns where the next begins.
fn put(rows: &mut [Vec<Span>], cells: &[Vec<Span>], column: usize, at: usize) -> usize {
    let at = if at == 0 { 0 } else { at + GAP };
    let mut widest = column;
    for (row, cell) in rows.iter_mut().zip(cells) {
        let used: usize = row.iter().map(|span| width(&span.text)).sum();
        row.push(Span::blanks(at - used.min(at)));
        widest = widest.max(cell.iter().map(|span| width(&span.text)).sum());
        row.extend(cell.iter().cloned());
    }
    at + widest
}

/// The inputs, a layer, or the loss.
struct Column {
    cells: Vec<Vec<Span>>,
    width: usize,
    is_active: bool,
}

/// A unit: its name, and the values it has.
struct Unit {
    name: CompactString,
    values: Vec<Symbol>,
}

impl Column {
    fn of(request: &FigureRequest, style: Style, stage: usize) -> Self {
        let count = count(request, stage);
        let unit = |at: usize| unit(request, stage, at as u32);
        let is_on_path = |unit: &Unit| {
            unit.values.iter().any(|symbol| request.figure.highlight.path.contains(symbol))
        };
        let room = units_height(request);
        // Where units are left out, a row says so.
        let places = if count <= room {
            (0..count).collect()
        } else {
            places(request, stage, count, room.saturating_sub(1))
        };
        let units: Vec<Unit> = places.iter().map(|&at| unit(at)).collect();
        let texts = Texts::of(request, style, &units);
        let mut cells = vec![vec![Span::new(heading(request, stage, count), Role::Heading)]];
        cells.extend(units.iter().map(|unit| texts.cell(request, unit, is_on_path(unit))));
        if places.len() < count {
            let dots = if request.ascii { "..." } else { "…" };
            let text = format!("  {dots} {} more", num::count(count - places.len()));
            cells.push(vec![Span::new(text, Role::Faint)]);
        }
        let widths = cells.iter().map(|cell| cell.iter().map(|span| width(&span.text)).sum());
        let width = widths.max().unwrap_or(0).max(texts.width());
        Self { cells, width, is_active: units.iter().any(is_on_path) }
    }
}

pub(super) fn count(request: &FigureRequest, stage: usize) -> usize {
    match stage.checked_sub(1) {
        None => request.figure.network().inputs(),
        Some(layer) => request.figure.network().layers.get(layer).map_or(1, |layer| layer.units()),
    }
}

fn unit(request: &FigureRequest, stage: usize, unit: u32) -> Unit {
    let depth = request.figure.network().layers.len();
    match stage.checked_sub(1) {
        None => {
            let symbol = Symbol::Input(unit);
            Unit { name: name_of(request, symbol), values: vec![symbol] }
        }
        Some(layer) if layer == depth => {
            Unit { name: name_of(request, Symbol::Loss), values: vec![Symbol::Loss] }
        }
        Some(layer) => {
            let at = layer as u32;
            let values = vec![Symbol::In { layer: at, unit }, Symbol::Out { layer: at, unit }];
            Unit { name: unit_name(request, at, unit), values }
        }
    }
}

fn heading(request: &FigureRequest, stage: usize, count: usize) -> String {
    let depth = request.figure.network().layers.len();
    let indent = "  ";
    match stage.checked_sub(1) {
        None => format!("{indent}{}", if count == 1 { "input" } else { "inputs" }),
        Some(layer) if layer == depth => format!("{indent}loss"),
        Some(layer) => {
            let title = layer_headings(request, layer as u32).swap_remove(0);
            format!("{indent}{title}")
        }
    }
}

/// Which units are shown: those on the path, and the first ones.
pub(super) fn places(
    request: &FigureRequest,
    stage: usize,
    count: usize,
    room: usize,
) -> Vec<usize> {
    let mut places: Vec<usize> =
        request.figure.highlight.path.iter().filter_map(|&symbol| place(stage, symbol)).collect();
    places.sort_unstable();
    places.dedup();
    places.truncate(room);
    let spare = room - places.len();
    // An input that is 0 does nothing.
    let is_nothing = |at: &usize| {
        let symbol = Symbol::Input(*at as u32);
        stage == 0 && request.figure.text(symbol.into()).is_some_and(|text| text == "0")
    };
    let some = (0..count).filter(|at| !is_nothing(at));
    let ordered = some.chain((0..count).filter(is_nothing));
    let others: Vec<usize> = ordered.filter(|at| !places.contains(at)).take(spare).collect();
    places.extend(others);
    places.sort_unstable();
    places
}

/// Where a symbol stands in a stage, if it does.
fn place(stage: usize, symbol: Symbol) -> Option<usize> {
    match symbol {
        Symbol::Input(input) if stage == 0 => Some(input as usize),
        Symbol::In { layer, unit } | Symbol::Out { layer, unit } if stage == layer as usize + 1 => {
            Some(unit as usize)
        }
        Symbol::Input(_)
        | Symbol::In { .. }
        | Symbol::Out { .. }
        | Symbol::Target(_)
        | Symbol::Weight { .. }
        | Symbol::Bias { .. }
        | Symbol::Term(_)
        | Symbol::Loss
        | Symbol::Rate
        | Symbol::Risk => None,
    }
}

/// How wide the texts of a column are, whether they are known or not.
struct Texts {
    style: Style,
    name: usize,
    values: Vec<Decimals>,
}

/// In front of a unit: whether it is on the path.
const MARK: usize = 2;

/// What the one value of a unit is called.
const CALLED: [&str; 2] = [" in", "out"];

impl Texts {
    fn of(request: &FigureRequest, style: Style, units: &[Unit]) -> Self {
        let name = units.iter().map(|unit| width(&unit.name)).max().unwrap_or(0);
        let parts = units.iter().map(|unit| unit.values.len()).max().unwrap_or(0);
        let values = (0..parts).map(|part| {
            let symbols = units.iter().filter_map(|unit| unit.values.get(part));
            let names = symbols.map(|&symbol| Name::Value(symbol));
            let texts = names.flat_map(|name| request.figure.texts(name));
            texts.fold(Decimals::default(), |all, text| all.with(&text))
        });
        Self { style, name, values: values.collect() }
    }

    fn width(&self) -> usize {
        let widths = || self.values.iter().map(|decimals| decimals.width());
        let values = match self.style {
            Style::Both => widths().sum::<usize>() + ARROW * self.values.len().saturating_sub(1),
            Style::Latest if self.values.len() > 1 => 4 + widths().max().unwrap_or(0),
            Style::Latest => widths().sum(),
        };
        MARK + self.name + 1 + values
    }

    fn cell(&self, request: &FigureRequest, unit: &Unit, is_active: bool) -> Vec<Span> {
        let role = role(request, unit, is_active);
        let mark = match (is_active, request.ascii) {
            (true, true) => "> ",
            (true, false) => "▸ ",
            (false, _) => "  ",
        };
        let name = self.name;
        let values = match self.style {
            Style::Both => self.both(request, unit),
            Style::Latest => self.latest(request, unit),
        };
        let mut text = format!("{mark}{:name$} {values}", unit.name);
        text.truncate(text.trim_end().len());
        let mut cell = vec![Span::new(text, role)];
        if self.style == Style::Both {
            cell.extend(target(request, unit));
        }
        cell
    }

    /// `-0.53 → 0.3705`, as far as it is known.
    fn both(&self, request: &FigureRequest, unit: &Unit) -> CompactString {
        let mut text = CompactString::default();
        for (at, (&symbol, decimals)) in unit.values.iter().zip(&self.values).enumerate() {
            let Some(value) = request.figure.text(symbol.into()) else { break };
            if at > 0 {
                text.push_str(if request.ascii { " -> " } else { " → " });
            }
            let indent = decimals.indent(&value);
            text.push_str(&" ".repeat(indent));
            let rest = decimals.width().saturating_sub(indent);
            text.push_str(&format_compact!("{value:rest$}"));
        }
        text
    }

    /// `out 0.3705`, or before that is known ` in -0.53`.
    fn latest(&self, request: &FigureRequest, unit: &Unit) -> CompactString {
        let known = unit.values.iter().zip(CALLED).rev().find_map(|(&symbol, called)| {
            let value = request.figure.text(symbol.into())?;
            Some((value, called))
        });
        match known {
            Some((value, called)) if unit.values.len() > 1 => format_compact!("{called} {value}"),
            Some((value, _)) => value,
            None => CompactString::default(),
        }
    }
}

/// What a unit is to the reader: as its brightest value.
fn role(request: &FigureRequest, unit: &Unit, is_active: bool) -> Role {
    let figure = request.figure;
    let highlight = &figure.highlight;
    if highlight.lamps.is_empty() {
        return match (is_active, highlight.path.is_empty()) {
            (true, _) => Role::New,
            (false, true) => Role::Plain,
            (false, false) => Role::Faint,
        };
    }
    let lights = unit.values.iter().map(|&symbol| highlight.value(figure.network(), symbol));
    match lights.max().unwrap_or_default() {
        Light::Quiet => Role::Faint,
        Light::Ahead => Role::Plain,
        Light::Known => Role::Known,
        Light::Current => Role::New,
    }
}

/// Columns of an arrow between two values.
const ARROW: usize = 3;

/// What an output should be.
fn target(request: &FigureRequest, unit: &Unit) -> Option<Span> {
    let Some(&Symbol::Out { layer, unit }) = unit.values.last() else { return None };
    let network = request.figure.network();
    if !network.naming().is_output(layer) || !request.figure.has_targets() {
        return None;
    }
    let target = Symbol::Target(unit);
    let value = request.figure.text(target.into())?;
    Some(Span::new(format!("  ({} {value})", name_of(request, target)), Role::Faint))
}
