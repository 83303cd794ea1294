//! What is found out about somebody's arrays.

use super::arrange::Unused;
use super::candidate::SuspectDetail;
use super::compare::Measured;
use super::grain::Grain;
use super::kept::PassArray;
use super::lines::CodeLines;
use super::ratio::Ratio;

/// What is found out.
#[derive(Clone, Debug)]
pub struct ProgramFinding {
    /// What the arrays are.
    pub facts: Vec<Fact>,
    /// Every array, in the order of computation.
    pub arrays: Vec<Compared>,
    /// Arrays that are not compared.
    pub unused: Vec<Unused>,
    /// What they say together.
    pub verdict: ProgramVerdict,
    /// Whether there were too many pairs of slips to try them all.
    pub is_bounded: bool,
}

impl ProgramFinding {
    /// Whether all that is given agrees.
    pub const fn agrees(&self) -> bool {
        matches!(self.verdict, ProgramVerdict::Agrees { .. })
    }

    /// The first array that is wrong.
    pub fn first_wrong(&self) -> Option<&Compared> {
        self.arrays.iter().find(|array| !array.is_right())
    }
}

/// What the arrays are, beyond what the scenario says.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// How fine the numbers are.
    Grain(Grain),
    /// So many samples, and whether they are averaged.
    Batch {
        /// How many.
        samples: usize,
        /// The mean, or the sum.
        is_mean: bool,
    },
    /// One sample of several; it counts from 1.
    OneSample {
        /// Which.
        sample: usize,
        /// How many there are.
        of: usize,
    },
    /// Weights stand one row per unit.
    OutIn,
    /// Weights stand one row per input.
    InOut,
    /// Samples stand in columns.
    SamplesInColumns,
    /// Error signals hold the factor 1/n of the mean already.
    MeanInSignals,
    /// All signals have the other sign, and the updates are right.
    MinusConvention,
    /// Arrays without a word that says so are those after the update.
    AfterUpdate,
    /// Arrays without names, taken in their order.
    ByOrder,
    /// A unit is at a kink, where either slope is right.
    AtKink,
    /// Whole numbers.
    WholeNumbers,
}

/// One array, compared.
#[derive(Clone, Debug)]
pub struct Compared {
    /// What it is.
    pub kept: PassArray,
    /// What the file calls it.
    pub name: String,
    /// Its shape in the file.
    pub shape: String,
    /// How fine its numbers are.
    pub grain: Grain,
    /// How it compares.
    pub measured: Measured,
    /// Whether it has a shape that it cannot have; then the shapes it can have.
    pub wrong_shape: Option<String>,
    /// Whether all its entries are numbers.
    pub is_finite: bool,
    /// Whether it is printed with too few digits to see anything in it.
    pub is_blind: bool,
    /// The index of the entry that is furthest off, as in the file, with what
    /// is there and what belongs there.
    pub furthest: Option<(String, f64, f64)>,
}

impl Compared {
    /// Whether it is as it should be.
    pub const fn is_right(&self) -> bool {
        self.measured.fits() && self.wrong_shape.is_none()
    }
}

/// What the arrays say together.
#[derive(Clone, Debug)]
pub enum ProgramVerdict {
    /// All agree.
    Agrees {
        /// Slips that this exercise cannot show, though such arrays could.
        unseen: Vec<&'static str>,
    },
    /// Some are wrong, and this is why: each of the explanations gives every
    /// number.
    Explained {
        /// At least one, the likeliest first.
        explanations: Vec<Explained>,
        /// The first array that would tell them apart.
        decider: Option<PassArray>,
    },
    /// Some are wrong, and no slip that is known gives every number.
    Unnamed(UnnamedTrouble),
}

/// One slip, or two together, that give every number.
#[derive(Clone, Debug)]
pub struct Explained {
    /// Its slips.
    pub slips: Vec<Named>,
}

/// A slip by its code.
#[derive(Clone, Debug)]
pub struct Named {
    /// The code.
    pub code: &'static str,
    /// What it is.
    pub sentence: String,
    /// The layers, counted from 1.
    pub layers: (usize, usize),
    /// What else is known of it.
    pub detail: SuspectDetail,
    /// How the line is written right.
    pub lines: CodeLines,
}

/// What can be said of arrays whose slip has no name.
#[derive(Clone, Debug, Default)]
pub struct UnnamedTrouble {
    /// The last array before the first wrong one.
    pub last_right: Option<PassArray>,
    /// The first wrong one.
    pub first_wrong: Option<PassArray>,
    /// What each wrong array is to the right one.
    pub ratios: Vec<(PassArray, Ratio)>,
    /// Whether some entries are no numbers.
    pub not_finite: bool,
}
