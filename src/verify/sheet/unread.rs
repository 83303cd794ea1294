//! Lines of a sheet that are no answers, and why.

use compact_str::CompactString;
use thiserror::Error;

use super::NumberProblem;
use super::help::Help;
use crate::name::Name;
use crate::num::Written;

/// A line (or a part of one) that is no answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Unread {
    /// The line in the file, from 1.
    pub line: usize,
    /// The column, in characters, from 1.
    pub column: usize,
    /// What stands there, made harmless, cut off after 60 characters.
    pub text: String,
    /// Why it is no answer.
    pub reason: Reason,
}

/// Why a line is no answer. Formats as a short sentence without its point.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum Reason {
    /// `z3_in = 1`
    #[error("no quantity of this network has that name{}", meant(.nearest.as_deref()))]
    UnknownName {
        /// The known name nearest to it, if one is near.
        nearest: Option<CompactString>,
    },
    /// `= 0.5`
    #[error("a name is missing in front of it; write `z1_in = -0.53`")]
    NoName,
    /// `x1 = 1`
    #[error("it is given, so there is nothing to answer")]
    Given {
        /// The given quantity.
        name: Name,
        /// The number that stands there, where it is one.
        written: Option<Box<Written>>,
    },
    /// `z3_in 1`
    #[error("there is no `=` in it; write `z1_in = -0.53`, and remarks behind a `#`")]
    NoSign,
    /// `I could not do the rest`
    #[error("there is no number in it")]
    Prose,
    /// `z1_in = ?` where another line answers it.
    #[error("line {line} of the sheet answers it; here {problem}")]
    AnsweredElsewhere {
        /// The line of the answer.
        line: usize,
        /// Why there is no number here.
        problem: NumberProblem,
    },
    /// A second student.
    #[error("line {line} of the sheet already says whose it is")]
    StudentTwice {
        /// The line of the first.
        line: usize,
    },
    /// The student is no name, but a list or the like.
    #[error("the student's name is a text, in double quotes")]
    NoStudent,
    /// Help that is not counted.
    #[error("hints and corrections are whole numbers from 0 to {}, by name", Help::MOST)]
    NoHelp,
    /// So many more lines that none of them is listed.
    #[error("{} cannot be read either", crate::num::counted(*count, "more line"))]
    More {
        /// How many there are.
        count: usize,
    },
}

impl Reason {
    /// Its stable code, for reports.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownName { .. } => "unknown_name",
            Self::NoName => "no_name",
            Self::Given { .. } => "given",
            Self::NoSign => "no_sign",
            Self::Prose => "no_number",
            Self::AnsweredElsewhere { .. } => "answered_elsewhere",
            Self::StudentTwice { .. } => "student_twice",
            Self::NoStudent => "no_student",
            Self::NoHelp => "no_help",
            Self::More { .. } => "more",
        }
    }
}

fn meant(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |nearest| format!("; did you mean `{nearest}`?"))
}
