//! JSON whose values know their place: each borrows its slice of the text, so
//! where it stands is the distance between two addresses.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A value (or key), not looked into yet.
pub(crate) type JsonNode<'a> = &'a RawValue;

/// What a value is, by its first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonKind {
    Object,
    List,
    Text,
    Number,
    Truth,
    Null,
}

impl fmt::Display for JsonKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Object => "an object",
            Self::List => "a list",
            Self::Text => "a string",
            Self::Number => "a number",
            Self::Truth => "true or false",
            Self::Null => "null",
        })
    }
}

pub(crate) fn kind(node: JsonNode<'_>) -> JsonKind {
    match node.get().as_bytes().first() {
        Some(b'{') => JsonKind::Object,
        Some(b'[') => JsonKind::List,
        Some(b'"') => JsonKind::Text,
        Some(b't' | b'f') => JsonKind::Truth,
        Some(b'n') => JsonKind::Null,
        _ => JsonKind::Number,
    }
}

/// Bytes of `text` that the value stands in. `node` must have been read from it.
pub(crate) fn span(text: &str, node: JsonNode<'_>) -> Range<usize> {
    let start = node.get().as_ptr() as usize - text.as_ptr() as usize;
    start..start + node.get().len()
}

/// The one value that the text is.
pub(crate) fn root(text: &str) -> Result<JsonNode<'_>, serde_json::Error> {
    serde_json::from_str(text)
}

/// The text as values of one kind, unless anything in it is of another.
pub(crate) fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// Items of a list; none of anything else.
pub(crate) fn items(node: JsonNode<'_>) -> Vec<JsonNode<'_>> {
    serde_json::from_str(node.get()).unwrap_or_default()
}

/// Keys and values of an object in file order, repeated keys included; none of
/// anything else.
pub(crate) fn entries(node: JsonNode<'_>) -> Vec<(JsonNode<'_>, JsonNode<'_>)> {
    let Entries(entries) = serde_json::from_str(node.get()).unwrap_or_default();
    entries
}

/// Calls `visit` with the keys and values of an object, as they stand there,
/// until it says stop. Says whether it went through all of them.
pub(crate) fn each_entry<'a>(
    node: JsonNode<'a>,
    visit: &mut dyn FnMut(JsonNode<'a>, JsonNode<'a>) -> bool,
) -> bool {
    let mut reader = serde_json::Deserializer::from_str(node.get());
    matches!((&mut reader).deserialize_map(Each { visit }), Ok(true))
}

struct Each<'v, 'a> {
    visit: &'v mut dyn FnMut(JsonNode<'a>, JsonNode<'a>) -> bool,
}

impl<'de> Visitor<'de> for Each<'_, 'de> {
    /// Whether it went through all entries.
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        while let Some((key, value)) = map.next_entry()? {
            if !(self.visit)(key, value) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The bytes of a string that has no escapes in it.
pub(crate) fn unescaped(node: JsonNode<'_>) -> Option<&str> {
    let inside = node.get().strip_prefix('"')?.strip_suffix('"')?;
    (!inside.contains('\\')).then_some(inside)
}

/// What a string says; `None` for anything else and for half a surrogate pair.
pub(crate) fn text(node: JsonNode<'_>) -> Option<String> {
    serde_json::from_str(node.get()).ok()
}

#[derive(Default)]
struct Entries<'a>(Vec<(JsonNode<'a>, JsonNode<'a>)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_where_they_stand() {
        let text = "  { \"a\" : [1, -2.50e1], \"b\\u0041\": \"x\" , \"a\": null }\n";
        let entries = entries(root(text).unwrap());
        let keys: Vec<_> = entries.iter().map(|(key, _)| super::text(key).unwrap()).collect();
        assert_eq!(keys, ["a", "bA", "a"]);
        assert_eq!(&text[span(text, entries[1].0)], "\"b\\u0041\"");
        let items = items(entries[0].1);
        assert_eq!(&text[span(text, items[1])], "-2.50e1");
        assert_eq!(kind(entries[2].1), JsonKind::Null);
    }
}
