//! A scenario as the file it could be read from. Every number reads back to
//! the same bits.

use std::io::{self, Write};

use serde::Serialize;

use crate::name::Pattern;
use crate::network::{Layer, Network, Reduction, Sample};
use crate::num::Precision;
use crate::scenario::Scenario;

/// What is written.
pub struct ScenarioJson<'a> {
    /// The title of the exercise.
    pub title: &'a str,
    /// Where it comes from.
    pub source: Option<&'a str>,
    /// The digits shown.
    pub digits: Precision,
    /// α
    pub learning_rate: Option<f64>,
    /// Whether the update changes biases too.
    pub update_biases: bool,
    /// Layers and loss.
    pub network: &'a Network,
    /// The observations.
    pub samples: &'a [Sample],
    /// How the losses of several samples make one: the mean, or their sum.
    pub mean: bool,
    /// What is asked, if not everything.
    pub asks: Option<&'a [Pattern]>,
    /// What lines are worth, where not 1.
    pub points: &'a [(Pattern, f64)],
}

impl<'a> ScenarioJson<'a> {
    /// All that a scenario sets.
    pub fn of(scenario: &'a Scenario) -> Self {
        Self {
            title: &scenario.title,
            source: scenario.source.as_deref(),
            digits: scenario.digits,
            learning_rate: scenario.learning_rate,
            update_biases: scenario.update_biases,
            network: &scenario.network,
            samples: &scenario.samples,
            mean: scenario.reduction == Reduction::Mean,
            asks: scenario.asks.as_deref(),
            points: &scenario.points,
        }
    }
}

#[derive(Serialize)]
struct LayerObject<'a> {
    activation: &'a str,
    weights: Vec<&'a [f64]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    biases: Option<&'a [f64]>,
}

#[derive(Serialize)]
struct SampleObject<'a> {
    x: &'a [f64],
    #[serde(skip_serializing_if = "<[f64]>::is_empty")]
    y: &'a [f64],
}

/// Writes the file: a key on each line, a line for each layer and sample.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(request: &ScenarioJson<'_>, out: &mut impl Write) -> io::Result<()> {
    let text = |text: &str| serde_json::to_string(text);
    writeln!(out, "{{\n  \"title\": {},", text(request.title)?)?;
    if let Some(source) = request.source {
        writeln!(out, "  \"source\": {},", text(source)?)?;
    }
    match request.digits {
        Precision::Decimals(count) => writeln!(out, "  \"digits\": {count},")?,
        Precision::Significant(count) => writeln!(out, "  \"significant\": {count},")?,
    }
    if let Some(rate) = request.learning_rate {
        writeln!(out, "  \"learning_rate\": {},", serde_json::to_string(&rate)?)?;
    }
    if !request.update_biases {
        writeln!(out, "  \"update_biases\": false,")?;
    }
    writeln!(out, "  \"loss\": {},", text(request.network.loss.key)?)?;
    let naming = request.network.naming();
    if let Some(own) = naming.own {
        // Names hold nothing that JSON would want escaped.
        let entry = |(own, name)| format!("\"{own}\": \"{}\"", naming.ours().plain(name));
        let entries: Vec<String> = own.all().into_iter().map(entry).collect();
        writeln!(out, "  \"names\": {{ {} }},", entries.join(", "))?;
    }
    if let Some(asks) = request.asks {
        let asks: Vec<String> = asks.iter().map(|pattern| pattern.text(naming)).collect();
        writeln!(out, "  \"asks\": {},", serde_json::to_string(&asks)?)?;
    }
    if !request.points.is_empty() {
        let mut entries = Vec::new();
        for (pattern, worth) in request.points {
            let (what, worth) = (text(&pattern.text(naming))?, serde_json::to_string(worth)?);
            entries.push(format!("{what}: {worth}"));
        }
        writeln!(out, "  \"points\": {{ {} }},", entries.join(", "))?;
    }
    writeln!(out, "  \"layers\": [")?;
    list(request.network.layers.iter().map(layer), out)?;
    writeln!(out, "  ],")?;
    if let [sample] = request.samples {
        writeln!(out, "  \"sample\": {}", serde_json::to_string(&observation(sample))?)?;
    } else {
        writeln!(out, "  \"samples\": [")?;
        list(request.samples.iter().map(observation), out)?;
        let reduction = Reduction::of_mean(request.mean).word();
        writeln!(out, "  ],\n  \"reduction\": \"{reduction}\"")?;
    }
    writeln!(out, "}}")
}

/// One object per line.
fn list<T: Serialize>(
    items: impl ExactSizeIterator<Item = T>,
    out: &mut impl Write,
) -> io::Result<()> {
    let count = items.len();
    for (at, item) in items.enumerate() {
        write!(out, "    ")?;
        serde_json::to_writer(&mut *out, &item)?;
        writeln!(out, "{}", if at + 1 < count { "," } else { "" })?;
    }
    Ok(())
}

fn layer(layer: &Layer) -> LayerObject<'_> {
    LayerObject {
        activation: layer.activation.key,
        weights: layer.weights.values().chunks_exact(layer.units()).collect(),
        biases: layer.biases.as_deref(),
    }
}

fn observation(sample: &Sample) -> SampleObject<'_> {
    SampleObject { x: &sample.x, y: &sample.y }
}
