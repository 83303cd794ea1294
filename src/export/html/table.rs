//! Tables. On a narrow screen the formulas of a row stand under its name; that is
//! the style's business.

use std::fmt::Write;

use super::block::{Beats, HtmlWriter};
use super::escape;
use crate::document::{Align, Inline, Line, Table};
use crate::math::Form;
use crate::num;

/// The blank that is as wide as a digit, and the one that is as wide as a point.
const DIGIT: char = '\u{2007}';
const POINT: char = '\u{2008}';

pub(super) fn write(writer: &HtmlWriter<'_>, table: &Table, out: &mut String) {
    let by_row = writer.beats == Beats::Rows;
    let flows = table.columns.iter().any(|column| column.align == Align::Flowing);
    let beat = if by_row { "" } else { writer.beat() };
    let kind = if flows { " flow" } else { "" };
    let _ = write!(out, "<div class=\"scroll{beat}\"><table class=\"t{kind}\"><thead><tr>");
    for column in &table.columns {
        let align = class(column.align);
        let _ = match column.title {
            "" => write!(out, "<td class=\"{align}\"></td>"),
            title => write!(out, "<th scope=\"col\" class=\"{align}\">{}</th>", escape(title)),
        };
    }
    out.push_str("</tr></thead><tbody>\n");
    let behind: Vec<usize> = (0..table.columns.len()).map(|at| widest_behind(table, at)).collect();
    // The rows of a chain are its factors.
    let is_chain = !writer.links.is_empty() && writer.links.len() == table.rows.len();
    for (at, row) in table.rows.iter().enumerate() {
        out.push_str("<tr");
        if by_row {
            out.push_str(" class=\"b\"");
        }
        if is_chain {
            let _ = write!(out, " tabindex=\"0\" data-links=\"{}\"", escape(&writer.links[at]));
        }
        out.push('>');
        for (at, cell) in row.iter().enumerate() {
            let align = table.columns[at].align;
            let text = writer.line(cell);
            let padding = padding(cell, align, behind[at]);
            let _ = write!(out, "<td class=\"{}\">{text}{padding}</td>", class(align));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
    if table.left_out > 0 {
        let rows = if table.left_out == 1 { "row is" } else { "rows are" };
        let count = num::count(table.left_out);
        let _ = writeln!(out, "<p class=\"q\">{count} {rows} not shown.</p>");
    }
}

const fn class(align: Align) -> &'static str {
    match align {
        Align::Label => "l",
        Align::Flowing => "f",
        Align::Decimal => "d",
        Align::Count => "c",
    }
}

/// Characters of a number from its point on; none for what is no number.
fn behind(cell: &Line) -> Option<usize> {
    let [Inline::Text(text, _) | Inline::Math(Form::Number(text, _))] = cell.as_slice() else {
        return None;
    };
    let is_number = text.parse::<f64>().is_ok() && !text.contains('e');
    is_number.then(|| text.find('.').map_or(0, |point| text.len() - point))
}

fn widest_behind(table: &Table, at: usize) -> usize {
    table.rows.iter().filter_map(|row| behind(row.get(at)?)).max().unwrap_or(0)
}

/// Blanks behind a number that put its point under those of the others.
fn padding(cell: &Line, align: Align, widest: usize) -> String {
    match behind(cell) {
        Some(own) if align == Align::Decimal && own < widest => {
            let point = (own == 0).then_some(POINT);
            let digits = widest - own.max(1);
            point.into_iter().chain(std::iter::repeat_n(DIGIT, digits)).collect()
        }
        Some(_) | None => String::new(),
    }
}
