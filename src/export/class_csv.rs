//! Marked sheets as a table: a row for each student, no cell of which acts in a
//! spreadsheet.

use crate::class::{SeenSheet, Who};
use crate::document::class::note;
use crate::num;
use crate::source::rows::{guarded, write};

/// The titles of the columns.
pub const HEADER: [&str; 14] = [
    "id",
    "student",
    "score",
    "max_score",
    "percent",
    "first_wrong",
    "slips",
    "right",
    "follows",
    "wrong",
    "missing",
    "unreadable",
    "notes",
    "error",
];

/// The row of the titles.
pub fn header() -> Vec<u8> {
    write(HEADER, b',')
}

/// The row of a sheet; `id` stands for the student, if not their own.
pub fn row(seen: &SeenSheet<'_>, id: Option<&str>) -> Vec<u8> {
    let who = match id {
        Some(id) => Who::of_id(id),
        None => seen.who(),
    };
    let student = who.student.unwrap_or_default();
    let mut cells: Vec<String> = vec![who.id, student];
    match &seen.result {
        Ok(marked) => {
            let share = if marked.max_score > 0.0 { marked.score / marked.max_score } else { 0.0 };
            let counts = marked.lines.counts(seen.exam.map_or(0, |exam| exam.asked_count()));
            let first = marked.first_wrong.as_ref().zip(seen.exam);
            let first = first.map(|(first, exam)| exam.lesson().naming().plain(first.name));
            let slips: Vec<&str> = marked.slips.iter().map(|slip| slip.code()).collect();
            let notes: Vec<String> = marked.notes.iter().map(note).collect();
            cells.extend([
                points(marked.score),
                points(marked.max_score),
                num::show(share * 100.0, 2).into(),
                first.unwrap_or_default(),
                slips.join(" "),
            ]);
            let counts =
                [counts.right, counts.follows, counts.wrong, counts.missing, counts.unreadable];
            cells.extend(counts.map(|count| count.to_string()));
            cells.extend([notes.join("; "), String::new()]);
        }
        Err(trouble) => {
            cells.extend(std::iter::repeat_n(String::new(), HEADER.len() - 3));
            cells.push(trouble.message.clone());
        }
    }
    let cells: Vec<_> = cells.iter().map(|cell| guarded(cell)).collect();
    write(cells.iter().map(AsRef::as_ref), b',')
}

/// Points as course systems read them: up to four decimals.
pub(super) fn points(points: f64) -> String {
    num::show(points, 4).into()
}
