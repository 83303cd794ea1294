//! Exercises: drawing new ones, and saying what one cannot tell apart.
//!
//! - [`ExerciseShape`] is what an exercise looks like; `numbers` draws numbers that
//!   people like to compute with; [`generate`](generate()) draws until nothing is
//!   left to complain of, or `mend`s one as far as its shape allows;
//!   [`fitting_digits`] says how many a shape needs.
//! - [`lint`](lint()) looks at any exercise: `apart` at the slips, `border` at
//!   rounding, `units` at what is dead, saturated or trivial, `printed` at what
//!   its source prints. What it finds is a [`LintFinding`].
//!
//! - [`items`] makes questions of the lines of an exercise.
//!
//! The same seed gives the same exercise on every machine: numbers are drawn as
//! whole hundredths, and all that decides is computed by the operators of
//! [`expr`](crate::expr).

mod apart;
mod border;
mod digits;
mod finding;
mod generate;
mod lint;
mod mend;
mod moved;
mod numbers;
mod printed;
mod questions;
mod shape;
mod units;

pub use digits::fitting_digits;
pub use finding::{LintFinding, LintKind};
pub use generate::{Drawn, NotFound, generate};
pub use lint::{Lint, TooLarge, lint};
pub use questions::{Alternative, AskedItem, items};
pub use shape::{ExerciseShape, NumberStyle, ShapeError};
