//! `sheet`: an answer sheet to fill in, or its key.

use std::convert::Infallible;
use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::bail;
use compact_str::CompactString;

use super::args::{AskedArgs, DigitsArgs, Output, SheetArgs as Arguments, SheetFormat};
use super::{asked, batch, exercise, output};
use crate::document::asking::section_title;
use crate::document::{Limits, Readings, task};
use crate::export::sheet::{SheetLine, SheetPage};
use crate::export::{html, latex, markdown, terminal};
use crate::lesson::{Lesson, Section, Settings};
use crate::math::Notation;
use crate::name::pattern::{is_asked, points_of};
use crate::name::{Name, NameSet, Pattern};
use crate::num::{self, Precision};
use crate::scenario::{self, Scenario};
use crate::telling;
use crate::text::harmless;
use crate::typeset::Terminal;

/// Columns of a remark behind its `# `.
const REMARK_WIDTH: usize = 78;

/// Lines that a page or a hand-out has at most, and those of each part that it has where
/// there are more, unless all are asked for. Nobody prints a hundred thousand boxes.
const MOST_LINES: usize = 2_000;
const FIRST_LINES: usize = 20;

/// Where the answers of a web page are.
const IN_BROWSER: &str = " They stay in this browser until you save them.";

pub(super) fn run(args: &Arguments) -> anyhow::Result<ExitCode> {
    let scenario = scenario::load(&args.scenario)?;
    with_blank(args, &scenario, |blank| output::write(&args.output, |out| blank.write(out)))?;
    Ok(ExitCode::SUCCESS)
}

/// The sheet of a scenario as text, with all that it asks.
pub(super) fn text(scenario: &Scenario, filled: bool) -> anyhow::Result<Vec<u8>> {
    let args = Arguments {
        scenario: String::new(),
        filled,
        apply: false,
        no_apply: false,
        digits: DigitsArgs { digits: None, significant: None },
        sample: None,
        batch: false,
        only: Vec::new(),
        all: true,
        asked: AskedArgs { asks: Vec::new(), points: Vec::new() },
        format: SheetFormat::Text,
        output: Output { output: None },
    };
    let mut text = Vec::new();
    with_blank(&args, scenario, |blank| Ok(blank.write(&mut text)?))?;
    Ok(text)
}

/// Calls `then` with the sheet of a scenario.
fn with_blank(
    args: &Arguments,
    scenario: &Scenario,
    then: impl FnOnce(&Blank<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let sample = exercise::sample(scenario, &args.scenario, args.sample)?;
    exercise::check_apply(scenario, &args.scenario, args.apply)?;
    let apply = scenario.learning_rate.is_some() && !args.no_apply;
    let lesson = if args.batch {
        batch::lesson(scenario, apply)?
    } else {
        let settings = Settings { apply, ..Settings::default() };
        exercise::compute(scenario.exercise(sample), settings)?
    };
    let together = lesson.samples().map(|_| &lesson);
    let asks = asked::asks(&args.asked, scenario, together)?;
    let blank = Blank {
        args,
        scenario,
        sample,
        digits: exercise::digits(args.digits, scenario),
        only: only(args, asks.as_deref(), &lesson)?,
        points: asked::points(&args.asked, scenario, together)?,
        asks,
        lesson: &lesson,
    };
    let mut is_empty = true;
    let Ok(()) = blank.for_each(|_, _| {
        is_empty = false;
        Ok::<(), Infallible>(())
    });
    if is_empty {
        bail!(
            "nothing that is asked is in this sheet\n  help: leave out --no-apply, or ask for more \
             with --asks"
        );
    }
    then(&blank)
}

/// The quantities asked for with `--only`, each with what leads to it.
fn only(
    args: &Arguments,
    asks: Option<&[Pattern]>,
    lesson: &Lesson<'_>,
) -> anyhow::Result<Option<NameSet>> {
    if args.only.is_empty() {
        return Ok(None);
    }
    let mut names = NameSet::default();
    for text in &args.only {
        let name = exercise::find_in(lesson, text)?;
        let mut asked = telling::about(lesson, name);
        asked.retain(|&name| is_asked(asks, name, lesson.naming()));
        if asked.is_empty() || !lesson.has(name) {
            bail!("--only {}: this sheet does not ask for it", harmless(text));
        }
        names.extend(asked);
    }
    Ok(Some(names))
}

/// A sheet to be printed.
struct Blank<'a> {
    args: &'a Arguments,
    scenario: &'a Scenario,
    sample: usize,
    digits: Precision,
    only: Option<NameSet>,
    asks: Option<Vec<Pattern>>,
    points: Vec<(Pattern, f64)>,
    lesson: &'a Lesson<'a>,
}

impl Blank<'_> {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match self.args.format {
            SheetFormat::Text => self.text(out),
            SheetFormat::Json => self.json(out),
            SheetFormat::Csv => self.csv(out),
            SheetFormat::Html => html::sheet(&self.sheet(IN_BROWSER), out),
            SheetFormat::Latex => latex::sheet(&self.sheet(""), out),
            SheetFormat::Markdown => markdown::sheet(&self.sheet(""), out),
        }
    }

    /// Calls `visit` with every line of the sheet.
    fn for_each<E>(&self, mut visit: impl FnMut(Section, Name) -> Result<(), E>) -> Result<(), E> {
        let naming = self.lesson.naming();
        self.lesson.for_each(|section, name| {
            let is_meant = self.only.as_ref().is_none_or(|only| only.contains(&name));
            if is_meant && is_asked(self.asks.as_deref(), name, naming) {
                visit(section, name)
            } else {
                Ok(())
            }
        })
    }

    /// What a line is worth.
    fn points(&self, name: Name) -> String {
        let worth = points_of(&self.points, name, self.lesson.naming());
        let points = if worth == 1.0 { "point" } else { "points" };
        format!("{} {points}", num::show_exactly(worth))
    }

    /// The same, to stand behind it as a remark.
    fn worth(&self, name: Name, width: usize) -> String {
        format!("{:width$}   # {}", "", self.points(name))
    }

    /// Whether some line is not worth 1.
    fn is_weighted(&self) -> bool {
        let naming = self.lesson.naming();
        let ends = self.for_each(|_, name| {
            if points_of(&self.points, name, naming) == 1.0 { Ok(()) } else { Err(()) }
        });
        ends.is_err()
    }

    /// The answer to fill in: none in an empty sheet, and none where a factor
    /// that nothing is computed from leaves the range of an f64.
    fn answer(&self, name: Name) -> Option<CompactString> {
        let is_filled = self.args.filled && self.lesson.value(name).is_finite();
        is_filled.then(|| self.lesson.text(name, self.digits))
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        self.heading(out)?;
        let naming = self.lesson.naming();
        let (mut width, mut answers) = (0, 0);
        let Ok(()) = self.for_each(|_, name| {
            width = width.max(naming.plain(name).len());
            answers = answers.max(self.answer(name).unwrap_or_default().len());
            Ok::<(), Infallible>(())
        });
        let is_weighted = self.is_weighted();
        let mut section = Section::Given;
        self.for_each(|next, of| {
            if next != section {
                section = next;
                writeln!(out, "\n# {}", section_title(section))?;
            }
            let (name, answer) = (naming.plain(of), self.answer(of).unwrap_or_default());
            let worth =
                if is_weighted { self.worth(of, answers - answer.len()) } else { String::new() };
            writeln!(out, "{}", format!("{name:width$} = {answer}{worth}").trim_end())
        })
    }

    fn heading(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "# {}", self.scenario.title)?;
        if let Some(about) = self.about() {
            writeln!(out, "# {about}")?;
        }
        writeln!(out, "#")?;
        self.task(out)?;
        writeln!(out, "#")?;
        if self.args.filled {
            writeln!(out, "# The answers, rounded to {}.", self.digits)?;
        } else {
            writeln!(out, "# Write your numbers behind the equal signs, with {}.", self.digits)?;
            writeln!(out, "# Lines may be left open. Remarks stand behind a #.")?;
        }
        writeln!(out, "\nstudent:")
    }

    /// The task, as remarks.
    fn task(&self, out: &mut dyn Write) -> io::Result<()> {
        let lesson = self.lesson;
        let readings = self.readings(Notation::Linear);
        let look = Terminal { width: REMARK_WIDTH, colour: false, ascii: false };
        let mut text = Vec::new();
        terminal::write(task::task(readings), lesson.naming(), look, &mut text)?;
        for line in String::from_utf8_lossy(&text).lines() {
            writeln!(out, "{}", format!("# {line}").trim_end())?;
        }
        Ok(())
    }

    const fn readings(&self, notation: Notation) -> Readings<'_> {
        let Self { lesson, digits, .. } = *self;
        Readings { lesson, digits, limits: Limits::READABLE, notes: &[], notation }
    }

    /// Which sample it is about, where there are several.
    fn about(&self) -> Option<String> {
        let samples = self.scenario.samples.len();
        if self.args.batch {
            return Some(match samples {
                1 => "one sample".to_owned(),
                _ => format!("all {samples} samples together"),
            });
        }
        (samples > 1).then(|| format!("sample {} of {samples}", self.sample + 1))
    }

    /// The sheet as all media but text have it. `kept` says where answers stay.
    fn sheet(&self, kept: &str) -> SheetPage<'_> {
        let is_weighted = self.is_weighted();
        let mut count = 0;
        let Ok(()) = self.for_each(|_, _| {
            count += 1;
            Ok::<(), Infallible>(())
        });
        let is_cut = count > MOST_LINES && !self.args.all;
        let mut lines: Vec<SheetLine> = Vec::new();
        let mut of_part = 0;
        let Ok(()) = self.for_each(|section, name| {
            let is_same_part = lines.last().is_some_and(|line| line.section == section);
            of_part = if is_same_part { of_part + 1 } else { 1 };
            if is_cut && of_part > FIRST_LINES {
                return Ok::<(), Infallible>(());
            }
            let worth = is_weighted.then(|| self.points(name));
            lines.push(SheetLine { section, name, answer: self.answer(name), worth });
            Ok(())
        });
        let digits = self.digits;
        let mut advice = if self.args.filled {
            format!("The answers, rounded to {digits}.")
        } else {
            format!("Write your numbers with {digits}; lines may be left open.{kept}")
        };
        if is_weighted {
            advice.push_str(" A number that is known before, such as 0, earns no points.");
        }
        if is_cut {
            let count = num::count(count);
            advice.push_str(&format!(
                " Of {count} lines, the first {FIRST_LINES} of each part stand here; --all writes \
                 them all."
            ));
        }
        let readings = self.readings(Notation::Stacked);
        SheetPage {
            title: &self.scenario.title,
            about: self.about(),
            readings,
            task: task::task(readings),
            advice,
            title_of: section_title,
            lines,
        }
    }

    /// A row for each line, as `--verify` reads them.
    fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let naming = self.lesson.naming();
        writeln!(out, "name,answer")?;
        self.for_each(|_, name| {
            // A name such as W10,3 has a comma.
            let plain = naming.plain(name).to_string();
            let quote = if plain.contains(',') { "\"" } else { "" };
            let answer = self.answer(name).unwrap_or_default();
            writeln!(out, "{quote}{plain}{quote},{answer}")
        })
    }

    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
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
