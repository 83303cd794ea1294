//! Copies of numbers that come from nothing: who makes up an error signal and writes it
//! into the line of the bias as well has computed nothing. Where something is worked out
//! from the number somewhere, its copies are as good as other lines that follow.

use rustc_hash::{FxHashMap, FxHashSet};

use super::by_chance;
use super::remark::Remark;
use super::report::{LineVerdict, ReportLine};
use crate::name::Name;

/// Numbers that come from nothing and are only copied, below which the copies are let pass.
const LEAST: usize = 2;

/// Of the right number: who is nearer has computed something.
const NEAR: f64 = 0.1;

/// What is known of the lines of a sheet.
pub(super) struct CopyRules<'r> {
    /// Of a line that follows, the quantity whose number it only repeats.
    pub(super) repeated: &'r dyn Fn(&ReportLine<'_>) -> Option<Name>,
    /// What a line may be worked out from.
    pub(super) operands: &'r dyn Fn(&ReportLine<'_>) -> Vec<Name>,
}

/// Remarks on the copies that tell of no work.
pub(super) fn remark(lines: &mut [ReportLine<'_>], rules: &CopyRules<'_>) {
    // Of each number that comes from nothing, and of its copies, which one it is.
    let mut origins: FxHashMap<Name, Name> = lines
        .iter()
        .filter(|line| comes_from_nothing(line))
        .map(|line| (line.name(), line.name()))
        .collect();
    if origins.len() < LEAST {
        return;
    }
    let mut copies: Vec<(usize, Name)> = Vec::new();
    let mut worked_from: Vec<Name> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.verdict != LineVerdict::Follows {
            continue;
        }
        let repeated = (rules.repeated)(line);
        match repeated.and_then(|same| Some((same, *origins.get(&same)?))) {
            Some((same, origin)) => {
                origins.insert(line.name(), origin);
                copies.push((at, same));
            }
            None if earns(line) => worked_from.extend((rules.operands)(line)),
            None => {}
        }
    }
    let worked: FxHashSet<Name> =
        worked_from.iter().filter_map(|operand| origins.get(operand).copied()).collect();
    let idle: Vec<(usize, Name)> =
        copies.into_iter().filter(|(_, same)| !worked.contains(&origins[same])).collect();
    let idle_origins: FxHashSet<Name> = idle.iter().map(|(_, same)| origins[same]).collect();
    // Anybody errs once.
    if idle_origins.len() < LEAST {
        return;
    }
    for (at, same) in idle {
        if lines[at].points() > 0.0 {
            lines[at].remark(Remark::Copies(same));
        }
    }
}

/// Whether a number is wrong and nobody knows how it came about.
fn comes_from_nothing(line: &ReportLine<'_>) -> bool {
    let is_near = |value: f64| (value - line.expected()).abs() <= NEAR * line.expected().abs();
    by_chance::is_miss(line) && !line.value().is_some_and(is_near)
}

/// Whether nothing speaks against it that a line was worked.
fn earns(line: &ReportLine<'_>) -> bool {
    let is_idle =
        |remark| matches!(remark, Remark::TellsNothing | Remark::Trivial(_) | Remark::ByChance);
    !line.has_remark(is_idle)
}
