//! A marked sheet as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::name::{Name, Naming};
use crate::num::{self, Precision};
use crate::verify::{Line, Report, Verdict};

/// The name of the format, with its version.
pub const FORMAT: &str = "backprop-tutor/report/1";

#[derive(Serialize)]
struct Head<'a> {
    format: &'a str,
    student: Option<&'a str>,
    score: f64,
    max_score: f64,
    first_wrong: Option<String>,
}

#[derive(Serialize)]
struct Row<'a> {
    name: String,
    /// What the author calls it, where that is another name.
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<String>,
    written: Option<&'a str>,
    verdict: &'static str,
    expected: f64,
    expected_rounded: String,
    from_yours: Option<f64>,
    slips: Vec<&'static str>,
    credit: f64,
}

/// Writes a report as one JSON object, a line for each line of the sheet.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(
    report: &Report,
    naming: Naming<'_>,
    digits: Precision,
    out: &mut impl Write,
) -> io::Result<()> {
    let plain = |name: Name| naming.ours().plain(name);
    let head = Head {
        format: FORMAT,
        student: report.student.as_deref(),
        score: report.score(),
        max_score: report.max_score(),
        first_wrong: report.first_wrong().map(|line| plain(line.name)),
    };
    // The head's object stays open for the lines.
    let mut text = serde_json::to_string(&head)?;
    text.truncate(text.len() - 1);
    write!(out, "{text},\n\"lines\":[")?;
    for (at, line) in report.lines.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &row(line, naming, digits))?;
    }
    writeln!(out, "\n]}}")
}

fn row<'l>(line: &'l Line, naming: Naming<'_>, digits: Precision) -> Row<'l> {
    let mut slips: Vec<&str> = line.slips.iter().map(|finding| finding.slip.code()).collect();
    slips.dedup();
    Row {
        name: naming.ours().plain(line.name),
        shown: naming.shown(line.name),
        written: line.written.as_deref(),
        verdict: match line.verdict {
            Verdict::Right => "right",
            Verdict::AsPrinted => "as_printed",
            Verdict::Follows => "follows",
            Verdict::Wrong => "wrong",
            Verdict::Missing => "missing",
            Verdict::Unreadable => "unreadable",
        },
        expected: line.expected,
        expected_rounded: num::show(line.expected, digits).into(),
        from_yours: line.from_yours,
        slips,
        credit: line.credit,
    }
}
