//! What a case comes to: its arrays with their verdicts, and the facts.

use super::arrange::{Aimed, Lie, is_whole};
use super::check::{ArraysCase, ArraysReading};
use super::compare::ComparedArray;
use super::finding::{Compared, Fact};
use super::grain::Grain;
use super::kept::PassArray;

impl ArraysCase<'_> {
    pub(super) fn compared(&self, aimed: &[Aimed], targets: &[ComparedArray]) -> Vec<Compared> {
        let of = |(aimed, target): (&Aimed, &ComparedArray)| {
            let array = &self.request.arrays[aimed.array];
            let measured = target.measure(&target.right);
            let columns = match aimed.kept {
                PassArray::ByWeights(layer)
                | PassArray::NewWeights(layer)
                | PassArray::Sums(layer)
                | PassArray::Outputs(layer)
                | PassArray::ByOutputs(layer)
                | PassArray::BySums(layer) => self.problem.units(layer),
                PassArray::ByBiases(_) | PassArray::NewBiases(_) | PassArray::Loss => 1,
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
    fn shapes(&self, kept: PassArray) -> String {
        let both = |rows: usize, columns: usize| {
            if rows == columns {
                format!("({rows}, {columns})")
            } else {
                format!("({rows}, {columns}) or ({columns}, {rows})")
            }
        };
        match kept {
            PassArray::Loss => "a number".to_owned(),
            PassArray::ByWeights(layer) | PassArray::NewWeights(layer) => {
                both(self.problem.inputs(layer), self.problem.units(layer))
            }
            PassArray::ByBiases(layer) | PassArray::NewBiases(layer) => {
                format!("({},)", self.problem.units(layer))
            }
            PassArray::Sums(layer)
            | PassArray::Outputs(layer)
            | PassArray::ByOutputs(layer)
            | PassArray::BySums(layer) => both(self.problem.samples(), self.problem.units(layer)),
        }
    }

    pub(super) fn facts(
        &self,
        reading: ArraysReading,
        aimed: &[Aimed],
        at_kink: bool,
    ) -> Vec<Fact> {
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
            let (PassArray::ByWeights(layer) | PassArray::NewWeights(layer)) = aimed.kept else {
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

pub(super) fn turned(aimed: &[Aimed], which: impl Fn(&Aimed) -> bool) -> bool {
    aimed.iter().any(|aimed| which(aimed) && matches!(aimed.lie, Lie::Turned(..)))
}
