//! What a lesson consists of, and in which order: nothing is missing, nothing
//! stands before what it is computed from.

mod common;

use std::collections::{BTreeSet, HashMap};

use backprop_tutor::lesson::{Exercise, Lesson, Section, Settings};
use backprop_tutor::name::Name;
use backprop_tutor::network::Network;
use backprop_tutor::scenario::{self, embedded};
use common::plain::{Plain, PlainLayer, bodies, exercise, pairings};
use common::program::tutor;
use proptest::prelude::*;

/// Every quantity that a lesson on this network has to have, by its name. The
/// names are put together here, from the rules of the design alone.
fn all_names(plain: &Plain, update_biases: bool) -> BTreeSet<String> {
    let naming = Namer { layers: plain.layers.len(), outputs: outputs(plain) };
    let mut names = BTreeSet::from(["L".to_owned(), "L_new".to_owned(), "alpha".to_owned()]);
    let mut add = |name: String| assert!(names.insert(name.clone()), "{name} is there twice");
    for j in 0..plain.x.len() {
        add(format!("x{}", j + 1));
        add(format!("dL/dx{}", j + 1));
    }
    for k in 0..outputs(plain) {
        if plain.loss != "output" {
            add(naming.of_output("y", k));
        }
        if outputs(plain) > 1 {
            add(format!("L{}", k + 1));
            add(format!("L{}_new", k + 1));
        }
    }
    for (at, layer) in plain.layers.iter().enumerate() {
        for k in 0..layer.w[0].len() {
            let unit = naming.unit(at, k);
            for side in ["in", "out"] {
                add(format!("{unit}_{side}"));
                add(format!("{unit}_{side}_new"));
                add(format!("dL/d{unit}_{side}"));
            }
            for j in 0..layer.w[0].len() {
                if j == k || layer.activation == "softmax" {
                    add(format!("d{unit}_out/d{}_in", naming.unit(at, j)));
                }
            }
            for j in 0..layer.w.len() {
                let weight = naming.weight(at, j, k);
                let from = match at.checked_sub(1) {
                    Some(before) => format!("{}_out", naming.unit(before, j)),
                    None => format!("x{}", j + 1),
                };
                add(format!("{weight}_new"));
                add(format!("dL/d{weight}"));
                add(format!("d{unit}_in/d{weight}"));
                add(format!("d{unit}_in/d{from}"));
                add(weight);
            }
            if layer.b.is_some() {
                let bias = naming.bias(at, k);
                if update_biases {
                    add(format!("{bias}_new"));
                }
                add(format!("dL/d{bias}"));
                add(format!("d{unit}_in/d{bias}"));
                add(bias);
            }
        }
    }
    names
}

fn outputs(plain: &Plain) -> usize {
    plain.layers.last().map_or(0, |layer| layer.w[0].len())
}

/// The table of names of the design, for fewer than ten units a layer.
struct Namer {
    layers: usize,
    outputs: usize,
}

impl Namer {
    fn of_output(&self, letter: &str, k: usize) -> String {
        if self.outputs == 1 { letter.to_owned() } else { format!("{letter}{}", k + 1) }
    }

    fn unit(&self, layer: usize, k: usize) -> String {
        if layer + 1 == self.layers {
            self.of_output("f", k)
        } else if self.layers > 2 {
            format!("z({}){}", layer + 1, k + 1)
        } else {
            format!("z{}", k + 1)
        }
    }

    fn weight(&self, layer: usize, j: usize, k: usize) -> String {
        let (from, to) = (j + 1, k + 1);
        let both = if from.max(to) > 9 { format!("{from},{to}") } else { format!("{from}{to}") };
        match (self.layers > 2, layer + 1 == self.layers, self.outputs) {
            (true, _, _) => format!("W({}){both}", layer + 1),
            (false, false, _) => format!("W{both}"),
            (false, true, 1) => format!("u{from}"),
            (false, true, _) => format!("U{both}"),
        }
    }

    fn bias(&self, layer: usize, k: usize) -> String {
        match (self.layers > 2, layer + 1 == self.layers) {
            (true, _) => format!("b({}){}", layer + 1, k + 1),
            (false, false) => format!("b{}", k + 1),
            (false, true) => self.of_output("c", k),
        }
    }
}

/// Names in order, each checked to come after all that it uses.
fn in_order(lesson: &Lesson<'_>, network: &Network) -> Vec<String> {
    let mut places = HashMap::new();
    let mut names = Vec::new();
    let mut last = Section::Given;
    let mut visit = |section: Section, name: Name| -> Result<(), String> {
        let text = lesson.naming().plain(name);
        if network.find(&text) != Ok(name) {
            return Err(format!("{text} does not read back"));
        }
        if let Some(expr) = lesson.expression(name) {
            let mut late = None;
            expr.for_each_leaf(&mut |leaf| {
                if !places.contains_key(&leaf) {
                    late = Some(lesson.naming().plain(leaf));
                }
            });
            if let Some(late) = late {
                return Err(format!("{text} uses {late}, which comes later"));
            }
        }
        if places.insert(name, names.len()).is_some() {
            return Err(format!("{text} is there twice"));
        }
        if !lesson.has(name) {
            return Err(format!("{text} is shown and not had"));
        }
        // The second pass ends with its own loss.
        let of_second = matches!(name, Name::New(_)) && section != Section::Update;
        let section = if of_second { Section::After } else { section };
        if section < last {
            return Err(format!("{text} of {section:?} comes after {last:?}"));
        }
        last = section;
        names.push(text);
        Ok(())
    };
    let visited = lesson.for_each(&mut visit);
    if let Err(error) = visited {
        panic!("{error}");
    }
    names
}

fn check(plain: &Plain, plugged_in: bool, update_biases: bool) {
    let (network, sample) = (plain.network(), plain.sample());
    let exercise = Exercise { update_biases, ..exercise(&network, &sample, 0.1) };
    let settings = Settings { apply: true, plugged_in, ..Settings::default() };
    let lesson = Lesson::new(exercise, settings).expect("moderate numbers stay in range");
    let names = in_order(&lesson, &network);
    let there: BTreeSet<String> = names.iter().cloned().collect();
    assert_eq!(there.len(), names.len(), "two quantities have one name");
    let expected = all_names(plain, update_biases);
    let missing: Vec<_> = expected.difference(&there).collect();
    let unknown: Vec<_> = there.difference(&expected).collect();
    assert!(missing.is_empty() && unknown.is_empty(), "missing {missing:?}, unknown {unknown:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Catches a quantity computed from one that is not there yet, a gradient
    /// or factor that is left out, and two quantities with one name.
    #[test]
    fn everything_is_there_once_and_after_what_it_uses(
        body in bodies(),
        update_biases: bool,
    ) {
        for (output, loss) in pairings() {
            let plain = body.ending(output, loss, 0.5);
            for plugged_in in [false, true] {
                check(&plain, plugged_in, update_biases);
            }
        }
    }
}

/// Catches a walk through many layers that starts at an error signal which is
/// only named later.
#[test]
fn chains_longer_than_are_walked_are_in_order_too() {
    for outputs in [1, 2] {
        let layer = |units: usize| PlainLayer {
            activation: "tanh",
            w: vec![vec![0.9; units]],
            b: Some(vec![0.1; units]),
        };
        let mut layers = vec![layer(1); 24];
        layers.push(layer(outputs));
        let plain =
            Plain { layers, loss: "half_squared_error", x: vec![0.7], y: vec![1.0; outputs] };
        for plugged_in in [false, true] {
            check(&plain, plugged_in, true);
        }
    }
}

/// Catches JSON in another order than the lesson, and a formula that uses a
/// quantity the reader has not seen.
#[test]
fn the_json_is_in_the_order_of_the_lesson() {
    for file in embedded::all() {
        let scenario = scenario::read(file.text.as_bytes(), file.name).expect("it reads");
        let exact = tutor(&["run", file.name, "--apply", "--format", "json", "--exact"]).lesson();
        let mut sections: Vec<&str> = exact.quantities.iter().map(|q| q.section.as_str()).collect();
        sections.dedup();
        let (first, rest) = sections.split_at(4);
        assert_eq!(first, ["given", "forward", "loss", "backward"], "{}", file.name);
        assert_eq!(rest, ["update", "after"], "{}", file.name);
        let mut seen = BTreeSet::new();
        for quantity in &exact.quantities {
            for used in &quantity.uses {
                assert!(seen.contains(used.as_str()), "{}: {used} comes too late", quantity.name);
            }
            assert!(seen.insert(quantity.name.as_str()), "{} is there twice", quantity.name);
            let found = scenario
                .network
                .find(&quantity.name)
                .map(|name| scenario.network.naming().ours().plain(name));
            assert_eq!(found.as_deref(), Ok(quantity.name.as_str()));
        }
        let sample = &scenario.samples[0];
        let layers = scenario.network.layers.iter().map(|layer| PlainLayer {
            activation: layer.activation.key,
            w: layer.weights.values().chunks(layer.units()).map(<[f64]>::to_vec).collect(),
            b: layer.biases.clone(),
        });
        let plain = Plain {
            layers: layers.collect(),
            loss: scenario.network.loss.key,
            x: sample.x.clone(),
            y: sample.y.clone(),
        };
        let expected = all_names(&plain, scenario.update_biases);
        let there: BTreeSet<String> = seen.into_iter().map(str::to_owned).collect();
        assert_eq!(there, expected, "{}", file.name);
    }
}
