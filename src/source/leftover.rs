//! Drafts that a killed program left behind. A living one holds a lock on its
//! draft, which the operating system lets go of when it ends, however it ends.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How the name of a draft begins.
pub(super) const PREFIX: &str = ".backprop-tutor-";

/// A younger one may be about to be locked.
const OLD: Duration = Duration::from_secs(60);

/// Says that a draft is being written.
pub(super) fn claim(draft: &File) {
    // Where there are no locks, nothing is swept either.
    let _ = draft.try_lock();
}

/// Removes what was left in a folder, once for each folder.
pub(super) fn sweep(folder: &Path) {
    static SWEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let mut swept = SWEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if swept.insert(folder.to_path_buf()) {
        remove_from(folder, OLD);
    }
}

/// What cannot be removed stays.
fn remove_from(folder: &Path, old: Duration) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_draft = entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes());
        if is_draft && is_left(&entry, old) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_left(entry: &fs::DirEntry, old: Duration) -> bool {
    let Ok(metadata) = entry.metadata() else { return false };
    let age = metadata.modified().ok().and_then(|time| time.elapsed().ok());
    metadata.is_file()
        && age.is_some_and(|age| age >= old)
        && File::options().write(true).open(entry.path()).is_ok_and(|file| file.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_drafts_that_nobody_writes_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in [".backprop-tutor-left", ".backprop-tutor-held", ".backprop", "mine.json"] {
            fs::write(at(name), "").unwrap();
        }
        let held = File::options().write(true).open(at(".backprop-tutor-held")).unwrap();
        claim(&held);
        remove_from(folder.path(), OLD);
        assert!(at(".backprop-tutor-left").exists(), "it is young");
        remove_from(folder.path(), Duration::ZERO);
        assert!(!at(".backprop-tutor-left").exists());
        for name in [".backprop-tutor-held", ".backprop", "mine.json"] {
            assert!(at(name).exists(), "{name}");
        }
    }
}
