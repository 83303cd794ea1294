//! What was set, in one number that is the same for ever and everywhere.

use crate::export::scenario_json;
use crate::lesson::Exercise;
use crate::network::{Reduction, Sample};
use crate::verify::MarkingRules;

/// Of an exercise and what is asked of it.
pub(super) fn of(exercise: &Exercise<'_>, rules: &MarkingRules<'_>) -> std::io::Result<u32> {
    of_all(exercise, std::slice::from_ref(exercise.sample), Reduction::Mean, rules)
}

/// The same with all of several samples.
pub(super) fn of_all(
    exercise: &Exercise<'_>,
    samples: &[Sample],
    reduction: Reduction,
    rules: &MarkingRules<'_>,
) -> std::io::Result<u32> {
    let request = scenario_json::ScenarioJson {
        title: "",
        source: None,
        digits: rules.digits,
        learning_rate: exercise.learning_rate,
        update_biases: exercise.update_biases,
        network: exercise.network,
        samples,
        mean: reduction == Reduction::Mean,
        asks: rules.asks,
        points: rules.points,
    };
    let mut text = Vec::new();
    scenario_json::write(&request, &mut text)?;
    Ok(fnv(&text))
}

/// FNV-1a of some bytes.
pub(super) fn fnv(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
