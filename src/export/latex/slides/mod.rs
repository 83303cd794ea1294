//! A lesson as slides: a frame for each step, an overlay for each beat.
//!
//! A chain, and each value of a small forward pass, is led by the figure, in which
//! what is being worked out is lit; all else is set block by block.

mod frames;
mod led;

use std::io::{self, Write};

use super::MARKS;
use super::block::LatexWriter;
use crate::document::{Block, Passage, Readings};
use crate::export::tex::CHARACTERS;
use crate::export::tikz;
use crate::name::Naming;
use frames::Frames;

/// Width of a line of a slide, in points.
const WIDTH: f64 = 400.0;

/// Points below the title of a frame.
const ROOM: f64 = 180.0;

/// Size of the letters, of ten points.
const SIZE: f64 = 1.1;

/// What slides begin with.
const SLIDES: &str = "\
\\documentclass[11pt,aspectratio=169]{beamer}
\\usepackage{amsmath}
\\usepackage{tikz}
\\usepackage{booktabs}
\\AtBeginDocument{\\ifdefined\\directlua\\else{\\usefont{OT1}{cmss}{m}{n}}%
\\DeclareFontShape{OT1}{cmss}{b}{it}{<->ssub*cmss/bx/n}{}%
\\DeclareFontFamily{OMS}{cmss}{}\\DeclareFontShape{OMS}{cmss}{m}{n}{<->ssub*cmsy/m/n}{}%
\\DeclareFontFamily{OML}{cmss}{}\\DeclareFontShape{OML}{cmss}{m}{n}{<->ssub*cmm/m/it}{}\\fi}
\\setbeamertemplate{navigation symbols}{}
\\setbeamertemplate{footline}[frame number]
\\setbeamersize{text margin left=25pt,text margin right=25pt}
\\newcommand{\\btfoot}{\\par\\vfill{\\footnotesize Underlined: carried on as the source prints it.\\par}}
% A term of a chain, still to come, worked out now, or known with its value.
\\newcommand{\\btterm}[3]{{\\temporal<#1>{\\color{btquiet}}{\\color{btcurrent}}{\\color{btknown}}%
\\underset{\\visible<#1->{\\textstyle #3}}{#2}}}
\\relpenalty=100 \\binoppenalty=200
";

/// Writes a lesson as slides.
///
/// # Errors
/// When `out` cannot be written to.
pub fn slides<'a>(
    readings: Readings<'a>,
    passages: impl Iterator<Item = Passage<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    begin(out)?;
    let naming = readings.lesson.naming();
    let writer = LatexWriter::new(naming, WIDTH, SIZE);
    for passage in passages {
        let part = passage.topics.first().map(|topic| topic.part.title(naming));
        let mut frames = Frames::new(&writer, &part.unwrap_or_default());
        if !led::passage(&mut frames, &passage, readings) {
            passage.blocks.iter().for_each(|block| frames.block(block));
        }
        out.write_all(frames.finished().as_bytes())?;
    }
    out.write_all(b"\\end{document}\n")
}

/// Writes a page that is no lesson as slides.
///
/// # Errors
/// When `out` cannot be written to.
pub fn page_as_slides<'a>(
    naming: Naming<'_>,
    blocks: impl IntoIterator<Item = Block<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    begin(out)?;
    let writer = LatexWriter::new(naming, WIDTH, SIZE);
    let mut frames = Frames::new(&writer, "");
    for block in blocks {
        frames.block(&block);
        out.write_all(frames.written().as_bytes())?;
    }
    out.write_all(frames.finished().as_bytes())?;
    out.write_all(b"\\end{document}\n")
}

fn begin(out: &mut dyn Write) -> io::Result<()> {
    let styles = tikz::styles(false);
    writeln!(out, "{SLIDES}{CHARACTERS}{styles}{MARKS}\\begin{{document}}")
}
