//! Intervals, and what operators make of them. Where an end is rounded, it is
//! rounded outwards, so that no number is lost: neither that of exact arithmetic
//! nor that of an f64.
//!
//! An infinite end stands for numbers too large for an f64, so 0 times it is 0.

/// All numbers from `lo` to `hi`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The smallest.
    pub lo: f64,
    /// The largest.
    pub hi: f64,
}

impl Interval {
    /// One number alone.
    pub const fn point(value: f64) -> Self {
        Self { lo: value, hi: value }
    }

    /// The numbers between two, in either order.
    pub const fn between(a: f64, b: f64) -> Self {
        if a <= b { Self { lo: a, hi: b } } else { Self { lo: b, hi: a } }
    }

    /// The numbers no further than `radius` from `value`.
    pub const fn around(value: f64, radius: f64) -> Self {
        Self { lo: value - radius, hi: value + radius }
    }

    /// Every number.
    pub const ALL: Self = Self { lo: f64::NEG_INFINITY, hi: f64::INFINITY };

    /// The same, `radius` wider on both sides.
    pub const fn widened(self, radius: f64) -> Self {
        Self { lo: self.lo - radius, hi: self.hi + radius }
    }

    /// Whether a number is in both.
    pub const fn overlaps(self, other: Self) -> bool {
        self.lo <= other.hi && other.lo <= self.hi
    }

    /// Whether `value` is in it.
    pub const fn contains(self, value: f64) -> bool {
        self.lo <= value && value <= self.hi
    }

    /// The smallest interval that holds both.
    pub const fn hull(self, other: Self) -> Self {
        Self { lo: self.lo.min(other.lo), hi: self.hi.max(other.hi) }
    }

    /// The numbers that are in both, if there are some.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let both = Self { lo: self.lo.max(other.lo), hi: self.hi.min(other.hi) };
        (both.lo <= both.hi).then_some(both)
    }

    /// The middle.
    pub const fn middle(self) -> f64 {
        0.5 * self.lo + 0.5 * self.hi
    }

    /// How far its ends are apart.
    pub const fn width(self) -> f64 {
        self.hi - self.lo
    }

    /// Whether it is one number alone.
    pub(super) const fn is_point(self) -> bool {
        self.lo == self.hi
    }

    /// Whether both ends are numbers.
    pub(super) const fn is_bounded(self) -> bool {
        self.lo.is_finite() && self.hi.is_finite()
    }

    /// The largest magnitude in it.
    pub(super) const fn size(self) -> f64 {
        self.lo.abs().max(self.hi.abs())
    }

    /// What both allow; where rounding parts them, or the other is undefined,
    /// the first.
    pub(super) fn cut(self, other: Self) -> Self {
        let both = Self { lo: self.lo.max(other.lo), hi: self.hi.min(other.hi) };
        if both.lo <= both.hi { both } else { self }
    }

    pub(super) const fn negated(self) -> Self {
        Self { lo: -self.hi, hi: -self.lo }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let (lo, lo_is_exact) = add(self.lo, other.lo);
        let (hi, hi_is_exact) = add(self.hi, other.hi);
        Self {
            lo: if lo_is_exact { lo } else { down(lo) },
            hi: if hi_is_exact { hi } else { up(hi) },
        }
    }

    pub(super) fn times(self, other: Self) -> Self {
        let [one, minus_one] = [Self::point(1.0), Self::point(-1.0)];
        if self == one {
            other
        } else if other == one {
            self
        } else if self == minus_one {
            other.negated()
        } else if other == minus_one {
            self.negated()
        } else {
            self.by_ends(other, multiply)
        }
    }

    pub(super) fn over(self, other: Self) -> Self {
        if self == Self::point(0.0) || other == Self::point(1.0) {
            self
        } else if other.contains(0.0) {
            Self::ALL
        } else {
            self.by_ends(other, divide)
        }
    }

    pub(super) fn squared(self) -> Self {
        let size = self.magnitude();
        size.times(size)
    }

    pub(super) const fn magnitude(self) -> Self {
        let ends = Self::between(self.lo.abs(), self.hi.abs());
        if self.contains(0.0) { Self { lo: 0.0, ..ends } } else { ends }
    }

    /// The larger of one number of each.
    pub(super) const fn larger(self, other: Self) -> Self {
        Self { lo: self.lo.max(other.lo), hi: self.hi.max(other.hi) }
    }

    /// Through a function that never falls, and that `libm` computes to within
    /// a few units of the last place. Where it is undefined, there is no end.
    pub(super) fn through(self, rising: fn(f64) -> f64) -> Self {
        let lo = rising(self.lo);
        let hi = if self.is_point() { lo } else { rising(self.hi) };
        Self {
            lo: if lo == 0.0 { lo } else { down(lo - LIBM * lo.abs().min(f64::MAX)) },
            hi: if hi == 0.0 { hi } else { up(hi + LIBM * hi.abs().min(f64::MAX)) },
        }
    }

    /// A product or quotient, which is extreme where both operands are. It was
    /// rounded to the nearest f64, unless it is 0.
    fn by_ends(self, other: Self, apply: fn(f64, f64) -> f64) -> Self {
        let (a, b) = (apply(self.lo, other.lo), apply(self.lo, other.hi));
        let (c, d) = (apply(self.hi, other.lo), apply(self.hi, other.hi));
        let (lo, hi) = (a.min(b).min(c.min(d)), a.max(b).max(c.max(d)));
        Self { lo: if lo == 0.0 { lo } else { down(lo) }, hi: if hi == 0.0 { hi } else { up(hi) } }
    }
}

/// What `libm` may be off by, in parts of its result: a little over one unit of
/// the last place, so four are safe.
pub(super) const LIBM: f64 = 4.0 * f64::EPSILON;

/// The smallest positive f64.
pub(super) const TINIEST: f64 = f64::from_bits(1);

/// The sum, and whether it is exact (Knuth's two-sum).
fn add(a: f64, b: f64) -> (f64, bool) {
    let sum = a + b;
    let of_b = sum - a;
    let lost = (a - (sum - of_b)) + (b - of_b);
    (sum, lost == 0.0)
}

/// A product; it is 0 only if a factor is.
#[inline]
fn multiply(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 {
        return 0.0;
    }
    let product = a * b;
    if product == 0.0 { TINIEST.copysign(product) } else { product }
}

/// A quotient; it is 0 only if the number divided is.
#[inline]
fn divide(a: f64, b: f64) -> f64 {
    let quotient = a / b;
    if quotient == 0.0 && a != 0.0 { TINIEST.copysign(quotient) } else { quotient }
}

/// The next smaller f64; there is no end below what is undefined.
fn down(value: f64) -> f64 {
    if value.is_nan() { f64::NEG_INFINITY } else { value.next_down() }
}

/// The next larger f64; there is no end above what is undefined.
fn up(value: f64) -> f64 {
    if value.is_nan() { f64::INFINITY } else { value.next_up() }
}
