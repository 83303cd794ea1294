//! What is said of a student's sheet besides its lines.

use crate::class::{Note, Who};
use crate::document::report::question;
use crate::num;

/// What a student is called.
pub fn whom(who: &Who) -> String {
    match &who.student {
        Some(student) if *student != who.id => format!("{} ({student})", who.id),
        Some(_) | None => who.id.clone(),
    }
}

/// A note in words.
pub fn note(note: &Note) -> String {
    match note {
        Note::NoAnswers => "nothing in it can be read as an answer".to_owned(),
        Note::Blank => "nothing is answered".to_owned(),
        Note::Unread(1) => "1 line of it is no answer".to_owned(),
        Note::Unread(count) => format!("{} of it are no answers", num::counted(*count, "line")),
        Note::Asked(asked) => question(asked),
        Note::Overridden(1) => "1 line decided by hand".to_owned(),
        Note::Overridden(count) => format!("{} decided by hand", num::counted(*count, "line")),
        Note::CommonScenario => "marked by the common exercise, for want of their own".to_owned(),
    }
}
