//! Training: the engines against the lesson, against each other and against
//! closed forms, and the command from the outside.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::path::{Path, PathBuf};

use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::name::{Name, Symbol};
use backprop_tutor::network::{Activation, Layer, Loss, Matrix, Network, Sample};
use backprop_tutor::scenario;
use backprop_tutor::train::{
    Data, End, Engine, Observations, Outcome, Plan, Real, Rule, Watch, Wish, descend, engine,
    matrix_engine,
};
use common::plain::{bodies, exercise, pairings};
use common::program::{Ran, tutor, tutor_on};
use proptest::prelude::*;

/// Steps along the whole sum of the gradients, so that a step is the gradient.
const WHOLE: Rule = Rule { rate: 1.0, mean: false, update_biases: true };

/// Makes an engine.
type Make<R> =
    fn(&Network, usize, usize) -> Result<Box<dyn Engine<R>>, backprop_tutor::train::Unknown>;

/// Every parameter of a network, by its symbol.
fn parameters(network: &Network) -> Vec<(Symbol, f64)> {
    let mut all = Vec::new();
    for (at, layer) in network.layers.iter().enumerate() {
        let at = at as u32;
        for to in 0..layer.units() as u32 {
            for from in 0..layer.inputs() as u32 {
                let weight = Symbol::Weight { layer: at, from, to };
                all.push((weight, network.parameter(weight).unwrap()));
            }
            let bias = Symbol::Bias { layer: at, unit: to };
            all.extend(network.parameter(bias).map(|value| (bias, value)));
        }
    }
    all
}

/// What the lesson says of one sample: the loss, the outputs, the gradient.
fn by_hand(network: &Network, sample: &Sample) -> (f64, Vec<f64>, Vec<f64>) {
    let lesson = Lesson::new(exercise(network, sample, 0.5), Settings::default()).unwrap();
    let layer = network.depth() - 1;
    let outputs = (0..network.outputs() as u32)
        .map(|unit| lesson.value(Symbol::Out { layer, unit }.into()))
        .collect();
    let gradient = parameters(network).into_iter().map(|(of, _)| lesson.value(Name::loss_by(of)));
    (lesson.value(Symbol::Loss.into()), outputs, gradient.collect())
}

fn near(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1.0)
}

/// Holds an engine against the lesson on a few samples, one by one and as a
/// batch.
fn agree<R: Real>(
    make: Make<R>,
    network: &Network,
    samples: &[Sample],
    tolerance: f64,
) -> Result<(), TestCaseError> {
    let data = Data::<R>::of(network, samples);
    let mut engine = make(network, samples.len(), 1).unwrap();
    let start = engine.parameters().to_vec();
    let before = parameters(&engine.network());
    let mut sum = vec![0.0; before.len()];
    let mut losses = 0.0;
    for (first, sample) in samples.iter().enumerate() {
        let (loss, outputs, gradient) = by_hand(network, sample);
        losses += loss;
        let mut said = Vec::new();
        engine.outputs(&data, &mut |row, out| {
            if row == first {
                said = out.iter().map(|f| f.wide()).collect();
            }
        });
        prop_assert!(
            said.iter().zip(&outputs).all(|(a, b)| near(*a, *b, tolerance)),
            "{said:?} {outputs:?}"
        );
        engine.update(&data, Observations { first, count: 1, order: None }, &WHOLE);
        for ((slope, (of, now)), (_, before)) in
            gradient.iter().zip(parameters(&engine.network())).zip(&before)
        {
            prop_assert!(
                near(before - now, *slope, tolerance),
                "{of:?}: engine {:e}, lesson {slope:e}",
                before - now
            );
        }
        sum.iter_mut().zip(gradient).for_each(|(sum, slope)| *sum += slope);
        engine.set_parameters(&start);
    }
    prop_assert!(
        near(engine.total_loss(&data), losses, tolerance),
        "{} {losses}",
        engine.total_loss(&data)
    );
    let rule = Rule { mean: true, ..WHOLE };
    engine.update(&data, Observations { first: 0, count: samples.len(), order: None }, &rule);
    for ((sum, (of, now)), (_, before)) in
        sum.iter().zip(parameters(&engine.network())).zip(&before)
    {
        let mean = sum / samples.len() as f64;
        prop_assert!(
            near(before - now, mean, tolerance),
            "{of:?}: engine {:e}, lesson {mean:e}",
            before - now
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// Catches a wrong formula in either implementation, a wrong index, and a
    /// sum that leaves something out.
    #[test]
    fn both_engines_agree_with_the_lesson(
        body in bodies(),
        others in prop::collection::vec(prop::collection::vec(-2.0..2.0_f64, 5), 0..4),
    ) {
        for (output, loss) in pairings() {
            let plain = body.ending(output, loss, 1.0);
            let network = plain.network();
            let mut samples = vec![plain.sample()];
            for numbers in &others {
                let x = (0..network.inputs()).map(|at| numbers[at]).collect();
                samples.push(Sample { x, y: plain.y.clone() });
            }
            agree::<f64>(engine, &network, &samples, 1e-12)?;
            agree::<f64>(matrix_engine, &network, &samples, 1e-12)?;
            agree::<f32>(engine, &network, &samples, 2e-5)?;
            agree::<f32>(matrix_engine, &network, &samples, 2e-5)?;
        }
    }
}

/// A network of random weights.
fn random(sizes: &[usize], hidden: &str, output: &str, loss: &str) -> Network {
    let mut seed = 1_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as f64 / 2.0_f64.powi(31) - 0.5
    };
    let layers = sizes.windows(2).enumerate().map(|(at, pair)| {
        let mut weights = Matrix::with_columns(pair[1]);
        for _ in 0..pair[0] {
            weights.push_row(&(0..pair[1]).map(|_| next()).collect::<Vec<_>>());
        }
        let key = if at + 2 == sizes.len() { output } else { hidden };
        let biases = Some((0..pair[1]).map(|_| next()).collect());
        Layer { activation: Activation::named(key).unwrap(), weights, biases }
    });
    Network { layers: layers.collect(), loss: Loss::named(loss).unwrap(), own_names: None }
}

fn observations<R: Real>(inputs: usize, outputs: usize, count: usize) -> Data<R> {
    let mut data = Data::new(inputs, outputs);
    for row in 0..count {
        let x: Vec<f64> = (0..inputs).map(|at| ((row * 31 + at * 17) % 23) as f64 / 23.0).collect();
        let y: Vec<f64> = (0..outputs).map(|at| f64::from(u8::from(row % outputs == at))).collect();
        data.push(&x, &y);
    }
    data
}

/// Layers of one register and of several, and more inputs than those have lanes.
#[test]
fn narrow_layers_agree_with_the_lesson() {
    for sizes in [&[5, 16, 3][..], &[2, 9, 7, 4, 2], &[32, 8, 1], &[3, 4, 4, 4], &[1, 17, 1]] {
        for (output, loss) in [("softmax", "cross_entropy"), ("sigmoid", "binary_cross_entropy")] {
            let network = random(sizes, "tanh", output, loss);
            for count in [1, 2, 7, 40] {
                let data = observations::<f64>(sizes[0], sizes[sizes.len() - 1], count);
                let samples: Vec<Sample> = (0..count).map(|row| data.sample(row)).collect();
                agree::<f64>(engine, &network, &samples, 1e-12).unwrap();
                agree::<f32>(engine, &network, &samples, 2e-5).unwrap();
            }
        }
    }
}

/// Bodies above have at most 5 units; here tiles of every size, several blocks
/// and batches that are worked part by part occur.
#[test]
fn wide_layers_and_long_batches_agree_with_the_lesson() {
    for sizes in [&[3, 70, 10][..], &[40, 33, 17, 9], &[9, 8, 130, 2], &[21, 75, 2]] {
        let network = random(sizes, "tanh", "softmax", "cross_entropy");
        for count in [1, 31, 33, 70] {
            let data = observations::<f64>(sizes[0], sizes[sizes.len() - 1], count);
            let samples: Vec<Sample> = (0..count).map(|row| data.sample(row)).collect();
            agree::<f64>(matrix_engine, &network, &samples, 1e-12).unwrap();
        }
    }
    // 1,300 observations at once, and as the sum of what each brings.
    let network = random(&[5, 9, 3], "sigmoid", "softmax", "cross_entropy");
    let data = observations::<f64>(5, 3, 1300);
    let before = parameters(&network);
    let mut sum = vec![0.0; before.len()];
    let mut alone = matrix_engine::<f64>(&network, 1, 1).unwrap();
    let start = alone.parameters().to_vec();
    for first in 0..data.len() {
        alone.update(&data, Observations { first, count: 1, order: None }, &WHOLE);
        for ((sum, (_, now)), (_, before)) in
            sum.iter_mut().zip(parameters(&alone.network())).zip(&before)
        {
            *sum += before - now;
        }
        alone.set_parameters(&start);
    }
    let mut all = matrix_engine::<f64>(&network, data.len(), 1).unwrap();
    all.update(&data, Observations { first: 0, count: data.len(), order: None }, &WHOLE);
    for ((sum, (of, now)), (_, before)) in sum.iter().zip(parameters(&all.network())).zip(&before) {
        assert!(near(before - now, *sum, 1e-12), "{of:?}: {} {sum}", before - now);
    }
}

/// Somebody who does not look.
struct Nobody;

impl Watch for Nobody {
    fn moment(&mut self, _: u64, _: Network, _: usize, _: usize) {}
    fn reached(&mut self, _: u64, _: Option<f64>, _: Option<usize>) {}
    fn wish(&mut self) -> Wish {
        Wish::GoOn
    }
}

fn plan(epochs: u64, batch: usize, rate: f64, seed: Option<u64>) -> Plan {
    let rule = Rule { rate, mean: true, update_biases: true };
    Plan { epochs, batch, rule, until: None, seed, traces: Vec::new() }
}

fn trained<R: Real>(
    network: &Network,
    data: &Data<R>,
    plan: &Plan,
    threads: usize,
) -> (Vec<u64>, Outcome) {
    let work = || {
        let mut engine = matrix_engine::<R>(network, plan.batch, threads).unwrap();
        let outcome = descend(&mut *engine, data, plan, &mut Nobody);
        (engine.parameters().iter().map(|parameter| parameter.wide().to_bits()).collect(), outcome)
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(work)
}

#[test]
fn the_same_seed_gives_the_same_bits_with_any_number_of_threads() {
    // Large enough to be shared out, with a last batch that is smaller.
    let network = random(&[120, 90, 10], "sigmoid", "softmax", "cross_entropy");
    assert!(backprop_tutor::train::is_worth_sharing(&network, 64));
    let data = observations::<f64>(120, 10, 200);
    let (one, outcome) = trained(&network, &data, &plan(3, 64, 0.5, Some(7)), 1);
    for threads in [1, 2, 3, 5] {
        let (again, its) = trained(&network, &data, &plan(3, 64, 0.5, Some(7)), threads);
        assert!(one == again, "{threads} threads give other bits");
        assert_eq!(outcome.history, its.history, "{threads} threads give other losses");
    }
    let (other, _) = trained(&network, &data, &plan(3, 64, 0.5, Some(8)), 1);
    assert!(one != other, "the seed makes no difference");
}

/// One linear layer under half the squared error: gradient descent goes to the
/// solution of the normal equations.
#[test]
fn linear_regression_reaches_least_squares() {
    let points = [(0.0, 1.2), (0.5, 1.9), (1.0, 3.3), (1.5, 3.7), (2.0, 5.4)];
    let n = points.len() as f64;
    let (mean_x, mean_y) =
        (points.iter().map(|p| p.0).sum::<f64>() / n, points.iter().map(|p| p.1).sum::<f64>() / n);
    let slope = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum::<f64>()
        / points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum::<f64>();
    let intercept = mean_y - slope * mean_x;
    let network = random(&[1, 1], "identity", "identity", "half_squared_error");
    let mut data = Data::<f64>::new(1, 1);
    points.iter().for_each(|(x, y)| data.push(&[*x], &[*y]));
    let mut engine = engine::<f64>(&network, 5, 1).unwrap();
    let outcome = descend(&mut *engine, &data, &plan(2000, 5, 0.3, None), &mut Nobody);
    assert_eq!(outcome.end, End::Epochs);
    let found = engine.network();
    let (w, b) = (found.layers[0].weights.at(0, 0), found.layers[0].biases.as_ref().unwrap()[0]);
    assert!(
        (w - slope).abs() < 1e-6 && (b - intercept).abs() < 1e-6,
        "{w} {slope} {b} {intercept}"
    );
}

/// The epoch is known from a descent that was written for this test alone, with
/// the formulas of the lecture; it is one number of the whole run.
#[test]
fn full_gradient_descent_learns_xor_from_the_weights_of_the_lecture() {
    let sigmoid = |z: f64| 1.0 / (1.0 + (-z).exp());
    let samples = [([0.0, 0.0], 0.0), ([0.0, 1.0], 1.0), ([1.0, 0.0], 1.0), ([1.0, 1.0], 0.0)];
    let (mut w, mut b) = ([[-0.07, 0.94], [0.22, 0.46]], [-0.46, 0.10]);
    let (mut u, mut c) = ([-0.22, 0.58], 0.78);
    let mut epochs = 0;
    loop {
        let (mut risk, mut dw, mut db, mut du, mut dc) =
            (0.0, [[0.0; 2]; 2], [0.0; 2], [0.0; 2], 0.0);
        for (x, y) in samples {
            let z = [0, 1].map(|k| sigmoid(x[0] * w[0][k] + x[1] * w[1][k] + b[k]));
            let f = sigmoid(z[0] * u[0] + z[1] * u[1] + c);
            risk += 0.5 * (y - f) * (y - f) / 4.0;
            let signal = -(y - f) * f * (1.0 - f) / 4.0;
            dc += signal;
            for k in 0..2 {
                du[k] += signal * z[k];
                let delta = signal * u[k] * z[k] * (1.0 - z[k]);
                db[k] += delta;
                dw[0][k] += delta * x[0];
                dw[1][k] += delta * x[1];
            }
        }
        if risk < 1e-3 {
            break;
        }
        epochs += 1;
        c -= 0.5 * dc;
        for k in 0..2 {
            u[k] -= 0.5 * du[k];
            b[k] -= 0.5 * db[k];
            w[0][k] -= 0.5 * dw[0][k];
            w[1][k] -= 0.5 * dw[1][k];
        }
    }
    assert_eq!(epochs, 9582);
    let json = json(tutor(&["train", "xor-batch", "--until", "0.001", "--format", "json"]));
    assert_eq!(json["epochs"], 9582);
    assert_eq!(json["stopped"], "until");
    assert!(json["final_loss"].as_f64().unwrap() < 1e-3);
    // One after the other in the order of the file they get stuck, and the page
    // says so; in another order each time they do not.
    let online =
        ["train", "xor-batch", "--batch-size", "1", "--until", "0.001", "--epochs", "50000"];
    let page = tutor(&online).page();
    assert!(page.contains("The loss stands still"), "{page}");
    let shuffled = tutor(&[&online[..], &["--shuffle"]].concat()).page();
    let words: Vec<&str> = shuffled.split_whitespace().collect();
    assert!(words.join(" ").contains("below the 0.001 asked for"), "{shuffled}");
}

fn json(ran: Ran) -> serde_json::Value {
    let json: serde_json::Value = serde_json::from_str(&ran.page()).unwrap();
    assert_eq!(json["format"], "backprop-tutor/training/1");
    json
}

#[test]
fn digits_that_were_held_out_are_read() {
    for precision in ["f64", "f32"] {
        let args =
            "train digits --epochs 60 --batch-size 32 --shuffle --hold-out 360 --format json";
        let mut args: Vec<&str> = args.split(' ').collect();
        args.extend(["--precision", precision]);
        let json = json(tutor(&args));
        assert_eq!(json["samples"], 1437);
        assert_eq!(json["held_out"]["samples"], 360);
        let accuracy = json["held_out"]["accuracy"].as_f64().unwrap();
        assert!(accuracy > 0.95, "{precision}: {accuracy}");
        assert!(json["held_out"]["loss"].as_f64() < json["held_out"]["loss_before"].as_f64());
    }
}

/// A folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("backprop-tutor-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The new values that `run --apply` computes for a sample.
fn stepped(network: &Network, sample: &Sample, update_biases: bool, rate: f64) -> Network {
    let exercise =
        backprop_tutor::lesson::Exercise { update_biases, ..exercise(network, sample, rate) };
    let settings = Settings { apply: true, ..Settings::default() };
    let lesson = Lesson::new(exercise, settings).unwrap();
    let mut stepped = network.clone();
    let layers = stepped.layers.iter_mut().enumerate();
    for (at, layer) in layers {
        let at = at as u32;
        let new = |symbol: Symbol| {
            let name = Name::New(symbol);
            if lesson.has(name) { lesson.value(name) } else { network.parameter(symbol).unwrap() }
        };
        let (inputs, units) = (layer.inputs() as u32, layer.units() as u32);
        let mut weights = Matrix::with_columns(layer.units());
        for from in 0..inputs {
            let row = (0..units).map(|to| new(Symbol::Weight { layer: at, from, to }));
            weights.push_row(&row.collect::<Vec<_>>());
        }
        layer.weights = weights;
        if let Some(biases) = &mut layer.biases {
            *biases = (0..units).map(|unit| new(Symbol::Bias { layer: at, unit })).collect();
        }
    }
    stepped
}

/// One epoch is the steps of the lesson, one after the other; what is saved is
/// read again to the last bit.
#[test]
fn an_epoch_is_the_steps_of_the_lesson_chained() {
    let folder = folder("chain");
    for name in ["xor-batch", "mazur", "softmax-cross-entropy", "deep", "tanh-bce", "relu-dead"] {
        let file = folder.join(format!("{name}.json"));
        let path = file.to_str().unwrap();
        tutor(&["train", name, "--epochs", "1", "--batch-size", "1", "--save", path]).page();
        let scenario = scenario::load(name).unwrap();
        let rate = scenario.learning_rate.unwrap();
        let mut network = scenario.network.clone();
        for sample in &scenario.samples {
            network = stepped(&network, sample, scenario.update_biases, rate);
        }
        let saved = scenario::load(path).unwrap();
        assert_eq!(saved.title, scenario.title);
        assert_eq!(saved.samples, scenario.samples);
        assert_eq!(saved.update_biases, scenario.update_biases);
        for ((of, a), (_, b)) in parameters(&saved.network).iter().zip(parameters(&network)) {
            assert!(near(*a, b, 1e-12), "{name}, {of:?}: {a} {b}");
        }
        // Two epochs are one, saved, and one more.
        let (twice, again) = (folder.join("twice.json"), folder.join("again.json"));
        let (twice, again) = (twice.to_str().unwrap(), again.to_str().unwrap());
        tutor(&["train", name, "--epochs", "2", "--batch-size", "1", "--save", twice]).page();
        tutor(&["train", path, "--epochs", "1", "--batch-size", "1", "--save", again]).page();
        assert_eq!(std::fs::read(twice).unwrap(), std::fs::read(again).unwrap(), "{name}");
        tutor(&["run", again, "--apply"]).page();
    }
    let left: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 8, "drafts are left behind: {left:?}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_trace_is_the_lesson_of_that_moment() {
    let folder = folder("trace");
    let file = folder.join("moment.json");
    let path = file.to_str().unwrap();
    // Update 7 is the third sample of the second epoch.
    tutor(&["train", "xor-batch", "--epochs", "1", "--batch-size", "1", "--save", path]).page();
    let mut network = scenario::load(path).unwrap().network;
    let samples = scenario::load("xor-batch").unwrap().samples;
    for sample in &samples[..2] {
        network = stepped(&network, sample, true, 0.5);
    }
    let lesson = Lesson::new(exercise(&network, &samples[2], 0.5), Settings::default()).unwrap();
    let ran = tutor(&[
        "train",
        "xor-batch",
        "--epochs",
        "2",
        "--batch-size",
        "1",
        "--trace",
        "7",
        "--format",
        "json",
    ]);
    let json = json(ran);
    let traced = common::program::Lesson::read(&json["traces"][0].to_string());
    for name in ["f_out", "dL/dW11", "dL/du2", "L"] {
        let value = lesson.value(network.find(name).unwrap());
        assert!(near(traced.value(name), value, 1e-12), "{name}");
    }
    let page =
        tutor(&["train", "xor-batch", "--epochs", "2", "--batch-size", "1", "--trace", "7"]).page();
    assert!(page.contains("It follows the gradient of sample 3."), "{page}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn divergence_stops_with_the_last_finite_state() {
    let scenario = r#"{"loss": "squared_error", "learning_rate": 5, "layers": [
        {"activation": "identity", "weights": [[1]]}], "samples": [{"x": [3], "y": 0}]}"#;
    let ran = tutor_on(scenario, &["train", "-", "--format", "json"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["stopped"], "diverged");
    // w becomes (1 - 5·2·9)·w = -89·w in each epoch, and L = (3w)².
    let last =
        (0..).take_while(|epoch| (9.0 * 89.0_f64.powi(2 * epoch)).is_finite()).last().unwrap();
    assert_eq!(json["epochs"], last);
    assert_eq!(json["diverged_in_epoch"], last + 1);
    let loss = json["final_loss"].as_f64().unwrap();
    assert!(near(loss / (9.0 * 89.0_f64.powi(2 * last)), 1.0, 1e-9), "{loss:e}");
}

#[test]
fn goals_and_histories_are_kept() {
    // Already there: nothing is done.
    let json = json(tutor(&["train", "xor-batch", "--until", "1", "--format", "json"]));
    assert_eq!((&json["epochs"], &json["updates"]), (&0.into(), &0.into()));
    assert_eq!(json["losses"].as_array().unwrap().len(), 1);
    // The history's last is the final loss, and its size is bounded.
    let json = self::json(tutor(&["train", "xor-batch", "--epochs", "123457", "--format", "json"]));
    let losses = json["losses"].as_array().unwrap();
    assert!((150..=402).contains(&losses.len()), "{}", losses.len());
    assert_eq!(losses[losses.len() - 1], serde_json::json!([123_457, json["final_loss"]]));
    assert_eq!(json["predictions"].as_array().unwrap().len(), 4);
}

fn snapshots(check: impl FnOnce()) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(check);
}

#[test]
fn pages_of_training() {
    snapshots(|| {
        for (name, arguments) in [
            ("train-xor", "train xor-batch --until 0.001"),
            ("train-xor-ascii", "train xor-batch --batch-size 1 --epochs 2000 --ascii"),
            ("train-mazur", "train mazur --epochs 50"),
            ("train-help", "train --help"),
        ] {
            let arguments: Vec<&str> = arguments.split(' ').collect();
            insta::assert_snapshot!(name, tutor(&arguments).page());
        }
    });
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let fails = |arguments: &str| {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        let ran = tutor(&arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}: {}", ran.err);
        ran.err
    };
    let mut all = String::new();
    for arguments in [
        "train nosuch",
        "train xor --epochs 0",
        "train xor --batch-size 2",
        "train xor --rate 0",
        "train xor --rate nan",
        "train xor --until inf",
        "train xor --seed 3",
        "train xor --trace 0",
        "train xor --trace 1001",
        "train xor --threads 0",
        "train xor --hold-out 1",
        "train xor --save -",
        "train xor --save src",
        "train xor --save /dev/null",
        "train xor --save no/such/folder/x.json",
        "train xor --data nosuch.csv",
        "train xor --data src",
        "train xor --data /dev/null",
    ] {
        all.push_str(&format!("$ backprop-tutor {arguments}\n{}\n", fails(arguments)));
    }
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
    files.sort();
    for file in files {
        let file = Path::new("tests/data").join(file.file_name().unwrap());
        let scenario =
            if file.to_str().unwrap().contains("class") { "softmax-cross-entropy" } else { "xor" };
        let arguments = format!("train {scenario} --data {}", file.display());
        all.push_str(&format!("$ backprop-tutor {arguments}\n{}\n", fails(&arguments)));
    }
    assert!(!all.contains('\u{1b}'), "control characters of a file reach the terminal");
    snapshots(|| insta::assert_snapshot!("train-errors", all));
}

#[test]
fn a_goal_that_is_reached_is_seen_to_be_reached() {
    let page = tutor(&["train", "xor-batch", "--until", "0.001"]).page();
    let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("R_emp is 0.0009999, below the 0.001 asked for."), "{page}");
}

#[test]
fn a_number_below_zero_is_taken_as_a_number() {
    let ran = tutor(&["train", "xor", "--rate", "-0.5"]);
    assert_eq!(ran.err, "error: --rate -0.5: a learning rate is a number above 0\n");
    let ran = tutor(&["train", "xor", "--until", "-1", "--epochs", "2"]);
    let told =
        "error: --until -1: this loss is never below 0; give a number above it, such as 0.001\n";
    assert_eq!(ran.err, told);
}

/// The middle of three epochs is no epoch; a loss of 0 has no logarithm.
#[test]
fn numbers_at_the_axes_stand_where_they_are() {
    let page = tutor(&["train", "xor", "--epochs", "3"]).page();
    let foot = page.lines().find(|line| line.ends_with("3 epochs")).unwrap();
    let place = |label: &str| foot.find(label).unwrap() as i32;
    let (zero, one, three) = (place("0"), place(" 1 ") + 1, foot.chars().count() as i32);
    assert!(((three - zero) - 3 * (one - zero)).abs() <= 3, "{foot}");

    let page = tutor(&["train", "xor", "--epochs", "20", "--rate", "1e5"]).page();
    let ticks: Vec<&str> =
        page.lines().filter_map(|line| line.split_once('┤')).map(|(tick, _)| tick.trim()).collect();
    assert_eq!(ticks, ["0.02", "0.01", "0"]);
}

#[test]
fn tables_of_other_programs_are_read() {
    let table = |text: &str| {
        let ran =
            tutor_on(text, &["train", "xor", "--epochs", "1", "--data", "-", "--format", "json"]);
        json(ran)["losses"].clone()
    };
    let plain = table("x1,x2,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n");
    for text in [
        "x1;x2;y\n0;0;0\n0;1;1\n1;0;1\n1;1;0",
        "x1\tx2\ty\r\n0\t0\t0\r\n0\t1\t1\r\n1\t0\t1\r\n1\t1\t0\r\n",
        "\u{feff}\"x1\", \"x2\", \"y\"\n0, 0.0, 0e0\n\"0\", 1, +1\n\n1,0,1\n1,1,-0\n",
    ] {
        assert_eq!(table(text), plain, "{text:?}");
    }
    // Blank lines count, whatever ends a line.
    for end in ["\n", "\r\n", "\r"] {
        for last in ["", end] {
            let lines = ["", " ", "x1;x2;y", "", "0;0;0", "", "\t", "0;0,5;1"].join(end) + last;
            let ran = tutor_on(&lines, &["train", "xor", "--data", "-"]);
            let place = "standard input:8: column 2 (x2): `0,5` is not a number; write 0.5";
            assert_eq!(ran.err, format!("error: {place}\n"), "{lines:?}");
        }
    }
    // A line that never ends is refused before it fills the memory.
    let endless = format!("x1,x2,y\n{}", "1".repeat(17 << 20));
    let ran = tutor_on(&endless, &["train", "xor", "--data", "-"]);
    assert!(ran.err.contains("a line is longer than 16 MiB"), "{}", ran.err);
}

/// What a terminal sends for Ctrl-C.
#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_ends_the_descent_and_keeps_what_was_reached() {
    use std::process::{Command, Stdio};
    let folder = folder("interrupt");
    let file = folder.join("reached.json");
    let mut child = Command::new(env!("CARGO_BIN_EXE_backprop-tutor"))
        .args(["train", "xor-batch", "--epochs", "18446744073709551615", "--format", "json"])
        .args(["--save", file.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program is under way as soon as it listens for the signal.
    let listens = || {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
        u64::from_str_radix(caught.trim(), 16).unwrap() & 0b10 != 0
    };
    while !listens() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    std::thread::sleep(std::time::Duration::from_millis(300));
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let code = child.wait().unwrap().code();
    let output = child.wait_with_output().unwrap();
    assert_eq!((code, output.stderr.as_slice()), (Some(0), &b""[..]));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["stopped"], "interrupted");
    assert!(json["epochs"].as_u64().unwrap() > 1000, "{}", json["epochs"]);
    assert!(json["losses"].as_array().unwrap().len() <= 402);
    // The saved network is the one whose predictions were printed.
    let saved = scenario::load(file.to_str().unwrap()).unwrap();
    for (sample, prediction) in saved.samples.iter().zip(json["predictions"].as_array().unwrap()) {
        let (_, outputs, _) = by_hand(&saved.network, sample);
        assert!(near(outputs[0], prediction["after"][0].as_f64().unwrap(), 1e-12));
    }
    std::fs::remove_dir_all(folder).unwrap();
}
