//! A closer look at gradients that the first step does not settle, all of a piece
//! of the work together.

use std::ops::Range;

use super::compiled::Choices;
use super::judge::{Quotient, RATIO, Weighed, weigh};
use super::{All, GradientRow, GradientVerdict};
use crate::name::Symbol;

/// Steps that are taken where the first does not settle it: by so much they move
/// the input of a unit.
const FINEST: f64 = 4e-7;

/// How many there are.
const STEPS: usize = 16;

/// Those that mostly settle it.
const MIDDLE: Range<usize> = 3..6;

/// A smaller step is lost in the rounding of the weight itself.
const LEAST: f64 = 1e-13;

/// A gradient that is not settled.
pub(super) struct OpenGradient {
    /// Its place among the rows.
    pub(super) at: usize,
    pub(super) verdict: GradientVerdict,
    parameter: Symbol,
    gradient: f64,
    /// The number of the largest size that the parameter is multiplied with.
    source: f64,
    first: Quotient,
    /// What other steps say, and the best of them.
    found: Option<(Weighed, Quotient)>,
}

impl OpenGradient {
    pub(super) fn new(all: &All<'_>, at: usize, row: &GradientRow, first: Quotient) -> Self {
        let GradientRow { parameter, gradient, .. } = *row;
        let sources = all.bases.iter().map(|base| base.source(parameter).abs());
        let source = sources.fold(0.0, f64::max);
        // Where the source is 0, the parameter moves nothing.
        let verdict = GradientVerdict::Differs;
        Self { at, verdict, parameter, gradient, source, first, found: None }
    }

    /// The quotient to show: that of the step which all take, where it says the
    /// same as the others, and where nothing is known.
    pub(super) fn shown(&self) -> &Quotient {
        let is_known = matches!(self.verdict, GradientVerdict::Differs | GradientVerdict::Agrees);
        match &self.found {
            Some((weighed, best))
                if is_known && !self.first.is(weighed.slope, weighed.uncertain) =>
            {
                best
            }
            Some(_) | None => &self.first,
        }
    }

    /// How it would be told from the slope that was found, where another verdict
    /// hangs on it.
    fn telling_step(&self, all: &All<'_>) -> Option<(Symbol, f64)> {
        let (weighed, best) =
            self.found.as_ref().filter(|_| self.verdict == GradientVerdict::Differs)?;
        let least = LEAST * all.value(self.parameter).abs().max(1.0);
        let noise = all.noise_behind(self.parameter);
        let step = weighed.telling_step(self.gradient, noise).max(least);
        (step < best.step).then_some((self.parameter, step))
    }

    /// The first step, where it may lie across a kink.
    fn step_at_a_kink(&self) -> Option<(Symbol, f64)> {
        (self.verdict == GradientVerdict::Agrees).then_some((self.parameter, self.first.step))
    }
}

/// Gives each its verdict; they are ordered by layer.
pub(super) fn look_closer(all: &All<'_>, open: &mut [OpenGradient]) {
    let mut moving: Vec<&mut OpenGradient> =
        open.iter_mut().filter(|open| open.source > 0.0).collect();
    take_steps(all, &mut moving, MIDDLE);
    let unknown =
        moving.iter_mut().filter(|open| matches!(open.verdict, GradientVerdict::CannotTell(_)));
    let mut unknown: Vec<&mut OpenGradient> = unknown.map(|open| &mut **open).collect();
    take_steps(all, &mut unknown, 0..STEPS);
    look_again(
        all,
        &mut moving,
        |open| open.telling_step(all),
        |open, near| {
            if let Some((weighed, _)) = &open.found {
                open.verdict = weighed.confirmed_by(open.gradient, near);
            }
        },
    );
    look_again(all, &mut moving, OpenGradient::step_at_a_kink, |open, without| {
        // Made as in the lesson, the choices lead somewhere else.
        if !open.first.is(without.value, 0.0) {
            open.verdict = GradientVerdict::Kink;
        }
    });
}

/// Weighs them by the quotients at some steps.
fn take_steps(all: &All<'_>, open: &mut [&mut OpenGradient], range: Range<usize>) {
    let steps = open.iter().flat_map(|open| {
        let (parameter, source) = (open.parameter, open.source);
        range.clone().map(move |at| (parameter, FINEST * RATIO.powi(at as i32) / source))
    });
    let steps: Vec<(Symbol, f64)> = steps.collect();
    let quotients = all.quotients(&steps, Choices::AsInTheLesson);
    for (open, quotients) in open.iter_mut().zip(quotients.chunks(range.len())) {
        let weighed = weigh(open.gradient, quotients, all.floor);
        open.verdict = weighed.verdict;
        open.found = Some((weighed, quotients[weighed.best]));
    }
}

/// Takes one more step where one is wanted, and says what is found there.
fn look_again(
    all: &All<'_>,
    open: &mut [&mut OpenGradient],
    step: impl Fn(&OpenGradient) -> Option<(Symbol, f64)>,
    mut tell: impl FnMut(&mut OpenGradient, &Quotient),
) {
    let steps: Vec<Option<(Symbol, f64)>> = open.iter().map(|open| step(open)).collect();
    let taken: Vec<(Symbol, f64)> = steps.iter().copied().flatten().collect();
    let quotients = all.quotients(&taken, Choices::AsInTheLesson);
    let wanted = open.iter_mut().zip(&steps).filter(|(_, step)| step.is_some());
    for ((open, _), quotient) in wanted.zip(&quotients) {
        tell(open, quotient);
    }
}
