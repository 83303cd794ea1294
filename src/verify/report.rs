//! A marked sheet: the verdict on each line, and what else there is to say.

use compact_str::CompactString;

use super::evidence::SlipFinding;
use super::marker::Marker;
use super::question::SheetQuestion;
use super::remark::{PlainRemarks, Remark};
use super::sheet::{AnswerReading, Unread};
use super::slips::Slip;
use crate::name::Name;

/// How a line is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineVerdict {
    /// Right to the digits given.
    Right,
    /// What the source prints, though it does not follow from its operands.
    AsPrinted,
    /// Right from the student's own earlier numbers.
    Follows,
    /// None of these.
    Wrong,
    /// Not answered.
    Missing,
    /// Not a number.
    Unreadable,
}

impl LineVerdict {
    /// Its name in reports that programs read.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::AsPrinted => "as_printed",
            Self::Follows => "follows",
            Self::Wrong => "wrong",
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
        }
    }

    /// Whether nothing is held against the line.
    pub const fn counts(self) -> bool {
        match self {
            Self::Right | Self::AsPrinted | Self::Follows => true,
            Self::Wrong | Self::Missing | Self::Unreadable => false,
        }
    }
}

/// One line of a report, by the marker that has made it.
#[derive(Clone, Debug)]
pub struct ReportLine<'m> {
    marker: &'m Marker<'m>,
    /// Its place among the lines of the marker.
    place: u32,
    /// How it is judged.
    pub verdict: LineVerdict,
    plain_remarks: PlainRemarks,
    answer: Option<AnswerReading>,
    /// What it earns.
    pub credit: f64,
    found_out: Option<Box<FoundOut>>,
}

/// What was found out about a line, where there was something to find out.
#[derive(Clone, Debug, Default)]
pub(super) struct FoundOut {
    pub(super) from_yours: Option<f64>,
    pub(super) slips: Vec<SlipFinding>,
    pub(super) operands: Vec<(Name, f64)>,
    /// Remarks that say more than their kind.
    remarks: Vec<Remark>,
}

impl<'m> ReportLine<'m> {
    /// The line at a place, of which nothing is said yet.
    pub(super) const fn new(
        marker: &'m Marker<'m>,
        place: usize,
        answer: Option<AnswerReading>,
        verdict: LineVerdict,
    ) -> Self {
        let (place, plain_remarks) = (place as u32, PlainRemarks::NONE);
        Self { marker, place, verdict, plain_remarks, answer, credit: 0.0, found_out: None }
    }

    /// The quantity.
    pub fn name(&self) -> Name {
        self.marker.truth.name(self.place as usize)
    }

    /// What was written, if anything.
    pub fn written(&self) -> Option<CompactString> {
        self.answer.as_ref().map(AnswerReading::text)
    }

    /// Whether something was written.
    pub const fn is_answered(&self) -> bool {
        self.answer.is_some()
    }

    /// The number that was written, if it is one.
    pub fn value(&self) -> Option<f64> {
        self.answer.as_ref()?.number().map(|number| number.value)
    }

    /// The true value.
    pub fn expected(&self) -> f64 {
        self.marker.truth.expected_at(self.place as usize)
    }

    /// What the line can earn.
    pub fn points(&self) -> f64 {
        self.marker.points(self.place as usize)
    }

    /// The value from the student's own earlier numbers, where these are not
    /// right: never an echo of what was written.
    pub fn from_yours(&self) -> Option<f64> {
        self.found_out.as_ref()?.from_yours
    }

    /// Slips that give the written number; several are equally likely.
    pub fn slips(&self) -> &[SlipFinding] {
        self.found_out.as_ref().map_or(&[], |found_out| &found_out.slips)
    }

    /// Of a wrong line, and of one marked alone: the quantities that its formula
    /// and those of its slips use, as the student has them. Where it went wrong
    /// in a line behind it that was not handed in, also the operands of that
    /// one, and what it should be.
    pub fn operands(&self) -> &[(Name, f64)] {
        self.found_out.as_ref().map_or(&[], |found_out| &found_out.operands)
    }

    /// What else there is to say, each remark once.
    pub fn remarks(&self) -> impl Iterator<Item = Remark> + '_ {
        let telling = self.found_out.iter().flat_map(|found_out| found_out.remarks.iter());
        telling.copied().chain(self.plain_remarks.iter())
    }

    /// Whether a remark is made.
    pub fn has_remark(&self, is_meant: impl Fn(Remark) -> bool) -> bool {
        self.remarks().any(is_meant)
    }

    pub(super) fn remark(&mut self, remark: Remark) {
        if !self.plain_remarks.make(remark) && !self.has_remark(|told| told == remark) {
            self.found_out_mut().remarks.push(remark);
        }
    }

    /// What was found out, to be changed.
    pub(super) fn found_out_mut(&mut self) -> &mut FoundOut {
        self.found_out.get_or_insert_default()
    }
}

/// A marked sheet.
#[derive(Clone, Debug)]
pub struct Report<'m> {
    /// Who wrote it.
    pub student: Option<String>,
    /// Every line that was asked or answered, in the lesson's order.
    pub lines: Vec<ReportLine<'m>>,
    /// The lines of the sheet that are no answers.
    pub unread: Vec<Unread>,
    /// What to ask about the sheet as a whole.
    pub questions: Vec<SheetQuestion>,
}

impl<'m> Report<'m> {
    /// What all lines earned.
    pub fn score(&self) -> f64 {
        self.lines.iter().map(|line| line.credit).sum()
    }

    /// What they could have earned. It does not depend on what was answered.
    pub fn max_score(&self) -> f64 {
        self.lines.iter().map(ReportLine::points).sum()
    }

    /// The first line that is wrong of itself.
    pub fn first_wrong(&self) -> Option<&ReportLine<'m>> {
        self.lines.iter().find(|line| line.verdict == LineVerdict::Wrong)
    }

    /// Whether every line that is asked is there and right.
    pub fn is_all_right(&self) -> bool {
        self.lines
            .iter()
            .all(|line| matches!(line.verdict, LineVerdict::Right | LineVerdict::AsPrinted))
    }

    /// Asks something about the sheet as a whole. While it is open how a matrix is meant,
    /// nobody is told for a fact to have read it wrongly.
    pub fn ask(&mut self, question: SheetQuestion) {
        if matches!(question, SheetQuestion::Layout(_) | SheetQuestion::WeightNames(_)) {
            let found_out = self.lines.iter_mut().filter_map(|line| line.found_out.as_mut());
            for finding in found_out.flat_map(|found_out| &mut found_out.slips) {
                let is_open = matches!(finding.slip, Slip::WTransposed | Slip::GradientTransposed);
                finding.certain &= !is_open;
            }
        }
        self.questions.push(question);
    }

    /// How many lines have a verdict.
    pub fn count(&self, verdict: LineVerdict) -> usize {
        self.lines.iter().filter(|line| line.verdict == verdict).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Lesson, Settings};
    use crate::name::Symbol;
    use crate::verify::{Answer, MarkingRules};

    #[test]
    fn each_remark_is_made_once() {
        let scenario = crate::scenario::load("xor").unwrap();
        let lesson = Lesson::new(scenario.exercise(0), Settings::default()).unwrap();
        let [loss, output] = [Symbol::Loss, Symbol::Out { layer: 1, unit: 0 }].map(Name::from);
        let marker = Marker::of_lines(&lesson, MarkingRules::asking(4), &[loss]);
        let mut line = ReportLine::new(&marker, 0, None, LineVerdict::Wrong);
        let made = [Remark::SameSlip(output), Remark::CutOff, Remark::Trivial(output)];
        for remark in made.into_iter().chain(made) {
            line.remark(remark);
        }
        let told: Vec<Remark> = line.remarks().collect();
        assert_eq!(told, [Remark::SameSlip(output), Remark::Trivial(output), Remark::CutOff]);
    }

    /// A sheet of 784-128-10 has 300,000 lines: each of these bytes is 300 KB.
    #[test]
    fn a_line_that_is_right_takes_little() {
        assert!(size_of::<ReportLine<'_>>() <= 56 && size_of::<Answer>() <= 72);
    }
}
