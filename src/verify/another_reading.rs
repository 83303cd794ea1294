//! Sheets whose few lines do not show how their digits came about: by somebody who
//! cuts off throughout, also on the way, which adds up; or who counts significant
//! digits where decimals seem to be, or the other way. Where every number of a sheet
//! comes out so, it is such a sheet.

use super::handed_in::{HandedIn, Shortens};
use super::marker::Marker;
use super::report::{LineVerdict, Remark, Report, ReportLine};
use super::reporting::Reporting;
use super::sheet::Sheet;

impl Marker<'_> {
    /// A marked sheet, read in another way if that leaves nothing to hold against it.
    pub(super) fn by_another_reading(
        &self,
        sheet: &Sheet,
        handed_in: &HandedIn<'_, '_>,
        report: Report,
    ) -> Report {
        if report.lines.iter().all(is_fine) {
            return report;
        }
        let is_accused =
            |line: &ReportLine| matches!(line.verdict, LineVerdict::Follows | LineVerdict::Wrong);
        let others: &[Shortens] = match report.lines.iter().any(is_accused) {
            true => &[Shortens::EitherDigits, Shortens::CutsOff],
            false => &[Shortens::CutsOff],
        };
        let found =
            others.iter().find_map(|reading| self.if_all_right(sheet, handed_in.taken(*reading)));
        let Some((mut other, reading)) = found else { return report };
        for (line, plain) in other.lines.iter_mut().zip(report.lines) {
            // What only seems strange of a line is said of it still.
            let stays = reading == Shortens::EitherDigits && !is_accused(&plain);
            if stays || is_fine(&plain) {
                *line = plain;
            } else if reading == Shortens::CutsOff && !line.remarks.contains(&Remark::CutOff) {
                line.remarks.push(Remark::CutOff);
            }
        }
        other
    }

    fn if_all_right(
        &self,
        sheet: &Sheet,
        handed_in: HandedIn<'_, '_>,
    ) -> Option<(Report, Shortens)> {
        let mut reporting = Reporting::new(self, sheet, &handed_in);
        reporting.is_all_right().then(|| (reporting.report(), handed_in.reading))
    }
}

/// Whether nothing is held against a line, nor asked of it.
fn is_fine(line: &ReportLine) -> bool {
    match line.verdict {
        LineVerdict::Right | LineVerdict::AsPrinted => {
            line.slips.is_empty() && !line.remarks.contains(&Remark::ByChance)
        }
        LineVerdict::Missing | LineVerdict::Unreadable => true,
        LineVerdict::Follows | LineVerdict::Wrong => false,
    }
}
