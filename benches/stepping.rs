//! How long a key press takes until its screen is drawn into cells, at 200×60:
//! for the lecture's XOR net, and for a 784-128-10 network with 101,770
//! parameters. `cargo bench --bench stepping`

use std::hint::black_box;

use backprop_tutor::document::{Limits, Readings};
use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::math::Notation;
use backprop_tutor::scenario::{self, Scenario};
use backprop_tutor::step::keys::{self, Key};
use backprop_tutor::step::state::{State, position_of};
use backprop_tutor::step::{Judge, StepLook, Walkthrough, view};
use backprop_tutor::telling::{Pace, Telling, Walk};
use backprop_tutor::typeset::theme::Theme;
use criterion::{Criterion, criterion_group, criterion_main};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const SCREEN: Rect = Rect { x: 0, y: 0, width: 200, height: 60 };

fn with_walk(scenario: &Scenario, then: impl FnOnce(&Walkthrough<'_>)) {
    let exercise = scenario.exercise(0);
    let settings = Settings { apply: true, ..Settings::default() };
    let lesson = Lesson::new(exercise, settings).expect("finite");
    let (digits, limits) = (scenario.digits, Limits::READABLE);
    let readings =
        Readings { lesson: &lesson, digits, limits, notes: &[], notation: Notation::Linear };
    let look = StepLook { colour: Some(Theme::default()), ascii: false };
    let judge = Some(Judge { exact: &lesson, printed: &[] });
    let telling = Telling {
        walk: Walk::First,
        only: None,
        theory: true,
        has_checks: false,
        most_layers: usize::MAX,
        pace: Pace::Lecture,
    };
    then(&Walkthrough::new(&scenario.title, readings, &[], look, telling, judge));
}

/// A network of these units, with weights that look random.
fn large(units: &[usize]) -> Scenario {
    let mut state = 1_u64;
    let mut number = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        format!("{:.4}", (state >> 40) as f64 / f64::from(1 << 24) * 0.2 - 0.1)
    };
    let mut list = |count: usize| {
        let numbers: Vec<String> = (0..count).map(|_| number()).collect();
        format!("[{}]", numbers.join(","))
    };
    let x = list(units[0]);
    let layers: Vec<String> = units
        .windows(2)
        .map(|pair| {
            let rows: Vec<String> = (0..pair[0]).map(|_| list(pair[1])).collect();
            format!(
                r#"{{"activation":"sigmoid","weights":[{}],"biases":{}}}"#,
                rows.join(","),
                list(pair[1])
            )
        })
        .collect();
    let y = vec!["0"; units[units.len() - 1]].join(",");
    let text = format!(
        r#"{{"learning_rate":0.5,"loss":"half_squared_error","layers":[{}],"sample":{{"x":{x},"y":[{y}]}}}}"#,
        layers.join(",")
    );
    scenario::read(text.as_bytes(), "large").expect("it reads")
}

/// One key at a step, and the screen after it.
fn press(walk: &Walkthrough<'_>, at: usize, keys: &[Key], buffer: &mut Buffer) {
    let mut state = State::at(walk, at);
    for &key in keys {
        if let Some(event) = keys::event(key, &state) {
            state.on(event);
        }
    }
    buffer.reset();
    view::draw(&state, SCREEN, buffer);
}

fn stepping(c: &mut Criterion) {
    let small = scenario::load("xor").expect("the binary carries it");
    let large = large(&[784, 128, 10]);
    for (what, scenario, gradient) in
        [("XOR", &small, "dL/dW11"), ("784-128-10", &large, "dL/dW400,77")]
    {
        with_walk(scenario, |walk| {
            let last = walk.steps().len() - 1;
            let at = position_of(walk, gradient).expect("there is a step");
            let mut buffer = Buffer::empty(SCREEN);
            let mut measure = |name: &str, from: usize, keys: &[Key]| {
                c.bench_function(&format!("{what}: {name}"), |b| {
                    b.iter(|| press(walk, black_box(from), keys, &mut buffer));
                });
            };
            measure("the first sum", 1, &[Key::Char(' ')]);
            measure("a gradient", at, &[Key::Char(' ')]);
            measure("to the end", 0, &[Key::Char('G')]);
            measure("back from the end", last, &[Key::Char('k')]);
            measure("the next part", 1, &[Key::Char(']')]);
            measure("the tables so far", at, &[Key::Char('t')]);
            measure("the tables of the first sums", last.min(128), &[Key::Char('t')]);
            let guess = ['-', '1', '.', '2', '3', '4'].map(Key::Char);
            measure("a wrong guess", at, &[&guess[..], &[Key::Enter]].concat());
            let find: Vec<Key> = format!("/{gradient}").chars().map(Key::Char).collect();
            measure("to a quantity by name", 0, &[&find[..], &[Key::Enter]].concat());
        });
    }
    c.bench_function("784-128-10: listing all steps", |b| {
        b.iter(|| with_walk(&large, |walk| assert!(walk.steps().len() > 100_000)));
    });
}

criterion_group!(benches, stepping);
criterion_main!(benches);
