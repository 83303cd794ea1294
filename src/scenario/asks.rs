//! Reads `asks` and `points`: what is asked of a student, and what it is worth.

use super::reference::ReferenceNames;
use crate::name::Pattern;
use crate::source::fault::Words;
use crate::source::json::{self, JsonKind, JsonNode};
use crate::source::reader::{Fields, Reader, key, quoted};

const ASKS: &str = "`asks` is a list of sections, names and patterns, such as [\"forward\", \
                    \"dL/dW*\"]";
const POINTS: &str = "`points` is an object of sections, names and patterns with what a line is \
                      worth, such as { \"dL/d*\": 2 }";

/// What is asked; `None` where the file does not say.
pub(super) fn asks<'a>(
    reader: &mut Reader<'a>,
    fields: &Fields<'a>,
    known: &ReferenceNames<'_>,
) -> Option<Vec<Pattern>> {
    let node = fields.get("asks")?;
    reader.expect(node, JsonKind::List, ASKS)?;
    let items = json::items(node);
    if items.is_empty() {
        reader.fault(node, || {
            Words::new("`asks` is empty").help("leave it out to ask for everything")
        });
    }
    let mut asks = Vec::new();
    for item in items {
        let Some(text) = reader.text(item, ASKS) else { continue };
        asks.extend(pattern(reader, item, &text, known));
    }
    Some(asks)
}

/// What lines are worth, in the order of the file.
pub(super) fn points<'a>(
    reader: &mut Reader<'a>,
    fields: &Fields<'a>,
    known: &ReferenceNames<'_>,
) -> Vec<(Pattern, f64)> {
    let Some(node) = fields.get("points") else { return Vec::new() };
    if reader.expect(node, JsonKind::Object, POINTS).is_none() {
        return Vec::new();
    }
    let mut points = Vec::new();
    for (key_node, value) in json::entries(node) {
        let pattern = pattern(reader, key_node, &key(key_node), known);
        let worth = reader.number(value);
        if worth.is_some_and(|worth| worth < 0.0) {
            reader.fault(value, || {
                Words::new("a line cannot be worth less than nothing")
                    .help("give 0 for what is asked but not counted")
            });
        }
        points.extend(pattern.zip(worth));
    }
    points
}

fn pattern(
    reader: &mut Reader<'_>,
    node: JsonNode<'_>,
    text: &str,
    known: &ReferenceNames<'_>,
) -> Option<Pattern> {
    match known.network?.pattern(text, known.updates) {
        Ok(pattern) => Some(pattern),
        Err(why) => {
            reader.fault(node, || Words::new(why.what(&quoted(text))).help(why.help()));
            None
        }
    }
}
