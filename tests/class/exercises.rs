//! New exercises: every one passes `lint`, is solved by the independent engine, and
//! is the same for the same seed.

use backprop_tutor::exercise::{Drawn, ExerciseShape, Lint, NumberStyle, generate, lint};
use backprop_tutor::lesson::{Exercise, Lesson, Settings};
use backprop_tutor::name::{Name, Symbol};
use backprop_tutor::verify::MarkingRules;

use super::common::plain::{Plain, PlainLayer};
use super::common::program::tutor;

/// Ten shapes: layers, activations, loss, style.
const SHAPES: [(&str, Option<&str>, Option<&str>, NumberStyle); 10] = [
    ("1-1", None, None, NumberStyle::Random),
    ("2-1", None, Some("binary_cross_entropy"), NumberStyle::Random),
    ("2-2-1", None, None, NumberStyle::Xor),
    ("2-2-1", None, None, NumberStyle::Textbook),
    ("2-2-1", Some("tanh,sigmoid"), None, NumberStyle::Random),
    ("3-2-1", Some("relu,identity"), Some("squared_error"), NumberStyle::Random),
    ("2-2-2", None, Some("mean_squared_error"), NumberStyle::Random),
    ("2-3-1", Some("softplus,identity"), None, NumberStyle::Random),
    ("2-3", None, Some("cross_entropy"), NumberStyle::Random),
    ("2-2-2-1", Some("tanh,tanh,sigmoid"), None, NumberStyle::Random),
];

fn shape(at: usize) -> ExerciseShape {
    let (layers, activation, loss, style) = SHAPES[at];
    ExerciseShape { style, ..ExerciseShape::of(layers, activation, loss).expect("a shape") }
}

/// The same network for the engine of the tests.
fn plain(drawn: &Drawn) -> Plain {
    let layer = |layer: &backprop_tutor::network::Layer| PlainLayer {
        activation: layer.activation.key,
        w: layer.weights.values().chunks(layer.units()).map(<[f64]>::to_vec).collect(),
        b: layer.biases.clone(),
    };
    Plain {
        layers: drawn.network.layers.iter().map(layer).collect(),
        loss: drawn.network.loss.key,
        x: drawn.sample.x.clone(),
        y: drawn.sample.y.clone(),
    }
}

fn check(at: usize, seed: u64) {
    let shape = shape(at);
    let case = format!("{:?}, seed {seed}", SHAPES[at]);
    let drawn = generate(&shape, seed, "").unwrap_or_else(|error| panic!("{case}: {error}"));
    let exercise = Exercise {
        network: &drawn.network,
        sample: &drawn.sample,
        learning_rate: Some(drawn.learning_rate),
        update_biases: true,
    };
    let settings = Settings { apply: true, ..Settings::default() };
    let lesson = Lesson::new(exercise, settings).expect("finite");
    let rules = MarkingRules::asking(shape.digits);
    let found = lint(&Lint { lesson: &lesson, rules, reference: None }).expect("small");
    assert!(found.is_empty(), "{case}: {found:?}");
    let worked = plain(&drawn).work();
    for (layer, rows) in worked.by_weight.iter().enumerate() {
        for (from, row) in rows.iter().enumerate() {
            for (to, gradient) in row.iter().enumerate() {
                let weight =
                    Symbol::Weight { layer: layer as u32, from: from as u32, to: to as u32 };
                let value = lesson.value(Name::loss_by(weight));
                assert!(gradient.allows_within(value, 1e-12), "{case}: {gradient:?}, not {value}");
            }
        }
    }
    for number in
        drawn.sample.x.iter().chain(drawn.network.layers.iter().flat_map(|l| l.weights.values()))
    {
        assert!((number * 100.0 - (number * 100.0).round()).abs() < 1e-9, "{case}: {number}");
    }
}

#[test]
fn every_exercise_passes_lint_and_is_solved() {
    for at in 0..SHAPES.len() {
        for seed in 0..20 {
            check(at, seed);
        }
    }
}

/// So many seeds of every shape.
fn check_seeds(seeds: u64) {
    use rayon::prelude::*;
    (0..seeds).into_par_iter().for_each(|seed| (0..SHAPES.len()).for_each(|at| check(at, seed)));
}

/// `cargo test --release --test class -- --ignored thousand_each`
#[test]
#[ignore = "takes minutes"]
fn a_thousand_each_of_ten_shapes() {
    check_seeds(1_000);
}

/// `cargo test --release --test class -- --ignored ten_thousand`
#[test]
#[ignore = "takes minutes"]
fn ten_thousand_seeds_of_ten_shapes() {
    check_seeds(10_000);
}

/// Shapes for which chance alone finds nothing: large ones, and deep ones.
const HARD: [&str; 4] = ["1-1-1-1-1", "3-16-2", "2-2-2-2-1", "7-13-5-2"];

/// Catches a shape that is refused, or that asks for digits with which nothing can
/// be told.
#[test]
fn a_hard_shape_gets_digits_enough_and_is_mended() {
    for layers in &HARD[..2] {
        let args = ["new", "--layers", layers, "--seed", "3"];
        let (one, again) = (tutor(&args), tutor(&args));
        assert_eq!(one.code, Some(0), "{layers}: {}", one.err);
        assert_eq!(one.out, again.out, "{layers}");
        assert!(one.err.starts_with("note: asked with "), "{layers}: {}", one.err);
        assert_eq!(one.err.lines().count(), 1, "{layers}: {}", one.err);
        let found = super::common::program::tutor_on(&one.out, &["lint", "-"]);
        assert_eq!(found.code, Some(0), "{layers}: {}", found.out);
    }
}

/// Catches a mended exercise that is looked at by the lines of another, in which a
/// unit was off.
#[test]
fn what_is_mended_passes_lint_as_well() {
    for seed in [184, 280, 547] {
        check(5, seed);
    }
}

/// Catches an exercise that hides what it cannot tell apart.
#[test]
fn what_remains_is_said() {
    let ran = tutor(&["new", "--layers", "1-1-1-1-1-1", "--digits", "2"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("none tells everything apart; of this one remain:"), "{}", ran.err);
    let found = super::common::program::tutor_on(&ran.out, &["lint", "-"]);
    let page: Vec<&str> = found.out.lines().skip(2).collect();
    assert!(ran.err.contains(&page.join("\n")), "{}\n{}", ran.err, found.out);
    let large = tutor(&["new", "--layers", "20-20-20-20"]);
    assert_eq!(large.code, Some(0), "{}", large.err);
    assert!(large.err.contains("nobody works these by hand"), "{}", large.err);
}

/// `cargo test --release --test class -- --ignored hard_shapes`
#[test]
#[ignore = "takes minutes"]
fn hard_shapes_of_many_seeds() {
    use backprop_tutor::exercise::{LintKind, fitting_digits};
    use rayon::prelude::*;
    for layers in HARD {
        let shape = ExerciseShape::of(layers, None, None).expect("a shape");
        let shape = ExerciseShape { digits: fitting_digits(&shape), ..shape };
        let left: Vec<(u64, usize)> = (0..100_u64)
            .into_par_iter()
            .map(|seed| {
                let drawn = generate(&shape, seed, "").expect("an exercise");
                let near = |finding: &backprop_tutor::exercise::LintFinding| {
                    finding.kind() == LintKind::NearBorder
                };
                assert!(drawn.findings.iter().all(near), "{layers}, {seed}: {:?}", drawn.findings);
                (seed, drawn.findings.len())
            })
            .filter(|(_, left)| *left > 0)
            .collect();
        println!(
            "{layers}, {}: {} of 100 are left near a border: {left:?}",
            shape.digits,
            left.len()
        );
    }
}

/// These bytes must never change: courses have handed them out.
#[test]
fn a_seed_gives_these_bytes_for_ever() {
    let mut all = String::new();
    for args in [
        &["new", "--layers", "2-2-1", "--seed", "7"][..],
        &["new", "--layers", "2-2-1", "--style", "textbook"],
        &["new", "--layers", "2-3", "--loss", "cross_entropy", "--digits", "5", "--rate", "0.1"],
    ] {
        all.push_str(&tutor(args).page());
    }
    insta::assert_snapshot!(all);
    assert_ne!(tutor(&["new", "--layers", "2-2-1", "--seed", "8"]).page(), all);
}
