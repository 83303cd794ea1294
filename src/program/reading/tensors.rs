//! safetensors: named tensors, without code.

use safetensors::{Dtype, SafeTensors};

use super::{ArrayFault, name};
use crate::program::array::{Array, Stored};

/// Whether the bytes start as such a file does: a length, then a JSON object.
pub(super) fn starts(bytes: &[u8]) -> bool {
    let length = bytes.first_chunk::<8>().map(|length| u64::from_le_bytes(*length));
    length.is_some_and(|length| length < bytes.len() as u64) && bytes.get(8) == Some(&b'{')
}

/// Reads the tensors, by name.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Array>, ArrayFault> {
    let tensors = SafeTensors::deserialize(bytes).map_err(|_| {
        let help =
            "save it again with safetensors.torch.save_file({\"dW1\": ...}, \"grads.safetensors\")";
        ArrayFault::new("this is no whole safetensors file", help)
    })?;
    let mut named = tensors.tensors();
    named.sort_by(|(a, _), (b, _)| a.cmp(b));
    named
        .into_iter()
        .map(|(own, tensor)| {
            let data = tensor.data();
            let (values, stored): (Vec<f64>, Stored) = match tensor.dtype() {
                Dtype::F64 => (chunks(data, f64::from_le_bytes), Stored::Double),
                Dtype::F32 => (chunks(data, |b| f32::from_le_bytes(b).into()), Stored::Single),
                Dtype::I64 => (chunks(data, |b| i64::from_le_bytes(b) as f64), Stored::Whole),
                Dtype::I32 => (chunks(data, |b| i32::from_le_bytes(b).into()), Stored::Whole),
                Dtype::I16 => (chunks(data, |b| i16::from_le_bytes(b).into()), Stored::Whole),
                Dtype::I8 => (chunks(data, |b| i8::from_le_bytes(b).into()), Stored::Whole),
                Dtype::U8 | Dtype::BOOL => (chunks(data, |[b]: [u8; 1]| b.into()), Stored::Whole),
                other => {
                    let what = format!(
                        "{}: numbers of this kind ({other:?}) are not read here",
                        name(&own)
                    );
                    return Err(ArrayFault::new(
                        what,
                        "save it as numbers of 32 bits: dW1.float()",
                    ));
                }
            };
            Ok(Array { name: name(&own), shape: tensor.shape().to_vec(), values, stored })
        })
        .collect()
}

fn chunks<const N: usize>(data: &[u8], number: impl Fn([u8; N]) -> f64) -> Vec<f64> {
    data.chunks_exact(N).filter_map(|chunk| Some(number(chunk.try_into().ok()?))).collect()
}
