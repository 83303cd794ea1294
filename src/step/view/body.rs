//! The quantity itself: formula, numbers, value, line by line.

use ratatui::layout::Rect;

use super::chain;
use super::equation::{self, Equation};
use super::paint::CellPainter;
use crate::document::{Block, topic};
use crate::math::Role;
use crate::name::Name;
use crate::num::counted;
use crate::step::scene::{Body, Scene};
use crate::step::state::State;
use crate::step::steps::{Moment, Step};
use crate::typeset::{Span, Style, Terminal, TextWriter, Typesetter};

/// What the step is about, in a few words.
pub(super) fn title(state: &State<'_>, step: Step) -> Vec<Span> {
    let walk = state.walk;
    let writer = writer(state);
    match (step.moment, step.quantity(walk.lesson())) {
        (Moment::Told(subject), _) => {
            vec![Span::new(topic::title(step.part, subject), Role::Heading)]
        }
        (Moment::Rows(alike), None) => {
            let last = alike.count(walk.lesson()) - 1;
            let [first, last] = [0, last].map(|at| writer.name(alike.name(walk.lesson(), at)));
            vec![Span::new(format!("{first} to {last}"), Role::Heading)]
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
    let terminal =
        Terminal { width: usize::from(width), colour: look.colour.is_some(), ascii: look.ascii };
    Typesetter::new(state.walk.lesson().naming(), terminal, true).in_runs(block)
}

/// Draws what is told by now.
pub(super) fn draw(
    state: &State<'_>,
    scene: &Scene<'_>,
    painter: &mut CellPainter<'_>,
    area: Rect,
) {
    match &scene.body {
        Body::Equation { left, full, rights, seen, value } => {
            // What stands in the line of the chain is not said again.
            let said = usize::from(is_said(state, scene, area.width)).min(rights.len());
            let equation = Equation {
                state,
                left,
                rights: full.iter().chain(&rights[said..]).cloned().collect(),
                seen: usize::from(full.is_some()) + seen.saturating_sub(said),
            };
            equation::draw(&equation, value.as_ref(), painter, area);
        }
        Body::Blocks(blocks) => painter.lines(area, &blocks_in(state, blocks, area)),
    }
}

/// Whether the formula of a step is the whole chain that is shown.
fn is_said(state: &State<'_>, scene: &Scene<'_>, width: u16) -> bool {
    let Some(chain) = &scene.chain else { return false };
    let is_factor = chain.factors.iter().any(|factor| factor.here);
    !is_factor && chain::fits(state, chain, width)
}

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
    if hidden > 0 {
        // The row that says so takes one itself.
        lines.drain(..=hidden);
        let above =
            format!(" … {} more above; a larger window shows them", counted(hidden + 1, "row"));
        lines.insert(0, vec![Span::new(writer(state).style.spell(&above), Role::Faint)]);
    }
    lines
}
