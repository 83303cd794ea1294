//! The same slip in several lines: it is one slip, and several lines that show it
//! say more than one.

use super::credit::SameSlip;
use super::evidence::{self, SlipFinding};
use super::remark::Remark;
use super::report::{LineVerdict, ReportLine};
use super::slips::Slip;

/// What it goes by.
pub(super) struct SameSlipRules<'r> {
    pub(super) same_slip: SameSlip,
    /// Whether the number of a line, with the slip it shows, is more than what stood
    /// there already.
    pub(super) tells_something: &'r dyn Fn(&ReportLine<'_>) -> bool,
    /// Whether a slip can happen in a line.
    pub(super) may_show: &'r dyn Fn(&ReportLine<'_>, Slip) -> bool,
    /// A slip in a wrong line, if it gives the number.
    pub(super) finding: &'r dyn Fn(&ReportLine<'_>, Slip) -> Option<SlipFinding>,
}

/// States slips that several lines show together, and holds each against its
/// first line only. A later line counts as following only where its number
/// `tells_something`: who copies what stands there already has done nothing.
pub(super) fn hold_once(lines: &mut [ReportLine<'_>], rules: &SameSlipRules<'_>) {
    for slip in slips_in_order(lines) {
        let mut places: Vec<usize> = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| shows(line, slip))
            .map(|(at, _)| at)
            .collect();
        if places.len() < 2 {
            continue;
        }
        let chances: Vec<f64> = places.iter().filter_map(|at| chance(&lines[*at], slip)).collect();
        let tried = lines.iter().filter(|line| {
            line.verdict == LineVerdict::Wrong
                && (shows(line, slip) || (rules.may_show)(line, slip))
        });
        let is_stated = evidence::pooled(&chances, tried.count());
        if !is_stated {
            continue;
        }
        // Where something else fits as well, it is the slip that was made elsewhere.
        for (at, line) in lines.iter_mut().enumerate() {
            let is_open = line.verdict == LineVerdict::Wrong
                && !places.contains(&at)
                && line
                    .slips()
                    .iter()
                    .any(|finding| !finding.certain && !is_of_a_digit(finding.slip));
            let finding = if is_open { (rules.finding)(line, slip) } else { None };
            if let Some(finding) = finding {
                line.found_out_mut().slips = vec![finding];
                places.push(at);
            }
        }
        places.sort_unstable();
        let [first, later @ ..] = places.as_slice() else { continue };
        for at in &places {
            let slips = &mut lines[*at].found_out_mut().slips;
            slips.retain(|finding| finding.slip == slip);
            slips.iter_mut().for_each(|finding| finding.certain = true);
        }
        let name = lines[*first].name();
        for at in later {
            let line = &mut lines[*at];
            if rules.same_slip == SameSlip::Once && line.verdict == LineVerdict::Wrong {
                if (rules.tells_something)(line) {
                    line.remark(Remark::SameSlip(name));
                } else if line.points() > 0.0 {
                    line.remark(Remark::CopiesAgain(name));
                }
            }
        }
    }
}

fn slips_in_order(lines: &[ReportLine<'_>]) -> Vec<Slip> {
    let mut slips = Vec::new();
    for finding in lines.iter().flat_map(ReportLine::slips) {
        if !slips.contains(&finding.slip) && !is_of_a_digit(finding.slip) {
            slips.push(finding.slip);
        }
    }
    slips
}

/// Each digit that is written wrongly is a mistake of its own.
const fn is_of_a_digit(slip: Slip) -> bool {
    matches!(slip, Slip::Miscopied | Slip::DigitChanged)
}

fn shows(line: &ReportLine<'_>, slip: Slip) -> bool {
    let is_told = |remark| matches!(remark, Remark::SameSlip(_) | Remark::CopiesAgain(_));
    line.slips().iter().any(|finding| finding.slip == slip) && !line.has_remark(is_told)
}

fn chance(line: &ReportLine<'_>, slip: Slip) -> Option<f64> {
    line.slips().iter().find(|finding| finding.slip == slip).map(|finding| finding.chance)
}
