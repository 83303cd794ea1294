//! `autograder`: everything that a grader needs, in a folder to be zipped or put
//! into a course.

mod gradescope;
mod prairielearn;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;

use super::args::class::{Autograder, Grader};
use crate::scenario::{self, Scenario, embedded};
use crate::source::draft;
use crate::source::file;

/// What goes into a package.
struct Package<'p> {
    scenario: &'p Scenario,
    /// Its file.
    text: Vec<u8>,
    /// This program.
    program: Vec<u8>,
    folder: PathBuf,
}

pub(super) fn run(args: &Autograder) -> anyhow::Result<ExitCode> {
    let scenario = scenario::load(&args.scenario)?;
    let text = match embedded::named(&args.scenario) {
        Some(embedded) => embedded.text.as_bytes().to_vec(),
        None => file::bytes_at(Path::new(&args.scenario), "a scenario")?,
    };
    let program = match &args.binary {
        Some(path) => Path::new(path).to_path_buf(),
        None => std::env::current_exe().context("this program does not find itself")?,
    };
    let program = file::program_at(&program)?;
    let folder = Path::new(&args.output).to_path_buf();
    let package = Package { scenario: &scenario, text, program, folder };
    match args.system {
        Grader::Gradescope => gradescope::write(&package)?,
        Grader::Prairielearn => prairielearn::write(&package)?,
    }
    if args.binary.is_none() && !cfg!(target_env = "musl") {
        use std::io::Write;
        writeln!(
            std::io::stderr().lock(),
            "note: this program needs a system about as new as the one it was built on; build it \
             with --target x86_64-unknown-linux-musl and give that with --binary to be free of this"
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

impl Package<'_> {
    fn file(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        Ok(draft::replace(&self.folder.join(name), bytes)?)
    }

    /// A file that can be run.
    fn program(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        self.file(name, bytes)?;
        Ok(draft::make_executable(&self.folder.join(name))?)
    }
}
