//! An answer sheet on paper: the figure, what is given, and a box for each line.

use std::io::{self, Write};

use super::block::Writer;
use super::{ARTICLE_WIDTH, begin};
use crate::export::sheet::Sheet;
use crate::export::tex::escape;

/// Rows of a piece: a page has room for two.
const ROWS: usize = 18;

/// Writes a sheet.
///
/// # Errors
/// When `out` cannot be written to.
pub fn sheet(sheet: &Sheet<'_>, out: &mut dyn Write) -> io::Result<()> {
    begin(out)?;
    let writer = Writer::new(sheet.readings.lesson.naming(), ARTICLE_WIDTH);
    writeln!(out, "{{\\LARGE\\bfseries {}\\par}}", escape(sheet.title))?;
    if let Some(about) = &sheet.about {
        writeln!(out, "{}\\par", escape(about))?;
    }
    out.write_all(writer.figure(&sheet.given(), 0.5).as_bytes())?;
    for block in &sheet.task {
        out.write_all(writer.block(block).as_bytes())?;
    }
    write!(out, "{}\\par\n\\bigskip Student: \\hrulefill\\null\\par\n", escape(&sheet.advice))?;
    for lines in sheet.lines.chunk_by(|a, b| a.section == b.section) {
        let title = escape((sheet.title_of)(lines[0].section));
        writeln!(out, "\\subsection*{{{title}}}")?;
        for piece in lines.chunks(ROWS) {
            out.write_all(b"\\begin{tabular}{@{}p{90pt}p{80pt}l@{}}\n")?;
            for line in piece {
                let naming = sheet.readings.lesson.naming();
                let plain = escape(&naming.plain(line.name));
                let shown = writer.math.math(&sheet.readings.name(line.name));
                let answer = line.answer.as_deref().map_or_else(String::new, escape);
                let worth = line.worth.as_deref().map_or_else(String::new, escape);
                writeln!(
                    out,
                    "\\texttt{{{plain}}} & ${shown}$ & \\fbox{{\\rule[-5pt]{{0pt}}{{16pt}}\\makebox[150pt][l]{{{answer}}}}} {worth} \\\\[3pt]"
                )?;
            }
            out.write_all(b"\\end{tabular}\\par\n")?;
        }
    }
    out.write_all(b"\\end{document}\n")
}
