//! A recording of a terminal: asciicast v2, a header and one event a line.

use std::io::{self, Write};

use serde_json::json;

/// What happens at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The terminal gets these bytes.
    Output,
    /// The window has this size: `80x24`.
    Resize,
    /// A player can jump here; what it is called.
    Marker,
}

/// A recording.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cast {
    /// Columns at the start.
    pub width: u16,
    /// Rows at the start.
    pub height: u16,
    /// What is recorded.
    pub title: String,
    /// Seconds from the start, what happens, and with what text.
    pub events: Vec<(f64, Kind, String)>,
}

/// Seconds without an event that a player waits at most.
const LONGEST_WAIT: f64 = 5.0;

/// Writes a recording.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(cast: &Cast, out: &mut dyn Write) -> io::Result<()> {
    let header = json!({
        "version": 2,
        "width": cast.width,
        "height": cast.height,
        "title": cast.title,
        "idle_time_limit": LONGEST_WAIT,
        "env": { "TERM": "xterm-256color" },
    });
    writeln!(out, "{header}")?;
    for (at, kind, text) in &cast.events {
        let kind = match kind {
            Kind::Output => "o",
            Kind::Resize => "r",
            Kind::Marker => "m",
        };
        writeln!(out, "{}", json!([milliseconds(*at), kind, text]))?;
    }
    Ok(())
}

/// A clock that is read more finely says no more.
fn milliseconds(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}
