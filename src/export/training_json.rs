//! A descent as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::document::training::{Accuracy, HeldOut, Prediction};
use crate::network::Reduction;
use crate::train::{End, Outcome, Plan};

/// The name of the format, with its version.
pub const FORMAT: &str = "backprop-tutor/training/1";

/// What is written.
pub struct TrainingJson<'a> {
    /// The title of the exercise.
    pub title: &'a str,
    /// What was to be done.
    pub plan: &'a Plan,
    /// How it went.
    pub outcome: &'a Outcome,
    /// Samples that were trained on.
    pub samples: usize,
    /// What the network says to each of them.
    pub predictions: &'a [Prediction],
    /// How many were right, where targets are one-hot.
    pub accuracy: Option<Accuracy>,
    /// How it goes on samples that were not trained on.
    pub held_out: Option<HeldOut>,
}

#[derive(Serialize)]
struct Head<'a> {
    format: &'a str,
    title: &'a str,
    samples: usize,
    batch_size: usize,
    learning_rate: f64,
    reduction: &'a str,
    seed: Option<u64>,
    epochs: u64,
    updates: u64,
    stopped: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    diverged_in_epoch: Option<u64>,
    losses: &'a [(u64, f64)],
    /// Samples that the losses between the first and the last are over.
    losses_over: usize,
    final_loss: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accuracy: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    held_out: Option<HeldOutObject>,
}

#[derive(Serialize)]
struct HeldOutObject {
    samples: usize,
    loss_before: f64,
    loss: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    accuracy: Option<f64>,
}

#[derive(Serialize)]
struct PredictionObject<'a> {
    x: &'a [f64],
    y: &'a [f64],
    before: &'a [f64],
    after: &'a [f64],
}

/// Writes a descent as one JSON object, a line for each prediction. `traces`
/// writes the lessons of the updates that were traced, if there are any, each
/// after a comma.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write<W: Write>(request: &TrainingJson<'_>, traces: &[u8], out: &mut W) -> io::Result<()> {
    let plan = request.plan;
    let outcome = request.outcome;
    let share = |accuracy: Accuracy| accuracy.after as f64 / accuracy.of as f64;
    let (stopped, diverged_in_epoch) = match outcome.end {
        End::Epochs => ("epochs", None),
        End::Until => ("until", None),
        End::Interrupted => ("interrupted", None),
        End::Diverged(epoch) => ("diverged", Some(epoch)),
    };
    let head = Head {
        format: FORMAT,
        title: request.title,
        samples: request.samples,
        batch_size: plan.batch,
        learning_rate: plan.rule.rate,
        reduction: Reduction::of_mean(plan.rule.mean).word(),
        seed: plan.seed,
        epochs: outcome.epochs,
        updates: outcome.updates,
        stopped,
        diverged_in_epoch,
        losses: outcome.history.points(),
        losses_over: outcome.history.part().unwrap_or(request.samples),
        final_loss: outcome.history.last().map(|(_, loss)| loss),
        accuracy: request.accuracy.map(share),
        held_out: request.held_out.map(|held_out| HeldOutObject {
            samples: held_out.samples,
            loss_before: held_out.before,
            loss: held_out.after,
            accuracy: held_out.accuracy.map(share),
        }),
    };
    // The head's object stays open for what follows.
    let mut text = serde_json::to_string(&head)?;
    text.truncate(text.len() - 1);
    write!(out, "{text},\n\"predictions\":[")?;
    for (at, prediction) in request.predictions.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        let Prediction { x, y, before, after } = prediction;
        serde_json::to_writer(&mut *out, &PredictionObject { x, y, before, after })?;
    }
    write!(out, "\n]")?;
    if !traces.is_empty() {
        write!(out, ",\n\"traces\":[\n")?;
        out.write_all(traces)?;
        write!(out, "]")?;
    }
    writeln!(out, "}}")
}
