//! The engine of this room against the trees of the lesson, and the catalogue
//! against its sentences.

use super::array::{Array, Stored};
use super::catalogue::catalogue;
use super::engine::problem::MatrixProblem;
use super::sentences::sentence;
use super::{ProgramCheck, ProgramFinding, ProgramVerdict, Wanted, check};
use crate::gradient_check::inject::{InjectedLesson, inject};
use crate::lesson::{Exercise, Lesson, Settings};
use crate::name::{Name, Symbol};
use crate::network::Reduction;
use crate::scenario::{self, Scenario};
use crate::verify::Slip;

const SCENARIOS: [&str; 6] = [
    include_str!("../../../tests/programs/01.scenario.json"),
    include_str!("../../../tests/programs/08.scenario.json"),
    include_str!("../../../tests/programs/12.scenario.json"),
    include_str!("../../../tests/programs/14.scenario.json"),
    include_str!("../../../tests/programs/18.scenario.json"),
    include_str!("../../../tests/programs/19.scenario.json"),
];

fn scenarios() -> impl Iterator<Item = Scenario> {
    SCENARIOS.iter().map(|text| scenario::read(text.as_bytes(), "scenario").unwrap())
}

fn exercise(scenario: &Scenario) -> Exercise<'_> {
    Exercise {
        network: &scenario.network,
        sample: &scenario.samples[0],
        learning_rate: scenario.learning_rate,
        update_biases: true,
    }
}

/// The gradients of a lesson as arrays.
fn gradients(lesson: &Lesson<'_>, scenario: &Scenario) -> Vec<Array> {
    let mut arrays = Vec::new();
    for (layer, shape) in (0..).zip(&scenario.network.layers) {
        let number = layer + 1;
        let (inputs, units) = (shape.inputs() as u32, shape.units() as u32);
        let weights = (0..inputs)
            .flat_map(|from| (0..units).map(move |to| Symbol::Weight { layer, from, to }));
        let biases = (0..units).map(|unit| Symbol::Bias { layer, unit });
        let value = |symbol| lesson.value(Name::loss_by(symbol));
        arrays.push(Array {
            name: format!("dW{number}"),
            shape: vec![inputs as usize, units as usize],
            values: weights.map(value).collect(),
            stored: Stored::Double,
        });
        arrays.push(Array {
            name: format!("db{number}"),
            shape: vec![units as usize],
            values: biases.map(value).collect(),
            stored: Stored::Double,
        });
    }
    arrays
}

fn found(scenario: &Scenario, arrays: &[Array]) -> ProgramFinding {
    check(&ProgramCheck {
        network: &scenario.network,
        samples: &scenario.samples[..1],
        reduction: Reduction::Mean,
        rate: scenario.learning_rate,
        update_biases: true,
        arrays,
        asked: Wanted::default(),
    })
    .unwrap()
}

#[test]
fn the_gradients_of_the_lesson_are_right() {
    for scenario in scenarios() {
        let lesson = Lesson::new(exercise(&scenario), Settings::default()).unwrap();
        let finding = found(&scenario, &gradients(&lesson, &scenario));
        assert!(finding.agrees(), "{}: {finding:#?}", scenario.title);
        let worst = finding.arrays.iter().map(|array| array.measured.worst);
        assert!(worst.fold(0.0, f64::max) < 1e-12, "{}", scenario.title);
    }
}

/// Slips of people that programs make too, and in the same way everywhere.
const SHARED: [Slip; 14] = [
    Slip::ResidualSign,
    Slip::Factor2,
    Slip::NoResidual,
    Slip::NoSlopeOut,
    Slip::NoSlopeHidden,
    Slip::SigmaForSlope,
    Slip::SlopeOfOut,
    Slip::SlopeOfIn,
    Slip::NoInput,
    Slip::XForHidden,
    Slip::InputTwice,
    Slip::OwnWeightForInput,
    Slip::UpstreamDropped,
    Slip::UpdatedWeight,
];

#[test]
fn slips_made_in_the_trees_are_named_by_the_same_codes() {
    let (mut all, mut named, mut missed) = (0, 0, Vec::new());
    for scenario in scenarios() {
        let lesson = Lesson::new(exercise(&scenario), Settings::default()).unwrap();
        let right = gradients(&lesson, &scenario);
        for slip in SHARED {
            let Ok(InjectedLesson { lesson, .. }) = inject(exercise(&scenario), slip) else {
                continue;
            };
            let arrays = gradients(&lesson, &scenario);
            let finding = found(&scenario, &arrays);
            if finding.agrees() {
                continue;
            }
            assert_ne!(arrays, right);
            all += 1;
            let codes: Vec<&str> = match &finding.verdict {
                ProgramVerdict::Explained { explanations, .. } => {
                    explanations.iter().flat_map(|one| &one.slips).map(|slip| slip.code).collect()
                }
                ProgramVerdict::Agrees { .. } | ProgramVerdict::Unnamed(_) => Vec::new(),
            };
            if codes.contains(&slip.code()) {
                named += 1;
            } else {
                missed.push(format!("{} {}: {codes:?}", scenario.title, slip.code()));
            }
        }
    }
    assert!(named * 10 >= all * 8, "{named} of {all}: {missed:#?}");
}

#[test]
fn every_candidate_has_a_sentence() {
    for scenario in scenarios() {
        let twice = [scenario.samples[0].clone(), scenario.samples[0].clone()];
        for reduction in [Reduction::Mean, Reduction::Sum] {
            let problem =
                MatrixProblem::of(&scenario.network, &twice, reduction, Some(0.3), true).unwrap();
            for candidate in catalogue(&problem) {
                let is_loss = candidate.code == "ANOTHER-LOSS";
                assert!(is_loss || sentence(candidate.code).is_some(), "{}", candidate.code);
            }
        }
    }
}
