//! The page for one student: the report on their sheet, and what was decided by
//! hand.

use super::whom;
use crate::class::SeenSheet;
use crate::document::block::{Block, Inline};
use crate::document::report::{self, ReportRequest};
use crate::document::{Limits, Readings, task};
use crate::math::Notation;
use crate::num;

/// The page; `title` is that of the exercise where there is none of their own.
pub fn page<'a>(seen: &SeenSheet<'a>, title: &str, notation: Notation) -> Vec<Block<'a>> {
    let student = vec![Inline::text(whom(&seen.who()))];
    let (Some(exam), Some(marked)) = (seen.exam, seen.report) else {
        let why = match &seen.result {
            Err(trouble) => trouble.message.clone(),
            Ok(_) => String::new(),
        };
        return vec![
            Block::Title(title.to_owned()),
            Block::Prose(student),
            Block::Prose(vec![Inline::text(format!("This sheet could not be marked: {why}."))]),
        ];
    };
    let (lesson, digits) = (exam.lesson(), exam.rules.digits);
    let title = &exam.scenario.title;
    let limits = Limits::READABLE;
    let mut blocks =
        report::report(&ReportRequest { lesson, title, report: marked, digits, limits });
    if marked.student.is_none() {
        blocks.insert(1, Block::Prose(student));
    }
    for one in &seen.overrides {
        let credit = num::show(one.credit, 2);
        let points = if one.credit == 1.0 { "point" } else { "points" };
        let told =
            format!("Decided by hand: {} earns {credit} {points}. {}", one.quantity, one.why);
        blocks.push(Block::Prose(vec![Inline::text(told)]));
    }
    let readings = Readings { lesson, digits, limits, notes: &[], notation };
    blocks.push(Block::Subheading(vec!["The exercise".into()]));
    blocks.extend(task::task(readings));
    blocks
}
