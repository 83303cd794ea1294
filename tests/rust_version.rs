//! The oldest Rust that the README and `Cargo.toml` name is one that every
//! locked package can be built with, as far as the packages say so.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Macros of the standard library that need a newer Rust than the packages that
/// name no version seem to think of, and the version that has them.
const NEWER: [(&str, [u64; 2]); 1] = [("cfg_select!", [1, 95])];

fn version(text: &str) -> [u64; 2] {
    let mut parts = text.split('.').map(|part| part.parse().unwrap());
    [parts.next().unwrap(), parts.next().unwrap_or(0)]
}

/// The locked packages that are built here, with this one.
fn packages() -> Vec<Value> {
    let version = Command::new("rustc").arg("-vV").output().unwrap().stdout;
    let version = String::from_utf8(version).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = folder.read_dir() else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .collect()
}

#[test]
fn every_locked_package_can_be_built_with_the_rust_that_is_named() {
    let claimed = version(env!("CARGO_PKG_RUST_VERSION"));
    let mut silent = 0;
    for package in packages() {
        let name = format!("{} {}", package["name"], package["version"]);
        if let Some(needed) = package["rust_version"].as_str() {
            assert!(version(needed) <= claimed, "{name} needs Rust {needed}");
            continue;
        }
        silent += 1;
        let manifest = Path::new(package["manifest_path"].as_str().unwrap());
        for file in rust_files(&manifest.with_file_name("src")) {
            let text = std::fs::read_to_string(&file).unwrap_or_default();
            for (word, since) in NEWER {
                assert!(since <= claimed || !text.contains(word), "{name} uses {word}");
            }
        }
    }
    assert!(silent > 0, "packages are found and read");
}

#[test]
fn the_readme_names_the_rust_of_the_manifest() {
    let readme = include_str!("../README.md");
    assert!(readme.contains(concat!("With Rust ", env!("CARGO_PKG_RUST_VERSION"), " or newer")));
}
