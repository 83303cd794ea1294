//! Batches and gradient checks: reduced numbers against single lessons, steps
//! against a network that is written out, and proofs that can fail.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;
#[path = "batches/sheets.rs"]
mod sheets;

use backprop_tutor::gradient_check::inject::inject;
use backprop_tutor::gradient_check::{GradientRow, GradientVerdict, check};
use backprop_tutor::lesson::batch::LessonBatch;
use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::name::{Name, NameMap, Symbol};
use backprop_tutor::network::{Activation, Layer, Loss, Matrix, Network, Reduction, Sample};
use backprop_tutor::num::Written;
use backprop_tutor::scenario::{self, Scenario, embedded};
use backprop_tutor::verify::Slip;
use common::plain::{bodies, exercise, hidden, pairings};
use common::program::tutor;
use proptest::prelude::*;
use serde_json::Value;

fn named(name: &str) -> Scenario {
    scenario::load(name).unwrap_or_else(|error| panic!("{error}"))
}

fn batch(scenario: &Scenario, reduction: Reduction) -> LessonBatch<'_> {
    LessonBatch::new(scenario.exercise(0), &scenario.samples, reduction, None).unwrap()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-15 + 1e-14 * a.abs().max(b.abs())
}

/// Catches a batch that reduces other numbers than those of its samples.
#[test]
fn a_batch_is_the_mean_or_the_sum_of_its_samples() {
    let scenario = named("xor-batch");
    let singles: Vec<_> = (1..=4)
        .map(|sample| {
            let sample = sample.to_string();
            tutor(&["run", "xor-batch", "--sample", &sample, "--format", "json"]).lesson()
        })
        .collect();
    for (reduction, share) in [(Reduction::Mean, 0.25), (Reduction::Sum, 1.0)] {
        let batch = batch(&scenario, reduction);
        for parameter in ["L", "dL/du1", "dL/du2", "dL/dc", "dL/dW11", "dL/dW22", "dL/db2"] {
            let name = scenario.network.find(parameter).unwrap();
            let expected =
                share * singles.iter().map(|lesson| lesson.value(parameter)).sum::<f64>();
            assert!(close(batch.value(name), expected), "{parameter}: {expected}");
        }
    }
}

/// The full step by its definition, and the samples after it in a scenario that
/// is written out with the new weights.
#[test]
fn the_full_step_leads_where_the_new_weights_lead() {
    let run = tutor(&["run", "xor-batch", "--batch", "--apply", "--format", "json"]);
    let page: Value = serde_json::from_str(&run.page()).unwrap();
    let new = |name: &str| {
        let gradients = page["gradients"].as_array().unwrap();
        let row = gradients.iter().find(|row| row["name"] == format!("dL/d{name}")).unwrap();
        let samples = row["samples"].as_array().unwrap();
        let mean = samples.iter().map(|value| value.as_f64().unwrap()).sum::<f64>() / 4.0;
        assert!(close(row["value"].as_f64().unwrap(), mean), "{name}");
        row["new"].as_f64().unwrap()
    };
    let old = [("u1", -0.22), ("c", 0.78), ("W11", -0.07), ("b2", 0.1)];
    for (name, old) in old {
        let gradients = page["gradients"].as_array().unwrap();
        let row = gradients.iter().find(|row| row["name"] == format!("dL/d{name}")).unwrap();
        assert!(close(new(name), old - 0.5 * row["value"].as_f64().unwrap()), "{name}");
    }
    let text = format!(
        r#"{{"loss": "half_squared_error", "layers": [
            {{"activation": "sigmoid", "weights": [[{}, {}], [{}, {}]], "biases": [{}, {}]}},
            {{"activation": "sigmoid", "weights": [[{}], [{}]], "biases": [{}]}}],
            "samples": [{{"x": [0, 0], "y": 0}}, {{"x": [0, 1], "y": 1}},
                        {{"x": [1, 0], "y": 1}}, {{"x": [1, 1], "y": 0}}]}}"#,
        new("W11"),
        new("W12"),
        new("W21"),
        new("W22"),
        new("b1"),
        new("b2"),
        new("u1"),
        new("u2"),
        new("c"),
    );
    let scenario = scenario::read(text.as_bytes(), "after").unwrap();
    let after = batch(&scenario, Reduction::Mean);
    let risk = after.value(Symbol::Loss.into());
    assert!(close(page["risk_new"].as_f64().unwrap(), risk), "{risk}");
    assert!(risk < page["risk"].as_f64().unwrap());
    for (sample, lesson) in page["samples"].as_array().unwrap().iter().zip(after.lessons()) {
        let loss = lesson.value(Symbol::Loss.into());
        assert!(close(sample["loss_new"].as_f64().unwrap(), loss), "{sample}");
    }
}

#[test]
fn biases_that_are_left_alone_stay() {
    let text = r#"{"loss": "half_squared_error", "learning_rate": 1, "update_biases": false,
        "layers": [{"activation": "sigmoid", "weights": [[1]], "biases": [0.5]}],
        "samples": [{"x": [1], "y": 0}, {"x": [2], "y": 1}], "reduction": "sum"}"#;
    let scenario = scenario::read(text.as_bytes(), "biases").unwrap();
    let batch = batch(&scenario, scenario.reduction);
    let updated = batch.updated(&scenario.network);
    assert_eq!(updated.layers[0].biases, Some(vec![0.5]));
    assert_ne!(updated.layers[0].weights.values(), &[1.0]);
}

fn alone<'a>(lesson: &Lesson<'a>) -> LessonBatch<'a> {
    LessonBatch::of(vec![lesson.clone()], Reduction::Mean)
}

fn checked(lesson: &Lesson<'_>, worked: &Lesson<'_>) -> Vec<GradientRow> {
    check(&alone(lesson), &alone(worked), &|_, _| {})
}

#[test]
fn every_embedded_scenario_passes_its_check() {
    for entry in embedded::all() {
        let scenario = named(entry.name);
        let batch = batch(&scenario, scenario.reduction);
        let rows = check(&batch, &batch, &|_, _| {});
        assert_eq!(rows.len(), scenario.network.parameters(), "{}", entry.name);
        let wrong: Vec<&GradientRow> =
            rows.iter().filter(|row| row.verdict != GradientVerdict::Agrees).collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", entry.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]
    /// Catches tolerances that are too narrow for an honest gradient, in every
    /// pairing of activation and loss.
    #[test]
    fn right_gradients_pass(body in bodies(), at in 0..pairings().len(), _layer in 0..hidden().len()) {
        let (output, loss) = pairings()[at];
        let plain = body.ending(output, loss, 1.0);
        let worked = plain.work();
        prop_assume!(plain.nearest_kink(&worked) > 1e-3);
        let (network, sample) = (plain.network(), plain.sample());
        let lesson = Lesson::new(exercise(&network, &sample, 0.1), Settings::default()).unwrap();
        for row in checked(&lesson, &lesson) {
            prop_assert_eq!(row.verdict, GradientVerdict::Agrees, "{:?}", row);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]
    /// The losses beside a parameter are those of the network with these values.
    /// Catches what is left over of a question, and a change that is followed to
    /// the wrong place.
    #[test]
    fn the_losses_are_those_that_would_be(body in bodies(), at in 0..pairings().len()) {
        let (output, loss) = pairings()[at];
        let plain = body.ending(output, loss, 1.0);
        let (network, sample) = (plain.network(), plain.sample());
        let lesson = Lesson::new(exercise(&network, &sample, 0.1), Settings::default()).unwrap();
        let rows = checked(&lesson, &lesson);
        prop_assert_eq!(rows.len(), network.parameters());
        for row in rows {
            let value = lesson.value(row.parameter.into());
            for (shown, value) in [row.losses[0], row.losses[2]].into_iter().zip([value - row.step, value + row.step]) {
                let other = network
                    .with_parameters(|at, old| if at == row.parameter { value } else { old });
                let there = Lesson::new(exercise(&other, &sample, 0.1), Settings::default());
                let expected = there.unwrap().value(Symbol::Loss.into());
                let size = expected.abs().max(1.0);
                prop_assert!((shown - expected).abs() <= 1e-13 * size, "{:?}: {}", row, expected);
            }
        }
    }
}

/// Catches rows that are lost or change places where threads share the work.
#[test]
fn a_large_check_has_every_row_in_its_place() {
    let mut layers = Vec::new();
    for (inputs, units) in [(70, 60), (60, 100), (100, 2)] {
        let mut weights = Matrix::with_columns(units);
        for from in 0..inputs {
            let row = (0..units).map(|to| ((7 * from + 3 * to) % 19) as f64 / 100.0 - 0.09);
            weights.push_row(&row.collect::<Vec<_>>());
        }
        let activation = Activation::named("tanh").unwrap();
        layers.push(Layer { activation, weights, biases: Some(vec![0.1; units]) });
    }
    let network =
        Network { layers, loss: Loss::named("half_squared_error").unwrap(), own_names: None };
    let x = (0..70).map(|at| f64::from(at % 11) / 10.0).collect();
    let sample = Sample { x, y: vec![0.5, -0.5] };
    let lesson = Lesson::new(exercise(&network, &sample, 0.1), Settings::default()).unwrap();
    let rows = checked(&lesson, &lesson);
    let mut parameters = Vec::new();
    lesson.for_each_parameter(|parameter| parameters.push(parameter));
    assert_eq!(rows.iter().map(|row| row.parameter).collect::<Vec<_>>(), parameters);
    assert_eq!(rows.len(), 10562);
    for row in &rows {
        assert_eq!(row.gradient, lesson.value(Name::loss_by(row.parameter)));
        assert_eq!(row.verdict, GradientVerdict::Agrees, "{row:?}");
        assert!((row.gradient - row.quotient).abs() < 1e-9, "{row:?}");
    }
}

/// A slip is seen in every gradient that it moves, and in no other.
#[test]
fn a_slip_is_seen_where_it_moves_a_gradient() {
    let mut seen = Vec::new();
    for family in ["xor", "mazur", "deep", "softmax-cross-entropy", "relu-dead", "pythonandml"] {
        let scenario = named(family);
        let lesson = Lesson::new(scenario.exercise(0), Settings::default()).unwrap();
        for slip in Slip::ALL {
            let injected = inject(scenario.exercise(0), slip).unwrap();
            let mut moved = false;
            for row in checked(&lesson, &injected.lesson) {
                let gradient = Name::loss_by(row.parameter);
                let (right, slipped) = (lesson.value(gradient), injected.lesson.value(gradient));
                assert_eq!(row.gradient, slipped);
                let apart = (right - slipped).abs();
                let case = format!("{family}, {}: {row:?}, rightly {right}", slip.code());
                if apart == 0.0 {
                    assert_eq!(row.verdict, GradientVerdict::Agrees, "{case}");
                } else if apart > 1e-4 * right.abs().max(slipped.abs()) && apart > 1e-8 {
                    assert_eq!(row.verdict, GradientVerdict::Differs, "{case}");
                    moved = true;
                }
            }
            assert!(!moved || !injected.lines.is_empty(), "{family}, {}", slip.code());
            if moved {
                seen.push(slip);
            }
        }
    }
    // What happens after the gradients, or in writing them down, moves none;
    // neither does a slip in the loss itself.
    let unseen: Vec<&str> =
        Slip::ALL.iter().filter(|slip| !seen.contains(slip)).map(|slip| slip.code()).collect();
    insta::assert_snapshot!(unseen.join(" "));
}

/// At z = 0 a ReLU has two slopes; the gradient is one of them.
#[test]
fn a_kink_is_no_wrong_gradient() {
    let text = r#"{"loss": "output", "layers": [
        {"activation": "relu", "weights": [[0.5]], "biases": [-0.5]},
        {"activation": "identity", "weights": [[2]], "biases": [1]}],
        "sample": {"x": [1]}}"#;
    let scenario = scenario::read(text.as_bytes(), "kink").unwrap();
    let lesson = Lesson::new(scenario.exercise(0), Settings::default()).unwrap();
    let verdicts: Vec<GradientVerdict> =
        checked(&lesson, &lesson).into_iter().map(|row| row.verdict).collect();
    assert_eq!(
        verdicts,
        [
            GradientVerdict::Kink,
            GradientVerdict::Kink,
            GradientVerdict::Agrees,
            GradientVerdict::Agrees
        ]
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kink.json");
    std::fs::write(&file, text).unwrap();
    let ran = tutor(&["check", file.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.contains("2 of 4 gradients agree, 2 are at a kink"), "{}", ran.out);
    // A wrong gradient at a kink is still wrong.
    let gradient = Name::loss_by(Symbol::Weight { layer: 0, from: 0, to: 0 });
    let three = Written::read("3").unwrap();
    let settings =
        Settings { carried: NameMap::from_iter([(gradient, three)]), ..Settings::default() };
    let wrong = Lesson::new(scenario.exercise(0), settings).unwrap();
    let row = checked(&lesson, &wrong)[0];
    assert_eq!(row.verdict, GradientVerdict::Differs, "{row:?}");
}

#[test]
fn arguments_that_do_not_go_are_told() {
    let said = |args: &[&str]| {
        let ran = tutor(args);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{args:?}");
        ran.err
    };
    insta::assert_snapshot!(
        [
            said(&["check", "xor", "--inject", "no-slop-out"]),
            said(&["check", "xor", "--inject", "\u{1b}[2J"]),
            said(&["check", "xor", "--sample", "2"]),
            said(&["check", "mazur.json"]),
            said(&["run", "xor-batch", "--batch", "--sample", "2"]),
            said(&["run", "xor-batch", "--batch", "--only", "u9"]),
        ]
        .join("\n")
    );
}
