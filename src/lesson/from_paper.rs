//! Ways to a quantity of people who have on paper all that these ways take: an
//! activation with `z_in` in two places, the loss around the output, the last share of a
//! softmax as what the others leave.
//!
//! They are worked from single numbers. Of numbers that nobody has seen, only bounds are
//! known, and bounds of such trees are far wider than what anybody comes to.

use super::{Lesson, loss};
use crate::expr::{Expr, exp, minus, over, rename, sum};
use crate::name::{Name, Symbol};
use crate::network::activation::{ActivationForm, InSteps, LARGEST_EXPONENT};
use crate::network::loss::Total;

/// A way from numbers on paper.
#[derive(Clone, Debug, PartialEq)]
pub struct PaperForm {
    /// What is worked out first: each stands for this quantity in `then`.
    pub firsts: Vec<(Name, Expr)>,
    /// What is made of it.
    pub then: Expr,
}

impl PaperForm {
    /// Calls `visit` with each quantity it takes.
    pub fn for_each_leaf(&self, visit: &mut dyn FnMut(Name)) {
        for (_, first) in &self.firsts {
            first.for_each_leaf(&mut |leaf| visit(leaf));
        }
        self.then.for_each_leaf(&mut |leaf| {
            if self.firsts.iter().all(|(name, _)| *name != leaf) {
                visit(leaf);
            }
        });
    }

    /// The same with other names for the quantities.
    pub(super) fn renamed(self, other: &dyn Fn(Name) -> Name) -> Self {
        let rename = |expr| rename(expr, &other);
        let firsts = self.firsts.into_iter();
        let firsts = firsts.map(|(name, first)| (other(name), rename(first))).collect();
        Self { firsts, then: rename(self.then) }
    }

    /// A way from `z`; what is worked out first stands for `z` and, where it is two numbers,
    /// for `out`, which no such way takes.
    fn in_steps(steps: &InSteps, z: Name, out: Name) -> Self {
        match *steps {
            InSteps::One { first, then } => {
                Self { firsts: vec![(z, first(z.into()))], then: then(z.into()) }
            }
            InSteps::Two { firsts, then } => {
                let [a, b] = firsts(z.into());
                Self { firsts: vec![(z, a), (out, b)], then: then(z.into(), out.into()) }
            }
        }
    }
}

impl From<Expr> for PaperForm {
    fn from(then: Expr) -> Self {
        Self { firsts: Vec::new(), then }
    }
}

/// Equal ways to a quantity of one sample.
pub(super) fn forms(lesson: &Lesson<'_>, name: Name) -> Vec<PaperForm> {
    match name {
        Name::Value(symbol) => values(lesson, symbol, Name::Value),
        Name::New(symbol) => values(lesson, symbol, Name::New),
        Name::Derivative { of: Symbol::Out { layer, unit }, by: Symbol::In { unit: by, .. } }
            if unit == by =>
        {
            slopes(lesson, layer, unit)
        }
        Name::Derivative { of: Symbol::Loss, by: Symbol::Out { layer, unit } }
            if lesson.naming().is_output(layer) =>
        {
            loss::slope_by_decimal(lesson, unit).into_iter().collect()
        }
        Name::Derivative { .. } | Name::OfSample { .. } => Vec::new(),
    }
}

fn values(lesson: &Lesson<'_>, symbol: Symbol, pass: fn(Symbol) -> Name) -> Vec<PaperForm> {
    let plain =
        |forms: Vec<Expr>| -> Vec<PaperForm> { forms.into_iter().map(PaperForm::from).collect() };
    match symbol {
        Symbol::Out { layer, unit } => outs(lesson, layer, unit, pass),
        Symbol::Term(output) => plain(loss::terms_from_paper(lesson, output, pass)),
        Symbol::Loss => {
            let by_decimal = loss::mean_by_decimal(lesson, pass);
            plain(losses(lesson, pass)).into_iter().chain(by_decimal).collect()
        }
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
            ways.map(|steps| {
                PaperForm::in_steps(steps, input(unit), pass(Symbol::Out { layer, unit }))
            })
            .collect()
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

fn slopes(lesson: &Lesson<'_>, layer: u32, unit: u32) -> Vec<PaperForm> {
    let (own, out) = (Symbol::In { layer, unit }, Symbol::Out { layer, unit });
    match lesson.network().layers[layer as usize].activation.form {
        ActivationForm::Each(each) if each.far_at(|| lesson.value(own.into())).is_none() => {
            let ways = each.slopes_from_paper.iter();
            ways.map(|steps| PaperForm::in_steps(steps, own.into(), out.into())).collect()
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
