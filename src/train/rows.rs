//! Rows of lanes: one number for each unit of a narrow layer, padding among them, and
//! the weights of a layer in such rows, by the inputs that they leave and by the
//! units that they enter.
#![expect(clippy::needless_range_loop, reason = "iterators are not always made part of the loop")]

use pulp::Simd;

use super::layout::FlatLayer;
use super::real::Real;
use super::unit::Unit;

/// One number for each unit of a layer. A row that crosses from one line of the cache
/// to the next is read twice, and waits for what was just written.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(super) struct LaneRow<R, const L: usize>(pub(super) [R; L]);

impl<R: Real, const L: usize> LaneRow<R, L> {
    pub(super) const ZERO: Self = Self([R::ZERO; L]);

    /// Adds a number times a row.
    #[inline(always)]
    pub(super) fn add<S: Simd>(&mut self, simd: S, factor: R, row: &Self) {
        let factor = R::splat(simd, factor);
        let (sums, row) = (R::vectors_mut::<S>(&mut self.0), R::vectors::<S>(&row.0));
        for at in 0..sums.len().min(row.len()) {
            sums[at] = R::fma(simd, factor, row[at], sums[at]);
        }
    }

    /// What a layer makes of its sums.
    #[inline(always)]
    pub(super) fn apply<S: Simd>(&mut self, layer: &FlatLayer) {
        // A softmax would add up the padding too.
        if layer.unit == Unit::Softmax {
            apply::<R, S>(layer.unit, &mut self.0[..layer.units.min(L)]);
        } else {
            apply::<R, S>(layer.unit, &mut self.0);
        }
    }
}

/// What units make of their sums.
#[inline(always)]
pub(super) fn apply<R: Real, S: Simd>(unit: Unit, sums: &mut [R]) {
    let units = sums.len();
    if S::IS_SCALAR {
        unit.apply::<R, false>(sums, units, units);
    } else {
        unit.apply::<R, true>(sums, units, units);
    }
}

/// The weights and biases of a layer, or what is added to them.
#[derive(Clone)]
pub(super) struct LaneRows<R, const L: usize> {
    /// Of the weights that leave an input: one for each unit.
    pub(super) leaving: Vec<LaneRow<R, L>>,
    pub(super) biases: LaneRow<R, L>,
    /// Of the weights that enter a unit: one for each input. None in the first
    /// layer, which nothing is passed back through.
    pub(super) entering: Vec<LaneRow<R, L>>,
}

impl<R: Real, const L: usize> LaneRows<R, L> {
    pub(super) fn zeros(layer: &FlatLayer) -> Self {
        Self {
            leaving: vec![LaneRow::ZERO; layer.inputs],
            biases: LaneRow::ZERO,
            entering: Vec::new(),
        }
    }

    /// Copies the weights by the units that they enter.
    pub(super) fn turn(&mut self, units: usize) {
        self.entering.resize(units, LaneRow::ZERO);
        for (unit, row) in self.entering.iter_mut().enumerate() {
            row.0.iter_mut().zip(&self.leaving).for_each(|(to, from)| *to = from.0[unit]);
        }
    }

    /// Adds to a row what numbers times rows come to.
    #[inline(always)]
    pub(super) fn multiply<S: Simd>(
        simd: S,
        factors: &[R],
        rows: &[LaneRow<R, L>],
        sums: &mut LaneRow<R, L>,
    ) {
        let sums = R::vectors_mut::<S>(&mut sums.0);
        for part in 0..sums.len() {
            let mut sum = sums[part];
            for at in 0..factors.len().min(rows.len()) {
                let row = R::vectors::<S>(&rows[at].0);
                sum = R::fma(simd, R::splat(simd, factors[at]), row[part], sum);
            }
            sums[part] = sum;
        }
    }

    /// Takes `scale` times the gradient that signals and what enters the layer make.
    #[inline(always)]
    pub(super) fn take<S: Simd>(
        &mut self,
        simd: S,
        scale: R,
        signals: &LaneRow<R, L>,
        entering: &[R],
        keeps_biases: bool,
    ) {
        let mut scaled = *signals;
        for signal in &mut scaled.0 {
            *signal = scale * *signal;
        }
        for at in 0..entering.len().min(self.leaving.len()) {
            self.leaving[at].add(simd, entering[at], &scaled);
        }
        if !keeps_biases {
            for lane in 0..L {
                self.biases.0[lane] += scaled.0[lane];
            }
        }
        if let Some(outs) = entering.first_chunk() {
            let outs = LaneRow(*outs);
            for at in 0..self.entering.len().min(L) {
                self.entering[at].add(simd, scaled.0[at], &outs);
            }
        }
    }
}
