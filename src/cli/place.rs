//! The place where a walkthrough was left, kept in the user's state folder.

use std::path::PathBuf;

use super::args::RunArgs;
use super::state_folder;
use crate::source::draft::{self, Unwritable};
use crate::source::file::{self, STANDARD_INPUT};
use crate::step::Place;

/// The file that it is kept in; none where the exercise has no name, or the user
/// no such folder.
pub(super) struct KeptPlace(Option<PathBuf>);

impl KeptPlace {
    pub(super) fn of(args: &RunArgs) -> Self {
        if args.scenario == STANDARD_INPUT {
            return Self(None);
        }
        let mut name = state_folder::name_of(&args.scenario);
        if let Some(sample) = args.sample {
            name.push_str(&format!("%{sample}"));
        }
        Self(state_folder::file(&name, "place"))
    }

    /// The place, if one was kept. What cannot be read is none.
    pub(super) fn read(&self) -> Option<Place> {
        let path = self.0.as_ref().filter(|path| path.exists())?;
        let bytes = file::bytes_at(path, "a place in a lesson").ok()?;
        Place::read(str::from_utf8(&bytes).ok()?)
    }

    /// Keeps a place, in the place of the one before.
    pub(super) fn write(&self, place: &Place) -> Result<(), Unwritable> {
        self.0.as_ref().map_or(Ok(()), |path| draft::replace(path, place.to_text().as_bytes()))
    }
}
