//! The program: parse, run, print one error, exit code.

use std::io::ErrorKind;
use std::process::ExitCode;

use backprop_tutor::cli::{self, args::Cli};
use clap::Parser;

/// Usage, input or output error.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    cli::run(&Cli::parse()).unwrap_or_else(|error| {
        if is_closed_pipe(&error) {
            return ExitCode::SUCCESS;
        }
        report(&error);
        ExitCode::from(FAILED)
    })
}

/// Whether whoever was reading has seen enough.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == ErrorKind::BrokenPipe)
    })
}

#[expect(clippy::print_stderr, reason = "the one place where errors are printed")]
fn report(error: &anyhow::Error) {
    eprintln!("error: {error:#}");
}
