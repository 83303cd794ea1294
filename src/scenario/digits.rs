//! Reads `digits` or `significant`: how numbers are rounded to be shown.

use crate::num::{MOST_DIGITS, Precision};
use crate::source::fault::Words;
use crate::source::json::JsonNode;
use crate::source::reader::{Fields, Reader};

/// The precision, if the file asks for one.
pub(super) fn digits<'a>(reader: &mut Reader<'a>, fields: &Fields<'a>) -> Option<Precision> {
    let (decimals, significant) = (fields.get("digits"), fields.get("significant"));
    if let (Some(_), Some(node)) = (decimals, significant) {
        reader.fault(node, || {
            Words::new("`digits` and `significant` are both given").help(
                "keep one of them: `digits` counts decimals, `significant` counts digits from \
                 the first that is not zero on",
            )
        });
    }
    let help = "it says how many decimals are shown; 4 is usual";
    let decimals = decimals.and_then(|node| count(reader, node, "digits", 0, help));
    let help = "it says how many significant digits are shown; 3 is usual";
    let significant = significant.and_then(|node| count(reader, node, "significant", 1, help));
    decimals.map(Precision::Decimals).or(significant.map(Precision::Significant))
}

fn count(
    reader: &mut Reader<'_>,
    node: JsonNode<'_>,
    key: &str,
    least: usize,
    help: &'static str,
) -> Option<usize> {
    let value = reader.number(node)?;
    let count = (least..=MOST_DIGITS).find(|count| *count as f64 == value);
    if count.is_none() {
        reader.fault(node, || {
            Words::new(format!("`{key}` is a whole number from {least} to {MOST_DIGITS}"))
                .help(help)
        });
    }
    count
}
