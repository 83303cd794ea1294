//! What a gradient and its difference quotients say together.
//!
//! Two things take a quotient from the slope: rounding, which is worth
//! `noise/h`, and the bends of the loss, which are worth about `h²`. Quotients at
//! two steps show the second: where they are the same to so many digits, so is
//! the slope.

/// The ratio of two steps that follow each other.
pub(super) const RATIO: f64 = 4.0;

/// How far a gradient and a quotient may be apart where nothing else is known,
/// relative to the larger of them.
const RELATIVE: f64 = 1e-5;

/// A quotient known to this part of itself is known well enough.
const KNOWN: f64 = 1e-3;

/// The noise is an estimate: so many times as much is thought possible.
const CAUTION: f64 = 16.0;

/// A step is itself rounded, and with it what it changes, by a part of it.
const OF_A_CHANGE: f64 = 1e-8;

/// Where the loss rises on both sides, so small a part of that is as good as 0:
/// at a minimum, rounding is all that is left of the slope.
const OF_A_MINIMUM: f64 = 1e-5;

/// A difference is beyond doubt where it is so many times what is uncertain.
const BEYOND_DOUBT: f64 = 10.0;

/// Why a difference quotient decides nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecided {
    /// The loss is rounded more than the gradient moves it.
    Rounding,
    /// The loss bends so much that quotients at different steps do not agree.
    Bends,
}

/// What a gradient and its difference quotients say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GradientVerdict {
    /// They agree.
    Agrees,
    /// The loss has a kink here: the gradient is the slope on one side.
    Kink,
    /// The quotients are not known well enough.
    CannotTell(Undecided),
    /// They do not agree.
    Differs,
}

/// A central difference.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quotient {
    /// The step h.
    pub(super) step: f64,
    /// By how much the loss changes behind the parameter and ahead of it.
    pub(super) changes: [f64; 2],
    /// What both make.
    pub(super) value: f64,
    /// What rounding may have changed of it.
    pub(super) noise: f64,
    /// What the larger of the changes alone would make.
    most: f64,
}

impl Quotient {
    /// The quotient of the changes of the loss at two points, `by` apart.
    pub(super) fn new(step: f64, by: f64, changes: [f64; 2], noise_of_the_loss: f64) -> Self {
        let value = (changes[1] - changes[0]) / by;
        let most = larger(changes[0], changes[1]) / by;
        let noise = CAUTION * noise_of_the_loss / by + OF_A_CHANGE * most;
        Self { step, changes, value, noise, most }
    }

    pub(super) fn is_usable(&self) -> bool {
        self.value.is_finite() && self.noise.is_finite()
    }

    /// Whether it agrees with a gradient so well that no other step is needed.
    /// What is below `floor` is as good as 0.
    pub(super) fn settles(&self, gradient: f64, floor: f64) -> bool {
        let size = larger(gradient, self.value);
        if gradient == self.value {
            return true;
        }
        self.is_usable()
            && (gradient - self.value).abs() <= RELATIVE * size + self.noise
            && self.noise <= (KNOWN * size).max(floor).max(OF_A_MINIMUM * self.most)
    }

    /// Whether it is the same slope as another says.
    pub(super) fn is(&self, slope: f64, uncertain: f64) -> bool {
        let size = larger(self.value, slope);
        (self.value - slope).abs() <= RELATIVE * size + self.noise + uncertain
    }
}

/// What several quotients say of a gradient.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighed {
    pub(super) verdict: GradientVerdict,
    /// Which of the quotients is the best.
    pub(super) best: usize,
    /// The slope that they lead to, and how far it may be off.
    pub(super) slope: f64,
    pub(super) uncertain: f64,
}

/// Two quotients that follow each other, and where they lead.
#[derive(Clone, Copy)]
struct Pair {
    at: usize,
    slope: f64,
    uncertain: f64,
    noise: f64,
}

/// Weighs a gradient by quotients, each with [`RATIO`] times the step of the one
/// before it. What is below `floor` is as good as 0.
pub(super) fn weigh(gradient: f64, quotients: &[Quotient], floor: f64) -> Weighed {
    let pairs: Vec<Pair> = (0..quotients.len().saturating_sub(1))
        .filter(|at| quotients[*at].is_usable() && quotients[at + 1].is_usable())
        .map(|at| {
            let [near, far] = [&quotients[at], &quotients[at + 1]];
            let apart = near.value - far.value;
            let noise = near.noise + far.noise;
            let slope = near.value + apart / (RATIO * RATIO - 1.0);
            Pair { at, slope, uncertain: apart.abs() + noise, noise }
        })
        .collect();
    let best = pairs.iter().min_by(|a, b| a.uncertain.total_cmp(&b.uncertain));
    let Some(best) = best else {
        let verdict = GradientVerdict::CannotTell(Undecided::Bends);
        return Weighed { verdict, best: 0, slope: f64::NAN, uncertain: f64::INFINITY };
    };
    let apart = (gradient - best.slope).abs();
    let size = larger(gradient, best.slope);
    // Chance may bring two quotients together, but hardly three.
    let neighbours = pairs.iter().filter(|pair| pair.at.abs_diff(best.at) == 1);
    let is_sure = |pair: &Pair| {
        BEYOND_DOUBT * (pair.slope - best.slope).abs() <= apart
            && BEYOND_DOUBT * pair.uncertain <= apart
    };
    let verdict = if size + best.uncertain <= floor {
        GradientVerdict::Agrees
    } else if apart <= RELATIVE * size + best.uncertain {
        if best.uncertain <= (KNOWN * size).max(floor) {
            GradientVerdict::Agrees
        } else {
            GradientVerdict::CannotTell(best.why())
        }
    } else if is_sure(best) && neighbours.clone().any(is_sure) {
        GradientVerdict::Differs
    } else {
        GradientVerdict::CannotTell(best.why())
    };
    Weighed { verdict, best: best.at, slope: best.slope, uncertain: best.uncertain }
}

impl Weighed {
    /// The step at which a quotient would just tell the gradient from the slope:
    /// what bends within larger steps is straight there, if anywhere.
    pub(super) fn telling_step(&self, gradient: f64, noise_of_the_loss: f64) -> f64 {
        let apart = (gradient - self.slope).abs();
        CAUTION * BEYOND_DOUBT * noise_of_the_loss / apart
    }

    /// The verdict in view of the quotient at the telling step: whether the slope
    /// at larger ones is that of the gradient's own place.
    pub(super) fn confirmed_by(&self, gradient: f64, near: &Quotient) -> GradientVerdict {
        let apart = (gradient - self.slope).abs();
        if !near.is_usable() || 2.0 * (near.value - self.slope).abs() > apart {
            GradientVerdict::CannotTell(Undecided::Bends)
        } else {
            self.verdict
        }
    }
}

impl Pair {
    fn why(&self) -> Undecided {
        if 2.0 * self.noise > self.uncertain { Undecided::Rounding } else { Undecided::Bends }
    }
}

fn larger(a: f64, b: f64) -> f64 {
    a.abs().max(b.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Quotients of `f` at 0, as exact as an f64 is, with this noise.
    fn of(f: impl Fn(f64) -> f64, noise: f64) -> Vec<Quotient> {
        let steps = (-4..6).map(|power| 1e-4 * RATIO.powi(power));
        steps.map(|h| Quotient::new(h, 2.0 * h, [f(-h) - f(0.0), f(h) - f(0.0)], noise)).collect()
    }

    #[test]
    fn a_slope_is_told_from_others_near_it() {
        let quotients = of(f64::sin, 1e-16);
        let verdict = |gradient| weigh(gradient, &quotients, 1e-9).verdict;
        assert_eq!(verdict(1.0), GradientVerdict::Agrees);
        assert_eq!(verdict(1.0001), GradientVerdict::Differs);
        assert_eq!(verdict(-1.0), GradientVerdict::Differs);
        assert_eq!(verdict(0.0), GradientVerdict::Differs);
    }

    #[test]
    fn what_is_not_known_is_not_judged() {
        let why = |verdict| match verdict {
            GradientVerdict::CannotTell(why) => Some(why),
            GradientVerdict::Agrees | GradientVerdict::Kink | GradientVerdict::Differs => None,
        };
        // The noise is as large as all changes.
        let noisy = of(|x| (x * 1e3).round() / 1e3, 1e-3);
        assert_eq!(why(weigh(1.3, &noisy, 1e-9).verdict), Some(Undecided::Rounding));
        // It bends within the smallest step, and not within a much smaller one.
        let bends = |x: f64| (1e9 * x).sin();
        let weighed = weigh(1e9, &of(bends, 1e-16), 1e-9);
        let step = weighed.telling_step(1e9, 1e-16);
        let near = Quotient::new(step, 2.0 * step, [bends(-step), bends(step)], 1e-16);
        assert_eq!(why(weighed.confirmed_by(1e9, &near)), Some(Undecided::Bends));
        let nothing = of(|_| f64::NAN, 1e-16);
        assert_eq!(why(weigh(1.0, &nothing, 1e-9).verdict), Some(Undecided::Bends));
    }

    #[test]
    fn what_is_below_the_floor_is_nothing() {
        let flat = of(|_| 0.0, 1e-16);
        assert_eq!(weigh(1e-12, &flat, 1e-9).verdict, GradientVerdict::Agrees);
        assert_eq!(weigh(1e-3, &flat, 1e-9).verdict, GradientVerdict::Differs);
    }
}
