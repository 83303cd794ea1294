//! Whether steps are shared out to threads: as long as that is faster.
//!
//! On a machine that has other things to do, waiting for a second thread can
//! cost more than it brings. The result is the same either way, so both are
//! timed now and then, and the faster one is taken.

use std::time::{Duration, Instant};

/// Steps of each kind that are timed in one trial.
const TRIED: u32 = 8;

/// Steps from one trial to the next.
const PERIOD: u32 = 1024;

/// The choice.
#[derive(Debug, Default)]
pub(super) struct Sharing {
    /// Steps since the last trial began.
    step: u32,
    /// Time of the steps that were tried alone, and of those shared.
    alone: Duration,
    shared: Duration,
    shares: bool,
}

impl Sharing {
    /// Whether the next step is shared.
    pub(super) fn next(&self) -> bool {
        match self.step {
            step if step < TRIED => true,
            step if step < 2 * TRIED => false,
            _ => self.shares,
        }
    }

    /// Notes a step that began at `start`.
    pub(super) fn done(&mut self, start: Instant) {
        if self.step < TRIED {
            self.shared += start.elapsed();
        } else if self.step < 2 * TRIED {
            self.alone += start.elapsed();
        }
        self.step += 1;
        if self.step == 2 * TRIED {
            self.shares = self.shared < self.alone;
        } else if self.step == PERIOD {
            *self = Self { shares: self.shares, ..Self::default() };
        }
    }
}
