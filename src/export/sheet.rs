//! An answer sheet, for every medium that it is written in.

use compact_str::CompactString;

use crate::document::figure::Figure;
use crate::document::{Block, Readings};
use crate::lesson::Section;
use crate::name::Name;

/// One line to fill in.
pub struct SheetLine {
    /// The part of the lesson that it belongs to.
    pub section: Section,
    /// What is asked.
    pub name: Name,
    /// What stands in it already.
    pub answer: Option<CompactString>,
    /// What it is worth, where that is to be said.
    pub worth: Option<String>,
}

/// A sheet.
pub struct SheetPage<'a> {
    /// The title of the exercise.
    pub title: &'a str,
    /// Which sample it is about, where there are several.
    pub about: Option<String>,
    /// The lesson and how its quantities are read.
    pub readings: Readings<'a>,
    /// The task.
    pub task: Vec<Block<'a>>,
    /// What to do, in a sentence.
    pub advice: String,
    /// What each part is called.
    pub title_of: fn(Section) -> &'static str,
    /// What is asked.
    pub lines: Vec<SheetLine>,
}

impl<'a> SheetPage<'a> {
    /// The network with what is given.
    pub(super) fn given(&self) -> Figure<'a> {
        let Readings { lesson, digits, .. } = self.readings;
        // Only what is given: the sheet asks for the rest.
        let given = move |name: Name| match name {
            Name::Value(symbol) if lesson.expression(symbol.into()).is_none() => {
                lesson.has(name).then(|| lesson.text(name, digits))
            }
            Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
        };
        Figure::new(lesson.network(), given)
    }
}
