//! The ways in which a student may work a line.

use backprop_tutor::expr::Expr;
use backprop_tutor::lesson::{Lesson, PaperForm};
use backprop_tutor::name::{Name, NameSet};

/// All ways to work a line.
pub(crate) struct Ways {
    forms: Vec<Expr>,
    /// How many of them are usual. Who works in another way goes on with what is on paper.
    usual: usize,
    /// Ways that are worked from what is on paper.
    from_paper: Vec<PaperForm>,
}

/// One of them.
pub(crate) enum Way<'w> {
    Usual(&'w Expr),
    Other(&'w Expr),
    FromPaper(&'w PaperForm),
}

impl Ways {
    pub(crate) fn of(exact: &Lesson<'_>, name: Name) -> Self {
        let mut forms = exact.equal_forms(name);
        let usual = forms.len();
        let mut first = NameSet::default();
        forms
            .iter()
            .take(1)
            .for_each(|form| form.for_each_leaf(&mut |leaf| _ = first.insert(leaf)));
        let is_straight = |form: &Expr| {
            let mut is_straight = true;
            form.for_each_leaf(&mut |leaf| is_straight &= first.contains(&leaf));
            is_straight
        };
        forms.extend(exact.other_forms(name).into_iter().filter(is_straight));
        Self { forms, usual, from_paper: exact.forms_from_paper(name) }
    }

    /// All of them; those from paper only of who keeps it.
    pub(crate) fn all(&self, keeps_paper: bool) -> Vec<Way<'_>> {
        let (usual, other) = self.forms.split_at(self.usual);
        let from_paper = self.from_paper.iter().filter(|_| keeps_paper).map(Way::FromPaper);
        usual.iter().map(Way::Usual).chain(other.iter().map(Way::Other)).chain(from_paper).collect()
    }
}

impl Way<'_> {
    pub(crate) fn for_each_leaf(&self, visit: &mut dyn FnMut(Name)) {
        match self {
            Self::Usual(form) | Self::Other(form) => form.for_each_leaf(&mut |leaf| visit(leaf)),
            Self::FromPaper(form) => form.for_each_leaf(visit),
        }
    }
}
