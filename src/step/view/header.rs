//! Where we are: the exercise, the part, the step, and a gauge.

use ratatui::layout::Rect;

use super::paint::CellPainter;
use crate::math::Role;
use crate::step::state::State;
use crate::typeset::Span;

/// Rows of the header.
pub(super) const ROWS: u16 = 2;

pub(super) fn draw(state: &State<'_>, painter: &mut CellPainter<'_>, area: Rect) {
    let walk = state.walk;
    let style = painter.look.ascii;
    let spell = |text: &str| {
        if style { crate::typeset::Style::Ascii } else { crate::typeset::Style::Unicode }
            .spell(text)
            .into_owned()
    };
    let step = walk.step(state.position());
    let (number, of) = (state.position() + 1, walk.steps().len());
    let part = step.part.title(walk.lesson().naming());
    let place = format!("step {number} of {of} ");
    let width = usize::from(area.width);
    let mut left = vec![Span::new(format!(" {part}"), Role::Heading)];
    let title = spell(walk.title);
    if let Some(title) = title_in(&title, width.saturating_sub(most_taken(state))) {
        left.push(Span::new(format!("  {title}"), Role::Faint));
    }
    painter.line(area.x, area.y, area.width, &left);
    let place_width = place.chars().count() as u16;
    let x = area.right().saturating_sub(place_width);
    painter.line(x, area.y, place_width, &[Span::new(place, Role::Heading)]);
    let gauge = gauge(number, of, width, painter.look.ascii);
    painter.line(area.x, area.y + 1, area.width, &gauge);
}

/// What part and step take at most, at any step: the title is the same at all.
fn most_taken(state: &State<'_>) -> usize {
    let steps = state.walk.steps();
    let naming = state.walk.lesson().naming();
    let parts = steps.chunk_by(|a, b| a.part == b.part);
    let part = parts.map(|steps| steps[0].part.title(naming).chars().count()).max().unwrap_or(0);
    let digits = steps.len().to_string().len();
    " ".len() + part + "  ".len() + "  step  of  ".len() + 2 * digits
}

/// The title, or what stands in front of its colon: whole, or not at all.
fn title_in(title: &str, room: usize) -> Option<&str> {
    let fits = |text: &&str| text.chars().count() <= room;
    let short = title.split_once(": ").map(|(short, _)| short);
    Some(title).filter(fits).or_else(|| short.filter(fits))
}

/// A line that fills from left to right.
fn gauge(number: usize, of: usize, width: usize, ascii: bool) -> Vec<Span> {
    let (done, ahead) = if ascii { ("=", "-") } else { ("━", "─") };
    let filled = (number * width).div_ceil(of.max(1)).min(width);
    vec![
        Span::new(done.repeat(filled), Role::Heading),
        Span::new(ahead.repeat(width - filled), Role::Faint),
    ]
}
