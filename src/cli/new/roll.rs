//! The students that exercises are made for.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{anyhow, bail};

use crate::class::file_name;
use crate::source::{file, rows};
use crate::text::harmless;
use crate::verify;

/// Titles of the column that students are filed under, the best first.
const IDS: [&str; 12] = [
    "id",
    "id number",
    "student id",
    "sis user id",
    "matriculation number",
    "matrikelnummer",
    "username",
    "login",
    "email",
    "email address",
    "student",
    "name",
];

/// A student, or a number in place of one.
pub(super) struct Student {
    pub(super) id: String,
    /// What their files are called.
    pub(super) file: String,
}

/// So many numbers, as wide as the largest.
pub(super) fn numbered(count: u32) -> Vec<Student> {
    let width = count.to_string().len();
    let id = |number: u32| format!("{number:0width$}");
    (1..=count).map(|number| Student { file: id(number), id: id(number) }).collect()
}

/// The students of a list: a table with a column of ids, or an id on each line.
pub(super) fn read(path: &str) -> anyhow::Result<Vec<Student>> {
    let bytes = file::bytes_at(Path::new(path), "a list of students")?;
    let path = harmless(path);
    let text = verify::text(&bytes).ok_or_else(|| anyhow!("{path}: this is no text file"))?;
    let mut table = rows::read(&text).map_err(|what| anyhow!("{path}: {what}"))?;
    let is = |title: &str, known: &str| title.eq_ignore_ascii_case(known);
    let column = IDS.iter().find_map(|id| table.header.iter().position(|title| is(title, id)));
    let column = match column {
        Some(column) => column,
        None if table.header.len() == 1 => {
            // A plain list has no header.
            table.rows.insert(0, (1, table.header.clone()));
            0
        }
        None => bail!(
            "{path}: there is no column of ids\n  help: call one of the columns id, username, \
             email or name"
        ),
    };
    let mut known: HashSet<String> = HashSet::new();
    let mut students = Vec::new();
    for (line, cells) in &table.rows {
        let Some(id) = cells.get(column).filter(|id| !id.is_empty()) else {
            bail!("{path}:{line}: the student's id is missing");
        };
        let file = file_name(id);
        if !known.insert(file.to_lowercase()) {
            let id = harmless(id);
            bail!("{path}:{line}: {id} is there twice, or is hard to tell from another student");
        }
        students.push(Student { id: harmless(id).into_owned(), file });
    }
    if students.is_empty() {
        bail!("{path}: there are no students in it");
    }
    Ok(students)
}
