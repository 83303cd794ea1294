//! All steps, to choose from.

use ratatui::layout::Rect;

use super::body;
use super::paint::CellPainter;
use crate::math::Role;
use crate::step::state::State;
use crate::typeset::Span;

/// Draws the steps around the one that is chosen.
pub(super) fn draw(state: &State<'_>, chosen: usize, painter: &mut CellPainter<'_>, area: Rect) {
    let count = state.walk.steps().len();
    let rows = usize::from(area.height);
    let first = chosen.saturating_sub(rows / 2).min(count.saturating_sub(rows));
    let naming = state.walk.lesson().naming();
    let width = count.to_string().len();
    let widest = state.walk.steps().iter().map(|step| step.part.title(naming).chars().count());
    let widest = widest.max().unwrap_or(0);
    for (row, at) in (0..area.height).zip(first..count) {
        let step = state.walk.step(at);
        let mark = match (at == chosen, painter.look.ascii) {
            (true, true) => " > ",
            (true, false) => " ▸ ",
            (false, _) => "   ",
        };
        let role = if at == chosen { Role::New } else { Role::Plain };
        let part = step.part.title(naming);
        let mut line = vec![
            Span::new(format!("{mark}{:width$}  ", at + 1), role),
            Span::new(format!("{part:widest$}  "), Role::Faint),
        ];
        for span in body::title(state, step) {
            line.push(Span::new(span.text, role));
        }
        painter.line(area.x, area.y + row, area.width, &line);
    }
}
