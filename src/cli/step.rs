//! `run --step`: the lesson one step at a time.

use std::process::ExitCode;

use anyhow::{Context, anyhow};

use super::args::RunArgs;
use super::film::Film;
use super::place::KeptPlace;
use super::run::{Work, telling, worked};
use super::{exercise, output, screen};
use crate::document::{Limits, Readings};
use crate::math::Notation;
use crate::scenario::{self, Scenario, embedded};
use crate::source::file::STANDARD_INPUT;
use crate::step::camera::{self, Camera};
use crate::step::fullscreen::{self, Ending, Stage};
use crate::step::state::{Notice, State, position_of};
use crate::step::{Judge, Place, StepLook, Walkthrough, lines};

pub(super) fn run(args: &RunArgs, scenario: Scenario) -> anyhow::Result<ExitCode> {
    let film = args.record.as_deref().map(Film::open).transpose()?;
    let kept = KeptPlace::of(args);
    if screen::is_drawable() {
        return full_screen(args, scenario, film, &kept);
    }
    worked(args, &scenario, |work| {
        let look = screen::look(args.look);
        let colour = match film {
            Some(_) => screen::recorded_theme(args.look),
            None => look.colour.then(|| screen::theme(args.look, true)),
        };
        let walk = walkthrough(work, StepLook { colour, ascii: look.ascii });
        let from = start(&walk, args, &kept)?.position();
        if let Some(film) = film {
            return film.finish(&camera::record(&walk, from, screen::size())?);
        }
        output::print(|mut out| lines::write(&walk, from, look, &mut out))
    })?;
    Ok(ExitCode::SUCCESS)
}

/// How a walk through one reading of the exercise ended.
enum End {
    /// The exercise was read again.
    Again(Box<Scenario>),
    /// It is over.
    Over(Ending, Place),
}

fn full_screen(
    args: &RunArgs,
    mut scenario: Scenario,
    film: Option<Film>,
    kept: &KeptPlace,
) -> anyhow::Result<ExitCode> {
    let mut stage = None;
    let mut camera = film.as_ref().map(|_| Camera::new(&scenario.title));
    let mut before: Option<(Place, bool)> = None;
    let look = screen::look(args.look);
    let colour = look.colour.then(|| screen::theme(args.look, true));
    let (ending, place) = loop {
        let end = worked(args, &scenario, |work| {
            let walk = walkthrough(work, StepLook { colour, ascii: look.ascii });
            let mut state = match &before {
                Some((place, all_beats)) => {
                    let mut state = State::resumed(&walk, place);
                    state.show_all_beats(*all_beats);
                    state.tell(Notice::Hint("The exercise was read again.".to_owned()));
                    state
                }
                None => start(&walk, args, kept)?,
            };
            let stage = match &mut stage {
                Some(stage) => stage,
                none => none.insert(taken(colour.is_some())?),
            };
            let end = on_stage(args, &mut state, stage, camera.as_mut())?;
            before = Some((state.place(), state.all_beats()));
            Ok(end)
        })?;
        match end {
            End::Again(next) => scenario = *next,
            End::Over(ending, place) => break (ending, place),
        }
    };
    let seconds = stage.as_ref().map_or(0.0, Stage::seconds);
    // The terminal is given back before anything is written or said.
    drop(stage);
    // The lesson is over: where its place cannot be kept, it starts anew.
    let _ = kept.write(&place);
    if let (Some(film), Some(camera)) = (film, camera) {
        film.finish(&camera.stop(seconds))?;
    }
    if let Ending::Signal(signal) = ending {
        fullscreen::end_by(signal)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn taken(colour: bool) -> anyhow::Result<Stage> {
    Stage::take(colour)
        .context("the walkthrough needs a terminal that it can draw on and read keys from")
}

/// Walks until somebody leaves, or the exercise was read again without a fault.
fn on_stage(
    args: &RunArgs,
    state: &mut State<'_>,
    stage: &mut Stage,
    mut camera: Option<&mut Camera>,
) -> anyhow::Result<End> {
    loop {
        match stage.play(state, camera.as_deref_mut())? {
            Ending::Reload if args.scenario == STANDARD_INPUT => {
                let why = "The exercise came from standard input, which cannot be read again.";
                state.tell(Notice::Failed(why.to_owned()));
            }
            Ending::Reload if embedded::named(&args.scenario).is_some() => {
                let why = "This exercise comes with the program: there is no file to read again.";
                state.tell(Notice::Failed(why.to_owned()));
            }
            Ending::Reload => match again(args) {
                Ok(next) => return Ok(End::Again(Box::new(next))),
                Err(why) => state.tell_fault(format!("{why:#}")),
            },
            ending @ (Ending::Left | Ending::Signal(_)) => {
                return Ok(End::Over(ending, state.place()));
            }
        }
    }
}

/// The exercise as its file is now, if it can be walked.
fn again(args: &RunArgs) -> anyhow::Result<Scenario> {
    let next = scenario::load(&args.scenario)?;
    worked(args, &next, |work| {
        let walk = walkthrough(work, StepLook { colour: None, ascii: true });
        from(&walk, args).map(drop)
    })?;
    Ok(next)
}

fn walkthrough<'a>(work: &Work<'a>, look: StepLook) -> Walkthrough<'a> {
    let Work { args, scenario, only, lesson, exact, checks, .. } = *work;
    let (printed, notes) = scenario
        .reference
        .as_ref()
        .map_or((&[][..], &[][..]), |reference| (&reference.values, &reference.notes));
    let digits = exercise::digits(args.digits, scenario);
    Walkthrough::new(
        &scenario.title,
        Readings { lesson, digits, limits: Limits::READABLE, notes, notation: Notation::Linear },
        checks,
        look,
        telling(args, only, !checks.is_empty()),
        args.ask.then_some(Judge { exact, printed }),
    )
}

/// Where the walk starts: where it is asked for, where it was left, or at the
/// first step.
fn start<'a>(
    walk: &'a Walkthrough<'a>,
    args: &RunArgs,
    kept: &KeptPlace,
) -> anyhow::Result<State<'a>> {
    let mut state = State::at(walk, from(walk, args)?);
    if args.from.is_some() {
        return Ok(state);
    }
    match kept.read() {
        Some(place) if args.resume => state = State::resumed(walk, &place),
        Some(place) => state.offer(place),
        None if args.resume => {
            let what = "No place of this exercise is remembered yet: this is its start.";
            state.tell(Notice::Hint(what.to_owned()));
        }
        None => {}
    }
    Ok(state)
}

/// The step that `--from` names, or the first.
fn from(walk: &Walkthrough<'_>, args: &RunArgs) -> anyhow::Result<usize> {
    let Some(name) = args.from.as_deref() else { return Ok(0) };
    position_of(walk, name).map_err(|why| anyhow!("--from {why}"))
}
