//! A drawing of a fully connected network: its layers in columns from left to
//! right, every weight written on its wire, and a path through it in heavy
//! lines.
//!
//! The number of a weight stands where the weight is used: in front of the unit
//! it leads to. There each unit has one row (a *port*) per incoming weight and
//! one for its bias, and a vertical *bar* joins them. What a unit puts out runs
//! to a vertical *track* of its own, and from there to one port of each unit of
//! the next layer:
//!
//! ```text
//!  x1 ──┬──── W11 -0.07 ─┬─▶ z1
//!       │ ╭── W21  0.22 ─┤
//!       │ │   b1  -0.46 ─╯
//! ```
//!
//! Wires that meet belong together: a joint always has three arms. Where two
//! strange wires cross, one passes under the other and shows a gap, so that no
//! glyph with four arms is ever drawn.

use crate::math::Role;
use crate::name::{Name, Spelling, Symbol};
use crate::network::Network;
use crate::network::loss::Targets;

/// What to draw, and into what space.
pub struct Request<'a> {
    /// The network.
    pub network: &'a Network,
    /// The text of a value that is known by now; nothing stands for any other.
    pub value: &'a dyn Fn(Name) -> Option<String>,
    /// A text as wide as `value` will ever give. Drawings with the same `room`
    /// have the same size and every part in the same place.
    pub room: &'a dyn Fn(Name) -> Option<String>,
    /// What is drawn heavy: weights and biases stand for their wires, units for
    /// their names and values, `L` for the wire from the outputs on the path.
    pub path: &'a [Symbol],
    /// Columns at hand.
    pub width: usize,
    /// Rows at hand.
    pub height: usize,
    /// Whether to draw with ASCII alone.
    pub ascii: bool,
}

/// A drawing. No row is wider than `width`, and none ends in blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// From top to bottom.
    pub rows: Vec<Vec<Piece>>,
    /// Columns that it needs once every value is known.
    pub width: usize,
}

/// A stretch of a row that means one thing to the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Text, one column per character.
    pub text: String,
    /// What it is.
    pub role: Role,
}

/// Draws a network, as roomy as the space allows; `None` where it does not fit.
///
/// Costs next to nothing for a network that is far too large.
pub fn draw(request: &Request) -> Option<Figure> {
    let stages = stages(request.network);
    let height = request.height.checked_sub(HEADING_ROWS)?;
    if least_rows(&stages) > height || least_columns(&stages) > request.width {
        return None;
    }
    let texts = Texts::of(request);
    let columns = STYLES
        .iter()
        .map(|style| Columns::of(&stages, &texts, style))
        .find(|columns| columns.width <= request.width)?;
    let rows = Rows::of(&stages, height)?;
    let canvas = Canvas::blank(rows.count + HEADING_ROWS, columns.width);
    let mut painter = Painter { request, texts: &texts, columns: &columns, rows: &rows, canvas };
    painter.paint();
    Some(painter.canvas.figure(request))
}

/// The headings and an empty row.
const HEADING_ROWS: usize = 2;

// ---------------------------------------------------------------------------
// What there is to draw
// ---------------------------------------------------------------------------

/// The inputs (stage 0) or a layer: units that stand below one another.
struct Stage {
    units: usize,
    /// Rows of a unit: its ports, or its name and values.
    unit_rows: usize,
    /// Units or inputs of the stage before.
    sources: usize,
}

/// Rows of a unit's name, `in` and `out`.
const UNIT_ROWS: usize = 3;

/// Rows of an input's name and value.
const INPUT_ROWS: usize = 2;

fn stages(network: &Network) -> Vec<Stage> {
    let inputs = Stage { units: network.inputs(), unit_rows: INPUT_ROWS, sources: 0 };
    let layers = network.layers.iter().zip(0..).map(|(layer, at)| {
        let has_target = network.naming().is_output(at) && has_targets(network);
        let ports = layer.inputs() + usize::from(layer.biases.is_some());
        let values = UNIT_ROWS + usize::from(has_target);
        Stage { units: layer.units(), unit_rows: ports.max(values), sources: layer.inputs() }
    });
    std::iter::once(inputs).chain(layers).collect()
}

fn has_targets(network: &Network) -> bool {
    network.loss.targets != Targets::Unused
}

impl Stage {
    /// Rows of all units with `gap` empty rows between them.
    fn rows(&self, gap: usize) -> usize {
        self.units * (self.unit_rows + gap) - gap
    }

    /// Units touch only among the inputs, where no ports could be mixed up.
    fn least_gap(&self) -> usize {
        usize::from(self.sources > 0)
    }
}

fn least_rows(stages: &[Stage]) -> usize {
    stages.iter().map(|stage| stage.rows(stage.least_gap())).max().unwrap_or(0)
}

/// Columns below which nothing fits: the tracks, and a digit and a bar a layer.
fn least_columns(stages: &[Stage]) -> usize {
    stages.iter().map(|stage| 2 * stage.sources + 2).sum()
}

// ---------------------------------------------------------------------------
// Rows: where units stand, and which track is whose
// ---------------------------------------------------------------------------

/// Where everything is from top to bottom, without the headings.
#[derive(Clone)]
struct Rows {
    count: usize,
    /// Per stage and unit, the row of its name, which is that of its first port.
    units: Vec<Vec<usize>>,
    /// Per layer and source, which track from the left is its.
    tracks: Vec<Vec<usize>>,
}

/// Rows that may be added where the wires are clearer with them.
const MOST_SPARE_ROWS: usize = 3;

/// Places tried for the units of a stage, the most balanced ones.
const MOST_PLACES: usize = 80;

/// Empty rows between units, at most.
const MOST_GAP: usize = 4;

/// Price of what makes a drawing worse. A fault would make it ambiguous.
mod price {
    pub(super) const FAULT: usize = 10_000;
    pub(super) const ROW: usize = 8;
    pub(super) const SHARED_ROW: usize = 10;
    pub(super) const CROSSING: usize = 3;
    pub(super) const BEND: usize = 3;
    pub(super) const LEAN: usize = 2;
    pub(super) const INPUTS_LEAN: usize = 1;
    pub(super) const GAP: usize = 1;
}

impl Rows {
    /// The clearest arrangement; `None` if all are ambiguous.
    fn of(stages: &[Stage], height: usize) -> Option<Self> {
        let least = least_rows(stages);
        (least..=height.min(least + MOST_SPARE_ROWS))
            .map(|count| (Self::within(stages, count), (count - least) * price::ROW))
            .map(|((cost, rows), extra)| (cost + extra, rows))
            .filter(|(cost, _)| *cost < price::FAULT)
            .min_by_key(|(cost, _)| *cost)
            .map(|(_, rows)| rows)
    }

    /// The best places of all stages and their price: the shortest way through
    /// the stages, since the price of a place depends on the stage before only.
    fn within(stages: &[Stage], count: usize) -> (usize, Self) {
        let places: Vec<Vec<Place>> = stages.iter().map(|stage| places(stage, count)).collect();
        let mut ways: Vec<Vec<Way>> =
            vec![places[0].iter().map(|place| Way { cost: place.cost, before: 0 }).collect()];
        for pair in places.windows(2) {
            let reached = &ways[ways.len() - 1];
            ways.push(pair[1].iter().map(|place| Way::to(place, &pair[0], reached)).collect());
        }
        let last = &ways[ways.len() - 1];
        let mut at = (0..last.len()).min_by_key(|&at| last[at].cost).unwrap_or(0);
        let cost = last[at].cost;
        let mut units = Vec::new();
        for (places, ways) in places.iter().zip(&ways).rev() {
            units.push(places[at].units.clone());
            at = ways[at].before;
        }
        units.reverse();
        let channels = units.windows(2).map(|pair| Channel { sources: &pair[0], units: &pair[1] });
        let tracks = channels.map(|channel| channel.tracks().0).collect();
        (cost, Self { count, units, tracks })
    }
}

/// A way to place the units of a stage.
struct Place {
    units: Vec<usize>,
    cost: usize,
}

/// The cheapest way to a place, and the place of the stage before on it.
struct Way {
    cost: usize,
    before: usize,
}

impl Way {
    fn to(place: &Place, before: &[Place], reached: &[Self]) -> Self {
        let ways = before.iter().zip(reached).enumerate().map(|(before, (source, way))| {
            let channel = Channel { sources: &source.units, units: &place.units };
            Self { cost: way.cost + place.cost + channel.tracks().1, before }
        });
        // There is a place: a stage has no more rows than the drawing.
        ways.min_by_key(|way| way.cost).unwrap_or(Self { cost: price::FAULT, before: 0 })
    }
}

/// Ways to place the units of a stage, the most balanced first.
fn places(stage: &Stage, count: usize) -> Vec<Place> {
    let mut places =
        if stage.sources == 0 { input_places(stage, count) } else { layer_places(stage, count) };
    places.sort_by_key(|place| place.cost);
    places.truncate(MOST_PLACES);
    places
}

/// Units at equal distances.
fn layer_places(stage: &Stage, count: usize) -> Vec<Place> {
    let mut places = Vec::new();
    let gaps = if stage.units == 1 { 1..=1 } else { stage.least_gap()..=MOST_GAP };
    for gap in gaps {
        let Some(spare) = count.checked_sub(stage.rows(gap)) else { break };
        for top in 0..=spare {
            let units = (0..stage.units).map(|k| top + k * (stage.unit_rows + gap)).collect();
            let cost = price::LEAN * spare.abs_diff(2 * top) + price::GAP * gap;
            places.push(Place { units, cost });
        }
    }
    places
}

/// Inputs spread between any two rows: with no ports of their own, they can
/// stand where their wires run best.
fn input_places(stage: &Stage, count: usize) -> Vec<Place> {
    let mut places = Vec::new();
    let steps = stage.units - 1;
    let last = count - INPUT_ROWS;
    for first in 0..=last {
        let reaches = if steps == 0 { 0..=0 } else { steps * INPUT_ROWS..=last - first };
        for reach in reaches {
            let units = (0..=steps).map(|j| first + spread(j * reach, steps)).collect();
            let cost = price::INPUTS_LEAN * last.abs_diff(2 * first + reach);
            places.push(Place { units, cost });
        }
    }
    places
}

/// `part / whole`, rounded.
fn spread(part: usize, whole: usize) -> usize {
    (2 * part + whole) / (2 * whole).max(1)
}

/// The wires between two stages.
#[derive(Clone, Copy)]
struct Channel<'a> {
    /// Rows of the units that they come from.
    sources: &'a [usize],
    /// First port rows of the units that they lead to.
    units: &'a [usize],
}

impl Channel<'_> {
    /// Which track is whose, and the price of it all.
    ///
    /// Each source takes the track that is cheapest among those before it.
    fn tracks(self) -> (Vec<usize>, usize) {
        let mut order: Vec<usize> = Vec::new();
        let mut cost = 0;
        for source in 0..self.sources.len() {
            let price = |at: usize| -> usize {
                let left = order[..at].iter().map(|&other| self.price_of(other, source));
                let right = order[at..].iter().map(|&other| self.price_of(source, other));
                left.chain(right).sum()
            };
            let at = (0..=order.len()).rev().min_by_key(|&at| price(at)).unwrap_or(0);
            cost += price(at) + self.price_of_own(source);
            order.insert(at, source);
        }
        let mut tracks = vec![0; order.len()];
        for (track, &source) in order.iter().enumerate() {
            tracks[source] = track;
        }
        (tracks, cost)
    }

    /// Rows of the ports of a source, from top to bottom.
    fn ports(self, source: usize) -> impl DoubleEndedIterator<Item = usize> + Clone {
        self.units.iter().map(move |unit| unit + source)
    }

    /// Rows that the track of a source spans.
    fn span(self, source: usize) -> (usize, usize) {
        let row = self.sources[source];
        let (first, last) = (self.ports(source).next(), self.ports(source).next_back());
        (row.min(first.unwrap_or(row)), row.max(last.unwrap_or(row)))
    }

    /// The price of one track to the left of another.
    fn price_of(self, left: usize, right: usize) -> usize {
        let inside = |(top, bottom): (usize, usize), row: usize| row > top && row < bottom;
        let crossings = self.ports(left).filter(|&row| inside(self.span(right), row)).count()
            + usize::from(inside(self.span(left), self.sources[right]));
        let meets = |a: usize, b: usize| self.ports(b).any(|row| row == self.sources[a]);
        // Wires would lie on each other if the left track had a port on the row
        // on which the right one's source comes in. The other way round they
        // share a row, but not a place in it.
        let faults = usize::from(meets(right, left));
        let shared = usize::from(meets(left, right));
        crossings * price::CROSSING + faults * price::FAULT + shared * price::SHARED_ROW
    }

    /// The price of a source's own wires.
    fn price_of_own(self, source: usize) -> usize {
        let row = self.sources[source];
        let (top, bottom) = self.span(source);
        let straight = self.ports(source).any(|port| port == row);
        // It would be a joint of four arms.
        let fault = straight && top < row && row < bottom;
        usize::from(fault) * price::FAULT + usize::from(!straight) * price::BEND
    }
}

// ---------------------------------------------------------------------------
// Texts: names, and numbers aligned at their points
// ---------------------------------------------------------------------------

/// Every text of the drawing has its width here, known or not.
struct Texts {
    inputs: UnitTexts,
    layers: Vec<LayerTexts>,
    loss: UnitTexts,
}

struct LayerTexts {
    weight_name: usize,
    weight: Decimals,
    units: UnitTexts,
}

struct UnitTexts {
    name: usize,
    value_name: usize,
    value: Decimals,
}

/// The widest texts in front of a decimal point, and from it on.
#[derive(Clone, Copy, Default)]
struct Decimals {
    whole: usize,
    fraction: usize,
}

impl Decimals {
    fn of(text: &str) -> Self {
        let whole = text.find(['.', 'e']).unwrap_or(text.len());
        Self { whole, fraction: width(text) - whole.min(width(text)) }
    }

    fn with(self, text: &str) -> Self {
        let other = Self::of(text);
        Self { whole: self.whole.max(other.whole), fraction: self.fraction.max(other.fraction) }
    }

    const fn width(self) -> usize {
        self.whole + self.fraction
    }

    /// Columns in front of a text that is aligned with the others.
    fn indent(self, text: &str) -> usize {
        self.whole - Self::of(text).whole.min(self.whole)
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// The words in front of a unit's two values.
const IN: &str = "in";
const OUT: &str = "out";

impl Texts {
    fn of(request: &Request) -> Self {
        let network = request.network;
        let inputs: Vec<Symbol> = (0..network.inputs() as u32).map(Symbol::Input).collect();
        let layers = (0..network.depth()).map(|layer| LayerTexts::of(request, layer)).collect();
        Self {
            inputs: UnitTexts {
                name: widest(inputs.iter().map(|&symbol| name_of(request, symbol))),
                value_name: 0,
                value: decimals(request, inputs),
            },
            layers,
            loss: UnitTexts {
                name: width(&name_of(request, Symbol::Loss)),
                value_name: 0,
                value: decimals(request, vec![Symbol::Loss]),
            },
        }
    }
}

impl LayerTexts {
    fn of(request: &Request, layer: u32) -> Self {
        let network = request.network;
        let units = 0..network.units(layer) as u32;
        let ports: Vec<Symbol> =
            units.clone().flat_map(|unit| ports(network, layer, unit)).collect();
        let values: Vec<(String, Symbol)> =
            units.clone().flat_map(|unit| unit_values(request, layer, unit)).collect();
        Self {
            weight_name: widest(ports.iter().map(|&symbol| name_of(request, symbol))),
            weight: decimals(request, ports),
            units: UnitTexts {
                name: widest(units.map(|unit| unit_name(request, layer, unit))),
                value_name: widest(values.iter().map(|(name, _)| name.clone())),
                value: decimals(request, values.into_iter().map(|(_, symbol)| symbol).collect()),
            },
        }
    }
}

fn widest(texts: impl Iterator<Item = String>) -> usize {
    texts.map(|text| width(&text)).max().unwrap_or(0)
}

fn decimals(request: &Request, symbols: Vec<Symbol>) -> Decimals {
    let names = symbols.into_iter().map(Name::Value);
    let texts = names.flat_map(|name| [(request.room)(name), (request.value)(name)]);
    texts.flatten().fold(Decimals::default(), |decimals, text| decimals.with(&text))
}

fn name_of(request: &Request, symbol: Symbol) -> String {
    let spelling = Spelling { greek: !request.ascii, signals: false };
    request.network.naming().spelled(symbol.into(), spelling).to_string()
}

/// What `z1_in` and `z1_out` have in common.
fn unit_name(request: &Request, layer: u32, unit: u32) -> String {
    let name = name_of(request, Symbol::In { layer, unit });
    name.strip_suffix("_in").unwrap_or(&name).to_owned()
}

/// What enters a unit, from top to bottom.
fn ports(network: &Network, layer: u32, unit: u32) -> Vec<Symbol> {
    let shape = &network.layers[layer as usize];
    let weights = (0..shape.inputs() as u32).map(|from| Symbol::Weight { layer, from, to: unit });
    let bias = shape.biases.as_ref().map(|_| Symbol::Bias { layer, unit });
    weights.chain(bias).collect()
}

/// The values that stand below the name of a unit, and what they are called.
fn unit_values(request: &Request, layer: u32, unit: u32) -> Vec<(String, Symbol)> {
    let mut values = vec![
        (IN.to_owned(), Symbol::In { layer, unit }),
        (OUT.to_owned(), Symbol::Out { layer, unit }),
    ];
    if request.network.naming().is_output(layer) && has_targets(request.network) {
        values.push((name_of(request, Symbol::Target(unit)), Symbol::Target(unit)));
    }
    values
}

// ---------------------------------------------------------------------------
// Columns: where everything is from left to right
// ---------------------------------------------------------------------------

/// How much is written, and how much wire is drawn around it.
#[derive(Clone, Copy)]
struct Style {
    /// `W11 -0.07`, else `-0.07`.
    weight_names: bool,
    /// `in -0.53` and `out 0.3705`, else the numbers alone.
    value_names: bool,
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
const STYLES: [Style; 7] = [ROOMY, AIRY, SNUG, TIGHT, CRAMPED, WORDLESS, NAMELESS];

const ROOMY: Style = Style {
    weight_names: true,
    value_names: true,
    lead: 1,
    before_label: 3,
    after_label: 2,
    shaft: 1,
};
const AIRY: Style = Style { lead: 0, before_label: 2, ..ROOMY };
const SNUG: Style = Style { before_label: 1, after_label: 1, ..AIRY };
const TIGHT: Style = Style { after_label: 0, ..SNUG };
const CRAMPED: Style = Style { shaft: 0, ..TIGHT };
const WORDLESS: Style = Style { value_names: false, ..CRAMPED };
const NAMELESS: Style = Style { weight_names: false, ..WORDLESS };

/// Columns from one track to the next. Neighbours without a space would look
/// joined.
const TRACK_STEP: usize = 2;

/// Inputs stand at the left edge.
const INPUT_COLUMN: usize = 0;

struct Columns {
    style: Style,
    layers: Vec<LayerColumns>,
    /// Joins several outputs.
    loss_bar: Option<usize>,
    loss: usize,
    width: usize,
}

struct LayerColumns {
    /// The first track.
    tracks: usize,
    /// Names of weights.
    label: usize,
    /// Numbers of weights.
    number: usize,
    bar: usize,
    /// Names of units.
    unit: usize,
    /// Numbers of units.
    value: usize,
    /// Behind the units.
    end: usize,
}

impl Columns {
    fn of(stages: &[Stage], texts: &Texts, style: &Style) -> Self {
        let mut end = end_of_units(INPUT_COLUMN, INPUT_COLUMN, &texts.inputs);
        let mut layers = Vec::new();
        for (stage, texts) in stages[1..].iter().zip(&texts.layers) {
            let layer = LayerColumns::of(end, stage.sources, texts, style);
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

/// An arrowhead and a space.
const ARROW: usize = 2;

impl LayerColumns {
    fn of(before: usize, sources: usize, texts: &LayerTexts, style: &Style) -> Self {
        let tracks = before + 1 + style.lead;
        let label = tracks + TRACK_STEP * (sources - 1) + 1 + style.before_label + 1;
        let number = label + if style.weight_names { texts.weight_name + 1 } else { 0 };
        let bar = number + texts.weight.width() + 1 + style.after_label;
        let unit = bar + 1 + style.shaft + ARROW;
        let value = unit + if style.value_names { texts.units.value_name + 1 } else { 0 };
        let end = end_of_units(unit, value, &texts.units);
        Self { tracks, label, number, bar, unit, value, end }
    }
}

/// The column behind the values of units, and behind a space and some wire
/// after their names.
fn end_of_units(name: usize, value: usize, texts: &UnitTexts) -> usize {
    (name + texts.name + 1).max(value + texts.value.width())
}

// ---------------------------------------------------------------------------
// Painting
// ---------------------------------------------------------------------------

struct Painter<'a> {
    request: &'a Request<'a>,
    texts: &'a Texts,
    columns: &'a Columns,
    rows: &'a Rows,
    canvas: Canvas,
}

impl Painter<'_> {
    fn paint(&mut self) {
        self.headings();
        self.inputs();
        for layer in 0..self.request.network.depth() {
            self.wires(layer);
            self.labels(layer);
            self.units(layer);
        }
        self.loss();
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
            self.number(row + 1, column, symbol, decimals);
        }
    }

    fn labels(&mut self, layer: u32) {
        let at = layer as usize;
        let decimals = self.texts.layers[at].weight;
        let columns = &self.columns.layers[at];
        for (&row, unit) in self.rows.units[at + 1].iter().zip(0..) {
            for (port, symbol) in ports(self.request.network, layer, unit).into_iter().enumerate() {
                if self.columns.style.weight_names {
                    let name = name_of(self.request, symbol);
                    self.write(row + port, columns.label, &name, &[symbol]);
                }
                self.number(row + port, columns.number, symbol, decimals);
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
            // Without names, the target could be taken for a value of the unit.
            let shown = values.take(if named { usize::MAX } else { symbols.len() });
            for (below, (name, symbol)) in shown.enumerate() {
                let row = row + 1 + below;
                if self.number(row, columns.value, symbol, decimals) && named {
                    self.write(row, columns.unit, &name, &[symbol]);
                }
            }
        }
    }

    /// Writes a value if it is known.
    fn number(&mut self, row: usize, column: usize, symbol: Symbol, decimals: Decimals) -> bool {
        let Some(text) = (self.request.value)(symbol.into()) else { return false };
        self.write(row, column + decimals.indent(&text), &text, &[symbol]);
        true
    }

    /// Writes a text that is on the path if one of these symbols is.
    fn write(&mut self, row: usize, column: usize, text: &str, symbols: &[Symbol]) {
        let on_path = symbols.iter().any(|symbol| self.request.path.contains(symbol));
        let role = if on_path { Role::New } else { Role::Plain };
        self.canvas.write(row + HEADING_ROWS, column, text, role);
    }

    // --- wires

    /// From the stage before to the units of a layer.
    fn wires(&mut self, layer: u32) {
        let at = layer as usize;
        let sources = self.rows.units[at].clone();
        for (&unit_row, unit) in self.rows.units[at + 1].iter().zip(0..) {
            let ports = ports(self.request.network, layer, unit);
            for (port, &symbol) in ports.iter().enumerate() {
                let line = self.line(&[symbol]);
                if let Some(&source_row) = sources.get(port) {
                    self.wire_to_label(layer, port, source_row, unit_row + port, line);
                }
                self.wire_to_unit(layer, unit_row + port, unit_row, line);
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
        line: Line,
    ) {
        let columns = &self.columns.layers[layer as usize];
        let track = columns.tracks + TRACK_STEP * self.rows.tracks[layer as usize][source];
        let start = self.behind_name(layer, source as u32);
        let mut pen = Pen { canvas: &mut self.canvas, line };
        pen.run(source_row, start, track);
        pen.arm(source_row, track, LEFT);
        pen.drop(track, source_row, port_row);
        pen.arm(port_row, track, RIGHT);
        pen.run(port_row, track + 1, columns.label - 1);
    }

    /// From a label over the bar to the arrowhead in front of the unit.
    fn wire_to_unit(&mut self, layer: u32, port_row: usize, unit_row: usize, line: Line) {
        let columns = &self.columns.layers[layer as usize];
        let texts = &self.texts.layers[layer as usize];
        let label_end = columns.number + texts.weight.width();
        let mut pen = Pen { canvas: &mut self.canvas, line };
        pen.run(port_row, label_end + 1, columns.bar);
        pen.arm(port_row, columns.bar, LEFT);
        pen.drop(columns.bar, port_row, unit_row);
        pen.arm(unit_row, columns.bar, RIGHT);
        pen.run(unit_row, columns.bar + 1, columns.unit - ARROW);
        pen.arrow(unit_row, columns.unit - ARROW);
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
        let depth = self.request.network.depth();
        let outputs = self.rows.units[depth as usize].clone();
        let loss_row = loss_row(&outputs);
        let tip = self.columns.loss - ARROW;
        for (&row, unit) in outputs.iter().zip(0..) {
            let line = self.line(&[Symbol::Out { layer: depth - 1, unit }, Symbol::Loss]);
            let start = self.behind_name(depth, unit);
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
            pen.arrow(loss_row, tip);
        }
        let name = name_of(self.request, Symbol::Loss);
        self.write(loss_row, self.columns.loss, &name, &[Symbol::Loss]);
        let decimals = self.texts.loss.value;
        self.number(loss_row + 1, self.columns.loss, Symbol::Loss, decimals);
    }

    /// Heavy if all of these symbols are on the path.
    fn line(&self, symbols: &[Symbol]) -> Line {
        let on_path = symbols.iter().all(|symbol| self.request.path.contains(symbol));
        if on_path { Line::Heavy } else { Line::Light }
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

/// A heading and where it begins, in wordings from long to short.
struct Heading {
    column: usize,
    texts: Vec<String>,
}

fn headings(request: &Request, columns: &Columns) -> Vec<Heading> {
    let inputs = if request.network.inputs() == 1 { "input" } else { "inputs" };
    let mut headings = vec![Heading { column: INPUT_COLUMN, texts: vec![inputs.to_owned()] }];
    for (layer, at) in columns.layers.iter().zip(0..) {
        headings.push(Heading { column: layer.label, texts: layer_headings(request, at) });
    }
    headings.push(Heading { column: columns.loss, texts: vec!["loss".to_owned()] });
    headings
}

fn layer_headings(request: &Request, layer: u32) -> Vec<String> {
    let naming = request.network.naming();
    let activation = request.network.layers[layer as usize].activation;
    let function = if request.ascii { activation.key } else { activation.symbol };
    let title = if naming.is_output(layer) {
        "output".to_owned()
    } else if naming.is_deep() {
        format!("layer {}", layer + 1)
    } else {
        "hidden layer".to_owned()
    };
    vec![format!("{title}, {function}"), title]
}

// ---------------------------------------------------------------------------
// Canvas: text and wires
// ---------------------------------------------------------------------------

/// How an arm of a wire is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    #[default]
    None,
    Light,
    Heavy,
}

/// The four arms of a cell, from the top on clockwise.
type Arms = [Line; 4];

const UP: usize = 0;
const RIGHT: usize = 1;
const DOWN: usize = 2;
const LEFT: usize = 3;

#[derive(Clone, Copy, Default)]
struct Cell {
    arms: Arms,
    text: Option<(char, Role)>,
    arrow: bool,
}

struct Canvas {
    cells: Vec<Vec<Cell>>,
}

impl Canvas {
    fn blank(rows: usize, columns: usize) -> Self {
        Self { cells: vec![vec![Cell::default(); columns]; rows] }
    }

    fn write(&mut self, row: usize, column: usize, text: &str, role: Role) {
        for (cell, c) in self.cells[row][column..].iter_mut().zip(text.chars()) {
            cell.text = Some((c, role));
        }
    }

    fn figure(&self, request: &Request) -> Figure {
        let has_path = !request.path.is_empty();
        let rows = self.cells.iter().map(|row| {
            let used = row.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
            pieces(row[..used].iter().map(|cell| cell.shown(has_path, request.ascii)))
        });
        Figure { rows: rows.collect(), width: self.cells.first().map_or(0, Vec::len) }
    }
}

/// Joins neighbours of one role; blanks go with what is in front of them.
fn pieces(cells: impl Iterator<Item = (char, Role)>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (c, role) in cells {
        match pieces.last_mut() {
            Some(last) if last.role == role || c == ' ' => last.text.push(c),
            Some(_) | None => pieces.push(Piece { text: c.to_string(), role }),
        }
    }
    pieces
}

impl Cell {
    fn is_blank(&self) -> bool {
        self.text.is_none() && self.arms == Arms::default()
    }

    fn shown(&self, has_path: bool, ascii: bool) -> (char, Role) {
        if let Some(text) = self.text {
            return text;
        }
        let arms = over_and_under(self.arms);
        let role = if arms.contains(&Line::Heavy) {
            Role::New
        } else if has_path && arms != Arms::default() {
            Role::Faint
        } else {
            Role::Plain
        };
        let glyph = match (self.arrow, ascii) {
            (true, true) => '>',
            (true, false) => '▶',
            (false, _) => glyph(arms, ascii),
        };
        (glyph, role)
    }
}

/// Where two wires cross, only the upper one is seen: the heavier one, or the
/// vertical one.
fn over_and_under(arms: Arms) -> Arms {
    if arms.contains(&Line::None) {
        arms
    } else if arms[LEFT] > arms[UP] {
        [Line::None, arms[RIGHT], Line::None, arms[LEFT]]
    } else {
        [arms[UP], Line::None, arms[DOWN], Line::None]
    }
}

/// Draws wires of one weight; rows count without the headings.
struct Pen<'a> {
    canvas: &'a mut Canvas,
    line: Line,
}

impl Pen<'_> {
    /// A horizontal wire through the columns from `from` up to `to`.
    fn run(&mut self, row: usize, from: usize, to: usize) {
        for column in from..to {
            self.arm(row, column, LEFT);
            self.arm(row, column, RIGHT);
        }
    }

    /// A vertical wire between two rows.
    fn drop(&mut self, column: usize, a: usize, b: usize) {
        for row in a.min(b)..a.max(b) {
            self.arm(row, column, DOWN);
            self.arm(row + 1, column, UP);
        }
    }

    fn arrow(&mut self, row: usize, column: usize) {
        self.arm(row, column, LEFT);
        self.canvas.cells[row + HEADING_ROWS][column].arrow = true;
    }

    /// An arm, at least this heavy.
    fn arm(&mut self, row: usize, column: usize, arm: usize) {
        let arm = &mut self.canvas.cells[row + HEADING_ROWS][column].arms[arm];
        *arm = self.line.max(*arm);
    }
}

/// Glyphs by the arms they have (1 up, 2 right, 4 down, 8 left), each by which
/// of these arms are heavy, counted in binary in the same order.
const GLYPHS: [&str; 15] = [
    " ",
    "╵╹",
    "╶╺",
    "╰┖┕┗",
    "╷╻",
    "│╿╽┃",
    "╭┍┎┏",
    "├┞┝┡┟┠┢┣",
    "╴╸",
    "╯┚┙┛",
    "─╼╾━",
    "┴┸┶┺┵┹┷┻",
    "╮┒┑┓",
    "┤┦┧┨┥┩┪┫",
    "┬┮┰┲┭┯┱┳",
];

/// The glyph of a wire that goes through a cell.
fn glyph(arms: Arms, ascii: bool) -> char {
    let mut shape = 0;
    let mut heavy = 0;
    let mut count = 0;
    for (at, line) in arms.into_iter().enumerate() {
        if line != Line::None {
            shape |= 1 << at;
            heavy |= usize::from(line == Line::Heavy) << count;
            count += 1;
        }
    }
    if ascii {
        ascii_glyph(arms)
    } else {
        GLYPHS.get(shape).and_then(|glyphs| glyphs.chars().nth(heavy)).unwrap_or('?')
    }
}

/// Corners and joints are `+`; what is heavy is `=` and `#`.
fn ascii_glyph(arms: Arms) -> char {
    let [vertical, horizontal] = [arms[UP].max(arms[DOWN]), arms[LEFT].max(arms[RIGHT])];
    match (vertical, horizontal) {
        (Line::None, Line::None) => ' ',
        (Line::None, Line::Light) => '-',
        (Line::None, Line::Heavy) => '=',
        (Line::Light, Line::None) => '|',
        (Line::Heavy, Line::None) => '#',
        (Line::Light | Line::Heavy, Line::Light | Line::Heavy) => '+',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Activation, Layer, Loss, Matrix};
    use crate::num;

    const X: [f64; 5] = [1.0, 0.0, 0.05, 0.1, -1.5];

    /// The lecture's numbers first, so that 2-2-1 is its network.
    const FIRST: [f64; 9] = [-0.07, 0.94, 0.22, 0.46, -0.46, 0.1, -0.22, 0.58, 0.78];

    fn network(shape: &[usize], with_biases: bool) -> Network {
        let more = (0..).map(|at| f64::from((at * 37 + 11) % 200 - 100) / 100.0);
        let mut numbers = FIRST.into_iter().chain(more);
        let mut take = |count: usize| -> Vec<f64> { numbers.by_ref().take(count).collect() };
        let layers = shape.windows(2).map(|pair| {
            let mut weights = Matrix::with_columns(pair[1]);
            for _ in 0..pair[0] {
                weights.push_row(&take(pair[1]));
            }
            let biases = with_biases.then(|| take(pair[1]));
            Layer { activation: Activation::named("sigmoid").unwrap(), weights, biases }
        });
        let layers = layers.collect();
        Network { layers, loss: Loss::named("half_squared_error").unwrap() }
    }

    /// All values, as the lesson will know them in the end.
    fn value(network: &Network, symbol: Symbol) -> f64 {
        match symbol {
            Symbol::Input(input) => X[input as usize],
            Symbol::Target(_) => 1.0,
            Symbol::In { layer, unit } => {
                let add = |sum: f64, port: Symbol| {
                    let weight = network.parameter(port).unwrap();
                    let Symbol::Weight { from, .. } = port else { return sum + weight };
                    let source = match layer.checked_sub(1) {
                        None => Symbol::Input(from),
                        Some(before) => Symbol::Out { layer: before, unit: from },
                    };
                    sum + weight * value(network, source)
                };
                ports(network, layer, unit).into_iter().fold(0.0, add)
            }
            Symbol::Out { layer, unit } => {
                1.0 / (1.0 + libm::exp(-value(network, Symbol::In { layer, unit })))
            }
            Symbol::Loss => {
                let outputs = 0..network.outputs() as u32;
                let layer = network.depth() - 1;
                let error = |unit| 1.0 - value(network, Symbol::Out { layer, unit });
                outputs.map(|unit| 0.5 * error(unit) * error(unit)).sum()
            }
            Symbol::Weight { .. } | Symbol::Bias { .. } | Symbol::Term(_) | Symbol::Rate => {
                network.parameter(symbol).unwrap_or(f64::NAN)
            }
        }
    }

    /// What is drawn: a network, what is known of it, and how.
    struct Picture {
        network: Network,
        path: Vec<Symbol>,
        width: usize,
        height: usize,
        ascii: bool,
        all_known: bool,
    }

    impl Picture {
        fn of(shape: &[usize]) -> Self {
            let network = network(shape, true);
            Self { network, path: vec![], width: 80, height: 30, ascii: false, all_known: true }
        }

        fn draw(&self) -> Option<Figure> {
            let show = |name: Name| match name {
                Name::Value(symbol) => Some(num::show(value(&self.network, symbol), 4)),
                Name::New(_) | Name::Derivative { .. } => None,
            };
            let given = |name: Name| match name {
                Name::Value(symbol) if self.network.parameter(symbol).is_some() => show(name),
                Name::Value(_) | Name::New(_) | Name::Derivative { .. } => None,
            };
            draw(&Request {
                network: &self.network,
                value: if self.all_known { &show } else { &given },
                room: &show,
                path: &self.path,
                width: self.width,
                height: self.height,
                ascii: self.ascii,
            })
        }

        fn lines(&self) -> Vec<String> {
            let figure = self.draw().unwrap();
            let line = |row: &Vec<Piece>| row.iter().map(|piece| piece.text.as_str()).collect();
            figure.rows.iter().map(line).collect()
        }

        fn check(&self, expected: &str) {
            let drawn = self.lines().join("\n");
            assert_eq!(drawn, expected.trim_matches('\n'), "drawn:\n{drawn}\n");
        }

        /// The way from the weight between the first units to the loss.
        fn along_first_weight(mut self) -> Self {
            self.path = vec![
                Symbol::Input(0),
                Symbol::Weight { layer: 0, from: 0, to: 0 },
                Symbol::In { layer: 0, unit: 0 },
                Symbol::Out { layer: 0, unit: 0 },
                Symbol::Weight { layer: 1, from: 0, to: 0 },
                Symbol::In { layer: 1, unit: 0 },
                Symbol::Out { layer: 1, unit: 0 },
                Symbol::Loss,
            ];
            self
        }
    }

    #[test]
    fn before_the_lesson_only_the_parameters_are_known() {
        Picture { all_known: false, ..Picture::of(&[2, 2, 1]) }.check(
            "
inputs    hidden layer, σ                   output, σ                    loss

x1 ─┬──── W11 -0.07 ──┬─▶ z1 ─────────╮
    │ ╭── W21  0.22 ──┤               ╰──── u1 -0.22 ──┬─▶ f ──────────▶ L
    │ │   b1  -0.46 ──╯                 ╭── u2  0.58 ──┤
    │ │                                 │   c   0.78 ──╯
    ╰─│── W12  0.94 ──┬─▶ z2 ───────────╯
x2 ───┴── W22  0.46 ──┤
          b2   0.1  ──╯
",
        );
    }

    #[test]
    fn the_path_is_heavy() {
        Picture::of(&[2, 2, 1]).along_first_weight().check(
            "
inputs    hidden layer, σ                   output, σ                    loss

x1 ━┯━━━━ W11 -0.07 ━━┯━▶ z1 ━━━━━━━━━┓
1   │ ╭── W21  0.22 ──┤   in  -0.53   ┗━━━━ u1 -0.22 ━━┯━▶ f ━━━━━━━━━━▶ L
    │ │   b1  -0.46 ──╯   out  0.3705   ╭── u2  0.58 ──┤   in  1.1270    0.0299
    │ │                                 │   c   0.78 ──╯   out 0.7553
    ╰─│── W12  0.94 ──┬─▶ z2 ───────────╯                  y   1
x2 ───┴── W22  0.46 ──┤   in   1.04
0         b2   0.1  ──╯   out  0.7389
",
        );
    }

    #[test]
    fn a_path_that_crosses_other_wires_passes_over_them() {
        let symbols = [
            Symbol::Input(0),
            Symbol::Weight { layer: 0, from: 0, to: 1 },
            Symbol::In { layer: 0, unit: 1 },
            Symbol::Out { layer: 0, unit: 1 },
            Symbol::Weight { layer: 1, from: 1, to: 0 },
        ];
        Picture { path: symbols.to_vec(), ..Picture::of(&[3, 2, 1]) }.check(
            "
inputs      hidden layer, σ                 output, σ                    loss

x1 ━━━━┱─── W11 -0.07 ─┬─▶ z1 ─────────╮
1    ╭─┃─── W21  0.22 ─┤   in  -0.313  │
     │ ┃ ╭─ W31 -0.46 ─┤   out  0.4224 ╰─── u1  0.78 ─┲━▶ f ───────────▶ L
     │ ┃ │  b1  -0.22 ─╯                 ┏━ u2 -0.89 ━┩   in  -0.9215    0.2559
x2 ──┤ ┃ │                               ┃  c  -0.52 ─╯   out  0.2847
0    │ ┗━━━ W12  0.94 ━┯━▶ z2 ━━━━━━━━━━━┛                y    1
     ╰───│─ W22  0.46 ─┤   in   1.525
x3 ──────┴─ W32  0.1  ─┤   out  0.8213
0.05        b2   0.58 ─╯
",
        );
    }

    #[test]
    fn ascii_tells_the_path_and_crossings_too() {
        Picture { ascii: true, ..Picture::of(&[2, 2, 1]).along_first_weight() }.check(
            "
inputs    hidden layer, sigmoid             output, sigmoid              loss

x1 =+==== W11 -0.07 ==+=> z1 =========+
1   | +-- W21  0.22 --+   in  -0.53   +==== u1 -0.22 ==+=> f ==========> L
    | |   b1  -0.46 --+   out  0.3705   +-- u2  0.58 --+   in  1.1270    0.0299
    | |                                 |   c   0.78 --+   out 0.7553
    +-|-- W12  0.94 --+-> z2 -----------+                  y   1
x2 ---+-- W22  0.46 --+   in   1.04
0         b2   0.1  --+   out  0.7389
",
        );
    }

    #[test]
    fn several_outputs_join_in_the_loss() {
        Picture::of(&[2, 2, 2]).along_first_weight().check(
            "
inputs   hidden layer, σ                 output, σ                      loss

x1 ━┯━━━ W11 -0.07 ━┯━▶ z1 ━━━━━━━━━┯━━━ U11 -0.22 ━┯━▶ f1 ━━━━━━━━━┓
1   │ ╭─ W21  0.22 ─┤   in  -0.53   │ ╭─ U21  0.78 ─┤   in  -0.0252 ┃
    │ │  b1  -0.46 ─╯   out  0.3705 │ │  c1  -0.52 ─╯   out  0.4937 ┡━▶ L
    │ │                             │ │                 y1   1      │   0.3355
    │ │                             │ │                             │
    │ │                             ╰─│─ U12  0.58 ─┬─▶ f2 ─────────╯
    ╰─│─ W12  0.94 ─┬─▶ z2 ───────────┴─ U22 -0.89 ─┤   in  -0.5927
x2 ───┴─ W22  0.46 ─┤   in   1.04        c2  -0.15 ─╯   out  0.3560
0        b2   0.1  ─╯   out  0.7389                     y2   1
",
        );
    }

    #[test]
    fn a_single_layer() {
        Picture::of(&[2, 3]).check(
            "
inputs      output, σ                        loss

x1 ──┬───── U11 -0.07 ──┬─▶ f1 ──────────╮
1    │ ╭─── U21  0.46 ──┤   in  -0.29    │
     │ │    c1  -0.22 ──╯   out  0.4280  │
     │ │                    y1   1       │
     │ │                                 │
     ├─│─── U12  0.94 ──┬─▶ f2 ──────────┤
     │ ├─── U22 -0.46 ──┤   in   1.52    ├─▶ L
     │ │    c2   0.58 ──╯   out  0.8205  │   0.2159
     │ │                    y2   1       │
     │ │                                 │
     ╰─│─── U13  0.22 ──┬─▶ f3 ──────────╯
x2 ────┴─── U23  0.1  ──┤   in   1
0           c3   0.78 ──╯   out  0.7311
                            y3   1
",
        );
    }

    #[test]
    fn a_deep_network_in_little_space_has_numbers_only() {
        Picture::of(&[2, 2, 2, 1]).check(
            "
inputs   layer 1, σ            layer 2, σ            output, σ        loss

x1 ─┬─── -0.07 ┬▶ z(1)1 ──┬─── -0.22 ┬▶ z(2)1 ──╮
1   │ ╭─  0.22 ┤  -0.53   │ ╭─  0.78 ┤  -0.0252 │
    │ │  -0.46 ╯   0.3705 │ │  -0.52 ╯   0.4937 ╰─── 0.22 ┬▶ f ─────▶ L
    │ │                   │ │                     ╭─ 0.59 ┤  1.2787   0.0237
    │ │                   ╰─│─  0.58 ┬▶ z(2)2 ────╯  0.96 ╯  0.7822
    ╰─│─  0.94 ┬▶ z(1)2 ────┴─ -0.89 ┤  -0.5927
x2 ───┴─  0.46 ┤   1.04        -0.15 ╯   0.3560
0         0.1  ╯   0.7389
",
        );
    }

    #[test]
    fn a_deep_network_in_enough_space_has_names() {
        Picture { width: 120, ..Picture::of(&[2, 2, 2, 1]) }.check(
            "
inputs   layer 1, σ                         layer 2, σ                         output, σ                      loss

x1 ─┬─── W(1)11 -0.07 ─┬─▶ z(1)1 ──────┬─── W(2)11 -0.22 ─┬─▶ z(2)1 ──────╮
1   │ ╭─ W(1)21  0.22 ─┤   in  -0.53   │ ╭─ W(2)21  0.78 ─┤   in  -0.0252 │
    │ │  b(1)1  -0.46 ─╯   out  0.3705 │ │  b(2)1  -0.52 ─╯   out  0.4937 ╰─── W(3)11 0.22 ─┬─▶ f ──────────▶ L
    │ │                                │ │                                  ╭─ W(3)21 0.59 ─┤   in  1.2787    0.0237
    │ │                                ╰─│─ W(2)12  0.58 ─┬─▶ z(2)2 ────────╯  b(3)1  0.96 ─╯   out 0.7822
    ╰─│─ W(1)12  0.94 ─┬─▶ z(1)2 ────────┴─ W(2)22 -0.89 ─┤   in  -0.5927                       y   1
x2 ───┴─ W(1)22  0.46 ─┤   in   1.04        b(2)2  -0.15 ─╯   out  0.3560
0        b(1)2   0.1  ─╯   out  0.7389
",
        );
    }

    #[test]
    fn without_biases_there_are_no_ports_for_them() {
        let network = network(&[2, 2, 1], false);
        Picture { network, ..Picture::of(&[2, 2, 1]) }.check(
            "
inputs    hidden layer, σ                   output, σ                     loss

x1 ─┬──── W11 -0.07 ──┬─▶ z1 ─────────╮
1   │ ╭── W21  0.22 ──╯   in  -0.07   ╰──── u1 -0.46 ──┬─▶ f ───────────▶ L
    │ │                   out  0.4825   ╭── u2  0.1  ──╯   in  -0.1500    0.1444
    │ │                                 │                  out  0.4626
    ╰─│── W12  0.94 ──┬─▶ z2 ───────────╯                  y    1
x2 ───┴── W22  0.46 ──╯   in   0.94
0                         out  0.7191
",
        );
    }

    #[test]
    fn roles_follow_the_path() {
        let figure = Picture::of(&[2, 2, 1]).along_first_weight().draw().unwrap();
        let role = |text: &str| {
            let mut pieces = figure.rows.iter().flatten();
            pieces.find(|piece| piece.text.contains(text)).map(|piece| piece.role)
        };
        for text in ["x1", "W11 -0.07", "━", "z1", "0.3705", "u1", "f", "L"] {
            assert_eq!(role(text), Some(Role::New), "{text}");
        }
        for text in ["W21", "b1", "-0.46", "z2", "1.04", "u2"] {
            assert_eq!(role(text), Some(Role::Plain), "{text}");
        }
        assert_eq!(role("╭"), Some(Role::Faint));
        assert_eq!(role("hidden layer"), Some(Role::Heading));
    }

    /// Shapes that are drawn, with one to `most` units a stage.
    fn shapes(most: usize) -> impl Iterator<Item = Vec<usize>> {
        let sizes = move || 1..=most;
        let single = sizes().flat_map(move |a| sizes().map(move |b| vec![a, b]));
        let hidden = sizes()
            .flat_map(move |a| sizes().flat_map(move |b| sizes().map(move |c| vec![a, b, c])));
        let deep = [vec![2, 2, 2, 1], vec![2, 3, 2, 2, 1], vec![3, 3, 3, 3], vec![1, 1, 1, 1, 1]];
        single.chain(hidden).chain(deep)
    }

    fn pictures(most: usize) -> impl Iterator<Item = Picture> {
        shapes(most).flat_map(|shape| {
            [true, false].map(|with_biases| Picture {
                network: network(&shape, with_biases),
                width: 200,
                height: 60,
                ..Picture::of(&shape)
            })
        })
    }

    #[test]
    fn drawings_fit_where_they_are_asked_to() {
        for shape in [
            &[2, 2, 1][..],
            &[3, 2, 1],
            &[2, 2, 2],
            &[3, 2, 2],
            &[2, 3],
            &[1, 1],
            &[2, 3, 3],
            &[3, 4, 2],
            &[2, 2, 2, 1],
        ] {
            assert!(Picture::of(shape).draw().is_some(), "{shape:?}");
        }
        assert!(Picture { width: 140, ..Picture::of(&[2, 3, 2, 2, 1]) }.draw().is_some());
        for shape in shapes(3) {
            for width in 30..140 {
                let picture = Picture { width, ..Picture::of(&shape) };
                let Some(figure) = picture.draw() else { continue };
                assert!(figure.width <= width && figure.rows.len() <= 30, "{shape:?} at {width}");
                for line in picture.lines() {
                    assert!(line.chars().count() <= figure.width, "{shape:?} at {width}: {line}");
                    assert_eq!(line.trim_end(), line);
                }
            }
        }
    }

    #[test]
    fn every_parameter_is_written() {
        for picture in pictures(4) {
            let drawn = picture.lines().join("\n");
            for layer in 0..picture.network.depth() {
                for unit in 0..picture.network.units(layer) as u32 {
                    for port in ports(&picture.network, layer, unit) {
                        let name = picture.network.naming().plain(port.into());
                        let number = num::show(value(&picture.network, port), 4);
                        let label = format!("{name} ");
                        let mut labels = drawn.match_indices(&label);
                        let written = |(at, _): (usize, &str)| {
                            drawn[at + name.len()..].trim_start().starts_with(&number)
                        };
                        assert!(labels.any(written), "{name} {number} in\n{drawn}");
                    }
                }
            }
        }
    }

    #[test]
    fn nothing_moves_when_values_become_known() {
        for picture in pictures(3) {
            let full = picture.lines();
            let size = picture.draw().map(|figure| figure.width);
            let picture = Picture { all_known: false, ..picture };
            let bare = picture.lines();
            assert_eq!((bare.len(), picture.draw().map(|figure| figure.width)), (full.len(), size));
            for (bare, full) in bare.iter().zip(&full) {
                let full = full.chars().chain(std::iter::repeat(' '));
                assert!(bare.chars().zip(full).all(|(a, b)| a == ' ' || a == b), "{bare}");
            }
        }
    }

    #[test]
    fn no_glyph_is_ambiguous() {
        for picture in pictures(4) {
            let drawn = picture.lines().join("\n");
            assert!(!drawn.contains(['┼', '╋', '?']), "{drawn}");
        }
    }

    #[test]
    fn ascii_is_ascii() {
        for picture in pictures(3) {
            let picture = Picture { ascii: true, ..picture.along_first_weight() };
            assert!(picture.lines().iter().all(|line| line.is_ascii()));
        }
    }

    #[test]
    fn glyphs_are_complete() {
        for (shape, glyphs) in GLYPHS.iter().enumerate() {
            assert_eq!(glyphs.chars().count(), 1 << shape.count_ones());
        }
    }

    #[test]
    fn far_too_large_networks_are_not_drawn() {
        for shape in [&[784, 128, 10][..], &[40, 2, 1], &[2, 2, 60], &[1; 200]] {
            assert_eq!(Picture::of(shape).draw(), None);
        }
        assert_eq!(Picture { width: 20, ..Picture::of(&[2, 2, 1]) }.draw(), None);
        assert_eq!(Picture { height: 8, ..Picture::of(&[2, 2, 1]) }.draw(), None);
        assert_eq!(Picture { height: 1, ..Picture::of(&[1, 1]) }.draw(), None);
    }

    /// Follows wires as a reader does who sees nothing but the glyphs.
    struct Reader {
        glyphs: Vec<Vec<char>>,
    }

    impl Reader {
        fn of(picture: &Picture) -> Self {
            Self { glyphs: picture.lines().iter().map(|line| line.chars().collect()).collect() }
        }

        fn at(&self, row: usize, column: usize) -> char {
            self.glyphs[row].get(column).copied().unwrap_or(' ')
        }

        /// The arms of a light glyph, as bits.
        fn arms(&self, row: usize, column: usize) -> usize {
            let glyph = self.at(row, column);
            GLYPHS.iter().position(|glyphs| glyphs.starts_with(glyph)).unwrap_or(0)
        }

        /// Texts that a wire comes to when it is followed to the right and
        /// whichever way it turns.
        fn texts(&self, row: usize, column: usize) -> Vec<String> {
            let mut texts = Vec::new();
            let mut ways = vec![(row, column, RIGHT)];
            while let Some((row, column, way)) = ways.pop() {
                let (row, column) = match way {
                    UP => (row - 1, column),
                    RIGHT => (row, column + 1),
                    DOWN => (row + 1, column),
                    _ => (row, column - 1),
                };
                let arms = self.arms(row, column);
                let back = (way + 2) % 4;
                if arms & (1 << back) != 0 {
                    // To the left lie only labels of other ports.
                    let on = [UP, RIGHT, DOWN].into_iter();
                    ways.extend(
                        on.filter(|&on| on != back && arms & (1 << on) != 0)
                            .map(|on| (row, column, on)),
                    );
                } else if arms != 0 {
                    // Another wire passes over this one.
                    ways.push((row, column, way));
                } else {
                    texts.push(self.text(row, column + 1));
                }
            }
            texts.sort();
            texts
        }

        fn text(&self, row: usize, column: usize) -> String {
            self.glyphs[row][column..].iter().take_while(|&&glyph| glyph != ' ').collect()
        }

        /// Behind this text and a space.
        fn behind(&self, text: &str) -> (usize, usize) {
            let text: Vec<char> = text.chars().collect();
            let place = |(row, glyphs): (usize, &Vec<char>)| {
                let at = glyphs.windows(text.len()).position(|window| window == text)?;
                Some((row, at + text.len()))
            };
            // Not the headings.
            self.glyphs.iter().enumerate().skip(HEADING_ROWS).find_map(place).unwrap()
        }
    }

    #[test]
    fn a_reader_who_follows_a_wire_comes_where_it_leads() {
        for picture in pictures(4) {
            let (network, reader) = (&picture.network, Reader::of(&picture));
            let naming = network.naming();
            let unit_name =
                |layer, unit| naming.plain(Symbol::In { layer, unit }.into()).replace("_in", "");
            for layer in 0..network.depth() {
                for from in 0..network.layers[layer as usize].inputs() as u32 {
                    let source = match layer.checked_sub(1) {
                        None => naming.plain(Symbol::Input(from).into()),
                        Some(before) => unit_name(before, from),
                    };
                    let (row, column) = reader.behind(&format!("{source} ─"));
                    let weights = (0..network.units(layer) as u32)
                        .map(|to| naming.plain(Symbol::Weight { layer, from, to }.into()));
                    let drawn = picture.lines().join("\n");
                    assert_eq!(
                        reader.texts(row, column - 1),
                        weights.collect::<Vec<_>>(),
                        "{source}\n{drawn}"
                    );
                }
            }
        }
    }
}
