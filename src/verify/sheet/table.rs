//! Tables: files of commas, tabs or semicolons, and rows of Markdown. A row
//! answers a quantity if one of its cells is the name of it.

use super::Reason;
use super::collector::{Collector, Raw};
use super::student::is_student;
use super::text::{is_one_number, whole_line};
use super::{markup, written};

/// Lines that are looked at to tell a table from other lines.
const LOOKED_AT: usize = 20;

/// Cells of a row that may be names.
const MOST_CELLS: usize = 40;

/// Titles of the column with the answers.
const VALUES: [&str; 16] = [
    "value",
    "values",
    "answer",
    "answers",
    "result",
    "results",
    "number",
    "yours",
    "mine",
    "wert",
    "werte",
    "antwort",
    "ergebnis",
    "lösung",
    "my answer",
    "your answer",
];

/// What was learned from the rows before.
#[derive(Debug, Default)]
pub(super) struct TableColumns {
    /// The column of the answers, where a heading says so.
    value: Option<usize>,
    /// Whether there was a row before.
    has_begun: bool,
    /// Whether cells are parted by commas, which also stand in numbers.
    by_commas: bool,
}

impl TableColumns {
    /// Ends a table.
    pub(super) fn end(&mut self) {
        *self = Self::default();
    }
}

/// What parts the cells, if most lines are rows of a table.
pub(super) fn delimiter(text: &str) -> Option<u8> {
    let mut lines = 0;
    let mut rows = [(b'\t', 0), (b';', 0), (b',', 0)];
    let content =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    for line in content.take(LOOKED_AT) {
        lines += 1;
        let line = line.as_bytes();
        let is_other = memchr::memchr3(b'=', b'|', b'\\', line).is_some();
        for (delimiter, count) in rows.iter_mut().filter(|_| !is_other) {
            *count += usize::from(memchr::memchr(*delimiter, line).is_some());
        }
    }
    let most = rows.into_iter().find(|(_, count)| *count > 0 && *count * 2 >= lines);
    most.map(|(delimiter, _)| delimiter)
}

/// Reads the rows of a file from a place on.
pub(super) fn read(text: &str, from: usize, delimiter: u8, collector: &mut Collector<'_>) {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .from_reader(&text.as_bytes()[from..]);
    // Who parts cells by semicolons does so because of the decimal commas.
    collector.has_decimal_comma |= delimiter == b';';
    let mut columns = TableColumns { by_commas: delimiter == b',', ..TableColumns::default() };
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).is_ok_and(|more| more) {
        let at = record.position().map_or(0, |place| usize::try_from(place.byte()).unwrap_or(0));
        let at = (from + at).min(text.len());
        let at = at + (text[at..].len() - text[at..].trim_start().len());
        let line = text[at..].lines().next().unwrap_or_default();
        let plain: Vec<markup::Plain> =
            record.iter().map(|cell| markup::plain(cell.trim())).collect();
        let cells = plain.iter().map(|cell| cell.text.trim());
        let cells = cells.zip(record.iter()).map(|(plain, cell)| {
            // A cell in quotes is written otherwise; then the row is its place.
            (plain, at + line.find(cell).unwrap_or(0))
        });
        let cells: Vec<(&str, usize)> = cells.collect();
        let is_blank = cells.iter().all(|(cell, _)| cell.is_empty());
        if !is_blank && (cells.len() < 2 || !row(&cells, &mut columns, line, collector)) {
            whole_line(line, at, &mut TableColumns::default(), collector);
        }
    }
}

/// Reads a row; says whether it is one.
pub(super) fn row(
    cells: &[(&str, usize)],
    columns: &mut TableColumns,
    line: &str,
    collector: &mut Collector<'_>,
) -> bool {
    let begins = !std::mem::replace(&mut columns.has_begun, true);
    let is_name = |cell: &str| is_student(cell) || collector.known(bare(cell)).is_some();
    let mut names: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < cells.len().min(MOST_CELLS) {
        // `W10,3_new` in a table of commas; `df_in/dc` and 1 are no `df_in/dc,1`.
        let is_followed = || cells.iter().skip(at + 2).any(|(cell, _)| !cell.is_empty());
        let is_halved = columns.by_commas
            && cells.get(at + 1).is_some_and(|next| {
                is_name(&halved(cells[at].0, next.0)) && (is_followed() || !is_one_number(next.0))
            });
        let width = if is_halved { 2 } else { 1 };
        if is_halved || is_name(cells[at].0) {
            names.push((at, at + width));
        }
        at += width;
    }
    // `name` and `value` are the titles of columns, and nobody's name, also where they come again.
    let is_value = |(cell, _): &(&str, usize)| VALUES.contains(&bare(cell).to_lowercase().as_str());
    let is_heading = names.len() == 1 && is_title(cells) && cells.iter().any(is_value);
    if names.is_empty() || is_heading {
        return without_name(cells, columns, begins || is_heading, line, collector);
    }
    for (index, &(name, behind)) in names.iter().enumerate() {
        let end = names.get(index + 1).map_or(cells.len(), |next| next.0);
        let key = if behind - name == 2 {
            halved(cells[name].0, cells[name + 1].0)
        } else {
            bare(cells[name].0).to_owned()
        };
        let key_at = cells[name].1;
        let (value, at) = value(cells, name, behind..end, columns);
        if is_student(&key) {
            collector.student(&key, key_at, &value);
        } else if value.is_empty() {
            collector.line(&key, key_at, line, at, Raw::Open);
        } else {
            collector.line(&key, key_at, line, at, Raw::Text(&value));
        }
    }
    true
}

/// The cell with the answer, and where it stands.
fn value(
    cells: &[(&str, usize)],
    name: usize,
    behind: std::ops::Range<usize>,
    columns: &TableColumns,
) -> (String, usize) {
    let titled = columns.value.filter(|column| *column != name && *column < cells.len());
    let mut near = behind.clone();
    let is_number = |at: &usize| is_one_number(cells[*at].0);
    let found = titled
        .or_else(|| near.clone().find(is_number))
        .or_else(|| near.find(|at| !cells[*at].0.is_empty()))
        .or_else(|| (behind.end == cells.len()).then(|| (0..name).find(is_number)).flatten());
    let Some(found) = found else { return (String::new(), cells[name].1) };
    let (value, at) = cells[found];
    let next = cells.get(found + 1).filter(|_| columns.by_commas && titled.is_none());
    let is_whole = value.trim_start_matches(['-', '+', '−']).bytes().all(|b| b.is_ascii_digit());
    match next {
        // `z1_in,-0,53`
        Some((fraction, _))
            if is_whole && !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit()) =>
        {
            (format!("{value},{fraction}"), at)
        }
        _ => (value.to_owned(), at),
    }
}

/// A row without any known name: a heading, a line of dashes, or an unknown
/// name.
fn without_name(
    cells: &[(&str, usize)],
    columns: &mut TableColumns,
    begins: bool,
    line: &str,
    collector: &mut Collector<'_>,
) -> bool {
    let has_number = cells.iter().any(|(cell, _)| is_one_number(cell));
    let has_sign = cells.iter().any(|(cell, _)| cell.contains(written::is_sign));
    let is_line = |cell: &str| cell.bytes().all(|byte| matches!(byte, b'-' | b':' | b'=' | b' '));
    if cells.iter().all(|(cell, _)| is_line(cell)) {
        return true;
    }
    if has_sign {
        return false;
    }
    if begins && !has_number {
        let is_value = |cell: &str| VALUES.contains(&bare(cell).to_lowercase().as_str());
        columns.value = cells.iter().position(|(cell, _)| is_value(cell));
        return true;
    }
    let Some(&(key, at)) = cells.iter().find(|(cell, _)| !cell.is_empty()) else { return true };
    if has_number {
        collector.line(key, at, line, at, Raw::Text(line));
    } else {
        collector.unread(at, line, Reason::Prose);
    }
    true
}

/// Whether no cell holds a number, and the first is one of the student's words.
fn is_title(cells: &[(&str, usize)]) -> bool {
    cells.iter().any(|(cell, _)| is_student(cell))
        && !cells.iter().any(|(cell, _)| is_one_number(cell))
}

fn bare(cell: &str) -> &str {
    cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`'))
}

fn halved(one: &str, other: &str) -> String {
    format!("{},{}", bare(one), bare(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: usize) -> String {
        "z1_in;1\n".repeat(count)
    }

    fn prose(count: usize) -> String {
        "as I see it\n".repeat(count)
    }

    #[test]
    fn a_table_has_its_sign_in_half_of_the_lines() {
        assert_eq!(delimiter("z1_in\t-0,53"), Some(b'\t'));
        assert_eq!(delimiter("z1_in;-0,53"), Some(b';'));
        assert_eq!(delimiter("z1_in,-0.53"), Some(b','));
        assert_eq!((delimiter("z1_in"), delimiter("")), (None, None));
        assert_eq!(delimiter(&(rows(1) + &prose(1))), Some(b';'));
        assert_eq!(delimiter(&(rows(4) + &prose(4))), Some(b';'));
        assert_eq!(delimiter(&(rows(1) + &prose(2))), None);
        assert_eq!(delimiter(&(rows(3) + &prose(4))), None);
    }

    #[test]
    fn remarks_and_blank_lines_are_not_counted_and_answers_are_no_rows() {
        assert_eq!(delimiter("# by hand\n\n# and alone\n\nz1_in;1\n"), Some(b';'));
        assert_eq!(delimiter("# a;b\nz1_in"), None);
        for line in ["z1_in = 1, as I see it", "| z1_in | 1, |", r"\delta_1, 2"] {
            assert_eq!(delimiter(line), None, "{line}");
        }
    }

    #[test]
    fn the_first_twenty_lines_say_what_a_file_is() {
        assert_eq!(delimiter(&(prose(10) + &rows(10) + &prose(30))), Some(b';'));
        assert_eq!(delimiter(&(prose(11) + &rows(9) + &rows(30))), None);
    }
}
