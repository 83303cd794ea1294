//! `run --step`: the lesson one step at a time.

use std::io::{BufWriter, Write};
use std::process::ExitCode;

use anyhow::{Context, anyhow};

use super::args::Run;
use super::run::telling;
use super::{exercise, screen};
use crate::document::{Limits, Readings};
use crate::lesson::Lesson;
use crate::lesson::reference::Check;
use crate::math::Notation;
use crate::name::Name;
use crate::scenario::Scenario;
use crate::step::fullscreen::{self, Ending};
use crate::step::state::{State, position_of};
use crate::step::{Judge, Look, Walkthrough, lines};

pub(super) fn run(
    args: &Run,
    scenario: &Scenario,
    only: Option<Name>,
    lesson: &Lesson<'_>,
    exact: &Lesson<'_>,
    checks: &[Check<'_>],
) -> anyhow::Result<ExitCode> {
    let (printed, notes) = scenario
        .reference
        .as_ref()
        .map_or((&[][..], &[][..]), |reference| (&reference.values, &reference.notes));
    let terminal = screen::look(args.look);
    let digits = exercise::digits(args.digits, scenario);
    let walk = Walkthrough::new(
        &scenario.title,
        Readings { lesson, digits, limits: Limits::READABLE, notes, notation: Notation::Linear },
        checks,
        Look {
            colour: terminal.colour.then(|| screen::theme(args.look, true)),
            ascii: terminal.ascii,
        },
        telling(args, only, !checks.is_empty()),
        args.ask.then_some(Judge { exact, printed }),
    );
    let from = args.from.as_deref().map(|name| position_of(&walk, name)).transpose();
    let from = from.map_err(|why| anyhow!("--from {why}"))?.unwrap_or(0);
    if screen::is_drawable() {
        return full_screen(&mut State::at(&walk, from));
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    lines::write(&walk, from, terminal, &mut out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn full_screen(state: &mut State<'_>) -> anyhow::Result<ExitCode> {
    let ending = fullscreen::run(state)
        .context("the walkthrough needs a terminal that it can draw on and read keys from")?;
    if let Ending::Signal(signal) = ending {
        fullscreen::end_by(signal)?;
    }
    Ok(ExitCode::SUCCESS)
}
