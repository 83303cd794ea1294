//! The forward pass of one sample as it is: where all moves start.

use super::compiled::{Choices, Compiled, CoupledLayer, Units};
use crate::expr::ValueRow;
use crate::lesson::Lesson;
use crate::name::Symbol;

/// The forward pass of one sample.
pub(super) struct Base {
    pub(super) x: Vec<f64>,
    pub(super) y: Vec<f64>,
    /// Inputs of the units, as in the lesson.
    pub(super) z: Vec<Vec<f64>>,
    /// Their outputs, by the formulas that lose no digits.
    pub(super) out: Vec<Vec<f64>>,
    /// What each output adds to the loss.
    pub(super) terms: Vec<f64>,
    /// The outputs whose terms can change.
    pub(super) counting: Vec<usize>,
    /// What the outputs have in common, where they are coupled.
    pub(super) common: Common,
}

/// What the units of a coupled layer have in common.
#[derive(Default)]
pub(super) struct Common {
    /// The largest input: it stays what it is, whatever is moved.
    pub(super) shift: f64,
    pub(super) parts: Vec<f64>,
    pub(super) total: f64,
}

impl Base {
    pub(super) fn new(compiled: &Compiled<'_>, lesson: &Lesson<'_>) -> Self {
        let network = lesson.network();
        let sample = lesson.exercise().sample;
        let mut base = Self {
            x: sample.x.clone(),
            y: sample.y.clone(),
            z: Vec::new(),
            out: Vec::new(),
            terms: Vec::new(),
            counting: Vec::new(),
            common: Common::default(),
        };
        let mut pile = Vec::new();
        for (layer, units) in (0..).zip(&compiled.layers) {
            let all = 0..network.units(layer) as u32;
            let z: Vec<f64> =
                all.map(|unit| lesson.value(Symbol::In { layer, unit }.into())).collect();
            match units {
                Units::Each(formula) => {
                    let program = formula.program(Choices::Anew, 0.0);
                    program.run(&[ValueRow::Each(&z)], z.len(), &mut pile);
                }
                Units::Together(together) => {
                    base.common = Common::new(together, &z, &mut pile);
                    let rows =
                        [ValueRow::Each(&base.common.parts), ValueRow::Same(base.common.total)];
                    together.share.program(Choices::Anew, 0.0).run(&rows, z.len(), &mut pile);
                }
            }
            base.out.push(pile.clone());
            base.z.push(z);
        }
        base.add_terms(compiled, &mut pile);
        base
    }

    fn add_terms(&mut self, compiled: &Compiled<'_>, pile: &mut Vec<f64>) {
        let (Some(z), Some(out)) = (self.z.last(), self.out.last()) else { return };
        let no_target = [f64::NAN].repeat(out.len());
        let y = if self.y.is_empty() { &no_target } else { &self.y };
        let common = [ValueRow::Same(self.common.shift), ValueRow::Same(self.common.total)];
        let rows =
            [ValueRow::Each(y), ValueRow::Each(z), ValueRow::Each(out), common[0], common[1]];
        compiled.term.program(Choices::Anew, 0.0).run(&rows, out.len(), pile);
        self.terms.clone_from(pile);
        self.counting =
            (0..out.len()).filter(|output| !compiled.term_is_constant(y[*output])).collect();
    }

    /// The target of an output; not a number where there is none.
    pub(super) fn target(&self, output: usize) -> f64 {
        self.y.get(output).copied().unwrap_or(f64::NAN)
    }

    /// What a parameter is multiplied with: the number that a weight starts
    /// from, 1 for a bias.
    pub(super) fn source(&self, parameter: Symbol) -> f64 {
        match parameter {
            Symbol::Weight { layer: 0, from, .. } => self.x[from as usize],
            Symbol::Weight { layer, from, .. } => self.out[layer as usize - 1][from as usize],
            Symbol::Bias { .. }
            | Symbol::Input(_)
            | Symbol::Target(_)
            | Symbol::In { .. }
            | Symbol::Out { .. }
            | Symbol::Term(_)
            | Symbol::Loss
            | Symbol::Rate
            | Symbol::Risk => 1.0,
        }
    }
}

impl Common {
    fn new(together: &CoupledLayer, z: &[f64], pile: &mut Vec<f64>) -> Self {
        let shift = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let rows = [ValueRow::Each(z), ValueRow::Same(shift)];
        together.part.program(Choices::Anew, 0.0).run(&rows, z.len(), pile);
        Self { shift, parts: pile.clone(), total: pile.iter().sum() }
    }
}
