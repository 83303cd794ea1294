//! Checking hand-computed answers.
//!
//! - [`sheet`](Sheet) reads what a student wrote.
//! - `truth` is what all sheets are held against, frozen; `theirs` is what one
//!   student has: numbers handed in, and what honest work makes of the rest, by
//!   `reach` and the `precision` that the sheet shows.
//! - `judge` gives the verdict on one number, `credit` what it earns;
//!   `marking` goes through a sheet, [`Marker`] through many.
//! - `slips` are the known ways to go wrong, as rewritings of formulas;
//!   `evidence` finds the one that explains a wrong number, `same_slip` the one
//!   that explains several.
//! - [`asking`] asks for the answers one by one.

pub mod asking;
mod claim;
mod credit;
mod evidence;
mod judge;
mod marker;
mod marking;
mod precision;
mod reach;
mod report;
mod same_slip;
mod sheet;
pub mod slips;
mod theirs;
mod truth;

pub use crate::source::Faults;
pub use credit::{FewDigits, FollowThrough, Policy, SameSlip};
pub use evidence::{Finding, Root};
pub use marker::{Marker, Rules, Weight};
pub use report::{Line, Remark, Report, Verdict};
pub use sheet::{
    Answer, Help, LoadError, Problem, Reading, Sheet, asks, for_each_asked, load, read, written,
};
pub use slips::{Detail, Slip};
