//! `.npz`: several arrays of NumPy in a zip archive.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{ArrayFault, MOST_ARRAYS, name, numpy, pickle};
use crate::program::array::Array;

/// Bytes of all arrays of an archive, unpacked: 16 million numbers of 64 bits.
const MOST_BYTES: u64 = 128 << 20;

/// Reads the arrays in their order.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Array>, ArrayFault> {
    let broken = || {
        let help = "save it again with numpy.savez(\"grads.npz\", dW1=dW1, ...)";
        ArrayFault::new("this is no whole .npz archive", help)
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if archive.file_names().flatten().any(|name| name.ends_with(".pkl")) {
        return Err(pickle::refused());
    }
    if archive.len() > MOST_ARRAYS {
        return Err(broken());
    }
    let mut left = MOST_BYTES;
    let mut arrays = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).map_err(|_| broken())?;
        let own = file.name().map_err(|_| broken())?.into_owned();
        let Some(stem) = own.strip_suffix(".npy") else { continue };
        let mut unpacked = Vec::new();
        let read = file.by_ref().take(left + 1).read_to_end(&mut unpacked);
        read.map_err(|_| broken())?;
        let Some(rest) = left.checked_sub(unpacked.len() as u64) else {
            let help = "keep only the arrays of one pass";
            return Err(ArrayFault::new("its arrays are larger than 128 MiB", help));
        };
        left = rest;
        if !unpacked.starts_with(b"\x93NUMPY") {
            return Err(broken());
        }
        arrays.push(numpy::read(&unpacked, name(stem))?);
    }
    Ok(arrays)
}
