//! The way that most files take: one pass over the text, in which the numbers of
//! `layers` are read where they stand. A file with anything unusual in it is read
//! again by the careful way, which can explain.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::source::json::{self, JsonNode};

/// A scenario whose layers are numbers already.
pub(super) struct QuickScenario<'a> {
    pub(super) object: JsonNode<'a>,
    /// All keys but `layers`, and their values.
    pub(super) entries: Vec<(JsonNode<'a>, JsonNode<'a>)>,
    pub(super) layers: Vec<QuickLayer<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuickLayer<'a> {
    #[serde(borrow)]
    pub(super) activation: JsonNode<'a>,
    pub(super) weights: Rectangle,
    #[serde(default, deserialize_with = "given")]
    pub(super) biases: Option<Vec<f64>>,
}

/// Rows of one length, none of them empty.
pub(super) struct Rectangle {
    pub(super) values: Vec<f64>,
    pub(super) rows: usize,
}

/// The scenario, unless there is something to explain.
pub(super) fn read(text: &str) -> Option<QuickScenario<'_>> {
    let Entries(entries, layers) = json::read(text)?;
    let (_, object) = *entries.first()?;
    let layers = layers.filter(|layers| !layers.is_empty())?;
    Some(QuickScenario { object, entries, layers })
}

/// Biases that are there are a list: `null` is none.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<f64>>, D::Error> {
    Vec::deserialize(deserializer).map(Some)
}

struct Entries<'a>(Vec<(JsonNode<'a>, JsonNode<'a>)>, Option<Vec<QuickLayer<'a>>>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Root)
    }
}

struct Root;

impl<'de> Visitor<'de> for Root {
    type Value = Entries<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut entries, mut layers) = (Vec::new(), None);
        while let Some(key) = map.next_key::<JsonNode<'de>>()? {
            if key.get() != "\"layers\"" {
                entries.push((key, map.next_value()?));
            } else if layers.replace(map.next_value()?).is_some() {
                return Err(A::Error::custom("it stands here twice"));
            }
        }
        Ok(Entries(entries, layers))
    }
}

impl<'de> Deserialize<'de> for Rectangle {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(AllRows)
    }
}

struct AllRows;

impl<'de> Visitor<'de> for AllRows {
    type Value = Rectangle;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Rectangle, A::Error> {
        let (mut values, mut rows, mut columns) = (Vec::new(), 0, 0);
        while seq.next_element_seed(Row(&mut values))?.is_some() {
            rows += 1;
            if rows == 1 {
                columns = values.len();
            }
            if columns == 0 || values.len() != rows * columns {
                return Err(A::Error::custom("rows are not of one length"));
            }
        }
        if rows == 0 {
            return Err(A::Error::custom("there are no rows"));
        }
        Ok(Rectangle { values, rows })
    }
}

/// Adds the numbers of a row.
struct Row<'v>(&'v mut Vec<f64>);

impl<'de> DeserializeSeed<'de> for Row<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Row<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(number) = seq.next_element()? {
            self.0.push(number);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{embedded, explained, levels, unexplained};
    use crate::source::json;
    use crate::source::reader::Reader;

    fn quickly(text: &str) -> Option<String> {
        let scenario = super::read(text).and_then(|quick| unexplained(text, quick))?;
        Some(format!("{scenario:?}"))
    }

    fn carefully(text: &str) -> Option<String> {
        let mut reader = Reader::new(text, &levels::ALL);
        let scenario = explained(&mut reader, json::root(text).ok()?)?;
        (reader.findings.count == 0).then(|| format!("{scenario:?}"))
    }

    #[test]
    fn both_ways_read_the_same_and_most_files_go_the_quick_one() {
        for embedded in embedded::all() {
            assert_eq!(quickly(embedded.text), carefully(embedded.text), "{}", embedded.name);
            assert!(quickly(embedded.text).is_some(), "{}", embedded.name);
        }
    }

    #[test]
    fn what_has_to_be_explained_is_not_read_quickly() {
        let text = embedded::named("xor").expect("it is embedded").text;
        assert!(quickly(text).is_some());
        for (from, to) in [
            ("\"biases\": [0.78]", "\"biases\": null"),
            ("\"biases\": [0.78]", "\"biases\": [0.78, 1]"),
            ("\"biases\": [0.78]", "\"bias\": [0.78]"),
            ("\"biases\": [0.78]", "\"biases\": [1e999]"),
            ("[0.22, 0.46]", "[0.22]"),
            ("[0.22, 0.46]", "[]"),
            ("[0.22, 0.46]", "0.22"),
            ("[0.22, 0.46]", "[\"0.22\", 0.46]"),
            ("\"layers\"", "\"l\\u0061yers\": [], \"layers\""),
            ("\"layers\"", "\"layers\": [], \"layers\""),
            ("sigmoid", "sigmoit"),
        ] {
            assert!(text.contains(from), "{from}");
            let text = text.replacen(from, to, 1);
            assert_eq!(quickly(&text), None, "{to}");
            assert_eq!(carefully(&text), None, "{to}");
        }
        // Unusual, but without a fault.
        for (from, to) in [("\"layers\"", "\"l\\u0061yers\""), ("0.94", "940e-3"), ("-0.46", "-0")]
        {
            let text = text.replacen(from, to, 1);
            assert!(carefully(&text).is_some(), "{to}");
            let quick = quickly(&text);
            assert!(quick.is_none() || quick == carefully(&text), "{to}");
        }
    }
}
