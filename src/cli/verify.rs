//! `run --verify`: a sheet marked, as a page or as JSON.

use std::io::{BufWriter, Write};
use std::process::ExitCode;

use super::args::{Follow, Format, Run};
use super::{exercise, screen};
use crate::document::{Limits, report};
use crate::export::{report_json, terminal};
use crate::lesson::{Exercise, Settings};
use crate::name::Name;
use crate::scenario::Scenario;
use crate::verify::{self, FollowThrough, Marker, Report};

/// An answer is wrong or missing.
const NOT_ALL_RIGHT: u8 = 1;

pub(super) fn run(
    args: &Run,
    answers: &str,
    scenario: &Scenario,
    exercise: Exercise<'_>,
    only: Option<Name>,
) -> anyhow::Result<ExitCode> {
    let sheet = verify::load(answers, &scenario.network)?;
    // Whoever answers beyond the update is asked for all of it.
    let goes_on = sheet.answers.iter().any(|answer| matches!(answer.name, Name::New(_)));
    let apply = args.apply || (goes_on && scenario.learning_rate.is_some());
    let lesson = exercise::compute(exercise, Settings { apply, ..Settings::default() })?;
    let printed = scenario.reference.as_ref().filter(|_| !args.exact);
    let printed = printed.map_or(&[][..], |reference| &reference.values);
    let digits = super::run::digits(args, scenario);
    let marker = Marker::new(&lesson, digits, printed, follow_through(args.follow_through));
    let mut report = marker.mark(&sheet);
    if let Some(name) = only {
        let about = lesson.about(name);
        report.lines.retain(|line| about.contains(&line.name));
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    match args.format {
        Format::Json => report_json::write(&report, lesson.naming(), digits, &mut out)?,
        Format::Text => {
            let page = report::report(&report::Request {
                lesson: &lesson,
                title: &scenario.title,
                report: &report,
                digits,
                limits: if args.all { Limits::NONE } else { Limits::READABLE },
            });
            terminal::write(&page, lesson.naming(), screen::look(args.look), &mut out)?;
        }
    }
    out.flush()?;
    Ok(exit_code(&report))
}

const fn follow_through(follow: Follow) -> FollowThrough {
    match follow {
        Follow::Full => FollowThrough::Full,
        Follow::Half => FollowThrough::Half,
        Follow::None => FollowThrough::None,
    }
}

fn exit_code(report: &Report) -> ExitCode {
    if report.is_all_right() { ExitCode::SUCCESS } else { ExitCode::from(NOT_ALL_RIGHT) }
}
