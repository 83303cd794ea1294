//! `run`: an exercise, from the scenario to the page or its JSON.

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;

use super::args::{PaceArg, PageFormat, RunArgs};
use super::{batch, exercise, output, screen, step, verify};
use crate::document::{self, Limits};
use crate::export::{html, json, latex, markdown, terminal};
use crate::lesson::{Lesson, Settings, reference};
use crate::math::Notation;
use crate::name::Name;
use crate::scenario::{self, Scenario};
use crate::telling::{self, Telling, Walk};

pub(super) fn run(args: &RunArgs) -> anyhow::Result<ExitCode> {
    let scenario = scenario::load(&args.scenario)?;
    if args.batch && args.verify.is_none() {
        exercise::check_apply(&scenario, &args.scenario, args.apply)?;
        check_not_asked(args)?;
        return batch::run(args, &scenario);
    }
    if let Some(answers) = &args.verify {
        return verify::run(args, answers.as_deref(), &scenario);
    }
    check_not_asked(args)?;
    if args.step {
        return step::run(args, scenario);
    }
    worked(args, &scenario, |work| {
        output::write(&args.output, |out| match args.format {
            PageFormat::Text => work.text(out),
            PageFormat::Json => work.json(out),
            PageFormat::Html => work.html(out),
            PageFormat::Latex => work.latex(out),
            PageFormat::Beamer => work.slides(out),
            PageFormat::Markdown => markdown::page(work.lesson.naming(), work.page(), out),
        })
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Fails on flags that only marking uses.
fn check_not_asked(args: &RunArgs) -> anyhow::Result<()> {
    if args.asked.asks.is_empty() && args.asked.points.is_empty() {
        return Ok(());
    }
    bail!("--asks and --points say what is marked\n  help: add --verify, or give them to `sheet`")
}

/// The sample and the one quantity that are asked for; the scenario can do what is
/// asked of it.
fn picked(args: &RunArgs, scenario: &Scenario) -> anyhow::Result<(usize, Option<Name>)> {
    let sample = exercise::sample(scenario, &args.scenario, args.sample)?;
    exercise::check_apply(scenario, &args.scenario, args.apply)?;
    let only = args.only.as_deref().map(|text| exercise::find(&scenario.network, text));
    Ok((sample, only.transpose()?))
}

/// Works the exercise of a scenario; `then` has the lesson and all that is told
/// beside it.
pub(super) fn worked<T>(
    args: &RunArgs,
    scenario: &Scenario,
    then: impl FnOnce(&Work<'_>) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let (sample, only) = picked(args, scenario)?;
    let lesson = exercise::compute(scenario.exercise(sample), settings(args, scenario))?;
    if let Some(name) = only.filter(|name| !lesson.has(*name)) {
        exercise::not_reached(&lesson, name, args.apply)?;
    }
    let exact = exact(args, &lesson)?;
    let exact = exact.as_ref().unwrap_or(&lesson);
    let printed = scenario.reference.as_ref().map_or(&[][..], |reference| &reference.values);
    let checks = reference::check(printed, &lesson, exact);
    then(&Work { args, scenario, sample, only, lesson: &lesson, exact, checks: &checks })
}

/// Everything that is told from.
pub(super) struct Work<'a> {
    /// The arguments.
    pub(super) args: &'a RunArgs,
    /// The scenario.
    pub(super) scenario: &'a Scenario,
    sample: usize,
    /// The one quantity that all is about.
    pub(super) only: Option<Name>,
    /// The lesson.
    pub(super) lesson: &'a Lesson<'a>,
    /// The same with nothing carried and nothing rounded.
    pub(super) exact: &'a Lesson<'a>,
    /// The comparison with the source.
    pub(super) checks: &'a [reference::PrintedCheck<'a>],
}

impl Work<'_> {
    /// What the page is about.
    fn request(&self, notation: Notation) -> document::LessonRequest<'_> {
        let scenario = self.scenario;
        let several = scenario.samples.len() > 1;
        let notes = scenario.reference.as_ref().map_or(&[][..], |reference| &reference.notes);
        document::LessonRequest {
            lesson: self.lesson,
            title: &scenario.title,
            source: scenario.source.as_deref(),
            sample: several.then_some((self.sample + 1, scenario.samples.len())),
            digits: exercise::digits(self.args.digits, scenario),
            limits: if self.args.all { Limits::NONE } else { Limits::READABLE },
            notation,
            telling: telling(self.args, self.only, !self.checks.is_empty()),
            checks: self.checks,
            notes,
        }
    }

    fn text(&self, mut out: &mut dyn Write) -> std::io::Result<()> {
        let page = document::page(self.request(Notation::Linear));
        terminal::write(page, self.lesson.naming(), screen::look(self.args.look), &mut out)
    }

    fn page(&self) -> impl Iterator<Item = document::Block<'_>> {
        document::page(self.request(Notation::Stacked))
    }

    fn latex(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let passages = document::passages(self.request(Notation::Stacked));
        let digits = exercise::digits(self.args.digits, self.scenario);
        latex::lesson(self.lesson, digits, passages, out)
    }

    fn slides(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let mut request = self.request(Notation::Stacked);
        if !self.args.all {
            request.limits = Limits::SLIDE;
        }
        latex::slides(request.readings(), document::passages(request), out)
    }

    fn html(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let passages = document::passages(self.request(Notation::Stacked));
        let digits = exercise::digits(self.args.digits, self.scenario);
        html::lesson(self.lesson, &self.scenario.title, digits, passages, out)
    }

    fn json(&self, mut out: &mut dyn Write) -> std::io::Result<()> {
        let only = self.only.map(|name| telling::about(self.lesson, name));
        let request = json::LessonJson {
            lesson: self.lesson,
            title: &self.scenario.title,
            source: self.scenario.source.as_deref(),
            digits: exercise::digits(self.args.digits, self.scenario),
            only: only.as_deref(),
            checks: if self.only.is_some() { &[] } else { self.checks },
        };
        json::write(&request, &mut out)
    }
}

fn settings(args: &RunArgs, scenario: &Scenario) -> Settings {
    let mut settings = Settings {
        apply: args.apply,
        by_hand: args.by_hand.then(|| exercise::digits(args.digits, scenario)),
        ..Settings::default()
    };
    if let Some(reference) = scenario.reference.as_ref().filter(|_| !args.exact) {
        let carried = |(name, _): &&(Name, _)| reference.carry.contains(name);
        settings.carried = reference.values.iter().filter(carried).cloned().collect();
    }
    settings
}

/// How the lesson is told.
pub(super) fn telling(args: &RunArgs, only: Option<Name>, has_checks: bool) -> Telling {
    // The page has a section for the updates.
    let pace = match args.pace {
        PaceArg::Lecture if args.step => telling::Pace::Lecture,
        PaceArg::Lecture | PaceArg::Sections => telling::Pace::Sections,
    };
    Telling {
        pace,
        walk: if args.all_terms { Walk::All } else { Walk::First },
        only,
        theory: !args.no_theory,
        has_checks,
        most_layers: if args.all { Limits::NONE.layers } else { Limits::READABLE.layers },
    }
}

/// The same lesson with nothing carried and nothing rounded, if that makes a
/// difference.
fn exact<'a>(args: &RunArgs, lesson: &Lesson<'a>) -> anyhow::Result<Option<Lesson<'a>>> {
    if lesson.settings().carried.is_empty() && !args.by_hand {
        return Ok(None);
    }
    let settings = Settings { apply: args.apply, ..Settings::default() };
    exercise::compute(*lesson.exercise(), settings).map(Some)
}
