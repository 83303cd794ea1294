//! Marks sheets of one exercise: what is asked, what each line can earn, and the
//! frozen truth that all sheets share.

use std::fmt;

use super::credit::Policy;
use super::handed_in::{HandedIn, Shortens};
use super::report::{Report, ReportLine};
use super::reporting::Reporting;
use super::sheet::Sheet;
use super::truth::Truth;
use crate::expr::Expr;
use crate::lesson::{Lesson, Section};
use crate::name::pattern::{is_asked, points_of};
use crate::name::{Name, NameMap, Naming, Pattern, Symbol};
use crate::num::{Precision, Written};

/// How an exercise is marked.
#[derive(Clone, Copy, Debug)]
pub struct MarkingRules<'a> {
    /// The digits that are asked for.
    pub digits: Precision,
    /// Numbers that the source prints; they are accepted too.
    pub printed: &'a [(Name, Written)],
    /// What is asked; without patterns, all that the lecture computes.
    pub asks: Option<&'a [Pattern]>,
    /// What lines are worth, where it is not 1.
    pub points: &'a [(Pattern, f64)],
    /// How credit is given.
    pub policy: Policy,
}

impl MarkingRules<'_> {
    /// Everything is asked with these digits, for one point a line.
    pub fn asking(digits: impl Into<Precision>) -> Self {
        let (digits, policy) = (digits.into(), Policy::default());
        Self { digits, printed: &[], asks: None, points: &[], policy }
    }

    /// What a line can earn; nothing for one that only `repeats` a number that is
    /// given or known, unless it is given points by its own name.
    fn points(&self, name: Name, naming: Naming<'_>, repeats: bool) -> f64 {
        let by_name = |(pattern, _): &(Pattern, f64)| *pattern == Pattern::Name(name);
        if repeats && !self.points.iter().any(by_name) {
            return 0.0;
        }
        points_of(self.points, name, naming)
    }
}

/// Marks sheets for one lesson. It can be shared between threads.
///
/// ```
/// use backprop_tutor::lesson::{Lesson, Settings};
/// use backprop_tutor::verify::{Marker, MarkingRules, SheetReader, LineVerdict};
///
/// let scenario = backprop_tutor::scenario::load("xor")?;
/// let exercise = scenario.exercise(0);
/// let lesson = Lesson::new(exercise, Settings { apply: true, ..Settings::default() })?;
/// let (reader, marker) =
///     (SheetReader::new(&scenario.network), Marker::new(&lesson, MarkingRules::asking(4)));
/// let sheet = reader.read(b"f_out = 0.7553\ndL/df_out = 0.2447", "a sheet")?;
/// let report = marker.mark(&sheet);
/// assert_eq!(report.score(), 1.0);
/// let wrong = report.first_wrong().ok_or("none is wrong")?;
/// assert_eq!(lesson.naming().plain(wrong.name()), "dL/df_out");
/// assert_eq!(wrong.slips()[0].slip.code(), "RESIDUAL-SIGN");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Marker<'a> {
    pub(super) truth: Truth<'a>,
    pub(super) rules: MarkingRules<'a>,
    pub(super) printed: NameMap<f64>,
    /// Per place, what the line is worth.
    asked: Vec<AskedLine>,
    /// What lines are worth: each of these numbers once.
    worths: Vec<f64>,
}

/// A line that a sheet may answer, in 32 bits: there may be very many.
#[derive(Clone, Copy)]
struct AskedLine(u32);

impl AskedLine {
    fn new(is_asked: bool, repeats: bool, worth: usize) -> Self {
        Self((worth as u32) << 2 | u32::from(repeats) << 1 | u32::from(is_asked))
    }

    const fn is_asked(self) -> bool {
        self.0 & 1 == 1
    }

    /// Whether it only repeats a number that is given or known.
    const fn repeats(self) -> bool {
        self.0 & 2 == 2
    }

    /// The place of what it can earn.
    const fn worth(self) -> usize {
        (self.0 >> 2) as usize
    }
}

impl fmt::Debug for Marker<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Marker").field("rules", &self.rules).finish_non_exhaustive()
    }
}

impl<'a> Marker<'a> {
    /// Prepares marking by the exact `lesson`, with its update where there is a
    /// learning rate.
    pub fn new(lesson: &'a Lesson<'a>, rules: MarkingRules<'a>) -> Self {
        Self::of(lesson, rules, |add| {
            let Ok(()) = lesson.for_each(|section, name| {
                if section != Section::Given {
                    add(name);
                }
                Ok::<(), std::convert::Infallible>(())
            });
        })
    }

    /// Prepares marking of a few lines only, in this order: what costs too much
    /// for all lines of a large network is quick for one of them.
    pub fn of_lines(lesson: &'a Lesson<'a>, rules: MarkingRules<'a>, names: &[Name]) -> Self {
        Self::of(lesson, rules, |add| names.iter().for_each(|name| add(*name)))
    }

    fn of(
        lesson: &'a Lesson<'a>,
        rules: MarkingRules<'a>,
        each: impl FnOnce(&mut dyn FnMut(Name)),
    ) -> Self {
        let truth = Truth::new(lesson, each);
        let naming = lesson.naming();
        let mut worths: Vec<f64> = Vec::new();
        let asked = |place| {
            let name = truth.name(place);
            let repeats = repeats(&truth, name);
            let is_asked = is_asked(rules.asks, name, naming);
            let points = if is_asked { rules.points(name, naming, repeats) } else { 0.0 };
            let worth = worths.iter().position(|worth| *worth == points).unwrap_or_else(|| {
                worths.push(points);
                worths.len() - 1
            });
            AskedLine::new(is_asked, repeats, worth)
        };
        let asked = (0..truth.len()).map(asked).collect();
        let printed = rules.printed.iter().map(|(name, written)| (*name, written.value));
        let printed = printed.collect();
        Self { truth, rules, printed, asked, worths }
    }

    /// Marks a sheet.
    pub fn mark(&self, sheet: &Sheet) -> Report<'_> {
        self.by_convention(sheet, self.mark_plainly(sheet))
    }

    /// Marks a sheet by the signs of the lesson.
    pub(super) fn mark_plainly(&self, sheet: &Sheet) -> Report<'_> {
        let handed_in = HandedIn::by(self, sheet, Shortens::AsShown);
        let report = Reporting::new(self, sheet, &handed_in).report();
        self.by_another_reading(sheet, &handed_in, report)
    }

    /// Marks one line of a sheet, answered or not, and nothing that it does not
    /// depend on; none that is not among those it was prepared for.
    pub fn mark_line(&self, sheet: &Sheet, name: Name) -> Option<ReportLine<'_>> {
        let place = self.truth.place(name)?;
        let handed_in = HandedIn::by(self, sheet, Shortens::AsShown);
        Some(Reporting::new(self, sheet, &handed_in).line(place))
    }

    /// The lesson that it marks by.
    pub const fn lesson(&self) -> &'a Lesson<'a> {
        self.truth.lesson()
    }

    /// The lines that are asked for, in the lesson's order.
    pub fn asked(&self) -> impl Iterator<Item = Name> + '_ {
        let is_asked = |place: &usize| self.is_asked(*place);
        (0..self.asked.len()).filter(is_asked).map(|place| self.truth.name(place))
    }

    /// Whether the line at a place is asked for.
    pub(super) fn is_asked(&self, place: usize) -> bool {
        self.asked[place].is_asked()
    }

    /// Whether it only repeats a number that is given or known, and earns nothing.
    pub(super) fn repeats(&self, place: usize) -> bool {
        self.asked[place].repeats() && self.points(place) == 0.0
    }

    /// What it can earn.
    pub(super) fn points(&self, place: usize) -> f64 {
        self.worths[self.asked[place].worth()]
    }
}

/// Whether a line takes no work beyond the lines before: a factor that is a
/// number of the network, a unit that passes on what it gets, a weight that
/// stays as it was, or 0.
fn repeats(truth: &Truth<'_>, name: Name) -> bool {
    let expected = truth.expected(name);
    let is_bare = || {
        let expr = truth.lesson().expression(name);
        matches!(expr, Some(Expr::Leaf(_) | Expr::Number(_)))
    };
    expected == 0.0
        || match name {
            Name::New(symbol) if expected == truth.expected(symbol.into()) => true,
            Name::Value(Symbol::Out { layer, unit }) => {
                expected == truth.expected(Symbol::In { layer, unit }.into())
            }
            Name::New(Symbol::Out { layer, unit }) => {
                expected == truth.expected(Name::New(Symbol::In { layer, unit }))
            }
            Name::OfSample { sample, of: Symbol::Out { layer, unit }, by: None } => {
                let own = Name::Value(Symbol::In { layer, unit });
                expected == truth.expected(own.at_sample(sample))
            }
            Name::Derivative { of: Symbol::In { .. }, .. }
            | Name::OfSample { of: Symbol::In { .. }, by: Some(_), .. } => true,
            Name::Derivative { of: Symbol::Out { .. }, .. }
            | Name::OfSample { of: Symbol::Out { .. }, .. } => expected == 1.0,
            Name::Derivative { of: Symbol::Loss, by: Symbol::Out { .. } }
            | Name::Derivative { of: Symbol::Risk, .. }
            | Name::OfSample {
                of: Symbol::Loss | Symbol::Term(_),
                by: None | Some(Symbol::Out { .. }),
                ..
            }
            | Name::Value(Symbol::Loss | Symbol::Term(_) | Symbol::Risk)
            | Name::New(Symbol::Loss | Symbol::Term(_)) => is_bare(),
            Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => {
                false
            }
        }
}
