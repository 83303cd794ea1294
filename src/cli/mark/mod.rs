//! `mark`: a pile of sheets in, marks and statistics out.

mod feedback;
mod gather;
mod grades;
mod one;
mod order;
mod terms;

use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};

use super::args::class::{Mark, Marks};
use super::fingerprint;
use crate::class::{Class, Exam, Overrides, Pile, PileError, Scenarios, with_exam};
use crate::name::Naming;
use crate::scenario::{self, Scenario};
use crate::source::draft::Draft;
use crate::text::harmless;
use terms::terms;

pub(super) fn run(args: &Mark) -> anyhow::Result<ExitCode> {
    check(args)?;
    if args.paths.iter().filter(|path| *path == "-").count() > 1 {
        bail!("standard input can be read only once; name the scenario or the sheets by a file");
    }
    let scenarios = args.scenarios.as_deref().map(open_scenarios).transpose()?;
    let (called, common, sheets) = common(args, scenarios.is_some())?;
    if sheets.is_empty() {
        bail!(
            "there are no sheets to mark\n  help: give files or folders behind the scenario, or - \
             for JSON Lines on standard input"
        );
    }
    let overrides = args.overrides.as_deref().map(Overrides::open).transpose()?;
    let overrides = overrides.unwrap_or_default();
    let example = scenarios.as_ref().filter(|_| common.is_none()).and_then(Scenarios::example);
    let example = example.transpose().map_err(|trouble| anyhow!(trouble.message))?;
    let Some(example) = common.as_ref().or(example.as_ref()) else {
        bail!("there is no scenario in the folder of --scenarios");
    };
    let mut pile = match Pile::open(&sheets, &example.network) {
        // A grader must hear of it, too.
        Err(PileError::Empty) if is_for_a_grader(args.format) => Pile::default(),
        pile => pile?,
    };
    let of = |scenario: &Scenario| terms(args, scenario);
    let class = Class {
        exam: None,
        called,
        scenarios: scenarios.as_ref(),
        terms: &of,
        overrides: &overrides,
        wants_reports: args.lines || args.feedback.is_some() || is_for_a_grader(args.format),
    };
    let done = match &common {
        Some(scenario) => {
            let own = of(scenario).map_err(|trouble| anyhow!(trouble.message))?;
            with_exam(scenario, &own, |exam| {
                mark(args, &Class { exam: Some(exam), ..class }, scenario, &mut pile)
            })
            .map_err(|trouble| anyhow!(trouble.message))?
        }
        None => mark(args, &class, example, &mut pile),
    };
    done?;
    tell_unused(&overrides, &pile)?;
    Ok(ExitCode::SUCCESS)
}

/// Fails on flags that say nothing together.
fn check(args: &Mark) -> anyhow::Result<()> {
    if args.lines && !matches!(args.format, Marks::Json | Marks::Jsonl) {
        bail!("--lines goes with --format json or jsonl");
    }
    if args.sort.is_some() && args.format == Marks::Jsonl {
        bail!("--sort does not go with --format jsonl, which answers line by line");
    }
    if args.feedback.is_some() && (args.format == Marks::Jsonl || is_for_a_grader(args.format)) {
        bail!("--feedback goes with --format text, csv, json, moodle or canvas");
    }
    if args.feedback.is_some() && args.anonymous {
        bail!("--feedback is filed under the names of the students; leave out --anonymous");
    }
    let is_for_a_book = matches!(args.format, Marks::Moodle | Marks::Canvas);
    if is_for_a_book != args.gradebook.is_some() {
        bail!(
            "--format moodle and canvas go with --gradebook FILE: export the grade book, and it is \
             filled in"
        );
    }
    if is_for_a_book && (args.anonymous || args.sort.is_some()) {
        bail!("a grade book has its own names and its own order; leave out --anonymous and --sort");
    }
    Ok(())
}

/// Whether one submission is marked, inside a grader.
const fn is_for_a_grader(format: Marks) -> bool {
    matches!(format, Marks::Gradescope | Marks::Prairielearn)
}

fn open_scenarios(path: &str) -> anyhow::Result<Scenarios> {
    let scenarios = Scenarios::open(Path::new(path))?;
    if scenarios.is_empty() {
        bail!("--scenarios {}: there is no .json file in it", harmless(path));
    }
    Ok(scenarios)
}

/// The scenario of everybody, what it is called, and the sheets. Where students
/// have their own, the first argument is a scenario only if it reads as one.
fn common(args: &Mark, has_own: bool) -> anyhow::Result<(&str, Option<Scenario>, Vec<String>)> {
    let (first, rest) = args.paths.split_first().context("there are no arguments")?;
    if !has_own {
        return Ok((first, Some(scenario::load(first)?), rest.to_vec()));
    }
    let is_sheets = first == "-" || Path::new(first).is_dir();
    match (!is_sheets && !rest.is_empty()).then(|| scenario::load(first)) {
        Some(Ok(scenario)) => Ok((first, Some(scenario), rest.to_vec())),
        Some(Err(_)) | None => Ok(("", None, args.paths.clone())),
    }
}

/// Marks everything, and writes what is asked for.
fn mark(args: &Mark, class: &Class<'_>, example: &Scenario, pile: &mut Pile) -> anyhow::Result<()> {
    let threads = args.threads.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.context("the threads cannot be started")?;
    let gather = gather::Gather { args, class, example, pool: &pool };
    match &args.output {
        None => {
            let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
            gather.all(pile, &mut out)?;
            out.flush()?;
        }
        Some(path) => {
            let mut draft = Draft::open(Path::new(path))?;
            let mut out = BufWriter::with_capacity(1 << 16, &mut draft);
            gather.all(pile, &mut out)?;
            out.flush()?;
            drop(out);
            draft.finish()?;
        }
    }
    Ok(())
}

/// Tells of decisions that found no sheet, and of columns that nothing was read
/// from.
fn tell_unused(overrides: &Overrides, pile: &Pile) -> anyhow::Result<()> {
    let mut err = std::io::stderr().lock();
    if !pile.unread_columns.is_empty() {
        writeln!(err, "note: columns that are not read: {}", pile.unread_columns.join(", "))?;
    }
    for one in overrides.unused() {
        let (line, student, quantity) = (one.line, &one.student, &one.quantity);
        writeln!(
            err,
            "note: line {line} of the overrides is not applied: no sheet of {student} has {quantity}"
        )?;
    }
    Ok(())
}

/// What was set, where it is the same for everybody.
fn hash(exam: Option<&Exam<'_>>) -> Option<u32> {
    exam.and_then(|exam| fingerprint::of(exam.exercise(), &exam.rules).ok())
}

/// How quantities are named on pages about the class.
fn naming(example: &Scenario) -> Naming<'_> {
    example.network.naming()
}
