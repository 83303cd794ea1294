//! A backward pass on whole matrices, as a program does it, with a choice at
//! every place where one may go wrong: [`recipe`] says what is chosen, the
//! first choice is always the right one, [`pass`] computes what comes of it.
//! Held against the trees of the lesson by tests.

pub(crate) mod backward;
pub(crate) mod cost;
pub(crate) mod curve;
pub(crate) mod forward;
pub(crate) mod grid;
pub(crate) mod noise;
pub(crate) mod pass;
pub(crate) mod problem;
pub(crate) mod recipe;
