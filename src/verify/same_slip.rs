//! The same slip in several lines: it is one slip, and several lines that show it
//! say more than one.

use super::credit::SameSlip;
use super::evidence;
use super::remark::Remark;
use super::report::{LineVerdict, ReportLine};
use super::slips::Slip;

/// What it goes by.
pub(super) struct SameSlipRules<'r> {
    pub(super) same_slip: SameSlip,
    /// Whether the number of a line is more than what stood there already.
    pub(super) tells_something: &'r dyn Fn(&ReportLine<'_>) -> bool,
    /// Whether a slip can happen in a line.
    pub(super) may_show: &'r dyn Fn(&ReportLine<'_>, Slip) -> bool,
}

/// States slips that several lines show together, and holds each against its
/// first line only. A later line counts as following only where its number
/// `tells_something`: who copies the old weights has done nothing.
pub(super) fn hold_once(lines: &mut [ReportLine<'_>], rules: &SameSlipRules<'_>) {
    for slip in slips_in_order(lines) {
        let places: Vec<usize> = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| shows(line, slip))
            .map(|(at, _)| at)
            .collect();
        let [first, later @ ..] = places.as_slice() else { continue };
        if later.is_empty() {
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
        for at in &places {
            let slips = &mut lines[*at].found_out_mut().slips;
            slips.retain(|finding| finding.slip == slip);
            slips.iter_mut().for_each(|finding| finding.certain = true);
        }
        let name = lines[*first].name();
        for at in later {
            let once = rules.same_slip == SameSlip::Once
                && lines[*at].verdict == LineVerdict::Wrong
                && (rules.tells_something)(&lines[*at]);
            if once {
                lines[*at].remark(Remark::SameSlip(name));
            }
        }
    }
}

fn slips_in_order(lines: &[ReportLine<'_>]) -> Vec<Slip> {
    let mut slips = Vec::new();
    for finding in lines.iter().flat_map(ReportLine::slips) {
        // Each digit that is written wrongly is a mistake of its own.
        let is_of_a_digit = matches!(finding.slip, Slip::Miscopied | Slip::DigitChanged);
        if !slips.contains(&finding.slip) && !is_of_a_digit {
            slips.push(finding.slip);
        }
    }
    slips
}

fn shows(line: &ReportLine<'_>, slip: Slip) -> bool {
    line.slips().iter().any(|finding| finding.slip == slip)
        && !line.has_remark(|remark| matches!(remark, Remark::SameSlip(_)))
}

fn chance(line: &ReportLine<'_>, slip: Slip) -> Option<f64> {
    line.slips().iter().find(|finding| finding.slip == slip).map(|finding| finding.chance)
}
