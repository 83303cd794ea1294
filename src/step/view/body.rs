//! The quantity itself: formula, numbers, value, line by line.

use ratatui::layout::Rect;

use super::big;
use super::paint::{Painter, width_of};
use crate::document::{Block, topic};
use crate::math::{Form, Role};
use crate::name::Name;
use crate::step::scene::{Body, Scene};
use crate::step::state::State;
use crate::step::steps::Moment;
use crate::typeset::{Span, Style, Terminal, TextWriter, Typesetter};

/// What the step is about, in a few words.
pub(super) fn title(state: &State<'_>, scene: &Scene<'_>) -> Vec<Span> {
    let walk = state.walk;
    let writer = writer(state);
    match (scene.step.moment, scene.step.quantity(walk.lesson())) {
        (Moment::Told(subject), _) => {
            vec![Span::new(topic::title(scene.step.part, subject), Role::Heading)]
        }
        (_, Some(name)) => vec![Span::new(writer.name(name), Role::Heading)],
        (Moment::Chain(walked), None) => {
            let name = Name::loss_by(walked.parameter);
            vec![Span::new(writer.name(name), Role::Heading)]
        }
        (_, None) => Vec::new(),
    }
}

pub(super) fn writer<'a>(state: &'a State<'_>) -> TextWriter<'a> {
    let style = if state.walk.look.ascii { Style::Ascii } else { Style::Unicode };
    TextWriter { naming: state.walk.lesson().naming(), style }
}

/// A block of the page as lines of this width.
pub(super) fn lines_of(state: &State<'_>, block: &Block<'_>, width: u16) -> Vec<Vec<Span>> {
    let look = state.walk.look;
    let terminal = Terminal { width: usize::from(width), colour: look.colour, ascii: look.ascii };
    Typesetter::new(state.walk.lesson().naming(), terminal, true).in_runs(block)
}

/// Draws what is told by now. Returns the rows it took.
pub(super) fn draw(
    state: &State<'_>,
    scene: &Scene<'_>,
    painter: &mut Painter<'_>,
    area: Rect,
) -> u16 {
    match &scene.body {
        Body::Equation { left, full, rights, of, value } => {
            let mut lines = equation_in(state, left, full.as_ref(), rights, area);
            if state.may_guess() && rights.len() + 1 == *of {
                lines.push(hidden(state, left));
            }
            if let Some(value) = value {
                add_big(&mut lines, value, painter.look.ascii, area);
            }
            painter.lines(area, &lines);
            (lines.len() as u16).min(area.height)
        }
        Body::Blocks(blocks) => {
            let lines = blocks_in(state, blocks, area);
            painter.lines(area, &lines);
            (lines.len() as u16).min(area.height)
        }
    }
}

/// The quantity and what it equals. Where there is too little room, what was
/// said before goes first: the value is always there.
fn equation_in(
    state: &State<'_>,
    left: &Form,
    full: Option<&Form>,
    rights: &[Form],
    area: Rect,
) -> Vec<Vec<Span>> {
    let all: Vec<Form> = full.into_iter().chain(rights).cloned().collect();
    let mut lines = Vec::new();
    for from in 0..all.len() {
        let block = Block::Equation { left: left.clone(), rights: all[from..].to_vec() };
        lines = lines_of(state, &block, area.width);
        if lines.len() <= usize::from(area.height) {
            break;
        }
    }
    lines
}

/// Where the value will stand.
fn hidden(state: &State<'_>, left: &Form) -> Vec<Span> {
    let indent = 2 + width_of(&writer(state).spans(left));
    vec![Span::blanks(indent), Span::new(" = ?", Role::New)]
}

/// Adds the value in large letters, where there is room: below the lines, else
/// at their right.
fn add_big(lines: &mut Vec<Vec<Span>>, value: &str, ascii: bool, area: Rect) {
    let Some(letters) = big::lines(value, Role::New, ascii) else { return };
    let (width, height) = (usize::from(area.width), usize::from(area.height));
    let taken = BIG_INDENT + width_of(&letters[0]);
    if lines.len() + 1 + big::ROWS <= height && taken <= width {
        lines.push(Vec::new());
        for letter in letters {
            let indent = Span::blanks(BIG_INDENT);
            lines.push([indent].into_iter().chain(letter).collect());
        }
        return;
    }
    let beside = lines.iter().take(big::ROWS).map(|line| width_of(line)).max().unwrap_or(0);
    if beside + taken > width || height < big::ROWS {
        return;
    }
    lines.resize(lines.len().max(big::ROWS), Vec::new());
    for (line, letter) in lines.iter_mut().zip(letters) {
        let gap = width + BIG_INDENT - taken - width_of(line);
        line.push(Span::blanks(gap));
        line.extend(letter);
    }
}

/// Columns in front of a large number.
const BIG_INDENT: usize = 4;

/// The blocks so far: as many of the last ones as there is room for.
fn blocks_in(state: &State<'_>, blocks: &[Block<'_>], area: Rect) -> Vec<Vec<Span>> {
    let mut lines: Vec<Vec<Span>> = Vec::new();
    for block in blocks {
        if !lines.is_empty() {
            lines.push(Vec::new());
        }
        lines.extend(lines_of(state, block, area.width));
    }
    let hidden = lines.len().saturating_sub(usize::from(area.height));
    lines.drain(..hidden);
    lines
}
