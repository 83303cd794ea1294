//! Files that programs keep arrays in. What a file is, is seen by its first
//! bytes, not by its name; nothing in it is run, and nothing is allocated for
//! what it only claims to hold.

mod archive;
mod json;
mod numpy;
mod pasted;
mod pickle;
mod tensors;
mod tokens;

use thiserror::Error;

use super::array::Array;
use crate::text::{brief, harmless};

/// Arrays of the largest file.
const MOST_ARRAYS: usize = 10_000;

/// Why a file gives no arrays: what is wrong, and what to do.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{label}: {what}\n  help: {help}")]
pub struct Unreadable {
    /// The file, made harmless.
    pub label: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub help: String,
}

/// What is wrong inside a file, before it is known which.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ArrayFault {
    pub(crate) what: String,
    pub(crate) help: String,
}

impl ArrayFault {
    pub(crate) fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { what: what.into(), help: help.into() }
    }
}

/// Reads the arrays of a file. An array without a name of its own gets `label`
/// without its ending.
///
/// # Errors
/// Why there are none, and what to do.
pub fn read(bytes: &[u8], label: &str) -> Result<Vec<Array>, Unreadable> {
    let shown = harmless(label).into_owned();
    let unreadable =
        |ArrayFault { what, help }: ArrayFault| Unreadable { label: shown.clone(), what, help };
    let arrays = arrays(bytes, label).map_err(unreadable)?;
    if arrays.is_empty() {
        return Err(unreadable(ArrayFault::new("there is no array in it", WRITE_NPZ)));
    }
    if arrays.len() > MOST_ARRAYS {
        let what = format!("it holds more than {MOST_ARRAYS} arrays");
        return Err(unreadable(ArrayFault::new(what, "keep only those of one pass")));
    }
    Ok(arrays)
}

/// How a file is written that can be read.
const WRITE_NPZ: &str = "in Python: numpy.savez(\"grads.npz\", dW1=dW1, db1=db1, dW2=dW2, db2=db2)";

fn arrays(bytes: &[u8], label: &str) -> Result<Vec<Array>, ArrayFault> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive::read(bytes);
    }
    if bytes.starts_with(b"\x93NUMPY") {
        let stem = label.rsplit(['/', '\\']).next().unwrap_or(label);
        let stem = stem.strip_suffix(".npy").unwrap_or(stem);
        return Ok(vec![numpy::read(bytes, name(stem))?]);
    }
    if pickle::starts(bytes) {
        return Err(pickle::refused());
    }
    if tensors::starts(bytes) {
        return tensors::read(bytes);
    }
    let Ok(text) = str::from_utf8(bytes) else {
        return Err(ArrayFault::new(
            "this is neither npz, npy, safetensors, JSON nor UTF-8 text",
            WRITE_NPZ,
        ));
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match json::read(text) {
        Some(read) => read,
        None => pasted::read(text),
    }
}

/// The name of an array, made harmless and short.
fn name(text: &str) -> String {
    brief(text, 80)
}
