//! Ways to a quantity of people who have on paper all that these ways take: an
//! activation with `z_in` in two places, the loss around the output, the last share of a
//! softmax as what the others leave.
//!
//! They are worked from single numbers. Of numbers that nobody has seen, only bounds are
//! known, and bounds of such trees are far wider than what anybody comes to.

use super::{Lesson, loss};
use crate::expr::{Expr, evaluate, exp, minus, over, rename, sum};
use crate::name::{Name, Symbol};
use crate::network::activation::{ActivationForm, InSteps, LARGEST_EXPONENT};
use crate::network::loss::Total;

/// A way from numbers on paper.
#[derive(Clone, Debug, PartialEq)]
pub struct PaperForm {
    /// What is worked out first: it stands for this quantity in `then`.
    pub first: Option<(Name, Expr)>,
    /// What is made of it.
    pub then: Expr,
}

impl PaperForm {
    /// The value, where quantities have these.
    pub fn value(&self, of: impl Fn(Name) -> f64) -> f64 {
        let first = self.first.as_ref().map(|(name, first)| (*name, evaluate(first, &of)));
        evaluate(&self.then, &|leaf| match first {
            Some((name, value)) if name == leaf => value,
            _ => of(leaf),
        })
    }

    /// Calls `visit` with each quantity it takes.
    pub fn for_each_leaf(&self, visit: &mut dyn FnMut(Name)) {
        let stands_for = self.first.as_ref().map(|(name, first)| {
            first.for_each_leaf(&mut |leaf| visit(leaf));
            *name
        });
        self.then.for_each_leaf(&mut |leaf| {
            if stands_for != Some(leaf) {
                visit(leaf);
            }
        });
    }

    /// The same with other names for the quantities.
    pub(super) fn renamed(self, other: &dyn Fn(Name) -> Name) -> Self {
        let rename = |expr| rename(expr, &other);
        let first = self.first.map(|(name, first)| (other(name), rename(first)));
        Self { first, then: rename(self.then) }
    }

    fn in_steps(steps: &InSteps, z: Name) -> Self {
        Self { first: Some((z, (steps.first)(z.into()))), then: (steps.then)(z.into()) }
    }
}

impl From<Expr> for PaperForm {
    fn from(then: Expr) -> Self {
        Self { first: None, then }
    }
}

/// Equal ways to a quantity of one sample.
pub(super) fn forms(lesson: &Lesson<'_>, name: Name) -> Vec<PaperForm> {
    match name {
        Name::Value(symbol) => values(lesson, symbol, Name::Value),
        Name::New(symbol) => values(lesson, symbol, Name::New),
        Name::Derivative {
            of: Symbol::Out { layer, unit },
            by: own @ Symbol::In { unit: by, .. },
        } if unit == by => slopes(lesson, layer, own),
        Name::Derivative { .. } | Name::OfSample { .. } => Vec::new(),
    }
}

fn values(lesson: &Lesson<'_>, symbol: Symbol, pass: fn(Symbol) -> Name) -> Vec<PaperForm> {
    let plain = |forms: Vec<Expr>| forms.into_iter().map(PaperForm::from).collect();
    match symbol {
        Symbol::Out { layer, unit } => outs(lesson, layer, unit, pass),
        Symbol::Term(output) => plain(loss::terms_from_paper(lesson, output, pass)),
        Symbol::Loss => plain(losses(lesson, pass)),
        Symbol::Input(_)
        | Symbol::Target(_)
        | Symbol::Weight { .. }
        | Symbol::Bias { .. }
        | Symbol::In { .. }
        | Symbol::Rate
        | Symbol::Risk => Vec::new(),
    }
}

fn outs(lesson: &Lesson<'_>, layer: u32, unit: u32, pass: fn(Symbol) -> Name) -> Vec<PaperForm> {
    let shape = &lesson.network().layers[layer as usize];
    let input = |unit| pass(Symbol::In { layer, unit });
    let units = shape.units() as u32;
    match shape.activation.form {
        ActivationForm::Each(each) if each.far_at(|| lesson.value(input(unit))).is_none() => {
            let ways = each.values_from_paper.iter();
            ways.map(|steps| PaperForm::in_steps(steps, input(unit))).collect()
        }
        ActivationForm::Together(_) if units <= MOST_SHARES => {
            let mut forms = Vec::new();
            if lesson.largest_in(layer, pass) <= LARGEST_EXPONENT / 2.0 {
                let more = |other| exp(minus(input(other), input(unit)));
                forms.push(over(1.0, sum((0..units).map(more))).into());
            }
            if unit > 0 && unit + 1 == units {
                let others = (0..unit).map(|unit| pass(Symbol::Out { layer, unit }).into());
                forms.push(minus(1.0, sum(others)).into());
            }
            forms
        }
        ActivationForm::Each(_) | ActivationForm::Together(_) => Vec::new(),
    }
}

/// Outputs up to which somebody takes the last share as what is left.
const MOST_SHARES: u32 = 10;

fn slopes(lesson: &Lesson<'_>, layer: u32, own: Symbol) -> Vec<PaperForm> {
    match lesson.network().layers[layer as usize].activation.form {
        ActivationForm::Each(each) if each.far_at(|| lesson.value(own.into())).is_none() => {
            let ways = each.slopes_from_paper.iter();
            ways.map(|steps| PaperForm::in_steps(steps, own.into())).collect()
        }
        ActivationForm::Each(_) | ActivationForm::Together(_) => Vec::new(),
    }
}

/// The loss from its terms in each other way.
fn losses(lesson: &Lesson<'_>, pass: fn(Symbol) -> Name) -> Vec<Expr> {
    let outputs = lesson.network().outputs() as u32;
    let mut first = loss::terms_from_paper(lesson, 0, pass);
    if outputs == 1 {
        return first;
    }
    if outputs > MOST_SHARES || lesson.network().loss.total == Total::Mean {
        return Vec::new();
    }
    let mut totals: Vec<Vec<Expr>> = first.drain(..).map(|term| vec![term]).collect();
    for output in 1..outputs {
        let terms = loss::terms_from_paper(lesson, output, pass);
        totals.iter_mut().zip(terms).for_each(|(total, term)| total.push(term));
    }
    totals.into_iter().map(sum).collect()
}
