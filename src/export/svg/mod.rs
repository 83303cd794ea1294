//! A figure as SVG: readable on its own, and part of a web page whose script
//! lights it.
//!
//! Every node, weight, gradient and link is a group with an `id` and a
//! `data-name`: the plain name of its quantity, or of the derivative that belongs
//! to the link, made safe. `data-links` has the links that a line belongs to, as
//! our plain names, so `[data-links~="df_in/dz1_out"]` finds all that a script has
//! to light; the classes `bt-quiet`, `bt-ahead`, `bt-known` and `bt-current` say
//! how bright it is. No text of a file becomes anything else than text.

mod chart;
mod layers;
mod style;

pub use super::escape::{identifier, shown as escape};
pub use chart::chart;
pub use layers::layers;
pub use style::{COLOUR, MONO};

use std::fmt::Write;

use crate::document::figure::{Detail, Figure, Light, description, title};
use crate::name::Naming;
use crate::num;
use crate::typeset::paper::{
    self, Anchor, Arrow, GlyphRun, PaperItem, PaperShape, PaperText, Seg, What,
};

/// How a figure is written.
#[derive(Clone, Copy, Debug)]
pub struct SvgSettings<'a> {
    /// What the picture is of; stands before what the figure says of itself.
    pub caption: Option<&'a str>,
    /// How much of a large network is shown.
    pub detail: Detail,
    /// Line weights and dashes instead of colours.
    pub mono: bool,
    /// Whether the rules of the style are part of it. A page that shows several
    /// figures sets them once.
    pub with_style: bool,
    /// Whether it is a file of its own, with a ground below it.
    pub alone: bool,
    /// In front of every `id`: letters and digits, other for each figure of a page.
    pub prefix: &'a str,
}

impl Default for SvgSettings<'_> {
    fn default() -> Self {
        Self {
            caption: None,
            detail: Detail::READABLE,
            mono: false,
            with_style: true,
            alone: true,
            prefix: "bt",
        }
    }
}

/// The figure as an `svg` element.
pub fn figure(figure: &Figure<'_>, settings: SvgSettings<'_>) -> String {
    let drawing = paper::draw(figure, settings.detail);
    let naming = figure.network().naming().ours();
    let mut writer = Writer { out: String::new(), naming, prefix: settings.prefix };
    let (width, height) = (length(drawing.width.ceil()), length(drawing.height.ceil()));
    let prefix = settings.prefix;
    let lit = if drawing.has_light { " bt-lit" } else { "" };
    writer.put(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"bt-figure{lit}\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{prefix}-title {prefix}-desc\">\n"
    ));
    let about = title(figure);
    let title = match settings.caption {
        Some(caption) => format!("{caption}. {about}"),
        None => about,
    };
    writer.put(format_args!("<title id=\"{prefix}-title\">{}</title>\n", escape(&title)));
    let words = description(figure);
    writer.put(format_args!("<desc id=\"{prefix}-desc\">{}</desc>\n", escape(&words)));
    if settings.with_style {
        let style = if settings.mono { MONO } else { COLOUR };
        writer.put(format_args!("<style>\n{style}</style>\n"));
    }
    if settings.alone {
        writer.put(format_args!(
            "<rect class=\"bt-paper\" width=\"{width}\" height=\"{height}\"/>\n"
        ));
    }
    for item in &drawing.items {
        writer.item(item);
    }
    writer.out.push_str("</svg>\n");
    writer.out
}

struct Writer<'a> {
    out: String,
    naming: Naming<'static>,
    prefix: &'a str,
}

impl Writer<'_> {
    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = self.out.write_fmt(text);
    }

    fn item(&mut self, item: &PaperItem) {
        let (kind, light) = (class(item.what), light(item.light));
        self.put(format_args!("<g class=\"bt-{kind} bt-{light}\""));
        if let Some(name) = item.name {
            let plain = self.naming.plain(name);
            let (prefix, id) = (self.prefix, identifier(&plain));
            // A term has its number beside the link that it is.
            let number = if item.what == What::Number { "number-" } else { "" };
            self.put(format_args!(
                " id=\"{prefix}-{number}{id}\" data-name=\"{}\"",
                escape(&plain)
            ));
        }
        if !item.links.is_empty() {
            let names = item.links.iter().map(|link| self.naming.plain(*link));
            let names: Vec<String> = names.collect();
            self.put(format_args!(" data-links=\"{}\"", escape(&names.join(" "))));
        }
        self.out.push('>');
        for shape in &item.shapes {
            self.shape(shape, item.light);
        }
        self.out.push_str("</g>\n");
    }

    fn shape(&mut self, shape: &PaperShape, light: Light) {
        match shape {
            PaperShape::Path { from, segs, arrow } => self.path(*from, segs, *arrow, light),
            PaperShape::Pill { x, y, width, height, radius } => {
                let [x, y, width, height] = [x, y, width, height].map(|at| length(*at));
                let radius = length(*radius);
                self.put(format_args!(
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\"/>"
                ));
            }
            PaperShape::Text(text) => self.text(text),
            PaperShape::Disc { x, y, number } => {
                let (left, top, line) = (length(*x), length(*y), length(y + 4.0));
                self.put(format_args!("<circle cx=\"{left}\" cy=\"{top}\" r=\"8.5\"/>"));
                self.put(format_args!(
                    "<text x=\"{left}\" y=\"{line}\" font-size=\"11\" text-anchor=\"middle\">{number}</text>"
                ));
            }
        }
    }

    fn path(&mut self, from: (f64, f64), segs: &[Seg], arrow: Arrow, light: Light) {
        let head = head(light);
        let (from, segs) = shortened(from, segs, arrow, head);
        let mut d = format!("M{}", point(from));
        let mut end = from;
        for seg in &segs {
            match *seg {
                Seg::Line(to) => {
                    let _ = write!(d, "L{}", point(to));
                    end = to;
                }
                Seg::Curve(a, b, to) => {
                    let _ = write!(d, "C{} {} {}", point(a), point(b), point(to));
                    end = to;
                }
            }
        }
        self.put(format_args!("<path d=\"{d}\"/>"));
        // Every line begins and ends level.
        let (tip, base) = match arrow {
            Arrow::None => return,
            Arrow::End => ((end.0 + head, end.1), end),
            Arrow::Start => ((from.0 - head, from.1), from),
        };
        let half = head * 0.5;
        self.put(format_args!(
            "<path class=\"bt-head\" d=\"M{}L{} {}Z\"/>",
            point(tip),
            point((base.0, base.1 - half)),
            point((base.0, base.1 + half))
        ));
    }

    fn text(&mut self, text: &PaperText) {
        let runs = paper::runs(&text.pieces, text.size);
        let anchor = match text.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (x, y, size) = (length(text.x), length(text.y), length(text.size));
        self.put(format_args!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{anchor}>"));
        // Shifts are relative, so that all of the text is held at one place.
        let mut line = 0.0;
        for run in &runs {
            self.run(run, run.y - line, text.size);
            line = run.y;
        }
        self.out.push_str("</text>");
    }

    fn run(&mut self, run: &GlyphRun, down: f64, size: f64) {
        let mut attributes = String::new();
        for (name, shift) in [("dx", run.gap), ("dy", down)] {
            if shift.abs() >= 0.05 {
                let _ = write!(attributes, " {name}=\"{}\"", length(shift));
            }
        }
        if run.size < size {
            let _ = write!(attributes, " font-size=\"{}\"", length(run.size));
        }
        if run.italic {
            attributes.push_str(" class=\"bt-i\"");
        }
        let words = escape(&run.text);
        if attributes.is_empty() {
            self.out.push_str(&words);
        } else {
            self.put(format_args!("<tspan{attributes}>{words}</tspan>"));
        }
    }
}

/// How long the head of a line is.
const fn head(light: Light) -> f64 {
    match light {
        Light::Quiet => 6.0,
        Light::Ahead => 7.0,
        Light::Known => 9.0,
        Light::Current => 13.0,
    }
}

/// The line without the part that its head covers.
fn shortened(from: (f64, f64), segs: &[Seg], arrow: Arrow, head: f64) -> ((f64, f64), Vec<Seg>) {
    let mut segs = segs.to_vec();
    match arrow {
        Arrow::None => (from, segs),
        Arrow::Start => ((from.0 + head, from.1), segs),
        Arrow::End => {
            if let Some(Seg::Line(end) | Seg::Curve(_, _, end)) = segs.last_mut() {
                end.0 -= head;
            }
            (from, segs)
        }
    }
}

fn point((x, y): (f64, f64)) -> String {
    format!("{} {}", length(x), length(y))
}

/// A length with a digit behind the point.
fn length(value: f64) -> String {
    num::show(value, num::Precision::Decimals(1)).to_string()
}

const fn class(what: What) -> &'static str {
    match what {
        What::Heading => "heading",
        What::Unit => "unit",
        What::Part => "part",
        What::Wire => "wire",
        What::Lead => "lead",
        What::Within => "within",
        What::Weight => "weight",
        What::Gradient => "gradient",
        What::Signal => "signal",
        What::Target => "target",
        What::Dots => "dots",
        What::Number => "number",
    }
}

const fn light(light: Light) -> &'static str {
    match light {
        Light::Quiet => "quiet",
        Light::Ahead => "ahead",
        Light::Known => "known",
        Light::Current => "current",
    }
}
