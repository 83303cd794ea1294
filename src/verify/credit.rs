//! What a line earns. Pure rules over what is known of a line: the maximum is
//! fixed by what is asked, and nothing is earned by writing nothing.

use super::claim::Claim;
use super::remark::Remark;
use super::report::{LineVerdict, ReportLine};

/// A share of a line's points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// All of them.
    Full,
    /// Half of them.
    Half,
    /// Nothing.
    None,
}

impl Share {
    const fn of_points(self) -> f64 {
        match self {
            Self::Full => 1.0,
            Self::Half => 0.5,
            Self::None => 0.0,
        }
    }
}

/// How often the same slip is held against a student.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSlip {
    /// Once: later lines with it count as lines that follow.
    Once,
    /// In each line.
    Each,
}

/// How credit is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What a line is worth that follows from an earlier slip.
    pub follow_through: Share,
    /// What a line is worth that has fewer digits than asked, as far as they
    /// tell something.
    pub few_digits: Share,
    /// What the same slip in several lines costs.
    pub same_slip: SameSlip,
}

impl Default for Policy {
    fn default() -> Self {
        Self { follow_through: Share::Full, few_digits: Share::Half, same_slip: SameSlip::Once }
    }
}

impl Policy {
    /// The share of its points that a line earns, for its verdict and what is
    /// remarked on it.
    pub(super) fn share(self, line: &ReportLine<'_>) -> f64 {
        let same_slip = line.has_remark(|remark| matches!(remark, Remark::SameSlip(_)));
        let base = match line.verdict {
            LineVerdict::Right | LineVerdict::AsPrinted => 1.0,
            LineVerdict::Follows => self.follow_through.of_points(),
            LineVerdict::Wrong if same_slip => self.follow_through.of_points(),
            LineVerdict::Wrong | LineVerdict::Missing | LineVerdict::Unreadable => 0.0,
        };
        line.remarks().fold(base, |share, remark| {
            share
                * match remark {
                    Remark::FewDigits => self.few_digits.of_points(),
                    Remark::TellsNothing
                    | Remark::Trivial(_)
                    | Remark::CopiesAgain(_)
                    | Remark::Copies(_)
                    | Remark::ByChance => 0.0,
                    Remark::Helped(help) => help.leaves(),
                    Remark::CutOff
                    | Remark::RoundedInside
                    | Remark::Unreadable(..)
                    | Remark::Working
                    | Remark::Computed
                    | Remark::SameSlip(_)
                    | Remark::MinusConvention
                    | Remark::NotAsked
                    | Remark::Repeats => 1.0,
                }
        })
    }
}

/// What stands on the paper before any work is done on a line: 0 and 1, the
/// value before the update, and each number that goes into it.
#[derive(Clone, Debug, Default)]
pub(super) struct NothingDone {
    /// Values other than the exact one.
    pub(super) values: Vec<f64>,
}

impl NothingDone {
    /// Whether a claim tells the answer from nothing done.
    pub(super) fn is_told_apart(&self, claim: &Claim) -> bool {
        !self.values.iter().any(|value| claim.rounded.contains(*value))
    }
}
