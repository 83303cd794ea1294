//! Checking hand-computed answers.
//!
//! - [`sheet`](Sheet) reads what a student wrote.
//! - `truth` is what all sheets are held against, frozen; `theirs` is what one
//!   student has: numbers handed in, and what honest work makes of the rest, by
//!   `reach`, its `hull`, what a quantity that stands `twice` leaves of that, and the
//!   `precision` that the sheet shows, counted in `digits`.
//! - `judge` gives the verdict on one number, `credit` what it earns;
//!   `marking` goes through what a sheet `handed_in`, `reporting` makes the lines
//!   of its report, [`Marker`] does so for many.
//! - `by_chance` tells numbers that are strewn over a sheet from work.
//! - `slips` are the known ways to go wrong, as rewritings of formulas;
//!   `evidence` finds the one that explains a wrong number, `same_slip` the one
//!   that explains several.
//! - `convention`, `another_reading` and [`question`] look at a whole sheet: signs that
//!   are turned throughout, numbers that are cut off throughout, matrices read the other way round, another exercise.
//! - [`asking`] asks for the answers one by one.

mod another_reading;
pub mod asking;
mod by_chance;
mod claim;
mod convention;
mod copied;
mod credit;
mod digits;
mod evidence;
mod handed_in;
mod honest;
mod hull;
mod judge;
mod marker;
mod marking;
mod own_number;
mod precision;
pub mod question;
mod reach;
mod remark;
mod report;
mod reporting;
mod same_slip;
mod sheet;
pub mod slips;
mod theirs;
mod truth;
mod twice;

pub use crate::source::Faults;
pub use credit::{Policy, SameSlip, Share};
pub use evidence::{Root, SlipFinding};
pub use marker::{Marker, MarkingRules};
pub use question::SheetQuestion;
pub use remark::Remark;
pub use report::{LineVerdict, Report, ReportLine};
pub use sheet::{
    Answer, AnswerReading, Help, NoNumber, NumberProblem, Reason, Sheet, SheetError, SheetReader,
    Unread, asks, bytes, for_each_asked, load, read, read_batch, text, written,
};
pub use slips::{MisreadOperand, Slip};
