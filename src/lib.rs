//! backprop-tutor.

pub mod expr;
pub mod lesson;
pub mod math;
pub mod name;
pub mod network;
pub mod num;
