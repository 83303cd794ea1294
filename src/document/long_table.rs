//! A table of so many rows that they are made one after the other, as often as they
//! are needed, and never stand in memory together.

use std::ops::Range;

use super::block::{Column, Line, Table};

/// The table.
pub struct LongTable<'a> {
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many rows it has.
    pub count: usize,
    row: Box<dyn Fn(usize) -> Vec<Line> + 'a>,
}

impl<'a> LongTable<'a> {
    /// A table whose rows are made by `row`, the same each time.
    pub fn new(columns: Vec<Column>, count: usize, row: impl Fn(usize) -> Vec<Line> + 'a) -> Self {
        Self { columns, count, row: Box::new(row) }
    }

    /// Some of its rows, one cell per column.
    pub fn rows(&self, range: Range<usize>) -> Vec<Vec<Line>> {
        range.map(&self.row).collect()
    }

    /// All of it at once, for a medium that needs it so.
    pub fn whole(&self) -> Table {
        let rows = self.rows(0..self.count);
        Table { columns: self.columns.clone(), rows, left_out: 0 }
    }
}
