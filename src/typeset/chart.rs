//! A curve in characters, with a logarithmic scale from bottom to top.

use compact_str::{CompactString, format_compact};

use super::{Span, Style};
use crate::document::Chart;
use crate::math::Role;
use crate::num;

/// Rows of the curve.
const HEIGHT: usize = 15;

/// The widest curve: more columns say no more.
const WIDEST: usize = 100;

/// The narrowest curve that says anything.
const NARROWEST: usize = 12;

/// Significant digits of numbers at the axes.
const DIGITS: usize = 12;

/// The lines of a chart.
pub(super) fn draw(chart: &Chart, width: usize, style: Style) -> Vec<Vec<Span>> {
    let Some(scale) = Scale::of(chart) else { return Vec::new() };
    let ticks = scale.ticks();
    let margin = ticks.iter().map(|(_, text)| text.len()).max().unwrap_or(0) + 2;
    let columns = width.min(WIDEST).saturating_sub(margin + 2);
    if columns < NARROWEST {
        return Vec::new();
    }
    let last = chart.points[chart.points.len() - 1].0;
    let mut grid = vec![vec![' '; columns]; HEIGHT];
    trace(&rows(chart, &scale, columns, last), &mut grid, Strokes::of(style));
    let mut lines = vec![vec![Span::new(format!("  {}", chart.title), Role::Faint)]];
    for (row, cells) in grid.into_iter().enumerate() {
        let tick = ticks.iter().find(|(at, _)| *at == row);
        let label = tick.map_or("", |(_, text)| text);
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

/// Where a loss stands from bottom to top.
struct Scale {
    /// Logarithms to the base 10, or the numbers themselves where one is not
    /// above 0.
    logarithmic: bool,
    low: f64,
    high: f64,
}

impl Scale {
    /// The scale of a chart that has points to show.
    fn of(chart: &Chart) -> Option<Self> {
        let losses = || chart.points.iter().map(|(_, loss)| *loss);
        if chart.points.len() < 2 || !losses().all(f64::is_finite) {
            return None;
        }
        let logarithmic = losses().all(|loss| loss > 0.0);
        let mut scale = Self { logarithmic, low: f64::INFINITY, high: f64::NEG_INFINITY };
        for loss in losses() {
            let height = scale.height(loss);
            scale.low = scale.low.min(height);
            scale.high = scale.high.max(height);
        }
        // A curve that hardly moves is shown as one that hardly moves.
        let least = if logarithmic { 0.1 } else { 1e-3 * scale.high.abs().max(1e-300) };
        if scale.high - scale.low < least {
            let middle = f64::midpoint(scale.low, scale.high);
            (scale.low, scale.high) = (middle - least / 2.0, middle + least / 2.0);
        }
        Some(scale)
    }

    fn height(&self, loss: f64) -> f64 {
        if self.logarithmic { loss.log10() } else { loss }
    }

    /// The row of a loss; the first is at the top.
    fn row(&self, loss: f64) -> usize {
        let share = (self.high - self.height(loss)) / (self.high - self.low);
        (share * (HEIGHT - 1) as f64).round().clamp(0.0, (HEIGHT - 1) as f64) as usize
    }

    /// Round numbers at the axis: powers of ten, and 2 and 5 times them where
    /// there is room.
    fn ticks(&self) -> Vec<(usize, CompactString)> {
        let mut ticks: Vec<(usize, CompactString)> = Vec::new();
        for value in self.round_numbers() {
            let row = self.row(value);
            let inside = (self.low..=self.high).contains(&self.height(value));
            if inside && ticks.iter().all(|(at, _)| at.abs_diff(row) > 1) {
                ticks.push((row, num::show(value, DIGITS)));
            }
        }
        ticks
    }

    /// Multiples of 1, 2 or 5 times a power of ten: two to five of them.
    fn round_steps(&self) -> Vec<f64> {
        let range = self.high - self.low;
        let decade = range.log10().floor() as i32;
        let step = [2.0, 1.0, 0.5]
            .map(|leading| leading * 10.0_f64.powi(decade))
            .into_iter()
            .find(|step| range / step >= 2.0)
            .unwrap_or(range);
        let first = (self.low / step).ceil() as i64;
        (first..).map(|at| at as f64 * step).take_while(|value| *value <= self.high).collect()
    }

    fn round_numbers(&self) -> Vec<f64> {
        if !self.logarithmic {
            return self.round_steps();
        }
        let decades = self.low.floor() as i32..=self.high.ceil() as i32;
        let few = self.high - self.low < 1.0;
        let leading: &[f64] = if few {
            &[1.0, 5.0, 2.0, 3.0, 1.5, 4.0, 7.0, 2.5, 6.0, 1.2]
        } else {
            &[1.0, 5.0, 2.0]
        };
        // The most important first: the others take the room that is left.
        let all = leading.iter().flat_map(|leading| {
            decades
                .clone()
                .map(move |decade| format!("{leading}e{decade}").parse().unwrap_or(f64::NAN))
        });
        all.collect()
    }
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
        scale.row(if scale.logarithmic { 10.0_f64.powf(height) } else { height })
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
