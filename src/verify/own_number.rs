//! A number that was handed in, and what somebody may have in mind besides: found out
//! where somebody asks, for there may be very many.

use std::cell::{Cell, OnceCell};

use crate::expr::Interval;

/// Lines before a line that are looked back at for what may be in memory.
pub(super) const DEEPEST: usize = 2;

/// A number that was handed in.
pub(super) struct OwnNumber {
    pub(super) value: f64,
    /// Half the unit of its last place.
    pub(super) half_unit: f64,
    pub(super) claim: Interval,
    /// Whether the line is judged, and does not count as right.
    pub(super) tainted: Option<bool>,
    /// What was found out about it where somebody asked.
    remembered: OnceCell<Box<Remembered>>,
}

/// What somebody may have in mind besides a number that was handed in.
#[derive(Default)]
pub(super) struct Remembered {
    /// The part of the claim that may be in memory: what the line's own operands
    /// lead to.
    pub(super) memory: OnceCell<Interval>,
    /// The same where fewer lines are looked back at, and of which state of knowledge
    /// that is.
    pub(super) nearer: [Cell<Option<(u32, Interval)>>; DEEPEST],
    /// Points on the border of the claim that its own operands lead to, by the lines that
    /// are looked back at.
    pub(super) ties: [OnceCell<Vec<Interval>>; DEEPEST + 1],
}

impl OwnNumber {
    /// Of which nothing is found out yet.
    pub(super) const fn new(value: f64, half_unit: f64, claim: Interval) -> Self {
        Self { value, half_unit, claim, tainted: None, remembered: OnceCell::new() }
    }

    /// What was found out, or is to be.
    pub(super) fn asked(&self) -> &Remembered {
        self.remembered.get_or_init(Box::default)
    }

    /// Forgets what may be in memory, where the number claims something else after all.
    pub(super) fn forget_memory(&mut self) {
        if let Some(remembered) = self.remembered.get_mut() {
            remembered.memory = OnceCell::new();
        }
    }
}
