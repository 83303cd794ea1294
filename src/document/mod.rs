//! The page: a lesson as blocks of headings, prose, formulas, tables and
//! figures. It says what is shown; `export` decides how.

pub mod asking;
mod backward;
pub mod batch;
mod block;
mod check;
mod cost;
pub mod factor;
pub mod figure;
pub mod forward;
pub mod gradient_check;
mod matrix_form;
mod network;
mod only;
mod page;
pub mod path;
mod readings;
pub mod report;
mod summary;
pub mod training;
pub mod update;
mod vector;

pub use block::{Align, Block, Chart, Column, Inline, Line, Picture, Table};
pub use page::{Limits, quantity_columns};
pub use readings::Readings;

use crate::lesson::Lesson;
use crate::lesson::reference::Check;
use crate::name::Name;
use page::Page;

/// What a page is about.
pub struct Request<'a> {
    /// The lesson.
    pub lesson: &'a Lesson<'a>,
    /// The title of the exercise.
    pub title: &'a str,
    /// Where it comes from.
    pub source: Option<&'a str>,
    /// The number of the sample among how many, where there are several.
    pub sample: Option<(usize, usize)>,
    /// Decimals shown.
    pub digits: usize,
    /// How much is shown.
    pub limits: Limits,
    /// One quantity that the page is about; `None`: all.
    pub only: Option<Name>,
    /// The comparison with the source, if it prints numbers.
    pub checks: &'a [Check<'a>],
    /// What the scenario says about single numbers.
    pub notes: &'a [(Name, String)],
}

impl<'a> Request<'a> {
    /// How the quantities are read.
    const fn readings(&self) -> Readings<'a> {
        let Self { lesson, digits, limits, notes, .. } = *self;
        Readings { lesson, digits, limits, notes }
    }
}

/// The page of a lesson.
pub fn page<'a>(request: &Request<'a>) -> Vec<Block<'a>> {
    let mut page = Page::new(request.readings());
    page.push(Block::Title(request.title.to_owned()));
    page.source(request);
    if let Some(name) = request.only {
        only::write(&mut page, name);
        return page.into_blocks();
    }
    network::write(&mut page);
    forward::write(&mut page);
    backward::write(&mut page);
    if request.lesson.settings().apply {
        update::write(&mut page);
    }
    matrix_form::write(&mut page);
    cost::write(&mut page);
    if !request.checks.is_empty() {
        check::write(&mut page, request.checks);
    }
    page.into_blocks()
}

/// A section of the page that stands on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// What is given.
    Network,
    /// The error signals as matrices.
    MatrixForm,
    /// What caching saves.
    Cost,
    /// The comparison with the source.
    Check,
    /// What the step came to; the page itself has no such section.
    Summary,
}

impl Section {
    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Network => network::TITLE,
            Self::MatrixForm => matrix_form::TITLE,
            Self::Cost => cost::TITLE,
            Self::Check => check::TITLE,
            Self::Summary => summary::TITLE,
        }
    }
}

/// One section of the page, with its heading.
pub fn section<'a>(
    section: Section,
    readings: Readings<'a>,
    checks: &[Check<'a>],
) -> Vec<Block<'a>> {
    let mut page = Page::new(readings);
    match section {
        Section::Network => network::write(&mut page),
        Section::MatrixForm => matrix_form::write(&mut page),
        Section::Cost => cost::write(&mut page),
        Section::Check => check::write(&mut page, checks),
        Section::Summary => summary::write(&mut page, checks),
    }
    page.into_blocks()
}

impl<'a> Page<'a> {
    /// Where the exercise comes from, and how this run departs from the usual.
    fn source(&mut self, request: &Request<'a>) {
        if let Some(source) = request.source {
            self.say(source);
        }
        if let Some((number, of)) = request.sample {
            self.say(format!(
                "This lesson works sample {number} of {of} alone (--sample N picks another)."
            ));
        }
        if let Some(digits) = self.lesson.settings().by_hand {
            self.say(format!(
                "By hand: every intermediate is rounded to {digits} decimals and carried on rounded."
            ));
        }
    }
}
