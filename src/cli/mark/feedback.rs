//! `--feedback`: a page for each student, in a file of its own.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::class::{SeenSheet, Who, file_name};
use crate::cli::args::class::FeedbackFormat;
use crate::document::class::feedback as document;
use crate::export::{html, markdown, terminal};
use crate::math::Notation;
use crate::name::Naming;
use crate::source::draft;
use crate::typeset::Terminal;

/// Columns of a page.
const WIDTH: usize = 80;

/// The folder that pages go to.
pub(super) struct Pages {
    folder: PathBuf,
    extension: &'static str,
    taken: HashSet<String>,
}

impl Pages {
    pub(super) fn new(folder: &str, format: FeedbackFormat) -> Self {
        let folder = Path::new(folder).to_path_buf();
        Self { folder, extension: extension(format), taken: HashSet::new() }
    }

    /// Writes the page of a student, as a whole or not at all. Two students whose
    /// names make one name of a file get one each.
    pub(super) fn write(&mut self, who: &Who, page: &[u8]) -> anyhow::Result<()> {
        let stem = file_name(&who.id);
        let mut name = stem.clone();
        let mut number = 1;
        while !self.taken.insert(name.to_lowercase()) {
            number += 1;
            name = format!("{stem}-{number}");
        }
        draft::replace(&self.folder.join(format!("{name}.{}", self.extension)), page)?;
        Ok(())
    }
}

/// The page of a student.
pub(super) fn page(seen: &SeenSheet<'_>, format: FeedbackFormat, title: &str) -> Vec<u8> {
    let naming = seen.exam.map(|exam| exam.lesson().naming());
    // Where there is no exercise, no quantity is named.
    let naming = naming.unwrap_or_else(|| Naming::new(1, 1));
    let blocks = |notation| document::page(seen, title, notation);
    let mut page = Vec::new();
    // Memory takes everything.
    let _ = match format {
        FeedbackFormat::Text => {
            let look = Terminal { width: WIDTH, colour: false, ascii: false };
            terminal::write(blocks(Notation::Linear), naming, look, &mut page)
        }
        FeedbackFormat::Markdown => markdown::page(naming, blocks(Notation::Stacked), &mut page),
        FeedbackFormat::Html => {
            let title = seen.exam.map_or(title, |exam| &exam.scenario.title);
            html::page(title, naming, blocks(Notation::Stacked), &mut page)
        }
    };
    page
}

/// How a file with such a page ends.
const fn extension(format: FeedbackFormat) -> &'static str {
    match format {
        FeedbackFormat::Text => "txt",
        FeedbackFormat::Markdown => "md",
        FeedbackFormat::Html => "html",
    }
}
