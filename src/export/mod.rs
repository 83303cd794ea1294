//! Pages and lessons as bytes: text for terminals, JSON for programs.

mod chart;
pub mod json;
mod paint;
pub mod report_json;
pub mod scenario_json;
mod table;
pub mod terminal;
pub mod training_json;
mod wrap;
