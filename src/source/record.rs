//! One sheet of a stream: a line of JSON with the answers, or the text, of one
//! student.

use serde::Deserialize;

use super::json::{self, JsonKind, JsonNode};

/// What a line says. What stands in it besides is left alone.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Record<'t> {
    /// Echoed as it stands.
    #[serde(borrow, default)]
    pub(crate) id: Option<JsonNode<'t>>,
    /// An object of names and numbers, or whatever a sheet in JSON may be.
    #[serde(borrow, default)]
    pub(crate) answers: Option<JsonNode<'t>>,
    /// A sheet as text.
    #[serde(borrow, default)]
    pub(crate) text: Option<JsonNode<'t>>,
    /// The exercise of this student.
    #[serde(borrow, default)]
    pub(crate) scenario: Option<JsonNode<'t>>,
    /// What else may say whose it is.
    #[serde(borrow, default)]
    pub(crate) student: Option<JsonNode<'t>>,
    #[serde(borrow, default)]
    pub(crate) name: Option<JsonNode<'t>>,
    #[serde(borrow, default)]
    pub(crate) login: Option<JsonNode<'t>>,
    #[serde(borrow, default)]
    pub(crate) username: Option<JsonNode<'t>>,
    #[serde(borrow, default)]
    pub(crate) email: Option<JsonNode<'t>>,
}

/// Reads a line.
///
/// # Errors
/// Why it is no such record, and where.
pub(crate) fn read(line: &str) -> Result<Record<'_>, String> {
    if line.trim_ascii().is_empty() {
        return Err("the line is empty".to_owned());
    }
    if !line.trim_ascii_start().starts_with('{') {
        return Err("it is no JSON object; write { \"id\": ..., \"answers\": {...} }".to_owned());
    }
    serde_json::from_str(line).map_err(|error| {
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or_default();
        format!("column {}: {what}", error.column())
    })
}

/// What a text or a number says, as text; `None` for anything else.
pub(crate) fn words(node: JsonNode<'_>) -> Option<String> {
    match json::kind(node) {
        JsonKind::Text => json::text(node),
        JsonKind::Number => Some(node.get().to_owned()),
        JsonKind::Object | JsonKind::List | JsonKind::Truth | JsonKind::Null => None,
    }
}

/// A JSON object of texts.
pub(crate) fn object<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let entries: Vec<String> =
        entries.map(|(key, value)| format!("{}:{}", text(key), text(value))).collect();
    format!("{{{}}}", entries.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_it_stands() {
        let record =
            read(r#" {"id": 1.50, "course": {"a": [1]}, "text": "z1_in = 1\n"} "#).unwrap();
        assert_eq!(record.id.map(|id| id.get()), Some("1.50"));
        assert_eq!(record.text.and_then(words).as_deref(), Some("z1_in = 1\n"));
        assert!(record.answers.is_none());
    }

    #[test]
    fn what_is_no_record_says_why() {
        let why = |line| read(line).unwrap_err();
        assert_eq!(why(" "), "the line is empty");
        assert!(why("[1]").starts_with("it is no JSON object"));
        assert_eq!(why("{\"id\": 1"), "column 8: EOF while parsing an object");
        assert_eq!(why("{\"id\": 1, \"id\": 2}"), "column 14: duplicate field `id`");
    }

    #[test]
    fn objects_are_escaped() {
        assert_eq!(object([("a\"", "1\n")].into_iter()), r#"{"a\"":"1\n"}"#);
    }
}
