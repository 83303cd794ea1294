//! A gradient check as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::gradient_check::{Row, Verdict, Why};
use crate::name::{Name, Naming};

/// The name of the format, with its version.
pub const FORMAT: &str = "backprop-tutor/check/1";

#[derive(Serialize)]
struct Line {
    name: String,
    /// What the author calls it, where that is another name.
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<String>,
    gradient: f64,
    quotient: f64,
    step: f64,
    verdict: &'static str,
    /// Why nothing can be told, where that is the verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

/// Writes a check as one JSON object, a line for each gradient.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(rows: &[Row], naming: Naming<'_>, out: &mut impl Write) -> io::Result<()> {
    let agree = rows.iter().all(|row| row.verdict != Verdict::Differs);
    write!(out, "{{\"format\":\"{FORMAT}\",\"agree\":{agree},\n\"gradients\":[")?;
    for (at, row) in rows.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        let line = Line {
            name: naming.ours().plain(Name::loss_by(row.parameter)),
            shown: naming.shown(Name::loss_by(row.parameter)),
            gradient: row.gradient,
            quotient: row.quotient,
            step: row.step,
            verdict: match row.verdict {
                Verdict::Agrees => "agrees",
                Verdict::Kink => "kink",
                Verdict::CannotTell(_) => "cannot_tell",
                Verdict::Differs => "differs",
            },
            reason: match row.verdict {
                Verdict::CannotTell(Why::Rounding) => Some("rounding"),
                Verdict::CannotTell(Why::Bends) => Some("bends"),
                Verdict::Agrees | Verdict::Kink | Verdict::Differs => None,
            },
        };
        serde_json::to_writer(&mut *out, &line)?;
    }
    writeln!(out, "\n]}}")
}
