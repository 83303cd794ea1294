//! Which one thing, or which two, give every number of a file.

use std::cell::Cell;

use super::candidate::{Change, Suspect, SuspectDetail};
use super::catalogue::catalogue;
use super::compare::ComparedArray;
use super::engine::forward::Activity;
use super::engine::pass::ProgramPass;
use super::engine::problem::MatrixProblem;
use super::engine::recipe::Recipe;
use super::kept::PassArray;

/// What gives every number: one candidate, or two together.
pub(crate) type Explanation = Vec<Suspect>;

/// Multiplications that pairs may take altogether.
const MOST_WORK: usize = 4_000_000_000;

/// Pairs that are tried at most.
const MOST_PAIRS: usize = 60_000;

/// A search over one arrangement of the arrays.
pub(crate) struct Search<'a> {
    problem: &'a MatrixProblem,
    right: &'a ProgramPass<'a>,
    /// Whole arrays.
    targets: &'a [ComparedArray],
    /// Some of their entries, where they are many.
    probes: Vec<ComparedArray>,
    /// Whether pairs were left untried, because there are too many.
    is_bounded: Cell<bool>,
}

/// How a candidate alone stands to one array.
#[derive(Clone, Copy)]
struct Status {
    /// It gives the array.
    fits: bool,
    /// It leaves the array as it should be.
    is_right: bool,
}

struct Tried {
    candidate: Suspect,
    statuses: Vec<Status>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(
        problem: &'a MatrixProblem,
        right: &'a ProgramPass<'a>,
        targets: &'a [ComparedArray],
    ) -> Self {
        let columns = |kept: PassArray| match kept {
            PassArray::ByWeights(layer) | PassArray::NewWeights(layer) => problem.units(layer),
            _ => 1,
        };
        let probes = targets.iter().map(|target| target.probe(columns(target.kept))).collect();
        Self { problem, right, targets, probes, is_bounded: Cell::new(false) }
    }

    /// All single candidates that give every number; without one, all pairs.
    pub(crate) fn run(&self) -> Vec<Explanation> {
        let tried: Vec<Tried> = catalogue(self.problem)
            .into_iter()
            .map(|candidate| {
                let statuses = self.statuses(&[candidate]);
                Tried { candidate, statuses }
            })
            .collect();
        let singles = tried.iter().filter(|tried| tried.statuses.iter().all(|status| status.fits));
        let singles = singles.map(|tried| vec![tried.candidate]);
        let found: Vec<Explanation> = singles.filter(|found| self.gives_all(found)).collect();
        if !found.is_empty() {
            return found;
        }
        let constants = self.constants();
        if constants.len() == 1 {
            return vec![constants];
        }
        let pairs = self.pairs(&tried, &constants);
        if pairs.is_empty() && constants.len() > 1 && self.gives_all(&constants) {
            return vec![constants];
        }
        pairs
    }

    /// Whether pairs were left untried.
    pub(crate) fn is_bounded(&self) -> bool {
        self.is_bounded.get()
    }

    fn pairs(&self, tried: &[Tried], constants: &[Suspect]) -> Vec<Explanation> {
        let mut tried: Vec<(Suspect, Vec<Status>)> =
            tried.iter().map(|tried| (tried.candidate, tried.statuses.clone())).collect();
        for constant in constants {
            tried.push((*constant, self.statuses(&[*constant])));
        }
        let given_right: Vec<bool> =
            self.probes.iter().map(|probe| probe.measure(&probe.right).fits()).collect();
        // A candidate that changes nothing here is no part of a cause.
        tried.retain(|(_, statuses)| statuses.iter().any(|status| !status.is_right));
        let most = MOST_PAIRS.min(MOST_WORK / self.work().max(1));
        let (mut found, mut count) = (Vec::new(), 0);
        for (at, (first, of_first)) in tried.iter().enumerate() {
            for (second, of_second) in &tried[at + 1..] {
                let may = of_first.iter().zip(of_second).zip(&given_right).all(
                    |((a, b), right)| match (a.is_right, b.is_right) {
                        (true, true) => *right,
                        (true, false) => b.fits,
                        (false, true) => a.fits,
                        (false, false) => true,
                    },
                );
                if !may || !self.go_together(first, second) {
                    continue;
                }
                count += 1;
                if count > most {
                    self.is_bounded.set(true);
                    return found;
                }
                let pair = vec![*first, *second];
                if self.statuses(&pair).iter().all(|status| status.fits) && self.gives_all(&pair) {
                    found.push(pair);
                }
            }
        }
        found
    }

    /// Whether two candidates can be made in one program: neither undoes the
    /// other, and their order is no matter.
    fn go_together(&self, first: &Suspect, second: &Suspect) -> bool {
        let recipe = |order: [&Suspect; 2]| {
            let mut recipe = Recipe::right(self.problem.depth());
            order.iter().for_each(|candidate| candidate.apply(&mut recipe));
            recipe
        };
        recipe([first, second]) == recipe([second, first])
    }

    /// Arrays that are the right ones but for a factor, each its own.
    fn constants(&self) -> Vec<Suspect> {
        let mut found = Vec::new();
        for target in self.targets {
            if target.measure(&target.right).fits() {
                continue;
            }
            let Some(factor) = constant(target) else { return Vec::new() };
            let (change, layer) = match target.kept {
                PassArray::ByWeights(layer) => (Change::WeightFactor(factor), layer),
                PassArray::ByBiases(layer) => (Change::BiasFactor(factor), layer),
                _ => return Vec::new(),
            };
            found.push(Suspect {
                code: "STRAY-CONSTANT",
                change,
                first: layer,
                last: layer,
                detail: SuspectDetail::Factor(factor),
            });
        }
        found
    }

    fn recipe(&self, explanation: &[Suspect]) -> Recipe {
        let mut recipe = Recipe::right(self.problem.depth());
        explanation.iter().for_each(|candidate| candidate.apply(&mut recipe));
        recipe
    }

    /// What a program with these slips computes.
    pub(crate) fn pass(&self, explanation: &[Suspect]) -> ProgramPass<'a> {
        let recipe = self.recipe(explanation);
        if recipe.forward_is_right() {
            let Activity { z, a } = self.right.activity().clone();
            return ProgramPass::on(self.problem, recipe, Activity { z, a });
        }
        ProgramPass::of(self.problem, recipe)
    }

    fn statuses(&self, explanation: &[Suspect]) -> Vec<Status> {
        let pass = self.pass(explanation);
        let status = |probe: &ComparedArray| {
            let expected = probe.of_pass(&pass);
            let is_finite = expected.iter().all(|value| value.is_finite());
            Status {
                fits: is_finite && probe.measure(&expected).fits(),
                is_right: probe.is_right(&expected),
            }
        };
        self.probes.iter().map(status).collect()
    }

    fn gives_all(&self, explanation: &[Suspect]) -> bool {
        let pass = self.pass(explanation);
        self.targets.iter().all(|target| target.measure(&target.of_pass(&pass)).fits())
    }

    /// Multiplications of one backward pass.
    fn work(&self) -> usize {
        let back = |layer: usize| self.problem.weights[layer].values().len();
        (1..self.problem.depth()).map(back).sum::<usize>() * self.problem.samples() + 1000
    }

    /// The first array of a pass that tells explanations apart, and is not in
    /// the file.
    pub(crate) fn decider(&self, explanations: &[Explanation]) -> Option<PassArray> {
        let passes: Vec<ProgramPass<'_>> =
            explanations.iter().take(4).map(|explanation| self.pass(explanation)).collect();
        let given = |kept: &PassArray| self.targets.iter().any(|target| target.kept == *kept);
        let values = |kept: PassArray| -> Vec<Option<Vec<f64>>> {
            passes.iter().map(|pass| kept.of(pass)).collect()
        };
        let differ = |a: &Option<Vec<f64>>, b: &Option<Vec<f64>>| match (a, b) {
            (Some(a), Some(b)) => {
                let size = a.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
                a.len() != b.len() || a.iter().zip(b).any(|(a, b)| (a - b).abs() > 1e-4 * size)
            }
            _ => false,
        };
        let all: Vec<PassArray> =
            PassArray::all(self.problem.depth()).into_iter().filter(|kept| !given(kept)).collect();
        // One that tells all apart, or else the first from some other.
        let apart = |kept: &PassArray, every: bool| {
            let values = values(*kept);
            let first = &values[0];
            let mut others = values[1..].iter();
            if every {
                others.all(|other| differ(first, other))
            } else {
                others.any(|other| differ(first, other))
            }
        };
        if passes.len() < 2 {
            return None;
        }
        all.iter()
            .find(|kept| apart(kept, true))
            .or_else(|| all.iter().find(|kept| apart(kept, false)))
            .copied()
    }
}

/// The one factor between an array and the right one, where it is one that
/// somebody may have written.
fn constant(target: &ComparedArray) -> Option<f64> {
    if target.given.len() != target.right.len() {
        return None;
    }
    let largest = (0..target.right.len())
        .max_by(|a, b| target.right[*a].abs().total_cmp(&target.right[*b].abs()))?;
    let factor = target.given[largest] / target.right[largest];
    let whole =
        |value: f64| value.abs() >= 1.0 && (value - value.round()).abs() < 1e-4 * value.abs();
    if !factor.is_finite() || factor == 0.0 {
        return None;
    }
    let plain = whole(factor) && factor.abs() <= 1e4 || whole(1.0 / factor) && factor.abs() >= 1e-4;
    let factor = if whole(factor) {
        factor.round()
    } else if whole(1.0 / factor) {
        1.0 / (1.0 / factor).round()
    } else {
        factor
    };
    // One entry is any number times another: then only a plain one counts.
    let nonzero = target.right.iter().filter(|value| value.abs() > 0.0).count();
    if !plain && nonzero < 3 {
        return None;
    }
    let expected: Vec<f64> = target.right.iter().map(|value| value * factor).collect();
    target.measure(&expected).fits().then_some(factor)
}
