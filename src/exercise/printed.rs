//! The numbers that a source prints, held against the exact ones as a student's
//! are: what follows from the source's own earlier numbers is carried on, what
//! follows from nothing is in error.

use super::finding::Finding;
use crate::lesson::Lesson;
use crate::num::Precision;
use crate::scenario::Reference;
use crate::verify::{Answer, Marker, Reading, Rules, Sheet, Source, Verdict};

pub(super) fn findings(
    lesson: &Lesson<'_>,
    reference: &Reference,
    digits: Precision,
) -> Vec<Finding> {
    let answer = |(name, written): &(_, crate::num::Written)| Answer {
        name: *name,
        reading: Reading::Number(written.clone()),
        line: 1,
        column: 1,
        text: written.text.clone(),
        source: Source::Number,
    };
    let answers = reference.values.iter().map(answer).collect();
    let sheet = Sheet { answers, ..Sheet::default() };
    let report = Marker::new(lesson, Rules::asking(digits)).mark(&sheet);
    let finding = |line: &crate::verify::Line| {
        let (name, value) = (line.name, line.expected);
        let printed = line.written.clone().unwrap_or_default().into();
        match line.verdict {
            Verdict::Follows => Some(Finding::CarriedOn { name, printed, value }),
            Verdict::Wrong => {
                let certain = line.slips.iter().filter(|finding| finding.certain);
                let slips = certain.map(|finding| finding.slip).collect();
                Some(Finding::InError { name, printed, value, slips })
            }
            Verdict::Right | Verdict::AsPrinted | Verdict::Missing | Verdict::Unreadable => None,
        }
    };
    report.lines.iter().filter_map(finding).collect()
}
