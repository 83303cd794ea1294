//! `--asks` and `--points`: what is asked of a student, and what it is worth.

use anyhow::{Context, anyhow, bail};

use super::args::AskedArgs;
use crate::lesson::Lesson;
use crate::name::Pattern;
use crate::name::pattern::is_asked;
use crate::scenario::Scenario;
use crate::text::harmless;

/// What is asked: what the command line says, else the scenario, which speaks of one
/// sample. `together` is the lesson of several samples, where it is about one.
pub(super) fn asks(
    args: &AskedArgs,
    scenario: &Scenario,
    together: Option<&Lesson<'_>>,
) -> anyhow::Result<Option<Vec<Pattern>>> {
    if args.asks.is_empty() {
        return Ok(if together.is_some() { None } else { scenario.asks.clone() });
    }
    args.asks
        .iter()
        .map(|text| pattern("--asks", text, scenario, together))
        .collect::<Result<_, _>>()
        .map(Some)
}

/// What lines are worth: what the scenario says, and then the command line, which
/// so counts where both mean a line in the same words.
pub(super) fn points(
    args: &AskedArgs,
    scenario: &Scenario,
    together: Option<&Lesson<'_>>,
) -> anyhow::Result<Vec<(Pattern, f64)>> {
    let mut points = if together.is_some() { Vec::new() } else { scenario.points.clone() };
    for text in &args.points {
        let shown = harmless(text);
        let (what, worth) = text.rsplit_once('=').with_context(|| {
            format!("--points {shown}: there is no =\n  help: write it as in \"dL/d*=2\"")
        })?;
        let worth: f64 = worth
            .trim()
            .parse()
            .ok()
            .filter(|worth: &f64| worth.is_finite())
            .with_context(|| format!("--points {shown}: behind the = stands no number"))?;
        if worth < 0.0 {
            bail!(
                "--points {shown}: a line cannot be worth less than nothing\n  help: give 0 for what \
                 is asked but not counted"
            );
        }
        points.push((pattern("--points", what, scenario, together)?, worth));
    }
    Ok(points)
}

fn pattern(
    flag: &str,
    text: &str,
    scenario: &Scenario,
    together: Option<&Lesson<'_>>,
) -> anyhow::Result<Pattern> {
    if let Some(lesson) = together {
        return of_samples(flag, text, lesson);
    }
    scenario.network.pattern(text, scenario.learning_rate.is_some()).map_err(|why| {
        let text = harmless(text);
        anyhow!("{flag} {text}: {}\n  help: {}", why.what(&text), why.help())
    })
}

/// A pattern that means some quantity of several samples together.
fn of_samples(flag: &str, text: &str, lesson: &Lesson<'_>) -> anyhow::Result<Pattern> {
    let samples = lesson.samples().map_or(0, |samples| samples.lessons().len());
    let naming = lesson.naming();
    let asks = Pattern::read(text, naming);
    let found = lesson.for_each(|_, name| {
        let is_meant = is_asked(asks.as_ref().map(std::slice::from_ref), name, naming);
        if asks.is_some() && is_meant { Err(()) } else { Ok(()) }
    });
    match (asks, found) {
        (Some(pattern), Err(())) => Ok(pattern),
        (_, _) => {
            let nearest = lesson.network().find_in_batch(text, samples).err().flatten();
            let help = match nearest {
                Some(name) => format!("did you mean `{name}`?"),
                None => "with --batch names look like `R`, `dR/dW11`, `L@2`, `dR/d*`".to_owned(),
            };
            bail!(
                "{flag} {}: no quantity of these samples is meant\n  help: {help}",
                harmless(text)
            )
        }
    }
}
