//! The tables of everything that was computed up to a step.

use super::walkthrough::Walkthrough;
use crate::document::{Block, Inline, Table, quantity_columns};
use crate::math::Role;
use crate::telling::Part;

/// Quantities that the tables go back at most.
const MOST_ROWS: usize = 120;

impl<'a> Walkthrough<'a> {
    /// What was computed up to a position, part by part; `revealed`: the value
    /// of that position too.
    pub fn so_far(&self, position: usize, revealed: bool) -> Vec<Block<'a>> {
        let end = if revealed { position + 1 } else { position };
        let steps = &self.steps()[..end.min(self.steps().len())];
        let first = steps.len().saturating_sub(MOST_ROWS);
        let mut blocks = Vec::new();
        if first > 0 {
            let text = format!("The last {MOST_ROWS} of {} steps so far:", steps.len());
            blocks.push(Block::Prose(vec![Inline::Text(text.into(), Role::Faint)]));
        }
        let mut from = first;
        for stretch in steps[first..].chunk_by(|a, b| a.part == b.part) {
            blocks.extend(self.table(stretch[0].part, from..from + stretch.len()));
            from += stretch.len();
        }
        if blocks.is_empty() {
            blocks.push(Block::Prose(vec!["Nothing is computed yet.".into()]));
        }
        blocks
    }

    fn table(&self, part: Part, steps: std::ops::Range<usize>) -> Vec<Block<'a>> {
        let names = steps.flat_map(|at| self.told(at, self.beats(at)));
        let rows: Vec<_> = names.map(|name| self.readings.row(name)).collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let title = Inline::Text(part.title(self.lesson().naming()).into(), Role::Heading);
        let table = Table { columns: quantity_columns(), rows, left_out: 0 };
        vec![Block::Subheading(vec![title]), Block::Table(table)]
    }
}
