//! `new`: exercises of a shape, one or one for each student.

mod note;
mod package;
mod roll;

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};

use super::args::class::{New, StyleArg};
use crate::exercise::{Drawn, ExerciseShape, NumberStyle, fitting_digits, generate};
use crate::export::scenario_json;
use crate::num::Precision;

pub(super) fn run(args: &New) -> anyhow::Result<ExitCode> {
    let shape = shape(args)?;
    let seed = args.seed;
    let ids: Vec<roll::Student> = match (&args.students, args.count) {
        (Some(path), _) => roll::read(path)?,
        (None, Some(count)) => roll::numbered(count),
        (None, None) => {
            let drawn = draw(&shape, seed, "")?;
            let title = format!("Exercise {}, seed {seed}", shape.text());
            let text = text(&shape, &drawn, &title)?;
            let mut out = std::io::stdout().lock();
            out.write_all(&text)?;
            out.flush()?;
            let mut err = std::io::stderr().lock();
            note::digits(args, &shape, &mut err)?;
            note::one(&shape, &drawn, &mut err)?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    let Some(folder) = &args.output else {
        bail!("--count and --students need a folder to write to: --output DIR");
    };
    let left = package::write(&shape, seed, &ids, folder)?;
    let mut err = std::io::stderr().lock();
    note::digits(args, &shape, &mut err)?;
    note::of_many(&left, &mut err)?;
    let told = crate::num::counted(ids.len(), "exercise");
    writeln!(err, "{told} in {}", crate::text::harmless(folder))?;
    Ok(ExitCode::SUCCESS)
}

/// The shape that the arguments describe.
fn shape(args: &New) -> anyhow::Result<ExerciseShape> {
    let shape = ExerciseShape::of(&args.layers, args.activation.as_deref(), args.loss.as_deref())?;
    let decimals = args.digits.digits.map(|count| Precision::Decimals(count.into()));
    let significant = args.digits.significant.map(|count| Precision::Significant(count.into()));
    let rate = args.rate;
    if rate.is_some_and(|rate| !(rate > 0.0 && rate.is_finite())) {
        bail!("--rate: give a number above 0");
    }
    let style = match args.style {
        StyleArg::Xor => NumberStyle::Xor,
        StyleArg::Textbook => NumberStyle::Textbook,
        StyleArg::Random => NumberStyle::Random,
    };
    let shape = ExerciseShape { rate, style, biases: !args.no_biases, ..shape };
    let digits = decimals.or(significant).unwrap_or_else(|| fitting_digits(&shape));
    Ok(ExerciseShape { digits, ..shape })
}

/// Draws an exercise; `words` are what it is for, so that each student has their
/// own whoever else is on the list.
fn draw(shape: &ExerciseShape, seed: u64, words: &str) -> anyhow::Result<Drawn> {
    generate(shape, seed, words)
        .map_err(|error| anyhow!("{error}\n  help: ask for a smaller network"))
}

/// The scenario of an exercise.
fn text(shape: &ExerciseShape, drawn: &Drawn, title: &str) -> anyhow::Result<Vec<u8>> {
    let request = scenario_json::ScenarioJson {
        title,
        source: None,
        digits: shape.digits,
        learning_rate: Some(drawn.learning_rate),
        update_biases: true,
        network: &drawn.network,
        samples: std::slice::from_ref(&drawn.sample),
        mean: true,
        asks: None,
        points: &[],
    };
    let mut text = Vec::new();
    scenario_json::write(&request, &mut text).context("the scenario")?;
    Ok(text)
}
