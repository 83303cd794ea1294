//! Tables, in pieces that fit a page. What flows shares the room that the other
//! columns leave.

use std::fmt::Write;

use super::block::LatexWriter;
use super::measure;
use crate::document::{Align, Column, Inline, Line, Table};
use crate::export::tex::escape;
use crate::num;

/// Rows of a piece.
const MOST_ROWS: usize = 24;

/// How much wider than the line a table may be: it is set smaller then.
const SHRINKS: f64 = 1.3;

/// Points between two columns.
const GAP: f64 = 12.0;

/// Points of a row beside its lines.
const ROW: f64 = 6.0;

/// The table.
pub(super) fn write(writer: &LatexWriter<'_>, table: &Table) -> String {
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
            let mut cells: Vec<_> =
                row.iter().map(|cell| format!("\\btcell {}", writer.cell(cell))).collect();
            let is_tall = row
                .iter()
                .flatten()
                .any(|part| matches!(part, Inline::Math(form) if measure::is_tall(form)));
            if let Some(cell) = cells.first_mut().filter(|_| is_tall) {
                // Fractions of two rows do not touch.
                cell.insert_str(0, "\\rule[-9pt]{0pt}{25pt}");
            }
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
fn columns(writer: &LatexWriter<'_>, table: &Table) -> String {
    let column = |(share, column): (Option<f64>, &Column)| match (share, column.align) {
        (Some(share), _) => format!("p{{{share:.1}pt}}"),
        (None, Align::Label | Align::Flowing) => "l".to_owned(),
        (None, Align::Decimal | Align::Count) => "r".to_owned(),
    };
    shares(writer, table).into_iter().zip(&table.columns).map(column).collect()
}

/// Points of the columns that are broken, none for those as wide as what they hold.
/// None is narrower than what is not broken in it; a table too wide for that is set
/// smaller as a whole.
fn shares(writer: &LatexWriter<'_>, table: &Table) -> Vec<Option<f64>> {
    let measure = writer.measure();
    let widest = |at: usize, of: &dyn Fn(&[Inline]) -> f64| {
        let cells = table.rows.iter().filter_map(|row| row.get(at));
        let title = of(&[Inline::from(table.columns[at].title)]);
        writer.size * cells.map(|cell| of(cell)).fold(title, f64::max)
    };
    let all = 0..table.columns.len();
    let widths: Vec<f64> = all.clone().map(|at| widest(at, &|line| measure.line(line))).collect();
    let room = SHRINKS * writer.width - GAP * table.columns.len() as f64;
    if widths.iter().sum::<f64>() <= room {
        return vec![None; widths.len()];
    }
    let flows = |at: usize| table.columns[at].align == Align::Flowing;
    let fixed: f64 = all.clone().filter(|at| !flows(*at)).map(|at| widths[at]).sum();
    let flowing: f64 = widths.iter().sum::<f64>() - fixed;
    // Where even the labels leave no room, all share the line.
    let all_share = flowing == 0.0 || fixed > 0.6 * room;
    let share = |at: usize| {
        let share = if all_share {
            room * widths[at] / (fixed + flowing)
        } else {
            (room - fixed) * widths[at] / flowing.max(1.0)
        };
        let least = widest(at, &|line| measure.widest(line));
        (all_share || flows(at)).then_some(share.max(least))
    };
    all.map(share).collect()
}

/// Points that each row takes.
pub(super) fn heights(writer: &LatexWriter<'_>, table: &Table) -> Vec<f64> {
    let measure = writer.measure();
    let shares = shares(writer, table);
    let cell = |(cell, share): (&Line, &Option<f64>)| {
        let width = share.map_or(f64::INFINITY, |share| share / writer.size);
        // TeX fills its lines less well than it might.
        measure.height(cell, 0.8 * width)
    };
    let row = |row: &Vec<Line>| row.iter().zip(&shares).map(cell).fold(0.0, f64::max);
    table.rows.iter().map(|cells| ROW + row(cells)).collect()
}
