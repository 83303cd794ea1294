//! What the text of a symbol is made of: a letter, its layer, its indices and its
//! side. Spellings write the parts one after the other; a medium that can set
//! scripts puts them where they belong.

use std::fmt;

use super::{Naming, Symbol, Whole};

/// A symbol, or a whole layer of them, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// `z`, `W`, `δ`, `α`.
    pub letter: &'static str,
    /// The layer, from 0, where layers are numbered.
    pub layer: Option<u32>,
    /// Which unit or weight.
    pub index: Index,
    /// `in` or `out`.
    pub side: Option<&'static str>,
}

/// The indices of a symbol, from 0; written they count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index {
    /// There is only one of its kind.
    None,
    /// `1`
    One(u32),
    /// `13`; `10,3` where one of them has two digits.
    Two(u32, u32),
}

impl Index {
    /// Writes the indices.
    ///
    /// # Errors
    /// When `f` cannot be written to.
    pub fn write_to(self, f: &mut impl fmt::Write) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::One(at) => number(f, at),
            Self::Two(from, to) => {
                number(f, from)?;
                // Two indices stand together while both are one digit.
                if from >= 9 || to >= 9 {
                    f.write_str(",")?;
                }
                number(f, to)
            }
        }
    }
}

impl fmt::Display for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_to(f)
    }
}

fn number(f: &mut impl fmt::Write, at: u32) -> fmt::Result {
    match at {
        // Most indices are one digit.
        0..9 => f.write_char(char::from(b'1' + at as u8)),
        _ => write!(f, "{}", u64::from(at) + 1),
    }
}

impl Parts {
    const fn letter(letter: &'static str) -> Self {
        Self { letter, layer: None, index: Index::None, side: None }
    }

    const fn with(self, index: Index) -> Self {
        Self { index, ..self }
    }

    const fn in_layer(self, layer: Option<u32>) -> Self {
        Self { layer, ..self }
    }

    const fn at_side(self, side: &'static str) -> Self {
        Self { side: Some(side), ..self }
    }

    /// Writes the parts one after the other; `greek`: with Greek letters.
    ///
    /// # Errors
    /// When `f` cannot be written to.
    pub fn write_to(self, greek: bool, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str(match self.letter {
            "α" if !greek => "alpha",
            "δ" if !greek => "delta",
            letter => letter,
        })?;
        if let Some(layer) = self.layer {
            write!(f, "({})", u64::from(layer) + 1)?;
        }
        self.index.write_to(f)?;
        match self.side {
            Some(side) => {
                f.write_str("_")?;
                f.write_str(side)
            }
            None => Ok(()),
        }
    }
}

impl Naming<'_> {
    /// What our name of a symbol is made of.
    pub fn parts(self, symbol: Symbol) -> Parts {
        let output = |at| if self.outputs == 1 { Index::None } else { Index::One(at) };
        match symbol {
            Symbol::Input(input) => Parts::letter("x").with(Index::One(input)),
            Symbol::Target(at) => Parts::letter("y").with(output(at)),
            Symbol::Weight { layer, from, to } => {
                let alone = !self.is_deep() && self.is_output(layer) && self.outputs == 1;
                let index = if alone { Index::One(from) } else { Index::Two(from, to) };
                self.layer_parts(Whole::Weights(layer)).with(index)
            }
            Symbol::Bias { layer, unit } => {
                let alone = !self.is_deep() && self.is_output(layer);
                let index = if alone { output(unit) } else { Index::One(unit) };
                self.layer_parts(Whole::Biases(layer)).with(index)
            }
            Symbol::In { layer, unit } => {
                self.layer_parts(Whole::In(layer)).with(self.unit(layer, unit))
            }
            Symbol::Out { layer, unit } => {
                self.layer_parts(Whole::Out(layer)).with(self.unit(layer, unit))
            }
            Symbol::Term(output) => Parts::letter("L").with(Index::One(output)),
            Symbol::Loss => Parts::letter("L"),
            Symbol::Risk => Parts::letter("R"),
            Symbol::Rate => Parts::letter("α"),
        }
    }

    /// What the name of the error signal of a hidden unit is made of: `δ1`.
    pub fn signal_parts(self, layer: u32, unit: u32) -> Parts {
        Parts::letter("δ").in_layer(self.numbered(layer)).with(Index::One(unit))
    }

    /// What the name of a whole layer is made of; of error signals, those of a
    /// hidden layer.
    pub fn layer_parts(self, whole: Whole) -> Parts {
        let shallow_output = |layer| !self.is_deep() && self.is_output(layer);
        let of_units = |layer| match self.is_output(layer) {
            true => Parts::letter("f"),
            false => Parts::letter("z").in_layer(self.numbered(layer)),
        };
        match whole {
            Whole::Inputs => Parts::letter("x"),
            Whole::Weights(layer) if shallow_output(layer) => {
                Parts::letter(if self.outputs == 1 { "u" } else { "U" })
            }
            Whole::Weights(layer) => Parts::letter("W").in_layer(self.numbered(layer)),
            Whole::Biases(layer) if shallow_output(layer) => Parts::letter("c"),
            Whole::Biases(layer) => Parts::letter("b").in_layer(self.numbered(layer)),
            Whole::In(layer) => of_units(layer).at_side("in"),
            Whole::Out(layer) => of_units(layer).at_side("out"),
            Whole::Signals(layer) => Parts::letter("δ").in_layer(self.numbered(layer)),
        }
    }

    /// The index of a unit, which a single output goes without.
    fn unit(self, layer: u32, unit: u32) -> Index {
        let alone = self.is_output(layer) && self.outputs == 1;
        if alone { Index::None } else { Index::One(unit) }
    }

    fn numbered(self, layer: u32) -> Option<u32> {
        self.is_deep().then_some(layer)
    }
}
