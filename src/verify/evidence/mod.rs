//! Which slip made a wrong number, where the number is evidence enough.
//!
//! A slip is tried on the student's own operands and on the true ones. It is
//! stated as the cause only where hardly any other wrong number near the right
//! one would have been matched by something; where a match says less, it is one
//! way in which the number comes out; where it says nothing, nothing is said.

mod behind;
mod chance;

use std::cell::RefCell;

use super::claim::Claim;
use super::slips::{self, Detail, Slip};
use super::theirs::Theirs;
use super::truth::{Prepared, Truth};
use crate::expr::{Expr, Interval, enclose, replace};
use crate::name::{Name, NameSet, Symbol};
use crate::num::{self, Precision, Written};
use behind::{Behind, Supposing};

/// A slip that gives the written number.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The slip.
    pub slip: Slip,
    /// Whether it is stated as the cause, or only as a way in which the number
    /// would come out.
    pub certain: bool,
    /// Where in the line it happened, if that says more.
    pub detail: Option<Detail>,
    /// The line that it happened in, where that is an earlier one that was not
    /// handed in.
    pub behind: Option<Root>,
    /// What was computed instead, where the slip changes the formula.
    pub expr: Option<Expr>,
    /// The numbers that stand in that formula.
    pub operands: Vec<(Name, f64)>,
    /// Of all wrong numbers near the right one, the share that something would
    /// have matched as well.
    pub chance: f64,
}

/// An earlier line that was not handed in, and went wrong.
#[derive(Clone, Copy, Debug)]
pub struct Root {
    /// The quantity.
    pub name: Name,
    /// What it became.
    pub value: Interval,
}

/// The most wrong numbers near the right one, as a share of them, that a cause
/// may be stated for.
const MOST_FOR_A_CAUSE: f64 = 0.02;

/// The share of them above which a match says nothing.
const MOST_FOR_A_WAY: f64 = 0.5;

/// Lines behind a line bring many more ways.
const MOST_BEHIND: f64 = 0.5;

/// Ways to miscopy are many and none of them is likely.
const MOST_MISCOPIED: f64 = 0.3;

/// Ways to misread the operands of a line, beyond which each of them is too
/// likely to fit, and too long to try.
const MOST_MISREADINGS: usize = 1_000;

/// Significant digits that a slip of the pen needs for evidence.
const LEAST_DIGITS: i32 = 3;

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

/// A wrong line.
pub(super) struct Case<'c, 'a> {
    pub(super) truth: &'c Truth<'a>,
    pub(super) theirs: &'c Theirs<'c, 'a>,
    pub(super) name: Name,
    pub(super) prepared: &'c Prepared,
    pub(super) written: &'c Written,
    pub(super) claim: &'c Claim,
    /// The digits that numbers are shown with.
    pub(super) digits: Precision,
}

/// The slips that explain a wrong line; more than one if they are equally good.
pub(super) fn find(case: &Case<'_, '_>, depth: Depth) -> Vec<Finding> {
    let search = Search::new(case);
    let mut chance = 0.0;
    let mut found = search.of_formulas(depth, &mut chance);
    if found.is_empty() {
        found = search.miswritten(&mut chance);
    }
    if found.is_empty() {
        found = search.one_digit(&mut chance);
    }
    if found.len() > MOST_TIES {
        return Vec::new();
    }
    // Where a digit of the answer may be wrong, nothing else is certain.
    let may_be_digit = found.iter().any(|finding| finding.slip == Slip::DigitChanged);
    for finding in &mut found {
        finding.chance = chance;
        finding.certain = chance <= MOST_FOR_A_CAUSE && !may_be_digit;
    }
    found
}

/// States slips as the cause that explain several lines at once: that they all
/// do so by chance is the product of the chances.
pub(super) fn pooled(chances: &[f64]) -> bool {
    chances.len() > 1 && chances.iter().product::<f64>() <= MOST_FOR_A_CAUSE
}

struct Search<'s, 'c, 'a> {
    case: &'s Case<'c, 'a>,
    /// What would have been right, from the student's operands or the true ones.
    right: Vec<Interval>,
    claimed: Interval,
}

/// One way to the written number, and what it gives.
struct Way {
    finding: Finding,
    values: [Interval; 2],
}

impl<'s, 'c, 'a> Search<'s, 'c, 'a> {
    fn new(case: &'s Case<'c, 'a>) -> Self {
        let forms = &case.prepared.forms;
        let exact = Interval::point(case.truth.expected(case.name));
        let theirs = forms.iter().map(|form| case.theirs.enclose(form));
        let right = theirs.chain([exact]).collect();
        Self { case, right, claimed: case.claim.whole() }
    }

    /// Slips in formulas. The same slip in this line and in one before is told
    /// of the one before: what comes of it is no second slip.
    fn of_formulas(&self, depth: Depth, chance: &mut f64) -> Vec<Finding> {
        let mut found = self.structural(chance);
        if depth == Depth::Line {
            return found;
        }
        let mut own_chance = *chance;
        let before = self.behind(&mut own_chance);
        if found.is_empty() {
            *chance = own_chance;
            return before;
        }
        for finding in &mut found {
            if let Some(same) = before.iter().find(|before| before.slip == finding.slip) {
                *finding = same.clone();
            }
        }
        found
    }

    /// Slips that change the formula.
    fn structural(&self, chance: &mut f64) -> Vec<Finding> {
        let case = self.case;
        let slipped = case.truth.slips(case.name, case.prepared);
        let ways = slipped.iter().map(|slipped| {
            let candidate = &slipped.candidate;
            let theirs = case.theirs.enclose(&candidate.expr);
            let values = [theirs, Interval::point(slipped.value)];
            (candidate, values)
        });
        let ways: Vec<_> = ways.collect();
        *chance += self.chance(ways.iter().flat_map(|(_, values)| *values));
        if *chance > MOST_FOR_A_WAY {
            return Vec::new();
        }
        let mut found: Vec<Finding> = Vec::new();
        for (candidate, values) in ways {
            let known = found.iter().any(|finding| finding.slip == candidate.slip);
            if let (Some(own), false) = (self.matched(values), known) {
                let operands = self.operands_of(&candidate.expr, own);
                let detail = candidate.detail.clone();
                found.push(finding(candidate.slip, detail, Some(candidate.expr.clone()), operands));
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
        match self.case.name {
            Name::New(symbol @ (Symbol::Weight { .. } | Symbol::Bias { .. })) => {
                self.case.truth.expected(symbol.into()) == self.case.written.value
            }
            Name::New(_) | Name::Value(_) | Name::Derivative { .. } => false,
        }
    }

    /// Slips in a line before, which was not handed in, carried on to this one.
    fn behind(&self, chance: &mut f64) -> Vec<Finding> {
        let Case { truth, theirs, name, prepared, .. } = *self.case;
        let lines = Behind::of(truth, theirs, name);
        let mut ways: Vec<Way> = Vec::new();
        for (line, behind) in lines.farthest_first() {
            let carried = theirs.carried(*line);
            let mut affected = None;
            for slipped in truth.slips(*line, behind) {
                let candidate = &slipped.candidate;
                let value = theirs.working.hull(theirs.enclose(&candidate.expr));
                if value.overlaps(carried) || !value.width().is_finite() {
                    continue;
                }
                let affected = affected.get_or_insert_with(|| lines.affected_by(*line));
                let values = self.supposing(*line, value, affected);
                let root = Some(Root { name: *line, value });
                let operands = self.operands_of(&candidate.expr, true);
                let expr = Some(candidate.expr.clone());
                let mut finding = finding(candidate.slip, None, expr, operands);
                finding.behind = root;
                ways.extend(
                    prepared
                        .forms
                        .iter()
                        .zip(values)
                        .map(|(_, value)| Way { finding: finding.clone(), values: [value, value] }),
                );
            }
        }
        let own = self.chance(ways.iter().map(|way| way.values[0]));
        *chance += own;
        if own > MOST_BEHIND {
            return Vec::new();
        }
        let mut found: Vec<Finding> = Vec::new();
        for way in ways {
            let known = found.iter().any(|finding| finding.slip == way.finding.slip);
            if !known && self.matched(way.values).is_some() {
                found.push(way.finding);
            }
        }
        found
    }

    /// What the line comes to if one behind it is worth `value`.
    fn supposing(&self, line: Name, value: Interval, affected: &NameSet) -> Vec<Interval> {
        let Case { truth, theirs, prepared, .. } = *self.case;
        let known = RefCell::default();
        let supposing = Supposing { truth, theirs, name: line, value, affected, known };
        let carried = |leaf| supposing.carried(leaf);
        prepared.forms.iter().map(|form| enclose(form, &carried)).collect()
    }

    /// Slips in writing down what was computed rightly.
    fn miswritten(&self, chance: &mut f64) -> Vec<Finding> {
        if !self.has_digits_enough() {
            return Vec::new();
        }
        let own = self.chance(self.miswritten_from_right(|slip| slip != Slip::DigitChanged));
        *chance += own;
        if own > MOST_FOR_A_WAY {
            return Vec::new();
        }
        let slip = slips::miswritten(self.case.written, &|meant| self.is_right(meant));
        slip.into_iter().map(|slip| finding(slip, None, None, Vec::new())).collect()
    }

    /// One digit changed, on the way in or on the way out: each as likely as the
    /// other.
    fn one_digit(&self, chance: &mut f64) -> Vec<Finding> {
        let mut found = self.miscopied(chance);
        if self.has_digits_enough() {
            let own = self.chance(self.miswritten_from_right(|slip| slip == Slip::DigitChanged));
            *chance += own;
            let mut meant = slips::meant(self.case.written).into_iter();
            let changed = |(slip, meant): (Slip, Written)| {
                slip == Slip::DigitChanged && self.is_right(&meant)
            };
            if own <= MOST_FOR_A_WAY && meant.any(changed) {
                found.push(finding(Slip::DigitChanged, None, None, Vec::new()));
            }
        }
        found
    }

    /// Two digits agree with something by chance.
    fn has_digits_enough(&self) -> bool {
        let Written { value, decimals, .. } = *self.case.written;
        super::precision::significant_digits(value, decimals) >= LEAST_DIGITS
    }

    /// Wrong numbers near the right one that a slip of the pen would explain: the
    /// right one miswritten.
    fn miswritten_from_right(&self, counts: fn(Slip) -> bool) -> impl Iterator<Item = Interval> {
        let decimals = usize::try_from(self.case.written.decimals).unwrap_or(0);
        let right = Written::read(&num::show(self.right_value(), decimals));
        let miswritten = right.into_iter().flat_map(|right| slips::meant(&right));
        let counting = miswritten.filter(move |(slip, _)| counts(*slip));
        counting.map(|(_, other)| Interval::point(other.value))
    }

    fn is_right(&self, meant: &Written) -> bool {
        let meant = Claim::with_half_unit(meant.value, self.case.claim.unit / 2.0);
        self.right.iter().any(|right| meant.is_rounded_from(*right))
    }

    /// One operand misread or miscopied.
    fn miscopied(&self, chance: &mut f64) -> Vec<Finding> {
        let Case { theirs, prepared, digits, .. } = *self.case;
        let mut ways: Vec<(&Expr, Detail)> = Vec::new();
        for form in &prepared.forms {
            let read = slips::miscopied(form, &|operand| num::show(theirs.value(operand), digits));
            // Only what stands on paper can be miscopied.
            let on_paper = |detail: &Detail| {
                theirs.is_own(detail.operand) || super::truth::is_given(detail.operand)
            };
            ways.extend(read.into_iter().filter(on_paper).map(|detail| (form, detail)));
        }
        if ways.len() > MOST_MISREADINGS {
            return Vec::new();
        }
        let values: Vec<Interval> =
            ways.iter().map(|(form, detail)| self.with_misread(form, detail)).collect();
        let own = self.chance(values.iter().copied());
        *chance += own;
        if own > MOST_MISCOPIED {
            return Vec::new();
        }
        let mut found: Vec<Finding> = Vec::new();
        for ((form, detail), value) in ways.into_iter().zip(values) {
            let known = found.iter().any(|finding| finding.detail.as_ref() == Some(&detail));
            if known || self.matched([value, value]).is_none() {
                continue;
            }
            let misread = Expr::Number(detail.value);
            let expr = replace(form, &|leaf| (leaf == detail.operand).then(|| misread.clone()));
            let operands = expr.as_ref().map_or_else(Vec::new, |expr| self.operands_of(expr, true));
            found.push(finding(Slip::Miscopied, Some(detail), expr, operands));
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

    fn with_misread(&self, form: &Expr, detail: &Detail) -> Interval {
        let theirs = self.case.theirs;
        enclose(form, &|leaf| {
            if leaf == detail.operand {
                Interval::point(detail.value)
            } else {
                theirs.carried(leaf)
            }
        })
    }

    /// Whether a way gives the written number and differs from what is right;
    /// `true` with the student's operands, `false` with the true ones.
    fn matched(&self, [theirs, truth]: [Interval; 2]) -> Option<bool> {
        let fits = |value: Interval| {
            value.overlaps(self.claimed)
                && value.width().is_finite()
                && !self.right.iter().any(|right| right.overlaps(value))
        };
        if fits(theirs) { Some(true) } else { fits(truth).then_some(false) }
    }

    /// What is right, in one number.
    fn right_value(&self) -> f64 {
        self.right.first().map_or(f64::NAN, |right| right.middle())
    }

    fn chance(&self, candidates: impl Iterator<Item = Interval>) -> f64 {
        let apart =
            candidates.filter(|value| !self.right.iter().any(|right| right.overlaps(*value)));
        let claim = self.case.claim;
        chance::of_a_match(claim.value, self.right_value(), claim.unit / 2.0, apart)
    }

    /// The numbers in a formula: the student's `own`, or the true ones.
    fn operands_of(&self, expr: &Expr, own: bool) -> Vec<(Name, f64)> {
        let Case { truth, theirs, .. } = *self.case;
        let mut operands: Vec<(Name, f64)> = Vec::new();
        expr.for_each_leaf(&mut |leaf| {
            if operands.iter().all(|(known, _)| *known != leaf) {
                let value = if own { theirs.value(leaf) } else { truth.expected(leaf) };
                operands.push((leaf, value));
            }
        });
        operands
    }
}

const fn finding(
    slip: Slip,
    detail: Option<Detail>,
    expr: Option<Expr>,
    operands: Vec<(Name, f64)>,
) -> Finding {
    Finding { slip, certain: false, detail, behind: None, expr, operands, chance: 1.0 }
}
