//! Small networks, online, against C with their sizes fixed when it is compiled
//! (`peers/online.c`, by `cc -O3 -march=native`): each pair in one run and by
//! turns. The ratios are the result: time of C by ours.
//!
//! `cargo bench --bench small`; a word after `--` picks the networks that it is
//! part of the name of.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, or fails")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use backprop_tutor::network::{Activation, Layer, Loss, Matrix, Network};
use backprop_tutor::train::{Data, Rule, engine, matrix_engine};

const TURNS: usize = 7;
const SAMPLES: usize = 16;
const EPOCHS: usize = 100_000;

/// Sizes, and whether the outputs are a softmax.
const NETWORKS: [(&[usize], bool); 14] = [
    (&[1, 2, 1], false),
    (&[2, 2, 1], false),
    (&[2, 3, 2], false),
    (&[2, 4, 1], false),
    (&[2, 5, 1], false),
    (&[2, 8, 1], false),
    (&[2, 12, 1], false),
    (&[3, 4, 1], false),
    (&[4, 4, 1], false),
    (&[4, 5, 3], false),
    (&[8, 8, 4], false),
    (&[2, 2, 2, 1], false),
    (&[2, 3, 2], true),
    (&[4, 5, 3], true),
];

fn main() {
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    for (sizes, softmax) in NETWORKS {
        let name = sizes.iter().map(usize::to_string).collect::<Vec<_>>().join("-");
        let name = if softmax { name + " softmax" } else { name };
        if wanted.as_ref().is_some_and(|wanted| !name.contains(wanted)) {
            continue;
        }
        let Some(peer) = compile(sizes, softmax) else {
            println!("no `cc` here that compiles benches/peers/online.c, so no comparison");
            return;
        };
        compare(&name, sizes, softmax, &peer);
        std::fs::remove_file(&peer).unwrap();
    }
}

fn compare(name: &str, sizes: &[usize], softmax: bool, peer: &Path) {
    let network = network(sizes, softmax);
    let data = data(sizes);
    let rule = Rule { rate: 0.1, mean: true, update_biases: true };
    let mut first = 0.0;
    let mut ours = || {
        let mut engine = engine::<f64>(&network, 1, 1).unwrap();
        let start = Instant::now();
        engine.epochs(&data, None, 1, &rule, EPOCHS);
        let seconds = start.elapsed().as_secs_f64();
        engine.outputs(&data, &mut |row, out| {
            if row == 0 {
                first = out[0];
            }
        });
        seconds
    };
    let mut theirs = 0.0;
    let mut by_matrices = Vec::new();
    let mut pairs = Vec::new();
    for _ in 0..TURNS {
        let seconds = ours();
        let output = Command::new(peer).arg(EPOCHS.to_string()).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let numbers: Vec<f64> = text.split_whitespace().map(|n| n.parse().unwrap()).collect();
        theirs = numbers[1];
        let mut engine = matrix_engine::<f64>(&network, 1, 1).unwrap();
        let start = Instant::now();
        engine.epochs(&data, None, 1, &rule, EPOCHS / 10);
        by_matrices.push(10.0 * start.elapsed().as_secs_f64() / numbers[0]);
        pairs.push((seconds / numbers[0], numbers[0], seconds));
    }
    let agree = (first - theirs).abs() < 1e-6;
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    by_matrices.sort_by(f64::total_cmp);
    let (ratio, c, own) = pairs[TURNS / 2];
    let per_update = 1e9 / (SAMPLES * EPOCHS) as f64;
    println!(
        "{name}: {:.0} ns an update, C {:.0} ns: time ÷ C {ratio:.2} (by matrices {:.2}){}",
        own * per_update,
        c * per_update,
        by_matrices[TURNS / 2],
        if agree { "" } else { "; THE RESULTS DIFFER" }
    );
}

fn compile(sizes: &[usize], softmax: bool) -> Option<PathBuf> {
    let binary = std::env::temp_dir().join(format!("backprop-tutor-online-{}", std::process::id()));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/online.c");
    let sizes = sizes.iter().enumerate().map(|(at, size)| format!("-DN{at}={size}"));
    let mut command = Command::new("cc");
    command.args(["-O3", "-march=native", "-o"]).args([&binary, &source]).args(sizes);
    if softmax {
        command.arg("-DSOFTMAX");
    }
    let compiled = command.arg("-lm").status();
    compiled.is_ok_and(|status| status.success()).then_some(binary)
}

fn network(sizes: &[usize], softmax: bool) -> Network {
    let mut seed = 1_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as f64 / 2.0_f64.powi(31) - 0.5
    };
    let last = sizes.len() - 2;
    let layers = sizes.windows(2).enumerate().map(|(at, pair)| {
        let mut weights = Matrix::with_columns(pair[1]);
        (0..pair[0]).for_each(|_| {
            weights.push_row(&(0..pair[1]).map(|_| next()).collect::<Vec<_>>());
        });
        let key = if softmax && at == last { "softmax" } else { "sigmoid" };
        let activation = Activation::named(key).unwrap();
        Layer { activation, weights, biases: Some(vec![0.0; pair[1]]) }
    });
    let layers = layers.collect();
    let loss = if softmax { "cross_entropy" } else { "half_squared_error" };
    Network { layers, loss: Loss::named(loss).unwrap(), own_names: None }
}

fn data(sizes: &[usize]) -> Data<f64> {
    let outputs = sizes[sizes.len() - 1];
    let mut data = Data::new(sizes[0], outputs);
    for row in 0..SAMPLES {
        let x: Vec<f64> =
            (0..sizes[0]).map(|at| ((row * 31 + at * 17) % 97) as f64 / 97.0).collect();
        let y: Vec<f64> =
            (0..outputs).map(|at| f64::from(u8::from(row % (outputs + 1) == at))).collect();
        data.push(&x, &y);
    }
    data
}
