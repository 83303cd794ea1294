//! Which slip made a wrong number, where the number is evidence enough.
//!
//! A slip is tried on the student's own operands and on the true ones. A match
//! counts only if chance would hardly have made it: a number of two significant
//! digits agrees with something among dozens of candidates. No evidence, no
//! guess.

use super::bounds::Bounds;
use super::judge::claim;
use super::slips::{self, Detail, Slip};
use crate::expr::{Expr, Interval};
use crate::lesson::Lesson;
use crate::name::Name;
use crate::num::{self, Written};

/// A slip that gives the written number.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The slip.
    pub slip: Slip,
    /// Where in the line it happened, if that says more.
    pub detail: Option<Detail>,
}

/// Expected matches by chance, above which a match says nothing.
const MOST_BY_CHANCE: f64 = 0.5;

/// Ways to miscopy are many and none of them is likely.
const MOST_MISCOPIED_BY_CHANCE: f64 = 0.2;

/// Significant digits that a slip of the pen needs for evidence.
const LEAST_DIGITS: usize = 3;

/// More slips than this that all fit are no explanation.
const MOST_TIES: usize = 3;

/// The slips that explain a wrong line; more than one if they are equally good.
pub(super) fn find(
    lesson: &Lesson<'_>,
    name: Name,
    written: &Written,
    truth: &Bounds<'_>,
    theirs: &Bounds<'_>,
    digits: usize,
) -> Vec<Finding> {
    let search = Search::new(lesson, name, written, truth, theirs, digits);
    for found in [search.structural(), search.miswritten(), search.miscopied()] {
        match found.len() {
            0 => {}
            1..=MOST_TIES => return found,
            _ => return Vec::new(),
        }
    }
    Vec::new()
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
    digits: usize,
    claim: Interval,
    forms: Vec<Expr>,
    /// The true operands and the student's.
    both: [&'s Bounds<'a>; 2],
    /// What would have been right, from either.
    right: Vec<Interval>,
}

impl<'s, 'a> Search<'s, 'a> {
    fn new(
        lesson: &'s Lesson<'a>,
        name: Name,
        written: &'s Written,
        truth: &'s Bounds<'a>,
        theirs: &'s Bounds<'a>,
        digits: usize,
    ) -> Self {
        let forms = lesson.equal_forms(name);
        let both = [theirs, truth];
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
                found.push(Finding { slip: candidate.slip, detail: candidate.detail });
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
        slip.into_iter().map(|slip| Finding { slip, detail: None }).collect()
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
        let count = ways.len() as f64;
        let mut found: Vec<Finding> = Vec::new();
        for (form, detail) in ways {
            let matches = self.both.iter().any(|bounds| {
                let computed = bounds.computed_with(form, detail.operand, detail.value);
                self.is_evidence(computed, count, MOST_MISCOPIED_BY_CHANCE)
            });
            if matches && found.iter().all(|finding| finding.detail.as_ref() != Some(&detail)) {
                found.push(Finding { slip: Slip::Miscopied, detail: Some(detail) });
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
