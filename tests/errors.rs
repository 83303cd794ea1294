//! The gallery of broken scenario files: one file per mistake, one snapshot per
//! message. Adding a case is adding a file.

use std::fmt::Write;

use backprop_tutor::num;
use backprop_tutor::scenario::{embedded, read};
use backprop_tutor::text::harmless;
use proptest::prelude::*;

#[test]
fn every_broken_file_is_answered_with_its_place_and_what_to_do() {
    insta::glob!("errors/*.json", |path| {
        let label = path.file_name().unwrap().to_str().unwrap();
        let faults = match read(&std::fs::read(path).unwrap(), label) {
            Ok(_) => panic!("{label} reads without a fault"),
            Err(faults) => faults,
        };
        let message = faults.to_string();
        for line in message.lines() {
            assert_eq!(line, harmless(line), "{label}");
        }
        // The message stands beside the file, under the same name.
        let mut settings = insta::Settings::clone_current();
        settings.remove_snapshot_suffix();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.remove_input_file();
        settings.set_snapshot_path("errors");
        settings.bind(|| insta::assert_snapshot!(label.trim_end_matches(".json"), message));
    });
}

#[test]
fn every_message_of_the_gallery_has_its_file() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/errors");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        assert!(path.with_extension("json").exists(), "{} is left over", path.display());
    }
}

fn xor() -> &'static str {
    embedded::named("xor").expect("xor is embedded").text
}

fn message(text: &str) -> String {
    read(text.as_bytes(), "file").expect_err("the text has a fault").to_string()
}

#[test]
fn all_that_a_file_says_is_read() {
    let scenario = read(xor().as_bytes(), "xor").unwrap();
    assert_eq!(scenario.title, "XOR: one forward and one backward pass");
    assert_eq!((scenario.digits, scenario.learning_rate), (4.into(), Some(0.5)));
    assert!(scenario.update_biases);
    assert_eq!(scenario.network.layers[0].weights.values(), [-0.07, 0.94, 0.22, 0.46]);
    assert_eq!(scenario.network.layers[1].biases, Some(vec![0.78]));
    assert_eq!(
        (&scenario.samples[0].x[..], &scenario.samples[0].y[..]),
        (&[1.0, 0.0][..], &[1.0][..])
    );
    let reference = scenario.reference.unwrap();
    assert_eq!(reference.values.len(), 26);
    let (name, written) = &reference.values[22];
    assert_eq!(
        (scenario.network.naming().plain(*name).as_str(), written.text().as_str()),
        ("u2_new", "0.5970")
    );
    assert_eq!((reference.carry.len(), reference.notes.len()), (2, 2));
}

#[test]
fn what_may_be_left_out_has_its_usual_value() {
    let text = r#"{ "loss": "output", "layers": [{ "activation": "relu", "weights": [[2]] }], "sample": { "x": [3] } }"#;
    let scenario = read(text.as_bytes(), "file").unwrap();
    assert_eq!((scenario.title.as_str(), scenario.source), ("Untitled exercise", None));
    assert_eq!((scenario.digits, scenario.learning_rate), (4.into(), None));
    assert_eq!(scenario.network.layers[0].biases, None);
    assert!(scenario.samples[0].y.is_empty());
}

#[test]
fn reference_numbers_keep_their_digits_and_text_is_harmless() {
    let text = xor()
        .replace("\"0.5970\"", "0.5970")
        .replace("XOR:", "\\u001b[2J\u{202e}XOR:")
        .replace("1.1122 is", "\\u00071.1122\\nis");
    let scenario = read(text.as_bytes(), "file").unwrap();
    assert!(scenario.title.starts_with("\\u{1b}[2J\\u{202e}XOR:"));
    let reference = scenario.reference.unwrap();
    assert_eq!(reference.values[22].1.text(), "0.5970");
    assert!(reference.notes[0].1.starts_with("\\u{7}1.1122 is"));
}

#[test]
fn numbers_are_read_to_their_last_bit() {
    let text = xor().replace("[-0.46,", "[0.1000000000000000055511151231257827,");
    let scenario = read(text.as_bytes(), "file").unwrap();
    assert_eq!(scenario.network.layers[0].biases.as_ref().unwrap()[0], 0.1);
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    assert!(read(format!("\u{feff}{}", xor()).as_bytes(), "file").is_ok());
}

#[test]
fn deep_nesting_neither_overflows_the_stack_nor_takes_long() {
    let depth = 1_000_000;
    let deep = "[".repeat(depth) + &"]".repeat(depth);
    for (from, to) in [
        ("[1, 0]", deep.clone()),
        ("\"y\": 1", format!("\"y\": {deep}")),
        ("0.94", deep.clone()),
        ("\"-0.53\"", deep.clone()),
        ("\"half_squared_error\"", deep.clone()),
        ("\"title\"", format!("\"other\": {deep}, \"title\"")),
    ] {
        assert!(
            message(&xor().replacen(from, &to, 1)).contains("expected ") || from == "\"title\""
        );
    }
    assert!(message(&deep).contains("expected an object, found a list"));
    assert!(message(&"[".repeat(depth)).contains("is not closed"));
    assert!(message(&"{\"a\":".repeat(depth)).contains("is not closed"));
}

/// A network of `inputs` to `units`, its weights given by `number`.
fn wide(inputs: usize, units: usize, number: impl Fn(usize) -> String) -> String {
    let mut text = String::from(
        "{ \"loss\": \"output\", \"layers\": [{ \"activation\": \"tanh\", \"weights\": [",
    );
    for row in 0..inputs {
        text.push_str(if row == 0 { "\n[" } else { ",\n[" });
        for column in 0..units {
            let comma = if column == 0 { "" } else { ", " };
            let _ = write!(text, "{comma}{}", number(row * units + column));
        }
        text.push(']');
    }
    let x = vec!["1"; inputs].join(", ");
    let _ = write!(text, "] }}], \"sample\": {{ \"x\": [{x}] }} }}");
    text
}

#[test]
fn a_hundred_thousand_weights_are_read() {
    let text = wide(250, 400, |at| num::show_exactly(at as f64 / 1e6).into());
    let scenario = read(text.as_bytes(), "file").unwrap();
    assert_eq!(scenario.network.weights(), 100_000);
    assert_eq!(scenario.network.layers[0].weights.at(249, 399), 0.099_999);
}

#[test]
fn a_million_faults_are_counted_and_twenty_printed() {
    let faults = read(wide(1000, 1000, |_| "true".into()).as_bytes(), "file").unwrap_err();
    assert_eq!(faults.count(), 1_000_000);
    let message = faults.to_string();
    assert_eq!(message.matches("expected a number").count(), 20);
    assert!(message.ends_with("and 999,980 more faults\n\n1,000,000 faults in file"), "{message}");
    let unknown: String = (0..300_000).map(|at| format!("\"lose{at}\": 1,\n")).collect();
    let faults = read(format!("{{{unknown}\"loss\": 1}}").as_bytes(), "file").unwrap_err();
    assert_eq!(faults.count(), 300_003);
    let names: String = (0..300_000).map(|at| format!("\"z{at}_in\": 1,\n")).collect();
    let text = xor().replace("\"z1_in\": \"-0.53\",", &names);
    assert!(read(text.as_bytes(), "file").unwrap_err().count() > 299_000);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, "file").map_err(|faults| faults.to_string());
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,60}") {
        prop_assert!(!message(&text).is_empty());
    }

    #[test]
    fn a_damaged_file_is_read_or_answered(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..4_usize, "[\\[\\]{}\",:.0-9a-z\u{1b}é −]{0,3}"), 1..6),
    ) {
        let mut text = xor().to_owned();
        for (index, cut, new) in edits {
            let at = index.index(text.len());
            let at = (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let end = (at + cut).min(text.len());
            let end = (end..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap();
            text.replace_range(at..end, &new);
        }
        if let Err(faults) = read(text.as_bytes(), "file") {
            let message = faults.to_string();
            prop_assert!(faults.count() > 0 && message.contains('^'));
            for line in message.lines() {
                prop_assert_eq!(line, harmless(line));
            }
        }
    }

    #[test]
    fn a_value_of_another_kind_is_read_or_answered(at in any::<prop::sample::Index>(), kind in 0..7_usize) {
        let other = ["null", "true", "\"\"", "[]", "{}", "-1e400", "[[[1]]]"][kind];
        let text = xor();
        // Values begin after a colon, a comma or a bracket.
        let starts: Vec<usize> = text
            .char_indices()
            .filter(|&(at, c)| text[..at].trim_end().ends_with([':', ',', '[']) && !c.is_whitespace())
            .map(|(at, _)| at)
            .collect();
        let start = *at.get(&starts);
        let Some(end) = text[start..].find([',', ']', '}']) else { return Ok(()) };
        let changed = format!("{}{other}{}", &text[..start], &text[start + end..]);
        let _ = read(changed.as_bytes(), "file").map_err(|faults| faults.to_string());
    }
}
