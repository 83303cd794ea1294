//! Numbers far out: inputs of units up to 800, where exp overflows and 1 - f is
//! 0, and weights too large for an f64.

mod common;

use backprop_tutor::export::json;
use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::name::{Name, Symbol};
use backprop_tutor::network::Loss;
use backprop_tutor::network::loss::Targets;
use common::plain::{Plain, PlainLayer, bodies, exercise, hidden, pairings};
use common::program::{self, tutor_on};
use proptest::prelude::*;

/// Inputs of a unit, on both sides of every switch between formulas.
const FAR: [f64; 16] = [
    0.0, 0.5, 3.0, 7.9, 8.1, 15.9, 16.1, 17.0, 30.0, 36.0, 40.0, 300.0, 699.0, 701.0, 745.0, 800.0,
];

const Z: Name = Name::Value(Symbol::In { layer: 0, unit: 0 });
const OUT: Name = Name::Value(Symbol::Out { layer: 0, unit: 0 });
const SLOPE: Name =
    Name::derivative(Symbol::Out { layer: 0, unit: 0 }, Symbol::In { layer: 0, unit: 0 });
const BY_OUT: Name = Name::loss_by(Symbol::Out { layer: 0, unit: 0 });
const BY_IN: Name = Name::loss_by(Symbol::In { layer: 0, unit: 0 });
const BY_WEIGHT: Name = Name::loss_by(Symbol::Weight { layer: 0, from: 0, to: 0 });
const LOSS: Name = Name::Value(Symbol::Loss);

fn both_signs() -> impl Iterator<Item = f64> {
    FAR.into_iter().flat_map(|z| [z, -z])
}

/// Value and slope, by formulas that lose no digits anywhere.
fn closed_form(key: &str, z: f64) -> (f64, f64) {
    let decay = (-z.abs()).exp();
    let (small, large) = (decay / (1.0 + decay), 1.0 / (1.0 + decay));
    let sigma = if z > 0.0 { large } else { small };
    match key {
        "sigmoid" => (sigma, small * large),
        "tanh" => (z.tanh(), 1.0 / z.cosh() / z.cosh()),
        "relu" => (if z > 0.0 { z } else { 0.0 }, if z > 0.0 { 1.0 } else { 0.0 }),
        "leaky_relu" => (if z > 0.0 { z } else { z / 100.0 }, if z > 0.0 { 1.0 } else { 0.01 }),
        "identity" => (z, 1.0),
        "softplus" => (z.max(0.0) + decay.ln_1p(), sigma),
        _ => panic!("add the activation {key} here"),
    }
}

/// `ln(1 + exp(z))`
fn softplus(z: f64) -> f64 {
    closed_form("softplus", z).0
}

fn near(label: &str, value: f64, expected: f64, relative: f64, absolute: f64) {
    assert!(
        (value - expected).abs() <= relative * expected.abs() + absolute,
        "{label}: {value:e}, expected {expected:e}"
    );
}

/// One unit with the input `z`.
fn unit(activation: &'static str, loss: &'static str, z: f64, y: Option<f64>) -> Plain {
    let layer = PlainLayer { activation, w: vec![vec![z]], b: None };
    Plain { layers: vec![layer], loss, x: vec![1.0], y: y.into_iter().collect() }
}

fn with_lesson(plain: &Plain, check: impl FnOnce(&Lesson<'_>)) {
    let (network, sample) = (plain.network(), plain.sample());
    let settings = Settings { apply: true, ..Settings::default() };
    let lesson = Lesson::new(exercise(&network, &sample, 0.1), settings);
    check(&lesson.unwrap_or_else(|e| panic!("{plain:?}: {e} at {:?}", e.name)));
}

fn targets(loss: &Loss) -> Vec<Option<f64>> {
    match loss.targets {
        Targets::Unused => vec![None],
        Targets::Any => vec![Some(-1.5), Some(0.0), Some(1.0)],
        Targets::UnitInterval => vec![Some(0.0), Some(0.25), Some(0.5), Some(1.0)],
        Targets::Distribution => vec![Some(1.0)],
    }
}

/// Catches an activation whose output is infinite or whose slope is lost far
/// out: 0 where it is still 4e-18, or a quotient of two infinities.
#[test]
fn activations_and_their_slopes_are_right_far_out() {
    for activation in hidden() {
        for z in both_signs() {
            let (out, slope) = closed_form(activation.key, z);
            with_lesson(&unit(activation.key, "output", z, None), |lesson| {
                let label = format!("{} at {z}", activation.key);
                assert_eq!(lesson.value(Z), z);
                near(&label, lesson.value(OUT), out, 1e-14, 1e-300);
                // Nearer in, 1 - out is what the slope is printed with, and
                // has the digits that are left of it.
                let absolute = if z.abs() > 16.0 { 1e-300 } else { 4e-16 };
                for name in [SLOPE, BY_IN, BY_WEIGHT] {
                    near(&label, lesson.value(name), slope, 1e-13, absolute);
                }
            });
        }
    }
    for z in [40.0, -40.0] {
        with_lesson(&unit("sigmoid", "output", z, None), |lesson| {
            near(
                "the slope of σ at 40",
                lesson.value(SLOPE),
                4.248_354_255_291_589e-18,
                1e-14,
                0.0,
            );
        });
        with_lesson(&unit("tanh", "output", z, None), |lesson| {
            // 4 exp(-80)
            near("the slope of tanh at 40", lesson.value(SLOPE), 7.219_405_5e-35, 1e-7, 0.0);
        });
    }
}

/// Catches an output activation and a loss that go together near 0 and come
/// apart far out.
#[test]
fn every_pairing_of_a_single_unit_is_right_far_out() {
    for (activation, loss) in pairings() {
        if activation.key == "softmax" || loss.key == "binary_cross_entropy" {
            continue;
        }
        for z in both_signs() {
            let (f, slope) = closed_form(activation.key, z);
            for y in targets(loss) {
                let off = f - y.unwrap_or(0.0);
                let (value, by_out) = match loss.key {
                    "output" => (f, 1.0),
                    "half_squared_error" => (off * off / 2.0, off),
                    "squared_error" | "mean_squared_error" => (off * off, 2.0 * off),
                    key => panic!("add the loss {key} here"),
                };
                with_lesson(&unit(activation.key, loss.key, z, y), |lesson| {
                    let label = format!("{} {} at {z}, y {y:?}", activation.key, loss.key);
                    near(&label, lesson.value(LOSS), value, 1e-13, 1e-30);
                    near(&label, lesson.value(BY_OUT), by_out, 1e-13, 1e-15);
                    for name in [BY_IN, BY_WEIGHT] {
                        near(&label, lesson.value(name), by_out * slope, 1e-9, 1e-15);
                    }
                });
            }
        }
    }
}

/// Catches a Bernoulli loss that is infinite or undefined for confident
/// outputs, and a gradient that vanishes for confidently wrong ones.
#[test]
fn binary_cross_entropy_is_right_far_out() {
    for z in both_signs() {
        let sigma = closed_form("sigmoid", z).0;
        let opposite = closed_form("sigmoid", -z).0;
        for y in [0.0, 0.25, 0.5, 1.0] {
            let value = y * softplus(-z) + (1.0 - y) * softplus(z);
            let by_in = (1.0 - y) * sigma - y * opposite;
            let far = z.abs() > 16.2;
            with_lesson(&unit("sigmoid", "binary_cross_entropy", z, Some(y)), |lesson| {
                let label = format!("binary cross-entropy at {z}, y {y}");
                near(&label, lesson.value(LOSS), value, 2e-12, 0.0);
                // Nearer in, 1 - f has nine digits at the least.
                let absolute = if far { 1e-300 } else { 1e-9 };
                for name in [BY_IN, BY_WEIGHT] {
                    near(&label, lesson.value(name), by_in, 1e-13, absolute);
                }
                let part = |y: f64, z: f64| if y == 0.0 { 0.0 } else { y * (1.0 + z.exp()) };
                let by_out = part(1.0 - y, z) - part(y, -z);
                let shown = lesson.value(BY_OUT);
                if by_out.is_finite() {
                    near(&label, shown, by_out, 1e-8, 1e-15);
                } else {
                    assert_eq!(shown, by_out, "{label}");
                }
            });
        }
    }
}

/// Catches the loss of a confident and right output losing its digits to the
/// cancelling of two large numbers: at z = 30, y = 1 it is 9.36e-14.
#[test]
fn binary_cross_entropy_keeps_its_digits_where_the_output_is_right() {
    for z in [16.2, 17.0, 20.0, 30.0, 36.0, 40.0, 300.0] {
        for (z, y) in [(z, 1.0), (-z, 0.0)] {
            with_lesson(&unit("sigmoid", "binary_cross_entropy", z, Some(y)), |lesson| {
                let label = format!("L at {z}, y {y}");
                near(&label, lesson.value(LOSS), softplus(-f64::abs(z)), 1e-9, 0.0);
            });
        }
    }
}

/// Catches a stretch where the slope of σ is computed far out and that of the
/// loss is not, so that the error of 1 - f no longer cancels from the gradient.
#[test]
fn the_gradient_of_binary_cross_entropy_keeps_its_digits_at_every_switch() {
    for hundredths in 1550..1650 {
        let z = f64::from(hundredths) / 100.0;
        for (z, y, expected) in [(z, 0.0, 1.0), (-z, 1.0, -1.0)] {
            with_lesson(&unit("sigmoid", "binary_cross_entropy", z, Some(y)), |lesson| {
                let by_in = expected * closed_form("sigmoid", z.abs()).0;
                near(&format!("dL/df_in at {z}"), lesson.value(BY_IN), by_in, 1e-11, 0.0);
            });
        }
    }
}

/// Three logits, by way of biases, so that the weights stay moderate.
fn logits(z: [f64; 3], loss: &'static str, y: [f64; 3]) -> Plain {
    let layer = PlainLayer { activation: "softmax", w: vec![vec![0.0; 3]], b: Some(z.to_vec()) };
    Plain { layers: vec![layer], loss, x: vec![1.0], y: y.to_vec() }
}

/// Catches softmax computed without its largest logit taken off, and a
/// cross-entropy that takes the logarithm of an output of 0.
#[test]
fn softmax_is_right_far_out() {
    let far = [
        [800.0, -800.0, 0.0],
        [800.0, 800.0, -800.0],
        [-800.0, -800.0, -800.0],
        [800.0, 799.0, 798.0],
        [700.5, 700.0, -3.0],
        [40.0, 0.0, -40.0],
        [400.0, -400.0, 0.0],
        [-745.0, -700.0, -746.0],
    ];
    let ys = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.2, 0.3, 0.5]];
    for z in far {
        let top = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let all: f64 = z.iter().map(|z| (z - top).exp()).sum();
        let f = z.map(|z| (z - top).exp() / all);
        for y in ys {
            with_lesson(&logits(z, "cross_entropy", y), |lesson| {
                let label = format!("cross-entropy of {z:?} for {y:?}");
                let terms = [0, 1, 2].map(|k| y[k] * ((top - z[k]) + all.ln()));
                near(&label, lesson.value(LOSS), terms.iter().sum(), 1e-13, 2e-13);
                for k in 0..3 {
                    let (z_in, z_out) = symbols(k);
                    near(&label, lesson.value(z_out.into()), f[k], 1e-13, 1e-300);
                    near(&label, lesson.value(Name::loss_by(z_in)), f[k] - y[k], 1e-13, 4e-16);
                }
            });
            for loss in ["half_squared_error", "squared_error", "mean_squared_error"] {
                let factor = match loss {
                    "half_squared_error" => 1.0,
                    "squared_error" => 2.0,
                    _ => 2.0 / 3.0,
                };
                with_lesson(&logits(z, loss, y), |lesson| {
                    let label = format!("{loss} of {z:?} for {y:?}");
                    let weighed: f64 = (0..3).map(|k| (f[k] - y[k]) * f[k]).sum();
                    for k in 0..3 {
                        let by_in = factor * f[k] * (f[k] - y[k] - weighed);
                        let value = lesson.value(Name::loss_by(symbols(k).0));
                        near(&label, value, by_in, 1e-12, 1e-15);
                    }
                });
            }
        }
    }
}

fn symbols(unit: usize) -> (Symbol, Symbol) {
    let unit = unit as u32;
    (Symbol::In { layer: 0, unit }, Symbol::Out { layer: 0, unit })
}

/// The JSON of a lesson; reading it fails for NaN and infinity.
fn as_json(lesson: &Lesson<'_>) -> program::Lesson {
    let mut bytes = Vec::new();
    let request = json::LessonJson {
        lesson,
        title: "far out",
        source: None,
        digits: 4.into(),
        only: None,
        checks: &[],
    };
    json::write(&request, &mut bytes).expect("memory can be written to");
    program::Lesson::read(&String::from_utf8(bytes).expect("JSON is UTF-8"))
}

/// Catches a value that is not a number where the design allows none: only the
/// factor `dL/df_out` may be too large for an f64.
fn all_are_numbers(lesson: &Lesson<'_>) {
    for quantity in as_json(lesson).quantities {
        let name = &quantity.name;
        if quantity.value.is_none() {
            let factor = name.starts_with("dL/df") && name.ends_with("_out");
            assert!(factor, "{name} is null");
            assert!(lesson.network().loss.key.ends_with("cross_entropy"), "{name} is null");
        }
        let texts = [Some(&quantity.rounded), quantity.formula.as_ref(), quantity.numbers.as_ref()];
        for text in texts.into_iter().flatten() {
            let bad = ["NaN", "nan", "inf", "undefined"];
            assert!(!bad.iter().any(|bad| text.contains(bad)), "{name}: {text}");
        }
    }
}

/// Catches NaN or infinity in the JSON of a pairing far out.
#[test]
fn the_json_of_every_pairing_far_out_has_numbers_only() {
    for (activation, loss) in pairings() {
        for z in both_signs() {
            for y in targets(loss) {
                with_lesson(&unit(activation.key, loss.key, z, y), all_are_numbers);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    /// Catches a combination of layers that makes NaN of large numbers, instead
    /// of a number or an error that names what is too large.
    #[test]
    fn any_network_far_out_has_numbers_or_names_what_overflows(
        body in bodies(),
        power in 1.0..300.0_f64,
    ) {
        for (output, loss) in pairings() {
            for scale in [400.0, 10_f64.powf(power)] {
                let plain = body.ending(output, loss, scale);
                let (network, sample) = (plain.network(), plain.sample());
                let settings = Settings { apply: true, ..Settings::default() };
                match Lesson::new(exercise(&network, &sample, 0.1), settings) {
                    Ok(lesson) => all_are_numbers(&lesson),
                    Err(overflow) => {
                        prop_assert!(scale > 400.0, "{:?} overflows", overflow.name);
                        let known = match overflow.name {
                            Name::New(symbol) => network.has(symbol.into()),
                            Name::Value(_) | Name::Derivative { .. } | Name::OfSample { .. } => network.has(overflow.name),
                        };
                        prop_assert!(known, "{:?} is no quantity", overflow.name);
                    }
                }
            }
        }
    }
}

/// Catches a page that shows `inf` or `NaN`, or a program that stops, for
/// outputs as far out as they go.
#[test]
fn the_program_shows_pages_far_out() {
    for (activation, loss) in pairings() {
        for z in [800.0, -800.0, 40.0] {
            for y in targets(loss) {
                let scenario = unit(activation.key, loss.key, z, y).scenario(0.1);
                let page = tutor_on(&scenario, &["run", "-", "--apply"]).page();
                for bad in ["NaN", " inf", "-inf", "undefined"] {
                    assert!(!page.contains(bad), "{bad} in {page}");
                }
            }
        }
    }
    let both = |z: f64| {
        let layer = PlainLayer { activation: "sigmoid", w: vec![vec![z, 0.3]], b: None };
        let (layers, loss) = (vec![layer], "binary_cross_entropy");
        let plain = Plain { layers, loss, x: vec![1.0], y: vec![0.0, 1.0] };
        tutor_on(&plain.scenario(0.1), &["run", "-", "--format", "json"]).lesson()
    };
    let nulls = |lesson: &program::Lesson| -> Vec<String> {
        let null = lesson.quantities.iter().filter(|quantity| quantity.value.is_none());
        null.map(|quantity| quantity.name.clone()).collect()
    };
    assert_eq!(nulls(&both(800.0)), ["dL/df1_out"]);
    assert_eq!(nulls(&both(700.0)), [""; 0]);
}

/// Catches numbers too large for an f64 that end in a panic, a page of `inf`, or
/// a message that does not say where to look.
#[test]
fn weights_too_large_are_answered_with_the_quantity_that_overflows() {
    let one = |activation, w: f64, x: f64| {
        let layers = vec![PlainLayer { activation, w: vec![vec![w]], b: None }];
        Plain { layers, loss: "output", x: vec![x], y: Vec::new() }
    };
    let two = |w: [f64; 2], x: [f64; 2]| {
        let w = w.map(|w| vec![w]).to_vec();
        let layers = vec![PlainLayer { activation: "sigmoid", w, b: None }];
        Plain { layers, loss: "half_squared_error", x: x.to_vec(), y: vec![1.0] }
    };
    let chain = |u: f64| {
        let layers =
            [1e200, u].map(|w| PlainLayer { activation: "identity", w: vec![vec![w]], b: None });
        Plain { layers: layers.to_vec(), loss: "output", x: vec![1.0], y: Vec::new() }
    };
    let squared = |f: f64| Plain { loss: "squared_error", y: vec![0.0], ..one("identity", f, 1.0) };
    let cases = [
        ("f_in", one("sigmoid", 1e308, 10.0), 0.1),
        // Infinity minus infinity.
        ("f_in", two([1e308, -1e308], [10.0, 10.0]), 0.1),
        ("f_in", chain(1e200), 0.1),
        ("L", squared(1e200), 0.1),
        ("u1_new", one("identity", 1.0, 1e308), 10.0),
    ];
    for (name, plain, rate) in cases {
        for format in ["text", "json"] {
            let ran = tutor_on(&plain.scenario(rate), &["run", "-", "--apply", "--format", format]);
            assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{name}: {}", ran.err);
            let told = format!("error: {name}: a number leaves the range of an f64");
            assert!(ran.err.starts_with(&told), "{name}: {}", ran.err);
        }
    }
    // As large as can be, and still numbers.
    let largest = one("identity", 1.7e308, 1.0).scenario(0.1);
    let lesson = tutor_on(&largest, &["run", "-", "--apply", "--format", "json"]).lesson();
    assert_eq!((lesson.value("f_out"), lesson.value("dL/dx1")), (1.7e308, 1.7e308));
}
