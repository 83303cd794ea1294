//! The numbers that one student has: those handed in are pinned, those left out
//! are what honest work makes of the ones before.

use super::claim::{Claim, NOISE};
use super::hull::hull;
use super::own_number::{DEEPEST, OwnNumber};
use super::precision::WorkingScale;
use super::reach::Reach;
use super::truth::Truth;
use super::twice::{self, MemoryAndPaper};
use crate::expr::{Expr, Interval, enclose, evaluate};
use crate::name::{Name, NameTable};

/// Of a unit: what lies closer to the border of a claim is left out.
const BORDER: f64 = 1e-6;

/// What a student goes on with.
pub(super) struct Theirs<'m, 'a> {
    truth: &'m Truth<'a>,
    /// The precision of results on the way.
    pub(super) working: WorkingScale,
    own: NameTable<'a, OwnNumber>,
    left_out: NameTable<'a, LeftOut>,
    /// Lines that were left out and went wrong: what the student made of them.
    roots: NameTable<'a, Interval>,
    /// Changes whenever something else may be carried.
    state: u32,
}

/// A quantity that was not handed in.
#[derive(Clone, Copy)]
struct LeftOut {
    carried: Interval,
    /// The part of it that takes nothing but what is right.
    clean: Interval,
    value: f64,
    tainted: bool,
}

impl<'m, 'a> Theirs<'m, 'a> {
    /// Of a student who has handed in nothing yet.
    pub(super) fn new(truth: &'m Truth<'a>, working: WorkingScale) -> Self {
        let numbering = truth.lesson().numbering();
        Self {
            truth,
            working,
            own: NameTable::new(numbering),
            left_out: NameTable::new(numbering),
            roots: NameTable::new(numbering),
            state: 0,
        }
    }

    /// Takes a number that was handed in.
    pub(super) fn hand_in(&mut self, name: Name, claim: &Claim) {
        let (value, half_unit, claim) = (claim.value, claim.unit / 2.0, self.claimed(claim));
        self.own.insert(name, OwnNumber::new(value, half_unit, claim));
    }

    /// Says what a number that was handed in claims after all, where it is one
    /// that happens to be short.
    pub(super) fn pin(&mut self, name: Name, claim: &Claim) {
        let claim = self.claimed(claim);
        if let Some(own) = self.own.get_mut(name) {
            self.state += u32::from(own.claim != claim);
            own.claim = claim;
            own.forget_memory();
        }
    }

    /// Takes it that a number is right whatever else is found out, and what it claims.
    pub(super) fn settle_right(&mut self, name: Name, claim: &Claim) {
        self.pin(name, claim);
        self.settle_own(name, false);
    }

    /// What a number may stand for, borders left out: nobody has just the border
    /// in memory, and a number next door would seem within reach.
    fn claimed(&self, claim: &Claim) -> Interval {
        let claimed = if self.working.cuts() { claim.whole() } else { claim.rounded };
        claimed.widened(-BORDER * claim.unit)
    }

    /// Takes it that the student made `value` of a line that was left out, and
    /// went on with that.
    pub(super) fn suppose(&mut self, name: Name, value: Interval) {
        self.roots.insert(name, value);
        self.left_out.clear();
        self.state += 1;
    }

    /// Says whether a line that was handed in does not count as right.
    pub(super) fn settle_own(&mut self, name: Name, tainted: bool) {
        if let Some(own) = self.own.get_mut(name) {
            own.tainted = Some(tainted);
        }
    }

    /// Whether a number was handed in.
    pub(super) fn is_own(&self, name: Name) -> bool {
        self.own.contains(name)
    }

    /// Whether nothing more is to be found out of a quantity.
    pub(super) fn is_settled(&self, name: Name) -> bool {
        match self.own.get(name) {
            Some(own) => own.tainted.is_some(),
            None => name.is_given() || self.left_out.contains(name),
        }
    }

    /// Works out what a student goes on with for a line that was left out and
    /// all of whose operands are settled.
    pub(super) fn settle_left_out(&mut self, name: Name) {
        let left_out = match self.roots.get(name) {
            Some(root) => {
                LeftOut { carried: *root, clean: *root, value: root.middle(), tainted: true }
            }
            None => self.worked_out(name),
        };
        self.left_out.insert(name, left_out);
        self.state += 1;
    }

    fn worked_out(&self, name: Name) -> LeftOut {
        let prepared = self.truth.prepared(name);
        let expected = self.truth.expected(name);
        let tainted = !prepared.forms.is_empty()
            && prepared.forms.iter().all(|form| self.is_tainted_form(form));
        let own = prepared.forms.first().map(|form| self.worth(form));
        // What only repeats a number is that number, as they wrote it.
        let repeats = matches!(prepared.forms.first(), Some(Expr::Leaf(_)));
        let carried = self.worked_out_from(prepared.forms.iter(), &|leaf| self.carried(leaf));
        let carried = carried.unwrap_or(Interval::point(expected));
        let clean = prepared.forms.iter().filter(|form| !self.is_tainted_form(form));
        let clean = self.worked_out_from(clean, &|leaf| self.clean(leaf));
        LeftOut {
            carried,
            clean: clean.unwrap_or(carried),
            value: if tainted || repeats { own.unwrap_or(expected) } else { expected },
            tainted,
        }
    }

    /// What honest work makes of formulas, rounded.
    pub(super) fn worked_out_from<'f>(
        &self,
        forms: impl Iterator<Item = &'f Expr>,
        carried: &dyn Fn(Name) -> Interval,
    ) -> Option<Interval> {
        let hulls = forms.map(|form| match form {
            // What only repeats another quantity is not rounded again.
            Expr::Leaf(same) => carried(*same),
            Expr::Number(_) | Expr::Apply(..) => self.working.hull(self.hull(form, carried)),
        });
        hulls.reduce(Interval::hull)
    }

    /// Everything between the least and the most that honest work on a formula can come
    /// to.
    pub(super) fn hull(&self, form: &Expr, carried: &dyn Fn(Name) -> Interval) -> Interval {
        let bounds = hull(form, self.working, carried);
        let held = |leaf| MemoryAndPaper {
            memory: carried(leaf),
            paper: self.own.get(leaf).map(|own| own.value),
        };
        let narrower = twice::bounds(form, self.working, &held);
        narrower.and_then(|narrower| bounds.intersection(narrower)).unwrap_or(bounds)
    }

    /// What may be carried for a settled quantity.
    pub(super) fn carried(&self, name: Name) -> Interval {
        match (self.own.get(name), self.left_out.get(name)) {
            (Some(own), _) => own.claim,
            (None, Some(left_out)) => left_out.carried,
            (None, None) => Interval::point(self.truth.expected(name)),
        }
    }

    /// The same, as far as it takes nothing but what is right.
    pub(super) fn clean(&self, name: Name) -> Interval {
        match (self.own.get(name), self.left_out.get(name)) {
            (None, Some(left_out)) => left_out.clean,
            _ => self.carried(name),
        }
    }

    /// What somebody may have in memory for a quantity that was handed in: part of
    /// what it claims, and what comes out of its own operands.
    pub(super) fn in_memory(&self, name: Name) -> Interval {
        let Some(own) = self.own.get(name) else { return self.carried(name) };
        *own.asked().memory.get_or_init(|| self.remembered(name, own, DEEPEST))
    }

    /// The part of a claim that comes of the operands, as far back as `depth` says.
    fn remembered(&self, name: Name, own: &OwnNumber, depth: usize) -> Interval {
        let prepared = self.truth.prepared(name);
        // What is not known yet says nothing.
        if prepared.operands.iter().any(|operand| !self.is_carried(*operand)) {
            return own.claim;
        }
        let carried = |leaf| match self.own.get(leaf) {
            Some(operand) if depth > 0 => self.nearer(leaf, operand, depth - 1),
            Some(_) | None => self.carried(leaf),
        };
        let hulls = prepared.usual_forms().iter().map(|form| self.hull(form, &carried));
        let worked_out = hulls.reduce(Interval::hull).unwrap_or(own.claim);
        match worked_out.intersection(own.claim) {
            Some(memory) => memory.hull(Interval::point(own.value)),
            // It does not come of them.
            None => own.claim,
        }
    }

    /// The same, found out once for each state of knowledge.
    fn nearer(&self, name: Name, own: &OwnNumber, depth: usize) -> Interval {
        match own.asked().nearer[depth].get() {
            Some((state, memory)) if state == self.state => memory,
            Some(_) | None => {
                let memory = self.remembered(name, own, depth);
                own.asked().nearer[depth].set(Some((self.state, memory)));
                memory
            }
        }
    }

    /// Whether it is known what may be carried for a quantity.
    fn is_carried(&self, name: Name) -> bool {
        name.is_given() || self.own.contains(name) || self.left_out.contains(name)
    }

    /// The exact value, which may be in a calculator's memory.
    pub(super) fn exact(&self, name: Name) -> Interval {
        Interval::point(self.truth.expected(name))
    }

    /// The same, unless what was handed in is wrong: then nobody has it.
    fn exact_in_memory(&self, name: Name) -> Option<Interval> {
        let is_wrong = self.own.get(name).is_some_and(|own| own.tainted == Some(true));
        (!is_wrong).then(|| self.exact(name))
    }

    /// The same in pieces: what was handed in, or the exact value that may be
    /// behind it in a calculator's memory where it is right, and nothing between.
    pub(super) fn pieces(&self, name: Name) -> Reach {
        let is_own = self.own.contains(name);
        let memory = self.exact_in_memory(name).filter(|_| is_own);
        let written = self.own.get(name).map(|own| Interval::point(own.value));
        Reach::new([self.in_memory(name)].into_iter().chain(written).chain(memory))
    }

    /// Single numbers that somebody may have on paper: what was handed in, the exact one
    /// where that is right; and of a line that was left out the exact one, rounded or
    /// not, and the ends of what may be carried for it.
    pub(super) fn on_paper(&self, name: Name) -> Reach {
        let mut points = vec![Interval::point(self.value(name))];
        points.extend(self.exact_in_memory(name));
        if let Some(left_out) = self.left_out.get(name) {
            let Interval { lo, hi } = left_out.carried;
            points.extend([lo, hi].map(Interval::point));
            for shortening in self.working.shortenings() {
                self.working.shortened(self.exact(name), *shortening, |short| points.push(short));
            }
        }
        Reach::new(points)
    }

    /// What may be carried for a quantity, the borders of what it claims included.
    pub(super) fn bordered(&self, name: Name) -> Interval {
        match self.own.get(name) {
            Some(own) => Interval::around(own.value, own.half_unit).hull(own.claim),
            None => match self.repeated(name) {
                Some(same) if self.comes_of_own(same) => self.bordered(same),
                _ => self.carried(name),
            },
        }
    }

    /// Whether all that a line is worked out from was handed in, so that it is known where
    /// it may be a tie.
    fn comes_of_own(&self, name: Name) -> bool {
        self.truth.prepared(name).operands.iter().all(|operand| self.own.contains(*operand))
    }

    /// The quantity that a line only repeats, where it does.
    fn repeated(&self, name: Name) -> Option<Name> {
        if name.is_given() {
            return None;
        }
        match self.truth.prepared(name).forms.first()? {
            Expr::Leaf(same) => Some(*same),
            Expr::Number(_) | Expr::Apply(..) => None,
        }
    }

    /// The single values that somebody may go on with: as written or worked out, exact,
    /// or just on the border of what was handed in, where its own operands lead
    /// there. Half of a rounded number is such a tie, and goes either way.
    pub(super) fn points(&self, name: Name, depth: usize) -> Reach {
        let exact = self.exact(name);
        let mut points = vec![Interval::point(self.value(name))];
        points.extend(self.exact_in_memory(name));
        match self.own.get(name) {
            Some(own) => {
                let ties = own.asked().ties[depth].get_or_init(|| self.ties(name, own, depth));
                points.extend(ties);
            }
            None if name.is_given() => {}
            None => {
                // What only repeats a number is that number.
                if let Some(same) = self.repeated(name) {
                    points.extend_from_slice(self.points(same, depth).pieces());
                }
                for shortening in self.working.shortenings() {
                    self.working.shortened(exact, *shortening, |short| points.push(short));
                }
            }
        }
        Reach::new(points)
    }

    fn ties(&self, name: Name, own: &OwnNumber, depth: usize) -> Vec<Interval> {
        let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
        let near = BORDER * own.half_unit;
        let is_tie = |point: &&Interval| {
            let off = (point.middle() - own.value).abs() - own.half_unit;
            off.abs() <= near && point.width() <= near
        };
        let mut ties = Vec::new();
        let prepared = self.truth.prepared(name);
        if !self.comes_of_own(name) {
            // Nobody knows what it was worked out from, and it may be a tie itself.
            let (memory, half) = (self.in_memory(name), own.half_unit);
            let ends = [(own.claim.lo, own.value - half), (own.claim.hi, own.value + half)];
            let reached = ends.iter().filter(|(end, _)| memory.contains(*end));
            ties.extend(reached.map(|(_, border)| Interval::point(*border)));
        }
        for form in prepared.usual_forms() {
            for shortening in self.working.shortenings() {
                let points = |leaf| self.points(leaf, depth);
                let reach = Reach::of(form, self.working, *shortening, &points);
                ties.extend(reach.pieces().iter().filter(is_tie).copied());
            }
        }
        ties
    }

    /// The one value that stands for a quantity where it is shown: as written,
    /// else from the numbers before.
    pub(super) fn value(&self, name: Name) -> f64 {
        match (self.own.get(name), self.left_out.get(name)) {
            (Some(own), _) => own.value,
            (None, Some(left_out)) => left_out.value,
            (None, None) => self.truth.expected(name),
        }
    }

    /// A formula with these values.
    pub(super) fn worth(&self, form: &Expr) -> f64 {
        evaluate(form, &|leaf| self.value(leaf))
    }

    /// Bounds of a formula.
    pub(super) fn enclose(&self, form: &Expr) -> Interval {
        with_noise(enclose(form, &|leaf| self.in_memory(leaf)))
    }

    /// Bounds of a formula that takes nothing but what is right.
    pub(super) fn enclose_clean(&self, form: &Expr) -> Interval {
        let clean = |leaf| if self.is_own(leaf) { self.in_memory(leaf) } else { self.clean(leaf) };
        with_noise(enclose(form, &clean))
    }

    /// Whether a quantity goes back to something that does not count as right.
    pub(super) fn is_tainted(&self, name: Name) -> bool {
        match (self.own.get(name), self.left_out.get(name)) {
            (Some(own), _) => own.tainted.unwrap_or(false),
            (None, Some(left_out)) => left_out.tainted,
            (None, None) => false,
        }
    }

    /// Whether a formula uses such a quantity.
    pub(super) fn is_tainted_form(&self, form: &Expr) -> bool {
        let mut tainted = false;
        form.for_each_leaf(&mut |leaf| tainted = tainted || self.is_tainted(leaf));
        tainted
    }
}

/// Wider by the noise of an f64.
fn with_noise(found: Interval) -> Interval {
    found.widened(NOISE * found.lo.abs().max(found.hi.abs()))
}

#[cfg(test)]
mod tests;
