//! The 26 numbers on the slides, as the program shows them.

mod common;

use std::collections::HashMap;

use common::decimal::rounded;
use common::program::{Lesson, tutor};

/// What the slides print, in the order of the reference.
const SLIDES: [(&str, &str); 26] = [
    ("z1_in", "-0.53"),
    ("z1_out", "0.3705"),
    ("z2_in", "1.04"),
    ("z2_out", "0.7389"),
    ("f_in", "1.1122"),
    ("f_out", "0.7525"),
    ("L", "0.0306"),
    ("dL/df_out", "-0.2475"),
    ("df_out/df_in", "0.1862"),
    ("df_in/du1", "0.3705"),
    ("dL/du1", "-0.0171"),
    ("u1_new", "-0.2115"),
    ("df_in/dz1_out", "-0.22"),
    ("dz1_out/dz1_in", "0.2332"),
    ("dz1_in/dW11", "1"),
    ("dL/dW11", "0.0024"),
    ("W11_new", "-0.0712"),
    ("W12_new", "0.9426"),
    ("W21_new", "0.22"),
    ("W22_new", "0.46"),
    ("b1_new", "-0.4612"),
    ("b2_new", "0.1026"),
    ("u2_new", "0.5970"),
    ("c_new", "0.8030"),
    ("f_out_new", "0.7615"),
    ("L_new", "0.0284"),
];

const XOR: &str = "scenarios/xor.json";

/// The lecture's exercise, variable by variable. `f_in` and `f_out_new` go on
/// as given, if they are.
fn by_plain_code(f_in: Option<f64>, f_out_new: Option<f64>) -> HashMap<&'static str, f64> {
    let sigma = |z: f64| 1.0 / (1.0 + (-z).exp());
    let (w11, w12, w21, w22, b1, b2) = (-0.07, 0.94, 0.22, 0.46, -0.46, 0.10);
    let (u1, u2, c) = (-0.22, 0.58, 0.78);
    let (x1, x2, y, rate) = (1.0, 0.0, 1.0, 0.5);
    let (z1_in, z2_in) = (w11 * x1 + w21 * x2 + b1, w12 * x1 + w22 * x2 + b2);
    let (z1, z2) = (sigma(z1_in), sigma(z2_in));
    let f_in = f_in.unwrap_or(u1 * z1 + u2 * z2 + c);
    let f = sigma(f_in);
    let residual = f - y;
    let slope = f * (1.0 - f);
    let delta = residual * slope;
    let (s1, s2) = (z1 * (1.0 - z1), z2 * (1.0 - z2));
    let (d1, d2) = (delta * u1 * s1, delta * u2 * s2);
    let step = |old: f64, gradient: f64| old - rate * gradient;
    let (w11_new, w12_new) = (step(w11, d1 * x1), step(w12, d2 * x1));
    let (w21_new, w22_new) = (step(w21, d1 * x2), step(w22, d2 * x2));
    let (b1_new, b2_new) = (step(b1, d1), step(b2, d2));
    let (u1_new, u2_new) = (step(u1, delta * z1), step(u2, delta * z2));
    let c_new = step(c, delta);
    let z1_new = sigma(w11_new * x1 + w21_new * x2 + b1_new);
    let z2_new = sigma(w12_new * x1 + w22_new * x2 + b2_new);
    let f_new = f_out_new.unwrap_or(sigma(u1_new * z1_new + u2_new * z2_new + c_new));
    HashMap::from([
        ("z1_in", z1_in),
        ("z1_out", z1),
        ("z2_in", z2_in),
        ("z2_out", z2),
        ("f_in", f_in),
        ("f_out", f),
        ("L", residual * residual / 2.0),
        ("dL/df_out", residual),
        ("df_out/df_in", slope),
        ("df_in/du1", z1),
        ("dL/du1", delta * z1),
        ("u1_new", u1_new),
        ("df_in/dz1_out", u1),
        ("dz1_out/dz1_in", s1),
        ("dz1_in/dW11", x1),
        ("dL/dW11", d1 * x1),
        ("W11_new", w11_new),
        ("W12_new", w12_new),
        ("W21_new", w21_new),
        ("W22_new", w22_new),
        ("b1_new", b1_new),
        ("b2_new", b2_new),
        ("u2_new", u2_new),
        ("c_new", c_new),
        ("f_out_new", f_new),
        ("L_new", (y - f_new) * (y - f_new) / 2.0),
    ])
}

fn shown(values: &HashMap<&str, f64>, name: &str) -> String {
    rounded(values[name], 4).expect("the number is small")
}

/// One line of the lecture check: name, printed, this run, exact, verdict.
type Row = (String, String, String, String, String);

/// The table of the lecture check, read off the page.
fn lecture_check(page: &str) -> Vec<Row> {
    let (_, section) = page.split_once("Lecture check").expect("the page has a lecture check");
    let table = section.split("───\n").nth(2).expect("the table has three rules");
    let rows = table.lines().filter(|line| !line.trim_matches([' ', '─']).is_empty()).map(|line| {
        let mut words = line.split_whitespace().map(|word| word.replace('∂', "d"));
        let mut next = || words.next().unwrap_or_else(|| panic!("a short row: {line}"));
        let (name, printed, here, exact) = (next(), next(), next(), next());
        (name, printed, here, exact, words.collect::<Vec<_>>().join(" "))
    });
    rows.collect()
}

fn count(lesson: &Lesson, verdict: &str) -> usize {
    lesson.reference.iter().filter(|line| line.verdict == verdict).count()
}

/// Catches any of the 26 numbers of the slides shown with another digit, and a
/// carried number that is not marked or hides what was computed.
#[test]
fn the_lecture_check_shows_all_26_numbers_as_the_slides_print_them() {
    let page = tutor(&["run", XOR, "--apply"]).page();
    let exact = by_plain_code(None, None);
    let rows = lecture_check(&page);
    assert_eq!(rows.len(), 26, "{page}");
    for ((name, printed), row) in SLIDES.iter().zip(&rows) {
        assert_eq!((row.0.as_str(), row.1.as_str()), (*name, *printed));
        assert_eq!(row.2, *printed, "{name} in this run");
        assert_eq!(row.3, shown(&exact, name), "{name} computed exactly");
        let verdict = match *name {
            "f_in" => "carried; computed 1.1270",
            "f_out_new" => "carried; computed 0.7625",
            _ if row.3 == *printed => "agrees",
            _ => "agrees with what is carried",
        };
        assert_eq!(row.4, verdict, "{name}");
    }
    let with = |verdict: &str| rows.iter().filter(|row| row.4 == verdict).count();
    assert_eq!((with("agrees"), with("agrees with what is carried")), (12, 12));
    let flowing = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for told in [
        "12 of 26 printed numbers agree with the exact computation; 12 more agree once what the \
         source prints is carried on; 2 are carried as printed.",
        "f_in comes to 1.1270 here, but the source prints 1.1122",
        "f_out_new comes to 0.7625 here, but the source prints 0.7615",
        "= 1.1270",
        "1.1122 carried",
        "0.7615 carried",
    ] {
        assert!(flowing.contains(told), "{told:?} is missing");
    }
}

/// Catches JSON that rounds otherwise than the slides, and a carried number
/// without its mark or without the value it replaced.
#[test]
fn the_json_has_all_26_numbers_and_what_was_computed_for_the_carried_ones() {
    let lesson = tutor(&["run", XOR, "--apply", "--format", "json"]).lesson();
    let with_f_in = by_plain_code(Some(1.1122), None);
    let as_printed = by_plain_code(Some(1.1122), Some(0.7615));
    for (name, printed) in SLIDES {
        assert_eq!(lesson.rounded(name), printed, "{name}");
        let (value, expected) = (lesson.value(name), as_printed[name]);
        assert!((value - expected).abs() < 1e-14, "{name}: {value} and {expected}");
    }
    let carried: Vec<(&str, f64)> = lesson
        .quantities
        .iter()
        .filter(|quantity| quantity.carried || quantity.computed.is_some())
        .map(|quantity| {
            assert!(quantity.carried);
            (quantity.name.as_str(), quantity.computed.expect("a carried number was computed"))
        })
        .collect();
    assert_eq!((carried[0].0, carried[1].0, carried.len()), ("f_in", "f_out_new", 2));
    assert!((carried[0].1 - by_plain_code(None, None)["f_in"]).abs() < 1e-14);
    assert!((carried[1].1 - with_f_in["f_out_new"]).abs() < 1e-14);
    assert_eq!(rounded(carried[0].1, 4).as_deref(), Some("1.1270"));
    assert_eq!(rounded(carried[1].1, 4).as_deref(), Some("0.7625"));
    let printed: Vec<(&str, &str)> =
        lesson.reference.iter().map(|line| (line.name.as_str(), line.printed.as_str())).collect();
    assert_eq!(printed, SLIDES);
    assert_eq!((count(&lesson, "agrees"), count(&lesson, "agrees_here")), (12, 12));
    assert_eq!(count(&lesson, "carried"), 2);
}

/// Catches `--exact` that still carries a printed number somewhere.
#[test]
fn exact_ignores_what_the_slides_carry() {
    let lesson = tutor(&["run", XOR, "--apply", "--exact", "--format", "json"]).lesson();
    let exact = by_plain_code(None, None);
    for (name, value) in &exact {
        assert!((lesson.value(name) - value).abs() < 1e-14, "{name}");
    }
    for (name, shown) in [
        ("f_in", "1.1270"),
        ("f_out", "0.7553"),
        ("L", "0.0299"),
        ("dL/du1", "-0.0168"),
        ("f_out_new", "0.7624"),
        ("L_new", "0.0282"),
    ] {
        assert_eq!(lesson.rounded(name), shown, "{name}");
    }
    assert!(lesson.quantities.iter().all(|quantity| !quantity.carried));
    assert_eq!((count(&lesson, "agrees"), count(&lesson, "differs")), (12, 14));
    let page = tutor(&["run", XOR, "--apply", "--exact"]).page();
    for row in lecture_check(&page) {
        assert_eq!((&row.2, &row.3), (&row.3, &shown(&exact, &row.0)), "{}", row.0);
    }
    assert!(!page.contains("carried on as printed") && !page.contains("1.1122 carried"));
}

/// Catches a program that knows the lecture instead of reading its scenario:
/// with one number carried, the two lines after the other slip differ.
#[test]
fn with_f_in_alone_carried_24_of_26_agree() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/xor.json"))
        .expect("the scenario is there");
    let edited = text.replace(r#"["f_in", "f_out_new"]"#, r#"["f_in"]"#);
    assert_ne!(text, edited);
    let path = concat!(env!("CARGO_TARGET_TMPDIR"), "/xor-with-f_in-carried.json");
    std::fs::write(path, edited).expect("the folder can be written to");
    let lesson = tutor(&["run", path, "--apply", "--format", "json"]).lesson();
    let here = by_plain_code(Some(1.1122), None);
    let agreeing = SLIDES.iter().filter(|(name, printed)| lesson.rounded(name) == *printed).count();
    assert_eq!(agreeing, 24);
    for (name, _) in SLIDES {
        assert!((lesson.value(name) - here[name]).abs() < 1e-14, "{name}");
    }
    assert_eq!((count(&lesson, "agrees"), count(&lesson, "agrees_here")), (12, 11));
    assert_eq!((count(&lesson, "carried"), count(&lesson, "differs")), (1, 2));
    let differing: Vec<&str> = lesson
        .reference
        .iter()
        .filter(|line| line.verdict == "differs")
        .map(|line| line.name.as_str())
        .collect();
    assert_eq!(differing, ["f_out_new", "L_new"]);
}

/// Catches a lecture check that judges numbers of a pass that was not run.
#[test]
fn without_apply_the_numbers_of_the_update_are_not_judged() {
    let lesson = tutor(&["run", XOR, "--format", "json"]).lesson();
    assert_eq!(count(&lesson, "not_reached"), 11);
    assert!(lesson.quantities.iter().all(|quantity| !quantity.name.ends_with("_new")));
    let page = tutor(&["run", XOR]).page();
    assert_eq!(lecture_check(&page).len(), 15);
    assert!(page.contains("11 more printed numbers come after the update: add --apply."));
}
