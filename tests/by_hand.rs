//! `--by-hand`: every intermediate is rounded, and carried on rounded.

mod common;

use std::collections::HashMap;

use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::scenario::{self, embedded};
use common::decimal::carried;
use common::plain::exercise;
use common::program::tutor;
use common::reading::{Reader, work_out};
use common::tracked::Tracked;

/// Rounds to four decimals, half away from zero.
fn r(value: f64) -> f64 {
    carried(value, 4)
}

fn sigma(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

/// Catches an intermediate that is carried on unrounded, or rounded to other
/// digits than it is shown with: the lecture's exercise, rounded at every line.
#[test]
fn the_lecture_by_hand_is_rounded_at_every_line() {
    let args = ["run", "xor", "--apply", "--exact", "--by-hand", "--format", "json"];
    let lesson = tutor(&args).lesson();
    let (z1, z2) = (r(sigma(-0.53)), r(sigma(1.04)));
    let f_in = r(z1 * -0.22 + z2 * 0.58 + 0.78);
    let f = r(sigma(f_in));
    let residual = r(-(1.0 - f));
    let slope = r(f * (1.0 - f));
    let delta = r(residual * slope);
    let s1 = r(z1 * (1.0 - z1));
    let s2 = r(z2 * (1.0 - z2));
    // The first weight of each layer is the product of its chain, the others
    // are the error signal times one factor.
    let by_u1 = r(residual * slope * z1);
    let by_w11 = r(residual * slope * -0.22 * s1 * 1.0);
    let d1 = r(residual * slope * -0.22 * s1);
    let d2 = r(delta * 0.58 * s2);
    let (w11, w12) = (r(-0.07 - 0.5 * by_w11), r(0.94 - 0.5 * r(d2 * 1.0)));
    let (b1, b2) = (r(-0.46 - 0.5 * d1), r(0.1 - 0.5 * d2));
    let (u1, u2) = (r(-0.22 - 0.5 * by_u1), r(0.58 - 0.5 * r(delta * z2)));
    let c = r(0.78 - 0.5 * delta);
    let (z1_in, z2_in) = (r(w11 + 0.0 + b1), r(w12 + 0.0 + b2));
    let (z1_new, z2_new) = (r(sigma(z1_in)), r(sigma(z2_in)));
    let f_in_new = r(z1_new * u1 + z2_new * u2 + c);
    let f_new = r(sigma(f_in_new));
    for (name, value) in [
        ("z1_in", -0.53),
        ("z1_out", z1),
        ("z2_out", z2),
        ("f_in", f_in),
        ("f_out", f),
        ("L", r(0.5 * (1.0 - f) * (1.0 - f))),
        ("dL/df_out", residual),
        ("df_out/df_in", slope),
        ("df_in/du1", z1),
        ("dL/du1", by_u1),
        ("dL/df_in", delta),
        ("dL/du2", r(delta * z2)),
        ("dL/dc", delta),
        ("dz1_out/dz1_in", s1),
        ("dL/dW11", by_w11),
        ("dL/dz1_in", d1),
        ("dL/dz2_in", d2),
        ("dL/dW12", r(d2)),
        ("W11_new", w11),
        ("W12_new", w12),
        ("b1_new", b1),
        ("b2_new", b2),
        ("u1_new", u1),
        ("u2_new", u2),
        ("c_new", c),
        ("z1_in_new", z1_in),
        ("z1_out_new", z1_new),
        ("z2_out_new", z2_new),
        ("f_in_new", f_in_new),
        ("f_out_new", f_new),
        ("L_new", r(0.5 * (1.0 - f_new) * (1.0 - f_new))),
    ] {
        assert_eq!(lesson.value(name), value, "{name}");
    }
    // Worked with pen and paper.
    for (name, value) in [
        ("z1_out", 0.3705),
        ("z2_out", 0.7389),
        ("f_in", 1.1271),
        ("f_out", 0.7553),
        ("L", 0.0299),
        ("dL/df_out", -0.2447),
        ("df_out/df_in", 0.1848),
        ("dL/df_in", -0.0452),
        ("dL/du1", -0.0168),
        ("dL/du2", -0.0334),
    ] {
        assert_eq!(lesson.value(name), value, "{name}");
    }
}

/// Catches rounding that forgets the way: -0.2447·0.1848·0.3705 is -0.0168, but
/// by the error signal, rounded to -0.0452, it is the -0.0167 of the list of
/// slips. Neither is a slip.
#[test]
fn by_the_error_signal_a_gradient_by_hand_may_differ_in_its_last_digit() {
    let file = embedded::named("xor").expect("xor is embedded");
    let scenario = scenario::read(file.text.as_bytes(), "xor").expect("it reads");
    let value = |plugged_in| {
        let settings = Settings { by_hand: Some(4.into()), plugged_in, ..Settings::default() };
        let lesson = Lesson::new(exercise(&scenario.network, &scenario.samples[0], 0.5), settings)
            .expect("small numbers stay in range");
        lesson.value(scenario.network.find("dL/du1").expect("u1 is a weight"))
    };
    assert_eq!((value(false), value(true)), (-0.0168, -0.0167));
}

/// Catches a quantity by hand that is computed from anything but the rounded
/// numbers in front of the reader.
#[test]
fn by_hand_every_value_is_the_rounding_of_its_own_formula() {
    for file in embedded::all() {
        for digits in [2, 3, 4, 6] {
            let text = digits.to_string();
            let args = ["run", file.name, "--apply", "--by-hand", "--digits", &text];
            let args = [&args[..], &["--format", "json"]].concat();
            let lesson = tutor(&args).lesson();
            let values: HashMap<&str, f64> = lesson.values();
            for quantity in &lesson.quantities {
                let label = format!("{} of {} by hand, {digits} digits", quantity.name, file.name);
                let value = quantity.computed.unwrap_or(values[quantity.name.as_str()]);
                let Some(formula) = &quantity.formula else { continue };
                let named = |name: &str| values.get(name).copied().map(Tracked::exact);
                let number = |text: &str| Tracked::exact(text.parse().expect("it reads back"));
                let reader = Reader { names: &named, number: &number };
                let (made, _) = work_out(formula, &reader).unwrap_or_else(|e| panic!("{e}"));
                // What only repeats a given number is not rounded again.
                let repeats = quantity.uses.len() == 1 && quantity.uses[0] == *formula;
                let expected = if repeats { made.v } else { carried(made.v, digits) };
                assert_eq!(value, expected, "{label}: {formula}");
            }
        }
    }
}
