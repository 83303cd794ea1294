//! Several samples as one lesson: the quantities of each by its own name,
//! `L@2`, and over them what all of them make together: `R`, `dR/dW11`, and the
//! full gradient step.

use super::batch::LessonBatch;
use super::{Lesson, PaperForm, Section, update};
use crate::expr::{Expr, product, rename, sum};
use crate::name::{Name, Symbol};

impl<'a> Lesson<'a> {
    /// All samples, where this is the lesson of several.
    pub const fn samples(&self) -> Option<&LessonBatch<'a>> {
        self.samples.as_ref()
    }

    /// The lesson of the sample that a quantity is of, and what it is called there;
    /// this lesson for what it has of its own.
    pub fn own_of(&self, name: Name) -> (&Self, Name) {
        let of_sample = name.alone().and_then(|(sample, alone)| {
            Some((self.samples.as_ref()?.lessons().get(sample as usize)?, alone))
        });
        of_sample.unwrap_or((self, name))
    }

    /// The derivative that gradient descent goes by: `dL/dW11`, or of several
    /// samples `dR/dW11`.
    pub const fn gradient(&self, parameter: Symbol) -> Name {
        match self.samples {
            Some(_) => Name::risk_by(parameter),
            None => Name::loss_by(parameter),
        }
    }
}

impl<'a> LessonBatch<'a> {
    /// Whether all samples together have a quantity.
    pub(super) fn has(&self, whole: &Lesson<'a>, name: Name) -> bool {
        match name {
            Name::OfSample { .. } => {
                let (own, alone) = whole.own_of(name);
                own.samples.is_none() && own.has(alone)
            }
            Name::Value(Symbol::Weight { .. } | Symbol::Bias { .. }) => whole.network().has(name),
            Name::Value(Symbol::Rate) => whole.exercise.learning_rate.is_some(),
            Name::Value(symbol) => symbol == Symbol::Risk,
            Name::New(Symbol::Bias { .. }) if !whole.exercise.update_biases => false,
            Name::New(Symbol::Weight { .. } | Symbol::Bias { .. }) => {
                whole.settings.apply && whole.network().has(name)
            }
            Name::New(_) => false,
            Name::Derivative { of, by } => of == Symbol::Risk && whole.is_parameter(by),
        }
    }

    /// The expression of a quantity of all samples together.
    pub(super) fn expression(&self, whole: &Lesson<'a>, name: Name) -> Option<Expr> {
        match name {
            Name::OfSample { sample, .. } => {
                let (own, alone) = whole.own_of(name);
                Some(at_sample(own.expression(alone)?, sample))
            }
            Name::Value(Symbol::Risk) => Some(self.reduced_from(Symbol::Loss.into())),
            Name::Derivative { of: Symbol::Risk, by } => Some(self.reduced_from(Name::loss_by(by))),
            Name::New(symbol @ (Symbol::Weight { .. } | Symbol::Bias { .. })) => {
                Some(update::expression(symbol, whole.gradient(symbol)))
            }
            Name::Value(_) | Name::New(_) | Name::Derivative { .. } => None,
        }
    }

    /// All equal expressions of a quantity that a person may work with.
    pub(super) fn equal_forms(&self, whole: &Lesson<'a>, name: Name) -> Vec<Expr> {
        if let Name::OfSample { sample, .. } = name {
            let (own, alone) = whole.own_of(name);
            let forms = own.equal_forms(alone).into_iter();
            return forms.map(|form| at_sample(form, sample)).collect();
        }
        let mut forms: Vec<Expr> = self.expression(whole, name).into_iter().collect();
        let each = match name {
            Name::Value(Symbol::Risk) => Some(Symbol::Loss.into()),
            Name::Derivative { of: Symbol::Risk, by } => Some(Name::loss_by(by)),
            Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
        };
        if let (Some(each), Some(share)) = (each, self.share()) {
            // Or the share of each sample first.
            let shares = self.of_each(each).map(|one| product([share.clone(), one.into()]));
            forms.push(sum(shares));
        }
        forms
    }

    /// Those that people work with too.
    pub(super) fn other_forms(&self, whole: &Lesson<'a>, name: Name) -> Vec<Expr> {
        let Name::OfSample { sample, .. } = name else { return Vec::new() };
        let (own, alone) = whole.own_of(name);
        own.other_forms(alone).into_iter().map(|form| at_sample(form, sample)).collect()
    }

    /// Those for who has on paper all that they take.
    pub(super) fn forms_from_paper(&self, whole: &Lesson<'a>, name: Name) -> Vec<PaperForm> {
        let Name::OfSample { sample, .. } = name else { return Vec::new() };
        let (own, alone) = whole.own_of(name);
        let at_sample = |leaf: Name| leaf.at_sample(sample);
        own.forms_from_paper(alone).into_iter().map(|form| form.renamed(&at_sample)).collect()
    }

    /// The value of a quantity of all samples together; not a number where there
    /// is none.
    pub(super) fn value_by_name(&self, whole: &Lesson<'a>, name: Name) -> Option<f64> {
        match name {
            Name::OfSample { .. } => {
                let (own, alone) = whole.own_of(name);
                Some(if own.samples.is_none() { own.value(alone) } else { f64::NAN })
            }
            Name::Value(Symbol::Risk) => Some(self.value(Symbol::Loss.into())),
            Name::Derivative { of: Symbol::Risk, by } => Some(self.value(Name::loss_by(by))),
            Name::New(symbol @ (Symbol::Weight { .. } | Symbol::Bias { .. })) => {
                let gradient = self.value(Name::loss_by(symbol));
                self.step(symbol, gradient)
            }
            Name::Value(_) | Name::New(_) | Name::Derivative { .. } => None,
        }
    }

    /// Calls `visit` with every quantity, each after all that it uses.
    pub(super) fn for_each(&self, whole: &Lesson<'a>, visit: &mut dyn FnMut(Section, Name)) {
        let mut shared = Vec::new();
        whole.for_each_parameter(|parameter| shared.push(parameter));
        shared.iter().for_each(|parameter| visit(Section::Given, (*parameter).into()));
        if whole.exercise.learning_rate.is_some() {
            visit(Section::Given, Symbol::Rate.into());
        }
        for section in [Section::Given, Section::Forward, Section::Loss] {
            self.for_each_of_samples(section, visit);
        }
        visit(Section::Loss, Symbol::Risk.into());
        self.for_each_of_samples(Section::Backward, visit);
        for parameter in &shared {
            visit(Section::Backward, Name::risk_by(*parameter));
        }
        for parameter in shared {
            if whole.has(Name::New(parameter)) {
                visit(Section::Update, Name::New(parameter));
            }
        }
    }

    /// Calls `visit` with what each sample has in a section, sample by sample.
    fn for_each_of_samples(&self, section: Section, visit: &mut dyn FnMut(Section, Name)) {
        for (sample, lesson) in (0..).zip(self.lessons()) {
            let Ok(()) = lesson.for_each(|its, name| {
                if let Some(name) = name.of_sample(sample).filter(|_| its == section) {
                    visit(section, name);
                }
                Ok::<(), std::convert::Infallible>(())
            });
        }
    }
}

/// A formula of one sample with the names that its quantities have among all.
fn at_sample(expr: Expr, sample: u32) -> Expr {
    rename(expr, &|leaf| leaf.at_sample(sample))
}
