//! One sheet being marked, line by line in the lesson's order.

use super::claim::Claim;
use super::credit::NothingDone;
use super::evidence::{self, Case, Depth, Finding};
use super::judge::{self, Honest, Way};
use super::marker::{Asked, Marker};
use super::precision::{Shown, Working};
use super::report::{Line, Remark, Report, Verdict};
use super::same_slip;
use super::sheet::{Answer, Reading, Sheet, Source};
use super::slips::Slip;
use super::theirs::Theirs;
use super::truth::is_given;
use crate::expr::Expr;
use crate::name::{Name, NameMap, Symbol};
use crate::num::{self, Written};

/// Wrong lines that slips are looked for in, and behind: a sheet that is wrong
/// from end to end is not worth a long search.
const MOST_SEARCHES: usize = 2_000;
const MOST_DEEP_SEARCHES: usize = 200;

/// Units of a sheet's precision, from the exact value, up to which a short number
/// may be one that ends in zeros.
const MOST_UNITS_SHORT: f64 = 3.0;

/// Of the unit that is asked: who works with a larger one works with fewer
/// digits.
const FEWER_FROM: f64 = 1.5;

/// One sheet being marked.
pub(super) struct Marking<'m, 's> {
    marker: &'m Marker<'m>,
    sheet: &'s Sheet,
    answers: NameMap<&'s Answer>,
    /// Numbers that were computed from what is written: they claim the digits
    /// that are asked.
    computed: NameMap<Written>,
    theirs: Theirs<'m, 'm>,
    judged: NameMap<Judged>,
    /// Wrong lines that a slip was looked for in.
    searches: usize,
}

/// What is found out about an answered line.
#[derive(Clone, Debug)]
struct Judged {
    verdict: Verdict,
    way: Option<Way>,
    has_few_digits: bool,
    from_yours: Option<f64>,
    slips: Vec<Finding>,
}

impl Judged {
    const fn plainly(verdict: Verdict, has_few_digits: bool) -> Self {
        Self { verdict, way: None, has_few_digits, from_yours: None, slips: Vec::new() }
    }
}

impl<'m, 's> Marking<'m, 's> {
    pub(super) fn new(marker: &'m Marker<'m>, sheet: &'s Sheet) -> Self {
        let answers: NameMap<&Answer> =
            sheet.answers.iter().map(|answer| (answer.name, answer)).collect();
        let asked = |name| marker.rules.digits.decimals_of(marker.truth.expected(name));
        let computed: NameMap<Written> = sheet
            .answers
            .iter()
            .filter_map(|answer| match (&answer.reading, answer.source) {
                (Reading::Number(number), Source::Computed) => {
                    let decimals = asked(answer.name);
                    Some((answer.name, Written { decimals, ..number.clone() }))
                }
                _ => None,
            })
            .collect();
        let numbers = || {
            sheet.answers.iter().filter_map(|answer| match &answer.reading {
                Reading::Number(written) => {
                    Some((answer.name, computed.get(&answer.name).unwrap_or(written)))
                }
                Reading::Unreadable(_) => None,
            })
        };
        let shown: Vec<Shown> = numbers()
            .map(|(name, written)| Shown {
                value: written.value,
                decimals: written.decimals,
                expected: marker.truth.expected(name),
            })
            .collect();
        let working = Working::shown_by(&shown, Working::asked(marker.rules.digits));
        let mut theirs = Theirs::new(&marker.truth, working);
        for (name, written) in numbers() {
            theirs.hand_in(name, &Claim::of(written));
        }
        Self { marker, sheet, answers, computed, theirs, judged: NameMap::default(), searches: 0 }
    }

    /// The whole report.
    pub(super) fn report(mut self) -> Report {
        let mut lines = Vec::with_capacity(self.marker.order.len());
        for asked in &self.marker.order {
            if asked.is_asked || self.answers.contains_key(&asked.name) {
                self.settle(asked.name);
                lines.push(self.line_of(asked));
            }
        }
        let policy = self.marker.rules.policy;
        same_slip::hold_once(&mut lines, policy.same_slip, &|line| self.tells_something(line));
        for line in &mut lines {
            line.credit = line.points * policy.share(line.verdict, &line.remarks);
        }
        Report {
            student: self.sheet.student.clone(),
            lines,
            unread: self.sheet.unread.clone(),
            questions: Vec::new(),
        }
    }

    /// One line alone.
    pub(super) fn line(mut self, name: Name) -> Line {
        self.settle(name);
        let place = self.marker.truth.place(name);
        let asked = place.map(|place| self.marker.order[place]);
        let unasked = Asked { name, is_asked: false, points: 0.0, repeats: false };
        let mut line = self.line_of(&asked.unwrap_or(unasked));
        line.operands = self.operands_in_use(name);
        line.credit = line.points * self.marker.rules.policy.share(line.verdict, &line.remarks);
        line
    }

    fn written(&self, name: Name) -> Option<&Written> {
        match &self.answers.get(&name)?.reading {
            Reading::Number(written) => Some(self.computed.get(&name).unwrap_or(written)),
            Reading::Unreadable(_) => None,
        }
    }

    /// Finds out all there is about a quantity, and first about what it is
    /// computed from. However deep the network is, nothing calls itself.
    fn settle(&mut self, name: Name) {
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
        if self.theirs.is_settled(name) || self.is_simply_right(name) {
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
        match self.written(name).cloned() {
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

    /// Whether the digits that are asked hold the exact value.
    fn is_simply_right(&self, name: Name) -> bool {
        self.written(name).is_some_and(|written| {
            let expected = self.marker.truth.expected(name);
            self.asked_claim(name, written)
                .unwrap_or_else(|| Claim::of(written))
                .rounded
                .contains(expected)
        })
    }

    /// The decimals that are asked of a line.
    fn asked_decimals(&self, name: Name) -> i32 {
        self.marker.rules.digits.decimals_of(self.marker.truth.expected(name))
    }

    /// What a number with fewer digits than asked would claim with all of them,
    /// the missing ones being zeros.
    fn asked_claim(&self, name: Name, written: &Written) -> Option<Claim> {
        let asked = self.asked_decimals(name);
        (written.decimals < asked)
            .then(|| Claim::with_half_unit(written.value, num::half_unit(asked)))
    }

    /// A short number that is all there is claims the digits that this student
    /// works with.
    fn pin(&mut self, name: Name, written: &Written) {
        let asked = num::half_unit(self.asked_decimals(name));
        let finest = asked.max(self.theirs.working.unit(written.value) / 2.0);
        let claim = Claim::with_half_unit(written.value, finest.min(written.half_unit()));
        self.theirs.pin(name, &claim);
    }

    fn judge(&mut self, name: Name, written: &Written) -> Judged {
        let marker = self.marker;
        let expected = marker.truth.expected(name);
        let own = Claim::of(written);
        let asked = self.asked_claim(name, written);
        if asked.unwrap_or(own).rounded.contains(expected) {
            self.pin(name, written);
            return Judged::plainly(Verdict::Right, false);
        }
        let prepared = marker.truth.prepared(name);
        // A short number may be all there is, or have too few digits.
        for (claim, has_few_digits) in
            asked.map(|claim| (claim, false)).into_iter().chain([(own, asked.is_some())])
        {
            let exact = claim.rounded.contains(expected);
            let exact = exact.then_some(Honest { way: Way::Exact, follows: false, form: 0 });
            let right =
                exact.or_else(|| judge::right(&claim, expected, &prepared.forms, &self.theirs));
            let is_short = asked.is_some() && !has_few_digits;
            let is_meant = |honest: &Honest| {
                !is_short || self.is_all_there_is(name, written, &claim, *honest, &prepared.forms)
            };
            // What they have, rounded, says more than the exact value cut off.
            let follows_plainly = || judge::follows_plainly(&claim, &prepared.forms, &self.theirs);
            let right = right
                .filter(is_meant)
                .filter(|honest| honest.way != Way::CutOff || !follows_plainly());
            if let Some(honest) = right {
                if !has_few_digits {
                    self.pin(name, written);
                }
                return Judged {
                    way: Some(honest.way),
                    slips: if has_few_digits {
                        self.slips_of_short(name, written)
                    } else {
                        Vec::new()
                    },
                    ..Judged::plainly(Verdict::Right, has_few_digits)
                };
            }
            if marker.printed.get(&name) == Some(&written.value) {
                return Judged::plainly(Verdict::AsPrinted, false);
            }
            let follows = judge::follows(&claim, &prepared.forms, &self.theirs);
            if let Some(honest) = follows.filter(is_meant) {
                if !has_few_digits {
                    self.pin(name, written);
                }
                let from_yours = self.theirs.evaluate(&prepared.forms[honest.form]);
                return Judged {
                    way: Some(honest.way),
                    from_yours: Some(from_yours).filter(|value| value.is_finite()),
                    ..Judged::plainly(Verdict::Follows, has_few_digits)
                };
            }
        }
        let slips = self.slips(name, written, &own);
        let from_yours = self.from_theirs(name);
        Judged { from_yours, slips, ..Judged::plainly(Verdict::Wrong, false) }
    }

    /// Whether a number with fewer digits than asked, which comes out `honest` if
    /// zeros stand in their place, is one that happens to be short. Where the sheet
    /// works with fewer digits throughout, only their own numbers can say so.
    fn is_all_there_is(
        &self,
        name: Name,
        written: &Written,
        asked: &Claim,
        honest: Honest,
        forms: &[Expr],
    ) -> bool {
        let comes_out = |form: &Expr| asked.rounded.contains(self.theirs.evaluate(form));
        if forms.iter().any(comes_out) {
            return true;
        }
        let works_with_fewer =
            self.theirs.working.finest_unit(written.value) > asked.unit * FEWER_FROM;
        let meant = match forms.get(honest.form) {
            Some(form) => self.theirs.evaluate(form),
            None => self.marker.truth.expected(name),
        };
        let is_far = (written.value - meant).abs() > MOST_UNITS_SHORT * asked.unit;
        let is_rounded = Claim::of(written).rounded.contains(meant);
        !works_with_fewer && !is_far && !(honest.way == Way::CutOff && is_rounded)
    }

    /// What a number may be that is right as far as its few digits go, in a sheet
    /// that works with more: it may as well be an old weight that was copied.
    fn slips_of_short(&mut self, name: Name, written: &Written) -> Vec<Finding> {
        let gap = (written.value - self.marker.truth.expected(name)).abs();
        let is_coarser = gap > MOST_UNITS_SHORT * self.theirs.working.unit(written.value);
        let Some(claim) = self.asked_claim(name, written).filter(|_| is_coarser) else {
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
    fn from_theirs(&self, name: Name) -> Option<f64> {
        let prepared = self.marker.truth.prepared(name);
        let form = prepared.forms.first()?;
        let value = self.theirs.evaluate(form);
        let differs = value.is_finite() && value != self.marker.truth.expected(name);
        (self.theirs.is_tainted_form(form) && differs).then_some(value)
    }

    fn line_of(&mut self, asked: &Asked) -> Line {
        let name = asked.name;
        let answer = self.answers.get(&name).copied();
        let judged = self.judged.remove(&name).unwrap_or_else(|| {
            let unreadable = answer.is_some();
            let verdict = if unreadable { Verdict::Unreadable } else { Verdict::Missing };
            Judged { from_yours: self.from_theirs(name), ..Judged::plainly(verdict, false) }
        });
        let remarks = self.remarks(asked, answer, &judged);
        let mut line = Line {
            name,
            written: answer.map(|answer| answer.text.clone()),
            value: self.written(name).map(|written| written.value),
            verdict: judged.verdict,
            expected: self.marker.truth.expected(name),
            from_yours: judged.from_yours,
            slips: judged.slips,
            points: asked.points,
            credit: 0.0,
            remarks,
            operands: Vec::new(),
        };
        if line.verdict == Verdict::Wrong {
            line.operands = self.operands_in_use(name);
            if let Some(behind) = line.slips.first().and_then(|finding| finding.behind) {
                line.operands.extend(self.operands_in_use(behind.name));
                let prepared = self.marker.truth.prepared(behind.name);
                let right = prepared.forms.first().map(|form| self.theirs.evaluate(form));
                line.operands.push((behind.name, right.unwrap_or(f64::NAN)));
            }
        }
        line
    }

    fn remarks(&self, asked: &Asked, answer: Option<&Answer>, judged: &Judged) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let name = asked.name;
        if let Some(Answer { reading: Reading::Unreadable(problem), line, .. }) = answer {
            remarks.push(Remark::Unreadable(*line, *problem));
        }
        match answer.map(|answer| answer.source) {
            Some(Source::Working) => remarks.push(Remark::Working),
            Some(Source::Computed) => remarks.push(Remark::Computed),
            Some(Source::Number) | None => {}
        }
        match judged.way {
            Some(Way::CutOff) => remarks.push(Remark::CutOff),
            Some(Way::RoundedInside) => remarks.push(Remark::RoundedInside),
            Some(Way::Exact | Way::Operands | Way::Unknown) | None => {}
        }
        if !self.tells(name, judged) {
            remarks.push(Remark::TellsNothing);
        } else if judged.has_few_digits {
            remarks.push(Remark::FewDigits);
        }
        if judged.verdict == Verdict::Follows
            && let Some(trivial) = self.trivial_operand(name)
        {
            remarks.push(Remark::Trivial(trivial));
        }
        if let Some(help) = self.sheet.help.get(&name).filter(|help| help.leaves() < 1.0) {
            remarks.push(Remark::Helped(*help));
        }
        if answer.is_some() {
            if !asked.is_asked {
                remarks.push(Remark::NotAsked);
            } else if asked.repeats && asked.points == 0.0 {
                remarks.push(Remark::Repeats);
            }
        }
        remarks
    }

    /// Whether a number that counts tells something: one with all its digits does.
    fn tells(&self, name: Name, judged: &Judged) -> bool {
        let Some(written) = self.written(name).filter(|_| judged.verdict.counts()) else {
            return true;
        };
        let expected = self.marker.truth.expected(name);
        let own = Claim::of(written);
        let asked = self.asked_claim(name, written).unwrap_or(own);
        if asked.rounded.contains(expected) {
            return true;
        }
        match judged.verdict {
            Verdict::Right => asked == own || self.nothing_done(name).is_told_apart(&own),
            // Numbers out of all bounds make every function flat.
            Verdict::Follows => !self.is_untouched(name, &own),
            Verdict::AsPrinted | Verdict::Wrong | Verdict::Missing | Verdict::Unreadable => true,
        }
    }

    /// Whether a claim holds 0, 1 or the value before the update.
    fn is_untouched(&self, name: Name, claim: &Claim) -> bool {
        let old = match name {
            Name::New(symbol @ (Symbol::Weight { .. } | Symbol::Bias { .. })) => {
                Some(self.marker.truth.expected(symbol.into()))
            }
            Name::New(_) | Name::Value(_) | Name::Derivative { .. } => None,
        };
        let untouched = NothingDone { values: [0.0, 1.0, -1.0].into_iter().chain(old).collect() };
        !untouched.is_told_apart(claim)
    }

    /// What stands on the paper before a line is worked.
    fn nothing_done(&self, name: Name) -> NothingDone {
        let truth = &self.marker.truth;
        let mut values = vec![0.0, 1.0, -1.0];
        if let Name::New(symbol) = name {
            values.push(truth.expected(symbol.into()));
        }
        let expected = truth.expected(name);
        if let Some(expr) = truth.lesson().expression(name) {
            expr.for_each_leaf(&mut |leaf| {
                // What is to be repeated is repeated rightly.
                if truth.expected(leaf) != expected {
                    values.push(self.theirs.value(leaf));
                }
            });
        }
        values.retain(|value| *value != expected);
        NothingDone { values }
    }

    /// Whether a line's number is more than what stood there already.
    fn tells_something(&self, line: &Line) -> bool {
        self.written(line.name)
            .is_some_and(|written| self.nothing_done(line.name).is_told_apart(&Claim::of(written)))
    }

    /// An operand that the student has as 0 or 1, where it is not.
    fn trivial_operand(&self, name: Name) -> Option<Name> {
        let truth = &self.marker.truth;
        let trivial = |value: f64| value == 0.0 || value.abs() == 1.0;
        let prepared = truth.prepared(name);
        prepared.operands.iter().copied().find(|operand| {
            self.written(*operand).is_some_and(|written| trivial(written.value))
                && !trivial(truth.expected(*operand))
        })
    }

    /// The operands of a line, each once and in their order, as the student has
    /// them.
    fn operands_in_use(&mut self, name: Name) -> Vec<(Name, f64)> {
        let mut operands: Vec<Name> = Vec::new();
        if let Some(expr) = self.marker.truth.lesson().expression(name) {
            expr.for_each_leaf(&mut |leaf| {
                if !operands.contains(&leaf) {
                    operands.push(leaf);
                }
            });
        }
        for operand in operands.iter().filter(|operand| !is_given(**operand)) {
            self.settle(*operand);
        }
        operands.into_iter().map(|leaf| (leaf, self.theirs.value(leaf))).collect()
    }
}
