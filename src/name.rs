//! The names of quantities: one structure, written and read in one place.
//!
//! Units, layers, inputs and targets count from 0 here and from 1 in text. The
//! text follows the lecture: `W11` is the weight *from* input 1 *to* unit 1,
//! the output layer has weights `u` (or `U`) and biases `c`. Networks with more
//! than one hidden layer number their layers: `W(2)13`, `z(1)2_out`.

use std::fmt;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

/// What is known of quantities, by name. Names come from networks whose size is
/// bounded, so a fast hash that a stranger could aim at is safe.
pub type NameMap<T> = FxHashMap<Name, T>;

/// Quantities, by name.
pub type NameSet = FxHashSet<Name>;

/// Something that has a number of its own in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Symbol {
    /// `x1`: a component of the sample.
    Input(u32),
    /// `y1`: a component of its target.
    Target(u32),
    /// `W11`: the weight from unit `from` of the layer before to unit `to`.
    Weight {
        /// Layer whose units the weight leads to.
        layer: u32,
        /// Unit (or input) it comes from.
        from: u32,
        /// Unit it leads to.
        to: u32,
    },
    /// `b1`: the bias of a unit.
    Bias {
        /// Layer of the unit.
        layer: u32,
        /// The unit.
        unit: u32,
    },
    /// `z1_in`: the weighted sum that enters a unit.
    In {
        /// Layer of the unit.
        layer: u32,
        /// The unit.
        unit: u32,
    },
    /// `z1_out`: what the unit's activation makes of it.
    Out {
        /// Layer of the unit.
        layer: u32,
        /// The unit.
        unit: u32,
    },
    /// `L1`: what one of several outputs adds to the loss.
    Term(u32),
    /// `L`: the loss.
    Loss,
    /// `alpha`: the learning rate.
    Rate,
}

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
}

/// The glyphs and abbreviations that names are written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spelling {
    /// `∂`, `δ` and `α` instead of `d`, `delta` and `alpha`.
    pub greek: bool,
    /// Error signals of hidden units are `δ1` instead of `∂L/∂z1_in`.
    pub signals: bool,
}

impl Spelling {
    /// The one plain name that JSON, answer sheets and the command line use.
    pub const PLAIN: Self = Self { greek: false, signals: false };
}

/// What decides how names are spelled: the network's depth and outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Naming {
    /// Layers with weights; the last one is the output layer.
    pub layers: u32,
    /// Units of the output layer.
    pub outputs: u32,
}

impl Naming {
    /// The plain name of a quantity.
    pub fn plain(self, name: Name) -> String {
        self.spelled(name, Spelling::PLAIN).to_string()
    }

    /// A name, to be formatted.
    pub fn spelled(self, name: Name, spelling: Spelling) -> Spelled {
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

    /// Whether `name` is the error signal of a hidden unit, `δ1`.
    pub fn is_signal(self, name: Name) -> bool {
        matches!(name, Name::Derivative { of: Symbol::Loss, by: Symbol::In { layer, .. } } if !self.is_output(layer))
    }

    /// Reads a name as people type it: `∂` for `d`, `δ1` for `dL/dz1_in`,
    /// subscripts, spaces, any case. Whether the network has such a unit is
    /// not asked here.
    pub fn read(self, text: &str) -> Option<Name> {
        reading::name(self, text)
    }
}

/// A name with its spelling; formats as text.
#[derive(Clone, Copy, Debug)]
pub struct Spelled {
    naming: Naming,
    name: Name,
    spelling: Spelling,
}

impl fmt::Display for Spelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_to(f)
    }
}

impl Spelled {
    /// The name as a short text.
    pub fn text(&self) -> CompactString {
        let mut text = CompactString::default();
        // Writing to a string cannot fail.
        let _ = self.write_to(&mut text);
        text
    }

    /// Writes the name at the end of `f`.
    ///
    /// # Errors
    /// When `f` cannot be written to.
    pub fn write_to(&self, f: &mut impl fmt::Write) -> fmt::Result {
        match self.name {
            Name::Value(symbol) => self.symbol(f, symbol),
            Name::New(symbol) => {
                self.symbol(f, symbol)?;
                f.write_str("_new")
            }
            Name::Derivative { of: Symbol::Loss, by: Symbol::In { layer, unit } }
                if self.spelling.signals && !self.naming.is_output(layer) =>
            {
                f.write_str(if self.spelling.greek { "δ" } else { "delta" })?;
                self.layer(f, layer)?;
                index(f, unit)
            }
            Name::Derivative { of, by } => {
                let d = if self.spelling.greek { "∂" } else { "d" };
                f.write_str(d)?;
                self.symbol(f, of)?;
                f.write_str("/")?;
                f.write_str(d)?;
                self.symbol(f, by)
            }
        }
    }

    fn symbol(&self, f: &mut impl fmt::Write, symbol: Symbol) -> fmt::Result {
        match symbol {
            Symbol::Input(input) => {
                f.write_str("x")?;
                index(f, input)
            }
            Symbol::Target(output) => {
                f.write_str("y")?;
                self.output(f, output)
            }
            Symbol::Weight { layer, from, to } => self.weight(f, layer, from, to),
            Symbol::Bias { layer, unit } => {
                if self.naming.is_deep() {
                    f.write_str("b")?;
                    self.layer(f, layer)?;
                    index(f, unit)
                } else if self.naming.is_output(layer) {
                    f.write_str("c")?;
                    self.output(f, unit)
                } else {
                    f.write_str("b")?;
                    index(f, unit)
                }
            }
            Symbol::In { layer, unit } => self.unit(f, layer, unit, "_in"),
            Symbol::Out { layer, unit } => self.unit(f, layer, unit, "_out"),
            Symbol::Term(output) => {
                f.write_str("L")?;
                index(f, output)
            }
            Symbol::Loss => f.write_str("L"),
            Symbol::Rate => f.write_str(if self.spelling.greek { "α" } else { "alpha" }),
        }
    }

    fn weight(&self, f: &mut impl fmt::Write, layer: u32, from: u32, to: u32) -> fmt::Result {
        if self.naming.is_deep() {
            f.write_str("W")?;
            self.layer(f, layer)?;
        } else if !self.naming.is_output(layer) {
            f.write_str("W")?;
        } else if self.naming.outputs == 1 {
            f.write_str("u")?;
            return index(f, from);
        } else {
            f.write_str("U")?;
        }
        index(f, from)?;
        // Two indices stand together while both are one digit.
        if from >= 9 || to >= 9 {
            f.write_str(",")?;
        }
        index(f, to)
    }

    fn unit(&self, f: &mut impl fmt::Write, layer: u32, unit: u32, side: &str) -> fmt::Result {
        if self.naming.is_output(layer) {
            f.write_str("f")?;
            self.output(f, unit)?;
        } else {
            f.write_str("z")?;
            self.layer(f, layer)?;
            index(f, unit)?;
        }
        f.write_str(side)
    }

    fn layer(&self, f: &mut impl fmt::Write, layer: u32) -> fmt::Result {
        if self.naming.is_deep() { write!(f, "({})", u64::from(layer) + 1) } else { Ok(()) }
    }

    fn output(&self, f: &mut impl fmt::Write, output: u32) -> fmt::Result {
        if self.naming.outputs == 1 { Ok(()) } else { index(f, output) }
    }
}

fn index(f: &mut impl fmt::Write, at: u32) -> fmt::Result {
    match at {
        // Most indices are one digit.
        0..9 => f.write_char(char::from(b'1' + at as u8)),
        _ => write!(f, "{}", u64::from(at) + 1),
    }
}

/// The known name nearest to what was typed, if one is near enough to offer.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if typed.is_empty() {
        return None;
    }
    // One change in every three characters is still a slip of the finger.
    let allowed = typed.chars().count().div_ceil(3).min(typed.chars().count() - 1);
    let typed = typed.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&typed, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

mod reading {
    use super::{Name, Naming, Symbol};

    /// Longest text that could be a name; what is longer is not read at all.
    const LONGEST: usize = 80;

    pub(super) fn name(naming: Naming, text: &str) -> Option<Name> {
        let text = normal(text)?;
        if let Some(signal) = text.strip_prefix("delta") {
            return signal_of(naming, signal);
        }
        if let Some((of, by)) = text.split_once('/') {
            let of = symbol(naming, of.strip_prefix('d')?)?;
            let by = symbol(naming, by.strip_prefix('d')?)?;
            return Some(Name::Derivative { of, by });
        }
        match text.strip_suffix("new") {
            Some(text) => Some(Name::New(symbol(naming, text)?)),
            None => Some(Name::Value(symbol(naming, &text)?)),
        }
    }

    /// Lower case, ASCII, without what people add for looks.
    fn normal(text: &str) -> Option<String> {
        if text.len() > LONGEST {
            return None;
        }
        let mut normal = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '∂' => normal.push('d'),
                'δ' | 'Δ' => normal.push_str("delta"),
                'α' => normal.push_str("alpha"),
                '₀'..='₉' => normal.push(char::from(b'0' + (c as u32 - '₀' as u32) as u8)),
                '_' | '{' | '}' | '[' | ']' => {}
                c if c.is_whitespace() => {}
                c if c.is_ascii() => normal.push(c.to_ascii_lowercase()),
                _ => return None,
            }
        }
        Some(normal)
    }

    fn signal_of(naming: Naming, text: &str) -> Option<Name> {
        let (layer, rest) = layer(text)?;
        let unit = one(rest)?;
        let layer = layer.unwrap_or(0);
        (layer < naming.layers).then_some(Name::loss_by(Symbol::In { layer, unit }))
    }

    fn symbol(naming: Naming, text: &str) -> Option<Symbol> {
        let last = naming.layers - 1;
        match text {
            "l" => return Some(Symbol::Loss),
            "alpha" => return Some(Symbol::Rate),
            _ => {}
        }
        let mut chars = text.chars();
        let letter = chars.next()?;
        let (layer, rest) = layer(chars.as_str())?;
        if layer.is_some_and(|layer| layer > last) {
            return None;
        }
        match letter {
            'x' => Some(Symbol::Input(one(rest)?)),
            'y' => Some(Symbol::Target(output(naming, rest)?)),
            'l' => Some(Symbol::Term(one(rest)?)),
            'w' => weight(naming, layer.or((!naming.is_deep()).then_some(0))?, rest),
            'u' => weight(naming, layer.unwrap_or(last), rest),
            'b' => {
                let layer = layer.or((!naming.is_deep()).then_some(0))?;
                let unit = if naming.is_output(layer) { output(naming, rest)? } else { one(rest)? };
                Some(Symbol::Bias { layer, unit })
            }
            'c' => Some(Symbol::Bias { layer: last, unit: output(naming, rest)? }),
            'z' | 'f' => {
                let layer = match (letter, layer) {
                    ('f', _) => last,
                    (_, Some(layer)) => layer,
                    (_, None) if naming.layers == 2 => 0,
                    _ => return None,
                };
                let (unit, incoming) = match rest.strip_suffix("in") {
                    Some(unit) => (unit, true),
                    None => (rest.strip_suffix("out")?, false),
                };
                let unit = unit.strip_suffix(',').unwrap_or(unit);
                let unit = if naming.is_output(layer) { output(naming, unit)? } else { one(unit)? };
                Some(if incoming {
                    Symbol::In { layer, unit }
                } else {
                    Symbol::Out { layer, unit }
                })
            }
            _ => None,
        }
    }

    fn weight(naming: Naming, layer: u32, text: &str) -> Option<Symbol> {
        if let Some((from, to)) = text.split_once(',') {
            return Some(Symbol::Weight { layer, from: one(from)?, to: one(to)? });
        }
        if !naming.is_deep() && naming.is_output(layer) && naming.outputs == 1 {
            return Some(Symbol::Weight { layer, from: one(text)?, to: 0 });
        }
        // Together only while both are one digit.
        match text.as_bytes() {
            [_, _] => Some(Symbol::Weight { layer, from: one(&text[..1])?, to: one(&text[1..])? }),
            _ => None,
        }
    }

    /// `(2)` in front of an index, counted from 0.
    fn layer(text: &str) -> Option<(Option<u32>, &str)> {
        match text.strip_prefix('(') {
            Some(text) => {
                let (layer, rest) = text.split_once(')')?;
                Some((Some(one(layer)?), rest))
            }
            None => Some((None, text)),
        }
    }

    /// The index of an output, which a single one goes without.
    fn output(naming: Naming, text: &str) -> Option<u32> {
        if text.is_empty() && naming.outputs == 1 { Some(0) } else { one(text) }
    }

    /// An index, counted from 0.
    fn one(text: &str) -> Option<u32> {
        if text.bytes().all(|b| b.is_ascii_digit()) {
            text.parse::<u32>().ok()?.checked_sub(1)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const XOR: Naming = Naming { layers: 2, outputs: 1 };
    const WIDE: Naming = Naming { layers: 2, outputs: 2 };
    const DEEP: Naming = Naming { layers: 3, outputs: 2 };
    const SCREEN: Spelling = Spelling { greek: true, signals: true };

    fn symbols(naming: Naming) -> Vec<Symbol> {
        let mut symbols = vec![Symbol::Input(0), Symbol::Input(11), Symbol::Loss, Symbol::Rate];
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
        for naming in
            [XOR, WIDE, DEEP, Naming { layers: 1, outputs: 1 }, Naming { layers: 1, outputs: 12 }]
        {
            for symbol in symbols(naming) {
                for name in [
                    Name::Value(symbol),
                    Name::New(symbol),
                    Name::loss_by(symbol),
                    Name::derivative(Symbol::In { layer: 0, unit: 0 }, symbol),
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
        for text in
            ["dL/dz1_in", "∂L / ∂z₁_in", "δ1", "delta1", "delta_1", "dl/dz_{1,in}", "DL/DZ1in"]
        {
            assert_eq!(XOR.read(text), Some(signal), "{text}");
        }
        for text in ["", "z", "q1", "W1", "d/d", "dL/", "z0_in", "W(9)11", "é", &"x".repeat(200)] {
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
