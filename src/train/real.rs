//! Numbers that a network is trained in: f64, or f32 at half the memory and
//! twice the numbers per instruction.
//!
//! The vector instructions of the machine are chosen when the program runs, so
//! a plain `cargo build --release` uses what is there: [`pulp`] hands the
//! kernels a `Simd`, and this file says which of its operations belong to
//! which kind of number.

use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use pulp::Simd;

/// A number that a network is trained in.
pub trait Real:
    Copy
    + Send
    + Sync
    + PartialEq
    + PartialOrd
    + Add<Output = Self>
    + AddAssign
    + Sub<Output = Self>
    + SubAssign
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + 'static
{
    /// Several numbers in one register.
    type Vector<S: Simd>: Copy;

    /// Rows of a matrix are as long as a multiple of this: 64 bytes, the widest
    /// register and a line of the cache.
    const PAD: usize;

    /// 0.
    const ZERO: Self;
    /// 1.
    const ONE: Self;

    /// The nearest number to an f64.
    fn of(value: f64) -> Self;
    /// As an f64, exactly.
    fn wide(self) -> f64;
    /// Whether it is neither infinite nor undefined.
    fn is_finite(self) -> bool;
    /// `self·factor + addend`; rounded once where `FUSED`.
    fn times_plus<const FUSED: bool>(self, factor: Self, addend: Self) -> Self;
    /// `exp(self) = scale·(1 + rest)`, as scale and rest, so that `exp(self) - 1` keeps its
    /// digits near 0.
    fn exp_parts<const FUSED: bool>(self) -> (Self, Self);

    /// How many stand in a register.
    fn lanes<S: Simd>() -> usize;
    /// The same number in all places.
    fn splat<S: Simd>(simd: S, value: Self) -> Self::Vector<S>;
    /// The registers that a slice fills.
    fn vectors<S: Simd>(values: &[Self]) -> &[Self::Vector<S>];
    /// The registers that a slice fills, to be written.
    fn vectors_mut<S: Simd>(values: &mut [Self]) -> &mut [Self::Vector<S>];
    /// `a·b + c`
    fn fma<S: Simd>(
        simd: S,
        a: Self::Vector<S>,
        b: Self::Vector<S>,
        c: Self::Vector<S>,
    ) -> Self::Vector<S>;
    /// `a + b`
    fn sum<S: Simd>(simd: S, a: Self::Vector<S>, b: Self::Vector<S>) -> Self::Vector<S>;
}

macro_rules! real {
    ($real:ident, $pad:literal, $exp:ident, $lanes:ident, $register:ident, $splat:ident,
     $vectors:ident, $vectors_mut:ident, $fma:ident, $sum:ident) => {
        impl Real for $real {
            type Vector<S: Simd> = S::$register;

            const PAD: usize = $pad;
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;

            #[inline(always)]
            fn of(value: f64) -> Self {
                value as Self
            }

            #[inline(always)]
            fn wide(self) -> f64 {
                f64::from(self)
            }

            #[inline(always)]
            fn is_finite(self) -> bool {
                self.is_finite()
            }

            #[inline(always)]
            fn times_plus<const FUSED: bool>(self, factor: Self, addend: Self) -> Self {
                if FUSED { self.mul_add(factor, addend) } else { self * factor + addend }
            }

            #[inline(always)]
            fn exp_parts<const FUSED: bool>(self) -> (Self, Self) {
                super::curve::$exp::<FUSED>(self)
            }

            #[inline(always)]
            fn lanes<S: Simd>() -> usize {
                S::$lanes
            }

            #[inline(always)]
            fn splat<S: Simd>(simd: S, value: Self) -> S::$register {
                simd.$splat(value)
            }

            #[inline(always)]
            fn vectors<S: Simd>(values: &[Self]) -> &[S::$register] {
                S::$vectors(values).0
            }

            #[inline(always)]
            fn vectors_mut<S: Simd>(values: &mut [Self]) -> &mut [S::$register] {
                S::$vectors_mut(values).0
            }

            #[inline(always)]
            fn fma<S: Simd>(
                simd: S,
                a: S::$register,
                b: S::$register,
                c: S::$register,
            ) -> S::$register {
                simd.$fma(a, b, c)
            }

            #[inline(always)]
            fn sum<S: Simd>(simd: S, a: S::$register, b: S::$register) -> S::$register {
                simd.$sum(a, b)
            }
        }
    };
}

real!(
    f64,
    8,
    exp_parts_f64,
    F64_LANES,
    f64s,
    splat_f64s,
    as_simd_f64s,
    as_mut_simd_f64s,
    mul_add_e_f64s,
    add_f64s
);
real!(
    f32,
    16,
    exp_parts_f32,
    F32_LANES,
    f32s,
    splat_f32s,
    as_simd_f32s,
    as_mut_simd_f32s,
    mul_add_e_f32s,
    add_f32s
);
