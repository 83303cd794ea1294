//! `check --gradients`: a program's own arrays against the lesson.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;

use super::args::{CheckArgs, ProgramArgs, Reduced, WeightLayout};
use super::page::PagedOutput;
use super::{exercise, import, output, template};
use crate::document::{Limits, program as page};
use crate::export::program_json;
use crate::network::Reduction;
use crate::program::array::Array;
use crate::program::{Orientation, ProgramCheck, Wanted, check, reading};
use crate::scenario;
use crate::source;
use crate::source::file::{self, STANDARD_INPUT};
use crate::text::harmless;

/// Some array is wrong.
const WRONG: u8 = 1;

/// What a file of arrays is.
static FORMAT: source::FileFormat = source::FileFormat {
    noun: "file of arrays",
    a_noun: "a file of arrays",
    shape: "a file of arrays is .npz, .npy, safetensors, JSON of nested lists, or printed arrays",
    remarks: "remove it",
};

pub(super) fn run(args: &CheckArgs, file: &str) -> anyhow::Result<ExitCode> {
    let called = args.scenario.as_deref();
    if file == STANDARD_INPUT && called == Some(STANDARD_INPUT) {
        bail!("--gradients -: standard input is already the scenario");
    }
    let given = called.map(scenario::load).transpose()?;
    let ProgramArgs { model, data, layout, activation, loss, .. } = &args.program;
    let mut scenario = match (given, model) {
        (Some(given), None) => given,
        (given, model) => {
            let flags = template::ModelFlags {
                model: model.as_deref().unwrap_or_default(),
                activation: activation.as_deref(),
                loss: loss.as_deref(),
            };
            template::scenario(given, &flags)?
        }
    };
    import::replace(&mut scenario, model.as_deref(), *layout, data.as_deref())?;
    let sample = match args.sample {
        None => None,
        number => Some(exercise::sample(&scenario, called.unwrap_or("--data"), number)?),
    };
    let samples = match sample {
        None => &scenario.samples[..],
        Some(sample) => &scenario.samples[sample..=sample],
    };
    let reduction = match args.program.reduction {
        None => scenario.reduction,
        Some(Reduced::Mean) => Reduction::Mean,
        Some(Reduced::Sum) => Reduction::Sum,
    };
    let arrays = arrays(file)?;
    let finding = check(&ProgramCheck {
        network: &scenario.network,
        samples,
        reduction,
        rate: scenario.learning_rate,
        update_biases: scenario.update_biases,
        arrays: &arrays,
        asked: asked(&args.program)?,
    });
    let finding = match finding {
        Ok(finding) => finding,
        Err(error) => bail!("{}: {error}", harmless(file::label(file))),
    };
    let label = harmless(file::label(file));
    let page = |_| {
        page::page(&page::ProgramRequest {
            title: &scenario.title,
            file: &label,
            finding: &finding,
            limits: if args.all { Limits::NONE } else { Limits::READABLE },
        })
    };
    let (naming, title) = (scenario.network.naming(), &scenario.title);
    let (format, look) = (args.format, args.look);
    let json = |mut out: &mut dyn Write| program_json::write(&finding, &mut out);
    output::print(|out| PagedOutput { format, look, title, naming }.write(page, json, out))?;
    Ok(if finding.agrees() { ExitCode::SUCCESS } else { ExitCode::from(WRONG) })
}

/// The arrays of a file, or of a folder of .npy files.
pub(super) fn arrays(argument: &str) -> anyhow::Result<Vec<Array>> {
    let path = Path::new(argument);
    if argument != STANDARD_INPUT && path.is_dir() {
        let files = file::folder(path, ".npy", FORMAT.a_noun)?;
        if files.is_empty() {
            bail!(
                "{}: there is no .npy file in this folder\n  help: numpy.save(\"dW1.npy\", dW1) writes one",
                harmless(argument)
            );
        }
        let mut all = Vec::new();
        for (stem, bytes) in files {
            all.extend(reading::read(&bytes, &stem)?);
        }
        return Ok(all);
    }
    let bytes = file::bytes(argument, &FORMAT)?;
    Ok(reading::read(&bytes, file::label(argument))?)
}

fn asked(args: &ProgramArgs) -> anyhow::Result<Wanted> {
    let pair = |text: &String| match text.split_once('=') {
        Some((ours, theirs)) if !ours.is_empty() && !theirs.is_empty() => {
            Ok((ours.trim().to_owned(), theirs.trim().to_owned()))
        }
        _ => bail!(
            "--map {}: write it as dW1=NAME, with the file's name of the array",
            harmless(text)
        ),
    };
    Ok(Wanted {
        map: args.map.iter().map(pair).collect::<anyhow::Result<_>>()?,
        after: args.after,
        layout: args.layout.map(layout),
    })
}

/// How weights lie.
pub(super) const fn layout(layout: WeightLayout) -> Orientation {
    match layout {
        WeightLayout::InOut => Orientation::InOut,
        WeightLayout::OutIn => Orientation::OutIn,
    }
}
