//! Tables that are set twice, a few rows at a time: once to see how wide their
//! columns are, and once to be written.

use std::ops::Range;

use super::Span;
use super::measures::Measures;
use super::table::{Cells, add_row, frame};

/// Rows that stand in memory together.
const ROWS: usize = 16;

/// The lines of a table of `count` rows, as [`Cells::draw`] has them. `cells` makes
/// some of the rows.
pub(super) fn lines<'c>(
    count: usize,
    cells: impl Fn(Range<usize>) -> Cells + 'c,
    width: usize,
    ascii: bool,
) -> impl Iterator<Item = Vec<Span>> + 'c {
    let parts = move || (0..count).step_by(ROWS).map(move |at| at..(at + ROWS).min(count));
    let mut head = cells(0..0);
    let mut measures = Measures::of(&head);
    parts().for_each(|part| measures.add(&cells(part)));
    let whole = measures.whole.clone();
    let is_stacked = !measures.fits(&head.aligns, width);
    if is_stacked {
        measures.stack(&head.aligns);
        head.stack_flowing();
    }
    let widths = measures.widths(&head.aligns, width);
    let mut rules = frame(&head.titles, &widths, ascii);
    let end = rules.pop();
    let rows = parts().flat_map(move |part| {
        let mut cells = cells(part);
        cells.align_to(&whole);
        if is_stacked {
            cells.stack_flowing();
        }
        let mut lines = Vec::new();
        cells.rows.into_iter().for_each(|row| add_row(row, &widths, &mut lines));
        lines
    });
    rules.into_iter().chain(rows).chain(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Align;

    fn cells(rows: Range<usize>) -> Cells {
        let row = |at: usize| {
            let addends: Vec<String> = (0..=at % 7).map(|k| format!("x{k}·W{k}{at}")).collect();
            let numbers = ["-12.5", "0.0071", "3", "forward", ""][at % 5];
            let texts = [
                format!("z{at}_in"),
                addends.join(" + "),
                "0.5·0.25".to_owned(),
                numbers.to_owned(),
            ];
            texts.into_iter().map(|text| vec![Span::plain(text)]).collect()
        };
        Cells {
            titles: vec!["quantity", "formula", "with numbers", "value"],
            aligns: vec![Align::Label, Align::Flowing, Align::Flowing, Align::Decimal],
            rows: rows.map(row).collect(),
        }
    }

    #[test]
    fn a_long_table_is_set_as_a_short_one() {
        for count in [1, 15, 16, 17, 100] {
            for width in [20, 36, 44, 60, 80, 200] {
                let long: Vec<_> = lines(count, cells, width, false).collect();
                assert_eq!(long, cells(0..count).draw(width, false), "{count} rows in {width}");
            }
        }
    }
}
