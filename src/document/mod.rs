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
pub mod program;
mod readings;
pub mod report;
mod summary;
pub mod task;
pub mod training;
pub mod update;
mod vector;

pub use block::{Align, Block, Chart, Column, Inline, Line, Picture, Table};
pub use page::{Limits, quantity_columns};
pub use readings::Readings;

use crate::lesson::Lesson;
use crate::lesson::reference::Check;
use crate::name::Name;
use crate::num::Precision;
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
    pub digits: Precision,
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

/// The page of a lesson, a part at a time: the next one is written when all of
/// the last is taken.
pub fn page<'a>(request: Request<'a>) -> impl Iterator<Item = Block<'a>> {
    let mut page = Page::new(request.readings());
    let parts = match request.only {
        Some(name) => vec![Part::Title, Part::Only(name)],
        None => Part::all(&request),
    };
    parts.into_iter().flat_map(move |part| {
        match part {
            Part::Title => {
                page.push(Block::Title(request.title.to_owned()));
                page.source(&request);
            }
            Part::Only(name) => only::write(&mut page, name),
            Part::Forward => forward::write(&mut page),
            Part::Backward => backward::write(&mut page),
            Part::Update => update::write(&mut page),
            Part::Section(section) => section.write(&mut page, request.checks),
        }
        page.take_blocks()
    })
}

/// What a page is made of.
enum Part {
    Title,
    Only(Name),
    Forward,
    Backward,
    Update,
    Section(Section),
}

impl Part {
    fn all(request: &Request<'_>) -> Vec<Self> {
        let mut parts =
            vec![Self::Title, Self::Section(Section::Network), Self::Forward, Self::Backward];
        if request.lesson.settings().apply {
            parts.push(Self::Update);
        }
        parts.extend([Self::Section(Section::MatrixForm), Self::Section(Section::Cost)]);
        if !request.checks.is_empty() {
            parts.push(Self::Section(Section::Check));
        }
        parts
    }
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

    fn write<'a>(self, page: &mut Page<'a>, checks: &[Check<'a>]) {
        match self {
            Self::Network => network::write(page),
            Self::MatrixForm => matrix_form::write(page),
            Self::Cost => cost::write(page),
            Self::Check => check::write(page, checks),
            Self::Summary => summary::write(page, checks),
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
    section.write(&mut page, checks);
    page.take_blocks()
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
                "By hand: every intermediate is rounded to {digits} and carried on rounded."
            ));
        }
    }
}
