//! What counts characters or points: where things stand and how wide they are. The
//! terminal and the classroom walkthrough set their pages here; other media do
//! not need it.

mod break_point;
mod chart;
pub mod figure;
mod layers;
mod long_table;
mod matrix;
mod measures;
pub mod page;
pub mod paper;
mod scale;
mod span;
mod style;
mod table;
mod text;
pub mod theme;
mod wrap;

pub use page::{Terminal, Typesetter};
pub use scale::Scale;
pub use span::{Span, width, width_of};
pub use style::Style;
pub use text::{Sink, TextWriter};
pub use wrap::write_with_plain_spaces;
