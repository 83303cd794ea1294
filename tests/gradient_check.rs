//! `check` over thousands of random scenarios: no right gradient is called wrong,
//! no wrong one right, and the backward pass has no say in it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use backprop_tutor::gradient_check::inject::inject;
use backprop_tutor::gradient_check::{GradientRow, GradientVerdict, check};
use backprop_tutor::lesson::batch::LessonBatch;
use backprop_tutor::lesson::{Exercise, Lesson, Settings};
use backprop_tutor::name::{Name, NameMap, Symbol};
use backprop_tutor::network::activation::Activation;
use backprop_tutor::network::loss::Targets;
use backprop_tutor::network::{Layer, Matrix, Network, Reduction, Sample};
use backprop_tutor::num::Written;
use backprop_tutor::scenario;
use backprop_tutor::verify::Slip;
use common::plain::{exercise, hidden, pairings};
use common::program::tutor_on;

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, many: usize) -> usize {
        // SplitMix64
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % many as u64) as usize
    }

    /// From -3 to 3: whole, with one decimal, or with many.
    fn number(&mut self, parts: usize) -> f64 {
        (self.below(6 * parts + 1) as f64 - 3.0 * parts as f64) / parts as f64
    }
}

/// A network and samples as somebody may write them.
struct Random {
    network: Network,
    samples: Vec<Sample>,
    reduction: Reduction,
}

impl Random {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let (output, loss) = pairings()[dice.below(pairings().len())];
        let parts = [1, 10, 100, 1 << 20][dice.below(4)];
        let depth = 1 + dice.below(4);
        let sizes: Vec<usize> = (0..=depth).map(|_| 1 + dice.below(4)).collect();
        let layer = |(at, sizes): (usize, &[usize])| {
            let activation: &Activation =
                if at + 1 == depth { output } else { hidden()[dice.below(hidden().len())] };
            let mut weights = Matrix::with_columns(sizes[1]);
            for _ in 0..sizes[0] {
                let row: Vec<f64> = (0..sizes[1]).map(|_| dice.number(parts)).collect();
                weights.push_row(&row);
            }
            let biases =
                (dice.below(5) > 0).then(|| (0..sizes[1]).map(|_| dice.number(parts)).collect());
            Layer { activation, weights, biases }
        };
        let layers = sizes.windows(2).enumerate().map(layer).collect();
        let network = Network { layers, loss, own_names: None };
        let count = 1 + dice.below(4);
        let samples = (0..count).map(|_| Sample {
            x: (0..sizes[0]).map(|_| dice.number(parts)).collect(),
            y: target(&mut dice, loss.targets, sizes[depth], parts),
        });
        let samples = samples.collect();
        let reduction = [Reduction::Mean, Reduction::Sum][dice.below(2)];
        Self { network, samples, reduction }
    }

    fn exercises(&self) -> impl Iterator<Item = Exercise<'_>> {
        self.samples.iter().map(|sample| exercise(&self.network, sample, 0.1))
    }

    fn batch(&self) -> LessonBatch<'_> {
        let lessons = self.exercises().map(|of| Lesson::new(of, Settings::default()).unwrap());
        LessonBatch::of(lessons.collect(), self.reduction)
    }
}

fn target(dice: &mut Dice, targets: Targets, outputs: usize, parts: usize) -> Vec<f64> {
    let mut share = || [0.0, 1.0, 0.5, 0.3][dice.below(4)];
    match targets {
        Targets::Unused => Vec::new(),
        Targets::UnitInterval => (0..outputs).map(|_| share()).collect(),
        Targets::Any => (0..outputs).map(|_| dice.number(parts)).collect(),
        Targets::Distribution => {
            let one = dice.below(outputs);
            let rest = if outputs > 1 { [0.0, 0.25][dice.below(2)] } else { 0.0 };
            let mut y = vec![0.0; outputs];
            y[(one + 1) % outputs] += rest;
            y[one] += 1.0 - rest;
            y
        }
    }
}

fn checked(batch: &LessonBatch<'_>, worked: &LessonBatch<'_>) -> Vec<GradientRow> {
    check(batch, worked, &|_, _| {})
}

/// What was seen in many scenarios.
#[derive(Debug, Default)]
struct Seen {
    gradients: usize,
    kinks: usize,
    unknown: usize,
    wrong: Vec<String>,
}

/// Checks the right gradients of random scenarios.
fn right(seeds: std::ops::Range<u64>) -> Seen {
    let mut seen = Seen::default();
    for seed in seeds {
        let random = Random::new(seed);
        let batch = random.batch();
        for row in checked(&batch, &batch) {
            seen.gradients += 1;
            match row.verdict {
                GradientVerdict::Agrees => {}
                GradientVerdict::Kink => seen.kinks += 1,
                GradientVerdict::CannotTell(_) => {
                    seen.unknown += 1;
                }
                GradientVerdict::Differs => seen.wrong.push(format!("{seed}: {row:?}")),
            }
        }
    }
    seen
}

/// Injects slips into random scenarios until so many have moved a gradient by
/// more than its noise: how many did, and those that were not found.
fn slipped(count: usize, first: u64) -> (usize, Vec<String>) {
    let (mut moved, mut missed) = (0, Vec::new());
    for seed in first.. {
        if moved >= count {
            break;
        }
        let random = Random::new(seed);
        let slip = Slip::ALL[seed as usize % Slip::ALL.len()];
        let injected = random.exercises().map(|of| inject(of, slip).map(|it| it.lesson));
        let Ok(lessons) = injected.collect::<Result<Vec<_>, _>>() else { continue };
        let (batch, worked) = (random.batch(), LessonBatch::of(lessons, random.reduction));
        let loss = batch.value(Symbol::Loss.into());
        let mut is_moved = false;
        for row in checked(&batch, &worked) {
            let right = batch.value(Name::loss_by(row.parameter));
            let apart = (right - row.gradient).abs();
            let size = right.abs().max(row.gradient.abs());
            if apart > 1e-4 * size && apart > 1e-7 * loss.abs().max(1.0) {
                is_moved = true;
                if row.verdict != GradientVerdict::Differs {
                    missed.push(format!("{seed}, {}, rightly {right}: {row:?}", slip.code()));
                }
            }
        }
        moved += usize::from(is_moved);
    }
    (moved, missed)
}

/// Catches a right gradient that is called wrong, in whatever network.
#[test]
fn no_right_gradient_is_called_wrong() {
    let seen = right(0..3000);
    assert!(seen.wrong.is_empty(), "{}: {:#?}", seen.wrong.len(), &seen.wrong[..1]);
    eprintln!("{} gradients, {} kinks, {} unknown", seen.gradients, seen.kinks, seen.unknown);
    assert!(seen.gradients > 50_000 && seen.unknown * 1000 < seen.gradients, "{seen:?}");
}

/// The same at length.
#[test]
#[ignore = "takes minutes"]
fn of_a_hundred_thousand_scenarios_no_right_gradient_is_called_wrong() {
    let seen = right(10_000..110_000);
    eprintln!("{} gradients, {} kinks, {} unknown", seen.gradients, seen.kinks, seen.unknown);
    assert!(seen.wrong.is_empty(), "{}: {:#?}", seen.wrong.len(), seen.wrong);
}

/// Catches a tolerance, or a noise, so wide that slips pass.
#[test]
fn every_slip_above_the_noise_is_found() {
    let (moved, missed) = slipped(1000, 1_000_000);
    assert_eq!(moved, 1000);
    assert!(missed.is_empty(), "{}: {:#?}", missed.len(), &missed[..missed.len().min(5)]);
}

/// Catches a check that takes anything from the backward pass: with any of its
/// formulas broken, the gradients behind it are found wrong and the quotients
/// stay what they were.
#[test]
fn a_broken_backward_pass_is_found() {
    for name in ["xor", "deep", "softmax-cross-entropy"] {
        let scenario = scenario::load(name).unwrap();
        let exercise = exercise(&scenario.network, &scenario.samples[0], 0.1);
        let alone = |settings| {
            LessonBatch::of(vec![Lesson::new(exercise, settings).unwrap()], Reduction::Mean)
        };
        let batch = alone(Settings::default());
        let right = checked(&batch, &batch);
        let mut formulas = Vec::new();
        let Ok(()) = batch.lessons()[0].for_each(|_, name| {
            if matches!(name, Name::Derivative { .. }) {
                formulas.push(name);
            }
            Ok::<(), std::convert::Infallible>(())
        });
        assert!(formulas.len() > 10);
        let mut found = 0;
        for formula in formulas {
            let value = 1.5 * batch.lessons()[0].value(formula) + 0.25;
            let broken = Written::new("", "", value, 0);
            let carried = NameMap::from_iter([(formula, broken)]);
            let worked = alone(Settings { carried, ..Settings::default() });
            for (row, right) in checked(&batch, &worked).iter().zip(&right) {
                let differs = row.verdict == GradientVerdict::Differs;
                let case = format!("{name}, {formula:?}: {row:?}");
                let apart = (row.gradient - right.gradient).abs();
                if apart == 0.0 {
                    assert!(!differs, "{case}");
                } else if apart > 1e-4 * right.gradient.abs() && apart > 1e-8 {
                    assert!(differs, "{case}");
                }
                assert!((row.quotient - right.quotient).abs() < 1e-8, "{case}");
                found += usize::from(differs);
            }
        }
        assert!(found > 20, "{name}: {found}");
    }
}

/// The loss that lost its digits: σ with the Bernoulli loss at z = 15.
const SATURATED: &str = r#"{"loss": "binary_cross_entropy", "digits": 15, "layers": [
    {"activation": "sigmoid", "weights": [[1, 1], [1, 3], [1, -3]], "biases": [-1, 0]}],
    "samples": [{"x": [-1, 2, -1], "y": [1, 1]}, {"x": [1, -1, 0], "y": [0, 1]},
                {"x": [0, 3, -2], "y": [0, 0.5]}, {"x": [2, -3, -1], "y": [0.5, 1]}],
    "reduction": "mean"}"#;

#[test]
fn confident_outputs_are_no_wrong_gradients() {
    let ran = tutor_on(SATURATED, &["check", "-"]);
    assert_eq!(ran.code, Some(0), "{}", ran.out);
    assert!(ran.out.contains("All 8 gradients agree"), "{}", ran.out);
}

/// Catches the digits that `ln(1 - f)` loses where f is near 1.
#[test]
fn the_loss_of_confident_outputs_has_all_its_digits() {
    let page = tutor_on(SATURATED, &["run", "-", "--sample", "3"]).page();
    assert!(page.contains("7.500000305902"), "{page}");
}

/// Catches a loss of 0 that leaves nothing to judge by.
#[test]
fn a_network_that_fits_agrees() {
    let text = r#"{"loss": "half_squared_error", "layers": [
        {"activation": "tanh", "weights": [[0.3, -0.7]], "biases": [0, 0]},
        {"activation": "identity", "weights": [[0.7], [0.3]], "biases": [0.21]}],
        "samples": [{"x": [0], "y": 0.21}, {"x": [0], "y": 0.21}]}"#;
    let ran = tutor_on(text, &["check", "-"]);
    assert!(ran.out.contains("All 7 gradients agree"), "{}", ran.out);
}

/// Catches a verdict where there can be none: within any step that rounding
/// leaves, tanh goes from -1 to 1.
#[test]
fn what_cannot_be_known_is_not_judged() {
    let text = r#"{"loss": "output", "layers": [
        {"activation": "identity", "weights": [[1]]},
        {"activation": "tanh", "weights": [[1e12]], "biases": [-1e12]}],
        "sample": {"x": [1]}}"#;
    let ran = tutor_on(text, &["check", "-"]);
    assert_eq!(ran.code, Some(0), "{}", ran.out);
    insta::assert_snapshot!(ran.out);
    insta::assert_snapshot!(tutor_on(text, &["check", "-", "--format", "json"]).page());
}
