//! A state drawn into a buffer of cells. Each area of the screen has its file;
//! here is what stands where.

mod big;
mod body;
mod drawing;
mod footer;
mod header;
mod help;
mod paint;
mod sentence;
mod side;
mod small;
mod tables;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::scene::Scene;
use super::state::{Mode, State};
use super::steps::Moment;
use crate::math::Role;
use crate::telling::Subject;
use crate::typeset::Span;
use paint::{Painter, width_of};

/// Draws a state. Returns how far what is shown can be scrolled.
pub fn draw(state: &State<'_>, area: Rect, buffer: &mut Buffer) -> usize {
    let mut painter = Painter { buffer, look: state.walk.look };
    if area.width < small::LEAST_WIDTH || area.height < small::LEAST_HEIGHT {
        small::draw(&mut painter, area);
        return 0;
    }
    header::draw(state, &mut painter, rows(area, 0, header::ROWS));
    footer::draw(state, &mut painter, rows(area, area.height - 1, 1));
    let middle = rows(area, header::ROWS, area.height - header::ROWS - 1);
    match state.mode() {
        Mode::Tables(above) => tables::draw(state, *above, &mut painter, middle),
        Mode::Help(below) => help::draw(*below, &mut painter, middle),
        Mode::Walking | Mode::Jumping(_) | Mode::Finding(_) | Mode::Guessing(_) => {
            step(state, &mut painter, middle);
            0
        }
    }
}

/// Rows that the quantity and the sentence need at least.
const TOLD_ROWS: u16 = 11;

/// Rows that they take at most, so that the sentence stays near the quantity.
const MOST_TOLD_ROWS: u16 = 18;

/// Columns from which the chain stands beside the quantity, not below it.
const BESIDE: u16 = 72;

/// One step: the drawing, the quantity with what stands beside it, why.
fn step(state: &State<'_>, painter: &mut Painter<'_>, area: Rect) {
    let scene = state.walk.scene(state.position(), state.beat());
    let spoken = sentence::lines(state, &scene, area.width);
    let room = if needs_no_drawing(&scene) { 0 } else { area.height.saturating_sub(TOLD_ROWS) };
    let drawn = drawing::draw(state, &scene, painter, rows(area, 0, room));
    let spare = area.height - drawn - TOLD_ROWS.min(area.height);
    let gap = u16::from(drawn > 0 && spare > 2);
    let rest = rows(area, drawn + gap, area.height - drawn - gap);
    let most = rest.height.saturating_sub(5).max(rest.height / 2);
    let said = (spoken.len() as u16).min(most);
    let most_told = if needs_no_drawing(&scene) { u16::MAX } else { MOST_TOLD_ROWS };
    let told = rows(rest, 0, (rest.height - said).min(most_told));
    told_in(state, &scene, painter, told);
    let below = rows(rest, told.height, said);
    for (row, line) in (0..said).zip(&spoken) {
        painter.line(below.x, below.y + row, below.width, line);
    }
}

/// Whether a step is about all of the network, and needs the room itself.
const fn needs_no_drawing(scene: &Scene<'_>) -> bool {
    match scene.step.moment {
        Moment::Told(section) => !matches!(section, Subject::Network | Subject::Summary),
        Moment::Chain(_)
        | Moment::Factor(..)
        | Moment::Product(_)
        | Moment::Quantity(_)
        | Moment::Shortcut(_) => false,
    }
}

/// The quantity, and beside or below it the chain.
fn told_in(state: &State<'_>, scene: &Scene<'_>, painter: &mut Painter<'_>, area: Rect) {
    let title = body::title(state, scene);
    // Beside it, an equation needs the room of two names: long ones would be broken.
    let two_names = 2 * width_of(&title) as u16 + 6;
    let most =
        if area.width >= BESIDE { area.width.saturating_sub(two_names + 2) } else { u16::MAX };
    let side = side::Panel::of(state, scene, area.height.saturating_sub(1), most);
    let Some(side) = side else {
        rule(painter, rows(area, 0, 1), &title, None);
        body::draw(state, scene, painter, rows(area, 1, area.height - 1));
        return;
    };
    // Not narrower than usual, so that it stays where it is from step to step.
    let width = side.width.max(area.width * 9 / 20).min(area.width * 3 / 5);
    if area.width >= BESIDE {
        let left = Rect { width: area.width - width - 2, ..area };
        let right = Rect { x: area.x + left.width + 2, width, ..area };
        rule(painter, rows(area, 0, 1), &title, Some((right.x, &side.title)));
        body::draw(state, scene, painter, rows(left, 1, left.height - 1));
        painter.lines(rows(right, 1, right.height - 1), &side.lines);
    } else {
        rule(painter, rows(area, 0, 1), &title, None);
        // The chain needs the room that a large number would take.
        let beside = side.lines.len() as u16;
        let room = (area.height - 1).saturating_sub(beside).max(area.height / 2);
        let used = body::draw(state, scene, painter, rows(area, 1, room));
        let from = (1 + used).min(area.height);
        painter.lines(rows(area, from, area.height - from), &side.lines);
    }
}

/// A line across, with titles in it.
fn rule(painter: &mut Painter<'_>, area: Rect, title: &[Span], beside: Option<(u16, &[Span])>) {
    let dash = if painter.look.ascii { "-" } else { "─" };
    let line = Span::new(dash.repeat(usize::from(area.width)), Role::Faint);
    painter.line(area.x, area.y, area.width, &[line]);
    let end = beside.map_or(area.width, |(x, _)| x - area.x);
    titled(painter, area.x + 1, area.y, end.saturating_sub(2), title);
    if let Some((x, title)) = beside {
        titled(painter, x - 1, area.y, area.x + area.width - x, title);
    }
}

fn titled(painter: &mut Painter<'_>, x: u16, y: u16, width: u16, title: &[Span]) {
    if title.is_empty() {
        return;
    }
    let mut spans = vec![Span::plain(" ")];
    spans.extend(title.iter().cloned());
    spans.push(Span::plain(" "));
    painter.line(x, y, width, &spans);
}

/// Some rows of an area.
fn rows(area: Rect, from: u16, count: u16) -> Rect {
    let from = from.min(area.height);
    Rect { y: area.y + from, height: count.min(area.height - from), ..area }
}
