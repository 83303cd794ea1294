//! Arguments of `sheet`.

use clap::{Args, ValueEnum};

use super::{AskedArgs, DigitsArgs, Output};

/// Print an answer sheet to fill in, for `run --verify`.
///
/// It asks for everything that the lecture computes: neurons, loss, factors,
/// gradients, the update and the forward pass after it. What the exercise gives
/// is not asked, nor are derivatives by the inputs, such as dL/dx1.
#[derive(Args, Debug)]
pub struct SheetArgs {
    /// A scenario file, the name of one that comes with the program (see
    /// `list`), or - for standard input.
    pub scenario: String,
    /// Fill in the right answers, rounded. They are the exact ones: nothing
    /// that the scenario carries on as printed by its source is in them.
    #[arg(long)]
    pub filled: bool,
    /// Ask for the update and the forward pass after it. So does every sheet of
    /// a scenario with a learning rate.
    #[arg(long)]
    pub apply: bool,
    /// Do not ask for the update and what comes after it.
    #[arg(long, conflicts_with = "apply")]
    pub no_apply: bool,
    /// How numbers are rounded to be shown.
    #[command(flatten)]
    pub digits: DigitsArgs,
    /// Which sample to work, where the scenario has several; the first is 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub sample: Option<u32>,
    /// Ask for all samples at once: each one's loss and gradients, what they make
    /// together (R, dR/dW11), and the full gradient step.
    #[arg(long, conflicts_with = "sample")]
    pub batch: bool,
    /// Ask for this quantity only; a weight or bias brings its chain along. May
    /// be given several times.
    #[arg(long, value_name = "NAME")]
    pub only: Vec<String>,
    /// Write every line of a web page, a hand-out or Markdown, however many. The
    /// other formats always have them all.
    #[arg(long)]
    pub all: bool,
    /// What is asked, and what it is worth.
    #[command(flatten)]
    pub asked: AskedArgs,
    /// How the sheet is written. `run --verify` reads text, JSON, CSV and Markdown,
    /// and what the web page saves.
    #[arg(long, value_enum, default_value_t = SheetFormat::Text)]
    pub format: SheetFormat,
    /// Where it goes.
    #[command(flatten)]
    pub output: Output,
}

/// How a sheet is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SheetFormat {
    /// Lines such as `z1_in = -0.53`.
    Text,
    /// One JSON object.
    Json,
    /// A row for each line, its name and its answer.
    Csv,
    /// A web page to fill in, which saves the answers as JSON.
    Html,
    /// For paper: compiles with pdflatex or lualatex.
    Latex,
    /// Markdown with formulas and tables.
    Markdown,
}
