//! `figure`: the network as a picture.

use std::process::ExitCode;

use anyhow::anyhow;

use super::args::{FigureArgs as Arguments, FigureFormat};
use super::{exercise, output};
use crate::document::figure::chain::{self, KnownBy};
use crate::document::figure::{Detail, Direction, Figure};
use crate::export::{svg, tikz};
use crate::lesson::{Lesson, Settings};
use crate::name::{Name, Symbol};
use crate::num::Precision;
use crate::scenario::{self, Scenario};
use crate::text::harmless;

pub(super) fn run(args: &Arguments) -> anyhow::Result<ExitCode> {
    let scenario = scenario::load(&args.scenario)?;
    let sample = exercise::sample(&scenario, &args.scenario, args.sample)?;
    let about = args.highlight.as_deref().map(|text| find(&scenario, text)).transpose()?;
    let settings = Settings { carried: carried(args, &scenario), ..Settings::default() };
    let lesson = exercise::compute(scenario.exercise(sample), settings)?;
    let figure = figure(args, &lesson, about, exercise::digits(args.digits, &scenario))?;
    let caption = Some(scenario.title.as_str());
    let (detail, mono) = (Detail::READABLE, args.mono);
    let text = match args.format {
        FigureFormat::Svg => svg::figure(
            &figure,
            svg::SvgSettings { caption, detail, mono, ..svg::SvgSettings::default() },
        ),
        FigureFormat::Tikz => tikz::file(&figure, tikz::TikzSettings { caption, detail, mono }),
    };
    output::write(&args.output, |out| out.write_all(text.as_bytes()))?;
    Ok(ExitCode::SUCCESS)
}

/// The figure at the moment of the quantity that it is about.
fn figure<'a>(
    args: &Arguments,
    lesson: &'a Lesson<'a>,
    about: Option<Name>,
    digits: Precision,
) -> anyhow::Result<Figure<'a>> {
    let text = move |name: Name| lesson.has(name).then(|| lesson.text(name, digits));
    let is_pass = |name: Name| !matches!(name, Name::Derivative { .. });
    let Some(about) = about else {
        return Ok(Figure::new(lesson.network(), move |name| {
            is_pass(name).then(|| text(name)).flatten()
        }));
    };
    let term = args.term.map(|term| term as usize);
    let highlight = chain::highlight(lesson, about, term).map_err(|why| {
        let name = lesson.naming().plain(about);
        anyhow!("--term {}: {name}: {why}", args.term.unwrap_or_default())
    })?;
    if highlight.direction == Direction::Forward {
        let moment = KnownBy::of(lesson, about, true);
        let known = move |name| moment.knows(name).then(|| text(name)).flatten();
        let room = move |name| is_pass(name).then(|| text(name)).flatten();
        return Ok(Figure::new(lesson.network(), known).with_room(room).lit(highlight));
    }
    let moment = KnownBy::of(lesson, highlight.about.unwrap_or(about), term.is_none());
    let known = move |name| moment.knows(name).then(|| text(name)).flatten();
    Ok(Figure::new(lesson.network(), known).with_room(text).lit(highlight))
}

fn find(scenario: &Scenario, text: &str) -> anyhow::Result<Name> {
    let network = &scenario.network;
    let name = network.find(text).map_err(|nearest| {
        let text = harmless(text);
        let help = nearest.map_or_else(
            || "\n  help: names look like z1_in, dL/df_out, dL/dW11".to_owned(),
            |name| format!("; did you mean {name}?"),
        );
        anyhow!("--highlight {text}: this network has no such quantity{help}")
    })?;
    match name {
        Name::Value(Symbol::Rate) => Err(anyhow!(
            "--highlight {}: the learning rate has no place in the network",
            harmless(text)
        )),
        // After the update the network is the same.
        Name::New(symbol) => Ok(Name::Value(symbol)),
        Name::Value(_) | Name::Derivative { .. } | Name::OfSample { .. } => Ok(name),
    }
}

/// The numbers that are carried on as the source prints them.
fn carried(args: &Arguments, scenario: &Scenario) -> crate::name::NameMap<crate::num::Written> {
    let reference = scenario.reference.as_ref().filter(|_| !args.exact);
    let values = reference.into_iter().flat_map(|reference| {
        let carried = |(name, _): &&(Name, _)| reference.carry.contains(name);
        reference.values.iter().filter(carried).cloned()
    });
    values.collect()
}
