//! A lesson as slides: a frame for each step, an overlay for each beat.

use std::io::{self, Write};

use super::MARKS;
use super::block::Writer;
use crate::document::figure::Figure;
use crate::document::{Block, Passage};
use crate::export::tex::{CHARACTERS, escape};
use crate::export::tikz;
use crate::export::walk::Walk;
use crate::lesson::Lesson;
use crate::name::Naming;
use crate::num::Precision;

/// Width of a line of a slide, in points.
const SLIDE_WIDTH: f64 = 390.0;

/// Lines that a frame has below its title.
const LINES: f64 = 13.0;

/// Rows of a table on one frame.
const ROWS: usize = 4;

/// Share of a figure's usual height that a slide has room for.
const FIGURE_SHARE: f64 = 0.36;

/// What slides begin with.
const SLIDES: &str = "\
\\documentclass[10pt,aspectratio=169]{beamer}
\\usepackage{amsmath}
\\usepackage{tikz}
\\usepackage{booktabs}
\\AtBeginDocument{\\ifdefined\\directlua\\else{\\usefont{OT1}{cmss}{m}{n}}%
\\DeclareFontShape{OT1}{cmss}{b}{it}{<->ssub*cmss/bx/n}{}\\fi}
\\setbeamertemplate{navigation symbols}{}
\\setbeamertemplate{footline}[frame number]
\\setbeamersize{text margin left=25pt,text margin right=25pt}
\\newcommand{\\btfoot}{\\vfill{\\footnotesize Underlined: carried on as the source prints it.\\par}}
\\relpenalty=100 \\binoppenalty=200
";

/// Writes a lesson as slides.
///
/// # Errors
/// When `out` cannot be written to.
pub fn slides<'a>(
    lesson: &'a Lesson<'a>,
    digits: Precision,
    passages: impl Iterator<Item = Passage<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    begin(out)?;
    let writer = Writer::new(lesson.naming(), SLIDE_WIDTH);
    for passage in passages {
        let part = passage.topics.first().map(|topic| topic.part.title(lesson.naming()));
        let mut frames = Frames::new(&writer, &part.unwrap_or_default());
        let walk = Walk::of(&passage, lesson, digits);
        for block in &passage.blocks {
            frames.block(block, walk.as_ref());
        }
        frames.finish();
        out.write_all(frames.out.as_bytes())?;
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
    let writer = Writer::new(naming, SLIDE_WIDTH);
    let mut frames = Frames::new(&writer, "");
    for block in blocks {
        frames.block(&block, None);
        out.write_all(std::mem::take(&mut frames.out).as_bytes())?;
    }
    frames.finish();
    out.write_all(frames.out.as_bytes())?;
    out.write_all(b"\\end{document}\n")
}

fn begin(out: &mut dyn Write) -> io::Result<()> {
    let styles = tikz::styles(false);
    writeln!(out, "{SLIDES}{CHARACTERS}{styles}{MARKS}\\begin{{document}}")
}

/// The frames of a passage.
struct Frames<'w, 'n> {
    writer: &'w Writer<'n>,
    title: String,
    /// What the speaker says.
    why: String,
    /// What appears one after the other on the frame that is being filled.
    beats: Vec<String>,
    /// Lines that they take.
    height: f64,
    out: String,
}

impl<'w, 'n> Frames<'w, 'n> {
    fn new(writer: &'w Writer<'n>, title: &str) -> Self {
        let (why, out, beats) = (String::new(), String::new(), Vec::new());
        Self { writer, title: escape(title), why, beats, height: 0.0, out }
    }

    fn block(&mut self, block: &Block<'_>, walk: Option<&Walk<'_>>) {
        let set = self.writer.block(block);
        match block {
            Block::Title(title) => self.title = escape(title),
            Block::Heading(_, title) => {
                self.finish();
                self.title = escape(title);
            }
            Block::Subheading(line) => {
                self.finish();
                self.title = self.writer.line(line);
            }
            Block::Prose(_) => {
                self.why.push_str(&set);
                let lines = (set.len() as f64 / 60.0).ceil();
                self.beat(set, lines);
            }
            Block::Facts(facts) => {
                for fact in facts {
                    let set = self.writer.block(&Block::Facts(vec![fact.clone()]));
                    let lines = (set.len() as f64 / 90.0).ceil();
                    self.beat(set, lines);
                }
            }
            Block::Equation { left, rights } => {
                let lines = rights.len() as f64;
                let set = self
                    .writer
                    .block(&Block::Equation { left: left.clone(), rights: rights.clone() });
                self.beat(set, 2.0 * lines);
            }
            Block::Table(table) => {
                for rows in table.rows.chunks(ROWS) {
                    let (columns, rows) = (table.columns.clone(), rows.to_vec());
                    self.table(crate::document::Table { columns, rows, left_out: 0 });
                }
            }
            Block::LongTable(table) => {
                for at in (0..table.count).step_by(ROWS) {
                    let rows = table.rows(at..(at + ROWS).min(table.count));
                    let columns = table.columns.clone();
                    let part = crate::document::Table { columns, rows, left_out: 0 };
                    self.table(part);
                }
            }
            Block::Figure(figure) => self.figures(figure, walk),
            Block::Layers | Block::Chart(_) => {
                self.finish();
                self.beat(set, 10.0);
                self.finish();
            }
        }
    }

    /// Some rows of a table.
    fn table(&mut self, table: crate::document::Table) {
        let lines = 2.0 * table.rows.len() as f64 + 2.0;
        let set = self.writer.block(&Block::Table(table));
        self.beat(set, lines);
    }

    /// Something that appears on its own, on the next frame where this is full.
    fn beat(&mut self, set: String, lines: f64) {
        if self.height + lines > LINES {
            self.finish();
        }
        self.beats.push(set);
        self.height += lines;
    }

    /// The figure, with one term of the chain after the other lit.
    fn figures(&mut self, figure: &Figure<'_>, walk: Option<&Walk<'_>>) {
        self.finish();
        let mut pictures = Vec::new();
        if let Some(walk) = walk {
            let lit = (1..=walk.terms()).filter_map(|term| walk.lit(Some(term)));
            pictures.extend(lit.map(|figure| self.writer.figure(&figure, FIGURE_SHARE)));
        }
        if pictures.is_empty() {
            pictures.push(self.writer.figure(figure, FIGURE_SHARE));
        }
        for (at, picture) in pictures.iter_mut().enumerate() {
            *picture = format!("\\only<{}>{{{picture}}}", at + 1);
        }
        self.frame(&pictures.concat());
    }

    /// Ends the frame that is being filled.
    fn finish(&mut self) {
        let beats = std::mem::take(&mut self.beats);
        self.height = 0.0;
        if beats.is_empty() {
            return;
        }
        let shown = beats
            .iter()
            .enumerate()
            .map(|(at, beat)| format!("\\uncover<{}->{{{beat}}}\\medskip\n", at + 1));
        self.frame(&shown.collect::<String>());
    }

    fn frame(&mut self, content: &str) {
        let why = std::mem::take(&mut self.why);
        let note = if why.is_empty() { why } else { format!("\\note{{\\small {why}}}\n") };
        let carried = content.contains("\\btcarried{");
        let foot = if carried { "\\btfoot\n" } else { "" };
        self.out.push_str(&format!(
            "\\begin{{frame}}[t]\n\\frametitle{{{}}}\n{content}{foot}{note}\\end{{frame}}\n",
            self.title
        ));
    }
}
