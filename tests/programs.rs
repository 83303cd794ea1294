//! A program's own arrays against the lesson: the cases of `tests/programs`,
//! programs that are broken on purpose, right ones, files of every kind.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "programs/broken.rs"]
mod broken;
#[path = "programs/cases.rs"]
mod cases;
#[path = "programs/commands.rs"]
mod commands;
#[path = "programs/files.rs"]
mod files;
#[path = "programs/random.rs"]
mod random;
