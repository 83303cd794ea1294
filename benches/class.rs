//! How fast a stream of sheets is marked, on one core, beside a peer that only
//! parses it in the same run. `cargo bench --bench class`

use std::collections::HashMap;
use std::fs;
use std::hint::black_box;

use backprop_tutor::class::{Class, Overrides, Pile, Terms, with_exam};
use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::scenario::{self, Scenario};
use backprop_tutor::verify::{Policy, for_each_asked};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde::Deserialize;

/// Sheets of a stream.
const SHEETS: u64 = 2_000;

#[derive(Deserialize)]
struct Record<'a> {
    id: u64,
    #[serde(borrow)]
    answers: HashMap<&'a str, &'a str>,
}

/// A stream of one sheet again and again, and its path.
fn stream(folder: &std::path::Path, name: &str, answers: &[(String, String)]) -> String {
    let answers: Vec<String> =
        answers.iter().map(|(name, n)| format!("\"{name}\":\"{n}\"")).collect();
    let line = |id| format!("{{\"id\":{id},\"answers\":{{{}}}}}\n", answers.join(","));
    let path = folder.join(name);
    fs::write(&path, (0..SHEETS).map(line).collect::<String>()).expect("written");
    path.to_str().expect("a path").to_owned()
}

fn key(scenario: &Scenario) -> Vec<(String, String)> {
    let exercise = scenario.exercise(0);
    let settings = Settings { apply: true, ..Settings::default() };
    let lesson = Lesson::new(exercise, settings).expect("finite");
    let mut answers = Vec::new();
    let Ok(()) = for_each_asked(&lesson, |_, name| {
        answers.push((lesson.naming().plain(name), lesson.text(name, 4).to_string()));
        Ok::<(), std::convert::Infallible>(())
    });
    answers
}

fn marking(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = scenario::load("xor").expect("the binary carries it");
    let right = key(&scenario);
    let mut wrong = right.clone();
    for (name, answer) in &mut wrong {
        if name == "dL/df_out" {
            "0.2447".clone_into(answer);
        }
    }
    let right = stream(folder.path(), "right.jsonl", &right);
    let wrong = stream(folder.path(), "wrong.jsonl", &wrong);
    let terms = |scenario: &Scenario| {
        Ok(Terms {
            digits: scenario.digits,
            asks: None,
            points: Vec::new(),
            policy: Policy::default(),
            exact: false,
            sample: 0,
        })
    };
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let own = terms(&scenario).expect("terms");
    let overrides = Overrides::default();
    let done = with_exam(&scenario, &own, |exam| {
        let class = Class {
            exam: Some(exam),
            called: "xor",
            scenarios: None,
            terms: &terms,
            overrides: &overrides,
            wants_reports: false,
        };
        let mark = |path: &String| {
            let mut pile =
                Pile::open(std::slice::from_ref(path), &scenario.network).expect("a pile");
            let mut score = 0.0;
            while let Some(portion) = pile.portion().expect("it reads") {
                let scores = class.each(&portion, &|_, seen| seen.result.map_or(0.0, |m| m.score));
                score += scores.iter().sum::<f64>();
            }
            score
        };
        let mut group = c.benchmark_group("a stream");
        group.throughput(Throughput::Elements(SHEETS)).sample_size(20);
        group.bench_function("parsed by serde_json into a map", |b| {
            b.iter(|| {
                let text = fs::read_to_string(&right).expect("it reads");
                let lines = text.lines().map(serde_json::from_str::<Record<'_>>);
                lines.map(|one| one.map_or(0, |one| one.id + one.answers.len() as u64)).sum::<u64>()
            });
        });
        group.bench_function("marked, all right", |b| {
            b.iter(|| one.install(|| black_box(mark(&right))));
        });
        group.bench_function("marked, a slip in each", |b| {
            b.iter(|| one.install(|| black_box(mark(&wrong))));
        });
        group.finish();
    });
    done.expect("the exercise is shipped");
}

criterion_group!(benches, marking);
criterion_main!(benches);
