//! `import`: a scenario with the weights and samples of files.

use std::process::ExitCode;

use anyhow::bail;

use super::args::{Import, WeightLayout};
use super::{output, program, rows};
use crate::export::scenario_json;
use crate::network::{Network, Sample};
use crate::program::model;
use crate::scenario::{self, Scenario};
use crate::source::table;
use crate::text::harmless;

pub(super) fn run(args: &Import) -> anyhow::Result<ExitCode> {
    let mut scenario = scenario::load(&args.scenario)?;
    replace(&mut scenario, Some(&args.model), args.layout, args.data.as_deref())?;
    let request = scenario_json::ScenarioJson {
        // What is asked and its points are of the old network.
        asks: None,
        points: &[],
        ..scenario_json::ScenarioJson::of(&scenario)
    };
    output::write(&args.output, |mut out| scenario_json::write(&request, &mut out))?;
    Ok(ExitCode::SUCCESS)
}

/// Puts the weights of one file and the samples of another into a scenario.
pub(super) fn replace(
    scenario: &mut Scenario,
    weights: Option<&str>,
    layout: Option<WeightLayout>,
    data: Option<&str>,
) -> anyhow::Result<()> {
    if let Some(path) = weights {
        let arrays = program::arrays(path)?;
        let network = model(&arrays, &scenario.network, layout.map(program::layout));
        match network {
            Ok(network) => scenario.network = network,
            Err(error) => bail!("--model {}: {error}", harmless(path)),
        }
        scenario.reference = None;
    }
    if let Some(path) = data {
        scenario.samples = samples(path, &scenario.network)?;
    }
    let network = &scenario.network;
    let targets = rows::targets(network);
    let fits = |sample: &Sample| sample.x.len() == network.inputs() && sample.y.len() == targets;
    if !scenario.samples.iter().all(fits) {
        bail!(
            "the samples of the scenario do not fit the network of --model, {}\n  help: give samples \
             that do, with --data FILE",
            network.shape()
        );
    }
    Ok(())
}

fn samples(path: &str, network: &Network) -> anyhow::Result<Vec<Sample>> {
    let mut samples = Vec::new();
    let mut push = |row: &[f64]| {
        let (x, y) = rows::parted(network, row)?;
        samples.push(Sample { x: x.to_vec(), y: y.to_vec() });
        Ok(())
    };
    let columns = network.inputs() + rows::targets(network);
    table::read(path, columns, &rows::shape(network), &mut push)?;
    if samples.is_empty() {
        bail!("--data {}: there is no line of numbers in it", harmless(path));
    }
    Ok(samples)
}
