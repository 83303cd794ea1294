//! Pages on a grid of characters: everything that counts columns and rows. The
//! terminal and the classroom walkthrough set their pages here; other media do
//! not need it.

mod chart;
mod layers;
mod matrix;
pub mod page;
mod span;
mod style;
mod table;
mod text;
mod wrap;

pub use page::{Terminal, Typesetter};
pub use span::{Span, width, width_of};
pub use style::Style;
pub use text::{Sink, TextWriter};
pub use wrap::write_with_plain_spaces;
