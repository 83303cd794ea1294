//! What all that is written for TeX shares: text made fit for it, names, and forms
//! as its mathematics.

mod escape;
mod form;
mod name;

pub use escape::{CHARACTERS, comment, escape};
pub use form::{Dialect, TexWriter, colour};
pub(super) use name::{function, label, number};
