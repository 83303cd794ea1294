//! `train`: many updates, and a page or JSON about them.

mod data;
mod observe;
mod save;
mod watch;

use std::io::Write;
use std::process::ExitCode;

use anyhow::{anyhow, bail};

use super::args::{PageFormat, PrecisionArg, Train};
use super::page::PagedOutput;
use super::{exercise, output};
use crate::document::training;
use crate::export::training_json;
use crate::network::Reduction;
use crate::network::loss::Targets;
use crate::scenario::{self, Scenario};
use crate::text::harmless;
use crate::train::{self, Data, End, Plan, Real, Rule};
use data::Sets;
use observe::Views;
use watch::Looking;

/// The descent diverged.
const DIVERGED: u8 = 1;

/// Epochs where nothing is said about them.
const EPOCHS: u64 = 1000;

/// Epochs after which even a goal is given up, where nothing is said.
const MOST_EPOCHS: u64 = 1_000_000;

pub(super) fn run(args: &Train) -> anyhow::Result<ExitCode> {
    let scenario = scenario::load(&args.scenario)?;
    match args.precision {
        PrecisionArg::F32 => Job::<f32>::new(args, &scenario)?.run(),
        PrecisionArg::F64 => Job::<f64>::new(args, &scenario)?.run(),
    }
}

/// All that a descent needs.
struct Job<'a, R> {
    args: &'a Train,
    scenario: &'a Scenario,
    sets: Sets<R>,
    plan: Plan,
    threads: usize,
}

impl<'a, R: Real> Job<'a, R> {
    fn new(args: &'a Train, scenario: &'a Scenario) -> anyhow::Result<Self> {
        let is_page = !matches!(args.format, PageFormat::Text | PageFormat::Json)
            || args.output.output.is_some();
        if is_page && args.format != PageFormat::Json && !args.trace.is_empty() {
            bail!(
                "--trace prints lessons on the way\n  help: leave out --format {} and --output, or take --format json",
                if args.format == PageFormat::Text { "html" } else { args.format.word() }
            );
        }
        let rule = rule(args, scenario)?;
        let sets = data::sets::<R>(args, scenario)?;
        let plan = plan(args, scenario, rule, sets.training.len())?;
        let threads = threads(args, &scenario.network, plan.batch);
        Ok(Self { args, scenario, sets, plan, threads })
    }

    /// Trains, with the threads that are asked for.
    fn run(self) -> anyhow::Result<ExitCode> {
        if self.threads == 1 {
            return self.work();
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads).build();
        let pool = pool.map_err(|error| anyhow!("--threads {}: {error}", self.threads))?;
        pool.install(|| self.work())
    }

    fn work(self) -> anyhow::Result<ExitCode> {
        // A place that cannot be written to is said before the long work.
        let target = self.args.save.as_deref().map(save::SaveFile::open).transpose()?;
        let mut engine = train::engine::<R>(&self.scenario.network, self.plan.batch, self.threads)?;
        let Sets { training, held_out, targets } = &self.sets;
        let most = self.shown();
        let mut views = Views::before(&mut *engine, training, held_out, most, self.plan.rule.mean);
        let mut looking = Looking::new(self.args, self.scenario, &self.plan, training)?;
        let outcome = train::descend(&mut *engine, training, &self.plan, &mut looking);
        let seen = looking.finish()?;
        views.after(&mut *engine, training, held_out);
        let network = engine.network();
        let saved = target.map(|target| target.save(self.scenario, &network)).transpose()?;
        let page = |_| {
            training::training(&training::TrainingRequest {
                title: &self.scenario.title,
                source: self.scenario.source.as_deref(),
                plan: &self.plan,
                outcome: &outcome,
                samples: training.len(),
                predictions: &views.predictions,
                classes: targets,
                accuracy: views.accuracy,
                held_out: views.held_out,
                digits: exercise::digits(self.args.digits, self.scenario),
                all: self.args.all,
                saved: saved.as_deref(),
                had_reference: self.scenario.reference.is_some(),
            })
        };
        let naming = self.scenario.network.naming();
        let json = |mut out: &mut dyn Write| {
            let request = training_json::TrainingJson {
                title: &self.scenario.title,
                plan: &self.plan,
                outcome: &outcome,
                samples: training.len(),
                predictions: &views.predictions,
                accuracy: views.accuracy,
                held_out: views.held_out,
            };
            training_json::write(&request, &seen.traces, &mut out)
        };
        let Train { format, look, ref output, .. } = *self.args;
        let title = &self.scenario.title;
        output::write(output, |out| {
            PagedOutput { format, look, title, naming }.write(page, json, out)
        })?;
        seen.missing?;
        let diverged = matches!(outcome.end, End::Diverged(_));
        Ok(if diverged { ExitCode::from(DIVERGED) } else { ExitCode::SUCCESS })
    }

    /// Predictions that are printed.
    fn shown(&self) -> usize {
        let all = self.args.all || self.args.format == PageFormat::Json;
        if all { usize::MAX } else { training::MOST_PREDICTIONS }
    }
}

fn rule(args: &Train, scenario: &Scenario) -> anyhow::Result<Rule> {
    let Some(rate) = args.rate.or(scenario.learning_rate) else {
        bail!(
            "{} has no learning rate\n  help: give one with --rate, such as --rate 0.5",
            harmless(&args.scenario)
        );
    };
    if !(rate.is_finite() && rate > 0.0) {
        bail!("--rate {rate}: a learning rate is a number above 0");
    }
    Ok(Rule {
        rate,
        mean: scenario.reduction == Reduction::Mean,
        update_biases: scenario.update_biases,
    })
}

fn plan(args: &Train, scenario: &Scenario, rule: Rule, samples: usize) -> anyhow::Result<Plan> {
    if let Some(until) = args.until.filter(|until| !until.is_finite()) {
        bail!("--until {until}: the loss to stop at is a number, such as 0.001");
    }
    // Only a loss without targets falls below 0.
    if let Some(until) = args.until.filter(|until| *until <= 0.0)
        && scenario.network.loss.targets != Targets::Unused
    {
        bail!("--until {until}: this loss is never below 0; give a number above it, such as 0.001");
    }
    let batch = match args.batch_size {
        Some(size) if size as usize > samples => {
            let has =
                if samples == 1 { "is 1 sample".into() } else { format!("are {samples} samples") };
            bail!(
                "--batch-size {size}: there {has}; leave it out to take all of them in each update"
            );
        }
        Some(size) => size as usize,
        None => samples,
    };
    let default = if args.until.is_some() { MOST_EPOCHS } else { EPOCHS };
    let epochs = args.epochs.unwrap_or(default);
    let mut traces = args.trace.clone();
    traces.sort_unstable();
    traces.dedup();
    let updates = epochs.saturating_mul(samples.div_ceil(batch) as u64);
    if let Some(last) = traces.last().filter(|last| **last > updates) {
        bail!("--trace {last}: there are at most {updates} updates in {epochs} epochs");
    }
    let seed = args.shuffle.then_some(args.seed);
    Ok(Plan { epochs, batch, rule, until: args.until, seed, traces })
}

/// The threads that are asked for; without a word, as many as help.
fn threads(args: &Train, network: &crate::network::Network, batch: usize) -> usize {
    match args.threads {
        Some(threads) => usize::from(threads),
        None if train::is_worth_sharing(network, batch) => {
            std::thread::available_parallelism().map_or(1, usize::from)
        }
        None => 1,
    }
}

/// What an engine makes of data that is tried on it.
fn risk<R: Real>(engine: &mut dyn train::Engine<R>, data: &Data<R>, mean: bool) -> f64 {
    let total = engine.total_loss(data);
    if mean { total / data.len() as f64 } else { total }
}
