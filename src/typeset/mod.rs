//! What counts characters or points: where things stand and how wide they are.

pub mod figure;
pub mod paper;
