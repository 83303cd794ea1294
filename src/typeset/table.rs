//! Tables. The frame is comfy-table's: the head and the rules, in the columns
//! asked for. Cells are broken into lines and put side by side here, where break
//! points of formulas are known: a library that measures text could carry
//! neither them nor colours.

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle,
    Table as Grid, TableStyle, Width,
};
use unicode_width::UnicodeWidthChar;

use super::wrap::{widest_part, widest_word, wrap};
use super::{Span, width_of};
use crate::document::Align;
use crate::math::Role;

/// Cells of a table, as spans, and how its columns line up.
pub(super) struct Cells {
    pub(super) titles: Vec<&'static str>,
    pub(super) aligns: Vec<Align>,
    /// Row, cell; the paragraphs of a cell stand between [`BREAK`]s.
    pub(super) rows: Vec<Vec<Vec<Span>>>,
}

/// The text that stands between two paragraphs.
const BREAK: &str = "\n";

/// No column is squeezed below this.
const NARROWEST: usize = 10;

/// Columns in front of the first cell.
const MARGIN: usize = 1;

/// Columns between two cells.
const GAP: usize = 2;

impl Cells {
    /// The lines of the table, no wider than `width` where its labels allow it.
    pub(super) fn draw(mut self, width: usize, ascii: bool) -> Vec<Vec<Span>> {
        self.align_to(&self.whole_parts());
        let mut asked = self.asked();
        if !self.fits(&asked, width) {
            self.stack_flowing();
            asked = self.asked();
        }
        let word = |at| self.widest(at, &widest_word);
        let part = |at| self.widest(at, &widest_part);
        let widths = widths(&self.aligns, asked, &word, &part, width);
        let mut lines = frame(&self.titles, &widths, ascii);
        let end = lines.pop();
        for row in self.rows {
            add_row(row, &widths, &mut lines);
        }
        lines.extend(end);
        lines
    }

    /// Of each column of numbers, what the longest whole part takes.
    fn whole_parts(&self) -> Vec<Option<usize>> {
        let widest = |(at, align): (usize, &Align)| {
            self.rows.iter().filter_map(|row| whole_part(&row[at], *align)).max()
        };
        self.aligns.iter().enumerate().map(widest).collect()
    }

    /// Pads numbers so that their decimal points or last digits stand in line.
    pub(super) fn align_to(&mut self, whole_parts: &[Option<usize>]) {
        for (at, align) in self.aligns.iter().enumerate() {
            let Some(widest) = whole_parts[at] else { continue };
            for row in &mut self.rows {
                if let Some(whole) = whole_part(&row[at], *align) {
                    row[at].insert(0, Span::blanks(widest - whole));
                }
            }
        }
    }

    /// Whether every column can be as wide as its widest word.
    fn fits(&self, asked: &[usize], width: usize) -> bool {
        fits(&self.aligns, asked, &|at| self.widest(at, &widest_word), width)
    }

    /// Puts the flowing columns under each other, in the place of the first.
    pub(super) fn stack_flowing(&mut self) {
        let flowing: Vec<usize> =
            (0..self.titles.len()).filter(|at| self.aligns[*at] == Align::Flowing).collect();
        let Some((&first, others)) = flowing.split_first() else { return };
        for &at in others.iter().rev() {
            self.titles.remove(at);
            self.aligns.remove(at);
            for row in &mut self.rows {
                let cell = row.remove(at);
                for paragraph in paragraphs(&cell).filter(|paragraph| !paragraph.is_empty()) {
                    row[first].extend([Span::plain(BREAK), Span::plain("= ")]);
                    row[first].extend_from_slice(paragraph);
                }
            }
        }
    }

    /// What each column needs for its widest line.
    fn asked(&self) -> Vec<usize> {
        (0..self.titles.len()).map(|at| self.widest(at, &width_of)).collect()
    }

    /// The most that a measure makes of a column.
    fn widest(&self, at: usize, measure: &dyn Fn(&[Span]) -> usize) -> usize {
        let paragraphs = self.rows.iter().flat_map(|row| paragraphs(&row[at]));
        paragraphs.map(measure).max().unwrap_or(0).max(self.titles[at].len())
    }
}

/// Whether every column can be as wide as its widest word.
pub(super) fn fits(
    aligns: &[Align],
    asked: &[usize],
    word: &dyn Fn(usize) -> usize,
    width: usize,
) -> bool {
    let columns = asked.len();
    let gaps = (columns - 1) * GAP;
    // Whole lines are measured faster than words, and mostly fit.
    let least = |at: usize| match aligns[at] {
        Align::Flowing => word(at),
        Align::Label | Align::Decimal | Align::Count => asked[at],
    };
    asked.iter().sum::<usize>() + gaps < width
        || (0..columns).map(least).sum::<usize>() + gaps < width
}

/// Widths of the columns: what they ask for; where the table would be too
/// wide, the flowing ones are cut down to a common most, but not below their
/// widest word, or else their widest part, if that can be helped.
pub(super) fn widths(
    aligns: &[Align],
    mut asked: Vec<usize>,
    word: &dyn Fn(usize) -> usize,
    part: &dyn Fn(usize) -> usize,
    width: usize,
) -> Vec<usize> {
    let columns = asked.len();
    let (flowing, fixed): (Vec<usize>, Vec<usize>) =
        (0..columns).partition(|at| aligns[*at] == Align::Flowing);
    let gaps = (columns - 1) * GAP + MARGIN;
    let room = |asked: &[usize]| {
        width.saturating_sub(gaps + fixed.iter().map(|at| asked[*at]).sum::<usize>())
    };
    let needs = |least: &[usize]| flowing.iter().map(|at| least[*at]).sum::<usize>();
    if needs(&asked) <= room(&asked) {
        return asked;
    }
    let words: Vec<usize> = (0..columns).map(word).collect();
    let mut least = if needs(&words) <= room(&asked) {
        words.clone()
    } else {
        (0..columns).map(part).collect()
    };
    if needs(&least) > room(&asked) {
        // Words that stand in a column of their own may take two lines.
        let labels = fixed.iter().filter(|at| aligns[**at] == Align::Label);
        labels.for_each(|&at| asked[at] = words[at]);
    }
    let room = room(&asked);
    if needs(&least) > room {
        least.fill(0);
    }
    let cut = |at: usize, most: usize| asked[at].min(most.max(least[at]));
    let fits = |most: &usize| flowing.iter().map(|at| cut(*at, *most)).sum::<usize>() <= room;
    let most = (NARROWEST..=width).rev().find(fits).unwrap_or(NARROWEST);
    (0..columns).map(|at| if flowing.contains(&at) { cut(at, most) } else { asked[at] }).collect()
}

/// The head with a rule above and below it, and the rule at the end.
pub(super) fn frame(titles: &[&'static str], widths: &[usize], ascii: bool) -> Vec<Vec<Span>> {
    let mut grid = Grid::new();
    grid.load_style(if ascii { ASCII_RULES } else { RULES });
    grid.set_content_arrangement(ContentArrangement::Disabled);
    grid.set_header(titles);
    for (at, column) in grid.column_iter_mut().enumerate() {
        // The library draws one blank between columns; the others are padding.
        let left = if at == 0 { MARGIN } else { 0 };
        let right = if at + 1 < widths.len() { GAP - 1 } else { 0 };
        column.set_padding((left as u16, right as u16));
        column.set_cell_alignment(CellAlignment::Left);
        let width = (left + widths[at] + right).min(usize::from(u16::MAX));
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width as u16)));
    }
    let line = |line: String| {
        // Rules begin at the edge.
        let role = if line.starts_with(' ') { Role::Heading } else { Role::Plain };
        vec![Span::new(line.trim_end(), role)]
    };
    grid.lines().map(line).collect()
}

pub(super) fn paragraphs(cell: &[Span]) -> impl Iterator<Item = &[Span]> {
    cell.split(|span| span.text == BREAK)
}

/// Columns that the whole part of a number takes, with what stands in front of
/// it; `None` for what is no number or stands in a column of words.
pub(super) fn whole_part(cell: &[Span], align: Align) -> Option<usize> {
    let is_count = match align {
        Align::Decimal => false,
        Align::Count => true,
        Align::Label | Align::Flowing => return None,
    };
    let (mut columns, mut has_digits) = (0, false);
    for c in cell.iter().flat_map(|span| span.text.chars()) {
        match c {
            '0'..='9' => has_digits = true,
            ',' if is_count => {}
            // A comma is a decimal point to some of those who answer.
            '.' | ',' => return Some(columns),
            _ if has_digits => return Some(columns),
            _ if c.is_alphabetic() => return None,
            _ => {}
        }
        columns += c.width().unwrap_or(0);
    }
    has_digits.then_some(columns)
}

/// Adds the lines of a row, which is as tall as its tallest cell.
pub(super) fn add_row(row: Vec<Vec<Span>>, widths: &[usize], lines: &mut Vec<Vec<Span>>) {
    // Cells of one line that fits are what most rows have.
    let fits = |(cell, width): (&Vec<Span>, &usize)| {
        !cell.iter().any(|span| span.text == BREAK) && width_of(cell) <= *width
    };
    if row.iter().zip(widths).all(fits) {
        lines.push(beside(row, widths));
        return;
    }
    let broken = |(cell, width): (&Vec<Span>, &usize)| {
        let lines = paragraphs(cell).flat_map(|paragraph| wrap(paragraph.to_vec(), *width));
        lines.collect::<Vec<_>>().into_iter()
    };
    let mut cells: Vec<_> = row.iter().zip(widths).map(broken).collect();
    let height = cells.iter().map(ExactSizeIterator::len).max().unwrap_or(0);
    for _ in 0..height {
        let parts = cells.iter_mut().map(|lines| lines.next().unwrap_or_default());
        lines.push(beside(parts, widths));
    }
}

/// Parts of a line, each in its column.
fn beside(parts: impl IntoIterator<Item = Vec<Span>>, widths: &[usize]) -> Vec<Span> {
    let mut line = Vec::with_capacity(2 * widths.len() + 1);
    let mut missing = MARGIN;
    for (part, width) in parts.into_iter().zip(widths) {
        line.push(Span::blanks(missing));
        missing = width.saturating_sub(width_of(&part)) + GAP;
        line.extend(part);
    }
    line
}

/// Rules over and under the head and at the end; no lines between columns.
const RULES: TableStyle = rules('─');
const ASCII_RULES: TableStyle = rules('-');

const fn rules(fill: char) -> TableStyle {
    let rule = LineStyle::none().fill(fill).junction(fill);
    let line = ContentLineStyle::none().junction(' ');
    TableStyle::new()
        .top_border(rule)
        .header_lines(line)
        .header_separator(rule)
        .content_lines(line)
        .bottom_border(rule)
}
