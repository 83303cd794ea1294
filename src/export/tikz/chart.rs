//! A curve with its axes.

use std::fmt::Write;

use super::{escape, length};
use crate::document::Chart;
use crate::num;
use crate::typeset::Scale;

/// The size of the drawing in points.
const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 140.0;

/// Rows that numbers at the side are kept apart by.
const ROWS: usize = 13;

/// The curve as a `tikzpicture`; empty where there is nothing to show.
pub fn chart(chart: &Chart) -> String {
    let (Some(scale), Some((last, _))) = (Scale::of(chart), chart.points.last()) else {
        return String::new();
    };
    let mut out = String::from("\\begin{tikzpicture}[x=1pt, y=1pt, font=\\footnotesize]\n");
    let down = |value: f64| length(HEIGHT * (1.0 - scale.share(value)));
    for (_, value, text) in scale.ticks(ROWS) {
        let y = down(value);
        let _ = writeln!(
            out,
            "\\draw[bt quiet] (0,{y}) -- ({WIDTH},{y});\\node[anchor=east] at (-3,{y}) {{${text}$}};"
        );
    }
    let _ = writeln!(out, "\\draw (0,{HEIGHT}) -- (0,0) -- ({WIDTH},0);");
    // Epochs are whole.
    for epoch in [0.0, (last / 2.0).floor(), *last] {
        let (x, text) = (length(WIDTH * epoch / last), num::count(epoch as usize));
        let _ = writeln!(out, "\\node[anchor=north] at ({x},-3) {{{text}}};");
    }
    let title = escape(chart.title);
    let _ = writeln!(out, "\\node[anchor=south west] at (0,{HEIGHT}) {{{title}}};");
    let _ = write!(out, "\\draw[bt known]");
    let mut before = String::new();
    for (x, loss) in &chart.points {
        let point = format!("({},{})", length(WIDTH * x / last), down(*loss));
        // Points that fall together are one.
        if point != before {
            let _ = write!(out, "{}{point}", if before.is_empty() { " " } else { "\n -- " });
            before = point;
        }
    }
    out.push_str(";\n\\end{tikzpicture}");
    out
}
