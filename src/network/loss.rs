//! Losses. Each is one entry of [`ALL`]: what one output adds and its slope,
//! both as trees, which outputs and targets it accepts, and a line why.

use std::fmt;

use super::activation::{self, Activation, Range};
use crate::expr::{
    Expr, exp, ln, ln_one_plus, magnitude, max, minus, negative, over, square, sum, times,
};

/// A loss: how far the outputs are from the target.
pub struct Loss {
    /// Its name in scenario files.
    pub key: &'static str,
    /// What one output adds, as a tree over its target `y` and its `f_out`.
    pub term: fn(y: Expr, f: Expr) -> Expr,
    /// `∂L/∂f_out` of one output, before a mean over the outputs divides it.
    pub slope: fn(y: Expr, f: Expr) -> Expr,
    /// Equal trees that people work with too.
    pub other_slopes: &'static [fn(y: Expr, f: Expr) -> Expr],
    /// Equal trees of a term, over `y` and `f_out`.
    pub terms_from_paper: &'static [fn(y: Expr, f: Expr) -> Expr],
    /// How the terms of several outputs make the loss.
    pub total: Total,
    /// The outputs it can judge.
    pub outputs: Outputs,
    /// The targets it compares with.
    pub targets: Targets,
    /// What becomes simpler where loss and output activation are made for each
    /// other.
    pub joint: Option<Joint>,
    /// A line for the student.
    pub why: &'static str,
}

/// How the terms of several outputs make the loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// They are added.
    Sum,
    /// Their mean is taken.
    Mean,
}

/// The outputs a loss can judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outputs {
    /// Any numbers.
    Any,
    /// Any but those of a distribution, whose sum is always 1.
    NoDistribution,
    /// Numbers between 0 and 1.
    Probability,
    /// A distribution.
    Distribution,
}

/// The targets a loss compares with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Targets {
    /// None: the loss is the outputs themselves.
    Unused,
    /// Any numbers.
    Any,
    /// Numbers from 0 to 1.
    UnitInterval,
    /// Numbers from 0 to 1 that add up to 1.
    Distribution,
}

impl Targets {
    /// Whether a number may be a target. Where there are none, nothing is refused.
    pub fn take(self, target: f64) -> bool {
        match self {
            Self::Unused | Self::Any => true,
            Self::UnitInterval | Self::Distribution => (0.0..=1.0).contains(&target),
        }
    }

    /// Whether targets with this sum are no distribution where they must be one.
    /// The noise of adding decimals is let through.
    pub fn refuse_sum(self, sum: f64) -> bool {
        self == Self::Distribution && (sum - 1.0).abs() > SUM_NOISE
    }
}

/// How far from 1 the sum of a distribution may be: the noise of adding decimals.
const SUM_NOISE: f64 = 1e-9;

/// The trees of a loss together with the activation it is made for.
#[derive(Clone, Copy)]
pub struct Joint {
    /// The activation.
    pub activation: &'static str,
    /// What `∂L/∂f_in` of an output comes to: tree over its `y` and `f_out`.
    pub shortcut: fn(y: Expr, f: Expr) -> Expr,
    /// The term of output k as a tree over all `f_in`, for who goes around `f_out`.
    pub term_from_paper: fn(y: Expr, k: usize, z: &[Expr]) -> Expr,
    /// Trees over `f_in` for outputs so close to 0 or 1 that `f_out` has no
    /// digits left to compute with.
    pub far: FarOut,
}

/// Equal trees that stay exact where `f_out` is 0 or 1 to an f64.
#[derive(Clone, Copy)]
pub struct FarOut {
    /// Used where an output is nearer to 0 than this,
    pub near_zero: f64,
    /// or nearer to 1 than this.
    pub near_one: f64,
    /// The term of output k.
    pub term: fn(y: Expr, k: usize, z: &[Expr]) -> Expr,
    /// The term of an output, as a tree over its own `f_in` and, where the
    /// activation couples the units, over the shift and the total of its layer.
    pub unit_term: fn(y: Expr, z: Expr, shift: Expr, total: Expr) -> Expr,
    /// `∂L/∂f_out`, where the everyday tree loses digits.
    pub slope_out: Option<fn(y: Expr, z: Expr) -> Expr>,
    /// `∂L/∂f_in` of an output, in one step: tree over `y`, `f_in` and `f_out`.
    pub slope_in: fn(y: Expr, z: Expr, f: Expr) -> Expr,
}

/// Every loss.
pub static ALL: [Loss; 6] = [
    Loss {
        key: "output",
        term: |_, f| f,
        slope: |_, _| Expr::Number(1.0),
        other_slopes: &[],
        terms_from_paper: &[],
        total: Total::Sum,
        outputs: Outputs::NoDistribution,
        targets: Targets::Unused,
        joint: None,
        why: "`L` is the output itself, so `∂L/∂f_out` is 1.",
    },
    Loss {
        key: "half_squared_error",
        term: |y, f| times(over(1.0, 2.0), square(minus(y, f))),
        slope: |y, f| negative(minus(y, f)),
        other_slopes: &[],
        terms_from_paper: &[],
        total: Total::Sum,
        outputs: Outputs::Any,
        targets: Targets::Any,
        joint: None,
        why: "The 1/2 cancels the 2 of the square: minus the residual `y - f_out` is left.",
    },
    Loss {
        key: "squared_error",
        term: |y, f| square(minus(y, f)),
        slope: |y, f| times(-2.0, minus(y, f)),
        other_slopes: &[],
        terms_from_paper: &[],
        total: Total::Sum,
        outputs: Outputs::Any,
        targets: Targets::Any,
        joint: None,
        why: "The square leaves a 2, the inner derivative a minus: `-2·(y - f_out)`.",
    },
    Loss {
        key: "mean_squared_error",
        term: |y, f| square(minus(y, f)),
        slope: |y, f| times(-2.0, minus(y, f)),
        other_slopes: &[],
        terms_from_paper: &[],
        total: Total::Mean,
        outputs: Outputs::Any,
        targets: Targets::Any,
        joint: None,
        why: "The square leaves a 2, the inner derivative a minus, the mean divides by the number of outputs.",
    },
    Loss {
        key: "binary_cross_entropy",
        term: |y, f| {
            negative(sum([
                times(y.clone(), ln(f.clone())),
                times(minus(1.0, y), ln(minus(1.0, f))),
            ]))
        },
        slope: |y, f| {
            sum([negative(over(y.clone(), f.clone())), over(minus(1.0, y), minus(1.0, f))])
        },
        other_slopes: &[|y, f| over(minus(f.clone(), y), times(f.clone(), minus(1.0, f)))],
        terms_from_paper: &[|y, f| {
            sum([
                times(y.clone(), ln(over(1.0, f.clone()))),
                times(minus(1.0, y), ln(over(1.0, minus(1.0, f)))),
            ])
        }],
        total: Total::Sum,
        outputs: Outputs::Probability,
        targets: Targets::UnitInterval,
        joint: Some(Joint {
            activation: "sigmoid",
            shortcut: |y, f| minus(f, y),
            term_from_paper: |y, k, z| {
                let cost = |z| ln(sum([Expr::Number(1.0), exp(z)]));
                sum([
                    times(y.clone(), cost(negative(z[k].clone()))),
                    times(minus(1.0, y), cost(z[k].clone())),
                ])
            },
            far: FarOut {
                // A little before the slope of σ changes its form, at |f_in| = 16.
                near_zero: 2e-7,
                near_one: 2e-7,
                term: |y, k, z| bernoulli(y, z[k].clone()),
                unit_term: |y, z, _, _| bernoulli(y, z),
                slope_out: Some(|y, z| {
                    let grow = |z| sum([Expr::Number(1.0), exp(z)]);
                    minus(
                        times(minus(1.0, y.clone()), grow(z.clone())),
                        times(y, grow(negative(z))),
                    )
                }),
                slope_in: |y, z, _| {
                    let grow = |z| sum([Expr::Number(1.0), exp(z)]);
                    minus(over(minus(1.0, y.clone()), grow(negative(z.clone()))), over(y, grow(z)))
                },
            },
        }),
        why: "The derivative of `ln(f)` is `1/f`: confident and wrong outputs are pushed hardest.",
    },
    Loss {
        key: "cross_entropy",
        term: |y, f| negative(times(y, ln(f))),
        slope: |y, f| negative(over(y, f)),
        other_slopes: &[],
        terms_from_paper: &[|y, f| times(y, ln(over(1.0, f)))],
        total: Total::Sum,
        outputs: Outputs::Distribution,
        targets: Targets::Distribution,
        joint: Some(Joint {
            activation: "softmax",
            shortcut: |y, f| minus(f, y),
            term_from_paper: |y, k, z| {
                let total = sum(z.iter().map(|z_j| activation::part(z_j.clone(), None)));
                times(y, minus(ln(total), z[k].clone()))
            },
            far: FarOut {
                near_zero: 1e-290,
                near_one: 0.0,
                term: |y, k, z| {
                    let largest = || activation::largest(z);
                    let parts = z.iter().map(|z_j| activation::part(z_j.clone(), Some(largest())));
                    surprise(y, z[k].clone(), largest(), sum(parts))
                },
                unit_term: surprise,
                slope_out: None,
                slope_in: |y, _, f| minus(f, y),
            },
        }),
        why: "The derivative of `ln(f)` is `1/f`; an output whose target is 0 does not enter `L`, so its slope is 0.",
    },
];

/// `-(y·ln(σ(z)) + (1 - y)·ln(1 - σ(z)))`, without two large numbers that cancel.
fn bernoulli(y: Expr, z: Expr) -> Expr {
    let zero = || Expr::Number(0.0);
    sum([
        times(y.clone(), max([zero(), negative(z.clone())])),
        times(minus(1.0, y), max([zero(), z.clone()])),
        ln_one_plus(exp(negative(magnitude(z)))),
    ])
}

/// `-y·ln(exp(z - shift)/total)`, without the logarithm of what may be 0.
fn surprise(y: Expr, z: Expr, shift: Expr, total: Expr) -> Expr {
    times(y, sum([minus(shift, z), ln(total)]))
}

impl Loss {
    /// The loss of this name.
    pub fn named(key: &str) -> Option<&'static Self> {
        ALL.iter().find(|entry| entry.key == key)
    }

    /// Why this loss cannot judge the outputs of `activation`, if it cannot.
    pub fn refuses(&self, activation: &Activation) -> Option<&'static str> {
        let range = activation.range;
        match self.outputs {
            Outputs::Any => None,
            Outputs::NoDistribution => (range == Range::Distribution)
                .then_some("these outputs always add up to 1, so their sum has no slope"),
            Outputs::Probability => (range != Range::Probability)
                .then_some("it needs outputs between 0 and 1, each for itself"),
            Outputs::Distribution => {
                (range != Range::Distribution).then_some("it needs outputs that are a distribution")
            }
        }
    }

    /// What is simpler together with this output activation.
    pub fn joint_with(&self, activation: &Activation) -> Option<Joint> {
        self.joint.filter(|joint| joint.activation == activation.key)
    }
}

impl fmt::Debug for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key)
    }
}

impl PartialEq for Loss {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::evaluate;
    use crate::name::{Name, Symbol};

    const Y: Name = Name::Value(Symbol::Target(0));
    const F: Name = Name::Value(Symbol::Out { layer: 0, unit: 0 });
    const Z: Name = Name::Value(Symbol::In { layer: 0, unit: 0 });

    #[test]
    fn slopes_are_the_derivatives_of_the_terms() {
        for loss in &ALL {
            for (y, f) in [(1.0, 0.7), (0.0, 0.2), (0.25, 0.5)] {
                let at = |f: f64| {
                    evaluate(&(loss.term)(Y.into(), F.into()), &|name| {
                        if name == Y { y } else { f }
                    })
                };
                let slope = evaluate(&(loss.slope)(Y.into(), F.into()), &|name| {
                    if name == Y { y } else { f }
                });
                let h = 1e-5;
                let difference = (at(f + h) - at(f - h)) / (2.0 * h);
                assert!((slope - difference).abs() < 1e-7, "{}: {slope} {difference}", loss.key);
            }
        }
    }

    #[test]
    fn far_forms_of_the_bernoulli_loss_equal_the_everyday_ones() {
        let loss = Loss::named("binary_cross_entropy").unwrap();
        let far = loss.joint.unwrap().far;
        for y in [0.0, 0.3, 1.0] {
            for z in [-5.0, -0.2, 1.5, 6.0] {
                let f = 1.0 / (1.0 + libm::exp(-z));
                let value = |name: Name| {
                    if name == Y {
                        y
                    } else if name == Z {
                        z
                    } else {
                        f
                    }
                };
                let same = |a: Expr, b: Expr| {
                    let (a, b) = (evaluate(&a, &value), evaluate(&b, &value));
                    assert!((a - b).abs() <= 1e-12 * a.abs().max(1.0), "y {y}, z {z}: {a} {b}");
                };
                same((loss.term)(Y.into(), F.into()), (far.term)(Y.into(), 0, &[Z.into()]));
                let slope_out = far.slope_out.unwrap();
                same((loss.slope)(Y.into(), F.into()), slope_out(Y.into(), Z.into()));
                same((far.slope_in)(Y.into(), Z.into(), F.into()), minus(F, Y));
            }
        }
    }
}
