//! A state drawn into a buffer of cells. Each area of the screen has its file;
//! here is what stands where.

mod big;
mod body;
mod chain;
mod drawing;
mod equation;
mod fault;
mod footer;
mod grid;
mod header;
mod help;
mod list;
mod menu;
mod paint;
mod picture;
mod play;
mod sentence;
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
use grid::Grid;
use paint::{CellPainter, width_of};
pub use play::Play;

/// Draws a state. Returns how far what is shown can be scrolled.
pub fn draw(state: &State<'_>, area: Rect, buffer: &mut Buffer) -> usize {
    let mut painter = CellPainter { buffer, look: state.walk.look };
    painter.ground();
    if *state.mode() == Mode::Blank {
        return 0;
    }
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
        Mode::Listing(chosen) => {
            list::draw(state, *chosen, &mut painter, middle);
            0
        }
        Mode::Fault(report) => {
            fault::draw(report, &mut painter, middle);
            0
        }
        Mode::Blank => 0,
        Mode::Walking | Mode::Leaving | Mode::Jumping(_) | Mode::Finding(_) | Mode::Guessing(_) => {
            step(state, &mut painter, middle);
            0
        }
    }
}

/// One step: the figure, the chain, the quantity, why.
fn step(state: &State<'_>, painter: &mut CellPainter<'_>, area: Rect) {
    let scene = state.walk.scene(state.position(), state.beat());
    let spoken = sentence::lines(state, &scene, area.width);
    let title = body::title(state, scene.step);
    if let Moment::Told(_) = scene.step.moment {
        let room = if needs_no_drawing(&scene) { 0 } else { grid::most_figure(area.height) };
        let drawn = drawing::draw(state, &scene, painter, rows(area, 0, room));
        rule(painter, rows(area, drawn, 1), &title, &[]);
        body::draw(state, &scene, painter, rows(area, drawn + 1, area.height - drawn - 1));
        return;
    }
    let drawn =
        drawing::draw(state, &scene, painter, rows(area, 0, grid::most_figure(area.height)));
    let grid = Grid::of(area, drawn);
    let product = scene.chain.as_ref().map_or_else(Vec::new, |chain| chain::product(state, chain));
    rule(painter, grid.rule, &title, &product);
    if let Some(chain) = &scene.chain {
        painter.lines(grid.chain, &chain::lines(state, chain, area.width));
    }
    // A table begins where else the chain is.
    let is_table = matches!(scene.step.moment, Moment::Rows(_));
    let top = if is_table { grid.chain.y } else { grid.body.y };
    let body = Rect { y: top, height: grid.body.bottom() - top, ..grid.body };
    body::draw(state, &scene, painter, body);
    painter.lines(grid.sentence, &sentence::fitted(spoken, grid.sentence, painter.look.ascii));
}

/// Whether a step is about all of the network, and needs the room itself.
const fn needs_no_drawing(scene: &Scene<'_>) -> bool {
    match scene.step.moment {
        Moment::Told(section) => !matches!(section, Subject::Network | Subject::Summary),
        Moment::Chain(_)
        | Moment::Factor(..)
        | Moment::Product(_)
        | Moment::Rows(_)
        | Moment::Quantity(_)
        | Moment::Shortcut(_) => false,
    }
}

/// A line across, with a title in it and what stands at its end.
fn rule(painter: &mut CellPainter<'_>, area: Rect, title: &[Span], end: &[Span]) {
    let dash = if painter.look.ascii { "-" } else { "─" };
    let line = Span::new(dash.repeat(usize::from(area.width)), Role::Faint);
    painter.line(area.x, area.y, area.width, &[line]);
    titled(painter, area.x + 1, area.y, area.width.saturating_sub(2), title);
    let (taken, before) = (width_of(end) as u16 + 2, width_of(title) as u16 + 4);
    if taken + before < area.width {
        titled(painter, area.right() - taken - 1, area.y, taken, end);
    }
}

fn titled(painter: &mut CellPainter<'_>, x: u16, y: u16, width: u16, title: &[Span]) {
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
