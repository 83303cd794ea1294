//! One file, one writer: a lock beside a file for as long as a program keeps
//! writing it. The file itself is replaced as a whole each time, so that a lock
//! on it would be lost; the operating system lets go of a lock when its holder
//! ends, however it ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::draft::{self, Unwritable};

/// Tries to lock a file that others make and remove at the same moment.
const ATTEMPTS: usize = 100;

/// Longer is no number of a process.
const LONGEST_PROCESS: u64 = 20;

/// Why a file cannot be locked.
#[derive(Debug, Error)]
pub(crate) enum Locked {
    /// Another process writes it.
    #[error("another backprop-tutor{} keeps its answers in `{path}` now", which(.process))]
    Busy {
        /// The path, made harmless.
        path: String,
        /// The number of the other process, where it can be read.
        process: Option<u32>,
    },
    /// There is no place for the lock.
    #[error(transparent)]
    Unwritable(#[from] Unwritable),
}

fn which(number: &Option<u32>) -> String {
    number.map_or_else(String::new, |number| format!(" (process {number})"))
}

/// Held while it lives.
pub(crate) struct Lock {
    /// The locked file; `None` on a file system that knows no locks.
    file: Option<File>,
    path: PathBuf,
}

impl Lock {
    /// Locks the file at a path for writing, whether it exists or not; missing
    /// folders are made.
    ///
    /// # Errors
    /// Who has it, or why it cannot be locked.
    pub(crate) fn take(path: &Path) -> Result<Self, Locked> {
        let unwritable = |error: &io::Error| Unwritable::new(path, error.to_string());
        fs::create_dir_all(draft::folder_of(path)).map_err(|error| unwritable(&error))?;
        let lock = beside(path);
        for _ in 0..ATTEMPTS {
            let mut options = OpenOptions::new();
            let options = options.read(true).write(true).create(true).truncate(false);
            let mut file = options.open(&lock).map_err(|error| unwritable(&error))?;
            match file.try_lock() {
                Ok(()) if !is_at(&file, &lock) => {}
                Ok(()) => {
                    sign(&mut file).map_err(|error| unwritable(&error))?;
                    return Ok(Self { file: Some(file), path: lock });
                }
                Err(TryLockError::WouldBlock) => {
                    let path = draft::shown(path);
                    return Err(Locked::Busy { path, process: signature(&mut file) });
                }
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(Self { file: None, path: lock });
                }
                Err(TryLockError::Error(error)) => return Err(unwritable(&error).into()),
            }
        }
        Err(Unwritable::new(path, "others lock it all the time".to_owned()).into())
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is held, so that it is nobody else's. Elsewhere than
        // on Unix an open file is not removed; an empty one stays behind.
        if self.file.is_some() && cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// `.answers.json.lock`. Whoever comes by a link finds the same one.
fn beside(path: &Path) -> PathBuf {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".lock");
    draft::folder_of(&path).join(name)
}

/// Writes which process holds the lock. A file that says something else is
/// somebody's, and left as it is.
fn sign(file: &mut File) -> io::Result<()> {
    if file.metadata()?.len() > 0 && signature(file).is_none() {
        return Err(io::Error::other("the file in the place of its lock is no lock"));
    }
    file.rewind()?;
    file.set_len(0)?;
    writeln!(file, "{}", std::process::id())
}

fn signature(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(LONGEST_PROCESS).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

/// Whether the file is still the one at its path, and not removed by whoever
/// held the lock before.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let (here, there) = (file.metadata().map(place), fs::metadata(path).map(place));
    here.is_ok_and(|here| there.is_ok_and(|there| here == there))
}

#[cfg(not(unix))]
const fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holds_it_at_a_time_and_nothing_stays_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/answers.json");
        let first = Lock::take(&path).unwrap();
        let Err(Locked::Busy { process, .. }) = Lock::take(&path) else { panic!("two hold it") };
        assert_eq!(process, Some(std::process::id()));
        drop(first);
        drop(Lock::take(&path).unwrap());
        if cfg!(unix) {
            assert_eq!(fs::read_dir(folder.path().join("new")).unwrap().count(), 0);
        }
    }

    #[test]
    fn what_a_killed_process_left_is_taken_and_what_is_no_lock_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (path, lock) = (folder.path().join("a"), folder.path().join(".a.lock"));
        fs::write(&lock, "4711\n").unwrap();
        drop(Lock::take(&path).unwrap());
        fs::write(&lock, "my thesis").unwrap();
        let Err(Locked::Unwritable(_)) = Lock::take(&path) else { panic!("it was taken") };
        assert_eq!(fs::read_to_string(&lock).unwrap(), "my thesis");
    }
}
