//! What stands behind a line: the quantities that it is computed from and that
//! were not handed in, so that a slip in one of them shows in the line only.

use super::bounds::Bounds;
use crate::lesson::Lesson;
use crate::name::{Name, NameMap, NameSet};

/// Quantities behind a line, and operands in their formulas, up to which they
/// are looked through. Nobody works more than this in the head.
const MOST_QUANTITIES: usize = 100;
const MOST_OPERANDS: usize = 2_000;

/// The lines behind one line.
pub(super) struct Behind {
    /// Nearest first.
    names: Vec<Name>,
    /// What each is computed from.
    operands: NameMap<Vec<Name>>,
}

impl Behind {
    /// The lines behind a quantity; none where there are too many.
    pub(super) fn of(lesson: &Lesson<'_>, theirs: &Bounds<'_>, name: Name) -> Self {
        let mut behind = Self { names: Vec::new(), operands: NameMap::default() };
        let (mut open, mut at, mut count) = (vec![name], 0, 0);
        while let Some(&next) = open.get(at) {
            let mut operands = Vec::new();
            let forms = lesson.equal_forms(next);
            forms.iter().for_each(|form| form.for_each_leaf(&mut |leaf| operands.push(leaf)));
            operands.sort_unstable();
            operands.dedup();
            count += operands.len();
            if open.len() > MOST_QUANTITIES || count > MOST_OPERANDS {
                return Self { names: Vec::new(), operands: NameMap::default() };
            }
            for operand in &operands {
                let is_computed = lesson.expression(*operand).is_some();
                if is_computed && !theirs.is_own(*operand) && !open.contains(operand) {
                    open.push(*operand);
                }
            }
            behind.operands.insert(next, operands);
            at += 1;
        }
        open.remove(0);
        behind.names = open;
        behind
    }

    /// Their names, the farthest first: what comes of a slip is no slip of its
    /// own.
    pub(super) fn farthest_first(&self) -> impl Iterator<Item = Name> {
        self.names.iter().rev().copied()
    }

    /// Those that are computed from one of them.
    pub(super) fn affected_by(&self, name: Name) -> NameSet {
        let mut affected = NameSet::from_iter([name]);
        loop {
            let count = affected.len();
            for (quantity, operands) in &self.operands {
                if operands.iter().any(|operand| affected.contains(operand)) {
                    affected.insert(*quantity);
                }
            }
            if affected.len() == count {
                return affected;
            }
        }
    }
}
