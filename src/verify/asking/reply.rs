//! What is asked, and what a typed line leads to.

use crate::lesson::Section;
use crate::name::Name;
use crate::verify::report::ReportLine;
use crate::verify::sheet::NumberProblem;

/// What is asked now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedQuestion {
    /// The section of the lesson.
    pub section: Section,
    /// The quantity.
    pub name: Name,
    /// Its place among all questions, from 1.
    pub number: usize,
    /// All questions.
    pub of: usize,
    /// What was answered before.
    pub earlier: Option<String>,
}

/// A question that is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenQuestion {
    /// The section of the lesson.
    pub section: Section,
    /// Its place among all questions, from 1.
    pub number: usize,
    /// The quantity.
    pub name: Name,
}

/// What a typed line leads to.
#[derive(Clone, Debug)]
pub enum Reply<'a> {
    /// An answer is taken, and judged so.
    Judged(Box<ReportLine<'a>>),
    /// An answer to another line than the one asked is taken, and judged so.
    Elsewhere(Box<ReportLine<'a>>),
    /// A hint of this level, from 1 to [`MOST`](crate::verify::Help::MOST), for a line with these
    /// operands.
    Hint(u8, Box<ReportLine<'a>>),
    /// The next hint would give away these lines, which are open.
    HintWaits(Vec<OpenQuestion>),
    /// The line is no number; the question stands.
    NotANumber(NumberProblem),
    /// Neither a number nor a command; the question stands.
    Unknown,
    /// A name that the network does not have, and the nearest that it has.
    NoSuchName {
        /// What was typed, harmless and brief.
        typed: String,
        /// A known name.
        nearest: Option<String>,
    },
    /// There are only so many questions.
    NoSuchNumber(usize),
    /// A quantity that is given.
    Given(Name),
    /// A quantity that is not asked for.
    NotAsked(Name),
    /// What is open.
    List(Vec<OpenQuestion>),
    /// The task is to be shown.
    Task,
    /// The commands are to be shown.
    Commands,
    /// The question was left open.
    Skipped,
    /// The question before is asked again.
    Back,
    /// There is no question before this one.
    AtFirst,
    /// Another question is asked.
    Went,
    /// The earlier answer stands.
    Kept,
    /// Nothing was typed.
    Nothing,
    /// The student stops here.
    Stopped,
}

impl Reply<'_> {
    /// Whether the sheet has changed.
    pub const fn changes_sheet(&self) -> bool {
        matches!(self, Self::Judged(_) | Self::Elsewhere(_) | Self::Hint(..))
    }
}
