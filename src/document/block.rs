//! What a page is made of. Blocks say what is shown; an exporter decides how.

use compact_str::CompactString;

use super::figure::Figure;
use super::long_table::LongTable;
use crate::math::{Form, Role, general};

/// A part of the page.
pub enum Block<'a> {
    /// The title of the exercise.
    Title(String),
    /// The title of a numbered section.
    Heading(usize, &'static str),
    /// What the next blocks are about.
    Subheading(Line),
    /// A paragraph.
    Prose(Line),
    /// Short facts, each with its label.
    Facts(Vec<(&'static str, Line)>),
    /// A quantity and what it equals, step after step.
    Equation {
        /// The quantity.
        left: Form,
        /// What it equals, most general first.
        rights: Vec<Form>,
    },
    /// A table.
    Table(Table),
    /// A table that is made row by row.
    LongTable(LongTable<'a>),
    /// The network.
    Figure(Figure<'a>),
    /// Three layers in general, with the indices of their units.
    Layers,
    /// A curve.
    Chart(Chart),
}

/// Text and formulas that run on.
pub type Line = Vec<Inline>;

/// Words with general statements in them, which stand between grave accents:
/// ``"The slope `σ'(z)` needs only the output."``
pub fn told(text: &str) -> Line {
    let parts = text.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    let inline = |(at, part): (usize, &str)| match at % 2 {
        0 => Inline::text(part),
        _ => Inline::Math(general(part)),
    };
    parts.map(inline).collect()
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Words.
    Text(CompactString, Role),
    /// A formula.
    Math(Form),
    /// How to ask for more on the command line, with the blank before it; a
    /// medium that is no terminal leaves it out.
    Hint(CompactString),
}

impl Inline {
    /// How to ask for more on the command line.
    pub fn hint(text: impl Into<CompactString>) -> Self {
        Self::Hint(text.into())
    }

    /// Words with nothing special about them.
    pub fn text(text: impl Into<CompactString>) -> Self {
        Self::Text(text.into(), Role::Plain)
    }
}

impl From<&'static str> for Inline {
    fn from(text: &'static str) -> Self {
        Self::text(CompactString::const_new(text))
    }
}

impl From<CompactString> for Inline {
    fn from(text: CompactString) -> Self {
        Self::text(text)
    }
}

impl From<String> for Inline {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<Form> for Inline {
    fn from(form: Form) -> Self {
        Self::Math(form)
    }
}

/// A table.
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, one cell per column.
    pub rows: Vec<Vec<Line>>,
    /// Rows that are not shown.
    pub left_out: usize,
}

/// A column of a table.
#[derive(Clone, Copy)]
pub struct Column {
    /// What stands in it.
    pub title: &'static str,
    /// How its cells line up.
    pub align: Align,
}

impl Column {
    /// Columns from their titles.
    pub fn all<const N: usize>(columns: [(&'static str, Align); N]) -> Vec<Self> {
        columns.map(|(title, align)| Self { title, align }).to_vec()
    }
}

/// How the cells of a column line up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left; never broken over lines.
    Label,
    /// At the left; broken where it is too long.
    Flowing,
    /// With the decimal points in one line.
    Decimal,
    /// Whole numbers with their thousands apart, at the right.
    Count,
}

/// A curve of numbers that fall over a long time.
pub struct Chart {
    /// What it shows.
    pub title: &'static str,
    /// What it shows them over, from 0 on, and the numbers.
    pub points: Vec<(f64, f64)>,
}
