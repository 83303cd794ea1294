//! Pages and lessons as bytes: text for terminals, JSON for programs.

pub mod batch_json;
mod chart;
pub mod check_json;
pub mod json;
mod paint;
pub mod program_json;
pub mod report_json;
pub mod scenario_json;
pub mod sheet_json;
mod table;
pub mod terminal;
pub mod training_json;
mod wrap;
