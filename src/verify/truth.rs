//! What every sheet of an exercise is held against: the exact values, and per
//! line its formulas and the slips that can happen in it. Frozen, and shared by
//! all threads; what costs work is made when it is first asked for.

use std::ops::Deref;
use std::sync::OnceLock;

use super::slips::{self, SlipCandidate};
use crate::expr::{Expr, evaluate};
use crate::lesson::Lesson;
use crate::name::{Name, NameList, Symbol};

/// The exact lesson, ready for marking.
pub(super) struct Truth<'a> {
    lesson: &'a Lesson<'a>,
    names: NameList<'a>,
    /// Per place the exact value.
    expected: Vec<f64>,
    /// Per place what is known of the line; nothing where there are too many.
    prepared: Vec<OnceLock<Box<Prepared>>>,
}

/// What is known of a line whoever answers it.
pub(super) struct Prepared {
    /// Equal formulas that a person may work with; none for what is given.
    pub(super) forms: Vec<Expr>,
    /// All computed quantities that some form uses, each once.
    pub(super) operands: Vec<Name>,
    slips: OnceLock<Vec<Slipped>>,
}

/// A way to go wrong in a line.
pub(super) struct Slipped {
    pub(super) candidate: SlipCandidate,
    /// What it gives when all else is exact.
    pub(super) value: f64,
}

/// Lines up to which formulas are kept: beyond, they are made anew, so that
/// memory does not grow with the weights of a large network.
const MOST_KEPT: usize = 20_000;

impl<'a> Truth<'a> {
    /// Of the lines that `each` tells, in their order.
    pub(super) fn new(lesson: &'a Lesson<'a>, each: impl FnOnce(&mut dyn FnMut(Name))) -> Self {
        let mut names = NameList::new(lesson.numbering());
        each(&mut |name| names.push(name));
        names.shrink();
        let name = |place| names.name(place).map_or(f64::NAN, |name| lesson.value(name));
        let expected = (0..names.len()).map(name).collect();
        let kept = if names.len() <= MOST_KEPT { names.len() } else { 0 };
        let prepared = (0..kept).map(|_| OnceLock::new()).collect();
        Self { lesson, names, expected, prepared }
    }

    /// How many lines there are.
    pub(super) const fn len(&self) -> usize {
        self.names.len()
    }

    /// The quantity of the line at a place.
    pub(super) fn name(&self, place: usize) -> Name {
        // Every place has one.
        self.names.name(place).unwrap_or(Name::Value(Symbol::Loss))
    }

    /// The exact lesson.
    pub(super) const fn lesson(&self) -> &'a Lesson<'a> {
        self.lesson
    }

    /// The place of a line.
    pub(super) fn place(&self, name: Name) -> Option<usize> {
        self.names.place(name)
    }

    /// The exact value of the line at a place.
    pub(super) fn expected_at(&self, place: usize) -> f64 {
        self.expected[place]
    }

    /// The exact value of a quantity.
    pub(super) fn expected(&self, name: Name) -> f64 {
        match self.place(name) {
            Some(place) => self.expected[place],
            None => self.lesson.value(name),
        }
    }

    /// What is known of a line.
    pub(super) fn prepared(&self, name: Name) -> Held<'_> {
        let prepared = || Box::new(Prepared::new(self.lesson, name));
        match self.place(name).and_then(|place| self.prepared.get(place)) {
            Some(kept) => Held::Kept(kept.get_or_init(prepared)),
            None => Held::Made(prepared()),
        }
    }

    /// The ways to go wrong in a line.
    pub(super) fn slips<'p>(&self, name: Name, prepared: &'p Prepared) -> &'p [Slipped] {
        prepared.slips.get_or_init(|| {
            let value = |leaf| self.expected(leaf);
            slips::candidates(self.lesson, name)
                .into_iter()
                .map(|candidate| Slipped { value: evaluate(&candidate.expr, &value), candidate })
                .collect()
        })
    }
}

impl Prepared {
    fn new(lesson: &Lesson<'_>, name: Name) -> Self {
        let forms = if name.is_given() { Vec::new() } else { lesson.equal_forms(name) };
        let mut operands = Vec::new();
        for form in &forms {
            form.for_each_leaf(&mut |leaf| operands.extend((!leaf.is_given()).then_some(leaf)));
        }
        operands.sort_unstable();
        operands.dedup();
        Self { forms, operands, slips: OnceLock::new() }
    }
}

/// What is known of a line, kept or made for once.
pub(super) enum Held<'t> {
    Kept(&'t Prepared),
    Made(Box<Prepared>),
}

impl Deref for Held<'_> {
    type Target = Prepared;

    fn deref(&self) -> &Prepared {
        match self {
            Self::Kept(prepared) => prepared,
            Self::Made(prepared) => prepared,
        }
    }
}
