//! backprop-tutor.

pub mod cli;
pub mod document;
pub mod export;
pub mod expr;
pub mod lesson;
pub mod math;
pub mod name;
pub mod network;
pub mod num;
pub mod scenario;
pub mod text;
