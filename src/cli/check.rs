//! `check`: every gradient against a central difference.

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;

use super::args::CheckArgs;
use super::page::PagedOutput;
use super::progress::Progress;
use super::{exercise, output};
use crate::document::{Limits, gradient_check as page};
use crate::export::check_json;
use crate::gradient_check::inject::{InjectedLesson, inject};
use crate::gradient_check::{GradientVerdict, check};
use crate::lesson::batch::LessonBatch;
use crate::lesson::{Lesson, Settings};
use crate::name::{Name, NameSet, Symbol, nearest};
use crate::scenario::{self, Scenario};
use crate::text::harmless;
use crate::verify::Slip;
use crate::verify::slips::rewritings;

/// Some gradient is wrong.
const WRONG: u8 = 1;

pub(super) fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    if let Some(file) = &args.gradients {
        return super::program::run(args, file);
    }
    let Some(called) = &args.scenario else {
        bail!("there is no scenario to check\n  help: name one; `list` shows those that there are")
    };
    let scenario = scenario::load(called)?;
    let slip = args.inject.as_deref().map(slip).transpose()?;
    let samples = samples(args, called, &scenario)?;
    let batch = LessonBatch::of(lessons(&scenario, &samples)?, scenario.reduction);
    // Several samples can also be reduced wrongly.
    let whole = batch.clone().together(false);
    let wrongly = slip
        .zip(whole)
        .and_then(|(slip, whole)| rewritings(&whole, Symbol::Risk.into(), slip).into_iter().next());
    let is_reduced_wrongly = wrongly.is_some();
    let injected = slip.map(|slip| injected(&scenario, &samples, slip)).transpose()?;
    let worked = injected.map(|(lessons, lines)| {
        let batch = LessonBatch::of(lessons, scenario.reduction);
        (wrongly.map_or(batch.clone(), |tree| batch.reduced_by(tree)), lines)
    });
    let progress = Progress::new("{pos} of {len} gradients, {eta} left");
    let worked_batch = worked.as_ref().map_or(&batch, |(worked, _)| worked);
    let rows = check(&batch, worked_batch, &|done, all| {
        progress.tell(done as u64, Some(all as u64));
    });
    progress.clear();
    let lines = worked.map(|(_, lines)| lines).unwrap_or_default();
    let naming = scenario.network.naming();
    let page = |notation| {
        page::page(&page::CheckRequest {
            lesson: &batch.lessons()[0],
            title: &scenario.title,
            samples: (samples.len() > 1).then_some(samples.len()),
            rows: &rows,
            source_is_carried: scenario
                .reference
                .as_ref()
                .is_some_and(|reference| !reference.carry.is_empty()),
            injected: slip.map(|slip| page::InjectedSlip {
                slip,
                lines: &lines,
                is_reduced_wrongly,
            }),
            digits: exercise::digits(args.digits, &scenario),
            limits: if args.all { Limits::NONE } else { Limits::READABLE },
            notation,
        })
    };
    let gradient = if samples.len() > 1 { Name::risk_by } else { Name::loss_by };
    let json = |mut out: &mut dyn Write| check_json::write(&rows, naming, gradient, &mut out);
    let (format, look, title) = (args.format, args.look, &scenario.title);
    output::write(&args.output, |out| {
        PagedOutput { format, look, title, naming }.write(page, json, out)
    })?;
    let agree = rows.iter().all(|row| row.verdict != GradientVerdict::Differs);
    Ok(if agree { ExitCode::SUCCESS } else { ExitCode::from(WRONG) })
}

/// Which samples the loss is taken over: all, or the one that is asked for.
fn samples(args: &CheckArgs, called: &str, scenario: &Scenario) -> anyhow::Result<Vec<usize>> {
    if args.sample.is_none() {
        return Ok((0..scenario.samples.len()).collect());
    }
    Ok(vec![exercise::sample(scenario, called, args.sample)?])
}

fn lessons<'a>(scenario: &'a Scenario, samples: &[usize]) -> anyhow::Result<Vec<Lesson<'a>>> {
    let lesson = |sample: &usize| {
        let exercise = scenario.exercise(*sample);
        Lesson::new(exercise, Settings::default())
            .map_err(|overflow| exercise::overflow(&scenario.network, *sample, overflow))
    };
    samples.iter().map(lesson).collect()
}

/// The lessons of somebody who slips, and the lines where the first does.
fn injected<'a>(
    scenario: &'a Scenario,
    samples: &[usize],
    slip: Slip,
) -> anyhow::Result<(Vec<Lesson<'a>>, Vec<Name>)> {
    let mut lessons = Vec::new();
    let (mut all_lines, mut known) = (Vec::new(), NameSet::default());
    for sample in samples {
        let exercise = scenario.exercise(*sample);
        let InjectedLesson { lesson, lines } = inject(exercise, slip)
            .map_err(|overflow| exercise::overflow(&scenario.network, *sample, overflow))?;
        all_lines.extend(lines.into_iter().filter(|line| known.insert(*line)));
        lessons.push(lesson);
    }
    Ok((lessons, all_lines))
}

/// The slip of a code, in any case.
fn slip(code: &str) -> anyhow::Result<Slip> {
    let found = Slip::ALL.into_iter().find(|slip| slip.code().eq_ignore_ascii_case(code.trim()));
    let Some(slip) = found else {
        let codes = Slip::ALL.iter().map(|slip| slip.code());
        let known = codes.clone().collect::<Vec<_>>().join(", ");
        let shown = harmless(code);
        let typed = code.trim().to_ascii_uppercase();
        let longer: Vec<_> = codes.clone().filter(|code| code.starts_with(&typed)).collect();
        if !typed.is_empty() && !longer.is_empty() {
            bail!("--inject {shown}: there is no such slip; did you mean {}?", longer.join(" or "));
        }
        match nearest(&typed, codes) {
            Some(near) => bail!("--inject {shown}: there is no such slip; did you mean {near}?"),
            None => {
                bail!("--inject {shown}: there is no such slip\n  help: known slips are {known}")
            }
        }
    };
    Ok(slip)
}
