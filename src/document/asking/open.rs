//! What is still open: as a list, and as the reason why a hint waits.

use compact_str::format_compact;

use super::section_title;
use crate::document::block::{Block, Inline, Line as Text};
use crate::document::report::name;
use crate::lesson::Section;
use crate::math::Role;
use crate::num;
use crate::verify::asking::OpenQuestion;

/// Open lines that are listed.
const MOST_OPEN: usize = 60;

/// Open lines that a hint waits for.
const MOST_WAITED_FOR: usize = 6;

/// The open lines by section: `5 f_in, 6 f_out`.
pub(super) fn list<'a>(open: &[OpenQuestion]) -> Vec<Block<'a>> {
    if open.is_empty() {
        return vec![Block::Prose(vec!["Every line is answered.".into()])];
    }
    let mut sections: Vec<(&'static str, Text)> = Vec::new();
    for OpenQuestion { section, number, name: of } in open.iter().take(MOST_OPEN) {
        let title = list_title(*section);
        let number = Inline::Text(format_compact!("{number}\u{a0}"), Role::Faint);
        match sections.last_mut().filter(|(last, _)| *last == title) {
            Some((_, line)) => line.extend([", ".into(), number, name(*of)]),
            None => sections.push((title, vec![number, name(*of)])),
        }
    }
    let more = open.len().saturating_sub(MOST_OPEN);
    if more > 0
        && let Some((_, line)) = sections.last_mut()
    {
        line.push(format!(", and {} more", num::count(more)).into());
    }
    vec![Block::Facts(sections)]
}

/// Which lines have to be answered before the next hint.
pub(super) fn waits(open: &[OpenQuestion]) -> Text {
    let mut text: Text =
        vec!["The next hint has numbers in it that you are still asked for: ".into()];
    for (at, open) in open.iter().take(MOST_WAITED_FOR).enumerate() {
        text.extend([if at > 0 { ", " } else { "" }.into(), name(open.name)]);
    }
    if let Some(more) = open.len().checked_sub(MOST_WAITED_FOR).filter(|more| *more > 0) {
        text.push(format!(", and {} more", num::count(more)).into());
    }
    text.push(". Answer first what it takes".into());
    if let Some(first) = open.first() {
        text.extend([" (go ".into(), name(first.name), ")".into()]);
    }
    text.push("; this cost nothing.".into());
    text
}

/// What they are called in a list, where there is less room.
const fn list_title(section: Section) -> &'static str {
    match section {
        Section::After => "after the update",
        Section::Given | Section::Forward | Section::Loss | Section::Backward | Section::Update => {
            section_title(section)
        }
    }
}
