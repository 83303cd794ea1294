//! Activations. Each is one entry of [`ALL`]: its value and its slope, both as
//! trees, and a line why. A new activation is a new entry; the scenario format,
//! the lesson, its JSON and the tests find it there.

use std::fmt;

use crate::expr::ln_one_plus;
use crate::expr::{
    Expr, exp, if_positive, ln, magnitude, max, minus, negative, over, product, square, sum, tanh,
    times,
};

/// An activation function: what a unit makes of the sum that enters it.
pub struct Activation {
    /// Its name in scenario files.
    pub key: &'static str,
    /// How formulas in prose write it, applied to `z`.
    pub symbol: &'static str,
    /// Whether a unit's output depends on its own input only.
    pub form: ActivationForm,
    /// What its outputs can be.
    pub range: Range,
    /// A line for the student: why the slope is what it is.
    pub why: &'static str,
}

/// The trees of an activation.
#[derive(Clone, Copy)]
pub enum ActivationForm {
    /// Each unit for itself.
    Each(Each),
    /// All units of a layer together.
    Together(Together),
}

/// Trees of an activation that each unit applies to its own input.
#[derive(Clone, Copy)]
pub struct Each {
    /// `out` as a tree over `z_in`.
    pub value: fn(z: Expr) -> Expr,
    /// Equal trees over `z_in` that people work with too.
    pub other_values: &'static [fn(z: Expr) -> Expr],
    /// Equal ways from `z_in` of who has it on paper.
    pub values_from_paper: &'static [InSteps],
    /// The slope `∂out/∂z_in` as a tree over `z_in` and `out`.
    pub slope: fn(z: Expr, out: Expr) -> Expr,
    /// Equal trees over `out` that people work with too.
    pub other_slopes: &'static [fn(out: Expr) -> Expr],
    /// Equal ways from `z_in` of who goes around `out`.
    pub slopes_from_paper: &'static [InSteps],
    /// For saturating activations, an equal slope that keeps its digits far out.
    pub far: Option<Far>,
}

/// A way in steps: the result of a first one may stand more than once in the next, and
/// is the same number there.
#[derive(Clone, Copy)]
pub enum InSteps {
    /// One number of `z_in` first.
    One {
        /// It, as a tree over `z_in`.
        first: fn(z: Expr) -> Expr,
        /// What is made of it.
        then: fn(first: Expr) -> Expr,
    },
    /// Two numbers first.
    Two {
        /// Each, as a tree over `z_in`.
        firsts: fn(z: Expr) -> [Expr; 2],
        /// What is made of them.
        then: fn(a: Expr, b: Expr) -> Expr,
    },
}

/// Equal trees for inputs so far out that the everyday ones fail an f64: exp
/// overflows, or 1 - out is 0 where the slope of σ is still 4e-18.
#[derive(Clone, Copy)]
pub struct Far {
    /// Used where |z_in| is larger.
    pub beyond: f64,
    /// `out` as a tree over `z_in`.
    pub value: fn(z: Expr) -> Expr,
    /// The slope as a tree over `z_in` alone.
    pub slope: fn(z: Expr) -> Expr,
}

/// Trees of an activation that couples the units of its layer.
#[derive(Clone, Copy)]
pub struct Together {
    /// `out` of unit k as a tree over all `z_in`.
    pub value: fn(k: usize, z: &[Expr]) -> Expr,
    /// The same where exp of some `z_in` leaves the range of an f64.
    pub value_far: fn(k: usize, z: &[Expr]) -> Expr,
    /// What is taken off every `z_in` there.
    pub shift: fn(z: &[Expr]) -> Expr,
    /// What one unit adds to the total of the layer. Any shift, and none, gives
    /// the same outputs.
    pub part: fn(z: Expr, shift: Option<Expr>) -> Expr,
    /// `out` of a unit, from its part and the total of all parts.
    pub share: fn(part: Expr, total: Expr) -> Expr,
    /// `∂out_k/∂z_in_j` as a tree over `out_k` and `out_j`; `same`: k is j.
    pub slope: fn(same: bool, out_k: Expr, out_j: Expr) -> Expr,
}

/// What the outputs of an activation can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// Numbers.
    Any,
    /// Numbers between 0 and 1, each for itself.
    Probability,
    /// Positive numbers that add up to 1.
    Distribution,
}

/// exp of a larger number overflows an f64.
pub const LARGEST_EXPONENT: f64 = 700.0;

/// Every activation.
pub static ALL: [Activation; 7] = [
    Activation {
        key: "sigmoid",
        symbol: "σ",
        form: ActivationForm::Each(Each {
            value: logistic,
            // exp(z)/(1 + exp(z))
            other_values: &[|z| over(1.0, one_more(over(1.0, exp(z))))],
            values_from_paper: LOGISTIC_FROM_PAPER,
            slope: |_, out| times(out.clone(), minus(1.0, out)),
            other_slopes: &[],
            slopes_from_paper: &[
                InSteps::One { first: exp, then: |e| over(e.clone(), square(one_more(e))) },
                InSteps::One {
                    first: |z| exp(negative(z)),
                    then: |e| over(e.clone(), square(one_more(e))),
                },
            ],
            far: Some(Far { beyond: 16.0, value: logistic, slope: |z| bump(1.0, 1.0, z) }),
        }),
        range: Range::Probability,
        why: "`σ'(z) = σ(z)·(1 - σ(z))`: the slope needs only the output, known from the forward pass.",
    },
    Activation {
        key: "tanh",
        symbol: "tanh",
        form: ActivationForm::Each(Each {
            value: tanh,
            // (exp(z) - exp(-z))/(exp(z) + exp(-z)), the same with exp(2z) or exp(-2z)
            other_values: &[
                |z| {
                    let ratio = over(exp(z.clone()), exp(negative(z)));
                    minus(1.0, over(2.0, one_more(ratio)))
                },
                |z| minus(1.0, over(2.0, one_more(exp(twice(z))))),
                |z| minus(over(2.0, one_more(exp(negative(twice(z))))), 1.0),
            ],
            values_from_paper: &[
                InSteps::Two {
                    firsts: |z| [exp(z.clone()), exp(negative(z))],
                    then: |up, down| over(minus(up.clone(), down.clone()), sum([up, down])),
                },
                InSteps::One {
                    first: |z| exp(twice(z)),
                    then: |up| over(minus(up.clone(), 1.0), sum([up, Expr::Number(1.0)])),
                },
                InSteps::One {
                    first: |z| exp(negative(twice(z))),
                    then: |down| over(minus(1.0, down.clone()), one_more(down)),
                },
                InSteps::One {
                    first: |z| over(1.0, one_more(exp(negative(twice(z))))),
                    then: |share| minus(times(2.0, share), 1.0),
                },
            ],
            slope: |_, out| minus(1.0, square(out)),
            other_slopes: &[|out| times(minus(1.0, out.clone()), one_more(out))],
            slopes_from_paper: &[
                InSteps::One {
                    first: |z| sum([exp(z.clone()), exp(negative(z))]),
                    then: |total| over(4.0, square(total)),
                },
                // 1/cosh²
                InSteps::One {
                    first: |z| over(sum([exp(z.clone()), exp(negative(z))]), 2.0),
                    then: |cosh| over(1.0, square(cosh)),
                },
            ],
            far: Some(Far { beyond: 8.0, value: tanh, slope: |z| bump(4.0, 2.0, z) }),
        }),
        range: Range::Any,
        why: "`tanh'(z) = 1 - tanh(z)²`: the slope needs only the output, known from the forward pass.",
    },
    Activation {
        key: "relu",
        symbol: "ReLU",
        form: ActivationForm::Each(Each {
            value: |z| max([Expr::Number(0.0), z]),
            other_values: &[],
            values_from_paper: &[],
            slope: |z, _| if_positive(z, 1.0, 0.0),
            other_slopes: &[],
            slopes_from_paper: &[],
            far: None,
        }),
        range: Range::Any,
        why: "`ReLU'(z)` is 1 where `z > 0` and 0 elsewhere: a unit that is off passes nothing back.",
    },
    Activation {
        key: "leaky_relu",
        symbol: "LeakyReLU",
        form: ActivationForm::Each(Each {
            value: |z| if_positive(z.clone(), z.clone(), times(LEAK, z)),
            other_values: &[],
            values_from_paper: &[],
            slope: |z, _| if_positive(z, 1.0, LEAK),
            other_slopes: &[],
            slopes_from_paper: &[],
            far: None,
        }),
        range: Range::Any,
        why: "`LeakyReLU'(z)` is 1 where `z > 0` and 0.01 elsewhere: a unit that is off still passes a little back.",
    },
    Activation {
        key: "identity",
        symbol: "id",
        form: ActivationForm::Each(Each {
            value: |z| z,
            other_values: &[],
            values_from_paper: &[],
            slope: |_, _| Expr::Number(1.0),
            other_slopes: &[],
            slopes_from_paper: &[],
            far: None,
        }),
        range: Range::Any,
        why: "The output is the input, so the slope is 1 everywhere.",
    },
    Activation {
        key: "softplus",
        symbol: "softplus",
        form: ActivationForm::Each(Each {
            value: |z| ln_one_plus(exp(z)),
            // The sum has fewer decimals where somebody counts significant digits.
            other_values: &[|z| ln(one_more(exp(z)))],
            values_from_paper: &[],
            slope: |z, _| logistic(z),
            other_slopes: &[],
            slopes_from_paper: LOGISTIC_FROM_PAPER,
            far: Some(Far {
                beyond: LARGEST_EXPONENT,
                value: |z| {
                    let tail = ln_one_plus(exp(negative(magnitude(z.clone()))));
                    sum([max([Expr::Number(0.0), z]), tail])
                },
                slope: logistic,
            }),
        }),
        range: Range::Any,
        why: "`softplus(z) = ln(1 + exp(z))`, and its slope is `σ(z)`.",
    },
    Activation {
        key: "softmax",
        symbol: "softmax",
        form: ActivationForm::Together(Together {
            value: |k, z| {
                let part = |z_j: &Expr| part(z_j.clone(), None);
                share(part(&z[k]), sum(z.iter().map(part)))
            },
            value_far: |k, z| {
                let part = |z_j: &Expr| part(z_j.clone(), Some(largest(z)));
                share(part(&z[k]), sum(z.iter().map(part)))
            },
            shift: largest,
            part,
            share,
            slope: |same, out_k, out_j| {
                if same { times(out_k, minus(1.0, out_j)) } else { negative(times(out_k, out_j)) }
            },
        }),
        range: Range::Distribution,
        why: "Every input moves every output: the slope of `f_k_out` by `f_j_in` is `f_k_out·(1 - f_k_out)` for `k = j`, else `-f_k_out·f_j_out`.",
    },
];

/// Slope of a leaky ReLU below 0.
const LEAK: f64 = 0.01;

/// `1/(1 + exp(-z))`.
fn logistic(z: Expr) -> Expr {
    over(1.0, one_more(exp(negative(z))))
}

/// The same, as others write it.
const LOGISTIC_FROM_PAPER: &[InSteps] = &[
    InSteps::One { first: exp, then: |e| over(e.clone(), one_more(e)) },
    InSteps::One { first: |z| over(1.0, one_more(exp(z))), then: |rest| minus(1.0, rest) },
];

fn one_more(part: Expr) -> Expr {
    sum([Expr::Number(1.0), part])
}

fn twice(z: Expr) -> Expr {
    times(2.0, z)
}

/// The largest of all inputs of a layer.
pub(super) fn largest(z: &[Expr]) -> Expr {
    max(z.iter().cloned())
}

/// `exp(z - shift)`
pub(super) fn part(z: Expr, shift: Option<Expr>) -> Expr {
    match shift {
        Some(shift) => exp(minus(z, shift)),
        None => exp(z),
    }
}

/// A part of a total.
fn share(part: Expr, total: Expr) -> Expr {
    over(part, total)
}

/// `a·exp(-b|z|)/(1 + exp(-b|z|))²`, the slope of σ (a = b = 1) and of tanh
/// (a = 4, b = 2), equal to the everyday form and exact far out.
fn bump(a: f64, b: f64, z: Expr) -> Expr {
    let decay = || {
        let size = magnitude(z.clone());
        exp(negative(if b == 1.0 { size } else { times(b, size) }))
    };
    let top = if a == 1.0 { decay() } else { product([Expr::Number(a), decay()]) };
    over(top, square(sum([Expr::Number(1.0), decay()])))
}

impl Each {
    /// The trees for a sum so far out that the everyday ones fail an f64, if it is;
    /// `sum` is asked only where there are such trees.
    pub fn far_at(&self, sum: impl FnOnce() -> f64) -> Option<Far> {
        self.far.filter(|far| sum().abs() > far.beyond)
    }
}

impl Activation {
    /// The activation of this name.
    pub fn named(key: &str) -> Option<&'static Self> {
        ALL.iter().find(|entry| entry.key == key)
    }
}

impl fmt::Debug for Activation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key)
    }
}

impl PartialEq for Activation {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

#[cfg(test)]
mod tests;
