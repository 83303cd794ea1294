//! Files of arrays: each kind is read, and what is broken or hostile is refused
//! with what to do.

use std::io::{Cursor, Write};
use std::slice;

use backprop_tutor::program::array::{Array, Stored};
use backprop_tutor::program::reading::read;
use proptest::prelude::{ProptestConfig, proptest};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// An array as NumPy writes it.
pub(super) fn npy(array: &Array) -> Vec<u8> {
    let (kind, data): (&str, Vec<u8>) = match array.stored {
        Stored::Single => {
            ("<f4", array.values.iter().flat_map(|v| (*v as f32).to_le_bytes()).collect())
        }
        Stored::Whole => {
            ("<i8", array.values.iter().flat_map(|v| (*v as i64).to_le_bytes()).collect())
        }
        Stored::Double | Stored::Digits(_) => {
            ("<f8", array.values.iter().flat_map(|v| v.to_le_bytes()).collect())
        }
    };
    let shape: String = array.shape.iter().map(|length| format!("{length}, ")).collect();
    let dictionary = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': ({shape}), }}");
    with_header(&dictionary, &data)
}

fn with_header(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    let padded = (10 + dictionary.len() + 1).next_multiple_of(64) - 10;
    bytes.extend((padded as u16).to_le_bytes());
    bytes.extend(format!("{dictionary:<width$}\n", width = padded - 1).bytes());
    bytes.extend(data);
    bytes
}

/// Arrays in an archive, as `numpy.savez_compressed` writes them.
pub(super) fn npz(arrays: &[Array]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for array in arrays {
        archive.start_file(format!("{}.npy", array.name), options).unwrap();
        archive.write_all(&npy(array)).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn array(name: &str, stored: Stored) -> Array {
    let values = vec![1.0, -2.0, 3.0, 4.0, 5.0, -6.0];
    Array { name: name.to_owned(), shape: vec![2, 3], values, stored }
}

#[test]
fn each_kind_of_number_is_read() {
    for stored in [Stored::Double, Stored::Single, Stored::Whole] {
        let array = array("dW1", stored);
        assert_eq!(read(&npy(&array), "some/folder/dW1.npy").unwrap(), slice::from_ref(&array));
        assert_eq!(read(&npz(slice::from_ref(&array)), "grads.npz").unwrap(), [array]);
    }
}

#[test]
fn other_byte_and_row_orders_are_read() {
    let array = array("a", Stored::Double);
    let values: Vec<u8> = array.values.iter().flat_map(|v| v.to_be_bytes()).collect();
    let header = "{'descr': '>f8', 'fortran_order': False, 'shape': (2, 3), }";
    assert_eq!(read(&with_header(header, &values), "a.npy").unwrap(), slice::from_ref(&array));
    let by_columns: Vec<u8> =
        [0, 3, 1, 4, 2, 5].iter().flat_map(|at| array.values[*at].to_le_bytes()).collect();
    let header = "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }";
    assert_eq!(read(&with_header(header, &by_columns), "a.npy").unwrap(), [array]);
}

#[test]
fn tensors_are_read() {
    let values: Vec<u8> = [1.5f32, -2.0].iter().flat_map(|v| v.to_le_bytes()).collect();
    let header = r#"{"0.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}"#;
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.bytes());
    bytes.extend(values);
    let read = read(&bytes, "grads.safetensors").unwrap();
    assert_eq!((read[0].name.as_str(), &read[0].shape), ("0.weight", &vec![1, 2]));
    assert_eq!((&read[0].values, &read[0].stored), (&vec![1.5, -2.0], &Stored::Single));
}

#[test]
fn lists_of_layers_are_read_as_json() {
    let read =
        read(br#"{"grads": {"nabla_w": [[[1, 2]], [[3]]], "n": 2}, "t": "x"}"#, "-").unwrap();
    let told: Vec<_> = read.iter().map(|a| (a.name.as_str(), a.shape.clone())).collect();
    assert_eq!(
        told,
        [("grads.nabla_w[0]", vec![1, 2]), ("grads.nabla_w[1]", vec![1, 1]), ("grads.n", vec![])]
    );
}

#[test]
fn what_cannot_be_read_is_refused_with_what_to_do() {
    let whole = npy(&array("a", Stored::Double));
    let huge = with_header(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (9999999999, 9999999999), }",
        &[],
    );
    let objects = with_header("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", &[0; 8]);
    let nested =
        format!("{{'descr': {}, 'fortran_order': False, 'shape': (1,), }}", "[(".repeat(40));
    let archive = npz(&[array("a", Stored::Double)]);
    let endless = (u64::MAX).to_le_bytes().iter().copied().chain(*b"{}").collect::<Vec<_>>();
    for (bytes, help) in [
        (whole[..whole.len() - 1].to_vec(), "numpy.save"),
        (huge, "numpy.save"),
        (objects, "allow_pickle"),
        (with_header(&nested, &[0; 8]), "numpy.save"),
        (archive[..archive.len() / 2].to_vec(), "numpy.savez"),
        (endless, "numpy.savez"),
        (b"\x80\x04\x95pickle".to_vec(), "torch.load"),
        (b"dW1 = [[0.1, ..., 0.2]]".to_vec(), "set_printoptions"),
        (b"nothing here".to_vec(), "numpy.savez"),
        (b"{\"dW1\": [[1], [2, 3], \"x\"]}".to_vec(), "rows of numbers"),
        (vec![b'['; 1_000_000], "numpy.savez"),
        (b"dW1 = [[0.1, 0.2], [0.3".to_vec(), "bracket"),
        (Vec::new(), "numpy.savez"),
    ] {
        let error = read(&bytes, "file\u{1b}").unwrap_err().to_string();
        assert!(error.contains(help), "{help}: {error}");
        assert!(!error.contains('\u{1b}'), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nothing_in_a_file_stops_the_reader(at in 0usize..400, byte: u8, cut in 0usize..500, text in "[\\[\\]()a-z0-9.=,: e'\"*-]{0,60}") {
        for whole in [
            npz(&[array("a", Stored::Double), array("b", Stored::Single)]),
            npy(&array("a", Stored::Double)),
        ] {
            let mut bytes = whole;
            let place = at % bytes.len();
            bytes[place] = byte;
            bytes.truncate(cut.max(1).min(bytes.len()));
            let _ = read(&bytes, "file");
        }
        let _ = read(text.as_bytes(), "file");
    }
}
