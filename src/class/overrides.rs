//! What a teacher decided by hand: the credit of a line of a student, and why.
//! A table with the columns `student`, `line`, `credit` and `why`.

use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashMap;

use super::entry::Who;
use crate::name::Name;
use crate::network::Network;
use crate::source::file::{self, FileError};
use crate::source::rows;
use crate::text::{brief, harmless};
use crate::verify::{self, Report};

/// One decision.
#[derive(Debug)]
pub struct Override {
    /// The line of the table, from 1.
    pub line: u64,
    /// Whose sheet it is about; harmless.
    pub student: String,
    /// The quantity, as it is written there; harmless.
    pub quantity: String,
    /// What the line earns.
    pub credit: f64,
    /// Why; harmless.
    pub why: String,
    is_used: AtomicBool,
}

/// All decisions.
#[derive(Debug, Default)]
pub struct Overrides {
    all: Vec<Override>,
    by_student: FxHashMap<String, Vec<usize>>,
}

/// What is wrong with a table of decisions.
#[derive(Debug, thiserror::Error)]
pub enum OverridesError {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// Something is wrong in it.
    #[error("{0}")]
    Table(String),
}

impl Overrides {
    /// Reads the table at a path.
    ///
    /// # Errors
    /// Why it cannot be read, or the first thing that is wrong in it.
    pub fn open(path: &str) -> Result<Self, OverridesError> {
        let bytes = file::bytes_at(std::path::Path::new(path), "a table of overrides")?;
        let path = harmless(path);
        let wrong = |what: &str| OverridesError::Table(format!("{path}{what}"));
        let text = verify::text(&bytes).ok_or_else(|| wrong(": this is no text file"))?;
        let table = rows::read(&text).map_err(|what| wrong(&format!(": {what}")))?;
        let column = |title: &str| {
            let at = table.header.iter().position(|own| own.eq_ignore_ascii_case(title));
            at.ok_or_else(|| {
                wrong(&format!(
                    ":1: there is no column `{title}`\n  help: the columns are student, line, \
                     credit, why"
                ))
            })
        };
        let (student, quantity) = (column("student")?, column("line")?);
        let (credit, why) = (column("credit")?, column("why")?);
        let mut overrides = Self::default();
        for (line, cells) in &table.rows {
            let cell = |at: usize| cells.get(at).map_or("", String::as_str);
            let number = cell(credit).parse::<f64>().ok().filter(|number| number.is_finite());
            let Some(number) = number.filter(|number| *number >= 0.0) else {
                let told = brief(cell(credit), 30);
                let what = format!(":{line}: `{told}` is no credit; write a number from 0 on");
                return Err(wrong(&what));
            };
            if cell(student).is_empty() || cell(quantity).is_empty() {
                return Err(wrong(&format!(":{line}: the student or the line is missing")));
            }
            let at = overrides.all.len();
            overrides.by_student.entry(cell(student).to_owned()).or_default().push(at);
            overrides.all.push(Override {
                line: *line,
                student: brief(cell(student), 200),
                quantity: brief(cell(quantity), 60),
                credit: number,
                why: brief(cell(why), 500),
                is_used: AtomicBool::new(false),
            });
        }
        Ok(overrides)
    }

    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// What was decided about a student.
    pub fn of(&self, who: &Who) -> Vec<&Override> {
        if self.is_empty() {
            return Vec::new();
        }
        let keys = [Some(&who.id), who.login.as_ref(), who.email.as_ref(), who.student.as_ref()];
        let mut found: Vec<usize> = Vec::new();
        for key in keys.into_iter().flatten() {
            found.extend(self.by_student.get(key.as_str()).into_iter().flatten());
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|at| &self.all[at]).collect()
    }

    /// What was never applied: the student, or the line, is not there.
    pub fn unused(&self) -> impl Iterator<Item = &Override> {
        self.all.iter().filter(|one| !one.is_used.load(Ordering::Relaxed))
    }
}

impl Override {
    /// The quantity that it is about, if the network has it.
    pub fn name(&self, network: &Network) -> Option<Name> {
        network.naming().read(&self.quantity).filter(|name| network.has(*name))
    }

    /// Changes the credit of its line; says whether the report has it.
    pub(super) fn apply(&self, report: &mut Report, network: &Network) -> bool {
        let name = self.name(network);
        let line = report.lines.iter_mut().find(|line| Some(line.name()) == name);
        let Some(line) = line else { return false };
        line.credit = self.credit;
        self.is_used.store(true, Ordering::Relaxed);
        true
    }
}
