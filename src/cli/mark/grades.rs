//! `--gradebook`: the grades in the file that a course system has exported.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, anyhow};

use crate::class::gradebook::{self, Grade, System};
use crate::class::{Marked, Trouble, Who};
use crate::cli::args::class::{Mark, Marks};
use crate::num;
use crate::scenario::Scenario;
use crate::source::file;
use crate::text::harmless;
use crate::verify;

/// The grade of a student, and a word on the first wrong line.
pub(super) fn grade(who: &Who, result: &Result<Marked, Trouble>, example: &Scenario) -> Grade {
    let naming = example.network.naming();
    let marked = result.as_ref().ok();
    let first = marked.and_then(|marked| marked.first_wrong.as_ref());
    let comment = first.map(|first| {
        let why = first.slips.first().filter(|_| first.is_certain);
        let why = why.map_or_else(String::new, |slip| slip.plain_sentence());
        format!("Look first at {} = {}. {why}", naming.plain(first.name), first.written)
    });
    Grade {
        who: who.clone(),
        score: marked.map(|marked| marked.score),
        max_score: marked.map_or(0.0, |marked| marked.max_score),
        comment: comment.unwrap_or_default().trim().to_owned(),
    }
}

/// Fills in the grade book, and tells on standard error what could not be.
pub(super) fn fill(
    args: &Mark,
    grades: &[Grade],
    title: &str,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let path = args.gradebook.as_deref().context("there is no grade book")?;
    let bytes = file::bytes_at(Path::new(path), "a grade book")?;
    let path = harmless(path);
    let text = verify::text(&bytes).ok_or_else(|| anyhow!("{path}: this is no text file"))?;
    let system = if args.format == Marks::Canvas { System::Canvas } else { System::Moodle };
    let filled = gradebook::fill(&text, system, grades, args.column.as_deref(), title)
        .map_err(|what| anyhow!("{path}: {what}"))?;
    out.write_all(&filled.text)?;
    let mut err = std::io::stderr().lock();
    for remark in &filled.remarks {
        writeln!(err, "note: {remark}")?;
    }
    writeln!(err, "{} filled in", num::counted(filled.count, "grade"))?;
    Ok(())
}
