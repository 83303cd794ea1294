//! Pages and lessons as bytes: text for terminals, JSON for programs.

pub mod batch_json;
mod chart;
pub mod check_json;
pub mod class_csv;
pub mod class_json;
mod escape;
pub mod grader;
pub mod json;
pub mod lint_json;
pub mod moodle_cloze;
mod paint;
pub mod prairielearn;
pub mod questions;
pub mod r_exams;
pub mod report_json;
pub mod scenario_json;
pub mod sheet_json;
mod table;
pub mod terminal;
pub mod training_json;
mod wrap;
