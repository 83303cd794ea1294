//! Why this step, or what there is to say about a guess.

use super::body::lines_of;
use crate::document::{Block, Line};
use crate::step::scene::Scene;
use crate::step::state::State;
use crate::typeset::Span;

/// The sentence, broken into lines, with an empty one in front.
pub(super) fn lines(state: &State<'_>, scene: &Scene<'_>, width: u16) -> Vec<Vec<Span>> {
    let mut parts: Vec<&Line> = Vec::new();
    match state.guess() {
        Some(guess) => parts.push(&guess.said),
        None => parts.push(&scene.why),
    }
    parts.extend(&scene.remark);
    let mut lines = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let block = Block::Prose(part.clone());
        lines.extend(lines_of(state, &block, width.saturating_sub(2)));
    }
    for line in &mut lines {
        line.insert(0, Span::plain(" "));
    }
    if !lines.is_empty() {
        lines.insert(0, Vec::new());
    }
    lines
}
