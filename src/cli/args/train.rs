//! Arguments of `train`.

use clap::{Args, ValueEnum};

use super::{DigitsArgs, LookArgs, Output, PageFormat};

/// Train: many steps of gradient descent, and how the loss falls.
///
/// Full gradient descent over the samples of the scenario, unless --batch-size
/// asks for smaller steps; 1 is online gradient descent. Ctrl-C ends it after the
/// current epoch and shows what was reached. Exit code 1 where the descent
/// diverges.
#[derive(Args, Debug)]
pub struct Train {
    /// A scenario file, the name of one that comes with the program (see
    /// `list`), or - for standard input.
    pub scenario: String,
    /// Passes over the samples; with --until, at most so many [default: 1000,
    /// with --until 1000000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub epochs: Option<u64>,
    /// Samples of one update [default: all of them]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub batch_size: Option<u32>,
    /// The learning rate, in place of the scenario's.
    #[arg(long, allow_negative_numbers = true, value_name = "α")]
    pub rate: Option<f64>,
    /// Stop as soon as the empirical risk after an epoch is below this.
    #[arg(long, allow_negative_numbers = true, value_name = "LOSS")]
    pub until: Option<f64>,
    /// Take the samples in another order in each epoch.
    #[arg(long)]
    pub shuffle: bool,
    /// What the orders are made from: the same seed gives the same orders, and
    /// so the same weights to the last bit.
    #[arg(long, value_name = "S", default_value_t = 1, requires = "shuffle")]
    pub seed: u64,
    /// Print the full lesson of these updates, with the weights as they are
    /// before them; the first is 1.
    #[arg(long, value_name = "UPDATES", value_delimiter = ',', value_parser = clap::value_parser!(u64).range(1..))]
    pub trace: Vec<u64>,
    /// Save the scenario with the trained weights, for `run` and `train`.
    #[arg(long, value_name = "FILE")]
    pub save: Option<String>,
    /// Train on the lines of a CSV file in place of the scenario's samples: a
    /// header, then inputs and targets; - for standard input.
    #[arg(long, value_name = "FILE")]
    pub data: Option<String>,
    /// Keep so many samples out of the training, evenly spread, and try the
    /// network on them.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub hold_out: Option<u32>,
    /// The numbers to train in: f32 is faster for large networks.
    #[arg(long, value_enum, default_value_t = PrecisionArg::F64)]
    pub precision: PrecisionArg,
    /// Threads to work with; the result does not depend on it [default: as many
    /// as help]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// How numbers are rounded to be shown.
    #[command(flatten)]
    pub digits: DigitsArgs,
    /// Show tables in full, however long.
    #[arg(long)]
    pub all: bool,
    /// What to print.
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    pub format: PageFormat,
    /// Where it goes.
    #[command(flatten)]
    pub output: Output,
    /// How the text looks.
    #[command(flatten)]
    pub look: LookArgs,
}

/// The numbers to train in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PrecisionArg {
    /// 32 bits, about 7 digits.
    F32,
    /// 64 bits, about 16 digits.
    F64,
}
