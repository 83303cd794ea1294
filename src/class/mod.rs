//! A class: many sheets, marked in one go.
//!
//! - [`Pile`] finds the sheets: files, folders, tables with a row per student,
//!   streams of records; `place` says whose a file is.
//! - [`Exam`] is one exercise ready for marking; `quick` sees at once that a
//!   sheet is right.
//! - [`Class`] marks what the pile hands out, each student by their own exercise
//!   where there is one, with `elsewhere` to ask whether a sheet is of another;
//!   [`Overrides`] is what the teacher decided by hand.
//! - [`Marked`] is what is kept of a sheet, [`Statistics`] what all of them say.
//!
//! [`gradebook`] fills in what course systems export.
//!
//! All of it can be shared between threads; nothing here knows how a result is
//! shown or written.

mod elsewhere;
mod entry;
mod exam;
pub mod gradebook;
mod marking;
mod outcome;
mod overrides;
mod pile;
mod place;
mod quick;
mod scenarios;
mod statistics;
mod table;

pub(crate) use elsewhere::{MOST_ANSWERS, other_exercise};
pub use entry::{Content, SheetEntry, Who};
pub use exam::{Exam, Terms, with_exam};
pub use marking::{Class, SeenSheet};
pub use outcome::{Counts, FirstWrong, LineVerdicts, Marked, Note, Trouble, Wrong};
pub use overrides::{Override, Overrides};
pub use pile::{Pile, PileError, PileSheet, Portion};
pub use place::file_name;
pub use scenarios::Scenarios;
pub use statistics::{LineCounts, SharedNumber, Statistics};
