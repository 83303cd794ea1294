//! The exercises of students who have one each: a folder of scenarios, one for
//! every id.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::entry::Who;
use super::outcome::Trouble;
use super::place::file_name;
use crate::scenario::{self, Scenario};
use crate::source::file::{self, FileError};
use crate::source::folder;

/// Scenario files by what they are called.
#[derive(Debug)]
pub struct Scenarios {
    paths: FxHashMap<String, PathBuf>,
    first: Option<PathBuf>,
}

impl Scenarios {
    /// Lists the `.json` files of a folder.
    ///
    /// # Errors
    /// If it cannot be listed.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        let mut paths = FxHashMap::default();
        let mut first = None;
        for found in folder::files(path)? {
            let is_json = found.path.extension().is_some_and(|ending| ending == "json");
            if found.refused.is_none() && is_json {
                let stem = found.path.file_stem().unwrap_or_default().to_string_lossy();
                // `ada/scenario.json` is Ada's as well.
                let parent = found.path.parent().filter(|parent| *parent != path);
                let parent = parent.and_then(Path::file_name).map(|name| name.to_string_lossy());
                let id = match parent {
                    Some(parent) if stem == "scenario" => parent.into_owned(),
                    _ => stem.into_owned(),
                };
                first.get_or_insert_with(|| found.path.clone());
                paths.entry(id).or_insert(found.path);
            }
        }
        Ok(Self { paths, first })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.paths.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// Some scenario of them, as an example of all.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn example(&self) -> Option<Result<Scenario, Trouble>> {
        self.first.as_deref().map(load)
    }

    /// The scenario of a student: by id, login, mail address or name.
    pub fn of(&self, who: &Who) -> Option<Result<Scenario, Trouble>> {
        let keys = [Some(&who.id), who.login.as_ref(), who.email.as_ref(), who.student.as_ref()];
        let mut keys = keys.into_iter().flatten();
        let path = keys.find_map(|key| {
            self.paths.get(key.as_str()).or_else(|| self.paths.get(&file_name(key)))
        })?;
        Some(load(path))
    }
}

fn load(path: &Path) -> Result<Scenario, Trouble> {
    let bytes = file::bytes_at(path, "a scenario");
    let bytes = bytes.map_err(|error| Trouble::new("bad_scenario", error.to_string()))?;
    read(&bytes, &path.to_string_lossy())
}

/// Reads a scenario; of its faults the first is told.
pub(super) fn read(bytes: &[u8], label: &str) -> Result<Scenario, Trouble> {
    scenario::read(bytes, &crate::text::harmless(label)).map_err(|faults| {
        let told = faults.to_string();
        Trouble::new("bad_scenario", told.lines().next().unwrap_or_default())
    })
}
