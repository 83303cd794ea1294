//! What the formats of question banks have in common: a question of one exercise,
//! its task as text, and its points in whole numbers.

use std::io;

use super::terminal;
use crate::document::asking::section_title;
use crate::document::report::name;
use crate::document::{Limits, Readings, task};
use crate::exercise::AskedItem;
use crate::lesson::Lesson;
use crate::math::Notation;
use crate::num::{self, Precision};
use crate::typeset::{Terminal, Typesetter};

/// A question about one exercise, with a number to enter for each line.
pub struct GradedQuestion<'q> {
    /// What it is called in the bank; letters, digits and hyphens only.
    pub id: &'q str,
    /// The title of the exercise.
    pub title: &'q str,
    /// The exact lesson.
    pub lesson: &'q Lesson<'q>,
    /// The digits that are asked.
    pub digits: Precision,
    /// What is asked.
    pub items: &'q [AskedItem],
}

/// Columns of the task.
const WIDTH: usize = 78;

impl GradedQuestion<'_> {
    /// The task, in lines of plain text.
    pub(super) fn task(&self) -> io::Result<String> {
        let (lesson, digits) = (self.lesson, self.digits);
        let readings = Readings {
            lesson,
            digits,
            limits: Limits::READABLE,
            notes: &[],
            notation: Notation::Linear,
        };
        let look = Terminal { width: WIDTH, colour: false, ascii: false };
        let mut text = Vec::new();
        terminal::write(task::task(readings), lesson.naming(), look, &mut text)?;
        Ok(String::from_utf8_lossy(&text).trim_end().to_owned())
    }

    /// What a line is called.
    pub(super) fn label(&self, item: &AskedItem) -> String {
        let look = Terminal { width: usize::MAX, colour: false, ascii: false };
        Typesetter::new(self.lesson.naming(), look, false).line(&[name(item.name)])
    }

    /// The title of a line's section, where it is the first of it.
    pub(super) fn section(&self, at: usize) -> Option<&'static str> {
        let section = self.items[at].section;
        let is_first = at == 0 || self.items[at - 1].section != section;
        is_first.then(|| section_title(section))
    }

    /// What each line is worth, in whole numbers of the same proportions.
    pub(super) fn marks(&self) -> Vec<u32> {
        let is_whole = |factor: &f64| {
            let is_whole = |item: &AskedItem| {
                let points = item.points * factor;
                (points - points.round()).abs() < 1e-9
            };
            self.items.iter().all(is_whole)
        };
        let factor = [1.0, 2.0, 4.0, 5.0, 10.0, 20.0].into_iter().find(is_whole).unwrap_or(100.0);
        self.items.iter().map(|item| (item.points * factor).round().max(1.0) as u32).collect()
    }
}

/// A number as question banks read it.
pub(super) fn number(value: f64) -> String {
    num::show_exactly(value).into()
}
