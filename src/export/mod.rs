//! Pages, lessons and figures as bytes: text for terminals, JSON for programs, HTML
//! for browsers, SVG and TikZ.

pub mod batch_json;
pub mod check_json;
pub mod html;
pub mod json;
mod paint;
pub mod report_json;
pub mod scenario_json;
pub mod sheet_json;
pub mod svg;
pub mod terminal;
pub mod tikz;
pub mod training_json;
