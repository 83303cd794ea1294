//! What a drawing is made of.

use compact_str::CompactString;

use crate::document::figure::{Label, Light};
use crate::name::Name;

/// A drawing; y grows downwards, the origin is at the top left.
pub struct Drawing {
    /// Points across.
    pub width: f64,
    /// Points down.
    pub height: f64,
    /// From back to front.
    pub items: Vec<PaperItem>,
    /// Whether anything is lit; else nothing is dimmed.
    pub has_light: bool,
}

/// Shapes that belong together.
pub struct PaperItem {
    /// What they are.
    pub what: What,
    /// The quantity that they show, or the derivative of their link.
    pub name: Option<Name>,
    /// The links that are lit with them.
    pub links: Vec<Name>,
    /// How bright they are.
    pub light: Light,
    /// From back to front.
    pub shapes: Vec<PaperShape>,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// What stands above a column.
    Heading,
    /// What holds the two values of a unit.
    Unit,
    /// A value of a unit, an input or the loss.
    Part,
    /// From a unit to a weight, or to the loss.
    Wire,
    /// From a weight or bias to its unit.
    Lead,
    /// From the input of a unit to its output.
    Within,
    /// A weight or bias.
    Weight,
    /// The gradient of one.
    Gradient,
    /// The error signal of a unit.
    Signal,
    /// What an output should be.
    Target,
    /// What is left out.
    Dots,
    /// The number of a term.
    Number,
}

/// A part of an item.
pub enum PaperShape {
    /// A line.
    Path {
        /// Where it begins.
        from: (f64, f64),
        /// Where it leads.
        segs: Vec<Seg>,
        /// Its head.
        arrow: Arrow,
    },
    /// A rectangle with round corners.
    Pill {
        /// Left.
        x: f64,
        /// Top.
        y: f64,
        /// Across.
        width: f64,
        /// Down.
        height: f64,
        /// Of the corners.
        radius: f64,
    },
    /// A line of text.
    Text(PaperText),
    /// A number in a disc.
    Disc {
        /// Centre.
        x: f64,
        /// Centre.
        y: f64,
        /// The number.
        number: usize,
    },
}

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seg {
    /// Straight on.
    Line((f64, f64)),
    /// Two controls and an end.
    Curve((f64, f64), (f64, f64), (f64, f64)),
}

/// Where a line has its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrow {
    /// It has none.
    None,
    /// At its end.
    End,
    /// At its beginning.
    Start,
}

/// A line of text on its baseline.
pub struct PaperText {
    /// Where it is held.
    pub x: f64,
    /// The baseline.
    pub y: f64,
    /// Where on the text that is.
    pub anchor: Anchor,
    /// Size of the type.
    pub size: f64,
    /// What it says.
    pub pieces: Vec<Piece>,
}

/// Where a text is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At its left.
    Start,
    /// In its middle.
    Middle,
    /// At its right.
    End,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A name.
    Label(Label),
    /// A number.
    Number(CompactString),
    /// Words.
    Words(String),
    /// The name of a function, as formulas write it.
    Function(&'static str),
}

impl PaperText {
    /// The box that it is surely inside of: left, top, right, bottom.
    pub fn bounds(&self) -> (f64, f64, f64, f64) {
        let width = super::pieces_width(&self.pieces, self.size);
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        (left, self.y - 0.8 * self.size, left + width, self.y + 0.3 * self.size)
    }
}
