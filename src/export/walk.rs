//! The chain that a passage walks, and the figure in which it is lit.

use crate::document::Passage;
use crate::document::figure::Figure;
use crate::document::figure::chain::{self, KnownBy};
use crate::lesson::Lesson;
use crate::name::Name;
use crate::num::Precision;
use crate::telling::{Subject, Topic, Walked};

/// A chain that is walked.
pub(super) struct WalkedChain<'a> {
    lesson: &'a Lesson<'a>,
    /// What it is the chain of.
    pub(super) gradient: Name,
    digits: Precision,
}

impl<'a> WalkedChain<'a> {
    /// The chain of a passage that walks one.
    pub(super) fn of(
        passage: &Passage<'_>,
        lesson: &'a Lesson<'a>,
        digits: Precision,
    ) -> Option<Self> {
        let walked = passage.topics.iter().find_map(walked)?;
        Some(Self { lesson, gradient: Name::loss_by(walked.parameter), digits })
    }

    /// The figure with the chain, or one term of it, and what is known when it is
    /// walked.
    pub(super) fn lit(&self, term: Option<usize>) -> Option<Figure<'a>> {
        lit(self.lesson, self.digits, self.gradient, term)
    }
}

/// The figure with what a quantity is computed from, or one term of its chain, and
/// what is known by then.
pub(super) fn lit<'a>(
    lesson: &'a Lesson<'a>,
    digits: Precision,
    name: Name,
    term: Option<usize>,
) -> Option<Figure<'a>> {
    let highlight = chain::highlight(lesson, name, term).ok()?;
    let moment = KnownBy::of(lesson, name, false);
    let text = move |name: Name| lesson.has(name).then(|| lesson.text(name, digits));
    let known = move |name| moment.knows(name).then(|| text(name)).flatten();
    Some(Figure::new(lesson.network(), known).lit(highlight))
}

/// The chain that a topic walks.
const fn walked(topic: &Topic) -> Option<Walked> {
    match topic.subject {
        Subject::Chain(walked) => Some(walked),
        Subject::Concept(_)
        | Subject::Network
        | Subject::Alike(_)
        | Subject::LeftOut(..)
        | Subject::Coupled(_)
        | Subject::Signal { .. }
        | Subject::Shortcut(_)
        | Subject::Quantity(_)
        | Subject::OldAndNew
        | Subject::Losses
        | Subject::MatrixForm
        | Subject::MatrixLayer(_)
        | Subject::Cost
        | Subject::Check
        | Subject::Summary => None,
    }
}
