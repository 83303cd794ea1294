//! All that there is to say against an exercise.

use thiserror::Error;

use super::apart::Slips;
use super::finding::LintFinding;
use super::{border, printed, units};
use crate::lesson::Lesson;
use crate::name::Name;
use crate::num;
use crate::scenario::Reference;
use crate::verify::{Marker, MarkingRules, Sheet};

/// Lines that somebody may be asked to compute by hand.
const MOST_LINES: usize = 1_000;

/// What is looked at.
pub struct Lint<'l> {
    /// The exact lesson, with its update where there is a learning rate.
    pub lesson: &'l Lesson<'l>,
    /// What is asked, and how.
    pub rules: MarkingRules<'l>,
    /// What the source prints.
    pub reference: Option<&'l Reference>,
}

/// An exercise that nobody works by hand.
#[derive(Clone, Copy, Debug, Error)]
#[error("it asks for {} lines; nobody works these by hand", num::count(*.0))]
pub struct TooLarge(pub usize);

/// Says what an exercise cannot tell apart, and what makes it hard for no good
/// reason; nothing of a good one.
///
/// # Errors
/// If it asks for more than a thousand lines.
pub fn lint(request: &Lint<'_>) -> Result<Vec<LintFinding>, TooLarge> {
    let Lint { lesson, rules, reference } = *request;
    let digits = rules.digits;
    let lines = lines(lesson, rules)?;
    let mut found = units::plain(lesson);
    found.extend(units::units(lesson, digits));
    found.extend(lines.iter().filter_map(|name| border::finding(lesson, *name, digits)));
    found.extend(Slips::of(lesson, &lines).findings(lesson, digits));
    if let Some(reference) = reference {
        found.extend(printed::findings(lesson, reference, digits));
    }
    found.sort_by_key(LintFinding::kind);
    Ok(found)
}

/// The lines that are asked for and earn something, in the lesson's order.
pub(super) fn lines(lesson: &Lesson<'_>, rules: MarkingRules<'_>) -> Result<Vec<Name>, TooLarge> {
    if lesson.network().parameters() > MOST_LINES {
        return Err(TooLarge(lesson.network().parameters()));
    }
    let marker = Marker::new(lesson, rules);
    let report = marker.mark(&Sheet::default());
    let earning = report.lines.iter().filter(|line| line.points() > 0.0);
    let names: Vec<Name> = earning.map(|line| line.name()).collect();
    if names.len() > MOST_LINES { Err(TooLarge(names.len())) } else { Ok(names) }
}
