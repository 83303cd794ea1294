//! Products of matrices, as a layer needs them.
//!
//! Each product is worked in tiles: a few rows times a few registers of
//! columns, all of whose sums stay in registers while the terms go by. Every
//! sum is taken in one order, whatever tile it falls into, so a product does
//! not depend on how its rows are shared out.
//!
//! Why not a library: the products here are small (64×784 times 784×128 is a
//! large one), and what comes before and after them can be done on the way, the
//! biases as the first term, the update of the weights as the last. Measured on
//! one core of a shared machine with AVX-512 whose limit is 96 GFLOP/s in f32
//! and 49 in f64, the best of several runs: the bare products of matrixmultiply
//! 0.3 reach 67 forward and 80 to 100 for the gradient (f64: 47 and 39) in
//! 784×128 with 64 rows, and 31 and 67 (f64: 28 and 32) in 64×32 with 32 rows.
//! Whole steps with these tiles, exp and all, reach 96 (f64: 49) in 784-128-10
//! and 61 (f64: 29) in 64-32-10. Tiles of 8 rows of 3 registers were better
//! than of 2 (f32: 0.214 against 0.19 million samples per second), and rows
//! that do not begin a power of two apart better than those that do (f64: 0.118
//! against 0.092).

use pulp::Simd;

use super::layout::FlatLayer;
use super::real::Real;

/// A tile of 8 rows of 3 registers, with its operands, needs 28 registers;
/// where there are fewer, tiles are 4 rows of 2.
const MANY_REGISTERS: usize = 32;

/// A product that is worked in tiles.
trait Tiled<R: Real> {
    /// Works `M` rows of `N` registers, from this row and column on.
    fn tile<S: Simd, const M: usize, const N: usize>(&mut self, simd: S, row: usize, column: usize);
}

/// Works a product of so many rows and columns with the largest tiles that fit.
#[inline(always)]
fn work<R: Real, S: Simd>(simd: S, rows: usize, columns: usize, product: &mut impl Tiled<R>) {
    let lanes = R::lanes::<S>();
    let mut column = 0;
    while column < columns {
        let left = (columns - column) / lanes;
        // Strips of one register keep the machine waiting: rather 2 and 2 than
        // 3 and 1. A single row has but one sum to each register of a strip.
        let registers = match left {
            8.. if rows == 1 => 8,
            4.. if rows == 1 => 4,
            3 | 5.. if S::REGISTER_COUNT >= MANY_REGISTERS => 3,
            2.. => 2,
            _ => 1,
        };
        match registers {
            8 => strip::<R, S, 8>(simd, rows, column, product),
            4 => strip::<R, S, 4>(simd, rows, column, product),
            3 => strip::<R, S, 3>(simd, rows, column, product),
            2 => strip::<R, S, 2>(simd, rows, column, product),
            _ => strip::<R, S, 1>(simd, rows, column, product),
        }
        column += registers * lanes;
    }
}

/// Works all rows of `N` registers of columns.
#[inline(always)]
fn strip<R: Real, S: Simd, const N: usize>(
    simd: S,
    rows: usize,
    column: usize,
    product: &mut impl Tiled<R>,
) {
    let mut row = 0;
    if S::REGISTER_COUNT >= MANY_REGISTERS {
        while row + 8 <= rows {
            product.tile::<S, 8, N>(simd, row, column);
            row += 8;
        }
    }
    while row + 4 <= rows {
        product.tile::<S, 4, N>(simd, row, column);
        row += 4;
    }
    while row < rows {
        product.tile::<S, 1, N>(simd, row, column);
        row += 1;
    }
}

/// `out = left·right`, and biases added to each row.
pub(super) struct ForwardKernel<'a, R> {
    /// Rows of the left matrix, and how far they are apart.
    pub(super) left: (&'a [R], usize),
    /// Numbers of a left row that count.
    pub(super) depth: usize,
    /// The right matrix, padded.
    pub(super) right: &'a [R],
    /// Biases, padded, or none.
    pub(super) biases: &'a [R],
    /// Numbers of a row that are computed.
    pub(super) width: usize,
    /// Numbers from one row to the next, on the right and in `out`.
    pub(super) stride: usize,
    /// The product.
    pub(super) out: &'a mut [R],
}

impl<R: Real> ForwardKernel<'_, R> {
    /// Works the product.
    #[inline(always)]
    pub(super) fn work<S: Simd>(mut self, simd: S) {
        let (rows, width) = (self.out.len() / self.stride, self.width);
        work::<R, S>(simd, rows, width, &mut self);
    }
}

impl<R: Real> Tiled<R> for ForwardKernel<'_, R> {
    #[inline(always)]
    fn tile<S: Simd, const M: usize, const N: usize>(
        &mut self,
        simd: S,
        row: usize,
        column: usize,
    ) {
        let mut sums = [[R::splat(simd, R::ZERO); N]; M];
        if !self.biases.is_empty() {
            let biases = &R::vectors::<S>(&self.biases[column..])[..N];
            sums.iter_mut().for_each(|sums| sums.copy_from_slice(biases));
        }
        let (left, apart) = self.left;
        let left: [&[R]; M] = std::array::from_fn(|m| &left[(row + m) * apart..][..self.depth]);
        for (k, right) in self.right.chunks_exact(self.stride).take(self.depth).enumerate() {
            let right = &R::vectors::<S>(&right[column..])[..N];
            for m in 0..M {
                let left = R::splat(simd, left[m][k]);
                for n in 0..N {
                    sums[m][n] = R::fma(simd, left, right[n], sums[m][n]);
                }
            }
        }
        for (m, sums) in sums.iter().enumerate() {
            let out = &mut self.out[(row + m) * self.stride + column..];
            R::vectors_mut::<S>(out)[..N].copy_from_slice(sums);
        }
    }
}

/// What a part of a batch brings to a gradient: what went into the layer, how
/// far its rows are apart, and the signals of its units.
#[derive(Clone, Copy)]
pub(super) struct GradientPart<'a, R> {
    pub(super) x: (&'a [R], usize),
    pub(super) signals: &'a [R],
}

/// `target += scale·Σ xᵀ·signals`, the gradient of weights.
pub(super) struct Gradient<'a, R, P> {
    /// What is summed.
    pub(super) parts: P,
    /// The input that the first row of `target` leads from.
    pub(super) first: usize,
    /// α, and what makes a mean of a sum.
    pub(super) scale: R,
    /// Numbers of a row that are computed.
    pub(super) width: usize,
    /// Numbers from one row to the next, of signals and of `target`.
    pub(super) stride: usize,
    /// Rows of weights.
    pub(super) target: &'a mut [R],
}

impl<'a, R: Real, P: Iterator<Item = GradientPart<'a, R>> + Clone> Gradient<'_, R, P> {
    /// Works the sum.
    #[inline(always)]
    pub(super) fn work<S: Simd>(mut self, simd: S) {
        let (rows, width) = (self.target.len() / self.stride, self.width);
        work::<R, S>(simd, rows, width, &mut self);
    }
}

impl<'a, R: Real, P: Iterator<Item = GradientPart<'a, R>> + Clone> Tiled<R> for Gradient<'_, R, P> {
    #[inline(always)]
    fn tile<S: Simd, const M: usize, const N: usize>(
        &mut self,
        simd: S,
        row: usize,
        column: usize,
    ) {
        let mut sums = [[R::splat(simd, R::ZERO); N]; M];
        let from = self.first + row;
        for GradientPart { x: (x, apart), signals } in self.parts.clone() {
            for (x, signals) in x.chunks_exact(apart).zip(signals.chunks_exact(self.stride)) {
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
        let scale = R::splat(simd, self.scale);
        for (m, sums) in sums.iter().enumerate() {
            let target = &mut self.target[(row + m) * self.stride + column..];
            for (target, sum) in R::vectors_mut::<S>(target)[..N].iter_mut().zip(sums) {
                *target = R::fma(simd, scale, *sum, *target);
            }
        }
    }
}

/// `target += scale·Σ signals`, the gradient of biases.
#[inline(always)]
pub(super) fn add_signals<'a, R: Real, S: Simd>(
    simd: S,
    parts: impl Iterator<Item = GradientPart<'a, R>> + Clone,
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
pub(super) fn turn<R: Real>(layer: &FlatLayer, parameters: &[R], turned: &mut [R], stride: usize) {
    let weights = &parameters[layer.start..][..layer.weights()];
    for (input, row) in weights.chunks_exact(layer.stride).enumerate() {
        for (unit, weight) in row[..layer.units].iter().enumerate() {
            turned[unit * stride + input] = *weight;
        }
    }
}
