//! Several samples at once: the empirical risk, the gradients of all samples
//! reduced to one, and the full gradient step.

use super::{Exercise, Lesson, Overflow, Settings};
use crate::expr::{Expr, evaluate, over, product, sum};
use crate::name::{Name, Symbol};
use crate::network::{Network, Reduction, Sample};
use crate::num::{self, Precision};

/// The lessons of several samples, on the same network.
#[derive(Clone, Debug)]
pub struct LessonBatch<'a> {
    lessons: Vec<Lesson<'a>>,
    reduction: Reduction,
    /// What somebody does in place of the reduction, over the leaves `L@1`, `L@2`, ...
    instead: Option<Expr>,
}

impl<'a> LessonBatch<'a> {
    /// Works every sample; `exercise` is that of the first. An update in the
    /// settings is the business of [`LessonBatch::updated`].
    ///
    /// # Errors
    /// The first quantity that leaves the range of an f64, and the index of its
    /// sample.
    pub fn new(
        exercise: Exercise<'a>,
        samples: &'a [Sample],
        reduction: Reduction,
        by_hand: Option<Precision>,
    ) -> Result<Self, (usize, Overflow)> {
        let settings = Settings { by_hand, ..Settings::default() };
        let lesson = |(at, sample)| {
            let exercise = Exercise { sample, ..exercise };
            Lesson::new(exercise, settings.clone()).map_err(|overflow| (at, overflow))
        };
        let lessons = samples.iter().enumerate().map(lesson).collect::<Result<_, _>>()?;
        Ok(Self::of(lessons, reduction))
    }

    /// The batch of lessons that are worked already.
    pub const fn of(lessons: Vec<Lesson<'a>>, reduction: Reduction) -> Self {
        Self { lessons, reduction, instead: None }
    }

    /// The same reduced by another tree than the right one, over `L@1`, `L@2`, ...
    #[must_use]
    pub fn reduced_by(self, tree: Expr) -> Self {
        Self { instead: Some(tree), ..self }
    }

    /// All samples as one lesson: its quantities are those of each sample, `L@2`,
    /// and what they make together, `R`; with its update where `apply` says so.
    /// `None` without samples.
    pub fn together(self, apply: bool) -> Option<Lesson<'a>> {
        let mut lesson = self.lessons.first()?.clone();
        lesson.settings.apply = apply;
        lesson.samples = Some(self);
        Some(lesson)
    }

    /// One lesson for each sample.
    pub fn lessons(&self) -> &[Lesson<'a>] {
        &self.lessons
    }

    /// How the losses of the samples make one.
    pub const fn reduction(&self) -> Reduction {
        self.reduction
    }

    /// How one quantity of all samples makes one number. The leaf `L@i` stands for
    /// the quantity of sample i.
    pub fn reduced(&self) -> Expr {
        self.instead.clone().unwrap_or_else(|| self.reduced_from(Symbol::Loss.into()))
    }

    /// The same, over the quantities of the samples themselves: `dL@1/dW11`, ...
    pub(super) fn reduced_from(&self, name: Name) -> Expr {
        match self.share() {
            Some(share) => product([share, self.added_up(name)]),
            None => self.added_up(name),
        }
    }

    /// What each sample counts of a mean; `None` where they are only added up.
    pub fn share(&self) -> Option<Expr> {
        let is_mean = self.reduction == Reduction::Mean && self.lessons.len() > 1;
        is_mean.then(|| self.part())
    }

    /// `1/4`: one of all samples.
    pub fn part(&self) -> Expr {
        over(1.0, self.lessons.len() as f64)
    }

    /// The sum over all samples.
    pub fn added_up(&self, name: Name) -> Expr {
        sum(self.of_each(name).map(Expr::from))
    }

    /// A quantity of each sample.
    pub fn of_each(&self, name: Name) -> impl Iterator<Item = Name> + use<> {
        let samples = 0..self.lessons.len() as u32;
        samples.map(move |sample| name.at_sample(sample))
    }

    /// The quantity `name` of all samples as one number: the empirical risk of
    /// the loss, the full gradient of a gradient.
    pub fn value(&self, name: Name) -> f64 {
        self.value_of(&self.reduced(), name)
    }

    /// The same, for a tree made by [`LessonBatch::reduced`].
    pub fn value_of(&self, reduced: &Expr, name: Name) -> f64 {
        self.rounded(self.reduce(reduced, |sample| self.lessons[sample].value(name)))
    }

    /// One number of several, one for each sample; `reduced` is a tree made by
    /// [`LessonBatch::reduced`].
    pub fn reduce(&self, reduced: &Expr, of_sample: impl Fn(usize) -> f64) -> f64 {
        evaluate(reduced, &|leaf| match leaf {
            Name::OfSample { sample, .. } => of_sample(sample as usize),
            Name::Value(_) | Name::New(_) | Name::Derivative { .. } => f64::NAN,
        })
    }

    /// What a parameter becomes with the full gradient step; `None` where it
    /// stays. `gradient` is its reduced gradient.
    pub fn step(&self, parameter: Symbol, gradient: f64) -> Option<f64> {
        let first = self.lessons.first()?;
        let exercise = first.exercise();
        let is_bias = matches!(parameter, Symbol::Bias { .. });
        if exercise.learning_rate.is_none() || (is_bias && !exercise.update_biases) {
            return None;
        }
        let expr = first.expression(Name::New(parameter))?;
        let own = Name::loss_by(parameter);
        let value = |leaf| if leaf == own { gradient } else { first.value(leaf) };
        Some(self.rounded(evaluate(&expr, &value)))
    }

    /// The network after the full gradient step.
    pub fn updated(&self, network: &Network) -> Network {
        let reduced = self.reduced();
        network.with_parameters(|parameter, old| {
            let gradient = self.value_of(&reduced, Name::loss_by(parameter));
            self.step(parameter, gradient).unwrap_or(old)
        })
    }

    fn rounded(&self, value: f64) -> f64 {
        let by_hand = self.lessons.first().and_then(|lesson| lesson.settings().by_hand);
        by_hand.map_or(value, |digits| num::round(value, digits))
    }
}
