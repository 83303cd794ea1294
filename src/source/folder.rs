//! The files in a folder and the folders below it, in an order that is the same
//! everywhere.

use std::fs;
use std::path::{Path, PathBuf};

use super::draft::shown;
use super::file::FileError;

/// Folders within each other that are looked into.
const DEEPEST: usize = 8;

/// Files that are listed.
const MOST: usize = 2_000_000;

/// What stands in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FolderContents {
    pub(crate) path: PathBuf,
    /// Why it is not read; none for a file.
    pub(crate) refused: Option<&'static str>,
}

/// All files below a folder but hidden ones, in the order of their paths. A link
/// is listed and not followed: what it leads to is nobody's sheet, and may be
/// a secret of whoever marks.
///
/// # Errors
/// If the folder itself cannot be listed.
pub(crate) fn files(folder: &Path) -> Result<Vec<FolderContents>, FileError> {
    let unreadable = |error| FileError::Unreadable { path: shown(folder), error };
    let mut found = Vec::new();
    let mut open = vec![(folder.to_path_buf(), 0)];
    while let Some((folder, depth)) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if depth == 0 => return Err(unreadable(error)),
            Err(_) => {
                found.push(FolderContents {
                    path: folder,
                    refused: Some("the folder cannot be listed"),
                });
                continue;
            }
        };
        for entry in entries {
            let entry = entry.map_err(unreadable)?;
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let path = entry.path();
            let refused = match entry.file_type() {
                Ok(kind) if kind.is_dir() && depth < DEEPEST => {
                    open.push((path, depth + 1));
                    continue;
                }
                Ok(kind) if kind.is_dir() => Some("it is a folder too deep within others"),
                Ok(kind) if kind.is_file() => None,
                Ok(kind) if kind.is_symlink() => Some("it is a link, which is not followed"),
                Ok(_) => Some("it is no regular file"),
                Err(_) => Some("it cannot be looked at"),
            };
            found.push(FolderContents { path, refused });
            if found.len() > MOST {
                let error = std::io::Error::other("there are more than two million files in it");
                return Err(unreadable(error));
            }
        }
    }
    found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_in_order_and_links_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a/2.txt", "a/1.txt", ".hidden"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink("/etc", folder.path().join("z")).unwrap();
        let found = files(folder.path()).unwrap();
        let of = |found: &FolderContents| {
            let path = found.path.strip_prefix(folder.path()).unwrap();
            (path.to_str().unwrap().replace('\\', "/"), found.refused.is_some())
        };
        let names: Vec<_> = found.iter().map(of).collect();
        let expected = [("a/1.txt", false), ("a/2.txt", false), ("b.txt", false), ("z", true)];
        let expected = expected.map(|(name, refused)| (name.to_owned(), refused));
        assert_eq!(names, expected[..names.len()]);
        assert!(files(&folder.path().join("none")).is_err());
    }
}
