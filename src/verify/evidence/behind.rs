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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Lesson, Settings};
    use crate::name::Symbol;
    use crate::num::Written;
    use crate::scenario::{self, Scenario};
    use crate::verify::handed_in::{HandedIn, Shortens};
    use crate::verify::marking::Marking;
    use crate::verify::{Answer, AnswerReading, Marker, MarkingRules, Sheet};

    /// A network with so many hidden units and outputs.
    fn network(units: usize, outputs: usize) -> Scenario {
        let list = |item: &str, count: usize| vec![item; count].join(",");
        let text = format!(
            r#"{{"loss": "half_squared_error", "layers": [
                {{"activation": "sigmoid", "weights": [[{}]]}},
                {{"activation": "sigmoid", "weights": [{}]}}],
                "sample": {{"x": [0.7], "y": [{}]}}}}"#,
            list("0.1", units),
            list(&format!("[{}]", list("0.2", outputs)), units),
            list("1", outputs),
        );
        scenario::read(text.as_bytes(), "a network").expect("a scenario")
    }

    /// How many operands there are behind the loss where all hidden units were handed in,
    /// and the lines that are looked through.
    fn behind_the_loss(scenario: &Scenario) -> (usize, Vec<Name>) {
        let lesson = Lesson::new(scenario.exercise(0), Settings::default()).expect("a lesson");
        let units = (0..).map(|unit| Name::from(Symbol::Out { layer: 0, unit }));
        let units: Vec<Name> = units.take(scenario.network.layers[0].units()).collect();
        let marker = Marker::of_lines(&lesson, MarkingRules::asking(4), &units);
        let number = Written::read("0.5").expect("a number");
        let answer = |name: &Name| {
            let reading = AnswerReading::Number(number.clone());
            Answer { name: *name, reading, line: 1, column: 1 }
        };
        let sheet = Sheet { answers: units.iter().map(answer).collect(), ..Sheet::default() };
        let handed_in = HandedIn::by(&marker, &sheet, Shortens::AsShown);
        let theirs = Marking::new(&marker, &handed_in).theirs;
        let mut open = vec![Name::from(Symbol::Loss)];
        let (mut at, mut count) = (0, 0);
        while let Some(name) = open.get(at) {
            let operands = marker.truth.prepared(*name).operands.clone();
            count += operands.len();
            let left_out = operands.into_iter().filter(|operand| !theirs.is_own(*operand));
            let left_out: Vec<Name> = left_out.filter(|name| !open.contains(name)).collect();
            open.extend(left_out);
            at += 1;
        }
        let behind = Behind::of(&marker.truth, &theirs, Symbol::Loss.into());
        (count, behind.lines.into_iter().map(|(name, _)| name).collect())
    }

    #[test]
    fn up_to_two_thousand_operands_are_looked_through() {
        let (_, few) = behind_the_loss(&network(2, 1));
        let lines = [Symbol::Out { layer: 1, unit: 0 }, Symbol::In { layer: 1, unit: 0 }];
        assert_eq!(few, lines.map(Name::from), "the nearest first, and not the line itself");
        let mut counts = Vec::new();
        for (units, outputs) in [(997, 2), (998, 2), (999, 2), (664, 3), (665, 3), (498, 4)] {
            let (count, lines) = behind_the_loss(&network(units, outputs));
            assert_eq!(lines.is_empty(), count > 2_000, "{count}");
            counts.push(count);
        }
        assert!(counts.contains(&2_000) && counts.contains(&2_001), "{counts:?}");
    }
}
