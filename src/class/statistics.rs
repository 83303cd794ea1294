//! What all sheets of a class say together, counted in one pass.

use std::collections::BTreeMap;

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::outcome::{Counts, FirstWrong, LineVerdicts, Marked, Trouble};
use crate::name::{Name, NameMap};
use crate::verify::{LineVerdict, Slip};

/// Wrong numbers that are counted at the same time: when there are more, those
/// that only one student wrote so far are forgotten.
const MOST_NUMBERS: usize = 400_000;

/// Students that are named of those who share a number.
const NAMED: usize = 3;

/// Counts of a class.
#[derive(Debug, Default)]
pub struct Statistics {
    /// Sheets that were marked.
    pub marked: usize,
    /// Sheets that could not be.
    pub troubles: usize,
    lines: Vec<LineCounts>,
    index: NameMap<usize>,
    /// Sheets of which every asked line of the common exercise is right.
    all_right: usize,
    slips: FxHashMap<Slip, SlipCounts>,
    numbers: FxHashMap<(Name, CompactString), SharedNumber>,
    /// Sheets by what they earned, in thousandths of the maximum.
    scores: BTreeMap<u16, usize>,
    shares: f64,
}

/// The verdicts on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineCounts {
    /// The quantity.
    pub name: Name,
    /// How many students have each verdict on it.
    pub counts: Counts,
    /// Students whose first wrong line it is.
    pub first: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct SlipCounts {
    students: usize,
    first: usize,
}

/// A wrong number that several students wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedNumber {
    /// The quantity.
    pub name: Name,
    /// The number.
    pub number: CompactString,
    /// How many wrote it.
    pub students: usize,
    /// The first of them, by their ids.
    pub ids: SmallVec<[String; NAMED]>,
    /// The slip that is stated as its cause, if one is.
    pub slip: Option<Slip>,
}

impl LineCounts {
    /// Students who were asked.
    pub const fn asked(&self) -> usize {
        let Counts { right, follows, wrong, missing, unreadable } = self.counts;
        right + follows + wrong + missing + unreadable
    }

    /// The share of those asked who have it right, or right from their own
    /// numbers; 1 where nobody was asked.
    pub fn share(&self) -> f64 {
        match self.asked() {
            0 => 1.0,
            asked => (self.counts.right + self.counts.follows) as f64 / asked as f64,
        }
    }
}

impl Statistics {
    /// Of nobody yet; `asked` are the lines of the common exercise.
    pub fn new(asked: impl Iterator<Item = Name>) -> Self {
        let mut statistics = Self::default();
        asked.for_each(|name| {
            statistics.place(name);
        });
        statistics
    }

    fn place(&mut self, name: Name) -> usize {
        let (lines, next) = (&mut self.lines, self.index.len());
        *self.index.entry(name).or_insert_with(|| {
            lines.push(LineCounts { name, counts: Counts::default(), first: 0 });
            next
        })
    }

    /// Counts a sheet. Wrong numbers are compared only where the exercise
    /// `is_common`; `who` makes the id of the student.
    pub fn add(
        &mut self,
        result: Result<&Marked, &Trouble>,
        is_common: bool,
        who: &dyn Fn() -> String,
    ) {
        let Ok(marked) = result else {
            self.troubles += 1;
            return;
        };
        self.marked += 1;
        let share = if marked.max_score > 0.0 { marked.score / marked.max_score } else { 0.0 };
        self.shares += share;
        *self.scores.entry((share.clamp(0.0, 60.0) * 1000.0).round() as u16).or_default() += 1;
        match &marked.lines {
            LineVerdicts::AllRight => self.all_right += 1,
            LineVerdicts::Right(bits) => {
                for (at, line) in self.lines.iter_mut().enumerate() {
                    let is_right = bits.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1);
                    line.counts
                        .add(if is_right { LineVerdict::Right } else { LineVerdict::Missing }, 1);
                }
            }
            LineVerdicts::Judged(lines) => {
                for (name, verdict) in lines {
                    let at = self.place(*name);
                    self.lines[at].counts.add(*verdict, 1);
                }
            }
        }
        self.add_slips(marked);
        if is_common {
            self.add_numbers(marked, who);
        }
    }

    fn add_slips(&mut self, marked: &Marked) {
        for slip in &marked.slips {
            self.slips.entry(*slip).or_default().students += 1;
        }
        let Some(FirstWrong { name, slips, is_certain, .. }) = &marked.first_wrong else { return };
        let at = self.place(*name);
        self.lines[at].first += 1;
        if let (true, Some(slip)) = (is_certain, slips.first()) {
            self.slips.entry(*slip).or_default().first += 1;
        }
    }

    fn add_numbers(&mut self, marked: &Marked, who: &dyn Fn() -> String) {
        for wrong in &marked.wrong {
            let key = (wrong.name, wrong.number.clone());
            let shared = self.numbers.entry(key).or_insert_with(|| SharedNumber {
                name: wrong.name,
                number: wrong.number.clone(),
                students: 0,
                ids: SmallVec::new(),
                slip: wrong.slip,
            });
            shared.students += 1;
            // Explained is what is explained for somebody.
            shared.slip = shared.slip.or(wrong.slip);
            if shared.ids.len() < NAMED {
                shared.ids.push(who());
            }
        }
        if self.numbers.len() > MOST_NUMBERS {
            self.numbers.retain(|_, shared| shared.students > 1);
        }
    }

    /// The verdicts on each line, in the order of the lesson.
    pub fn lines(&self) -> Vec<LineCounts> {
        let with_all_right = |line: &LineCounts| {
            let mut line = *line;
            line.counts.add(LineVerdict::Right, self.all_right);
            line
        };
        self.lines.iter().map(with_all_right).collect()
    }

    /// The slips, how many students made each, and for how many it was the first
    /// thing wrong; the most frequent first.
    pub fn slips(&self) -> Vec<(Slip, usize, usize)> {
        let mut slips: Vec<(Slip, usize, usize)> = self
            .slips
            .iter()
            .map(|(slip, counts)| (*slip, counts.students, counts.first))
            .collect();
        slips.sort_unstable_by_key(|(slip, students, first)| {
            (std::cmp::Reverse((*students, *first)), *slip)
        });
        slips
    }

    /// The wrong numbers that several students wrote: first those that no slip
    /// explains, the most frequent first.
    pub fn shared(&self) -> Vec<&SharedNumber> {
        let mut shared: Vec<&SharedNumber> =
            self.numbers.values().filter(|shared| shared.students > 1).collect();
        let place = |name: Name| self.index.get(&name).copied().unwrap_or(usize::MAX);
        shared.sort_unstable_by(|a, b| {
            let key = |one: &SharedNumber| {
                (one.slip.is_some(), std::cmp::Reverse(one.students), place(one.name), one.name)
            };
            key(a).cmp(&key(b)).then_with(|| a.number.cmp(&b.number))
        });
        shared
    }

    /// Pairs of students who alone share wrong numbers that no slip explains,
    /// with those numbers; the most numbers first.
    pub fn pairs(&self) -> Vec<([&str; 2], Vec<&SharedNumber>)> {
        let mut pairs: BTreeMap<[&str; 2], Vec<&SharedNumber>> = BTreeMap::new();
        for shared in self.shared() {
            if let ([one, other], None, 2) = (&shared.ids[..], shared.slip, shared.students)
                && one != other
            {
                pairs.entry([one, other]).or_default().push(shared);
            }
        }
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_by_key(|(ids, shared)| (std::cmp::Reverse(shared.len()), *ids));
        pairs
    }

    /// The mean of what was earned, as a share of the maximum.
    pub fn mean(&self) -> f64 {
        if self.marked == 0 { 0.0 } else { self.shares / self.marked as f64 }
    }

    /// The share of the maximum that so large a share of the sheets does not
    /// exceed, to a thousandth.
    pub fn quantile(&self, share: f64) -> f64 {
        let wanted = ((self.marked as f64 * share).ceil() as usize).max(1);
        let mut seen = 0;
        let found = self.scores.iter().find(|(_, count)| {
            seen += **count;
            seen >= wanted
        });
        found.map_or(0.0, |(thousandths, _)| f64::from(*thousandths) / 1000.0)
    }
}
