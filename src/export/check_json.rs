//! A gradient check as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::gradient_check::{GradientRow, GradientVerdict, Undecided};
use crate::name::{Name, Naming, Symbol};

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

/// Writes a check as one JSON object, a line for each gradient; `gradient` is the
/// derivative by a parameter that is compared.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(
    rows: &[GradientRow],
    naming: Naming<'_>,
    gradient: fn(Symbol) -> Name,
    out: &mut impl Write,
) -> io::Result<()> {
    let agree = rows.iter().all(|row| row.verdict != GradientVerdict::Differs);
    write!(out, "{{\"format\":\"{FORMAT}\",\"agree\":{agree},\n\"gradients\":[")?;
    for (at, row) in rows.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        let line = Line {
            name: naming.ours().plain(gradient(row.parameter)),
            shown: naming.shown(gradient(row.parameter)),
            gradient: row.gradient,
            quotient: row.quotient,
            step: row.step,
            verdict: match row.verdict {
                GradientVerdict::Agrees => "agrees",
                GradientVerdict::Kink => "kink",
                GradientVerdict::CannotTell(_) => "cannot_tell",
                GradientVerdict::Differs => "differs",
            },
            reason: match row.verdict {
                GradientVerdict::CannotTell(Undecided::Rounding) => Some("rounding"),
                GradientVerdict::CannotTell(Undecided::Bends) => Some("bends"),
                GradientVerdict::Agrees | GradientVerdict::Kink | GradientVerdict::Differs => None,
            },
        };
        serde_json::to_writer(&mut *out, &line)?;
    }
    writeln!(out, "\n]}}")
}
