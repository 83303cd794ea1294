//! Answer sheets: what a student wrote, quantity by quantity.
//!
//! A sheet is a JSON object or plain text of lines such as `z1_in = -0.53`;
//! `json` and `text` find names and numbers, [`written`] reads the numbers, and
//! this file holds the names against the network; `asked` says what a sheet
//! asks for. A name that the network does not know, or a quantity that is
//! answered twice, makes the whole sheet unusable; a number that cannot be read
//! concerns its own line only.

mod asked;
mod help;
mod json;
mod text;
pub mod written;

use std::ops::Range;

use thiserror::Error;

use crate::name::{Name, NameMap, Symbol};
use crate::network::Network;
use crate::num::Written;
use crate::source::fault::{Findings, Words};
use crate::source::locate::{Lines, locate};
use crate::source::reader::quoted;
use crate::source::{self, Faults, FileError, Format, file};
use crate::text::brief;

pub use asked::{asks, for_each_asked};
pub use help::Help;
pub use written::Problem;

/// What a sheet in JSON is.
static FORMAT: Format = Format {
    noun: "answer sheet",
    a_noun: "an answer sheet",
    shape: "an answer sheet is a JSON object such as { \"z1_in\": \"-0.53\" }",
    remarks: "remove it, or write the sheet as plain text, with lines such as `z1_in = -0.53`",
};

/// The entry that is no quantity.
const STUDENT: &str = "student";

/// Characters of an answer that are kept.
const LONGEST_ANSWER: usize = 60;

/// Characters of a student's name that are kept.
const LONGEST_STUDENT: usize = 200;

/// The answers of one student. All of its text is harmless on a terminal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Whose they are, where the sheet says so.
    pub student: Option<String>,
    /// What is answered, in the order of the file, each quantity once.
    pub answers: Vec<Answer>,
    /// The lines that the student was helped with.
    pub help: NameMap<Help>,
}

/// One answered line.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The quantity. The network has it, and the exercise does not give it.
    pub name: Name,
    /// What the answer says.
    pub reading: Reading,
    /// The line of the answer in its file, from 1.
    pub line: usize,
    /// Its column, in characters, from 1.
    pub column: usize,
    /// The answer as written, cut off after 60 characters.
    pub text: String,
}

/// What an answer says.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// One number.
    Number(Written),
    /// No number, or not clearly one.
    Unreadable(Problem),
}

/// Why there is no sheet.
#[derive(Debug, Error)]
pub enum LoadError {
    /// The file was read, and something is wrong with what it says.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Reads the answer sheet at a path, or standard input for `-`.
///
/// # Errors
/// Why it cannot be read, or all that is wrong with it.
pub fn load(argument: &str, network: &Network) -> Result<Sheet, LoadError> {
    Ok(read(&file::bytes(argument, &FORMAT)?, file::label(argument), network)?)
}

/// Reads the bytes of an answer sheet: JSON if it begins with `{`, else plain
/// text. `label` is what the report calls it.
///
/// # Errors
/// Everything that makes the sheet unusable.
pub fn read(bytes: &[u8], label: &str, network: &Network) -> Result<Sheet, Faults> {
    let text = source::text_of(bytes, label)?;
    let mut collector = Collector::new(text, network);
    let mut root = None;
    if text.trim_start().starts_with('{') {
        let node = source::parse(text, label, &FORMAT)?;
        json::read(text, node, &mut collector);
        root = Some(node);
    } else {
        text::read(text, &mut collector);
    }
    if collector.findings.count > 0 {
        return Err(locate(text, root, collector.findings, label));
    }
    Ok(collector.finish())
}

/// An answer as it stands in the file.
enum Raw<'t> {
    /// Nothing: the line is left open.
    Open,
    /// Written by a person.
    Text(&'t str),
    /// A number of JSON, which has no choice of its decimal point.
    JsonNumber(&'t str),
    /// Something else.
    Unreadable(Problem, &'t str),
}

/// A piece of the file, and where it stands.
struct Piece<'t> {
    text: &'t str,
    span: Range<usize>,
}

/// Gathers answers, and faults of their names.
struct Collector<'a> {
    network: &'a Network,
    lines: Lines<'a>,
    findings: Findings,
    sheet: Sheet,
    /// Line of each answered quantity.
    answered: NameMap<usize>,
    has_student: bool,
    /// Whether a comma in the sheet is certainly a decimal comma.
    has_decimal_comma: bool,
    has_point: bool,
}

impl<'a> Collector<'a> {
    fn new(text: &'a str, network: &'a Network) -> Self {
        Self {
            network,
            lines: Lines::new(text),
            findings: Findings::default(),
            sheet: Sheet::default(),
            answered: NameMap::default(),
            has_student: false,
            has_decimal_comma: false,
            has_point: false,
        }
    }

    /// The quantity that people call so, if the network has one.
    fn known(&self, text: &str) -> Option<Name> {
        self.network.naming().read(text).filter(|name| self.network.has(*name))
    }

    /// Takes one line. Lines must come in file order; `at` is where the answer
    /// stands.
    fn line(&mut self, key: Piece<'_>, at: usize, raw: Raw<'_>) {
        let Some(name) = self.known(key.text) else {
            let network = self.network;
            self.findings.add(key.span, || unknown_name(key.text, network));
            return;
        };
        if matches!(raw, Raw::Open) {
            return;
        }
        if is_given(name) {
            self.findings.add(key.span, || {
                Words::new(format!("`{}` is given, not asked", quoted(key.text)))
                    .help("leave it out; a sheet answers only what is computed")
            });
            return;
        }
        let (line, column) = self.lines.position(at);
        if let Some(earlier) = self.answered.get(&name) {
            let plain = self.network.naming().plain(name);
            self.findings.add(key.span, || {
                let text = quoted(key.text);
                let meant =
                    if text == plain { String::new() } else { format!(", which is `{plain}`,") };
                Words::new(format!("`{text}`{meant} is answered a second time"))
                    .help(format!("line {earlier} answers it already; keep one of the two"))
            });
            return;
        }
        self.answered.insert(name, line);
        let (text, reading) = self.reading(raw);
        let text = brief(text.trim(), LONGEST_ANSWER);
        self.sheet.answers.push(Answer { name, reading, line, column, text });
    }

    fn reading<'t>(&mut self, raw: Raw<'t>) -> (&'t str, Reading) {
        let (text, result) = match raw {
            Raw::Open => ("", Err(Problem::NoDigits)),
            Raw::Unreadable(problem, text) => (text, Err(problem)),
            Raw::JsonNumber(text) => (text, written::read(text)),
            Raw::Text(text) => {
                let result = written::read(text);
                self.has_decimal_comma |= result.is_ok() && text.contains(',');
                self.has_point |= text.contains('.');
                (text, result)
            }
        };
        (text, result.map_or_else(Reading::Unreadable, Reading::Number))
    }

    /// Takes the student's name.
    fn student(&mut self, key: Piece<'_>, name: &str) {
        if self.has_student {
            self.findings.add(key.span, || {
                Words::new("`student` stands here a second time").help("keep one of the two")
            });
        }
        self.has_student = true;
        let name = name.trim();
        if !name.is_empty() {
            self.sheet.student = Some(brief(name, LONGEST_STUDENT));
        }
    }

    /// The sheet. Someone who writes decimal commas, and no points, does so in
    /// 1,127 as well.
    fn finish(mut self) -> Sheet {
        if self.has_decimal_comma && !self.has_point {
            for answer in &mut self.sheet.answers {
                if answer.reading == Reading::Unreadable(Problem::UnclearComma)
                    && let Ok(written) = written::read_with_decimal_commas(&answer.text)
                {
                    answer.reading = Reading::Number(written);
                }
            }
        }
        self.sheet
    }
}

/// Whether a quantity is part of the exercise.
const fn is_given(name: Name) -> bool {
    matches!(
        name,
        Name::Value(
            Symbol::Input(_)
                | Symbol::Target(_)
                | Symbol::Weight { .. }
                | Symbol::Bias { .. }
                | Symbol::Rate
        )
    )
}

fn unknown_name(text: &str, network: &Network) -> Words {
    if text.trim().is_empty() {
        return Words::new("a name is missing here").help("write `z1_in = -0.53`");
    }
    let (shape, shown) = (network.shape(), quoted(text));
    let words = Words::new(format!("this {shape} network has no quantity `{shown}`"));
    match network.find(text) {
        Err(Some(nearest)) => words.help(format!("did you mean `{nearest}`?")),
        Ok(_) | Err(None) => words.help(
            "`backprop-tutor sheet` prints an empty sheet with all names that can be answered",
        ),
    }
}

/// The student's key, in any case.
fn is_student(key: &str) -> bool {
    key.trim().eq_ignore_ascii_case(STUDENT)
}
