//! How a scenario is marked: what the command line says, else the scenario.

use crate::class::{Terms, Trouble};
use crate::cli::args::class::Mark;
use crate::cli::{asked, exercise, verify};
use crate::scenario::Scenario;

pub(super) fn terms(args: &Mark, scenario: &Scenario) -> Result<Terms, Trouble> {
    let told = |error: anyhow::Error| Trouble {
        code: "bad_scenario",
        message: crate::text::harmless(&error.to_string()).into_owned(),
    };
    let credits = args.credits;
    Ok(Terms {
        digits: exercise::digits(args.digits, scenario),
        asks: asked::asks(&args.asked, scenario, None).map_err(told)?,
        points: asked::points(&args.asked, scenario, None).map_err(told)?,
        policy: verify::policy(credits.follow_through, credits.few_digits, credits.same_slip),
        exact: args.exact,
        sample: args.sample.map_or(0, |sample| sample as usize - 1),
    })
}
