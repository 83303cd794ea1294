//! Marked sheets as JSON: a record for each, which stands on one line of text,
//! and what they say together.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::value::RawValue;

use super::report_json;
use crate::class::{Exam, Marked, Note, SeenSheet, SharedNumber, Statistics};
use crate::document::class::note;
use crate::name::{Name, Naming};

/// The name of the format of a whole class, with its version.
pub const FORMAT: &str = "backprop-tutor/class/1";

/// How a record is written.
#[derive(Clone, Copy, Debug)]
pub struct Options<'o> {
    /// What stands for the student, if not their own id.
    pub id: Option<&'o str>,
    /// Whether all lines of the report are in it.
    pub lines: bool,
    /// Whether it says whose sheet it is and where it comes from: that stands in
    /// the record of a stream already.
    pub names: bool,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Id<'a> {
    Raw(&'a RawValue),
    Text(&'a str),
    None,
}

#[derive(Serialize)]
struct Record<'a> {
    id: Id<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    student: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    score: f64,
    max_score: f64,
    first_wrong: Option<String>,
    slips: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Said>,
}

#[derive(Serialize)]
struct Said {
    code: &'static str,
    sentence: String,
}

#[derive(Serialize)]
struct Refused<'a> {
    line: Option<u64>,
    id: Id<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    student: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    error: Error<'a>,
}

#[derive(Serialize)]
struct Error<'a> {
    code: &'static str,
    message: &'a str,
}

/// Writes the record of a sheet, without the end of its line.
///
/// # Errors
/// When `out` cannot be written to.
pub fn record(seen: &SeenSheet<'_>, options: Options<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let raw = seen.raw_id().and_then(|id| serde_json::from_str::<&RawValue>(id).ok());
    let needs_name = options.names || (raw.is_none() && seen.line().is_none());
    let who = (needs_name && options.id.is_none()).then(|| seen.who());
    let id = match (options.id, raw, &who) {
        (Some(id), ..) => Id::Text(id),
        (None, Some(raw), _) => Id::Raw(raw),
        (None, None, Some(who)) if seen.line().is_none() => Id::Text(&who.id),
        (None, None, _) => Id::None,
    };
    let student = who.as_ref().filter(|_| options.names).and_then(|who| who.student.as_deref());
    let place = (options.names && options.id.is_none()).then(|| seen.place());
    let place = place.as_deref();
    match &seen.result {
        Ok(marked) => {
            let line = if matches!(id, Id::None) { seen.line() } else { None };
            let record = Record {
                id,
                line,
                student,
                place,
                score: marked.score,
                max_score: marked.max_score,
                first_wrong: first_wrong(marked, seen.exam),
                slips: marked.slips.iter().map(|slip| slip.code()).collect(),
                notes: marked.notes.iter().map(said).collect(),
            };
            serde_json::to_writer(&mut *out, &record)?;
            if options.lines {
                lines(seen, out)?;
            }
            Ok(())
        }
        Err(trouble) => {
            let error = Error { code: trouble.code, message: &trouble.message };
            serde_json::to_writer(out, &Refused { line: seen.line(), id, student, place, error })?;
            Ok(())
        }
    }
}

fn first_wrong(marked: &Marked, exam: Option<&Exam<'_>>) -> Option<String> {
    let (first, exam) = marked.first_wrong.as_ref().zip(exam)?;
    Some(exam.lesson().naming().ours().plain(first.name))
}

fn said(told: &Note) -> Said {
    Said { code: told.code(), sentence: note(told) }
}

/// Puts the lines of the report into the record, which ends in a brace.
fn lines(seen: &SeenSheet<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let Some((report, exam)) = seen.report.zip(seen.exam) else { return Ok(()) };
    let title = &exam.scenario.title;
    let (lesson, digits) = (exam.lesson(), exam.rules.digits);
    let request = report_json::ReportJson { report, lesson, title, hash: 0, digits };
    out.pop();
    out.extend_from_slice(b",\"lines\":");
    report_json::lines(&request, out)?;
    out.push(b'}');
    Ok(())
}

#[derive(Serialize)]
struct Counted<'a> {
    marked: usize,
    not_marked: usize,
    mean: f64,
    quartiles: [f64; 3],
    lines: Vec<LineObject>,
    slips: Vec<SlipObject>,
    shared: Vec<Shared<'a>>,
    pairs: Vec<Pair<'a>>,
}

#[derive(Serialize)]
struct LineObject {
    name: String,
    right: usize,
    follows: usize,
    wrong: usize,
    missing: usize,
    unreadable: usize,
    first_wrong: usize,
    share: f64,
}

#[derive(Serialize)]
struct SlipObject {
    code: &'static str,
    students: usize,
    first: usize,
}

#[derive(Serialize)]
struct Shared<'a> {
    name: String,
    number: &'a str,
    students: usize,
    slip: Option<&'static str>,
}

#[derive(Serialize)]
struct Pair<'a> {
    ids: [&'a str; 2],
    shared: Vec<Shared<'a>>,
}

/// Begins the object of a whole class, up to its first student.
///
/// # Errors
/// When `out` cannot be written to.
pub fn begin(title: &str, hash: Option<u32>, out: &mut impl Write) -> io::Result<()> {
    let title = serde_json::to_string(title)?;
    let hash = hash.map(|hash| format!("{hash:08x}"));
    let hash = serde_json::to_string(&hash)?;
    write!(
        out,
        "{{\"format\":\"{FORMAT}\",\"scenario\":{{\"title\":{title},\"hash\":{hash}}},\n\"students\":["
    )
}

/// Ends it, with what all sheets say together.
///
/// # Errors
/// When `out` cannot be written to.
pub fn end(statistics: &Statistics, naming: Naming<'_>, out: &mut impl Write) -> io::Result<()> {
    let naming = naming.ours();
    let plain = |name: Name| naming.plain(name);
    let lines = statistics.lines();
    let line = |line: &crate::class::LineCounts| LineObject {
        name: plain(line.name),
        right: line.counts.right,
        follows: line.counts.follows,
        wrong: line.counts.wrong,
        missing: line.counts.missing,
        unreadable: line.counts.unreadable,
        first_wrong: line.first,
        share: line.share(),
    };
    let (all_shared, pairs) = (statistics.shared(), statistics.pairs());
    let counted = Counted {
        marked: statistics.marked,
        not_marked: statistics.troubles,
        mean: statistics.mean(),
        quartiles: [0.25, 0.5, 0.75].map(|share| statistics.quantile(share)),
        lines: lines.iter().map(line).collect(),
        slips: statistics
            .slips()
            .into_iter()
            .map(|(slip, students, first)| SlipObject { code: slip.code(), students, first })
            .collect(),
        shared: all_shared.iter().map(|one| shared(naming, one)).collect(),
        pairs: pairs
            .iter()
            .map(|(ids, numbers)| Pair {
                ids: *ids,
                shared: numbers.iter().map(|one| shared(naming, one)).collect(),
            })
            .collect(),
    };
    write!(out, "\n],\n\"statistics\":")?;
    serde_json::to_writer(&mut *out, &counted)?;
    writeln!(out, "}}")
}

fn shared<'a>(naming: Naming<'_>, one: &'a SharedNumber) -> Shared<'a> {
    Shared {
        name: naming.plain(one.name),
        number: &one.number,
        students: one.students,
        slip: one.slip.map(|slip| slip.code()),
    }
}
