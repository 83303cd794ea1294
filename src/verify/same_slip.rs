//! The same slip in several lines: it is one slip, and several lines that show it
//! say more than one.

use std::cmp::Reverse;

use smallvec::SmallVec;

use super::credit::SameSlip;
use super::evidence::{self, SlipFinding};
use super::remark::Remark;
use super::report::{LineVerdict, ReportLine};
use super::slips::Slip;

/// Wrong lines that are looked at again for a slip that others show.
const MOST_TRIED: usize = 2_000;

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
    let mut tried_again = 0;
    for slip in slips_in_order(lines) {
        let mut places: Vec<usize> = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| shows(line, slip))
            .map(|(at, _)| at)
            .collect();
        let chances: Vec<f64> = places.iter().filter_map(|at| chance(&lines[*at], slip)).collect();
        let tried = lines.iter().filter(|line| {
            line.verdict == LineVerdict::Wrong
                && (shows(line, slip) || (rules.may_show)(line, slip))
        });
        let is_stated = (places.len() > 1 && evidence::pooled(&chances, tried.count()))
            || places.iter().any(|at| is_certain(&lines[*at], slip));
        if !is_stated {
            continue;
        }
        // Where something else fits as well, or nothing was said because so much fits, it is
        // the slip that was made elsewhere.
        let shown = places.len();
        for (at, line) in lines.iter_mut().enumerate() {
            if tried_again == MOST_TRIED || !is_open(line, slip, shown) {
                continue;
            }
            tried_again += 1;
            let finding = (rules.finding)(line, slip);
            if let Some(finding) = finding {
                line.found_out_mut().slips = vec![finding];
                places.push(at);
            }
        }
        if places.len() < 2 {
            continue;
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

/// Those that most lines show first, else in the order of the sheet.
fn slips_in_order(lines: &[ReportLine<'_>]) -> Vec<Slip> {
    let mut slips: Vec<(Slip, usize)> = Vec::new();
    for line in lines {
        let mut own: SmallVec<[Slip; 4]> = SmallVec::new();
        for finding in line.slips().iter().filter(|finding| !is_of_a_digit(finding.slip)) {
            if own.contains(&finding.slip) {
                continue;
            }
            own.push(finding.slip);
            match slips.iter_mut().find(|(slip, _)| *slip == finding.slip) {
                Some((_, count)) => *count += 1,
                None => slips.push((finding.slip, 1)),
            }
        }
    }
    slips.sort_by_key(|(_, count)| Reverse(*count));
    slips.into_iter().map(|(slip, _)| slip).collect()
}

/// Whether it is open which slip made a wrong line: none is certain, or only that the
/// number before the update was copied, and other lines show `slip`, `shown` of them.
fn is_open(line: &ReportLine<'_>, slip: Slip, shown: usize) -> bool {
    let may_be_other = |finding: &SlipFinding| {
        let is_old = matches!(finding.slip, Slip::WeightNotUpdated | Slip::BiasNotUpdated);
        !finding.certain || (is_old && shown > 1)
    };
    line.verdict == LineVerdict::Wrong
        && !shows(line, slip)
        && !is_told(line)
        && line.slips().iter().all(may_be_other)
}

fn is_certain(line: &ReportLine<'_>, slip: Slip) -> bool {
    line.slips().iter().any(|finding| finding.slip == slip && finding.certain)
}

fn is_told(line: &ReportLine<'_>) -> bool {
    line.has_remark(Remark::is_of_a_slip_again)
}

/// Each digit that is written wrongly is a mistake of its own.
const fn is_of_a_digit(slip: Slip) -> bool {
    matches!(slip, Slip::Miscopied | Slip::DigitChanged)
}

fn shows(line: &ReportLine<'_>, slip: Slip) -> bool {
    line.slips().iter().any(|finding| finding.slip == slip) && !is_told(line)
}

fn chance(line: &ReportLine<'_>, slip: Slip) -> Option<f64> {
    line.slips().iter().find(|finding| finding.slip == slip).map(|finding| finding.chance)
}
