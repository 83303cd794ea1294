//! A page in the format that is asked for. Every command with a page writes it
//! here; only its JSON is its own.

use std::io::{self, Write};

use super::args::{LookArgs, PageFormat};
use super::screen;
use crate::document::Block;
use crate::export::{html, latex, markdown, terminal};
use crate::math::Notation;
use crate::name::Naming;

/// What is written.
pub(super) struct PagedOutput<'a> {
    /// The format that is asked for.
    pub(super) format: PageFormat,
    /// How text looks.
    pub(super) look: LookArgs,
    /// The title of the exercise.
    pub(super) title: &'a str,
    /// How names are made.
    pub(super) naming: Naming<'a>,
}

impl PagedOutput<'_> {
    /// Writes the blocks, or the JSON.
    pub(super) fn write<'b, B: IntoIterator<Item = Block<'b>>>(
        self,
        blocks: impl FnOnce(Notation) -> B,
        json: impl FnOnce(&mut dyn Write) -> io::Result<()>,
        mut out: &mut dyn Write,
    ) -> io::Result<()> {
        let Self { format, look, title, naming } = self;
        match format {
            PageFormat::Text => {
                terminal::write(blocks(Notation::Linear), naming, screen::look(look), &mut out)
            }
            PageFormat::Json => json(out),
            PageFormat::Html => html::page(title, naming, blocks(Notation::Stacked), out),
            PageFormat::Latex => latex::page(naming, blocks(Notation::Stacked), out),
            PageFormat::Beamer => latex::page_as_slides(naming, blocks(Notation::Stacked), out),
            PageFormat::Markdown => markdown::page(naming, blocks(Notation::Stacked), out),
        }
    }
}
