//! One sheet being marked: what is found out about its answers, and about the
//! lines that were left out.

use super::claim::Claim;
use super::evidence::{self, SearchDepth, SlipFinding, WrongLine};
use super::handed_in::{FEWER_FROM, Handed, HandedIn, Shortens};
use super::judge::{self, Claims, Honest, HonestWay};
use super::marker::Marker;
use super::report::LineVerdict;
use super::slips::Slip;
use super::theirs::Theirs;
use super::truth::Prepared;
use crate::expr::{Expr, Interval};
use crate::lesson::PaperForm;
use crate::name::{Name, NameTable, Symbol};
use crate::num::Written;

/// Wrong lines that slips are looked for in, and behind: a sheet that is wrong
/// from end to end is not worth a long search.
const MOST_SEARCHES: usize = 2_000;
const MOST_DEEP_SEARCHES: usize = 200;

/// Units of a sheet's precision, from the exact value, up to which a short number
/// may be one that ends in zeros.
const MOST_UNITS_SHORT: f64 = 3.0;

/// What is known of one sheet by now.
pub(super) struct Marking<'m, 'h> {
    marker: &'m Marker<'m>,
    handed_in: &'h HandedIn<'m, 'h>,
    pub(super) theirs: Theirs<'m, 'm>,
    judged: NameTable<'m, Judged>,
    /// Wrong lines that a slip was looked for in.
    searches: usize,
}

/// What is found out about an answered line.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub(super) verdict: LineVerdict,
    pub(super) way: Option<HonestWay>,
    pub(super) has_few_digits: bool,
    pub(super) from_yours: Option<f64>,
    pub(super) slips: Vec<SlipFinding>,
    /// Of a wrong line, what it should be worked out from: as it was known then. What comes
    /// to light in later lines is no correction of this one.
    pub(super) operands: Vec<(Name, f64)>,
}

/// How a number is accounted for.
enum Found {
    /// Honest work leads there.
    Honest(Honest),
    /// The source prints it.
    AsPrinted,
}

impl Judged {
    pub(super) const fn plainly(verdict: LineVerdict, has_few_digits: bool) -> Self {
        Self {
            verdict,
            way: None,
            has_few_digits,
            from_yours: None,
            slips: Vec::new(),
            operands: Vec::new(),
        }
    }
}

impl<'m, 'h> Marking<'m, 'h> {
    pub(super) fn new(marker: &'m Marker<'m>, handed_in: &'h HandedIn<'m, 'h>) -> Self {
        let mut theirs = Theirs::new(&marker.truth, handed_in.working());
        for handed in handed_in.answers() {
            let Some(written) = handed.number else { continue };
            theirs.hand_in(handed.answer.name, &handed_in.claim(written));
        }
        let judged = NameTable::new(marker.lesson().numbering());
        Self { marker, handed_in, theirs, judged, searches: 0 }
    }

    /// Whether an answer comes out right, once all is found out about it.
    pub(super) fn comes_out_right(&mut self, handed: &Handed<'_>) -> bool {
        self.settle_answer(handed);
        handed.is_simply_right || {
            let judged = self.judged.get(handed.answer.name);
            judged.is_some_and(|judged| {
                matches!(judged.verdict, LineVerdict::Right | LineVerdict::AsPrinted)
            })
        }
    }

    /// What was found out about an answered line.
    pub(super) fn take_judged(&mut self, name: Name) -> Option<Judged> {
        let judged = self.judged.get_mut(name)?;
        Some(std::mem::replace(judged, Judged::plainly(judged.verdict, judged.has_few_digits)))
    }

    /// Finds out all there is about an answer. Of one that is simply right nothing is.
    pub(super) fn settle_answer(&mut self, handed: &Handed<'_>) {
        let name = handed.answer.name;
        match handed.number.filter(|_| handed.is_simply_right) {
            Some(_) if self.theirs.is_settled(name) => {}
            Some(written) => {
                let claim = self.handed_in.pinned(&self.theirs.working, written, handed.expected);
                self.theirs.settle_right(name, &claim);
            }
            None => self.settle(name),
        }
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
        for operand in &prepared.all_operands {
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
        let handed = self.handed_in.of(name);
        match handed.and_then(|handed| Some((handed, handed.number?))) {
            Some((handed, _)) if handed.is_simply_right => self.settle_answer(&handed),
            Some((_, written)) => {
                let judged = self.judge(name, written);
                let counts = matches!(judged.verdict, LineVerdict::Right | LineVerdict::AsPrinted);
                self.theirs.settle_own(name, !counts);
                let root = judged.slips.first().and_then(|finding| finding.behind);
                if let Some(root) = root.filter(|_| judged.verdict == LineVerdict::Wrong) {
                    // They go on with what the slip made of the line: it is held
                    // against them once.
                    self.theirs.suppose(root.name, root.value);
                }
                self.judged.insert(name, judged);
            }
            None => self.theirs.settle_left_out(name),
        }
    }

    fn pin(&mut self, name: Name, written: &Written) {
        let expected = self.marker.truth.expected(name);
        let claim = self.handed_in.pinned(&self.theirs.working, written, expected);
        self.theirs.pin(name, &claim);
    }

    fn judge(&mut self, name: Name, written: &Written) -> Judged {
        let own = self.handed_in.claim(written);
        let asked = self.handed_in.asked_claim(self.marker.truth.expected(name), written);
        // A short number may be all there is, or have too few digits.
        let short = asked.and_then(|claim| {
            let honest = self.honest(name, &claim);
            honest.filter(|honest| self.is_all_there_is(name, written, &claim, honest))
        });
        if let Some(honest) = short {
            self.pin(name, written);
            return self.judged(name, honest, false);
        }
        if let Some(honest) = self.honest(name, &own) {
            let has_few_digits = asked.is_some() && !matches!(honest, Found::AsPrinted);
            if !has_few_digits {
                self.pin(name, written);
            }
            let mut judged = self.judged(name, honest, has_few_digits);
            if has_few_digits && judged.verdict == LineVerdict::Right {
                judged.slips = self.slips_of_short(name, written);
            }
            return judged;
        }
        let slips = self.slips(name, written, &own);
        let from_yours = self.value_from_theirs(name);
        let operands = self.operands_in_use(name);
        Judged { from_yours, slips, operands, ..Judged::plainly(LineVerdict::Wrong, false) }
    }

    /// How honest work leads to a number: from right operands, by the source, or
    /// from the student's own.
    fn honest(&self, name: Name, claim: &Claim) -> Option<Found> {
        let truth = &self.marker.truth;
        let expected = truth.expected(name);
        let prepared = truth.prepared(name);
        let forms = self.routes(&prepared);
        if claim.rounded.contains(expected) {
            return Some(Found::Honest(Honest { way: HonestWay::Exact, follows: false, form: 0 }));
        }
        // What they have, rounded, says more than the exact value cut off.
        let is_meant = |honest: &Honest| {
            honest.way != HonestWay::CutOff || !judge::follows_plainly(claim, forms, &self.theirs)
        };
        let worked = self.handed_in.as_worked(claim, expected);
        let claims = Claims { written: claim, worked: &worked };
        let right = judge::right(&claims, expected, forms, &self.theirs).filter(is_meant);
        let is_cut_off = |honest: &Honest| honest.way == HonestWay::CutOff;
        let by_exact = claim.is_cut_off_from(Interval::point(expected));
        // Who has rounded in another way has not cut off.
        let is_open = right.as_ref().is_none_or(|right| is_cut_off(right) && !by_exact);
        let from_paper =
            || judge::from_paper(&worked, self.forms_from_paper(&prepared), &self.theirs);
        let from_paper = if is_open { from_paper() } else { None };
        let rounded =
            from_paper.filter(|honest| !honest.follows && (right.is_none() || !is_cut_off(honest)));
        if let Some(honest) = rounded.or(right) {
            return Some(Found::Honest(honest));
        }
        if self.marker.printed.get(&name) == Some(&claim.value) {
            return Some(Found::AsPrinted);
        }
        judge::follows(&claims, forms, &self.theirs).or(from_paper).map(Found::Honest)
    }

    /// The formulas from paper that a line is judged by too.
    fn forms_from_paper<'p>(&self, prepared: &'p Prepared) -> &'p [PaperForm] {
        match self.handed_in.reading {
            Shortens::AsShown => &prepared.from_paper,
            Shortens::EitherDigits | Shortens::CutsOff => &[],
        }
    }

    /// The formulas that a line is judged by: where a whole sheet is tried out in another
    /// reading, the usual ones.
    fn routes<'p>(&self, prepared: &'p Prepared) -> &'p [Expr] {
        match self.handed_in.reading {
            Shortens::AsShown => prepared.routes(|operand| self.theirs.is_own(operand)),
            Shortens::EitherDigits | Shortens::CutsOff => prepared.usual_forms(),
        }
    }

    fn judged(&self, name: Name, found: Found, has_few_digits: bool) -> Judged {
        let Found::Honest(honest) = found else {
            return Judged::plainly(LineVerdict::AsPrinted, false);
        };
        let verdict = if honest.follows { LineVerdict::Follows } else { LineVerdict::Right };
        let prepared = self.marker.truth.prepared(name);
        let own = honest.follows.then(|| self.theirs.worth(&prepared.forms[honest.form]));
        let own = own.filter(|own| *own != self.marker.truth.expected(name));
        Judged {
            way: Some(honest.way),
            from_yours: own.filter(|value| value.is_finite()),
            ..Judged::plainly(verdict, has_few_digits)
        }
    }

    /// Whether a number with fewer digits than asked, which comes out honestly if
    /// zeros stand in their place, is one that happens to be short. Where the sheet
    /// works with fewer digits throughout, only their own numbers can say so.
    fn is_all_there_is(&self, name: Name, written: &Written, asked: &Claim, found: &Found) -> bool {
        let Found::Honest(honest) = found else { return true };
        let truth = &self.marker.truth;
        let prepared = truth.prepared(name);
        let forms = self.routes(&prepared);
        let comes_out = |form: &Expr| asked.rounded.contains(self.theirs.worth(form));
        if forms.iter().any(comes_out) {
            return true;
        }
        let works_with_fewer =
            self.theirs.working.finest_unit(written.value) > asked.unit * FEWER_FROM;
        let meant = forms.get(honest.form).map(|form| self.theirs.worth(form));
        let meant = meant.unwrap_or_else(|| truth.expected(name));
        let is_far = (written.value - meant).abs() > MOST_UNITS_SHORT * asked.unit;
        let is_plain = matches!(honest.way, HonestWay::Exact | HonestWay::Operands);
        is_plain && !works_with_fewer && !is_far
    }

    /// What a number may be that is right as far as its few digits go, in a sheet
    /// that works with more: it may as well be an old weight that was copied,
    /// unless it comes out of their own numbers.
    fn slips_of_short(&mut self, name: Name, written: &Written) -> Vec<SlipFinding> {
        let Name::New(symbol @ (Symbol::Weight { .. } | Symbol::Bias { .. })) = name else {
            return Vec::new();
        };
        let (truth, theirs) = (&self.marker.truth, &self.theirs);
        if written.value != truth.expected(symbol.into()) {
            return Vec::new();
        }
        let prepared = truth.prepared(name);
        let comes_out = prepared.forms.iter().map(|form| theirs.worth(form));
        let gaps = comes_out.chain([truth.expected(name)]).map(|own| (written.value - own).abs());
        let gap = gaps.fold(f64::INFINITY, f64::min);
        let is_coarser = gap > MOST_UNITS_SHORT * self.theirs.working.unit(written.value);
        let asked = self.handed_in.asked_claim(truth.expected(name), written);
        let Some(claim) = asked.filter(|_| is_coarser) else { return Vec::new() };
        let mut slips = self.slips(name, written, &claim);
        slips.retain(|finding| {
            matches!(finding.slip, Slip::WeightNotUpdated | Slip::BiasNotUpdated)
        });
        slips.iter_mut().for_each(|finding| finding.certain = false);
        slips
    }

    /// A slip in a wrong line, if it gives the number.
    pub(super) fn finding(&self, name: Name, slip: Slip) -> Option<SlipFinding> {
        let written = self.handed_in.written(name)?;
        let prepared = self.marker.truth.prepared(name);
        let claim = self.handed_in.claim(written);
        evidence::of_one_slip(&self.wrong_line(name, &prepared, written, &claim), slip)
    }

    fn wrong_line<'c>(
        &'c self,
        name: Name,
        prepared: &'c Prepared,
        written: &'c Written,
        claim: &'c Claim,
    ) -> WrongLine<'c, 'm> {
        let (truth, theirs) = (&self.marker.truth, &self.theirs);
        let digits = self.marker.rules.digits;
        WrongLine { truth, theirs, name, prepared, written, claim, digits }
    }

    fn slips(&mut self, name: Name, written: &Written, claim: &Claim) -> Vec<SlipFinding> {
        self.searches += 1;
        let is_tried_out = self.handed_in.reading != Shortens::AsShown;
        if self.searches > MOST_SEARCHES || is_tried_out {
            return Vec::new();
        }
        let is_deep = self.searches <= MOST_DEEP_SEARCHES;
        let depth = if is_deep { SearchDepth::LinesBehind } else { SearchDepth::Line };
        let prepared = self.marker.truth.prepared(name);
        evidence::find(&self.wrong_line(name, &prepared, written, claim), depth)
    }

    /// The operands of a line, each once and in their order, as the student has them.
    pub(super) fn operands_in_use(&self, name: Name) -> Vec<(Name, f64)> {
        let mut operands: Vec<(Name, f64)> = Vec::new();
        if let Some(expr) = self.marker.truth.lesson().expression(name) {
            expr.for_each_leaf(&mut |leaf| {
                if operands.iter().all(|(known, _)| *known != leaf) {
                    operands.push((leaf, self.theirs.value(leaf)));
                }
            });
        }
        operands
    }

    /// What a line comes to from numbers of the student that are not right.
    pub(super) fn value_from_theirs(&self, name: Name) -> Option<f64> {
        let prepared = self.marker.truth.prepared(name);
        let form = prepared.forms.first()?;
        let value = self.theirs.worth(form);
        let differs = value.is_finite() && value != self.marker.truth.expected(name);
        (self.theirs.is_tainted_form(form) && differs).then_some(value)
    }
}
