//! Which slip made a wrong number, where the number is evidence enough.
//!
//! A slip is tried on the student's own operands and on the true ones. It is
//! stated as the cause only where hardly any other wrong number near the right
//! one would have been matched by something; where a match says less, it is one
//! way in which the number comes out; where it says nothing, nothing is said.

mod behind;
mod chance;
mod pen;

use std::cell::{OnceCell, RefCell};

use super::claim::Claim;
use super::slips::{MisreadOperand, Slip, SlipCandidate};
use super::theirs::Theirs;
use super::truth::{Prepared, Slipped, Truth};
use crate::expr::{Expr, Interval, enclose};
use crate::name::{Name, NameSet, Symbol};
use crate::num::{Precision, Written};
use behind::{Behind, Supposing};

/// A slip that gives the written number.
#[derive(Clone, Debug)]
pub struct SlipFinding {
    /// The slip.
    pub slip: Slip,
    /// Whether it is stated as the cause, or only as a way in which the number
    /// would come out.
    pub certain: bool,
    /// Where in the line it happened, if that says more.
    pub detail: Option<MisreadOperand>,
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

/// More slips than this that all fit are no explanation.
const MOST_TIES: usize = 3;

/// Where slips are looked for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum SearchDepth {
    /// In the line alone.
    Line,
    /// Also in the lines it is computed from, where they were not handed in.
    LinesBehind,
}

/// A wrong line.
pub(super) struct WrongLine<'c, 'a> {
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
pub(super) fn find(case: &WrongLine<'_, '_>, depth: SearchDepth) -> Vec<SlipFinding> {
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

/// One slip in a wrong line, if it changes the formula so that the number comes out.
pub(super) fn of_one_slip(case: &WrongLine<'_, '_>, slip: Slip) -> Option<SlipFinding> {
    let search = Search::new(case);
    let slipped = case.truth.slips(case.name, case.prepared).iter();
    slipped.filter(|slipped| slipped.candidate.slip == slip).find_map(|slipped| {
        let (candidate, values) = search.way(slipped);
        let own = search.matched(values)?;
        let operands = search.operands_of(&candidate.expr, own);
        let detail = candidate.detail.clone();
        Some(finding(slip, detail, Some(candidate.expr.clone()), operands))
    })
}

/// States slips as the cause that explain several lines at once, of so many in
/// which they were `tried`: that just some of these are explained by chance is the
/// product of the chances, for each choice of so many lines.
pub(super) fn pooled(chances: &[f64], tried: usize) -> bool {
    let shown = chances.len();
    let choices = (1..=shown).map(|at| (tried.max(shown) - shown + at) as f64 / at as f64);
    let by_chance = chances.iter().product::<f64>() * choices.product::<f64>();
    shown > 1 && by_chance <= MOST_FOR_A_CAUSE
}

struct Search<'s, 'c, 'a> {
    case: &'s WrongLine<'c, 'a>,
    /// What would have been right, from the student's operands or the true ones.
    right: Vec<Interval>,
    claimed: Interval,
    /// What may have been meant by the written number, and what may be made of the
    /// right one, by slips of the pen.
    meant: OnceCell<Vec<(Slip, Written)>>,
    miswritten: OnceCell<Vec<(Slip, Written)>>,
}

/// One way to the written number, and what it gives.
struct Way {
    finding: SlipFinding,
    values: [Interval; 2],
}

impl<'s, 'c, 'a> Search<'s, 'c, 'a> {
    fn new(case: &'s WrongLine<'c, 'a>) -> Self {
        let forms = case.prepared.usual_forms();
        let exact = Interval::point(case.truth.expected(case.name));
        let theirs = forms.iter().map(|form| case.theirs.enclose(form));
        let right = theirs.chain([exact]).collect();
        let (meant, miswritten) = (OnceCell::new(), OnceCell::new());
        Self { case, right, claimed: case.claim.whole(), meant, miswritten }
    }

    /// Slips in formulas. The same slip in this line and in one before is told
    /// of the one before: what comes of it is no second slip.
    fn of_formulas(&self, depth: SearchDepth, chance: &mut f64) -> Vec<SlipFinding> {
        let mut found = self.structural(chance);
        if depth == SearchDepth::Line {
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
    fn structural(&self, chance: &mut f64) -> Vec<SlipFinding> {
        let case = self.case;
        let slipped = case.truth.slips(case.name, case.prepared);
        let ways: Vec<_> = slipped.iter().map(|slipped| self.way(slipped)).collect();
        *chance += self.chance(ways.iter().flat_map(|(_, values)| *values));
        if *chance > MOST_FOR_A_WAY {
            return Vec::new();
        }
        let mut found: Vec<SlipFinding> = Vec::new();
        for (candidate, values) in ways {
            let known = found.iter().any(|finding| finding.slip == candidate.slip);
            if let (Some(own), false) = (self.matched(values), known) {
                let operands = self.operands_of(&candidate.expr, own);
                let detail = candidate.detail.clone();
                found.push(finding(candidate.slip, detail, Some(candidate.expr.clone()), operands));
            }
        }
        // Who writes the very number that was there before has copied it.
        let is_old = |finding: &SlipFinding| {
            matches!(finding.slip, Slip::BiasNotUpdated | Slip::WeightNotUpdated)
        };
        if self.repeats_the_old() && found.iter().any(is_old) {
            found.retain(is_old);
        }
        found
    }

    /// What a way to go wrong gives with the student's operands and with the true ones.
    fn way<'w>(&self, slipped: &'w Slipped) -> (&'w SlipCandidate, [Interval; 2]) {
        let theirs = self.case.theirs.enclose(&slipped.candidate.expr);
        (&slipped.candidate, [theirs, Interval::point(slipped.value)])
    }

    /// Whether the answer for a new weight or bias is the old one.
    fn repeats_the_old(&self) -> bool {
        match self.case.name {
            Name::New(symbol @ (Symbol::Weight { .. } | Symbol::Bias { .. })) => {
                self.case.truth.expected(symbol.into()) == self.case.written.value
            }
            Name::New(_) | Name::Value(_) | Name::Derivative { .. } | Name::OfSample { .. } => {
                false
            }
        }
    }

    /// Slips in a line before, which was not handed in, carried on to this one.
    fn behind(&self, chance: &mut f64) -> Vec<SlipFinding> {
        let WrongLine { truth, theirs, name, prepared, .. } = *self.case;
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
                        .usual_forms()
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
        let mut found: Vec<SlipFinding> = Vec::new();
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
        let WrongLine { truth, theirs, prepared, .. } = *self.case;
        let known = RefCell::default();
        let supposing = Supposing { truth, theirs, name: line, value, affected, known };
        let carried = |leaf| supposing.carried(leaf);
        prepared.usual_forms().iter().map(|form| enclose(form, &carried)).collect()
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
        let WrongLine { truth, theirs, .. } = *self.case;
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
    detail: Option<MisreadOperand>,
    expr: Option<Expr>,
    operands: Vec<(Name, f64)>,
) -> SlipFinding {
    SlipFinding { slip, certain: false, detail, behind: None, expr, operands, chance: 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_count_together_among_all_in_which_the_slip_could_have_happened() {
        assert!(pooled(&[0.1, 0.1], 2), "one in a hundred");
        assert!(!pooled(&[0.1, 0.1], 3), "three choices of two lines");
        assert!(pooled(&[0.1, 0.1, 0.09], 6), "twenty choices of three lines");
        assert!(!pooled(&[0.1, 0.1, 0.09], 7), "thirty-five");
        assert!(pooled(&[0.5, 0.04], 2), "two in a hundred are few enough");
        assert!(!pooled(&[0.5, 0.05], 2));
        assert!(!pooled(&[0.001], 1), "one line says what it says alone");
        assert!(pooled(&[0.1, 0.1], 0), "they were tried in themselves");
    }
}
