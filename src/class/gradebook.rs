//! Grade books as Moodle and Canvas export them, filled in: rows of students that
//! are known here get their grade, all else stays as it is.

use rustc_hash::FxHashMap;

use super::entry::Who;
use crate::num;
use crate::source::rows;

/// Whose grade book it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// A grading worksheet, or a table of users of the grader report.
    Moodle,
    /// A grade book of Canvas.
    Canvas,
}

/// A grade to be filled in.
#[derive(Clone, Debug)]
pub struct Grade {
    /// Whose it is.
    pub who: Who,
    /// What they earned; none where the sheet could not be marked.
    pub score: Option<f64>,
    /// What it could have been.
    pub max_score: f64,
    /// A word to the student.
    pub comment: String,
}

/// A grade book that was filled in.
#[derive(Debug)]
pub struct Filled {
    /// The file.
    pub text: Vec<u8>,
    /// How many grades were filled in.
    pub count: usize,
    /// What there is to know of the others, for people.
    pub remarks: Vec<String>,
}

/// Titles of columns that say who somebody is, in lower case, the best first.
const MOODLE_USERS: [&str; 8] = [
    "identifier",
    "id number",
    "idnumber",
    "id",
    "username",
    "email address",
    "email",
    "full name",
];
const CANVAS_USERS: [&str; 4] = ["id", "sis user id", "sis login id", "student"];

/// Columns of Canvas that are no assignment.
const CANVAS_OTHERS: [&str; 8] = [
    "student",
    "id",
    "sis user id",
    "sis login id",
    "section",
    "root account",
    "notes",
    "integration id",
];

/// Fills in a grade book. `column` is the title of the column for the grades,
/// `title` that of a new one where the system takes one.
///
/// # Errors
/// Why it cannot be filled in, and what to do.
pub fn fill(
    text: &str,
    system: System,
    grades: &[Grade],
    column: Option<&str>,
    title: &str,
) -> Result<Filled, String> {
    let (delimiter, mut table) = rows::as_they_stand(text)?;
    let header = table.first().cloned().unwrap_or_default();
    let users = users(&header, system)?;
    let mut book = Book { users, header, delimiter, column: 0, possible: None, feedback: None };
    match system {
        System::Moodle => book.find_moodle(&mut table, column, title)?,
        System::Canvas => book.find_canvas(&table, column)?,
    }
    Ok(book.fill(table, grades, system))
}

struct Book {
    header: Vec<String>,
    delimiter: u8,
    /// The columns that say who somebody is.
    users: Vec<Vec<usize>>,
    /// The column of the grades.
    column: usize,
    /// The column, or the number, that says what the grade is out of.
    possible: Option<Possible>,
    feedback: Option<usize>,
}

#[derive(Clone, Copy)]
enum Possible {
    Column(usize),
    Points(f64),
}

fn lower(title: &str) -> String {
    title.trim().to_lowercase()
}

fn position(header: &[String], title: &str) -> Option<usize> {
    header.iter().position(|own| lower(own) == title)
}

/// The columns that say who somebody is; first and last name make one.
fn users(header: &[String], system: System) -> Result<Vec<Vec<usize>>, String> {
    let known: &[&str] = match system {
        System::Moodle => &MOODLE_USERS,
        System::Canvas => &CANVAS_USERS,
    };
    let mut users: Vec<Vec<usize>> =
        known.iter().filter_map(|title| position(header, title)).map(|at| vec![at]).collect();
    let last = position(header, "surname").or_else(|| position(header, "last name"));
    if let (Some(first), Some(last)) = (position(header, "first name"), last) {
        users.push(vec![first, last]);
    }
    match (users.is_empty(), system) {
        (true, System::Moodle) => Err("no column says whose row it is; export the grading \
             worksheet, or a table with ID number, Username or Email address"
            .to_owned()),
        (true, System::Canvas) => {
            Err("no column says whose row it is; export the grade book from \
             Canvas, with its columns Student, ID, SIS User ID, SIS Login ID and Section"
                .to_owned())
        }
        (false, _) => Ok(users),
    }
}

impl Book {
    fn named(&self, column: &str) -> Result<usize, String> {
        let wanted = lower(column);
        let is = |own: &String| {
            let own = lower(own);
            own == wanted || own.strip_prefix(&wanted).is_some_and(|rest| rest.starts_with(" ("))
        };
        let mut found = self.header.iter().enumerate().filter(|(_, own)| is(own));
        match (found.next(), found.next()) {
            (Some((at, _)), None) => Ok(at),
            (None, _) => Err(format!("there is no column `{column}`; there are {}", self.titles())),
            (Some(_), Some(_)) => {
                Err(format!("there are several columns `{column}`; give the whole title"))
            }
        }
    }

    fn titles(&self) -> String {
        self.header.iter().map(|title| title.trim()).collect::<Vec<_>>().join(", ")
    }

    fn find_moodle(
        &mut self,
        table: &mut [Vec<String>],
        column: Option<&str>,
        title: &str,
    ) -> Result<(), String> {
        let is_worksheet = position(&self.header, "identifier").is_some();
        self.feedback = position(&self.header, "feedback comments").filter(|_| is_worksheet);
        self.possible = position(&self.header, "maximum grade").map(Possible::Column);
        let grade = position(&self.header, "grade").filter(|_| is_worksheet);
        self.column = match (column, grade) {
            (Some(column), _) => self.named(column)?,
            (None, Some(grade)) => grade,
            (None, None) => {
                let at = self.header.len();
                for (line, row) in table.iter_mut().enumerate() {
                    row.resize(at, String::new());
                    row.push(if line == 0 { rows::guarded(title).into() } else { String::new() });
                }
                at
            }
        };
        Ok(())
    }

    fn find_canvas(&mut self, table: &[Vec<String>], column: Option<&str>) -> Result<(), String> {
        let marks = |word: &str, at: usize| {
            let rows = table.iter().skip(1).take(3);
            rows.into_iter().any(|row| row.get(at).is_some_and(|cell| lower(cell).contains(word)))
        };
        let is_assignment = |at: &usize| {
            !CANVAS_OTHERS.contains(&lower(&self.header[*at]).as_str()) && !marks("read only", *at)
        };
        self.column = match column {
            Some(column) => self.named(column)?,
            None => {
                let mut found = (0..self.header.len()).filter(is_assignment);
                match (found.next(), found.next()) {
                    (Some(only), None) => only,
                    (None, _) => {
                        return Err(
                            "there is no assignment in it; make one in Canvas, and export \
                                    the grade book again"
                                .to_owned(),
                        );
                    }
                    (Some(_), Some(_)) => {
                        return Err(format!(
                            "say which column takes the grades, with --column; there are {}",
                            self.titles()
                        ));
                    }
                }
            }
        };
        if !is_assignment(&self.column) {
            return Err(format!(
                "Canvas lets nobody change the column {}",
                self.header[self.column]
            ));
        }
        let is_points = |row: &&Vec<String>| row.first().is_some_and(|cell| lower(cell) == POINTS);
        let points = table.iter().find(is_points).and_then(|row| row.get(self.column));
        let points = points.and_then(|cell| number(cell)).filter(|points| *points > 0.0);
        self.possible = points.map(Possible::Points);
        Ok(())
    }

    fn fill(self, mut table: Vec<Vec<String>>, grades: &[Grade], system: System) -> Filled {
        let has_comma = self.has_decimal_comma(&table);
        let mut rows_of: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (line, row) in table.iter().enumerate().skip(1) {
            for columns in &self.users {
                let parts: Vec<&str> =
                    columns.iter().filter_map(|at| row.get(*at)).map(|cell| cell.trim()).collect();
                let key = lower(&parts.join(" "));
                let lines = rows_of.entry(key).or_default();
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
        }
        rows_of.remove("");
        let (mut count, mut remarks) = (0, Vec::new());
        let mut filled: FxHashMap<usize, &str> = FxHashMap::default();
        for grade in grades {
            let Who { id, student, login, email } = &grade.who;
            let keys = [Some(id), login.as_ref(), email.as_ref(), student.as_ref()];
            let lines = keys.into_iter().flatten().find_map(|key| rows_of.get(&lower(key)));
            let line = match lines.map(Vec::as_slice) {
                None => {
                    remarks.push(format!("{id} is not in the grade book"));
                    continue;
                }
                Some([line]) => *line,
                Some(_) => {
                    remarks.push(format!(
                        "{id} fits several rows of the grade book; none is filled in"
                    ));
                    continue;
                }
            };
            let Some(score) = grade.score else {
                remarks.push(format!("{id} has no grade: the sheet could not be marked"));
                continue;
            };
            if let Some(other) = filled.insert(line, id) {
                remarks.push(format!("{id} and {other} are one student; the last sheet counts"));
            } else {
                count += 1;
            }
            let text = self.number(score, grade.max_score, &table[line], has_comma, system);
            put(&mut table[line], self.column, text);
            if let Some(at) = self.feedback {
                put(&mut table[line], at, rows::guarded(&grade.comment).into());
            }
        }
        let mut text = Vec::new();
        for row in &table {
            text.extend(rows::write(row.iter().map(String::as_str), self.delimiter));
        }
        Filled { text, count, remarks }
    }

    /// A grade as the row needs it: out of what it says, with its decimal point.
    fn number(
        &self,
        score: f64,
        max_score: f64,
        row: &[String],
        has_comma: bool,
        system: System,
    ) -> String {
        let possible = match self.possible {
            None => None,
            Some(Possible::Points(points)) => Some(points),
            Some(Possible::Column(at)) => row.get(at).and_then(|cell| number(cell)),
        };
        let grade = match possible {
            Some(possible) if max_score > 0.0 => score / max_score * possible,
            Some(_) | None => score,
        };
        // Canvas compares two decimals, Moodle keeps five.
        let decimals = if system == System::Canvas { 2 } else { 5 };
        let text = num::show(num::round(grade, decimals), decimals);
        let text = if grade == 0.0 { "0".into() } else { text };
        if has_comma { text.replace('.', ",") } else { text.into() }
    }

    /// Whether the numbers that are there have decimal commas.
    fn has_decimal_comma(&self, table: &[Vec<String>]) -> bool {
        let is_number = |cell: &String| {
            let parts = cell.trim().split_once(',');
            parts.is_some_and(|(whole, decimals)| {
                let digits =
                    |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
                digits(whole) && digits(decimals)
            })
        };
        table.iter().skip(1).flatten().any(is_number)
    }
}

const POINTS: &str = "points possible";

fn number(cell: &str) -> Option<f64> {
    cell.trim().replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite())
}

fn put(row: &mut Vec<String>, at: usize, text: String) {
    if row.len() <= at {
        row.resize(at + 1, String::new());
    }
    row[at] = text;
}

#[cfg(test)]
mod tests;
