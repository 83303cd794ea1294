//! Training against its peers, each pair in one run and by turns, so that what
//! else the machine does hits both alike. The ratios are the result.
//!
//! `cargo bench --bench training` compares with `peers/xor.c`, which it compiles
//! with `cc -O3 -march=native`, and measures the start of the program. With
//! `PEERS_PYTHON` naming a Python that has numpy and jax (and torch), it
//! compares mini-batches too:
//!
//! ```text
//! python3 -m venv /tmp/peers && /tmp/peers/bin/pip install numpy jax torch
//! PEERS_PYTHON=/tmp/peers/bin/python cargo bench --bench training
//! ```
//!
//! A word after `--` picks what is measured: `xor`, `64-32-10`, `784`, `start`.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, or fails")]

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use backprop_tutor::network::{Activation, Layer, Loss, Matrix, Network};
use backprop_tutor::scenario;
use backprop_tutor::train::{Data, Engine, Real, Rule, engine, is_worth_sharing};

/// Turns of each pair.
const TURNS: usize = 9;

/// Pairs of whole processes: each is so short that single ones say little.
const STARTS: usize = 200;

/// Passes over the four samples in one turn.
const XOR_EPOCHS: usize = 1_000_000;

fn main() {
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let is_wanted = |what: &str| wanted.as_ref().is_none_or(|wanted| what.contains(wanted));
    if is_wanted("xor") {
        online_against_c();
    }
    for (sizes, batch, samples, epochs) in
        [(&[64, 32, 10], 32, 1792, 200), (&[784, 128, 10], 64, 2048, 12)]
    {
        let case = Case { sizes, batch, samples, epochs };
        if !is_wanted(&case.name("")) {
            continue;
        }
        case.against_peers::<f64>("f64");
        case.against_peers::<f32>("f32");
        case.two_threads::<f64>("f64");
        case.two_threads::<f32>("f32");
    }
    if is_wanted("start") {
        start_up();
    }
}

/// The file of a peer.
fn peer(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers").join(name)
}

/// Runs both by turns; the seconds of the first by those of the second, as
/// medians.
fn by_turns(mut ours: impl FnMut() -> f64, mut theirs: impl FnMut() -> f64) -> (f64, f64) {
    ours();
    theirs();
    let (a, b): (Vec<f64>, Vec<f64>) = (0..TURNS).map(|_| (ours(), theirs())).unzip();
    (median(a), median(b))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn timed(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn report(what: &str, per_run: f64, unit: &str, (ours, theirs): (f64, f64), peer: &str) {
    let (a, b) = (per_run / ours / 1e6, per_run / theirs / 1e6);
    println!("{what}: {a:.3} M {unit}/s, {peer} {b:.3} M: ratio {:.2}", a / b);
}

/// Online XOR in f64 against C with the sizes fixed.
fn online_against_c() {
    let what = "XOR online, f64";
    let binary = std::env::temp_dir().join(format!("backprop-tutor-peer-{}", std::process::id()));
    let compiled = Command::new("cc")
        .args(["-O3", "-march=native", "-o"])
        .args([&binary, &peer("xor.c")])
        .arg("-lm")
        .status();
    if !compiled.is_ok_and(|status| status.success()) {
        println!("{what}: no `cc` here that compiles benches/peers/xor.c, so no comparison");
        return;
    }
    let scenario = scenario::load("xor-batch").unwrap();
    let data = Data::<f64>::of(&scenario.network, &scenario.samples);
    let rule = Rule { rate: 0.5, mean: true, update_biases: true };
    let mut loss = 0.0;
    let ours = || {
        let mut engine = engine::<f64>(&scenario.network, 1, 1).unwrap();
        let seconds = timed(|| engine.epochs(&data, None, 1, &rule, XOR_EPOCHS));
        loss = engine.total_loss(&data) / 4.0;
        seconds
    };
    let mut peers_loss = 0.0;
    let theirs = || {
        let output = Command::new(&binary).arg(XOR_EPOCHS.to_string()).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let numbers: Vec<f64> = text.split_whitespace().map(|n| n.parse().unwrap()).collect();
        peers_loss = numbers[1];
        numbers[0]
    };
    let seconds = by_turns(ours, theirs);
    std::fs::remove_file(&binary).unwrap();
    assert!((loss / peers_loss - 1.0).abs() < 1e-6, "both must do the same work");
    report(what, 4.0 * XOR_EPOCHS as f64, "updates", seconds, "C");
}

/// A network and how it is trained.
#[derive(Clone, Copy)]
struct Case {
    sizes: &'static [usize; 3],
    batch: usize,
    samples: usize,
    epochs: usize,
}

impl Case {
    fn name(&self, precision: &str) -> String {
        let sizes: Vec<String> = self.sizes.iter().map(usize::to_string).collect();
        format!("{}, batch {}, {precision}", sizes.join("-"), self.batch)
    }

    fn network(&self) -> Network {
        let mut seed = 1_u64;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as f64 / 2.0_f64.powi(31) - 0.5
        };
        let layers = self.sizes.windows(2).zip(["sigmoid", "softmax"]).map(|(pair, key)| {
            let mut weights = Matrix::with_columns(pair[1]);
            let scale = 2.0 / (pair[0] as f64).sqrt();
            for _ in 0..pair[0] {
                weights.push_row(&(0..pair[1]).map(|_| scale * next()).collect::<Vec<_>>());
            }
            let activation = Activation::named(key).unwrap();
            Layer { activation, weights, biases: Some(vec![0.0; pair[1]]) }
        });
        Network {
            layers: layers.collect(),
            loss: Loss::named("cross_entropy").unwrap(),
            own_names: None,
        }
    }

    fn data<R: Real>(&self) -> Data<R> {
        let mut data = Data::new(self.sizes[0], self.sizes[2]);
        for row in 0..self.samples {
            let x: Vec<f64> =
                (0..self.sizes[0]).map(|at| ((row * 31 + at * 17) % 97) as f64 / 97.0).collect();
            let y = (0..self.sizes[2]).map(|at| f64::from(u8::from(row % self.sizes[2] == at)));
            data.push(&x, &y.collect::<Vec<_>>());
        }
        data
    }

    fn train<R: Real>(&self, engine: &mut dyn Engine<R>, data: &Data<R>) -> f64 {
        let rule = Rule { rate: 0.1, mean: true, update_biases: true };
        timed(|| engine.epochs(data, None, self.batch, &rule, self.epochs))
    }

    fn against_peers<R: Real>(&self, precision: &str) {
        let Ok(python) = std::env::var("PEERS_PYTHON") else {
            println!("{}: PEERS_PYTHON is not set, so no comparison", self.name(precision));
            return;
        };
        let data = self.data::<R>();
        let mut engine = engine::<R>(&self.network(), self.batch, 1).unwrap();
        for library in ["jax", "torch"] {
            let Some(mut peer) = Peer::start(&python, library, self, precision) else {
                println!("{}: {library} does not start", self.name(precision));
                continue;
            };
            let seconds = by_turns(|| self.train(&mut *engine, &data), || peer.run());
            let samples = (self.samples * self.epochs) as f64;
            report(&self.name(precision), samples, "samples", seconds, library);
        }
    }

    fn two_threads<R: Real>(&self, precision: &str) {
        if !is_worth_sharing(&self.network(), self.batch) {
            println!("{}: too small to be shared out, one thread works it", self.name(precision));
            return;
        }
        let data = self.data::<R>();
        let mut one = engine::<R>(&self.network(), self.batch, 1).unwrap();
        let mut two = engine::<R>(&self.network(), self.batch, 2).unwrap();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
        let seconds = by_turns(
            || pool.install(|| self.train(&mut *two, &data)),
            || self.train(&mut *one, &data),
        );
        let samples = (self.samples * self.epochs) as f64;
        report(
            &format!("{}, 2 threads", self.name(precision)),
            samples,
            "samples",
            seconds,
            "1 thread",
        );
    }
}

/// A Python process that trains whenever it is told to.
struct Peer {
    child: std::process::Child,
    answers: BufReader<std::process::ChildStdout>,
}

impl Peer {
    fn start(python: &str, library: &str, case: &Case, precision: &str) -> Option<Self> {
        let sizes: Vec<String> = case.sizes.iter().map(usize::to_string).collect();
        let mut child = Command::new(python)
            .arg(peer("mini_batch.py"))
            .args([library, &sizes.join("-"), &case.batch.to_string(), precision])
            .args([case.samples.to_string(), case.epochs.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut answers = BufReader::new(child.stdout.take()?);
        let mut ready = String::new();
        answers.read_line(&mut ready).ok()?;
        (ready.trim() == "ready").then_some(Self { child, answers })
    }

    fn run(&mut self) -> f64 {
        writeln!(self.child.stdin.as_mut().unwrap()).unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        answer.trim().parse().unwrap()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // Its input ends, and so does it.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// Seconds of a whole process.
fn process(program: &Path, args: &[&str]) -> f64 {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null());
    timed(|| assert!(command.status().unwrap().success()))
}

/// `run xor` as a whole process, against a program that prints one line.
fn start_up() {
    let what = "`run xor`, whole process";
    let folder = std::env::temp_dir().join(format!("backprop-tutor-line-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (source, binary) = (folder.join("line.rs"), folder.join("line"));
    std::fs::write(&source, "fn main() { println!(\"one line\"); }").unwrap();
    let compiled = Command::new("rustc").args(["-O", "-o"]).args([&binary, &source]).status();
    if compiled.is_ok_and(|status| status.success()) {
        let tutor = Path::new(env!("CARGO_BIN_EXE_backprop-tutor"));
        let turn = |_| (process(tutor, &["run", "xor"]), process(&binary, &[]));
        // The first runs read both programs from disk.
        turn(0);
        let (ours, theirs): (Vec<f64>, Vec<f64>) = (0..STARTS).map(turn).unzip();
        let mut ratios: Vec<f64> = ours.iter().zip(&theirs).map(|(a, b)| a / b).collect();
        ratios.sort_by(f64::total_cmp);
        let [low, middle, high] = [1, 2, 3].map(|quarter| ratios[quarter * (STARTS - 1) / 4]);
        let (ours, theirs) = (1e3 * median(ours), 1e3 * median(theirs));
        println!(
            "{what}: {ours:.2} ms, one printed line {theirs:.2} ms: ratio {middle:.2}, \
             half of {STARTS} pairs from {low:.2} to {high:.2}"
        );
    } else {
        println!("{what}: no `rustc` here, so no comparison");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
