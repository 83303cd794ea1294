//! The arguments of the commands for a class. Nothing of the crate is used here.

use clap::{Args, ValueEnum};

use super::{AskedArgs, Credit, DigitsArgs, LookArgs, PageFormat, Repeated};

/// Mark the sheets of a class: who got how far, and what went wrong.
///
/// Exit code 0 once all sheets were gone through: wrong answers, and sheets that
/// cannot be read, are results.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  backprop-tutor mark xor sheets/
  backprop-tutor mark xor answers.csv --format csv --output marks.csv
  backprop-tutor mark --scenarios exercises/ sheets/
  backprop-tutor mark xor - --format jsonl < sheets.jsonl")]
pub struct Mark {
    /// The scenario, and then the sheets: files, folders, a CSV or TSV file with a
    /// row per student, - or a .jsonl file with a JSON object per line. With
    /// --scenarios the scenario may be left out.
    #[arg(required = true, value_name = "SCENARIO SHEET", num_args = 1..)]
    pub paths: Vec<String>,
    /// A folder with a scenario for each student, ID.json, as `new` writes it.
    /// Without a scenario of their own students are marked by SCENARIO, if it is
    /// given.
    #[arg(long, value_name = "DIR")]
    pub scenarios: Option<String>,
    /// What is written.
    #[arg(long, value_enum, default_value_t = Marks::Text)]
    pub format: Marks,
    /// Put every line of every report into the JSON.
    #[arg(long)]
    pub lines: bool,
    /// Write to this file, as a whole or not at all.
    #[arg(long, value_name = "FILE")]
    pub output: Option<String>,
    /// The order of the students in text, csv and json [default: as they come]
    #[arg(long, value_enum, value_name = "BY")]
    pub sort: Option<Sort>,
    /// Leave out whose sheets they are: students are numbered as they come.
    #[arg(long)]
    pub anonymous: bool,
    /// Which sample was worked, where the scenario has several; the first is 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub sample: Option<u32>,
    /// Do not accept what the source prints where that is not right.
    #[arg(long)]
    pub exact: bool,
    /// Decisions by hand: a table with the columns student, line, credit, why.
    #[arg(long, value_name = "FILE")]
    pub overrides: Option<String>,
    /// Write a page for each student into this folder.
    #[arg(long, value_name = "DIR")]
    pub feedback: Option<String>,
    /// How these pages are written.
    #[arg(long, value_enum, default_value_t = FeedbackFormat::Text, requires = "feedback", value_name = "FORMAT")]
    pub feedback_format: FeedbackFormat,
    /// The grade book that Moodle or Canvas has exported, to be filled in.
    #[arg(long, value_name = "FILE")]
    pub gradebook: Option<String>,
    /// The title of the column of the grade book that takes the grades.
    #[arg(long, value_name = "TITLE", requires = "gradebook")]
    pub column: Option<String>,
    /// Threads to work with; the result does not depend on it [default: one per
    /// core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// How credit is given.
    #[command(flatten)]
    pub credits: Credits,
    /// The digits asked for.
    #[command(flatten)]
    pub digits: DigitsArgs,
    /// What is asked, and what it is worth.
    #[command(flatten)]
    pub asked: AskedArgs,
    /// Show all students and all lines, however many.
    #[arg(long)]
    pub all: bool,
    /// How the text looks.
    #[command(flatten)]
    pub look: LookArgs,
}

/// How credit is given.
#[derive(Args, Clone, Copy, Debug)]
pub struct Credits {
    /// What an answer is worth that follows from an earlier slip.
    #[arg(long, value_enum, default_value_t = Credit::Full, value_name = "CREDIT")]
    pub follow_through: Credit,
    /// What a right answer is worth that has fewer digits than asked.
    #[arg(long, value_enum, default_value_t = Credit::Half, value_name = "CREDIT")]
    pub few_digits: Credit,
    /// What the same slip in several lines costs: its first line, or each.
    #[arg(long, value_enum, default_value_t = Repeated::Once, value_name = "COST")]
    pub same_slip: Repeated,
}

/// What `mark` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Marks {
    /// The table of students, and what their sheets say together.
    Text,
    /// One JSON object: students and statistics.
    Json,
    /// A JSON object per sheet, each on its line, as they come.
    Jsonl,
    /// A row per student.
    Csv,
    /// `results.json` of Gradescope, for one submission.
    Gradescope,
    /// `results.json` of a PrairieLearn grader, for one submission.
    Prairielearn,
    /// A grading worksheet or grade table of Moodle, filled in: --gradebook FILE.
    Moodle,
    /// A grade book of Canvas, filled in: --gradebook FILE.
    Canvas,
}

/// How pages for students are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FeedbackFormat {
    /// Plain text.
    Text,
    /// Markdown, for a course system that takes it.
    Markdown,
    /// A web page each, in one file.
    Html,
}

/// What students are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    /// Their ids.
    Id,
    /// What they earned, the least first.
    Score,
    /// The first line that is wrong, the earliest first.
    FirstWrong,
}

/// Say what an exercise cannot tell apart: slips, roundings, dead units.
///
/// Exit code 1 where something is found.
#[derive(Args, Debug)]
pub struct LintArgs {
    /// A scenario file, the name of one that comes with the program (see
    /// `list`), or - for standard input.
    pub scenario: String,
    /// Which sample is worked, where the scenario has several; the first is 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub sample: Option<u32>,
    /// The digits asked for.
    #[command(flatten)]
    pub digits: DigitsArgs,
    /// What is asked.
    #[command(flatten)]
    pub asked: AskedArgs,
    /// What to print.
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    pub format: PageFormat,
    /// How the text looks.
    #[command(flatten)]
    pub look: LookArgs,
}

/// Make a new exercise, or one for each student.
///
/// Every exercise passes `lint`, and the same seed gives the same bytes on every
/// machine.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  backprop-tutor new --layers 2-2-1 --seed 7 > mine.json
  backprop-tutor new --layers 2-3-2 --activation tanh,softmax --loss cross_entropy
  backprop-tutor new --layers 2-2-1 --students class.csv --output exercises")]
pub struct New {
    /// Inputs, and then the units of each layer.
    #[arg(long, value_name = "SHAPE")]
    pub layers: String,
    /// One for all layers, or one for each, parted by commas [default: sigmoid;
    /// softmax at the end for cross_entropy]
    #[arg(long, value_name = "NAMES")]
    pub activation: Option<String>,
    /// The loss [default: half_squared_error]
    #[arg(long, value_name = "NAME")]
    pub loss: Option<String>,
    /// The learning rate [default: one that hides nothing]
    #[arg(long, value_name = "α", allow_negative_numbers = true)]
    pub rate: Option<f64>,
    /// Layers without biases.
    #[arg(long)]
    pub no_biases: bool,
    /// The digits asked for [default: 4 decimals]
    #[command(flatten)]
    pub digits: DigitsArgs,
    /// What the numbers are like.
    #[arg(long, value_enum, default_value_t = StyleArg::Random)]
    pub style: StyleArg,
    /// What the numbers are made from.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// So many exercises, numbered.
    #[arg(long, value_name = "N", conflicts_with = "students", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub count: Option<u32>,
    /// One exercise for each student of a list: a table with a column id,
    /// username, email or name, or an id on each line.
    #[arg(long, value_name = "FILE")]
    pub students: Option<String>,
    /// The folder for the files of --count and --students: scenarios, sheets,
    /// handouts and keys.
    #[arg(long, value_name = "DIR")]
    pub output: Option<String>,
}

/// What the numbers of an exercise are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StyleArg {
    /// Inputs near 0 and 1, as in the lecture.
    Xor,
    /// Small positive weights in steps of 0.05.
    Textbook,
    /// Two decimals, of either sign.
    Random,
}

/// Write questions for a question bank: a number to enter for each line, with the
/// numbers that known slips leave and what to say to them.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  backprop-tutor export-questions xor --format moodle-cloze > xor.xml
  backprop-tutor export-questions xor --format moodle-cloze --count 20 --seed 7 --output bank.xml
  backprop-tutor export-questions xor --format r-exams --count 20 --output exercises")]
pub struct ExportQuestions {
    /// A scenario file, the name of one that comes with the program (see
    /// `list`), or - for standard input.
    pub scenario: String,
    /// What is written.
    #[arg(long, value_enum)]
    pub format: Bank,
    /// So many new exercises of the scenario's shape, in place of itself.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub count: Option<u32>,
    /// What their numbers are made from.
    #[arg(long, value_name = "S", default_value_t = 1, requires = "count")]
    pub seed: u64,
    /// Write to this file; for R/exams to this folder.
    #[arg(long, value_name = "PATH")]
    pub output: Option<String>,
    /// The digits asked for.
    #[command(flatten)]
    pub digits: DigitsArgs,
    /// What is asked, and what it is worth.
    #[command(flatten)]
    pub asked: AskedArgs,
}

/// A question bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Bank {
    /// Moodle XML, a cloze question for each exercise.
    MoodleCloze,
    /// R/exams, an R Markdown file for each exercise.
    RExams,
}

/// Write the package of an autograder: scripts, scenario and this program.
#[derive(Args, Debug)]
pub struct Autograder {
    /// The system that it is for.
    #[arg(value_enum)]
    pub system: Grader,
    /// A scenario file, or the name of one that comes with the program (see
    /// `list`).
    pub scenario: String,
    /// The folder for the package.
    #[arg(long, value_name = "DIR")]
    pub output: String,
    /// The program for the package, in place of the one that is running: a static
    /// one runs on any Linux.
    #[arg(long, value_name = "FILE")]
    pub binary: Option<String>,
}

/// A system that runs graders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Grader {
    /// Gradescope.
    Gradescope,
    /// PrairieLearn.
    Prairielearn,
}
