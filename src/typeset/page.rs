//! Blocks of a page as lines of spans.

use std::cell::Cell;

use super::long_table;
use super::table::Cells;
use super::wrap::{keep_brackets_together, keep_equations_together, with_plain_spaces, wrap};
use super::{Span, Style, TextWriter, chart, figure, layers, matrix, width_of};
use crate::document::figure::Figure;
use crate::document::{Block, Column, Inline, Line, LongTable, Table};
use crate::math::{Form, Role, Sign};
use crate::name::Naming;
use crate::num;

/// What the text is written for.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Columns of the screen.
    pub width: usize,
    /// Whether to use colours.
    pub colour: bool,
    /// Whether to use ASCII only.
    pub ascii: bool,
}

/// Prose is no wider than this: long lines are hard to read.
const WIDEST_PROSE: usize = 100;

/// Columns that equations and figures stand in from the left.
const INDENT: usize = 2;

/// Rows that a drawing may take.
const TALLEST_FIGURE: usize = 34;

/// Sets blocks as lines of a screen.
pub struct Typesetter<'n> {
    terminal: Terminal,
    writer: TextWriter<'n>,
    /// Whether it matters what a part is to the reader.
    has_roles: bool,
    /// Whether the reader knows that the drawing needs a wider window.
    told_of_width: Cell<bool>,
}

impl<'n> Typesetter<'n> {
    /// For a screen; `has_roles`: whether it matters what a part is to the reader.
    pub const fn new(naming: Naming<'n>, terminal: Terminal, has_roles: bool) -> Self {
        let style = if terminal.ascii { Style::Ascii } else { Style::Unicode };
        let writer = TextWriter { naming, style };
        Self { terminal, writer, has_roles, told_of_width: Cell::new(false) }
    }

    /// One block as lines, none wider than the screen and without an empty line
    /// around them; labels alone may be wider.
    pub fn block(&self, block: &Block<'_>) -> Vec<Vec<Span>> {
        let mut lines = self.lines(block);
        lines.iter_mut().for_each(end_with_text);
        lines
    }

    /// The same as it is needed: a long table is not set as a whole.
    pub fn lines_of<'t>(
        &'t self,
        block: &'t Block<'_>,
    ) -> Box<dyn Iterator<Item = Vec<Span>> + 't> {
        let ended = |mut line| {
            end_with_text(&mut line);
            line
        };
        if let Block::LongTable(table) = block {
            return Box::new(self.long_table(table).map(ended));
        }
        Box::new(self.block(block).into_iter())
    }

    /// The same with as few spans as the colours need.
    pub fn in_runs(&self, block: &Block<'_>) -> Vec<Vec<Span>> {
        self.block(block).into_iter().map(runs).collect()
    }

    /// One line of running text, however long.
    pub fn line(&self, line: &[Inline]) -> String {
        self.spans(line).into_iter().map(|span| with_plain_spaces(span.text)).collect()
    }

    fn lines(&self, block: &Block<'_>) -> Vec<Vec<Span>> {
        match block {
            Block::Title(title) => {
                self.prose(&[Inline::Text(title.as_str().into(), Role::Heading)])
            }
            Block::Heading(number, title) => vec![self.heading(*number, title)],
            Block::Subheading(line) => self.subheading(line),
            Block::Prose(line) => self.prose(line),
            Block::Facts(facts) => self.facts(facts),
            Block::Equation { left, rights } => self.equation(left, rights),
            Block::Table(table) => self.table(table),
            Block::LongTable(table) => self.long_table(table).collect(),
            Block::Figure(figure) => self.figure(figure),
            Block::Layers => layers::draw(self.writer.style),
            Block::Chart(chart) => chart::draw(chart, self.terminal.width, self.writer.style),
        }
    }

    fn spans(&self, line: &[Inline]) -> Vec<Span> {
        let mut spans = Vec::with_capacity(line.len());
        for inline in line {
            match inline {
                Inline::Text(text, role) => {
                    let role = if self.has_roles { *role } else { Role::Plain };
                    spans.push(Span::new(self.writer.style.spell(text), role));
                }
                Inline::Math(form) => self.add_formula(form, &mut spans),
                Inline::Hint(text) => spans.push(Span::plain(self.writer.style.spell(text))),
            }
        }
        spans
    }

    /// A formula that is broken outside its brackets.
    fn formula(&self, form: &Form) -> Vec<Span> {
        let mut spans = Vec::new();
        self.add_formula(form, &mut spans);
        spans
    }

    fn add_formula(&self, form: &Form, spans: &mut Vec<Span>) {
        let start = spans.len();
        if self.has_roles {
            spans.extend(self.writer.spans(form));
        } else {
            spans.push(Span::plain(self.writer.string(form)));
        }
        keep_brackets_together(&mut spans[start..]);
    }

    fn prose(&self, line: &[Inline]) -> Vec<Vec<Span>> {
        let mut spans = self.spans(line);
        keep_equations_together(&mut spans);
        wrap(spans, self.terminal.width.min(WIDEST_PROSE))
    }

    fn heading(&self, number: usize, title: &str) -> Vec<Span> {
        let rule = self.writer.style.pick("-", "━", "=");
        let text = format!("{rule}{rule} {number}  {title} ");
        let rest = self.terminal.width.min(WIDEST_PROSE).saturating_sub(text.chars().count());
        vec![Span::new(format!("{text}{}", rule.repeat(rest)), Role::Heading)]
    }

    fn subheading(&self, line: &[Inline]) -> Vec<Vec<Span>> {
        let mut spans = vec![Span::new(self.writer.style.pick("> ", "▸ ", "> "), Role::Heading)];
        spans.extend(self.spans(line).into_iter().map(|span| Span::new(span.text, Role::Heading)));
        wrap(spans, self.terminal.width.min(WIDEST_PROSE))
    }

    fn facts(&self, facts: &[(&'static str, Line)]) -> Vec<Vec<Span>> {
        let label = facts.iter().map(|(label, _)| label.len()).max().unwrap_or(0) + 2;
        let mut lines = Vec::new();
        for (name, line) in facts {
            let room = self.terminal.width.saturating_sub(label);
            let mut spans = self.spans(line);
            keep_equations_together(&mut spans);
            for (at, part) in wrap(spans, room).into_iter().enumerate() {
                let name = if at == 0 { *name } else { "" };
                let mut spans = vec![Span::new(format!("{name:label$}"), Role::Heading)];
                spans.extend(part);
                lines.push(spans);
            }
        }
        lines
    }

    /// `left = right`, and every further right side under the first.
    fn equation(&self, left: &Form, rights: &[Form]) -> Vec<Vec<Span>> {
        let left = self.writer.spans(left);
        let margin = INDENT + width_of(&left);
        let equals = self.writer.spans(&Form::Sign(Sign::Equals));
        let room = self.terminal.width.saturating_sub(margin + width_of(&equals));
        let mut lines = Vec::new();
        for (nth, right) in rights.iter().enumerate() {
            let (axis, parts) = self.right(right, room);
            for (at, part) in parts.into_iter().enumerate() {
                let is_axis = at == axis;
                let mut line = vec![Span::blanks(INDENT)];
                if is_axis && nth == 0 {
                    line.extend(left.iter().cloned());
                } else {
                    line[0] = Span::blanks(margin);
                }
                line.extend(if is_axis { equals.clone() } else { vec![Span::plain("   ")] });
                line.extend(part);
                lines.push(line);
            }
        }
        lines
    }

    /// A right side, and the row of it that stands beside the left: tall where
    /// it has matrices and they fit, else on one line that wraps.
    fn right(&self, right: &Form, room: usize) -> (usize, Vec<Vec<Span>>) {
        if has_matrix(right) {
            let (axis, tall) = matrix::tall(&self.writer, right);
            if tall.iter().all(|line| width_of(line) <= room) {
                return (axis, tall);
            }
        }
        (0, wrap(self.formula(right), room))
    }

    /// The lines of a long table, set when they are asked for.
    fn long_table<'t>(&'t self, table: &'t LongTable<'_>) -> impl Iterator<Item = Vec<Span>> + 't {
        let (width, ascii) = (self.terminal.width, self.terminal.ascii);
        let cells = |rows| self.cells(&table.columns, &table.rows(rows));
        long_table::lines(table.count, cells, width, ascii)
    }

    fn cells(&self, columns: &[Column], rows: &[Vec<Line>]) -> Cells {
        Cells {
            titles: columns.iter().map(|column| column.title).collect(),
            aligns: columns.iter().map(|column| column.align).collect(),
            rows: rows
                .iter()
                .map(|row| row.iter().map(|cell| self.spans(cell)).collect())
                .collect(),
        }
    }

    fn table(&self, table: &Table) -> Vec<Vec<Span>> {
        let mut lines =
            self.cells(&table.columns, &table.rows).draw(self.terminal.width, self.terminal.ascii);
        if table.left_out > 0 {
            let rows = if table.left_out == 1 { "row is" } else { "rows are" };
            let text =
                format!("{} {rows} not shown; --all shows them.", num::count(table.left_out));
            lines.push(vec![Span::new(text, Role::Faint)]);
        }
        lines
    }

    fn figure(&self, figure: &Figure<'_>) -> Vec<Vec<Span>> {
        let request = figure::FigureRequest {
            figure,
            width: self.terminal.width,
            height: TALLEST_FIGURE,
            ascii: self.terminal.ascii,
        };
        let Some(mut rows) = figure::draw(&request) else { return self.where_it_fits(request) };
        while rows.last().is_some_and(|row| width_of(row) == 0) {
            rows.pop();
        }
        rows
    }

    /// A word on how wide a window a drawing needs, once on a page.
    fn where_it_fits(&self, request: figure::FigureRequest<'_>) -> Vec<Vec<Span>> {
        let fits = |width: &usize| {
            let wider = figure::FigureRequest { width: *width, ..request };
            *width > request.width && figure::draw(&wider).is_some()
        };
        if self.told_of_width.replace(true) {
            return Vec::new();
        }
        let Some(width) = WIDER.iter().find(|width| fits(width)) else { return Vec::new() };
        let text = format!("(The drawing of the network needs {width} columns.)");
        vec![vec![Span::new(text, Role::Faint)]]
    }
}

/// Whether a matrix stands in a form, alone or side by side with others.
fn has_matrix(form: &Form) -> bool {
    if let Form::Row(parts) = form {
        return parts.iter().any(has_matrix);
    }
    matches!(form, Form::Matrix(_))
}

/// Widths of windows that a drawing is tried at when it does not fit.
const WIDER: [usize; 6] = [60, 80, 100, 120, 140, 180];

/// Takes the blanks from the end of a line.
fn end_with_text(spans: &mut Vec<Span>) {
    while let Some(last) = spans.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            return;
        }
        spans.pop();
    }
}

/// As few spans as the colours need: the blank between two words has that of the
/// first. Gaps are left alone, for some roles have a ground or a line below.
pub fn runs(spans: Vec<Span>) -> Vec<Span> {
    let is_blank = |span: &Span| span.text == " ";
    let mut runs: Vec<Span> = Vec::with_capacity(spans.len());
    for mut span in spans {
        span.text = with_plain_spaces(span.text);
        match runs.last_mut() {
            Some(last) if last.role == span.role || is_blank(&span) => {
                last.text.push_str(&span.text);
            }
            _ => runs.push(span),
        }
    }
    runs
}
