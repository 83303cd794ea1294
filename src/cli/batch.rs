//! `run --batch`: all samples at once, and the full gradient step.

use std::io::Write;
use std::process::ExitCode;

use super::args::Run;
use super::page::Page;
use super::{exercise, output};
use crate::document::{Limits, batch as page};
use crate::export::batch_json;
use crate::lesson::Exercise;
use crate::lesson::batch::Batch;
use crate::network::Network;
use crate::scenario::Scenario;

pub(super) fn run(args: &Run, scenario: &Scenario) -> anyhow::Result<ExitCode> {
    let batch = batch(args, scenario, &scenario.network)?;
    let updated = args.apply.then(|| batch.updated(&scenario.network));
    let after = updated.as_ref().map(|network| self::batch(args, scenario, network)).transpose()?;
    let naming = scenario.network.naming();
    let page = |notation| {
        page::page(&page::Request {
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
            &batch_json::Request {
                batch: &batch,
                after: after.as_ref(),
                title: &scenario.title,
                source: scenario.source.as_deref(),
            },
            &mut out,
        )
    };
    let (format, look, title) = (args.format, args.look, &scenario.title);
    output::write(&args.output, |out| Page { format, look, title, naming }.write(page, json, out))?;
    Ok(ExitCode::SUCCESS)
}

/// All samples of a scenario on a network.
fn batch<'a>(
    args: &Run,
    scenario: &'a Scenario,
    network: &'a Network,
) -> anyhow::Result<Batch<'a>> {
    let exercise = Exercise { network, ..exercise::exercise(scenario, 0) };
    let by_hand = args.by_hand.then(|| exercise::digits(args.digits, scenario));
    Batch::new(exercise, &scenario.samples, scenario.reduction, by_hand)
        .map_err(|(sample, overflow)| exercise::overflow(network, sample, overflow))
}
