//! `--asks` and `--points`: what is asked of a student, and what it is worth.

use anyhow::{Context, anyhow, bail};

use super::args::AskedArgs;
use crate::name::Pattern;
use crate::scenario::Scenario;
use crate::text::harmless;

/// What is asked: what the command line says, else the scenario.
pub(super) fn asks(args: &AskedArgs, scenario: &Scenario) -> anyhow::Result<Option<Vec<Pattern>>> {
    if args.asks.is_empty() {
        return Ok(scenario.asks.clone());
    }
    args.asks
        .iter()
        .map(|text| pattern("--asks", text, scenario))
        .collect::<Result<_, _>>()
        .map(Some)
}

/// What lines are worth: what the scenario says, and then the command line, which
/// so counts where both mean a line in the same words.
pub(super) fn points(args: &AskedArgs, scenario: &Scenario) -> anyhow::Result<Vec<(Pattern, f64)>> {
    let mut points = scenario.points.clone();
    for text in &args.points {
        let shown = harmless(text);
        let (what, worth) = text.rsplit_once('=').with_context(|| {
            format!("--points {shown}: there is no =\n  help: write it as in \"dL/d*=2\"")
        })?;
        let worth: f64 = worth
            .trim()
            .parse()
            .ok()
            .filter(|worth: &f64| worth.is_finite())
            .with_context(|| format!("--points {shown}: behind the = stands no number"))?;
        if worth < 0.0 {
            bail!(
                "--points {shown}: a line cannot be worth less than nothing\n  help: give 0 for what \
                 is asked but not counted"
            );
        }
        points.push((pattern("--points", what, scenario)?, worth));
    }
    Ok(points)
}

fn pattern(flag: &str, text: &str, scenario: &Scenario) -> anyhow::Result<Pattern> {
    scenario.network.pattern(text, scenario.learning_rate.is_some()).map_err(|why| {
        let text = harmless(text);
        anyhow!("{flag} {text}: {}\n  help: {}", why.what(&text), why.help())
    })
}
