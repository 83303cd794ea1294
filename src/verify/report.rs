//! A marked sheet: the verdict on each line, and what else there is to say.

use compact_str::CompactString;

use super::evidence::SlipFinding;
use super::question::SheetQuestion;
use super::sheet::{Help, NumberProblem, Unread};
use crate::name::Name;

/// How a line is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineVerdict {
    /// Right to the digits given.
    Right,
    /// What the source prints, though it does not follow from its operands.
    AsPrinted,
    /// Right from the student's own earlier numbers.
    Follows,
    /// None of these.
    Wrong,
    /// Not answered.
    Missing,
    /// Not a number.
    Unreadable,
}

impl LineVerdict {
    /// Its name in reports that programs read.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::AsPrinted => "as_printed",
            Self::Follows => "follows",
            Self::Wrong => "wrong",
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
        }
    }

    /// Whether nothing is held against the line.
    pub const fn counts(self) -> bool {
        match self {
            Self::Right | Self::AsPrinted | Self::Follows => true,
            Self::Wrong | Self::Missing | Self::Unreadable => false,
        }
    }
}

/// Something to tell about a line besides its verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Cut off instead of rounded.
    CutOff,
    /// The last digit comes out if results inside the line are rounded too.
    RoundedInside,
    /// Written with fewer digits than asked.
    FewDigits,
    /// So few digits that they do not tell the answer from nothing done; earns
    /// nothing.
    TellsNothing,
    /// Not a number: the line of the sheet it stands on, and why.
    Unreadable(usize, NumberProblem),
    /// Of a line with its working, the number behind the last equal sign counts.
    Working,
    /// The number was computed from what is written.
    Computed,
    /// Made trivial by an operand that the student has as 0 or 1; earns nothing.
    Trivial(Name),
    /// Near something by chance, as single numbers are that are strewn over a
    /// sheet; earns nothing.
    ByChance,
    /// The slip of an earlier line again, which is held against that one only.
    SameSlip(Name),
    /// An error signal with the opposite sign, by a convention that the sheet
    /// keeps to.
    MinusConvention,
    /// Answered with help, which costs credit.
    Helped(Help),
    /// Not asked for; shown, not counted.
    NotAsked,
    /// Only repeats a number that is given or known, so nothing is to be earned.
    Repeats,
}

impl Remark {
    /// Its stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CutOff => "CUT-OFF",
            Self::RoundedInside => "ROUNDED-INSIDE",
            Self::FewDigits => "FEW-DIGITS",
            Self::TellsNothing => "TELLS-NOTHING",
            Self::Unreadable(..) => "UNREADABLE",
            Self::Working => "WORKING",
            Self::Computed => "COMPUTED",
            Self::Trivial(_) => "TRIVIAL",
            Self::ByChance => "BY-CHANCE",
            Self::SameSlip(_) => "SAME-SLIP",
            Self::MinusConvention => "MINUS-CONVENTION",
            Self::Helped(_) => "HELPED",
            Self::NotAsked => "NOT-ASKED",
            Self::Repeats => "REPEATS",
        }
    }
}

/// One line of the report.
#[derive(Clone, Debug)]
pub struct ReportLine {
    /// The quantity.
    pub name: Name,
    /// What was written, if anything.
    pub written: Option<CompactString>,
    /// The number that was written, if it is one.
    pub value: Option<f64>,
    /// How it is judged.
    pub verdict: LineVerdict,
    /// The true value.
    pub expected: f64,
    /// The value from the student's own earlier numbers, where these are not
    /// right: never an echo of what was written.
    pub from_yours: Option<f64>,
    /// Slips that give the written number; several are equally likely.
    pub slips: Vec<SlipFinding>,
    /// What the line can earn.
    pub points: f64,
    /// What it earns.
    pub credit: f64,
    /// What else there is to say.
    pub remarks: Vec<Remark>,
    /// Of a wrong line, and of one marked alone: the quantities that its formula
    /// and those of its slips use, as the student has them. Where it went wrong
    /// in a line behind it that was not handed in, also the operands of that
    /// one, and what it should be.
    pub operands: Vec<(Name, f64)>,
}

/// A marked sheet.
#[derive(Clone, Debug)]
pub struct Report {
    /// Who wrote it.
    pub student: Option<String>,
    /// Every line that was asked or answered, in the lesson's order.
    pub lines: Vec<ReportLine>,
    /// The lines of the sheet that are no answers.
    pub unread: Vec<Unread>,
    /// What to ask about the sheet as a whole.
    pub questions: Vec<SheetQuestion>,
}

impl Report {
    /// What all lines earned.
    pub fn score(&self) -> f64 {
        self.lines.iter().map(|line| line.credit).sum()
    }

    /// What they could have earned. It does not depend on what was answered.
    pub fn max_score(&self) -> f64 {
        self.lines.iter().map(|line| line.points).sum()
    }

    /// The first line that is wrong of itself.
    pub fn first_wrong(&self) -> Option<&ReportLine> {
        self.lines.iter().find(|line| line.verdict == LineVerdict::Wrong)
    }

    /// Whether every line that is asked is there and right.
    pub fn is_all_right(&self) -> bool {
        self.lines
            .iter()
            .all(|line| matches!(line.verdict, LineVerdict::Right | LineVerdict::AsPrinted))
    }

    /// How many lines have a verdict.
    pub fn count(&self, verdict: LineVerdict) -> usize {
        self.lines.iter().filter(|line| line.verdict == verdict).count()
    }
}
