//! `run --verify`: a sheet marked, as a page or as JSON.

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;

use super::args::{Credit, PageFormat, Repeated, RunArgs};
use super::page::PagedOutput;
use super::question::MarkedSheet;
use super::{asked, asking, batch, exercise, fingerprint, output};
use crate::class::MOST_ANSWERS;
use crate::document::{Limits, report};
use crate::export::report_json;
use crate::lesson::{Lesson, Settings};
use crate::scenario::Scenario;
use crate::source::file::label;
use crate::telling;
use crate::verify::question::about_samples;
use crate::verify::{
    self, Faults, Marker, MarkingRules, Policy, Report, SameSlip, Share, Sheet, SheetQuestion,
};

/// An answer is wrong or missing.
const NOT_ALL_RIGHT: u8 = 1;

pub(super) fn run(
    args: &RunArgs,
    answers: Option<&str>,
    scenario: &Scenario,
) -> anyhow::Result<ExitCode> {
    let sample = exercise::sample(scenario, &args.scenario, args.sample)?;
    exercise::check_apply(scenario, &args.scenario, args.apply)?;
    let exercise = scenario.exercise(sample);
    let apply = scenario.learning_rate.is_some();
    let lesson = if args.batch {
        batch::lesson(scenario, apply)?
    } else {
        exercise::compute(exercise, Settings { apply, ..Settings::default() })?
    };
    let only = args.only.as_deref().map(|text| exercise::find_in(&lesson, text)).transpose()?;
    let together = lesson.samples().map(|_| &lesson);
    let asks = asked::asks(&args.asked, scenario, together)?;
    let points = asked::points(&args.asked, scenario, together)?;
    let mut bytes = Vec::new();
    let (mut sheet, kept) = match answers {
        Some(answers) => {
            check_file_flags(args)?;
            bytes = verify::bytes(answers)?;
            let sheet = sheet(&bytes, label(answers), &lesson)?;
            if sheet.answers.len() > MOST_ANSWERS && scenario.samples.len() < 2 {
                // Nobody asks what else so large a sheet might be.
                bytes = Vec::new();
            }
            (sheet, None)
        }
        None => {
            check_asking_flags(args)?;
            if args.batch {
                bail!(
                    "--batch needs the answers from a file: --verify FILE\n  help: `sheet --batch` prints one to fill in"
                );
            }
            let kept = asking::KeptAnswers::open(args, &exercise)?;
            (kept.sheet.clone(), Some(kept))
        }
    };
    // The source prints the numbers of one sample.
    let printed = scenario.reference.as_ref().filter(|_| !args.exact && !args.batch);
    let printed = printed.map_or(&[][..], |reference| &reference.values);
    let digits = exercise::digits(args.digits, scenario);
    let policy = policy(args.follow_through, args.few_digits, args.same_slip);
    let rules = MarkingRules { digits, printed, asks: asks.as_deref(), points: &points, policy };
    let marker = Marker::new(&lesson, rules);
    let about = only.map(|name| telling::about(&lesson, name));
    if let Some(kept) = kept {
        sheet = asking::ask(args, &scenario.title, &marker, digits, about.as_deref(), kept)?;
    }
    let mut report = marker.mark(&sheet);
    let (called, report_so_far) = (args.scenario.as_str(), &report);
    let case = MarkedSheet {
        called,
        exercise,
        rules,
        sheet: &sheet,
        bytes: &bytes,
        report: report_so_far,
    };
    if !args.batch {
        let of_all = of_all_samples(scenario, &case)?;
        of_all.or_else(|| case.question()).into_iter().for_each(|question| report.ask(question));
    }
    if let Some(about) = about {
        report.lines.retain(|line| about.contains(&line.name()));
    }
    let title = &scenario.title;
    let hash = if args.batch {
        fingerprint::of_all(&exercise, &scenario.samples, scenario.reduction, &rules)?
    } else {
        fingerprint::of(&exercise, &rules)?
    };
    let page = |_| {
        report::report(&report::ReportRequest {
            lesson: &lesson,
            title,
            report: &report,
            digits,
            limits: if args.all { Limits::NONE } else { Limits::READABLE },
        })
    };
    let json = |mut out: &mut dyn Write| {
        let request =
            report_json::ReportJson { report: &report, lesson: &lesson, title, hash, digits };
        report_json::write(&request, &mut out)
    };
    let (format, look, naming) = (args.format, args.look, lesson.naming());
    output::write(&args.output, |out| {
        PagedOutput { format, look, title, naming }.write(page, json, out)
    })?;
    Ok(exit_code(&report))
}

/// Whether a sheet that is marked by one of several samples is of all of them.
fn of_all_samples(
    scenario: &Scenario,
    case: &MarkedSheet<'_>,
) -> anyhow::Result<Option<SheetQuestion>> {
    let samples = scenario.samples.len();
    if samples < 2 || case.bytes.is_empty() {
        return Ok(None);
    }
    let together = batch::lesson(scenario, scenario.learning_rate.is_some())?;
    let by_their_names = verify::read_batch(case.bytes, "sheet", &scenario.network, samples)?;
    Ok(about_samples(&together, case.rules, case.sheet, &by_their_names, case.report))
}

/// The answers of a file, by the names that the lesson has.
fn sheet(bytes: &[u8], label: &str, lesson: &Lesson<'_>) -> Result<Sheet, Faults> {
    match lesson.samples() {
        Some(samples) => {
            verify::read_batch(bytes, label, lesson.network(), samples.lessons().len())
        }
        None => verify::read(bytes, label, lesson.network()),
    }
}

/// Fails on flags that only asking uses.
fn check_file_flags(args: &RunArgs) -> anyhow::Result<()> {
    let flag = match args {
        RunArgs { save: Some(_), .. } => "--save",
        RunArgs { restart: true, .. } => "--restart",
        _ => return Ok(()),
    };
    bail!("{flag} goes with --verify without a file, which asks for the answers and keeps them")
}

/// Fails where nobody can be asked.
fn check_asking_flags(args: &RunArgs) -> anyhow::Result<()> {
    if args.format != PageFormat::Text {
        let format = args.format.word();
        bail!("--format {format} needs the answers from a file: --verify FILE");
    }
    if args.scenario == "-" {
        bail!(
            "the scenario comes from standard input, so nobody can be asked there\n  help: give the answers with --verify FILE"
        );
    }
    asking::check_terminal()
}

pub(super) const fn policy(
    follow_through: Credit,
    few_digits: Credit,
    same_slip: Repeated,
) -> Policy {
    Policy {
        follow_through: share(follow_through),
        few_digits: share(few_digits),
        same_slip: match same_slip {
            Repeated::Once => SameSlip::Once,
            Repeated::Each => SameSlip::Each,
        },
    }
}

const fn share(credit: Credit) -> Share {
    match credit {
        Credit::Full => Share::Full,
        Credit::Half => Share::Half,
        Credit::None => Share::None,
    }
}

fn exit_code(report: &Report) -> ExitCode {
    if report.is_all_right() { ExitCode::SUCCESS } else { ExitCode::from(NOT_ALL_RIGHT) }
}
