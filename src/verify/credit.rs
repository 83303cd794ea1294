//! What a line earns. Pure rules over what is known of a line: the maximum is
//! fixed by what is asked, and nothing is earned by writing nothing.

use super::claim::Claim;
use super::report::{Remark, Verdict};

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

/// What a line is worth that has fewer digits than asked, as far as they tell
/// something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FewDigits {
    /// As much as one with all digits.
    Full,
    /// Half of it.
    #[default]
    Half,
    /// Nothing.
    None,
}

/// How often the same slip is held against a student.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SameSlip {
    /// Once: later lines with it count as lines that follow.
    #[default]
    Once,
    /// In each line.
    Each,
}

/// How credit is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// For lines that follow from own numbers.
    pub follow_through: FollowThrough,
    /// For lines with fewer digits than asked.
    pub few_digits: FewDigits,
    /// For the same slip in several lines.
    pub same_slip: SameSlip,
}

impl Policy {
    const fn following(self) -> f64 {
        match self.follow_through {
            FollowThrough::Full => 1.0,
            FollowThrough::Half => 0.5,
            FollowThrough::None => 0.0,
        }
    }

    const fn with_few_digits(self) -> f64 {
        match self.few_digits {
            FewDigits::Full => 1.0,
            FewDigits::Half => 0.5,
            FewDigits::None => 0.0,
        }
    }

    /// The share of its points that a line earns, for its verdict and what is
    /// remarked on it.
    pub(super) fn share(self, verdict: Verdict, remarks: &[Remark]) -> f64 {
        let same_slip = remarks.iter().any(|remark| matches!(remark, Remark::SameSlip(_)));
        let base = match verdict {
            Verdict::Right | Verdict::AsPrinted => 1.0,
            Verdict::Follows => self.following(),
            Verdict::Wrong if same_slip => self.following(),
            Verdict::Wrong | Verdict::Missing | Verdict::Unreadable => 0.0,
        };
        remarks.iter().fold(base, |share, remark| {
            share
                * match remark {
                    Remark::FewDigits => self.with_few_digits(),
                    Remark::TellsNothing | Remark::Trivial(_) => 0.0,
                    Remark::Helped(help) => help.leaves(),
                    Remark::CutOff
                    | Remark::RoundedInside
                    | Remark::Unreadable(..)
                    | Remark::SameSlip(_)
                    | Remark::MinusConvention
                    | Remark::NotAsked
                    | Remark::Repeats => 1.0,
                }
        })
    }
}

/// What stands on the paper before any work is done on a line: 0, the value
/// before the update, and each number that goes into it.
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
