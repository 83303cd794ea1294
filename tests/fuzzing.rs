//! The corpus of the fuzz targets, replayed; and a driver that mutates it without
//! instruments, for a stable toolchain:
//!
//! `FUZZ_SECONDS=60 cargo test --test fuzzing -- --ignored --nocapture`
//!
//! `FUZZ_TARGET` picks one, `FUZZ_SEED` the mutations, and `FUZZ_KEEP=1` writes the
//! shortest input of each kind back into `fuzz/corpus`.
#![expect(clippy::print_stdout, reason = "whoever searches wants to know how far")]

#[path = "../fuzz/targets/mod.rs"]
mod targets;

#[path = "../fuzz/driver.rs"]
mod driver;

use std::fs;
use std::panic::catch_unwind;
use std::path::PathBuf;

fn corpus(target: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target)
}

#[test]
fn the_corpus_is_read() {
    for (name, target) in targets::ALL {
        let mut count = 0;
        for entry in fs::read_dir(corpus(name)).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            let read = catch_unwind(|| target(&bytes));
            assert!(read.is_ok(), "{name} panics at {}", path.display());
            count += 1;
        }
        assert!(count > 4, "{name} has hardly any corpus");
    }
}

/// Everything that cargo-fuzz would run has its file, and the other way round.
#[test]
fn every_target_has_its_binary() {
    let manifest = fs::read_to_string("fuzz/Cargo.toml").unwrap();
    let files = fs::read_dir("fuzz/fuzz_targets").unwrap().count();
    assert_eq!(files, targets::ALL.len());
    for (name, _) in targets::ALL {
        let path = format!("fuzz_targets/{name}.rs");
        assert!(manifest.contains(&path), "{name}");
        let code = fs::read_to_string(format!("fuzz/{path}")).unwrap();
        assert!(code.contains(&format!("targets::{name}(bytes)")), "{name}");
    }
}

#[test]
#[ignore = "takes as long as it is given"]
fn mutate() {
    driver::run(&targets::ALL, &corpus);
}
