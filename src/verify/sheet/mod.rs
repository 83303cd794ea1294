//! Answer sheets: what a student wrote, quantity by quantity.
//!
//! `decode` makes text of the bytes; `json`, `text` and `table` find names and
//! numbers in it, `markup` takes off LaTeX and Markdown; [`written`] reads the
//! numbers, with `trimming` for what stands around them and `arithmetic` for
//! those that are to be computed; `collector` puts it all together, and
//! `reader` is the way in. `asked` says what a sheet asks for.
//!
//! No line stops a sheet: what is no answer is kept as [`Unread`], with its
//! place and its reason.

mod arithmetic;
mod asked;
mod collector;
mod decode;
mod help;
mod json;
mod known;
mod lines;
mod markup;
mod number;
mod problem;
mod reader;
mod student;
mod table;
mod tags;
mod text;
mod trimming;
mod unread;
mod words;
pub mod written;

use compact_str::CompactString;
use thiserror::Error;

use crate::name::{Name, NameMap};
use crate::network::Network;
use crate::num::Written;
use crate::source::{Faults, FileError, FileFormat, file};
use crate::text::brief;

pub use asked::{asks, for_each_asked};
pub use decode::text;
pub use help::Help;
pub use problem::NumberProblem;
pub use reader::SheetReader;
pub use unread::{Reason, Unread};

/// What a sheet in JSON is.
static FORMAT: FileFormat = FileFormat {
    noun: "answer sheet",
    a_noun: "an answer sheet",
    shape: "an answer sheet is a JSON object such as { \"z1_in\": \"-0.53\" }",
    remarks: "remove it, or write the sheet as plain text, with lines such as `z1_in = -0.53`",
};

/// Characters of an answer that are kept.
const LONGEST_ANSWER: usize = 60;

/// The answers of one student. All of its text is harmless on a terminal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Whose they are, where the sheet says so.
    pub student: Option<String>,
    /// What is answered, in the order of the file, each quantity once.
    pub answers: Vec<Answer>,
    /// The lines that are no answers.
    pub unread: Vec<Unread>,
    /// The lines that the student was helped with.
    pub help: NameMap<Help>,
}

/// One answered line.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The quantity. The network has it, and the exercise does not give it.
    pub name: Name,
    /// What the answer says.
    pub reading: AnswerReading,
    /// The line of the answer in its file, from 1.
    pub line: u32,
    /// Its column, in characters, from 1.
    pub column: u32,
}

/// What an answer says.
#[derive(Clone, Debug, PartialEq)]
pub enum AnswerReading {
    /// One number.
    Number(Written),
    /// No number, or not clearly one.
    Unreadable(Box<NoNumber>),
}

/// What is written in the place of a number.
#[derive(Clone, Debug, PartialEq)]
pub struct NoNumber {
    /// Why it is none.
    pub problem: NumberProblem,
    /// The text, cut off after 60 characters.
    pub text: CompactString,
}

impl AnswerReading {
    /// What cannot be read as a number; the text is harmless.
    pub fn unreadable(problem: NumberProblem, text: CompactString) -> Self {
        Self::Unreadable(Box::new(NoNumber { problem, text }))
    }

    /// The number, if it is one.
    pub const fn number(&self) -> Option<&Written> {
        match self {
            Self::Number(number) => Some(number),
            Self::Unreadable(_) => None,
        }
    }

    /// The answer as written, cut off after 60 characters; of a working, the
    /// number that counts.
    pub fn text(&self) -> CompactString {
        match self {
            Self::Number(number) => short(number.text()),
            Self::Unreadable(unreadable) => unreadable.text.clone(),
        }
    }

    /// Whether two answers claim the same number to the same decimals, or have
    /// the same text.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => {
                one.value == other.value && one.decimals == other.decimals
            }
            (Self::Number(_) | Self::Unreadable(_), _) => self.text() == other.text(),
        }
    }
}

/// A harmless text as it is shown.
fn short(text: CompactString) -> CompactString {
    if text.len() <= LONGEST_ANSWER { text } else { brief(&text, LONGEST_ANSWER).into() }
}

/// Why there is no sheet.
#[derive(Debug, Error)]
pub enum SheetError {
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
/// Why it cannot be read.
pub fn load(argument: &str, network: &Network) -> Result<Sheet, SheetError> {
    Ok(read(&bytes(argument)?, file::label(argument), network)?)
}

/// The bytes of the answer sheet at a path, or of standard input for `-`.
///
/// # Errors
/// Why it cannot be read.
pub fn bytes(argument: &str) -> Result<Vec<u8>, FileError> {
    file::bytes(argument, &FORMAT)
}

/// Reads the bytes of one answer sheet; [`SheetReader`] reads many.
///
/// # Errors
/// If the bytes are no text at all, or JSON that is broken.
pub fn read(bytes: &[u8], label: &str, network: &Network) -> Result<Sheet, Faults> {
    SheetReader::for_one_sheet(network).read(bytes, label)
}

/// Reads the bytes of an answer sheet of several samples together.
///
/// # Errors
/// If the bytes are no text at all, or JSON that is broken.
pub fn read_batch(
    bytes: &[u8],
    label: &str,
    network: &Network,
    samples: usize,
) -> Result<Sheet, Faults> {
    SheetReader::for_batch(network, samples).read(bytes, label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_say_the_same_with_the_same_digits_and_others_in_the_same_words() {
        let number = |text: &str| AnswerReading::Number(Written::read(text).expect("a number"));
        let words = |text: &str| AnswerReading::unreadable(NumberProblem::NoDigits, text.into());
        assert!(number("0.50").says_the_same(&number("00.50")));
        assert!(!number("0.50").says_the_same(&number("0.5")));
        assert!(!number("0.50").says_the_same(&number("0.51")));
        assert!(words("half").says_the_same(&words("half")));
        assert!(!words("half").says_the_same(&words("a half")));
        assert!(!words("half").says_the_same(&number("0.5")));
        assert!(!number("0.5").says_the_same(&words("half")));
    }
}
