//! All that may be wrong with a program: what it does otherwise, in which
//! layers, and the code it goes by. In the order in which it is thought of:
//! what was seen most often first, what is no slip last.

use super::candidate::{Change, Suspect, SuspectDetail};
use super::draft::SuspectDraft;
use super::engine::cost::LossMeasure;
use super::engine::curve::Curve;
use super::engine::problem::MatrixProblem;
use super::engine::recipe::{
    Back, Bias, ForwardRecipe, Input, Residual, Sends, SignalRecipe, Slope, UpdateRecipe,
};

/// Every candidate for a problem.
#[expect(clippy::too_many_lines, reason = "one list, read from top to bottom")]
pub(crate) fn catalogue(problem: &MatrixProblem) -> Vec<Suspect> {
    let mut draft = SuspectDraft { problem, all: Vec::new() };
    let last = problem.last();
    let samples = problem.samples() as f64;
    let outputs = problem.outputs() as f64;
    let is_mean = problem.scale != 1.0;
    let several = samples > 1.0;
    let all = |_: &MatrixProblem, _: usize| true;
    let has_slope =
        |problem: &MatrixProblem, layer: usize| problem.curves[layer] != Curve::Identity;
    let is_mean_of_outputs = problem.averages_outputs && outputs > 1.0;
    let has_bias = |problem: &MatrixProblem, layer: usize| problem.biases[layer].is_some();

    // The mean over the samples.
    if is_mean {
        draft.add("SUM-FOR-MEAN", Change::Gradients(samples), 0, last);
        draft.layers("SUM-FOR-MEAN", Change::WeightFactor(samples), 0, last, all);
        draft.layers("SUM-FOR-MEAN", Change::BiasFactor(samples), 0, last, has_bias);
        draft.layers("SUM-FOR-MEAN", Change::Gradients(samples), 0, last, all);
    }
    if is_mean_of_outputs {
        draft.add("SUM-FOR-MEAN", Change::Residual(Residual::Times(outputs)), last, last);
    }
    if several {
        draft.add("NOT-ZEROED", Change::Gradients(2.0), 0, last);
    }
    // Slopes.
    if problem.curves[last] == Curve::Softmax {
        for slope in [Slope::Diagonal, Slope::OneMinus] {
            draft.add("SOFTMAX-DIAGONAL", Change::Slope(slope), last, last);
        }
    }
    let joint = problem.cancels();
    let squares = matches!(problem.measure, LossMeasure::Squares(_));
    let output_slopes = problem.curves[last] != Curve::Identity;
    if output_slopes {
        draft.add("NO-SLOPE-OUT", Change::Slope(Slope::None), last, last);
        draft.add("NO-SLOPE-OUT", Change::BeforeSlope, last, last);
    }
    if joint || !squares && problem.measure != LossMeasure::Output {
        draft.add("EXTRA-SLOPE", Change::Residual(Residual::Difference), last, last);
    }
    for layer in 0..=last {
        if problem.curves[layer] == Curve::Identity {
            for slope in [
                Slope::OtherByOutput(Curve::Sigmoid),
                Slope::Other(Curve::Sigmoid),
                Slope::OtherByOutput(Curve::Tanh),
                Slope::Other(Curve::Tanh),
                Slope::Other(Curve::Relu),
                Slope::Other(Curve::LeakyRelu),
                Slope::Other(Curve::Softplus),
            ] {
                draft.add("EXTRA-SLOPE", Change::Slope(slope), layer, layer);
            }
        }
    }
    for other in Curve::EACH.into_iter().filter(|other| *other != Curve::Identity) {
        let differs = move |problem: &MatrixProblem, layer: usize| {
            let own = problem.curves[layer];
            // Slope 1 where the output is never below 0 is no slope at all, and a
            // linear unit's case is an extra slope.
            let is_one = other.has_kink() && matches!(own, Curve::Sigmoid | Curve::Softplus);
            // Softmax with the sigmoid's formula is its diagonal.
            let is_diagonal = own == Curve::Softmax && other == Curve::Sigmoid;
            own != other && own != Curve::Identity && !is_one && !is_diagonal
        };
        draft.layers("OTHER-SLOPE", Change::Slope(Slope::OtherByOutput(other)), 0, last, differs);
        draft.layers("OTHER-SLOPE", Change::Slope(Slope::Other(other)), 0, last, differs);
        if last > 1 {
            let change = Change::Slope(Slope::OtherByOutput(other));
            draft.layers("OTHER-SLOPE", change, 0, last - 1, differs);
            draft.layers("OTHER-SLOPE", Change::Slope(Slope::Other(other)), 0, last - 1, differs);
        }
    }
    let ranges = if last > 0 { vec![(0, last), (0, last - 1)] } else { vec![(0, last)] };
    for (first, end) in &ranges {
        let (first, end) = (*first, *end);
        let smooth = |problem: &MatrixProblem, layer: usize| {
            !matches!(problem.curves[layer], Curve::Identity | Curve::Relu | Curve::LeakyRelu)
        };
        let alone = move |problem: &MatrixProblem, layer: usize| {
            smooth(problem, layer) && problem.curves[layer] != Curve::Softmax
        };
        draft.layers("SLOPE-OF-OUT", Change::Slope(Slope::OfOut), first, end, smooth);
        draft.layers("SLOPE-OF-IN", Change::Slope(Slope::OfIn), first, end, smooth);
        draft.layers("SIGMA-FOR-SLOPE", Change::Slope(Slope::Value), first, end, all);
        draft.layers("ONE-MINUS-OUT", Change::Slope(Slope::OneMinus), first, end, alone);
        draft.layers("RELU-SLOPE", Change::Slope(Slope::AlwaysOn), first, end, |problem, layer| {
            problem.curves[layer].has_kink()
        });
        draft.layers(
            "RELU-SLOPE",
            Change::Slope(Slope::LeakTimesZ),
            first,
            end,
            |problem, layer| problem.curves[layer].has_kink(),
        );
        draft.layers("EXTRA-SLOPE", Change::Slope(Slope::Squared), first, end, |problem, layer| {
            has_slope(problem, layer)
        });
        draft.layers("DOT-FOR-ELEMENTWISE", Change::Slope(Slope::Dot), first, end, smooth);
        draft.layers("DOT-FOR-ELEMENTWISE", Change::Slope(Slope::DotOfAll), first, end, smooth);
    }
    if last > 0 {
        draft.layers("NO-SLOPE-HIDDEN", Change::Slope(Slope::None), 0, last - 1, has_slope);
        draft.layers("NO-SLOPE-HIDDEN", Change::BeforeSlope, 0, last - 1, has_slope);
        if (0..=last).filter(|layer| has_slope(problem, *layer)).count() > 1 {
            draft.add("NO-SLOPES", Change::Slope(Slope::None), 0, last);
        }
    }
    // What goes back.
    if last > 0 {
        let (first, end) = (1, last);
        if problem.rate.is_some() {
            draft.layers("UPDATED-WEIGHT", Change::Back(Back::Updated), first, end, all);
        }
        draft.layers(
            "RESIDUAL-FOR-DELTA",
            Change::Sends(Sends::BeforeSlope),
            first,
            end,
            has_slope,
        );
        let code = if last > 1 { "NO-WEIGHTS" } else { "NO-WEIGHT" };
        draft.add(code, Change::Back(Back::NoWeight), first, end);
        draft.layers("NO-WEIGHT", Change::Back(Back::NoWeight), first, end, all);
        draft.layers("NO-WEIGHT", Change::Back(Back::NoWeightMean), first, end, all);
        draft.layers("NO-WEIGHT", Change::SendsNoWeight, first, end, has_slope);
        draft.layers("GRADIENT-FOR-WEIGHT", Change::Back(Back::Gradient), first, end, all);
        draft.layers(
            "W-TRANSPOSED",
            Change::Back(Back::Transposed),
            first,
            end,
            |problem, layer| problem.weights[layer].is_square(),
        );
        draft.layers("SIGN-LOST", Change::Back(Back::Size), first, end, all);
        for layer in first..=end {
            for other in 0..=last {
                let shape = |at: usize| (problem.inputs(at), problem.units(at));
                if other != layer && shape(other) == shape(layer) {
                    draft.add(
                        "OTHER-WEIGHT",
                        Change::Back(Back::OtherWeights(other)),
                        layer,
                        layer,
                    );
                }
            }
            for unit in 0..problem.units(layer).min(8) {
                if problem.units(layer) > 1 {
                    draft.add("ONE-PATH", Change::Back(Back::OnePath(unit)), layer, layer);
                }
            }
        }
        let before = |problem: &MatrixProblem, layer: usize| layer < problem.last();
        draft.layers("LAYER-SKIPPED", Change::Back(Back::OfLastHidden), first, last, before);
        if last > 1 {
            let before_last = last - 1;
            draft.add("LAYER-SKIPPED", Change::Back(Back::OfLastHidden), first, before_last);
        }
        draft.layers("LAYER-SKIPPED", Change::Back(Back::SignalOfLater), first, last, before);
        draft.layers(
            "LAYER-SKIPPED",
            Change::Signal(SignalRecipe::Later),
            0,
            last - 1,
            |problem, layer| problem.units(layer) == problem.units(layer + 1),
        );
        draft.layers(
            "UPSTREAM-DROPPED",
            Change::Signal(SignalRecipe::SlopeAlone),
            0,
            last - 1,
            all,
        );
    }
    draft.layers("OUTPUT-FOR-DELTA", Change::Signal(SignalRecipe::Out), 0, last, all);
    draft.layers(
        "DOT-FOR-ELEMENTWISE",
        Change::Signal(SignalRecipe::Dot),
        0,
        last,
        |problem, layer| problem.units(layer) > 1,
    );
    // The residual.
    let residual = |residual| Change::Residual(residual);
    draft.add("NO-RESIDUAL", residual(Residual::One), last, last);
    draft.add("RESIDUAL-SIGN", residual(Residual::Times(-1.0)), last, last);
    for factor in [2.0, 0.5] {
        draft.add("FACTOR-2", residual(Residual::Times(factor)), last, last);
    }
    draft.add("LOSS-FOR-RESIDUAL", residual(Residual::Loss), last, last);
    draft.add("NO-TARGET", residual(Residual::NoTarget), last, last);
    draft.add("SIGN-LOST", residual(Residual::Size), last, last);
    match problem.measure {
        LossMeasure::BinaryCrossEntropy => {
            draft.add("ENTROPY-SIGN", residual(Residual::SecondSign), last, last);
            draft.add("ENTROPY-TERM", residual(Residual::FirstTerm), last, last);
        }
        LossMeasure::CrossEntropy | LossMeasure::Squares(_) | LossMeasure::Output => {}
    }
    if matches!(problem.measure, LossMeasure::BinaryCrossEntropy | LossMeasure::CrossEntropy) {
        for small in [1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3] {
            let change = residual(Residual::Epsilon(small));
            draft.add_with("EPSILON-IN-LOG", change, last, last, SuspectDetail::Factor(small));
        }
    }
    if several {
        draft.add("BATCH-BROADCAST", residual(Residual::Broadcast), last, last);
        draft.add("BATCH-BROADCAST", residual(Residual::BroadcastMean), last, last);
    }
    // Gradients of the weights.
    draft.layers("OWN-WEIGHT-FOR-INPUT", Change::Input(Input::OwnWeight), 0, last, all);
    draft.layers("NO-INPUT", Change::Input(Input::One), 0, last, all);
    if last > 0 {
        draft.layers("Z-IN-FOR-OUT", Change::Input(Input::Z), 1, last, |problem, layer| {
            problem.curves[layer - 1] != Curve::Identity
        });
        draft.layers("X-FOR-HIDDEN", Change::Input(Input::X), 1, last, |problem, layer| {
            problem.inputs(layer) == problem.x.columns()
        });
    }
    draft.layers("INPUT-TWICE", Change::Input(Input::Squared), 0, last, all);
    draft.layers("OUT-FOR-INPUT", Change::Input(Input::OwnOut), 0, last, |problem, layer| {
        problem.weights[layer].is_square()
    });
    draft.layers(
        "GRADIENT-TRANSPOSED",
        Change::Input(Input::Transposed),
        0,
        last,
        |problem, layer| problem.weights[layer].is_square(),
    );
    for layer in 0..=last {
        if has_slope(problem, layer) {
            let code = if layer == last { "NO-SLOPE-OUT" } else { "NO-SLOPE-HIDDEN" };
            draft.add(code, Change::Input(Input::BeforeSlope), layer, layer);
            draft.add(code, Change::Bias(Bias::BeforeSlope), layer, layer);
        }
        for other in (0..=last).filter(|other| *other != layer) {
            let weights = |at: usize| (problem.inputs(at), problem.units(at));
            if weights(layer) == weights(other) {
                let both = Change::OtherLayer(other);
                draft.add("OTHER-LAYERS-GRADIENT", both, layer, layer);
                let change = Change::Input(Input::OtherLayer(other));
                draft.add("OTHER-LAYERS-GRADIENT", change, layer, layer);
            }
            if problem.units(layer) == problem.units(other) && has_bias(problem, layer) {
                let change = Change::Bias(Bias::OtherLayer(other));
                draft.add("OTHER-LAYERS-GRADIENT", change, layer, layer);
            }
        }
    }
    // Gradients of the biases.
    for bias in [Bias::OverUnits, Bias::MeanOverUnits] {
        let code =
            if bias == Bias::OverUnits { "BIAS-SUMMED-OVER-UNITS" } else { "BIAS-WRONG-AXIS" };
        draft.layers(code, Change::Bias(bias), 0, last, |problem, layer| {
            has_bias(problem, layer) && problem.units(layer) > 1
        });
    }
    if several {
        for bias in [Bias::OverUnitsPerSample, Bias::MeanOverUnitsPerSample] {
            draft.layers("BIAS-WRONG-AXIS", Change::Bias(bias), 0, last, has_bias);
            draft.layers("BIAS-WRONG-AXIS", Change::BiasTimes(bias, samples), 0, last, has_bias);
        }
        for bias in [Bias::NotSummed, Bias::FirstSample, Bias::LastSample] {
            draft.layers("BIAS-NOT-SUMMED", Change::Bias(bias), 0, last, has_bias);
            if is_mean {
                let change = Change::BiasTimes(bias, samples);
                draft.layers("BIAS-NOT-SUMMED", change, 0, last, has_bias);
            }
        }
        draft.add("LAST-SAMPLE-ONLY", Change::LastSample, 0, last);
    }
    draft.layers("BIAS-TIMES-INPUTS", Change::Bias(Bias::TimesInputs), 0, last, has_bias);
    let fewest = (0..=last).map(|layer| problem.inputs(layer)).min().unwrap_or(0);
    for from in 0..fewest.min(6) {
        if last > 0 && (0..=last).all(|layer| has_bias(problem, layer)) {
            draft.add("BIAS-TIMES-INPUT", Change::Bias(Bias::TimesInput(from)), 0, last);
        }
    }
    for layer in 0..=last {
        for from in 0..problem.inputs(layer).min(6) {
            if has_bias(problem, layer) {
                draft.add("BIAS-TIMES-INPUT", Change::Bias(Bias::TimesInput(from)), layer, layer);
            }
        }
    }
    // Factors.
    if several {
        let share = 1.0 / samples;
        if is_mean {
            draft.layers("MEAN-TWICE", Change::Gradients(share), 0, last, all);
            draft.layers("MEAN-TWICE", Change::WeightFactor(share), 0, last, all);
            draft.layers("MEAN-TWICE", Change::BiasFactor(share), 0, last, has_bias);
            draft.layers("MEAN-TWICE", Change::SignalFactor(share), 0, last, all);
        } else {
            draft.layers("BIAS-MEAN-ONLY", Change::BiasFactor(share), 0, last, has_bias);
            draft.layers("MEAN-FOR-SUM", Change::Gradients(share), 0, last, all);
            draft.layers("MEAN-FOR-SUM", Change::WeightFactor(share), 0, last, all);
            draft.layers("MEAN-FOR-SUM", Change::SignalFactor(share), 0, last, all);
        }
    }
    if let Some(rate) = problem.rate.filter(|rate| *rate != 1.0) {
        draft.add("RATE-IN-GRADIENT", Change::Gradients(rate), 0, last);
        draft.layers("RATE-IN-GRADIENT", Change::WeightFactor(rate), 0, last, all);
        draft.layers("RATE-IN-GRADIENT", Change::BiasFactor(rate), 0, last, has_bias);
    }
    if !several {
        draft.add("NOT-ZEROED", Change::Gradients(2.0), 0, last);
    }
    draft.layers("SIGN-LOST", Change::Gradients(-1.0), 0, last, all);
    draft.layers("SIGN-LOST", Change::WeightFactor(-1.0), 0, last, all);
    draft.layers("SIGN-LOST", Change::BiasFactor(-1.0), 0, last, has_bias);
    draft.layers("SIGN-LOST", Change::SignalFactor(-1.0), 0, last, all);
    let mut stray = vec![2.0, 0.5, 4.0, 3.0, 0.25];
    if outputs > 1.0 && !is_mean_of_outputs {
        stray.extend([1.0 / outputs, outputs]);
    }
    for by in stray {
        for layer in 0..=last {
            let change = Change::SignalFactor(by);
            draft.add_with("STRAY-CONSTANT", change, layer, layer, SuspectDetail::Factor(by));
        }
    }
    draft.layers("INTEGER-ARRAYS", Change::Whole, 0, last, all);
    // The update.
    for (code, step) in [
        ("ADDED", UpdateRecipe::Added),
        ("NO-RATE", UpdateRecipe::NoRate),
        ("RATE-TWICE", UpdateRecipe::RateTwice),
        ("STEP-FOR-NEW", UpdateRecipe::Alone),
        ("PARAMETER-FOR-GRADIENT", UpdateRecipe::Parameter),
        ("INTEGER-ARRAYS", UpdateRecipe::Whole),
    ] {
        draft.layers(code, Change::Steps(step), 0, last, all);
        draft.layers(code, Change::WeightStep(step), 0, last, all);
        draft.layers(code, Change::BiasStep(step), 0, last, has_bias);
    }
    draft.layers("BIAS-NOT-UPDATED", Change::BiasStep(UpdateRecipe::NotUpdated), 0, last, has_bias);
    draft.layers("WEIGHT-NOT-UPDATED", Change::WeightStep(UpdateRecipe::NotUpdated), 0, last, all);
    draft.layers("WEIGHT-NOT-UPDATED", Change::Steps(UpdateRecipe::NotUpdated), 0, last, all);
    // The forward pass.
    draft.layers("NO-BIAS", Change::Forward(ForwardRecipe::NoBias), 0, last, has_bias);
    draft.layers(
        "W-TRANSPOSED",
        Change::Forward(ForwardRecipe::Transposed),
        0,
        last,
        |problem, layer| problem.weights[layer].is_square(),
    );
    let sigmoid = |problem: &MatrixProblem, layer: usize| problem.curves[layer] == Curve::Sigmoid;
    draft.layers("EXP-SIGN", Change::Forward(ForwardRecipe::ExpSign), 0, last, sigmoid);
    draft.layers(
        "NO-ACTIVATION",
        Change::Forward(ForwardRecipe::NoActivation),
        0,
        last,
        |problem, layer| {
            has_slope(problem, layer)
                && (layer < problem.last() || matches!(problem.measure, LossMeasure::Squares(_)))
        },
    );
    super::no_slip::add(&mut draft);
    draft.all
}
