//! The program: parse, run, print one error, exit code.

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use backprop_tutor::cli::{self, args::Cli};
use clap::Parser;

/// That of musl takes two fifths of the instructions of `run xor`.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

/// Usage, input or output error.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    let done = match Cli::try_parse() {
        Ok(cli) => cli::run(&cli),
        Err(told) if is_alone(&told) && cli::start::is_possible() => cli::start::run(),
        Err(told) => tell(&told),
    };
    done.unwrap_or_else(|error| {
        if is_closed_pipe(&error) {
            return ExitCode::SUCCESS;
        }
        report(&error);
        ExitCode::from(FAILED)
    })
}

/// Whether the program was started without a word.
fn is_alone(told: &clap::Error) -> bool {
    told.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        && std::env::args_os().len() == 1
}

/// Prints help, the version, or what is wrong with the arguments.
fn tell(told: &clap::Error) -> anyhow::Result<ExitCode> {
    if told.use_stderr() {
        // Where nobody can be told, the exit code tells.
        let _ = told.print();
        return Ok(ExitCode::from(FAILED));
    }
    told.print()?;
    std::io::stdout().flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Whether whoever was reading has seen enough.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == ErrorKind::BrokenPipe)
    })
}

/// The one place where errors are printed. A standard error that takes nothing
/// is no second error.
fn report(error: &anyhow::Error) {
    let _ = writeln!(std::io::stderr(), "error: {error:#}");
}
