//! Pages as Markdown with formulas between dollar signs and pipe tables, for what
//! reads it: GitHub, Quarto, Jupyter, pandoc.

mod escape;
mod sheet;

pub use sheet::sheet;

use std::fmt::Write as _;
use std::io::{self, Write};

use super::terminal;
use super::tex::{Dialect, TexWriter};
use crate::document::{Align, Block, Inline, Line, Table};
use crate::math::{Form, Role};
use crate::name::Naming;
use crate::num;
use crate::typeset::Terminal;
use escape::{escape, fence};

/// Columns of a figure drawn with characters.
const FIGURE: Terminal = Terminal { width: 92, colour: false, ascii: false };

/// Writes a page.
///
/// # Errors
/// When `out` cannot be written to.
pub fn page<'a>(
    naming: Naming<'_>,
    blocks: impl IntoIterator<Item = Block<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let writer = Writer { math: TexWriter { naming, dialect: Dialect::Markdown } };
    for (at, block) in blocks.into_iter().enumerate() {
        let text = writer.block(&block)?;
        let apart = if at > 0 && !text.is_empty() { "\n" } else { "" };
        write!(out, "{apart}{text}")?;
    }
    Ok(())
}

struct Writer<'n> {
    math: TexWriter<'n>,
}

impl Writer<'_> {
    fn block(&self, block: &Block<'_>) -> io::Result<String> {
        Ok(match block {
            Block::Title(title) => format!("# {}\n", escape(title)),
            Block::Heading(number, title) => format!("## {number} {}\n", escape(title)),
            Block::Subheading(line) => format!("### {}\n", self.line(line)),
            Block::Prose(line) => format!("{}\n", self.line(line)),
            Block::Facts(facts) => self.facts(facts),
            Block::Equation { left, rights } => self.equation(left, rights),
            Block::Table(table) => self.table(table),
            Block::LongTable(table) => self.table(&table.whole()),
            Block::Figure(_) | Block::Layers | Block::Chart(_) => {
                let mut text = Vec::new();
                terminal::write([block], self.math.naming, FIGURE, &mut text)?;
                let text = String::from_utf8_lossy(&text);
                if text.trim().is_empty() {
                    // No figure of a network so large.
                    return Ok(String::new());
                }
                let fence = fence(&text);
                format!("{fence}text\n{text}{fence}\n")
            }
        })
    }

    fn line(&self, line: &[Inline]) -> String {
        let mut out = String::new();
        for inline in line {
            let _ = match inline {
                Inline::Text(text, Role::Heading | Role::Carried) => {
                    let is_tight = !text.is_empty() && text.trim() == text;
                    let mark = if is_tight { "**" } else { "" };
                    write!(out, "{mark}{}{mark}", escape(text))
                }
                Inline::Text(text, _) => write!(out, "{}", escape(text)),
                Inline::Math(form) => write!(out, "${}$", self.math.math(form).trim()),
                // Advice for the command line.
                Inline::Hint(_) => Ok(()),
            };
        }
        escape::start(out)
    }

    /// Facts with their labels; a label stands for the lines below it too.
    fn facts(&self, facts: &[(&'static str, Line)]) -> String {
        let mut out = String::new();
        for (label, line) in facts {
            let line = self.line(line);
            let _ = match *label {
                "" => writeln!(out, "- {line}"),
                label => writeln!(out, "- **{}** {line}", escape(label)),
            };
        }
        out
    }

    fn equation(&self, left: &Form, rights: &[Form]) -> String {
        let mut out = String::new();
        for (at, right) in rights.iter().enumerate() {
            let left = if at == 0 { self.math.math(left) } else { "\\qquad".into() };
            let apart = if at > 0 { "\n" } else { "" };
            let _ = write!(out, "{apart}$$\n{left} = {}\n$$\n", self.math.math(right).trim());
        }
        out
    }

    fn table(&self, table: &Table) -> String {
        let mut out = String::from("|");
        for column in &table.columns {
            let _ = write!(out, " {} |", escape(column.title));
        }
        out.push_str("\n|");
        for column in &table.columns {
            out.push_str(match column.align {
                Align::Label | Align::Flowing => " :-- |",
                Align::Decimal | Align::Count => " --: |",
            });
        }
        out.push('\n');
        for row in &table.rows {
            out.push('|');
            for cell in row {
                let _ = write!(out, " {} |", self.line(cell));
            }
            out.push('\n');
        }
        if table.left_out > 0 {
            let rows = if table.left_out == 1 { "row is" } else { "rows are" };
            let _ = writeln!(out, "\n{} {rows} not shown.", num::count(table.left_out));
        }
        out
    }
}
