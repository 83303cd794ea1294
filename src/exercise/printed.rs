//! The numbers that a source prints, held against the exact ones as a student's
//! are: what follows from the source's own earlier numbers is carried on, what
//! follows from nothing is in error.

use super::finding::LintFinding;
use crate::lesson::Lesson;
use crate::num::Precision;
use crate::scenario::Reference;
use crate::verify::{Answer, AnswerReading, LineVerdict, Marker, MarkingRules, Sheet};

pub(super) fn findings(
    lesson: &Lesson<'_>,
    reference: &Reference,
    digits: Precision,
) -> Vec<LintFinding> {
    let answer = |(name, written): &(_, crate::num::Written)| Answer {
        name: *name,
        reading: AnswerReading::Number(written.clone()),
        line: 1,
        column: 1,
    };
    let answers = reference.values.iter().map(answer).collect();
    let sheet = Sheet { answers, ..Sheet::default() };
    let marker = Marker::new(lesson, MarkingRules::asking(digits));
    let report = marker.mark(&sheet);
    let finding = |line: &crate::verify::ReportLine| {
        let (name, value) = (line.name(), line.expected());
        let printed = line.written().unwrap_or_default().into();
        match line.verdict {
            LineVerdict::Follows => Some(LintFinding::CarriedOn { name, printed, value }),
            LineVerdict::Wrong => {
                let certain = line.slips().iter().filter(|finding| finding.certain);
                let slips = certain.map(|finding| finding.slip).collect();
                Some(LintFinding::InError { name, printed, value, slips })
            }
            LineVerdict::Right
            | LineVerdict::AsPrinted
            | LineVerdict::Missing
            | LineVerdict::Unreadable => None,
        }
    };
    report.lines.iter().filter_map(finding).collect()
}
