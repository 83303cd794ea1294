//! What a student was helped with while answering: a sheet that the program
//! itself has asked says so under `hints` and `corrections`.

use super::Reason;
use super::collector::Collector;
use crate::source::json::{self, JsonKind, JsonNode};
use crate::source::reader::key;

/// Help with one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Help {
    /// Hints that were shown, up to [`Help::MOST`].
    pub hints: u8,
    /// Answers that were taken back after they were told to be wrong.
    pub corrections: u8,
}

impl Help {
    /// Hints to a line; the last one is its value.
    pub const MOST: u8 = 4;

    /// Quarters of a line's credit that are gone: one for each hint and each
    /// correction.
    pub fn quarters(self) -> u8 {
        self.hints.saturating_add(self.corrections).min(Self::MOST)
    }

    /// The share of a line's credit that is left.
    pub fn leaves(self) -> f64 {
        f64::from(Self::MOST - self.quarters()) / f64::from(Self::MOST)
    }
}

/// The entries that hold help.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum HelpEntry {
    Hints,
    Corrections,
}

impl HelpEntry {
    const ALL: [Self; 2] = [Self::Hints, Self::Corrections];

    /// The entry that a key names.
    pub(super) fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|entry| entry.key() == key)
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Hints => "hints",
            Self::Corrections => "corrections",
        }
    }

    /// Reads `{"z1_out": 2}`, the value of a key at a place.
    pub(super) fn read(
        self,
        text: &str,
        entry: (usize, JsonNode<'_>),
        collector: &mut Collector<'_>,
    ) {
        let (at, node) = entry;
        if json::kind(node) != JsonKind::Object {
            collector.unread(at, node.get(), Reason::NoHelp);
            return;
        }
        for (key_node, count) in json::entries(node) {
            let at = json::span(text, key_node).start;
            let name = collector.known(&key(key_node));
            let count = count.get().parse().ok().filter(|count| *count <= Help::MOST);
            let (Some(name), Some(count)) = (name, count) else {
                let end = json::span(text, node).end;
                let whole = text.get(at..end).unwrap_or_default();
                collector.unread(at, whole.split(',').next().unwrap_or_default(), Reason::NoHelp);
                continue;
            };
            let help = collector.sheet.help.entry(name).or_default();
            match self {
                Self::Hints => help.hints = count,
                Self::Corrections => help.corrections = count,
            }
        }
    }
}
