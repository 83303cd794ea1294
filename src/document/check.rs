//! Section "Lecture check": every number that the source prints, beside ours.

use compact_str::format_compact;

use super::block::{Align, Block, Column, Inline, Line, Table};
use super::page::Page;
use crate::lesson::reference::{Check, Verdict};
use crate::math::Role;
use crate::name::Name;

/// The title of the section.
pub(super) const TITLE: &str = "Lecture check";

pub(super) fn write(page: &mut Page<'_>, checks: &[Check<'_>]) {
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

fn row(page: &Page<'_>, check: &Check<'_>) -> Vec<Line> {
    let number = |value: Option<f64>, role| -> Line {
        value.map(|value| Inline::Text(page.show(value), role)).into_iter().collect()
    };
    let (words, role) = verdict(page, check.verdict);
    let mut said: Line = vec![Inline::Text(words.into(), role)];
    if let Some(computed) = check.computed {
        said.push(Inline::Text(format_compact!("; computed {}", page.show(computed)), role));
    }
    let here = if check.verdict == Verdict::Carried { Role::Carried } else { Role::Plain };
    vec![
        vec![page.name(check.name).into()],
        vec![Inline::text(check.printed.text.clone())],
        number(check.here, here),
        number(check.exact, Role::Plain),
        said,
    ]
}

fn verdict(page: &Page<'_>, verdict: Verdict) -> (&'static str, Role) {
    match verdict {
        Verdict::AgreesHere if page.lesson.settings().carried.is_empty() => {
            ("agrees, rounded by hand", Role::Known)
        }
        Verdict::AgreesHere => ("agrees with what is carried", Role::Known),
        Verdict::AgreesExactly => ("agrees exactly, not in this run", Role::Known),
        Verdict::Agrees => ("agrees", Role::Forward),
        Verdict::CutOff => ("agrees, cut off instead of rounded", Role::Forward),
        Verdict::Carried => ("carried", Role::Carried),
        Verdict::Differs => ("differs", Role::Wrong),
        Verdict::NotReached => ("not reached", Role::Faint),
    }
}

/// The checks of quantities that the lesson gets to.
fn reached<'c, 'a>(checks: &'c [Check<'a>]) -> Vec<&'c Check<'a>> {
    checks.iter().filter(|check| check.verdict != Verdict::NotReached).collect()
}

/// How many of the printed numbers agree.
pub(super) fn conclusion(page: &Page<'_>, checks: &[Check<'_>]) -> String {
    let checks = reached(checks);
    let count = |wanted: &[Verdict]| checks.iter().filter(|c| wanted.contains(&c.verdict)).count();
    let exact = count(&[Verdict::Agrees, Verdict::CutOff, Verdict::AgreesExactly]);
    let (following, carried) = (count(&[Verdict::AgreesHere]), count(&[Verdict::Carried]));
    let differing = count(&[Verdict::Differs]);
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

fn notes(page: &mut Page<'_>, checks: &[&Check<'_>]) {
    let differs = |name: Name| {
        checks.iter().any(|check| check.name == name && check.verdict == Verdict::Differs)
    };
    for (name, note) in page.notes {
        if differs(*name) {
            page.prose([page.name(*name).into(), ": ".into(), Inline::text(note)]);
        }
    }
}
