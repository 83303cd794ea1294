//! Section "Lecture check": every number that the source prints, beside ours.

use compact_str::format_compact;

use super::block::{Align, Block, Column, Inline, Line, Table};
use super::page::Page;
use crate::lesson::reference::{PrintedCheck, PrintedVerdict};
use crate::math::Role;
use crate::name::Name;

/// The title of the section.
pub(super) const TITLE: &str = "Lecture check";

pub(super) fn write(page: &mut Page<'_>, checks: &[PrintedCheck<'_>]) {
    page.say("Every number that the source prints, beside this run and the exact computation.");
    let columns = Column::all([
        ("quantity", Align::Label),
        ("printed", Align::Decimal),
        ("this run", Align::Decimal),
        ("exact", Align::Decimal),
        ("verdict", Align::Flowing),
    ]);
    let reached = reached(checks);
    let rows = reached.iter().map(|check| row(page, check)).collect();
    page.push(Block::Table(Table { columns, rows, left_out: 0 }));
    page.say(conclusion(page, checks));
    let missing = checks.len() - reached.len();
    if missing > 0 {
        page.prose([
            format!("{missing} more printed numbers come after the update").into(),
            Inline::hint(": add --apply"),
            ".".into(),
        ]);
    }
    notes(page, &reached);
}

fn row(page: &Page<'_>, check: &PrintedCheck<'_>) -> Vec<Line> {
    let number = |value: Option<f64>, role| -> Line {
        value.map(|value| Inline::Text(page.show(value), role)).into_iter().collect()
    };
    let (words, role) = verdict(page, check.verdict);
    let mut said: Line = vec![Inline::Text(words.into(), role)];
    if let Some(computed) = check.computed {
        said.push(Inline::Text(format_compact!("; computed {}", page.show(computed)), role));
    }
    let here = if check.verdict == PrintedVerdict::Carried { Role::Carried } else { Role::Plain };
    vec![
        vec![page.name(check.name).into()],
        vec![Inline::text(check.printed.text())],
        number(check.here, here),
        number(check.exact, Role::Plain),
        said,
    ]
}

fn verdict(page: &Page<'_>, verdict: PrintedVerdict) -> (&'static str, Role) {
    match verdict {
        PrintedVerdict::AgreesHere if page.lesson.settings().carried.is_empty() => {
            ("agrees, rounded by hand", Role::Known)
        }
        PrintedVerdict::AgreesHere => ("agrees with what is carried", Role::Known),
        PrintedVerdict::AgreesExactly => ("agrees exactly, not in this run", Role::Known),
        PrintedVerdict::Agrees => ("agrees", Role::Forward),
        PrintedVerdict::CutOff => ("agrees, cut off instead of rounded", Role::Forward),
        PrintedVerdict::Carried => ("carried", Role::Carried),
        PrintedVerdict::Differs => ("differs", Role::Wrong),
        PrintedVerdict::NotReached => ("not reached", Role::Faint),
    }
}

/// The checks of quantities that the lesson gets to.
fn reached<'c, 'a>(checks: &'c [PrintedCheck<'a>]) -> Vec<&'c PrintedCheck<'a>> {
    checks.iter().filter(|check| check.verdict != PrintedVerdict::NotReached).collect()
}

/// How many of the printed numbers agree.
pub(super) fn conclusion(page: &Page<'_>, checks: &[PrintedCheck<'_>]) -> String {
    let checks = reached(checks);
    let count =
        |wanted: &[PrintedVerdict]| checks.iter().filter(|c| wanted.contains(&c.verdict)).count();
    let exact =
        count(&[PrintedVerdict::Agrees, PrintedVerdict::CutOff, PrintedVerdict::AgreesExactly]);
    let (following, carried) =
        (count(&[PrintedVerdict::AgreesHere]), count(&[PrintedVerdict::Carried]));
    let differing = count(&[PrintedVerdict::Differs]);
    let mut parts = vec![format!(
        "{exact} of {} printed numbers agree with the exact computation",
        checks.len()
    )];
    if following > 0 {
        parts.push(if page.lesson.settings().carried.is_empty() {
            format!("{following} more agree with this run, rounded by hand")
        } else {
            format!("{following} more agree once what the source prints is carried on")
        });
    }
    if carried > 0 {
        parts.push(format!(
            "{carried} {} carried as printed",
            if carried == 1 { "is" } else { "are" }
        ));
    }
    if differing > 0 {
        parts.push(format!("{differing} {}", if differing == 1 { "differs" } else { "differ" }));
    }
    format!("{}.", parts.join("; "))
}

fn notes(page: &mut Page<'_>, checks: &[&PrintedCheck<'_>]) {
    let differs = |name: Name| {
        checks.iter().any(|check| check.name == name && check.verdict == PrintedVerdict::Differs)
    };
    for (name, note) in page.notes {
        if differs(*name) {
            page.prose([page.name(*name).into(), ": ".into(), Inline::text(note)]);
        }
    }
}
