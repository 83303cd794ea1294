//! From arrays to a finding: the ways to read them are tried until one agrees;
//! where none does, what is wrong is looked for.

use thiserror::Error;

use super::arrange::{Aimed, Arranged, Asked, Lie, Unused, Why, arrange, is_whole};
use super::array::Array;
use super::compare::Target;
use super::engine::noise::Noise;
use super::engine::pass::Pass;
use super::engine::problem::Problem;
use super::engine::recipe::Recipe;
use super::finding::{Compared, Explained, Fact, Finding, Named, Trouble, Verdict};
use super::grain::Grain;
use super::kept::Kept;
use super::lines::{Style, lines};
use super::ratio::ratio;
use super::search::{Explanation, Search};
use super::sentences::sentence;
use super::unseen::unseen;
use crate::network::{Network, Reduction, Sample};

/// What is checked against what.
pub struct Request<'a> {
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
    pub asked: Asked,
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
struct Reading {
    weights_turned: bool,
    samples_turned: bool,
    mean_in_signals: bool,
    /// Signals have the other sign by convention.
    minus: bool,
    open_is_new: bool,
}

/// What is said of numbers in which nothing can be seen.
const TOO_FEW: &str = "the numbers are printed with too few digits to see anything in them\n  help: \
     print more: numpy.set_printoptions(precision=17), torch.set_printoptions(precision=10)";

/// Samples that are tried alone.
const MOST_ALONE: usize = 4096;

/// Units at a kink that are turned in all ways.
const MOST_TURNED: usize = 8;

/// Compares a program's arrays with the lesson.
///
/// # Errors
/// Why nothing can be compared.
pub fn check(request: &Request<'_>) -> Result<Finding, Unusable> {
    let Request { network, samples, reduction, rate, update_biases, .. } = *request;
    let problem = Problem::of(network, samples, reduction, rate, update_biases);
    let problem = problem.ok_or(Unusable::Unknown)?;
    let arranged = arrange(&problem, request.arrays, &request.asked).map_err(Unusable::Asked)?;
    if arranged.aimed.is_empty() {
        return Err(nothing(request, &arranged));
    }
    let case = Case::new(request, problem, arranged, None);
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
            let alone = Case::new(request, alone, arranged, Some(at));
            if let Some(finding) = alone.agreeing() {
                return Ok(finding);
            }
        }
    }
    Ok(case.wrong())
}

fn nothing(request: &Request<'_>, arranged: &Arranged) -> Unusable {
    let all: Vec<&str> = request.arrays.iter().take(8).map(|array| array.name.as_str()).collect();
    let more = if request.arrays.len() > all.len() { ", ..." } else { "" };
    let why = match arranged.unused.first().map(|unused| unused.why) {
        Some(Why::NoRate) => {
            "the scenario has no learning rate, so there is no update to compare\n  help: add \"learning_rate\" to it"
        }
        Some(Why::NoLayer) => {
            "their names are of layers that it has not\n  help: say which is which, as in --map dW1=NAME"
        }
        Some(Why::NoBiases) => "its layers have no biases",
        _ => {
            "their names do not say what they are\n  help: call them dW1, db1, ..., or say which is which, as in --map dW1=NAME"
        }
    };
    Unusable::Nothing { names: format!("{}{more}", all.join(", ")), why: why.to_owned() }
}

/// Arrays against one problem.
struct Case<'a> {
    request: &'a Request<'a>,
    problem: Problem,
    arranged: Arranged,
    alone: Option<usize>,
    /// The finest of all arrays, for what rounding may do.
    unit: f64,
}

impl<'a> Case<'a> {
    fn new(
        request: &'a Request<'a>,
        problem: Problem,
        mut arranged: Arranged,
        alone: Option<usize>,
    ) -> Self {
        set_old_aside(&problem, &mut arranged, request.arrays);
        let grains = arranged.aimed.iter().map(|aimed| aimed.grain.unit());
        let unit = grains.fold(0.0, f64::max);
        Self { request, problem, arranged, alone, unit }
    }

    /// The ways to read the arrays, the usual first.
    fn readings(&self) -> Vec<Reading> {
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
                            all.push(Reading {
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
    fn read(&self, reading: Reading) -> Vec<Aimed> {
        let mut aimed: Vec<Aimed> = self
            .arranged
            .aimed
            .iter()
            .cloned()
            .map(|mut aimed| {
                if aimed.is_open && reading.open_is_new {
                    aimed.kept = match aimed.kept {
                        Kept::ByWeights(layer) => Kept::NewWeights(layer),
                        Kept::ByBiases(layer) => Kept::NewBiases(layer),
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

    fn factor(&self, reading: Reading) -> f64 {
        let scale = if reading.mean_in_signals { self.problem.scale } else { 1.0 };
        if reading.minus { -scale } else { scale }
    }

    fn targets(&self, problem: &Problem, reading: Reading, aimed: &[Aimed]) -> Vec<Target> {
        let pass = Pass::of(problem, Recipe::right(problem.depth()));
        let noise = Noise::of(problem, &pass, self.unit);
        let factor = self.factor(reading);
        aimed.iter().map(|aimed| Target::of(problem, &pass, &noise, aimed, factor)).collect()
    }

    /// The finding, if there is a way to read the arrays in which all agree.
    fn agreeing(&self) -> Option<Finding> {
        if self.arranged.aimed.iter().any(|aimed| aimed.lie == Lie::Wrong) {
            return None;
        }
        let fits = |problem: &Problem, reading: Reading| {
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
        let right = Pass::of(&self.problem, Recipe::right(self.problem.depth()));
        let at_kinks = Noise::of(&self.problem, &right, self.unit).at_kinks;
        for turned in ways_to_turn(&at_kinks) {
            let problem = Problem { turned, ..self.problem.clone() };
            for reading in &readings {
                if fits(&problem, *reading) {
                    return Some(self.told(&problem, *reading, true));
                }
            }
        }
        None
    }

    fn told(&self, problem: &Problem, reading: Reading, at_kink: bool) -> Finding {
        let aimed = self.read(reading);
        let targets = self.targets(problem, reading, &aimed);
        let kept: Vec<(Kept, Grain)> =
            aimed.iter().map(|aimed| (aimed.kept, aimed.grain)).collect();
        Finding {
            facts: self.facts(reading, &aimed, at_kink),
            arrays: self.compared(&aimed, &targets),
            unused: self.arranged.unused.clone(),
            verdict: Verdict::Agrees { unseen: unseen(problem, &kept) },
        }
    }

    /// The finding where no way to read the arrays makes them agree.
    fn wrong(&self) -> Finding {
        let mut best: Option<(usize, Reading)> = None;
        for reading in self.readings() {
            let aimed = self.read(reading);
            let targets = self.targets(&self.problem, reading, &aimed);
            let right = Pass::of(&self.problem, Recipe::right(self.problem.depth()));
            let is_finite = targets.iter().all(Target::is_finite);
            // A convention is no excuse for numbers that are wrong.
            if is_finite && !reading.minus {
                let search = Search::new(&self.problem, &right, &targets);
                let found = search.run();
                if !found.is_empty() {
                    return self.explained(reading, &aimed, &targets, &search, found);
                }
            }
            let off = targets.iter().filter(|target| !target.measure(&target.right).fits()).count();
            if best.is_none_or(|(least, _)| off < least) {
                best = Some((off, reading));
            }
        }
        let usual = Reading {
            weights_turned: false,
            samples_turned: false,
            mean_in_signals: false,
            minus: false,
            open_is_new: false,
        };
        self.unnamed(best.map_or(usual, |(_, reading)| reading))
    }

    fn explained(
        &self,
        reading: Reading,
        aimed: &[Aimed],
        targets: &[Target],
        search: &Search<'_>,
        found: Vec<Explanation>,
    ) -> Finding {
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
        let style = Style {
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
        Finding {
            facts: self.facts(reading, aimed, false),
            arrays: self.compared(aimed, targets),
            unused: self.arranged.unused.clone(),
            verdict: Verdict::Explained { explanations: explanations.collect(), decider },
        }
    }

    fn unnamed(&self, reading: Reading) -> Finding {
        let aimed = self.read(reading);
        let targets = self.targets(&self.problem, reading, &aimed);
        let arrays = self.compared(&aimed, &targets);
        let first = arrays.iter().position(|array| !array.is_right());
        let columns = |kept: Kept| match kept {
            Kept::Sums(layer)
            | Kept::Outputs(layer)
            | Kept::ByOutputs(layer)
            | Kept::BySums(layer)
            | Kept::ByWeights(layer)
            | Kept::NewWeights(layer)
            | Kept::ByBiases(layer)
            | Kept::NewBiases(layer) => self.problem.units(layer),
            Kept::Loss => 1,
        };
        let ratios = targets.iter().zip(&arrays).filter(|(target, array)| {
            !array.is_right() && !target.kept.is_new() && array.wrong_shape.is_none()
        });
        let ratios = ratios
            .filter_map(|(target, _)| Some((target.kept, ratio(target, columns(target.kept))?)));
        let trouble = Trouble {
            last_right: first.and_then(|first| Some(arrays.get(first.checked_sub(1)?)?.kept)),
            first_wrong: first.map(|first| arrays[first].kept),
            ratios: ratios.collect(),
            not_finite: arrays.iter().any(|array| !array.is_finite),
        };
        Finding {
            facts: self.facts(reading, &aimed, false),
            arrays,
            unused: self.arranged.unused.clone(),
            verdict: Verdict::Unnamed(trouble),
        }
    }

    fn compared(&self, aimed: &[Aimed], targets: &[Target]) -> Vec<Compared> {
        let of = |(aimed, target): (&Aimed, &Target)| {
            let array = &self.request.arrays[aimed.array];
            let measured = target.measure(&target.right);
            let columns = match aimed.kept {
                Kept::ByWeights(layer)
                | Kept::NewWeights(layer)
                | Kept::Sums(layer)
                | Kept::Outputs(layer)
                | Kept::ByOutputs(layer)
                | Kept::BySums(layer) => self.problem.units(layer),
                Kept::ByBiases(_) | Kept::NewBiases(_) | Kept::Loss => 1,
            };
            let wrong_shape = (aimed.lie == Lie::Wrong).then(|| self.shapes(aimed.kept));
            let furthest = measured.furthest.filter(|_| wrong_shape.is_none()).map(|at| {
                let (row, column) = aimed.index(at, columns);
                let index = match array.shape.len() {
                    0 => String::new(),
                    1 => format!("[{at}]"),
                    _ if columns == 1 && array.shape.last() != Some(&1) => {
                        format!("[{column}, {row}]")
                    }
                    _ => format!("[{row}, {column}]"),
                };
                (index, target.given[at], target.right[at])
            });
            Compared {
                kept: aimed.kept,
                name: array.name.clone(),
                shape: array.shape_text(),
                grain: aimed.grain,
                measured,
                wrong_shape,
                is_finite: target.is_finite(),
                is_blind: target.is_blind(),
                furthest,
            }
        };
        aimed.iter().zip(targets).map(of).collect()
    }

    /// The shapes that an array can have.
    fn shapes(&self, kept: Kept) -> String {
        let both = |rows: usize, columns: usize| {
            if rows == columns {
                format!("({rows}, {columns})")
            } else {
                format!("({rows}, {columns}) or ({columns}, {rows})")
            }
        };
        match kept {
            Kept::Loss => "a number".to_owned(),
            Kept::ByWeights(layer) | Kept::NewWeights(layer) => {
                both(self.problem.inputs(layer), self.problem.units(layer))
            }
            Kept::ByBiases(layer) | Kept::NewBiases(layer) => {
                format!("({},)", self.problem.units(layer))
            }
            Kept::Sums(layer)
            | Kept::Outputs(layer)
            | Kept::ByOutputs(layer)
            | Kept::BySums(layer) => both(self.problem.samples(), self.problem.units(layer)),
        }
    }

    fn facts(&self, reading: Reading, aimed: &[Aimed], at_kink: bool) -> Vec<Fact> {
        let mut facts = Vec::new();
        let coarsest = aimed.iter().map(|aimed| aimed.grain);
        let by_unit = |grain: &Grain| match grain {
            Grain::Double => 0,
            Grain::Single => 1,
            Grain::Printed => 2,
        };
        facts.extend(coarsest.max_by_key(by_unit).map(Fact::Grain));
        if let Some(sample) = self.alone {
            facts.push(Fact::OneSample { sample: sample + 1, of: self.request.samples.len() });
        } else if self.problem.samples() > 1 {
            let (samples, is_mean) = (self.problem.samples(), self.problem.scale != 1.0);
            facts.push(Fact::Batch { samples, is_mean });
        }
        let of_weights: Vec<&Aimed> =
            aimed.iter().filter(|aimed| aimed.kept.is_of_weights()).collect();
        if turned(aimed, |aimed| aimed.kept.is_of_weights()) {
            facts.push(Fact::OutIn);
        } else if of_weights.iter().any(|aimed| {
            let (Kept::ByWeights(layer) | Kept::NewWeights(layer)) = aimed.kept else {
                return false;
            };
            self.problem.inputs(layer).min(self.problem.units(layer)) > 1
        }) {
            facts.push(Fact::InOut);
        }
        if turned(aimed, |aimed| aimed.kept.is_per_sample()) {
            facts.push(Fact::SamplesInColumns);
        }
        let said = [
            (reading.mean_in_signals, Fact::MeanInSignals),
            (reading.minus, Fact::MinusConvention),
            (reading.open_is_new, Fact::AfterUpdate),
            (at_kink, Fact::AtKink),
            (
                aimed.iter().any(|aimed| is_whole(&self.request.arrays[aimed.array])),
                Fact::WholeNumbers,
            ),
            (
                aimed.iter().any(|aimed| {
                    super::names::understand(&self.request.arrays[aimed.array].name).is_none()
                }) && self.request.asked.map.is_empty(),
                Fact::ByOrder,
            ),
        ];
        facts.extend(said.into_iter().filter(|(so, _)| *so).map(|(_, fact)| fact));
        facts
    }
}

fn turned(aimed: &[Aimed], which: impl Fn(&Aimed) -> bool) -> bool {
    aimed.iter().any(|aimed| which(aimed) && matches!(aimed.lie, Lie::Turned(..)))
}

/// Parameters as they were before the update are no gradients.
fn set_old_aside(problem: &Problem, arranged: &mut Arranged, arrays: &[Array]) {
    let is_old = |aimed: &Aimed| {
        if !aimed.is_open {
            return false;
        }
        let old = match aimed.kept {
            Kept::ByWeights(layer) => problem.weights[layer].values(),
            Kept::ByBiases(layer) => match &problem.biases[layer] {
                Some(biases) => biases,
                None => return false,
            },
            _ => return false,
        };
        let same = |aimed: Aimed| {
            aimed.values.len() == old.len()
                && aimed.values.iter().zip(old).all(|(a, b)| (a - b).abs() <= 1e-6 * b.abs())
        };
        let some = old.iter().any(|value| *value != 0.0);
        some && (same(aimed.clone().turned(false)) || same(aimed.clone().turned(true)))
    };
    let (old, others): (Vec<Aimed>, Vec<Aimed>) =
        std::mem::take(&mut arranged.aimed).into_iter().partition(is_old);
    if others.is_empty() {
        // All are as they were: then nothing was updated, and that is compared.
        arranged.aimed = old;
        return;
    }
    arranged.aimed = others;
    arranged.unused.extend(
        old.iter().map(|aimed| Unused { name: arrays[aimed.array].name.clone(), why: Why::Old }),
    );
}

/// All units at kinks turned, each alone, and where they are few all ways.
fn ways_to_turn(at_kinks: &[(usize, usize, usize)]) -> Vec<Vec<(usize, usize, usize)>> {
    if at_kinks.is_empty() {
        return Vec::new();
    }
    let mut ways = vec![at_kinks.to_vec()];
    if at_kinks.len() <= MOST_TURNED {
        ways.extend((1..(1_usize << at_kinks.len()) - 1).map(|chosen| {
            let of = |(at, kink): (usize, &(usize, usize, usize))| {
                (chosen >> at & 1 == 1).then_some(*kink)
            };
            at_kinks.iter().enumerate().filter_map(of).collect()
        }));
    }
    ways
}
