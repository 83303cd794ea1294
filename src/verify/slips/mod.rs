//! Slips: the known ways in which a hand computation goes wrong. Each is one
//! rewrite of a quantity's expression, so it works for every network.
//!
//! A slip is one row of `table`: its code, what it says to the student, and
//! its rewrite. The rewrites are grouped by where they happen: `forward`,
//! `loss`, `slope`, `chain`, `signal`, `gradient`, `update`, `batch`; `writing` holds the
//! slips of the pen, which change a text and no formula. `fingerprint`
//! tells whether two formulas are one.

mod batch;
mod chain;
mod fingerprint;
mod forward;
mod gradient;
mod line;
mod loss;
mod signal;
mod slope;
mod table;
mod update;
mod writing;

#[cfg(test)]
mod tests;

pub use table::Slip;
pub use writing::{MisreadOperand, meant, miscopied, miswritten};

use rustc_hash::FxHashSet;

use crate::expr::{Expr, rename};
use crate::lesson::Lesson;
use crate::name::Name;
use fingerprint::{Fingerprint, fingerprint};
use line::SlipLine;

/// One way in which a slip changes a line.
#[derive(Clone, Debug, PartialEq)]
pub struct SlipCandidate {
    /// The slip.
    pub slip: Slip,
    /// What was computed instead, over quantities of the lesson.
    pub expr: Expr,
    /// What was misread, where the slip is a misreading.
    pub detail: Option<MisreadOperand>,
}

/// All ways in which the slips of the table change the line of a quantity: the
/// usual slips first, each group in the table's order. What was misread or
/// miswritten is not among them: see [`miscopied`] and [`miswritten`].
///
/// Where several slips leave one formula, up to the order of its parts, it is
/// the first one's. A formula that is right is no slip.
///
/// A slip changes the line it happens in. Where that line was not handed in,
/// the lines that use it carry the slip on: look at its candidates too.
pub fn candidates(lesson: &Lesson<'_>, name: Name) -> Vec<SlipCandidate> {
    if let Some((own, alone, sample)) = of_sample(lesson, name) {
        let mut found = candidates(own, alone);
        for candidate in &mut found {
            let expr = std::mem::replace(&mut candidate.expr, Expr::Number(0.0));
            candidate.expr = rename(expr, &|leaf| leaf.at_sample(sample));
        }
        return found;
    }
    let line = SlipLine::new(lesson, name);
    let mut known = right(&line);
    let mut found = Vec::new();
    for usual in [true, false] {
        for slip in Slip::ALL.into_iter().filter(|slip| slip.is_usual() == usual) {
            for expr in slip.rewrite(&line) {
                if known.insert(fingerprint(&line, &expr)) {
                    found.push(SlipCandidate { slip, expr, detail: None });
                }
            }
        }
    }
    found
}

/// The ways in which one slip changes the line of a quantity.
pub fn rewritings(lesson: &Lesson<'_>, name: Name, slip: Slip) -> Vec<Expr> {
    if let Some((own, alone, sample)) = of_sample(lesson, name) {
        let found = rewritings(own, alone, slip).into_iter();
        return found.map(|expr| rename(expr, &|leaf| leaf.at_sample(sample))).collect();
    }
    let line = SlipLine::new(lesson, name);
    let mut found = slip.rewrite(&line);
    if !found.is_empty() {
        let mut known = right(&line);
        found.retain(|expr| known.insert(fingerprint(&line, expr)));
    }
    found
}

/// The lesson of the one sample that a quantity is of, its name there, and which
/// sample that is.
fn of_sample<'l, 'a>(lesson: &'l Lesson<'a>, name: Name) -> Option<(&'l Lesson<'a>, Name, u32)> {
    let (sample, _) = name.alone()?;
    let (own, alone) = lesson.own_of(name);
    own.samples().is_none().then_some((own, alone, sample))
}

/// The right formulas of a line.
fn right(line: &SlipLine<'_>) -> FxHashSet<Fingerprint> {
    let own = Expr::Leaf(line.name);
    line.forms.iter().chain([&own]).map(|form| fingerprint(line, form)).collect()
}
