//! The scale of a chart: logarithmic where it can be, with round numbers at its
//! side. Characters and pictures share it.

use compact_str::CompactString;

use crate::document::Chart;
use crate::num;

/// Significant digits of numbers at the axes.
const DIGITS: usize = 12;

/// Where a number stands from bottom to top.
pub struct Scale {
    /// Logarithms to the base 10, or the numbers themselves where one is not
    /// above 0.
    pub(super) logarithmic: bool,
    low: f64,
    high: f64,
}

impl Scale {
    /// The scale of a chart that has points to show.
    pub fn of(chart: &Chart) -> Option<Self> {
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

    pub(super) fn height(&self, loss: f64) -> f64 {
        if self.logarithmic { loss.log10() } else { loss }
    }

    /// How far below the top a loss stands: 1 is at the bottom.
    pub fn share(&self, loss: f64) -> f64 {
        (self.high - self.height(loss)) / (self.high - self.low)
    }

    /// The row of a loss among so many; the first is at the top.
    pub(super) fn row(&self, loss: f64, rows: usize) -> usize {
        (self.share(loss) * (rows - 1) as f64).round().clamp(0.0, (rows - 1) as f64) as usize
    }

    /// Round numbers at the axis: powers of ten, and 2 and 5 times them where
    /// there is room in so many rows. Each with its row, its number and its text.
    pub fn ticks(&self, rows: usize) -> Vec<(usize, f64, CompactString)> {
        let ticks = self.ticks_at(self.round_numbers(), rows);
        // Within a part of a decade there may be no such number.
        if self.logarithmic && ticks.len() < LEAST_TICKS {
            let (low, high) = (10.0_f64.powf(self.low), 10.0_f64.powf(self.high));
            let between = self.ticks_at(multiples(low, high), rows);
            return if between.len() > ticks.len() { between } else { ticks };
        }
        ticks
    }

    fn ticks_at(&self, values: Vec<f64>, rows: usize) -> Vec<(usize, f64, CompactString)> {
        let mut ticks: Vec<(usize, f64, CompactString)> = Vec::new();
        for value in values {
            let row = self.row(value, rows);
            let inside = (self.low..=self.high).contains(&self.height(value));
            if inside && ticks.iter().all(|(at, ..)| at.abs_diff(row) > 1) {
                ticks.push((row, value, num::show(value, DIGITS)));
            }
        }
        ticks
    }

    fn round_numbers(&self) -> Vec<f64> {
        if !self.logarithmic {
            return multiples(self.low, self.high);
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

/// Ticks that tell how high a curve is.
const LEAST_TICKS: usize = 3;

/// Multiples of 1, 2 or 5 times a power of ten: two to five of them.
fn multiples(low: f64, high: f64) -> Vec<f64> {
    let range = high - low;
    let decade = range.log10().floor() as i32;
    let step = [2.0, 1.0, 0.5]
        .map(|leading| leading * 10.0_f64.powi(decade))
        .into_iter()
        .find(|step| range / step >= 2.0)
        .unwrap_or(range);
    let first = (low / step).ceil() as i64;
    (first..).map(|at| at as f64 * step).take_while(|value| *value <= high).collect()
}
