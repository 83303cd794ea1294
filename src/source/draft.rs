//! Files that are written: in a draft beside the old one, which then takes its
//! place, so that nobody ever finds half of it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use thiserror::Error;

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
    /// Makes sure that the file at `path` can be written, before it is needed.
    /// A link stays a link: what it leads to is replaced.
    ///
    /// # Errors
    /// What is in the way.
    pub(crate) fn open(path: &Path) -> Result<Self, Unwritable> {
        let shown = shown(path);
        let unwritable = |why: String| Unwritable { path: shown.clone(), why };
        check_regular(path)?;
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        if path.file_name().is_none() {
            return Err(unwritable("this names no file".to_owned()));
        }
        let folder = folder_of(&path);
        if !folder.is_dir() {
            return Err(unwritable(format!("there is no folder `{}`", self::shown(folder))));
        }
        // What the system says of the draft itself would name a file that the
        // user does not know.
        let draft = builder().tempfile_in(folder);
        let file = draft.map_err(|error| unwritable(error.kind().to_string()))?;
        Ok(Self { path, shown, file })
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

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
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
    builder.prefix(".backprop-tutor-");
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
