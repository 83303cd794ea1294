//! Exercises worked in books and on pages: every number they print, against the
//! exact computation. The table is a copy of its own, so that a printed number
//! cannot be changed in a scenario without a test that notices.

mod common;

use std::collections::BTreeMap;

use backprop_tutor::scenario::{self, embedded};
use common::decimal::rounded;
use common::plain::{Plain, PlainLayer};
use common::program::tutor;

/// Activation, weights, biases.
type LayerOf = (&'static str, &'static [&'static [f64]], Option<&'static [f64]>);

/// An exercise with what its source prints.
struct Source {
    name: &'static str,
    loss: &'static str,
    rate: f64,
    update_biases: bool,
    layers: &'static [LayerOf],
    x: &'static [f64],
    y: &'static [f64],
    printed: &'static [(&'static str, &'static str)],
    /// Printed numbers known to be wrong, with what the method makes.
    differing: &'static [(&'static str, f64)],
}

impl Source {
    fn plain(&self) -> Plain {
        let layers = self.layers.iter().map(|(activation, w, b)| PlainLayer {
            activation,
            w: w.iter().map(|row| row.to_vec()).collect(),
            b: b.map(<[f64]>::to_vec),
        });
        let (x, y) = (self.x.to_vec(), self.y.to_vec());
        Plain { layers: layers.collect(), loss: self.loss, x, y }
    }

    /// Every number of the exercise by its name, from the plain loops.
    fn computed(&self) -> BTreeMap<String, f64> {
        let plain = self.plain();
        let worked = plain.work();
        let mut values = named(&plain, "");
        let output = plain.layers.len() - 1;
        let mut stepped = plain.clone();
        for (layer, shape) in plain.layers.iter().enumerate() {
            for k in 0..shape.w[0].len() {
                let unit = unit(&plain, layer, k);
                let by_in = worked.by_in[layer][k].v;
                values.insert(format!("dL/d{unit}_out"), worked.by_out[layer][k].v);
                values.insert(format!("dL/d{unit}_in"), by_in);
                values.insert(format!("d{unit}_out/d{unit}_in"), worked.slopes[layer][k][k].v);
                for j in 0..shape.w.len() {
                    let name = weight(&plain, layer, j, k);
                    let gradient = worked.by_weight[layer][j][k].v;
                    let new = shape.w[j][k] - self.rate * gradient;
                    stepped.layers[layer].w[j][k] = new;
                    values.insert(format!("dL/d{name}"), gradient);
                    values.insert(format!("{name}_new"), new);
                }
                if let Some(biases) = stepped.layers[layer].b.as_mut() {
                    let letter = if layer == output { "c" } else { "b" };
                    let single = layer == output && shape.w[0].len() == 1;
                    let name =
                        if single { letter.to_owned() } else { format!("{letter}{}", k + 1) };
                    values.insert(format!("dL/d{name}"), by_in);
                    if self.update_biases {
                        biases[k] -= self.rate * by_in;
                        values.insert(format!("{name}_new"), biases[k]);
                    }
                }
            }
        }
        values.extend(named(&stepped, "_new"));
        values
    }
}

/// The forward pass of a network of at most one hidden layer, by name.
fn named(plain: &Plain, suffix: &str) -> BTreeMap<String, f64> {
    let worked = plain.forward();
    let mut values = BTreeMap::new();
    for layer in 0..plain.layers.len() {
        for k in 0..worked.z_in[layer].len() {
            let unit = unit(plain, layer, k);
            values.insert(format!("{unit}_in{suffix}"), worked.z_in[layer][k].v);
            values.insert(format!("{unit}_out{suffix}"), worked.z_out[layer][k].v);
        }
    }
    values.insert(format!("L{suffix}"), plain.loss());
    values
}

fn unit(plain: &Plain, layer: usize, k: usize) -> String {
    let last = layer + 1 == plain.layers.len();
    match (last, plain.layers[layer].w[0].len()) {
        (true, 1) => "f".to_owned(),
        (true, _) => format!("f{}", k + 1),
        (false, _) => format!("z{}", k + 1),
    }
}

fn weight(plain: &Plain, layer: usize, j: usize, k: usize) -> String {
    let last = layer + 1 == plain.layers.len();
    match (last, plain.layers[layer].w[0].len()) {
        (true, 1) => format!("u{}", j + 1),
        (true, _) => format!("U{}{}", j + 1, k + 1),
        (false, _) => format!("W{}{}", j + 1, k + 1),
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Agrees {
    Rounded,
    CutOff,
    No,
}

/// Whether `printed` is `value` with as many decimals, rounded or cut off.
fn agreement(printed: &str, value: f64) -> Agrees {
    let decimals = printed.split_once('.').map_or(0, |(_, behind)| behind.len());
    let number: f64 = printed.parse().expect("a printed number");
    if decimals > 15 {
        // More digits than an f64 keeps through an exercise.
        let close = (number - value).abs() <= 8.0 * f64::EPSILON * value.abs();
        return if close { Agrees::Rounded } else { Agrees::No };
    }
    // Eight more digits than printed are enough to round or to cut.
    let long = format!("{value:.*}", decimals + 8);
    let cut = &long[..long.len() - 8];
    let cut = cut.strip_suffix('.').unwrap_or(cut);
    let shown = rounded(value, decimals).expect("the number is small");
    if shown.parse() == Ok(number) {
        Agrees::Rounded
    } else if cut.parse() == Ok(number) && number != 0.0 {
        Agrees::CutOff
    } else {
        Agrees::No
    }
}

/// Catches a formula that contradicts what others have worked by hand, and a
/// verdict that calls a right number wrong or a wrong one right.
#[test]
fn every_published_number_agrees_but_the_two_known_to_be_wrong() {
    for source in SOURCES {
        let args = ["run", source.name, "--apply", "--exact", "--format", "json"];
        let lesson = tutor(&args).lesson();
        let computed = source.computed();
        assert_eq!(lesson.reference.len(), source.printed.len(), "{}", source.name);
        for (name, printed) in source.printed {
            let label = format!("{}: {name} printed {printed}", source.name);
            let line = lesson.reference.iter().find(|line| line.name == *name);
            let line = line.unwrap_or_else(|| panic!("{label} is not in the scenario"));
            assert_eq!(line.printed, *printed, "{label}");
            let value = computed[*name];
            let here = line.value.unwrap_or_else(|| panic!("{label} is not reached"));
            assert!((here - value).abs() <= 1e-12 * value.abs().max(1e-3), "{label}: {here}");
            assert_eq!((line.exact, lesson.value(name)), (line.value, here), "{label}");
            let wrong = source.differing.iter().find(|(wrong, _)| wrong == name);
            let expected = match agreement(printed, value) {
                Agrees::Rounded => "agrees",
                Agrees::CutOff => "cut_off",
                Agrees::No => "differs",
            };
            assert_eq!(line.verdict, expected, "{label}, computed {value}");
            assert_eq!(wrong.is_some(), expected == "differs", "{label}, computed {value}");
            if let Some((_, right)) = wrong {
                assert!((value - right).abs() < 1e-12, "{label}, computed {value}");
            }
        }
    }
}

/// Catches a scenario that is added with a reference and checked by nothing.
#[test]
fn every_scenario_with_a_reference_is_checked_here_or_is_the_lectures() {
    let with_reference: Vec<&str> = embedded::all()
        .iter()
        .filter(|file| {
            let read = scenario::read(file.text.as_bytes(), file.name).expect("it reads");
            read.reference.is_some()
        })
        .map(|file| file.name)
        .filter(|name| *name != "xor")
        .collect();
    let checked: Vec<&str> = SOURCES.iter().map(|source| source.name).collect();
    assert_eq!(with_reference, checked);
}

/// Catches a page that hides from the reader that a printed number is wrong.
#[test]
fn the_page_counts_and_explains_what_differs() {
    for source in SOURCES {
        let page = tutor(&["run", source.name, "--apply"]).page();
        let (all, wrong) = (source.printed.len(), source.differing.len());
        let told = format!("{} of {all} printed numbers agree", all - wrong);
        let flowing = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flowing.contains(&told), "{}: {told:?} is missing", source.name);
        let differs = if wrong > 0 { format!("; {wrong} differs.") } else { "computation.".into() };
        assert!(flowing.contains(&differs), "{}: {differs:?} is missing", source.name);
        let lesson = tutor(&["run", source.name, "--apply", "--format", "json"]).lesson();
        for (name, _) in source.differing {
            let line = lesson.reference.iter().find(|line| line.name == *name).expect("a line");
            let shown = line.shown.as_deref().unwrap_or(name);
            let note = format!("{}: ", shown.replace('d', "∂"));
            assert!(flowing.contains(&note), "{}: no note on {name}", source.name);
        }
    }
}

const SOURCES: &[Source] = &[
    Source {
        name: "mazur",
        loss: "half_squared_error",
        rate: 0.5,
        update_biases: false,
        layers: &[
            ("sigmoid", &[&[0.15, 0.25], &[0.2, 0.3]], Some(&[0.35, 0.35])),
            ("sigmoid", &[&[0.4, 0.5], &[0.45, 0.55]], Some(&[0.6, 0.6])),
        ],
        x: &[0.05, 0.1],
        y: &[0.01, 0.99],
        printed: &[
            ("z1_in", "0.3775"),
            ("z1_out", "0.593269992"),
            ("z2_out", "0.596884378"),
            ("f1_in", "1.105905967"),
            ("f1_out", "0.75136507"),
            ("f2_out", "0.772928465"),
            ("L", "0.298371109"),
            ("dL/df1_out", "0.74136507"),
            ("df1_out/df1_in", "0.186815602"),
            ("dL/dU11", "0.082167041"),
            ("U11_new", "0.35891648"),
            ("U21_new", "0.408666186"),
            ("U12_new", "0.511301270"),
            ("U22_new", "0.561370121"),
            ("dL/df1_in", "0.138498562"),
            ("dL/dz1_out", "0.036350306"),
            ("dz1_out/dz1_in", "0.241300709"),
            ("dL/dW11", "0.000438568"),
            ("W11_new", "0.149780716"),
            ("W21_new", "0.19956143"),
            ("W12_new", "0.24975114"),
            ("W22_new", "0.29950229"),
            ("L_new", "0.291027924"),
        ],
        differing: &[("L_new", 0.29102777369359933)],
    },
    Source {
        name: "han-kamber",
        loss: "half_squared_error",
        rate: 0.9,
        update_biases: true,
        layers: &[
            ("sigmoid", &[&[0.2, -0.3], &[0.4, 0.1], &[-0.5, 0.2]], Some(&[-0.4, 0.2])),
            ("sigmoid", &[&[-0.3], &[-0.2]], Some(&[0.1])),
        ],
        x: &[1.0, 0.0, 1.0],
        y: &[1.0],
        printed: &[
            ("z1_in", "-0.7"),
            ("z1_out", "0.332"),
            ("z2_in", "0.1"),
            ("z2_out", "0.525"),
            ("f_in", "-0.105"),
            ("f_out", "0.474"),
            ("dL/df_in", "-0.1311"),
            ("dL/dz2_in", "0.0065"),
            ("dL/dz1_in", "0.0087"),
            ("u1_new", "-0.261"),
            ("u2_new", "-0.138"),
            ("W11_new", "0.192"),
            ("W12_new", "-0.306"),
            ("W21_new", "0.4"),
            ("W22_new", "0.1"),
            ("W31_new", "-0.508"),
            ("W32_new", "0.194"),
            ("c_new", "0.218"),
            ("b2_new", "0.194"),
            ("b1_new", "-0.408"),
        ],
        differing: &[],
    },
    Source {
        name: "insper-tanh",
        loss: "half_squared_error",
        rate: 0.3,
        update_biases: true,
        layers: &[
            ("tanh", &[&[0.3, 0.2], &[-0.1, 0.4]], Some(&[0.1, -0.2])),
            ("tanh", &[&[0.5], &[-0.3]], Some(&[0.2])),
        ],
        x: &[0.5, -0.2],
        y: &[1.0],
        printed: &[
            ("z1_in", "0.27"),
            ("z2_in", "-0.18"),
            ("z1_out", "0.263625"),
            ("z2_out", "-0.178081"),
            ("f_in", "0.38523667817130075"),
            ("f_out", "0.36724656264510797"),
            ("L", "0.2001884562422156"),
            ("dL/du1", "-0.144312"),
            ("dL/du2", "0.097484"),
            ("dL/dc", "-0.5474139573567998"),
            ("dL/dW11", "-0.127342"),
            ("dL/dW21", "0.050937"),
            ("dL/dW12", "0.079508"),
            ("dL/dW22", "-0.031803"),
            ("dL/db1", "-0.254685"),
            ("dL/db2", "0.159016"),
            ("u1_new", "0.543294"),
            ("u2_new", "-0.329245"),
            ("c_new", "0.36422418720704"),
            ("W11_new", "0.338203"),
            ("W21_new", "-0.115281"),
            ("W12_new", "0.176148"),
            ("W22_new", "0.409541"),
            ("b1_new", "0.176405"),
            ("b2_new", "-0.247705"),
        ],
        differing: &[],
    },
    Source {
        name: "pythonandml",
        loss: "half_squared_error",
        rate: 0.01,
        update_biases: true,
        layers: &[
            ("sigmoid", &[&[0.1, 0.2], &[0.3, 0.4], &[0.5, 0.6]], Some(&[0.5, 0.5])),
            ("sigmoid", &[&[0.7, 0.8], &[0.9, 0.1]], Some(&[0.5, 0.5])),
        ],
        x: &[1.0, 4.0, 5.0],
        y: &[0.1, 0.05],
        printed: &[
            ("z1_in", "4.3"),
            ("z2_in", "5.3"),
            ("z1_out", "0.9866"),
            ("z2_out", "0.9950"),
            ("f1_in", "2.086"),
            ("f2_in", "1.389"),
            ("f1_out", "0.8896"),
            ("f2_out", "0.8004"),
            ("dL/df1_out", "0.7896"),
            ("dL/df2_out", "0.7504"),
            ("df1_out/df1_in", "0.0983"),
            ("df2_out/df2_in", "0.1598"),
            ("dL/df1_in", "0.0776"),
            ("dL/df2_in", "0.1199"),
            ("dz1_out/dz1_in", "0.0132"),
            ("dz2_out/dz2_in", "0.0049"),
            ("dL/dz1_in", "0.002"),
            ("dL/dz2_in", "0.0004"),
            ("dL/dW11", "0.002"),
            ("dL/dW12", "0.0004"),
            ("dL/dW21", "0.0079"),
            ("dL/dW22", "0.0016"),
            ("dL/dW31", "0.0099"),
            ("dL/dW32", "0.002"),
            ("dL/dU11", "0.0765"),
            ("dL/dU12", "0.1183"),
            ("dL/dU21", "0.0772"),
            ("dL/dU22", "0.1193"),
            ("dL/db1", "0.002"),
            ("dL/db2", "0.0004"),
            ("dL/dc1", "0.0775"),
            ("dL/dc2", "0.1199"),
            ("W11_new", "0.09998"),
            ("W12_new", "0.1999"),
            ("W21_new", "0.29992"),
            ("W22_new", "0.39998"),
            ("W31_new", "0.4999"),
            ("W32_new", "0.59998"),
            ("U11_new", "0.6992"),
            ("U12_new", "0.7988"),
            ("U21_new", "0.89923"),
            ("U22_new", "0.0988"),
            ("b1_new", "0.49998"),
            ("b2_new", "0.499995"),
            ("c1_new", "0.49922"),
            ("c2_new", "0.49880"),
        ],
        differing: &[],
    },
    Source {
        name: "softmax-regression",
        loss: "cross_entropy",
        rate: 0.1,
        update_biases: true,
        layers: &[("softmax", &[&[0.2, -0.3, 0.5], &[-0.5, 0.7, -0.2]], None)],
        x: &[1.0, 2.0],
        y: &[0.0, 1.0, 0.0],
        printed: &[
            ("f1_in", "-0.8"),
            ("f2_in", "1.1"),
            ("f3_in", "0.1"),
            ("f1_out", "0.098"),
            ("f2_out", "0.659"),
            ("f3_out", "0.242"),
            ("L", "0.417"),
            ("dL/df1_in", "0.098"),
            ("dL/df2_in", "-0.341"),
            ("dL/df3_in", "0.242"),
            ("dL/dU11", "0.098"),
            ("dL/dU12", "-0.341"),
            ("dL/dU13", "0.242"),
            ("dL/dU22", "-0.682"),
            ("dL/dU23", "0.484"),
            ("dL/dU21", "0.196"),
        ],
        differing: &[("dL/dU21", 0.19713178081863636)],
    },
    Source {
        name: "whathow-bce",
        loss: "binary_cross_entropy",
        rate: 0.1,
        update_biases: true,
        layers: &[
            ("sigmoid", &[&[0.1, 0.1], &[0.1, 0.1]], Some(&[0.0, 0.0])),
            ("sigmoid", &[&[0.1], &[0.1]], Some(&[0.0])),
        ],
        x: &[1.0, 1.0],
        y: &[1.0],
        printed: &[
            ("z1_in", "0.2"),
            ("z2_in", "0.2"),
            ("z1_out", "0.5498"),
            ("z2_out", "0.5498"),
            ("f_in", "0.1100"),
            ("f_out", "0.5275"),
            ("L", "0.639"),
            ("dL/df_in", "-0.4725"),
            ("dL/du1", "-0.259"),
            ("dL/du2", "-0.259"),
            ("dL/dc", "-0.4725"),
            ("dz1_out/dz1_in", "0.2475"),
            ("dz2_out/dz2_in", "0.2475"),
            ("dL/dz1_out", "-0.04725"),
            ("dL/dz2_out", "-0.04725"),
            ("dL/dz1_in", "-0.0117"),
            ("dL/dz2_in", "-0.0117"),
            ("dL/dW11", "-0.0117"),
            ("dL/dW12", "-0.0117"),
            ("dL/dW21", "-0.0117"),
            ("dL/dW22", "-0.0117"),
            ("dL/db1", "-0.0117"),
            ("dL/db2", "-0.0117"),
            ("u1_new", "0.1259"),
            ("u2_new", "0.1259"),
            ("c_new", "0.04725"),
            ("W11_new", "0.10117"),
            ("W12_new", "0.10117"),
            ("W21_new", "0.10117"),
            ("W22_new", "0.10117"),
            ("b1_new", "0.00117"),
            ("b2_new", "0.00117"),
        ],
        differing: &[],
    },
];
