//! The tables so far.

use ratatui::layout::Rect;

use super::body::lines_of;
use super::paint::CellPainter;
use crate::step::state::State;
use crate::typeset::Span;

/// Draws the tables, scrolled so many rows up from their end. Returns how far
/// they can be scrolled.
pub(super) fn draw(
    state: &State<'_>,
    above: usize,
    painter: &mut CellPainter<'_>,
    area: Rect,
) -> usize {
    let blocks = state.walk.so_far(state.position(), state.is_revealed());
    let mut lines: Vec<Vec<Span>> = Vec::new();
    for block in &blocks {
        lines.extend(lines_of(state, block, area.width));
    }
    let most = lines.len().saturating_sub(usize::from(area.height));
    painter.lines(area, &lines[most - above.min(most)..]);
    most
}
