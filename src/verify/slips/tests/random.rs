//! Properties of slips on random networks.

use super::*;

/// A small generator of its own, so that every run sees the same networks.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number from -1.5 to 1.5 that is no short one.
    fn number(&mut self) -> f64 {
        (self.next() % 3_000_001) as f64 / 1e6 - 1.5
    }

    fn list(&mut self, count: usize) -> String {
        let numbers: Vec<String> = (0..count).map(|_| self.number().to_string()).collect();
        format!("[{}]", numbers.join(","))
    }

    /// A network of this shape with random numbers in it.
    fn network(&mut self, shape: Layers, inputs: usize, loss: &str) -> String {
        let mut before = inputs;
        let mut layers = Vec::new();
        for &(activation, units) in shape {
            let rows: Vec<String> = (0..before).map(|_| self.list(units)).collect();
            let (rows, biases) = (rows.join(","), self.list(units));
            layers.push(format!(
                r#"{{"activation": "{activation}", "weights": [{rows}], "biases": {biases}}}"#
            ));
            before = units;
        }
        let share = 0.1 + (self.number() + 1.5) / 10.0;
        let others = (1.0 - share) / before.saturating_sub(1).max(1) as f64;
        let y: Vec<String> =
            (0..before).map(|unit| if unit == 0 { share } else { others }.to_string()).collect();
        let y =
            if loss == "output" { String::new() } else { format!(r#", "y": [{}]"#, y.join(",")) };
        let rate = 0.2 + (self.number() + 1.5) / 10.0;
        format!(
            r#"{{"loss": "{loss}", "learning_rate": {rate}, "layers": [{}],
                "sample": {{"x": {}{y}}}}}"#,
            layers.join(","),
            self.list(inputs)
        )
    }
}

/// Activations and units of layers.
type Layers = &'static [(&'static str, usize)];

/// Shapes of networks, with their inputs and losses.
const SHAPES: [(Layers, usize, &str); 12] = [
    (&[("sigmoid", 1)], 1, "half_squared_error"),
    (&[("sigmoid", 2), ("sigmoid", 1)], 2, "half_squared_error"),
    (&[("tanh", 3), ("sigmoid", 2)], 2, "squared_error"),
    (&[("relu", 2), ("identity", 2)], 2, "mean_squared_error"),
    (&[("leaky_relu", 2), ("softplus", 1)], 2, "mean_squared_error"),
    (&[("tanh", 2), ("sigmoid", 1)], 2, "binary_cross_entropy"),
    (&[("sigmoid", 2), ("sigmoid", 2)], 2, "binary_cross_entropy"),
    (&[("tanh", 3), ("softmax", 3)], 2, "cross_entropy"),
    (&[("softplus", 2), ("softmax", 2)], 3, "mean_squared_error"),
    (&[("sigmoid", 2), ("tanh", 2), ("sigmoid", 1)], 2, "half_squared_error"),
    (&[("tanh", 1), ("identity", 1), ("softplus", 1), ("identity", 1)], 1, "output"),
    (&[("sigmoid", 2), ("leaky_relu", 2), ("tanh", 2)], 2, "half_squared_error"),
];

/// Networks of one shape that are tried: an equality in all of them is one of
/// the formulas.
const DRAWS: usize = 16;

/// A rewriting that is right after all would accuse somebody who is right.
#[test]
fn no_rewriting_is_right() {
    let mut dice = Dice(0x511b5);
    for (shape, inputs, loss) in SHAPES {
        for walk in [false, true] {
            // Every rewriting, and whether it has ever been wrong.
            let mut wrong = BTreeMap::<(Name, Slip, String), bool>::new();
            for _ in 0..DRAWS {
                let scenario = read(&dice.network(shape, inputs, loss));
                let lesson = lesson_of(&scenario, 0, walk);
                for name in names(&lesson) {
                    let right = lesson.value(name);
                    for candidate in candidates(&lesson, name) {
                        let value = evaluate(&candidate.expr, &|leaf| lesson.value(leaf));
                        let size = right.abs().max(value.abs());
                        let differs = (value - right).abs() > 1e-9 * size;
                        let key = (name, candidate.slip, format!("{:?}", candidate.expr));
                        *wrong.entry(key).or_default() |= differs;
                    }
                }
            }
            let scenario = read(&dice.network(shape, inputs, loss));
            let naming = scenario.network.naming();
            let right: Vec<String> = wrong
                .iter()
                .filter(|(_, wrong)| !**wrong)
                .map(|((name, slip, expr), _)| {
                    format!("{} {} {expr}", naming.plain(*name), slip.code())
                })
                .collect();
            assert!(right.is_empty(), "{shape:?}, {loss}, {walk:?}: {}", right.join("\n"));
        }
    }
}

/// Slips that some line of a lesson has, with a number that is not right.
fn slips_that_show(lesson: &Lesson<'_>) -> BTreeSet<Slip> {
    let mut shown = BTreeSet::new();
    for name in names(lesson) {
        let right = lesson.value(name);
        for candidate in candidates(lesson, name) {
            let value = evaluate(&candidate.expr, &|leaf| lesson.value(leaf));
            if (value - right).abs() > 1e-3 {
                shown.insert(candidate.slip);
            }
        }
    }
    shown
}

/// A slip that stands behind another one everywhere would never be named.
#[test]
fn every_slip_is_reached_in_some_small_network() {
    let mut dice = Dice(0xf00d);
    let mut reached = BTreeSet::new();
    for (shape, inputs, loss) in SHAPES {
        let scenario = read(&dice.network(shape, inputs, loss));
        let lesson = lesson_of(&scenario, 0, false);
        reached.extend(slips_that_show(&lesson));
    }
    for reduction in ["mean", "sum"] {
        let scenario = read(&BATCH.replace("REDUCTION", reduction));
        let lesson = together(&scenario);
        reached.extend(slips_that_show(&lesson));
    }
    let missing: Vec<&str> = Slip::ALL
        .iter()
        .filter(|slip| !slip.is_of_the_pen() && !reached.contains(slip))
        .map(|slip| slip.code())
        .collect();
    assert_eq!(missing, [] as [&str; 0]);
}
