//! The chain that a step is part of, with its running product.

use compact_str::CompactString;

use super::steps::{Moment, Step};
use crate::document::Readings;
use crate::document::factor::Status;
use crate::expr::{Expr, Op};
use crate::lesson::chain;
use crate::name::Name;
use crate::telling::Walked;

/// A product of factors, as far as they are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// What the product is.
    pub product: Name,
    /// Its factors from the loss on.
    pub factors: Vec<ChainFactor>,
    /// What the factors up to the first unknown one come to, and which
    /// derivative that is.
    pub so_far: Option<(Name, CompactString)>,
}

/// A factor of a chain.
#[derive(Clone, Debug, PartialEq)]
pub struct ChainFactor {
    /// The factor.
    pub name: Name,
    /// Its value, where it is known by now.
    pub value: Option<CompactString>,
    /// Where it comes from.
    pub status: Status,
    /// Whether it is what this step is about.
    pub here: bool,
}

/// The chain of a step; `revealed`: its value is seen.
pub(super) fn of(readings: &Readings<'_>, step: Step, revealed: bool) -> Option<Chain> {
    match step.moment {
        Moment::Told(_) | Moment::Shortcut(_) | Moment::Rows(_) => None,
        Moment::Chain(walked) => {
            let known = |at| revealed && walked.knows(at);
            Some(walked_chain(readings, walked, &known, None))
        }
        Moment::Factor(walked, here) => {
            let here = usize::from(here);
            let known = |at| walked.knows(at) || at < here || (at == here && revealed);
            Some(walked_chain(readings, walked, &known, Some(here)))
        }
        Moment::Product(walked) => {
            let mut chain = walked_chain(readings, walked, &|_| true, None);
            chain.so_far = chain.so_far.filter(|_| revealed);
            Some(chain)
        }
        // A walk is of one sample.
        Moment::Quantity(Name::OfSample { .. }) => None,
        Moment::Quantity(name @ Name::Derivative { .. }) => {
            let mut chain = plugged(readings, name)?;
            chain.so_far = chain.so_far.filter(|_| revealed);
            Some(chain)
        }
        Moment::Quantity(Name::New(_) | Name::Value(_)) => None,
    }
}

fn walked_chain(
    readings: &Readings<'_>,
    walked: Walked,
    known: &dyn Fn(usize) -> bool,
    here: Option<usize>,
) -> Chain {
    let names = chain::to_parameter(readings.lesson, walked.parameter);
    let factors = names.iter().enumerate().map(|(at, &name)| ChainFactor {
        name,
        value: known(at).then(|| readings.text(name)),
        status: Status::of(readings.lesson, name, walked.knows(at)),
        here: here == Some(at),
    });
    let factors: Vec<ChainFactor> = factors.collect();
    let so_far = so_far(readings, &factors);
    Chain { product: Name::loss_by(walked.parameter), factors, so_far }
}

/// A quantity that is a product of derivatives: all of them are known.
fn plugged(readings: &Readings<'_>, name: Name) -> Option<Chain> {
    let Some(Expr::Apply(Op::Product, operands)) = readings.lesson.expression(name) else {
        return None;
    };
    let leaf = |operand: Expr| match operand {
        Expr::Leaf(name @ Name::Derivative { .. }) => Some(name),
        Expr::Leaf(_) | Expr::Number(_) | Expr::Apply(..) => None,
    };
    let names = operands.into_iter().map(leaf).collect::<Option<Vec<Name>>>()?;
    let factors = names.into_iter().map(|factor| ChainFactor {
        name: factor,
        value: Some(readings.text(factor)),
        status: plugged_status(readings, factor),
        here: false,
    });
    let factors: Vec<ChainFactor> = factors.collect();
    let so_far = so_far(readings, &factors);
    Some(Chain { product: name, factors, so_far })
}

/// All that is computed has been by then.
fn plugged_status(readings: &Readings<'_>, factor: Name) -> Status {
    let status = Status::of(readings.lesson, factor, false);
    if status == Status::New { Status::Known } else { status }
}

/// The running product, also when it is complete. The factors up to one of them
/// make the derivative of the loss by what that one is a derivative by.
fn so_far(readings: &Readings<'_>, factors: &[ChainFactor]) -> Option<(Name, CompactString)> {
    let known: Vec<Name> =
        factors.iter().take_while(|factor| factor.value.is_some()).map(|f| f.name).collect();
    let Some(&Name::Derivative { by, .. }) = known.last() else { return None };
    let name = Name::loss_by(by);
    let is_whole = known.len() == factors.len() && readings.lesson.has(name);
    let value = if is_whole { readings.text(name) } else { readings.product(&known) };
    (known.len() > 1).then_some((name, value))
}
