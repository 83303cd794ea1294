//! Bugs as they were found in people's programs, rebuilt on small networks: each
//! is named, with the first array that is wrong, however the arrays are kept.

use std::fs;
use std::path::Path;

use backprop_tutor::program::array::{Array, Stored};
use backprop_tutor::program::{
    ProgramCheck, ProgramFinding, ProgramVerdict, Wanted, check, reading,
};
use backprop_tutor::scenario::{self, Scenario};

/// A case, the first wrong array, and the codes that name its bug; none where
/// the program is right.
const CASES: [(&str, &str, &[&str]); 30] = [
    // The output's slope is never multiplied in.
    ("01", "dW2", &["NO-SLOPE-OUT", "EXTRA-SLOPE"]),
    // The output weights are updated before the error goes back through them.
    ("02", "dW1", &["UPDATED-WEIGHT"]),
    // The hidden signal is the residual times the hidden slope.
    ("03", "dW1", &["NO-WEIGHT", "RESIDUAL-FOR-DELTA"]),
    // Each weight is multiplied in where its input belongs.
    ("04", "dW2", &["OWN-WEIGHT-FOR-INPUT"]),
    // The ReLU's backward pass returns 0 or 1.
    ("05", "dW1", &["UPSTREAM-DROPPED"]),
    // A sum without axis.
    ("06", "db2", &["BIAS-SUMMED-OVER-UNITS"]),
    // Softmax's slope as 1 - f.
    ("07", "dW2", &["SOFTMAX-DIAGONAL"]),
    // Softmax's diagonal, with the cross-entropy.
    ("08", "dW2", &["ONE-PATH", "SOFTMAX-DIAGONAL"]),
    // The ReLU layer returns the sigmoid's slope.
    ("09", "dW1", &["OTHER-SLOPE"]),
    // o(1 - o) for a linear output.
    ("10", "dW2", &["EXTRA-SLOPE", "OTHER-SLOPE"]),
    // σ' of what was activated already.
    ("11", "dW2", &["SLOPE-OF-OUT"]),
    // 0.01·z for the leaky ReLU's slope.
    ("12", "dW1", &["RELU-SLOPE"]),
    // >= 0 asked of a ReLU's output.
    ("13", "dW1", &["RELU-SLOPE"]),
    // The mean over the outputs is in the loss alone.
    ("14", "dW2", &["SUM-FOR-MEAN"]),
    // A stray 2 and a stray 4.
    ("15", "dW2", &["STRAY-CONSTANT"]),
    // dW2 for W2.
    ("16", "dW1", &["GRADIENT-FOR-WEIGHT"]),
    // b - lr·b
    ("17", "b1_new", &["PARAMETER-FOR-GRADIENT"]),
    // The slope that the cross-entropy has cancelled.
    ("18", "dW2", &["EXTRA-SLOPE"]),
    // The last hidden layer's error in every layer.
    ("19", "dW1", &["LAYER-SKIPPED"]),
    // The bare signal for each weight.
    ("20", "dW2", &["NO-INPUT"]),
    // W + lr·dW
    ("21", "W1_new", &["ADDED"]),
    // The output differentiated, not the loss.
    ("22", "dW2", &["NO-RESIDUAL"]),
    ("23", "", &[]),
    ("24", "", &[]),
    ("25", "", &[]),
    ("26", "", &[]),
    // Not divided by the number of samples.
    ("27", "dW2", &["SUM-FOR-MEAN"]),
    // Divided twice, in the first layer.
    ("28", "dW1", &["MEAN-TWICE"]),
    // A scenario that sums, with biases averaged.
    ("29", "db2", &["BIAS-MEAN-ONLY"]),
    // Not set to zero between two passes.
    ("30", "dW2", &["NOT-ZEROED"]),
];

fn file(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    fs::read(folder.join(name)).unwrap()
}

pub(super) fn found(scenario: &Scenario, arrays: &[Array]) -> ProgramFinding {
    check(&ProgramCheck {
        network: &scenario.network,
        samples: &scenario.samples,
        reduction: scenario.reduction,
        rate: scenario.learning_rate,
        update_biases: scenario.update_biases,
        arrays,
        asked: Wanted::default(),
    })
    .unwrap()
}

/// All codes of all explanations.
pub(super) fn codes(finding: &ProgramFinding) -> Vec<&'static str> {
    match &finding.verdict {
        ProgramVerdict::Explained { explanations, .. } => {
            explanations.iter().flat_map(|one| &one.slips).map(|slip| slip.code).collect()
        }
        ProgramVerdict::Agrees { .. } | ProgramVerdict::Unnamed(_) => Vec::new(),
    }
}

fn holds(case: &str, first: &str, wanted: &[&str], finding: &ProgramFinding, kept: &str) {
    if wanted.is_empty() {
        assert!(finding.agrees(), "case {case}, {kept}: {finding:?}");
        return;
    }
    let found = codes(finding);
    let named = wanted.iter().any(|code| found.contains(code));
    assert!(named, "case {case}, {kept}: {wanted:?} in {found:?}");
    let wrong = finding.first_wrong().unwrap().kept.to_string();
    assert_eq!(wrong, first, "case {case}, {kept}");
}

/// The rows of each matrix as its columns.
pub(super) fn transposed(array: &Array) -> Array {
    let [rows, columns] = array.shape[..] else { return array.clone() };
    let values = (0..columns).flat_map(|c| (0..rows).map(move |r| array.values[r * columns + c]));
    Array { shape: vec![columns, rows], values: values.collect(), ..array.clone() }
}

fn stored(array: &Array, stored: Stored) -> Array {
    let round = |value: &f64| match stored {
        Stored::Single => f64::from(*value as f32),
        Stored::Double | Stored::Whole | Stored::Digits(_) => *value,
    };
    Array { values: array.values.iter().map(round).collect(), stored, ..array.clone() }
}

#[test]
fn every_case_is_named_however_it_is_kept() {
    for (case, first, wanted) in CASES {
        let scenario = scenario::read(&file(&format!("{case}.scenario.json")), case).unwrap();
        let text = reading::read(&file(&format!("{case}.arrays.json")), case).unwrap();
        let is_single = case == "25";
        holds(case, first, wanted, &found(&scenario, &text), "as JSON");
        let single: Vec<Array> = text.iter().map(|array| stored(array, Stored::Single)).collect();
        holds(case, first, wanted, &found(&scenario, &single), "in 32 bits");
        if is_single {
            continue;
        }
        let double: Vec<Array> = text.iter().map(|array| stored(array, Stored::Double)).collect();
        holds(case, first, wanted, &found(&scenario, &double), "in 64 bits");
        let other: Vec<Array> = double.iter().map(transposed).collect();
        holds(case, first, wanted, &found(&scenario, &other), "in the other layout");
        let bytes = super::files::npz(&double);
        let npz = reading::read(&bytes, "grads.npz").unwrap();
        assert_eq!(npz, double, "case {case}");
    }
}
