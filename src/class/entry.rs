//! One sheet of the pile, before it is marked: whose it is and where it lies.

use std::path::PathBuf;

use crate::text::brief;

/// Characters of what somebody is called that are kept.
const LONGEST: usize = 200;

/// Whose sheet it is, as far as its place says. All of it is harmless to print.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// What results are filed under: the id of a record or a row, else the name
    /// of the file.
    pub id: String,
    /// The student's name, where something says so.
    pub student: Option<String>,
    /// What they log in with.
    pub login: Option<String>,
    /// Their mail address.
    pub email: Option<String>,
}

impl Who {
    /// Known by an id alone.
    pub fn of_id(id: &str) -> Self {
        Self { id: brief(id.trim(), LONGEST), ..Self::default() }
    }

    /// Takes something more that is known, unless it is empty.
    pub(super) fn learn(place: &mut Option<String>, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            *place = Some(brief(text, LONGEST));
        }
    }
}

/// A sheet to be marked.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetEntry {
    /// Whose it is.
    pub who: Who,
    /// Where it comes from, for messages; harmless to print.
    pub place: String,
    /// The sheet.
    pub content: Content,
}

/// Where a sheet lies.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// In a file, which is read when it is marked.
    File(PathBuf),
    /// Here: answers by name, as a JSON object.
    Answers(String),
    /// Nowhere: why it is not read.
    Refused(String),
}
