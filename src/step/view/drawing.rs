//! The network: drawn where it fits, else its layers as columns.

use compact_str::CompactString;
use ratatui::layout::Rect;

use super::paint::{CellPainter, width_of};
use super::picture::Picture;
use crate::document::figure::Figure;
use crate::name::{Name, Symbol};
use crate::step::scene::Scene;
use crate::step::state::State;
use crate::step::walkthrough::Walkthrough;
use crate::telling::Part;
use crate::typeset::Span;
use crate::typeset::figure;

/// Rows that lanes take at most.
const TALLEST_LANES: usize = 17;

/// Rows that columns of units take at most: more are no easier to read.
const TALLEST_COLUMNS: usize = 12;

/// Draws the network at the top of the area. Returns the rows it took.
pub(super) fn draw(
    state: &State<'_>,
    scene: &Scene<'_>,
    painter: &mut CellPainter<'_>,
    area: Rect,
) -> u16 {
    if area.height == 0 {
        return 0;
    }
    let values = Values {
        walk: state.walk,
        position: state.position(),
        revealed: state.is_revealed(),
        told: state.walk.told(state.position(), state.beat()),
        part: scene.step.part,
    };
    let value = |name: Name| values.known(name);
    let room = |name: Name| values.room(name);
    let drawn = Figure::new(state.walk.lesson().network(), value)
        .with_room(room)
        .with_chain()
        .lit(scene.lit.clone());
    let area = beside_picture(state, scene, painter, area);
    let mut request = figure::FigureRequest {
        figure: &drawn,
        width: usize::from(area.width),
        height: usize::from(area.height),
        ascii: painter.look.ascii,
    };
    let drawing = figure::drawing(&request).or_else(|| {
        let height = request.height.min(TALLEST_LANES);
        figure::lanes(&figure::FigureRequest { height, ..request })
    });
    let (drawn_rows, width) = match drawing {
        Some(drawing) => (drawing.rows, drawing.width),
        None => {
            request.height = request.height.min(TALLEST_COLUMNS);
            let rows = figure::overview(&request);
            let width = rows.iter().map(|row| width_of(row)).max().unwrap_or(0);
            (padded(rows, request.height), width)
        }
    };
    let margin = usize::from(area.width).saturating_sub(width) / 2;
    // What is drawn stays where it is, whatever its values are.
    let x = area.x + (margin as u16).min(area.width / 4);
    let area = Rect { x, width: area.right() - x, ..area };
    painter.lines(area, &drawn_rows);
    drawn_rows.len() as u16
}

/// Draws the input as a picture where it is one and there is room; returns what is
/// left.
fn beside_picture(
    state: &State<'_>,
    scene: &Scene<'_>,
    painter: &mut CellPainter<'_>,
    area: Rect,
) -> Rect {
    let Some(picture) = Picture::of(state.walk, scene) else { return area };
    let taken = picture.width() + 3;
    if area.width < taken + LEAST_BESIDE_PICTURE || area.height < picture.height() {
        return area;
    }
    let top = (area.height - picture.height()) / 2;
    let own =
        Rect { x: area.x + 1, y: area.y + top, width: picture.width(), height: picture.height() };
    painter.lines(own, &picture.lines(painter.look.ascii));
    Rect { x: area.x + taken, width: area.width - taken, ..area }
}

/// Columns that the network needs beside a picture.
const LEAST_BESIDE_PICTURE: u16 = 60;

/// As many rows, whatever is on them.
fn padded(mut rows: Vec<Vec<Span>>, height: usize) -> Vec<Vec<Span>> {
    rows.resize(height.max(rows.len()), Vec::new());
    rows
}

/// What stands in the drawing: what is known at this step.
struct Values<'a> {
    walk: &'a Walkthrough<'a>,
    position: usize,
    revealed: bool,
    /// What this step has told by now.
    told: Vec<Name>,
    part: Part,
}

impl Values<'_> {
    /// The text of a value that is known by now.
    fn known(&self, name: Name) -> Option<CompactString> {
        let lesson = self.walk.lesson();
        if let Name::Derivative { .. } = name {
            let found =
                self.told.contains(&name) || self.walk.is_found(name, self.position, self.revealed);
            let found = found && lesson.has(name);
            return found.then(|| self.walk.readings.text(name));
        }
        let Name::Value(symbol) = name else { return None };
        let name = self.of_this_pass(symbol);
        let known = lesson.has(name)
            && (is_given(name, lesson.is_parameter(symbol))
                || self.told.contains(&name)
                || self.walk.is_known(name, self.position, self.revealed));
        known.then(|| self.walk.readings.text(name))
    }

    /// The longer one of its texts before and after the update.
    fn room(&self, name: Name) -> Option<CompactString> {
        let lesson = self.walk.lesson();
        let Name::Value(symbol) = name else {
            return lesson.has(name).then(|| self.walk.readings.text(name));
        };
        let both = [name, Name::New(symbol)].into_iter().filter(|name| lesson.has(*name));
        both.map(|name| self.walk.readings.text(name)).max_by_key(CompactString::len)
    }

    /// After the update the drawing shows the new weights.
    fn of_this_pass(&self, symbol: Symbol) -> Name {
        let new = Name::New(symbol);
        let after = matches!(self.part, Part::After | Part::Closing);
        if after && self.walk.lesson().has(new) { new } else { Name::Value(symbol) }
    }
}

fn is_given(name: Name, is_parameter: bool) -> bool {
    match name {
        Name::Value(Symbol::Input(_) | Symbol::Target(_)) => true,
        Name::Value(_) | Name::New(_) => is_parameter,
        Name::Derivative { .. } | Name::OfSample { .. } => false,
    }
}
