//! The order that students are shown in.

use std::cmp::Ordering;

use crate::class::Exam;
use crate::class::SeenSheet;
use crate::cli::args::class::Sort;
use crate::name::Name;

/// What a student is put in order by.
#[derive(Clone, Debug)]
pub(super) struct OrderKey {
    id: String,
    /// No score comes before all.
    score: Option<f64>,
    /// The place of the first wrong line; none comes last.
    first: Option<usize>,
}

impl OrderKey {
    pub(super) fn of(seen: &SeenSheet<'_>) -> Self {
        let marked = seen.result.as_ref().ok();
        let first = marked.and_then(|marked| marked.first_wrong.as_ref()).map(|first| first.name);
        Self {
            id: seen.who().id,
            score: marked.map(|marked| marked.score),
            first: first.zip(seen.exam).and_then(|(name, exam)| place(exam, name)),
        }
    }

    /// Equal ones stay as they came.
    pub(super) fn compare(&self, other: &Self, by: Sort) -> Ordering {
        match by {
            Sort::Id => self.id.cmp(&other.id),
            Sort::Score => {
                let score = |key: &Self| key.score.unwrap_or(f64::NEG_INFINITY);
                score(self).total_cmp(&score(other))
            }
            Sort::FirstWrong => {
                let first = |key: &Self| key.first.unwrap_or(usize::MAX);
                first(self).cmp(&first(other))
            }
        }
    }
}

fn place(exam: &Exam<'_>, name: Name) -> Option<usize> {
    exam.asked().position(|asked| asked == name)
}
