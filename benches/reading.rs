//! Reading large files, against what the same libraries need for the numbers
//! alone: `serde_json` into structs, `csv` and `parse`. Each pair in one run and by
//! turns. The ratios are the result: our time by theirs.
//!
//! `cargo bench --bench reading`
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, or fails")]

use std::fmt::Write;
use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use backprop_tutor::{scenario, source};
use serde::Deserialize;

const TURNS: usize = 7;

/// About 62 MB as weights, and nearly as much as samples.
const SIDE: usize = 1760;

/// About 89 MB.
const LINES: usize = 60_000;
const COLUMNS: usize = 74;

#[derive(Deserialize)]
struct Peer {
    layers: Vec<PeerLayer>,
    #[serde(default)]
    samples: Vec<PeerSample>,
}

#[derive(Deserialize)]
struct PeerLayer {
    weights: Vec<Vec<f64>>,
    biases: Option<Vec<f64>>,
}

#[derive(Deserialize)]
struct PeerSample {
    x: Vec<f64>,
    y: Vec<f64>,
}

/// Numbers with all their digits, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }

    fn list(&mut self, count: usize) -> String {
        let numbers: Vec<String> = (0..count).map(|_| self.next().to_string()).collect();
        format!("[{}]", numbers.join(", "))
    }
}

fn weights() -> String {
    let mut numbers = Numbers(1);
    let rows: Vec<String> = (0..SIDE).map(|_| numbers.list(SIDE)).collect();
    let (x, y) = (numbers.list(SIDE), numbers.list(SIDE));
    format!(
        r#"{{"loss": "half_squared_error", "layers": [{{"activation": "tanh", "weights": [{}]}}],
        "samples": [{{"x": {x}, "y": {y}}}]}}"#,
        rows.join(",\n")
    )
}

fn samples() -> String {
    let mut numbers = Numbers(2);
    let mut text =
        r#"{"loss": "half_squared_error", "layers": [{"activation": "tanh", "weights": [[1], [2],
        [3]]}], "samples": ["#
            .to_owned();
    for at in 0..SIDE * SIDE / 5 {
        let comma = if at > 0 { ",\n" } else { "" };
        write!(text, r#"{comma}{{"x": {}, "y": {}}}"#, numbers.list(3), numbers.list(1)).unwrap();
    }
    text + "]}"
}

fn table() -> String {
    let mut numbers = Numbers(3);
    let names: Vec<String> = (0..COLUMNS).map(|at| format!("c{at}")).collect();
    let mut text = names.join(",");
    for _ in 0..LINES {
        let row: Vec<String> = (0..COLUMNS).map(|_| numbers.next().to_string()).collect();
        write!(text, "\n{}", row.join(",")).unwrap();
    }
    text + "\n"
}

fn time(work: &mut dyn FnMut() -> usize) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn compare(
    what: &str,
    size: usize,
    ours: &mut dyn FnMut() -> usize,
    peer: &mut dyn FnMut() -> usize,
) {
    assert_eq!(ours(), peer(), "both read the same");
    let mut pairs: Vec<(Duration, Duration)> =
        (0..TURNS).map(|_| (time(ours), time(peer))).collect();
    let ratio = |pair: &(Duration, Duration)| pair.0.as_secs_f64() / pair.1.as_secs_f64();
    pairs.sort_by(|a, b| ratio(a).total_cmp(&ratio(b)));
    let (least, most) = (ratio(&pairs[0]), ratio(&pairs[TURNS - 1]));
    let median = &pairs[TURNS / 2];
    println!(
        "{what}, {} MB: {:.2} ({least:.2} to {most:.2}); {:?} against {:?}",
        size / 1_000_000,
        ratio(median),
        median.0,
        median.1
    );
}

fn main() {
    let folder =
        std::env::temp_dir().join(format!("backprop-tutor-reading-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    for (what, text) in [("weights", weights()), ("samples", samples())] {
        let path = folder.join("scenario.json");
        fs::write(&path, &text).unwrap();
        let (path, size) = (path.to_str().unwrap(), text.len());
        drop(text);
        let mut ours = || {
            let read = scenario::load(path).unwrap();
            let sample = |sample: &backprop_tutor::network::Sample| sample.x.len() + sample.y.len();
            read.network.parameters() + read.samples.iter().map(sample).sum::<usize>()
        };
        let mut peer = || {
            let read: Peer = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
            let layer = |layer: &PeerLayer| {
                let rows = layer.weights.iter().map(Vec::len).sum::<usize>();
                rows + layer.biases.as_ref().map_or(0, Vec::len)
            };
            read.layers.iter().map(layer).sum::<usize>()
                + read.samples.iter().map(|s| s.x.len() + s.y.len()).sum::<usize>()
        };
        compare(what, size, &mut ours, &mut peer);
    }
    let path = folder.join("table.csv");
    let text = table();
    fs::write(&path, &text).unwrap();
    let (path, size) = (path.to_str().unwrap(), text.len());
    drop(text);
    let mut ours = || {
        let mut numbers = Vec::new();
        let mut keep = |row: &[f64]| {
            numbers.extend_from_slice(row);
            Ok(())
        };
        source::table::read(path, COLUMNS, "numbers", &mut keep).unwrap();
        numbers.len()
    };
    let mut peer = || {
        let mut numbers: Vec<f64> = Vec::new();
        let mut reader = csv::Reader::from_path(path).unwrap();
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).unwrap() {
            numbers.extend(record.iter().map(|cell| cell.parse::<f64>().unwrap()));
        }
        numbers.len()
    };
    compare("table", size, &mut ours, &mut peer);
    fs::remove_dir_all(&folder).unwrap();
}
