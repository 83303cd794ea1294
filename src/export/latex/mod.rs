//! Pages as LaTeX: an article, or slides. They need amsmath, tikz and booktabs, and
//! slides beamer, and compile with pdflatex and lualatex.

mod beamer;
mod block;
mod sheet;
mod table;

pub use beamer::{page_as_slides, slides};
pub use sheet::sheet;

use std::io::{self, Write};

use super::tex::CHARACTERS;
use super::tikz;
use crate::document::Block;
use crate::name::Naming;
use block::Writer;

/// Width of a line of an article, in points.
const ARTICLE_WIDTH: f64 = 455.0;

/// Colours of what a part is to the reader, and marks.
const MARKS: &str = "\
\\definecolor{btgiven}{RGB}{0,92,92}
\\definecolor{btforward}{RGB}{24,96,36}
\\definecolor{btcarried}{RGB}{135,75,0}
\\newcommand{\\btcarried}[1]{\\color{btcarried}\\underline{#1}}
\\newcommand{\\bteq}[2]{\\par\\noindent\\hangindent=2em\\hangafter=1 $\\displaystyle #1$#2\\par}
\\newcommand{\\btcell}{\\rightskip=0pt plus 1fil\\relax}
";

/// What an article begins with.
const ARTICLE: &str = "\
\\documentclass[10pt,a4paper]{article}
\\usepackage[T1]{fontenc}
\\usepackage{amsmath}
\\usepackage{tikz}
\\usepackage{booktabs}
\\setlength{\\textwidth}{455pt}
\\setlength{\\oddsidemargin}{-2pt}
\\setlength{\\topmargin}{-30pt}
\\setlength{\\textheight}{690pt}
\\setlength{\\parindent}{0pt}
\\setlength{\\parskip}{5pt plus 2pt}
\\relpenalty=100 \\binoppenalty=200
";

/// Writes a page as an article.
///
/// # Errors
/// When `out` cannot be written to.
pub fn page<'a>(
    naming: Naming<'_>,
    blocks: impl IntoIterator<Item = Block<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    begin(out)?;
    let writer = Writer::new(naming, ARTICLE_WIDTH);
    for block in blocks {
        out.write_all(writer.block(&block).as_bytes())?;
    }
    out.write_all(b"\\end{document}\n")
}

/// All in front of the first block of an article.
fn begin(out: &mut dyn Write) -> io::Result<()> {
    let styles = tikz::styles(false);
    write!(out, "{ARTICLE}{CHARACTERS}{styles}{MARKS}\\begin{{document}}\n\\raggedright\n")
}
