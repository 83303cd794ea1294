//! The gradient of a layer's weights and biases, added to them on the way.
//!
//! Where the layer is wide, its weights do not fit into the near caches, and the rows
//! of its operands stand so far apart that each is on a page of its own. There the
//! operands are copied together first, and the weights are gone through once, row
//! after row, as a machine expects it: 784-512-512-10 ran 1.15 times as fast in f64.

use pulp::Simd;

use super::kernel::{MANY_REGISTERS, Tiled, registers, work};
use super::real::Real;

/// Rows of weights that are worked together.
const PANEL: usize = 8;

/// Registers of a row of weights from which copying pays.
const WIDE: usize = 8;

/// Observations up to which what is copied stays in the cache.
const MOST_ROWS: usize = 128;

/// Numbers of memory to copy to that help with so many observations; none, where
/// copying does not pay.
pub(super) fn scratch<R: Real>(inputs: usize, width: usize, rows: usize) -> usize {
    let pays = width >= WIDE * R::PAD && inputs >= PANEL && rows <= MOST_ROWS;
    if pays { (PANEL + width) * rows } else { 0 }
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
    /// Memory to copy to, as much as [`scratch`] says.
    pub(super) scratch: &'a mut [R],
}

impl<'a, R: Real, P: Iterator<Item = GradientPart<'a, R>> + Clone> Gradient<'_, R, P> {
    /// Works the sum.
    #[inline(always)]
    pub(super) fn work<S: Simd>(self, simd: S) {
        let Self { parts, first, scale, width, stride, target, scratch } = self;
        let inputs = target.len() / stride;
        let out = Out { scale, stride, target };
        if scratch.is_empty() {
            work::<R, S>(simd, inputs, width, &mut Direct { parts, first, out });
            return;
        }
        let samples: usize = parts.clone().map(|part| part.signals.len() / stride).sum();
        let (panel, strips) = scratch.split_at_mut(PANEL * samples);
        let mut copied = Copied { panel, samples, out };
        for (column, registers) in strips_of::<R, S>(width) {
            let count = registers * R::lanes::<S>();
            let strip = &mut strips[column * samples..];
            let rows = parts.clone().flat_map(|part| part.signals.chunks_exact(stride));
            for (to, signals) in strip.chunks_exact_mut(count).zip(rows) {
                let signals = R::vectors::<S>(&signals[column..][..count]);
                let to = R::vectors_mut::<S>(to);
                to.iter_mut().zip(signals).for_each(|(to, signals)| *to = *signals);
            }
        }
        for row in (0..inputs).step_by(PANEL) {
            let rows = PANEL.min(inputs - row);
            copied.take(parts.clone(), first + row, rows);
            for (column, registers) in strips_of::<R, S>(width) {
                let strip = &strips[column * samples..];
                match registers {
                    3 => copied.rows::<S, 3>(simd, (row, rows), column, strip),
                    2 => copied.rows::<S, 2>(simd, (row, rows), column, strip),
                    _ => copied.rows::<S, 1>(simd, (row, rows), column, strip),
                }
            }
        }
    }
}

/// The first column of each strip, and its registers.
#[inline(always)]
fn strips_of<R: Real, S: Simd>(width: usize) -> impl Iterator<Item = (usize, usize)> {
    let mut column = 0;
    std::iter::from_fn(move || {
        let left = (width - column) / R::lanes::<S>();
        (left > 0).then(|| {
            let strip = (column, registers::<S>(left));
            column += strip.1 * R::lanes::<S>();
            strip
        })
    })
}

/// Where sums go.
struct Out<'a, R> {
    scale: R,
    stride: usize,
    target: &'a mut [R],
}

impl<R: Real> Out<'_, R> {
    #[inline(always)]
    fn add<S: Simd, const M: usize, const N: usize>(
        &mut self,
        simd: S,
        (row, column): (usize, usize),
        sums: &[[R::Vector<S>; N]; M],
    ) {
        let scale = R::splat(simd, self.scale);
        for (m, sums) in sums.iter().enumerate() {
            let target = &mut self.target[(row + m) * self.stride + column..];
            for (target, sum) in R::vectors_mut::<S>(target)[..N].iter_mut().zip(sums) {
                *target = R::fma(simd, scale, *sum, *target);
            }
        }
    }
}

/// Adds what one observation brings to the sums of a tile.
#[inline(always)]
fn add_product<R: Real, S: Simd, const M: usize, const N: usize>(
    simd: S,
    x: &[R],
    signals: &[R],
    sums: &mut [[R::Vector<S>; N]; M],
) {
    let x = &x[..M];
    let signals = &R::vectors::<S>(signals)[..N];
    for m in 0..M {
        let x = R::splat(simd, x[m]);
        for n in 0..N {
            sums[m][n] = R::fma(simd, x, signals[n], sums[m][n]);
        }
    }
}

/// A gradient that is summed from where its operands stand.
struct Direct<'a, R, P> {
    parts: P,
    first: usize,
    out: Out<'a, R>,
}

impl<'a, R: Real, P: Iterator<Item = GradientPart<'a, R>> + Clone> Tiled<R> for Direct<'_, R, P> {
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
            for (x, signals) in x.chunks_exact(apart).zip(signals.chunks_exact(self.out.stride)) {
                add_product::<R, S, M, N>(simd, &x[from..], &signals[column..], &mut sums);
            }
        }
        self.out.add(simd, (row, column), &sums);
    }
}

/// A gradient whose operands are copied together, strip by strip the signals, and a
/// few inputs at a time.
struct Copied<'a, R> {
    /// Those inputs, of one observation after the other.
    panel: &'a mut [R],
    samples: usize,
    out: Out<'a, R>,
}

impl<R: Real> Copied<'_, R> {
    /// Copies so many inputs, from this one on.
    #[inline(always)]
    fn take<'a>(
        &mut self,
        parts: impl Iterator<Item = GradientPart<'a, R>>,
        from: usize,
        count: usize,
    ) {
        let rows = parts.flat_map(|part| part.x.0.chunks_exact(part.x.1));
        for (to, x) in self.panel.chunks_exact_mut(PANEL).zip(rows) {
            let x = &x[from..][..count];
            match x.first_chunk::<PANEL>() {
                // It pays to know how many they are.
                Some(x) => to.copy_from_slice(x),
                None => to[..count].copy_from_slice(x),
            }
        }
    }

    /// Works the rows that were copied, in one strip.
    #[inline(always)]
    fn rows<S: Simd, const N: usize>(
        &mut self,
        simd: S,
        (row, rows): (usize, usize),
        column: usize,
        strip: &[R],
    ) {
        let mut at = 0;
        if S::REGISTER_COUNT >= MANY_REGISTERS && rows == PANEL {
            self.tile::<S, PANEL, N>(simd, (row, at), column, strip);
            return;
        }
        while at + 4 <= rows {
            self.tile::<S, 4, N>(simd, (row, at), column, strip);
            at += 4;
        }
        while at < rows {
            self.tile::<S, 1, N>(simd, (row, at), column, strip);
            at += 1;
        }
    }

    /// Works `M` of them.
    #[inline(always)]
    fn tile<S: Simd, const M: usize, const N: usize>(
        &mut self,
        simd: S,
        (row, at): (usize, usize),
        column: usize,
        strip: &[R],
    ) {
        let mut sums = [[R::splat(simd, R::ZERO); N]; M];
        let strip = strip.chunks_exact(N * R::lanes::<S>()).take(self.samples);
        for (x, signals) in self.panel.chunks_exact(PANEL).zip(strip) {
            add_product::<R, S, M, N>(simd, &x[at..], signals, &mut sums);
        }
        self.out.add(simd, (row + at, column), &sums);
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
