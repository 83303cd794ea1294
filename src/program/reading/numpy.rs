//! `.npy`: one array of NumPy.

use npyz::{DType, NpyFile, Order, TypeChar};

use super::{ArrayFault, pickle};
use crate::program::array::{Array, Stored};

/// Bytes of the longest header. NumPy's own limit is 10,000.
const LONGEST_HEADER: usize = 1 << 16;

const AS_FLOAT: &str = "save it as numbers: numpy.save(\"dW1.npy\", dW1.astype(\"float64\"))";

/// Reads an array. `bytes` starts as such a file does.
pub(super) fn read(bytes: &[u8], name: String) -> Result<Array, ArrayFault> {
    let broken = || {
        let help = "save it again with numpy.save or numpy.savez";
        ArrayFault::new(format!("{name}: this is no whole .npy file"), help)
    };
    check_header(bytes).ok_or_else(broken)?;
    let file = NpyFile::new(bytes).map_err(|_| broken())?;
    let header = file.header();
    let shape: Vec<usize> = header
        .shape()
        .iter()
        .map(|length| usize::try_from(*length).ok())
        .collect::<Option<_>>()
        .ok_or_else(broken)?;
    let in_columns = header.order() == Order::Fortran;
    let DType::Plain(kind) = header.dtype() else {
        return Err(ArrayFault::new(format!("{name}: this is a table of records"), AS_FLOAT));
    };
    let size = kind.size_field();
    let count = shape.iter().try_fold(1usize, |all, length| all.checked_mul(*length));
    let needed = count
        .and_then(|count| count.checked_mul(usize::try_from(size).ok()?))
        .filter(|needed| *needed <= bytes.len());
    let (Some(count), Some(_)) = (count, needed) else {
        return Err(broken());
    };
    let (values, stored) = match (kind.type_char(), size) {
        (TypeChar::Float, 8) => (numbers::<f64>(file, |value| value), Stored::Double),
        (TypeChar::Float, 4) => (numbers::<f32>(file, f64::from), Stored::Single),
        (TypeChar::Int, 1) => (numbers::<i8>(file, f64::from), Stored::Whole),
        (TypeChar::Int, 2) => (numbers::<i16>(file, f64::from), Stored::Whole),
        (TypeChar::Int, 4) => (numbers::<i32>(file, f64::from), Stored::Whole),
        (TypeChar::Int, 8) => (numbers::<i64>(file, |value| value as f64), Stored::Whole),
        (TypeChar::Uint, 1) => (numbers::<u8>(file, f64::from), Stored::Whole),
        (TypeChar::Uint, 2) => (numbers::<u16>(file, f64::from), Stored::Whole),
        (TypeChar::Uint, 4) => (numbers::<u32>(file, f64::from), Stored::Whole),
        (TypeChar::Uint, 8) => (numbers::<u64>(file, |value| value as f64), Stored::Whole),
        (TypeChar::Object, _) => return Err(pickle::objects(&name)),
        _ => {
            let what = format!("{name}: numbers of this kind ({kind}) are not read here");
            return Err(ArrayFault::new(what, AS_FLOAT));
        }
    };
    let values = values.filter(|values| values.len() == count).ok_or_else(broken)?;
    let values = if in_columns { by_rows(&values, &shape) } else { values };
    Ok(Array { name, shape, values, stored })
}

fn numbers<T: npyz::Deserialize>(
    file: NpyFile<&[u8]>,
    wide: impl Fn(T) -> f64,
) -> Option<Vec<f64>> {
    let values = file.into_vec::<T>().ok()?;
    Some(values.into_iter().map(wide).collect())
}

/// The header is as long as it says, and no deeper than a shape needs, before
/// anything is made of it.
fn check_header(bytes: &[u8]) -> Option<()> {
    let (length, start): (usize, usize) = match *bytes.get(6)? {
        1 => (usize::from(u16::from_le_bytes(bytes.get(8..10)?.try_into().ok()?)), 10),
        2 | 3 => (u32::from_le_bytes(bytes.get(8..12)?.try_into().ok()?) as usize, 12),
        _ => return None,
    };
    let header = bytes.get(start..start.checked_add(length)?)?;
    let brackets = header.iter().filter(|byte| matches!(byte, b'(' | b'[' | b'{')).count();
    // Records have many; an array of numbers has two.
    (length <= LONGEST_HEADER && brackets <= 64 && shape_fits(header, bytes.len())).then_some(())
}

/// Whether the shape of a header needs no more entries than there are bytes.
fn shape_fits(header: &[u8], bytes: usize) -> bool {
    let text = String::from_utf8_lossy(header);
    let Some((_, shape)) = text.split_once("'shape'") else { return false };
    let shape = shape.split(')').next().unwrap_or_default();
    let lengths = shape.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let mut lengths = lengths.map(str::parse::<usize>);
    let count = lengths.try_fold(1_usize, |all, length| all.checked_mul(length.ok()?));
    count.is_some_and(|count| count <= bytes)
}

/// Numbers that stand column by column, row by row.
fn by_rows(values: &[f64], shape: &[usize]) -> Vec<f64> {
    let mut index = vec![0; shape.len()];
    (0..values.len())
        .map(|_| {
            let mut step = 1;
            let mut at = 0;
            for (place, length) in index.iter().zip(shape) {
                at += place * step;
                step *= length;
            }
            for axis in (0..shape.len()).rev() {
                index[axis] += 1;
                if index[axis] < shape[axis] {
                    break;
                }
                index[axis] = 0;
            }
            values[at]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_become_rows() {
        // [[1, 2, 3], [4, 5, 6]] stands as 1 4 2 5 3 6.
        let values = by_rows(&[1.0, 4.0, 2.0, 5.0, 3.0, 6.0], &[2, 3]);
        assert_eq!(values, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    }
}
