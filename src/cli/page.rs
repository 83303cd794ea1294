//! A page in the format that is asked for. Every command with a page writes it
//! here; only its JSON is its own.

use std::io::{self, Write};

use super::args::{Format, Look};
use super::screen;
use crate::document::Block;
use crate::export::{html, latex, markdown, terminal};
use crate::math::Notation;
use crate::name::Naming;

/// What is written.
pub(super) struct Page<'a> {
    /// The format that is asked for.
    pub(super) format: Format,
    /// How text looks.
    pub(super) look: Look,
    /// The title of the exercise.
    pub(super) title: &'a str,
    /// How names are made.
    pub(super) naming: Naming<'a>,
}

impl Page<'_> {
    /// Writes the blocks, or the JSON.
    pub(super) fn write<'b, B: IntoIterator<Item = Block<'b>>>(
        self,
        blocks: impl FnOnce(Notation) -> B,
        json: impl FnOnce(&mut dyn Write) -> io::Result<()>,
        mut out: &mut dyn Write,
    ) -> io::Result<()> {
        let Self { format, look, title, naming } = self;
        match format {
            Format::Text => {
                terminal::write(blocks(Notation::Linear), naming, screen::look(look), &mut out)
            }
            Format::Json => json(out),
            Format::Html => html::page(title, naming, blocks(Notation::Stacked), out),
            Format::Latex => latex::page(naming, blocks(Notation::Stacked), out),
            Format::Beamer => latex::page_as_slides(naming, blocks(Notation::Stacked), out),
            Format::Markdown => markdown::page(naming, blocks(Notation::Stacked), out),
        }
    }
}
