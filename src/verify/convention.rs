//! Sheets that call `-∂L/∂z` the error signal, as some courses do: all of them
//! have the other sign, and the updates are right. That is a convention, and no
//! slip.

use super::marker::Marker;
use super::remark::Remark;
use super::report::{LineVerdict, Report, ReportLine};
use super::sheet::{AnswerReading, Sheet};
use crate::name::{Name, NameSet, Symbol};

/// Signals with the other sign that it takes for a convention.
const LEAST: usize = 2;

/// The derivatives of the loss that a sheet has with the other sign throughout,
/// if its wrong lines are such.
pub(super) fn opposite_signs(report: &Report<'_>) -> Option<NameSet> {
    if report.count(LineVerdict::Wrong) == 0 {
        return None;
    }
    let opposite: NameSet =
        report.lines.iter().filter(|line| sign(line) < 0.0).map(|line| line.name()).collect();
    let signals = opposite.iter().filter(|name| kind(**name) == Some(Kind::Signal)).count();
    if signals < LEAST {
        return None;
    }
    // Within a kind, all of them have it.
    let kinds = [Kind::Signal, Kind::Output, Kind::Gradient];
    let is_mixed = kinds.into_iter().any(|wanted| {
        let of_kind = || report.lines.iter().filter(move |line| kind(line.name()) == Some(wanted));
        of_kind().any(|line| sign(line) < 0.0) && of_kind().any(|line| sign(line) > 0.0)
    });
    (!is_mixed).then_some(opposite)
}

/// The sheet with the signs of the lesson.
pub(super) fn turned(sheet: &Sheet, opposite: &NameSet) -> Sheet {
    let mut sheet = sheet.clone();
    for answer in &mut sheet.answers {
        if let AnswerReading::Number(written) = &mut answer.reading
            && opposite.contains(&answer.name)
        {
            *written = written.clone().taken_as(-written.value, written.decimals);
        }
    }
    sheet
}

/// Whether a sheet with the signs turned bears the convention out: they are right
/// then, and so is some update, and none is wrong.
pub(super) fn is_borne_out(turned: &Report<'_>, opposite: &NameSet) -> bool {
    let update = |line: &&ReportLine<'_>| {
        matches!(line.name(), Name::New(Symbol::Weight { .. } | Symbol::Bias { .. }))
            && line.is_answered()
    };
    let mut updates = turned.lines.iter().filter(update).peekable();
    let mut signals = turned.lines.iter().filter(|line| opposite.contains(&line.name()));
    updates.peek().is_some()
        && updates.all(|line| line.verdict.counts())
        && signals.all(|line| line.verdict.counts())
}

/// Remarks on the convention where it shows.
pub(super) fn remark(report: &mut Report<'_>, opposite: &NameSet) {
    let lines = report.lines.iter_mut().filter(|line| opposite.contains(&line.name()));
    lines.for_each(|line| line.remark(Remark::MinusConvention));
}

impl Marker<'_> {
    /// A marked sheet, by its own convention of signs.
    pub(super) fn by_convention<'m>(&'m self, sheet: &Sheet, report: Report<'m>) -> Report<'m> {
        let Some(opposite) = opposite_signs(&report) else { return report };
        let mut by_convention = self.mark_plainly(&turned(sheet, &opposite));
        if !is_borne_out(&by_convention, &opposite) {
            return report;
        }
        remark(&mut by_convention, &opposite);
        by_convention
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Signal,
    Output,
    Gradient,
}

const fn kind(name: Name) -> Option<Kind> {
    let Name::Derivative { of: Symbol::Loss, by } = name else { return None };
    match by {
        Symbol::In { .. } => Some(Kind::Signal),
        Symbol::Out { .. } => Some(Kind::Output),
        Symbol::Weight { .. } | Symbol::Bias { .. } => Some(Kind::Gradient),
        Symbol::Input(_)
        | Symbol::Target(_)
        | Symbol::Term(_)
        | Symbol::Loss
        | Symbol::Rate
        | Symbol::Risk => None,
    }
}

/// Above 0 where a derivative of the loss has the sign of the exact one, below 0
/// where it has the other; 0 for other lines, and where there is no sign.
fn sign(line: &ReportLine<'_>) -> f64 {
    match (kind(line.name()), line.value()) {
        (Some(_), Some(value)) => {
            value.signum() * line.expected().signum() * size(value, line.expected())
        }
        _ => 0.0,
    }
}

fn size(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0.0 } else { 1.0 }
}
