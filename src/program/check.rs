//! From arrays to a finding: the ways to read them are tried until one agrees;
//! where none does, what is wrong is looked for.

use thiserror::Error;

use super::arrange::{Aimed, Arranged, Lie, NotCompared, Wanted, arrange};
use super::array::Array;
use super::compare::ComparedArray;
use super::engine::noise::RoundingNoise;
use super::engine::pass::ProgramPass;
use super::engine::problem::MatrixProblem;
use super::engine::recipe::Recipe;
use super::finding::{Explained, Named, ProgramFinding, ProgramVerdict, UnnamedTrouble};
use super::grain::Grain;
use super::kept::PassArray;
use super::lines::{CodeStyle, lines};
use super::old;
use super::ratio::ratio;
use super::search::{Explanation, Search};
use super::sentences::sentence;
use super::telling::turned;
use super::turning;
use super::unseen::unseen;
use crate::network::{Network, Reduction, Sample};

/// What is checked against what.
pub struct ProgramCheck<'a> {
    /// The network.
    pub network: &'a Network,
    /// Its samples, at least one.
    pub samples: &'a [Sample],
    /// How their losses make one.
    pub reduction: Reduction,
    /// α
    pub rate: Option<f64>,
    /// Whether the update changes biases.
    pub update_biases: bool,
    /// Somebody's arrays.
    pub arrays: &'a [Array],
    /// What is said about them.
    pub asked: Wanted,
}

/// Why nothing can be compared.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Unusable {
    /// An activation or loss that came later.
    #[error("this network has an activation or a loss that is not known here")]
    Unknown,
    /// None of the arrays can be placed.
    #[error("none of the arrays ({names}) is one of this network's: {why}")]
    Nothing {
        /// Their names, harmless.
        names: String,
        /// Why, and what to do.
        why: String,
    },
    /// What is asked does not go.
    #[error("{0}")]
    Asked(String),
}

/// One way to read the arrays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ArraysReading {
    pub(super) weights_turned: bool,
    pub(super) samples_turned: bool,
    pub(super) mean_in_signals: bool,
    /// Signals have the other sign by convention.
    pub(super) minus: bool,
    pub(super) open_is_new: bool,
}

/// What is said of numbers in which nothing can be seen.
const TOO_FEW: &str = "the numbers are printed with too few digits to see anything in them\n  help: \
     print more: numpy.set_printoptions(precision=17), torch.set_printoptions(precision=10)";

/// Samples that are tried alone.
const MOST_ALONE: usize = 4096;

/// Compares a program's arrays with the lesson.
///
/// # Errors
/// Why nothing can be compared.
pub fn check(request: &ProgramCheck<'_>) -> Result<ProgramFinding, Unusable> {
    let ProgramCheck { network, samples, reduction, rate, update_biases, .. } = *request;
    let problem = MatrixProblem::of(network, samples, reduction, rate, update_biases);
    let problem = problem.ok_or(Unusable::Unknown)?;
    let arranged = arrange(&problem, request.arrays, &request.asked).map_err(Unusable::Asked)?;
    if arranged.aimed.is_empty() {
        return Err(nothing(request, &arranged));
    }
    let case = ArraysCase::new(request, problem, arranged, None);
    if let Some(finding) = case.agreeing() {
        if finding.arrays.iter().all(|array| array.is_blind) {
            return Err(Unusable::Asked(TOO_FEW.to_owned()));
        }
        return Ok(finding);
    }
    if samples.len() > 1 && samples.len() <= MOST_ALONE {
        for at in 0..samples.len() {
            let alone = case.problem.of_sample(at);
            let Ok(arranged) = arrange(&alone, request.arrays, &request.asked) else { continue };
            let alone = ArraysCase::new(request, alone, arranged, Some(at));
            if let Some(finding) = alone.agreeing() {
                return Ok(finding);
            }
        }
    }
    Ok(case.wrong())
}

fn nothing(request: &ProgramCheck<'_>, arranged: &Arranged) -> Unusable {
    let all: Vec<&str> = request.arrays.iter().take(8).map(|array| array.name.as_str()).collect();
    let more = if request.arrays.len() > all.len() { ", ..." } else { "" };
    let why = match arranged.unused.first().map(|unused| unused.why) {
        Some(NotCompared::NoRate) => {
            "the scenario has no learning rate, so there is no update to compare\n  help: add \"learning_rate\" to it"
        }
        Some(NotCompared::NoLayer) => {
            "their names are of layers that it has not\n  help: say which is which, as in --map dW1=NAME"
        }
        Some(NotCompared::NoBiases) => "its layers have no biases",
        _ => {
            "their names do not say what they are\n  help: call them dW1, db1, ..., or say which is which, as in --map dW1=NAME"
        }
    };
    Unusable::Nothing { names: format!("{}{more}", all.join(", ")), why: why.to_owned() }
}

/// Arrays against one problem.
pub(super) struct ArraysCase<'a> {
    pub(super) request: &'a ProgramCheck<'a>,
    pub(super) problem: MatrixProblem,
    pub(super) arranged: Arranged,
    pub(super) alone: Option<usize>,
    /// The finest of all arrays, for what rounding may do.
    pub(super) unit: f64,
}

impl<'a> ArraysCase<'a> {
    fn new(
        request: &'a ProgramCheck<'a>,
        problem: MatrixProblem,
        mut arranged: Arranged,
        alone: Option<usize>,
    ) -> Self {
        old::set_aside(&problem, &mut arranged, request.arrays);
        let grains = arranged.aimed.iter().map(|aimed| aimed.grain.unit());
        let unit = grains.fold(0.0, f64::max);
        Self { request, problem, arranged, alone, unit }
    }

    /// The ways to read the arrays, the usual first.
    fn readings(&self) -> Vec<ArraysReading> {
        let aimed = &self.arranged.aimed;
        let either = |per_sample: bool| {
            aimed.iter().any(|aimed| {
                matches!(aimed.lie, Lie::Either(_)) && aimed.kept.is_per_sample() == per_sample
            })
        };
        let turned = |per_sample: bool| {
            aimed.iter().any(|aimed| {
                matches!(aimed.lie, Lie::Turned(..)) && aimed.kept.is_per_sample() == per_sample
            })
        };
        // A shape that is no square's tells how the squares lie.
        let tells = |per_sample: bool| {
            aimed.iter().any(|aimed| aimed.tells && aimed.kept.is_per_sample() == per_sample)
                || turned(per_sample)
        };
        let ways = |open: bool, first: bool| if open { vec![first, !first] } else { vec![first] };
        let signals = aimed.iter().any(|aimed| aimed.kept.is_signal());
        let averaged = self.problem.scale != 1.0;
        let minus = signals && aimed.iter().any(|aimed| !aimed.kept.is_signal());
        let open = aimed.iter().any(|aimed| aimed.is_open) && self.problem.rate.is_some();
        let mut all = Vec::new();
        for open_is_new in ways(open, false) {
            for minus in ways(minus, false) {
                for mean_in_signals in ways(signals && averaged, false) {
                    for weights_turned in ways(either(false) && !tells(false), turned(false)) {
                        for samples_turned in ways(either(true) && !tells(true), turned(true)) {
                            all.push(ArraysReading {
                                weights_turned,
                                samples_turned,
                                mean_in_signals,
                                minus,
                                open_is_new,
                            });
                        }
                    }
                }
            }
        }
        all
    }

    /// The arrays as one way reads them, in the order of computation.
    fn read(&self, reading: ArraysReading) -> Vec<Aimed> {
        let mut aimed: Vec<Aimed> = self
            .arranged
            .aimed
            .iter()
            .cloned()
            .map(|mut aimed| {
                if aimed.is_open && reading.open_is_new {
                    aimed.kept = match aimed.kept {
                        PassArray::ByWeights(layer) => PassArray::NewWeights(layer),
                        PassArray::ByBiases(layer) => PassArray::NewBiases(layer),
                        other => other,
                    };
                }
                let turned = if aimed.kept.is_per_sample() {
                    reading.samples_turned
                } else {
                    reading.weights_turned
                };
                aimed.turned(turned)
            })
            .collect();
        aimed.sort_by_key(|aimed| aimed.kept.order(self.problem.depth()));
        aimed
    }

    fn factor(&self, reading: ArraysReading) -> f64 {
        let scale = if reading.mean_in_signals { self.problem.scale } else { 1.0 };
        if reading.minus { -scale } else { scale }
    }

    fn targets(
        &self,
        problem: &MatrixProblem,
        reading: ArraysReading,
        aimed: &[Aimed],
    ) -> Vec<ComparedArray> {
        let pass = ProgramPass::of(problem, Recipe::right(problem.depth()));
        let noise = RoundingNoise::of(problem, &pass, self.unit);
        let factor = self.factor(reading);
        aimed.iter().map(|aimed| ComparedArray::of(problem, &pass, &noise, aimed, factor)).collect()
    }

    /// The finding, if there is a way to read the arrays in which all agree.
    fn agreeing(&self) -> Option<ProgramFinding> {
        if self.arranged.aimed.iter().any(|aimed| aimed.lie == Lie::Wrong) {
            return None;
        }
        let fits = |problem: &MatrixProblem, reading: ArraysReading| {
            let aimed = self.read(reading);
            let targets = self.targets(problem, reading, &aimed);
            targets.iter().all(|target| target.measure(&target.right).fits())
        };
        let readings = self.readings();
        for reading in &readings {
            if fits(&self.problem, *reading) {
                return Some(self.told(&self.problem, *reading, false));
            }
        }
        let right = ProgramPass::of(&self.problem, Recipe::right(self.problem.depth()));
        let at_kinks = RoundingNoise::of(&self.problem, &right, self.unit).at_kinks;
        for turned in turning::ways(&at_kinks) {
            let problem = MatrixProblem { turned, ..self.problem.clone() };
            for reading in &readings {
                if fits(&problem, *reading) {
                    return Some(self.told(&problem, *reading, true));
                }
            }
        }
        None
    }

    fn told(
        &self,
        problem: &MatrixProblem,
        reading: ArraysReading,
        at_kink: bool,
    ) -> ProgramFinding {
        let aimed = self.read(reading);
        let targets = self.targets(problem, reading, &aimed);
        let kept: Vec<(PassArray, Grain)> =
            aimed.iter().map(|aimed| (aimed.kept, aimed.grain)).collect();
        ProgramFinding {
            facts: self.facts(reading, &aimed, at_kink),
            arrays: self.compared(&aimed, &targets),
            unused: self.arranged.unused.clone(),
            verdict: ProgramVerdict::Agrees { unseen: unseen(problem, &kept) },
            is_bounded: false,
        }
    }

    /// The finding where no way to read the arrays makes them agree.
    fn wrong(&self) -> ProgramFinding {
        let mut best: Option<(usize, ArraysReading)> = None;
        let mut is_bounded = false;
        for reading in self.readings() {
            let aimed = self.read(reading);
            let targets = self.targets(&self.problem, reading, &aimed);
            let right = ProgramPass::of(&self.problem, Recipe::right(self.problem.depth()));
            let is_finite = targets.iter().all(ComparedArray::is_finite);
            // A convention is no excuse for numbers that are wrong.
            if is_finite && !reading.minus {
                let search = Search::new(&self.problem, &right, &targets);
                let found = search.run();
                is_bounded |= search.is_bounded();
                if !found.is_empty() {
                    return self.explained(reading, &aimed, &targets, &search, found);
                }
            }
            let off = targets.iter().filter(|target| !target.measure(&target.right).fits()).count();
            if best.is_none_or(|(least, _)| off < least) {
                best = Some((off, reading));
            }
        }
        let usual = ArraysReading {
            weights_turned: false,
            samples_turned: false,
            mean_in_signals: false,
            minus: false,
            open_is_new: false,
        };
        self.unnamed(best.map_or(usual, |(_, reading)| reading), is_bounded)
    }

    fn explained(
        &self,
        reading: ArraysReading,
        aimed: &[Aimed],
        targets: &[ComparedArray],
        search: &Search<'_>,
        found: Vec<Explanation>,
    ) -> ProgramFinding {
        // The same codes at other places are one explanation: the first.
        let mut distinct: Vec<Explanation> = Vec::new();
        for explanation in found {
            let codes = |of: &Explanation| -> Vec<&str> {
                let mut codes: Vec<&str> = of.iter().map(|candidate| candidate.code).collect();
                codes.sort_unstable();
                codes
            };
            if !distinct.iter().any(|known| codes(known) == codes(&explanation)) {
                distinct.push(explanation);
            }
        }
        // What has a reason is no stray number.
        for vague in ["STRAY-CONSTANT", "SIGN-LOST"] {
            let is_vague = |of: &Explanation| of.iter().any(|candidate| candidate.code == vague);
            if distinct.iter().any(|explanation| !is_vague(explanation)) {
                distinct.retain(|explanation| !is_vague(explanation));
            }
        }
        let decider = search.decider(&distinct);
        let style = CodeStyle {
            out_in: turned(aimed, |aimed| aimed.kept.is_of_weights()),
            in_columns: turned(aimed, |aimed| aimed.kept.is_per_sample()),
        };
        let explanations = distinct.iter().map(|explanation| Explained {
            slips: explanation
                .iter()
                .map(|candidate| Named {
                    code: candidate.code,
                    sentence: sentence(candidate.code).unwrap_or_default().to_owned(),
                    layers: (candidate.first + 1, candidate.last + 1),
                    detail: candidate.detail,
                    lines: lines(&self.problem, candidate.change, candidate.last, style),
                })
                .collect(),
        });
        ProgramFinding {
            facts: self.facts(reading, aimed, false),
            arrays: self.compared(aimed, targets),
            unused: self.arranged.unused.clone(),
            verdict: ProgramVerdict::Explained { explanations: explanations.collect(), decider },
            is_bounded: search.is_bounded(),
        }
    }

    fn unnamed(&self, reading: ArraysReading, is_bounded: bool) -> ProgramFinding {
        let aimed = self.read(reading);
        let targets = self.targets(&self.problem, reading, &aimed);
        let arrays = self.compared(&aimed, &targets);
        let first = arrays.iter().position(|array| !array.is_right());
        let columns = |kept: PassArray| match kept {
            PassArray::Sums(layer)
            | PassArray::Outputs(layer)
            | PassArray::ByOutputs(layer)
            | PassArray::BySums(layer)
            | PassArray::ByWeights(layer)
            | PassArray::NewWeights(layer)
            | PassArray::ByBiases(layer)
            | PassArray::NewBiases(layer) => self.problem.units(layer),
            PassArray::Loss => 1,
        };
        let ratios = targets.iter().zip(&arrays).filter(|(target, array)| {
            !array.is_right() && !target.kept.is_new() && array.wrong_shape.is_none()
        });
        let ratios = ratios
            .filter_map(|(target, _)| Some((target.kept, ratio(target, columns(target.kept))?)));
        let trouble = UnnamedTrouble {
            last_right: first.and_then(|first| Some(arrays.get(first.checked_sub(1)?)?.kept)),
            first_wrong: first.map(|first| arrays[first].kept),
            ratios: ratios.collect(),
            not_finite: arrays.iter().any(|array| !array.is_finite),
        };
        ProgramFinding {
            facts: self.facts(reading, &aimed, false),
            arrays,
            unused: self.arranged.unused.clone(),
            verdict: ProgramVerdict::Unnamed(trouble),
            is_bounded,
        }
    }
}
