//! A curve in characters, with a logarithmic scale from bottom to top.

use compact_str::format_compact;

use super::{Scale, Span, Style};
use crate::document::Chart;
use crate::math::Role;
use crate::num;

/// Rows of the curve.
const HEIGHT: usize = 15;

/// The widest curve: more columns say no more.
const WIDEST: usize = 100;

/// The narrowest curve that says anything.
const NARROWEST: usize = 12;

/// The lines of a chart.
pub(super) fn draw(chart: &Chart, width: usize, style: Style) -> Vec<Vec<Span>> {
    let Some(scale) = Scale::of(chart) else { return Vec::new() };
    let ticks = scale.ticks(HEIGHT);
    let margin = ticks.iter().map(|(_, _, text)| text.len()).max().unwrap_or(0) + 2;
    let columns = width.min(WIDEST).saturating_sub(margin + 2);
    if columns < NARROWEST {
        return Vec::new();
    }
    let last = chart.points[chart.points.len() - 1].0;
    let mut grid = vec![vec![' '; columns]; HEIGHT];
    trace(&rows(chart, &scale, columns, last), &mut grid, Strokes::of(style));
    let mut lines = vec![vec![Span::new(format!("  {}", chart.title), Role::Faint)]];
    for (row, cells) in grid.into_iter().enumerate() {
        let tick = ticks.iter().find(|(at, ..)| *at == row);
        let label = tick.map_or("", |(_, _, text)| text);
        let axis = style.pick(
            "|",
            if tick.is_some() { "┤" } else { "│" },
            if tick.is_some() { "+" } else { "|" },
        );
        let curve: String = cells.into_iter().collect();
        lines.push(vec![
            Span::new(format!("{label:>margin$} {axis}"), Role::Faint),
            Span::new(curve.trim_end().to_owned(), Role::Forward),
        ]);
    }
    lines.extend(foot(margin, columns, last, style));
    lines
}

/// The row of the curve at each column, and at one more.
fn rows(chart: &Chart, scale: &Scale, columns: usize, last: f64) -> Vec<usize> {
    let mut next = 0;
    let at = |column: usize| {
        let x = last * column as f64 / columns as f64;
        while next + 1 < chart.points.len() && chart.points[next + 1].0 <= x {
            next += 1;
        }
        let (x0, y0) = chart.points[next];
        let (x1, y1) = chart.points[(next + 1).min(chart.points.len() - 1)];
        let share = if x1 > x0 { (x - x0) / (x1 - x0) } else { 0.0 };
        // Between two points the curve is straight on the scale shown.
        let (h0, h1) = (scale.height(y0), scale.height(y1));
        let height = h0 + share * (h1 - h0);
        scale.row(if scale.logarithmic { 10.0_f64.powf(height) } else { height }, HEIGHT)
    };
    (0..=columns).map(at).collect()
}

/// The characters of a curve.
struct Strokes {
    level: char,
    upright: char,
    /// Leaving a row downwards, arriving from above, leaving upwards, arriving
    /// from below.
    corners: [char; 4],
}

impl Strokes {
    const fn of(style: Style) -> Self {
        match style {
            Style::Unicode => {
                Self { level: '─', upright: '│', corners: ['╮', '╰', '╯', '╭'] }
            }
            Style::Plain | Style::Ascii => {
                Self { level: '-', upright: '|', corners: ['.', '\'', '\'', '.'] }
            }
        }
    }
}

fn trace(rows: &[usize], grid: &mut [Vec<char>], strokes: Strokes) {
    for (column, pair) in rows.windows(2).enumerate() {
        let (from, to) = (pair[0], pair[1]);
        if from == to {
            grid[from][column] = strokes.level;
            continue;
        }
        let [leave, arrive] = if from < to {
            [strokes.corners[0], strokes.corners[1]]
        } else {
            [strokes.corners[2], strokes.corners[3]]
        };
        for row in grid.iter_mut().take(from.max(to)).skip(from.min(to) + 1) {
            row[column] = strokes.upright;
        }
        grid[from][column] = leave;
        grid[to][column] = arrive;
    }
}

/// The axis below, and the epochs at its ends and in its middle.
fn foot(margin: usize, columns: usize, last: f64, style: Style) -> Vec<Vec<Span>> {
    let (corner, line) = (style.pick("+", "└", "+"), style.pick("-", "─", "-"));
    let axis = format!("{:>margin$} {corner}{}", "", line.repeat(columns));
    // Epochs are whole: the one in the middle stands where it is.
    let half = (last / 2.0).floor();
    let half_at = (columns as f64 * half / last) as usize;
    let (middle, end) = (num::count(half as usize), num::count(last as usize));
    let mut text = format!("{:>margin$}  0", "");
    let start = margin + 2;
    for (label, at) in
        [(middle, start + half_at), (format_compact!("{end} epochs"), start + columns)]
    {
        // Centred under its place, or ending at the edge.
        let begin = if at == start + columns {
            at.saturating_sub(label.len())
        } else {
            at - label.len() / 2
        };
        if begin > text.len() {
            text.push_str(&" ".repeat(begin - text.len()));
            text.push_str(&label);
        }
    }
    vec![vec![Span::new(axis, Role::Faint)], vec![Span::new(text, Role::Faint)]]
}
