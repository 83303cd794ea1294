//! A program's own arrays against the lesson: what they are, which is wrong
//! first, and the line of code that makes them so.
//!
//! [`reading`] reads files; `names` and `arrange` find out what the arrays are;
//! `engine` computes what a right program gives, and one that slips; `compare`
//! holds the two against each other by the precision of the numbers; `search`
//! looks for what gives every number, of all that `catalogue` knows. The unit
//! is the whole set of arrays: a slip counts only if it gives each entry.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "most choices matter at one place of a pass only"
)]

mod arrange;
pub mod array;
mod candidate;
mod catalogue;
mod check;
mod compare;
mod draft;
mod engine;
mod finding;
mod grain;
mod kept;
mod lines;
mod model;
mod names;
mod no_slip;
mod numbering;
mod old;
mod ratio;
pub mod reading;
mod search;
mod sentences;
mod snippet;
mod telling;
mod turning;
mod unseen;

#[cfg(test)]
mod tests;

pub use arrange::{NotCompared, Orientation, Unused, Wanted};
pub use candidate::SuspectDetail;
pub use check::{ProgramCheck, Unusable, check};
pub use compare::Measured;
pub use finding::{
    Compared, Explained, Fact, Named, ProgramFinding, ProgramVerdict, UnnamedTrouble,
};
pub use grain::Grain;
pub use kept::PassArray;
pub use lines::CodeLines;
pub use model::{layers, model};
pub use ratio::Ratio;
pub use snippet::{Library, snippet};
