//! Training: many steps of gradient descent, fast.
//!
//! This is a second implementation of the networks that [`crate::lesson`]
//! works by hand, on flat matrices and with formulas of its own; tests hold the
//! two against each other.

mod alone;
mod block;
mod buffer;
mod choice;
mod cost;
mod curve;
mod data;
mod descent;
mod engine;
mod glance;
mod gradient;
mod history;
mod kernel;
mod lanes;
mod layout;
mod matrix;
mod real;
mod rows;
mod sharing;
mod shuffle;
mod small;
mod unit;

pub use choice::{engine, is_worth_sharing, matrix_engine};
pub use data::{Data, Observations};
pub use descent::{End, Outcome, Plan, Watch, Wish, descend};
pub use engine::{Engine, Rule, Unknown};
pub use history::History;
pub use real::Real;
pub use shuffle::Shuffle;
