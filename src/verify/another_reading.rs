//! Sheets whose few lines do not show how their digits came about: by somebody who
//! cuts off throughout, also on the way, which adds up; or who counts significant
//! digits where decimals seem to be, or the other way. Where every number of a sheet
//! comes out so, it is such a sheet.

use super::handed_in::{HandedIn, Shortens};
use super::hull::hull;
use super::marker::Marker;
use super::remark::Remark;
use super::report::{LineVerdict, Report, ReportLine};
use super::reporting::Reporting;
use super::sheet::Sheet;
use crate::expr::Interval;
use crate::name::Name;

impl Marker<'_> {
    /// A marked sheet, read in another way if that leaves nothing to hold against it.
    pub(super) fn by_another_reading<'m>(
        &'m self,
        sheet: &Sheet,
        handed_in: &HandedIn<'m, '_>,
        report: Report<'m>,
    ) -> Report<'m> {
        if report.lines.iter().all(is_fine) {
            return report;
        }
        let others: &[Shortens] = match report.lines.iter().any(is_accused) {
            true => &[Shortens::EitherDigits, Shortens::CutsOff],
            false => &[Shortens::CutsOff],
        };
        let found = others.iter().find_map(|reading| {
            let taken = handed_in.taken(*reading);
            let mut wrong = report.lines.iter().filter(|line| line.verdict == LineVerdict::Wrong);
            let may_be = wrong.all(|line| self.may_come_out(&taken, line.name()));
            if may_be { self.if_all_right(sheet, taken) } else { None }
        });
        let Some((mut other, reading)) = found else { return report };
        for (line, plain) in other.lines.iter_mut().zip(report.lines) {
            if stays(&plain, reading) {
                *line = plain;
            } else if reading == Shortens::CutsOff {
                line.remark(Remark::CutOff);
            }
        }
        other
    }

    /// Whether a line could come out right at all, as the numbers are taken: a look that
    /// costs little, and spares a long one where a number is far from everything.
    fn may_come_out(&self, handed_in: &HandedIn<'_, '_>, name: Name) -> bool {
        let Some(written) = handed_in.written(name) else { return true };
        let prepared = self.truth.prepared(name);
        let is_known = |operand: &Name| handed_in.written(*operand).is_some();
        if !prepared.operands.iter().all(is_known) {
            return true;
        }
        // All that any way of working starts from, borders and the exact value included.
        let carried = |leaf| {
            let exact = Interval::point(self.truth.expected(leaf));
            let claim = handed_in.written(leaf).map(|written| handed_in.claim(written));
            claim.map_or(exact, |claim| claim.with_borders().hull(exact))
        };
        let claimed = handed_in.claim(written).with_borders();
        let working = handed_in.working();
        prepared.usual_forms().iter().any(|form| hull(form, working, &carried).overlaps(claimed))
    }

    fn if_all_right<'m>(
        &'m self,
        sheet: &Sheet,
        handed_in: HandedIn<'m, '_>,
    ) -> Option<(Report<'m>, Shortens)> {
        let mut reporting = Reporting::new(self, sheet, &handed_in);
        reporting.is_all_right().then(|| (reporting.report(), handed_in.reading))
    }
}

fn is_accused(line: &ReportLine<'_>) -> bool {
    matches!(line.verdict, LineVerdict::Follows | LineVerdict::Wrong)
}

/// Whether a line stays as it is where all comes out in another reading. Who counts
/// digits otherwise may still have copied a number: what only seems strange of a line
/// is said of it still.
fn stays(plain: &ReportLine<'_>, reading: Shortens) -> bool {
    is_fine(plain) || (reading == Shortens::EitherDigits && !is_accused(plain))
}

/// Whether nothing is held against a line, nor asked of it.
fn is_fine(line: &ReportLine<'_>) -> bool {
    match line.verdict {
        LineVerdict::Right | LineVerdict::AsPrinted => {
            line.slips().is_empty() && !line.has_remark(|remark| remark == Remark::ByChance)
        }
        LineVerdict::Missing | LineVerdict::Unreadable => true,
        LineVerdict::Follows | LineVerdict::Wrong => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Lesson, Settings};
    use crate::scenario;
    use crate::verify::MarkingRules;
    use crate::verify::evidence::SlipFinding;
    use crate::verify::slips::Slip;

    #[test]
    fn what_is_held_against_a_line_is_read_in_another_way_and_what_seems_strange_is_not() {
        let scenario = scenario::load("xor").unwrap();
        let lesson = Lesson::new(scenario.exercise(0), Settings::default()).unwrap();
        let marker = Marker::new(&lesson, MarkingRules::asking(4));
        let of = |verdict| ReportLine::new(&marker, 0, None, verdict);
        let by_chance = |verdict| {
            let mut line = of(verdict);
            line.remark(Remark::ByChance);
            line
        };
        let slip = SlipFinding {
            slip: Slip::WeightNotUpdated,
            certain: false,
            detail: None,
            behind: None,
            expr: None,
            operands: Vec::new(),
            chance: 0.1,
        };
        let mut seems_copied = of(LineVerdict::Right);
        seems_copied.found_out_mut().slips.push(slip);
        let both = [Shortens::EitherDigits, Shortens::CutsOff];
        for fine in [LineVerdict::Right, LineVerdict::AsPrinted, LineVerdict::Missing] {
            assert!(is_fine(&of(fine)) && both.iter().all(|reading| stays(&of(fine), *reading)));
        }
        for accused in [LineVerdict::Follows, LineVerdict::Wrong] {
            for line in [of(accused), by_chance(accused)] {
                assert!(!is_fine(&line) && both.iter().all(|reading| !stays(&line, *reading)));
            }
        }
        for strange in [by_chance(LineVerdict::Right), seems_copied] {
            assert!(!is_fine(&strange), "something is asked of it");
            assert!(stays(&strange, Shortens::EitherDigits));
            assert!(!stays(&strange, Shortens::CutsOff));
        }
    }
}
