//! What belongs to a layer as a whole, as the matrix form names it.

use std::fmt;

use super::spelling::Spelling;
use super::{Name, Naming, Symbol};

/// All quantities of one kind in a layer, as one vector or matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Whole {
    /// `x`: the components of the sample.
    Inputs,
    /// `W`: weights, a row for each unit they come from.
    Weights(u32),
    /// `b`: biases.
    Biases(u32),
    /// `z_in`: the weighted sums.
    In(u32),
    /// `z_out`: what the activation makes of them.
    Out(u32),
    /// `δ`: error signals; `∂L/∂f_in` of the output layer, as its units have it.
    Signals(u32),
}

impl Whole {
    /// What the units of a layer receive: the outputs of the layer before, or
    /// the sample.
    pub const fn source(layer: u32) -> Self {
        match layer {
            0 => Self::Inputs,
            _ => Self::Out(layer - 1),
        }
    }
}

impl Naming<'_> {
    /// Writes what belongs to a whole layer: as its units are named, without
    /// their numbers.
    ///
    /// # Errors
    /// When `f` cannot be written to.
    pub fn write_whole(
        self,
        whole: Whole,
        spelling: Spelling,
        f: &mut impl fmt::Write,
    ) -> fmt::Result {
        if let Whole::Signals(layer) = whole
            && self.is_output(layer)
        {
            let d = if spelling.greek { "∂" } else { "d" };
            f.write_str(d)?;
            self.spelled(Name::Value(Symbol::Loss), spelling).write_to(f)?;
            write!(f, "/{d}")?;
            return self.layer_parts(Whole::In(layer)).write_to(spelling.greek, f);
        }
        self.layer_parts(whole).write_to(spelling.greek, f)
    }

    /// The same as a string.
    pub fn whole(self, whole: Whole, spelling: Spelling) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = self.write_whole(whole, spelling, &mut text);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_is_named_as_its_units_are() {
        let spelling = Spelling { greek: true, signals: true, formed: false };
        let all = |naming: Naming<'_>, layer| {
            [
                Whole::source(layer),
                Whole::Weights(layer),
                Whole::Biases(layer),
                Whole::In(layer),
                Whole::Out(layer),
                Whole::Signals(layer),
            ]
            .map(|whole| naming.whole(whole, spelling))
            .join(" ")
        };
        assert_eq!(all(Naming::new(2, 1), 0), "x W b z_in z_out δ");
        assert_eq!(all(Naming::new(2, 1), 1), "z_out u c f_in f_out ∂L/∂f_in");
        assert_eq!(all(Naming::new(2, 3), 1), "z_out U c f_in f_out ∂L/∂f_in");
        assert_eq!(all(Naming::new(3, 1), 1), "z(1)_out W(2) b(2) z(2)_in z(2)_out δ(2)");
        assert_eq!(all(Naming::new(3, 1), 2), "z(2)_out W(3) b(3) f_in f_out ∂L/∂f_in");
    }
}
