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

use pulp::{Simd, WithSimd};

use super::layout::FlatLayer;
use super::real::Real;

/// A tile of 8 rows of 3 registers, with its operands, needs 28 registers;
/// where there are fewer, tiles are 4 rows of 2.
pub(super) const MANY_REGISTERS: usize = 32;

/// A product that is worked in tiles.
pub(super) trait Tiled<R: Real> {
    /// Works `M` rows of `N` registers, from this row and column on.
    fn tile<S: Simd, const M: usize, const N: usize>(&mut self, simd: S, row: usize, column: usize);
}

/// Works a product of so many rows and columns with the largest tiles that fit.
#[inline(always)]
pub(super) fn work<R: Real, S: Simd>(
    simd: S,
    rows: usize,
    columns: usize,
    product: &mut impl Tiled<R>,
) {
    let lanes = R::lanes::<S>();
    let mut column = 0;
    while column < columns {
        let left = (columns - column) / lanes;
        // A single row has but one sum to each register of a strip.
        let registers = match left {
            8.. if rows == 1 => 8,
            4.. if rows == 1 => 4,
            _ => registers::<S>(left),
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

/// Registers of a strip, where so many are left. Strips of one keep the machine
/// waiting: rather 2 and 2 than 3 and 1.
#[inline(always)]
pub(super) const fn registers<S: Simd>(left: usize) -> usize {
    match left {
        3 | 5.. if S::REGISTER_COUNT >= MANY_REGISTERS => 3,
        2.. => 2,
        _ => 1,
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

/// Rows and columns of a piece that is transposed at once: a line of the cache of
/// the larger numbers.
const PIECE: usize = 8;

/// Writes the weights of a layer transposed, one row per unit.
pub(super) struct Turn<'a, R> {
    pub(super) layer: &'a FlatLayer,
    pub(super) parameters: &'a [R],
    pub(super) turned: &'a mut [R],
    /// Numbers from one row to the next there.
    pub(super) stride: usize,
}

impl<R: Real> WithSimd for Turn<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { layer, parameters, turned, stride } = self;
        let weights = &parameters[layer.start..][..layer.weights()];
        for (at, rows) in weights.chunks(PIECE * layer.stride).enumerate() {
            let input = at * PIECE;
            for first in (0..layer.units).step_by(PIECE) {
                let units = PIECE.min(layer.units - first);
                // The rows are padded, those of the transposed matrix too.
                let mut piece = [[R::ZERO; PIECE]; PIECE];
                for (row, to) in rows.chunks_exact(layer.stride).zip(&mut piece) {
                    if let Some(row) = row[first..].first_chunk() {
                        *to = *row;
                    }
                }
                let mut across = [[R::ZERO; PIECE]; PIECE];
                for unit in 0..PIECE {
                    for row in 0..PIECE {
                        across[unit][row] = piece[row][unit];
                    }
                }
                for (unit, row) in across.iter().enumerate().take(units) {
                    let to = &mut turned[(first + unit) * stride + input..];
                    if let Some(to) = to.first_chunk_mut() {
                        *to = *row;
                    }
                }
            }
        }
    }
}
