//! From arguments to output: one file per command.

pub mod args;
mod asked;
mod asking;
mod autograder;
mod batch;
mod check;
mod exercise;
mod export_questions;
mod figure;
mod film;
mod fingerprint;
mod import;
mod lint;
mod list;
mod mark;
mod new;
mod output;
mod page;
mod place;
mod program;
mod progress;
mod question;
mod rows;
mod run;
mod screen;
mod sheet;
mod snippet;
pub mod start;
mod state_folder;
mod step;
mod template;
mod terminal_modes;
mod train;
mod verify;

use std::process::ExitCode;

use args::{Cli, Command};

/// Runs a command.
///
/// # Errors
/// Anything that keeps it from its output; the caller prints it once.
pub fn run(cli: &Cli) -> anyhow::Result<ExitCode> {
    match &cli.command {
        Command::Run(run) => run::run(run),
        Command::Check(check) => check::run(check),
        Command::Sheet(sheet) => sheet::run(sheet),
        Command::Train(train) => train::run(train),
        Command::Figure(figure) => figure::run(figure),
        Command::Mark(mark) => mark::run(mark),
        Command::New(new) => new::run(new),
        Command::Lint(lint) => lint::run(lint),
        Command::ExportQuestions(questions) => export_questions::run(questions),
        Command::Autograder(autograder) => autograder::run(autograder),
        Command::Import(import) => import::run(import),
        Command::Snippet(snippet) => snippet::run(snippet),
        Command::List(list) => list::run(list),
    }
}
