//! What stands behind a line: the quantities that it is computed from and that
//! were not handed in, so that a slip in one of them shows in the line only.

use std::cell::RefCell;

use super::super::theirs::Theirs;
use super::super::truth::{Held, Truth};
use crate::expr::Interval;
use crate::name::{Name, NameMap, NameSet};

/// Quantities behind a line, and operands in their formulas, up to which they
/// are looked through. Nobody works more than this in the head.
const MOST_QUANTITIES: usize = 100;
const MOST_OPERANDS: usize = 2_000;

/// The lines behind one line.
pub(super) struct Behind<'t> {
    /// Nearest first.
    lines: Vec<(Name, Held<'t>)>,
    /// The lines that use one.
    users: NameMap<Vec<Name>>,
}

impl<'t> Behind<'t> {
    /// The lines behind a quantity; none where there are too many.
    pub(super) fn of(truth: &'t Truth<'_>, theirs: &Theirs<'_, '_>, name: Name) -> Self {
        let mut behind = Self { lines: Vec::new(), users: NameMap::default() };
        let mut seen = NameSet::from_iter([name]);
        let (mut open, mut at, mut count) = (vec![name], 0, 0);
        while let Some(&next) = open.get(at) {
            let prepared = truth.prepared(next);
            count += prepared.operands.len();
            if open.len() > MOST_QUANTITIES || count > MOST_OPERANDS {
                return Self { lines: Vec::new(), users: NameMap::default() };
            }
            for operand in &prepared.operands {
                behind.users.entry(*operand).or_default().push(next);
                if !theirs.is_own(*operand) && seen.insert(*operand) {
                    open.push(*operand);
                }
            }
            if at > 0 {
                behind.lines.push((next, prepared));
            }
            at += 1;
        }
        behind
    }

    /// They, the farthest first: what comes of a slip is no slip of its own.
    pub(super) fn farthest_first(&self) -> impl Iterator<Item = &(Name, Held<'t>)> {
        self.lines.iter().rev()
    }

    /// Those that are computed from one of them, itself included.
    pub(super) fn affected_by(&self, name: Name) -> NameSet {
        let mut affected = NameSet::from_iter([name]);
        let mut open = vec![name];
        while let Some(next) = open.pop() {
            for user in self.users.get(&next).into_iter().flatten() {
                if affected.insert(*user) {
                    open.push(*user);
                }
            }
        }
        affected
    }
}

/// Bounds for somebody who went on with another value of one line behind.
pub(super) struct Supposing<'b, 'a> {
    pub(super) truth: &'b Truth<'a>,
    pub(super) theirs: &'b Theirs<'b, 'a>,
    /// The line, and its value.
    pub(super) name: Name,
    pub(super) value: Interval,
    /// The lines that are computed from it.
    pub(super) affected: &'b NameSet,
    pub(super) known: RefCell<NameMap<Interval>>,
}

impl Supposing<'_, '_> {
    /// What may be carried for a quantity.
    pub(super) fn carried(&self, name: Name) -> Interval {
        if name == self.name {
            return self.value;
        }
        if !self.affected.contains(&name) || self.theirs.is_own(name) {
            return self.theirs.carried(name);
        }
        if let Some(known) = self.known.borrow().get(&name) {
            return *known;
        }
        let prepared = self.truth.prepared(name);
        let bounds =
            self.theirs.worked_out_from(prepared.usual_forms().iter(), &|leaf| self.carried(leaf));
        let bounds = bounds.unwrap_or_else(|| self.theirs.carried(name));
        self.known.borrow_mut().insert(name, bounds);
        bounds
    }
}
