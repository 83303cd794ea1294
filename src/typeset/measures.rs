//! What the columns of a table need, found a few rows at a time.

use super::table::{Cells, fits, paragraphs, whole_part, widths};
use super::wrap::{widest_part, widest_word};
use super::{Span, width_of};
use crate::document::Align;

/// The most of each column so far.
pub(super) struct Measures {
    /// Of its numbers, what stands before the point.
    pub(super) whole: Vec<Option<usize>>,
    /// Of its numbers, the rest.
    rest: Vec<usize>,
    /// Its title.
    titles: Vec<usize>,
    /// Of its lines.
    lines: Vec<usize>,
    /// Of its words, where it flows or names something.
    words: Vec<usize>,
    /// Of what is never broken, there.
    parts: Vec<usize>,
}

/// Columns that `= ` takes in front of what is stacked.
const EQUALS: usize = 2;

impl Measures {
    /// Of a table without rows.
    pub(super) fn of(head: &Cells) -> Self {
        let titles: Vec<usize> = head.titles.iter().map(|title| title.len()).collect();
        let columns = titles.len();
        Self {
            whole: vec![None; columns],
            rest: vec![0; columns],
            titles,
            lines: vec![0; columns],
            words: vec![0; columns],
            parts: vec![0; columns],
        }
    }

    /// Takes some more rows.
    pub(super) fn add(&mut self, cells: &Cells) {
        for (at, cell) in cells.rows.iter().flat_map(|row| row.iter().enumerate()) {
            if let Some(whole) = whole_part(cell, cells.aligns[at]) {
                self.whole[at] = self.whole[at].max(Some(whole));
                self.rest[at] = self.rest[at].max(width_of(cell) - whole);
                continue;
            }
            let lines = paragraphs(cell).map(width_of).max().unwrap_or(0);
            self.lines[at] = self.lines[at].max(lines);
            if matches!(cells.aligns[at], Align::Decimal | Align::Count) {
                continue;
            }
            let most = |measure: fn(&[Span]) -> usize| paragraphs(cell).map(measure).max();
            // No word is wider than its line, and no part than its word.
            if lines > self.words[at] {
                self.words[at] = self.words[at].max(most(widest_word).unwrap_or(0));
            }
            if lines > self.parts[at] {
                self.parts[at] = self.parts[at].max(most(widest_part).unwrap_or(0));
            }
        }
    }

    /// Becomes those of the table with its flowing columns under each other.
    pub(super) fn stack(&mut self, aligns: &[Align]) {
        let flowing: Vec<usize> =
            (0..aligns.len()).filter(|at| aligns[*at] == Align::Flowing).collect();
        let Some((&first, others)) = flowing.split_first() else { return };
        for &at in others.iter().rev() {
            let (lines, words) = (self.lines.remove(at), self.words.remove(at));
            let parts = self.parts.remove(at);
            // What is empty is not stacked.
            if lines > 0 {
                self.lines[first] = self.lines[first].max(EQUALS + lines);
                self.words[first] = self.words[first].max(EQUALS + words);
                self.parts[first] = self.parts[first].max(EQUALS + parts);
            }
            self.titles.remove(at);
            self.whole.remove(at);
            self.rest.remove(at);
        }
    }

    /// Whether every column can be as wide as its widest word.
    pub(super) fn fits(&self, aligns: &[Align], width: usize) -> bool {
        fits(aligns, &self.asked(), &|at| self.word(at), width)
    }

    /// Widths of the columns, stacked where they are.
    pub(super) fn widths(&self, aligns: &[Align], width: usize) -> Vec<usize> {
        let part = |at: usize| self.parts[at].max(self.titles[at]);
        widths(aligns, self.asked(), &|at| self.word(at), &part, width)
    }

    fn word(&self, at: usize) -> usize {
        self.words[at].max(self.titles[at])
    }

    fn asked(&self) -> Vec<usize> {
        let asked = |at: usize| {
            let numbers = self.whole[at].map_or(0, |whole| whole + self.rest[at]);
            self.lines[at].max(numbers).max(self.titles[at])
        };
        (0..self.lines.len()).map(asked).collect()
    }
}
