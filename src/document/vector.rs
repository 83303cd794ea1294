//! Inputs and outputs of a sample, the way they are written.

use compact_str::CompactString;

use crate::num::{self, Precision};

/// Components that are shown.
pub(super) const MOST_SHOWN: usize = 4;

/// `(1, 0)`: up to a few components, then dots; a single one stands alone.
pub(super) fn vector(values: impl ExactSizeIterator<Item = f64>, digits: Precision) -> String {
    let count = values.len();
    let shown: Vec<CompactString> =
        values.take(MOST_SHOWN).map(|value| num::show(value, digits)).collect();
    let shown = shown.join(", ");
    match (count, count > MOST_SHOWN) {
        (1, _) => shown,
        (_, false) => format!("({shown})"),
        (_, true) => format!("({shown}, …)"),
    }
}
