//! From what is found out about the answers to the lines of a report.

use std::cell::OnceCell;

use super::by_chance;
use super::claim::Claim;
use super::copied;
use super::credit::NothingDone;
use super::digits::significant_digits;
use super::evidence::SlipFinding;
use super::handed_in::{Handed, HandedIn};
use super::judge::HonestWay;
use super::marker::Marker;
use super::marking::{Judged, Marking};
use super::remark::Remark;
use super::report::{LineVerdict, Report, ReportLine};
use super::same_slip;
use super::sheet::{AnswerReading, Sheet};
use super::slips::Slip;
use crate::expr::Expr;
use crate::lesson::Section;
use crate::name::{Name, Symbol};
use crate::num::{Stands, Written};

/// A sheet on its way to a report.
pub(super) struct Reporting<'m, 'h> {
    marker: &'m Marker<'m>,
    sheet: &'h Sheet,
    handed_in: &'h HandedIn<'m, 'h>,
    /// Nothing needs to be found out where every answer is simply right.
    marking: Option<Marking<'m, 'h>>,
}

impl<'m, 'h> Reporting<'m, 'h> {
    /// Of what a sheet hands in.
    pub(super) fn new(
        marker: &'m Marker<'m>,
        sheet: &'h Sheet,
        handed_in: &'h HandedIn<'m, 'h>,
    ) -> Self {
        let marking = (!handed_in.is_all_simply_right()).then(|| Marking::new(marker, handed_in));
        Self { marker, sheet, handed_in, marking }
    }

    /// Whether every number is right; the first one that is not settles it.
    pub(super) fn is_all_right(&mut self) -> bool {
        let Some(marking) = &mut self.marking else { return true };
        self.handed_in
            .answers()
            .filter(|handed| handed.number.is_some())
            .all(|handed| marking.comes_out_right(&handed))
    }

    /// The whole report.
    pub(super) fn report(mut self) -> Report<'m> {
        let (marker, handed_in) = (self.marker, self.handed_in);
        if let Some(marking) = &mut self.marking {
            // First what is answered and what that takes.
            handed_in.answers().for_each(|handed| marking.settle_answer(&handed));
        }
        let places = 0..marker.truth.len();
        let mut lines = Vec::with_capacity(places.len());
        for place in places {
            let handed = handed_in.at_place(place);
            if marker.is_asked(place) || handed.is_some() {
                lines.push(self.line_of(place, handed));
            }
        }
        let policy = self.marker.rules.policy;
        if self.marking.is_some() {
            let rules = same_slip::SameSlipRules {
                same_slip: policy.same_slip,
                tells_something: &|line| self.tells_of_the_slip(line),
                may_show: &|line, slip| self.may_show(line.name(), slip),
                finding: &|line, slip| self.marking.as_ref()?.finding(line.name(), slip),
            };
            same_slip::hold_once(&mut lines, &rules);
            let givens = OnceCell::new();
            let is_given = |value| givens.get_or_init(|| self.givens()).contains(&value);
            by_chance::remark(&mut lines, &|line| self.has_few_digits(line), &is_given);
            let rules = copied::CopyRules {
                repeated: &|line| self.repeated_by(line),
                operands: &|line| self.marker.truth.prepared(line.name()).operands.clone(),
            };
            copied::remark(&mut lines, &rules);
        }
        for line in &mut lines {
            line.credit = line.points() * policy.share(line);
        }
        let student = self.sheet.student.clone();
        Report { student, lines, unread: self.sheet.unread.clone(), questions: Vec::new() }
    }

    /// One line alone.
    pub(super) fn line(mut self, place: usize) -> ReportLine<'m> {
        let name = self.marker.truth.name(place);
        let marking = self.marking.get_or_insert_with(|| Marking::new(self.marker, self.handed_in));
        marking.settle(name);
        let mut line = self.line_of(place, self.handed_in.at_place(place));
        line.found_out_mut().operands = self.operands_in_use(name);
        line.credit = line.points() * self.marker.rules.policy.share(&line);
        line
    }

    fn line_of(&mut self, place: usize, handed: Option<Handed<'_>>) -> ReportLine<'m> {
        let answer = handed.map(|handed| handed.answer.reading.clone());
        let name = self.marker.truth.name(place);
        let judged = self.judged(name, handed);
        let mut line = ReportLine::new(self.marker, place, answer, judged.verdict);
        self.remark(&mut line, place, handed, &judged);
        let is_wrong = line.verdict == LineVerdict::Wrong;
        if is_wrong || judged.from_yours.is_some() || !judged.slips.is_empty() {
            let found_out = line.found_out_mut();
            found_out.from_yours = judged.from_yours;
            found_out.slips = judged.slips;
            let behind = found_out.slips.first().and_then(|finding| finding.behind);
            if is_wrong {
                found_out.operands = judged.operands;
            }
            if let Some(behind) = behind.filter(|_| is_wrong) {
                found_out.operands.extend(self.operands_in_use(behind.name));
                found_out.operands.push((behind.name, self.right_from_theirs(behind.name)));
            }
        }
        line
    }

    fn judged(&mut self, name: Name, handed: Option<Handed<'_>>) -> Judged {
        if handed.is_some_and(|handed| handed.is_simply_right) {
            return Judged::plainly(LineVerdict::Right, false);
        }
        let number = handed.map(|handed| handed.number.is_some());
        let (verdict, marking) = match (number, &mut self.marking) {
            (Some(true), None) => return Judged::plainly(LineVerdict::Right, false),
            (Some(false), marking) => (LineVerdict::Unreadable, marking),
            (None | Some(true), marking) => (LineVerdict::Missing, marking),
        };
        let Some(marking) = marking else { return Judged::plainly(verdict, false) };
        marking.settle(name);
        marking.take_judged(name).unwrap_or_else(|| Judged {
            from_yours: marking.value_from_theirs(name),
            ..Judged::plainly(verdict, false)
        })
    }

    fn remark(
        &self,
        line: &mut ReportLine<'_>,
        place: usize,
        handed: Option<Handed<'_>>,
        judged: &Judged,
    ) {
        let name = self.marker.truth.name(place);
        match handed.map(|handed| (handed.answer.line, &handed.answer.reading)) {
            Some((at, AnswerReading::Unreadable(unreadable))) => {
                line.remark(Remark::Unreadable(at as usize, unreadable.problem));
            }
            Some((_, AnswerReading::Number(written))) => match written.stands {
                Stands::BehindWorking => line.remark(Remark::Working),
                Stands::Uncomputed => line.remark(Remark::Computed),
                Stands::Alone => {}
            },
            None => {}
        }
        match judged.way {
            Some(HonestWay::CutOff) => line.remark(Remark::CutOff),
            Some(HonestWay::RoundedInside) => line.remark(Remark::RoundedInside),
            Some(HonestWay::Exact | HonestWay::Operands | HonestWay::Unknown) | None => {}
        }
        if !self.tells(name, handed, judged) {
            line.remark(Remark::TellsNothing);
        } else if judged.has_few_digits {
            line.remark(Remark::FewDigits);
        }
        if judged.verdict == LineVerdict::Follows
            && let Some(trivial) = self.trivial_operand(name)
        {
            line.remark(Remark::Trivial(trivial));
        }
        if let Some(help) = self.sheet.help.get(&name).filter(|help| help.leaves() < 1.0) {
            line.remark(Remark::Helped(*help));
        }
        if handed.is_some() {
            if !self.marker.is_asked(place) {
                line.remark(Remark::NotAsked);
            } else if self.marker.repeats(place) {
                line.remark(Remark::Repeats);
            }
        }
    }

    /// Whether a number that counts tells something: one with all its digits does.
    fn tells(&self, name: Name, handed: Option<Handed<'_>>, judged: &Judged) -> bool {
        let handed = handed.filter(|_| self.marking.is_some());
        let Some((expected, written)) =
            handed.and_then(|handed| Some((handed.expected, handed.number?)))
        else {
            return true;
        };
        let own = Claim::of(written);
        let asked = self.handed_in.asked_claim(expected, written);
        if asked.unwrap_or(own).rounded.contains(expected) {
            return true;
        }
        match judged.verdict {
            LineVerdict::Right => asked.is_none_or(|asked| {
                // Somebody who leaves zeros out may be off by one in the digit before.
                let is_near = (asked.value - expected).abs() <= asked.unit;
                self.tells_something(name) || (is_near && !self.is_untouched(name, &asked))
            }),
            // Numbers out of all bounds make every function flat.
            LineVerdict::Follows => {
                !self.is_untouched(name, &own) && !self.is_copied(name, written, judged)
            }
            LineVerdict::AsPrinted
            | LineVerdict::Wrong
            | LineVerdict::Missing
            | LineVerdict::Unreadable => true,
        }
    }

    /// Whether a claim holds 0, 1 or the value before the update.
    fn is_untouched(&self, name: Name, claim: &Claim) -> bool {
        let old = match name {
            Name::New(symbol @ (Symbol::Weight { .. } | Symbol::Bias { .. })) => {
                Some(self.marker.truth.expected(symbol.into()))
            }
            Name::New(_) | Name::Value(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
        };
        let untouched = NothingDone { values: [0.0, 1.0, -1.0].into_iter().chain(old).collect() };
        !untouched.is_told_apart(claim)
    }

    /// Whether a number of one digit is that of an operand, where something else comes
    /// out: one digit in every line follows from itself.
    fn is_copied(&self, name: Name, written: &Written, judged: &Judged) -> bool {
        let is_operand = |operand: &Name| {
            self.handed_in.written(*operand).is_some_and(|own| own.value == written.value)
        };
        significant_digits(written.value, written.decimals) <= 1
            && judged.from_yours.is_some_and(|own| own != written.value)
            && self.marker.truth.prepared(name).operands.iter().any(is_operand)
    }

    /// Whether a line's number is more than what stood there already.
    fn tells_something(&self, name: Name) -> bool {
        self.handed_in
            .written(name)
            .is_some_and(|written| self.nothing_done(name).is_told_apart(&Claim::of(written)))
    }

    /// Whether a line with a slip in it tells more than what stood there already: with all
    /// its digits also where the slip leaves just that, if it does not copy a number that
    /// is given or wrong.
    fn tells_of_the_slip(&self, line: &ReportLine<'_>) -> bool {
        let name = line.name();
        if self.tells_something(name) {
            return true;
        }
        let Some(written) = self.handed_in.written(name) else { return false };
        if written.value == 0.0 || written.value.abs() == 1.0 {
            return false;
        }
        let operands = &self.marker.truth.prepared(name).operands;
        let copied = operands.iter().filter_map(|operand| self.handed_in.of(*operand));
        let mut copied = copied
            .filter(|handed| handed.number.is_some_and(|number| number.value == written.value));
        let copies_nothing = copied.clone().next().is_none();
        let takes_work = |finding: &SlipFinding| matches!(finding.expr, Some(Expr::Apply(..)));
        self.handed_in.asked_claim(line.expected(), written).is_none()
            && copied.all(|handed| handed.is_simply_right)
            && (!copies_nothing || line.slips().iter().all(takes_work))
    }

    /// The computed quantity whose number a line has, where both are the same in the
    /// exact lesson too: the gradient of a bias, or of a weight behind an input of 1.
    fn repeated_by(&self, line: &ReportLine<'_>) -> Option<Name> {
        let (name, expected) = (line.name(), line.expected());
        let truth = &self.marker.truth;
        let prepared = truth.prepared(name);
        prepared.operands.iter().copied().find(|operand| {
            let own = self.handed_in.written(*operand).map(|written| written.value);
            own.is_some() && own == line.value() && truth.expected(*operand) == expected
        })
    }

    /// Whether a number has so few digits that others of the kind are near
    /// whatever can be computed; not where those it has are all there are.
    fn has_few_digits(&self, line: &ReportLine<'_>) -> bool {
        let handed = self.handed_in.of(line.name()).filter(|handed| !handed.is_simply_right);
        handed.and_then(|handed| handed.number).is_some_and(|written| {
            let is_short = written.decimals < self.handed_in.asked_decimals(line.expected());
            let digits = significant_digits(written.value, written.decimals);
            is_short || digits < by_chance::TELLING_DIGITS
        })
    }

    /// The numbers of the task.
    fn givens(&self) -> Vec<f64> {
        let lesson = self.marker.lesson();
        let mut givens = Vec::new();
        let Ok(()) = lesson.for_each(|section, name| {
            if section == Section::Given {
                givens.push(lesson.value(name));
            }
            Ok::<(), std::convert::Infallible>(())
        });
        givens
    }

    /// Whether a slip can happen in a line.
    fn may_show(&self, name: Name, slip: Slip) -> bool {
        let truth = &self.marker.truth;
        let prepared = truth.prepared(name);
        truth.slips(name, &prepared).iter().any(|slipped| slipped.candidate.slip == slip)
    }

    /// What stands on the paper before a line is worked.
    fn nothing_done(&self, name: Name) -> NothingDone {
        let truth = &self.marker.truth;
        let mut values = vec![0.0, 1.0, -1.0];
        if let Name::New(symbol) = name {
            values.push(truth.expected(symbol.into()));
        }
        let expected = truth.expected(name);
        if let Some(expr) = truth.lesson().expression(name) {
            expr.for_each_leaf(&mut |leaf| {
                // What is to be repeated is repeated rightly.
                if truth.expected(leaf) != expected {
                    values.push(self.value(leaf));
                }
            });
        }
        values.retain(|value| *value != expected);
        NothingDone { values }
    }

    /// An operand that the student has as 0 or 1, where it is not.
    fn trivial_operand(&self, name: Name) -> Option<Name> {
        let truth = &self.marker.truth;
        let trivial = |value: f64| value == 0.0 || value.abs() == 1.0;
        let prepared = truth.prepared(name);
        prepared.operands.iter().copied().find(|operand| {
            // A slope of 0.99998 is 1.0000.
            let handed = self.handed_in.of(*operand).filter(|handed| !handed.is_simply_right);
            handed.and_then(|handed| handed.number).is_some_and(|own| trivial(own.value))
                && !trivial(truth.expected(*operand))
        })
    }

    /// The operands of a line, each once and in their order, as the student has
    /// them.
    fn operands_in_use(&mut self, name: Name) -> Vec<(Name, f64)> {
        // Where nothing has to be found out, nothing is wrong.
        let Some(marking) = &mut self.marking else { return Vec::new() };
        for (leaf, _) in marking.operands_in_use(name) {
            if !leaf.is_given() {
                marking.settle(leaf);
            }
        }
        marking.operands_in_use(name)
    }

    /// A quantity as the student has it.
    fn value(&self, name: Name) -> f64 {
        match &self.marking {
            Some(marking) => marking.theirs.value(name),
            None => self.marker.truth.expected(name),
        }
    }

    /// What a line should have been with the student's own numbers.
    fn right_from_theirs(&self, name: Name) -> f64 {
        let prepared = self.marker.truth.prepared(name);
        let form = prepared.forms.first().zip(self.marking.as_ref());
        form.map_or(f64::NAN, |(form, marking)| marking.theirs.worth(form))
    }
}
