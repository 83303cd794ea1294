//! The loss over the epochs, in bounded memory however long it goes on: evenly
//! spaced points, twice as far apart whenever there are too many, and for good
//! the epochs 1, 2, 5, 10, 20, 50 and so on.

/// Evenly spaced points that are kept; at least half as many stay.
const MOST_POINTS: usize = 400;

/// Losses by epoch. Epoch 0 is before the first update.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    points: Vec<(u64, f64)>,
    /// Epochs from one evenly spaced point to the next.
    spacing: u64,
    part: Option<usize>,
}

impl Default for History {
    fn default() -> Self {
        Self::new(1, None)
    }
}

impl History {
    /// No points yet. They are at least so many epochs apart, and where `part` says so,
    /// those between the first and the last are over so many observations only.
    pub(super) const fn new(spacing: u64, part: Option<usize>) -> Self {
        Self { points: Vec::new(), spacing, part }
    }

    /// How many observations the losses between the first and the last are over, where
    /// it is not all of them. The first and the last always are over all.
    pub const fn part(&self) -> Option<usize> {
        self.part
    }

    /// Adds the loss after an epoch, later than all before.
    pub(super) fn push(&mut self, epoch: u64, loss: f64) {
        self.points.push((epoch, loss));
        while self.points.len() > MOST_POINTS {
            self.spacing = self.spacing.saturating_mul(2);
            let spacing = self.spacing;
            let kept = |epoch: u64| epoch.is_multiple_of(spacing) || is_mark(epoch);
            self.points.retain(|(epoch, _)| kept(*epoch));
        }
    }

    /// The first epoch after this one whose loss is wanted.
    pub(super) fn next(&self, epoch: u64) -> u64 {
        let even = (epoch / self.spacing + 1).saturating_mul(self.spacing);
        even.min(next_mark(epoch))
    }

    /// Whether the loss after this epoch is wanted.
    pub(super) fn wants(&self, epoch: u64) -> bool {
        epoch.is_multiple_of(self.spacing) || is_mark(epoch)
    }

    /// Drops what was recorded from this epoch on.
    pub(super) fn cut(&mut self, epoch: u64) {
        self.points.retain(|(at, _)| *at < epoch);
    }

    /// Epochs and losses, in order.
    pub fn points(&self) -> &[(u64, f64)] {
        &self.points
    }

    /// The last loss, and after which epoch.
    pub fn last(&self) -> Option<(u64, f64)> {
        self.points.last().copied()
    }

    /// The points a person reads: before the first epoch, after the epochs 1,
    /// 2, 5, 10 and so on, and the last.
    pub fn marks(&self) -> Vec<(u64, f64)> {
        let last = self.last().map_or(0, |(epoch, _)| epoch);
        let shown = |epoch: u64| epoch == 0 || is_mark(epoch) || epoch == last;
        self.points.iter().filter(|(epoch, _)| shown(*epoch)).copied().collect()
    }
}

/// Whether an epoch is 1, 2 or 5 times a power of ten.
fn is_mark(epoch: u64) -> bool {
    let mut leading = epoch;
    while leading != 0 && leading.is_multiple_of(10) {
        leading /= 10;
    }
    matches!(leading, 1 | 2 | 5)
}

/// The first mark after an epoch.
fn next_mark(epoch: u64) -> u64 {
    let mut power: u64 = 1;
    loop {
        for leading in [1, 2, 5] {
            let mark = power.saturating_mul(leading);
            if mark > epoch || mark == u64::MAX {
                return mark;
            }
        }
        power = power.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(epochs: u64) -> History {
        let mut history = History::default();
        let mut epoch = 0;
        history.push(0, 1.0);
        while epoch < epochs {
            epoch = history.next(epoch).min(epochs);
            history.push(epoch, 1.0 / epoch as f64);
        }
        history
    }

    #[test]
    fn memory_is_bounded_and_the_marks_stay() {
        for epochs in [0, 1, 7, 399, 400, 401, 12_345, 3_000_000] {
            let history = of(epochs);
            let points = history.points();
            assert!(points.len() <= MOST_POINTS + 1, "{epochs}: {}", points.len());
            assert!(epochs < 400 || points.len() > MOST_POINTS / 3, "{epochs}: {}", points.len());
            assert!(points.windows(2).all(|pair| pair[0].0 < pair[1].0));
            assert_eq!(history.last().unwrap().0, epochs);
            let marks: Vec<u64> = history.marks().iter().map(|(epoch, _)| *epoch).collect();
            let mut expected: Vec<u64> =
                (0..=epochs).filter(|e| *e == 0 || is_mark(*e) || *e == epochs).collect();
            expected.dedup();
            assert_eq!(marks, expected);
        }
    }

    #[test]
    fn marks_are_one_two_five() {
        let marks: Vec<u64> =
            std::iter::successors(Some(1), |mark| Some(next_mark(*mark))).take(9).collect();
        assert_eq!(marks, [1, 2, 5, 10, 20, 50, 100, 200, 500]);
        assert_eq!(next_mark(u64::MAX), u64::MAX);
    }
}
