//! A class: exercises out, a pile of sheets in, results where they belong.

mod bank;
#[path = "../common/mod.rs"]
mod common;
mod exercises;
mod filter;
mod formats;
mod grader;
mod hostile;
mod lint;
mod pile;
mod sheets;
