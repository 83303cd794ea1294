//! A grid of cells that hold text or the arms of wires, read out row by row. It
//! knows no network.

use super::HEADING_ROWS;
use super::glyph::{Arms, DOWN, LEFT, RIGHT, UP, WireLine, glyph, over_and_under};
use crate::math::Role;
use crate::typeset::Span;

#[derive(Clone, Copy, Default)]
struct Cell {
    arms: Arms,
    text: Option<(char, Role)>,
    arrow: Option<Head>,
}

/// Which way an arrowhead points.
#[derive(Clone, Copy)]
enum Head {
    Right,
    Left,
}

/// What of a drawing is told by the role of its wires.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lit {
    /// Nothing.
    Nothing,
    /// A path: it is heavy.
    Path,
    /// Links, each as bright as it is.
    Links,
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

    pub(super) fn rows(&self, lit: Lit, ascii: bool) -> Vec<Vec<Span>> {
        let rows = self.cells.iter().map(|row| {
            let used = row.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
            spans(row[..used].iter().map(|cell| cell.shown(lit, ascii)))
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

    fn shown(&self, lit: Lit, ascii: bool) -> (char, Role) {
        if let Some(text) = self.text {
            return text;
        }
        if self.is_blank() {
            return (' ', Role::Plain);
        }
        let arms = over_and_under(self.arms);
        let line = arms.into_iter().max().unwrap_or_default();
        let role = match (lit, line) {
            (Lit::Links, WireLine::Heavy) => Role::Known,
            (_, WireLine::Current | WireLine::Heavy) => Role::New,
            (Lit::Path | Lit::Links, WireLine::Light) => Role::Faint,
            (_, WireLine::None | WireLine::Light | WireLine::Ahead) => Role::Plain,
        };
        let glyph = match (self.arrow, ascii) {
            (Some(Head::Right), true) => '>',
            (Some(Head::Right), false) => '▶',
            (Some(Head::Left), true) => '<',
            (Some(Head::Left), false) => '◀',
            (None, _) => glyph(arms, ascii),
        };
        (glyph, role)
    }
}

/// Draws wires of one weight; rows count without the headings.
pub(super) struct Pen<'a> {
    pub(super) canvas: &'a mut Canvas,
    pub(super) line: WireLine,
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
        // Where a pass runs back, its head is the one that is seen.
        let _ = self.canvas.cells[row + HEADING_ROWS][column].arrow.get_or_insert(Head::Right);
    }

    /// The head of a pass that runs backwards.
    pub(super) fn arrow_back(&mut self, row: usize, column: usize) {
        self.arm(row, column, RIGHT);
        self.canvas.cells[row + HEADING_ROWS][column].arrow = Some(Head::Left);
    }

    /// An arm, at least this heavy.
    pub(super) fn arm(&mut self, row: usize, column: usize, arm: usize) {
        let arm = &mut self.canvas.cells[row + HEADING_ROWS][column].arms[arm];
        *arm = self.line.max(*arm);
    }
}
