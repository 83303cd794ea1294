//! What the network says to the samples, before and after.

use crate::document::training::{Accuracy, HeldOut, Prediction, is_one_hot, largest};
use crate::train::{Data, Engine, Real};

/// What is seen of the network from outside.
pub(super) struct Views {
    /// What it says to the first samples.
    pub(super) predictions: Vec<Prediction>,
    /// How many of all samples are right.
    pub(super) accuracy: Option<Accuracy>,
    /// How it goes on samples that were held out.
    pub(super) held_out: Option<HeldOut>,
    mean: bool,
}

impl Views {
    /// Looks at a network that is not trained yet; at most so many predictions
    /// are kept.
    pub(super) fn before<R: Real>(
        engine: &mut dyn Engine<R>,
        training: &Data<R>,
        held_out: &Option<Data<R>>,
        most: usize,
        mean: bool,
    ) -> Self {
        let mut predictions = Vec::new();
        let right = count_right(engine, training, &mut |row, out| {
            if row < most {
                let sample = training.sample(row);
                let before = out.to_vec();
                predictions.push(Prediction {
                    x: sample.x,
                    y: sample.y,
                    before,
                    after: Vec::new(),
                });
            }
        });
        let held_out = held_out.as_ref().map(|data| HeldOut {
            samples: data.len(),
            before: super::risk(engine, data, mean),
            after: f64::NAN,
            accuracy: count_right(engine, data, &mut |_, _| {}).map(|right| accuracy(right, data)),
        });
        Self { predictions, accuracy: right.map(|right| accuracy(right, training)), held_out, mean }
    }

    /// Looks at the trained network.
    pub(super) fn after<R: Real>(
        &mut self,
        engine: &mut dyn Engine<R>,
        training: &Data<R>,
        held_out: &Option<Data<R>>,
    ) {
        let predictions = &mut self.predictions;
        let right = count_right(engine, training, &mut |row, out| {
            if let Some(prediction) = predictions.get_mut(row) {
                prediction.after = out.to_vec();
            }
        });
        note(&mut self.accuracy, right);
        if let (Some(view), Some(data)) = (&mut self.held_out, held_out) {
            view.after = super::risk(engine, data, self.mean);
            note(&mut view.accuracy, count_right(engine, data, &mut |_, _| {}));
        }
    }
}

fn note(accuracy: &mut Option<Accuracy>, right: Option<usize>) {
    if let (Some(accuracy), Some(right)) = (accuracy, right) {
        accuracy.after = right;
    }
}

fn accuracy<R: Real>(before: usize, data: &Data<R>) -> Accuracy {
    Accuracy { before, after: 0, of: data.len() }
}

/// How many samples have their largest output where their target is 1, if all
/// targets are one-hot. `visit` gets every output.
fn count_right<R: Real>(
    engine: &mut dyn Engine<R>,
    data: &Data<R>,
    visit: &mut dyn FnMut(usize, &[f64]),
) -> Option<usize> {
    let (mut right, mut all_one_hot) = (0, true);
    let (mut y, mut f) = (Vec::new(), Vec::new());
    engine.outputs(data, &mut |row, out| {
        widen(data.y(row), &mut y);
        widen(out, &mut f);
        visit(row, &f);
        all_one_hot &= is_one_hot(&y);
        right += usize::from(all_one_hot && largest(&f) == largest(&y));
    });
    all_one_hot.then_some(right)
}

fn widen<R: Real>(values: &[R], wide: &mut Vec<f64>) {
    wide.clear();
    wide.extend(values.iter().map(|value| value.wide()));
}
