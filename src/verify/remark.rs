//! What there is to say about a line besides its verdict.

use super::sheet::{Help, NumberProblem};
use crate::name::Name;

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
    /// The same, and the number is one that is there already; earns nothing.
    CopiesAgain(Name),
    /// Only repeats a wrong number for which there is no cause, and nothing is worked out
    /// from that; earns nothing.
    Copies(Name),
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
    /// Whether it says that the slip of an earlier line was made again.
    pub const fn is_of_a_slip_again(self) -> bool {
        matches!(self, Self::SameSlip(_) | Self::CopiesAgain(_))
    }

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
            Self::CopiesAgain(_) => "COPIES-AGAIN",
            Self::Copies(_) => "COPIES",
            Self::MinusConvention => "MINUS-CONVENTION",
            Self::Helped(_) => "HELPED",
            Self::NotAsked => "NOT-ASKED",
            Self::Repeats => "REPEATS",
        }
    }
}

/// Remarks on a line that are all said by their kind: a bit for each.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlainRemarks(u16);

/// All such, in the order in which they are told.
const PLAIN: [Remark; 10] = [
    Remark::Working,
    Remark::Computed,
    Remark::CutOff,
    Remark::RoundedInside,
    Remark::TellsNothing,
    Remark::FewDigits,
    Remark::ByChance,
    Remark::MinusConvention,
    Remark::NotAsked,
    Remark::Repeats,
];

impl PlainRemarks {
    /// None.
    pub(super) const NONE: Self = Self(0);

    /// Makes a remark, if it is a plain one.
    pub(super) fn make(&mut self, remark: Remark) -> bool {
        let bit = PLAIN.iter().position(|plain| *plain == remark);
        self.0 |= bit.map_or(0, |bit| 1 << bit);
        bit.is_some()
    }

    /// Those that are made.
    pub(super) fn iter(self) -> impl Iterator<Item = Remark> {
        PLAIN
            .into_iter()
            .enumerate()
            .filter(move |(bit, _)| self.0 >> bit & 1 == 1)
            .map(|(_, it)| it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::Symbol;

    #[test]
    fn each_plain_remark_is_told_once_and_the_others_are_not_taken() {
        let mut remarks = PlainRemarks::NONE;
        for remark in [Remark::Repeats, Remark::CutOff, Remark::CutOff] {
            assert!(remarks.make(remark));
        }
        assert!(!remarks.make(Remark::Trivial(Symbol::Loss.into())));
        let made: Vec<Remark> = remarks.iter().collect();
        assert_eq!(made, [Remark::CutOff, Remark::Repeats]);
        for plain in PLAIN {
            let mut alone = PlainRemarks::NONE;
            assert!(alone.make(plain));
            assert_eq!(alone.iter().collect::<Vec<_>>(), [plain]);
        }
    }
}
