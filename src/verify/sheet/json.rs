//! A sheet in JSON: an object of names and numbers. A number may stand in
//! quotes, and then be written as people write it.

use super::written::Problem;
use super::{Collector, Piece, Raw, help, is_student};
use crate::source::fault::Words;
use crate::source::json::{self, Kind, Node};
use crate::source::reader::key;
use crate::verify::asking::KEPT_BY;

/// Reads the entries of the object `root`, which was read from `text`.
pub(super) fn read<'a>(text: &'a str, root: Node<'a>, collector: &mut Collector<'a>) {
    for (key_node, node) in json::entries(root) {
        let key = key(key_node);
        let name = Piece { text: &key, span: json::span(text, key_node) };
        let at = json::span(text, node).start;
        if key == KEPT_BY {
            continue;
        }
        if is_student(&key) {
            student(name, node, json::span(text, node), collector);
            continue;
        }
        if let Some(entry) = help::Entry::of(&key) {
            entry.read(text, node, collector);
            continue;
        }
        match json::kind(node) {
            Kind::Null => collector.line(name, at, Raw::Open),
            Kind::Number => collector.line(name, at, Raw::JsonNumber(node.get())),
            Kind::Text => match json::text(node) {
                Some(answer) if answer.trim().is_empty() => collector.line(name, at, Raw::Open),
                Some(answer) => collector.line(name, at, Raw::Text(&answer)),
                None => collector.line(name, at, Raw::Unreadable(Problem::Other, node.get())),
            },
            Kind::Truth => {
                collector.line(name, at, Raw::Unreadable(Problem::Truth, node.get()));
            }
            Kind::List => collector.line(name, at, Raw::Unreadable(Problem::List, node.get())),
            Kind::Object => {
                collector.line(name, at, Raw::Unreadable(Problem::Object, node.get()));
            }
        }
    }
}

fn student(
    key: Piece<'_>,
    node: Node<'_>,
    span: std::ops::Range<usize>,
    collector: &mut Collector<'_>,
) {
    match json::kind(node) {
        Kind::Null => collector.student(key, ""),
        Kind::Number => collector.student(key, node.get()),
        Kind::Text => {
            // Half a surrogate pair is shown as it is written.
            let name = json::text(node).unwrap_or_else(|| node.get().to_owned());
            collector.student(key, &name);
        }
        found @ (Kind::Truth | Kind::List | Kind::Object) => {
            collector.findings.add(span, || {
                Words::new(format!("expected the student's name, found {found}"))
                    .help("write it as a string, in double quotes")
            });
        }
    }
}
