//! The verdict on each line of a sheet.
//!
//! In this order: **right**, if what the digits claim can be reached by someone
//! who rounds every intermediate; **as printed**, if the source prints the same
//! number; **follows**, if it is right from the student's own earlier numbers;
//! else **wrong**.

use super::bounds::{Bounds, NOISE};
use super::claim::{carried, claim};
use super::evidence::{self, Depth, Root};
use super::report::{FollowThrough, Line, Remark, Report, Verdict};
use super::sheet::{self, Answer, Reading, Sheet};
use crate::expr::{Expr, Interval, evaluate};
use crate::lesson::{Lesson, Section};
use crate::name::{Name, NameMap, NameSet, Symbol};
use crate::num::{self, Written};

/// Marks sheets for one lesson.
pub struct Marker<'a> {
    lesson: &'a Lesson<'a>,
    digits: usize,
    printed: NameMap<&'a Written>,
    follow_through: FollowThrough,
    /// Every quantity that a sheet may answer, and whether it asks for it.
    order: Vec<(Name, bool)>,
    truth: Bounds<'a>,
    prepared: NameMap<Prepared>,
}

/// What every sheet needs of a line.
struct Prepared {
    /// All that some form of it is computed from.
    operands: Vec<Name>,
    /// What its forms may come to.
    right: Vec<Interval>,
}

impl Prepared {
    fn new(lesson: &Lesson<'_>, truth: &Bounds<'_>, name: Name) -> Self {
        let forms = lesson.equal_forms(name);
        let mut operands = Vec::new();
        forms.iter().for_each(|form| form.for_each_leaf(&mut |leaf| operands.push(leaf)));
        operands.sort_unstable();
        operands.dedup();
        let right = forms.iter().map(|form| truth.computed(form)).collect();
        Self { operands, right }
    }
}

impl<'a> Marker<'a> {
    /// Prepares marking by the exact `lesson`, where answers are asked with
    /// `digits` decimals; numbers that the source prints are accepted too.
    pub fn new(
        lesson: &'a Lesson<'a>,
        digits: usize,
        printed: &'a [(Name, Written)],
        follow_through: FollowThrough,
    ) -> Self {
        let truth = Bounds::new(lesson, digits, NameMap::default());
        truth.compute_all();
        let mut order = Vec::new();
        let mut prepared = NameMap::default();
        let Ok(()) = lesson.for_each(|section, name| {
            if section != Section::Given {
                order.push((name, sheet::asks(section, name)));
                prepared.insert(name, Prepared::new(lesson, &truth, name));
            }
            Ok::<(), std::convert::Infallible>(())
        });
        let printed = printed.iter().map(|(name, written)| (*name, written)).collect();
        Self { lesson, digits, printed, follow_through, order, truth, prepared }
    }

    /// Prepares marking of a few lines only, in this order: what costs too much
    /// for all lines of a large network is quick for one of them. Whether these
    /// lines follow from others than these is not asked.
    pub fn of_lines(
        lesson: &'a Lesson<'a>,
        digits: usize,
        printed: &'a [(Name, Written)],
        names: &[Name],
    ) -> Self {
        let truth = Bounds::new(lesson, digits, NameMap::default());
        truth.compute_units();
        let prepared = |&name: &Name| (name, Prepared::new(lesson, &truth, name));
        let prepared = names.iter().map(prepared).collect();
        let order = names.iter().map(|&name| (name, true)).collect();
        let printed = printed.iter().map(|(name, written)| (*name, written)).collect();
        let follow_through = FollowThrough::default();
        Self { lesson, digits, printed, follow_through, order, truth, prepared }
    }

    /// Marks a sheet.
    pub fn mark(&self, sheet: &Sheet) -> Report {
        Marking::new(self, sheet).report()
    }

    /// Marks one line of a sheet, answered or not, and nothing that it does not
    /// depend on.
    pub fn mark_line(&self, sheet: &Sheet, name: Name) -> Line {
        Marking::new(self, sheet).line(name)
    }

    /// The lesson that it marks by.
    pub const fn lesson(&self) -> &'a Lesson<'a> {
        self.lesson
    }
}

/// Whether a quantity belongs to one weight or bias: nothing but the same
/// weight or bias after the update, and what it feeds then, depends on it.
const fn is_of_parameter(name: Name) -> bool {
    let (Name::Value(symbol) | Name::New(symbol) | Name::Derivative { by: symbol, .. }) = name;
    matches!(symbol, Symbol::Weight { .. } | Symbol::Bias { .. })
}

/// Wrong lines that slips are looked for in, and behind: a sheet that is wrong
/// from end to end is not worth a long search.
const MOST_SEARCHES: usize = 2_000;
const MOST_DEEP_SEARCHES: usize = 200;

/// One sheet being marked.
struct Marking<'m, 's> {
    marker: &'m Marker<'m>,
    sheet: &'s Sheet,
    answers: NameMap<&'s Answer>,
    theirs: Bounds<'m>,
    judged: NameMap<Line>,
    tainted: NameMap<bool>,
    values: NameMap<f64>,
    /// Lines that were not handed in and went wrong.
    roots: Vec<Root>,
    /// Wrong lines that a slip was looked for in.
    searches: usize,
}

impl<'m, 's> Marking<'m, 's> {
    fn new(marker: &'m Marker<'m>, sheet: &'s Sheet) -> Self {
        let answers: NameMap<&Answer> =
            sheet.answers.iter().map(|answer| (answer.name, answer)).collect();
        let own = answers.iter().filter_map(|(name, answer)| match &answer.reading {
            Reading::Number(written) => Some((*name, carried(written, marker.lesson.value(*name)))),
            Reading::Unreadable(_) => None,
        });
        let theirs = Bounds::new(marker.lesson, marker.digits, own.collect());
        Self {
            marker,
            sheet,
            answers,
            theirs,
            judged: NameMap::default(),
            tainted: NameMap::default(),
            values: NameMap::default(),
            roots: Vec::new(),
            searches: 0,
        }
    }

    fn line(mut self, name: Name) -> Line {
        self.go_through_units_before(name);
        self.judge(name);
        let mut line = self.judged.remove(&name).unwrap_or_else(|| self.blank(name));
        line.operands = self.operands_in_use(name);
        line
    }

    /// Settles what a line may depend on, so that no call has far to go back
    /// however deep the network is.
    fn go_through_units_before(&mut self, name: Name) {
        let marker = self.marker;
        let before = marker.order.iter().map(|(before, _)| *before);
        for before in before.take_while(|before| *before != name) {
            if !is_of_parameter(before) {
                self.is_tainted(before);
                self.in_use(before);
                self.theirs.carried(before);
            }
        }
    }

    fn report(mut self) -> Report {
        let mut lines = Vec::with_capacity(self.marker.order.len());
        for &(name, asked) in &self.marker.order {
            if asked || self.answers.contains_key(&name) {
                self.judge(name);
                lines.extend(self.judged.get(&name).cloned());
            }
        }
        Report { student: self.sheet.student.clone(), lines }
    }

    fn written(&self, name: Name) -> Option<&'s Written> {
        match &self.answers.get(&name)?.reading {
            Reading::Number(written) => Some(written),
            Reading::Unreadable(_) => None,
        }
    }

    /// Judges a line, and first all that it is computed from.
    fn judge(&mut self, name: Name) {
        if self.judged.contains_key(&name) {
            return;
        }
        let mut line = self.blank(name);
        if self.depends_on_own(name) {
            let value = self.value_from_theirs(name);
            line.from_yours = Some(value).filter(|value| value.is_finite());
        }
        match self.written(name) {
            Some(written) => self.judge_number(&mut line, written),
            None => self.judge_unreadable(&mut line),
        }
        self.judged.insert(name, line);
    }

    fn blank(&self, name: Name) -> Line {
        Line {
            name,
            written: self.answers.get(&name).map(|answer| answer.text.to_string()),
            verdict: Verdict::Missing,
            expected: self.marker.lesson.value(name),
            from_yours: None,
            slips: Vec::new(),
            credit: 0.0,
            remarks: Vec::new(),
            operands: Vec::new(),
        }
    }

    fn judge_unreadable(&self, line: &mut Line) {
        let Some(answer) = self.answers.get(&line.name) else { return };
        if let Reading::Unreadable(problem) = answer.reading {
            line.verdict = Verdict::Unreadable;
            line.remarks.push(Remark::Unreadable(answer.line, problem));
        }
    }

    fn judge_number(&mut self, line: &mut Line, written: &Written) {
        let claim = claim(written, line.expected);
        let marker = self.marker;
        line.verdict = if self.is_right(line, claim) {
            Verdict::Right
        } else if self.is_as_printed(line.name, written) {
            Verdict::AsPrinted
        } else if self.follows(line.name, claim) {
            line.from_yours = Some(self.value_that_follows(line.name, written, claim));
            Verdict::Follows
        } else {
            Verdict::Wrong
        };
        line.credit = match (line.verdict, marker.follow_through) {
            (Verdict::Right | Verdict::AsPrinted, _) | (Verdict::Follows, FollowThrough::Full) => {
                1.0
            }
            (Verdict::Follows, FollowThrough::Half) => 0.5,
            _ => 0.0,
        };
        self.remark(line, written);
        if line.verdict == Verdict::Wrong {
            self.searches += 1;
            let depth = if self.searches <= MOST_DEEP_SEARCHES {
                Some(Depth::LinesBehind)
            } else {
                Some(Depth::Line).filter(|_| self.searches <= MOST_SEARCHES)
            };
            let both = [&self.theirs, &marker.truth];
            let find = |depth| {
                evidence::find(marker.lesson, line.name, written, both, marker.digits, depth)
            };
            line.slips = depth.map(find).unwrap_or_default();
            line.operands = self.operands_in_use(line.name);
            if let Some(behind) = line.slips.first().and_then(|finding| finding.behind) {
                let operands = self.operands_in_use(behind.name);
                line.operands.extend(operands);
                line.operands.push((behind.name, self.in_use(behind.name)));
                self.go_on_with(behind);
            }
        }
    }

    /// Takes it that the student goes on with what a slip made of a line that
    /// was not handed in: it is held against them once.
    fn go_on_with(&mut self, root: Root) {
        self.theirs.go_on_with(root.name, root.value);
        self.roots.push(root);
        self.values = self.roots.iter().map(|root| (root.name, root.value.middle())).collect();
        self.tainted = self.roots.iter().map(|root| (root.name, true)).collect();
    }

    /// The operands of a line, each once and in their order, as the student has
    /// them.
    fn operands_in_use(&mut self, name: Name) -> Vec<(Name, f64)> {
        let mut operands: Vec<Name> = Vec::new();
        if let Some(expr) = self.marker.lesson.expression(name) {
            let mut seen = NameSet::default();
            expr.for_each_leaf(&mut |leaf| operands.extend(seen.insert(leaf).then_some(leaf)));
        }
        operands.into_iter().map(|leaf| (leaf, self.in_use(leaf))).collect()
    }

    fn is_right(&self, line: &Line, claim: Interval) -> bool {
        let prepared = self.marker.prepared.get(&line.name);
        claim.contains(line.expected)
            || prepared.is_some_and(|line| line.right.iter().any(|right| right.overlaps(claim)))
    }

    fn is_as_printed(&self, name: Name, written: &Written) -> bool {
        self.marker.printed.get(&name).is_some_and(|printed| printed.value == written.value)
    }

    fn follows(&mut self, name: Name, claim: Interval) -> bool {
        // Where their numbers lead out of the range of an f64, nothing is known
        // against the line.
        let unknown = |found: Interval| !found.lo.is_finite() || !found.hi.is_finite();
        let forms = self.marker.lesson.equal_forms(name);
        let mut found = forms.iter().map(|form| self.theirs.computed(form));
        found.any(|found| found.overlaps(claim) || unknown(found))
            || !self.value_from_theirs(name).is_finite()
    }

    /// What a line that follows comes to from the student's own numbers: where
    /// these do not agree with each other, by the formula that gives what was
    /// written, and the written number itself if that takes several of them.
    fn value_that_follows(&mut self, name: Name, written: &Written, claim: Interval) -> f64 {
        let near = claim.widened(claim.width());
        let forms = self.marker.lesson.equal_forms(name);
        let mut values = forms.iter().map(|form| self.evaluate_theirs(form));
        values.find(|value| near.contains(*value)).unwrap_or(written.value)
    }

    /// Whether a line is computed from own numbers that are not simply right.
    fn depends_on_own(&mut self, name: Name) -> bool {
        self.operands(name).iter().any(|operand| self.is_tainted(*operand))
    }

    /// Whether going on with a quantity leaves what is right: it is answered
    /// and not right, or with fewer digits than asked, or comes from such.
    fn is_tainted(&mut self, name: Name) -> bool {
        if let Some(known) = self.tainted.get(&name) {
            return *known;
        }
        let tainted = match self.written(name) {
            Some(written) => {
                self.judge(name);
                let right =
                    self.judged.get(&name).is_some_and(|line| line.verdict == Verdict::Right);
                // A short number may be all there is: -0.53.
                let expected = self.marker.lesson.value(name);
                let exact = (written.value - expected).abs() <= NOISE * expected.abs();
                !right || (written.decimals < self.marker.digits as i32 && !exact)
            }
            None => self.depends_on_own(name),
        };
        self.tainted.insert(name, tainted);
        tainted
    }

    /// All quantities that some form of a line is computed from.
    fn operands(&self, name: Name) -> &'m [Name] {
        let marker: &'m Marker<'m> = self.marker;
        marker.prepared.get(&name).map_or(&[], |prepared| &prepared.operands)
    }

    /// The value of a quantity computed from the student's own numbers.
    fn value_from_theirs(&mut self, name: Name) -> f64 {
        let Some(expr) = self.marker.lesson.expression(name) else {
            return self.marker.lesson.value(name);
        };
        self.evaluate_theirs(&expr)
    }

    fn evaluate_theirs(&mut self, expr: &Expr) -> f64 {
        let mut operands = NameMap::default();
        expr.for_each_leaf(&mut |leaf| {
            operands.insert(leaf, 0.0);
        });
        for (operand, value) in &mut operands {
            *value = self.in_use(*operand);
        }
        evaluate(expr, &|leaf| operands.get(&leaf).copied().unwrap_or(f64::NAN))
    }

    /// The value that the student goes on with.
    fn in_use(&mut self, name: Name) -> f64 {
        if let Some(written) = self.written(name) {
            return written.value;
        }
        if let Some(known) = self.values.get(&name) {
            return *known;
        }
        let value = self.value_from_theirs(name);
        self.values.insert(name, value);
        value
    }

    fn remark(&mut self, line: &mut Line, written: &Written) {
        let asked = self.marker.digits as i32;
        let accepted = !matches!(line.verdict, Verdict::Wrong);
        let target = if line.verdict == Verdict::Follows { line.from_yours } else { None };
        let target = target.unwrap_or(line.expected);
        if accepted && written.value == 0.0 && target != 0.0 {
            line.remarks.push(Remark::NothingLeft);
            line.credit = 0.0;
        } else if written.decimals < asked
            && !self.is_short(written, target)
            && (accepted || Interval::around(written.value, written.half_unit()).contains(target))
        {
            line.remarks.push(Remark::FewDigits(written.decimals));
        }
        if line.verdict == Verdict::Right
            && !Interval::around(written.value, written.half_unit() * (1.0 + NOISE))
                .contains(line.expected)
            && claim(written, line.expected).contains(line.expected)
        {
            line.remarks.push(Remark::CutOff);
        }
        if line.verdict == Verdict::Follows
            && let Some(trivial) = self.trivial_operand(line.name)
        {
            line.remarks.push(Remark::Trivial(trivial));
            line.credit = 0.0;
        }
        if let Some(help) = self.sheet.help.get(&line.name).filter(|help| help.leaves() < 1.0) {
            line.remarks.push(Remark::Helped(*help));
            line.credit *= help.leaves();
        }
    }

    /// Whether a number that ends early is complete all the same: -0.53.
    fn is_short(&self, written: &Written, target: f64) -> bool {
        num::show(target, self.marker.digits).parse() == Ok(written.value)
    }

    /// An operand that the student has as 0 or 1, where it is not.
    fn trivial_operand(&self, name: Name) -> Option<Name> {
        self.operands(name).iter().copied().find(|operand| {
            let trivial = |value: f64| value == 0.0 || value == 1.0;
            self.written(*operand).is_some_and(|written| trivial(written.value))
                && !trivial(self.marker.lesson.value(*operand))
        })
    }
}
