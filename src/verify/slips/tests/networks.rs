//! The numbers that slips leave on networks of other shapes, and where they
//! cannot happen.

use super::*;

/// A line without this much would be named for slips that cannot happen in it.
#[test]
fn slips_happen_only_where_they_can() {
    let none = |net: &str, name: &str, slips: &[Slip]| {
        let scenario = super::net(net);
        let lesson = lesson_of(&scenario, 0, false);
        let name = lesson.naming().read(name).unwrap();
        for candidate in candidates(&lesson, name) {
            assert!(!slips.contains(&candidate.slip), "{net}, {name:?}: {candidate:?}");
        }
    };
    none("softmax", "f1_in", &[Slip::NoBias]);
    none("relu", "dL/dU11", &[Slip::NoSlopeOut]);
    none("relu", "dL/df1_in", &[Slip::NoSlopeOut, Slip::ExtraSlope]);
    none("deep", "b(1)1_new", &[Slip::BiasNotUpdated, Slip::NoRate]);
    none("leaky", "dL/dW11", &[Slip::UpdatedWeight]);
    none("a chain", "dL/df_out", &[Slip::ResidualSign, Slip::Factor2, Slip::LossForResidual]);
    none("bernoulli", "dL/df_out", &[Slip::Factor2]);
    none("deep", "dL/dW(1)11", &[Slip::NoSlopeOut]);
    none("two outputs", "dL/dW11", &[Slip::NoWeights]);
    none("two outputs", "dL/dU11", &[Slip::LayerSkipped, Slip::UpstreamDropped]);
    none("relu", "dz1_out/dz1_in", &[Slip::LeakTimesZ]);
    none("relu", "dL/dU11", &[Slip::NoSlopes]);
    none("two outputs", "df1_out/df1_in", &[Slip::SoftmaxDiagonal]);
    none("a chain", "dL/dz(1)1_in", &[Slip::NoResidual]);
    none("a chain", "L", &[Slip::ResidualAsLoss]);
    none("bernoulli", "dL/dc", &[Slip::BiasSummedOverUnits]);
}

/// A number made from those of a lesson.
type Expected<'a> = &'a dyn Fn(&dyn Fn(&str) -> f64) -> f64;

#[test]
fn slips_of_other_networks_leave_their_numbers() {
    let check = |net: &str, name: &str, slip: Slip, expected: Expected<'_>| {
        let scenario = super::net(net);
        for walk in WALKS {
            let lesson = lesson_of(&scenario, 0, walk);
            let named = |text: &str| lesson.naming().read(text).unwrap();
            let expected = expected(&|text| lesson.value(named(text)));
            let values = slipped(&lesson, named(name), slip);
            let found = values.iter().any(|value| (value - expected).abs() < 1e-12);
            assert!(found, "{net}, {name}, {}: {values:?}, not {expected}", slip.code());
        }
    };
    check("two outputs", "dL/dz2_out", Slip::OnePath, &|v| v("dL/df2_in") * v("U22"));
    check("two outputs", "dL/dW12", Slip::ResidualForDelta, &|v| {
        let back = v("dL/df1_out") * v("U21") + v("dL/df2_out") * v("U22");
        back * v("dz2_out/dz2_in") * v("x1")
    });
    check("two outputs", "dL/dz2_in", Slip::NoSlopeHidden, &|v| v("dL/dz2_out"));
    check("two outputs", "z1_in", Slip::WTransposed, &|v| {
        v("x1") * v("W11") + v("x2") * v("W12") + v("b1")
    });
    check("two outputs", "L", Slip::NoHalf, &|v| 2.0 * v("L"));
    check("deep", "dL/dW(1)21", Slip::ResidualForDelta, &|v| {
        let back = v("dL/df_out")
            * (v("W(3)11") * v("dz(2)1_out/dz(2)1_in") * v("W(2)11")
                + v("W(3)21") * v("dz(2)2_out/dz(2)2_in") * v("W(2)12"));
        back * v("dz(1)1_out/dz(1)1_in") * v("x2")
    });
    check("deep", "dL/dz(1)1_out", Slip::NoSlopeHidden, &|v| {
        v("dL/dz(2)1_out") * v("W(2)11") + v("dL/dz(2)2_out") * v("W(2)12")
    });
    check("deep", "dL/dz(1)1_in", Slip::OtherWeight, &|v| {
        let back = v("delta(2)1") * v("W(2)21") + v("delta(2)2") * v("W(2)22");
        back * v("dz(1)1_out/dz(1)1_in")
    });
    check("deep", "dL/dz(1)2_out", Slip::NoWeight, &|v| v("delta(2)1") + v("delta(2)2"));
    check("softmax", "dL/df1_in", Slip::ExtraSlope, &|v| {
        (v("f1_out") - v("y1")) * v("df1_out/df1_in")
    });
    check("softmax", "dL/df1_in", Slip::ResidualSign, &|v| v("y1") - v("f1_out"));
    check("softmax", "dL/df1_in", Slip::OnePath, &|v| v("dL/df3_out") * v("df3_out/df1_in"));
    check("softmax with a squared loss", "dL/df2_in", Slip::ExtraSlope, &|v| v("f2_out") - v("y2"));
    check("relu", "L", Slip::SumForMean, &|v| 2.0 * v("L"));
    check("relu", "dL/df1_out", Slip::SumForMean, &|v| -2.0 * (v("y1") - v("f1_out")));
    check("relu", "dL/df1_out", Slip::Factor2, &|v| 0.5 * v("dL/df1_out"));
    check("relu", "dz2_out/dz2_in", Slip::ReluSlope, &|_| 1.0);
    check("relu", "dz1_out/dz1_in", Slip::ReluSlope, &|v| v("z1_in"));
    check("bernoulli", "dz1_out/dz1_in", Slip::OtherSlope, &|v| v("z1_out") * (1.0 - v("z1_out")));
    check("bernoulli", "dL/du1", Slip::ExtraSlope, &|v| {
        v("dL/df_in") * v("df_out/df_in") * v("z1_out")
    });
    check("bernoulli", "z1_in_new", Slip::NoBias, &|v| v("z1_in_new") - v("b1_new"));
    check("deep", "dL/dW(1)11", Slip::NoWeights, &|v| {
        let paths = v("dz(2)1_out/dz(2)1_in") + v("dz(2)2_out/dz(2)2_in");
        v("dL/df_in") * paths * v("dz(1)1_out/dz(1)1_in") * v("x1")
    });
    check("deep", "dL/dW(1)11", Slip::NoSlopes, &|v| {
        let paths = v("W(3)11") * v("W(2)11") + v("W(3)21") * v("W(2)12");
        v("dL/df_out") * paths * v("x1")
    });
    check("deep", "dL/dz(1)1_in", Slip::LayerSkipped, &|v| v("delta(2)1"));
    check("deep", "dL/dz(1)1_out", Slip::LayerSkipped, &|v| {
        v("dL/df_in") * (v("W(2)11") + v("W(2)12"))
    });
    check("deep", "dL/dW(1)21", Slip::LayerSkipped, &|v| v("delta(2)1") * v("x2"));
    check("two outputs", "dL/dz1_out", Slip::GradientForWeight, &|v| {
        v("dL/df1_in") * v("dL/dU11") + v("dL/df2_in") * v("dL/dU12")
    });
    check("two outputs", "dL/dz1_out", Slip::OutputForDelta, &|v| {
        v("f1_out") * v("U11") + v("f2_out") * v("U12")
    });
    check("two outputs", "dL/db3", Slip::BiasSummedOverUnits, &|v| {
        v("delta1") + v("delta2") + v("delta3")
    });
    check("two outputs", "dL/db1", Slip::BiasTimesInputs, &|v| v("delta1") * (v("x1") + v("x2")));
    check("two outputs", "dL/dz1_out", Slip::NoResidual, &|v| {
        v("df1_out/df1_in") * v("U11") + v("df2_out/df2_in") * v("U12")
    });
    check("two outputs", "L", Slip::ResidualAsLoss, &|v| {
        (v("y1") - v("f1_out")) + (v("y2") - v("f2_out"))
    });
    check("two outputs", "L2", Slip::ResidualAsLoss, &|v| v("f2_out") - v("y2"));
    check("two outputs", "dz1_out/dz1_in", Slip::OtherSlope, &|v| {
        let at = 1.0 / (1.0 + libm::exp(-v("z1_in")));
        at * (1.0 - at)
    });
    check("relu", "dz1_out/dz1_in", Slip::OtherSlope, &|v| v("z1_out") * (1.0 - v("z1_out")));
    check("relu", "df1_out/df1_in", Slip::OtherSlope, &|v| 1.0 - v("f1_out") * v("f1_out"));
    check("leaky", "dz2_out/dz2_in", Slip::OtherSlope, &|_| 0.0);
    check("leaky", "dz2_out/dz2_in", Slip::LeakTimesZ, &|v| 0.01 * v("z2_in"));
    check("softmax", "df1_out/df2_in", Slip::SoftmaxDiagonal, &|_| 0.0);
    check("softmax", "df1_out/df2_in", Slip::SoftmaxDiagonal, &|v| v("df2_out/df2_in"));
    check("softmax", "df1_out/df1_in", Slip::SoftmaxDiagonal, &|v| 1.0 - v("f1_out"));
    check("softmax", "dL/df3_in", Slip::SoftmaxDiagonal, &|v| {
        v("dL/df3_out") * v("df3_out/df3_in")
    });
    check("softmax", "dL/df3_in", Slip::SoftmaxDiagonal, &|v| {
        v("dL/df3_out") * (1.0 - v("f3_out"))
    });
    check("softmax", "W11_new", Slip::RateTwice, &|v| {
        v("W11") - v("alpha") * v("alpha") * v("dL/dW11")
    });
}

/// Catches formulas that grow with the paths to the loss, and recursion that
/// grows with the layers.
#[test]
fn large_networks_have_small_candidates() {
    let row = |count: usize| vec!["0.1"; count].join(", ");
    let layer = |inputs: usize, units: usize| {
        let weights = vec![format!("[{}]", row(units)); inputs].join(", ");
        format!(r#"{{"activation": "tanh", "weights": [{weights}]}}"#)
    };
    let deep = vec![layer(1, 1); 2000];
    let wide = vec![layer(1, 300), layer(300, 40), layer(40, 1)];
    for layers in [deep, wide] {
        let layers = layers.join(", ");
        let scenario = read(&format!(
            r#"{{"loss": "squared_error", "learning_rate": 1, "layers": [{layers}],
                "sample": {{"x": [1], "y": 1}}}}"#
        ));
        let lesson = lesson_of(&scenario, 0, false);
        let (own, out) = (Symbol::In { layer: 0, unit: 0 }, Symbol::Out { layer: 0, unit: 0 });
        let weight = Symbol::Weight { layer: 0, from: 0, to: 0 };
        for symbol in [own, out, weight, Symbol::Input(0)] {
            let found = candidates(&lesson, Name::loss_by(symbol));
            assert!(found.len() <= 200, "{symbol:?}: {}", found.len());
            for candidate in found {
                let mut leaves = 0;
                candidate.expr.for_each_leaf(&mut |_| leaves += 1);
                assert!(leaves < 2000, "{symbol:?}, {}: {leaves}", candidate.slip.code());
            }
        }
    }
}
