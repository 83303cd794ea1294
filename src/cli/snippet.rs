//! `snippet`: a program that works a scenario.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::bail;

use super::args::{Snippet, SnippetLibrary};
use crate::program::{Library, snippet};
use crate::scenario;

pub(super) fn run(args: &Snippet) -> anyhow::Result<ExitCode> {
    let scenario = scenario::load(&args.scenario)?;
    let library = match args.library {
        SnippetLibrary::Numpy => Library::Numpy,
        SnippetLibrary::Pytorch => Library::Torch,
        SnippetLibrary::Jax => Library::Jax,
    };
    let text = snippet(
        library,
        &scenario.title,
        &scenario.network,
        &scenario.samples,
        scenario.reduction,
        scenario.learning_rate,
    );
    let Some(text) = text else {
        bail!("this network has an activation or a loss that is not known here");
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
