//! What every slip makes of a line: on the lecture's exercise, on networks of
//! other shapes, and on random ones.

mod lecture;
mod networks;
mod pen;
mod places;
mod random;
mod rewritings;

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::expr::{Op, evaluate};
use crate::lesson::Settings;
use crate::lesson::batch::LessonBatch;
use crate::name::Symbol;
use crate::num::{self, Written};
use crate::scenario::{self, Scenario, embedded};

fn read(text: &str) -> Scenario {
    scenario::read(text.as_bytes(), "test").unwrap_or_else(|faults| panic!("{faults}"))
}

/// The lesson of a scenario's sample, nothing carried.
fn lesson_of(scenario: &Scenario, at: usize, plugged_in: bool) -> Lesson<'_> {
    let exercise = scenario.exercise(at);
    let apply = scenario.learning_rate.is_some();
    Lesson::new(exercise, Settings { apply, plugged_in, ..Settings::default() }).unwrap()
}

/// Three samples, reduced as it says.
const BATCH: &str = r#"{"loss": "half_squared_error", "learning_rate": 0.3, "reduction": "REDUCTION",
    "layers": [{"activation": "tanh", "weights": [[0.5], [-0.4]], "biases": [0.1]},
        {"activation": "sigmoid", "weights": [[0.8]], "biases": [-0.3]}],
    "samples": [{"x": [2, 1.5], "y": 1}, {"x": [0.3, -0.7], "y": 0}, {"x": [-1, 0.4], "y": 0.5}]}"#;

/// All samples of a scenario as one lesson.
fn together(scenario: &Scenario) -> Lesson<'_> {
    let exercise = *lesson_of(scenario, 0, false).exercise();
    let batch = LessonBatch::new(exercise, &scenario.samples, scenario.reduction, None);
    batch.unwrap().together(true).unwrap()
}

fn names(lesson: &Lesson<'_>) -> Vec<Name> {
    let mut names = Vec::new();
    lesson
        .for_each(|_, name| {
            names.push(name);
            Ok::<(), ()>(())
        })
        .unwrap();
    names
}

/// What the line comes to, each way that a slip can happen in it.
fn slipped(lesson: &Lesson<'_>, name: Name, slip: Slip) -> Vec<f64> {
    let of = candidates(lesson, name).into_iter().filter(|candidate| candidate.slip == slip);
    of.map(|candidate| evaluate(&candidate.expr, &|leaf| lesson.value(leaf))).collect()
}

/// Whether the first weight of a layer plugs in its error signal too.
const WALKS: [bool; 2] = [false, true];

/// The network of this name.
fn net(key: &str) -> Scenario {
    read(NETS.iter().find(|(name, _)| *name == key).unwrap().1)
}

/// Networks in which every slip has a place.
const NETS: [(&str, &str); 10] = [
    (
        "two outputs",
        r#"{"loss": "half_squared_error", "learning_rate": 0.3, "layers": [
            {"activation": "tanh", "weights": [[0.1, -0.4, 0.3], [0.7, 0.2, -0.6]], "biases": [0.1, 0.2, -0.3]},
            {"activation": "sigmoid", "weights": [[0.5, -0.2], [0.3, 0.8], [-0.7, 0.4]], "biases": [0.15, -0.25]}],
            "sample": {"x": [0.6, -1.3], "y": [1, 0]}}"#,
    ),
    (
        "softmax",
        r#"{"loss": "cross_entropy", "learning_rate": 0.2, "layers": [
            {"activation": "tanh", "weights": [[0.2, -0.4, 0.6], [0.5, 0.1, -0.3]], "biases": [0.1, -0.2, 0.3]},
            {"activation": "softmax", "weights": [[0.7, -0.1, 0.2], [-0.3, 0.4, 0.5], [0.6, -0.8, 0.1]]}],
            "sample": {"x": [0.8, -1.2], "y": [0, 0, 1]}}"#,
    ),
    (
        "softmax with a squared loss",
        r#"{"loss": "squared_error", "layers": [
            {"activation": "softmax", "weights": [[0.2, -0.4, 0.6], [0.5, 0.1, -0.3]], "biases": [0.1, -0.2, 0.3]}],
            "sample": {"x": [0.8, -1.2], "y": [0, 0, 1]}}"#,
    ),
    (
        "deep",
        r#"{"loss": "half_squared_error", "learning_rate": 0.3, "update_biases": false, "layers": [
            {"activation": "sigmoid", "weights": [[0.1, -0.4], [0.7, 0.2]], "biases": [0.1, 0.2]},
            {"activation": "tanh", "weights": [[0.5, -0.2], [0.3, 0.8]], "biases": [0.15, -0.25]},
            {"activation": "sigmoid", "weights": [[0.9], [-0.6]], "biases": [0.05]}],
            "sample": {"x": [0.6, -1.3], "y": 1}}"#,
    ),
    (
        "relu",
        r#"{"loss": "mean_squared_error", "learning_rate": 0.1, "layers": [
            {"activation": "relu", "weights": [[0.5, -0.4], [0.3, -0.6]], "biases": [0.1, 0.2]},
            {"activation": "identity", "weights": [[0.8, 0.1], [0.9, -0.2]], "biases": [-0.3, 0.4]}],
            "sample": {"x": [2, 1.5], "y": [2, 1]}}"#,
    ),
    (
        "leaky",
        r#"{"loss": "mean_squared_error", "layers": [
            {"activation": "leaky_relu", "weights": [[0.5, -0.4], [0.3, -0.6]]},
            {"activation": "softplus", "weights": [[0.8], [0.9]], "biases": [-0.3]}],
            "sample": {"x": [2, 1.5], "y": 2}}"#,
    ),
    (
        "bernoulli",
        r#"{"loss": "binary_cross_entropy", "learning_rate": 0.1, "layers": [
            {"activation": "tanh", "weights": [[0.5, -0.4], [0.3, -0.6]], "biases": [0.1, 0.2]},
            {"activation": "sigmoid", "weights": [[0.8], [0.9]], "biases": [-0.3]}],
            "sample": {"x": [2, 1.5], "y": 1}}"#,
    ),
    (
        "far out",
        r#"{"loss": "binary_cross_entropy", "learning_rate": 0.1, "layers": [
            {"activation": "sigmoid", "weights": [[500], [-500]]}],
            "sample": {"x": [2, 1.5], "y": 1}}"#,
    ),
    (
        "deep and wide enough",
        r#"{"loss": "half_squared_error", "learning_rate": 0.3, "layers": [
            {"activation": "tanh", "weights": [[0.1, -0.4], [0.7, 0.2]], "biases": [0.1, 0.2]},
            {"activation": "leaky_relu", "weights": [[0.5, -0.2], [0.3, -0.8]], "biases": [0.15, -0.25]},
            {"activation": "sigmoid", "weights": [[0.9, 0.3], [-0.6, 0.7]], "biases": [0.05, -0.4]}],
            "sample": {"x": [0.6, -1.3], "y": [1, 0]}}"#,
    ),
    (
        "a chain",
        r#"{"loss": "output", "layers": [
            {"activation": "sigmoid", "weights": [[0.5]]},
            {"activation": "tanh", "weights": [[0.7]]},
            {"activation": "softplus", "weights": [[-0.6]], "biases": [0.1]},
            {"activation": "identity", "weights": [[1.5]]}],
            "sample": {"x": [2]}}"#,
    ),
];

#[test]
fn every_slip_has_a_place_and_every_line_few_candidates() {
    let mut places = BTreeMap::<Slip, BTreeSet<String>>::new();
    // A sum over 64 inputs has as many candidates; nobody works it by hand.
    let by_hand = embedded::all().iter().filter(|embedded| embedded.data.is_none());
    let shipped = by_hand.map(|embedded| (embedded.name, embedded.text));
    for (net, text) in shipped.chain(NETS) {
        let scenario = read(text);
        for at in 0..scenario.samples.len() {
            for walk in WALKS {
                let lesson = lesson_of(&scenario, at, walk);
                for name in names(&lesson) {
                    let found = candidates(&lesson, name);
                    let name = lesson.naming().plain(name);
                    assert!(found.len() <= 80, "{net}, {name}: {} candidates", found.len());
                    for candidate in found {
                        candidate.expr.for_each_leaf(&mut |leaf| {
                            assert!(lesson.has(leaf), "{net}, {name}: {leaf:?}");
                        });
                        let value = evaluate(&candidate.expr, &|leaf| lesson.value(leaf));
                        let code = candidate.slip.code();
                        assert!(!value.is_nan(), "{net}, {name}: {code} has no value");
                        places.entry(candidate.slip).or_default().insert(format!("{net} {name}"));
                    }
                }
            }
        }
    }
    for reduction in ["mean", "sum"] {
        let scenario = read(&BATCH.replace("REDUCTION", reduction));
        let lesson = together(&scenario);
        for name in names(&lesson) {
            for candidate in candidates(&lesson, name) {
                let value = evaluate(&candidate.expr, &|leaf| lesson.value(leaf));
                let (name, code) = (lesson.naming().plain(name), candidate.slip.code());
                assert!(!value.is_nan(), "{name}: {code} has no value");
                places.entry(candidate.slip).or_default().insert(format!("{reduction} {name}"));
            }
        }
    }
    for slip in Slip::ALL {
        assert_eq!(places.contains_key(&slip), !slip.is_of_the_pen(), "{}", slip.code());
    }
}

#[test]
fn codes_and_sentences_differ() {
    let codes: BTreeSet<_> = Slip::ALL.iter().map(|slip| slip.code()).collect();
    let sentences: BTreeSet<_> = Slip::ALL.iter().map(|slip| slip.sentence()).collect();
    assert_eq!((codes.len(), sentences.len()), (Slip::ALL.len(), Slip::ALL.len()));
    assert!(Slip::ALL.is_sorted());
    // Those of the pen stand last.
    assert!(Slip::ALL.is_sorted_by_key(|slip| slip.is_of_the_pen()));
    assert!(sentences.iter().all(|sentence| sentence.ends_with('.')));
}
