//! `sheet`: an answer sheet to fill in, or its key.

use std::convert::Infallible;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use anyhow::bail;
use compact_str::CompactString;

use super::args::{Sheet, SheetFormat};
use super::exercise;
use crate::document::asking::section_title;
use crate::lesson::{Lesson, Section, Settings};
use crate::name::{Name, NameSet};
use crate::num::Precision;
use crate::scenario::{self, Scenario};
use crate::text::harmless;
use crate::verify;

/// Output is written in pieces of this size.
const BUFFER: usize = 1 << 16;

pub(super) fn run(args: &Sheet) -> anyhow::Result<ExitCode> {
    let scenario = scenario::load(&args.scenario)?;
    let sample = exercise::sample(&scenario, &args.scenario, args.sample)?;
    exercise::check_apply(&scenario, &args.scenario, args.apply)?;
    let apply = scenario.learning_rate.is_some() && !args.no_apply;
    let settings = Settings { apply, ..Settings::default() };
    let lesson = exercise::compute(exercise::exercise(&scenario, sample), settings)?;
    let blank = Blank {
        args,
        scenario: &scenario,
        sample,
        digits: exercise::digits(args.digits, &scenario),
        only: only(args, &lesson)?,
        lesson: &lesson,
    };
    let mut out = BufWriter::with_capacity(BUFFER, io::stdout().lock());
    match args.format {
        SheetFormat::Text => blank.text(&mut out)?,
        SheetFormat::Json => blank.json(&mut out)?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The quantities asked for with `--only`, each with what leads to it.
fn only(args: &Sheet, lesson: &Lesson<'_>) -> anyhow::Result<Option<NameSet>> {
    if args.only.is_empty() {
        return Ok(None);
    }
    let mut names = NameSet::default();
    for text in &args.only {
        let name = exercise::find(lesson.network(), text)?;
        let mut asked = lesson.about(name);
        asked.retain(|&name| verify::asks(lesson.section(name), name));
        if asked.is_empty() || !lesson.has(name) {
            bail!("--only {}: this sheet does not ask for it", harmless(text));
        }
        names.extend(asked);
    }
    Ok(Some(names))
}

/// A sheet to be printed.
struct Blank<'a> {
    args: &'a Sheet,
    scenario: &'a Scenario,
    sample: usize,
    digits: Precision,
    only: Option<NameSet>,
    lesson: &'a Lesson<'a>,
}

impl Blank<'_> {
    /// Calls `visit` with every line of the sheet.
    fn for_each<E>(&self, mut visit: impl FnMut(Section, Name) -> Result<(), E>) -> Result<(), E> {
        verify::for_each_asked(self.lesson, |section, name| match &self.only {
            Some(only) if !only.contains(&name) => Ok(()),
            Some(_) | None => visit(section, name),
        })
    }

    /// The answer to fill in: none in an empty sheet, and none where a factor
    /// that nothing is computed from leaves the range of an f64.
    fn answer(&self, name: Name) -> Option<CompactString> {
        let is_filled = self.args.filled && self.lesson.value(name).is_finite();
        is_filled.then(|| self.lesson.text(name, self.digits))
    }

    fn text(&self, out: &mut impl Write) -> io::Result<()> {
        self.heading(out)?;
        let naming = self.lesson.naming();
        let mut width = 0;
        let Ok(()) = self.for_each(|_, name| {
            width = width.max(naming.plain(name).len());
            Ok::<(), Infallible>(())
        });
        let mut section = Section::Given;
        self.for_each(|next, name| {
            if next != section {
                section = next;
                writeln!(out, "\n# {}", section_title(section))?;
            }
            let (name, answer) = (naming.plain(name), self.answer(name).unwrap_or_default());
            writeln!(out, "{}", format!("{name:width$} = {answer}").trim_end())
        })
    }

    fn heading(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "# {}", self.scenario.title)?;
        if self.scenario.samples.len() > 1 {
            writeln!(out, "# sample {} of {}", self.sample + 1, self.scenario.samples.len())?;
        }
        writeln!(out, "#")?;
        if self.args.filled {
            writeln!(out, "# The answers, rounded to {}.", self.digits)?;
        } else {
            writeln!(out, "# Write your numbers behind the equal signs, with {}.", self.digits)?;
            writeln!(out, "# Lines may be left open. Remarks stand behind a #.")?;
        }
        writeln!(out, "\nstudent:")
    }

    fn json(&self, out: &mut impl Write) -> io::Result<()> {
        let naming = self.lesson.naming();
        write!(out, "{{\n  \"student\": \"\"")?;
        self.for_each(|_, name| {
            // Names and numbers hold nothing that JSON would want escaped.
            write!(out, ",\n  \"{}\": ", naming.plain(name))?;
            match self.answer(name) {
                Some(answer) => write!(out, "\"{answer}\""),
                None => write!(out, "null"),
            }
        })?;
        writeln!(out, "\n}}")
    }
}
