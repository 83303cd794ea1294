//! What is wrong with an exercise that was to be read again.

use ratatui::layout::Rect;

use super::paint::{CellPainter, cut};
use crate::math::Role;
use crate::typeset::Span;

pub(super) fn draw(report: &str, painter: &mut CellPainter<'_>, area: Rect) {
    let ascii = painter.look.ascii;
    let width = usize::from(area.width).saturating_sub(2);
    let heading = "The file cannot be used as it is now; the lesson stays as it was.";
    let mut lines = vec![vec![Span::new(format!(" {heading}"), Role::Wrong)], Vec::new()];
    let style = if ascii { crate::typeset::Style::Ascii } else { crate::typeset::Style::Unicode };
    for line in report.lines() {
        let line = cut(&style.spell(line), width, ascii);
        lines.push(vec![Span::plain(format!(" {line}"))]);
    }
    painter.lines(area, &lines);
}
