//! The way that most lists of samples take: their numbers are read where they stand.
//! A list with anything unusual in it is read by the careful way, which can explain.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};

use super::draft::ScenarioDraft;
use crate::network::Sample;
use crate::network::loss::Targets;
use crate::source::json::{self, JsonNode};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuickSample {
    x: Vec<f64>,
    y: QuickTarget,
}

/// A number, or a list of some.
struct QuickTarget(Vec<f64>);

/// The samples, unless there is something to explain.
pub(super) fn read(node: JsonNode<'_>, network: &ScenarioDraft<'_>) -> Option<Vec<Sample>> {
    let (inputs, outputs) = (network.inputs()?, network.outputs()?);
    let targets = network.loss?.targets;
    if targets == Targets::Unused {
        return None;
    }
    let is_usual = |y: &[f64]| {
        y.iter().all(|value| targets.take(*value)) && !targets.refuse_sum(y.iter().sum())
    };
    let samples: Vec<QuickSample> = json::read(node.get())?;
    let is_plain = |sample: &QuickSample| {
        let (x, y) = (&sample.x, &sample.y.0);
        x.len() == inputs && y.len() == outputs && is_usual(y)
    };
    let all_are_plain = !samples.is_empty() && samples.iter().all(is_plain);
    all_are_plain
        .then(|| samples.into_iter().map(|sample| Sample { x: sample.x, y: sample.y.0 }).collect())
}

impl<'de> Deserialize<'de> for QuickTarget {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrMore)
    }
}

struct OneOrMore;

impl<'de> Visitor<'de> for OneOrMore {
    type Value = QuickTarget;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or a list of numbers")
    }

    fn visit_f64<E>(self, number: f64) -> Result<QuickTarget, E> {
        Ok(QuickTarget(vec![number]))
    }

    fn visit_u64<E>(self, number: u64) -> Result<QuickTarget, E> {
        Ok(QuickTarget(vec![number as f64]))
    }

    fn visit_i64<E>(self, number: i64) -> Result<QuickTarget, E> {
        Ok(QuickTarget(vec![number as f64]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<QuickTarget, A::Error> {
        let mut numbers = Vec::with_capacity(seq.size_hint().unwrap_or(1));
        while let Some(number) = seq.next_element()? {
            numbers.push(number);
        }
        Ok(QuickTarget(numbers))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{embedded, read};

    #[test]
    fn samples_are_read_as_they_stand_there() {
        let text = embedded::named("xor-batch").expect("it is embedded").text;
        let text = text.replace("\"y\": 1 ", "\"y\": [10e-1] ");
        let samples = read(text.as_bytes(), "a scenario").expect("it reads").samples;
        let samples: Vec<_> = samples.into_iter().map(|sample| (sample.x, sample.y)).collect();
        let expected = [([0.0, 0.0], 0.0), ([0.0, 1.0], 1.0), ([1.0, 0.0], 1.0), ([1.0, 1.0], 0.0)];
        assert_eq!(samples, expected.map(|(x, y)| (x.to_vec(), vec![y])));
    }

    #[test]
    fn what_has_to_be_explained_is() {
        let text = embedded::named("xor-batch").expect("it is embedded").text;
        for (from, to) in [("\"y\"", "\"z\""), ("[0, 1]", "[0, 1, 2]"), ("[0, 1]", "[0, 1e999]")] {
            assert!(text.contains(from), "{from}");
            let text = text.replacen(from, to, 1);
            assert!(read(text.as_bytes(), "a scenario").is_err(), "{to}");
        }
    }
}
