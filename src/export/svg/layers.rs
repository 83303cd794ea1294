//! Three layers of any network, with the indices of their units.

use std::fmt::Write;

/// Where the layers stand, from left to right, with the unit that is meant.
const LAYERS: [(u16, &str, &str); 3] =
    [(70, "layer i−1", "j"), (250, "layer i", "k"), (430, "layer i+1", "m")];

/// Where their units stand; the middle one is meant.
const ROWS: [u16; 3] = [60, 120, 180];

/// The weights between the units that are meant, and where they are written.
const WEIGHTS: [(u16, &str); 2] = [(160, "jk"), (340, "km")];

/// The drawing as an `svg` element.
pub fn layers() -> String {
    let mut out = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"bt-figure bt-lit sketch\" width=\"500\" height=\"215\" viewBox=\"0 0 500 215\" role=\"img\" aria-label=\"Three layers: unit j of layer i-1 leads to unit k of layer i over the weight w_jk, and that to unit m of layer i+1 over w_km.\">",
    );
    for pair in LAYERS.windows(2) {
        for (from, to) in ROWS.iter().flat_map(|from| ROWS.map(|to| (*from, to))) {
            let is_meant = from == ROWS[1] && to == ROWS[1];
            let light = if is_meant { "current" } else { "quiet" };
            let (x0, x1) = (pair[0].0 + 17, pair[1].0 - 17);
            let _ = write!(out, "<g class=\"bt-{light}\"><path d=\"M{x0} {from}L{x1} {to}\"/></g>");
        }
    }
    for (x, title, index) in LAYERS {
        let _ = write!(
            out,
            "<g class=\"bt-heading\"><text x=\"{x}\" y=\"22\" text-anchor=\"middle\">{title}</text></g>"
        );
        for y in ROWS {
            let (is_meant, top, left) = (y == ROWS[1], y - 17, x - 17);
            let light = if is_meant { "bt-known" } else { "bt-quiet" };
            let _ = write!(
                out,
                "<g class=\"bt-part {light}\"><rect x=\"{left}\" y=\"{top}\" width=\"34\" height=\"34\" rx=\"17\"/>"
            );
            if is_meant {
                let line = y + 5;
                let _ = write!(
                    out,
                    "<text class=\"bt-i\" x=\"{x}\" y=\"{line}\" text-anchor=\"middle\">{index}</text>"
                );
            }
            out.push_str("</g>");
        }
    }
    for (x, indices) in WEIGHTS {
        let _ = write!(
            out,
            "<g class=\"bt-part\"><rect x=\"{}\" y=\"107\" width=\"36\" height=\"26\" rx=\"4\"/><text x=\"{x}\" y=\"124\" text-anchor=\"middle\"><tspan class=\"bt-i\">w</tspan><tspan class=\"bt-i\" dy=\"3\" font-size=\"10\">{indices}</tspan></text></g>",
            x - 18
        );
    }
    out.push_str("</svg>");
    out
}
