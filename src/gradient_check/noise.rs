//! How far rounding may take the loss: no difference of two losses says more
//! than this leaves of it.

use super::base::Base;
use super::compiled::{Compiled, OUT, PART, SHIFT, TOTAL, Units, Y, Z};
use crate::expr::{Noisy, noisy};
use crate::name::{Name, Symbol};

/// The noise of the loss of one sample or of several.
#[derive(Clone, Default)]
pub(super) struct LossNoise {
    /// The square of that of what each output adds,
    squares: Vec<f64>,
    /// and what it would be if the layers before rounded nothing: they stay as
    /// they are when a weight of the last is moved.
    alone: Vec<f64>,
}

impl LossNoise {
    /// The noise of one sample, every unit rounding its input and its output.
    pub(super) fn of(compiled: &Compiled<'_>, base: &Base) -> Self {
        // What the layer before passes on: the sample is exact.
        let mut before = vec![0.0; base.x.len()];
        let mut noise = Self::default();
        for (at, units) in compiled.layers.iter().enumerate() {
            let z = inputs(compiled, base, at, &before);
            let (out, total) = outputs(base, units, &z, &base.out[at]);
            if at + 1 == compiled.layers.len() {
                noise.squares = terms(compiled, base, &z, &out, total);
                let z = inputs(compiled, base, at, &[]);
                let (out, total) = outputs(base, units, &z, &base.out[at]);
                noise.alone = terms(compiled, base, &z, &out, total);
            }
            before = out.into_iter().map(|out| out.noise).collect();
        }
        noise
    }

    /// Takes in the noise of another sample.
    pub(super) fn add(&mut self, other: &Self) {
        add(&mut self.squares, &other.squares);
        add(&mut self.alone, &other.alone);
    }

    /// The noise of all that moves with a parameter: of the last layer, one
    /// output or, where they are coupled, all; of the others, the whole loss.
    pub(super) fn behind(&self, compiled: &Compiled<'_>, parameter: Symbol) -> f64 {
        let last = compiled.network.depth() - 1;
        let is_alone = matches!(compiled.layers[last as usize], Units::Each(_));
        match parameter {
            Symbol::Weight { layer, to: unit, .. } | Symbol::Bias { layer, unit }
                if layer == last =>
            {
                if is_alone {
                    self.alone[unit as usize].sqrt()
                } else {
                    root(&self.alone)
                }
            }
            Symbol::Weight { .. }
            | Symbol::Bias { .. }
            | Symbol::Input(_)
            | Symbol::Target(_)
            | Symbol::In { .. }
            | Symbol::Out { .. }
            | Symbol::Term(_)
            | Symbol::Loss
            | Symbol::Rate
            | Symbol::Risk => self.whole(),
        }
    }

    /// The noise of the whole loss.
    pub(super) fn whole(&self) -> f64 {
        root(&self.squares)
    }
}

fn add(own: &mut Vec<f64>, other: &[f64]) {
    own.resize(other.len(), 0.0);
    own.iter_mut().zip(other).for_each(|(own, other)| *own += other);
}

fn root(squares: &[f64]) -> f64 {
    squares.iter().sum::<f64>().sqrt()
}

/// Inputs of the units of a layer.
fn inputs(compiled: &Compiled<'_>, base: &Base, layer: usize, before: &[f64]) -> Vec<Noisy> {
    let weights = &compiled.network.layers[layer].weights;
    let z = &base.z[layer];
    let mut squares: Vec<f64> = z.iter().map(|z| (f64::EPSILON * z).powi(2)).collect();
    for (from, noise) in before.iter().enumerate().filter(|(_, noise)| **noise > 0.0) {
        let row = &weights.values()[from * z.len()..][..z.len()];
        for (square, weight) in squares.iter_mut().zip(row) {
            *square += (weight * noise).powi(2);
        }
    }
    z.iter().zip(squares).map(|(z, square)| Noisy { value: *z, noise: square.sqrt() }).collect()
}

/// Outputs of the units of a layer, and what they have in common.
fn outputs(base: &Base, units: &Units, z: &[Noisy], out: &[f64]) -> (Vec<Noisy>, Noisy) {
    match units {
        Units::Each(formula) => {
            let noise = |z: &Noisy| noisy(&formula.tree, &|_| *z).noise;
            let noisy = |(z, value): (_, &f64)| Noisy { value: *value, noise: noise(z) };
            (z.iter().zip(out).map(noisy).collect(), Noisy::exact(0.0))
        }
        Units::Together(together) => {
            let shift = Noisy::exact(base.common.shift);
            let part = |z: &Noisy| {
                noisy(&together.part.tree, &|name| if name == SHIFT { shift } else { *z })
            };
            let parts: Vec<Noisy> = z.iter().map(part).collect();
            let squares: f64 = parts.iter().map(|part| part.noise.powi(2)).sum();
            let value = base.common.total;
            let noise = squares.sqrt() + f64::EPSILON * value;
            let total = Noisy { value, noise };
            let share = |part: &Noisy| {
                noisy(&together.share.tree, &|name| if name == PART { *part } else { total })
            };
            (parts.iter().map(share).collect(), total)
        }
    }
}

/// The squares of the noise of what the outputs add.
fn terms(
    compiled: &Compiled<'_>,
    base: &Base,
    z: &[Noisy],
    out: &[Noisy],
    total: Noisy,
) -> Vec<f64> {
    let mut squares = vec![0.0; out.len()];
    for &output in &base.counting {
        let term = noisy(&compiled.term.tree, &|name| match name {
            Y => Noisy::exact(base.target(output)),
            Z => z[output],
            OUT => out[output],
            TOTAL => total,
            Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => {
                Noisy::exact(base.common.shift)
            }
        });
        squares[output] = (term.noise / compiled.divisor).powi(2);
    }
    squares
}
