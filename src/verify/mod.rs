//! Checking hand-computed answers.
//!
//! - [`sheet`](Sheet) reads what a student wrote.
//! - `bounds` says what an honest computation may come to, with intermediates
//!   rounded; `judge` gives the verdict on each line by it.
//! - `slips` are the known ways to go wrong, as rewritings of formulas;
//!   `evidence` finds the one that explains a wrong number.
//! - [`asking`] asks for the answers one by one.

pub mod asking;
mod behind;
mod bounds;
mod claim;
mod evidence;
mod judge;
mod report;
mod sheet;
pub mod slips;

pub use crate::source::Faults;
pub use bounds::Bounds;
pub use evidence::{Finding, Root};
pub use judge::Marker;
pub use report::{FollowThrough, Line, Remark, Report, Verdict};
pub use sheet::{
    Answer, Help, LoadError, Problem, Reading, Reason, Sheet, SheetReader, Source, Unread, asks,
    for_each_asked, load, read, written,
};
pub use slips::{Detail, Slip};
