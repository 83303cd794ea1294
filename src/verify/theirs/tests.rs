//! What is known of a student's numbers, as more and more is found out.

use super::*;
use crate::lesson::{Lesson, Settings};
use crate::name::Symbol;
use crate::scenario::{self, Scenario};
use crate::verify::handed_in::{HandedIn, Shortens};
use crate::verify::marking::Marking;
use crate::verify::{Marker, MarkingRules, Sheet};

const Z1_IN: Symbol = Symbol::In { layer: 0, unit: 0 };
const Z1_OUT: Symbol = Symbol::Out { layer: 0, unit: 0 };
const Z2_OUT: Symbol = Symbol::Out { layer: 0, unit: 1 };
const F_IN: Symbol = Symbol::In { layer: 1, unit: 0 };

/// Looks at somebody who works the XOR net with four decimals and has handed in nothing.
fn with_nothing(look: impl FnOnce(&mut Theirs<'_, '_>)) {
    with_nothing_of(&scenario::load("xor").unwrap(), look);
}

fn with_nothing_of(scenario: &Scenario, look: impl FnOnce(&mut Theirs<'_, '_>)) {
    let lesson = Lesson::new(scenario.exercise(0), Settings::default()).unwrap();
    let marker = Marker::new(&lesson, MarkingRules::asking(4));
    let nothing = Sheet::default();
    let handed_in = HandedIn::by(&marker, &nothing, Shortens::AsShown);
    look(&mut Marking::new(&marker, &handed_in).theirs);
}

fn claim(value: f64, half_unit: f64) -> Claim {
    Claim::with_half_unit(value, half_unit)
}

/// z1_out = σ(-0.53) = 0.37052 to two decimals, its slope and f_in = 1.12704.
fn hand_in_all(theirs: &mut Theirs<'_, '_>) {
    theirs.hand_in(Z1_OUT.into(), &claim(0.37, 0.005));
    theirs.hand_in(Z2_OUT.into(), &claim(0.738_868, 5e-7));
    theirs.hand_in(Name::derivative(Z1_OUT, Z1_IN), &claim(0.2333, 0.005));
    theirs.hand_in(F_IN.into(), &claim(1.127, 0.005));
}

/// How much of the slope may be in memory.
fn slope(theirs: &Theirs<'_, '_>) -> f64 {
    theirs.in_memory(Name::derivative(Z1_OUT, Z1_IN)).width()
}

#[test]
fn a_millionth_of_a_unit_is_left_out_at_the_border_of_a_claim() {
    with_nothing(|theirs| {
        theirs.hand_in(Z1_OUT.into(), &claim(0.37, 0.005));
        let carried = theirs.carried(Z1_OUT.into());
        assert!((carried.lo - (0.365 + 1e-8)).abs() < 1e-9, "{carried:?}");
        assert!((carried.hi - (0.375 - 1e-8)).abs() < 1e-9, "{carried:?}");
    });
}

#[test]
fn what_is_in_memory_is_forgotten_where_a_number_claims_something_else() {
    with_nothing(|theirs| {
        hand_in_all(theirs);
        let memory = theirs.in_memory(Z1_OUT.into());
        assert!((memory.width() - 0.01).abs() < 1e-6, "nothing is known of z1_in: {memory:?}");
        theirs.pin(Z1_OUT.into(), &claim(0.37, 0.001));
        let memory = theirs.in_memory(Z1_OUT.into());
        assert!((memory.width() - 0.002).abs() < 1e-6, "{memory:?}");
        theirs.settle_left_out(Z1_IN.into());
        theirs.pin(Z1_OUT.into(), &claim(0.37, 0.001));
        let memory = theirs.in_memory(Z1_OUT.into());
        assert!(memory.lo == 0.37 && (memory.hi - 0.370_52).abs() < 1e-5, "{memory:?}");
    });
}

#[test]
fn what_is_worked_out_meanwhile_is_in_memory_two_lines_on() {
    with_nothing(|theirs| {
        hand_in_all(theirs);
        // 0.22 of what z1_out claims.
        assert!(theirs.in_memory(F_IN.into()).width() > 0.002);
        theirs.settle_left_out(Z1_IN.into());
        assert!(slope(theirs) < 6e-4, "from 0.37 to 0.37052");
    });
}

#[test]
fn what_is_claimed_after_all_is_in_memory_two_lines_on() {
    with_nothing(|theirs| {
        hand_in_all(theirs);
        assert!(theirs.in_memory(F_IN.into()).width() > 0.002);
        theirs.pin(Z1_OUT.into(), &claim(0.37, 0.0005));
        assert!(slope(theirs) < 8e-4, "from 0.3695 to 0.3705");
    });
}

#[test]
fn what_is_supposed_of_a_line_is_not_known_before_it_is_worked_out() {
    with_nothing(|theirs| {
        hand_in_all(theirs);
        theirs.settle_left_out(Z1_IN.into());
        assert!(slope(theirs) < 6e-4);
        theirs.suppose(Z1_IN.into(), Interval::point(0.53));
        assert!(!theirs.is_settled(Z1_IN.into()));
        assert!(theirs.in_memory(F_IN.into()).width() > 0.002);
        theirs.settle_left_out(Z1_IN.into());
        assert_eq!(theirs.carried(Z1_IN.into()), Interval::point(0.53));
        assert!(theirs.is_tainted(Z1_IN.into()));
    });
}

#[test]
fn what_is_supposed_is_gone_on_with() {
    with_nothing(|theirs| {
        theirs.suppose(Z1_IN.into(), Interval::between(0.52, 0.54));
        theirs.settle_left_out(Z1_IN.into());
        assert_eq!(theirs.carried(Z1_IN.into()), Interval::between(0.52, 0.54));
        assert!((theirs.value(Z1_IN.into()) - 0.53).abs() < 1e-12);
    });
}

#[test]
fn what_is_only_near_a_tie_is_none() {
    with_nothing(|theirs| {
        // σ of -0.5301 is 0.370494, six millionths from a border of 0.370.
        theirs.hand_in(Z1_OUT.into(), &claim(0.37, 0.0005));
        theirs.hand_in(Z1_IN.into(), &claim(-0.5301, 5e-5));
        let points = theirs.points(Z1_OUT.into(), DEEPEST);
        assert_eq!(points.pieces().len(), 2, "as written, and the exact value: {points:?}");
    });
}

#[test]
fn a_number_may_be_a_tie_where_it_is_not_known_what_it_came_of() {
    let points = |theirs: &Theirs<'_, '_>| -> Vec<f64> {
        let points = theirs.points(Z1_OUT.into(), DEEPEST);
        points.pieces().iter().map(|piece| piece.middle()).collect()
    };
    let near = |points: &[f64], expected: &[f64]| {
        points.len() == expected.len()
            && points.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-5)
    };
    with_nothing(|theirs| {
        theirs.hand_in(Z1_OUT.into(), &claim(0.37, 0.005));
        // Either border, as written, and the exact value.
        let all = points(theirs);
        assert!(near(&all, &[0.365, 0.37, 0.370_52, 0.375]), "{all:?}");
    });
    with_nothing(|theirs| {
        theirs.hand_in(Z1_OUT.into(), &claim(0.37, 0.005));
        theirs.hand_in(Z1_IN.into(), &claim(-0.53, 0.005));
        let all = points(theirs);
        assert!(near(&all, &[0.37, 0.370_52]), "σ of -0.53 is no tie: {all:?}");
    });
}

#[test]
fn what_is_in_memory_comes_of_two_lines_before() {
    let layer = r#"{"activation": "sigmoid", "weights": [[0.9]], "biases": [0.1]}"#;
    let text = format!(
        r#"{{"loss": "output", "layers": [{}], "sample": {{"x": [0.7]}}}}"#,
        [layer; 3].join(",")
    );
    let scenario = scenario::read(text.as_bytes(), "three layers").unwrap();
    with_nothing_of(&scenario, |theirs| {
        let (input, output) =
            (|layer| Symbol::In { layer, unit: 0 }, |layer| Symbol::Out { layer, unit: 0 });
        // From the last line to the first, and how much each claims.
        let lines = [
            (input(2), 0.05),
            (output(1), 0.05),
            (input(1), 0.05),
            (output(0), 0.02),
            (input(0), 1e-6),
        ];
        for (symbol, half_unit) in lines {
            let exact = theirs.exact(symbol.into()).middle();
            theirs.hand_in(symbol.into(), &claim(exact, half_unit));
        }
        // The second before it takes what the one in front of that claims, 0.02 to either
        // side; that this one comes of a narrow one is too far back.
        let width = theirs.in_memory(lines[0].0.into()).width();
        let slope = 0.9 * 0.9 * 0.2;
        assert!((width - 2.0 * 0.02 * slope).abs() < 1e-3, "{width}");
    });
}
