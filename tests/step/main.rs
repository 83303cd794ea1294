//! The classroom walkthrough: what every key does, what every screen shows, and
//! that a real terminal always comes back.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../common/mod.rs"]
mod common;

mod breaks;
mod cast;
mod class;
mod grid;
mod menu;
mod order;
#[cfg(target_os = "linux")]
mod place;
mod printed;
mod screens;
mod states;
#[cfg(target_os = "linux")]
mod terminal;
