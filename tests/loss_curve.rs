//! The curve of the loss: which samples its points are over, what that costs, and
//! that it changes nothing. Work is counted, never timed.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use backprop_tutor::network::Network;
use backprop_tutor::scenario;
use backprop_tutor::train::{
    Data, End, Engine, Observations, Outcome, Plan, Rule, Watch, Wish, descend, engine,
};
use common::program::{tutor, tutor_on};

/// An engine that trains nothing and counts what it is asked for.
struct Counting {
    work: usize,
    parameter: [f64; 1],
    trained: usize,
    /// Samples of each look at the loss.
    looks: Vec<usize>,
    /// What a look at all samples says after so many trained ones.
    loss: fn(usize, usize) -> f64,
}

impl Counting {
    fn new(work: usize) -> Self {
        let loss = |trained, seen| seen as f64 / (1.0 + trained as f64);
        Self { work, parameter: [0.0], trained: 0, looks: Vec::new(), loss }
    }

    fn seen(&self) -> usize {
        self.looks.iter().sum()
    }
}

impl Engine<f64> for Counting {
    fn update(&mut self, _: &Data<f64>, batch: Observations<'_>, _: &Rule) {
        self.trained += batch.count;
        self.parameter[0] = self.trained as f64;
    }

    fn total_loss(&mut self, data: &Data<f64>) -> f64 {
        self.looks.push(data.len());
        (self.loss)(self.trained, data.len())
    }

    fn outputs(&mut self, _: &Data<f64>, _: &mut dyn FnMut(usize, &[f64])) {}

    fn work(&self) -> usize {
        self.work
    }

    fn parameters(&self) -> &[f64] {
        &self.parameter
    }

    fn set_parameters(&mut self, parameters: &[f64]) {
        self.parameter.copy_from_slice(parameters);
        self.trained = parameters[0] as usize;
    }

    fn network(&self) -> Network {
        scenario::load("xor").unwrap().network
    }
}

/// Somebody who has enough after so many epochs.
struct Until(u64);

impl Watch for Until {
    fn moment(&mut self, _: u64, _: Network, _: usize, _: usize) {}

    fn reached(&mut self, epoch: u64, _: Option<f64>, _: Option<usize>) {
        self.0 = self.0.saturating_sub(u64::from(epoch >= self.0) * self.0);
    }

    fn wish(&mut self) -> Wish {
        if self.0 == 0 { Wish::EndEpoch } else { Wish::GoOn }
    }
}

fn plan(epochs: u64, batch: usize) -> Plan {
    let rule = Rule { rate: 0.1, mean: true, update_biases: true };
    Plan { epochs, batch, rule, until: None, seed: Some(1), traces: Vec::new() }
}

fn data(count: usize) -> Data<f64> {
    let mut data = Data::new(2, 1);
    for row in 0..count {
        let (a, b) = (row % 2, row / 2 % 2);
        data.push(&[a as f64, b as f64], &[(a ^ b) as f64]);
    }
    data
}

fn counted(engine: &mut Counting, count: usize, plan: &Plan) -> Outcome {
    descend(engine, &data(count), plan, &mut Until(u64::MAX))
}

/// A look at a sample is at most half of a step on it, so a sixteenth of the samples
/// is at most 3 % of the time.
#[test]
fn a_curve_over_much_data_looks_at_a_sixteenth_of_what_is_trained() {
    for (work, count) in [(21, 100_000), (1_600_000, 8_192), (300_000, 20_000)] {
        for epochs in [1, 3, 40, 700] {
            let mut engine = Counting::new(work);
            let outcome = counted(&mut engine, count, &plan(epochs, 64));
            assert_eq!(engine.trained, epochs as usize * count);
            assert!(
                engine.seen() <= engine.trained / 16 + 2 * count,
                "{} of {}",
                engine.seen(),
                engine.trained
            );
            assert!(outcome.history.points().len() > 150.min(epochs as usize));
        }
    }
}

/// Where a sixteenth would say too little, there are fewer points: evenly spaced ones,
/// and the epochs 1, 2, 5, 10 and so on.
#[test]
fn a_curve_of_a_large_network_on_little_data_has_fewer_points() {
    for count in [200, 600, 2_000, 5_000] {
        for epochs in [1, 20, 640] {
            let mut engine = Counting::new(1_600_000);
            let outcome = counted(&mut engine, count, &plan(epochs, 50));
            let marks = outcome.history.marks().len() - 2;
            let most = engine.trained / 16 + 2 * count + marks * count.min(512);
            assert!(engine.seen() <= most, "{count} {epochs}: {}", engine.seen());
        }
    }
}

#[test]
fn the_first_loss_and_the_last_are_over_all() {
    let mut engine = Counting::new(21);
    let outcome = counted(&mut engine, 100_000, &plan(12, 64));
    assert_eq!(outcome.history.part(), Some(6_250));
    assert_eq!(engine.looks[0], 100_000);
    assert_eq!(engine.looks[1..12], [6_250; 11]);
    assert_eq!(engine.looks[12..], [100_000]);
    // So is the last where somebody ends it.
    let mut engine = Counting::new(21);
    let outcome = descend(&mut engine, &data(100_000), &plan(12, 64), &mut Until(3));
    assert_eq!((outcome.end, outcome.epochs), (End::Interrupted, 3));
    assert_eq!(engine.looks[4..], [100_000]);
    let (epoch, loss) = outcome.history.last().unwrap();
    assert!(epoch == 3 && (loss * 300_001.0 - 1.0).abs() < 1e-12, "{epoch} {loss}");
}

#[test]
fn a_goal_is_held_against_all() {
    let mut engine = Counting::new(21);
    let outcome =
        counted(&mut engine, 100_000, &Plan { until: Some(1.0 / 500_000.0), ..plan(12, 64) });
    assert_eq!((outcome.end, outcome.epochs), (End::Until, 5));
    assert_eq!(engine.looks, [100_000; 6]);
    assert_eq!(outcome.history.part(), None);
}

#[test]
fn a_curve_over_little_data_is_over_all_of_it() {
    for (work, count) in [(15, 4), (21, 4_900), (6_912, 1_797)] {
        let mut engine = Counting::new(work);
        let outcome = counted(&mut engine, count, &plan(40, 1));
        assert_eq!(engine.looks, vec![count; 41]);
        assert_eq!(outcome.history.part(), None);
    }
}

/// In epoch 4 the losses over all are infinite and the parameters are not, and what is
/// seen of them is large but finite.
#[test]
fn what_diverges_is_found_in_its_epoch_though_the_part_is_finite() {
    let mut engine = Counting::new(21);
    engine.loss = |trained, seen| match (trained / 100_000, seen) {
        (4.., 100_000) => f64::INFINITY,
        (4.., _) => 1e200,
        _ => seen as f64,
    };
    let outcome = counted(&mut engine, 100_000, &plan(12, 64));
    assert_eq!((outcome.end, outcome.epochs), (End::Diverged(4), 3));
    assert_eq!(outcome.history.last(), Some((3, 1.0)));
}

#[test]
fn the_weights_do_not_depend_on_the_curve() {
    let (network, data) = (scenario::load("xor-batch").unwrap().network, data(6_000));
    let plan = Plan { seed: None, ..plan(7, 10) };
    let mut watched = engine::<f64>(&network, 10, 1).unwrap();
    let outcome = descend(&mut *watched, &data, &plan, &mut Until(u64::MAX));
    assert_eq!(outcome.history.part(), Some(512));
    let mut alone = engine::<f64>(&network, 10, 1).unwrap();
    alone.epochs(&data, None, 10, &plan.rule, 7);
    assert_eq!(watched.parameters(), alone.parameters());
}

#[test]
fn what_the_losses_are_over_is_said() {
    let rows = (0..6_000).map(|row| format!("{},{},{}\n", row % 2, row / 2 % 2, row % 3 / 2));
    let table = format!("x1,x2,y\n{}", rows.collect::<String>());
    let arguments = "train xor-batch --data - --batch-size 10 --epochs 6";
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let json = |more: &[&str]| -> serde_json::Value {
        let ran = tutor_on(&table, &[&arguments, more, &["--format", "json"]].concat());
        serde_json::from_str(&ran.page()).unwrap()
    };
    let (part, all) = (json(&[]), json(&["--until", "1e-9"]));
    assert_eq!((&part["losses_over"], &all["losses_over"]), (&512.into(), &6_000.into()));
    // Of the same descent: the ends are the same, and what is between is near.
    let losses = |json: &serde_json::Value| -> Vec<(u64, f64)> {
        serde_json::from_value(json["losses"].clone()).unwrap()
    };
    let (part, all) = (losses(&part), losses(&all));
    assert_eq!((part[0], part.last()), (all[0], all.last()));
    for (epoch, loss) in &part[1..part.len() - 1] {
        let (_, exact) = all.iter().find(|(at, _)| at == epoch).unwrap();
        assert!(loss != exact && (loss / exact - 1.0).abs() < 0.2, "{epoch}: {loss} {exact}");
    }
    let said = |text: String| {
        text.split_whitespace().collect::<Vec<_>>().join(" ").contains(
            "The first loss and the last are over all 6,000 samples, those in between over 512 of them",
        )
    };
    assert!(said(tutor_on(&table, &arguments).page()));
    assert!(!said(tutor(&["train", "xor-batch", "--epochs", "6"]).page()));
}
