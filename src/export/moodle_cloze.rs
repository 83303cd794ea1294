//! Questions as Moodle reads them: one cloze question for each exercise, with a
//! number for each line.

use std::io::{self, Write};

use super::escape::{html, xml};
use super::questions::{GradedQuestion, number};
use crate::exercise::AskedItem;

/// Begins the file.
///
/// # Errors
/// When `out` cannot be written to.
pub fn begin(category: &str, out: &mut impl Write) -> io::Result<()> {
    // A slash would begin a category within the category.
    let category = xml(&category.replace('/', "//"));
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>")?;
    writeln!(
        out,
        "  <question type=\"category\"><category><text>$course$/top/{category}</text></category></question>"
    )
}

/// Ends it.
///
/// # Errors
/// When `out` cannot be written to.
pub fn end(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "</quiz>")
}

/// Writes a question.
///
/// # Errors
/// When `out` cannot be written to.
pub fn question(question: &GradedQuestion<'_>, out: &mut impl Write) -> io::Result<()> {
    let title = xml(question.title);
    writeln!(out, "  <question type=\"cloze\">\n    <name><text>{title}</text></name>")?;
    writeln!(out, "    <questiontext format=\"html\"><text><![CDATA[")?;
    writeln!(out, "<pre>{}</pre>", html(&question.task()?))?;
    writeln!(out, "<p>Give each number with {}.</p>\n<table>", question.digits)?;
    let marks = question.marks();
    for (at, (item, mark)) in question.items.iter().zip(marks).enumerate() {
        if let Some(section) = question.section(at) {
            writeln!(out, "<tr><th colspan=\"2\">{}</th></tr>", html(section))?;
        }
        let label = html(&question.label(item));
        writeln!(out, "<tr><td>{label}</td><td>{}</td></tr>", token(item, mark))?;
    }
    writeln!(out, "</table>]]></text></questiontext>")?;
    writeln!(out, "    <generalfeedback format=\"html\"><text></text></generalfeedback>")?;
    writeln!(out, "    <penalty>0</penalty><hidden>0</hidden>")?;
    writeln!(out, "    <idnumber>{}</idnumber>", xml(question.id))?;
    writeln!(out, "    <tags><tag><text>backpropagation</text></tag></tags>\n  </question>")
}

/// `{1:NUMERICAL:=0.3705:0.00005#...~%0%0.6295:0.00005#...}`. The first
/// alternative that fits wins, so the right one stands first.
fn token(item: &AskedItem, mark: u32) -> String {
    let numbers = |value, half_width| format!("{}:{}", number(value), number(half_width));
    let mut token = format!("{{{mark}:NUMERICAL:={}", numbers(item.centre, item.half_width));
    token.push_str("#Right.");
    for other in &item.alternatives {
        let feedback = cloze(&html(&other.slip.plain_sentence()));
        token.push_str(&format!("~%0%{}#{feedback}", numbers(other.value, other.half_width)));
    }
    token + "}"
}

/// Text for the feedback of a cloze alternative: what would end it is escaped.
fn cloze(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '}' | '#' | '~' | '\\') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}
