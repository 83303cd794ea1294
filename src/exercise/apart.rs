//! Which slips an exercise tells apart: from the right number, and from each
//! other.

use crate::expr::evaluate;
use crate::lesson::Lesson;
use crate::name::Name;
use crate::num::{self, Precision};
use crate::verify::Slip;
use crate::verify::slips::{SlipCandidate, candidates};

use super::finding::LintFinding;
use super::moved;

/// Units of the last place that a slip must move a number, to be told from
/// rounding.
const LEAST_UNITS: f64 = 1.0;

/// The slips that can happen in some lines; for all exercises of one shape the
/// same.
pub(super) struct Slips {
    lines: Vec<Line>,
}

/// A line and its slips: those that are made again and again.
struct Line {
    name: Name,
    candidates: Vec<SlipCandidate>,
    /// What is right with other numbers, and what each slip leaves then: what is
    /// the same there as well lies in the formulas, and no numbers help.
    right_elsewhere: Vec<f64>,
    elsewhere: Vec<Vec<f64>>,
}

impl Slips {
    /// Of the lines of a lesson.
    pub(super) fn of(lesson: &Lesson<'_>, lines: &[Name]) -> Self {
        let mut all: Vec<Line> = lines.iter().map(|name| Line::of(lesson, *name)).collect();
        for round in 0..ROUNDS {
            moved::with(lesson, round, |other| {
                for line in &mut all {
                    line.right_elsewhere.push(other.value(line.name));
                    let values = line.candidates.iter().map(|one| worth(other, one));
                    line.elsewhere.push(values.collect());
                }
            });
        }
        Self { lines: all }
    }

    /// Whether all of them are told apart.
    pub(super) fn are_apart(&self, lesson: &Lesson<'_>, digits: Precision) -> bool {
        self.lines.iter().all(|line| {
            let values = line.values(lesson);
            line.hidden(lesson, &values, digits).is_empty()
                && line.alike(&values, digits).is_empty()
        })
    }

    /// `sum` and how many are not; of more than `at_most` only that it is more.
    pub(super) fn count(
        &self,
        lesson: &Lesson<'_>,
        digits: Precision,
        mut sum: f64,
        at_most: f64,
    ) -> f64 {
        for line in &self.lines {
            let values = line.values(lesson);
            let hidden = line.hidden(lesson, &values, digits).len();
            sum += (hidden + line.alike(&values, digits).len()) as f64;
            if sum > at_most {
                break;
            }
        }
        sum
    }

    /// Those that are not, by slip and by pair of slips.
    pub(super) fn findings(&self, lesson: &Lesson<'_>, digits: Precision) -> Vec<LintFinding> {
        let mut hidden: Vec<(Slip, Vec<Name>)> = Vec::new();
        let mut alike: Vec<([Slip; 2], Vec<Name>)> = Vec::new();
        for line in &self.lines {
            let values = line.values(lesson);
            for slip in line.hidden(lesson, &values, digits) {
                add(&mut hidden, slip, line.name);
            }
            for pair in line.alike(&values, digits) {
                add(&mut alike, pair, line.name);
            }
        }
        let hidden = hidden.into_iter().map(|(slip, lines)| LintFinding::Hidden { slip, lines });
        let alike = alike.into_iter().map(|(slips, lines)| LintFinding::Alike { slips, lines });
        hidden.chain(alike).collect()
    }
}

impl Line {
    fn of(lesson: &Lesson<'_>, name: Name) -> Self {
        let mut candidates = candidates(lesson, name);
        candidates.retain(|candidate| candidate.slip.is_usual());
        Self { name, candidates, right_elsewhere: Vec::new(), elsewhere: Vec::new() }
    }

    /// What each slip leaves.
    fn values(&self, lesson: &Lesson<'_>) -> Vec<f64> {
        self.candidates.iter().map(|candidate| worth(lesson, candidate)).collect()
    }

    /// The slips that leave the right number, as far as rounding can tell.
    fn hidden(&self, lesson: &Lesson<'_>, values: &[f64], digits: Precision) -> Vec<Slip> {
        let right = lesson.value(self.name);
        let least = LEAST_UNITS * digits.unit_of(right);
        let is_hidden = |at: &usize| {
            let everywhere = || {
                let pairs = self.elsewhere.iter().zip(&self.right_elsewhere);
                pairs.into_iter().all(|(values, right)| is_same(values[*at], *right))
            };
            (values[*at] - right).abs() < least && !everywhere()
        };
        (0..values.len()).filter(is_hidden).map(|at| self.candidates[at].slip).collect()
    }

    /// The pairs of slips that leave one number, rounded.
    fn alike(&self, values: &[f64], digits: Precision) -> Vec<[Slip; 2]> {
        let mut order: Vec<usize> =
            (0..values.len()).filter(|at| values[*at].is_finite()).collect();
        order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
        let mut pairs = Vec::new();
        for (at, &one) in order.iter().enumerate() {
            let unit = digits.unit_of(values[one]);
            let near = order[at + 1..].iter().copied();
            for other in near.take_while(|other| values[*other] - values[one] <= unit) {
                let (slip, next) = (self.candidates[one].slip, self.candidates[other].slip);
                let everywhere =
                    || self.elsewhere.iter().all(|values| is_same(values[one], values[other]));
                let is_alike = slip != next
                    && num::show(values[one], digits) == num::show(values[other], digits)
                    && !everywhere();
                let pair = if slip < next { [slip, next] } else { [next, slip] };
                if is_alike && !pairs.contains(&pair) {
                    pairs.push(pair);
                }
            }
        }
        pairs
    }
}

/// Sets of other numbers that are tried.
const ROUNDS: usize = 2;

/// Whether two numbers are one but for the noise of an f64.
fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// What a slip leaves.
fn worth(lesson: &Lesson<'_>, candidate: &SlipCandidate) -> f64 {
    evaluate(&candidate.expr, &|leaf| lesson.value(leaf))
}

fn add<K: PartialEq>(found: &mut Vec<(K, Vec<Name>)>, key: K, name: Name) {
    match found.iter_mut().find(|(known, _)| *known == key) {
        Some((_, lines)) if lines.last() == Some(&name) => {}
        Some((_, lines)) => lines.push(name),
        None => found.push((key, vec![name])),
    }
}
