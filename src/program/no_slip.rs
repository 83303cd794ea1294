//! What a program may do otherwise that is no slip: another goal.

use super::candidate::{Change, SuspectDetail};
use super::draft::SuspectDraft;
use super::engine::cost::LossMeasure;
use super::engine::curve::Curve;
use super::engine::recipe::Residual;

/// Adds them: twice the loss, a sum for a mean or the reverse, another loss.
pub(super) fn add(draft: &mut SuspectDraft<'_>) {
    let problem = draft.problem;
    let last = problem.last();
    let (samples, outputs) = (problem.samples() as f64, problem.outputs() as f64);
    draft.add("NO-HALF", Change::Loss(2.0), last, last);
    if samples > 1.0 {
        let by = if problem.scale != 1.0 { samples } else { 1.0 / samples };
        let code = if problem.scale != 1.0 { "SUM-FOR-MEAN" } else { "MEAN-FOR-SUM" };
        draft.add(code, Change::Loss(by), last, last);
    }
    for (name, other) in [
        ("half_squared_error", LossMeasure::Squares(0.5)),
        ("squared_error", LossMeasure::Squares(1.0)),
        ("mean_squared_error", LossMeasure::Squares(1.0 / outputs)),
        ("binary_cross_entropy", LossMeasure::BinaryCrossEntropy),
        ("cross_entropy", LossMeasure::CrossEntropy),
    ] {
        let goes = match other {
            LossMeasure::BinaryCrossEntropy => problem.curves[last] == Curve::Sigmoid,
            LossMeasure::CrossEntropy => problem.curves[last] == Curve::Softmax,
            LossMeasure::Squares(_) | LossMeasure::Output => problem.measure != LossMeasure::Output,
        };
        if goes && other != problem.measure {
            let change = Change::Residual(Residual::Of(other));
            draft.add_with("ANOTHER-LOSS", change, last, last, SuspectDetail::Loss(name));
        }
    }
}
