//! What is told of single lines, in a marked sheet or marked alone: the numbers that are shown
//! with them, and how far a slip behind them is looked for.

use backprop_tutor::expr::evaluate;
use backprop_tutor::lesson::batch::LessonBatch;
use backprop_tutor::lesson::{Lesson, Settings};
use backprop_tutor::name::{Name, Pattern};
use backprop_tutor::scenario::{self, Scenario};
use backprop_tutor::verify::{
    LineVerdict, Marker, MarkingRules, Report, ReportLine, Sheet, Slip, read, read_batch,
};

fn lesson(scenario: &Scenario) -> Lesson<'_> {
    let apply = scenario.learning_rate.is_some();
    Lesson::new(scenario.exercise(0), Settings { apply, ..Settings::default() }).expect("a lesson")
}

fn sheet(lesson: &Lesson<'_>, text: &str) -> Sheet {
    read(text.as_bytes(), "a sheet", lesson.network()).expect("a sheet")
}

fn name(lesson: &Lesson<'_>, text: &str) -> Name {
    lesson.naming().read(text).expect("a name")
}

fn line<'r>(report: &'r Report<'_>, lesson: &Lesson<'_>, text: &str) -> &'r ReportLine<'r> {
    let name = name(lesson, text);
    report.lines.iter().find(|line| line.name() == name).expect("a line")
}

fn operand(line: &ReportLine<'_>, name: Name) -> f64 {
    let found = line.operands().iter().find(|(operand, _)| *operand == name);
    found.map_or(f64::NAN, |(_, value)| *value)
}

fn sigma(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

#[test]
fn the_line_that_a_slip_happened_in_is_shown_as_it_should_be_with_their_numbers() {
    let scenario = scenario::load("xor").expect("the lecture's exercise");
    let lesson = lesson(&scenario);
    let marker = Marker::new(&lesson, MarkingRules::asking(8));
    // σ(0.5) for σ(-0.5), where -0.5 is wrong already.
    let report = marker.mark(&sheet(&lesson, "z1_in = -0.50000000\nf_out = 0.74489954"));
    let line = line(&report, &lesson, "f_out");
    let z1_out = name(&lesson, "z1_out");
    let behind: Vec<_> = line.slips().iter().filter_map(|slip| Some(slip.behind?.name)).collect();
    assert_eq!((line.slips()[0].slip, behind), (Slip::ExpSign, vec![z1_out]));
    assert!((operand(line, z1_out) - sigma(-0.5)).abs() < 1e-12, "{:?}", line.operands());
}

#[test]
fn a_line_alone_is_shown_with_the_numbers_that_they_have() {
    let scenario = scenario::load("xor").expect("the lecture's exercise");
    let lesson = lesson(&scenario);
    let marker = Marker::new(&lesson, MarkingRules::asking(4));
    // The answer is right, though not with their z1_in.
    let sheet = sheet(&lesson, "z1_in = -0.9\nf_out = 0.7553");
    let line = marker.mark_line(&sheet, name(&lesson, "f_out")).expect("a line");
    assert_eq!(line.verdict, LineVerdict::Right);
    let f_in = -0.22 * sigma(-0.9) + 0.58 * sigma(1.04) + 0.78;
    let shown = operand(&line, name(&lesson, "f_in"));
    assert!((shown - f_in).abs() < 1e-12, "{shown}, not {f_in}");
    // A marker of a few lines knows no other.
    let few = Marker::of_lines(&lesson, MarkingRules::asking(4), &[name(&lesson, "f_out")]);
    assert!(few.mark_line(&sheet, name(&lesson, "f_in")).is_none());
}

#[test]
fn a_line_alone_is_judged_as_it_is_among_all() {
    let text = r#"{"loss": "output", "layers": [
        {"activation": "identity", "weights": [[0.6014]]},
        {"activation": "identity", "weights": [[1.2305]]},
        {"activation": "identity", "weights": [[10]]}], "sample": {"x": [1]}}"#;
    let scenario = scenario::read(text.as_bytes(), "a chain").expect("a scenario");
    let lesson = lesson(&scenario);
    let marker = Marker::new(&lesson, MarkingRules::asking(4));
    // 0.74 is 0.7400, right as it is asked, by somebody who works with three decimals: 0.7395 at
    // least, and 10 times that is not 7.390.
    for (f_in, verdict) in [("7.390", LineVerdict::Wrong), ("7.396", LineVerdict::Right)] {
        let text = format!("z(1)1_in = 0.601\nz(2)1_in = 0.74\nf_in = {f_in}");
        let sheet = sheet(&lesson, &text);
        assert_eq!(line(&marker.mark(&sheet), &lesson, "f_in").verdict, verdict, "{f_in}");
        let alone = marker.mark_line(&sheet, name(&lesson, "f_in")).expect("a line");
        assert_eq!(alone.verdict, verdict, "{f_in}, alone");
    }
}

#[test]
fn a_misread_number_stands_in_the_formula_where_it_was_misread() {
    let scenario = scenario::load("xor").expect("the lecture's exercise");
    let lesson = lesson(&scenario);
    let marker = Marker::new(&lesson, MarkingRules::asking(4));
    // 0.56 for 0.58.
    let text = "z1_out = 0.3705\nz2_out = 0.7389\nf_in = 1.1123";
    let report = marker.mark(&sheet(&lesson, text));
    let line = line(&report, &lesson, "f_in");
    let u2 = name(&lesson, "u2");
    let found = line.slips().iter().find(|slip| {
        slip.detail.as_ref().is_some_and(|detail| detail.operand == u2 && detail.value == 0.56)
    });
    let found = found.unwrap_or_else(|| panic!("{:?}", line.slips()));
    let known = |leaf| {
        let known = found.operands.iter().find(|(known, _)| *known == leaf);
        known.map_or(f64::NAN, |(_, value)| *value)
    };
    let expr = found.expr.as_ref().expect("a formula");
    let value = evaluate(expr, &known);
    let expected = -0.22 * 0.3705 + 0.56 * 0.7389 + 0.78;
    assert!((value - expected).abs() < 1e-12, "{value}, not {expected}: {expr:?}");
}

/// One input, so many sigmoid units with a bias of 0.2, and one output.
fn wide(units: usize) -> Scenario {
    let list = |of: &dyn Fn(usize) -> String| (0..units).map(of).collect::<Vec<_>>().join(",");
    let text = format!(
        r#"{{"loss": "output", "layers": [
            {{"activation": "sigmoid", "weights": [[{}]], "biases": [{}]}},
            {{"activation": "sigmoid", "weights": [{}]}}], "sample": {{"x": [0.7]}}}}"#,
        list(&|unit| weight(unit).to_string()),
        list(&|_| "0.2".to_owned()),
        list(&|unit| format!("[{}]", on(unit))),
    );
    scenario::read(text.as_bytes(), "wide").expect("a scenario")
}

fn weight(unit: usize) -> f64 {
    0.31 + unit as f64 / 1024.0
}

fn on(unit: usize) -> f64 {
    0.11 - unit as f64 / 4096.0
}

/// A sheet of a wide network with one line for each unit.
fn of_units(units: usize, line: impl Fn(usize) -> String) -> String {
    (0..units).map(|unit| line(unit) + "\n").collect()
}

#[test]
fn slips_behind_lines_are_looked_for_in_two_hundred_wrong_lines() {
    let scenario = wide(201);
    let lesson = lesson(&scenario);
    let marker = Marker::new(&lesson, MarkingRules::asking(8));
    // z_in without its bias, and not handed in.
    let without = |unit: usize| sigma(weight(unit) * 0.7);
    let text = of_units(201, |unit| format!("z{}_out = {:.8}", unit + 1, without(unit)));
    let report = marker.mark(&sheet(&lesson, &text));
    for (unit, is_found) in [(1, true), (200, true), (201, false)] {
        let line = line(&report, &lesson, &format!("z{unit}_out"));
        let behind = line.slips().first().and_then(|slip| Some((slip.slip, slip.behind?.name)));
        let expected = (Slip::NoBias, name(&lesson, &format!("z{unit}_in")));
        assert_eq!(behind, is_found.then_some(expected), "{unit}");
    }
}

#[test]
fn slips_are_looked_for_in_two_thousand_wrong_lines() {
    let scenario = wide(4001);
    let lesson = lesson(&scenario);
    let marker = Marker::new(&lesson, MarkingRules::asking(8));
    let text = of_units(4001, |unit| format!("z{}_in = {:.8}", unit + 1, weight(unit) * 0.7));
    let report = marker.mark(&sheet(&lesson, &text));
    // And in as many more for the one that was found.
    for (unit, is_found) in [(1, true), (2000, true), (2001, true), (4000, true), (4001, false)] {
        let line = line(&report, &lesson, &format!("z{unit}_in"));
        let slip = line.slips().first().map(|slip| slip.slip);
        assert_eq!(slip, is_found.then_some(Slip::NoBias), "{unit}");
    }
}

#[test]
fn a_hundred_lines_are_looked_through_for_a_slip_behind() {
    // A line, the outputs and inputs of so many units, and for f_out f_in as well.
    for (units, asked, is_found) in [(49, "f_out", true), (49, "f_in", true), (50, "f_in", false)] {
        let scenario = wide(units);
        let lesson = lesson(&scenario);
        let marker = Marker::new(&lesson, MarkingRules::asking(12));
        // The first unit's output with the other sign in its exponent.
        let out = |unit: usize| sigma(weight(unit) * 0.7 + 0.2);
        let rest: f64 = (1..units).map(|unit| on(unit) * out(unit)).sum();
        let f_in = rest + on(0) * (1.0 - out(0));
        let value = if asked == "f_in" { f_in } else { sigma(f_in) };
        let report = marker.mark(&sheet(&lesson, &format!("{asked} = {value:.12}")));
        let line = line(&report, &lesson, asked);
        let behind = line.slips().first().and_then(|slip| Some((slip.slip, slip.behind?.name)));
        let expected = (Slip::ExpSign, name(&lesson, "z1_out"));
        assert_eq!(behind, is_found.then_some(expected), "{units}, {asked}: {:?}", line.slips());
    }
}

#[test]
fn a_number_that_was_handed_in_stays_where_a_slip_behind_would_have_changed_it() {
    let scenario = scenario::load("xor").expect("the lecture's exercise");
    let lesson = lesson(&scenario);
    let marker = Marker::new(&lesson, MarkingRules::asking(8));
    let value = |text: &str| lesson.value(name(&lesson, text));
    // σ(0.53) for z1_out in ∂L/∂u1 only: f_out is right.
    let gradient = value("dL/df_in") * sigma(0.53);
    let text = format!("f_out = {:.8}\ndL/du1 = {gradient:.8}", value("f_out"));
    let report = marker.mark(&sheet(&lesson, &text));
    let line = line(&report, &lesson, "dL/du1");
    let behind = line.slips().first().and_then(|slip| Some((slip.slip, slip.behind?.name)));
    assert_eq!(behind, Some((Slip::ExpSign, name(&lesson, "z1_out"))), "{:?}", line.slips());
}

#[test]
fn what_a_slip_made_of_a_line_is_gone_on_with_in_the_search_behind_another() {
    let text = r#"{"loss": "half_squared_error", "layers": [
        {"activation": "sigmoid", "weights": [[0.7, -0.4]]},
        {"activation": "identity", "weights": [[0.9, 0.35], [-0.6, 0.8]]}],
        "sample": {"x": [1], "y": [1, 0]}}"#;
    let scenario = scenario::read(text.as_bytes(), "two outputs").expect("a scenario");
    let lesson = lesson(&scenario);
    let marker = Marker::new(&lesson, MarkingRules::asking(8));
    // σ(0.7) has lost its sign in both, and σ(-0.4) in the second.
    let f1_in = 0.9 * sigma(-0.7) - 0.6 * sigma(-0.4);
    let f2_in = 0.35 * sigma(-0.7) + 0.8 * sigma(0.4);
    let report = marker.mark(&sheet(&lesson, &format!("f1_in = {f1_in:.8}\nf2_in = {f2_in:.8}")));
    for (asked, behind) in [("f1_in", "z1_out"), ("f2_in", "z2_out")] {
        let line = line(&report, &lesson, asked);
        let found = line.slips().first().and_then(|slip| Some((slip.slip, slip.behind?.name)));
        assert_eq!(found, Some((Slip::ExpSign, name(&lesson, behind))), "{:?}", line.slips());
    }
}

#[test]
fn outputs_of_samples_are_worth_a_point_unless_they_repeat_the_input() {
    for (activation, points) in [("sigmoid", 1.0), ("identity", 0.0)] {
        let text = format!(
            r#"{{"loss": "half_squared_error", "learning_rate": 0.3, "layers": [
                {{"activation": "{activation}", "weights": [[0.5], [-0.4]], "biases": [0.1]}}],
                "samples": [{{"x": [2, 1.5], "y": 1}}, {{"x": [0.3, -0.7], "y": 0}}]}}"#
        );
        let scenario = scenario::read(text.as_bytes(), "samples").expect("a scenario");
        let exercise = *lesson(&scenario).exercise();
        let batch = LessonBatch::new(exercise, &scenario.samples, scenario.reduction, None);
        let batch = batch.expect("samples");
        let together = batch.together(true).expect("several samples");
        let out = name(&lesson(&scenario), "f_out");
        let asks = [0, 1].map(|sample| Pattern::Name(out.at_sample(sample)));
        let rules = MarkingRules { asks: Some(&asks), ..MarkingRules::asking(4) };
        let marker = Marker::new(&together, rules);
        let text = b"f_out@1 = 0.5\nf_out@2 = 0.5";
        let sheet = read_batch(text, "a sheet", &scenario.network, 2).expect("a sheet");
        let report = marker.mark(&sheet);
        let answered: Vec<f64> = report
            .lines
            .iter()
            .filter(|line| line.written().is_some())
            .map(|line| line.points())
            .collect();
        assert_eq!(answered, [points, points], "{activation}");
    }
}
