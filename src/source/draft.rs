//! Files that are written: in a draft beside the old one, which then takes its
//! place, so that nobody ever finds half of it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use thiserror::Error;

use super::leftover;
use crate::text::harmless;

/// Why a file cannot be written.
#[derive(Debug, Error)]
#[error("cannot write `{path}`: {why}")]
pub struct Unwritable {
    /// The path, made harmless.
    path: String,
    /// What is in the way.
    why: String,
}

impl Unwritable {
    pub(super) fn new(path: &Path, why: String) -> Self {
        Self { path: shown(path), why }
    }
}

/// A file to be written. Until it is finished nothing is changed.
pub(crate) struct Draft {
    path: PathBuf,
    shown: String,
    file: NamedTempFile,
}

impl Draft {
    /// Begins the file at `path`. A link stays a link: what it leads to is
    /// replaced.
    ///
    /// # Errors
    /// What is in the way.
    pub(crate) fn open(path: &Path) -> Result<Self, Unwritable> {
        let place = place(path)?;
        let folder = folder_of(&place);
        leftover::sweep(folder);
        let draft = builder().tempfile_in(folder).map_err(|error| in_the_way(path, &error))?;
        leftover::claim(draft.as_file());
        Ok(Self { path: place, shown: shown(path), file: draft })
    }

    /// Puts the draft in the place of the file. On return it is on disk.
    ///
    /// # Errors
    /// What went wrong; the old file is then still there.
    pub(crate) fn finish(self) -> Result<(), Unwritable> {
        let Self { path, shown, file } = self;
        let done = file.as_file().sync_all();
        let done = done.and_then(|()| file.persist(path).map_err(|error| error.error));
        done.map(drop).map_err(|error| Unwritable { path: shown, why: error.to_string() })
    }
}

// The file itself, not the one with a name: its errors would name a draft that the
// user does not know.
impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_file_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_file_mut().flush()
    }
}

/// Makes sure that a file can be written, long before it is. Nothing stays
/// behind, however the program ends meanwhile.
///
/// # Errors
/// What is in the way.
pub(crate) fn check_writable(path: &Path) -> Result<(), Unwritable> {
    let place = place(path)?;
    let unnamed = tempfile::tempfile_in(folder_of(&place));
    unnamed.map(drop).map_err(|error| in_the_way(path, &error))
}

/// Where the file at a path is.
fn place(path: &Path) -> Result<PathBuf, Unwritable> {
    check_regular(path)?;
    let place = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    if place.file_name().is_none() {
        return Err(Unwritable::new(path, "this names no file".to_owned()));
    }
    let folder = folder_of(&place);
    if !folder.is_dir() {
        let why = format!("there is no folder `{}`", shown(folder));
        return Err(Unwritable::new(path, why));
    }
    Ok(place)
}

/// What the system says of the draft itself would name a file that the user does
/// not know.
fn in_the_way(path: &Path, error: &io::Error) -> Unwritable {
    Unwritable::new(path, error.kind().to_string())
}

/// Fails where something else than a file is in the way.
///
/// # Errors
/// What it is.
pub(crate) fn check_regular(path: &Path) -> Result<(), Unwritable> {
    if path.exists() && !path.is_file() {
        let what = if path.is_dir() { "it is a folder" } else { "it is no regular file" };
        return Err(Unwritable::new(path, what.to_owned()));
    }
    Ok(())
}

/// Replaces the file at a path as a whole; missing folders are made.
///
/// # Errors
/// Why it cannot be written.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Unwritable> {
    let unwritable = |error: io::Error| Unwritable::new(path, error.to_string());
    fs::create_dir_all(folder_of(path)).map_err(unwritable)?;
    let mut draft = Draft::open(path)?;
    draft.write_all(bytes).map_err(unwritable)?;
    draft.finish()
}

/// Lets a file be run as a program, where the system asks for that.
///
/// # Errors
/// If its permissions cannot be changed.
pub(crate) fn make_executable(path: &Path) -> Result<(), Unwritable> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let unwritable = |error: io::Error| Unwritable::new(path, error.to_string());
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).map_err(unwritable)?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

pub(super) fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or_else(|| Path::new("."))
}

/// Drafts that become files like any other: readable as the user's mask says.
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(leftover::PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

pub(super) fn shown(path: &Path) -> String {
    harmless(&path.to_string_lossy()).into_owned()
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn what_is_checked_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        check_writable(&folder.path().join("a")).unwrap();
        assert!(names(folder.path()).is_empty());
        assert!(check_writable(&folder.path().join("none/a")).is_err());
        assert!(check_writable(folder.path()).is_err());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_does_not_name_the_draft() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let mut draft = Draft::open(&path).unwrap();
        let (_, name) = draft.file.into_parts();
        let full = File::options().write(true).open("/dev/full").unwrap();
        draft.file = NamedTempFile::from_parts(full, name);
        let error = draft.write_all(b"text").unwrap_err();
        assert!(!error.to_string().contains(leftover::PREFIX), "{error}");
        let error = draft.finish().unwrap_err().to_string();
        assert!(error.starts_with("cannot write `"), "{error}");
        assert!(!error.contains(leftover::PREFIX), "{error}");
    }
}
