//! Steps that are a table: which of their rows are seen at a beat.

use std::ops::Range;

use super::steps::Moment;
use super::walkthrough::Walkthrough;
use crate::document::{Block, Table, quantity_columns};
use crate::name::Name;
use crate::telling::Alike;

/// Rows up to which each has a beat of its own.
const ONE_BY_ONE: usize = 24;

/// Rows that come at once in a longer table.
const AT_ONCE: usize = 12;

/// Rows that are kept of a long table.
const KEPT: usize = 200;

impl<'a> Walkthrough<'a> {
    /// Beats of a table.
    pub(super) fn table_beats(&self, alike: Alike) -> usize {
        let count = alike.count(self.lesson());
        count.div_ceil(at_once(count)).max(1)
    }

    /// The quantities that the step at a position has told at a beat; of a long table
    /// the last ones.
    pub fn told(&self, position: usize, beat: usize) -> Vec<Name> {
        let step = self.step(position);
        let Moment::Rows(alike) = step.moment else {
            let seen = beat >= self.beats(position);
            return step.quantity(self.lesson()).filter(|_| seen).into_iter().collect();
        };
        let rows = self.rows_at(alike, beat);
        rows.flat_map(|at| alike.names(self.lesson(), at, 0)).collect()
    }

    /// The rows that are seen at a beat, at least one.
    pub(super) fn rows_at(&self, alike: Alike, beat: usize) -> Range<usize> {
        let count = alike.count(self.lesson());
        let end = beat.saturating_mul(at_once(count)).clamp(1, count);
        end.saturating_sub(KEPT)..end
    }

    /// The table as far as it is seen.
    pub(super) fn table_at(&self, position: usize, beat: usize) -> Vec<Block<'a>> {
        let names = self.told(position, beat);
        let rows = names.into_iter().map(|name| self.readings.row(name)).collect();
        vec![Block::Table(Table { columns: quantity_columns(), rows, left_out: 0 })]
    }
}

const fn at_once(count: usize) -> usize {
    if count <= ONE_BY_ONE { 1 } else { AT_ONCE }
}
