//! Frames that are filled block by block.

use super::ROOM;
use crate::document::{Block, Table};
use crate::export::latex::block::LatexWriter;
use crate::export::latex::{measure, table};
use crate::export::tex::escape;
use crate::math::Form;

/// Share of a figure's usual height that a slide has room for.
pub(super) const FIGURE_SHARE: f64 = 0.22;

/// Points that such a figure takes at most.
const FIGURE: f64 = 120.0;

/// Points that other drawings take.
const DRAWING: f64 = 130.0;

/// Points between two beats.
const GAP: f64 = 7.0;

/// Points of the titles and rules of a table.
const TITLES: f64 = 24.0;

/// The frames of a passage.
pub(super) struct Frames<'w, 'n> {
    pub(super) writer: &'w LatexWriter<'n>,
    title: String,
    /// Words that appear with what follows them, and the points that they take.
    words: (String, f64),
    /// What appears one after the other on the frame that is being filled.
    beats: Vec<String>,
    /// Points that they take.
    height: f64,
    out: String,
}

impl<'w, 'n> Frames<'w, 'n> {
    pub(super) fn new(writer: &'w LatexWriter<'n>, title: &str) -> Self {
        let (words, beats) = ((String::new(), 0.0), Vec::new());
        Self { writer, title: escape(title), words, beats, height: 0.0, out: String::new() }
    }

    /// The title of the frames to come, as LaTeX.
    pub(super) fn title(&mut self, title: String) {
        self.finish();
        self.title = title;
    }

    pub(super) fn block(&mut self, block: &Block<'_>) {
        let measure = self.writer.measure();
        let lines = |line: &[_]| measure.height(line, self.writer.width / self.writer.size);
        match block {
            Block::Title(title) => {
                self.title(String::new());
                let title = format!("{{\\LARGE\\structure{{{}}}\\par}}\\medskip\n", escape(title));
                self.words = (title, 50.0);
            }
            Block::Heading(_, title) => self.title(escape(title)),
            Block::Subheading(line) => self.title(self.writer.line(line)),
            Block::Prose(line) => {
                self.speak();
                let words = self.writer.block(block) + "\\smallskip\n";
                self.words = (words, lines(line) + 3.0);
            }
            Block::Facts(facts) => {
                for fact in facts {
                    let height = lines(&fact.1);
                    let set = self.writer.block(&Block::Facts(vec![fact.clone()]));
                    self.beat(set, height);
                }
            }
            Block::Equation { rights, .. } => {
                let height = self.height(rights);
                self.beat(self.writer.block(block), height);
            }
            Block::Table(table) => self.table(table),
            Block::LongTable(table) => self.table(&table.whole()),
            Block::Figure(figure) => self.beat(self.writer.figure(figure, FIGURE_SHARE), FIGURE),
            Block::Layers | Block::Chart(_) => {
                self.beat(self.writer.block(block), DRAWING);
            }
        }
    }

    /// Height of right sides under each other, at ten points.
    pub(super) fn height(&self, rights: &[Form]) -> f64 {
        let measure = self.writer.measure();
        let lines = |form| (measure.width(form) * self.writer.size / self.writer.width).ceil();
        rights.iter().map(|right| lines(right).max(1.0) * measure::height(right)).sum()
    }

    /// A table, in pieces that fit.
    fn table(&mut self, table: &Table) {
        let heights = table::heights(self.writer, table);
        let words = self.words.1;
        let mut from = 0;
        while from < table.rows.len() || from == 0 {
            let room = ROOM / self.writer.size - TITLES - if from == 0 { words } else { 0.0 };
            let mut height = 0.0;
            let fits = |height: &mut f64, row: &f64| {
                *height += row;
                *height <= room
            };
            let rest = &heights[from..];
            let rows = rest.iter().take_while(|row| fits(&mut height, row)).count().max(1);
            // A last row does not stand alone.
            let rows = if rest.len() == rows + 1 { rows.div_ceil(2) } else { rows };
            let to = (from + rows).min(table.rows.len());
            let left_out = if to == table.rows.len() { table.left_out } else { 0 };
            let rows = table.rows[from..to].to_vec();
            let height = heights[from..to].iter().sum::<f64>() + TITLES;
            let part = Table { columns: table.columns.clone(), rows, left_out };
            let set = self.writer.block(&Block::Table(part));
            self.beat(set, height);
            from = to.max(1);
        }
    }

    /// Something that appears at once, on the next frame where this is full.
    fn beat(&mut self, set: String, points: f64) {
        let (mut shown, words) = std::mem::take(&mut self.words);
        let points = (words + points) * self.writer.size + GAP;
        if self.height + points > ROOM {
            self.end_frame();
        }
        shown.push_str(&set);
        self.beats.push(shown);
        self.height += points;
    }

    /// Shows words that nothing follows.
    fn speak(&mut self) {
        if !self.words.0.is_empty() {
            self.beat(String::new(), 0.0);
        }
    }

    /// Ends the frame that is being filled.
    fn finish(&mut self) {
        self.speak();
        self.end_frame();
    }

    fn end_frame(&mut self) {
        let beats = std::mem::take(&mut self.beats);
        self.height = 0.0;
        if beats.is_empty() {
            return;
        }
        let shown = beats
            .iter()
            .enumerate()
            .map(|(at, beat)| format!("\\uncover<{}->{{{beat}}}\\medskip\n", at + 1));
        let content = shown.collect::<String>();
        self.write("c", &content, "");
    }

    /// A frame led by something at its top, with what the speaker says.
    pub(super) fn led(&mut self, content: &str, why: &str) {
        self.finish();
        self.write("t", content, why);
    }

    /// A frame, placed as beamer has it: `t` at the top, `c` in the middle.
    fn write(&mut self, placed: &str, content: &str, why: &str) {
        let note = match why {
            "" => String::new(),
            why => format!("\\note{{\\small {why}}}\n"),
        };
        let carried = content.contains("\\btcarried{");
        let foot = if carried { "\\btfoot\n" } else { "" };
        self.out.push_str(&format!(
            "\\begin{{frame}}[{placed}]\n\\frametitle{{{}}}\n{content}{foot}{note}\\end{{frame}}\n",
            self.title
        ));
    }

    /// The frames that are written so far.
    pub(super) fn written(&mut self) -> String {
        std::mem::take(&mut self.out)
    }

    /// All frames.
    pub(super) fn finished(mut self) -> String {
        self.finish();
        self.out
    }
}
