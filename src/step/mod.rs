//! The classroom walkthrough: a lesson one step at a time, for a projector.
//!
//! - [`steps`] is the lesson as a list of small steps, in the page's order.
//! - [`Walkthrough`] is what is walked: the lesson and its steps, and who judges
//!   a guess.
//! - [`scene`] is what one step has to say; it is made only for the step that is
//!   shown.
//! - [`state`] is where the class is, and what an event does to that; [`keys`]
//!   turns keys into events. Neither does any input or output.
//! - [`view`] draws a state into a buffer of cells.
//! - [`menu`] lists the exercises where none is named.
//! - [`fullscreen`] and [`lines`] are the drivers: a terminal, or plain text;
//!   [`camera`] records what a terminal shows.

pub mod camera;
pub mod fullscreen;
mod guess;
pub mod keys;
pub mod lines;
mod link;
mod lit;
pub mod menu;
mod place;
mod rows;
pub mod scene;
mod screen;
mod signals;
mod so_far;
pub mod state;
pub mod steps;
pub mod view;
mod walkthrough;
mod why;

pub use guess::Guess;
pub use guess::Judge;
pub use place::Place;
pub use walkthrough::{StepLook, Walkthrough};
