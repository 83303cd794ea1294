//! The walk goes in the page's order, and leaves nothing out.

use backprop_tutor::document::{self, Block, Inline, Limits, Line};
use backprop_tutor::math::{Form, Notation};
use backprop_tutor::name::{Name, Symbol};
use backprop_tutor::step::Walkthrough;
use backprop_tutor::step::steps::Moment;
use backprop_tutor::telling::{Pace, Telling, Walk};

use crate::class::{APPLY, How, telling, with_walk};

/// Every quantity that the page computes, in its order.
fn on_the_page(walk: &Walkthrough<'_>, how: &How) -> Vec<Name> {
    let page = document::page(document::LessonRequest {
        lesson: walk.lesson(),
        title: "",
        source: None,
        sample: None,
        digits: 4.into(),
        limits: Limits { matrix: Limits::READABLE.matrix, ..Limits::NONE },
        // Ideas compute nothing.
        telling: Telling { theory: false, ..telling(how, None, false) },
        checks: &[],
        notes: &[],
        notation: Notation::Linear,
    });
    let named = |line: &Line| match line.as_slice() {
        [Inline::Math(Form::Name(name, _))] => Some(*name),
        _ => None,
    };
    let mut names = Vec::new();
    for block in page {
        if let Block::Equation { left: Form::Name(name, _), .. } = block {
            names.push(name);
        } else if let Block::Table(table) = block {
            // A step, a number or nothing may stand in front of the quantity.
            names.extend(table.rows.iter().filter_map(|row| row.iter().take(2).find_map(named)));
        }
    }
    each_once(names)
}

fn in_the_walk(walk: &Walkthrough<'_>) -> Vec<Name> {
    let name = |topic| {
        let Moment::Chain(walked) = topic else { return None };
        Some(Name::loss_by(walked.parameter))
    };
    let steps = walk.steps().iter().zip(0..);
    each_once(steps.flat_map(|(step, at)| {
        name(step.moment).into_iter().chain(walk.told(at, usize::MAX / 100)).collect::<Vec<_>>()
    }))
}

fn each_once(names: impl IntoIterator<Item = Name>) -> Vec<Name> {
    let mut seen = std::collections::HashSet::new();
    names.into_iter().filter(|name| seen.insert(*name)).collect()
}

#[test]
fn the_walk_goes_in_the_order_of_the_page() {
    let sections = How { pace: Pace::Sections, ..APPLY };
    let every = How { walk: Walk::All, ..sections.clone() };
    for scenario in [
        "xor",
        "deep",
        "mazur",
        "neuron",
        "softmax-cross-entropy",
        "softmax-regression",
        "tanh-bce",
        "tests/step/three-four-two.json",
    ] {
        for how in [&sections, &every] {
            with_walk(scenario, how, |walk| {
                assert_eq!(in_the_walk(walk), on_the_page(walk, how), "{scenario}");
            });
        }
    }
}

/// At the pace of the lecture each update comes right after its gradient, and
/// nothing is left out.
#[test]
fn an_update_stands_beside_its_gradient() {
    for scenario in ["xor", "mazur", "deep", "softmax-cross-entropy"] {
        let sections = How { pace: Pace::Sections, ..APPLY };
        let names = with_walk(scenario, &APPLY, in_the_walk);
        let mut others = with_walk(scenario, &sections, in_the_walk);
        let place = |name: Name| names.iter().position(|other| *other == name).unwrap();
        let is_gradient = |name: &Name| matches!(name, Name::Derivative { of: Symbol::Loss, by } if by.leads_to().is_some());
        for name in &names {
            let Name::New(parameter) = *name else { continue };
            if parameter.leads_to().is_some() {
                let between = &names[place(Name::loss_by(parameter)) + 1..place(*name)];
                if !between.iter().any(is_gradient) {
                    others.retain(|other| other != name);
                }
            }
        }
        let is_update =
            |name: &&Name| matches!(name, Name::New(Symbol::Weight { .. } | Symbol::Bias { .. }));
        assert_eq!(others.iter().find(is_update), None, "{scenario}: not beside its gradient");
        let rest = names.iter().filter(|name| !is_update(name)).copied();
        assert_eq!(rest.collect::<Vec<_>>(), others, "{scenario}");
    }
}

#[test]
fn a_walk_about_one_quantity_is_short() {
    let titles = |only| {
        let how = How { only: Some(only), ..APPLY };
        with_walk("xor", &how, |walk| {
            let plain = |name| walk.lesson().naming().plain(name);
            let names = walk.steps().iter().filter_map(|step| step.quantity(walk.lesson()));
            names.map(plain).collect::<Vec<_>>()
        })
    };
    assert_eq!(titles("L"), ["f_in", "f_out_new", "L", "L_new"]);
    assert_eq!(titles("df_out/df_in"), ["df_out/df_in"]);
    let first = ["f_in", "dL/df_out", "df_out/df_in", "df_in/du1", "dL/du1", "u1_new"];
    assert_eq!(titles("u1"), first);
}
