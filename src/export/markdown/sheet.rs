//! An answer sheet as Markdown: what is given, and a row for each line.

use std::io::{self, Write};

use super::{Writer, escape::escape};
use crate::document::Block;
use crate::export::sheet::SheetPage;
use crate::export::tex::{Dialect, TexWriter};

/// Writes a sheet.
///
/// # Errors
/// When `out` cannot be written to.
pub fn sheet(sheet: &SheetPage<'_>, out: &mut dyn Write) -> io::Result<()> {
    let naming = sheet.readings.lesson.naming();
    let writer = Writer { math: TexWriter { naming, dialect: Dialect::Markdown } };
    write!(out, "# {}\n\n", escape(sheet.title))?;
    if let Some(about) = &sheet.about {
        // A heading is no line of answers, whatever numbers stand in it.
        write!(out, "### {}\n\n", escape(about))?;
    }
    writeln!(out, "{}", writer.block(&Block::Figure(sheet.given()))?)?;
    for block in &sheet.task {
        writeln!(out, "{}", writer.block(block)?)?;
    }
    write!(out, "{}\n\nStudent:\n", escape(&sheet.advice))?;
    for lines in sheet.lines.chunk_by(|a, b| a.section == b.section) {
        let title = escape((sheet.title_of)(lines[0].section));
        write!(
            out,
            "\n## {title}\n\n| name | quantity | answer | worth |\n| :-- | :-- | :-- | :-- |\n"
        )?;
        for line in lines {
            let plain = escape(&naming.plain(line.name));
            let shown = writer.math.math(&sheet.readings.name(line.name));
            let answer = line.answer.as_deref().unwrap_or_default();
            let worth = line.worth.as_deref().map_or_else(String::new, escape);
            writeln!(out, "| {plain} | ${}$ | {answer} | {worth} |", shown.trim())?;
        }
    }
    Ok(())
}
