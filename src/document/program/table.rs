//! Every array with its verdict.

use compact_str::CompactString;

use crate::document::Limits;
use crate::document::block::{Align, Column, Inline, Line, Table};
use crate::math::Role;
use crate::num::{self, Precision};
use crate::program::{Compared, ProgramFinding};

/// The table of all arrays, in the order of computation.
pub(super) fn table(finding: &ProgramFinding, limits: Limits) -> Table {
    let columns = Column::all([
        ("array", Align::Label),
        ("in the file", Align::Label),
        ("shape", Align::Label),
        ("largest error", Align::Label),
        ("entries off", Align::Label),
        ("verdict", Align::Flowing),
    ]);
    let arrays = &finding.arrays;
    // Of very many, the wrong ones first of all.
    let fits = arrays.len() <= limits.rows;
    let shown: Vec<&Compared> = if fits {
        arrays.iter().collect()
    } else {
        let wrong = arrays.iter().filter(|array| !array.is_right());
        wrong.chain(arrays.iter().filter(|array| array.is_right())).take(limits.rows).collect()
    };
    let left_out = arrays.len() - shown.len();
    Table { columns, rows: shown.into_iter().map(row).collect(), left_out }
}

fn row(array: &Compared) -> Vec<Line> {
    let role = if array.is_right() { Role::Forward } else { Role::Wrong };
    let text = |text: String| vec![Inline::text(text)];
    let has_error = array.wrong_shape.is_none();
    let error = if has_error { error(array.measured.worst) } else { "".into() };
    let off = match (has_error, array.measured.off) {
        (false, _) => String::new(),
        (true, 0) => "0".to_owned(),
        (true, off) => format!("{off} of {}", array.measured.of),
    };
    vec![
        vec![Inline::Text(array.kept.to_string().into(), role)],
        text(array.name.clone()),
        text(array.shape.clone()),
        vec![Inline::text(error)],
        text(off),
        vec![Inline::Text(verdict(array), role)],
    ]
}

fn verdict(array: &Compared) -> CompactString {
    if let Some(shapes) = &array.wrong_shape {
        return format!("wrong shape; it is {shapes}").into();
    }
    if !array.is_finite {
        return "not all numbers (nan, inf)".into();
    }
    if array.is_blind && array.is_right() {
        return "too few digits to tell".into();
    }
    if array.is_right() { format!("right ({})", array.grain.text()).into() } else { "wrong".into() }
}

/// A relative error, with two digits.
fn error(worst: f64) -> CompactString {
    if worst.is_finite() { num::show(worst, Precision::Significant(2)) } else { "∞".into() }
}
