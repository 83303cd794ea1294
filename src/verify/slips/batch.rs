//! Slips where the quantities of several samples become one: `R`, `dR/dW11`.

use super::line::{MOST_ALTERNATIVES, SlipLine};
use crate::expr::{Expr, product};
use crate::lesson::batch::LessonBatch;
use crate::name::{Name, Symbol};
use crate::network::Reduction;

/// All samples, and the quantity of each that the line makes one of.
fn reduced<'a>(line: &SlipLine<'a>) -> Option<(&'a LessonBatch<'a>, Name)> {
    let samples = line.lesson.samples()?;
    if samples.lessons().len() < 2 {
        return None;
    }
    match line.name {
        Name::Value(Symbol::Risk) => Some((samples, Symbol::Loss.into())),
        Name::Derivative { of: Symbol::Risk, by } => Some((samples, Name::loss_by(by))),
        Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
    }
}

/// `L@1 + L@2` for their mean.
pub(super) fn sum_for_mean(line: &SlipLine<'_>) -> Vec<Expr> {
    let Some((samples, each)) = reduced(line) else { return Vec::new() };
    if samples.share().is_some() { vec![samples.added_up(each)] } else { Vec::new() }
}

/// The mean divided by the number of samples once more.
pub(super) fn mean_twice(line: &SlipLine<'_>) -> Vec<Expr> {
    let Some((samples, each)) = reduced(line) else { return Vec::new() };
    let twice = |share: Expr| product([share.clone(), share, samples.added_up(each)]);
    samples.share().map(twice).into_iter().collect()
}

/// The mean where the samples are only added up.
pub(super) fn mean_for_sum(line: &SlipLine<'_>) -> Vec<Expr> {
    let Some((samples, each)) = reduced(line) else { return Vec::new() };
    match samples.reduction() {
        Reduction::Sum => vec![product([samples.part(), samples.added_up(each)])],
        Reduction::Mean => Vec::new(),
    }
}

/// One sample for all of them, or its share.
pub(super) fn one_sample(line: &SlipLine<'_>) -> Vec<Expr> {
    let Some((samples, each)) = reduced(line) else { return Vec::new() };
    let ways = |one: Name| [one.into(), product([samples.part(), one.into()])];
    samples.of_each(each).take(MOST_ALTERNATIVES).flat_map(ways).collect()
}
