//! `export-questions`: a scenario, or new exercises of its shape, as questions.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{anyhow, bail};

use super::args::class::{Bank, ExportQuestions};
use super::{asked, exercise, output};
use crate::class::file_name;
use crate::exercise::{ExerciseShape, generate, items};
use crate::export::questions::GradedQuestion;
use crate::export::{moodle_cloze, r_exams};
use crate::lesson::Settings;
use crate::scenario::{self, Scenario};
use crate::source::draft::{self, Draft};
use crate::verify::{Marker, MarkingRules, Policy};

pub(super) fn run(args: &ExportQuestions) -> anyhow::Result<ExitCode> {
    let scenario = scenario::load(&args.scenario)?;
    let scenarios = match args.count {
        None => vec![scenario],
        Some(count) => variants(&scenario, args, count)?,
    };
    match (args.format, &args.output) {
        (Bank::MoodleCloze, None) => {
            output::print(|mut out| moodle(args, &scenarios, &mut out))?;
        }
        (Bank::MoodleCloze, Some(path)) => {
            let mut draft = Draft::open(Path::new(path))?;
            moodle(args, &scenarios, &mut draft)?;
            draft.finish()?;
        }
        (Bank::RExams, None) => {
            let [only] = &scenarios[..] else {
                bail!("R/exams has a file for each exercise: give a folder with --output DIR");
            };
            output::print(|mut out| {
                with_question(args, only, 1, |question| r_exams::question(question, &mut out))
            })?;
        }
        (Bank::RExams, Some(folder)) => {
            for (scenario, number) in scenarios.iter().zip(1..) {
                let mut text = Vec::new();
                let mut path = Path::new(folder).to_path_buf();
                with_question(args, scenario, number, |question| {
                    path.push(format!("{}.Rmd", question.id));
                    r_exams::question(question, &mut text)
                })?;
                draft::replace(&path, &text)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// New exercises of a scenario's shape, with what it asks.
fn variants(
    scenario: &Scenario,
    args: &ExportQuestions,
    count: u32,
) -> anyhow::Result<Vec<Scenario>> {
    let digits = exercise::digits(args.digits, scenario);
    let shape = ExerciseShape {
        rate: scenario.learning_rate,
        ..ExerciseShape::like(&scenario.network, digits)
    };
    let variant = |number: u32| {
        let drawn = generate(&shape, args.seed, &format!("question {number}"))
            .map_err(|error| anyhow!("{error}"))?;
        if !drawn.findings.is_empty() {
            let mut err = std::io::stderr().lock();
            writeln!(
                err,
                "note: question {number} cannot tell every slip apart; more --digits may help"
            )?;
        }
        let mut variant = scenario.clone();
        variant.title = format!("{}, {number}", scenario.title);
        variant.source = None;
        variant.reference = None;
        variant.digits = digits;
        variant.network = drawn.network;
        variant.network.own_names.clone_from(&scenario.network.own_names);
        variant.samples = vec![drawn.sample];
        Ok(variant)
    };
    (1..=count).map(variant).collect()
}

fn moodle(
    args: &ExportQuestions,
    scenarios: &[Scenario],
    out: &mut impl Write,
) -> anyhow::Result<()> {
    moodle_cloze::begin("Backpropagation", out)?;
    for (scenario, number) in scenarios.iter().zip(1..) {
        with_question(args, scenario, number, |question| moodle_cloze::question(question, out))?;
    }
    moodle_cloze::end(out)?;
    Ok(())
}

/// Makes the question of a scenario.
fn with_question(
    args: &ExportQuestions,
    scenario: &Scenario,
    number: u32,
    then: impl FnOnce(&GradedQuestion<'_>) -> std::io::Result<()>,
) -> anyhow::Result<()> {
    let digits = exercise::digits(args.digits, scenario);
    let (asks, points) =
        (asked::asks(&args.asked, scenario, None)?, asked::points(&args.asked, scenario, None)?);
    let apply = scenario.learning_rate.is_some();
    let settings = Settings { apply, ..Settings::default() };
    let lesson = exercise::compute(scenario.exercise(0), settings)?;
    let policy = Policy::default();
    let rules =
        MarkingRules { digits, printed: &[], asks: asks.as_deref(), points: &points, policy };
    let items = items(&lesson, &Marker::new(&lesson, rules), digits);
    if items.is_empty() {
        bail!("nothing is asked that earns a point");
    }
    let stem = Path::new(&args.scenario).file_stem().unwrap_or_default().to_string_lossy();
    let stem = file_name(&stem).replace(['.', '_', '@'], "-");
    let id = match args.count {
        None => format!("backprop-{stem}"),
        Some(_) => format!("backprop-{stem}-{}-{number}", args.seed),
    };
    let title = &scenario.title;
    then(&GradedQuestion { id: &id, title, lesson: &lesson, digits, items: &items })?;
    Ok(())
}
