//! What there is to say against an exercise, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::document::lint::sentence;
use crate::exercise::LintFinding;
use crate::name::{Name, Naming};
use crate::num::Precision;
use crate::typeset::{Terminal, Typesetter};

/// The name of the format, with its version.
pub const FORMAT: &str = "backprop-tutor/lint/1";

#[derive(Serialize)]
struct FindingObject {
    code: &'static str,
    sentence: String,
    slips: Vec<&'static str>,
    lines: Vec<String>,
    value: Option<f64>,
}

/// Writes findings as one JSON object.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(
    title: &str,
    findings: &[LintFinding],
    naming: Naming<'_>,
    digits: Precision,
    out: &mut impl Write,
) -> io::Result<()> {
    let title = serde_json::to_string(title)?;
    write!(out, "{{\"format\":\"{FORMAT}\",\"title\":{title},\"findings\":[")?;
    for (at, finding) in findings.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &object(finding, naming, digits))?;
    }
    writeln!(out, "\n]}}")
}

fn object(finding: &LintFinding, naming: Naming<'_>, digits: Precision) -> FindingObject {
    let text = Terminal { width: usize::MAX, colour: false, ascii: true };
    let plain = |name: &Name| naming.ours().plain(*name);
    let (slips, lines, value) = match finding {
        LintFinding::Hidden { slip, lines } => {
            (vec![slip.code()], lines.iter().map(plain).collect(), None)
        }
        LintFinding::Alike { slips, lines } => {
            let codes = slips.iter().map(|slip| slip.code()).collect();
            (codes, lines.iter().map(plain).collect(), None)
        }
        LintFinding::FewDigits { name, value }
        | LintFinding::NearBorder { name, value }
        | LintFinding::PlainInput { name, value }
        | LintFinding::CarriedOn { name, value, .. } => {
            (Vec::new(), vec![plain(name)], Some(*value))
        }
        LintFinding::Dead { unit } => (Vec::new(), vec![plain(unit)], Some(0.0)),
        LintFinding::Saturated { unit, slope } => (Vec::new(), vec![plain(unit)], Some(*slope)),
        LintFinding::PlainRate => (Vec::new(), Vec::new(), Some(1.0)),
        LintFinding::InError { name, value, slips, .. } => {
            let codes = slips.iter().map(|slip| slip.code()).collect();
            (codes, vec![plain(name)], Some(*value))
        }
    };
    let sentence = Typesetter::new(naming, text, false).line(&sentence(finding, digits));
    FindingObject { code: finding.code(), sentence, slips, lines, value }
}
