//! What every sheet of an exercise is held against: the exact values, and per
//! line its formulas and the slips that can happen in it. Frozen, and shared by
//! all threads; what costs work is made when it is first asked for.

use std::ops::Deref;
use std::sync::OnceLock;

use super::slips::{self, SlipCandidate};
use crate::expr::{Expr, evaluate};
use crate::lesson::Lesson;
use crate::name::{Name, NameTable};

/// The exact lesson, ready for marking.
pub(super) struct Truth<'a> {
    lesson: &'a Lesson<'a>,
    lines: Vec<Entry>,
    index: NameTable<'a, u32>,
}

struct Entry {
    expected: f64,
    prepared: OnceLock<Box<Prepared>>,
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
    /// Of the lines in `names`.
    pub(super) fn new(lesson: &'a Lesson<'a>, names: impl Iterator<Item = Name>) -> Self {
        let (mut lines, mut index) = (Vec::new(), NameTable::new(lesson.numbering()));
        for name in names {
            index.insert(name, lines.len() as u32);
            lines.push(Entry { expected: lesson.value(name), prepared: OnceLock::new() });
        }
        Self { lesson, lines, index }
    }

    /// The exact lesson.
    pub(super) const fn lesson(&self) -> &'a Lesson<'a> {
        self.lesson
    }

    /// The place of a line.
    pub(super) fn place(&self, name: Name) -> Option<usize> {
        self.index.get(name).map(|place| *place as usize)
    }

    /// The exact value of the line at a place.
    pub(super) fn expected_at(&self, place: usize) -> f64 {
        self.lines[place].expected
    }

    /// The exact value of a quantity.
    pub(super) fn expected(&self, name: Name) -> f64 {
        match self.place(name) {
            Some(place) => self.lines[place].expected,
            None => self.lesson.value(name),
        }
    }

    /// What is known of a line.
    pub(super) fn prepared(&self, name: Name) -> Held<'_> {
        match self.place(name).filter(|_| self.lines.len() <= MOST_KEPT) {
            Some(place) => Held::Kept(
                self.lines[place]
                    .prepared
                    .get_or_init(|| Box::new(Prepared::new(self.lesson, name))),
            ),
            None => Held::Made(Box::new(Prepared::new(self.lesson, name))),
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
