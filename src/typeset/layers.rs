//! Three layers of any network in characters, with the indices of their units.

use super::{Span, Style};
use crate::math::Role;

/// The drawing in each set of glyphs: every unit of a layer leads to every unit
/// of the next; those of the general formulas stand out.
const ROWS: [(Role, &str, &str); 6] = [
    (
        Role::Heading,
        "  layer i-1           layer i             layer i+1",
        "  layer i-1           layer i             layer i+1",
    ),
    (
        Role::Faint,
        "     ○ ─────────────┐    ○ ─────────────┐    ○",
        "     o -------------+    o -------------+    o",
    ),
    (
        Role::Faint,
        "     ⋮              │    ⋮              │    ⋮",
        "     :              |    :              |    :",
    ),
    (
        Role::Plain,
        "     j ─── w_jk ────┴──▶ k ─── w_km ────┴──▶ m",
        "     j --- w_jk ----+--> k --- w_km ----+--> m",
    ),
    (
        Role::Faint,
        "     ⋮              │    ⋮              │    ⋮",
        "     :              |    :              |    :",
    ),
    (
        Role::Faint,
        "     1 ─── b_k ─────┘    1 ─── b_m ─────┘",
        "     1 --- b_k -----+    1 --- b_m -----+",
    ),
];

/// The drawing, row by row.
pub(super) fn draw(style: Style) -> Vec<Vec<Span>> {
    let row = |(role, unicode, ascii): &(Role, &'static str, &'static str)| {
        vec![Span::new(style.pick(ascii, unicode, ascii), *role)]
    };
    ROWS.iter().map(row).collect()
}
