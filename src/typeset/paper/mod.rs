//! A figure on paper: where its nodes, wires and labels stand, in points, for
//! every medium that draws lines. It knows no medium: SVG and TikZ write the same
//! [`Drawing`].
//!
//! As in the drawing of characters, a weight is written where it is used: in front
//! of the unit that it leads to, one row (a *port*) per weight and one for the
//! bias. Wires run from a unit to the ports of the next layer, and *leads* from
//! there to the unit. So labels have a column of their own that no wire crosses,
//! and the number of a term has its place on every link.
//!
//! Widths of texts are estimates, on the wide side.

mod columns;
mod metrics;
mod numbers;
mod place;
mod rows;
mod shape;

pub use metrics::{GlyphRun, pieces_width, runs};
pub use shape::{Anchor, Arrow, Drawing, PaperItem, PaperShape, PaperText, Piece, Seg, What};

use crate::document::figure::{Detail, Figure};

/// Draws a figure. Figures of one network with the same room have the same size
/// and every part in the same place, whatever is lit.
pub fn draw(figure: &Figure<'_>, detail: Detail) -> Drawing {
    place::drawing(&figure.net(detail))
}
