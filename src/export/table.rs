//! Tables, with comfy-table: cells are broken into lines here, where break
//! points of formulas are known, and the library draws.
//!
//! The library measures text, so colours cannot pass through it. Roles ride
//! along as characters of no width and become colours afterwards.

use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle,
    Table as Grid, TableStyle, Width,
};

use super::wrap::{widest_word, width_of, wrap};
use crate::document::Align;
use crate::math::{Role, Sink, Span};

/// Cells of a table, as spans, and how its columns line up.
pub(super) struct Cells {
    pub(super) titles: Vec<&'static str>,
    pub(super) aligns: Vec<Align>,
    /// Row, cell; the paragraphs of a cell stand between [`BREAK`]s.
    pub(super) rows: Vec<Vec<Vec<Span>>>,
}

/// Bytes of a line beyond its columns: marks and signs such as `∂`.
const SPARE_BYTES: usize = 8;

/// The text that stands between two paragraphs.
const BREAK: &str = "\n";

/// No column is squeezed below this.
const NARROWEST: usize = 10;

/// Columns between two cells.
const GAP: usize = 2;

impl Cells {
    /// The lines of the table, no wider than `width` where its labels allow it.
    pub(super) fn draw(mut self, width: usize, ascii: bool) -> Vec<Vec<Span>> {
        self.align_decimals();
        let mut asked = self.asked();
        if !self.fits(&asked, width) {
            self.stack_flowing();
            asked = self.asked();
        }
        let widths = self.widths(asked, width);
        let mut grid = Grid::new();
        grid.load_style(if ascii { ASCII_RULES } else { RULES });
        grid.set_content_arrangement(ContentArrangement::Disabled);
        let heading = |title: &&'static str| {
            let mut text = String::new();
            add_marked(&[Span::new(*title, Role::Heading)], &mut text);
            text
        };
        grid.set_header(self.titles.iter().map(|title| Cell::new_owned(heading(title))));
        // All rows are one to the library, which is fast with few cells: no
        // lines are drawn between rows.
        grid.add_row(self.columns(&widths).into_iter().map(Cell::new_owned));
        for (at, column) in grid.column_iter_mut().enumerate() {
            // The library draws one blank between columns; the other is padding.
            let (left, right) = (u16::from(at == 0), u16::from(at + 1 < widths.len()));
            column.set_padding((left, right));
            column.set_cell_alignment(CellAlignment::Left);
            let width = widths[at].min(usize::from(u16::MAX) - 2) as u16 + left + right;
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        }
        grid.lines().map(unmarked).collect()
    }

    /// The lines of each column, one below the other; all rows are as tall as
    /// their tallest cell.
    fn columns(&self, widths: &[usize]) -> Vec<String> {
        let bytes = |width: &usize| self.rows.len() * (width + SPARE_BYTES);
        let mut columns: Vec<String> =
            widths.iter().map(|width| String::with_capacity(bytes(width))).collect();
        for (at, row) in self.rows.iter().enumerate() {
            if at > 0 {
                columns.iter_mut().for_each(|column| column.push('\n'));
            }
            // Cells of one line that fits are what most rows have.
            if row.iter().zip(widths).all(|(cell, width)| {
                !cell.iter().any(|span| span.text == BREAK) && width_of(cell) <= *width
            }) {
                columns.iter_mut().zip(row).for_each(|(column, cell)| add_marked(cell, column));
                continue;
            }
            let broken = |(cell, width): (&Vec<Span>, &usize)| -> Vec<Vec<Span>> {
                paragraphs(cell).flat_map(|paragraph| wrap(paragraph.to_vec(), *width)).collect()
            };
            let cells: Vec<Vec<Vec<Span>>> = row.iter().zip(widths).map(broken).collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or(0);
            for (column, lines) in columns.iter_mut().zip(&cells) {
                for at in 0..height {
                    if at > 0 {
                        column.push('\n');
                    }
                    add_marked(lines.get(at).map_or(&[], Vec::as_slice), column);
                }
            }
        }
        columns
    }

    /// Pads numbers so that their decimal points stand in line.
    fn align_decimals(&mut self) {
        for (at, align) in self.aligns.iter().enumerate() {
            if *align != Align::Decimal {
                continue;
            }
            // Columns in front of the point, which all numbers have in ASCII.
            let before = |cell: &[Span]| {
                let mut columns = 0;
                for span in cell {
                    match span.text.bytes().position(|byte| matches!(byte, b'.' | b',' | b'e')) {
                        Some(at) => return columns + at,
                        None => columns += span.text.len(),
                    }
                }
                columns
            };
            let is_number = |cell: &[Span]| {
                cell.iter().any(|span| span.text.bytes().any(|b| b.is_ascii_digit()))
            };
            let cells = self.rows.iter().map(|row| row[at].as_slice());
            let widest = cells.filter(|cell| is_number(cell)).map(before).max().unwrap_or(0);
            for row in &mut self.rows {
                if is_number(&row[at]) {
                    let missing = widest - before(&row[at]);
                    row[at].insert(0, Span::plain(" ".repeat(missing)));
                }
            }
        }
    }

    /// Whether every column can be as wide as its widest word.
    fn fits(&self, asked: &[usize], width: usize) -> bool {
        let columns = asked.len();
        let gaps = (columns - 1) * GAP;
        // Whole lines are measured faster than words, and mostly fit.
        let least = |at: usize| match self.aligns[at] {
            Align::Flowing => self.widest(at, &widest_word),
            Align::Label | Align::Decimal => asked[at],
        };
        asked.iter().sum::<usize>() + gaps < width
            || (0..columns).map(least).sum::<usize>() + gaps < width
    }

    /// Puts the flowing columns under each other, in the place of the first.
    fn stack_flowing(&mut self) {
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

    /// Widths of the columns: what they ask for; where the table would be too
    /// wide, the flowing ones are cut down to a common most, but not below
    /// their widest word if that can be helped.
    fn widths(&self, asked: Vec<usize>, width: usize) -> Vec<usize> {
        let columns = asked.len();
        let (flowing, fixed): (Vec<usize>, Vec<usize>) =
            (0..columns).partition(|at| self.aligns[*at] == Align::Flowing);
        let taken = (columns - 1) * GAP + 1 + fixed.iter().map(|at| asked[*at]).sum::<usize>();
        let room = width.saturating_sub(taken);
        if flowing.iter().map(|at| asked[*at]).sum::<usize>() <= room {
            return asked;
        }
        let mut least: Vec<usize> = (0..columns).map(|at| self.widest(at, &widest_word)).collect();
        if flowing.iter().map(|at| least[*at]).sum::<usize>() > room {
            least.fill(0);
        }
        let cut = |at: usize, most: usize| asked[at].min(most.max(least[at]));
        let fits = |most: &usize| flowing.iter().map(|at| cut(*at, *most)).sum::<usize>() <= room;
        let most = (NARROWEST..=width).rev().find(fits).unwrap_or(NARROWEST);
        (0..columns)
            .map(|at| if flowing.contains(&at) { cut(at, most) } else { asked[at] })
            .collect()
    }
}

// Characters of no width that carry a role through the table library.

const FIRST_MARK: u32 = 0xE0100;

/// The byte that every mark starts with, and hardly anything else.
const FIRST_BYTE: u8 = 0xF3;
const ROLES: [Role; 9] = [
    Role::Plain,
    Role::Given,
    Role::Forward,
    Role::Known,
    Role::New,
    Role::Carried,
    Role::Wrong,
    Role::Faint,
    Role::Heading,
];

fn paragraphs(cell: &[Span]) -> impl Iterator<Item = &[Span]> {
    cell.split(|span| span.text == BREAK)
}

/// A line with its roles marked.
fn add_marked(line: &[Span], text: &mut String) {
    let mut role = Role::Plain;
    for span in line {
        if span.role != role {
            role = span.role;
            text.push(mark(role));
        }
        text.push_str(&span.text);
    }
    if role != Role::Plain {
        text.push(mark(Role::Plain));
    }
}

fn mark(role: Role) -> char {
    let at = ROLES.iter().position(|other| *other == role).unwrap_or(0);
    char::from_u32(FIRST_MARK + at as u32).unwrap_or(' ')
}

/// The role that a character of no width carries.
fn role_of(mark: char) -> Option<Role> {
    ROLES.get((mark as u32).wrapping_sub(FIRST_MARK) as usize).copied()
}

fn unmarked(mut line: String) -> Vec<Span> {
    line.truncate(line.trim_end().len());
    if !line.as_bytes().contains(&FIRST_BYTE) {
        return vec![Span::plain(line)];
    }
    let mut spans: Vec<Span> = Vec::new();
    let (mut rest, mut role) = (line.as_str(), Role::Plain);
    while !rest.is_empty() {
        let mut marks = rest.bytes().enumerate().filter(|(_, byte)| *byte == FIRST_BYTE);
        let mark = marks.find_map(|(at, _)| {
            let mark = rest[at..].chars().next()?;
            Some((at, mark.len_utf8(), role_of(mark)?))
        });
        let (end, skipped, next) = mark.unwrap_or((rest.len(), 0, role));
        if end > 0 {
            spans.put(&rest[..end], role);
        }
        rest = &rest[end + skipped..];
        role = next;
    }
    spans
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
