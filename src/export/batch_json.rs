//! A batch as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::lesson::batch::LessonBatch;
use crate::name::{Name, Symbol};

/// The name of the format, with its version.
pub const FORMAT: &str = "backprop-tutor/batch/1";

/// What is written.
pub struct BatchJson<'a> {
    /// The samples, worked.
    pub batch: &'a LessonBatch<'a>,
    /// The samples after the full gradient step, if it is applied.
    pub after: Option<&'a LessonBatch<'a>>,
    /// The title of the exercise.
    pub title: &'a str,
    /// Where it comes from.
    pub source: Option<&'a str>,
}

#[derive(Serialize)]
struct Head<'a> {
    format: &'a str,
    title: &'a str,
    source: Option<&'a str>,
    reduction: &'a str,
    learning_rate: Option<f64>,
    risk: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    risk_new: Option<f64>,
}

#[derive(Serialize)]
struct OfSample<'a> {
    x: &'a [f64],
    y: &'a [f64],
    outputs: Vec<f64>,
    loss: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    outputs_new: Option<Vec<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    loss_new: Option<f64>,
}

#[derive(Serialize)]
struct Gradient {
    name: String,
    /// What the author calls it, where that is another name.
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<String>,
    samples: Vec<f64>,
    value: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<f64>,
}

/// Writes a batch as one JSON object, a line for each sample and gradient.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(request: &BatchJson<'_>, out: &mut impl Write) -> io::Result<()> {
    let (batch, lessons) = (request.batch, request.batch.lessons());
    let Some(first) = lessons.first() else { return Ok(()) };
    let loss = Name::Value(Symbol::Loss);
    let head = Head {
        format: FORMAT,
        title: request.title,
        source: request.source,
        reduction: batch.reduction().word(),
        learning_rate: first.exercise().learning_rate,
        risk: batch.value(loss),
        risk_new: request.after.map(|after| after.value(loss)),
    };
    // The head's object stays open for the lists.
    let mut text = serde_json::to_string(&head)?;
    text.truncate(text.len() - 1);
    write!(out, "{text},\n\"samples\":[")?;
    for (at, lesson) in lessons.iter().enumerate() {
        let after = request.after.and_then(|after| after.lessons().get(at));
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        let sample = lesson.exercise().sample;
        let row = OfSample {
            x: &sample.x,
            y: &sample.y,
            outputs: lesson.outputs().collect(),
            loss: lesson.value(loss),
            outputs_new: after.map(|after| after.outputs().collect()),
            loss_new: after.map(|after| after.value(loss)),
        };
        serde_json::to_writer(&mut *out, &row)?;
    }
    write!(out, "\n],\n\"gradients\":[")?;
    let reduced = batch.reduced();
    let mut result = Ok(());
    let mut is_first = true;
    first.for_each_parameter(|parameter| {
        if result.is_err() {
            return;
        }
        let name = Name::loss_by(parameter);
        let value = batch.value_of(&reduced, name);
        let row = Gradient {
            name: first.naming().ours().plain(name),
            shown: first.naming().shown(name),
            samples: lessons.iter().map(|lesson| lesson.value(name)).collect(),
            value,
            new: request.after.and_then(|_| batch.step(parameter, value)),
        };
        let comma: &[u8] = if std::mem::take(&mut is_first) { b"\n" } else { b",\n" };
        result = out.write_all(comma).and_then(|()| Ok(serde_json::to_writer(&mut *out, &row)?));
    });
    result?;
    writeln!(out, "\n]}}")
}
