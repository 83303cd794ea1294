//! What there is to say against an exercise.

use crate::name::Name;
use crate::verify::Slip;

/// Something that an exercise does not do well.
#[derive(Clone, Debug, PartialEq)]
pub enum LintFinding {
    /// A slip that leaves the right number in these lines, to the digits asked.
    Hidden {
        /// The slip.
        slip: Slip,
        /// The lines, in the lesson's order.
        lines: Vec<Name>,
    },
    /// Two slips that leave the same wrong number in these lines.
    Alike {
        /// The slips, the more usual one first.
        slips: [Slip; 2],
        /// The lines, in the lesson's order.
        lines: Vec<Name>,
    },
    /// A line whose number has fewer than two significant digits as it is asked.
    FewDigits {
        /// The line.
        name: Name,
        /// Its value.
        value: f64,
    },
    /// A line whose number lies so close to the border between two roundings
    /// that honest work falls on either side.
    NearBorder {
        /// The line.
        name: Name,
        /// Its value.
        value: f64,
    },
    /// A unit that is off: whatever comes from above, nothing goes through it.
    Dead {
        /// Its output.
        unit: Name,
    },
    /// A unit so far out that its slope has fewer than two significant digits.
    Saturated {
        /// Its output.
        unit: Name,
        /// Its slope.
        slope: f64,
    },
    /// An input that is 0, 1 or -1.
    PlainInput {
        /// The input.
        name: Name,
        /// Its value.
        value: f64,
    },
    /// A learning rate of 1, which nobody can forget.
    PlainRate,
    /// A number that the source prints and that follows only from another one
    /// that it prints.
    CarriedOn {
        /// The quantity.
        name: Name,
        /// What is printed.
        printed: String,
        /// The exact value.
        value: f64,
    },
    /// A number that the source prints and that follows from nothing before it.
    InError {
        /// The quantity.
        name: Name,
        /// What is printed.
        printed: String,
        /// The exact value.
        value: f64,
        /// The slips that would give it.
        slips: Vec<Slip>,
    },
}

/// The kinds of findings, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LintKind {
    /// [`LintFinding::PlainInput`], [`LintFinding::PlainRate`]
    Plain,
    /// [`LintFinding::Dead`], [`LintFinding::Saturated`]
    Units,
    /// [`LintFinding::FewDigits`]
    FewDigits,
    /// [`LintFinding::NearBorder`]
    NearBorder,
    /// [`LintFinding::Hidden`]
    Hidden,
    /// [`LintFinding::Alike`]
    Alike,
    /// [`LintFinding::CarriedOn`], [`LintFinding::InError`]
    Reference,
}

impl LintFinding {
    /// Its kind.
    pub const fn kind(&self) -> LintKind {
        match self {
            Self::PlainInput { .. } | Self::PlainRate => LintKind::Plain,
            Self::Dead { .. } | Self::Saturated { .. } => LintKind::Units,
            Self::FewDigits { .. } => LintKind::FewDigits,
            Self::NearBorder { .. } => LintKind::NearBorder,
            Self::Hidden { .. } => LintKind::Hidden,
            Self::Alike { .. } => LintKind::Alike,
            Self::CarriedOn { .. } | Self::InError { .. } => LintKind::Reference,
        }
    }

    /// Its stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Hidden { .. } => "hidden_slip",
            Self::Alike { .. } => "slips_alike",
            Self::FewDigits { .. } => "few_digits",
            Self::NearBorder { .. } => "near_border",
            Self::Dead { .. } => "dead_unit",
            Self::Saturated { .. } => "saturated_unit",
            Self::PlainInput { .. } => "plain_input",
            Self::PlainRate => "plain_rate",
            Self::CarriedOn { .. } => "reference_carried",
            Self::InError { .. } => "reference_in_error",
        }
    }
}
