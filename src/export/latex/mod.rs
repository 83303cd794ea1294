//! Pages as LaTeX: an article, or slides. They need amsmath, tikz and booktabs, and
//! slides beamer, and compile with pdflatex and lualatex.

mod block;
mod measure;
mod sheet;
mod slides;
mod table;

pub use sheet::sheet;
pub use slides::{page_as_slides, slides};

use std::io::{self, Write};

use super::tex::CHARACTERS;
use super::tikz;
use super::walk::WalkedChain;
use crate::document::{Block, Passage};
use crate::lesson::Lesson;
use crate::name::Naming;
use crate::num::Precision;
use block::LatexWriter;

/// Width of a line of an article, in points.
const ARTICLE_WIDTH: f64 = 455.0;

/// Colours of what a part is to the reader, and marks.
const MARKS: &str = "\
\\definecolor{btgiven}{RGB}{0,92,92}
\\definecolor{btforward}{RGB}{24,96,36}
\\definecolor{btcarried}{RGB}{135,75,0}
\\newcommand{\\btcarried}[1]{\\color{btcarried}\\underline{#1}}
\\newcommand{\\bteq}[2]{\\par\\noindent\\hangindent=2em\\hangafter=1 $\\displaystyle #1$#2\\par}
\\newsavebox{\\bttable}
\\newcommand{\\btfit}[1]{\\sbox{\\bttable}{#1}\\ifdim\\wd\\bttable>\\linewidth
\\resizebox{\\linewidth}{!}{\\usebox{\\bttable}}\\else\\usebox{\\bttable}\\fi}
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
    let writer = LatexWriter::new(naming, ARTICLE_WIDTH, 1.0);
    for block in blocks {
        out.write_all(writer.block(&block).as_bytes())?;
    }
    out.write_all(b"\\end{document}\n")
}

/// Writes a lesson as an article: chains are lit in their figures.
///
/// # Errors
/// When `out` cannot be written to.
pub fn lesson<'a>(
    lesson: &'a Lesson<'a>,
    digits: Precision,
    passages: impl Iterator<Item = Passage<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    begin(out)?;
    let writer = LatexWriter::new(lesson.naming(), ARTICLE_WIDTH, 1.0);
    for passage in passages {
        let walk = WalkedChain::of(&passage, lesson, digits);
        for block in &passage.blocks {
            let walk = walk.as_ref().filter(|_| matches!(block, Block::Figure(_)));
            let lit = walk.and_then(|walk| walk.lit(None));
            let set = lit.map_or_else(|| writer.block(block), |lit| writer.figure(&lit, 1.0));
            out.write_all(set.as_bytes())?;
        }
    }
    out.write_all(b"\\end{document}\n")
}

/// All in front of the first block of an article.
fn begin(out: &mut dyn Write) -> io::Result<()> {
    let styles = tikz::styles(false);
    write!(out, "{ARTICLE}{CHARACTERS}{styles}{MARKS}\\begin{{document}}\n\\raggedright\n")
}
