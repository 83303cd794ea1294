//! The command line. Nothing of the crate is used here.

pub mod class;
pub mod program;
pub mod run;
pub mod sheet;
pub mod train;

use clap::{Args, Parser, Subcommand, ValueEnum};
pub use program::{Import, ProgramArgs, Reduced, Snippet, SnippetLibrary, WeightLayout};
pub use run::{PaceArg, Repeated, RunArgs};
pub use sheet::{SheetArgs, SheetFormat};
pub use train::{PrecisionArg, Train};

/// A tutor for hand-computed backpropagation: prints every chain-rule step,
/// rounded as in the lecture.
#[derive(Debug, Parser)]
#[command(name = "backprop-tutor", version, about, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands, as `--help` lists them.
// The arguments of a command are made only where it is the one asked for; what
// its own `--help` says is therefore written on them again.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub enum Command {
    /// Work an exercise: forward pass, backward pass, update.
    Run(RunArgs),
    /// Prove every gradient: compare it with a central difference of the loss.
    Check(CheckArgs),
    /// Print an answer sheet to fill in, for `run --verify`.
    Sheet(SheetArgs),
    /// Train: many steps of gradient descent, and how the loss falls.
    Train(Train),
    /// Draw the network as SVG or TikZ, a chain or a term of it lit.
    Figure(FigureArgs),
    /// Mark the sheets of a class: who got how far, and what went wrong.
    Mark(class::Mark),
    /// Make a new exercise, or one for each student.
    New(class::New),
    /// Say what an exercise cannot tell apart: slips, roundings, dead units.
    Lint(class::LintArgs),
    /// Write questions for a question bank: Moodle, R/exams.
    ExportQuestions(class::ExportQuestions),
    /// Write the package of an autograder: Gradescope, PrairieLearn.
    Autograder(class::Autograder),
    /// Write a scenario with the weights of a file.
    Import(Import),
    /// Print a program for NumPy, PyTorch or JAX that works a scenario.
    Snippet(Snippet),
    /// List the scenarios that come with the program.
    List(List),
}

/// What an answer is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Credit {
    /// As much as a right one with all digits.
    Full,
    /// Half of it.
    Half,
    /// Nothing.
    None,
}

/// Prove every gradient: compare it with a central difference of the loss.
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// A scenario file, the name of one that comes with the program (see
    /// `list`), or - for standard input. With --model and --data there need be none.
    #[arg(required_unless_present_all = ["model", "data"])]
    pub scenario: Option<String>,
    /// Make this slip on the way, to see how it looks here. For example
    /// NO-SLOPE-OUT, RESIDUAL-SIGN, NO-BIAS.
    #[arg(long, value_name = "SLIP")]
    pub inject: Option<String>,
    /// A program's own arrays to check: gradients, updated parameters, whatever it
    /// has kept. A file of .npz, .npy, safetensors or JSON, printed arrays as
    /// text, a folder of .npy, or - for standard input. Exit code 1 where one is
    /// wrong.
    #[arg(long, value_name = "FILE", conflicts_with = "inject")]
    pub gradients: Option<String>,
    /// What arrays of --gradients are, where their names do not say it.
    #[command(flatten)]
    pub program: ProgramArgs,
    /// Take the loss of one sample, where the scenario has several; the first is
    /// 1. Otherwise it is taken over all of them.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub sample: Option<u32>,
    /// How numbers are rounded to be shown.
    #[command(flatten)]
    pub digits: DigitsArgs,
    /// Show every gradient, however many.
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

/// Draw the network as SVG or TikZ, a chain or a term of it lit.
#[derive(Args, Debug)]
pub struct FigureArgs {
    /// A scenario file, the name of one that comes with the program (see
    /// `list`), or - for standard input.
    pub scenario: String,
    /// Light the chain of a gradient or error signal, or what a value of the
    /// forward pass is computed from. For example dL/dW11, f_in.
    #[arg(long, value_name = "NAME")]
    pub highlight: Option<String>,
    /// Light this term of the chain as the one that is worked on; the first is
    /// 1. Those before it are known by then.
    #[arg(long, value_name = "K", requires = "highlight", value_parser = clap::value_parser!(u32).range(1..))]
    pub term: Option<u32>,
    /// Line weights and dashes instead of colours, for print in black and white.
    #[arg(long)]
    pub mono: bool,
    /// Ignore numbers that the scenario carries on as printed by its source.
    #[arg(long)]
    pub exact: bool,
    /// Which sample to work, where the scenario has several; the first is 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub sample: Option<u32>,
    /// How numbers are rounded to be shown.
    #[command(flatten)]
    pub digits: DigitsArgs,
    /// What to write.
    #[arg(long, value_enum, default_value_t = FigureFormat::Svg)]
    pub format: FigureFormat,
    /// Where it goes.
    #[command(flatten)]
    pub output: Output,
}

/// How a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FigureFormat {
    /// For web pages and everything that shows pictures.
    Svg,
    /// For LaTeX: compiles alone, or is \input by a document.
    Tikz,
}

/// Where output goes.
#[derive(Args, Clone, Debug)]
pub struct Output {
    /// Write to this file instead of standard output. It is replaced as a whole,
    /// or not at all.
    #[arg(long, value_name = "FILE")]
    pub output: Option<String>,
}

/// List the scenarios that come with the program.
#[derive(Args, Debug)]
pub struct List {
    /// How the text looks.
    #[command(flatten)]
    pub look: LookArgs,
}

/// What is asked of a student, and what it is worth.
#[derive(Args, Clone, Debug)]
pub struct AskedArgs {
    /// Ask for these quantities only, in place of what the scenario says: a section
    /// (forward, loss, backward, update, after), a name, or a pattern such as
    /// "dL/dW*". May be given several times.
    #[arg(long, value_name = "WHAT")]
    pub asks: Vec<String>,
    /// What a line is worth, where not 1: "dL/d*=2" or loss=0.5. A name counts
    /// before a pattern, a pattern before a section. May be given several times.
    #[arg(long, value_name = "WHAT=POINTS", allow_hyphen_values = true)]
    pub points: Vec<String>,
}

/// How numbers are rounded to be shown.
#[derive(Args, Clone, Copy, Debug)]
pub struct DigitsArgs {
    /// Decimals that numbers are shown with, asked for, and rounded to by hand.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=15))]
    pub digits: Option<u8>,
    /// Significant digits in place of decimals: 0.0171 has three.
    #[arg(long, value_name = "N", conflicts_with = "digits", value_parser = clap::value_parser!(u8).range(1..=15))]
    pub significant: Option<u8>,
}

/// How text looks.
#[derive(Args, Clone, Copy, Debug)]
pub struct LookArgs {
    /// Whether to use colours.
    #[arg(long, value_enum, default_value_t = When::Auto, value_name = "WHEN")]
    pub color: When,
    /// The ground that colours are chosen for; auto asks the terminal.
    #[arg(long, value_enum, default_value_t = GroundArg::Auto, value_name = "GROUND")]
    pub theme: GroundArg,
    /// Use ASCII characters only.
    #[arg(long)]
    pub ascii: bool,
}

/// What to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    /// Text with tables.
    Text,
    /// JSON, with every quantity at full precision.
    Json,
    /// A web page in one file, which walks through the lesson step by step.
    Html,
    /// An article for pdflatex or lualatex.
    Latex,
    /// Slides for LaTeX: a frame for each step.
    Beamer,
    /// Markdown with formulas, for GitHub, Quarto, Jupyter and pandoc.
    Markdown,
}

impl PageFormat {
    /// What it is called on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Html => "html",
            Self::Latex => "latex",
            Self::Beamer => "beamer",
            Self::Markdown => "markdown",
        }
    }
}

/// What colours stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GroundArg {
    /// Dark colours where the terminal says that it is light.
    Auto,
    /// Light text on a dark ground.
    Dark,
    /// Dark text on a light ground.
    Light,
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
