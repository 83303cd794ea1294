//! What follows by chance. Where most numbers of a sheet come from nowhere, a
//! few of the others lie near something that could be computed from them: that
//! tells of no arithmetic, and numbers strewn over a sheet earn nothing.
//!
//! Only a number of few digits can be near by chance, and only a sheet on which
//! misses are many more than hits shows that it is. A wrong line whose cause is
//! known is no miss: somebody has worked there.

use super::report::{Line, Remark, Verdict};

/// Misses for each hit, beyond which a hit is chance.
const MISSES_PER_HIT: usize = 2;

/// Significant digits with which hardly anything fits by chance.
pub(super) const TELLING_DIGITS: i32 = 3;

/// What counts for and against the numbers of a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Tally {
    /// Lines that are wrong, for no known cause.
    misses: usize,
    /// Lines of few digits that only follow, or count as such.
    follow: usize,
    /// Lines of few digits that are right, though they repeat a number of the task.
    repeat: usize,
}

/// How a line may have been hit.
#[derive(Clone, Copy, PartialEq)]
enum Hit {
    Follows,
    Repeats,
}

/// Remarks on the lines that are hit by chance. `has_few_digits` says of a line
/// whether it has fewer than are asked, `is_given` of a number whether the task
/// has it.
pub(super) fn remark(
    lines: &mut [Line],
    has_few_digits: &dyn Fn(&Line) -> bool,
    is_given: &dyn Fn(f64) -> bool,
) {
    let hit = |line: &Line| hit(line, has_few_digits, is_given);
    let mut tally = Tally::default();
    for line in lines.iter().filter(|line| line.points > 0.0) {
        tally.misses += usize::from(is_miss(line));
        match hit(line) {
            Some(Hit::Follows) => tally.follow += 1,
            Some(Hit::Repeats) => tally.repeat += 1,
            None => {}
        }
    }
    for line in lines.iter_mut().filter(|line| line.points > 0.0) {
        if hit(line).is_some_and(|hit| tally.is_chance(hit)) {
            line.remarks.push(Remark::ByChance);
        }
    }
}

impl Tally {
    /// Whether such a hit is to be expected among so many misses. Following is
    /// weighed against following alone: right lines earn nothing for others.
    const fn is_chance(self, hit: Hit) -> bool {
        let hits = match hit {
            Hit::Follows => self.follow,
            Hit::Repeats => self.follow + self.repeat,
        };
        self.misses > MISSES_PER_HIT * hits
    }
}

fn is_miss(line: &Line) -> bool {
    let has_cause = line.slips.iter().any(|finding| finding.certain);
    line.verdict == Verdict::Wrong && !has_cause
}

fn hit(
    line: &Line,
    has_few_digits: &dyn Fn(&Line) -> bool,
    is_given: &dyn Fn(f64) -> bool,
) -> Option<Hit> {
    if !has_few_digits(line) {
        return None;
    }
    let same_slip = line.remarks.iter().any(|remark| matches!(remark, Remark::SameSlip(_)));
    match line.verdict {
        Verdict::Follows => Some(Hit::Follows),
        Verdict::Wrong if same_slip => Some(Hit::Follows),
        Verdict::Right if line.value.is_some_and(is_given) => Some(Hit::Repeats),
        Verdict::Right
        | Verdict::AsPrinted
        | Verdict::Wrong
        | Verdict::Missing
        | Verdict::Unreadable => None,
    }
}
