//! Scenario files: an exercise as JSON, read so that every fault of the file is
//! reported at once, each with its line, a caret and what to do.
//!
//! [`source`] reads text and values and makes the report;
//! `network`, `sample` and `reference` say which values are expected and check
//! what belongs together; `quick` reads the numbers of a file without a fault. Nothing here computes a number of the lesson.

mod asks;
mod digits;
mod draft;
pub mod embedded;
mod levels;
mod load;
mod names;
mod network;
mod quick;
mod quick_samples;
mod reference;
mod rows;
mod sample;

pub use crate::source::Faults;
pub use load::{LoadError, load};

use self::draft::ScenarioDraft;
use self::levels::SCENARIO;
use self::quick::QuickScenario;
use self::reference::ReferenceNames;
use crate::name::{Name, Pattern};
pub use crate::network::Reduction;
use crate::network::{Exercise, Network, Sample};
use crate::num::{Precision, Written};
use crate::source::fault::Words;
use crate::source::json::JsonNode;
use crate::source::locate::locate;
use crate::source::reader::{Fields, Reader};
use crate::source::{self, FileFormat};

/// What a scenario file is.
static FORMAT: FileFormat = FileFormat {
    noun: "scenario",
    a_noun: "a scenario",
    shape: "a scenario is a JSON object with at least `loss`, `layers` and `sample`",
    remarks: "remove it; remarks on the exercise can stand in `title` or `source`",
};

/// The title of a scenario that has none.
const UNTITLED: &str = "Untitled exercise";

/// What is shown unless the scenario says otherwise.
const DIGITS: Precision = Precision::Decimals(4);

/// An exercise: a network, what goes in, what should come out. All of its text
/// is harmless on a terminal.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What the exercise is called.
    pub title: String,
    /// The book, slide or page it is from.
    pub source: Option<String>,
    /// The digits that numbers are shown with, at most [`crate::num::MOST_DIGITS`].
    pub digits: Precision,
    /// The step of the update; without it there is none.
    pub learning_rate: Option<f64>,
    /// Whether the update changes biases too.
    pub update_biases: bool,
    /// Layers and loss.
    pub network: Network,
    /// At least one observation.
    pub samples: Vec<Sample>,
    /// How the losses of several samples make one.
    pub reduction: Reduction,
    /// What the source prints.
    pub reference: Option<Reference>,
    /// What is asked of a student; everything, where it does not say.
    pub asks: Option<Vec<Pattern>>,
    /// What lines are worth, where not 1.
    pub points: Vec<(Pattern, f64)>,
}

impl Scenario {
    /// The exercise of one of its samples, from 0.
    ///
    /// # Panics
    /// If it has no such sample.
    pub fn exercise(&self, sample: usize) -> Exercise<'_> {
        Exercise {
            network: &self.network,
            sample: &self.samples[sample],
            learning_rate: self.learning_rate,
            update_biases: self.update_biases,
        }
    }
}

/// The numbers that a book or slide prints for an exercise.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// Printed numbers, in the order of the file, each quantity once.
    pub values: Vec<(Name, Written)>,
    /// Those whose printed value is used from there on in place of the computed
    /// one; each is among the values.
    pub carry: Vec<Name>,
    /// Remarks on some of them.
    pub notes: Vec<(Name, String)>,
}

/// Reads the text of a scenario file. `label` is what the report calls it.
///
/// # Errors
/// Everything that is wrong with the text.
pub fn read(text: &[u8], label: &str) -> Result<Scenario, Faults> {
    let text = source::text_of(text, label)?;
    if let Some(scenario) = quick::read(text).and_then(|quick| unexplained(text, quick)) {
        return Ok(scenario);
    }
    let root = source::parse(text, label, &FORMAT)?;
    let mut reader = Reader::new(text, &levels::ALL);
    match explained(&mut reader, root) {
        Some(scenario) if reader.findings.count == 0 => Ok(scenario),
        _ => Err(locate(text, Some(root), reader.findings, label)),
    }
}

/// The scenario of a file without a fault.
fn unexplained<'a>(text: &'a str, quick: QuickScenario<'a>) -> Option<Scenario> {
    let mut reader = Reader::new(text, &levels::ALL);
    let fields = reader.fields_of(quick.object, quick.entries, &SCENARIO);
    let is_new = fields.get("layers").is_none();
    let network = network::quick(&mut reader, &fields, quick.layers);
    let scenario = scenario(&mut reader, &fields, network);
    scenario.filter(|_| is_new && reader.findings.count == 0)
}

/// Every part is read, whatever is wrong with the others. `None` only after a
/// fault.
fn explained<'a>(reader: &mut Reader<'a>, root: JsonNode<'a>) -> Option<Scenario> {
    let help = "a scenario is an object with at least `loss`, `layers` and `sample`";
    let fields = reader.fields(root, &SCENARIO, help)?;
    let network = network::network(reader, &fields);
    scenario(reader, &fields, network)
}

/// All but the layers.
fn scenario<'a>(
    reader: &mut Reader<'a>,
    fields: &Fields<'a>,
    network: ScenarioDraft<'a>,
) -> Option<Scenario> {
    let text = "write it as a string, in double quotes";
    let title = fields.get("title").and_then(|node| reader.shown_text(node, text));
    let source = fields.get("source").and_then(|node| reader.shown_text(node, text));
    let digits = digits::digits(reader, fields);
    let learning_rate = fields.get("learning_rate").and_then(|node| rate(reader, node));
    let update_biases = fields.get("update_biases").and_then(|node| reader.truth(node));
    let reduction = fields.get("reduction").and_then(|node| reduction(reader, node));
    let samples = sample::samples(reader, fields, &network);
    let mut network = network.finish();
    names::names(reader, fields, network.as_mut());
    let known = ReferenceNames {
        network: network.as_ref(),
        updates: fields.get("learning_rate").is_some(),
    };
    let reference =
        fields.get("reference").and_then(|node| reference::reference(reader, node, &known));
    let asks = asks::asks(reader, fields, &known);
    let points = asks::points(reader, fields, &known);
    Some(Scenario {
        title: title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| UNTITLED.into()),
        source: source.filter(|source| !source.trim().is_empty()),
        digits: digits.unwrap_or(DIGITS),
        learning_rate,
        update_biases: update_biases.unwrap_or(true),
        network: network?,
        samples,
        reduction: reduction.unwrap_or_default(),
        reference,
        asks,
        points,
    })
}

fn rate(reader: &mut Reader<'_>, node: JsonNode<'_>) -> Option<f64> {
    let rate = reader.number(node)?;
    if rate <= 0.0 {
        reader.fault(node, || {
            Words::new(if rate < 0.0 {
                "a negative learning rate would walk up the loss, not down"
            } else {
                "a learning rate of 0 would change nothing"
            })
            .help("give a number above 0, or leave `learning_rate` out")
        });
    }
    Some(rate)
}

fn reduction(reader: &mut Reader<'_>, node: JsonNode<'_>) -> Option<Reduction> {
    let aliases = [("average", "mean"), ("avg", "mean"), ("total", "sum")];
    match reader.word(node, "reduction", &["mean", "sum"], &aliases)? {
        "sum" => Some(Reduction::Sum),
        _ => Some(Reduction::Mean),
    }
}
