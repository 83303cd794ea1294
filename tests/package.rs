//! What `cargo package` packs: the program, what it embeds and what people read.

use std::path::Path;
use std::process::Command;

/// Files beside the sources and the scenarios.
const MOST_OTHERS: usize = 30;

/// All of them together, in bytes.
const LARGEST: u64 = 4 << 20;

#[test]
fn the_package_is_small() {
    let output = Command::new(env!("CARGO"))
        .args(["package", "--list", "--allow-dirty", "--offline", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    let list = String::from_utf8(output.stdout).unwrap().replace('\\', "/");
    let is_other = |file: &&str| !file.starts_with("src/") && !file.starts_with("scenarios/");
    let others: Vec<&str> = list.lines().filter(is_other).collect();
    assert!(others.len() <= MOST_OTHERS, "{others:#?}");
    for folder in ["tests/", "benches/", "fuzz/", "examples/"] {
        assert!(!others.iter().any(|file| file.starts_with(folder)), "{folder} is packed");
    }
    for needed in ["Cargo.lock", "README.md", "LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"] {
        assert!(others.contains(&needed), "{needed} is missing");
    }
    let size = |file: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join(file).metadata();
    // What cargo adds is not there.
    let bytes: u64 = list.lines().filter_map(|file| Some(size(file).ok()?.len())).sum();
    assert!(bytes <= LARGEST, "{bytes} bytes");
}
