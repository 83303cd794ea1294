//! What the class sees.

use std::path::Path;

use backprop_tutor::step::state::{State, position_of};

use ratatui::buffer::Cell;
use ratatui::style::Color;

use crate::class::{APPLY, How, buffer, press, screen, typed, with_walk};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

/// Steps of an exercise, each at all of its beats.
fn film(scenario: &str, how: &How, size: (u16, u16), names: &[&str]) -> String {
    with_walk(scenario, how, |walk| {
        let mut film = String::new();
        for name in names {
            let position = match name.strip_prefix('#') {
                Some("last") => walk.steps().len() - 1,
                Some(number) => number.parse::<usize>().unwrap() - 1,
                None => position_of(walk, name).unwrap(),
            };
            let mut state = State::at(walk, position);
            film.push_str(&format!("=== {name}\n"));
            if size == SIZES[0] {
                for _ in 1..walk.beats(position) {
                    film.push_str(&screen(&state, size));
                    film.push_str("---\n");
                    press(&mut state, typed(" "));
                }
            } else {
                press(&mut state, typed("a"));
            }
            film.push_str(&screen(&state, size));
        }
        film
    })
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/step/screens"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn screens_are_as_they_were() {
    let ascii = How { ascii: true, ..APPLY };
    let films: [(&str, &str, &How, &[&str]); 7] = [
        (
            "xor",
            "xor",
            &APPLY,
            &[
                "#1",
                "z1_in",
                "f_in",
                "L",
                "dL/df_out",
                "#9",
                "dL/du1",
                "#17",
                "dz1_out/dz1_in",
                "dL/dW11",
                "delta1",
                "delta2",
                "dL/dW21",
                "W11_new",
                "f_out_new",
                "L_new",
                "#46",
                "#47",
                "#48",
                "#last",
            ],
        ),
        ("xor-ascii", "xor", &ascii, &["#1", "dz1_out/dz1_in", "dL/dW11", "c_new", "#last"]),
        (
            "three-four-two",
            "tests/step/three-four-two.json",
            &APPLY,
            &["#1", "z3_in", "f1_out", "L", "dL/df1_out", "dL/dz1_out", "dL/dW11", "U32_new"],
        ),
        (
            "deep",
            "deep",
            &APPLY,
            &["#1", "z(2)1_in", "dL/dW(4)11", "dL/dz(2)1_out", "dL/dW(1)11", "dL/dW(1)23", "L_new"],
        ),
        (
            "softmax",
            "softmax-cross-entropy",
            &APPLY,
            &["f1_out", "df2_out/df1_in", "dL/df1_in", "dL/dU11", "dL/dW11", "#last"],
        ),
        ("mazur", "mazur", &APPLY, &["z1_in", "dL/dU11", "dL/dz1_out", "dL/dW11", "U11_new"]),
        ("neuron", "neuron", &APPLY, &["#1", "f_in", "dL/df_out", "dL/du1", "#last"]),
    ];
    settings().bind(|| {
        for (name, scenario, how, steps) in films {
            for size in SIZES {
                let film = film(scenario, how, size, steps);
                insta::assert_snapshot!(format!("{name}-{}", size.0), film);
            }
        }
    });
}

pub(crate) fn has_rate(name: &str) -> bool {
    backprop_tutor::scenario::load(name).unwrap().learning_rate.is_some()
}

/// In every window, what is drawn stays inside, and a small one says so.
#[test]
fn every_size_of_window_is_fit_for_something() {
    for scenario in ["xor", "deep", "mazur"] {
        with_walk(scenario, &APPLY, |walk| {
            for position in (0..walk.steps().len()).step_by(7) {
                for (width, height) in
                    (1..130).step_by(9).flat_map(|w| (1..45).map(move |h| (w, h)))
                {
                    let screen = screen(&State::at(walk, position), (width, height));
                    if width >= 56 && height >= 16 {
                        let step = format!("step {} of", position + 1);
                        assert!(screen.contains(&step), "{width}x{height}:\n{screen}");
                    } else if width > 25 {
                        assert!(screen.starts_with("This window is too small."), "{screen}");
                    }
                }
            }
        });
    }
}

#[test]
fn ascii_is_ascii() {
    let how = How { ascii: true, ..APPLY };
    for scenario in ["xor", "deep", "softmax-cross-entropy", "tanh-bce"] {
        with_walk(scenario, &how, |walk| {
            for position in 0..walk.steps().len() {
                for keys in ["", "a", "t", "?", "/x", "12"] {
                    let mut state = State::at(walk, position);
                    press(&mut state, typed(keys));
                    let screen = screen(&state, (120, 40));
                    assert!(screen.is_ascii(), "{screen}");
                }
            }
        });
    }
}

/// Without colour no cell has one; with it, no text is said by colour alone.
#[test]
fn colours_say_nothing_of_their_own() {
    with_walk("xor", &APPLY, |walk| {
        for position in 0..walk.steps().len() {
            let mut state = State::at(walk, position);
            press(&mut state, typed("a"));
            let cells = buffer(&state, (80, 24));
            let plain = |cell: &Cell| cell.fg == Color::Reset && cell.bg == Color::Reset;
            assert!(cells.content.iter().all(plain));
        }
    });
}
