//! Every derivative of random networks, in every pairing of activation and
//! loss, against a second engine of plain loops and against differences.

mod common;

use backprop_tutor::expr::evaluate;
use backprop_tutor::lesson::{Exercise, Lesson, Settings};
use backprop_tutor::name::{Name, Symbol};
use common::plain::{Plain, Worked, bodies, exercise, hidden, pairings};
use common::tracked::Tracked;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

const RELATIVE: f64 = 1e-10;

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Fails unless the lesson says what the plain loops say.
fn same(lesson: &Lesson<'_>, name: Name, expected: Tracked) -> Result<(), TestCaseError> {
    let text = lesson.naming().plain(name);
    prop_assert!(lesson.has(name), "{text} is missing");
    let value = lesson.value(name);
    prop_assert!(value.is_finite(), "{text} is {value}");
    prop_assert!(
        expected.allows_within(value, RELATIVE),
        "{text}: lesson {value:e}, plain loops {:e} ± {:e}",
        expected.v,
        expected.e
    );
    Ok(())
}

fn at(layer: usize, unit: usize) -> (Symbol, Symbol) {
    let (layer, unit) = (layer as u32, unit as u32);
    (Symbol::In { layer, unit }, Symbol::Out { layer, unit })
}

fn weight(layer: usize, from: usize, to: usize) -> Symbol {
    Symbol::Weight { layer: layer as u32, from: from as u32, to: to as u32 }
}

fn bias(layer: usize, unit: usize) -> Symbol {
    Symbol::Bias { layer: layer as u32, unit: unit as u32 }
}

/// Compares every value of both passes.
fn same_everywhere(
    lesson: &Lesson<'_>,
    plain: &Plain,
    worked: &Worked,
) -> Result<(), TestCaseError> {
    for (layer, shape) in plain.layers.iter().enumerate() {
        for k in 0..shape.w[0].len() {
            let (z_in, z_out) = at(layer, k);
            same(lesson, z_in.into(), worked.z_in[layer][k])?;
            same(lesson, z_out.into(), worked.z_out[layer][k])?;
            same(lesson, Name::loss_by(z_out), worked.by_out[layer][k])?;
            same(lesson, Name::loss_by(z_in), worked.by_in[layer][k])?;
            for j in 0..shape.w[0].len() {
                let slope = Name::derivative(at(layer, k).1, at(layer, j).0);
                if k == j || shape.activation == "softmax" {
                    same(lesson, slope, worked.slopes[layer][k][j])?;
                } else {
                    prop_assert!(!lesson.has(slope), "units of {} are coupled", shape.activation);
                }
            }
            for j in 0..shape.w.len() {
                let source = plain.source(worked, layer, j);
                let weight = weight(layer, j, k);
                same(lesson, Name::derivative(z_in, weight), source)?;
                same(lesson, Name::loss_by(weight), worked.by_weight[layer][j][k])?;
                let from = match layer.checked_sub(1) {
                    Some(before) => at(before, j).1,
                    None => Symbol::Input(j as u32),
                };
                same(lesson, Name::derivative(z_in, from), Tracked::exact(shape.w[j][k]))?;
            }
            let bias = bias(layer, k);
            prop_assert_eq!(lesson.has(Name::loss_by(bias)), shape.b.is_some());
            if shape.b.is_some() {
                same(lesson, Name::derivative(z_in, bias), Tracked::ONE)?;
                same(lesson, Name::loss_by(bias), worked.by_in[layer][k])?;
            }
        }
    }
    for (j, slope) in worked.by_input.iter().enumerate() {
        same(lesson, Name::loss_by(Symbol::Input(j as u32)), *slope)?;
    }
    if worked.terms.len() > 1 {
        for (k, term) in worked.terms.iter().enumerate() {
            same(lesson, Symbol::Term(k as u32).into(), *term)?;
        }
    }
    same(lesson, Symbol::Loss.into(), worked.loss.expect("the pass ends with the loss"))
}

/// All weights and biases of a network.
fn parameters(plain: &Plain) -> Vec<Symbol> {
    let mut all = Vec::new();
    for (layer, shape) in plain.layers.iter().enumerate() {
        for k in 0..shape.w[0].len() {
            all.extend((0..shape.w.len()).map(|j| weight(layer, j, k)));
            all.extend(shape.b.iter().map(|_| bias(layer, k)));
        }
    }
    all
}

/// The loss with one weight, bias or input moved by `by`.
fn loss_moved(plain: &Plain, symbol: Symbol, by: f64) -> f64 {
    let mut moved = plain.clone();
    if let Symbol::Weight { layer, from, to } = symbol {
        moved.layers[layer as usize].w[from as usize][to as usize] += by;
    } else if let Symbol::Bias { layer, unit } = symbol {
        let biases = moved.layers[layer as usize].b.as_mut().expect("the layer has biases");
        biases[unit as usize] += by;
    } else if let Symbol::Input(input) = symbol {
        moved.x[input as usize] += by;
    }
    moved.loss()
}

/// Catches a pairing that is wrongly permitted or refused: a loss applied to
/// outputs it has no meaning for.
#[test]
fn the_pairings_are_those_of_the_design() {
    for (output, loss) in pairings() {
        let expected = match loss.key {
            "output" => output.key != "softmax",
            "half_squared_error" | "squared_error" | "mean_squared_error" => true,
            "binary_cross_entropy" => output.key == "sigmoid",
            "cross_entropy" => output.key == "softmax",
            key => panic!("add the loss {key} here"),
        };
        assert!(expected, "{} with {}", output.key, loss.key);
    }
    assert_eq!(pairings().len(), 6 + 3 * 7 + 1 + 1);
    assert_eq!(hidden().len(), 6);
}

proptest! {
    #![proptest_config(cases(100))]

    /// Catches any wrong formula, index or path in a value, a chain-rule
    /// factor, an error signal or a gradient, such as `W[k][j]` for `W[j][k]`
    /// or a path through one unit of several forgotten.
    #[test]
    fn every_derivative_is_that_of_the_plain_loops(body in bodies()) {
        for (output, loss) in pairings() {
            let plain = body.ending(output, loss, 1.0);
            let worked = plain.work();
            // Just beside a kink, rounding decides which side a unit is on.
            let kink = plain.nearest_kink(&worked);
            prop_assume!(kink == 0.0 || kink > 1e-9);
            let (network, sample) = (plain.network(), plain.sample());
            let lesson = Lesson::new(exercise(&network, &sample, 0.1), Settings::default());
            let lesson = lesson.map_err(|e| TestCaseError::fail(format!("{plain:?}: {e:?}")))?;
            same_everywhere(&lesson, &plain, &worked)?;
        }
    }
}

proptest! {
    #![proptest_config(cases(40))]

    /// Catches a derivative that is wrong in lesson and plain loops alike,
    /// because both were derived with the same mistake.
    #[test]
    fn every_gradient_is_the_difference_of_the_loss(body in bodies()) {
        for (output, loss) in pairings() {
            let plain = body.ending(output, loss, 0.7);
            prop_assume!(plain.nearest_kink(&plain.forward()) > 1e-3);
            let (network, sample) = (plain.network(), plain.sample());
            let lesson = Lesson::new(exercise(&network, &sample, 0.1), Settings::default());
            let lesson = lesson.expect("moderate numbers stay in range");
            let loss_here = plain.loss().abs();
            let inputs = (0..plain.x.len() as u32).map(Symbol::Input);
            for symbol in parameters(&plain).into_iter().chain(inputs) {
                let h = 1e-5;
                let up = loss_moved(&plain, symbol, h);
                let down = loss_moved(&plain, symbol, -h);
                let difference = (up - down) / (2.0 * h);
                let gradient = lesson.value(Name::loss_by(symbol));
                let size = gradient.abs().max(loss_here).max(1.0);
                prop_assert!(
                    (gradient - difference).abs() <= 1e-6 * size,
                    "{}: {gradient} and {difference}",
                    lesson.naming().plain(Name::loss_by(symbol))
                );
            }
        }
    }

    /// Catches a walk that leaves out or doubles a factor of its chain: however
    /// a weight is walked, its numbers are the same.
    #[test]
    fn however_weights_are_walked_the_values_are_the_same(
        body in bodies(),
    ) {
        for (output, loss) in pairings() {
            let plain = body.ending(output, loss, 1.0);
            let worked = plain.work();
            let kink = plain.nearest_kink(&worked);
            prop_assume!(kink == 0.0 || kink > 1e-9);
            let (network, sample) = (plain.network(), plain.sample());
            for plugged_in in [false, true] {
                let settings = Settings { plugged_in, ..Settings::default() };
                let lesson = Lesson::new(exercise(&network, &sample, 0.1), settings)
                    .expect("moderate numbers stay in range");
                same_everywhere(&lesson, &plain, &worked)?;
            }
        }
    }

    /// Catches a value that is computed by a way of its own, without its tree, and
    /// is another.
    #[test]
    fn every_value_is_what_its_formula_says(body in bodies(), far: bool) {
        for (output, loss) in pairings() {
            let plain = body.ending(output, loss, if far { 400.0 } else { 1.0 });
            let (network, sample) = (plain.network(), plain.sample());
            let settings = Settings { apply: true, ..Settings::default() };
            let lesson = Lesson::new(exercise(&network, &sample, 0.1), settings);
            let lesson = lesson.expect("moderate numbers stay in range");
            lesson.for_each(|_, name| {
                let Some(tree) = lesson.expression(name) else { return Ok(()) };
                let expected = evaluate(&tree, &|leaf| lesson.value(leaf));
                let value = lesson.value(name);
                // Of a loss that loses digits, the tree has fewer.
                let is_loss = matches!(
                    name,
                    Name::Value(Symbol::Term(_) | Symbol::Loss)
                        | Name::New(Symbol::Term(_) | Symbol::Loss)
                );
                let near = (value - expected).abs() <= 1e-9 * (1.0 + value.abs());
                let text = lesson.naming().plain(name);
                prop_assert!(
                    value == expected || is_loss && near,
                    "{}: {:e} and {:e}", text, value, expected
                );
                Ok(())
            })?;
        }
    }

    /// Catches a way to work a line, usual or not, that leads somewhere else.
    #[test]
    fn every_way_to_work_a_line_comes_to_the_same(body in bodies()) {
        for (output, loss) in pairings() {
            let plain = body.ending(output, loss, 1.0);
            let (network, sample) = (plain.network(), plain.sample());
            let settings = Settings { apply: true, ..Settings::default() };
            let lesson = Lesson::new(exercise(&network, &sample, 0.1), settings);
            let lesson = lesson.expect("moderate numbers stay in range");
            lesson.for_each(|_, name| {
                let of = |leaf| lesson.value(leaf);
                let forms = [lesson.equal_forms(name), lesson.other_forms(name)].concat();
                let own = forms.iter().map(|form| evaluate(form, &of));
                let from_paper = lesson.forms_from_paper(name);
                let from_paper = from_paper.iter().map(|form| {
                    let firsts = form.firsts.iter();
                    let firsts: Vec<(Name, f64)> =
                        firsts.map(|(name, first)| (*name, evaluate(first, &of))).collect();
                    evaluate(&form.then, &|leaf| {
                        let first = firsts.iter().find(|(name, _)| *name == leaf);
                        first.map_or_else(|| of(leaf), |(_, value)| *value)
                    })
                });
                let expected = lesson.value(name);
                for value in own.chain(from_paper) {
                    let text = lesson.naming().plain(name);
                    prop_assert!(
                        (value - expected).abs() <= 1e-6 * (1.0 + expected.abs()),
                        "{}: {:e} and {:e}", text, value, expected
                    );
                }
                Ok(())
            })?;
        }
    }

    /// Catches an update with the wrong sign, rate or gradient, biases updated
    /// although they are not to be, and a second forward pass that mixes old
    /// and new weights.
    #[test]
    fn the_update_is_a_step_and_the_pass_after_it_that_of_a_new_network(
        body in bodies(),
        rate in 0.001..2.0_f64,
        update_biases: bool,
    ) {
        for (output, loss) in pairings() {
            let plain = body.ending(output, loss, 1.0);
            let (network, sample) = (plain.network(), plain.sample());
            let exercise = Exercise { update_biases, ..exercise(&network, &sample, rate) };
            let settings = Settings { apply: true, ..Settings::default() };
            let lesson = Lesson::new(exercise, settings).expect("moderate numbers stay in range");
            let mut stepped = plain.clone();
            for (layer, shape) in stepped.layers.iter_mut().enumerate() {
                for (j, row) in shape.w.iter_mut().enumerate() {
                    for (k, w) in row.iter_mut().enumerate() {
                        let weight = weight(layer, j, k);
                        *w = step(&lesson, weight, *w, rate)?;
                    }
                }
                for (k, b) in shape.b.iter_mut().flatten().enumerate() {
                    if update_biases {
                        *b = step(&lesson, bias(layer, k), *b, rate)?;
                    } else {
                        prop_assert!(!lesson.has(Name::New(bias(layer, k))));
                    }
                }
            }
            let network = stepped.network();
            let exercise = Exercise { network: &network, ..exercise };
            let after = Lesson::new(exercise, Settings::default()).expect("it was in range");
            let mut symbols = vec![Symbol::Loss];
            if network.outputs() > 1 {
                symbols.extend((0..network.outputs() as u32).map(Symbol::Term));
            }
            for (layer, shape) in stepped.layers.iter().enumerate() {
                for k in 0..shape.w[0].len() {
                    symbols.extend([at(layer, k).0, at(layer, k).1]);
                }
            }
            for symbol in symbols {
                prop_assert_eq!(
                    lesson.value(Name::New(symbol)),
                    after.value(symbol.into()),
                    "{}", lesson.naming().plain(Name::New(symbol))
                );
            }
        }
    }
}

/// The new value of a parameter, after checking that it is a step from `old`.
fn step(lesson: &Lesson<'_>, parameter: Symbol, old: f64, rate: f64) -> Result<f64, TestCaseError> {
    let gradient = Tracked::exact(lesson.value(Name::loss_by(parameter)));
    let expected = Tracked::exact(old) - Tracked::exact(rate) * gradient;
    let new = lesson.value(Name::New(parameter));
    prop_assert!(expected.allows(new), "{} becomes {new}", lesson.naming().plain(parameter.into()));
    Ok(new)
}
