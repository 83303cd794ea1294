//! How many digits the lines of a sheet have: what most have, and what the coarsest have
//! that do not just happen to be short.

use smallvec::SmallVec;

use super::{MOST_LEVELS, Shown};

/// Units of a finer precision, from the exact value, up to which a shorter
/// number may be one that happens to end in zeros.
const SHORT_WITHIN: f64 = 3.0;

/// One line in so many that is coarser than the others says nothing of them.
const FEW: usize = 7;

/// How fine a sheet is in one way of counting digits.
pub(super) struct DigitLevels {
    /// Counts of digits that lines have, the coarsest last.
    levels: Vec<i32>,
    /// The share of lines with just so many digits, among those that are not short,
    /// at the level that most have.
    pub(super) fit: f64,
}

impl DigitLevels {
    pub(super) fn of(
        lines: &[Shown],
        digits: impl Fn(&Shown) -> i32,
        unit: impl Fn(&Shown, i32) -> f64,
    ) -> Self {
        let gap = |line: &Shown| (line.value - line.expected).abs();
        let is_short = |line: &Shown, level| {
            digits(line) < level && gap(line) <= SHORT_WITHIN * unit(line, level)
        };
        // Wrong numbers say nothing of the precision they were worked with.
        let is_off = |line: &Shown| gap(line) > 2.0 * unit(line, digits(line));
        let is_coarse =
            |line: &Shown, level| digits(line) < level && !is_short(line, level) && !is_off(line);
        let mut level = lines.iter().map(&digits).max().unwrap_or(0);
        let mut levels = vec![level];
        loop {
            let coarser: Vec<i32> =
                lines.iter().filter(|line| is_coarse(line, level)).map(&digits).collect();
            match coarser.iter().max() {
                Some(next) if coarser.len() * FEW > lines.len() => level = *next,
                Some(_) | None => break,
            }
            levels.push(level);
        }
        let fit = |level: i32| {
            let rest = lines.iter().filter(|line| !is_short(line, level)).count();
            let exact = lines.iter().filter(|line| digits(line) == level).count();
            exact as f64 / rest.max(1) as f64
        };
        // Most lines say it best, whatever single ones say.
        let mut usual = (level, 0.0);
        let mut seen: SmallVec<[i32; 16]> = SmallVec::new();
        for level in lines.iter().map(&digits) {
            if seen.contains(&level) {
                continue;
            }
            seen.push(level);
            let fit = fit(level);
            if fit > usual.1 {
                usual = (level, fit);
            }
        }
        let (usual, fit) = usual;
        if !levels.contains(&usual) {
            levels.push(usual);
            levels.sort_unstable_by_key(|level| -level);
        }
        Self { levels, fit }
    }

    /// The most digits that a line has.
    pub(super) fn finest(&self) -> i32 {
        self.levels.first().copied().unwrap_or_default()
    }

    /// The coarsest levels, none below the `fewest` digits.
    pub(super) fn coarsest(&self, fewest: i32) -> impl Iterator<Item = i32> + use<> {
        let mut levels: Vec<i32> =
            self.levels.iter().rev().take(MOST_LEVELS).map(|digits| *digits.max(&fewest)).collect();
        levels.dedup();
        levels.into_iter()
    }
}
