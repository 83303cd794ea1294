//! Blocks of a page as LaTeX.

use std::fmt::Write;

use super::measure::Measure;
use super::table;
use crate::document::figure::{Detail, Figure};
use crate::document::{Block, Inline, Line};
use crate::export::tex::{Dialect, TexWriter, colour, escape};
use crate::export::tikz;
use crate::math::{Form, Role};
use crate::name::Naming;
use crate::typeset::paper;

/// Points that a figure has in its height.
pub(super) const FIGURE_HEIGHT: f64 = 500.0;

/// Writes blocks.
pub(super) struct LatexWriter<'n> {
    pub(super) math: TexWriter<'n>,
    /// Points of a line.
    pub(super) width: f64,
    /// Size of the letters, of ten points.
    pub(super) size: f64,
}

impl<'n> LatexWriter<'n> {
    pub(super) const fn new(naming: Naming<'n>, width: f64, size: f64) -> Self {
        Self { math: TexWriter { naming, dialect: Dialect::Latex }, width, size }
    }

    pub(super) const fn measure(&self) -> Measure<'n> {
        Measure { naming: self.math.naming }
    }

    /// One block.
    pub(super) fn block(&self, block: &Block<'_>) -> String {
        match block {
            Block::Title(title) => format!("{{\\LARGE\\bfseries {}\\par}}\n", escape(title)),
            Block::Heading(number, title) => {
                let title = escape(title);
                format!("\\section*{{{number}\\quad {title}}}\n")
            }
            Block::Subheading(line) => format!("\\subsection*{{{}}}\n", self.line(line)),
            Block::Prose(line) => format!("{}\\par\n", self.line(line)),
            Block::Facts(facts) => self.facts(facts),
            Block::Equation { left, rights } => self.equation(left, rights),
            Block::Table(table) => table::write(self, table),
            Block::LongTable(table) => table::write(self, &table.whole()),
            Block::Figure(figure) => self.figure(figure, 1.0),
            Block::Layers => centred(&tikz::layers()),
            Block::Chart(chart) => centred(&tikz::chart(chart)),
        }
    }

    /// The network, no wider than the line and no higher than a share of
    /// [`FIGURE_HEIGHT`].
    pub(super) fn figure(&self, figure: &Figure<'_>, share: f64) -> String {
        let drawing = paper::draw(figure, Detail::READABLE);
        let (width, height) = (0.75 * drawing.width, 0.75 * drawing.height);
        let scale = (self.width / width).min(FIGURE_HEIGHT * share / height).min(1.0);
        let picture = tikz::picture(figure, Detail::READABLE);
        let picture = picture.trim_end().trim_end_matches('%');
        if scale < 1.0 {
            let scale = (scale * 1000.0).floor() / 1000.0;
            return centred(&format!("\\scalebox{{{scale}}}{{{picture}}}"));
        }
        centred(picture)
    }

    /// Words and formulas that run on.
    pub(super) fn line(&self, line: &[Inline]) -> String {
        let mut out = String::new();
        for inline in line {
            let _ = match inline {
                Inline::Text(text, Role::Heading) => write!(out, "\\textbf{{{}}}", escape(text)),
                Inline::Text(text, role) => {
                    let is_number = text.parse::<f64>().is_ok() && !text.contains('e');
                    let words = if is_number { format!("${text}$") } else { escape(text) };
                    match colour(*role) {
                        "" => write!(out, "{words}"),
                        colour => write!(out, "\\textcolor{{{colour}}}{{{words}}}"),
                    }
                }
                Inline::Math(form) => write!(out, "${}$", self.math.math(form)),
                // Advice for the command line.
                Inline::Hint(_) => Ok(()),
            };
        }
        out
    }

    /// The same in a table, where fractions have room.
    pub(super) fn cell(&self, line: &[Inline]) -> String {
        match line {
            [Inline::Math(form)] => format!("$\\displaystyle {}$", self.math.math(form)),
            line => self.line(line),
        }
    }

    /// Facts with their labels; a label stands for the lines below it too.
    fn facts(&self, facts: &[(&'static str, Line)]) -> String {
        let mut out = String::new();
        for (label, line) in facts {
            let label = match *label {
                "" => String::new(),
                label => format!("\\textbf{{{}}}\\quad ", escape(label)),
            };
            let _ = writeln!(
                out,
                "{{\\everymath{{\\displaystyle}}\\hangindent=2em\\hangafter=1 {label}{}\\par}}",
                self.line(line)
            );
        }
        out
    }

    /// `left = right`, and every further right side below.
    fn equation(&self, left: &Form, rights: &[Form]) -> String {
        let mut out = String::new();
        for (at, right) in rights.iter().enumerate() {
            let left = if at == 0 { self.math.math(left) } else { "\\qquad".into() };
            let right = self.math.math(right);
            let _ = writeln!(out, "\\bteq{{{left}}}{{ $\\displaystyle {{}} = {right}$}}");
        }
        out
    }
}

fn centred(picture: &str) -> String {
    if picture.is_empty() {
        return String::new();
    }
    format!("{{\\centering {picture}\\par}}\n")
}
