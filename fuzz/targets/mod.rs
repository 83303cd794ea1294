//! What is fuzzed: readers of whatever people hand in, and the ways from there to
//! everything that is printed. Each target says in a few words what became of its
//! input, so that a search without instruments can tell new inputs from old ones.
#![allow(dead_code, reason = "every fuzz binary uses one of them")]

mod pages;

use std::sync::OnceLock;

use backprop_tutor::name::Pattern;
use backprop_tutor::network::Network;
use backprop_tutor::num::Written;
use backprop_tutor::program::reading;
use backprop_tutor::scenario::{self, Scenario, embedded};
use backprop_tutor::source::table;
use backprop_tutor::text::harmless;
use backprop_tutor::verify::{self, Sheet, written};

/// A target: its name, and what it does with bytes.
pub(crate) type Target = (&'static str, fn(&[u8]) -> String);

/// All of them.
pub(crate) const ALL: [Target; 9] = [
    ("scenario", scenario),
    ("sheet_text", sheet_text),
    ("sheet_json", sheet_json),
    ("table", table),
    ("names", names),
    ("numbers", numbers),
    ("arrays", arrays),
    ("lesson", lesson),
    ("report", report),
];

/// Parameters of a network whose lesson is written in every format.
const MOST_PARAMETERS: usize = 60;

/// A scenario file.
pub(crate) fn scenario(bytes: &[u8]) -> String {
    match scenario::read(bytes, "file") {
        Ok(scenario) => format!("read {}", scenario.network.shape()),
        Err(faults) => told(&faults.to_string()),
    }
}

/// An answer sheet of any kind but JSON.
pub(crate) fn sheet_text(bytes: &[u8]) -> String {
    sheet_of(bytes)
}

/// An answer sheet that begins as JSON does.
pub(crate) fn sheet_json(bytes: &[u8]) -> String {
    let text = [b"{", bytes.strip_prefix(b"{").unwrap_or(bytes)].concat();
    sheet_of(&text)
}

fn sheet_of(bytes: &[u8]) -> String {
    match verify::read(bytes, "sheet", xor_network()) {
        Ok(sheet) => summary(&sheet),
        Err(faults) => told(&faults.to_string()),
    }
}

fn summary(sheet: &Sheet) -> String {
    let reasons = sheet.unread.iter().take(3).map(|unread| kind(&format!("{:?}", unread.reason)));
    let readings = sheet.answers.iter().take(4).map(|answer| {
        assert_eq!(answer.reading.text(), harmless(&answer.reading.text()));
        kind(&format!("{:?}", answer.reading))
    });
    let named = if sheet.student.is_some() { "named" } else { "" };
    readings.chain(reasons).chain([named.to_owned()]).collect::<Vec<_>>().join(" ")
}

/// A table of numbers.
pub(crate) fn table(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut rows = 0;
    let mut count = |row: &[f64]| {
        assert!(row.len() == 3 && row.iter().all(|number| number.is_finite()));
        rows += 1;
        Ok(())
    };
    match table::read_text(&text, "table", 3, "x1, x2 and y", &mut count) {
        Ok(names) => format!("{} names, {} rows", names.len(), rows.min(2)),
        Err(error) => told(&error.to_string()),
    }
}

/// Names of quantities, and patterns of them.
pub(crate) fn names(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut found = String::new();
    for network in [xor_network(), deep_network()] {
        let naming = network.naming();
        match network.find(&text) {
            Ok(name) => {
                let plain = naming.plain(name);
                assert_eq!(network.find(&plain), Ok(name), "{plain}");
                found.push_str(&kind(&plain));
            }
            Err(Some(nearest)) => {
                assert!(network.find(&nearest).is_ok(), "{nearest}");
                found.push('?');
            }
            Err(None) => found.push('-'),
        }
        found.push(if Pattern::read(&text, naming).is_some() { '*' } else { ' ' });
    }
    found
}

/// Numbers as people write them.
pub(crate) fn numbers(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    if let Some(number) = Written::read(&text) {
        assert!(number.value.is_finite(), "{text}");
    }
    match written::read(&text) {
        Ok(number) => {
            assert!(number.value.is_finite(), "{text}");
            kind(&format!("{number:?}"))
        }
        Err(problem) => kind(&format!("{problem:?}")),
    }
}

/// Arrays of somebody's own program.
pub(crate) fn arrays(bytes: &[u8]) -> String {
    match reading::read(bytes, "arrays") {
        Ok(arrays) => format!("{} arrays", arrays.len().min(4)),
        Err(error) => told(&error.to_string()),
    }
}

/// From a scenario to everything that is written of its lesson.
pub(crate) fn lesson(bytes: &[u8]) -> String {
    match scenario::read(bytes, "file") {
        Ok(scenario) if scenario.network.parameters() <= MOST_PARAMETERS => {
            pages::lesson(&scenario)
        }
        Ok(_) => "large".to_owned(),
        Err(_) => "faults".to_owned(),
    }
}

/// From a sheet to its report.
pub(crate) fn report(bytes: &[u8]) -> String {
    match verify::read(bytes, "sheet", xor_network()) {
        Ok(sheet) => pages::report(xor(), &sheet),
        Err(_) => "faults".to_owned(),
    }
}

/// A message, which has to be harmless, without what it quotes.
fn told(message: &str) -> String {
    for line in message.lines() {
        assert_eq!(line, harmless(line));
    }
    let lines = message.lines().filter(|line| !line.starts_with("  "));
    lines.take(3).map(kind).collect::<Vec<_>>().join(" ")
}

/// Words without digits, signs and what stands between quotes or in brackets.
fn kind(words: &str) -> String {
    let plain = words.split(['`', '"', '(', ')']).step_by(2);
    plain.flat_map(|part| part.chars().filter(char::is_ascii_alphabetic)).take(60).collect()
}

fn named(name: &str) -> Scenario {
    let text = embedded::named(name).expect("it is embedded").text;
    scenario::read(text.as_bytes(), name).expect("it has no faults")
}

fn xor() -> &'static Scenario {
    static XOR: OnceLock<Scenario> = OnceLock::new();
    XOR.get_or_init(|| named("xor"))
}

fn xor_network() -> &'static Network {
    &xor().network
}

fn deep_network() -> &'static Network {
    static DEEP: OnceLock<Scenario> = OnceLock::new();
    &DEEP.get_or_init(|| named("deep")).network
}
