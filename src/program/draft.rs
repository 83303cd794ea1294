//! A list of candidates while it is written: each once, for a range of layers at
//! once and for each layer alone.

use super::candidate::{Change, Suspect, SuspectDetail};
use super::engine::problem::MatrixProblem;

/// Candidates that are being listed.
pub(super) struct SuspectDraft<'a> {
    pub(super) problem: &'a MatrixProblem,
    pub(super) all: Vec<Suspect>,
}

impl SuspectDraft<'_> {
    pub(super) fn add(&mut self, code: &'static str, change: Change, first: usize, last: usize) {
        self.add_with(code, change, first, last, SuspectDetail::None);
    }

    pub(super) fn add_with(
        &mut self,
        code: &'static str,
        change: Change,
        first: usize,
        last: usize,
        detail: SuspectDetail,
    ) {
        let candidate = Suspect { code, change, first, last, detail };
        let known = self.all.iter().any(|known| {
            known.change == change
                && (known.first, known.last) == (first, last)
                && known.code == code
        });
        if !known {
            self.all.push(candidate);
        }
    }

    /// All layers of a range at once, then each, where the layer allows it.
    pub(super) fn layers(
        &mut self,
        code: &'static str,
        change: Change,
        first: usize,
        last: usize,
        fits: impl Fn(&MatrixProblem, usize) -> bool,
    ) {
        let problem = self.problem;
        if first > last {
            return;
        }
        let fitting: Vec<usize> = (first..=last).filter(|layer| fits(problem, *layer)).collect();
        if fitting.len() > 1 && fitting.len() == last - first + 1 {
            self.add(code, change, first, last);
        }
        for layer in fitting {
            self.add(code, change, layer, layer);
        }
    }
}
