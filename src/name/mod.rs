//! The names of quantities: one structure, written and read in one place.
//!
//! Units, layers, inputs and targets count from 0 here and from 1 in text. The
//! text follows the lecture: `W11` is the weight *from* input 1 *to* unit 1,
//! the output layer has weights `u` (or `U`) and biases `c`. Networks with more
//! than one hidden layer number their layers: `W(2)13`, `z(1)2_out`.

mod list;
mod numbering;
pub mod own;
pub mod parts;
pub mod pattern;
mod reading;
mod section;
mod spelling;
mod symbol;
mod table;
mod whole;

pub use list::NameList;
pub use numbering::NameNumbering;
pub use own::OwnNames;
pub use parts::Parts;
pub use pattern::Pattern;
pub use reading::nearest;
use rustc_hash::{FxHashMap, FxHashSet};
pub use section::Section;
pub use spelling::{Spelled, Spelling};
pub use symbol::Symbol;
pub use table::NameTable;
pub use whole::Whole;

/// What is known of quantities, by name. Names come from networks whose size is
/// bounded, so a fast hash that a stranger could aim at is safe.
pub type NameMap<T> = FxHashMap<Name, T>;

/// Quantities, by name.
pub type NameSet = FxHashSet<Name>;

/// The name of a quantity of the lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Name {
    /// `z1_in`: a value before the update.
    Value(Symbol),
    /// `z1_in_new`: the same after the update.
    New(Symbol),
    /// `dL/dz1_in`: how much `of` changes with `by`.
    Derivative {
        /// What changes.
        of: Symbol,
        /// What it changes with.
        by: Symbol,
    },
    /// `L@2`, `dL@2/dW11`: the same of one of several samples.
    OfSample {
        /// Which sample.
        sample: u32,
        /// The value, or what changes.
        of: Symbol,
        /// What it changes with, where it is a derivative.
        by: Option<Symbol>,
    },
}

impl From<Symbol> for Name {
    fn from(symbol: Symbol) -> Self {
        Self::Value(symbol)
    }
}

impl Name {
    /// `dL/d…` of a symbol.
    pub const fn loss_by(by: Symbol) -> Self {
        Self::Derivative { of: Symbol::Loss, by }
    }

    /// `of` by `by`.
    pub const fn derivative(of: Symbol, by: Symbol) -> Self {
        Self::Derivative { of, by }
    }

    /// `dR/d…` of a symbol.
    pub const fn risk_by(by: Symbol) -> Self {
        Self::Derivative { of: Symbol::Risk, by }
    }

    /// The same of one of several samples; what all of them share stays as it is.
    #[must_use]
    pub const fn at_sample(self, sample: u32) -> Self {
        match self {
            Self::Value(
                of @ (Symbol::Input(_)
                | Symbol::Target(_)
                | Symbol::In { .. }
                | Symbol::Out { .. }
                | Symbol::Term(_)
                | Symbol::Loss),
            ) => Self::OfSample { sample, of, by: None },
            Self::Derivative { of, by } if !matches!(of, Symbol::Risk) => {
                Self::OfSample { sample, of, by: Some(by) }
            }
            Self::Value(_) | Self::New(_) | Self::Derivative { .. } | Self::OfSample { .. } => self,
        }
    }

    /// The same of one of several samples, if each has one.
    pub fn of_sample(self, sample: u32) -> Option<Self> {
        let own = self.at_sample(sample);
        (own != self).then_some(own)
    }

    /// Of a quantity of one of several samples: which, and what it is where there
    /// is no other.
    pub const fn alone(self) -> Option<(u32, Self)> {
        match self {
            Self::OfSample { sample, of, by: Some(by) } => {
                Some((sample, Self::Derivative { of, by }))
            }
            Self::OfSample { sample, of, by: None } => Some((sample, Self::Value(of))),
            Self::Value(_) | Self::New(_) | Self::Derivative { .. } => None,
        }
    }
}

/// What decides how names are spelled: the network's depth and outputs, and the
/// author's own names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Naming<'a> {
    /// Layers with weights; the last one is the output layer.
    pub layers: u32,
    /// Units of the output layer.
    pub outputs: u32,
    /// Names that stand in place of ours.
    pub own: Option<&'a OwnNames>,
}

impl<'a> Naming<'a> {
    /// How a network of this shape is named where nobody has names of their own.
    pub const fn new(layers: u32, outputs: u32) -> Self {
        Self { layers, outputs, own: None }
    }

    /// The same with our names only: those that JSON keeps as `name`.
    #[must_use]
    pub const fn ours(self) -> Naming<'static> {
        Naming::new(self.layers, self.outputs)
    }

    /// The plain name of a quantity.
    pub fn plain(self, name: Name) -> String {
        self.spelled(name, Spelling::PLAIN).to_string()
    }

    /// The plain name, where it is another than ours.
    pub fn shown(self, name: Name) -> Option<String> {
        self.own?;
        Some(self.plain(name)).filter(|shown| *shown != self.ours().plain(name))
    }

    /// A name, to be formatted.
    pub const fn spelled(self, name: Name, spelling: Spelling) -> Spelled<'a> {
        Spelled { naming: self, name, spelling }
    }

    /// Whether layers are numbered in names.
    pub const fn is_deep(self) -> bool {
        self.layers > 2
    }

    /// Whether units of this layer are outputs.
    pub const fn is_output(self, layer: u32) -> bool {
        layer + 1 == self.layers
    }

    /// Whether `name` is an error signal with a name of its own: that of a hidden
    /// unit, `δ1`, or what the author calls one.
    pub fn is_signal(self, name: Name) -> bool {
        match name {
            Name::Derivative { of: Symbol::Loss, by: Symbol::In { layer, .. } } => {
                !self.is_output(layer) || self.own.is_some_and(|own| own.shown(name).is_some())
            }
            Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => {
                false
            }
        }
    }

    /// Reads a name as people type it: the author's names first, then ours, with
    /// `∂` for `d`, `δ1` for `dL/dz1_in`, subscripts, spaces, any case. Whether the
    /// network has such a unit is not asked here.
    ///
    /// Every text that is the name of a quantity goes through here.
    pub fn read(self, text: &str) -> Option<Name> {
        if let Some((sample, rest)) = reading::sample(text) {
            return self.read(&rest)?.of_sample(sample);
        }
        let own = self.own.and_then(|own| own.read(self.ours(), text));
        own.or_else(|| reading::name(self.ours(), text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const XOR: Naming<'_> = Naming::new(2, 1);
    const WIDE: Naming<'_> = Naming::new(2, 2);
    const DEEP: Naming<'_> = Naming::new(3, 2);
    const SCREEN: Spelling = Spelling { greek: true, signals: true, formed: false };

    fn symbols(naming: Naming<'_>) -> Vec<Symbol> {
        let mut symbols =
            vec![Symbol::Input(0), Symbol::Input(11), Symbol::Loss, Symbol::Rate, Symbol::Risk];
        for output in 0..naming.outputs {
            symbols.extend([Symbol::Target(output), Symbol::Term(output)]);
        }
        for layer in 0..naming.layers {
            let units = if naming.is_output(layer) { naming.outputs } else { 12 };
            for unit in 0..units {
                symbols.extend([
                    Symbol::Bias { layer, unit },
                    Symbol::In { layer, unit },
                    Symbol::Out { layer, unit },
                ]);
                for from in 0..12 {
                    symbols.push(Symbol::Weight { layer, from, to: unit });
                }
            }
        }
        symbols
    }

    #[test]
    fn every_name_reads_back_however_it_is_spelled() {
        for naming in [XOR, WIDE, DEEP, Naming::new(1, 1), Naming::new(1, 12)] {
            for symbol in symbols(naming) {
                for name in [
                    Name::Value(symbol),
                    Name::New(symbol),
                    Name::loss_by(symbol),
                    Name::derivative(Symbol::In { layer: 0, unit: 0 }, symbol),
                    Name::derivative(Symbol::Risk, symbol),
                    Name::loss_by(symbol).at_sample(11),
                    Name::Value(symbol).at_sample(1),
                    Name::derivative(Symbol::In { layer: 0, unit: 0 }, symbol).at_sample(0),
                ] {
                    for spelling in [Spelling::PLAIN, SCREEN] {
                        let text = naming.spelled(name, spelling).to_string();
                        assert_eq!(naming.read(&text), Some(name), "{text}");
                    }
                }
            }
        }
    }

    #[test]
    fn names_are_the_lectures() {
        let weight = Symbol::Weight { layer: 1, from: 0, to: 0 };
        assert_eq!(XOR.plain(weight.into()), "u1");
        assert_eq!(WIDE.plain(weight.into()), "U11");
        assert_eq!(DEEP.plain(weight.into()), "W(2)11");
        let wide = Symbol::Weight { layer: 0, from: 9, to: 2 };
        assert_eq!(XOR.plain(Name::New(wide)), "W10,3_new");
        let signal = Name::loss_by(Symbol::In { layer: 0, unit: 1 });
        assert_eq!(XOR.plain(signal), "dL/dz2_in");
        assert_eq!(XOR.spelled(signal, SCREEN).to_string(), "δ2");
        assert_eq!(DEEP.spelled(signal, SCREEN).to_string(), "δ(1)2");
        let output = Name::loss_by(Symbol::In { layer: 1, unit: 0 });
        assert_eq!(XOR.spelled(output, SCREEN).to_string(), "∂L/∂f_in");
    }

    #[test]
    fn people_type_names_in_many_ways() {
        let signal = Name::loss_by(Symbol::In { layer: 0, unit: 0 });
        for text in [
            "dL/dz1_in",
            "∂L / ∂z₁_in",
            "δ1",
            "delta1",
            "delta_1",
            "dl/dz_{1,in}",
            "DL/DZ1in",
            "dLdz1_in",
            "dL_dz1_in",
            "∂L/∂(z_1^{in})",
            "∂L/∂z^{in}_1",
            "δ_{1}",
            "δ^{(1)}_1",
        ] {
            assert_eq!(XOR.read(text), Some(signal), "{text}");
        }
        let new = Name::New(Symbol::Weight { layer: 0, from: 0, to: 0 });
        for text in [
            "W11_new",
            "W_{11}^{[new]}",
            "W_{1,1}^{new}",
            "W_{11,new}",
            "W^{new}_{11}",
            "new W11",
            "W11_neu",
            "w_11 new",
        ] {
            assert_eq!(XOR.read(text), Some(new), "{text}");
        }
        let deep = Name::Value(Symbol::In { layer: 1, unit: 0 });
        for text in ["z(2)1_in", "z^{(2)}_{1,in}", "z_1^{(2),in}", "z_{1}^{in(2)}"] {
            assert_eq!(DEEP.read(text), Some(deep), "{text}");
        }
        assert_eq!(XOR.read("loss"), Some(Symbol::Loss.into()));
        assert_eq!(XOR.read("η"), Some(Symbol::Rate.into()));
        for text in ["", "z", "q1", "W1", "d/d", "dL/", "z0_in", "W(9)11", "é", &"x".repeat(200)] {
            assert_eq!(XOR.read(text), None, "{text}");
        }
    }

    #[test]
    fn a_sample_is_named_behind_what_it_has() {
        let weight = Symbol::Weight { layer: 0, from: 0, to: 0 };
        let name = Name::loss_by(weight).at_sample(1);
        assert_eq!(XOR.plain(name), "dL@2/dW11");
        assert_eq!(
            XOR.plain(Name::Value(Symbol::In { layer: 0, unit: 0 }).at_sample(0)),
            "z1_in@1"
        );
        let signal = Name::loss_by(Symbol::In { layer: 0, unit: 0 }).at_sample(2);
        assert_eq!(XOR.spelled(signal, SCREEN).to_string(), "δ1@3");
        for text in ["dL@2/dW11", "∂L@2 / ∂W11", "dL/dW11@2", "dL@2_dW11"] {
            assert_eq!(XOR.read(text), Some(name), "{text}");
        }
        for text in ["W11@2", "alpha@2", "R@2", "W11_new@2", "L@0", "L@", "L@2@3", "L@99999999999"]
        {
            assert_eq!(XOR.read(text), None, "{text}");
        }
    }

    #[test]
    fn the_nearest_name_is_offered_only_when_it_is_near() {
        let known = ["z1_in", "z1_out", "dL/df_out"];
        assert_eq!(nearest("z1_inn", known), Some("z1_in"));
        assert_eq!(nearest("dL/dfout", known), Some("dL/df_out"));
        assert_eq!(nearest("banana", known), None);
        assert_eq!(nearest("q", ["L", "x1"]), None);
        assert_eq!(nearest("", ["L", "x1"]), None);
    }
}
