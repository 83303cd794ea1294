//! Slips of the pen: a number miswritten on its way out of a line, or misread on
//! its way in.

use super::{MOST_FOR_A_WAY, Search, SlipFinding, WrongLine, finding};
use crate::expr::{Expr, Interval, enclose, replace};
use crate::num::{self, Written};
use crate::verify::claim::Claim;
use crate::verify::digits::significant_digits;
use crate::verify::slips::{self, MisreadOperand, Slip};

/// Ways to miscopy are many and none of them is likely.
const MOST_MISCOPIED: f64 = 0.3;

/// Ways to misread the operands of a line, beyond which each of them is too
/// likely to fit, and too long to try.
const MOST_MISREADINGS: usize = 1_000;

/// Of a unit: what lies so close is the same number.
const SAME: f64 = 1e-6;

/// Units that what is right may be uncertain by, for somebody to have meant it.
const MOST_UNKNOWN: f64 = 10.0;

/// Significant digits that a slip of the pen needs for evidence.
const LEAST_DIGITS: i32 = 3;

impl Search<'_, '_, '_> {
    /// Slips in writing down what was computed rightly.
    pub(super) fn miswritten(&self, chance: &mut f64) -> Vec<SlipFinding> {
        if !self.has_digits_enough() {
            return Vec::new();
        }
        let own = self.chance(self.miswritten_from_right(|slip| slip != Slip::DigitChanged));
        *chance += own;
        if own > MOST_FOR_A_WAY {
            return Vec::new();
        }
        let slip = slips::miswritten(self.meant(), &|meant| self.is_right(meant));
        slip.into_iter().map(|slip| finding(slip, None, None, Vec::new())).collect()
    }

    /// One digit changed, on the way in or on the way out: each as likely as the
    /// other.
    pub(super) fn one_digit(&self, chance: &mut f64) -> Vec<SlipFinding> {
        let mut found = self.miscopied(chance);
        if self.has_digits_enough() {
            let own = self.chance(self.miswritten_from_right(|slip| slip == Slip::DigitChanged));
            *chance += own;
            let changed = |(slip, meant): &(Slip, Written)| {
                *slip == Slip::DigitChanged && self.is_right(meant)
            };
            if own <= MOST_FOR_A_WAY && self.meant().iter().any(changed) {
                found.push(finding(Slip::DigitChanged, None, None, Vec::new()));
            }
        }
        found
    }

    /// Two digits agree with something by chance, unless the right number has no more.
    fn has_digits_enough(&self) -> bool {
        let Written { value, decimals, .. } = *self.case.written;
        let units = self.case.truth.expected(self.case.name) / self.case.claim.unit;
        let is_all =
            (units - units.round()).abs() < SAME && significant_digits(value, decimals) > 1;
        is_all || significant_digits(value, decimals) >= LEAST_DIGITS
    }

    /// All that may have been meant by the answer.
    fn meant(&self) -> &[(Slip, Written)] {
        self.meant.get_or_init(|| slips::meant(self.case.written))
    }

    /// Wrong numbers near the right one that a slip of the pen would explain: the
    /// right one miswritten.
    fn miswritten_from_right(&self, counts: fn(Slip) -> bool) -> impl Iterator<Item = Interval> {
        let miswritten = self.miswritten.get_or_init(|| {
            let decimals = usize::try_from(self.case.written.decimals).unwrap_or(0);
            let right = Written::read(&num::show(self.right_value(), decimals));
            right.map_or_else(Vec::new, |right| slips::meant(&right))
        });
        let counting = miswritten.iter().filter(move |(slip, _)| counts(*slip));
        counting.map(|(_, other)| Interval::point(other.value))
    }

    /// Whether what may have been meant is right, to the digits that it has: a number
    /// whose point has moved has none where only its last place is.
    fn is_right(&self, meant: &Written) -> bool {
        let most = MOST_UNKNOWN * 2.0 * meant.half_unit();
        let half_unit = (self.case.claim.unit / 2.0).min(meant.half_unit());
        let meant = Claim::with_half_unit(meant.value, half_unit);
        // Where right may be anything, nothing that it holds was meant.
        let known = self.right.iter().filter(|right| right.width() <= most);
        { known }.any(|right| meant.is_rounded_from(*right))
    }

    /// One operand misread or miscopied.
    fn miscopied(&self, chance: &mut f64) -> Vec<SlipFinding> {
        let WrongLine { theirs, prepared, digits, .. } = *self.case;
        let mut ways: Vec<(&Expr, MisreadOperand)> = Vec::new();
        for form in prepared.usual_forms() {
            let read = slips::miscopied(form, &|operand| num::show(theirs.value(operand), digits));
            // Only what stands on paper can be miscopied.
            let on_paper = |detail: &MisreadOperand| {
                theirs.is_own(detail.operand) || detail.operand.is_given()
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
        let mut found: Vec<SlipFinding> = Vec::new();
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
        let operand = |finding: &SlipFinding| finding.detail.as_ref().map(|detail| detail.operand);
        let operands: Vec<_> = found.iter().map(operand).collect();
        found.retain(|finding| {
            operands.iter().filter(|other| **other == operand(finding)).count() == 1
        });
        found
    }

    fn with_misread(&self, form: &Expr, detail: &MisreadOperand) -> Interval {
        let theirs = self.case.theirs;
        enclose(form, &|leaf| {
            if leaf == detail.operand {
                Interval::point(detail.value)
            } else {
                theirs.carried(leaf)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Lesson, Settings};
    use crate::name::{Name, Symbol};
    use crate::num::Precision;
    use crate::scenario;
    use crate::verify::{Answer, AnswerReading, Marker, MarkingRules, Sheet};

    const F_IN: Name = Name::Value(Symbol::In { layer: 0, unit: 0 });

    /// How many misreadings there are of a sum of 32 addends, so many of them below 0, and
    /// whether 0.53 for 0.58 is found in it.
    fn misread(negative: usize) -> (usize, bool) {
        let weights: String =
            (0..31).map(|at| if at < negative { ",[-3]" } else { ",[3]" }).collect();
        let text = format!(
            r#"{{"loss": "output", "layers": [{{"activation": "identity",
                "weights": [[0.58]{weights}], "biases": [1]}}], "sample": {{"x": [1{}]}}}}"#,
            ",1".repeat(31),
        );
        let scenario = scenario::read(text.as_bytes(), "a neuron").unwrap();
        let lesson = Lesson::new(scenario.exercise(0), Settings::default()).unwrap();
        let marker = Marker::of_lines(&lesson, MarkingRules::asking(4), &[F_IN]);
        let prepared = marker.truth.prepared(F_IN);
        let show = |operand| num::show(marker.truth.expected(operand), Precision::Decimals(4));
        let ways = prepared.usual_forms().iter().map(|form| slips::miscopied(form, &show).len());
        let written = format!("{:.4}", lesson.value(F_IN) - 0.05);
        let reading = AnswerReading::Number(Written::read(&written).unwrap());
        let answer = Answer { name: F_IN, reading, line: 1, column: 1 };
        let report = marker.mark(&Sheet { answers: vec![answer], ..Sheet::default() });
        let mut found = report.lines[0].slips().iter();
        (ways.sum(), found.any(|finding| finding.slip == Slip::Miscopied))
    }

    #[test]
    fn up_to_a_thousand_misreadings_are_tried() {
        // A sign may be lost, so that each addend below 0 has one more.
        let tried: Vec<(usize, bool)> = (4..8).map(misread).collect();
        assert_eq!(tried, [(999, true), (1_000, true), (1_001, false), (1_002, false)]);
    }
}
