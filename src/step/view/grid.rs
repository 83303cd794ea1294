//! What stands where at a step about a quantity. It depends on the size of the
//! window and of the network alone, so that nothing moves from step to step.

use ratatui::layout::Rect;

use super::{chain, rows};

/// The areas of a step, from the top down.
pub(super) struct Grid {
    /// The title of what is computed, in a line across.
    pub(super) rule: Rect,
    /// The chain.
    pub(super) chain: Rect,
    /// Formula, numbers and value.
    pub(super) body: Rect,
    /// Why.
    pub(super) sentence: Rect,
}

/// Rows of formula, numbers and value: at least what a large number takes with
/// its name and a line of numbers, at most what can be taken in at once.
const BODY: std::ops::RangeInclusive<u16> = 5..=9;

/// Rows from which the sentence has a second one.
const ROOMY: u16 = 20;

/// Empty rows between the parts, at most.
const MOST_GAP: u16 = 3;

const fn sentence(height: u16) -> u16 {
    if height >= ROOMY { 2 } else { 1 }
}

/// Rows that a figure may take.
pub(super) fn most_figure(height: u16) -> u16 {
    height.saturating_sub(1 + chain::ROWS + BODY.start() + sentence(height))
}

impl Grid {
    /// Below a figure of so many rows.
    pub(super) fn of(area: Rect, figure: u16) -> Self {
        let rest = area.height.saturating_sub(figure + 1 + chain::ROWS);
        let spare = rest.saturating_sub(sentence(area.height));
        let body = spare.clamp(*BODY.start(), *BODY.end());
        // In large windows the parts stand apart.
        let gap = (spare.saturating_sub(body) / 6).min(MOST_GAP);
        let chain_at = figure + 1 + gap;
        let body_at = chain_at + chain::ROWS + gap;
        let sentence_at = body_at + body + gap;
        Self {
            rule: rows(area, figure, 1),
            chain: rows(area, chain_at, chain::ROWS),
            body: rows(area, body_at, body),
            sentence: rows(area, sentence_at, area.height),
        }
    }
}
