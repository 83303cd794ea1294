//! What the commands that work an exercise have in common: its sample, the
//! names on the command line, and why it cannot be worked.

use anyhow::{anyhow, bail};

use super::args::DigitsArgs;
use crate::lesson::{Exercise, Lesson, Overflow, Settings};
use crate::name::Name;
use crate::network::Network;
use crate::num::{self, Precision};
use crate::scenario::Scenario;
use crate::text::harmless;

/// The index of the sample that `--sample` asks for, the first if it does not.
pub(super) fn sample(
    scenario: &Scenario,
    argument: &str,
    number: Option<u32>,
) -> anyhow::Result<usize> {
    let (number, count) = (number.unwrap_or(1) as usize, scenario.samples.len());
    if number > count {
        let has = num::counted(count, "sample");
        let help = if count == 1 {
            "leave --sample out".to_owned()
        } else {
            format!("give a number from 1 to {count}")
        };
        bail!("--sample {number}: {} has {has}\n  help: {help}", harmless(argument));
    }
    Ok(number - 1)
}

/// The digits that are asked for, else those of the scenario.
pub(super) fn digits(asked: DigitsArgs, scenario: &Scenario) -> Precision {
    let decimals = asked.digits.map(|count| Precision::Decimals(count.into()));
    let significant = asked.significant.map(|count| Precision::Significant(count.into()));
    decimals.or(significant).unwrap_or(scenario.digits)
}

/// Fails where `--apply` has no step to apply.
pub(super) fn check_apply(scenario: &Scenario, argument: &str, apply: bool) -> anyhow::Result<()> {
    if apply && scenario.learning_rate.is_none() {
        bail!(
            "{} has no learning rate, so there is no step to apply\n  help: add \"learning_rate\" to the scenario, or leave out --apply",
            harmless(argument)
        );
    }
    Ok(())
}

/// Computes a lesson.
pub(super) fn compute(exercise: Exercise<'_>, settings: Settings) -> anyhow::Result<Lesson<'_>> {
    let network = exercise.network;
    Lesson::new(exercise, settings).map_err(|overflow| {
        anyhow!("{}: {}", network.naming().plain(overflow.name), why(&overflow))
    })
}

/// What to say where a number of one of several samples, by its index, is not
/// finite.
pub(super) fn overflow(network: &Network, sample: usize, overflow: Overflow) -> anyhow::Error {
    let name = network.naming().plain(overflow.name);
    anyhow!("sample {}, {name}: {}", sample + 1, why(&overflow))
}

fn why(overflow: &Overflow) -> String {
    format!(
        "{overflow}\n  help: look for very large inputs or weights; the lesson needs every number to be finite"
    )
}

/// The quantity that `--only` names.
pub(super) fn find(network: &Network, text: &str) -> anyhow::Result<Name> {
    network.find(text).map_err(|nearest| no_such_quantity(text, nearest))
}

/// The same in a lesson, which may be of several samples.
pub(super) fn find_in(lesson: &Lesson<'_>, text: &str) -> anyhow::Result<Name> {
    match lesson.samples() {
        Some(samples) => lesson
            .network()
            .find_in_batch(text, samples.lessons().len())
            .map_err(|nearest| no_such_quantity(text, nearest)),
        None => find(lesson.network(), text),
    }
}

fn no_such_quantity(text: &str, nearest: Option<String>) -> anyhow::Error {
    let text = harmless(text);
    match nearest {
        Some(name) => {
            anyhow!("--only {text}: this network has no such quantity; did you mean {name}?")
        }
        None => anyhow!(
            "--only {text}: this network has no such quantity\n  help: names look like z1_in, f_out, dL/df_out, dL/dW11, and with --batch R, dR/dW11, L@2; --format json lists them all"
        ),
    }
}

/// Why a quantity that the network has is not in the lesson.
pub(super) fn not_reached(lesson: &Lesson<'_>, name: Name, apply: bool) -> anyhow::Result<()> {
    let text = lesson.naming().plain(name);
    if matches!(name, Name::New(_)) && !apply {
        bail!("--only {text} comes after the update: add --apply");
    }
    bail!("--only {text}: this exercise does not compute it")
}
