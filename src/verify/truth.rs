//! What every sheet of an exercise is held against: the exact values, and per
//! line its formulas and the slips that can happen in it. Frozen, and shared by
//! all threads; what costs work is made when it is first asked for.

use std::ops::Deref;
use std::sync::OnceLock;

use super::slips::{self, SlipCandidate};
use crate::expr::{Expr, evaluate};
use crate::lesson::{Lesson, PaperForm};
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
    /// Equal formulas that a person may work with, the usual ones first; none for
    /// what is given.
    pub(super) forms: Vec<Expr>,
    /// How many of them are usual.
    usual: usize,
    /// How many are usual or take no other operands than the first one.
    straight: usize,
    /// The computed quantities that the first one uses.
    first_operands: Vec<Name>,
    /// All computed quantities that some usual form uses, each once.
    pub(super) operands: Vec<Name>,
    /// All that some form uses, from paper too.
    pub(super) all_operands: Vec<Name>,
    /// Equal formulas of who has on paper all that these take.
    pub(super) from_paper: Vec<PaperForm>,
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
        let mut forms = if name.is_given() { Vec::new() } else { lesson.equal_forms(name) };
        let usual = forms.len();
        let first_operands = operands_of(&forms[..usual.min(1)]);
        let others = if usual > 0 { lesson.other_forms(name) } else { Vec::new() };
        let is_straight = |form: &Expr| {
            operands_of(std::slice::from_ref(form)).iter().all(|own| first_operands.contains(own))
        };
        let (straight, around): (Vec<Expr>, Vec<Expr>) = others.into_iter().partition(is_straight);
        forms.extend(straight);
        let straight = forms.len();
        forms.extend(around);
        let operands = operands_of(&forms[..usual]);
        let from_paper = if usual > 0 { lesson.forms_from_paper(name) } else { Vec::new() };
        let is_more = forms.len() > usual || !from_paper.is_empty();
        let all_operands =
            if is_more { all_operands(&forms, &from_paper) } else { operands.clone() };
        Self {
            forms,
            usual,
            straight,
            first_operands,
            operands,
            all_operands,
            from_paper,
            slips: OnceLock::new(),
        }
    }

    /// The formulas that a line is judged by. Who has handed in all that the first one
    /// takes goes around none of it.
    pub(super) fn routes(&self, is_handed_in: impl Fn(Name) -> bool) -> &[Expr] {
        let is_pinned = self.first_operands.iter().all(|operand| is_handed_in(*operand));
        if is_pinned { &self.forms[..self.straight] } else { &self.forms }
    }

    /// The usual formulas: what somebody has in memory, or has misread a number of.
    pub(super) fn usual_forms(&self) -> &[Expr] {
        &self.forms[..self.usual]
    }
}

fn operands_of(forms: &[Expr]) -> Vec<Name> {
    let mut operands = Vec::new();
    for form in forms {
        form.for_each_leaf(&mut |leaf| operands.extend((!leaf.is_given()).then_some(leaf)));
    }
    operands.sort_unstable();
    operands.dedup();
    operands
}

fn all_operands(forms: &[Expr], from_paper: &[PaperForm]) -> Vec<Name> {
    let mut operands = operands_of(forms);
    for form in from_paper {
        form.for_each_leaf(&mut |leaf| operands.extend((!leaf.is_given()).then_some(leaf)));
    }
    operands.sort_unstable();
    operands.dedup();
    operands
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Settings;
    use crate::scenario;

    #[test]
    fn operands_are_those_of_the_formulas() {
        for scenario in ["xor", "tanh-bce", "softmax-cross-entropy", "mazur"] {
            let scenario = scenario::load(scenario).unwrap();
            let settings = Settings { apply: true, ..Settings::default() };
            let lesson = Lesson::new(scenario.exercise(0), settings).unwrap();
            let truth = Truth::new(&lesson, |add| {
                let Ok(()) = lesson.for_each(|_, name| {
                    add(name);
                    Ok::<(), std::convert::Infallible>(())
                });
            });
            for place in 0..truth.len() {
                let prepared = Prepared::new(&lesson, truth.name(place));
                let of = |count: usize| operands_of(&prepared.forms[..count]);
                let mut all = of(prepared.forms.len());
                for form in &prepared.from_paper {
                    form.for_each_leaf(&mut |leaf| all.extend((!leaf.is_given()).then_some(leaf)));
                }
                all.sort_unstable();
                all.dedup();
                assert_eq!(prepared.all_operands, all);
                assert_eq!(prepared.operands, of(prepared.usual));
                assert_eq!(prepared.first_operands, of(prepared.usual.min(1)));
            }
        }
    }
}
