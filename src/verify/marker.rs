//! Marks sheets of one exercise: what is asked, what each line can earn, and the
//! frozen truth that all sheets share.

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
/// assert_eq!(lesson.naming().plain(wrong.name), "dL/df_out");
/// assert_eq!(wrong.slips[0].slip.code(), "RESIDUAL-SIGN");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Marker<'a> {
    pub(super) truth: Truth<'a>,
    pub(super) rules: MarkingRules<'a>,
    pub(super) printed: NameMap<f64>,
    pub(super) order: Vec<AskedLine>,
}

/// A line that a sheet may answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct AskedLine {
    pub(super) name: Name,
    pub(super) is_asked: bool,
    /// What it can earn.
    pub(super) points: f64,
    /// Whether it only repeats a number that is given or known.
    pub(super) repeats: bool,
}

impl<'a> Marker<'a> {
    /// Prepares marking by the exact `lesson`, with its update where there is a
    /// learning rate.
    pub fn new(lesson: &'a Lesson<'a>, rules: MarkingRules<'a>) -> Self {
        let mut names = Vec::new();
        let Ok(()) = lesson.for_each(|section, name| {
            if section != Section::Given {
                names.push(name);
            }
            Ok::<(), std::convert::Infallible>(())
        });
        Self::of_lines(lesson, rules, &names)
    }

    /// Prepares marking of a few lines only, in this order: what costs too much
    /// for all lines of a large network is quick for one of them.
    pub fn of_lines(lesson: &'a Lesson<'a>, rules: MarkingRules<'a>, names: &[Name]) -> Self {
        let truth = Truth::new(lesson, names.iter().copied());
        let naming = lesson.naming();
        let asked = |&name: &Name| {
            let repeats = repeats(&truth, name);
            let is_asked = is_asked(rules.asks, name, naming);
            let points = if is_asked { rules.points(name, naming, repeats) } else { 0.0 };
            AskedLine { name, is_asked, points, repeats }
        };
        let order = names.iter().map(asked).collect();
        let printed = rules.printed.iter().map(|(name, written)| (*name, written.value));
        let printed = printed.collect();
        Self { truth, rules, printed, order }
    }

    /// Marks a sheet.
    pub fn mark(&self, sheet: &Sheet) -> Report {
        self.by_convention(sheet, self.mark_plainly(sheet))
    }

    /// Marks a sheet by the signs of the lesson.
    pub(super) fn mark_plainly(&self, sheet: &Sheet) -> Report {
        let handed_in = HandedIn::by(self, sheet, Shortens::AsShown);
        let report = Reporting::new(self, sheet, &handed_in).report();
        self.by_another_reading(sheet, &handed_in, report)
    }

    /// Marks one line of a sheet, answered or not, and nothing that it does not
    /// depend on.
    pub fn mark_line(&self, sheet: &Sheet, name: Name) -> ReportLine {
        let handed_in = HandedIn::by(self, sheet, Shortens::AsShown);
        Reporting::new(self, sheet, &handed_in).line(name)
    }

    /// The lesson that it marks by.
    pub const fn lesson(&self) -> &'a Lesson<'a> {
        self.truth.lesson()
    }

    /// The lines that are asked for, in the lesson's order.
    pub fn asked(&self) -> impl Iterator<Item = Name> + '_ {
        self.order.iter().filter(|asked| asked.is_asked).map(|asked| asked.name)
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
