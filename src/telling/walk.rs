//! Which chains are walked factor by factor, and what of them is known.

use crate::name::Symbol;

/// The weights whose chain is walked factor by factor; the others plug in the
/// error signal of their unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Walk {
    /// The first of each layer, as the lecture does.
    #[default]
    First,
    /// All of them.
    All,
}

/// A weight or bias whose chain is walked factor by factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walked {
    /// The weight or bias.
    pub parameter: Symbol,
    /// The factors that an earlier chain had, one bit each.
    pub known: u16,
}

impl Walked {
    /// Whether an earlier chain had the factor at a place.
    pub const fn knows(self, at: usize) -> bool {
        at < u16::BITS as usize && self.known & (1 << at) != 0
    }
}
