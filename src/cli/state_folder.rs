//! Files that are kept between two runs, in the user's state folder.

use std::path::{Path, PathBuf};

use super::fingerprint;
use crate::scenario::embedded;

/// The folder of this program in it.
const FOLDER: &str = "backprop-tutor";

/// The file of this name, if there is such a folder.
pub(super) fn file(name: &str, ending: &str) -> Option<PathBuf> {
    let folder = dirs::state_dir().or_else(dirs::data_local_dir)?;
    let name = short(&name.replace(['/', '\\', ':'], "%"));
    Some(folder.join(FOLDER).join(format!("{name}.{ending}")))
}

/// What a scenario is called there: by the name of one that comes with the
/// program, or by where its file is.
pub(super) fn name_of(scenario: &str) -> String {
    if embedded::named(scenario).is_some() {
        return scenario.to_owned();
    }
    let path = Path::new(scenario).canonicalize().unwrap_or_else(|_| PathBuf::from(scenario));
    path.to_string_lossy().into_owned()
}

/// A name that file systems take: the end of a long one, and what tells it from
/// others.
fn short(name: &str) -> String {
    const LONGEST: usize = 200;
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let end = name.char_indices().map(|(at, _)| at).find(|at| name.len() - at <= LONGEST);
    format!("{:08x}{}", fingerprint::fnv(name.as_bytes()), &name[end.unwrap_or(0)..])
}
