//! Sheets of somebody who cuts off throughout, also on the way: what is cut off adds
//! up, and few lines do not show it. Where every number of a sheet comes out so, it
//! is such a sheet.

use super::handed_in::{HandedIn, Shortens};
use super::marker::Marker;
use super::report::{Line, Remark, Report, Verdict};
use super::reporting::Reporting;
use super::sheet::Sheet;

impl Marker<'_> {
    /// A marked sheet, as one that cuts off throughout, if that leaves nothing to
    /// hold against it.
    pub(super) fn by_cutting_off(&self, sheet: &Sheet, report: Report) -> Report {
        if report.lines.iter().all(is_fine) {
            return report;
        }
        let handed_in = HandedIn::by(self, sheet, Shortens::CutsOff);
        let mut reporting = Reporting::new(self, sheet, &handed_in);
        if !reporting.is_all_right() {
            return report;
        }
        let mut cut_off = reporting.report();
        for (line, rounded) in cut_off.lines.iter_mut().zip(report.lines) {
            if is_fine(&rounded) {
                *line = rounded;
            } else if !line.remarks.contains(&Remark::CutOff) {
                line.remarks.push(Remark::CutOff);
            }
        }
        cut_off
    }
}

/// Whether nothing is held against a line, nor asked of it.
fn is_fine(line: &Line) -> bool {
    match line.verdict {
        Verdict::Right | Verdict::AsPrinted => {
            line.slips.is_empty() && !line.remarks.contains(&Remark::ByChance)
        }
        Verdict::Missing | Verdict::Unreadable => true,
        Verdict::Follows | Verdict::Wrong => false,
    }
}
