//! A figure as TikZ: a file that compiles alone, or is `\input` by a document that
//! loads amsmath and tikz.
//!
//! Lines, pills and texts have styles (`bt current`, `bt known`, ...) that a
//! document may set otherwise. Names are set as mathematics; no text of a file
//! becomes a command.

mod chart;
mod layers;
mod style;

pub use chart::chart;
pub use layers::layers;
pub use style::{COLOUR, MONO};

use std::fmt::Write;

use super::tex::{self, CHARACTERS, comment, escape};
use crate::document::figure::{Detail, Figure, Light, title};
use crate::num;
use crate::typeset::paper::{
    self, Anchor, Arrow, Drawing, PaperItem, PaperShape, PaperText, Piece, Seg, What,
};

/// How a figure is written.
#[derive(Clone, Copy, Debug)]
pub struct TikzSettings<'a> {
    /// What the picture is of, for a comment at the top.
    pub caption: Option<&'a str>,
    /// How much of a large network is shown.
    pub detail: Detail,
    /// Line weights and dashes instead of colours.
    pub mono: bool,
}

impl Default for TikzSettings<'_> {
    fn default() -> Self {
        Self { caption: None, detail: Detail::READABLE, mono: false }
    }
}

/// The styles that the pictures need, once for a document.
pub const fn styles(mono: bool) -> &'static str {
    if mono { MONO } else { COLOUR }
}

/// The `tikzpicture` alone, for a document that has the [`styles`] in its
/// preamble.
pub fn picture(figure: &Figure<'_>, detail: Detail) -> String {
    write_picture(&paper::draw(figure, detail))
}

/// A file that compiles alone, to a page as large as the picture, and that another
/// document may `\input`.
pub fn file(figure: &Figure<'_>, settings: TikzSettings<'_>) -> String {
    let drawing = paper::draw(figure, settings.detail);
    let about = title(figure);
    let caption = settings.caption.map(|caption| format!("% {}\n", comment(caption)));
    let (width, height) = (length(0.75 * drawing.width), length(0.75 * drawing.height));
    format!(
        "{}% {}\n{ALONE}\\setlength{{\\paperwidth}}{{{width}pt}}\n\\setlength{{\\paperheight}}{{{height}pt}}\n{PAGE}{CHARACTERS}{}{}\\btend\n",
        caption.unwrap_or_default(),
        comment(&about),
        styles(settings.mono),
        write_picture(&drawing),
    )
}

/// Nothing of this is read where a document has begun.
const ALONE: &str = "\
% Compile it, or \\input it in a document that loads amsmath and tikz.
\\let\\btend\\relax
\\expandafter\\ifx\\csname @classoptionslist\\endcsname\\relax
\\documentclass{article}
\\usepackage{amsmath}
\\usepackage{tikz}
";

/// The page is the picture.
const PAGE: &str = "\
\\ifdefined\\pdfpagewidth\\else\\let\\pdfpagewidth\\pagewidth\\let\\pdfpageheight\\pageheight\\fi
\\pdfpagewidth=\\paperwidth
\\pdfpageheight=\\paperheight
\\setlength{\\hoffset}{-1in}\\setlength{\\voffset}{-1in}
\\setlength{\\oddsidemargin}{0pt}\\setlength{\\topmargin}{0pt}
\\setlength{\\headheight}{0pt}\\setlength{\\headsep}{0pt}\\setlength{\\topskip}{0pt}
\\setlength{\\textwidth}{\\paperwidth}\\setlength{\\textheight}{\\paperheight}
\\setlength{\\parindent}{0pt}\\setlength{\\maxdepth}{0pt}\\pagestyle{empty}
\\begin{document}
\\def\\btend{\\end{document}}
\\fi
";

fn write_picture(drawing: &Drawing) -> String {
    let mut writer = Writer { out: String::new(), has_light: drawing.has_light };
    writer.put(format_args!("\\begin{{tikzpicture}}[bt picture]\n"));
    let end = point((drawing.width, drawing.height));
    writer.put(format_args!("\\useasboundingbox (0,0) rectangle {end};\n"));
    for item in &drawing.items {
        writer.item(item);
    }
    writer.out.push_str("\\end{tikzpicture}%\n");
    writer.out
}

struct Writer {
    out: String,
    has_light: bool,
}

impl Writer {
    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = self.out.write_fmt(text);
    }

    fn item(&mut self, item: &PaperItem) {
        for shape in &item.shapes {
            self.shape(shape, item);
        }
    }

    fn shape(&mut self, shape: &PaperShape, item: &PaperItem) {
        let light = self.light(item.light);
        match shape {
            PaperShape::Path { from, segs, arrow } => self.path(*from, segs, *arrow, item.light),
            PaperShape::Pill { x, y, width, height, radius } => {
                let style = if item.what == What::Unit { "bt unit" } else { "bt part" };
                let order = if item.what == What::Unit {
                    style.to_owned()
                } else {
                    format!("{light}, {style}")
                };
                let radius = length(0.75 * radius);
                let (from, to) = (point((*x, *y)), point((x + width, y + height)));
                self.put(format_args!(
                    "\\draw[{order}, rounded corners={radius}pt] {from} rectangle {to};\n"
                ));
            }
            PaperShape::Text(text) => self.text(text, item, light),
            PaperShape::Disc { x, y, number } => {
                let current = if item.light == Light::Current { ", bt number current" } else { "" };
                let at = point((*x, *y));
                self.put(format_args!(
                    "\\node[circle, draw, {light}, bt number{current}, minimum size=12.5pt, font=\\bfseries\\scriptsize] at {at} {{{number}}};\n"
                ));
            }
        }
    }

    /// The style of a light; where nothing is lit, nothing is dimmed.
    const fn light(&self, light: Light) -> &'static str {
        match (self.has_light, light) {
            (false, _) => "bt plain",
            (true, Light::Quiet) => "bt quiet",
            (true, Light::Ahead) => "bt ahead",
            (true, Light::Known) => "bt known",
            (true, Light::Current) => "bt current",
        }
    }

    fn path(&mut self, from: (f64, f64), segs: &[Seg], arrow: Arrow, light: Light) {
        let style = self.light(light);
        let head = match arrow {
            Arrow::None => "",
            Arrow::End => ", -latex",
            Arrow::Start => ", latex-",
        };
        self.put(format_args!("\\draw[{style}{head}] {}", point(from)));
        for seg in segs {
            match *seg {
                Seg::Line(to) => self.put(format_args!(" -- {}", point(to))),
                Seg::Curve(a, b, to) => self.put(format_args!(
                    " .. controls {} and {} .. {}",
                    point(a),
                    point(b),
                    point(to)
                )),
            }
        }
        self.out.push_str(";\n");
    }

    fn text(&mut self, text: &PaperText, item: &PaperItem, light: &str) {
        let anchor = match text.anchor {
            Anchor::Start => "base west",
            Anchor::Middle => "base",
            Anchor::End => "base east",
        };
        let size = if text.size < 11.5 {
            "\\scriptsize"
        } else if text.size < 13.0 {
            "\\footnotesize"
        } else if text.size < 20.0 {
            "\\normalsize"
        } else {
            "\\Large"
        };
        let is_quiet = item.light == Light::Quiet;
        let style = match item.what {
            What::Heading | What::Dots => "bt heading",
            // A number that was found on the way stands out.
            What::Gradient | What::Signal if is_quiet && self.has_light => "bt found",
            What::Gradient
            | What::Signal
            | What::Unit
            | What::Part
            | What::Wire
            | What::Lead
            | What::Within
            | What::Weight
            | What::Target
            | What::Number => light,
        };
        // Not \boldmath: the sans serif fonts of slides have no such letters.
        let is_bold = item.light == Light::Current;
        let bold = if is_bold { "\\bfseries" } else { "" };
        let words: String = text.pieces.iter().map(|part| piece(part, is_bold)).collect();
        let at = point((text.x, text.y));
        self.put(format_args!(
            "\\node[{style}, draw=none, anchor={anchor}, font={size}{bold}] at {at} {{{words}}};\n"
        ));
    }
}

fn piece(piece: &Piece, is_bold: bool) -> String {
    match piece {
        Piece::Label(label) => format!("${}$", tex::label(label)),
        Piece::Number(text) => tex::number(text, is_bold),
        Piece::Words(text) if text == "⋮" => "$\\vdots$".to_owned(),
        Piece::Words(text) if text == "⋯" => "$\\cdots$".to_owned(),
        Piece::Words(text) if text.trim() == "=" => "${}={}$".to_owned(),
        Piece::Words(text) => escape(text),
        Piece::Function(text) => tex::function(text),
    }
}

fn point((x, y): (f64, f64)) -> String {
    format!("({},{})", length(x), length(y))
}

/// A length with a digit behind the point.
fn length(value: f64) -> String {
    num::show(value, num::Precision::Decimals(1)).to_string()
}
