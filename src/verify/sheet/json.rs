//! A sheet in JSON: an object of names and numbers. A number may stand in
//! quotes, and then be written as people write it. Objects and lists within it
//! are looked through as far as they make sense: `{"z1": {"in": -0.53}}`,
//! `[{"name": "z1_in", "value": -0.53}]`, `[["z1_in", -0.53]]`.

use super::collector::{Collector, Raw};
use super::student::is_student;
use super::{NumberProblem, Reason, help};
use crate::source::json::{self, JsonKind, JsonNode};
use crate::source::reader::key;
use crate::source::{self, Faults, FileFormat};
use crate::verify::asking::KEPT_BY;

/// Objects within each other that are looked through.
const DEEPEST: usize = 8;

/// Keys of an entry that say which quantity it is about.
const NAMES: [&str; 4] = ["name", "quantity", "key", "variable"];

/// Keys of an entry that say its answer.
const VALUES: [&str; 5] = ["value", "answer", "number", "result", "written"];

/// Whether a text that begins with `[` is a list in JSON.
pub(super) fn is_list(text: &str) -> bool {
    json::root(text).is_ok() || json::root(&with_words_quoted(text)).is_ok()
}

/// Reads all entries.
///
/// # Errors
/// Where the text stops being JSON.
pub(super) fn read(
    text: &str,
    label: &str,
    format: &FileFormat,
    collector: &mut Collector<'_>,
) -> Result<(), Faults> {
    if let Ok(root) = json::root(text) {
        Reading { text, original: text, collector }.value("", 0, root, 0);
        return Ok(());
    }
    // NaN is a number of Python's JSON, and an answer that is none.
    let quoted = with_words_quoted(text);
    match json::root(&quoted) {
        Ok(root) => {
            Reading { text: &quoted, original: text, collector }.value("", 0, root, 0);
            Ok(())
        }
        Err(_) => source::parse(text, label, format).map(|_| ()),
    }
}

/// The text with words such as `NaN` as strings of the same length, so that all
/// stays where it is.
fn with_words_quoted(text: &str) -> String {
    const WORDS: [&str; 8] = ["-Infinity", "Infinity", "-inf", "-NaN", "-nan", "NaN", "nan", "inf"];
    let mut quoted = String::with_capacity(text.len());
    let (mut in_string, mut escaped) = (false, false);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let word = WORDS.iter().find(|word| !in_string && rest.starts_with(**word));
        if let Some(word) = word {
            quoted.push('"');
            quoted.extend(std::iter::repeat_n('N', word.len() - 2));
            quoted.push('"');
            rest = &rest[word.len()..];
            continue;
        }
        if c == '"' && !escaped {
            in_string = !in_string;
        }
        escaped = in_string && c == '\\' && !escaped;
        quoted.push(c);
        rest = &rest[c.len_utf8()..];
    }
    quoted
}

/// Looks through values.
struct Reading<'r, 'c, 'a> {
    text: &'r str,
    /// As it stands in the file.
    original: &'r str,
    collector: &'c mut Collector<'a>,
}

impl<'r> Reading<'r, '_, '_> {
    /// The value as it stands in the file.
    fn original(&self, node: JsonNode<'r>) -> &'r str {
        self.original.get(json::span(self.text, node)).unwrap_or_default()
    }

    fn at(&self, node: JsonNode<'r>) -> usize {
        json::span(self.text, node).start
    }

    /// Takes the value of a key, which stands at `key_at`.
    fn value(&mut self, key: &str, key_at: usize, node: JsonNode<'r>, depth: usize) {
        let original = self.original(node);
        let raw = match json::kind(node) {
            JsonKind::Null => Raw::Open,
            JsonKind::Number => Raw::JsonNumber(original),
            JsonKind::Text if original != node.get() => {
                Raw::Unreadable(NumberProblem::NotFinite, original)
            }
            JsonKind::Text => {
                match json::text(node) {
                    Some(answer) if answer.trim().is_empty() => {
                        self.line(key, key_at, node, Raw::Open);
                    }
                    Some(answer) => self.line(key, key_at, node, Raw::Text(&answer)),
                    None => {
                        self.line(
                            key,
                            key_at,
                            node,
                            Raw::Unreadable(NumberProblem::Other, original),
                        );
                    }
                }
                return;
            }
            JsonKind::Truth => Raw::Unreadable(NumberProblem::Truth, original),
            JsonKind::List => return self.list(key, key_at, node, depth),
            JsonKind::Object => return self.object(key, key_at, node, depth),
        };
        self.line(key, key_at, node, raw);
    }

    fn line(&mut self, key: &str, key_at: usize, node: JsonNode<'r>, raw: Raw<'_>) {
        let answer = self.original(node);
        if let Some(name) = self.collector.known(key) {
            let at = self.at(node);
            return self.collector.named(name, (key_at, at), &|| of_entry(key, answer), raw);
        }
        let whole = of_entry(key, answer);
        self.collector.line(key, key_at, &whole, self.at(node), raw);
    }

    fn object(&mut self, outer: &str, outer_at: usize, node: JsonNode<'r>, depth: usize) {
        if depth >= DEEPEST {
            return self.unreadable(outer, outer_at, node, NumberProblem::Object);
        }
        let entries: Vec<(String, JsonNode<'r>, JsonNode<'r>)> =
            json::entries(node).into_iter().map(|(name, value)| (key(name), name, value)).collect();
        let of = |keys: &[&str]| {
            let is_one = |key: &str| keys.iter().any(|known| key.eq_ignore_ascii_case(known));
            entries.iter().find(|(key, ..)| is_one(key)).map(|(_, _, value)| *value)
        };
        // One entry: `{"name": "z1_in", "value": -0.53}`.
        if let (Some(name), Some(value)) = (of(&NAMES).and_then(json::text), of(&VALUES)) {
            let at = self.at(node);
            return self.value(&name, at, value, depth + 1);
        }
        if self.collector.known(outer).is_some() {
            let value = of(&VALUES).filter(|value| !matches!(json::kind(value), JsonKind::Object));
            return match value {
                Some(value) => self.value(outer, outer_at, value, depth + 1),
                None => self.unreadable(outer, outer_at, node, NumberProblem::Object),
            };
        }
        for (key, name, value) in entries {
            if key == KEPT_BY {
                continue;
            }
            let at = self.at(name);
            if is_student(&key) {
                self.student(&key, at, value);
            } else if let Some(entry) = help::HelpEntry::of(&key).filter(|_| depth == 0) {
                entry.read(self.text, (at, value), self.collector);
            } else {
                let joined = format!("{}_{key}", head(outer));
                let is_joined = !outer.is_empty()
                    && self.collector.known(&key).is_none()
                    && self.collector.known(&joined).is_some();
                self.value(if is_joined { &joined } else { &key }, at, value, depth + 1);
            }
        }
    }

    fn list(&mut self, outer: &str, outer_at: usize, node: JsonNode<'r>, depth: usize) {
        if depth >= DEEPEST {
            return self.unreadable(outer, outer_at, node, NumberProblem::List);
        }
        let items = json::items(node);
        if self.collector.known(outer).is_some() {
            return match &items[..] {
                [value] if json::kind(value) != JsonKind::List => {
                    self.value(outer, outer_at, value, depth + 1);
                }
                _ => self.unreadable(outer, outer_at, node, NumberProblem::List),
            };
        }
        // One entry: `["z1_in", -0.53]`.
        if let [name, value] = items[..]
            && json::kind(name) == JsonKind::Text
            && let Some(name) = json::text(name)
            && matches!(json::kind(value), JsonKind::Number | JsonKind::Text | JsonKind::Null)
        {
            let at = self.at(node);
            return self.value(&name, at, value, depth + 1);
        }
        // `"z_in": [-0.53, 1.04]` goes through the units.
        for (index, item) in items.into_iter().enumerate() {
            let at = self.at(item);
            match json::kind(item) {
                JsonKind::Object | JsonKind::List => self.value("", at, item, depth + 1),
                JsonKind::Null => {}
                JsonKind::Text | JsonKind::Number | JsonKind::Truth => {
                    let name = numbered(outer, index + 1);
                    self.value(&name, at, item, depth + 1);
                }
            }
        }
    }

    fn unreadable(&mut self, key: &str, key_at: usize, node: JsonNode<'r>, problem: NumberProblem) {
        let original = self.original(node);
        self.line(key, key_at, node, Raw::Unreadable(problem, original));
    }

    fn student(&mut self, key: &str, key_at: usize, node: JsonNode<'r>) {
        match json::kind(node) {
            JsonKind::Null => {}
            JsonKind::Number => self.collector.student(key, key_at, node.get()),
            JsonKind::Text => {
                // Half a surrogate pair is shown as it is written.
                let name = json::text(node).unwrap_or_else(|| node.get().to_owned());
                self.collector.student(key, key_at, &name);
            }
            JsonKind::Truth | JsonKind::List | JsonKind::Object => {
                let whole = self.original(node);
                self.collector.unread(key_at, whole, Reason::NoStudent);
            }
        }
    }
}

/// An entry, for people.
fn of_entry(key: &str, answer: &str) -> String {
    format!("{}: {}", head(key), head(answer))
}

/// `z_in` and 1 make `z1_in`.
fn numbered(outer: &str, number: usize) -> String {
    let outer = head(outer);
    match outer.split_once('_') {
        Some((letter, side)) => format!("{letter}{number}_{side}"),
        None => format!("{outer}{number}"),
    }
}

/// The beginning of a text, as much as may be a name.
fn head(text: &str) -> &str {
    text.char_indices().nth(100).map_or(text, |(end, _)| &text[..end])
}
