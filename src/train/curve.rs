//! exp, σ and tanh, written so that a compiler can work many of them at once:
//! no branch, no table, no call. The exp of the standard library is worked one
//! number at a time, and in a small network it takes most of the time.
//!
//! `x = k·ln 2 + r` with a whole k and `|r| ≤ ln 2 / 2`, so
//! `exp(x) = 2^k·exp(r)`, and the series of `exp(r) - 1` is short. It is kept
//! apart from the 1, so that `exp(x) - 1`, and with it tanh, has all its digits
//! near 0.

use super::real::Real;

/// `exp(x)`. Below -708 (f32: -87) it stays at about 3e-308 (f32: 2e-38), above
/// 709 (f32: 88) at about 8e307 (f32: 2e38); undefined stays undefined.
#[inline(always)]
pub(super) fn exp<R: Real, const FUSED: bool>(x: R) -> R {
    let (scale, rest) = x.exp_parts::<FUSED>();
    scale.times_plus::<FUSED>(rest, scale)
}

/// `1/(1 + exp(-z))`
#[inline(always)]
pub(super) fn sigmoid<R: Real, const FUSED: bool>(z: R) -> R {
    R::ONE / (R::ONE + exp::<R, FUSED>(-z))
}

/// `tanh(z) = (exp(2z) - 1)/(exp(2z) + 1)`
#[inline(always)]
pub(super) fn tanh<R: Real, const FUSED: bool>(z: R) -> R {
    // From 20 on, tanh is 1 to an f64, and exp squared would overflow later.
    let twice = clamp(z + z, R::of(-40.0), R::of(40.0));
    let (scale, rest) = twice.exp_parts::<FUSED>();
    let less_one = scale.times_plus::<FUSED>(rest, scale - R::ONE);
    less_one / (less_one + R::ONE + R::ONE)
}

/// Keeps x within bounds, and undefined where it is.
#[inline(always)]
fn clamp<R: PartialOrd>(x: R, least: R, most: R) -> R {
    let x = if x < least { least } else { x };
    if x > most { most } else { x }
}

/// Adding it leaves the nearest whole number in the last bits of the sum.
const ROUND_F64: f64 = 6_755_399_441_055_744.0;
const ROUND_F32: f32 = 12_582_912.0;

/// ln 2, as a number with zeros at its end and what is left, so that k times
/// the first is exact.
const LN_2_F64: (f64, f64) = (0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10);
const LN_2_F32: (f32, f32) = (355.0 / 512.0, -2.121_944_4e-4);

#[inline(always)]
pub(super) fn exp_parts_f64<const FUSED: bool>(x: f64) -> (f64, f64) {
    let x = clamp(x, -708.0, 709.0);
    let shifted = x.times_plus::<FUSED>(std::f64::consts::LOG2_E, ROUND_F64);
    let k = shifted - ROUND_F64;
    let r = (-k).times_plus::<FUSED>(LN_2_F64.0, x);
    let r = (-k).times_plus::<FUSED>(LN_2_F64.1, r);
    // Bits of k, moved to where the exponent stands.
    let scale = f64::from_bits((shifted.to_bits() << 52).wrapping_add(1.0_f64.to_bits()));
    // 1/2 + r/6 + … + r^11/13!, by pairs: the next term is 4e-18.
    let pair = |a: f64, b: f64| r.times_plus::<FUSED>(b, a);
    let r2 = r * r;
    let r4 = r2 * r2;
    let low = r2.times_plus::<FUSED>(pair(1.0 / 24.0, 1.0 / 120.0), pair(0.5, 1.0 / 6.0));
    let middle = r2.times_plus::<FUSED>(
        pair(1.0 / 40_320.0, 1.0 / 362_880.0),
        pair(1.0 / 720.0, 1.0 / 5_040.0),
    );
    let high = r2.times_plus::<FUSED>(
        pair(1.0 / 479_001_600.0, 1.0 / 6_227_020_800.0),
        pair(1.0 / 3_628_800.0, 1.0 / 39_916_800.0),
    );
    let series = r4.times_plus::<FUSED>(r4.times_plus::<FUSED>(high, middle), low);
    (scale, r2.times_plus::<FUSED>(series, r))
}

#[inline(always)]
pub(super) fn exp_parts_f32<const FUSED: bool>(x: f32) -> (f32, f32) {
    let x = clamp(x, -87.0, 88.0);
    let shifted = x.times_plus::<FUSED>(std::f32::consts::LOG2_E, ROUND_F32);
    let k = shifted - ROUND_F32;
    let r = (-k).times_plus::<FUSED>(LN_2_F32.0, x);
    let r = (-k).times_plus::<FUSED>(LN_2_F32.1, r);
    let scale = f32::from_bits((shifted.to_bits() << 23).wrapping_add(1.0_f32.to_bits()));
    // 1/2 + r/6 + … + r^5/7!: the next term is 5e-9.
    let pair = |a: f32, b: f32| r.times_plus::<FUSED>(b, a);
    let r2 = r * r;
    let low = r2.times_plus::<FUSED>(pair(1.0 / 24.0, 1.0 / 120.0), pair(0.5, 1.0 / 6.0));
    let high = pair(1.0 / 720.0, 1.0 / 5_040.0);
    let series = (r2 * r2).times_plus::<FUSED>(high, low);
    (scale, r2.times_plus::<FUSED>(series, r))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The distance of two numbers in units of the last place of the second.
    fn units(a: f64, b: f64, epsilon: f64) -> f64 {
        ((a - b) / (b.abs() * epsilon)).abs()
    }

    /// Numbers from -`most` to `most`, near 0 and far out.
    fn range(most: f64) -> impl Iterator<Item = f64> {
        let even = (-200_000..=200_000).map(move |at| f64::from(at) * most / 200_000.0);
        let small = (-300..=0).map(|tenths| 10.0_f64.powf(f64::from(tenths) / 10.0));
        even.chain(small.flat_map(|x| [x, -x]))
    }

    fn exps<const FUSED: bool>() {
        for x in range(708.0) {
            assert!(units(exp::<f64, FUSED>(x), x.exp(), f64::EPSILON) <= 2.0, "{x}");
        }
        for x in range(87.0).map(|x| x as f32) {
            let (ours, theirs) = (exp::<f32, FUSED>(x), f64::from(x).exp());
            assert!(units(f64::from(ours), theirs, f64::from(f32::EPSILON)) <= 2.0, "{x}");
        }
    }

    fn tanhs<const FUSED: bool>() {
        for x in range(30.0).filter(|x| *x != 0.0) {
            assert!(units(tanh::<f64, FUSED>(x), x.tanh(), f64::EPSILON) <= 4.0, "{x}");
        }
        for x in range(30.0).map(|x| x as f32).filter(|x| *x != 0.0) {
            let (ours, theirs) = (tanh::<f32, FUSED>(x), f64::from(x).tanh());
            assert!(units(f64::from(ours), theirs, f64::from(f32::EPSILON)) <= 4.0, "{x}");
        }
    }

    #[test]
    fn exp_is_right_to_the_last_digit_but_one() {
        exps::<true>();
        exps::<false>();
    }

    #[test]
    fn tanh_keeps_its_digits_near_zero() {
        tanhs::<true>();
        tanhs::<false>();
    }

    #[test]
    fn far_out_nothing_overflows_and_undefined_stays_undefined() {
        for x in [-1e300, -1000.0, 1000.0, 1e300] {
            assert!(exp::<f64, true>(x).is_finite() && exp::<f32, true>(x as f32).is_finite());
            assert_eq!(
                sigmoid::<f64, true>(x),
                if x > 0.0 { 1.0 } else { sigmoid::<f64, true>(-800.0) }
            );
            assert_eq!(tanh::<f64, true>(x), x.signum());
        }
        assert!(sigmoid::<f64, true>(f64::NEG_INFINITY) < 1e-300);
        assert!(exp::<f64, true>(f64::NAN).is_nan() && exp::<f32, true>(f32::NAN).is_nan());
        assert!(tanh::<f64, true>(f64::NAN).is_nan() && sigmoid::<f32, true>(f32::NAN).is_nan());
    }
}
