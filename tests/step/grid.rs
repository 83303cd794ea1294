//! What must hold on the screen of every step, in windows of every usual size.

use std::collections::HashMap;

use backprop_tutor::document::Inline;
use backprop_tutor::scenario::embedded;
use backprop_tutor::step::Walkthrough;
use backprop_tutor::step::scene::Body;
use backprop_tutor::step::state::State;
use backprop_tutor::step::steps::Moment;
use backprop_tutor::typeset::{Style, TextWriter};
use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

use crate::class::{APPLY, How, buffer, press, screen, typed, with_walk};
use crate::screens::has_rate;

const SCENARIOS: [&str; 6] =
    ["xor", "mazur", "softmax-cross-entropy", "deep", "relu-dead", "digits"];
const SIZES: [(u16, u16); 4] = [(60, 20), (80, 24), (120, 40), (200, 60)];

/// Characters that a sentence is found by.
const BEGINNING: usize = 12;

/// What large digits are made of.
const STROKES: [char; 6] = ['┃', '━', '╸', '╻', '╹', '▪'];

fn each_walk(mut then: impl FnMut(&str, &Walkthrough<'_>)) {
    for scenario in SCENARIOS {
        let how = How { apply: has_rate(scenario), ..APPLY };
        with_walk(scenario, &how, |walk| then(scenario, walk));
    }
}

fn positions(walk: &Walkthrough<'_>) -> impl Iterator<Item = usize> + use<> {
    0..walk.steps().len()
}

fn whole<'a>(walk: &'a Walkthrough<'a>, position: usize) -> State<'a> {
    let mut state = State::at(walk, position);
    press(&mut state, typed("a"));
    state
}

/// The line across below the figure.
fn rule(screen: &str) -> usize {
    let lines = screen.lines().enumerate().skip(2);
    lines.filter(|(_, line)| line.starts_with("─ ")).map(|(at, _)| at).next().unwrap()
}

#[test]
fn every_value_stands_in_large_digits_with_its_name() {
    each_walk(|scenario, walk| {
        let writer = TextWriter { naming: walk.lesson().naming(), style: Style::Unicode };
        for position in positions(walk) {
            let state = whole(walk, position);
            let Body::Equation { value: Some((name, value)), .. } =
                walk.scene(position, state.beat()).body
            else {
                continue;
            };
            for size in SIZES {
                let screen = screen(&state, size);
                let place = format!("{scenario} step {} at {size:?}:\n{screen}", position + 1);
                let below: Vec<&str> = screen.lines().skip(rule(&screen) + 1).collect();
                let label = format!("{} =", writer.name(name));
                assert!(below.iter().any(|line| line.contains(&label)), "no {label} in {place}");
                let large = below.iter().filter(|line| line.contains(STROKES)).count();
                assert!(large >= 3, "{value} is not large in {place}");
            }
        }
    });
}

/// The parts stay where they are over a section, and from beat to beat.
#[test]
fn nothing_moves_over_a_section() {
    let mut sentences = 0;
    each_walk(|scenario, walk| {
        for size in SIZES {
            let mut places = HashMap::new();
            for position in positions(walk) {
                let step = walk.step(position);
                if let Moment::Told(_) = step.moment {
                    continue;
                }
                let mut state = State::at(walk, position);
                for beat in 1..=walk.beats(position) {
                    let screen = screen(&state, size);
                    let at = rule(&screen);
                    let mut is_there = |part: &str, at: usize| {
                        let before = *places.entry(format!("{part} {:?}", step.part)).or_insert(at);
                        let what = format!("{part} of {scenario} step {}", position + 1);
                        assert_eq!(before, at, "{what}:\n{screen}");
                    };
                    is_there("rule", at);
                    let has_value = matches!(
                        walk.scene(position, beat).body,
                        Body::Equation { value: Some(_), .. }
                    );
                    if has_value && state.is_revealed() {
                        let rows = screen.lines().enumerate().skip(at + 1);
                        let large = rows.filter(|(_, line)| line.contains(STROKES));
                        is_there("value", large.map(|(row, _)| row).last().unwrap());
                    }
                    if let Some(Inline::Text(words, _)) = walk.scene(position, beat).why.first() {
                        let begin: String = words.chars().take(BEGINNING).collect();
                        let begin = format!(" {}", begin.trim_end());
                        let mut rows = screen.lines().enumerate().skip(at + 1);
                        if let Some((row, _)) = rows.find(|(_, line)| line.starts_with(&begin)) {
                            is_there("sentence", row);
                            sentences += 1;
                        }
                    }
                    press(&mut state, typed(" "));
                }
            }
        }
    });
    assert!(sentences > 1_000, "{sentences} sentences were found");
}

/// The figure of a step, as it is seen: with its weights of lines and text.
fn figure(buffer: &Buffer, rows: usize) -> String {
    let width = usize::from(buffer.area.width);
    let cells = &buffer.content[2 * width..rows * width];
    cells.iter().map(|cell| format!("{}{:?}{:?}", cell.symbol(), cell.modifier, cell.fg)).collect()
}

#[test]
fn figures_of_two_steps_of_a_chain_are_never_the_same() {
    each_walk(|scenario, walk| {
        for size in SIZES {
            let mut seen: HashMap<String, usize> = HashMap::new();
            for position in positions(walk) {
                let (Moment::Chain(_) | Moment::Factor(..) | Moment::Product(_)) =
                    walk.step(position).moment
                else {
                    seen.clear();
                    continue;
                };
                let state = whole(walk, position);
                let text = screen(&state, size);
                let drawn = figure(&buffer(&state, size), rule(&text));
                if let Some(other) = seen.insert(drawn, position) {
                    panic!(
                        "{scenario} at {size:?}: steps {} and {} look the same:\n{text}",
                        other + 1,
                        position + 1
                    );
                }
            }
        }
    });
}

/// In every window, every step of every exercise shows the term of the chain that it
/// is about with its value, and its sentence, or dots where that is longer.
#[test]
fn nothing_important_is_cut() {
    let every = embedded::all().iter().map(|entry| (entry.name, (80, 24)));
    let sizes = SCENARIOS.into_iter().flat_map(|name| SIZES.map(|size| (name, size)));
    for (name, size) in every.chain(sizes) {
        with_walk(name, &How { apply: has_rate(name), ..APPLY }, |walk| {
            let writer = TextWriter { naming: walk.lesson().naming(), style: Style::Unicode };
            for position in positions(walk) {
                let state = whole(walk, position);
                let screen = screen(&state, size);
                let place = format!("{name} step {} at {size:?}:\n{screen}", position + 1);
                let scene = walk.scene(position, state.beat());
                let below: Vec<&str> = screen.lines().skip(rule(&screen) + 1).collect();
                for factor in scene.chain.iter().flat_map(|chain| &chain.factors) {
                    if !factor.here {
                        continue;
                    }
                    let name = writer.name(factor.name);
                    let at = below.iter().position(|line| line.contains(name.as_str()));
                    let Some(at) = at else { panic!("{name} of the chain in {place}") };
                    let value = factor.value.as_deref().unwrap();
                    assert!(below[at + 1].contains(value), "{value} of the chain in {place}");
                }
                let is_told = scene.why.is_empty()
                    || below.iter().skip(2).any(|line| line.ends_with(['.', ')', ':', '…']));
                assert!(is_told, "the sentence in {place}");
            }
        });
    }
}

/// What is told alike is a table in which every row is seen as it comes.
#[test]
fn a_table_grows_row_by_row() {
    for scenario in ["xor", "mazur", "deep"] {
        with_walk(scenario, &APPLY, |walk| {
            let writer = TextWriter { naming: walk.lesson().naming(), style: Style::Unicode };
            let tables = (0..walk.steps().len())
                .filter(|at| matches!(walk.step(*at).moment, Moment::Rows(_)));
            let mut count = 0;
            for position in tables {
                count += 1;
                let mut state = State::at(walk, position);
                for beat in 1..=walk.beats(position) {
                    let told = walk.told(position, beat);
                    let name = writer.name(told[told.len() - 1]);
                    let screen = screen(&state, (80, 24));
                    let row = screen
                        .lines()
                        .skip(rule(&screen) + 1)
                        .find(|line| line.split_whitespace().any(|word| word == name.as_str()));
                    assert!(row.is_some(), "{scenario}: {name} in\n{screen}");
                    press(&mut state, typed(" "));
                }
            }
            assert!(count >= 2, "{scenario} has {count} tables");
        });
    }
}

/// No name is broken in two, and no bracket opens at the end of a line or closes at
/// the start of one.
#[test]
fn no_name_is_broken() {
    each_walk(|scenario, walk| {
        for position in positions(walk) {
            let state = whole(walk, position);
            for size in SIZES {
                let screen = screen(&state, size);
                let broken = broken(&screen);
                let place = format!("{scenario} step {} at {size:?}", position + 1);
                assert_eq!(broken, None, "{place}:\n{screen}");
            }
        }
    });
}

/// The first part of a line that ends or begins inside a name or a bracket.
pub(crate) fn broken(text: &str) -> Option<&str> {
    let parts = text.lines().flat_map(|line| line.split("  ")).map(str::trim);
    parts.into_iter().find(|part| {
        // What all sums and outputs are called is no broken name.
        let is_key = part.contains('[') || *part == "/" || matches!(*part, "_in." | "_out.");
        !is_key && (part.ends_with(['_', '∂', '(']) || part.starts_with([')', '_']) && *part != ")")
            || part.starts_with("in = ")
            || part.starts_with("out = ")
    })
}

/// Without colours the current term is underlined and bold, the known ones are not.
#[test]
fn new_and_known_differ_without_colours() {
    with_walk("xor", &APPLY, |walk| {
        let mut terms = 0;
        for position in positions(walk) {
            let Moment::Factor(..) = walk.step(position).moment else { continue };
            let state = whole(walk, position);
            let (text, cells) = (screen(&state, (80, 24)), buffer(&state, (80, 24)));
            let row = rule(&text) + 1;
            let line = &cells.content[row * 80..(row + 1) * 80];
            let underlined = |cell: &&ratatui::buffer::Cell| {
                cell.modifier.contains(Modifier::UNDERLINED | Modifier::BOLD)
            };
            let marked: String = line.iter().filter(underlined).map(|cell| cell.symbol()).collect();
            let writer = TextWriter { naming: walk.lesson().naming(), style: Style::Unicode };
            let name = walk.step(position).quantity(walk.lesson()).unwrap();
            assert_eq!(marked, writer.name(name).as_str());
            terms += 1;
        }
        assert!(terms > 4);
    });
}
