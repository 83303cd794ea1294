//! Pages, lessons and figures as bytes: text for terminals, JSON for programs, HTML
//! for browsers, LaTeX, slides and Markdown, SVG and TikZ.

pub mod batch_json;
pub mod cast;
pub mod check_json;
pub mod class_csv;
pub mod class_json;
mod escape;
pub mod grader;
pub mod html;
pub mod json;
pub mod latex;
pub mod lint_json;
pub mod markdown;
pub mod moodle_cloze;
pub mod paint;
pub mod prairielearn;
pub mod program_json;
pub mod questions;
pub mod r_exams;
pub mod report_json;
pub mod scenario_json;
pub mod sheet;
pub mod sheet_json;
pub mod svg;
pub mod terminal;
pub mod tex;
pub mod tikz;
pub mod training_json;
mod walk;
