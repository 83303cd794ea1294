//! A figure in characters: the layers of the network in columns from left to
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
//!
//! What to draw and into what space is decided elsewhere, and so are colours.

mod canvas;
mod channel;
mod columns;
mod glyph;
mod headings;
mod inks;
mod lanes;
mod overview;
mod paint;
mod posts;
mod price;
mod rows;
mod stage;
#[cfg(test)]
mod tests;
mod texts;

pub use lanes::lanes;
pub use overview::overview;

use canvas::{Canvas, Lit};
use columns::{FigureColumns, GRADED, STYLES};
use inks::Inks;
use paint::FigurePainter;
use rows::FigureRows;
use stage::{FigureStage, least_columns, least_rows, stages};
use texts::Texts;

use crate::document::figure::Figure;
use crate::typeset::Span;

/// What to draw, and into what space.
///
/// Where links of the figure are lit, those that are known are heavy, and the
/// current one has a role of its own; on the way back arrows point back, the link
/// inside a unit is drawn beside its values, and the terms have their numbers.
/// Without them the path of the figure is drawn heavy: weights and biases stand for their
/// wires, units for their names and values, `L` for the wire from the outputs on
/// the path.
#[derive(Clone, Copy)]
pub struct FigureRequest<'a> {
    /// The figure.
    pub figure: &'a Figure<'a>,
    /// Columns at hand.
    pub width: usize,
    /// Rows at hand.
    pub height: usize,
    /// Whether to draw with ASCII alone.
    pub ascii: bool,
}

/// Draws a network, as roomy as the space allows; `None` where it does not fit.
/// Each row has one column per character, is at most `width` wide and does not
/// end in blanks.
///
/// Costs next to nothing for a network that is far too large.
pub fn draw(request: &FigureRequest) -> Option<Vec<Vec<Span>>> {
    Some(drawing(request)?.rows)
}

/// A drawing, and the space that it takes once every value is known.
pub struct TextDrawing {
    /// Its rows, which do not end in blanks.
    pub rows: Vec<Vec<Span>>,
    /// Its columns, the same for every drawing with the same room.
    pub width: usize,
}

/// As [`draw`], with the width that the drawing has in the end.
pub fn drawing(request: &FigureRequest) -> Option<TextDrawing> {
    let canvas = painted(request)?;
    let rows = canvas.rows(lit(request), request.ascii);
    Some(TextDrawing { rows, width: canvas.width() })
}

fn lit(request: &FigureRequest) -> Lit {
    let highlight = &request.figure.highlight;
    if !highlight.lamps.is_empty() {
        Lit::Links
    } else if highlight.path.is_empty() {
        Lit::Nothing
    } else {
        Lit::Path
    }
}

/// The canvas is as wide as the drawing once every value is known.
fn painted(request: &FigureRequest) -> Option<Canvas> {
    let height = request.height.checked_sub(HEADING_ROWS)?;
    if request.figure.network().layers.len() > request.width {
        return None;
    }
    let stages = with_signals(request.figure, height);
    if least_rows(&stages) > height || least_columns(&stages) > request.width {
        return None;
    }
    let texts = Texts::of(request);
    let has_links = request.figure.has_chain() || lit(request) == Lit::Links;
    let beside = if has_links { BESIDE_VALUES } else { 0 };
    let graded = request.figure.has_chain().then_some(GRADED).into_iter().flatten();
    let columns = graded
        .chain(STYLES)
        .map(|style| FigureColumns::of(&stages, &texts, &style, beside))
        .find(|columns| columns.width <= request.width)?;
    let rows = FigureRows::of(&stages, height)?;
    let canvas = Canvas::blank(rows.count + HEADING_ROWS, columns.width);
    let mut painter = FigurePainter {
        request,
        inks: Inks { figure: request.figure },
        texts: &texts,
        columns: &columns,
        rows: &rows,
        canvas,
    };
    painter.paint();
    Some(painter.canvas)
}

/// The stages with a row for the error signal of each unit, where that fits and a
/// chain is to leave it there.
fn with_signals(figure: &Figure<'_>, height: usize) -> Vec<FigureStage> {
    let with = stages(figure, figure.has_chain());
    if least_rows(&with) <= height { with } else { stages(figure, false) }
}

/// Columns for the link inside a unit and its number.
const BESIDE_VALUES: usize = 3;

/// The headings and an empty row.
const HEADING_ROWS: usize = 2;
