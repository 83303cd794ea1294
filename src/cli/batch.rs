//! `run --batch`: all samples at once, and the full gradient step.

use std::io::Write;
use std::process::ExitCode;

use super::args::RunArgs;
use super::page::PagedOutput;
use super::{exercise, output};
use crate::document::{Limits, batch as page};
use crate::export::batch_json;
use crate::lesson::Exercise;
use crate::lesson::batch::LessonBatch;
use crate::network::Network;
use crate::scenario::Scenario;

pub(super) fn run(args: &RunArgs, scenario: &Scenario) -> anyhow::Result<ExitCode> {
    let batch = batch(args, scenario, &scenario.network)?;
    let updated = args.apply.then(|| batch.updated(&scenario.network));
    let after = updated.as_ref().map(|network| self::batch(args, scenario, network)).transpose()?;
    let naming = scenario.network.naming();
    let page = |notation| {
        page::page(&page::BatchRequest {
            batch: &batch,
            after: after.as_ref(),
            title: &scenario.title,
            source: scenario.source.as_deref(),
            digits: exercise::digits(args.digits, scenario),
            limits: if args.all { Limits::NONE } else { Limits::READABLE },
            notation,
        })
    };
    let json = |mut out: &mut dyn Write| {
        batch_json::write(
            &batch_json::BatchJson {
                batch: &batch,
                after: after.as_ref(),
                title: &scenario.title,
                source: scenario.source.as_deref(),
            },
            &mut out,
        )
    };
    let (format, look, title) = (args.format, args.look, &scenario.title);
    output::write(&args.output, |out| {
        PagedOutput { format, look, title, naming }.write(page, json, out)
    })?;
    Ok(ExitCode::SUCCESS)
}

/// All samples of a scenario on a network.
fn batch<'a>(
    args: &RunArgs,
    scenario: &'a Scenario,
    network: &'a Network,
) -> anyhow::Result<LessonBatch<'a>> {
    let exercise = Exercise { network, ..exercise::exercise(scenario, 0) };
    let by_hand = args.by_hand.then(|| exercise::digits(args.digits, scenario));
    LessonBatch::new(exercise, &scenario.samples, scenario.reduction, by_hand)
        .map_err(|(sample, overflow)| exercise::overflow(network, sample, overflow))
}
