//! Which slips an exercise tells apart: from the right number, and from each
//! other.

use crate::expr::evaluate;
use crate::lesson::Lesson;
use crate::name::Name;
use crate::num::{self, Precision};
use crate::verify::Slip;
use crate::verify::slips::{Candidate, candidates};

use super::finding::Finding;

/// Units of the last place that a slip must move a number, to be told from
/// rounding.
const LEAST_UNITS: f64 = 1.0;

/// The slips that can happen in some lines; for all exercises of one shape the
/// same.
pub(super) struct Slips {
    lines: Vec<(Name, Vec<Candidate>)>,
}

impl Slips {
    /// Of the lines of a lesson: those that are made again and again.
    pub(super) fn of(lesson: &Lesson<'_>, lines: &[Name]) -> Self {
        let usual = |name: Name| {
            let mut all = candidates(lesson, name);
            all.retain(|candidate| candidate.slip.is_usual());
            (name, all)
        };
        Self { lines: lines.iter().map(|name| usual(*name)).collect() }
    }

    /// Whether all of them are told apart.
    pub(super) fn are_apart(&self, lesson: &Lesson<'_>, digits: Precision) -> bool {
        self.lines.iter().all(|(name, candidates)| {
            let values = values(lesson, candidates);
            let right = lesson.value(*name);
            hidden(right, &values, digits).next().is_none() && alike(&values, digits).is_empty()
        })
    }

    /// Those that are not, by slip and by pair of slips.
    pub(super) fn findings(&self, lesson: &Lesson<'_>, digits: Precision) -> Vec<Finding> {
        let mut hidden_lines: Vec<(Slip, Vec<Name>)> = Vec::new();
        let mut alike_lines: Vec<([Slip; 2], Vec<Name>)> = Vec::new();
        for (name, candidates) in &self.lines {
            let values = values(lesson, candidates);
            for slip in hidden(lesson.value(*name), &values, digits) {
                add(&mut hidden_lines, slip, *name);
            }
            for pair in alike(&values, digits) {
                add(&mut alike_lines, pair, *name);
            }
        }
        let hidden = hidden_lines.into_iter().map(|(slip, lines)| Finding::Hidden { slip, lines });
        let alike = alike_lines.into_iter().map(|(slips, lines)| Finding::Alike { slips, lines });
        hidden.chain(alike).collect()
    }
}

fn add<K: PartialEq>(found: &mut Vec<(K, Vec<Name>)>, key: K, name: Name) {
    match found.iter_mut().find(|(known, _)| *known == key) {
        Some((_, lines)) if lines.last() == Some(&name) => {}
        Some((_, lines)) => lines.push(name),
        None => found.push((key, vec![name])),
    }
}

/// What each slip leaves, where it is a number at all.
fn values(lesson: &Lesson<'_>, candidates: &[Candidate]) -> Vec<(Slip, f64)> {
    let of = |candidate: &Candidate| {
        (candidate.slip, evaluate(&candidate.expr, &|leaf| lesson.value(leaf)))
    };
    candidates.iter().map(of).filter(|(_, value)| value.is_finite()).collect()
}

/// The slips that leave the right number, as far as rounding can tell.
fn hidden(right: f64, values: &[(Slip, f64)], digits: Precision) -> impl Iterator<Item = Slip> {
    let least = LEAST_UNITS * digits.unit_of(right);
    values.iter().filter(move |(_, value)| (value - right).abs() < least).map(|(slip, _)| *slip)
}

/// The pairs of slips that leave one number, rounded.
fn alike(values: &[(Slip, f64)], digits: Precision) -> Vec<[Slip; 2]> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].1.total_cmp(&values[*b].1));
    let mut pairs = Vec::new();
    for (at, one) in order.iter().enumerate() {
        let (slip, value) = values[*one];
        let near = order[at + 1..].iter().map(|other| values[*other]);
        let near = near.take_while(|(_, other)| other - value <= digits.unit_of(value));
        for (other, number) in near {
            let is_same = slip != other && num::show(value, digits) == num::show(number, digits);
            let pair = if slip < other { [slip, other] } else { [other, slip] };
            if is_same && !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
    }
    pairs
}
