//! What follows by chance. Where most numbers of a sheet come from nowhere, a
//! few of the others lie near something that could be computed from them: that
//! tells of no arithmetic, and numbers strewn over a sheet earn nothing.
//!
//! Only a number of few digits can be near by chance, and only a sheet on which
//! misses are many more than hits shows that it is. A wrong line whose cause is
//! known is no miss: somebody has worked there.

use super::remark::Remark;
use super::report::{LineVerdict, ReportLine};

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
    lines: &mut [ReportLine<'_>],
    has_few_digits: &dyn Fn(&ReportLine<'_>) -> bool,
    is_given: &dyn Fn(f64) -> bool,
) {
    let hit = |line: &ReportLine<'_>| hit(line, has_few_digits, is_given);
    let mut tally = Tally::default();
    for line in lines.iter().filter(|line| line.points() > 0.0) {
        tally.misses += usize::from(is_miss(line));
        match hit(line) {
            Some(Hit::Follows) => tally.follow += 1,
            Some(Hit::Repeats) => tally.repeat += 1,
            None => {}
        }
    }
    for line in lines.iter_mut().filter(|line| line.points() > 0.0) {
        if hit(line).is_some_and(|hit| tally.is_chance(hit)) {
            line.remark(Remark::ByChance);
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

/// Whether a line is wrong, for no known cause.
pub(super) fn is_miss(line: &ReportLine<'_>) -> bool {
    let has_cause = line.slips().iter().any(|finding| finding.certain);
    line.verdict == LineVerdict::Wrong && !has_cause
}

fn hit(
    line: &ReportLine<'_>,
    has_few_digits: &dyn Fn(&ReportLine<'_>) -> bool,
    is_given: &dyn Fn(f64) -> bool,
) -> Option<Hit> {
    if !has_few_digits(line) {
        return None;
    }
    let same_slip = line.has_remark(|remark| matches!(remark, Remark::SameSlip(_)));
    match line.verdict {
        LineVerdict::Follows => Some(Hit::Follows),
        LineVerdict::Wrong if same_slip => Some(Hit::Follows),
        LineVerdict::Right if line.value().is_some_and(is_given) => Some(Hit::Repeats),
        LineVerdict::Right
        | LineVerdict::AsPrinted
        | LineVerdict::Wrong
        | LineVerdict::Missing
        | LineVerdict::Unreadable => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Lesson, Settings};
    use crate::name::{Name, Pattern, Symbol};
    use crate::num::Written;
    use crate::scenario;
    use crate::verify::{AnswerReading, Marker, MarkingRules};

    /// Which lines of a sheet are hits by chance, by verdict, number and points, which
    /// are 1 or 0. All have few digits but those that are above 5, and 0.5 is the one
    /// number of the task.
    fn by_chance(lines: &[(LineVerdict, f64, f64)]) -> Vec<bool> {
        let scenario = scenario::load("xor").unwrap();
        let lesson = Lesson::new(scenario.exercise(0), Settings::default()).unwrap();
        let worthless = [(Pattern::Name(Symbol::Loss.into()), 0.0)];
        let rules = MarkingRules { points: &worthless, ..MarkingRules::asking(4) };
        let names = [Symbol::Loss, Symbol::Out { layer: 1, unit: 0 }].map(Name::from);
        let marker = Marker::of_lines(&lesson, rules, &names);
        let line = |&(verdict, value, points): &(LineVerdict, f64, f64)| {
            let answer = AnswerReading::Number(Written::read(&value.to_string()).unwrap());
            ReportLine::new(&marker, points as usize, Some(answer), verdict)
        };
        let mut lines: Vec<ReportLine<'_>> = lines.iter().map(line).collect();
        let has_few_digits = |line: &ReportLine<'_>| line.value().is_some_and(|value| value < 5.0);
        remark(&mut lines, &has_few_digits, &|value| value == 0.5);
        let is_chance = |line: &ReportLine<'_>| line.has_remark(|told| told == Remark::ByChance);
        lines.iter().map(is_chance).collect()
    }

    #[test]
    fn following_among_many_misses_is_chance() {
        let wrong = (LineVerdict::Wrong, 0.3, 1.0);
        let follows = (LineVerdict::Follows, 0.3, 1.0);
        assert_eq!(by_chance(&[wrong, wrong, follows]), [false; 3], "two misses to one hit");
        assert_eq!(by_chance(&[wrong, wrong, wrong, follows]), [false, false, false, true]);
        let worthless = (LineVerdict::Wrong, 0.3, 0.0);
        assert_eq!(by_chance(&[wrong, wrong, worthless, follows]), [false; 4]);
        let long = (LineVerdict::Follows, 7.0, 1.0);
        assert_eq!(by_chance(&[wrong, wrong, wrong, long]), [false; 4], "its digits tell");
        assert_eq!(by_chance(&[wrong; 5]), [false; 5], "wrong lines are no hits");
    }

    #[test]
    fn a_slip_that_was_made_before_counts_as_following() {
        let scenario = scenario::load("xor").unwrap();
        let lesson = Lesson::new(scenario.exercise(0), Settings::default()).unwrap();
        let names = [Symbol::Loss, Symbol::Out { layer: 1, unit: 0 }].map(Name::from);
        let marker = Marker::of_lines(&lesson, MarkingRules::asking(4), &names);
        let wrong = |remark: Option<Remark>| {
            let answer = AnswerReading::Number(Written::read("0.3").unwrap());
            let mut line = ReportLine::new(&marker, 0, Some(answer), LineVerdict::Wrong);
            remark.into_iter().for_each(|remark| line.remark(remark));
            line
        };
        let same = hit(&wrong(Some(Remark::SameSlip(names[0]))), &|_| true, &|_| false);
        assert!(same == Some(Hit::Follows));
        assert!(hit(&wrong(None), &|_| true, &|_| false).is_none());
        let other = hit(&wrong(Some(Remark::Working)), &|_| true, &|_| false);
        assert!(other.is_none());
    }

    #[test]
    fn right_numbers_of_the_task_are_chance_too_and_others_are_not() {
        let wrong = (LineVerdict::Wrong, 0.3, 1.0);
        let (given, own) = ((LineVerdict::Right, 0.5, 1.0), (LineVerdict::Right, 0.4, 1.0));
        assert_eq!(by_chance(&[wrong, wrong, given]), [false; 3]);
        assert_eq!(by_chance(&[wrong, wrong, wrong, given]), [false, false, false, true]);
        assert_eq!(by_chance(&[wrong, wrong, wrong, own]), [false; 4]);
        // Right ones do not speak for those that follow; the other way round they do.
        let follows = (LineVerdict::Follows, 0.3, 1.0);
        let sheet = [wrong, wrong, wrong, given, follows];
        assert_eq!(by_chance(&sheet), [false, false, false, false, true]);
    }
}
