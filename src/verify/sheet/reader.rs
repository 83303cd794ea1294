//! Reads the sheets of one network: made once, for any number of sheets and
//! from any number of threads.

use super::collector::Collector;
use super::known::{self, KnownNames};
use super::{FORMAT, Sheet, decode, json, text};
use crate::name::{Name, NameNumbering};
use crate::network::Network;
use crate::source::{self, Faults};

/// Reads answer sheets for a network.
#[derive(Debug)]
pub struct SheetReader<'n> {
    pub(super) network: &'n Network,
    pub(super) numbering: NameNumbering,
    /// How many samples a sheet is of; `None` where it is of one by itself.
    pub(super) samples: Option<usize>,
    pub(super) known: KnownNames,
}

impl<'n> SheetReader<'n> {
    /// Learns the names of a network.
    pub fn new(network: &'n Network) -> Self {
        Self::knowing(network, None, KnownNames::new(network, known::MOST))
    }

    /// For a single sheet, that is not worth learning many names for.
    pub(super) fn for_one_sheet(network: &'n Network) -> Self {
        Self::knowing(network, None, KnownNames::new(network, known::MOST_FOR_ONE_SHEET))
    }

    /// For sheets of so many samples together.
    pub(super) fn for_batch(network: &'n Network, samples: usize) -> Self {
        Self::knowing(network, Some(samples), KnownNames::default())
    }

    fn knowing(network: &'n Network, samples: Option<usize>, known: KnownNames) -> Self {
        Self { network, numbering: network.numbering(), samples, known }
    }

    /// The quantity of a name.
    ///
    /// # Errors
    /// What may be meant.
    pub(super) fn find(&self, text: &str) -> Result<Name, Option<String>> {
        match self.samples {
            Some(samples) => self.network.find_in_batch(text, samples),
            None => self.network.find(text),
        }
    }

    /// Whether the exercise has a quantity.
    pub(super) fn has(&self, name: Name) -> bool {
        match self.samples {
            Some(samples) => self.network.has_in_batch(name, samples),
            None => self.network.has(name),
        }
    }

    /// Reads the bytes of an answer sheet: JSON if it begins with `{`, else
    /// lines, a table, or LaTeX. `label` is what messages call it.
    ///
    /// # Errors
    /// If the bytes are no text at all, or JSON that is broken.
    pub fn read(&self, bytes: &[u8], label: &str) -> Result<Sheet, Faults> {
        let decoded = match decode::text(bytes) {
            Some(text) => text,
            None => source::text_of(bytes, label)?.into(),
        };
        let text = decoded.strip_prefix('\u{feff}').unwrap_or(&decoded);
        let mut collector = Collector::new(text, self);
        let start = text.trim_start();
        if start.starts_with('{') || (start.starts_with('[') && json::is_list(text)) {
            json::read(text, label, &FORMAT, &mut collector)?;
        } else {
            text::read(text, &mut collector);
        }
        Ok(collector.finish())
    }
}
