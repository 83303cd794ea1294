//! Somebody with the slides in hand finds every one of them in the lesson: what
//! each slide says has its topic, in the order of the telling, and its words or
//! formulas stand on the page.

mod common;

use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::name::Symbol;
use backprop_tutor::scenario;
use backprop_tutor::telling::{AlikeKind, Concept, Pace, Subject, Telling, Walk};
use common::program::tutor;

type Is = fn(&Subject) -> bool;

const fn concept(subject: &Subject, concept: Concept) -> bool {
    matches!(subject, Subject::Concept(told) if *told as u8 == concept as u8)
}

fn chain_of(subject: &Subject, layer: u32) -> bool {
    let first = Symbol::Weight { layer, from: 0, to: 0 };
    matches!(subject, Subject::Chain(walked) if walked.parameter == first)
}

fn alike(subject: &Subject, kind: fn(AlikeKind) -> bool) -> bool {
    matches!(subject, Subject::Alike(alike) if kind(alike.kind))
}

/// What a slide is about, the topic that tells it, and something it says.
const SLIDES: [(&str, Is, &str); 33] = [
    (
        "the empirical risk and two passes",
        |s| concept(s, Concept::Goal),
        "R_emp(θ) = 1/n·Σ_i L(y_i, f(x_i))",
    ),
    ("forward, then backward", |s| concept(s, Concept::Passes), "two passes"),
    ("the update rule", |s| concept(s, Concept::Goal), "θ_new = θ - α·∇L(y, f(x))"),
    ("nothing but the chain rule", |s| concept(s, Concept::Passes), "it is nothing more"),
    ("the XOR net", |s| matches!(s, Subject::Network), "a 2-2-1 network"),
    ("four steps forward", |s| alike(s, |k| matches!(k, AlikeKind::In(0))), "Four steps"),
    ("z1", |s| alike(s, |k| matches!(k, AlikeKind::Out(0))), "1/(1 + exp(-(-0.53)))"),
    ("z2", |s| alike(s, |k| matches!(k, AlikeKind::Out(0))), "0.7389"),
    ("f", |s| alike(s, |k| matches!(k, AlikeKind::Out(1))), "0.7525"),
    ("the loss", |s| alike(s, |k| matches!(k, AlikeKind::Loss)), "1/2·(1 - 0.7525)²"),
    (
        "main ingredients",
        |s| concept(s, Concept::Ingredients),
        "Three things are all that it takes",
    ),
    ("the chain of u1", |s| chain_of(s, 1), "∂L/∂u1 = ∂L/∂f_out · ∂f_out/∂f_in · ∂f_in/∂u1"),
    ("its first term, derived", |s| concept(s, Concept::Slopes), "∂(1/2·(y - f_out)²)/∂f_out"),
    ("its first term", |s| chain_of(s, 1), "-(1 - 0.7525)"),
    ("its second term", |s| chain_of(s, 1), "0.7525·(1 - 0.7525)"),
    (
        "its third term, derived",
        |s| concept(s, Concept::Slopes),
        "∂(z1_out·u1 + z2_out·u2 + c)/∂u1",
    ),
    ("all three terms", |s| chain_of(s, 1), "-0.2475·0.1862·0.3705"),
    (
        "the update of u1",
        |s| alike(s, |k| matches!(k, AlikeKind::Weights(1))),
        "-0.22 - 0.5·(-0.0171)",
    ),
    ("the chain of W11", |s| chain_of(s, 0), "∂f_in/∂z1_out"),
    ("two terms known", |s| chain_of(s, 0), "already known"),
    ("all five terms", |s| chain_of(s, 0), "-0.2475·0.1862·(-0.22)·0.2332·1"),
    (
        "the update of W11",
        |s| alike(s, |k| matches!(k, AlikeKind::Weights(0))),
        "-0.07 - 0.5·0.0024",
    ),
    ("the updated weights", |s| matches!(s, Subject::OldAndNew), "-0.0712  0.9426"),
    ("forward again", |s| alike(s, |k| matches!(k, AlikeKind::Loss)), "1/2·(1 - 0.7615)²"),
    ("the loss falls", |s| matches!(s, Subject::Losses), "thousands of times"),
    (
        "W11 and W21",
        |s| concept(s, Concept::CommonBeginning),
        "All but the last factor is the same",
    ),
    ("δ1 plugged in", |s| concept(s, Concept::CommonBeginning), "∂L/∂W21 = δ1 · ∂z1_in/∂W21"),
    ("j, k and m", |s| concept(s, Concept::Indices), "are called j, k and m"),
    (
        "the recursion",
        |s| concept(s, Concept::Recursion),
        "(Σ_m δ^(i+1)_m·w^(i+1)_km)·σ'(z^(i)_k_in)",
    ),
    (
        "gradients from error signals",
        |s| concept(s, Concept::Gradients),
        "∂L/∂W^(i)_jk = δ^(i)_k·z^(i-1)_j_out",
    ),
    (
        "a whole layer",
        |s| concept(s, Concept::WholeLayer),
        "δ^(i) = W^(i+1) δ^(i+1) ⊙ σ'(z^(i)_in)",
    ),
    ("forward caching", |s| concept(s, Concept::ForwardBrackets), "nothing can be kept"),
    (
        "blame, downhill, rinse and repeat, overfitting",
        |s| concept(s, Concept::Closing),
        "overfitting",
    ),
];

#[test]
fn every_slide_has_its_topic_and_stands_on_the_page() {
    let scenario = scenario::load("xor").unwrap();
    let exercise = scenario.exercise(0);
    let lesson = Lesson::new(exercise, Settings { apply: true, ..Settings::default() }).unwrap();
    let telling = Telling {
        walk: Walk::First,
        only: None,
        theory: true,
        has_checks: true,
        most_layers: 10,
        pace: Pace::Sections,
    };
    let topics = telling.topics(&lesson);
    let page = tutor(&["run", "xor", "--apply"]).page();
    let flowing = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for (slide, is, says) in SLIDES {
        assert!(topics.iter().any(|topic| is(&topic.subject)), "no topic tells: {slide}");
        let says = says.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flowing.contains(&says), "the page does not say: {says}");
    }
    for concept in Concept::ALL {
        let told = topics.iter().filter(|topic| topic.subject == Subject::Concept(concept));
        assert_eq!(told.count(), 1, "{concept:?}");
    }
}

/// The walk says all of it too, each update before the next chain, as on the slides.
#[test]
fn every_slide_is_reached_by_the_walk_in_its_order() {
    let walk = tutor(&["run", "xor", "--apply", "--step"]).page();
    let flowing = walk.split_whitespace().collect::<Vec<_>>().join(" ");
    for (slide, _, says) in SLIDES {
        let says = match says {
            "Four steps" => "Step 1 of 4",
            "already known" => "we already know",
            says => says,
        };
        let says = says.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flowing.contains(&says), "{slide}: the walk does not say: {says}");
    }
    let order = [
        "-0.2475·0.1862·0.3705",
        "-0.22 - 0.5·(-0.0171)",
        "-0.2475·0.1862·(-0.22)·0.2332·1",
        "-0.07 - 0.5·0.0024",
        "-0.0712 0.9426",
    ];
    assert!(order.map(|says| flowing.find(says).unwrap()).is_sorted());
}

/// Catches theory that numbers depend on, or that stays when it is not wanted.
#[test]
fn without_theory_only_ideas_are_left_out() {
    let with = tutor(&["run", "xor", "--apply"]).page();
    let without = tutor(&["run", "xor", "--apply", "--no-theory"]).page();
    for concept in Concept::ALL {
        assert!(with.contains(concept.title()) && !without.contains(concept.title()));
    }
    let tables = |page: &str| {
        let rows = page.lines().filter(|line| line.starts_with(' ') && line.contains('∂'));
        rows.map(str::to_owned).collect::<Vec<_>>()
    };
    let all = tables(&with);
    assert!(tables(&without).iter().all(|row| all.contains(row)));
}
