//! A lesson as JSON, written quantity by quantity.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use crate::expr::Expr;
use crate::lesson::reference::{PrintedCheck, PrintedVerdict};
use crate::lesson::{Lesson, Section};
use crate::math::{Layout, Leaves, Notation, Role};
use crate::name::{Name, NameSet, Naming, Spelling};
use crate::num::Precision;
use crate::typeset::{Style, TextWriter};

/// The name of the format, with its version.
pub const FORMAT: &str = "backprop-tutor/lesson/1";

/// What is written.
pub struct LessonJson<'a> {
    /// The lesson.
    pub lesson: &'a Lesson<'a>,
    /// The title of the exercise.
    pub title: &'a str,
    /// Where it comes from.
    pub source: Option<&'a str>,
    /// What rounded values are rounded to.
    pub digits: Precision,
    /// The quantities, if not all.
    pub only: Option<&'a [Name]>,
    /// The comparison with the source, if it prints numbers.
    pub checks: &'a [PrintedCheck<'a>],
}

/// Writes the lesson as one JSON object, a line for each quantity.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(request: &LessonJson<'_>, out: &mut impl Write) -> io::Result<()> {
    let lesson = request.lesson;
    let header = Header {
        format: FORMAT,
        title: request.title,
        source: request.source,
        digits: JsonDigits::from(request.digits),
        loss: lesson.network().loss.key,
        learning_rate: lesson.exercise().learning_rate,
    };
    // The header's object stays open for what follows.
    let mut text = serde_json::to_string(&header)?;
    text.truncate(text.len() - 1);
    write!(out, "{text},\n\"quantities\":[")?;
    let mut writer = QuantityWriter::new(request);
    match request.only {
        Some(names) => {
            for (at, name) in names.iter().enumerate() {
                writer.write(lesson.section(*name), *name, at == 0, out)?;
            }
        }
        None => {
            let mut first = true;
            lesson.for_each(|section, name| {
                writer.write(section, name, std::mem::take(&mut first), out)
            })?;
        }
    }
    write!(out, "\n]")?;
    if !request.checks.is_empty() {
        write!(out, ",\n\"reference\":[")?;
        for (at, check) in request.checks.iter().enumerate() {
            out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, &reference(lesson.naming(), check))?;
        }
        write!(out, "\n]")?;
    }
    writeln!(out, "}}")
}

/// `digits` or `significant`, as in a scenario: one of the two.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum JsonDigits {
    /// Decimals.
    Digits(usize),
    /// Significant digits.
    Significant(usize),
}

impl From<Precision> for JsonDigits {
    fn from(precision: Precision) -> Self {
        match precision {
            Precision::Decimals(count) => Self::Digits(count),
            Precision::Significant(count) => Self::Significant(count),
        }
    }
}

#[derive(Serialize)]
struct Header<'a> {
    format: &'a str,
    title: &'a str,
    source: Option<&'a str>,
    #[serde(flatten)]
    digits: JsonDigits,
    loss: &'a str,
    learning_rate: Option<f64>,
}

#[derive(Serialize)]
struct Quantity<'a> {
    name: &'a str,
    /// What the author calls it, where that is another name.
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<String>,
    section: &'static str,
    formula: Option<&'a str>,
    numbers: Option<&'a str>,
    value: f64,
    rounded: &'a str,
    uses: Names<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    computed: Option<f64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    carried: bool,
}

/// Names as a list of strings, made one by one as they are written.
struct Names<'a> {
    names: &'a [Name],
    naming: Naming<'static>,
}

impl Serialize for Names<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.names.iter().map(|name| PlainName(self.naming, *name)))
    }
}

struct PlainName(Naming<'static>, Name);

impl Serialize for PlainName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.spelled(self.1, Spelling::PLAIN))
    }
}

#[derive(Serialize)]
struct Reference {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<String>,
    printed: String,
    value: Option<f64>,
    exact: Option<f64>,
    verdict: &'static str,
}

/// Writes quantities, keeping its buffers from one to the next.
struct QuantityWriter<'a> {
    lesson: &'a Lesson<'a>,
    digits: Precision,
    names: TextWriter<'static>,
    name: String,
    formula: String,
    numbers: String,
    rounded: String,
}

impl<'a> QuantityWriter<'a> {
    fn new(request: &LessonJson<'a>) -> Self {
        Self {
            lesson: request.lesson,
            digits: request.digits,
            names: TextWriter { naming: request.lesson.naming().ours(), style: Style::Plain },
            name: String::new(),
            formula: String::new(),
            numbers: String::new(),
            rounded: String::new(),
        }
    }

    fn write(
        &mut self,
        section: Section,
        name: Name,
        first: bool,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let value = self.lesson.value(name);
        let expr = self.lesson.expression(name);
        for text in [&mut self.name, &mut self.formula, &mut self.numbers, &mut self.rounded] {
            text.clear();
        }
        self.name.push_str(&self.names.name(name));
        self.rounded.push_str(&self.lesson.text(name, self.digits));
        let mut uses = Vec::new();
        if let Some(expr) = &expr {
            let show = |leaf| self.lesson.text(leaf, self.digits);
            read(expr, Leaves::Names, self.names, &mut self.formula);
            read(expr, Leaves::Numbers(&show), self.names, &mut self.numbers);
            expr.for_each_leaf(&mut |leaf| uses.push(leaf));
            keep_first(&mut uses);
        }
        let computed = self.lesson.computed_where_carried(name);
        let quantity = Quantity {
            name: &self.name,
            shown: self.lesson.naming().shown(name),
            section: section.key(),
            formula: expr.is_some().then_some(&self.formula),
            numbers: expr.is_some().then_some(&self.numbers),
            value,
            rounded: &self.rounded,
            uses: Names { names: &uses, naming: self.names.naming },
            computed,
            carried: computed.is_some(),
        };
        out.write_all(if first { b"\n" } else { b",\n" })?;
        Ok(serde_json::to_writer(out, &quantity)?)
    }
}

fn read(expr: &Expr, leaves: Leaves<'_>, names: TextWriter<'_>, out: &mut String) {
    let layout = Layout {
        leaves,
        role: &|_| Role::Plain,
        most_addends: usize::MAX,
        notation: Notation::Linear,
    };
    names.write(&layout.form(expr), out);
}

/// Keeps each name once, where it is first used.
fn keep_first(names: &mut Vec<Name>) {
    if names.len() <= FEW {
        for at in (1..names.len()).rev() {
            if names[..at].contains(&names[at]) {
                names.remove(at);
            }
        }
        return;
    }
    let mut seen = NameSet::default();
    names.retain(|name| seen.insert(*name));
}

/// Up to so many names, comparing all pairs is faster than a table of them.
const FEW: usize = 16;

fn reference(naming: Naming<'_>, check: &PrintedCheck<'_>) -> Reference {
    Reference {
        name: naming.ours().plain(check.name),
        shown: naming.shown(check.name),
        printed: check.printed.text().into(),
        value: check.here,
        exact: check.exact,
        verdict: match check.verdict {
            PrintedVerdict::Agrees => "agrees",
            PrintedVerdict::CutOff => "cut_off",
            PrintedVerdict::AgreesHere => "agrees_here",
            PrintedVerdict::AgreesExactly => "agrees_exactly",
            PrintedVerdict::Carried => "carried",
            PrintedVerdict::Differs => "differs",
            PrintedVerdict::NotReached => "not_reached",
        },
    }
}
