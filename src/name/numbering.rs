//! Numbers for names: each quantity of a network has one, found by arithmetic from
//! its layer and units. So what is known of quantities stands in an array, and
//! nothing is hashed.

use super::{Name, Symbol};

/// The numbers of the quantities of one network.
#[derive(Clone, Debug, Default)]
pub struct NameNumbering {
    inputs: u32,
    layers: Box<[NumberedLayer]>,
    /// Symbols that have a number.
    symbols: u32,
    /// Names that have one.
    names: u32,
}

/// Where the numbers of a layer begin.
#[derive(Clone, Copy, Debug)]
struct NumberedLayer {
    /// Of its first weight; biases, sums and outputs follow.
    first: u32,
    sources: u32,
    units: u32,
    /// Of the first slope by another unit's input, where it has such.
    coupled: Option<u32>,
}

/// Kinds of names that have a number for each symbol.
#[derive(Clone, Copy)]
enum NumberedKind {
    Value,
    New,
    OfLoss,
    /// What a unit changes with: a sum with a weight or bias, an output with its sum.
    OfUnit,
    /// What a sum changes with across a weight: the number is that of the weight.
    Across,
}

/// How many kinds.
const KINDS: u32 = 5;

/// Numbers are given only where so many are enough.
const MOST_NAMES: u64 = 1 << 31;

impl NameNumbering {
    /// Of a network with so many inputs and layers of so many units, in which the
    /// units of some depend on each other. No number is given in a network that is
    /// too large for it.
    pub fn new(inputs: usize, layers: impl IntoIterator<Item = (usize, bool)>) -> Self {
        Self::of(inputs as u64, layers).unwrap_or_default()
    }

    fn of(inputs: u64, shapes: impl IntoIterator<Item = (usize, bool)>) -> Option<Self> {
        let number = |count: u64| if count < MOST_NAMES { Some(count as u32) } else { None };
        let (mut count, mut sources) = (inputs, inputs);
        let (mut layers, mut coupled) = (Vec::new(), 0_u64);
        for (units, is_coupled) in shapes {
            let units = units as u64;
            let slopes = number(coupled)?;
            let coupled_from = is_coupled.then_some(slopes);
            let first = number(count)?;
            let (sources_of, units_of) = (number(sources)?, number(units)?);
            layers.push(NumberedLayer {
                first,
                sources: sources_of,
                units: units_of,
                coupled: coupled_from,
            });
            count += units * (sources + 3);
            coupled += if is_coupled { units * units } else { 0 };
            sources = units;
        }
        // Behind the layers: targets, terms, the loss, the rate.
        count += 2 * sources + 2;
        let names = number(u64::from(KINDS) * count + coupled)?;
        let symbols = count as u32;
        for layer in &mut layers {
            layer.coupled = layer.coupled.map(|first| KINDS * symbols + first);
        }
        Some(Self { inputs: inputs as u32, layers: layers.into(), symbols, names })
    }

    /// How many numbers there are.
    pub const fn len(&self) -> usize {
        self.names as usize
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.names == 0
    }

    /// The number of a quantity; none for what the network does not have, and for
    /// what belongs to several samples.
    #[inline]
    pub fn number(&self, name: Name) -> Option<usize> {
        let (kind, symbol) = match name {
            Name::Value(symbol) => (NumberedKind::Value, symbol),
            Name::New(symbol) => (NumberedKind::New, symbol),
            Name::Derivative { of: Symbol::Loss, by } => (NumberedKind::OfLoss, by),
            Name::Derivative { of: Symbol::In { layer, unit }, by } => {
                self.of_sum(layer, unit, by)?
            }
            Name::Derivative { of: Symbol::Out { layer, unit }, by } => {
                let Symbol::In { layer: own, unit: other } = by else { return None };
                if unit != other || layer != own {
                    return if layer == own { self.coupled(layer, unit, other) } else { None };
                }
                (NumberedKind::OfUnit, by)
            }
            Name::Derivative { .. } | Name::OfSample { .. } => return None,
        };
        let symbol = self.symbol(symbol)?;
        Some((kind as u32 * self.symbols + symbol) as usize)
    }

    /// What a sum changes with: its own weights and bias, or what it is a sum of.
    fn of_sum(&self, layer: u32, unit: u32, by: Symbol) -> Option<(NumberedKind, Symbol)> {
        if by.leads_to() == Some((layer, unit)) {
            return Some((NumberedKind::OfUnit, by));
        }
        let from = if let Symbol::Input(from) = by {
            (layer == 0).then_some(from)
        } else if let Symbol::Out { layer: before, unit: from } = by {
            (Some(before) == layer.checked_sub(1)).then_some(from)
        } else {
            None
        };
        Some((NumberedKind::Across, Symbol::Weight { layer, from: from?, to: unit }))
    }

    /// The quantity with a number.
    pub fn name(&self, number: usize) -> Option<Name> {
        let number = u32::try_from(number).ok().filter(|number| *number < self.names)?;
        let uncoupled = KINDS * self.symbols;
        if number >= uncoupled {
            return self.slope_across(number);
        }
        let symbol = self.symbol_of(number % self.symbols)?;
        let kinds = [
            NumberedKind::Value,
            NumberedKind::New,
            NumberedKind::OfLoss,
            NumberedKind::OfUnit,
            NumberedKind::Across,
        ];
        match (kinds[(number / self.symbols) as usize], symbol) {
            (NumberedKind::Value, _) => Some(Name::Value(symbol)),
            (NumberedKind::New, _) => Some(Name::New(symbol)),
            (NumberedKind::OfLoss, _) => Some(Name::loss_by(symbol)),
            (NumberedKind::OfUnit, Symbol::In { layer, unit }) => {
                Some(Name::derivative(Symbol::Out { layer, unit }, symbol))
            }
            (NumberedKind::OfUnit, _) => {
                let (layer, unit) = symbol.leads_to()?;
                Some(Name::derivative(Symbol::In { layer, unit }, symbol))
            }
            (NumberedKind::Across, Symbol::Weight { layer, from, to: unit }) => {
                Some(Name::derivative(Symbol::In { layer, unit }, Symbol::source(layer, from)))
            }
            (NumberedKind::Across, _) => None,
        }
    }

    /// The slope of an output by the sum of another unit that has this number.
    fn slope_across(&self, number: u32) -> Option<Name> {
        let (layer, at, first) = (0..).zip(&self.layers).find_map(|(layer, at)| {
            let first = at.coupled?;
            (first..first + at.units * at.units).contains(&number).then_some((layer, at, first))
        })?;
        let (unit, other) = ((number - first) / at.units, (number - first) % at.units);
        let slope =
            Name::derivative(Symbol::Out { layer, unit }, Symbol::In { layer, unit: other });
        (unit != other).then_some(slope)
    }

    /// The symbol with a number.
    fn symbol_of(&self, number: u32) -> Option<Symbol> {
        if number < self.inputs {
            return Some(Symbol::Input(number));
        }
        if number + 2 >= self.symbols {
            return Some(if number + 2 == self.symbols { Symbol::Rate } else { Symbol::Loss });
        }
        let layer = self.layers.partition_point(|layer| layer.first <= number).checked_sub(1)?;
        let NumberedLayer { first, sources, units, .. } = self.layers[layer];
        let (row, unit) = ((number - first) / units, (number - first) % units);
        let layer = layer as u32;
        if row < sources {
            return Some(Symbol::Weight { layer, from: row, to: unit });
        }
        match row - sources {
            0 => Some(Symbol::Bias { layer, unit }),
            1 => Some(Symbol::In { layer, unit }),
            2 => Some(Symbol::Out { layer, unit }),
            3 => Some(Symbol::Target(unit)),
            4 => Some(Symbol::Term(unit)),
            _ => None,
        }
    }

    fn coupled(&self, layer: u32, unit: u32, other: u32) -> Option<usize> {
        let layer = self.layers.get(layer as usize)?;
        let is_there = unit < layer.units && other < layer.units;
        let first = layer.coupled.filter(|_| is_there)?;
        Some((first + unit * layer.units + other) as usize)
    }

    fn symbol(&self, symbol: Symbol) -> Option<u32> {
        match symbol {
            Symbol::Input(input) => (input < self.inputs).then_some(input),
            Symbol::Weight { layer, from, to } => {
                let layer = self.layers.get(layer as usize)?;
                let is_there = from < layer.sources && to < layer.units;
                is_there.then(|| layer.first + from * layer.units + to)
            }
            Symbol::Bias { layer, unit } => self.unit(layer, unit, 0),
            Symbol::In { layer, unit } => self.unit(layer, unit, 1),
            Symbol::Out { layer, unit } => self.unit(layer, unit, 2),
            Symbol::Target(output) => self.output(output, 0),
            Symbol::Term(output) => self.output(output, 1),
            Symbol::Loss => self.symbols.checked_sub(1),
            Symbol::Rate => self.symbols.checked_sub(2),
            Symbol::Risk => None,
        }
    }

    /// Of what each unit has one of: biases, sums, outputs.
    fn unit(&self, layer: u32, unit: u32, kind: u32) -> Option<u32> {
        let layer = self.layers.get(layer as usize)?;
        (unit < layer.units).then(|| layer.first + (layer.sources + kind) * layer.units + unit)
    }

    /// Of what each output has one of: targets, terms.
    fn output(&self, output: u32, kind: u32) -> Option<u32> {
        let last = self.layers.last()?;
        let first = last.first + (last.sources + 3) * last.units;
        (output < last.units).then(|| first + kind * last.units + output)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::NameSet;

    fn symbols(sizes: &[u32]) -> Vec<Symbol> {
        let mut symbols: Vec<Symbol> = (0..sizes[0]).map(Symbol::Input).collect();
        for (layer, pair) in (0..).zip(sizes.windows(2)) {
            for unit in 0..pair[1] {
                symbols.extend([
                    Symbol::Bias { layer, unit },
                    Symbol::In { layer, unit },
                    Symbol::Out { layer, unit },
                ]);
                symbols.extend((0..pair[0]).map(|from| Symbol::Weight { layer, from, to: unit }));
            }
        }
        let outputs = 0..sizes[sizes.len() - 1];
        symbols.extend(outputs.clone().map(Symbol::Target));
        symbols.extend(outputs.map(Symbol::Term));
        symbols.extend([Symbol::Loss, Symbol::Rate]);
        symbols
    }

    fn names(sizes: &[u32]) -> NameSet {
        let mut names = NameSet::default();
        let symbols = symbols(sizes);
        for by in &symbols {
            names.extend([Name::Value(*by), Name::New(*by), Name::loss_by(*by)]);
            if let Symbol::Weight { layer, from, to: unit } = *by {
                let of = Symbol::In { layer, unit };
                names.insert(Name::derivative(of, *by));
                names.insert(Name::derivative(of, Symbol::source(layer, from)));
            } else if let Symbol::Bias { layer, unit } = *by {
                names.insert(Name::derivative(Symbol::In { layer, unit }, *by));
            } else if let Symbol::In { layer, unit } = *by {
                let is_last = layer as usize + 2 == sizes.len();
                let units = if is_last { 0..sizes[sizes.len() - 1] } else { unit..unit + 1 };
                let outs = units.map(|unit| Symbol::Out { layer, unit });
                names.extend(outs.map(|out| Name::derivative(out, *by)));
            }
        }
        names
    }

    #[test]
    fn every_name_has_a_number_of_its_own() {
        for sizes in [&[2, 2, 1][..], &[3, 4, 2, 5], &[1, 1], &[2, 3, 3]] {
            let last = sizes.len() - 2;
            let layers = sizes[1..].iter().enumerate();
            let layers = layers.map(|(at, units)| (*units as usize, at == last));
            let numbering = NameNumbering::new(sizes[0] as usize, layers);
            let names = names(sizes);
            let mut taken = vec![false; numbering.len()];
            for name in names {
                let number = numbering.number(name).expect("it is there");
                assert!(!std::mem::replace(&mut taken[number], true), "{name:?}");
                assert_eq!(numbering.name(number), Some(name));
            }
            for (number, _) in taken.iter().enumerate().filter(|(_, taken)| !**taken) {
                if let Some(name) = numbering.name(number) {
                    assert_eq!(numbering.number(name), Some(number), "{name:?}");
                }
            }
            assert_eq!(numbering.name(numbering.len()), None);
        }
    }

    #[test]
    fn what_is_not_there_has_none() {
        let numbering = NameNumbering::new(2, [(2, false), (1, false)]);
        let unit = |layer, unit| Symbol::In { layer, unit };
        for name in [
            Symbol::Input(2).into(),
            unit(0, 2).into(),
            unit(2, 0).into(),
            Symbol::Weight { layer: 1, from: 2, to: 0 }.into(),
            Symbol::Target(1).into(),
            Symbol::Risk.into(),
            Name::derivative(unit(1, 0), Symbol::Input(0)),
            Name::derivative(unit(0, 0), Symbol::Bias { layer: 0, unit: 1 }),
            Name::derivative(Symbol::Out { layer: 0, unit: 0 }, unit(0, 1)),
        ] {
            assert_eq!(numbering.number(name), None, "{name:?}");
        }
        let giant = NameNumbering::new(1 << 20, [(1 << 20, false)]);
        assert!(giant.is_empty() && giant.number(Symbol::Loss.into()).is_none());
    }
}
