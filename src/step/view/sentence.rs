//! Why this step, or what there is to say about a guess.

use ratatui::layout::Rect;

use super::body::lines_of;
use super::paint::cut;
use crate::document::{Block, Line};
use crate::step::scene::Scene;
use crate::step::state::State;
use crate::typeset::Span;

/// The sentence, broken into lines.
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
    lines
}

/// As much of the sentence as there is room for; dots say that there is more.
pub(super) fn fitted(mut lines: Vec<Vec<Span>>, area: Rect, ascii: bool) -> Vec<Vec<Span>> {
    let most = usize::from(area.height);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let text: String = last.iter().map(|span| span.text.as_str()).collect();
            let text = format!("{text}{}", " ".repeat(usize::from(area.width)));
            *last = vec![Span::plain(cut(&text, usize::from(area.width) - 1, ascii))];
        }
    }
    lines
}
