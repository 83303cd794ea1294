//! A page as text for a terminal.

use std::borrow::Borrow;
use std::io::{self, Write};

use super::paint::paint;
use crate::document::Block;
use crate::name::Naming;
use crate::typeset::page::runs;
use crate::typeset::{Span, Terminal, Typesetter, write_with_plain_spaces};

/// Writes a page, block by block as they come.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write<'a>(
    blocks: impl IntoIterator<Item = impl Borrow<Block<'a>>>,
    naming: Naming<'_>,
    terminal: Terminal,
    out: &mut impl Write,
) -> io::Result<()> {
    let typesetter = Typesetter::new(naming, terminal, terminal.colour);
    let mut first = true;
    for block in blocks {
        let block = block.borrow();
        let mut lines = typesetter.lines_of(block).peekable();
        if lines.peek().is_none() {
            continue;
        }
        if !std::mem::take(&mut first) {
            writeln!(out)?;
        }
        for spans in lines {
            line(spans, terminal.colour, out)?;
        }
    }
    Ok(())
}

fn line(spans: Vec<Span>, colour: bool, out: &mut impl Write) -> io::Result<()> {
    if colour {
        for run in runs(spans) {
            write!(out, "{}", paint(&run.text, run.role))?;
        }
    } else {
        for span in spans {
            write_with_plain_spaces(&span.text, out)?;
        }
    }
    out.write_all(b"\n")
}
