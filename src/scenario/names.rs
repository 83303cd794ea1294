//! Reads `names`: what the author calls the quantities.

use std::sync::Arc;

use super::reference::unknown_name;
use crate::name::{Name, NameMap, OwnNames, own};
use crate::network::Network;
use crate::source::fault::Words;
use crate::source::json::{self, JsonKind, JsonNode};
use crate::source::reader::{Fields, Reader, key, quoted};

const NAMES: &str = "`names` is an object of the author's names, each with the program's name for \
                     the same quantity, such as { \"w5\": \"U11\", \"E_total\": \"L\" }";

/// Reads the author's names into the network.
pub(super) fn names<'a>(
    reader: &mut Reader<'a>,
    fields: &Fields<'a>,
    network: Option<&mut Network>,
) {
    let Some(node) = fields.get("names") else { return };
    if reader.expect(node, JsonKind::Object, NAMES).is_none() {
        return;
    }
    let Some(network) = network else { return };
    let mut names = OwnNames::default();
    let mut given: NameMap<String> = NameMap::default();
    for (key_node, value) in json::entries(node) {
        let own = key(key_node);
        if let Err(why) = own::check(&own) {
            reader.fault(key_node, || {
                Words::new(format!("`{}` cannot be the name of a quantity", quoted(&own))).help(why)
            });
            continue;
        }
        if names.has(&own) {
            reader.fault(key_node, || {
                Words::new(format!("`{own}` stands here a second time")).help("keep one of the two")
            });
            continue;
        }
        let Some(name) = meant(reader, value, network) else { continue };
        if let Some(earlier) = given.get(&name) {
            reader.fault(key_node, || {
                let ours = network.naming().plain(name);
                Words::new(format!("`{own}` and `{earlier}` both name `{ours}`"))
                    .help("keep one of the two")
            });
            continue;
        }
        let taken = network.naming().read(&own);
        if let Some(other) = taken.filter(|other| *other != name && network.has(*other)) {
            reader.fault(key_node, || {
                let (ours, other) = (network.naming().plain(name), network.naming().plain(other));
                Words::new(format!("`{own}` cannot name `{ours}`: it is read as `{other}`")).help(
                    "the program's own names are read beside the author's, so a name may not \
                         be that of another quantity",
                )
            });
            continue;
        }
        names.insert(&own, name);
        given.insert(name, own);
    }
    if !names.is_empty() {
        network.own_names = Some(Arc::new(names));
    }
}

/// The quantity that an author's name stands for.
fn meant(reader: &mut Reader<'_>, node: JsonNode<'_>, network: &Network) -> Option<Name> {
    let text = reader.text(node, NAMES)?;
    let name = network.naming().read(&text).filter(|name| network.has(*name));
    if name.is_none() {
        reader.fault(node, || unknown_name(&text, network));
    }
    name
}
