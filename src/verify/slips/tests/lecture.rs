//! The numbers that slips leave on the lecture's exercise.

use super::*;

#[test]
fn the_lectures_numbers_go_wrong_as_the_table_says() {
    let scenario = read(embedded::named("xor").unwrap().text);
    let rows = [
        (Slip::NoBias, "z1_in", -0.53, -0.07),
        (Slip::WTransposed, "z2_in", 1.04, 0.32),
        (Slip::ExpSign, "z1_out", 0.3705, 0.6295),
        (Slip::NoActivation, "z1_out", 0.3705, -0.53),
        (Slip::ZInForward, "f_in", 1.1270, 1.4998),
        (Slip::NoHalf, "L", 0.0299, 0.0599),
        (Slip::ResidualSign, "dL/df_out", -0.2447, 0.2447),
        (Slip::Factor2, "dL/df_out", -0.2447, -0.4894),
        (Slip::LossForResidual, "dL/df_out", -0.2447, 0.0299),
        (Slip::NoSlopeOut, "dL/du1", -0.0168, -0.0907),
        (Slip::SigmaForSlope, "df_out/df_in", 0.1848, 0.7553),
        (Slip::SlopeOfOut, "df_out/df_in", 0.1848, 0.2175),
        (Slip::SlopeOfOut, "dz1_out/dz1_in", 0.2332, 0.2416),
        (Slip::SlopeOfIn, "dz1_out/dz1_in", 0.2332, -0.8109),
        (Slip::OtherSlope, "df_out/df_in", 0.1848, 0.4295),
        (Slip::OtherSlope, "df_out/df_in", 0.1848, 1.0),
        (Slip::OtherSlope, "dz1_out/dz1_in", 0.2332, 0.8627),
        (Slip::OtherSlope, "dz1_out/dz1_in", 0.2332, 0.0),
        (Slip::ZInForOut, "dL/du1", -0.0168, 0.0240),
        (Slip::XForHidden, "dL/du1", -0.0168, -0.0452),
        (Slip::NoSlopeHidden, "dL/dW11", 0.0023, 0.0100),
        (Slip::ResidualForDelta, "dL/dW11", 0.0023, 0.0126),
        (Slip::UpdatedWeight, "dL/dW11", 0.0023, 0.0022),
        (Slip::NoWeight, "dL/dW11", 0.0023, -0.0105),
        (Slip::OtherWeight, "dL/dW11", 0.0023, -0.0061),
        (Slip::GradientTransposed, "dL/dW12", -0.0051, 0.0),
        (Slip::NoInput, "dL/dW21", 0.0, 0.0023),
        (Slip::BiasTimesInput, "dL/db1", 0.0023, 0.0),
        (Slip::BiasNotUpdated, "c_new", 0.8026, 0.78),
        (Slip::WeightNotUpdated, "u1_new", -0.2116, -0.22),
        (Slip::NoRate, "u1_new", -0.2116, -0.2032),
        (Slip::Added, "u1_new", -0.2116, -0.2284),
        (Slip::StepForNew, "u1_new", -0.2116, 0.0084),
        // Seen in sheets and code.
        (Slip::NoSlopes, "dL/dW11", 0.0023, 0.0538),
        (Slip::ResidualAsLoss, "L", 0.0299, 0.2447),
        (Slip::ResidualAsLoss, "L", 0.0299, -0.2447),
        (Slip::WeightForSignal, "dL/dz1_in", 0.0023, -0.22),
        (Slip::WeightForSignal, "dL/dW11", 0.0023, -0.22),
        (Slip::WeightForSignal, "dL/dW11", 0.0023, -0.07),
        (Slip::WeightForSignal, "dL/df_in", -0.0452, 0.58),
        (Slip::OwnWeightForInput, "dL/du1", -0.0168, 0.01),
        (Slip::UpstreamDropped, "dL/dz1_in", 0.0023, 0.2332),
        (Slip::UpstreamDropped, "dL/dW11", 0.0023, 0.2332),
        (Slip::LayerSkipped, "dL/dW11", 0.0023, -0.0452),
        (Slip::LayerSkipped, "dL/dz1_out", 0.01, -0.2447),
        (Slip::InputTwice, "dL/du1", -0.0168, -0.0062),
        (Slip::RateTwice, "u1_new", -0.2116, -0.2158),
        (Slip::NoResidual, "dL/df_in", -0.0452, 0.1848),
        (Slip::NoResidual, "dL/du1", -0.0168, 0.0685),
        (Slip::NoResidual, "dL/dW11", 0.0023, -0.0095),
        (Slip::GradientForWeight, "dL/dz1_out", 0.01, 0.0008),
        (Slip::OutputForDelta, "dL/du1", -0.0168, 0.2798),
        (Slip::OutputForDelta, "dL/db1", 0.0023, 0.3705),
        (Slip::ParameterForGradient, "c_new", 0.8026, 0.39),
        (Slip::BiasTimesInputs, "dL/dc", -0.0452, -0.0502),
        (Slip::BiasSummedOverUnits, "dL/db1", 0.0023, -0.0027),
    ];
    for walk in WALKS {
        let lesson = lesson_of(&scenario, 0, walk);
        for (slip, text, right, wrong) in rows {
            let name = lesson.naming().read(text).unwrap();
            let code = slip.code();
            assert_eq!(num::round(lesson.value(name), 4), right, "{text}");
            let values = slipped(&lesson, name, slip);
            let found = values.iter().any(|value| num::round(*value, 4) == wrong);
            assert!(found, "{code} makes of {text} {values:?}, not {wrong}");
        }
    }
}

/// Who makes a mistake has rather made a usual one.
#[test]
fn usual_slips_come_first() {
    let scenario = read(embedded::named("xor").unwrap().text);
    let lesson = lesson_of(&scenario, 0, false);
    for name in names(&lesson) {
        let found = candidates(&lesson, name);
        assert!(found.is_sorted_by_key(|found| !found.slip.is_usual()), "{name:?}");
    }
    // With some inputs the loss in place of its slope leaves the same number.
    let bias = lesson.naming().read("dL/db1").unwrap();
    let found = candidates(&lesson, bias);
    let place = |slip| found.iter().position(|found| found.slip == slip).unwrap();
    assert!(place(Slip::BiasTimesInput) < place(Slip::LossForResidual));
}

/// The formulas of a line differ, and none of them is the right one.
#[test]
fn no_formula_stands_twice() {
    for (_, text) in NETS {
        let scenario = read(text);
        let lesson = lesson_of(&scenario, 0, false);
        for name in names(&lesson) {
            let line = SlipLine::new(&lesson, name);
            let mut known = right(&line);
            for candidate in candidates(&lesson, name) {
                let own = fingerprint(&line, &candidate.expr);
                assert!(known.insert(own), "{name:?}: {candidate:?}");
            }
        }
    }
}

#[test]
fn formulas_are_one_up_to_the_order_of_their_parts() {
    use crate::expr::{minus, negative, product, sum, times};
    let scenario = read(embedded::named("xor").unwrap().text);
    let lesson = lesson_of(&scenario, 0, false);
    let line = SlipLine::new(&lesson, Name::Value(Symbol::Loss));
    let [a, b, c] = [Symbol::Input(0), Symbol::Input(1), Symbol::Rate].map(Expr::from);
    let (own, bias) = (Symbol::In { layer: 0, unit: 0 }, Symbol::Bias { layer: 0, unit: 0 });
    let one = Expr::from(Name::derivative(own, bias));
    let [a, b, c] = [&a, &b, &c].map(|e| move || e.clone());
    let same = |left: Expr, right: Expr| fingerprint(&line, &left) == fingerprint(&line, &right);
    assert!(same(times(a(), b()), product([b(), Expr::Number(1.0), a()])));
    assert!(same(times(a(), one), a()));
    assert!(same(sum([a(), b()]), sum([b(), a()])));
    assert!(same(minus(a(), b()), negative(minus(b(), a()))));
    assert!(same(times(c(), minus(a(), b())), negative(times(minus(b(), a()), c()))));
    assert!(same(times(-2.0, minus(a(), b())), times(minus(b(), a()), 2.0)));
    assert!(same(times(a(), times(b(), c())), times(times(c(), a()), b())));
    assert!(same(crate::expr::square(a()), times(a(), a())));
    assert!(same(times(a(), minus(1.0, a())), minus(a(), times(a(), a()))));
    assert!(!same(minus(a(), b()), minus(b(), a())));
    assert!(!same(times(a(), b()), sum([a(), b()])));
    assert!(!same(times(2.0, a()), a()));
}
