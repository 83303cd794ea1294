//! The bytes of a file or of standard input, up to a limit.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use thiserror::Error;

use super::FileFormat;
use crate::text;

/// Bytes of the longest file that is read.
const LONGEST: u64 = 64 << 20;

/// Bytes of a program, with all that helps to debug it: beyond, it is none.
const LONGEST_PROGRAM: u64 = 1 << 30;

/// Files of a folder that are looked at.
const MOST_FILES: usize = 10_000;

/// The argument that stands for standard input.
pub(crate) const STANDARD_INPUT: &str = "-";

/// Whether standard output is a file: neither a terminal nor a pipe. Where there is no
/// way to tell, it is none.
pub(crate) fn is_standard_output() -> bool {
    std::fs::metadata("/dev/stdout").is_ok_and(|stdout| stdout.is_file())
}

/// Why a file cannot be read.
#[derive(Debug, Error)]
pub enum FileError {
    /// There is no file at the path.
    #[error("there is no file `{path}`")]
    Missing {
        /// The path, made harmless.
        path: String,
    },
    /// The path leads to a folder.
    #[error("`{path}` is a folder; give the path of {what} file in it")]
    Folder {
        /// The path, made harmless.
        path: String,
        /// What was to be read.
        what: &'static str,
    },
    /// The file is longer than any of its format.
    #[error("`{path}` is larger than 64 MiB, too large for {what}")]
    TooLarge {
        /// The path, made harmless.
        path: String,
        /// What was to be read.
        what: &'static str,
    },
    /// The operating system could not read it.
    #[error("cannot read `{path}`: {error}")]
    Unreadable {
        /// The path, made harmless.
        path: String,
        /// What the operating system says.
        error: io::Error,
    },
}

/// What an argument is called in reports.
pub(crate) fn label(argument: &str) -> &str {
    if argument == STANDARD_INPUT { "standard input" } else { argument }
}

/// The bytes of the file at a path, or of standard input for `-`.
///
/// # Errors
/// Why it cannot be read.
pub(crate) fn bytes(argument: &str, format: &FileFormat) -> Result<Vec<u8>, FileError> {
    if argument == STANDARD_INPUT {
        return bounded(io::stdin().lock(), label(argument), format.a_noun);
    }
    bytes_at(Path::new(argument), format.a_noun)
}

/// The bytes of the file at a path; `what` it holds is told where it cannot.
///
/// # Errors
/// Why it cannot be read.
pub(crate) fn bytes_at(path: &Path, what: &'static str) -> Result<Vec<u8>, FileError> {
    let file = opened(path, what)?;
    bounded(file, &path.to_string_lossy(), what)
}

/// The bytes of this program, or of one like it: as many as there are.
///
/// # Errors
/// Why it cannot be read.
pub(crate) fn program_at(path: &Path) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    let label = path.to_string_lossy();
    match opened(path, "the program")?.take(LONGEST_PROGRAM).read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(FileError::Unreadable { path: shown(&label), error }),
    }
}

fn opened(path: &Path, what: &'static str) -> Result<File, FileError> {
    let label = path.to_string_lossy();
    if path.is_dir() {
        return Err(FileError::Folder { path: shown(&label), what });
    }
    match File::open(path) {
        Ok(file) => Ok(file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(FileError::Missing { path: shown(&label) })
        }
        Err(error) => Err(FileError::Unreadable { path: shown(&label), error }),
    }
}

/// The files of a folder whose names have this ending, by name: each with its
/// name without the ending, and its bytes.
///
/// # Errors
/// Why one of them cannot be read.
pub(crate) fn folder(
    path: &Path,
    ending: &str,
    what: &'static str,
) -> Result<Vec<(String, Vec<u8>)>, FileError> {
    let unreadable = |error| FileError::Unreadable { path: shown(&path.to_string_lossy()), error };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)?.take(MOST_FILES) {
        let name = entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(ending).map(|stem| (stem.to_owned(), path.join(&name))));
    }
    names.sort();
    let mut left = LONGEST;
    let mut files = Vec::new();
    for (stem, path) in names {
        let bytes = bytes_at(&path, what)?;
        let Some(rest) = left.checked_sub(bytes.len() as u64) else {
            return Err(FileError::TooLarge { path: shown(&path.to_string_lossy()), what });
        };
        left = rest;
        files.push((stem, bytes));
    }
    Ok(files)
}

/// Reads to the end, but no further than any file of the format goes.
fn bounded(source: impl Read, label: &str, what: &'static str) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    match source.take(LONGEST + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > LONGEST => {
            Err(FileError::TooLarge { path: shown(label), what })
        }
        Ok(_) => Ok(bytes),
        Err(error) => Err(FileError::Unreadable { path: shown(label), error }),
    }
}

fn shown(path: &str) -> String {
    text::harmless(path).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMAT: FileFormat =
        FileFormat { noun: "scenario", a_noun: "a scenario", shape: "", remarks: "" };

    #[test]
    fn folders_and_endless_files_are_refused() {
        let folder = env!("CARGO_MANIFEST_DIR");
        assert_eq!(
            bytes(folder, &FORMAT).unwrap_err().to_string(),
            format!("`{folder}` is a folder; give the path of a scenario file in it")
        );
        let error = bounded(io::repeat(b' '), "endless", FORMAT.a_noun).unwrap_err();
        assert_eq!(error.to_string(), "`endless` is larger than 64 MiB, too large for a scenario");
    }

    #[test]
    fn a_path_is_shown_harmless() {
        let error = bytes("none\u{1b}.json", &FORMAT).unwrap_err();
        assert_eq!(error.to_string(), "there is no file `none\\u{1b}.json`");
    }
}
