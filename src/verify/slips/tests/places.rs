//! What keeps a slip to the lines, and to the networks, in which somebody may make it.

use super::*;

/// A network with one hidden layer of so many units.
fn wide(units: usize) -> Scenario {
    let list = |of: &dyn Fn(usize) -> String| (0..units).map(of).collect::<Vec<_>>().join(",");
    let into = list(&|unit| format!("{}", 0.3 + unit as f64 / 50.0));
    let on = list(&|unit| format!("[{}]", 0.7 - unit as f64 / 30.0));
    read(&format!(
        r#"{{"loss": "half_squared_error", "learning_rate": 0.3, "layers": [
            {{"activation": "tanh", "weights": [[{into}]]}},
            {{"activation": "sigmoid", "weights": [{on}], "biases": [0.2]}}],
            "sample": {{"x": [0.7], "y": 1}}}}"#
    ))
}

/// A network of so many layers with one unit each.
fn long(layers: usize) -> Scenario {
    let layer = r#"{"activation": "sigmoid", "weights": [[0.9]], "biases": [0.1]}"#;
    read(&format!(
        r#"{{"loss": "half_squared_error", "learning_rate": 0.3, "layers": [{}],
            "sample": {{"x": [0.7], "y": 1}}}}"#,
        vec![layer; layers].join(",")
    ))
}

/// A network of one layer.
fn flat(activation: &str, loss: &str, weights: &str, y: &str) -> Scenario {
    read(&format!(
        r#"{{"loss": "{loss}", "learning_rate": 0.3, "layers": [
            {{"activation": "{activation}", "weights": [{weights}]}}],
            "sample": {{"x": [0.7], "y": {y}}}}}"#
    ))
}

/// The different numbers that a slip leaves in a line, in rising order.
fn numbers(scenario: &Scenario, name: &str, slip: Slip) -> Vec<f64> {
    let lesson = lesson_of(scenario, 0, false);
    let name = lesson.naming().read(name).unwrap();
    let mut values = slipped(&lesson, name, slip);
    values.sort_by(f64::total_cmp);
    values.dedup_by(|a, b| (*a - *b).abs() < 1e-12);
    values
}

/// Numbers made from those of a lesson.
type Numbers<'a> = &'a dyn Fn(&dyn Fn(&str) -> f64) -> Vec<f64>;

/// The same as a list of numbers made from those of the lesson.
fn assert_numbers(scenario: &Scenario, name: &str, slip: Slip, expected: Numbers<'_>) {
    let lesson = lesson_of(scenario, 0, false);
    let mut expected = expected(&|text| lesson.value(lesson.naming().read(text).unwrap()));
    expected.sort_by(f64::total_cmp);
    let found = numbers(scenario, name, slip);
    let is_same = found.len() == expected.len()
        && found.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-12);
    assert!(is_same, "{name}, {}: {found:?}, not {expected:?}", slip.code());
}

/// What a slip may make of a line, tried by itself.
fn alone(scenario: &Scenario, name: &str, slip: Slip) -> usize {
    let lesson = lesson_of(scenario, 0, false);
    rewritings(&lesson, lesson.naming().read(name).unwrap(), slip).len()
}

#[test]
fn sixteen_others_are_confused_with_one() {
    for (units, tried) in [(15, 15), (16, 16), (17, 16)] {
        let found = numbers(&wide(units), "dL/df_in", Slip::WeightForSignal);
        assert_eq!(found.len(), tried, "{units}");
        let found = numbers(&wide(units), "dL/dc", Slip::BiasTimesInput);
        assert_eq!(found.len(), tried, "{units}");
    }
    // Their sum is that of all of them.
    assert_numbers(&wide(16), "dL/dc", Slip::BiasTimesInputs, &|v| {
        let outputs = (1..=16).map(|unit| v(&format!("z{unit}_out")));
        vec![v("dL/df_in") * outputs.sum::<f64>()]
    });
    assert_eq!(numbers(&wide(17), "dL/dc", Slip::BiasTimesInputs).len(), 0);
}

/// Whether a right formula of a line has the error signal of the output in it, or its slope.
fn leads_to_the_output(scenario: &Scenario, name: &str) -> bool {
    let lesson = lesson_of(scenario, 0, false);
    let line = SlipLine::new(&lesson, lesson.naming().read(name).unwrap());
    let leaves = line.leaves();
    let has = |text: &str| leaves.contains(&lesson.naming().read(text).unwrap());
    has("dL/df_in") || has("df_out/df_in")
}

#[test]
fn chains_are_written_out_along_twelve_paths_of_four_layers() {
    assert!(leads_to_the_output(&wide(12), "dL/dx1"));
    assert!(!leads_to_the_output(&wide(13), "dL/dx1"));
    assert!(leads_to_the_output(&long(4), "dL/dx1"));
    assert!(!leads_to_the_output(&long(5), "dL/dx1"));
}

#[test]
fn another_activation_has_one_slope_for_each_that_it_may_be() {
    let xor = read(embedded::named("xor").unwrap().text);
    let others = |z: f64, out: f64, of_relu: f64| {
        let mut others = vec![1.0 - out * out, 1.0 - z.tanh() * z.tanh(), of_relu, 1.0];
        others.dedup();
        others
    };
    assert_numbers(&xor, "dz1_out/dz1_in", Slip::OtherSlope, &|v| {
        others(v("z1_in"), v("z1_out"), 0.0)
    });
    assert_numbers(&xor, "dz2_out/dz2_in", Slip::OtherSlope, &|v| {
        others(v("z2_in"), v("z2_out"), 1.0)
    });
}

#[test]
fn a_softmax_of_one_unit_is_no_softmax() {
    let one = flat("softmax", "cross_entropy", "[0.5]", "[1]");
    let two = flat("softmax", "cross_entropy", "[0.5, -0.2]", "[1, 0]");
    assert_eq!(alone(&one, "df_out/df_in", Slip::SoftmaxDiagonal), 0);
    assert_numbers(&two, "df2_out/df1_in", Slip::SoftmaxDiagonal, &|v| {
        vec![v("f1_out") * (1.0 - v("f1_out")), 0.0]
    });
    assert_eq!(alone(&one, "dL/df_out", Slip::NoResidual), 1);
    assert_eq!(alone(&two, "dL/df1_out", Slip::NoResidual), 0);
    // The slope of one unit by another is not its own.
    assert_eq!(alone(&two, "df2_out/df1_in", Slip::SigmaForSlope), 0);
}

#[test]
fn a_residual_is_dropped_or_kept_only_where_there_is_one() {
    let no_target = read(
        r#"{"loss": "output", "layers": [
            {"activation": "tanh", "weights": [[0.5, 0.4]]},
            {"activation": "sigmoid", "weights": [[0.8], [0.9]]}], "sample": {"x": [2]}}"#,
    );
    let no_target_far_ahead = read(
        r#"{"loss": "output", "layers": [
            {"activation": "identity", "weights": [[0.5]]},
            {"activation": "relu", "weights": [[0.8, 0.7]]},
            {"activation": "sigmoid", "weights": [[0.8], [0.9]]}], "sample": {"x": [2]}}"#,
    );
    assert_eq!(alone(&no_target, "dL/dz1_out", Slip::NoResidual), 0);
    assert_eq!(alone(&no_target_far_ahead, "dL/dz(1)1_out", Slip::NoResidual), 0);
    assert_eq!(alone(&net("two outputs"), "dL/dz1_out", Slip::NoResidual), 1);
    // Nobody takes `f_out - y` for the error signal of an output that no loss is made for, nor
    // is it anything but the slope left out with the half loss.
    for name in ["two outputs", "leaky"] {
        let signal = if name == "leaky" { "dL/df_in" } else { "dL/df1_in" };
        assert_eq!(alone(&net(name), signal, Slip::ExtraSlope), 0, "{name}");
    }
}

#[test]
fn a_weight_stands_for_what_is_sent_back_to_a_unit() {
    assert_numbers(&net("two outputs"), "dL/dz1_out", Slip::WeightForSignal, &|v| {
        vec![v("U11"), v("U12")]
    });
}

#[test]
fn weights_are_confused_within_their_layer() {
    assert_numbers(&net("deep"), "dL/dz(1)1_out", Slip::OtherWeight, &|v| {
        let back = |one: &str, two: &str| v("dL/dz(2)1_in") * v(one) + v("dL/dz(2)2_in") * v(two);
        vec![back("W(2)21", "W(2)22"), back("W(2)11", "W(2)21")]
    });
}

#[test]
fn several_slopes_are_left_out_where_several_vary() {
    assert_eq!(alone(&long(1), "dL/du1", Slip::NoSlopes), 0);
    assert_eq!(alone(&long(1), "dL/dx1", Slip::NoSlopes), 0);
    assert_eq!(alone(&net("relu"), "dL/dW11", Slip::NoSlopes), 0);
    assert_numbers(&long(2), "dL/dW11", Slip::NoSlopes, &|v| {
        vec![v("dL/df_out") * v("u1") * v("x1")]
    });
}

#[test]
fn the_first_weights_lead_on_from_the_inputs() {
    assert_numbers(&long(1), "dL/dx1", Slip::ResidualForDelta, &|v| vec![v("dL/df_out") * v("u1")]);
    assert_numbers(&long(1), "dL/dx1", Slip::GradientForWeight, &|v| {
        vec![v("dL/df_in") * v("dL/du1")]
    });
}

#[test]
fn a_mean_over_outputs_is_not_divided_where_there_is_one() {
    assert_numbers(&net("relu"), "L", Slip::SumForMean, &|v| vec![2.0 * v("L")]);
    assert_numbers(&net("relu"), "dL/df1_out", Slip::SumForMean, &|v| vec![2.0 * v("dL/df1_out")]);
    assert_eq!(alone(&net("leaky"), "L", Slip::SumForMean), 0);
    assert_eq!(alone(&net("two outputs"), "L", Slip::SumForMean), 0);
}
