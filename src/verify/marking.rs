//! One sheet being marked: what is found out about its answers, and about the
//! lines that were left out.

use super::claim::Claim;
use super::evidence::{self, Case, Depth, Finding};
use super::handed_in::HandedIn;
use super::judge::{self, Honest, Way};
use super::marker::Marker;
use super::precision::{Shown, Working};
use super::report::Verdict;
use super::slips::Slip;
use super::theirs::Theirs;
use crate::name::{Name, NameMap};
use crate::num::{self, Written};

/// Wrong lines that slips are looked for in, and behind: a sheet that is wrong
/// from end to end is not worth a long search.
const MOST_SEARCHES: usize = 2_000;
const MOST_DEEP_SEARCHES: usize = 200;

/// Units of a sheet's precision, from the exact value, up to which a short number
/// may be one that ends in zeros.
const MOST_UNITS_SHORT: f64 = 3.0;

/// What is known of one sheet by now.
pub(super) struct Marking<'m, 's> {
    marker: &'m Marker<'m>,
    handed_in: &'m HandedIn<'m, 's>,
    pub(super) theirs: Theirs<'m, 'm>,
    judged: NameMap<Judged>,
    /// Wrong lines that a slip was looked for in.
    searches: usize,
}

/// What is found out about an answered line.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) way: Option<Way>,
    pub(super) has_few_digits: bool,
    pub(super) from_yours: Option<f64>,
    pub(super) slips: Vec<Finding>,
}

impl Judged {
    pub(super) const fn plainly(verdict: Verdict, has_few_digits: bool) -> Self {
        Self { verdict, way: None, has_few_digits, from_yours: None, slips: Vec::new() }
    }
}

impl<'m, 's> Marking<'m, 's> {
    pub(super) fn new(marker: &'m Marker<'m>, handed_in: &'m HandedIn<'m, 's>) -> Self {
        let numbers = || {
            let answers = handed_in.answers().iter();
            answers.filter_map(|handed| Some((handed.answer.name, handed.number.as_deref()?)))
        };
        let shown: Vec<Shown> = numbers()
            .map(|(name, written)| {
                Shown::new(written.value, written.decimals, marker.truth.expected(name))
            })
            .collect();
        let working = Working::shown_by(&shown, Working::asked(marker.rules.digits));
        let mut theirs = Theirs::new(&marker.truth, working);
        for (name, written) in numbers() {
            theirs.hand_in(name, &Claim::of(written));
        }
        Self { marker, handed_in, theirs, judged: NameMap::default(), searches: 0 }
    }

    /// What was found out about an answered line.
    pub(super) fn take_judged(&mut self, name: Name) -> Option<Judged> {
        self.judged.remove(&name)
    }

    /// Finds out all there is about a quantity, and first about what it is
    /// computed from. However deep the network is, nothing calls itself.
    pub(super) fn settle(&mut self, name: Name) {
        let mut open = vec![name];
        while let Some(&next) = open.last() {
            let waits_for = self.unsettled_before(next);
            if waits_for.is_empty() {
                self.settle_now(next);
                open.pop();
            } else {
                open.extend(waits_for);
            }
        }
    }

    /// What must be known before a quantity can be settled.
    fn unsettled_before(&self, name: Name) -> Vec<Name> {
        if self.theirs.is_settled(name)
            || self.handed_in.of(name).is_some_and(|handed| handed.is_simply_right)
        {
            return Vec::new();
        }
        let truth = &self.marker.truth;
        let prepared = truth.prepared(name);
        let mut open: Vec<Name> = Vec::new();
        for operand in &prepared.operands {
            if !self.theirs.is_settled(*operand) {
                open.push(*operand);
            }
            // What may be in memory for it comes of its own operands.
            if self.theirs.is_own(*operand) {
                let behind = truth.prepared(*operand);
                let left_out = behind.operands.iter().filter(|name| !self.theirs.is_own(**name));
                open.extend(left_out.filter(|name| !self.theirs.is_settled(**name)));
            }
        }
        open
    }

    fn settle_now(&mut self, name: Name) {
        if self.theirs.is_settled(name) {
            return;
        }
        match self.handed_in.written(name).cloned() {
            Some(written) => {
                let judged = self.judge(name, &written);
                let counts = matches!(judged.verdict, Verdict::Right | Verdict::AsPrinted);
                self.theirs.settle_own(name, !counts);
                let root = judged.slips.first().and_then(|finding| finding.behind);
                if let Some(root) = root.filter(|_| judged.verdict == Verdict::Wrong) {
                    // They go on with what the slip made of the line: it is held
                    // against them once.
                    self.theirs.suppose(root.name, root.value);
                }
                self.judged.insert(name, judged);
            }
            None => self.theirs.settle_left_out(name),
        }
    }

    /// A short number that is all there is claims the digits that this student
    /// works with.
    fn pin(&mut self, name: Name, written: &Written) {
        let asked = num::half_unit(self.handed_in.asked_decimals(name));
        let finest = asked.max(self.theirs.working.unit(written.value) / 2.0);
        let claim = Claim::with_half_unit(written.value, finest.min(written.half_unit()));
        self.theirs.pin(name, &claim);
    }

    fn judge(&mut self, name: Name, written: &Written) -> Judged {
        let own = Claim::of(written);
        let asked = self.handed_in.asked_claim(name, written);
        if self.handed_in.of(name).is_some_and(|handed| handed.is_simply_right) {
            self.pin(name, written);
            return Judged::plainly(Verdict::Right, false);
        }
        // A short number may be all there is, where the sheet works finely enough
        // to say so, or it has too few digits.
        let works_finely = |claim: &Claim| {
            self.theirs.working.unit(written.value) <= claim.unit * (1.0 + f64::EPSILON)
        };
        if let Some(judged) = asked.filter(works_finely).and_then(|claim| self.honest(name, &claim))
        {
            self.pin(name, written);
            return judged;
        }
        if let Some(judged) = self.honest(name, &own) {
            let is_right = judged.verdict == Verdict::Right && asked.is_some();
            let slips = if is_right { self.slips_of_short(name, written) } else { Vec::new() };
            let has_few_digits = asked.is_some() && judged.verdict != Verdict::AsPrinted;
            return Judged { has_few_digits, slips, ..judged };
        }
        let slips = self.slips(name, written, &own);
        let from_yours = self.from_theirs(name);
        Judged { from_yours, slips, ..Judged::plainly(Verdict::Wrong, false) }
    }

    /// The verdict on a line that honest work leads to, from right operands or
    /// from the student's own.
    fn honest(&self, name: Name, claim: &Claim) -> Option<Judged> {
        let marker = self.marker;
        let expected = marker.truth.expected(name);
        let prepared = marker.truth.prepared(name);
        let judged = |verdict, honest: Honest| Judged {
            way: Some(honest.way),
            ..Judged::plainly(verdict, false)
        };
        if claim.rounded.contains(expected) {
            return Some(Judged {
                way: Some(Way::Exact),
                ..Judged::plainly(Verdict::Right, false)
            });
        }
        if let Some(honest) = judge::right(claim, expected, &prepared.forms, &self.theirs) {
            return Some(judged(Verdict::Right, honest));
        }
        if marker.printed.get(&name) == Some(&claim.value) {
            return Some(Judged::plainly(Verdict::AsPrinted, false));
        }
        let honest = judge::follows(claim, &prepared.forms, &self.theirs)?;
        let from_yours = self.theirs.worth(&prepared.forms[honest.form]);
        let from_yours = Some(from_yours).filter(|value| value.is_finite());
        Some(Judged { from_yours, ..judged(Verdict::Follows, honest) })
    }

    /// What a number may be that is right as far as its few digits go, in a sheet
    /// that works with more: it may as well be an old weight that was copied.
    fn slips_of_short(&mut self, name: Name, written: &Written) -> Vec<Finding> {
        let gap = (written.value - self.marker.truth.expected(name)).abs();
        let is_coarser = gap > MOST_UNITS_SHORT * self.theirs.working.unit(written.value);
        let Some(claim) = self.handed_in.asked_claim(name, written).filter(|_| is_coarser) else {
            return Vec::new();
        };
        let mut slips = self.slips(name, written, &claim);
        slips.retain(|finding| {
            matches!(finding.slip, Slip::WeightNotUpdated | Slip::BiasNotUpdated)
        });
        slips.iter_mut().for_each(|finding| finding.certain = false);
        slips
    }

    fn slips(&mut self, name: Name, written: &Written, claim: &Claim) -> Vec<Finding> {
        self.searches += 1;
        let depth = match self.searches {
            ..=MOST_DEEP_SEARCHES => Depth::LinesBehind,
            ..=MOST_SEARCHES => Depth::Line,
            _ => return Vec::new(),
        };
        let truth = &self.marker.truth;
        let prepared = truth.prepared(name);
        let case = Case {
            truth,
            theirs: &self.theirs,
            name,
            prepared: &prepared,
            written,
            claim,
            digits: self.marker.rules.digits,
        };
        evidence::find(&case, depth)
    }

    /// What a line comes to from numbers of the student that are not right.
    pub(super) fn from_theirs(&self, name: Name) -> Option<f64> {
        let prepared = self.marker.truth.prepared(name);
        let form = prepared.forms.first()?;
        let value = self.theirs.worth(form);
        (self.theirs.is_tainted_form(form) && value.is_finite()).then_some(value)
    }
}
