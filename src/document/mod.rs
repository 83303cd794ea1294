//! The page: a lesson as blocks of headings, prose, formulas, tables and
//! figures. It says what is shown; `export` decides how.

pub mod asking;
mod backward;
pub mod batch;
mod block;
mod check;
pub mod class;
mod concept;
mod cost;
pub mod factor;
pub mod figure;
pub mod forward;
pub mod gradient_check;
pub mod lint;
mod long_table;
mod matrix_form;
mod network;
mod page;
pub mod path;
pub mod program;
mod quantities;
mod readings;
pub mod report;
mod summary;
pub mod task;
pub mod topic;
pub mod training;
pub mod update;
mod vector;

pub use block::{Align, Block, Chart, Column, Inline, Line, Table, told};
pub use long_table::LongTable;
pub use page::{Limits, quantity_columns};
pub use readings::Readings;

use crate::lesson::Lesson;
use crate::lesson::reference::PrintedCheck;
use crate::math::Notation;
use crate::name::Name;
use crate::num::Precision;
use crate::telling::{Telling, Topic};
use page::Page;
use topic::Teller;

/// What a page is about.
pub struct LessonRequest<'a> {
    /// The lesson.
    pub lesson: &'a Lesson<'a>,
    /// The title of the exercise.
    pub title: &'a str,
    /// Where it comes from.
    pub source: Option<&'a str>,
    /// The number of the sample among how many, where there are several.
    pub sample: Option<(usize, usize)>,
    /// Decimals shown.
    pub digits: Precision,
    /// How much is shown.
    pub limits: Limits,
    /// What is told, and how.
    pub telling: Telling,
    /// The comparison with the source, if it prints numbers.
    pub checks: &'a [PrintedCheck<'a>],
    /// What the scenario says about single numbers.
    pub notes: &'a [(Name, String)],
    /// How the medium draws fractions.
    pub notation: Notation,
}

impl<'a> LessonRequest<'a> {
    /// How the quantities are read.
    pub const fn readings(&self) -> Readings<'a> {
        let Self { lesson, digits, limits, notes, notation, .. } = *self;
        Readings { lesson, digits, limits, notes, notation }
    }
}

/// Topics that stand together, and what they say.
pub struct Passage<'a> {
    /// The topics; none for the title of the page.
    pub topics: Vec<Topic>,
    /// What they say.
    pub blocks: Vec<Block<'a>>,
}

/// The page of a lesson, passage by passage: the next one is written when it is
/// asked for.
pub fn passages<'a>(request: LessonRequest<'a>) -> impl Iterator<Item = Passage<'a>> {
    let topics = request.telling.topics(request.lesson);
    let mut teller = Teller::new(Page::new(request.readings()), request.checks);
    teller.page().push(Block::Title(request.title.to_owned()));
    teller.page().source(&request);
    let start = Passage { topics: Vec::new(), blocks: teller.page().take_blocks() };
    let mut at = 0;
    let rest = std::iter::from_fn(move || {
        let left = topics.get(at..).filter(|left| !left.is_empty())?;
        let told = &left[..topic::run(left)];
        at += told.len();
        let blocks = match request.telling.only {
            Some(name) => teller.about(name, told, at == topics.len()),
            None => teller.tell(told),
        };
        Some(Passage { topics: told.to_vec(), blocks })
    });
    [start].into_iter().chain(rest)
}

/// The same as blocks, one after the other.
pub fn page<'a>(request: LessonRequest<'a>) -> impl Iterator<Item = Block<'a>> {
    passages(request).flat_map(|passage| passage.blocks)
}

impl<'a> Page<'a> {
    /// Where the exercise comes from, and how this run departs from the usual.
    fn source(&mut self, request: &LessonRequest<'a>) {
        if let Some(source) = request.source {
            self.say(source);
        }
        if let Some((number, of)) = request.sample {
            self.prose([
                format!("This lesson works sample {number} of {of} alone").into(),
                Inline::hint(" (--sample N picks another)"),
                ".".into(),
            ]);
        }
        if let Some(digits) = self.lesson.settings().by_hand {
            self.say(format!(
                "By hand: every intermediate is rounded to {digits} and carried on rounded."
            ));
        }
    }
}
