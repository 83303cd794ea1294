//! `run --batch`: all samples at once, and the full gradient step.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;

use super::args::RunArgs;
use super::page::PagedOutput;
use super::{exercise, output};
use crate::document::{Limits, batch as page};
use crate::export::{batch_json, json};
use crate::lesson::batch::LessonBatch;
use crate::lesson::{Exercise, Lesson};
use crate::network::Network;
use crate::num::Precision;
use crate::scenario::Scenario;
use crate::telling;

pub(super) fn run(args: &RunArgs, scenario: &Scenario) -> anyhow::Result<ExitCode> {
    let digits = exercise::digits(args.digits, scenario);
    let by_hand = args.by_hand.then_some(digits);
    let batch = batch(scenario, &scenario.network, by_hand)?;
    let updated = args.apply.then(|| batch.updated(&scenario.network));
    let after =
        updated.as_ref().map(|network| self::batch(scenario, network, by_hand)).transpose()?;
    let lesson = together(batch, args.apply)?;
    let only = args.only.as_deref().map(|text| exercise::find_in(&lesson, text)).transpose()?;
    if let Some(name) = only.filter(|name| !lesson.has(*name)) {
        exercise::not_reached(&lesson, name, args.apply)?;
    }
    let naming = scenario.network.naming();
    let page = |notation| {
        page::page(&page::BatchRequest {
            lesson: &lesson,
            only,
            after: after.as_ref(),
            title: &scenario.title,
            source: scenario.source.as_deref(),
            digits,
            limits: if args.all { Limits::NONE } else { Limits::READABLE },
            notation,
        })
    };
    let json = |mut out: &mut dyn Write| match (only, lesson.samples()) {
        (None, Some(batch)) => batch_json::write(
            &batch_json::BatchJson {
                batch,
                after: after.as_ref(),
                title: &scenario.title,
                source: scenario.source.as_deref(),
            },
            &mut out,
        ),
        (only, _) => {
            let only = only.map(|name| telling::about(&lesson, name));
            let request = json::LessonJson {
                lesson: &lesson,
                title: &scenario.title,
                source: scenario.source.as_deref(),
                digits,
                only: only.as_deref(),
                checks: &[],
            };
            json::write(&request, &mut out)
        }
    };
    let (format, look, title) = (args.format, args.look, &scenario.title);
    output::write(&args.output, |out| {
        PagedOutput { format, look, title, naming }.write(page, json, out)
    })?;
    Ok(ExitCode::SUCCESS)
}

/// All samples of a scenario as one exact lesson, with its update where `apply`
/// says so.
pub(super) fn lesson(scenario: &Scenario, apply: bool) -> anyhow::Result<Lesson<'_>> {
    together(batch(scenario, &scenario.network, None)?, apply)
}

fn together(batch: LessonBatch<'_>, apply: bool) -> anyhow::Result<Lesson<'_>> {
    batch.together(apply).context("there are no samples")
}

/// All samples of a scenario on a network.
fn batch<'a>(
    scenario: &'a Scenario,
    network: &'a Network,
    by_hand: Option<Precision>,
) -> anyhow::Result<LessonBatch<'a>> {
    let exercise = Exercise { network, ..scenario.exercise(0) };
    LessonBatch::new(exercise, &scenario.samples, scenario.reduction, by_hand)
        .map_err(|(sample, overflow)| exercise::overflow(network, sample, overflow))
}
