//! A marked sheet: the verdict on each line, and what else there is to say.

use super::evidence::Finding;
use super::sheet::{Help, Problem};
use crate::name::Name;

/// How a line is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
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

/// What a line that follows from an earlier slip is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FollowThrough {
    /// As much as a right one.
    #[default]
    Full,
    /// Half of it.
    Half,
    /// Nothing.
    None,
}

/// Something to tell about a line besides its verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Cut off instead of rounded.
    CutOff,
    /// Written with this many decimals, where more were asked.
    FewDigits(i32),
    /// Rounded until nothing but zeros was left; earns nothing.
    NothingLeft,
    /// Not a number: the line of the sheet it stands on, and why.
    Unreadable(usize, Problem),
    /// Made trivial by an operand that the student has as 0 or 1; earns nothing.
    Trivial(Name),
    /// Answered with help, which costs credit.
    Helped(Help),
}

/// One line of the report.
#[derive(Clone, Debug)]
pub struct Line {
    /// The quantity.
    pub name: Name,
    /// What was written, if anything.
    pub written: Option<String>,
    /// How it is judged.
    pub verdict: Verdict,
    /// The true value.
    pub expected: f64,
    /// The value from the student's own earlier numbers, where they differ.
    pub from_yours: Option<f64>,
    /// Slips that give the written number; several are equally likely.
    pub slips: Vec<Finding>,
    /// What the line earns, from 0 to 1.
    pub credit: f64,
    /// What else there is to say.
    pub remarks: Vec<Remark>,
    /// Of a wrong line, and of one marked alone: its operands, as the student
    /// has them. Where it went wrong in a line behind it that was not handed in,
    /// also the operands of that one, and what it should be.
    pub operands: Vec<(Name, f64)>,
}

/// A marked sheet.
#[derive(Clone, Debug)]
pub struct Report {
    /// Who wrote it.
    pub student: Option<String>,
    /// Every line that was asked or answered, in the lesson's order.
    pub lines: Vec<Line>,
}

impl Report {
    /// What all lines earned.
    pub fn score(&self) -> f64 {
        self.lines.iter().map(|line| line.credit).sum()
    }

    /// What they could have earned.
    pub const fn max_score(&self) -> usize {
        self.lines.len()
    }

    /// The first line that is wrong of itself.
    pub fn first_wrong(&self) -> Option<&Line> {
        self.lines.iter().find(|line| line.verdict == Verdict::Wrong)
    }

    /// Whether every line is there and right.
    pub fn is_all_right(&self) -> bool {
        self.lines.iter().all(|line| matches!(line.verdict, Verdict::Right | Verdict::AsPrinted))
    }
}
