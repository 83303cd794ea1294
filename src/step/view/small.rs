//! What is shown in a window that is too small for the lesson.

use ratatui::layout::Rect;

use super::paint::CellPainter;
use crate::math::Role;
use crate::typeset::Span;

/// Columns that a step needs.
pub(super) const LEAST_WIDTH: u16 = 56;

/// Rows that a step needs.
pub(super) const LEAST_HEIGHT: u16 = 16;

pub(super) fn draw(painter: &mut CellPainter<'_>, area: Rect) {
    let times = if painter.look.ascii { "x" } else { "×" };
    let size = |width: u16, height: u16| format!("{width}{times}{height}");
    let least = size(LEAST_WIDTH, LEAST_HEIGHT);
    let lines = [
        Span::new("This window is too small.", Role::Heading),
        Span::plain(format!("It is {}; it takes {least}.", size(area.width, area.height))),
        Span::plain("Make it larger; q leaves."),
    ];
    let lines = lines.map(|span| vec![span]);
    painter.lines(area, &lines);
}
