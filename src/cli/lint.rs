//! `lint`: what an exercise cannot tell apart.

use std::process::ExitCode;

use anyhow::anyhow;

use super::args::class::LintArgs;
use super::page::PagedOutput;
use super::{asked, exercise, output};
use crate::document::lint as page;
use crate::exercise::lint;
use crate::export::lint_json;
use crate::lesson::Settings;
use crate::scenario;
use crate::text::harmless;
use crate::verify::{MarkingRules, Policy};

/// Something is found.
const FOUND: u8 = 1;

pub(super) fn run(args: &LintArgs) -> anyhow::Result<ExitCode> {
    let scenario = scenario::load(&args.scenario)?;
    let sample = exercise::sample(&scenario, &args.scenario, args.sample)?;
    let asks = asked::asks(&args.asked, &scenario, None)?;
    let points = asked::points(&args.asked, &scenario, None)?;
    let digits = exercise::digits(args.digits, &scenario);
    let apply = scenario.learning_rate.is_some();
    let settings = Settings { apply, ..Settings::default() };
    let lesson = exercise::compute(scenario.exercise(sample), settings)?;
    let policy = Policy::default();
    let rules =
        MarkingRules { digits, printed: &[], asks: asks.as_deref(), points: &points, policy };
    // What a source prints belongs to its first sample.
    let reference = scenario.reference.as_ref().filter(|_| sample == 0);
    let findings = lint(&crate::exercise::Lint { lesson: &lesson, rules, reference })
        .map_err(|error| anyhow!("{}: {error}", harmless(&args.scenario)))?;
    let naming = lesson.naming();
    let (format, look, title) = (args.format, args.look, &scenario.title);
    output::print(|out| {
        PagedOutput { format, look, title, naming }.write(
            |_| page::page(title, &findings, digits),
            |mut out| lint_json::write(title, &findings, naming, digits, &mut out),
            out,
        )
    })?;
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}
