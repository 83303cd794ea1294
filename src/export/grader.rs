//! One marked submission as the result files of autograders: what they show to
//! the student, line by line, without the right numbers.

use std::io::{self, Write};

use serde::Serialize;

use crate::class::SeenSheet;
use crate::document::class::note;
use crate::document::report::{remark, verdict, what_happened};
use crate::typeset::{Terminal, Typesetter};
use crate::verify::{Remark, ReportLine};

/// A submission as a grader sees it: nothing, or one sheet that counts.
pub struct Submission {
    /// What it earned.
    score: f64,
    max_score: f64,
    /// Why it cannot be marked.
    trouble: Option<String>,
    output: String,
    lines: Vec<Told>,
}

/// What is told of a line.
struct Told {
    name: String,
    credit: f64,
    points: f64,
    counts: bool,
    text: String,
}

impl Submission {
    /// Where no file was handed in.
    pub fn nothing() -> Self {
        let trouble = "There is no file in the submission.".to_owned();
        let (output, lines) = (String::new(), Vec::new());
        Self { score: 0.0, max_score: 0.0, trouble: Some(trouble), output, lines }
    }

    /// Of a marked sheet.
    pub fn of(seen: &SeenSheet<'_>) -> Self {
        let max_score = seen.exam.map_or(0.0, |exam| exam.max_score());
        match &seen.result {
            Err(trouble) => {
                let trouble = format!("{}: {}.", seen.place(), trouble.message);
                let (output, lines) = (String::new(), Vec::new());
                Self { score: 0.0, max_score, trouble: Some(trouble), output, lines }
            }
            Ok(marked) => {
                let lines = seen.report.map_or(&[][..], |report| &report.lines);
                let asked = lines.iter().filter(|line| line.points() > 0.0 || line.credit > 0.0);
                let notes: Vec<String> = marked.notes.iter().map(note).collect();
                let reasons = seen.overrides.iter().map(|one| one.why.clone());
                let told: Vec<String> = notes.into_iter().chain(reasons).collect();
                Self {
                    score: marked.score,
                    max_score: marked.max_score,
                    trouble: None,
                    output: told.join("\n"),
                    lines: asked.map(|line| self::told(seen, line)).collect(),
                }
            }
        }
    }

    /// Whether it is worth more than another.
    pub fn is_better_than(&self, other: &Self) -> bool {
        match (&self.trouble, &other.trouble) {
            (None, Some(_)) => true,
            (None, None) => self.score > other.score,
            (Some(_), _) => false,
        }
    }

    /// Says that it is one of several.
    pub fn add_remark(&mut self, remark: &str) {
        if !self.output.is_empty() {
            self.output.push('\n');
        }
        self.output.push_str(remark);
    }
}

fn told(seen: &SeenSheet<'_>, line: &ReportLine) -> Told {
    let Some(exam) = seen.exam else {
        let (name, text) = (String::new(), String::new());
        return Told { name, credit: line.credit, points: line.points(), counts: false, text };
    };
    let lesson = exam.lesson();
    let look = Terminal { width: usize::MAX, colour: false, ascii: false };
    let mut text = vec![verdict(line.verdict).0.to_owned()];
    if let Some(written) = &line.written() {
        text[0] = format!("{written}: {}", text[0]);
    }
    let sentences = what_happened(line);
    text.extend(
        sentences.iter().map(|told| Typesetter::new(lesson.naming(), look, false).line(told)),
    );
    let remarks = line.remarks().filter(|told| !matches!(told, Remark::NotAsked));
    text.extend(remarks.map(|told| remark(lesson, exam.rules.digits, told)));
    Told {
        name: lesson.naming().plain(line.name()),
        credit: line.credit,
        points: line.points(),
        counts: line.verdict.counts(),
        text: text.join("\n"),
    }
}

#[derive(Serialize)]
struct Gradescope<'a> {
    score: f64,
    output: &'a str,
    tests: Vec<GradescopeTest<'a>>,
}

#[derive(Serialize)]
struct GradescopeTest<'a> {
    name: &'a str,
    score: f64,
    max_score: f64,
    status: &'static str,
    output: &'a str,
}

/// Writes `results.json` of Gradescope.
///
/// # Errors
/// When `out` cannot be written to.
pub fn gradescope(submission: &Submission, out: &mut impl Write) -> io::Result<()> {
    let tests = submission.lines.iter().map(gradescope_test).collect();
    let output = submission.trouble.as_deref().unwrap_or(&submission.output);
    let results = Gradescope { score: submission.score, output, tests };
    serde_json::to_writer_pretty(&mut *out, &results)?;
    writeln!(out)
}

fn gradescope_test(told: &Told) -> GradescopeTest<'_> {
    GradescopeTest {
        name: &told.name,
        score: told.credit,
        max_score: told.points,
        status: if told.counts { "passed" } else { "failed" },
        output: &told.text,
    }
}

#[derive(Serialize)]
struct PrairieLearn<'a> {
    gradable: bool,
    score: f64,
    message: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    format_errors: Vec<&'a str>,
    tests: Vec<PrairieLearnTest<'a>>,
}

#[derive(Serialize)]
struct PrairieLearnTest<'a> {
    name: &'a str,
    points: f64,
    max_points: f64,
    message: &'a str,
}

/// Writes `results.json` of PrairieLearn, whose score is a share of the points.
///
/// # Errors
/// When `out` cannot be written to.
pub fn prairielearn(submission: &Submission, out: &mut impl Write) -> io::Result<()> {
    let share =
        if submission.max_score > 0.0 { submission.score / submission.max_score } else { 0.0 };
    let tests = submission.lines.iter().map(|told| PrairieLearnTest {
        name: &told.name,
        points: told.credit,
        max_points: told.points,
        message: &told.text,
    });
    let results = PrairieLearn {
        gradable: submission.trouble.is_none(),
        score: share,
        message: &submission.output,
        format_errors: submission.trouble.as_deref().into_iter().collect(),
        tests: tests.collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &results)?;
    writeln!(out)
}
