//! The same exercise with its numbers moved a little, so that nothing is 0, 1 or
//! equal by accident, and every unit stays on or off.

use super::numbers::NumberDraw;
use crate::lesson::{Exercise, Lesson};
use crate::network::loss::Targets;

/// Calls `then` with the moved lesson; not if some number of it leaves the range
/// of an f64.
pub(super) fn with(lesson: &Lesson<'_>, round: usize, then: impl FnOnce(&Lesson<'_>)) {
    let exercise = *lesson.exercise();
    let mut numbers = NumberDraw::new(0x6d6f_7665, round as u64);
    let network = exercise.network.with_parameters(|_, value| value + numbers.nudge());
    let mut sample = exercise.sample.clone();
    sample.x.iter_mut().for_each(|x| *x += numbers.nudge());
    let last = network.output_layer().activation;
    if network.loss.targets == Targets::Any && last.key != "softmax" {
        sample.y.iter_mut().for_each(|y| *y += numbers.nudge());
    }
    let learning_rate = exercise.learning_rate.map(|rate| rate * (1.0 + numbers.nudge()));
    let moved = Exercise { network: &network, sample: &sample, learning_rate, ..exercise };
    if let Ok(moved) = Lesson::new(moved, lesson.settings().clone()) {
        then(&moved);
    }
}
