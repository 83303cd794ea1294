//! A grid of cells that hold text or the arms of wires, read out row by row. It
//! knows no network.

use super::HEADING_ROWS;
use super::glyph::{Arms, DOWN, LEFT, Line, RIGHT, UP, glyph, over_and_under};
use crate::math::{Role, Span};

#[derive(Clone, Copy, Default)]
struct Cell {
    arms: Arms,
    text: Option<(char, Role)>,
    arrow: bool,
}

pub(super) struct Canvas {
    cells: Vec<Vec<Cell>>,
}

impl Canvas {
    pub(super) fn blank(rows: usize, columns: usize) -> Self {
        Self { cells: vec![vec![Cell::default(); columns]; rows] }
    }

    pub(super) fn write(&mut self, row: usize, column: usize, text: &str, role: Role) {
        for (cell, c) in self.cells[row][column..].iter_mut().zip(text.chars()) {
            cell.text = Some((c, role));
        }
    }

    pub(super) fn width(&self) -> usize {
        self.cells[0].len()
    }

    pub(super) fn rows(&self, has_path: bool, ascii: bool) -> Vec<Vec<Span>> {
        let rows = self.cells.iter().map(|row| {
            let used = row.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
            spans(row[..used].iter().map(|cell| cell.shown(has_path, ascii)))
        });
        rows.collect()
    }
}

/// Joins neighbours of one role; blanks go with what is in front of them.
fn spans(cells: impl Iterator<Item = (char, Role)>) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let (mut text, mut of) = (String::new(), Role::Plain);
    for (c, role) in cells {
        if role != of && c != ' ' {
            if !text.is_empty() {
                spans.push(Span::new(text.as_str(), of));
                text.clear();
            }
            of = role;
        }
        text.push(c);
    }
    if !text.is_empty() {
        spans.push(Span::new(text, of));
    }
    spans
}

impl Cell {
    fn is_blank(&self) -> bool {
        self.text.is_none() && self.arms == Arms::default()
    }

    fn shown(&self, has_path: bool, ascii: bool) -> (char, Role) {
        if let Some(text) = self.text {
            return text;
        }
        if self.is_blank() {
            return (' ', Role::Plain);
        }
        let arms = over_and_under(self.arms);
        let role = if arms.contains(&Line::Heavy) {
            Role::New
        } else if has_path && arms != Arms::default() {
            Role::Faint
        } else {
            Role::Plain
        };
        let glyph = match (self.arrow, ascii) {
            (true, true) => '>',
            (true, false) => '▶',
            (false, _) => glyph(arms, ascii),
        };
        (glyph, role)
    }
}

/// Draws wires of one weight; rows count without the headings.
pub(super) struct Pen<'a> {
    pub(super) canvas: &'a mut Canvas,
    pub(super) line: Line,
}

impl Pen<'_> {
    /// A horizontal wire through the columns from `from` up to `to`.
    pub(super) fn run(&mut self, row: usize, from: usize, to: usize) {
        for column in from..to {
            self.arm(row, column, LEFT);
            self.arm(row, column, RIGHT);
        }
    }

    /// A vertical wire between two rows.
    pub(super) fn drop(&mut self, column: usize, a: usize, b: usize) {
        for row in a.min(b)..a.max(b) {
            self.arm(row, column, DOWN);
            self.arm(row + 1, column, UP);
        }
    }

    pub(super) fn arrow(&mut self, row: usize, column: usize) {
        self.arm(row, column, LEFT);
        self.canvas.cells[row + HEADING_ROWS][column].arrow = true;
    }

    /// An arm, at least this heavy.
    pub(super) fn arm(&mut self, row: usize, column: usize, arm: usize) {
        let arm = &mut self.canvas.cells[row + HEADING_ROWS][column].arms[arm];
        *arm = self.line.max(*arm);
    }
}
