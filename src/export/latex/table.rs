//! Tables, in pieces that fit a page. What flows shares the room that the other
//! columns leave.

use std::fmt::Write;

use super::block::Writer;
use crate::document::{Align, Inline, Table};
use crate::export::tex::escape;
use crate::num;
use crate::typeset::{Style, TextWriter};

/// Rows of a piece.
const MOST_ROWS: usize = 24;

/// How much wider than the line a table may be: it is set smaller then.
const SHRINKS: f64 = 1.3;

/// Points of a character, and between two columns.
const CHARACTER: f64 = 5.6;
const GAP: f64 = 12.0;

/// The table.
pub(super) fn write(writer: &Writer<'_>, table: &Table) -> String {
    let columns = columns(writer, table);
    let flows = table.columns.iter().any(|column| column.align == Align::Flowing);
    let rows = if flows { MOST_ROWS / 2 } else { MOST_ROWS };
    let titles: Vec<_> = table.columns.iter().map(|column| escape(column.title)).collect();
    let has_titles = table.columns.iter().any(|column| !column.title.is_empty());
    let mut out = String::new();
    for piece in table.rows.chunks(rows) {
        let _ = write!(out, "\\btfit{{\\begin{{tabular}}{{@{{}}{columns}@{{}}}}\n\\toprule\n");
        if has_titles {
            let _ = writeln!(out, "{} \\\\\n\\midrule", titles.join(" & "));
        }
        for row in piece {
            let cells: Vec<_> =
                row.iter().map(|cell| format!("\\btcell {}", writer.cell(cell))).collect();
            let _ = writeln!(out, "{} \\\\[4pt]", cells.join(" & "));
        }
        out.push_str("\\bottomrule\n\\end{tabular}}\\par\n");
    }
    if table.left_out > 0 {
        let rows = if table.left_out == 1 { "row is" } else { "rows are" };
        let _ = writeln!(out, "{} {rows} not shown.\\par", num::count(table.left_out));
    }
    out
}

/// The columns as LaTeX names them.
fn columns(writer: &Writer<'_>, table: &Table) -> String {
    let text = TextWriter { naming: writer.math.naming, style: Style::Unicode };
    let width = |cell: &[Inline]| -> usize {
        let part = |part: &Inline| match part {
            Inline::Text(text, _) => text.chars().count(),
            Inline::Math(form) => text.string(form).trim().chars().count(),
            Inline::Hint(_) => 0,
        };
        cell.iter().map(part).sum()
    };
    let widest = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell));
        cells.max().unwrap_or(0).max(table.columns[at].title.len()) as f64 * CHARACTER
    };
    let widths: Vec<f64> = (0..table.columns.len()).map(widest).collect();
    let room = SHRINKS * writer.width - GAP * table.columns.len() as f64;
    let fits = widths.iter().sum::<f64>() <= room;
    let flows = |at: usize| table.columns[at].align == Align::Flowing;
    let fixed: f64 = (0..widths.len()).filter(|at| !flows(*at)).map(|at| widths[at]).sum();
    let flowing: f64 = widths.iter().sum::<f64>() - fixed;
    // Where even the labels leave no room, all share the line.
    let all_share = !fits && (flowing == 0.0 || fixed > 0.6 * room);
    let column = |at: usize| {
        let share = if all_share {
            room * widths[at] / (fixed + flowing)
        } else {
            (room - fixed) * widths[at] / flowing.max(1.0)
        };
        if !fits && (all_share || flows(at)) {
            return format!("p{{{share:.1}pt}}");
        }
        match table.columns[at].align {
            Align::Label | Align::Flowing => "l".to_owned(),
            Align::Decimal | Align::Count => "r".to_owned(),
        }
    };
    (0..widths.len()).map(column).collect()
}
