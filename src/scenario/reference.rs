//! Reads `reference`: the numbers that a book or slide prints.

use super::Reference;
use super::levels::REFERENCE;
use crate::name::{Name, NameMap, Symbol};
use crate::network::Network;
use crate::num::Written;
use crate::source::fault::Words;
use crate::source::json::{self, JsonKind, JsonNode};
use crate::source::reader::{Fields, Reader, key, quoted};

const VALUES: &str =
    "`values` is an object of names and printed numbers, such as { \"z1_in\": \"-0.53\" }";
const CARRY: &str = "`carry` is a list of names, such as [\"f_in\"]";
const NOTES: &str = "`notes` is an object of names and remarks, such as { \"f_in\": \"…\" }";

/// What the names of a reference are checked against.
pub(super) struct ReferenceNames<'a> {
    /// The network, if it could be read; names are checked only then.
    pub(super) network: Option<&'a Network>,
    /// Whether the file has a learning rate, so that there is an update.
    pub(super) updates: bool,
}

/// Reads the reference.
pub(super) fn reference<'a>(
    reader: &mut Reader<'a>,
    node: JsonNode<'a>,
    known: &ReferenceNames<'_>,
) -> Option<Reference> {
    let help = "`reference` is an object with `values`, and possibly `carry` and `notes`";
    let fields = reader.fields(node, &REFERENCE, help)?;
    let mut given = NameMap::default();
    let values = reader.required(&fields, "values", || VALUES).map(|node| {
        let entries = named_entries(reader, node, VALUES, known, &mut given);
        let values = entries.into_iter().map(|(name, node)| (name, printed(reader, node)));
        values.filter_map(|(name, value)| Some((name?, value?))).collect()
    });
    let carry = carried(reader, &fields, known, &given);
    let notes = fields.get("notes").map_or_else(Vec::new, |node| {
        let entries = named_entries(reader, node, NOTES, known, &mut NameMap::default());
        let notes = entries.into_iter().map(|(name, node)| (name, reader.shown_text(node, NOTES)));
        notes.filter_map(|(name, note)| Some((name?, note?))).collect()
    });
    Some(Reference { values: values?, carry, notes })
}

/// The entries of an object whose keys are names; two names of one quantity are
/// a fault.
fn named_entries<'a>(
    reader: &mut Reader<'a>,
    node: JsonNode<'a>,
    help: &str,
    known: &ReferenceNames<'_>,
    given: &mut NameMap<String>,
) -> Vec<(Option<Name>, JsonNode<'a>)> {
    if reader.expect(node, JsonKind::Object, help).is_none() {
        return Vec::new();
    }
    let entries = json::entries(node).into_iter().map(|(key_node, value)| {
        let text = key(key_node);
        let name = named(reader, key_node, &text, known);
        if let Some(name) = name {
            once(reader, key_node, text, name, given);
        }
        (name, value)
    });
    entries.collect()
}

/// Notes a fault if the quantity was named before.
fn once(
    reader: &mut Reader<'_>,
    node: JsonNode<'_>,
    text: String,
    name: Name,
    given: &mut NameMap<String>,
) {
    if let Some(earlier) = given.get(&name) {
        reader.fault(node, || {
            let (text, earlier) = (quoted(&text), quoted(earlier));
            Words::new(if text == earlier {
                format!("`{text}` stands here a second time")
            } else {
                format!("`{text}` is another name of `{earlier}`, which stands here already")
            })
            .help("keep one of the two")
        });
    } else {
        given.insert(name, text);
    }
}

/// The quantity of this name, if the network has it.
fn named(
    reader: &mut Reader<'_>,
    node: JsonNode<'_>,
    text: &str,
    known: &ReferenceNames<'_>,
) -> Option<Name> {
    let network = known.network?;
    let name = network.naming().read(text).filter(|name| network.has(*name));
    let Some(name) = name else {
        reader.fault(node, || unknown_name(text, network));
        return None;
    };
    if matches!(name, Name::New(_)) && !known.updates {
        reader.fault(node, || {
            Words::new(format!(
                "`{}` is a number after the update, but the file has no `learning_rate`",
                quoted(text)
            ))
            .help("add `learning_rate`, or leave this number out")
        });
    }
    Some(name)
}

pub(super) fn unknown_name(text: &str, network: &Network) -> Words {
    let words =
        Words::new(format!("this {} network has no quantity `{}`", network.shape(), quoted(text)));
    match network.find(text) {
        Err(Some(nearest)) => words.help(format!("did you mean `{nearest}`?")),
        Ok(_) | Err(None) => {
            let layer = network.depth() - 1;
            let name = |name| network.naming().plain(name);
            let value = name(Name::Value(Symbol::In { layer, unit: 0 }));
            let slope = name(Name::loss_by(Symbol::Weight { layer, from: 0, to: 0 }));
            words.help(format!("names look like `{value}`, `{slope}` or `L`"))
        }
    }
}

/// A printed number: a string keeps its digits, and so does a JSON number.
fn printed(reader: &mut Reader<'_>, node: JsonNode<'_>) -> Option<Written> {
    let text = if json::kind(node) == JsonKind::Number {
        node.get().to_owned()
    } else {
        reader.text(node, "write the printed number as a string, such as \"0.3705\"")?
    };
    let written = Written::read(&text);
    if written.is_none() {
        reader.fault(node, || {
            let words = Words::new(format!("`{}` is not a number", quoted(&text)));
            if text.contains(['\u{2212}', '–']) {
                words.help("write the minus as a plain hyphen, `-`")
            } else if text.contains(',') {
                words.help("write the decimal point as `.`")
            } else {
                words.help("write the digits as printed, such as \"-0.53\" or \"1.2e-5\"")
            }
        });
    }
    written
}

fn carried<'a>(
    reader: &mut Reader<'a>,
    fields: &Fields<'a>,
    known: &ReferenceNames<'_>,
    given: &NameMap<String>,
) -> Vec<Name> {
    let Some(node) = fields.get("carry") else {
        return Vec::new();
    };
    if reader.expect(node, JsonKind::List, CARRY).is_none() {
        return Vec::new();
    }
    let mut carried = NameMap::default();
    let mut names = Vec::new();
    for item in json::items(node) {
        let Some(text) = reader.text(item, CARRY) else { continue };
        let Some(name) = named(reader, item, &text, known) else { continue };
        if !given.contains_key(&name) {
            reader.fault(item, || {
                let text = quoted(&text);
                Words::new(format!("`{text}` is to be carried, but `values` has no number for it"))
                    .help(format!("add `{text}` with its printed number to `values`"))
            });
        }
        once(reader, item, text, name, &mut carried);
        names.push(name);
    }
    names
}
