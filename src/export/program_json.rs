//! What was found out about a program's arrays, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::program::{
    Explained, Fact, Named, NotCompared, ProgramFinding, ProgramVerdict, Ratio, SuspectDetail,
};

/// The name of the format, with its version.
pub const FORMAT: &str = "backprop-tutor/program/1";

#[derive(Serialize)]
struct Object<'a> {
    format: &'a str,
    agree: bool,
    /// `agrees`, `explained` or `unnamed`.
    verdict: &'a str,
    first_wrong: Option<String>,
    facts: Vec<FactObject>,
    arrays: Vec<ArrayObject<'a>>,
    not_compared: Vec<UnusedObject<'a>>,
    /// Each gives every number; the likeliest first.
    explanations: Vec<ExplanationObject<'a>>,
    /// Whether not all pairs of slips were tried.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    bounded: bool,
    /// The array that would tell them apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    decider: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unseen: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ratios: Vec<RatioObject>,
}

#[derive(Serialize)]
struct FactObject {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
}

#[derive(Serialize)]
struct ArrayObject<'a> {
    name: String,
    in_file: &'a str,
    shape: &'a str,
    precision: &'a str,
    /// `right`, `wrong`, `wrong_shape`, `not_finite` or `too_few_digits`.
    verdict: &'a str,
    /// Relative to the largest entry; null where it has no bound.
    largest_error: Option<f64>,
    entries_off: usize,
    entries: usize,
}

#[derive(Serialize)]
struct UnusedObject<'a> {
    in_file: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct ExplanationObject<'a> {
    certain: bool,
    slips: Vec<SlipObject<'a>>,
}

#[derive(Serialize)]
struct SlipObject<'a> {
    code: &'a str,
    layers: [usize; 2],
    sentence: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    factor: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    loss: Option<&'a str>,
    formula: &'a str,
    numpy: &'a str,
    torch: &'a str,
}

#[derive(Serialize)]
struct RatioObject {
    name: String,
    /// `constant`, `per_unit` or `per_input`.
    kind: &'static str,
    /// Yours over the right one; null where there is nothing to divide by.
    ratios: Vec<Option<f64>>,
}

/// Writes a finding as one JSON object.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(finding: &ProgramFinding, out: &mut impl Write) -> io::Result<()> {
    let (verdict, explanations, decider) = match &finding.verdict {
        ProgramVerdict::Agrees { .. } => ("agrees", &[][..], None),
        ProgramVerdict::Explained { explanations, decider } => {
            ("explained", explanations.as_slice(), *decider)
        }
        ProgramVerdict::Unnamed(_) => ("unnamed", &[][..], None),
    };
    let certain = explanations.len() == 1;
    let object = Object {
        format: FORMAT,
        agree: finding.agrees(),
        verdict,
        first_wrong: finding.first_wrong().map(|array| array.kept.to_string()),
        facts: finding.facts.iter().map(fact).collect(),
        arrays: arrays(finding),
        not_compared: finding
            .unused
            .iter()
            .map(|unused| UnusedObject { in_file: &unused.name, reason: reason(unused.why) })
            .collect(),
        explanations: explanations.iter().map(|one| explanation(one, certain)).collect(),
        bounded: finding.is_bounded,
        decider: decider.map(|kept| kept.to_string()),
        unseen: match &finding.verdict {
            ProgramVerdict::Agrees { unseen } => unseen.clone(),
            ProgramVerdict::Explained { .. } | ProgramVerdict::Unnamed(_) => Vec::new(),
        },
        ratios: match &finding.verdict {
            ProgramVerdict::Unnamed(trouble) => {
                trouble.ratios.iter().map(|(kept, ratio)| told(kept.to_string(), ratio)).collect()
            }
            ProgramVerdict::Agrees { .. } | ProgramVerdict::Explained { .. } => Vec::new(),
        },
    };
    serde_json::to_writer(&mut *out, &object)?;
    writeln!(out)
}

fn arrays(finding: &ProgramFinding) -> Vec<ArrayObject<'_>> {
    let of = |array| {
        let array: &crate::program::Compared = array;
        ArrayObject {
            name: array.kept.to_string(),
            in_file: &array.name,
            shape: &array.shape,
            precision: array.grain.text(),
            verdict: if array.wrong_shape.is_some() {
                "wrong_shape"
            } else if !array.is_finite {
                "not_finite"
            } else if array.is_blind && array.is_right() {
                "too_few_digits"
            } else if array.is_right() {
                "right"
            } else {
                "wrong"
            },
            largest_error: Some(array.measured.worst).filter(|worst| worst.is_finite()),
            entries_off: array.measured.off,
            entries: array.measured.of,
        }
    };
    finding.arrays.iter().map(of).collect()
}

fn explanation(one: &Explained, certain: bool) -> ExplanationObject<'_> {
    let slip = |slip| {
        let slip: &Named = slip;
        SlipObject {
            code: slip.code,
            layers: [slip.layers.0, slip.layers.1],
            sentence: &slip.sentence,
            factor: match slip.detail {
                SuspectDetail::Factor(factor) => Some(factor),
                SuspectDetail::None | SuspectDetail::Loss(_) => None,
            },
            loss: match slip.detail {
                SuspectDetail::Loss(loss) => Some(loss),
                SuspectDetail::None | SuspectDetail::Factor(_) => None,
            },
            formula: &slip.lines.formula,
            numpy: &slip.lines.numpy,
            torch: &slip.lines.torch,
        }
    };
    ExplanationObject { certain, slips: one.slips.iter().map(slip).collect() }
}

fn told(name: String, ratio: &Ratio) -> RatioObject {
    let finite = |value: &f64| Some(*value).filter(|value| value.is_finite());
    let (kind, ratios) = match ratio {
        Ratio::Constant(factor) => ("constant", vec![finite(factor)]),
        Ratio::PerUnit(ratios) => ("per_unit", ratios.iter().map(finite).collect()),
        Ratio::PerInput(ratios) => ("per_input", ratios.iter().map(finite).collect()),
    };
    RatioObject { name, kind, ratios }
}

fn fact(fact: &Fact) -> FactObject {
    let (code, value) = match fact {
        Fact::Grain(grain) => ("precision", Some(grain.text().to_owned())),
        Fact::Batch { samples, is_mean: true } => ("mean_over_samples", Some(samples.to_string())),
        Fact::Batch { samples, is_mean: false } => ("sum_over_samples", Some(samples.to_string())),
        Fact::OneSample { sample, .. } => ("one_sample", Some(sample.to_string())),
        Fact::OutIn => ("weights_out_in", None),
        Fact::InOut => ("weights_in_out", None),
        Fact::SamplesInColumns => ("samples_in_columns", None),
        Fact::MeanInSignals => ("mean_in_signals", None),
        Fact::MinusConvention => ("minus_convention", None),
        Fact::AfterUpdate => ("after_update", None),
        Fact::ByOrder => ("by_order", None),
        Fact::AtKink => ("at_kink", None),
        Fact::WholeNumbers => ("whole_numbers", None),
    };
    FactObject { code, value }
}

const fn reason(why: NotCompared) -> &'static str {
    match why {
        NotCompared::Unknown => "unknown_name",
        NotCompared::Given => "given",
        NotCompared::NoLayer => "no_such_layer",
        NotCompared::Old => "before_the_update",
        NotCompared::NoRate => "no_learning_rate",
        NotCompared::NoBiases => "no_biases",
        NotCompared::Twice => "twice",
    }
}
