//! A curve with its axes.

use std::fmt::Write;

use super::{escape, length};
use crate::document::Chart;
use crate::num;
use crate::typeset::Scale;

/// The size of the drawing, and of what is around the curve.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 78.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 46.0;

/// Rows that numbers at the side are kept apart by.
const ROWS: usize = 13;

/// The curve as an `svg` element; empty where there is nothing to show.
pub fn chart(chart: &Chart) -> String {
    let (Some(scale), Some((last, end))) = (Scale::of(chart), chart.points.last()) else {
        return String::new();
    };
    let across = |x: f64| LEFT + (WIDTH - LEFT - RIGHT) * x / last;
    let down = |share: f64| TOP + (HEIGHT - TOP - BOTTOM) * share;
    let (left, right, bottom) = (length(LEFT), length(WIDTH - RIGHT), length(HEIGHT - BOTTOM));
    let title = escape(chart.title);
    let start = num::show(chart.points[0].1, SPOKEN);
    let end = num::show(*end, SPOKEN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"bt-figure curve\" width=\"640\" height=\"300\" viewBox=\"0 0 640 300\" role=\"img\" aria-label=\"{title}: from {start} to {end} in {} epochs\"><text x=\"{left}\" y=\"18\" font-size=\"14\">{title}</text>",
        num::count(*last as usize)
    );
    for (_, value, text) in scale.ticks(ROWS) {
        let (y, line) = (length(down(scale.share(value))), length(down(scale.share(value)) + 4.0));
        let x = length(LEFT - 8.0);
        let _ = write!(
            out,
            "<path class=\"grid\" d=\"M{left} {y}H{right}\"/><text x=\"{x}\" y=\"{line}\" font-size=\"12\" text-anchor=\"end\">{text}</text>"
        );
    }
    let _ = write!(out, "<path d=\"M{left} {}V{bottom}H{right}\"/>", length(TOP));
    // Epochs are whole.
    for epoch in [0.0, (last / 4.0).floor(), (last / 2.0).floor(), (last * 0.75).floor(), *last] {
        let (x, y) = (length(across(epoch)), length(HEIGHT - BOTTOM + 18.0));
        let text = num::count(epoch as usize);
        let _ = write!(
            out,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"12\" text-anchor=\"middle\">{text}</text>"
        );
    }
    let middle = length(f64::midpoint(LEFT, WIDTH - RIGHT));
    let foot = length(HEIGHT - 8.0);
    let _ = write!(
        out,
        "<text x=\"{middle}\" y=\"{foot}\" font-size=\"13\" text-anchor=\"middle\">epoch</text><path class=\"line\" d=\""
    );
    let mut command = 'M';
    let mut before = String::new();
    for (x, loss) in &chart.points {
        let point = format!("{} {}", length(across(*x)), length(down(scale.share(*loss))));
        // Points that fall together are one.
        if point != before {
            let _ = write!(out, "{command}{point}");
            (command, before) = ('L', point);
        }
    }
    out.push_str("\"/></svg>");
    out
}

/// How many digits the ends of the curve are told with.
const SPOKEN: usize = 6;
