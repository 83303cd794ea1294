//! Several samples at once: the empirical risk, the gradients of all samples
//! reduced to one, and the full gradient step.

use super::{Exercise, Lesson, Overflow, Settings};
use crate::expr::{Expr, evaluate, over, product, sum};
use crate::name::{Name, Symbol};
use crate::network::{Network, Reduction, Sample};
use crate::num::{self, Precision};

/// The lessons of several samples, on the same network.
pub struct LessonBatch<'a> {
    lessons: Vec<Lesson<'a>>,
    reduction: Reduction,
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
        Self { lessons, reduction }
    }

    /// One lesson for each sample.
    pub fn lessons(&self) -> &[Lesson<'a>] {
        &self.lessons
    }

    /// How the losses of the samples make one.
    pub const fn reduction(&self) -> Reduction {
        self.reduction
    }

    /// The expression of the empirical risk `R`, or of its derivative `dR/dW11`,
    /// over the losses of the samples, `L@2`, or theirs, `dL@2/dW11`; `None` for
    /// all else.
    pub fn expression(&self, name: Name) -> Option<Expr> {
        match name {
            Name::Value(Symbol::Risk) => Some(self.reduced()),
            Name::Derivative { of: Symbol::Risk, by } => {
                Some(self.over(|sample| Name::derivative(Symbol::LossOf(sample), by)))
            }
            Name::Value(_) | Name::New(_) | Name::Derivative { .. } => None,
        }
    }

    /// How one quantity of all samples makes one number. The leaf `L@i` stands for
    /// the quantity of sample i.
    pub fn reduced(&self) -> Expr {
        self.over(|sample| Symbol::LossOf(sample).into())
    }

    fn over(&self, of_sample: impl Fn(u32) -> Name) -> Expr {
        let count = self.lessons.len();
        let all = sum((0..count as u32).map(|sample| Expr::from(of_sample(sample))));
        match self.reduction {
            Reduction::Mean if count > 1 => product([over(1.0, count as f64), all]),
            Reduction::Mean | Reduction::Sum => all,
        }
    }

    /// The value of `R`, `dR/dW11`, or of a quantity of one sample: `L@2`,
    /// `dL@2/dW11`; `None` for all else.
    pub fn value_by_name(&self, name: Name) -> Option<f64> {
        match name {
            Name::Value(Symbol::Risk) => Some(self.value(Symbol::Loss.into())),
            Name::Value(Symbol::LossOf(sample)) => {
                Some(self.lessons.get(sample as usize)?.value(Symbol::Loss.into()))
            }
            Name::Derivative { of: Symbol::Risk, by } => Some(self.value(Name::loss_by(by))),
            Name::Derivative { of: Symbol::LossOf(sample), by } => {
                Some(self.lessons.get(sample as usize)?.value(Name::loss_by(by)))
            }
            Name::Value(_) | Name::New(_) | Name::Derivative { .. } => None,
        }
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
            Name::Value(Symbol::LossOf(sample)) => of_sample(sample as usize),
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
