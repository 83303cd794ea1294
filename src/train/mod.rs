//! Training: many steps of gradient descent, fast.
//!
//! This is a second implementation of the networks that [`crate::lesson`]
//! works by hand, on flat matrices and with formulas of its own; tests hold the
//! two against each other.

mod buffer;
mod cost;
mod curve;
mod data;
mod engine;
mod kernel;
mod layout;
mod matrix;
mod real;
mod small;
mod unit;

pub use data::{Batch, Data};
pub use engine::{Engine, Rule, Unknown, engine, matrix_engine};
pub use real::Real;
