//! Which slip made a wrong number, where the number is evidence enough.
//!
//! A slip is tried on the student's own operands and on the true ones. A match
//! counts only if chance would hardly have made it: a number of two significant
//! digits agrees with something among dozens of candidates. No evidence, no
//! guess.

use std::cell::RefCell;

use super::behind::Behind;
use super::bounds::{Bounds, Supposing};
use super::claim::claim;
use super::slips::{self, Detail, Slip};
use crate::expr::{Expr, Interval};
use crate::lesson::Lesson;
use crate::name::{Name, NameSet, Symbol};
use crate::num::{self, Precision, Written};

/// A slip that gives the written number.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The slip.
    pub slip: Slip,
    /// Where in the line it happened, if that says more.
    pub detail: Option<Detail>,
    /// The line that it happened in, where that is an earlier one that was not
    /// handed in.
    pub behind: Option<Root>,
}

/// An earlier line that was not handed in, and went wrong.
#[derive(Clone, Copy, Debug)]
pub struct Root {
    /// The quantity.
    pub name: Name,
    /// What it became.
    pub value: Interval,
}

impl Finding {
    const fn here(slip: Slip, detail: Option<Detail>) -> Self {
        Self { slip, detail, behind: None }
    }
}

/// Expected matches by chance, above which a match says nothing.
const MOST_BY_CHANCE: f64 = 0.5;

/// Lines behind a line bring many more ways.
const MOST_BEHIND_BY_CHANCE: f64 = 0.2;

/// Ways to miscopy are many and none of them is likely.
const MOST_MISCOPIED_BY_CHANCE: f64 = 0.2;

/// Ways to misread the operands of a line, beyond which each of them is too
/// likely to fit, and too long to try.
const MOST_MISREADINGS: usize = 1_000;

/// Significant digits that a slip of the pen needs for evidence.
const LEAST_DIGITS: usize = 3;

/// More slips than this that all fit are no explanation.
const MOST_TIES: usize = 3;

/// Where slips are looked for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Depth {
    /// In the line alone.
    Line,
    /// Also in the lines it is computed from, where they were not handed in.
    LinesBehind,
}

/// The slips that explain a wrong line; more than one if they are equally good.
/// `both`: what the student may carry, and what is true.
pub(super) fn find(
    lesson: &Lesson<'_>,
    name: Name,
    written: &Written,
    both: [&Bounds<'_>; 2],
    digits: Precision,
    depth: Depth,
) -> Vec<Finding> {
    let search = Search::new(lesson, name, written, both, digits);
    let found = Some(search.of_formulas(depth)).filter(|found| !found.is_empty());
    let found = found.or_else(|| Some(search.miswritten()).filter(|found| !found.is_empty()));
    let found = found.unwrap_or_else(|| search.miscopied());
    if found.len() <= MOST_TIES { found } else { Vec::new() }
}

fn significant_digits(text: &str) -> usize {
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    let digits = mantissa.chars().filter(char::is_ascii_digit);
    digits.skip_while(|digit| *digit == '0').count()
}

struct Search<'s, 'a> {
    lesson: &'s Lesson<'a>,
    name: Name,
    written: &'s Written,
    /// Decimals that operands are read with.
    digits: Precision,
    claim: Interval,
    forms: Vec<Expr>,
    /// The student's operands and the true ones.
    both: [&'s Bounds<'a>; 2],
    /// What would have been right, from either.
    right: Vec<Interval>,
}

impl<'s, 'a> Search<'s, 'a> {
    fn new(
        lesson: &'s Lesson<'a>,
        name: Name,
        written: &'s Written,
        both: [&'s Bounds<'a>; 2],
        digits: Precision,
    ) -> Self {
        let forms = lesson.equal_forms(name);
        let right = both.iter().flat_map(|bounds| forms.iter().map(|form| bounds.computed(form)));
        let right = right.collect();
        Self {
            lesson,
            name,
            written,
            digits,
            claim: claim(written, lesson.value(name)),
            forms,
            both,
            right,
        }
    }

    /// Slips in formulas. The same slip in this line and in one before is told
    /// of the one before: what comes of it is no second slip.
    fn of_formulas(&self, depth: Depth) -> Vec<Finding> {
        let mut found = self.structural();
        let before = if depth == Depth::Line { Vec::new() } else { self.behind() };
        if found.is_empty() {
            return before;
        }
        for finding in &mut found {
            let same = before.iter().find(|before| before.slip == finding.slip);
            finding.behind = same.and_then(|before| before.behind);
        }
        found
    }

    /// Slips that change the formula.
    fn structural(&self) -> Vec<Finding> {
        let candidates = slips::candidates(self.lesson, self.name);
        let count = candidates.len() as f64;
        let mut found: Vec<Finding> = Vec::new();
        for candidate in candidates {
            let matches = self.both.iter().any(|bounds| {
                self.is_evidence(bounds.computed(&candidate.expr), count, MOST_BY_CHANCE)
            });
            if matches && found.iter().all(|finding| finding.slip != candidate.slip) {
                found.push(Finding::here(candidate.slip, candidate.detail));
            }
        }
        // Who writes the very number that was there before has copied it.
        let is_old = |finding: &Finding| {
            matches!(finding.slip, Slip::BiasNotUpdated | Slip::WeightNotUpdated)
        };
        if self.repeats_the_old() && found.iter().any(is_old) {
            found.retain(is_old);
        }
        found
    }

    /// Whether the answer for a new weight or bias is the old one.
    fn repeats_the_old(&self) -> bool {
        match self.name {
            Name::New(symbol @ (Symbol::Weight { .. } | Symbol::Bias { .. })) => {
                self.lesson.value(symbol.into()) == self.written.value
            }
            Name::New(_) | Name::Value(_) | Name::Derivative { .. } => false,
        }
    }

    /// Slips in a line before, which was not handed in, carried on to this one.
    fn behind(&self) -> Vec<Finding> {
        let [theirs, _] = self.both;
        let lines = Behind::of(self.lesson, theirs, self.name);
        let mut ways: Vec<(Root, Slip)> = Vec::new();
        for name in lines.farthest_first() {
            for candidate in slips::candidates(self.lesson, name) {
                let value = theirs.rounded(&candidate.expr);
                if !value.overlaps(theirs.carried(name)) && value.width().is_finite() {
                    ways.push((Root { name, value }, candidate.slip));
                }
            }
        }
        let count = ways.len() as f64;
        let mut found: Vec<Finding> = Vec::new();
        let mut affected = (self.name, NameSet::default());
        for (root, slip) in ways {
            if found.iter().any(|finding| finding.slip == slip) {
                continue;
            }
            if affected.0 != root.name {
                affected = (root.name, lines.affected_by(root.name));
            }
            let supposing = Supposing {
                bounds: theirs,
                name: root.name,
                value: root.value,
                affected: &affected.1,
                known: RefCell::default(),
            };
            let mut computed = self.forms.iter().map(|form| supposing.computed(form));
            if computed.any(|computed| self.is_evidence(computed, count, MOST_BEHIND_BY_CHANCE)) {
                found.push(Finding { slip, detail: None, behind: Some(root) });
            }
        }
        found
    }

    /// Slips in writing down what was computed rightly.
    fn miswritten(&self) -> Vec<Finding> {
        // Two digits agree with something by chance.
        if significant_digits(&self.written.text) < LEAST_DIGITS {
            return Vec::new();
        }
        let is_right = |meant: &Written| {
            let claim = claim(meant, meant.value);
            self.right.iter().any(|right| right.overlaps(claim))
        };
        let slip = slips::miswritten(self.written, &is_right);
        slip.into_iter().map(|slip| Finding::here(slip, None)).collect()
    }

    /// One operand misread or miscopied.
    fn miscopied(&self) -> Vec<Finding> {
        let mut ways: Vec<(&Expr, Detail)> = Vec::new();
        for form in &self.forms {
            let read = slips::miscopied(form, &|operand| {
                num::show(self.both[0].carried(operand).middle(), self.digits)
            });
            // Only what stands on paper can be miscopied.
            let on_paper = |detail: &Detail| {
                self.both[0].is_own(detail.operand)
                    || self.lesson.expression(detail.operand).is_none()
            };
            ways.extend(read.into_iter().filter(on_paper).map(|detail| (form, detail)));
        }
        if ways.len() > MOST_MISREADINGS {
            return Vec::new();
        }
        let count = ways.len() as f64;
        let mut found: Vec<Finding> = Vec::new();
        for (form, detail) in ways {
            let matches = self.both.iter().any(|bounds| {
                let computed = bounds.computed_with(form, detail.operand, detail.value);
                self.is_evidence(computed, count, MOST_MISCOPIED_BY_CHANCE)
            });
            if matches && found.iter().all(|finding| finding.detail.as_ref() != Some(&detail)) {
                found.push(Finding::here(Slip::Miscopied, Some(detail)));
            }
        }
        // Where several readings of one operand fit, its last digits hardly
        // matter, and the number is merely close to the right one.
        let operand = |finding: &Finding| finding.detail.as_ref().map(|detail| detail.operand);
        let operands: Vec<_> = found.iter().map(operand).collect();
        found.retain(|finding| {
            operands.iter().filter(|other| **other == operand(finding)).count() == 1
        });
        found
    }

    /// Whether a candidate gives the written number, differs from what is right,
    /// and does so hardly by chance among `count` others.
    fn is_evidence(&self, candidate: Interval, count: f64, most: f64) -> bool {
        if !candidate.overlaps(self.claim) || !candidate.width().is_finite() {
            return false;
        }
        if self.right.iter().any(|right| right.overlaps(candidate)) {
            return false;
        }
        let size = self.right.iter().map(|right| right.middle().abs()).fold(0.0, f64::max);
        let spread = 2.0 * size.max(self.written.value.abs());
        let chance = (self.claim.width() + candidate.width()) / spread;
        count * chance < most
    }
}
