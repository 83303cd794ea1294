//! Values of the expected kinds. What is of another kind is a fault, and the
//! reader goes on, so that one run finds them all.

use super::fault::{Findings, Words};
use super::json::{self, JsonKind, JsonNode};
use crate::{name, text};

/// Characters of the file repeated in a message.
const QUOTED: usize = 40;

/// Nearest keys looked for at most; there are fewer than this in any report.
const MOST_SUGGESTIONS: usize = 200;

/// Reads values of one text and gathers what is wrong with them.
pub(crate) struct Reader<'a> {
    text: &'a str,
    /// All objects of the format, to tell where a stray key belongs.
    levels: &'static [&'static Level],
    pub(crate) findings: Findings,
    suggestions: usize,
}

/// An object of the file format.
pub(crate) struct Level {
    /// Where it stands, for people.
    pub(crate) place: &'static str,
    /// Its keys.
    pub(crate) keys: &'static [&'static str],
}

/// The known keys of an object.
pub(crate) struct Fields<'a> {
    object: JsonNode<'a>,
    entries: Vec<(&'static str, JsonNode<'a>)>,
    /// Known keys that an unknown one probably meant.
    meant: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    pub(crate) fn get(&self, key: &str) -> Option<JsonNode<'a>> {
        self.entries.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
    }

    /// Whether an unknown key is probably a misspelling of this one.
    pub(crate) fn meant(&self, key: &str) -> bool {
        self.meant.contains(&key)
    }
}

/// Numbers of a list.
pub(crate) struct NumberList {
    /// One per item; 0 for an item that cannot be read.
    pub(crate) values: Vec<f64>,
    /// Whether all could be read.
    pub(crate) complete: bool,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str, levels: &'static [&'static Level]) -> Self {
        Self { text, levels, findings: Findings::default(), suggestions: 0 }
    }

    /// Notes a fault of a value.
    pub(crate) fn fault(&mut self, node: JsonNode<'_>, words: impl FnOnce() -> Words) {
        self.findings.add(json::span(self.text, node), words);
    }

    /// Notes that something is missing in an object: the caret stands under its
    /// opening bracket.
    pub(crate) fn missing(&mut self, object: JsonNode<'_>, words: impl FnOnce() -> Words) {
        let start = json::span(self.text, object).start;
        self.findings.add(start..start + 1, words);
    }

    /// The fields of an object. Unknown and repeated keys are faults.
    pub(crate) fn fields(
        &mut self,
        object: JsonNode<'a>,
        level: &Level,
        help: &str,
    ) -> Option<Fields<'a>> {
        self.expect(object, JsonKind::Object, help)?;
        Some(self.fields_of(object, json::entries(object), level))
    }

    /// The same from its entries.
    pub(crate) fn fields_of(
        &mut self,
        object: JsonNode<'a>,
        entries: Vec<(JsonNode<'a>, JsonNode<'a>)>,
        level: &Level,
    ) -> Fields<'a> {
        let mut fields = Fields { object, entries: Vec::new(), meant: Vec::new() };
        for (key_node, value) in entries {
            let known = |key: &str| level.keys.iter().find(|known| **known == key);
            // Most keys are known, and written as they are.
            let plain = json::unescaped(key_node).and_then(known);
            let key = if plain.is_some() { String::new() } else { key(key_node) };
            match plain.or_else(|| known(&key)) {
                Some(known) if fields.get(known).is_some() => self.repeated(key_node, known),
                Some(known) => fields.entries.push((known, value)),
                None => fields.meant.extend(self.unknown_key(key_node, &key, level)),
            }
        }
        fields
    }

    fn repeated(&mut self, node: JsonNode<'_>, key: &str) {
        self.fault(node, || {
            Words::new(format!("`{key}` stands here a second time")).help("keep one of the two")
        });
    }

    /// Notes an unknown key; returns the known one that is nearest.
    fn unknown_key(
        &mut self,
        node: JsonNode<'_>,
        key: &str,
        level: &Level,
    ) -> Option<&'static str> {
        let meant = self.nearest(key, level.keys);
        let levels = self.levels;
        self.fault(node, || {
            let words = Words::new(format!("unknown key `{}`", quoted(key)));
            let elsewhere = levels.iter().find(|other| other.keys.contains(&key));
            match (meant, elsewhere) {
                (_, Some(other)) => words.help(format!("`{key}` belongs {}", other.place)),
                (Some(meant), None) => words.help(format!("did you mean `{meant}`?")),
                (None, None) => words.help(format!("the keys here are {}", listed(level.keys))),
            }
        });
        meant
    }

    /// The known word nearest to an unknown one. Nobody reads the thousandth
    /// suggestion, so it is not looked for.
    pub(crate) fn nearest(&mut self, word: &str, known: &[&'static str]) -> Option<&'static str> {
        self.suggestions += 1;
        if self.suggestions > MOST_SUGGESTIONS || word.len() > QUOTED {
            return None;
        }
        name::nearest(word, known.iter().copied())
    }

    /// A field that must be there. A misspelt key is reported as such only.
    pub(crate) fn required<H: Into<String>>(
        &mut self,
        fields: &Fields<'a>,
        key: &'static str,
        help: impl FnOnce() -> H,
    ) -> Option<JsonNode<'a>> {
        let found = fields.get(key);
        if found.is_none() && !fields.meant(key) {
            self.missing(fields.object, || Words::new(format!("`{key}` is missing")).help(help()));
        }
        found
    }

    /// Notes a value of another kind than expected.
    pub(crate) fn expect(
        &mut self,
        node: JsonNode<'_>,
        expected: JsonKind,
        help: &str,
    ) -> Option<()> {
        let found = json::kind(node);
        if found == expected {
            return Some(());
        }
        self.fault(node, || Words::new(format!("expected {expected}, found {found}")).help(help));
        None
    }

    /// A string, as it stands.
    pub(crate) fn text(&mut self, node: JsonNode<'_>, help: &str) -> Option<String> {
        self.expect(node, JsonKind::Text, help)?;
        let text = json::text(node);
        if text.is_none() {
            self.fault(node, || {
                Words::new("a `\\u` escape in this string stands for no character")
                    .help("write the character itself")
            });
        }
        text
    }

    /// A string to be shown, made harmless.
    pub(crate) fn shown_text(&mut self, node: JsonNode<'_>, help: &str) -> Option<String> {
        Some(text::harmless(&self.text(node, help)?).into_owned())
    }

    /// `true` or `false`.
    pub(crate) fn truth(&mut self, node: JsonNode<'_>) -> Option<bool> {
        self.expect(node, JsonKind::Truth, "write true or false, without quotes")?;
        Some(node.get() == "true")
    }

    /// One of several words. `aliases` are names that others give them.
    pub(crate) fn word(
        &mut self,
        node: JsonNode<'_>,
        what: &str,
        known: &[&'static str],
        aliases: &[(&str, &'static str)],
    ) -> Option<&'static str> {
        let help = || format!("the {what} is one of {}", listed(known));
        if json::kind(node) != JsonKind::Text {
            self.expect(node, JsonKind::Text, &help());
            return None;
        }
        let word = self.text(node, "")?;
        if let Some(known) = known.iter().find(|known| **known == word) {
            return Some(known);
        }
        let alias = aliases.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(word.trim()));
        let meant = alias.map(|(_, known)| *known).or_else(|| self.nearest(word.trim(), known));
        self.fault(node, || {
            let words = Words::new(format!("unknown {what} `{}`", quoted(&word)));
            match meant {
                Some(meant) => words.help(format!("did you mean `{meant}`? {}", help())),
                None => words.help(help()),
            }
        });
        None
    }

    /// A finite number.
    pub(crate) fn number(&mut self, node: JsonNode<'_>) -> Option<f64> {
        let found = json::kind(node);
        if found != JsonKind::Number {
            self.fault(node, || not_a_number(node, found));
            return None;
        }
        let value = node.get().parse::<f64>().ok().filter(|value| value.is_finite());
        if value.is_none() {
            self.fault(node, || {
                Words::new("this number is too large to compute with")
                    .help("the largest a computer's f64 can hold is about 1.8e308")
            });
        }
        value
    }

    /// A list of finite numbers.
    pub(crate) fn numbers(&mut self, list: JsonNode<'a>, help: &str) -> Option<NumberList> {
        self.expect(list, JsonKind::List, help)?;
        if let Some(values) = json::read(list.get()) {
            return Some(NumberList { values, complete: true });
        }
        let before = self.findings.count;
        let values =
            json::items(list).into_iter().map(|item| self.number(item).unwrap_or(0.0)).collect();
        Some(NumberList { values, complete: self.findings.count == before })
    }
}

fn not_a_number(node: JsonNode<'_>, found: JsonKind) -> Words {
    let words = Words::new(format!("expected a number, found {found}"));
    let text = json::text(node).unwrap_or_default();
    let text = text.trim();
    if let Some(value) = text.parse::<f64>().ok().filter(|value| value.is_finite()) {
        // `.5` is not JSON, `0.5` is.
        words.help(format!("numbers stand without quotes: {value}"))
    } else if found == JsonKind::Null {
        words.help("every value has to be given")
    } else {
        words
    }
}

/// What a key says; half a surrogate pair is left as it is written.
pub(crate) fn key(node: JsonNode<'_>) -> String {
    json::text(node).unwrap_or_else(|| node.get().to_owned())
}

/// A piece of the file in a message.
pub(crate) fn quoted(text: &str) -> String {
    text::brief(text, QUOTED)
}

/// A number of the file in a message, as written there.
pub(crate) fn as_written(node: JsonNode<'_>) -> String {
    quoted(node.get())
}

/// `` `a`, `b` and `c` ``.
pub(crate) fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((only, _)) => only.clone(),
        None => String::new(),
    }
}
