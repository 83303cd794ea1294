//! The arguments of `run`.

use clap::{Args, ValueEnum};

use super::{AskedArgs, Credit, DigitsArgs, LookArgs, Output, PageFormat};

/// Headings of `--help`, one for each thing that is done with an exercise.
const LESSON: &str = "The lesson";
const ANSWERS: &str = "Answers";
const CLASS: &str = "In class";
const OUTPUT: &str = "Output";

const EXAMPLES: &str = "\
Examples:
  backprop-tutor run xor                      the lecture's exercise, on a page
  backprop-tutor run xor --only W11           the whole chain of one weight
  backprop-tutor run xor --apply --step       in class, one step at a time
  backprop-tutor run xor --verify             asks for every number, and says what went wrong
  backprop-tutor run mine.json --format html --output lesson.html";

/// Work an exercise: forward pass, backward pass, update.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct RunArgs {
    /// A scenario file, the name of one that comes with the program (see
    /// `list`), or - for standard input.
    pub scenario: String,
    /// Apply the update, and run the forward pass again.
    #[arg(long, help_heading = LESSON)]
    pub apply: bool,
    /// Ignore numbers that the scenario carries on as printed by its source.
    #[arg(long, help_heading = LESSON)]
    pub exact: bool,
    /// Round every intermediate and carry it on rounded, as with pen and paper.
    #[arg(long, help_heading = LESSON)]
    pub by_hand: bool,
    /// How numbers are rounded to be shown.
    #[command(flatten, next_help_heading = LESSON)]
    pub digits: DigitsArgs,
    /// Show one quantity; a weight or bias is walked in full. For example W21,
    /// dL/du1, f_out.
    #[arg(long, value_name = "NAME", help_heading = LESSON)]
    pub only: Option<String>,
    /// Walk every weight in full, not only the first of each layer.
    #[arg(long, conflicts_with = "only", help_heading = LESSON)]
    pub all_terms: bool,
    /// Leave out the ideas that the lecture tells beside its numbers.
    #[arg(long, help_heading = LESSON)]
    pub no_theory: bool,
    /// Show tables in full, however long.
    #[arg(long, help_heading = LESSON)]
    pub all: bool,
    /// Which sample to work, where the scenario has several; the first is 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help_heading = LESSON)]
    pub sample: Option<u32>,
    /// Work all samples of the scenario at once: each one's gradients, their mean
    /// (or sum, as the scenario has it), and with --apply the full gradient step.
    /// Their quantities are R, dR/dW11, and of sample 2 L@2, dL@2/dW11.
    #[arg(long, conflicts_with_all = ["sample", "all_terms", "exact", "step"], help_heading = LESSON)]
    pub batch: bool,
    /// Check the answers of a file (see `sheet`; - for standard input) and say
    /// what went wrong first; without a file, ask for them one by one. Exit code
    /// 1 where one is wrong or missing.
    #[arg(long, value_name = "ANSWERS", num_args = 0..=1, conflicts_with_all = ["by_hand", "all_terms"], help_heading = ANSWERS)]
    pub verify: Option<Option<String>>,
    /// Where --verify keeps the answers it asks for; the same file goes on.
    #[arg(long, value_name = "FILE", requires = "verify", help_heading = ANSWERS)]
    pub save: Option<String>,
    /// Forget the answers that --verify has kept of this exercise.
    #[arg(long, requires = "verify", help_heading = ANSWERS)]
    pub restart: bool,
    /// What an answer is worth that follows from an earlier slip.
    #[arg(long, value_enum, default_value_t = Credit::Full, value_name = "CREDIT", requires = "verify", help_heading = ANSWERS)]
    pub follow_through: Credit,
    /// What a right answer is worth that has fewer digits than asked.
    #[arg(long, value_enum, default_value_t = Credit::Half, value_name = "CREDIT", requires = "verify", help_heading = ANSWERS)]
    pub few_digits: Credit,
    /// What the same slip in several lines costs: its first line, or each.
    #[arg(long, value_enum, default_value_t = Repeated::Once, value_name = "COST", requires = "verify", help_heading = ANSWERS)]
    pub same_slip: Repeated,
    /// What is asked, and what it is worth.
    #[command(flatten, next_help_heading = ANSWERS)]
    pub asked: AskedArgs,
    /// Walk through the lesson one step at a time, full screen, as in class; ?
    /// shows the keys. Without a terminal the steps are printed.
    #[arg(long, conflicts_with_all = ["verify", "format", "all"], help_heading = CLASS)]
    pub step: bool,
    /// Hide each value until somebody types a guess or presses Space.
    #[arg(long, requires = "step", help_heading = CLASS)]
    pub ask: bool,
    /// Start the walk at a quantity. For example dL/dW11, f_out.
    #[arg(long, value_name = "NAME", requires = "step", help_heading = CLASS)]
    pub from: Option<String>,
    /// Go on where the walk was left last time.
    #[arg(long, requires = "step", conflicts_with = "from", help_heading = CLASS)]
    pub resume: bool,
    /// Record the walk as an asciicast, with a marker for each step, to be put on
    /// a page. Without a terminal the walk goes by itself, and only the file is
    /// written.
    #[arg(long, value_name = "FILE", requires = "step", help_heading = CLASS)]
    pub record: Option<String>,
    /// Where the updates stand.
    #[arg(long, value_enum, default_value_t = PaceArg::Lecture, value_name = "PACE", requires = "step", help_heading = CLASS)]
    pub pace: PaceArg,
    /// What to print.
    #[arg(long, value_enum, default_value_t = PageFormat::Text, help_heading = OUTPUT)]
    pub format: PageFormat,
    /// Where it goes.
    #[command(flatten, next_help_heading = OUTPUT)]
    pub output: Output,
    /// How the text looks.
    #[command(flatten, next_help_heading = OUTPUT)]
    pub look: LookArgs,
}

/// Where the updates stand in a walk with --apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PaceArg {
    /// Each beside its gradient, as on the slides.
    Lecture,
    /// All of them after the backward pass, as on the page.
    Sections,
}

/// What the same slip in several lines costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Repeated {
    /// One line.
    Once,
    /// Each line.
    Each,
}
