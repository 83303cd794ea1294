//! The command line. Nothing of the crate is used here.

use clap::{Args, Parser, Subcommand, ValueEnum};

/// A tutor for hand-computed backpropagation: prints every chain-rule step,
/// rounded as in the lecture.
#[derive(Debug, Parser)]
#[command(name = "backprop-tutor", version, about, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Work an exercise: forward pass, backward pass, update.
    Run(Run),
    /// List the scenarios that come with the program.
    List(List),
}

/// `run`
#[derive(Args, Debug)]
pub struct Run {
    /// A scenario file, the name of one that comes with the program (see
    /// `list`), or - for standard input.
    pub scenario: String,
    /// Apply the update, and run the forward pass again.
    #[arg(long)]
    pub apply: bool,
    /// Ignore numbers that the scenario carries on as printed by its source.
    #[arg(long)]
    pub exact: bool,
    /// Round every intermediate and carry it on rounded, as with pen and paper.
    #[arg(long)]
    pub by_hand: bool,
    /// Decimals to show (and to round to with --by-hand).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=15))]
    pub digits: Option<u8>,
    /// Show one quantity; a weight or bias is walked in full. For example W21,
    /// dL/du1, f_out.
    #[arg(long, value_name = "NAME")]
    pub only: Option<String>,
    /// Walk every weight in full, not only the first of each layer.
    #[arg(long, conflicts_with = "only")]
    pub all_terms: bool,
    /// Show tables in full, however long.
    #[arg(long)]
    pub all: bool,
    /// Which sample to work, where the scenario has several; the first is 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub sample: Option<u32>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// How the text looks.
    #[command(flatten)]
    pub look: Look,
}

/// `list`
#[derive(Args, Debug)]
pub struct List {
    /// How the text looks.
    #[command(flatten)]
    pub look: Look,
}

/// How text looks.
#[derive(Args, Clone, Copy, Debug)]
pub struct Look {
    /// Whether to use colours.
    #[arg(long, value_enum, default_value_t = When::Auto, value_name = "WHEN")]
    pub color: When,
    /// Use ASCII characters only.
    #[arg(long)]
    pub ascii: bool,
}

/// What to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text with tables.
    Text,
    /// JSON, with every quantity at full precision.
    Json,
}

/// When to do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}
