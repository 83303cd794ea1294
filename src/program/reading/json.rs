//! JSON: an object of nested lists of numbers.

use super::{ArrayFault, name};
use crate::program::array::{Array, LastDigit, Stored};
use crate::source::json::{self, JsonKind, JsonNode};

/// Lists in lists that are looked into.
const DEEPEST: usize = 8;

/// Reads the arrays; `None` for text that is not JSON.
pub(super) fn read(text: &str) -> Option<Result<Vec<Array>, ArrayFault>> {
    let root = json::root(text).ok()?;
    if json::kind(root) != JsonKind::Object {
        let help = "write {\"dW1\": [[...], ...], \"db1\": [...]}";
        return match json::kind(root) {
            // One array without a name is read as pasted text.
            JsonKind::List => None,
            _ => Some(Err(ArrayFault::new("this is no object of arrays", help))),
        };
    }
    let mut arrays = Vec::new();
    Some(object(root, "", 0, &mut arrays).map(|()| arrays))
}

/// The arrays of an object; an object in it lends its name, `grads.dW1`.
fn object(
    node: JsonNode<'_>,
    outer: &str,
    depth: usize,
    arrays: &mut Vec<Array>,
) -> Result<(), ArrayFault> {
    for (key, value) in json::entries(node) {
        let own = json::text(key).unwrap_or_default();
        let full = if outer.is_empty() { own } else { format!("{outer}.{own}") };
        match json::kind(value) {
            JsonKind::Object if depth < DEEPEST => object(value, &full, depth + 1, arrays)?,
            // Remarks, such as a title.
            JsonKind::Text | JsonKind::Truth | JsonKind::Null | JsonKind::Object => {}
            JsonKind::List | JsonKind::Number => match array(value, &full)? {
                Found::One(array) => arrays.push(array),
                Found::List(list) => arrays.extend(list),
            },
        }
    }
    Ok(())
}

enum Found {
    One(Array),
    /// A list of arrays of different shapes, one per layer.
    List(Vec<Array>),
}

fn array(node: JsonNode<'_>, full: &str) -> Result<Found, ArrayFault> {
    let mut draft = Draft::default();
    if draft.take(node, 0) {
        return Ok(Found::One(draft.array(full)));
    }
    let parts = json::items(node).into_iter().enumerate().map(|(at, item)| {
        let mut draft = Draft::default();
        draft.take(item, 0).then(|| draft.array(&format!("{full}[{at}]")))
    });
    match parts.collect::<Option<Vec<_>>>() {
        Some(list) if json::kind(node) == JsonKind::List => Ok(Found::List(list)),
        _ => Err(ArrayFault::new(
            format!("{}: its lists are not all numbers in rows of one length", name(full)),
            "an array is a list of numbers, or of rows of numbers: [[0.1, -0.2], [0.3, 0.4]]",
        )),
    }
}

#[derive(Default)]
struct Draft {
    shape: Vec<Option<usize>>,
    values: Vec<f64>,
    last_digits: Vec<LastDigit>,
}

impl Draft {
    /// False where the lists make no array.
    fn take(&mut self, node: JsonNode<'_>, depth: usize) -> bool {
        match json::kind(node) {
            JsonKind::Number => {
                // All numbers stand equally deep.
                if self.shape.len() < depth || self.shape.len() > depth && !self.values.is_empty() {
                    return false;
                }
                let Ok(value) = node.get().parse::<f64>() else { return false };
                self.values.push(value);
                self.last_digits.push(super::tokens::last_digit(node.get()));
                true
            }
            JsonKind::List if depth < DEEPEST => {
                let items = json::items(node);
                if self.shape.len() == depth {
                    if !self.values.is_empty() {
                        return false;
                    }
                    self.shape.push(Some(items.len()));
                }
                self.shape[depth] == Some(items.len())
                    && items.into_iter().all(|item| self.take(item, depth + 1))
            }
            _ => false,
        }
    }

    fn array(self, full: &str) -> Array {
        Array {
            name: name(full),
            shape: self.shape.into_iter().flatten().collect(),
            values: self.values,
            stored: Stored::Digits(self.last_digits),
        }
    }
}
