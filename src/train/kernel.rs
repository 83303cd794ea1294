//! Products of matrices, as a layer needs them.
//!
//! Each product is worked in tiles: a few rows times a few registers of
//! columns, all of whose sums stay in registers while the terms go by. Every
//! sum is taken in one order, whatever tile it falls into, so a product does
//! not depend on how its rows are shared out.

use pulp::Simd;

use super::layout::Layer;
use super::real::Real;

/// Rows of the largest tile: 8 rows of 2 registers leave room for the operands
/// in 32 registers, 4 rows of 2 in 16.
const fn most_rows<S: Simd>() -> usize {
    if S::REGISTER_COUNT >= 32 { 8 } else { 4 }
}

/// Calls a tile function with as many rows and registers as are left.
macro_rules! tiles {
    ($simd:ident, $rows:expr, $columns:expr, $tile:ident, $($argument:expr),*) => {{
        let (rows, columns) = ($rows, $columns);
        let lanes = R::lanes::<S>();
        let mut column = 0;
        while column < columns {
            let wide = columns - column >= 2 * lanes;
            let mut row = 0;
            while row < rows {
                let left = rows - row;
                row += match (left, wide) {
                    (8.., true) if most_rows::<S>() == 8 => $tile::<R, S, 8, 2>($simd, row, column, $($argument),*),
                    (8.., false) if most_rows::<S>() == 8 => $tile::<R, S, 8, 1>($simd, row, column, $($argument),*),
                    (4.., true) => $tile::<R, S, 4, 2>($simd, row, column, $($argument),*),
                    (4.., false) => $tile::<R, S, 4, 1>($simd, row, column, $($argument),*),
                    (2.., true) => $tile::<R, S, 2, 2>($simd, row, column, $($argument),*),
                    (2.., false) => $tile::<R, S, 2, 1>($simd, row, column, $($argument),*),
                    (_, true) => $tile::<R, S, 1, 2>($simd, row, column, $($argument),*),
                    (_, false) => $tile::<R, S, 1, 1>($simd, row, column, $($argument),*),
                };
            }
            column += if wide { 2 * lanes } else { lanes };
        }
    }};
}

/// `sums = x·W + b`: rows of `x` are `layer.inputs` apart at `x_stride`.
#[inline(always)]
pub(super) fn forward<R: Real, S: Simd>(
    simd: S,
    layer: &Layer,
    parameters: &[R],
    x: &[R],
    x_stride: usize,
    rows: usize,
    sums: &mut [R],
) {
    let (weights, biases) = parameters[layer.start..][..layer.length()].split_at(layer.weights());
    let x = Rows { values: x, stride: x_stride, length: layer.inputs };
    tiles!(simd, rows, layer.stride, forward_tile, x, weights, biases, layer.stride, &mut *sums);
}

/// `back = signals·Wᵀ`, from weights that stand transposed in `turned`.
#[inline(always)]
pub(super) fn back<R: Real, S: Simd>(
    simd: S,
    signals: &[R],
    signals_stride: usize,
    units: usize,
    turned: &[R],
    stride: usize,
    rows: usize,
    back: &mut [R],
) {
    let signals = Rows { values: signals, stride: signals_stride, length: units };
    tiles!(simd, rows, stride, forward_tile, signals, turned, &[], stride, &mut *back);
}

/// Rows of a matrix, of which the first `length` numbers count.
#[derive(Clone, Copy)]
struct Rows<'a, R> {
    values: &'a [R],
    stride: usize,
    length: usize,
}

impl<'a, R> Rows<'a, R> {
    #[inline(always)]
    fn several<const M: usize>(self, first: usize) -> [&'a [R]; M] {
        std::array::from_fn(|m| &self.values[(first + m) * self.stride..][..self.length])
    }
}

#[inline(always)]
fn forward_tile<R: Real, S: Simd, const M: usize, const N: usize>(
    simd: S,
    row: usize,
    column: usize,
    x: Rows<'_, R>,
    weights: &[R],
    biases: &[R],
    stride: usize,
    out: &mut [R],
) -> usize {
    let mut sums = [[R::splat(simd, R::ZERO); N]; M];
    if !biases.is_empty() {
        let biases = &R::vectors::<S>(&biases[column..])[..N];
        sums.iter_mut().for_each(|sums| sums.copy_from_slice(biases));
    }
    let x = x.several::<M>(row);
    let depth = x[0].len();
    for (k, weights) in weights.chunks_exact(stride).take(depth).enumerate() {
        let weights = &R::vectors::<S>(&weights[column..])[..N];
        for m in 0..M {
            let x = R::splat(simd, x[m][k]);
            for n in 0..N {
                sums[m][n] = R::fma(simd, x, weights[n], sums[m][n]);
            }
        }
    }
    for (m, sums) in sums.iter().enumerate() {
        let out = &mut out[(row + m) * stride + column..];
        R::vectors_mut::<S>(out)[..N].copy_from_slice(sums);
    }
    M
}

/// What a part of a batch brings to a gradient: what went into the layer, and
/// the signals of its units.
#[derive(Clone, Copy)]
pub(super) struct Part<'a, R> {
    pub(super) x: &'a [R],
    pub(super) x_stride: usize,
    pub(super) signals: &'a [R],
}

/// `target += scale·xᵀ·signals` over all parts, for rows of weights that begin
/// at the input `first`.
#[inline(always)]
pub(super) fn gradient<'a, R: Real, S: Simd>(
    simd: S,
    parts: impl Iterator<Item = Part<'a, R>> + Clone,
    first: usize,
    scale: R,
    stride: usize,
    target: &mut [R],
) {
    let rows = target.len() / stride;
    tiles!(simd, rows, stride, gradient_tile, parts.clone(), first, scale, stride, &mut *target);
}

#[inline(always)]
fn gradient_tile<'a, R: Real, S: Simd, const M: usize, const N: usize>(
    simd: S,
    row: usize,
    column: usize,
    parts: impl Iterator<Item = Part<'a, R>>,
    first: usize,
    scale: R,
    stride: usize,
    target: &mut [R],
) -> usize {
    let mut sums = [[R::splat(simd, R::ZERO); N]; M];
    let from = first + row;
    for part in parts {
        let rows = part.x.chunks_exact(part.x_stride).zip(part.signals.chunks_exact(stride));
        for (x, signals) in rows {
            let x = &x[from..][..M];
            let signals = &R::vectors::<S>(&signals[column..])[..N];
            for m in 0..M {
                let x = R::splat(simd, x[m]);
                for n in 0..N {
                    sums[m][n] = R::fma(simd, x, signals[n], sums[m][n]);
                }
            }
        }
    }
    let scale = R::splat(simd, scale);
    for (m, sums) in sums.iter().enumerate() {
        let target = &mut target[(row + m) * stride + column..];
        for (target, sum) in R::vectors_mut::<S>(target)[..N].iter_mut().zip(sums) {
            *target = R::fma(simd, scale, *sum, *target);
        }
    }
    M
}

/// `target += scale·Σ signals`, the gradient of the biases.
#[inline(always)]
pub(super) fn gradient_of_biases<'a, R: Real, S: Simd>(
    simd: S,
    parts: impl Iterator<Item = Part<'a, R>> + Clone,
    scale: R,
    target: &mut [R],
) {
    let stride = target.len();
    for (at, target) in R::vectors_mut::<S>(target).iter_mut().enumerate() {
        let mut sum = R::splat(simd, R::ZERO);
        for signals in parts.clone().flat_map(|part| part.signals.chunks_exact(stride)) {
            sum = R::sum(simd, sum, R::vectors::<S>(signals)[at]);
        }
        *target = R::fma(simd, R::splat(simd, scale), sum, *target);
    }
}

/// Writes the weights of a layer transposed, one row per unit.
#[inline(always)]
pub(super) fn turn<R: Real>(layer: &Layer, parameters: &[R], turned: &mut [R], stride: usize) {
    let weights = &parameters[layer.start..][..layer.weights()];
    for (input, row) in weights.chunks_exact(layer.stride).enumerate() {
        for (unit, weight) in row[..layer.units].iter().enumerate() {
            turned[unit * stride + input] = *weight;
        }
    }
}
