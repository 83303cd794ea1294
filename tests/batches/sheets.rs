//! Sheets of several samples together: everybody who works honestly is right, who
//! reduces wrongly is told how, and nobody's batch is marked by sample 1 unasked.

use backprop_tutor::lesson::Lesson;
use backprop_tutor::scenario;
use backprop_tutor::verify::{LineVerdict, Marker, MarkingRules, Report, read_batch};

use super::common::program::{tutor, tutor_on};
use super::common::report::Report as JsonReport;
use super::{batch, named};

const WEIGHTS: [(&str, f64); 9] = [
    ("W11", -0.07),
    ("W12", 0.94),
    ("W21", 0.22),
    ("W22", 0.46),
    ("b1", -0.46),
    ("b2", 0.1),
    ("u1", -0.22),
    ("u2", 0.58),
    ("c", 0.78),
];

/// What makes one number of all samples.
type Reduce = fn(&[f64]) -> f64;

/// Somebody with pen and paper, who rounds every number that is written down.
struct Person {
    decimals: i32,
}

impl Person {
    fn round(&self, value: f64) -> f64 {
        let scale = 10_f64.powi(self.decimals);
        (value * scale).round() / scale
    }

    /// The loss of a sample, and its gradients in the order of the weights above.
    fn sample(&self, w: &[f64; 9], x: [f64; 2], y: f64) -> (f64, [f64; 9]) {
        let sigma = |z: f64| self.round(1.0 / (1.0 + (-z).exp()));
        let [w11, w12, w21, w22, b1, b2, u1, u2, c] = *w;
        let z1 = sigma(self.round(x[0] * w11 + x[1] * w21 + b1));
        let z2 = sigma(self.round(x[0] * w12 + x[1] * w22 + b2));
        let f = sigma(self.round(z1 * u1 + z2 * u2 + c));
        let loss = self.round((y - f) * (y - f) / 2.0);
        let out = self.round(self.round(f - y) * self.round(f * (1.0 - f)));
        let signal = |u: f64, z: f64| self.round(self.round(out * u) * self.round(z * (1.0 - z)));
        let (d1, d2) = (signal(u1, z1), signal(u2, z2));
        let all = [d1 * x[0], d2 * x[0], d1 * x[1], d2 * x[1], d1, d2, out * z1, out * z2, out];
        (loss, all.map(|gradient| self.round(gradient)))
    }

    /// A whole sheet; `reduce` makes one number of all samples.
    fn sheet(&self, w: &[f64; 9], whole: bool, reduce: Reduce) -> String {
        const SAMPLES: [([f64; 2], f64); 4] =
            [([0.0, 0.0], 0.0), ([0.0, 1.0], 1.0), ([1.0, 0.0], 1.0), ([1.0, 1.0], 0.0)];
        let digits = self.decimals as usize;
        let worked: Vec<_> = SAMPLES.iter().map(|(x, y)| self.sample(w, *x, *y)).collect();
        let mut text = String::new();
        let mut line = |name: String, value: f64| {
            text.push_str(&format!("{name} = {value:.digits$}\n"));
        };
        if whole {
            for (at, (loss, gradients)) in worked.iter().enumerate() {
                line(format!("L@{}", at + 1), *loss);
                for ((name, _), gradient) in WEIGHTS.iter().zip(gradients) {
                    line(format!("dL@{}/d{name}", at + 1), *gradient);
                }
            }
        }
        let losses: Vec<f64> = worked.iter().map(|(loss, _)| *loss).collect();
        line("R".to_owned(), reduce(&losses));
        for (at, (name, _)) in WEIGHTS.iter().enumerate() {
            let all: Vec<f64> = worked.iter().map(|(_, gradients)| gradients[at]).collect();
            let gradient = self.round(reduce(&all));
            line(format!("dR/d{name}"), gradient);
            line(format!("{name}_new"), w[at] - 0.5 * gradient);
        }
        text
    }
}

fn mean(all: &[f64]) -> f64 {
    all.iter().sum::<f64>() / all.len() as f64
}

fn with_weights(w: &[f64; 9]) -> scenario::Scenario {
    let [w11, w12, w21, w22, b1, b2, u1, u2, c] = w;
    let text = format!(
        r#"{{"title": "t", "digits": 4, "learning_rate": 0.5, "loss": "half_squared_error", "layers": [
        {{"activation": "sigmoid", "weights": [[{w11}, {w12}], [{w21}, {w22}]], "biases": [{b1}, {b2}]}},
        {{"activation": "sigmoid", "weights": [[{u1}], [{u2}]], "biases": [{c}]}}],
        "samples": [{{"x": [0, 0], "y": 0}}, {{"x": [0, 1], "y": 1}},
                    {{"x": [1, 0], "y": 1}}, {{"x": [1, 1], "y": 0}}]}}"#
    );
    scenario::read(text.as_bytes(), "random").unwrap()
}

fn together(scenario: &scenario::Scenario) -> Lesson<'_> {
    batch(scenario, scenario.reduction).together(true).unwrap()
}

fn marked<'m>(marker: &'m Marker<'m>, sheet: &str) -> Report<'m> {
    let lesson = marker.lesson();
    let count = lesson.samples().unwrap().lessons().len();
    let sheet = read_batch(sheet.as_bytes(), "sheet", lesson.network(), count).unwrap();
    assert!(sheet.unread.is_empty(), "{:?}", sheet.unread);
    marker.mark(&sheet)
}

/// Catches a sheet of a batch that is marked by exact numbers alone.
#[test]
fn who_rounds_on_the_way_is_right() {
    let mut state = 7_u64;
    let mut hundredth = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % 250) as f64 / 100.0 - 1.25
    };
    for round in 0..60 {
        let w: [f64; 9] =
            if round == 0 { WEIGHTS.map(|(_, value)| value) } else { WEIGHTS.map(|_| hundredth()) };
        let scenario = with_weights(&w);
        let lesson = together(&scenario);
        let marker = Marker::new(&lesson, MarkingRules::asking(4));
        for (decimals, whole) in [(4, true), (4, false), (6, true), (6, false)] {
            let sheet = Person { decimals }.sheet(&w, whole, mean);
            let report = marked(&marker, &sheet);
            let naming = scenario.network.naming();
            for line in &report.lines {
                assert!(
                    matches!(line.verdict, LineVerdict::Right | LineVerdict::Missing),
                    "{w:?}, {decimals}, {whole}: {} is {:?}, {:?} for {}",
                    naming.plain(line.name()),
                    line.verdict,
                    line.value(),
                    line.expected()
                );
            }
        }
    }
}

/// Catches a wrong reduction that has no name.
#[test]
fn a_wrong_reduction_is_named_and_held_against_once() {
    let ways: [(&str, Reduce); 3] = [
        ("SUM-FOR-MEAN", |all| all.iter().sum()),
        ("MEAN-TWICE", |all| mean(all) / all.len() as f64),
        ("ONE-SAMPLE", |all| all[3]),
    ];
    let scenario = named("xor-batch");
    let w = WEIGHTS.map(|(_, value)| value);
    let lesson = together(&scenario);
    let marker = Marker::new(&lesson, MarkingRules::asking(4));
    for (code, reduce) in ways {
        for whole in [true, false] {
            let report = marked(&marker, &Person { decimals: 6 }.sheet(&w, whole, reduce));
            let naming = scenario.network.naming();
            for line in &report.lines {
                let is_reduced = naming.plain(line.name()).starts_with("dR/")
                    || naming.plain(line.name()) == "R";
                if line.verdict == LineVerdict::Wrong {
                    assert!(is_reduced, "{code}: {} is wrong", naming.plain(line.name()));
                    let codes: Vec<_> = line.slips().iter().map(|slip| slip.slip.code()).collect();
                    assert_eq!(
                        codes.first(),
                        Some(&code),
                        "{}: {codes:?}",
                        naming.plain(line.name())
                    );
                }
                if line.name() == naming.read("W11_new").unwrap() {
                    assert_eq!(line.verdict, LineVerdict::Follows, "{code}");
                }
            }
            assert!(report.count(LineVerdict::Wrong) >= 8, "{code}, {whole}");
            assert!(
                report.score() >= report.lines.iter().map(|line| line.credit).sum::<f64>() - 1e-9
            );
        }
    }
}

/// Catches a slip within one sample that is not looked for there.
#[test]
fn a_slip_in_one_sample_is_named_and_the_rest_follows() {
    let w = WEIGHTS.map(|(_, value)| value);
    let sheet = Person { decimals: 6 }.sheet(&w, true, mean);
    let right = "dL@3/dc = -0.045230";
    assert!(sheet.contains(right), "{sheet}");
    let naming = named("xor-batch");
    let lesson = together(&naming);
    let marker = Marker::new(&lesson, MarkingRules::asking(4));
    let report = marked(&marker, &sheet.replace(right, "dL@3/dc = 0.045230"));
    let first = report.first_wrong().unwrap();
    assert_eq!(naming.network.naming().plain(first.name()), "dL@3/dc");
    assert!(!first.slips().is_empty());
}

/// Catches a key that the marker does not take.
#[test]
fn a_filled_sheet_is_all_right_in_every_format() {
    for (name, formats) in [
        ("xor-batch", &["text", "json", "csv", "markdown"][..]),
        ("softmax-cross-entropy", &["text"]),
    ] {
        for format in formats {
            let sheet = tutor(&["sheet", name, "--batch", "--filled", "--format", format]).page();
            let ran =
                tutor_on(&sheet, &["run", name, "--batch", "--verify", "-", "--format", "json"]);
            assert_eq!(ran.code, Some(0), "{name} {format}: {}{}", ran.err, ran.out);
            let report: JsonReport = serde_json::from_str(&ran.out).unwrap();
            assert!((report.score - report.max_score).abs() < 1e-9 && report.max_score > 8.0);
            // What is given stands on a page of Markdown like the answers.
            assert!(*format == "markdown" || report.unread.is_empty(), "{:?}", report.unread);
        }
    }
    let some = tutor(&["sheet", "xor-batch", "--batch", "--only", "W11", "--asks", "dR/d*"]).page();
    assert!(some.contains("\ndR/dW11 =") && !some.contains("W11_new"), "{some}");
}

/// Catches batch gradients that are judged as those of sample 1, silently.
#[test]
fn a_batch_that_is_marked_by_one_sample_is_asked_about() {
    let by_our_names = "R = 0.1551\ndR/dW11 = -0.0013\n";
    let as_if_one = "L = 0.1551\ndL/dW12 = 0.0017\ndL/du1 = 0.0189\ndL/dc = 0.0468\n";
    for sheet in [by_our_names, as_if_one] {
        let ran = tutor_on(sheet, &["run", "xor-batch", "--verify", "-", "--format", "json"]);
        let report: JsonReport = serde_json::from_str(&ran.out).unwrap();
        let codes: Vec<&str> = report.questions.iter().map(|said| said.code.as_str()).collect();
        assert_eq!(codes, ["ALL-SAMPLES"], "{sheet}");
    }
    let one = "L = 0.2671\ndL/du1 = 0.0556\ndL/dc = 0.1438\n";
    let ran = tutor_on(one, &["run", "xor-batch", "--verify", "-", "--format", "json"]);
    let report: JsonReport = serde_json::from_str(&ran.out).unwrap();
    assert!(report.questions.is_empty());
    // The other way round a name of one sample is no name of all of them.
    let ran = tutor_on(as_if_one, &["run", "xor-batch", "--batch", "--verify", "-"]);
    assert!(ran.out.contains("`dR/dW12`"), "{}", ran.out);
}

/// Catches a name of the batch that cannot be asked for.
#[test]
fn one_quantity_of_a_batch_is_shown_from_its_samples() {
    let value = |name: &str| {
        let args = ["run", "xor-batch", "--batch", "--only", name, "--format", "json"];
        tutor(&args).lesson().value(name)
    };
    let of_sample = |sample: &str, name: &str| {
        tutor(&["run", "xor-batch", "--sample", sample, "--format", "json"]).lesson().value(name)
    };
    assert_eq!(value("L@2"), of_sample("2", "L"));
    assert_eq!(value("dL@4/dW11"), of_sample("4", "dL/dW11"));
    assert_eq!(value("z1_in@3"), of_sample("3", "z1_in"));
    let all: f64 = ["1", "2", "3", "4"].map(|sample| of_sample(sample, "dL/du2")).iter().sum();
    assert!((value("dR/du2") - all / 4.0).abs() < 1e-15);
    let said = |name: &str| tutor(&["run", "xor-batch", "--batch", "--only", name]).err;
    assert!(said("dL/dW11").contains("did you mean dR/dW11?"));
    assert!(said("L@5").contains("did you mean L@1?"));
    assert!(said("W11_new").contains("add --apply"));
    let page = tutor(&["run", "xor-batch", "--batch", "--apply", "--only", "u1"]).page();
    insta::assert_snapshot!(page);
}

/// Catches a slip of the reduction that a check does not make.
#[test]
fn a_wrong_reduction_can_be_injected() {
    for code in ["SUM-FOR-MEAN", "MEAN-TWICE", "ONE-SAMPLE"] {
        let ran = tutor(&["check", "xor-batch", "--inject", code, "--format", "json"]);
        assert_eq!(ran.code, Some(1), "{}", ran.out);
        assert!(ran.out.contains(r#""name":"dR/dW11""#) && !ran.out.contains("dL/"), "{}", ran.out);
        assert!(ran.out.matches("differs").count() >= 7, "{code}: {}", ran.out);
    }
    let right = tutor(&["check", "xor-batch", "--inject", "MEAN-FOR-SUM"]);
    assert_eq!(right.code, Some(0), "{}", right.out);
}
