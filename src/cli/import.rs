//! `import`: a scenario with the weights and samples of files.

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};

use super::args::{Import, WeightLayout};
use super::program;
use crate::export::scenario_json;
use crate::network::loss::Targets;
use crate::network::{Network, Reduction, Sample};
use crate::num;
use crate::program::model;
use crate::scenario::{self, Scenario};
use crate::source::draft::Draft;
use crate::source::table;
use crate::text::harmless;

pub(super) fn run(args: &Import) -> anyhow::Result<ExitCode> {
    let mut scenario = scenario::load(&args.scenario)?;
    replace(&mut scenario, Some(&args.model), args.layout, args.data.as_deref())?;
    let request = scenario_json::Request {
        title: &scenario.title,
        source: scenario.source.as_deref(),
        digits: scenario.digits,
        learning_rate: scenario.learning_rate,
        update_biases: scenario.update_biases,
        network: &scenario.network,
        samples: &scenario.samples,
        mean: scenario.reduction == Reduction::Mean,
        // What is asked and its points are of the old network.
        asks: None,
        points: &[],
    };
    match &args.output {
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            scenario_json::write(&request, &mut out)?;
            out.flush()?;
        }
        Some(path) => {
            let mut draft = Draft::open(Path::new(path)).context("--output")?;
            let mut out = BufWriter::new(&mut draft);
            let written = scenario_json::write(&request, &mut out).and_then(|()| out.flush());
            drop(out);
            written.with_context(|| format!("--output {}", harmless(path)))?;
            draft.finish().context("--output")?;
        }
    }
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
    let targets = targets(network);
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

fn targets(network: &Network) -> usize {
    if network.loss.targets == Targets::Unused { 0 } else { network.outputs() }
}

fn samples(path: &str, network: &Network) -> anyhow::Result<Vec<Sample>> {
    let (inputs, targets) = (network.inputs(), targets(network));
    let shape =
        format!("{}, then {}", num::counted(inputs, "input"), num::counted(targets, "target"));
    let mut samples = Vec::new();
    let mut push = |row: &[f64]| {
        let (x, y) = row.split_at(inputs);
        let sum: f64 = y.iter().sum();
        let rule = network.loss.targets;
        let is_share = |y: &f64| (0.0..=1.0).contains(y);
        if matches!(rule, Targets::UnitInterval | Targets::Distribution) && !y.iter().all(is_share)
        {
            return Err(format!("`{}` needs targets from 0 to 1", network.loss.key));
        }
        if rule.refuse_sum(sum) {
            return Err(format!("`{}` needs targets that add up to 1", network.loss.key));
        }
        samples.push(Sample { x: x.to_vec(), y: y.to_vec() });
        Ok(())
    };
    table::read(path, inputs + targets, &shape, &mut push)?;
    if samples.is_empty() {
        bail!("--data {}: there is no line of numbers in it", harmless(path));
    }
    Ok(samples)
}
